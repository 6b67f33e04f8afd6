//! What belongs together, told by a few sets made by hand and many at random.

use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::model::{Annotation, AnnotationSet, Filler, Progress, Role};
use jejak::review::{Review, Strategy, align};
use jejak::text::{Span, Text};

use super::build::{corpus, random_set, record, renamed, schema};

fn set(records: &[Annotation]) -> AnnotationSet {
    AnnotationSet::new(records.iter().cloned().map(Arc::new), Progress::Done)
}

fn at(start: u32, end: u32) -> Vec<Span> {
    vec![Span::new(start, end)]
}

fn filled(mut frame: Annotation, roles: &[(&str, &Annotation)]) -> Annotation {
    frame.roles = roles
        .iter()
        .map(|(name, filler)| Role { name: (*name).into(), filler: Filler::Annotation(filler.id) })
        .collect();
    frame
}

#[test]
fn sets_that_differ_in_ids_and_order_alone_give_no_case() {
    for seed in 0..1_000 {
        let mut random = Random::new(seed, 0);
        let first = random_set(&mut random);
        let (second, ids) = renamed(&mut random, &first);
        let (third, _) = renamed(&mut random, &second);
        let names = ["a", "b", "c"].map(Into::into);
        let many = 2 + (seed % 2) as usize;
        let sets = [("a", first.clone()), ("b", second.clone()), ("c", third)];
        let (corpus, article) = corpus(&"kata. ".repeat(super::build::WORDS as usize), &sets[..many]);
        let review = Review::open(&corpus, &article, &names[..many], &"gold".into(), Strategy::Unanimous);
        assert_eq!(review.cases, [], "seed {seed}");
        assert_eq!(review.units.len(), first.len(), "seed {seed}");
        // Twins may be told apart either way; what is unlike any other must be itself.
        let alignment = align(&schema(), &Text::default(), &[&first, &second]);
        for record in first.iter() {
            let twin = |other: &&Arc<Annotation>| other.label == record.label && other.at == record.at;
            if first.iter().filter(twin).count() == 1 {
                assert_eq!(alignment.group_of(0, record.id), alignment.group_of(1, ids[&record.id]), "seed {seed}");
            }
        }
    }
}

#[test]
fn trips_are_told_apart_by_more_than_their_place() {
    let random = &mut Random::new(1, 0);
    let places: Vec<Annotation> = (0..4).map(|n| record(random, "place", at(20 + n * 10, 25 + n * 10), "a")).collect();
    let person = record(random, "person", at(0, 5), "a");
    let trip = |random: &mut Random, place: &Annotation, span: Vec<Span>| {
        filled(record(random, "trip", span, "a"), &[("traveller", &person), ("destination", place)])
    };
    let (x, y) = (trip(random, &places[0], at(10, 15)), trip(random, &places[1], at(10, 15)));
    let lone = trip(random, &places[2], Vec::new());
    let first = set(&[&places[..], &[person.clone(), x.clone(), y.clone(), lone.clone()]].concat());

    // The same two trips on one trigger; the third has a trigger here.
    let triggered = Annotation { at: at(60, 65), ..lone.clone() };
    let (second, ids) =
        renamed(random, &set(&[&places[..], &[person.clone(), y.clone(), triggered, x.clone()]].concat()));
    let alignment = align(&schema(), &Text::default(), &[&first, &second]);
    for trip in [&x, &y, &lone] {
        let group = alignment.group_of(0, trip.id);
        assert_eq!(group, alignment.group_of(1, ids[&trip.id]));
        assert!(group.is_some());
    }

    // One trigger, nothing else in common: still the same words; another trip elsewhere is not.
    let other = filled(record(random, "trip", at(70, 75), "b"), &[("traveller", &places[3])]);
    let apart = align(
        &schema(),
        &Text::default(),
        &[&set(&[person.clone(), places[0].clone(), x.clone()]), &set(&[places[3].clone(), other.clone()])],
    );
    assert_ne!(apart.group_of(0, x.id), apart.group_of(1, other.id));
}

#[test]
fn overlapping_spans_are_paired_by_best_total_overlap() {
    let random = &mut Random::new(2, 0);
    let mut one = |label: &str, start, end| record(random, label, at(start, end), "a");
    let (wide, narrow) = (one("place", 0, 20), one("place", 30, 35));
    let (left, right) = (one("place", 0, 8), one("place", 5, 20));
    let renamed = one("organization", 30, 35);
    let alignment = align(
        &schema(),
        &Text::default(),
        &[&set(&[wide.clone(), narrow.clone()]), &set(&[left.clone(), right.clone(), renamed.clone()])],
    );
    assert_eq!(alignment.group_of(0, wide.id), alignment.group_of(1, right.id));
    assert_ne!(alignment.group_of(0, wide.id), alignment.group_of(1, left.id));
    assert_eq!(alignment.group_of(0, narrow.id), alignment.group_of(1, renamed.id), "the same words, labelled twice");
    assert_eq!(alignment.groups.len(), 3);
}

#[test]
fn overlap_is_counted_in_characters_whatever_bytes_they_take() {
    let random = &mut Random::new(5, 0);
    let one = |random: &mut Random, from: u32, to: u32| record(random, "place", vec![Span::new(from, to)], "a");
    // Of "жж abc" the first part has more bytes, the second more characters.
    let whole = set(&[one(random, 0, 8)]);
    let (letters, latin) = (one(random, 0, 4), one(random, 5, 8));
    let alignment = align(&schema(), &Text::new("жж abc."), &[&whole, &set(&[letters.clone(), latin.clone()])]);
    let of = |it: &Annotation| alignment.group_of(1, it.id).unwrap();
    let both: Vec<bool> = alignment.groups.iter().map(|group| group.members.iter().all(Option::is_some)).collect();
    assert_eq!((both[of(&letters)], both[of(&latin)]), (false, true));
}
