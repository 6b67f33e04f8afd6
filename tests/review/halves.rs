//! A frame of some that is two for others is one question.

use jejak::agreement::random::Random;
use jejak::model::{Annotation, AnnotationSet, ArticleId, Corpus, Filler, Id, Name, Role};
use jejak::review::{CaseKind, Choice, Review, Strategy};
use jejak::text::Span;

use super::build::{corpus, decide, gold, open, premerge, record, renamed, set};

fn word(at: u32) -> Vec<Span> {
    vec![Span::new(at * 6, at * 6 + 5)]
}

/// A traveller, places and a day; and trips of these, each with its trigger and what fills it.
fn trips(random: &mut Random, trips: Trips) -> Vec<Annotation> {
    let labels = ["person", "place", "place", "date", "place", "place"];
    let mut records: Vec<Annotation> =
        labels.iter().enumerate().map(|(at, label)| record(random, label, word(at as u32), "a")).collect();
    for (trigger, fillers) in trips {
        let mut trip = record(random, "trip", word(*trigger), "a");
        let role = |&(role, at): &(&str, usize)| Role { name: role.into(), filler: Filler::Annotation(records[at].id) };
        trip.roles = fillers.iter().map(role).collect();
        records.push(trip);
    }
    records
}

/// A trigger, and what fills each role.
type Trips<'a> = &'a [(u32, &'a [(&'a str, usize)])];

const ONE: Trips = &[(20, &[("traveller", 0), ("destination", 1), ("destination", 2), ("departure", 3)])];
const TWO: Trips =
    &[(20, &[("traveller", 0), ("destination", 1), ("departure", 3)]), (30, &[("traveller", 0), ("destination", 2)])];

/// These, as annotators who each have their own ids.
fn project(random: &mut Random, sets: &[(&str, Trips)]) -> (Corpus, ArticleId) {
    let sets: Vec<(&str, AnnotationSet)> = sets
        .iter()
        .map(|(name, them)| {
            let them = trips(random, them);
            (*name, renamed(random, &set(&them)).0)
        })
        .collect();
    corpus(&"kata. ".repeat(60), &sets)
}

fn kinds(review: &Review) -> Vec<CaseKind> {
    review.cases.iter().map(|case| case.kind).collect()
}

/// The places in the adjudicated set that each trip goes to, as the numbers of their words.
fn golden(corpus: &Corpus, article: &ArticleId) -> Vec<Vec<u32>> {
    let set = corpus.set(article, &gold()).unwrap();
    let at = |id: Id| set.get(id).unwrap().at[0].start / 6;
    let places = |record: &Annotation| {
        let role = Name::new("destination");
        let fillers = record.fillers(&role);
        let mut places: Vec<u32> = fillers
            .map(|filler| if let Filler::Annotation(id) = filler { at(*id) } else { panic!("{filler:?}") })
            .collect();
        places.sort_unstable();
        places
    };
    set.iter().filter(|record| record.label == *"trip").map(|record| places(record)).collect()
}

#[test]
fn a_frame_that_is_split_is_one_question_and_one_decision() {
    for (choice, expected) in [(Choice::Adopt(0), vec![vec![1, 2]]), (Choice::Adopt(1), vec![vec![1], vec![2]])] {
        for merged_before in [false, true] {
            let (mut corpus, article) = project(&mut Random::new(1, 0), &[("a", ONE), ("b", TWO)]);
            let names = ["a", "b"];
            let review = open(&corpus, &article, &names, Strategy::Unanimous);
            assert_eq!(kinds(&review), [CaseKind::Missing]);
            let half = review.cases[0].unit;
            assert!(review.whole_of(half).is_some());
            if merged_before {
                premerge(&mut corpus, &review);
                assert_eq!(golden(&corpus, &article), [[0; 0]], "where it goes waits for the answer");
            }
            let review = open(&corpus, &article, &names, Strategy::Unanimous);
            decide(&mut corpus, &review, &review.cases[0], choice.clone());
            assert_eq!(golden(&corpus, &article), expected, "{choice:?}");
            let review = open(&corpus, &article, &names, Strategy::Unanimous);
            assert_eq!(review.cases, [], "{choice:?}");
            assert_eq!(review.premerge(&corpus, &"juri".into()).records(), 0, "{choice:?}");
        }
    }
}

