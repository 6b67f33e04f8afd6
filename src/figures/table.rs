//! The sums of all articles as a sparse table: an article and a pair of annotators a row, a sum a column.

use foldhash::{HashMap, HashMapExt};

use super::figure::Scope;
use super::key::SumKey;
use crate::model::{Id, Name, Progress};
use crate::store::FileStamp;

/// Names of sums with their numbers.
#[derive(Debug, Clone)]
pub(super) struct Columns {
    keys: Vec<SumKey>,
    index: HashMap<SumKey, u32>,
    /// The empty name, for what is of all labels.
    pub none: Name,
}

impl Columns {
    /// No names yet.
    pub fn new() -> Self {
        Self { keys: Vec::new(), index: HashMap::new(), none: Name::new("") }
    }

    /// The number of a name, a new one if need be.
    pub fn number(&mut self, key: SumKey) -> u32 {
        if let Some(&number) = self.index.get(&key) {
            return number;
        }
        let number = self.keys.len() as u32;
        self.keys.push(key.clone());
        self.index.insert(key, number);
        number
    }

    /// All names by number.
    pub fn keys(&self) -> &[SumKey] {
        &self.keys
    }

    /// Adds named sums that a row does not have yet.
    pub fn extend(&mut self, row: &mut SumRow, sums: Vec<(SumKey, f64)>) {
        let there = row.columns.iter().copied().zip(row.values.iter().copied());
        let mut entries: Vec<(u32, f64)> = there.collect();
        entries.extend(sums.into_iter().map(|(key, value)| (self.number(key), value)));
        *row = SumRow::of(entries);
    }

    /// A row of named sums, by number.
    pub fn row(&mut self, sums: Vec<(SumKey, f64)>) -> SumRow {
        SumRow::of(sums.into_iter().map(|(key, value)| (self.number(key), value)).collect())
    }
}

/// Everything that is known of one article.
#[derive(Debug, Default, Clone)]
pub(super) struct ArticleSums {
    /// The files that it was measured from; none where it was measured from memory or may change unseen, and is not
    /// kept.
    pub stamps: Option<Vec<Option<FileStamp>>>,
    /// True where γ is among the sums: all of it, or nothing is kept of it.
    pub gamma: bool,
    /// True where γ was asked for and left out, because the time was over.
    pub left_out: bool,
    /// Each annotator's state and number of annotations.
    pub sets: Vec<Option<(Progress, usize)>>,
    /// The day on which those who are compared last worked on it, as `2026-11-21` in UTC; empty where nothing is marked.
    pub day: String,
    /// The days on which each annotator worked on it, by annotator and day.
    pub work: Vec<ArticleDay>,
    /// Gaps of the guideline that decisions name, each as often as one does.
    pub gaps: Vec<String>,
    /// Differences that wait for a decision.
    pub open: Option<usize>,
    /// For each pair of annotators who have both begun: the sums, and the referents of aligned annotations.
    pub pairs: Vec<Option<(SumRow, ReferentLinks)>>,
    /// The sums of all annotators together.
    pub joint: SumRow,
}

/// One annotator's work in an article on one day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ArticleDay {
    /// The annotator, by place.
    pub who: usize,
    /// The day in UTC, as `2026-11-21`.
    pub day: String,
    /// The number of annotations.
    pub marks: usize,
    /// Seconds between them, pauses left out.
    pub seconds: usize,
    /// The number of those that no pause came before.
    pub timed: usize,
}

/// The number of articles of a scope that are compared, and of those that are not: fewer than two have begun them, or not
/// both of the pair that is looked at.
pub(super) fn compared(entries: &[ArticleSums], scope: Scope) -> (usize, usize) {
    let entries = match scope.article {
        Some(article) => entries.get(article..=article).unwrap_or_default(),
        None => entries,
    };
    let one = |entry: &&ArticleSums| match scope.pair {
        Some(pair) => entry.pairs.get(pair).is_some_and(Option::is_some),
        None => entry.pairs.iter().any(Option::is_some),
    };
    let compared = entries.iter().filter(one).count();
    (compared, entries.len() - compared)
}

/// The referents that two annotators give to each annotation that either gives one.
pub(super) type ReferentLinks = Box<[[Option<Id>; 2]]>;

/// A sparse row of sums, by ascending column.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct SumRow {
    pub columns: Box<[u32]>,
    pub values: Box<[f64]>,
}

impl SumRow {
    fn of(mut entries: Vec<(u32, f64)>) -> Self {
        entries.sort_unstable_by_key(|entry| entry.0);
        Self { columns: entries.iter().map(|entry| entry.0).collect(), values: entries.iter().map(|e| e.1).collect() }
    }

    /// Columns with their values.
    pub fn iter(&self) -> impl Iterator<Item = (usize, f64)> {
        self.columns.iter().map(|&column| column as usize).zip(self.values.iter().copied())
    }
}
