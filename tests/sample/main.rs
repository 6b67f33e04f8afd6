//! The sample project and the default schema: what a person meets first, held to what it promises.
//!
//! `JEJAK_BLESS=1 cargo nextest run -E 'binary(sample)'` writes `projects/perjalanan` anew from `tests/data/sample`.
#![allow(clippy::unwrap_used)] // A source that can't be read has to stop the test.

mod project;
mod referents;
mod schema;
mod source;

use std::collections::{HashMap, HashSet};

use jejak::model::{Annotation, AnnotationSet, Id, Progress, Schema};
use jejak::text::Text;

use referents::Known;
use source::Source;

const ARTICLES: [&str; 10] = ["000", "001", "002", "003", "004", "005", "006", "007", "008", "009"];

fn read(path: &str) -> String {
    let path = format!("{}/{path}", env!("CARGO_MANIFEST_DIR"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// One annotator's work as the source has it: the referents, and a set for each article.
fn made(annotator: &str, schema: &Schema) -> (Known, Vec<AnnotationSet>) {
    let known = Known::read(&read("tests/data/sample/referents.txt"), annotator, schema);
    let mut frames = 0;
    let sets = ARTICLES.map(|article| {
        let source = Source::parse(&read(&format!("tests/data/sample/{article}.txt")));
        assert_eq!(source.text, read(&format!("projects/perjalanan/articles/{article}.txt")), "{article}");
        let text = Text::new(&source.text);
        let records = source.annotations(article, annotator, schema).into_iter().map(|(handle, mut record)| {
            let words: Vec<&str> = record.at.iter().map(|&span| text.slice(text.check(span).unwrap())).collect();
            record.referent = known.of(&record.label, &words.join(" "), article, handle.as_deref());
            frames += usize::from(record.referent.is_some() && !schema.label(&record.label).unwrap().roles.is_empty());
            record.into()
        });
        AnnotationSet::new(records, Progress::Done)
    });
    assert_eq!(frames, known.frames(), "{annotator}: a referent names a frame that is not there");
    (known, sets.into())
}

#[test]
fn the_annotators_differ_in_every_way_that_review_tells_apart() {
    let schema = schema::trips();
    let (a, b) = (made("a", &schema).1, made("b", &schema).1);
    let mut kinds: HashMap<&str, usize> = HashMap::new();
    let mut count = |kind, differ: bool| *kinds.entry(kind).or_default() += usize::from(differ);
    for (a, b) in a.iter().zip(&b) {
        let extents: HashSet<_> = b.iter().map(|record| (&record.label, &record.at)).collect();
        for record in a.iter().filter(|record| !record.at.is_empty()) {
            if extents.contains(&(&record.label, &record.at)) {
                let other = b.iter().find(|other| other.label == record.label && other.at == record.at).unwrap();
                count("attribute", record.attributes != other.attributes);
                let filled =
                    |record: &Annotation| record.roles.iter().map(|role| role.name.to_string()).collect::<Vec<_>>();
                count("role", filled(record) != filled(other));
                continue;
            }
            let extent = record.extent().unwrap();
            let near: Vec<_> = b.within(extent).collect();
            let boundary = near.iter().any(|other| other.label == record.label && other.at != record.at);
            let label = near.iter().any(|other| other.at == record.at);
            count("boundary", boundary);
            count("label", label && !boundary);
            count("missing", !label && !boundary);
        }
    }
    // Pairs of records that one annotator holds to be the same thing and the other does not.
    let one_thing = |sets: &[AnnotationSet]| {
        let mut groups: HashMap<Id, Vec<String>> = HashMap::new();
        for (set, article) in sets.iter().zip(ARTICLES) {
            for record in set.iter() {
                let place = format!("{article} {} {:?}", record.label, record.at);
                record.referent.into_iter().for_each(|id| groups.entry(id).or_default().push(place.clone()));
            }
        }
        let pairs = groups.into_values().flat_map(|group| {
            let pair = |i: usize| group[..i].iter().map(|one| (one.clone(), group[i].clone())).collect::<Vec<_>>();
            (0..group.len()).flat_map(pair).collect::<Vec<_>>()
        });
        pairs.collect::<HashSet<_>>()
    };
    count("identity", one_thing(&a) != one_thing(&b));
    for kind in ["missing", "boundary", "label", "attribute", "role", "identity"] {
        assert!(kinds[kind] > 0, "{kind}: {kinds:?}");
    }
    println!("{kinds:?}");
}
