//! Several annotators, some of whom say one thing and some another: those who agree among themselves meet the others.

use jejak::agreement::random::Random;
use jejak::model::{Annotation, AnnotationSet, Filler, Name, Role};
use jejak::review::{CaseKind, Choice, Review, Strategy, align};
use jejak::text::{Span, Text};

use super::build::{corpus, decide, gold, id, open, premerge, record, renamed, schema, set};

const NAMES: [&str; 6] = ["a", "b", "c", "d", "e", "f"];

fn word(at: u32) -> Vec<Span> {
    vec![Span::new(at * 6, at * 6 + 5)]
}

fn text() -> String {
    "kata. ".repeat(super::build::WORDS as usize)
}

fn kinds(sets: &[AnnotationSet]) -> Vec<CaseKind> {
    let sets: Vec<(&str, AnnotationSet)> = NAMES.into_iter().zip(sets.iter().cloned()).collect();
    let names: Vec<_> = sets.iter().map(|(name, _)| (*name).into()).collect();
    let (corpus, article) = corpus(&text(), &sets);
    let review = Review::open(&corpus, &article, &names, &gold(), Strategy::Unanimous);
    let mut kinds: Vec<CaseKind> = review.cases.iter().map(|case| case.kind).collect();
    kinds.sort();
    kinds
}

#[test]
fn two_against_two_is_one_question() {
    let random = &mut Random::new(1, 0);
    let said = |random: &mut Random, label: &str| set(&[record(random, label, word(3), "a")]);
    let sets = ["person", "person", "organization", "organization"].map(|label| said(random, label));
    assert_eq!(kinds(&sets), [CaseKind::Label]);
    let sets = ["organization", "person", "organization", "person"].map(|label| said(random, label));
    assert_eq!(kinds(&sets), [CaseKind::Label]);
    let long = |random: &mut Random| set(&[record(random, "person", vec![Span::new(18, 29)], "a")]);
    let sets = [said(random, "person"), long(random), said(random, "person"), long(random), long(random)];
    assert_eq!(kinds(&sets), [CaseKind::Boundary]);
}

#[test]
fn trips_equal_but_for_one_attribute_are_one_trip() {
    let random = &mut Random::new(2, 0);
    let trip = |random: &mut Random, status: &str| {
        let (person, place) = (record(random, "person", word(1), "a"), record(random, "place", word(5), "a"));
        let mut trip = record(random, "trip", word(3), "a");
        trip.set_attribute(&"status".into(), Some(status.into()));
        for (role, filler) in [("traveller", &person), ("destination", &place)] {
            trip.roles.push(Role { name: role.into(), filler: Filler::Annotation(filler.id) });
        }
        set(&[person, place, trip])
    };
    let sets = ["planned", "completed", "planned", "completed"].map(|status| trip(random, status));
    assert_eq!(kinds(&sets), [CaseKind::Attribute]);
}

/// Mentions apart from each other and trips between them, each of another trigger.
fn reference(random: &mut Random) -> Vec<Annotation> {
    let mut records: Vec<Annotation> = Vec::new();
    for at in 0..12 {
        let label = ["person", "place", "organization"][random.below(3)];
        records.push(record(random, label, word(at * 4), "a"));
    }
    for at in 0..4 {
        let mut trip = record(random, "trip", word(60 + at * 4), "a");
        trip.set_attribute(&"status".into(), Some("planned".into()));
        for (role, filler) in [("traveller", at * 3), ("destination", at * 3 + 1)] {
            trip.roles.push(Role { name: role.into(), filler: Filler::Annotation(records[filler as usize].id) });
        }
        records.push(trip);
    }
    records
}

