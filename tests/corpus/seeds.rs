//! Five real articles with their reference annotation, where they are there: what is proposed and what contradicts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use jejak::corpus::{Candidate, Index, Rule, Trip, TripKey, Trips};
use jejak::edit::Standing;
use jejak::edit::{Edit, Transaction};
use jejak::model::{Annotation, Article, Corpus, Id, Name, SetKey};

use super::project::{id, seeds};

/// The days on which the articles were published, as they say in their first lines.
const PUBLISHED: [&str; 5] = ["2022-06-26", "2022-06-28", "2024-05-16", "2023-09-18", "2024-06-18"];

pub fn maker() -> Name {
    "ref".into()
}

/// The articles with everything loaded, and their days of publication.
pub fn corpus(dir: &Path) -> Option<Corpus> {
    let snapshot = seeds(dir)?;
    let scan = snapshot.scan().unwrap();
    let mut corpus = scan.corpus().clone();
    scan.for_each(|article| assert!(article.load_into(&mut corpus)));
    let published =
        corpus.articles().iter().zip(PUBLISHED).map(|(article, published)| {
            Arc::new(Article { published: published.to_owned(), ..Article::clone(article) })
        });
    corpus.load_articles(published.collect());
    Some(corpus)
}

/// Says of frames of which referent they are; `to` is asked with the referent that they have.
fn refer(corpus: &mut Corpus, label: &str, to: impl Fn(Id) -> Option<Id>) {
    let mut edits = Vec::new();
    for (key, set) in corpus.sets() {
        for record in set.iter().filter(|record| record.label == *label) {
            let Some(referent) = record.referent else { continue };
            let after = Annotation { referent: to(referent), ..Annotation::clone(record) };
            edits.push(Edit::new(SetKey::clone(key), Some(record.clone()), Some(Arc::new(after))));
        }
    }
    edits.retain(|edit| edit.before != edit.after);
    Transaction { edits, ..Transaction::new("refer", &maker()) }.apply(corpus).unwrap();
}

/// A frame as the article has it: number of the article and id.
fn called(index: &Index, trip: &Trip) -> String {
    let name = |item| format!("{}-{}", index.digest_of(item).article.id, index.frame(item).unwrap().id);
    trip.frames.iter().map(|item| name(*item)).collect::<Vec<_>>().join(" ")
}

fn proposed(trips: &Trips, at: usize) -> impl Iterator<Item = Candidate> {
    trips.candidates(at, &Standing::default()).into_iter().filter(|candidate| candidate.not.is_none())
}

#[test]
fn every_trip_of_the_articles_is_in_the_index() {
    let dir = tempfile::tempdir().unwrap();
    let Some(corpus) = corpus(dir.path()) else { return };
    let trips = Trips::of(&Index::of(&corpus, &maker()), &|_| true);
    let frames: usize = trips.all.iter().map(|trip| trip.frames.len()).sum();
    assert_eq!((frames, trips.all.len()), (20, 17));
}

#[test]
fn what_is_proposed_leads_to_every_trip_and_joins_no_others() {
    let dir = tempfile::tempdir().unwrap();
    let Some(mut corpus) = corpus(dir.path()) else { return };
    let right = Index::of(&corpus, &maker());
    let of: BTreeMap<String, Id> = right
        .frames()
        .filter(|(_, frame)| frame.label == *"trip")
        .map(|(item, frame)| (format!("{}-{}", right.digest_of(item).article.id, frame.id), frame.referent.unwrap()))
        .collect();
    refer(&mut corpus, "trip", |_| None);
    let index = Index::of(&corpus, &maker());
    let trips = Trips::of(&index, &|_| true);
    let names: Vec<String> = trips.all.iter().map(|trip| called(&index, trip)).collect();
    let mut groups: Vec<usize> = (0..names.len()).collect();
    let mut wrong = Vec::new();
    for at in 0..names.len() {
        assert!(matches!(trips.all[at].key, TripKey::Frame(_)));
        for candidate in proposed(&trips, at).take(5) {
            let other = candidate.trip;
            if of[&names[at]] == of[&names[other]] {
                let (from, to) = (groups[other], groups[at]);
                groups.iter_mut().filter(|group| **group == from).for_each(|group| *group = to);
            } else {
                wrong.push(format!("{} {}: {}", names[at], names[other], candidate.message()));
            }
        }
    }
    let clusters: BTreeSet<usize> = groups.iter().copied().collect();
    assert_eq!(clusters.len(), 17, "{groups:?} {names:?}");
    assert!(wrong.is_empty(), "{wrong:#?}");
    // Three trips of one person to one city lie far apart in time: none is proposed, and it is said why.
    let near: Vec<String> = (0..names.len())
        .flat_map(|at| trips.candidates(at, &Standing::default()).into_iter().map(move |one| (at, one)))
        .filter(|(at, one)| *at < one.trip && one.not.is_some())
        .map(|(at, one)| format!("{} {}: {:?}", names[at], names[one.trip], one.not.unwrap()))
        .collect();
    for pair in
        ["000-ft1 003-ft0: DaysApart(580)", "000-ft1 002-ft0: DaysApart(808)", "003-ft0 002-ft0: DaysApart(198)"]
    {
        assert!(near.iter().any(|said| said == pair), "{pair} {near:#?}");
    }
}

