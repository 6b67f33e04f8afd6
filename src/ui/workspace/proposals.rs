//! Proposals for an annotation that lacks something that can be told from its words: the date that they mean, or who is called so.
//! Nothing of it stands in the set until a person takes it.

use std::collections::HashSet;

use jiff::civil;

use super::card::{self, Details, Filled, Proposal};
use super::likeness::{Likeness, Wanted, equal};
use crate::check::Subject;
use crate::model::{
    Annotation, AnnotationSet, AttributeKind, Corpus, Date, Id, Kind, LabelDef, Name, Referent, Referents, Schema,
};
use crate::text::Span;
use crate::when::{self, Around};

/// Bytes before a phrase in which a date counts as mentioned last.
const NEAR: u32 = 4000;

/// The proposal for an annotation: its date first, then who or what it is.
pub(super) fn proposal(
    corpus: &Corpus,
    subject: &Subject<'_>,
    (owner, published): (&Name, Option<civil::Date>),
    record: &Annotation,
) -> Option<Proposal> {
    if record.at.is_empty() {
        return None;
    }
    let def = subject.schema.label(&record.label)?;
    if let Some(attribute) = date_attribute(def) {
        let open = record.attribute(attribute).is_none();
        let date = open.then(|| date(subject, published, &record.at)).flatten()?;
        return Some(Proposal::Date { attribute: attribute.clone(), date });
    }
    let nobody = record.referent.is_none() && def.kind == Kind::Entity;
    nobody.then(|| identity(corpus, subject, owner, record))
}

/// The attribute of a label that takes a date, if one does.
pub(super) fn date_attribute(def: &LabelDef) -> Option<&Name> {
    def.attributes.iter().find(|attribute| attribute.kind == AttributeKind::Date).map(|attribute| &attribute.name)
}

/// The date that words mean where they stand.
pub(super) fn date(subject: &Subject<'_>, published: Option<civil::Date>, at: &[Span]) -> Option<Date> {
    let text = subject.text;
    let extent = Span::new(at.first()?.start, at.last()?.end);
    let (before, after) = when::sentence_around(text.as_str(), extent);
    let mentioned = mentioned(subject.schema, subject.set, extent.start);
    let around = Around { published, mentioned: mentioned.as_ref(), before, after };
    when::resolve(&card::quote(text, at), &around)
}

/// The date that was mentioned last before a place.
fn mentioned(schema: &Schema, set: &AnnotationSet, before: u32) -> Option<Date> {
    let near = Span::new(before.saturating_sub(NEAR), before);
    let dates = set.within(near).filter_map(|record| {
        let attribute = date_attribute(schema.label(&record.label)?)?;
        let date: Date = record.attribute(attribute)?.parse().ok()?;
        let at = record.extent().filter(|at| at.end <= before && !date.is_duration())?;
        Some((at.start, date))
    });
    dates.max_by_key(|(at, _)| *at).map(|(_, date)| date)
}

/// The identity that is proposed: somebody with a like name, those of this article first, or else a new one.
fn identity(corpus: &Corpus, subject: &Subject<'_>, owner: &Name, record: &Annotation) -> Proposal {
    let words = card::quote(subject.text, &record.at);
    let new = || Proposal::New(card::short(&words, 80));
    let Some(referents) = subject.referents else { return new() };
    let wanted = Wanted::new(&words);
    let ranked = called(corpus, owner, &record.label, referents).into_iter().filter_map(|(referent, name, here)| {
        let alike = wanted.likeness(&name);
        (alike < Likeness::Other).then(|| ((alike, here.as_ref() != Some(subject.article)), referent))
    });
    let ranked: Vec<_> = ranked.collect();
    let Some(best) = ranked.iter().map(|(rank, _)| *rank).min() else { return new() };
    let mut found: HashSet<Id> = HashSet::new();
    found.extend(ranked.iter().filter(|(rank, _)| *rank == best).map(|(_, referent)| referent.id));
    let mut found = found.into_iter();
    // Of two who are called so nobody knows which one is meant.
    match (found.next(), found.next()) {
        (Some(id), None) => {
            Proposal::Known { referent: id, name: referents.get(&id).map_or(words, |referent| referent.name.clone()) }
        }
        _ => new(),
    }
}

/// The names of a label's referents: their own, and the words by which articles that are loaded mention them, with the article.
fn called<'a>(
    corpus: &'a Corpus,
    owner: &Name,
    label: &Name,
    referents: &'a Referents,
) -> Vec<(&'a Referent, String, Option<crate::model::ArticleId>)> {
    let mut seen: HashSet<(Id, &str)> = HashSet::new();
    let own = referents.values().filter(|referent| referent.label == *label);
    let mut all: Vec<_> = own.map(|referent| (&**referent, referent.name.clone(), None)).collect();
    for ((article, maker), set) in corpus.sets() {
        let Some(text) = corpus.text(article).filter(|_| maker == owner) else { continue };
        for record in set.iter().filter(|record| record.label == *label) {
            let (Some(id), [at]) = (record.referent, &record.at[..]) else { continue };
            let words = text.slice(*at);
            if seen.insert((id, words))
                && let Some(referent) = referents.get(&id)
            {
                all.push((referent, words.to_owned(), Some(article.clone())));
            }
        }
    }
    all
}

/// Adds to what is said about an annotation what is proposed for it, and to its fillers when they are or who.
pub fn add(
    corpus: &Corpus,
    subject: &Subject<'_>,
    (owner, published): (&Name, Option<civil::Date>),
    details: &mut Details,
) {
    details.proposed =
        subject.set.get(details.id).and_then(|record| proposal(corpus, subject, (owner, published), record));
    for filled in details.roles.iter_mut().flat_map(|slot| &mut slot.fillers) {
        let Some(record) = filled.target.and_then(|id| subject.set.get(id)) else { continue };
        (filled.says, filled.waits) = says(subject, published, filled, record);
    }
}

/// The day or the person that a filler is, and true where that is only proposed.
fn says(subject: &Subject<'_>, published: Option<civil::Date>, filled: &Filled, record: &Annotation) -> (String, bool) {
    if let Some(attribute) = subject.schema.label(&record.label).and_then(date_attribute) {
        return match record.attribute(attribute) {
            Some(value) => (value.to_owned(), false),
            None => (date(subject, published, &record.at).map_or(String::new(), |date| date.to_string()), true),
        };
    }
    let referent = record.referent.and_then(|id| subject.referents?.get(&id));
    let name = referent.filter(|referent| !same(&referent.name, &filled.text));
    (name.map_or(String::new(), |referent| format!("= {}", referent.name)), false)
}

/// True where two names have the same letters, whatever their case and the space between them. Most names are told apart by their
/// first letter.
pub(super) fn same(a: &str, b: &str) -> bool {
    let first = |name: &str| name.chars().find(|c| c.is_alphanumeric()).and_then(|c| c.to_lowercase().next());
    first(a) == first(b) && equal(a, b)
}