#[test]
fn cases_of_any_number_of_annotators_are_what_was_changed() {
    for seed in 0..600 {
        let random = &mut Random::new(seed, 7);
        let many = 2 + random.below(5);
        let all = reference(random);
        let mut sets: Vec<Vec<Annotation>> = vec![all.clone(); many];
        let mut expected = Vec::new();
        for at in 0..all.len() {
            // Some have it otherwise, all in the same way, and never all of them.
            let others: Vec<usize> = (0..many).filter(|_| random.below(2) == 0).collect();
            if random.below(2) == 0 || others.is_empty() || others.len() == many {
                continue;
            }
            let frame = all[at].label == *"trip";
            let kind = match (frame, random.below(3)) {
                (true, 0) => CaseKind::Role,
                (true, _) => CaseKind::Attribute,
                (false, 0) => CaseKind::Missing,
                (false, 1) => CaseKind::Boundary,
                (false, _) => CaseKind::Label,
            };
            // A filler that is gone changes the role, too.
            if kind == CaseKind::Missing && all.iter().any(|it| it.targets().any(|id| id == all[at].id)) {
                continue;
            }
            for &other in &others {
                let it = sets[other].iter_mut().find(|it| it.id == all[at].id).unwrap();
                match kind {
                    CaseKind::Label => it.label = "event".into(),
                    CaseKind::Boundary => it.at = vec![Span::new(it.at[0].start, it.at[0].end + 6)],
                    CaseKind::Attribute => it.set_attribute(&"status".into(), Some("completed".into())),
                    CaseKind::Role => drop(it.roles.remove(1)),
                    CaseKind::Missing => it.label = "gone".into(),
                    CaseKind::Identity => unreachable!("no identity is changed here"),
                }
                sets[other].retain(|it| it.label != *"gone");
            }
            expected.push(kind);
        }
        expected.sort();
        let sets: Vec<AnnotationSet> = sets.iter().map(|records| renamed(random, &set(records)).0).collect();
        assert_eq!(kinds(&sets), expected, "seed {seed}, {many} annotators");
    }
}

#[test]
fn the_order_of_annotators_decides_nothing_where_nothing_is_a_tie() {
    for seed in 0..60 {
        let random = &mut Random::new(seed, 9);
        let all = reference(random);
        let mut sets: Vec<AnnotationSet> = Vec::new();
        for _ in 0..5 {
            let mut mine = all.clone();
            for one in &mut mine {
                if random.below(4) == 0 && one.label != *"trip" {
                    one.label = "event".into();
                }
            }
            sets.push(renamed(random, &set(&mine)).0);
        }
        let sizes = |order: &[usize]| {
            let sets: Vec<&AnnotationSet> = order.iter().map(|&at| &sets[at]).collect();
            align(&schema(), &Text::default(), &sets).groups.len()
        };
        assert_eq!(sizes(&[0, 1, 2, 3, 4]), all.len());
        assert_eq!(sizes(&[4, 2, 0, 3, 1]), all.len());
    }
}

/// A trip to a place that stands twice in the text, and its traveller; the second mention of the place fills the role where asked.
fn trip_to(random: &mut Random, second: bool, trigger: u32) -> Vec<Annotation> {
    let person = record(random, "person", word(1), "a");
    let (mut first, mut again) = (record(random, "place", word(5), "a"), record(random, "place", word(50), "a"));
    let place = id(random);
    (first.referent, again.referent) = (Some(place), Some(place));
    let mut trip = record(random, "trip", word(trigger), "a");
    for (role, filler) in [("traveller", &person), ("destination", if second { &again } else { &first })] {
        trip.roles.push(Role { name: role.into(), filler: Filler::Annotation(filler.id) });
    }
    vec![person, first, again, trip]
}

#[test]
fn another_mention_of_the_same_referent_fills_a_role_alike() {
    let random = &mut Random::new(3, 0);
    let sets = [false, true, false].map(|second| set(&trip_to(random, second, 3)));
    assert_eq!(kinds(&sets), []);
    // Where it is somebody else's referent, it is a question.
    let mut other = trip_to(random, true, 3);
    other[2].referent = Some(id(random));
    let said = [set(&trip_to(random, false, 3)), set(&other)];
    assert!(kinds(&said).contains(&CaseKind::Role), "{:?}", kinds(&said));
}

#[test]
fn gold_keeps_the_mention_that_fills_a_role_where_all_say_another_of_the_same() {
    let random = &mut Random::new(4, 0);
    let said = [false, true].map(|second| set(&trip_to(random, second, 3)));
    let (mut corpus, article) = corpus(&text(), &[("a", said[0].clone()), ("b", said[1].clone())]);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    premerge(&mut corpus, &review);
    let kept = corpus.set(&article, &gold()).unwrap().clone();
    assert_eq!(kept.len(), 4);
    // b comes first by now, and says the other mention.
    let review = open(&corpus, &article, &["b", "a"], Strategy::Unanimous);
    assert_eq!(review.cases, []);
    assert_eq!(review.premerge(&corpus, &"juri".into()).records(), 0);
    let review = open(&corpus, &article, &["b"], Strategy::Unanimous);
    assert_eq!(review.cases, []);
    assert_eq!(review.premerge(&corpus, &"juri".into()).records(), 0);
}

