//! The figures of some of the articles: a day's work, or a part of a split.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use super::interval::Draws;
use super::relations::Relations;
use super::report::Report;
use crate::model::AnnotationSet;
use crate::review::grouped;

impl Report {
    /// The report of these articles alone, by their places.
    #[must_use]
    pub fn part(&self, articles: &[usize]) -> Self {
        let there = || articles.iter().copied().filter(|at| *at < self.entries.len());
        Self {
            annotators: self.annotators.clone(),
            pairs: self.pairs.clone(),
            evaluation: self.evaluation,
            zones: self.zones,
            standing: there().filter_map(|at| self.standing.get(at).cloned()).collect(),
            unread: Vec::new(),
            labels: self.labels.clone(),
            kinds: self.kinds.clone(),
            columns: self.columns.clone(),
            entries: there().map(|at| self.entries[at].clone()).collect(),
            // Relations are said of the whole project, and not in these articles.
            relations: Relations::default(),
            gamma: self.gamma,
            subjects: self.subjects.clone(),
            draws: Draws::new(there().count()),
            whole: OnceLock::new(),
        }
    }

    /// The gaps of the guideline that decisions name, the most frequent first, each with the number of decisions. They are
    /// looked for where an adjudicated set is.
    #[must_use]
    pub fn gaps(&self) -> Vec<(String, usize)> {
        let all = self.entries.iter().flat_map(|entry| &entry.gaps).map(String::as_str);
        grouped(all).into_iter().map(|(gap, of)| (gap.to_owned(), of.len())).collect()
    }

    /// The days on which articles were last worked on by those who are compared, in UTC (`2026-11-21`), in order, with the
    /// articles of each.
    #[must_use]
    pub fn days(&self) -> Vec<(String, Vec<usize>)> {
        let mut days: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (at, entry) in self.entries.iter().enumerate() {
            if !entry.day.is_empty() && entry.pairs.iter().any(Option::is_some) {
                days.entry(&entry.day).or_default().push(at);
            }
        }
        days.into_iter().map(|(day, articles)| (day.to_owned(), articles)).collect()
    }
}

/// The day on which the newest annotation of any set was made; empty where there is none.
pub(super) fn day(sets: &[Option<&AnnotationSet>]) -> String {
    let newest = sets.iter().flatten().flat_map(|set| set.iter()).map(|record| record.origin.at).max();
    newest.map_or_else(String::new, |at| at.day().to_string())
}
