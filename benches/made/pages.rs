//! Articles with annotations, as benches of exchange formats write them.

use std::sync::Arc;

use jejak::formats::{AnnotatorSet, ArticleMetadata, ExchangeDocument};
use jejak::model::{Annotation, AnnotationSet, Filler, Name, Origin, Progress, Role, Timestamp};
use jejak::text::{Span, Text};

/// Annotations of an article.
pub const SPANS: usize = 50;
/// The schema that the annotations follow.
pub const SCHEMA: &str = include_str!("../../assets/schemas/trips.ron");

/// About 300 words with mentions on every sixth, and five trips with roles.
pub fn page(seed: usize) -> ExchangeDocument {
    const WORDS: [&str; 12] =
        ["Ratu", "Sari", "tiba", "di", "Bandar", "Laut", "kata", "juru", "bicara", "élan", "kunjungan", "kenegaraan"];
    let words: Vec<&str> = (0..SPANS * 6).map(|n| WORDS[(n * 7 + n / 5 + seed) % WORDS.len()]).collect();
    let mut text = String::new();
    let mut places = Vec::new();
    for (number, word) in words.iter().enumerate() {
        if number > 0 {
            text.push_str(if number % 40 == 0 { ".\n" } else { " " });
        }
        let start = text.len() as u32;
        text.push_str(word);
        places.push(Span::new(start, text.len() as u32));
    }
    let gold = Name::new("gold");
    let origin = Origin { at: Timestamp::from_seconds(1_700_000_000), ..Origin::hand(&gold) };
    let mut records: Vec<Annotation> = (0..SPANS)
        .map(|number| {
            let label = ["person", "place", "date", "organization", "trip"][number % 5];
            let mut record = Annotation::new(&label.into(), vec![places[number * 6]], origin.clone());
            record.id = format!("r{number}").parse().unwrap();
            record
        })
        .collect();
    for number in (4..SPANS).step_by(10) {
        let (person, place) = (records[number - 4].id, records[number - 3].id);
        for (role, id) in [("traveller", person), ("destination", place)] {
            records[number].roles.push(Role { name: role.into(), filler: Filler::Annotation(id) });
        }
    }
    let set = AnnotationSet::new(records.into_iter().map(Arc::new), Progress::Done);
    let about =
        ArticleMetadata { title: format!("Kunjungan {seed}"), language: "id".into(), ..ArticleMetadata::default() };
    ExchangeDocument {
        id: String::new(),
        file: String::new(),
        about,
        text: Text::new(&text),
        sets: vec![AnnotatorSet::of(&gold, &set, None)],
        comments: Vec::new(),
    }
}
