//! Details behind the figures: which labels are taken for which, where boundaries differ, who is reliable.

use std::collections::BTreeMap;

use super::article::pattern_row;
use super::figure::Scope;
use super::key::{SHIFT, Topic};
use super::report::Report;
use super::spec::Reason;
use crate::agreement::reliability::{self, dawid_skene_counted};
use crate::model::Name;

/// Counts of each label of the first of two annotators against each label of the second, over aligned annotations.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Confusion {
    /// The labels that occur, in the schema's order; the last one, empty, is having nothing.
    pub labels: Vec<Name>,
    /// A row for each label of the first annotator, a column for each of the second.
    pub counts: Vec<Vec<f64>>,
}

/// By how much the ends of aligned annotations differ where their extents do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Boundaries {
    /// Code points by which the second's start lies after the first's (before it: negative), ascending, and how often; the
    /// outermost stand for all beyond. Where only the ends differ, the start is counted at 0.
    pub start: Vec<(i32, f64)>,
    /// The same of ends.
    pub end: Vec<(i32, f64)>,
    /// The words by which extents differ, the most frequent first.
    pub edges: Vec<BoundaryWords>,
}

/// Words that one annotator takes in and another leaves out.
#[derive(Debug, Clone, PartialEq)]
pub struct BoundaryWords {
    /// True where they stand at the start; at the end otherwise.
    pub at_start: bool,
    /// The words, in lower case and cut short.
    pub words: String,
    /// The number of times that the first annotator takes them in and the second does not.
    pub first: f64,
    /// The number of times that it is the other way round.
    pub second: f64,
}

/// The reliability of annotators by the model of Dawid and Skene (1979), over aligned annotations.
#[derive(Debug, Clone, PartialEq)]
pub struct Reliability {
    /// The share of each annotator that is probably right, 0 to 1, in the order of [`Report::annotators`].
    pub accuracy: Vec<f64>,
    /// The number of annotations that it rests on.
    pub items: usize,
    /// True where the estimate came to rest.
    pub converged: bool,
    /// The estimate itself; category 0 is that there is nothing, the others are the schema's labels in their order, then all
    /// labels that it does not know.
    pub(super) estimate: reliability::ReliabilityEstimate,
    /// The row of the estimate's posteriors for each pattern of ratings.
    pub(super) patterns: BTreeMap<Name, usize>,
}

impl Report {
    /// Counts which labels are taken for which.
    #[must_use]
    pub fn confusion(&self, scope: Scope) -> Confusion {
        let scoped = self.scoped(scope);
        let mut cells: BTreeMap<(&Name, &Name), f64> = BTreeMap::new();
        for (key, entries) in self.columns.keys().iter().zip(&scoped.pairs) {
            let sum: f64 = entries.iter().map(|entry| entry.1).sum();
            if key.topic == Topic::Confusion && sum > 0.0 {
                cells.insert((&key.a, &key.b), sum);
            }
        }
        let mut labels: Vec<Name> = cells.keys().flat_map(|&(a, b)| [a.clone(), b.clone()]).collect();
        labels.push(self.columns.none.clone());
        let place = |label: &Name| {
            let known = self.labels.iter().position(|other| other == label);
            (label.is_empty(), known.unwrap_or(self.labels.len()))
        };
        labels.sort_by(|a, b| (place(a), a).cmp(&(place(b), b)));
        labels.dedup();
        let count = |a, b| cells.get(&(a, b)).copied().unwrap_or(0.0);
        let counts = labels.iter().map(|a| labels.iter().map(|b| count(a, b)).collect()).collect();
        Confusion { labels, counts }
    }

    /// Counts the boundaries that differ.
    #[must_use]
    pub fn boundaries(&self, scope: Scope) -> Boundaries {
        let scoped = self.scoped(scope);
        let mut boundaries = Boundaries::default();
        let mut edges: BTreeMap<(&Name, &Name), [f64; 2]> = BTreeMap::new();
        for (key, entries) in self.columns.keys().iter().zip(&scoped.pairs) {
            let sum: f64 = entries.iter().map(|entry| entry.1).sum();
            if sum == 0.0 {
                continue;
            }
            match key.topic {
                Topic::Start => boundaries.start.push((key.part as i32 - SHIFT, sum)),
                Topic::End => boundaries.end.push((key.part as i32 - SHIFT, sum)),
                Topic::Edge => edges.entry((&key.a, &key.b)).or_default()[usize::from(key.part == 1)] += sum,
                _ => {}
            }
        }
        boundaries.start.sort_by_key(|&(offset, _)| offset);
        boundaries.end.sort_by_key(|&(offset, _)| offset);
        let edge = |((side, words), [first, second]): ((&Name, &Name), [f64; 2])| BoundaryWords {
            at_start: *side == *"start",
            words: words.to_string(),
            first,
            second,
        };
        boundaries.edges = edges.into_iter().map(edge).collect();
        boundaries.edges.sort_by(|a, b| (b.first + b.second).total_cmp(&(a.first + a.second)));
        boundaries
    }

    /// Estimates how reliable the annotators are.
    ///
    /// # Errors
    /// The reason why the model has no estimate for them.
    pub fn reliability(&self) -> Result<Reliability, Reason> {
        let counted = self.patterns();
        let rows: Vec<Vec<Option<u32>>> = counted.keys().map(|name| pattern_row(name)).collect();
        let counts: Vec<f64> = counted.values().copied().collect();
        let estimate = dawid_skene_counted(&rows, &counts)?;
        Ok(Reliability {
            accuracy: (0..self.annotators.len()).map(|rater| estimate.accuracy(rater).unwrap_or(0.0)).collect(),
            items: counts.iter().sum::<f64>() as usize,
            converged: estimate.converged,
            patterns: counted.keys().enumerate().map(|(row, name)| ((*name).clone(), row)).collect(),
            estimate,
        })
    }
}
