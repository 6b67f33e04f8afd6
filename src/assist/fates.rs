//! The fate of suggestions as it was written down with each answer: by source and label, summed up over persons and articles.

use std::collections::BTreeMap;

use crate::model::{Name, Runs};

/// Accepts that took less than this, milliseconds, are told apart: so fast nobody has read.
const HASTY: u32 = 500;

/// The suggestions of one source for one label, as they were taken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// The source.
    pub source: String,
    /// The label; empty in the sum over all labels.
    pub label: String,
    /// Articles in which any was shown.
    pub articles: usize,
    /// Those that were on the screen or answered, counted once for each sitting.
    pub offered: u64,
    /// Accepted as they were.
    pub accepted: u64,
    /// Accepted with another label, other words or other roles.
    pub corrected: u64,
    /// Rejected.
    pub rejected: u64,
    /// Keys and clicks that the answers took.
    pub gestures: u64,
    /// Keys and clicks that what came of it takes by hand: two for words and label, two for each filled role, one for each value.
    pub by_hand: u64,
    /// Suggestions that were accepted or corrected one by one.
    pub timed: usize,
    /// Those of them that took less than half a second: so fast nobody has read.
    pub hasty: usize,
    /// The median time from when keys were about a suggestion until it was accepted or corrected, milliseconds.
    pub median_ms: Option<u32>,
}

impl Told {
    /// The share of answers that were an acceptance without a change; none where there was no answer.
    #[must_use]
    pub fn precision(&self) -> Option<f64> {
        let answers = self.accepted + self.corrected + self.rejected;
        (answers > 0).then(|| self.accepted as f64 / answers as f64)
    }
}

/// Everything that was told of suggestions: by source and label, and of all of them together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fates {
    /// By source and label, sorted by both.
    pub rows: Vec<Told>,
    /// All of them; its source and its label are empty.
    pub all: Told,
}

impl Fates {
    /// Sums up the runs of persons.
    #[must_use]
    pub fn of<'a>(runs: impl IntoIterator<Item = &'a Runs>) -> Self {
        let mut sums: BTreeMap<(&Name, &Name), (Told, Vec<u32>)> = BTreeMap::new();
        let (mut all, mut all_times) = (Told::default(), Vec::new());
        for run in runs.into_iter().flat_map(Runs::values) {
            all.articles += 1;
            for fate in &run.fates {
                let (told, times) = sums.entry((&fate.source, &fate.label)).or_default();
                told.articles += 1;
                for sum in [&mut *told, &mut all] {
                    sum.offered += u64::from(fate.offered);
                    sum.accepted += u64::from(fate.accepted);
                    sum.corrected += u64::from(fate.corrected);
                    sum.rejected += u64::from(fate.rejected);
                    sum.gestures += u64::from(fate.gestures);
                    sum.by_hand += u64::from(fate.by_hand);
                }
                times.extend(&fate.times);
                all_times.extend(&fate.times);
            }
        }
        let rows = sums.into_iter().map(|((source, label), (told, times))| {
            let told = Told { source: source.to_string(), label: label.to_string(), ..told };
            timed(told, times)
        });
        Self { rows: rows.collect(), all: timed(all, all_times) }
    }

    /// The rows as a table for other programs, with a head; times in milliseconds.
    #[must_use]
    pub fn table(&self) -> Vec<Vec<String>> {
        let head = [
            "source",
            "label",
            "articles",
            "offered",
            "accepted",
            "corrected",
            "rejected",
            "precision",
            "median_ms",
            "hasty",
            "gestures",
            "by_hand",
        ];
        let line = |row: &Told| {
            let counts = [row.offered, row.accepted, row.corrected, row.rejected].map(|count| count.to_string());
            let mut cells = vec![row.source.clone(), row.label.clone(), row.articles.to_string()];
            cells.extend(counts);
            cells.push(row.precision().map_or(String::new(), |share| format!("{share:.6}")));
            cells.push(row.median_ms.map_or(String::new(), |ms| ms.to_string()));
            cells.extend([row.hasty.to_string(), row.gestures.to_string(), row.by_hand.to_string()]);
            cells
        };
        std::iter::once(head.map(str::to_owned).to_vec()).chain(self.rows.iter().map(line)).collect()
    }
}

fn timed(told: Told, mut times: Vec<u32>) -> Told {
    times.sort_unstable();
    let hasty = times.partition_point(|&time| time < HASTY);
    // Of an even number the lower of the two in the middle: one that was measured.
    let median_ms = times.get(times.len().saturating_sub(1) / 2).copied();
    Told { timed: times.len(), hasty, median_ms, ..told }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ArticleId, Id, Learning, Origin, Run};

    #[test]
    fn the_fates_of_all_sittings_are_one_row_a_source_and_label() {
        let mut runs = Runs::new();
        for (accepted, rejected, times) in [(3, 1, vec![900, 300, 450]), (1, 0, vec![2_000])] {
            let (id, origin) = (Id::random(), Origin::hand(&"a".into()));
            let article = ArticleId::numbered(runs.len());
            let (program, digest, learned) = (String::new(), String::new(), Learning::default());
            let mut run = Run { id, article, digest, program, learned, fates: Vec::new(), origin };
            let fate = run.fate(&"lexicon".into(), &"person".into());
            (fate.offered, fate.accepted, fate.rejected, fate.times) = (5, accepted, rejected, times);
            (fate.gestures, fate.by_hand) = (accepted + rejected, 2 * accepted);
            run.fate(&"dates".into(), &"date".into()).offered = 1;
            runs.insert(id, run.into());
        }
        let told = Fates::of([&runs]);
        let rows: Vec<_> = told.rows.iter().map(|it| (&*it.source, &*it.label, it.offered)).collect();
        assert_eq!(rows, [("dates", "date", 2), ("lexicon", "person", 10)]);
        let row = &told.rows[1];
        assert_eq!((row.precision(), row.median_ms, row.hasty, row.timed), (Some(0.8), Some(450), 2, 4));
        assert_eq!((row.by_hand, row.gestures), (8, 5));
        assert_eq!((told.rows[0].precision(), told.rows[0].median_ms), (None, None));
        assert_eq!((told.all.offered, told.all.articles, told.all.median_ms), (12, 2, Some(450)));
    }
}
