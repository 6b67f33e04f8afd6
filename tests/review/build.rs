//! Sets to compare: random ones, and the same set in other words.

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::Arc;

use jejak::agreement::random::Random;
use jejak::edit::Transaction;
use jejak::model::{
    Annotation, AnnotationSet, Article, ArticleId, Corpus, Filler, Id, Name, Origin, Progress, Project, Referent,
    Referents, Role, Schema, Value,
};
use jejak::review::{Case, Choice, Review, Ruling, Strategy};
use jejak::text::{Span, Text};

use super::common::shared;

/// A project of the five real articles with these sets of the fixture, and its folder; none where they are not there.
pub fn real_project(sets: &[String]) -> Option<(tempfile::TempDir, PathBuf)> {
    let (seeds, folder) = (shared("seeds")?, shared("fixtures/review")?);
    let temp = tempfile::tempdir().unwrap();
    let dir = temp.path().join("p");
    let project = dir.to_str().unwrap();
    assert_eq!(jejak(&["new", project]).0, Some(0));
    let mut files: Vec<_> = std::fs::read_dir(&seeds).unwrap().flatten().map(|entry| entry.path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == "txt"));
    files.sort();
    for file in &files {
        assert_eq!(jejak(&["add", project, file.to_str().unwrap()]).0, Some(0));
    }
    for name in sets {
        let file = folder.join(format!("{name}.jsonl"));
        let arguments = ["import", project, "--format", "jejak-jsonl", "--annotator", name, file.to_str().unwrap()];
        assert_eq!(jejak(&arguments).0, Some(0), "{name}");
    }
    Some((temp, dir))
}

pub fn schema() -> Schema {
    ron::from_str(include_str!("../../assets/schemas/trips.ron")).unwrap()
}

pub fn id(random: &mut Random) -> Id {
    let letters: String = (0..8).map(|_| char::from(b'a' + random.below(26) as u8)).collect();
    letters.parse().unwrap()
}

pub fn record(random: &mut Random, label: &str, at: Vec<Span>, by: &str) -> Annotation {
    Annotation { id: id(random), ..Annotation::new(&label.into(), at, Origin::hand(&by.into())) }
}

/// A corpus of one article with these annotators' sets.
pub fn corpus(text: &str, sets: &[(&str, AnnotationSet)]) -> (Corpus, ArticleId) {
    let mut corpus = Corpus::new(Project::default(), Arc::new(schema()));
    let text = Text::new(text);
    let article = ArticleId::numbered(0);
    corpus.load_articles(vec![Arc::new(Article {
        words: 0,
        language: "id".into(),
        ..Article::of(article.clone(), "articles/000.txt".into(), &text)
    })]);
    corpus.load_text(article.clone(), text);
    for (name, set) in sets {
        corpus.load_set((article.clone(), (*name).into()), set.clone());
        // Every referent that an annotation names is there.
        let referents: Referents = set
            .iter()
            .filter_map(|record| Some((record.referent?, record.label.clone())))
            .map(|(id, label)| {
                (id, Arc::new(Referent { id, ..Referent::new(&label, "seseorang", Origin::hand(&(*name).into())) }))
            })
            .collect();
        corpus.load_referents((*name).into(), referents);
    }
    (corpus, article)
}

pub fn pick<'a, T>(random: &mut Random, from: &'a [T]) -> &'a T {
    &from[random.below(from.len())]
}

/// Words of five letters and a space.
pub const WORDS: u32 = 120;

fn span(random: &mut Random) -> Span {
    let first = random.below(WORDS as usize - 4) as u32;
    let last = first + random.below(3) as u32;
    Span::new(first * 6, last * 6 + 5)
}

