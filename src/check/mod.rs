//! Lint of annotations: what the schema forbids or misses, what contradicts itself, what fell out of the text.
//!
//! Pure: everything is given, nothing is read from disk, so the window asks on every frame that needs it and the
//! command line asks for every article of a project. Codes are part of the interface and do not change:
//!
//! | code | severity | meaning |
//! |---|---|---|
//! | `unknown-label` | error | the schema has no such label |
//! | `unknown-attribute` | error | the label has no such attribute |
//! | `unknown-value` | error | the attribute's choice or flag has no such value |
//! | `unknown-role` | error | the label has no such role |
//! | `missing-attribute` | warning | a required attribute has no value |
//! | `missing-role` | warning | a role has fewer fillers than its cardinality wants |
//! | `too-many-fillers` | error | a role has more fillers than its cardinality allows |
//! | `illegal-filler` | error | a role is filled by a label or a kind of thing that it does not take |
//! | `dangling-role` | error | a role points to an annotation (or referent) that is not there |
//! | `dangling-referent` | error | an annotation is about a referent that is not there |
//! | `referent-label` | warning | an annotation and its referent have different labels |
//! | `own-filler` | error | a record fills a role of its own: a trip that is its own destination |
//! | `role-cycle` | warning | records fill each other's roles in a circle where order means something |
//! | `no-span` | error | an entity or zone marks no text |
//! | `blank-end` | warning | a span begins or ends in a blank |
//! | `span-on-document` | error | a label about the whole article marks a part of it |
//! | `empty-frame` | warning | a trip or claim has neither words nor fillers |
//! | `drifted` | error | words of the annotation are not in the text as it is now |
//! | `invalid-date` | error | a value that should be a date is none |
//! | `date-order` | error | a return or arrival is over before its departure can have begun |
//! | `duplicate` | warning | the same label twice on the same words (entities and zones) |
//! | `inconsistent-label` | warning | the same words have another label elsewhere in the article |
//! | `done-incomplete` | error | the article is said to be done, and something required is missing |
//!
//! Those of comments and judgements stand in tables of their own, at the heads of `comment.rs` and `judgement.rs`.

mod comment;
mod judgement;
mod record;
mod subject;
mod whole;

use crate::message;
use crate::model::{Annotation, Article, Corpus, Date, Id, Name, Problem, RecordKind, Referents, Schema};
use subject::excerpt;

pub use comment::{CommentProblem, check_strays, check_threads};
pub use subject::Subject;

/// Everything wrong in a set: record by record in the order of places, then what shows only between records.
#[must_use]
pub fn check_set(subject: &Subject) -> Vec<Problem> {
    let mut problems: Vec<Problem> = subject.set.iter().flat_map(|record| check_record(subject, record)).collect();
    whole::check(subject, &mut problems);
    problems
}

/// Checks one annotation by itself: for its card, and part of [`check_set`].
#[must_use]
pub fn check_record(subject: &Subject, record: &Annotation) -> Vec<Problem> {
    let mut problems = Vec::new();
    record::check(subject, record, &mut problems);
    let about = |problem: Problem| problem.about(subject.article, Some(record.id.to_string()));
    of(problems, || subject::called(subject.text, record)).map(about).collect()
}

/// Checks an annotator's referents, by id.
#[must_use]
pub fn check_referents(schema: &Schema, referents: &Referents) -> Vec<Problem> {
    let label_of = |id: Id| referents.get(&id).map(|referent| &referent.label);
    let mut all = Vec::new();
    for referent in referents.values() {
        let slots = record::Slots {
            id: referent.id,
            label: &referent.label,
            attributes: &referent.attributes,
            roles: &referent.roles,
        };
        let mut problems = Vec::new();
        record::check_slots(schema, &slots, &label_of, &mut problems);
        let id = referent.id.to_string();
        let called = || format!("{} \"{}\"", referent.label, excerpt(&referent.name));
        all.extend(of(problems, called).map(|problem| Problem { annotation: Some(id.clone()), ..problem }));
    }
    all
}

/// Says of which record problems are.
fn of(problems: Vec<Problem>, called: impl Fn() -> String) -> impl Iterator<Item = Problem> {
    let called = if problems.is_empty() { String::new() } else { called() };
    problems
        .into_iter()
        .map(move |problem| Problem { message: subject::problem_of(&called, &problem.message), ..problem })
}

/// Checks all that an annotator keeps beside the articles: problems by kind of record and id.
#[must_use]
pub fn check_kept(corpus: &Corpus, annotator: &Name) -> Vec<(RecordKind, Id, Problem)> {
    let found = corpus.referents(annotator).map(|referents| check_referents(&corpus.schema, referents));
    let id = |problem: &Problem| problem.annotation.as_ref()?.parse().ok();
    let of = |problem: Problem| Some((RecordKind::Referent, id(&problem)?, problem));
    let judgements = corpus.judgements(annotator).into_iter();
    let judgements = judgements.flat_map(|all| judgement::check(all, corpus.referents(annotator)));
    let judgements = judgements.map(|(id, problem)| (RecordKind::Judgement, id, problem));
    found.into_iter().flatten().filter_map(of).chain(judgements).collect()
}

/// Checks the metadata of an article.
#[must_use]
pub fn check_article(article: &Article) -> Vec<Problem> {
    let published = article.published.as_str();
    if published.is_empty() || published.parse::<Date>().is_ok() {
        return Vec::new();
    }
    let message = message!("check-article-date", article = article.id, date = excerpt(published));
    vec![Problem::error("invalid-date", message).about(&article.id, None)]
}