/// The same trip as three.
const THREE: Trips = &[
    (20, &[("traveller", 0), ("destination", 1), ("departure", 3)]),
    (30, &[("traveller", 0), ("destination", 2)]),
    (40, &[("traveller", 0), ("destination", 4)]),
];
const ALL: Trips =
    &[(20, &[("traveller", 0), ("destination", 1), ("destination", 2), ("destination", 4), ("departure", 3)])];

#[test]
fn a_frame_that_is_split_in_three_is_one_question_and_one_decision() {
    for (choice, expected) in [
        (Choice::Adopt(0), vec![vec![1, 2, 4]]),
        (Choice::Adopt(1), vec![vec![1], vec![2], vec![4]]),
        (Choice::Nothing, vec![vec![1, 2, 4]]),
    ] {
        for sets in [&[("a", ALL), ("b", THREE)][..], &[("a", ALL), ("b", THREE), ("c", THREE)]] {
            let names: Vec<&str> = sets.iter().map(|(name, _)| *name).collect();
            let (mut corpus, article) = project(&mut Random::new(5, 0), sets);
            let review = open(&corpus, &article, &names, Strategy::Unanimous);
            assert_eq!(kinds(&review), [CaseKind::Missing]);
            let half = review.cases[0].unit;
            assert_eq!((review.asked_with(half).len(), review.beside_half(half).len()), (1, 2), "the whole and a half");
            premerge(&mut corpus, &review);
            assert_eq!(golden(&corpus, &article), [[0; 0]], "where it goes waits for the answer");
            let review = open(&corpus, &article, &names, Strategy::Unanimous);
            decide(&mut corpus, &review, &review.cases[0], choice.clone());
            assert_eq!(golden(&corpus, &article), expected, "{choice:?}");
            assert_eq!(corpus.set(&article, &gold()).unwrap().decisions().len(), 2, "one for each half");
            let review = open(&corpus, &article, &names, Strategy::Unanimous);
            assert_eq!(review.cases, [], "{choice:?}");
            assert_eq!(review.premerge(&corpus, &"juri".into()).records(), 0, "{choice:?}");
        }
    }
    // One who has three and another who has two are not asked alike.
    let (corpus, article) = project(&mut Random::new(6, 0), &[("a", ALL), ("b", THREE), ("c", TWO)]);
    let review = open(&corpus, &article, &["a", "b", "c"], Strategy::Unanimous);
    assert!(kinds(&review).iter().filter(|kind| **kind == CaseKind::Missing).count() > 1);
}

#[test]
fn the_majority_says_whether_it_is_one() {
    let most = Strategy::Majority { percent: 60, least: 2 };
    for (sets, expected) in [
        ([("a", ONE), ("b", TWO), ("c", ONE)], vec![vec![1, 2]]),
        ([("a", ONE), ("b", TWO), ("c", TWO)], vec![vec![1], vec![2]]),
    ] {
        let (mut corpus, article) = project(&mut Random::new(2, 0), &sets);
        let review = open(&corpus, &article, &["a", "b", "c"], most.clone());
        assert_eq!(kinds(&review), []);
        premerge(&mut corpus, &review);
        assert_eq!(golden(&corpus, &article), expected);
    }
}

#[test]
fn an_undivided_frame_may_lack_something_of_its_own() {
    let less: Trips = &[(20, &[("traveller", 0), ("destination", 1), ("departure", 3)])];
    let (corpus, article) = project(&mut Random::new(4, 0), &[("a", ONE), ("b", TWO), ("c", less)]);
    let review = open(&corpus, &article, &["a", "b", "c"], Strategy::Unanimous);
    assert_eq!(kinds(&review), [CaseKind::Role, CaseKind::Missing]);
    assert!(review.whole_of(review.cases[1].unit).is_some());
}

