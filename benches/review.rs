//! How fast review is: `cargo bench --bench review` prints `name value unit` lines, each the median of several runs.

#![allow(clippy::print_stdout, clippy::unwrap_used)] // Printing is what a benchmark is for.

use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use jejak::agreement::random::Random;
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, Corpus, Filler, Name, Origin, Progress, Project, Role, Schema,
};
use jejak::review::{Review, Strategy, align};
use jejak::text::{Span, Text};

const WORDS: usize = 1_167;

fn main() {
    let schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).unwrap();
    let random = &mut Random::new(1, 0);

    let first = frames(random, 200, 600);
    let five: Vec<AnnotationSet> = (0..5).map(|_| another(random, &first)).collect();
    let five: Vec<&AnnotationSet> = five.iter().collect();
    report("review.align_200x5", || {
        black_box(align(&schema, &five));
    });

    let first = frames(random, 25, 225);
    let mut corpus = Corpus::new(Project::default(), Arc::new(schema));
    let article = article();
    corpus.load_articles(vec![Arc::new(article.clone())]);
    corpus.load_text(article.id.clone(), Text::new(&"kata. ".repeat(WORDS)));
    let names: Vec<Name> = ["a", "b", "c", "d"].map(Name::new).to_vec();
    for name in &names {
        corpus.load_set((article.id.clone(), name.clone()), another(random, &first));
    }
    let gold = Name::new("gold");
    report("review.open", || {
        black_box(Review::open(&corpus, &article.id, &names, &gold, Strategy::Unanimous));
    });
}

fn report(name: &str, mut run: impl FnMut()) {
    let mut times: Vec<f64> = (0..21)
        .map(|_| {
            let start = Instant::now();
            run();
            start.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    println!("{name} {:.2} ms", times[times.len() / 2]);
}

fn article() -> Article {
    let text = Text::new(&"kata. ".repeat(WORDS));
    Article {
        id: ArticleId::numbered(0),
        title: String::new(),
        file: "articles/000.txt".into(),
        sha256: text.sha256(),
        chars: text.chars(),
        words: WORDS as u32,
        publisher: String::new(),
        published: String::new(),
        url: String::new(),
        language: "id".into(),
        source: String::new(),
        source_sha256: String::new(),
    }
}

fn span(random: &mut Random) -> Span {
    let first = random.below(WORDS - 4) as u32;
    Span::new(first * 6, (first + random.below(3) as u32) * 6 + 5)
}

/// So many trips and claims, and the mentions that fill their roles.
fn frames(random: &mut Random, count: usize, mentions: usize) -> Vec<Annotation> {
    let by = Name::new("a");
    let mut records: Vec<Annotation> = (0..mentions)
        .map(|_| {
            let label = ["person", "place", "organization", "date"][random.below(4)];
            Annotation::new(&label.into(), vec![span(random)], Origin::hand(&by))
        })
        .collect();
    for frame in 0..count {
        let trip = frame % 2 == 0;
        let mut record =
            Annotation::new(&(if trip { "trip" } else { "claim" }).into(), vec![span(random)], Origin::hand(&by));
        record.set_attribute(&"certainty".into(), Some("certain".into()));
        let roles: &[&str] =
            if trip { &["traveller", "destination", "departure", "meets"] } else { &["claimant", "evidence"] };
        for role in roles {
            let filler = Filler::Annotation(records[random.below(mentions)].id);
            record.roles.push(Role { name: (*role).into(), filler });
        }
        if !trip {
            let about = Filler::Annotation(records[records.len() - 1].id);
            record.roles.push(Role { name: "about".into(), filler: about });
        }
        records.push(record);
    }
    records
}

/// The same by another annotator: other ids, and a difference in one record of five.
fn another(random: &mut Random, records: &[Annotation]) -> AnnotationSet {
    let ids: std::collections::HashMap<_, _> =
        records.iter().map(|record| (record.id, jejak::model::Id::random())).collect();
    let change = |record: &Annotation| {
        let mut record = Annotation { id: ids[&record.id], ..record.clone() };
        for role in &mut record.roles {
            if let Filler::Annotation(id) = &mut role.filler {
                *id = ids[id];
            }
        }
        match random.below(20) {
            0 => return None,
            1 => record.at = vec![Span::new(record.at[0].start, record.at[0].end + 6)],
            2 if !record.roles.is_empty() => drop(record.roles.remove(0)),
            2 => record.label = "object".into(),
            3 => record.set_attribute(&"certainty".into(), Some("uncertain".into())),
            _ => {}
        }
        Some(Arc::new(record))
    };
    AnnotationSet::new(records.iter().filter_map(change).collect::<Vec<_>>(), Progress::Done)
}