#[test]
fn frames_that_are_plainly_one_are_paired() {
    let random = &mut Random::new(5, 0);
    // One annotator filled every slot, the other none.
    let full = trip_to(random, false, 3);
    let mut bare = full.clone();
    for role in ["host", "companion", "departure", "return", "origin", "stop", "event", "purpose"] {
        let mut filled = full.clone();
        filled[3].roles.push(Role { name: role.into(), filler: Filler::Span(word(30)) });
        bare[3].roles.clear();
        let alignment = align(&schema(), &Text::default(), &[&set(&filled), &renamed(random, &set(&bare)).0]);
        assert_eq!(alignment.groups.iter().filter(|group| group.frame).count(), 1);
    }
    let mut many = full.clone();
    for at in 0..10 {
        many[3].roles.push(Role { name: "purpose".into(), filler: Filler::Span(word(60 + at)) });
        many[3].set_attribute(&format!("attribute{at}").as_str().into(), Some("x".into()));
    }
    let alignment = align(&schema(), &Text::default(), &[&set(&many), &renamed(random, &set(&bare)).0]);
    assert_eq!(alignment.groups.iter().filter(|group| group.frame).count(), 1, "the words and the label are the same");
    // Another trigger, and other mentions of the same referents.
    let (one, mut other) = (trip_to(random, false, 3), trip_to(random, true, 40));
    other[0].at = word(1);
    let alignment = align(&schema(), &Text::default(), &[&set(&one), &set(&other)]);
    assert_eq!(alignment.groups.iter().filter(|group| group.frame).count(), 1, "who travels where is the same");
}

#[test]
fn one_wrong_label_asks_once_and_what_hangs_on_it_follows() {
    let random = &mut Random::new(6, 0);
    let body = |random: &mut Random, label: &str, kind: Option<&str>| {
        let mut one = record(random, label, word(3), "a");
        one.set_attribute(&"kind".into(), kind.map(Into::into));
        set(&[one])
    };
    // An organization with its kind, for a place with another kind, and for a person, who has none.
    for (mine, theirs) in [("organization", "person"), ("organization", "place")] {
        let kind = if theirs == "place" { Some("country") } else { None };
        let sets = [body(random, mine, Some("government")), body(random, theirs, kind), body(random, theirs, kind)];
        assert_eq!(kinds(&sets), [CaseKind::Label], "{theirs}");
        for adopted in [0, 1] {
            let named: Vec<(&str, AnnotationSet)> = NAMES.into_iter().zip(sets.iter().cloned()).collect();
            let (mut corpus, article) = corpus(&text(), &named);
            let review = open(&corpus, &article, &["a", "b", "c"], Strategy::Unanimous);
            decide(&mut corpus, &review, &review.cases[0], Choice::Adopt(adopted));
            let golden = corpus.set(&article, &gold()).unwrap();
            let record = golden.iter().next().unwrap();
            let (label, expected) = if adopted == 0 { (mine, Some("government")) } else { (theirs, kind) };
            assert_eq!((record.label.as_str(), record.attribute("kind")), (label, expected));
            let review = open(&corpus, &article, &["a", "b", "c"], Strategy::Unanimous);
            assert_eq!(review.cases, []);
            assert_eq!(review.premerge(&corpus, &"juri".into()).records(), 0);
        }
    }
    // A decision about it from before its label was decided is about no reading of the others any more.
    let sets = [
        body(random, "person", None),
        body(random, "organization", Some("government")),
        body(random, "organization", Some("media")),
    ];
    let named: Vec<(&str, AnnotationSet)> = NAMES.into_iter().zip(sets.iter().cloned()).collect();
    let (mut corpus, article) = corpus(&text(), &named);
    for (kind, adopted) in [(CaseKind::Attribute, 2), (CaseKind::Label, 0)] {
        let review = open(&corpus, &article, &["a", "b", "c"], Strategy::Unanimous);
        let case = review.cases.iter().find(|case| case.kind == kind).unwrap();
        decide(&mut corpus, &review, case, Choice::Adopt(adopted));
    }
    let review = open(&corpus, &article, &["a", "b", "c"], Strategy::Unanimous);
    assert_eq!(review.cases, []);
    assert_eq!(corpus.set(&article, &gold()).unwrap().iter().next().unwrap().label, *"person");
    // Its identity hangs on the label, too: whoever took it for something else could not say.
    let named = |random: &mut Random, label: &str, referent: bool| {
        let mut one = record(random, label, word(3), "a");
        let mut other = record(random, "place", word(9), "a");
        other.referent = Some("rx".parse().unwrap());
        one.referent = referent.then(|| "ry".parse().unwrap());
        set(&[one, other])
    };
    let sets = [named(random, "person", true), named(random, "organization", false), named(random, "person", true)];
    assert_eq!(kinds(&sets), [CaseKind::Label]);
    // Those who give it the label that counts differ in what it has: that is asked, too.
    let sets = [
        body(random, "organization", Some("government")),
        body(random, "organization", Some("media")),
        body(random, "person", None),
    ];
    assert_eq!(kinds(&sets), [CaseKind::Label, CaseKind::Attribute]);
}

