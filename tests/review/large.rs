//! One article with very many marks: what is alike is joined, and what differs is counted, as in a small one.

use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::model::{Annotation, AnnotationSet, Name, Progress};
use jejak::review::{CaseKind, Review, Strategy, align};
use jejak::text::{Span, Text};

use super::build::{corpus, record, schema};

/// Words of four letters and a space.
const MARKS: u32 = 20_000;

fn set(records: Vec<Annotation>) -> AnnotationSet {
    AnnotationSet::new(records.into_iter().map(Arc::new), Progress::Done)
}

fn word(at: u32) -> Vec<Span> {
    vec![Span::new(at * 5, at * 5 + 4)]
}

#[test]
fn each_difference_is_a_case_however_many_marks_there_are() {
    let random = &mut Random::new(1, 0);
    // In the second set, of every 100 marks one is missing, one is called otherwise, and one reaches a word further.
    let one = |random: &mut Random, other: bool| {
        // A zone over everything, which all marks lie in.
        let mut records = vec![record(random, "boilerplate", vec![Span::new(0, MARKS * 10 - 1)], "x")];
        for at in 0..MARKS {
            let (mut label, mut at) = ("person", word(2 * at));
            match at[0].start / 10 % 100 {
                7 if other => continue,
                8 if other => label = "place",
                9 if other => at[0].end += 5,
                _ => {}
            }
            records.push(record(random, label, at, "x"));
        }
        set(records)
    };
    let (first, second) = (one(random, false), one(random, true));
    let text = "kata ".repeat(MARKS as usize * 2);
    let (mut corpus, article) = corpus(&text, &[("a", first), ("b", second)]);
    let (names, gold) = ([Name::new("a"), Name::new("b")], Name::new("gold"));
    let open = |corpus: &_| Review::open(corpus, &article, &names, &gold, Strategy::Unanimous);
    let review = open(&corpus);
    let each = MARKS as usize / 100;
    let count = |kind: CaseKind| review.cases.iter().filter(|case| case.kind == kind).count();
    assert_eq!([CaseKind::Missing, CaseKind::Label, CaseKind::Boundary].map(count), [each; 3]);
    assert_eq!(review.cases.len(), 3 * each);
    // The agreed records go into gold: all but those, and the zone.
    let merged = review.premerge(&corpus, &gold);
    merged.apply(&mut corpus).unwrap();
    assert_eq!(corpus.set(&article, &gold).unwrap().len(), MARKS as usize - 3 * each + 1);
    let again = open(&corpus);
    assert_eq!(again.cases.len(), 3 * each);
    assert!(again.premerge(&corpus, &gold).is_empty());
}

#[test]
fn marks_that_nothing_tells_apart_are_joined_one_to_one() {
    let random = &mut Random::new(2, 0);
    let same = |random: &mut Random, count: usize| {
        set((0..count).map(|_| record(random, "person", word(3), "x")).collect::<Vec<_>>())
    };
    let sets = [same(random, 4_000), same(random, 3_999), same(random, 2_000)];
    let sets: Vec<&AnnotationSet> = sets.iter().collect();
    let alignment = align(&schema(), &Text::default(), &sets);
    let by_all = alignment.groups.iter().filter(|group| group.members.iter().all(Option::is_some));
    assert_eq!((alignment.groups.len(), by_all.count()), (4_000, 2_000));
}

#[test]
fn a_chain_of_overlaps_is_paired_link_by_link() {
    let random = &mut Random::new(3, 0);
    // Each mark overlaps the next one of the other set a little: one knot of all of them, of which each pair is clear.
    let chain = |random: &mut Random, shift: u32| {
        let mark = |at: u32| vec![Span::new(at * 10 + shift, at * 10 + 12 + shift)];
        set((0..30_000).map(|at| record(random, "person", mark(at), "x")).collect::<Vec<_>>())
    };
    let (first, second) = (chain(random, 0), chain(random, 1));
    let alignment = align(&schema(), &Text::default(), &[&first, &second]);
    assert_eq!(alignment.groups.len(), 30_000);
    for group in &alignment.groups {
        let [Some(a), Some(b)] = group.members[..] else { panic!("{group:?} lacks one") };
        let start = |set: &AnnotationSet, id| set.get(id).unwrap().at[0].start;
        assert_eq!(start(&first, a) + 1, start(&second, b));
    }
}
