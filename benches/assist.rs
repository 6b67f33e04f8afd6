//! Suggestions: how good they are on a corpus that was learned from, and how long learning and suggesting takes. Each line is
//! `name value unit`.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may stop at once, and prints.
#![allow(clippy::disallowed_methods)] // The inputs of a bench are its own.

#[path = "../tests/common/mod.rs"]
mod common;

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;
use std::time::Instant;

use jejak::assist::{Learned, Lesson, Page, Wanted};
use jejak::model::{Annotation, AnnotationSet, ArticleId, Name, Origin, Progress, Schema};
use jejak::text::{Span, Text};

/// Sentences that make up an article.
const SENTENCES: usize = 10;

fn main() {
    let Some(folder) = common::shared("corpora/idner-news-2k") else { return };
    let schema = Schema::trips();
    let (train, test) = (articles(&folder.join("train.txt")), articles(&folder.join(test_file())));
    let lessons = |articles: &[(Text, AnnotationSet)]| {
        let lesson = |(at, (text, set)): (usize, &(Text, AnnotationSet))| {
            Lesson::new(&schema, &ArticleId::numbered(at), text, Arc::new(set.clone()))
        };
        articles.iter().enumerate().map(lesson).collect::<Vec<_>>()
    };
    let lessons = lessons(&train);
    for (name, gazetteer) in [("tagger", false), ("tagger_with_gazetteer", true)] {
        let wanted = Wanted { sources: vec!["tagger".to_owned()], gazetteer };
        let begun = Instant::now();
        let learned = Learned::of(&schema, &lessons, &wanted, &|| true).unwrap();
        println!("assist.idner.{name}.train {:.3} s", begun.elapsed().as_secs_f64());
        let begun = Instant::now();
        score(&schema, &learned, &test, &format!("assist.idner.{name}"));
        println!("assist.idner.{name}.suggest {:.3} s", begun.elapsed().as_secs_f64());
    }
    let learned = Learned::of(&schema, &lessons, &Wanted::default(), &|| true).unwrap();
    score(&schema, &learned, &test, "assist.idner.all");
}

/// The part that is looked at: `dev.txt` while a rule is worked on.
fn test_file() -> String {
    std::env::var("JEJAK_PART").unwrap_or_else(|_| "test.txt".to_owned())
}

fn score(schema: &Schema, learned: &Learned, test: &[(Text, AnnotationSet)], name: &str) {
    let nothing = AnnotationSet::default();
    let (mut right, mut said, mut there, mut shown_right, mut shown) = (0, 0, 0, 0, 0);
    for (at, (text, gold)) in test.iter().enumerate() {
        let id = ArticleId::numbered(at);
        let page = Page::new(schema, &id, text, &nothing, "");
        let names = ["person", "organization", "place"];
        let found = learned.suggest(&page, &BTreeSet::new());
        let found = found.iter().filter(|it| names.contains(&it.label.as_str()));
        there += gold.len();
        for one in found {
            let is_right = gold.iter().any(|it| it.label == one.label && it.at == one.at);
            said += 1;
            right += usize::from(is_right);
            if one.is_strong() {
                shown += 1;
                shown_right += usize::from(is_right);
            }
        }
    }
    let share = |a: usize, b: usize| 100.0 * a as f64 / b.max(1) as f64;
    let (precision, recall) = (share(right, said), share(right, there));
    println!("{name}.precision {precision:.1} %");
    println!("{name}.recall {recall:.1} %");
    println!("{name}.f1 {:.1} %", 2.0 * precision * recall / (precision + recall).max(1e-9));
    println!("{name}.strong_precision {:.1} %", share(shown_right, shown));
    println!("{name}.strong_share {:.1} %", share(shown, said));
}

fn articles(file: &Path) -> Vec<(Text, AnnotationSet)> {
    let file = std::fs::read_to_string(file).unwrap().replace("\r\n", "\n");
    let sentences: Vec<&str> = file.split("\n\n").filter(|sentence| !sentence.trim().is_empty()).collect();
    sentences.chunks(SENTENCES).map(article).collect()
}

fn article(sentences: &[&str]) -> (Text, AnnotationSet) {
    let mut text = String::new();
    let mut marks: Vec<(&str, usize, usize)> = Vec::new();
    for sentence in sentences {
        for line in sentence.lines() {
            let mut columns = line.split(' ');
            let (Some(token), Some(tag)) = (columns.next(), columns.next_back()) else { continue };
            if !text.is_empty() && !text.ends_with('\n') {
                text.push(' ');
            }
            let start = text.len();
            text.push_str(token);
            let label = match tag.split_once('-') {
                Some((_, "PER")) => "person",
                Some((_, "ORG")) => "organization",
                Some((_, "LOC")) => "place",
                _ => continue,
            };
            match marks.last_mut() {
                Some((last, _, end)) if tag.starts_with("I-") && *last == label && *end + 1 == start => {
                    *end = text.len();
                }
                _ => marks.push((label, start, text.len())),
            }
        }
        text.push('\n');
    }
    let text = Text::new(&text);
    let by = Name::new("gold");
    let records = marks.into_iter().filter_map(|(label, from, until)| {
        let span = text.check(Span::new(from as u32, until as u32))?;
        Some(Arc::new(Annotation::new(&label.into(), vec![span], Origin::hand(&by))))
    });
    let set = AnnotationSet::new(records.collect::<Vec<_>>(), Progress::Done);
    (text, set)
}