#[test]
fn readings_are_told_apart_in_words() {
    let random = &mut Random::new(7, 0);
    // Two persons of one name; the role is filled by the first of them, or by the second.
    let said = |random: &mut Random, second: bool| {
        let (one, other) = (record(random, "person", word(1), "a"), record(random, "person", word(2), "a"));
        let mut trip = record(random, "trip", Vec::new(), "a");
        trip.roles.push(Role {
            name: "traveller".into(),
            filler: Filler::Annotation(if second { other.id } else { one.id }),
        });
        let mut claim = record(random, "claim", word(9), "a");
        claim.roles.push(Role { name: "about".into(), filler: Filler::Annotation(trip.id) });
        set(&[one, other, trip, claim])
    };
    let sets = [("a", said(random, false)), ("b", said(random, true))];
    let (corpus, article) = corpus(&text(), &sets);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    let mut shown = Vec::new();
    for case in &review.cases {
        let readings: Vec<String> = review.readings(&corpus, case).into_iter().map(|it| it.said).collect();
        let entry = review.entry(&corpus, case).title;
        assert!(readings.iter().all(|said| !said.contains('[')) && !entry.contains('['), "{entry}: {readings:?}");
        assert_ne!(readings[0], readings[1]);
        shown.extend(readings);
    }
    let expected = "trip of the third \"kata.\" of paragraph 1";
    assert!(shown.iter().any(|said| said == expected), "{shown:?}");
}

#[test]
fn whatever_is_decided_in_whatever_order_comes_to_an_end() {
    for seed in 0..300 {
        let random = &mut Random::new(seed, 11);
        let many = 2 + random.below(4);
        let mut all = reference(random);
        for (at, one) in all.iter_mut().enumerate().filter(|(_, one)| one.label != *"trip") {
            one.referent = Some(format!("r{}", at % 5).parse().unwrap());
        }
        let mut sets: Vec<(&str, AnnotationSet)> = Vec::new();
        for name in NAMES.into_iter().take(many) {
            let mut mine = all.clone();
            for one in &mut mine {
                let frame = one.label == *"trip";
                match random.below(7) {
                    0 if frame => one.label = "claim".into(),
                    0 => one.label = ["organization", "place", "person", "event"][random.below(4)].into(),
                    1 if frame => one.set_attribute(&"status".into(), Some("completed".into())),
                    1 => one.set_attribute(&"kind".into(), Some(["media", "city", "other"][random.below(3)].into())),
                    2 if frame => one.roles.truncate(1),
                    2 => one.referent = None,
                    3 => one.at = vec![Span::new(one.at[0].start, one.at[0].end + 6)],
                    _ => {}
                }
            }
            mine.retain(|_| random.below(12) > 0);
            sets.push((name, renamed(random, &set(&mine)).0));
        }
        let (mut corpus, article) = corpus(&text(), &sets);
        let names: Vec<&str> = sets.iter().map(|(name, _)| *name).collect();
        for step in 0.. {
            let review = open(&corpus, &article, &names, Strategy::Unanimous);
            if review.cases.is_empty() {
                break;
            }
            assert!(step < 400, "seed {seed}: it does not come to an end");
            if random.below(4) == 0 {
                premerge(&mut corpus, &review);
                continue;
            }
            let case = review.cases[random.below(review.cases.len())];
            let readings = &review.row(&case).readings;
            let voter = readings[random.below(readings.len())].by[0];
            let (case, choice) = match random.below(8) {
                0 => (review.presence(case.unit), Choice::Nothing),
                1 if case.kind != CaseKind::Label && case.kind != CaseKind::Boundary => (case, Choice::Nothing),
                _ => (case, Choice::Adopt(voter)),
            };
            decide(&mut corpus, &review, &case, choice);
        }
        let review = open(&corpus, &article, &names, Strategy::Unanimous);
        premerge(&mut corpus, &review);
        let review = open(&corpus, &article, &names, Strategy::Unanimous);
        assert_eq!(review.cases, [], "seed {seed}");
        assert_eq!(review.premerge(&corpus, &"juri".into()).records(), 0, "seed {seed}: a second merge adds nothing");
    }
}