/// Referents that are joined into the first of them.
type Joined = &'static [&'static str];

/// Two frames, and the rule by which they contradict each other.
type Contradictions = &'static [(&'static str, &'static str, Rule)];

/// Contradictions: what was joined, and which frames contradict each other by which rule, as one reads them.
///
/// As the reference joins them, nothing contradicts: the tour of 000 and 001 is planned, then under way, and its second stop
/// is still ahead on the day of the first; 004 tells of two stretches of one journey, one day after the other.
const CONTRADICTIONS: &[(Joined, Contradictions)] = &[
    (&[], &[]),
    // Beijing in February 2022 (over), in October 2023 (planned the month before) and in May 2024 (under way).
    (
        &["r4d6d0dc", "ra1650ba", "r57c24c5"],
        &[
            ("000-ft1", "003-ft0", Rule::Days),
            ("000-ft1", "003-ft0", Rule::State),
            ("000-ft1", "002-ft0", Rule::Days),
            ("000-ft1", "002-ft0", Rule::State),
            ("003-ft0", "002-ft0", Rule::Days),
        ],
    ),
    // Pyongyang in June 2024 and then Hanoi, and Pyongyang in July 2000: of one article, so that only days can contradict.
    (&["r83b04af", "rd605b53"], &[("004-ft0", "004-ft2", Rule::Days), ("004-ft1", "004-ft2", Rule::Days)]),
    // St. Petersburg in June 2022, of two travellers: nobody says when the second one was there.
    (&["r1a77d72", "r63cb98c"], &[]),
    // Belarus and Kyrgyzstan in December 2022, and Sochi in September 2023, both of 003.
    (&["rcde5d98", "r56b9b70"], &[("003-ft3", "003-ft5", Rule::Days)]),
    // Moscow under way in September 2023, and Budapest in February: of one article.
    (&["r75cc572", "re485f7c"], &[("003-ft1", "003-ft4", Rule::Days)]),
    // The tour of June 2022 and Beijing in May 2024: other places, other days; a plan of 2022 for Turkmenistan is over by then.
    (
        &["r93191ce", "r57c24c5"],
        &[
            ("000-ft0", "002-ft0", Rule::Days),
            ("000-ft0", "002-ft0", Rule::Places),
            ("001-ft0", "002-ft0", Rule::Places),
            ("001-ft1", "002-ft0", Rule::Days),
            ("001-ft1", "002-ft0", Rule::Places),
        ],
    ),
];

#[test]
fn contradictions_are_those_that_one_finds_by_reading() {
    let dir = tempfile::tempdir().unwrap();
    let Some(corpus) = corpus(dir.path()) else { return };
    for (joined, expected) in CONTRADICTIONS {
        let mut corpus = corpus.clone();
        refer(&mut corpus, "trip", |referent| {
            let with = joined.iter().any(|name| id(name) == referent);
            Some(if with { id(joined[0]) } else { referent })
        });
        let index = Index::of(&corpus, &maker());
        let name = |item| format!("{}-{}", index.digest_of(item).article.id, index.frame(item).unwrap().id);
        let trips = Trips::of(&index, &|_| true);
        let found = trips.all.iter().flat_map(|trip| trip.conflicts(&index));
        let pair = |one: String, other: String| (one.clone().min(other.clone()), one.max(other));
        let found: BTreeSet<_> = found.map(|it| (pair(name(it.of[0]), name(it.of[1])), it.rule)).collect();
        let expected: BTreeSet<_> =
            expected.iter().map(|(one, other, rule)| (pair((*one).into(), (*other).into()), *rule)).collect();
        assert_eq!(found, expected, "{joined:?}");
    }
}