#[test]
fn a_half_may_have_what_the_other_has_but_two_trips_of_one_traveller_are_two() {
    let random = &mut Random::new(3, 0);
    let again: Trips = &[ONE[0], (30, &[("traveller", 0), ("destination", 2)])];
    let (corpus, article) = project(random, &[("a", ONE), ("b", again)]);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert_eq!((kinds(&review), review.whole_of(review.cases[0].unit).is_some()), (vec![CaseKind::Missing], true));
    for other in [&[("traveller", 0)][..], &[("traveller", 0), ("destination", 4)]] {
        let another: Trips = &[ONE[0], (30, other)];
        let (corpus, article) = project(random, &[("a", ONE), ("b", another)]);
        let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
        assert_eq!((kinds(&review), review.whole_of(review.cases[0].unit)), (vec![CaseKind::Missing], None));
    }
}

/// One journey of two trips for some and of three for others, none of which is part of one of the two.
const TWO_OF_FIVE: Trips = &[
    (20, &[("traveller", 0), ("destination", 1), ("destination", 2)]),
    (30, &[("traveller", 0), ("destination", 4), ("destination", 5)]),
];
const THREE_OF_FIVE: Trips = &[
    (20, &[("traveller", 0), ("destination", 1)]),
    (40, &[("traveller", 0), ("destination", 2), ("destination", 4)]),
    (30, &[("traveller", 0), ("destination", 5)]),
];

#[test]
fn frames_that_are_two_for_some_and_three_for_others_are_one_question_with_all_parts_beside_it() {
    let (two, three) = (vec![vec![1, 2], vec![4, 5]], vec![vec![1], vec![2, 4], vec![5]]);
    for (choice, expected) in [(Choice::Adopt(0), &two), (Choice::Adopt(1), &three), (Choice::Nothing, &two)] {
        for sets in [
            &[("a", TWO_OF_FIVE), ("b", THREE_OF_FIVE)][..],
            &[("a", TWO_OF_FIVE), ("b", THREE_OF_FIVE), ("c", THREE_OF_FIVE)],
            &[("a", TWO_OF_FIVE), ("b", THREE_OF_FIVE), ("c", TWO_OF_FIVE)],
        ] {
            let names: Vec<&str> = sets.iter().map(|(name, _)| *name).collect();
            for merged_before in [false, true] {
                let (mut corpus, article) = project(&mut Random::new(8, 0), sets);
                let review = open(&corpus, &article, &names, Strategy::Unanimous);
                assert_eq!(kinds(&review), [CaseKind::Missing], "{names:?}");
                let part = review.cases[0].unit;
                assert_eq!((review.beside_half(part).len(), review.divided(part)), (2, Some([2, 3])));
                if merged_before {
                    premerge(&mut corpus, &review);
                    assert_eq!(golden(&corpus, &article), [[0; 0]; 2], "where they go waits for the answer");
                }
                let review = open(&corpus, &article, &names, Strategy::Unanimous);
                decide(&mut corpus, &review, &review.cases[0], choice.clone());
                let review = open(&corpus, &article, &names, Strategy::Unanimous);
                assert_eq!(review.cases, [], "{choice:?}");
                premerge(&mut corpus, &review);
                let mut found = golden(&corpus, &article);
                found.sort();
                assert_eq!(&found, expected, "{choice:?} {names:?} {merged_before}");
                let review = open(&corpus, &article, &names, Strategy::Unanimous);
                assert_eq!((review.cases.len(), review.premerge(&corpus, &"juri".into()).records()), (0, 0));
            }
        }
    }
}

#[test]
fn trips_that_have_not_the_same_together_are_no_parts_of_each_other() {
    let more: Trips =
        &[THREE_OF_FIVE[0], THREE_OF_FIVE[1], (30, &[("traveller", 0), ("destination", 5), ("departure", 3)])];
    let (corpus, article) = project(&mut Random::new(9, 0), &[("a", TWO_OF_FIVE), ("b", more)]);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert!(review.cases.iter().all(|case| review.divided(case.unit).is_none()));
    assert!(review.cases.len() > 1);
}