#[test]
fn two_labels_on_one_trigger_and_a_frame_about_a_frame_in_gold_are_aligned() {
    let random = &mut Random::new(8, 0);
    // A trip for one, a claim for the other: one thing. Only in gold a claim is about a trip.
    let trip = record(random, "trip", word(3), "a");
    let mut claim = record(random, "claim", word(9), "a");
    let golden = record(random, "trip", word(20), "a");
    claim.roles.push(Role { name: "about".into(), filler: Filler::Annotation(golden.id) });
    let sets =
        [("a", set(&[trip])), ("b", set(&[record(random, "claim", word(3), "a")])), ("gold", set(&[claim, golden]))];
    let (corpus, article) = corpus(&text(), &sets);
    let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
    assert!(review.cases.iter().any(|case| case.kind == CaseKind::Label));
}

#[test]
fn a_decision_for_a_label_that_loses_is_asked_again() {
    let random = &mut Random::new(9, 0);
    let body = |random: &mut Random, label: &str, kind: &str| {
        let mut one = record(random, label, word(3), "a");
        one.set_attribute(&"kind".into(), Some(kind.into()));
        set(&[one])
    };
    let sets = [
        ("a", body(random, "organization", "government")),
        ("b", body(random, "organization", "media")),
        ("c", body(random, "place", "country")),
    ];
    let (mut corpus, article) = corpus(&text(), &sets);
    let names = ["a", "b", "c"];
    for (kind, adopted) in [(CaseKind::Attribute, 1), (CaseKind::Label, 2)] {
        let review = open(&corpus, &article, &names, Strategy::Unanimous);
        let case = review.cases.iter().find(|case| case.kind == kind).unwrap();
        decide(&mut corpus, &review, case, Choice::Adopt(adopted));
    }
    let review = open(&corpus, &article, &names, Strategy::Unanimous);
    assert_eq!(
        review.cases.iter().map(|case| (case.kind, case.reopened)).collect::<Vec<_>>(),
        [(CaseKind::Attribute, true)]
    );
    decide(&mut corpus, &review, &review.cases[0], Choice::Adopt(2));
    assert_eq!(open(&corpus, &article, &names, Strategy::Unanimous).cases, []);
    let record = corpus.set(&article, &gold()).unwrap().iter().next().unwrap();
    assert_eq!((record.label.as_str(), record.attribute("kind")), ("place", Some("country")));
}

#[test]
fn a_merge_takes_no_mention_out_of_a_role_for_another_of_the_same() {
    let random = &mut Random::new(10, 0);
    // A person who is named twice, and another one.
    let people: Vec<Annotation> = [(1, "rx"), (5, "rx"), (9, "ry")]
        .into_iter()
        .map(|(at, referent)| {
            let mut one = record(random, "person", word(at), "a");
            one.referent = Some(referent.parse().unwrap());
            one
        })
        .collect();
    let trip = record(random, "trip", word(20), "a");
    let filled = |by: &[usize]| {
        let mut trip = trip.clone();
        let role = |at: &usize| Role { name: "traveller".into(), filler: Filler::Annotation(people[*at].id) };
        trip.roles = by.iter().map(role).collect();
        set(&[&people[..], &[trip]].concat())
    };
    for (stands, said) in [([0, 1], [0, 2]), ([0, 1], [1, 2]), ([1, 0], [0, 2])] {
        let (mut corpus, article) = corpus(&text(), &[("a", filled(&stands)), ("b", filled(&stands))]);
        let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
        premerge(&mut corpus, &review);
        for name in ["a", "b"] {
            corpus.load_set((article.clone(), name.into()), filled(&said));
        }
        let review = open(&corpus, &article, &["a", "b"], Strategy::Unanimous);
        premerge(&mut corpus, &review);
        let golden = corpus.set(&article, &gold()).unwrap();
        let role = Name::new("traveller");
        let fillers: Vec<&Filler> = golden.get(trip.id).unwrap().fillers(&role).collect();
        for at in stands.iter().chain(&[2]) {
            assert!(fillers.contains(&&Filler::Annotation(people[*at].id)), "{stands:?}, {said:?}: {fillers:?}");
        }
    }
}
