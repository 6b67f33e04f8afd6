//! Exchange formats: golden files, round trips, files of other programs.
#![allow(clippy::unwrap_used)] // A helper of a test fails it as an assertion does.

mod cases;
mod columns;
#[path = "../common/mod.rs"]
mod common;
mod dataset;
mod dirty;
mod foreign;
mod golden;
mod large;
mod placing;
mod round_trip;
mod talk;
mod undo;

use std::collections::BTreeMap;
use std::sync::Arc;

use jejak::formats::{Context, ExchangeDocument, Format, ImportContext, ImportFiles, Item, Memory, Options, Whole};
use jejak::model::{Comments, Corpus, Name, Problem, Referents, Schema, Timestamp};

/// All that a reader hands over.
#[derive(Debug, Default)]
pub struct Read {
    pub pages: Vec<ExchangeDocument>,
    pub wholes: Vec<Whole>,
    pub problems: Vec<Problem>,
}

/// Reads a source as the sets of `gold`.
pub fn read(format: &dyn Format, source: &ImportFiles) -> Read {
    let annotator = Name::new("gold");
    let mut read = Read::default();
    format.read(source, &ImportContext::new(&annotator, Timestamp::from_seconds(0), None), &mut |item| match item {
        Item::Document(page) => read.pages.push(*page),
        Item::Whole(whole) => read.wholes.push(*whole),
        Item::Problem(problem) => read.problems.push(problem),
        Item::Note { .. } => {}
    });
    read
}

/// Writes pages as a format with these options, and gives the files and the loss in sentences.
pub fn write(
    format: &dyn Format,
    corpus: &Corpus,
    pages: &[ExchangeDocument],
    options: &Options,
) -> (Memory, Vec<String>) {
    let mut memory = Memory::default();
    let annotators = [Name::new("gold")];
    let cx = Context { corpus, annotators: &annotators, options };
    let loss = jejak::formats::write(format, pages.iter().cloned(), cx, &mut memory).unwrap();
    (memory, loss.sentences().collect())
}

/// What a read file makes of a project; the pages hold the sets.
pub fn corpus_of(read: &Read) -> Corpus {
    let whole = read.wholes.first().cloned().unwrap_or_default();
    let (name, title) = whole.schema.unwrap_or_else(|| ("test".into(), Default::default()));
    let schema = Schema { jejak_schema: 1, name, title, open: false, labels: whole.labels };
    let mut corpus = Corpus::new(whole.project, Arc::new(schema));
    let mut referents: BTreeMap<Name, Referents> = whole.referents;
    for layer in read.pages.iter().flat_map(|page| &page.sets) {
        let all = referents.entry(layer.annotator.clone()).or_default();
        all.extend(layer.referents.iter().map(|one| (one.id, one.clone())));
    }
    for (annotator, all) in referents {
        corpus.load_referents(annotator, all);
    }
    let mut comments: BTreeMap<Name, Comments> = BTreeMap::new();
    for (who, comment) in whole.comments {
        comments.entry(who).or_default().insert(comment.id, comment);
    }
    for (who, all) in comments {
        corpus.load_comments(who, all);
    }
    corpus
}
