//! Suggestions: how good they are on a corpus that was learned from, and how long learning and suggesting takes. Each line is
//! `name value unit`.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may stop at once, and prints.
#![allow(clippy::disallowed_methods)] // The inputs of a bench are its own.

#[path = "../tests/common/mod.rs"]
mod common;
#[path = "made/idner.rs"]
mod idner;

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Instant;

use jejak::assist::{Learned, Lesson, Page, Wanted};
use jejak::model::{AnnotationSet, ArticleId, Schema};
use jejak::text::Text;

fn main() {
    let Some(folder) = common::shared("corpora/idner-news-2k") else { return };
    let schema = Schema::trips();
    let (train, test) = (idner::articles(&folder.join("train.txt")), idner::articles(&folder.join(test_file())));
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