/// Any set: twins, nested and equal extents, frames without trigger, claims about claims in circles.
pub fn random_set(random: &mut Random) -> AnnotationSet {
    let mut records: Vec<Annotation> = Vec::new();
    for _ in 0..random.below(25) {
        let label = *pick(random, &["person", "place", "place", "organization", "date", "boilerplate"]);
        let at = if random.below(6) == 0 && !records.is_empty() {
            pick(random, &records).at.clone()
        } else {
            vec![span(random)]
        };
        let mut one = record(random, label, at, "a");
        if label == "place" && random.below(2) == 0 {
            one.set_attribute(&"kind".into(), Some((*pick(random, &["city", "country"])).into()));
        }
        records.push(one);
    }
    let mentions = records.len();
    let frames = random.below(9);
    for _ in 0..frames {
        let label = *pick(random, &["trip", "trip", "claim"]);
        let at = match random.below(3) {
            0 => Vec::new(),
            1 => vec![Span::new(0, 5)],
            _ => vec![span(random)],
        };
        let mut one = record(random, label, at, "a");
        if random.below(2) == 0 {
            one.set_attribute(&"certainty".into(), Some("certain".into()));
        }
        records.push(one);
    }
    let all: Vec<Id> = records.iter().map(|record| record.id).collect();
    for frame in &mut records[mentions..] {
        let roles: &[&str] = if frame.label == *"trip" {
            &["traveller", "destination", "departure", "purpose"]
        } else {
            &["claimant", "about", "supports", "contradicts"]
        };
        for _ in 0..random.below(4) {
            let filler = match random.below(8) {
                0 => Filler::Value(Value::Text((*pick(random, &["Kota Awan", " kota  awan"])).into())),
                1 => Filler::Span(vec![span(random)]),
                _ => Filler::Annotation(*pick(random, &all)),
            };
            let role = Role { name: (*pick(random, roles)).into(), filler };
            if !frame.roles.contains(&role) {
                frame.roles.push(role);
            }
        }
    }
    let referents: Vec<Id> = (0..4).map(|_| id(random)).collect();
    for record in &mut records {
        record.referent = (random.below(2) == 0).then(|| *pick(random, &referents));
    }
    AnnotationSet::new(records.into_iter().map(Arc::new), Progress::Done)
}

/// The same under other ids, with roles that have no order in another one; and what each id became.
pub fn renamed(random: &mut Random, set: &AnnotationSet) -> (AnnotationSet, HashMap<Id, Id>) {
    let schema = schema();
    let ids: HashMap<Id, Id> = set.iter().map(|record| (record.id, id(random))).collect();
    let mut referents: HashMap<Id, Id> = HashMap::new();
    let mut records: Vec<Arc<Annotation>> = Vec::new();
    for record in set.iter() {
        let mut record = Annotation::clone(record);
        record.id = ids[&record.id];
        record.referent = record.referent.map(|old| *referents.entry(old).or_insert_with(|| id(random)));
        for role in &mut record.roles {
            if let Filler::Annotation(target) = &mut role.filler {
                *target = ids.get(target).copied().unwrap_or(*target);
            }
        }
        let ordered =
            |name: &Name| schema.label(&record.label).and_then(|it| it.role(name)).is_some_and(|it| it.ordered);
        if record.roles.iter().all(|role| !ordered(&role.name)) {
            let by = random.below(record.roles.len().max(1));
            record.roles.rotate_left(by);
        }
        records.push(Arc::new(record));
    }
    (AnnotationSet::new(records, set.progress()), ids)
}

/// Words for what is made by hand.
pub const TEXT: &str = "Ratu tiba di Bandar Laut. Raja berangkat dari Kota Awan pada hari Senin.";

pub fn at(words: &str) -> Vec<Span> {
    let start = TEXT.find(words).unwrap() as u32;
    vec![Span::new(start, start + words.len() as u32)]
}

pub fn set(records: &[Annotation]) -> AnnotationSet {
    AnnotationSet::new(records.iter().cloned().map(Arc::new), Progress::Done)
}

pub fn gold() -> Name {
    "gold".into()
}

pub fn open(corpus: &Corpus, article: &ArticleId, names: &[&str], strategy: Strategy) -> Review {
    let names: Vec<Name> = names.iter().map(|name| Name::new(name)).collect();
    Review::open(corpus, article, &names, &gold(), strategy)
}

/// Applies a transaction; gives it back.
pub fn do_it(corpus: &mut Corpus, transaction: Transaction) -> Transaction {
    transaction.apply(corpus).unwrap();
    transaction
}

/// Decides a case as somebody does it, without a reason.
pub fn decide(corpus: &mut Corpus, review: &Review, case: &Case, choice: Choice) {
    let ruling = Ruling { choice, by: "juri".into(), reason: String::new(), gap: String::new() };
    let decided = review.decide(corpus, case, &ruling);
    do_it(corpus, decided);
}

/// Merges what is agreed; gives what that was.
pub fn premerge(corpus: &mut Corpus, review: &Review) -> Transaction {
    let merged = review.premerge(corpus, &"juri".into());
    do_it(corpus, merged)
}

/// Exit code, results and messages of a command.
pub fn jejak(arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_jejak")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}
