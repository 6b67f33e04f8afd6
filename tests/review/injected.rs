//! Annotators of real articles with known differences: cases are the differences, by kind, in every article.

use std::collections::BTreeMap;

use jejak::model::Name;
use jejak::review::{MentionClusters, Questions, Review, Strategy};
use jejak::store::{Access, Session};
use serde_json::Value as Json;

use super::build::{gold, real_project};
use super::common::shared;

/// The kinds of cases that a change of the annotator comes to.
fn kind(change: &str) -> &'static str {
    match change {
        "drop-mention" | "drop-trip" | "split-trip" => "missing",
        "boundary" => "boundary",
        "label" => "label",
        "attr-kind" | "trip-status" | "date-value" => "attribute",
        "drop-role" | "claimant" => "role",
        "merge-referents" => "identity",
        other => panic!("{other}"),
    }
}

type Counts = BTreeMap<(String, &'static str), usize>;

/// Says whether a claim has another claimant by now: another mention of the same is the same.
fn is_another(reference: &Json, theirs: &Json, claim: &str) -> bool {
    let claimants = |document: &Json| {
        let records = document["sets"][0]["annotations"].as_array().unwrap().clone();
        let of = |id: &str| records.iter().find(|record| record["id"].as_str().unwrap().ends_with(id)).unwrap().clone();
        let named = |id: &Json| records.iter().find(|record| record["id"] == *id).unwrap()["referent"].clone();
        let roles = of(claim)["roles"].as_array().unwrap().clone();
        let roles = roles.into_iter().filter(|role| role["role"] == "claimant");
        roles.map(|role| named(&role["annotation"]).to_string()).collect::<Vec<_>>()
    };
    claimants(reference) != claimants(theirs)
}

#[test]
fn cases_are_the_differences_by_kind_in_every_article() {
    let Some(folder) = shared("fixtures/review") else { return };
    let read = |name: &str| std::fs::read_to_string(folder.join(format!("{name}.jsonl"))).unwrap();
    let documents =
        |name: &str| read(name).lines().map(|line| serde_json::from_str(line).unwrap()).collect::<Vec<Json>>();
    let injected: Json = serde_json::from_str(&std::fs::read_to_string(folder.join("injected.json")).unwrap()).unwrap();
    let mut names = vec!["ref".to_owned()];
    names.extend(injected.as_object().unwrap().keys().cloned());
    let Some((_temp, dir)) = real_project(&names) else { return };
    let mut session = Session::open(&dir, &gold(), Access::Write).unwrap();
    let articles: Vec<_> = session.corpus().articles().iter().map(|article| article.id.clone()).collect();
    let everybody: Vec<Name> = names.iter().map(|name| Name::new(name)).collect();
    for article in &articles {
        session.load(article, &everybody).unwrap();
    }
    let corpus = session.corpus();
    for (name, changes) in injected.as_object().unwrap() {
        let pair = [Name::new("ref"), Name::new(name)];
        let open = |article, across: Option<&_>| {
            Review::open_across(corpus, article, &pair, &gold(), Strategy::Unanimous, across)
        };
        let mut mentions = MentionClusters::new(&pair, &gold());
        articles.iter().for_each(|article| mentions.add(corpus, &open(article, None)));
        let across = mentions.align();
        let (mut found, mut questions) = (Counts::new(), Questions::default());
        for article in &articles {
            let review = open(article, Some(&across));
            questions.add(corpus, &review, &across);
            for case in review.cases.iter().filter(|case| case.kind.name() != "identity") {
                *found.entry((article.to_string(), case.kind.name())).or_default() += 1;
            }
        }
        *found.entry(("*".to_owned(), "identity")).or_default() += questions.len();
        let (reference, theirs) = (documents("ref"), documents(name));
        let mut expected = Counts::new();
        for change in changes.as_array().unwrap() {
            let (article, what) = (change[0].as_str().unwrap(), change[1].as_str().unwrap());
            let at = |documents: &[Json]| documents.iter().find(|it| it["article"]["id"] == article).unwrap().clone();
            // Nothing else is asked of what is gone, nor of what it fills.
            let gone = |change: &&Json| change[0] == article && change[1] == "drop-trip";
            let gone = changes.as_array().unwrap().iter().find(gone).map(|gone| &gone[2]);
            if what == "trip-status" && gone == Some(&change[2]) {
                continue;
            }
            if what == "claimant" && !is_another(&at(&reference), &at(&theirs), change[2].as_str().unwrap()) {
                continue;
            }
            *expected.entry((article.to_owned(), kind(what))).or_default() += 1;
        }
        assert_eq!(found, expected, "{name}");
    }
}
