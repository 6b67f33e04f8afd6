//! Habits of each annotator: labels used more often than by the others, and labels given where another is probably true.

use std::collections::BTreeMap;

use super::article::pattern_row;
use super::figure::Scope;
use super::key::Topic;
use super::look::Reliability;
use super::report::Report;
use super::spec::Reason;
use crate::agreement::mace::mace;
use crate::model::Name;

/// An annotator's use of a label beside the others', over the articles that the annotator and at least one other have begun.
#[derive(Debug, Clone, PartialEq)]
pub struct Bias {
    /// The annotator, by place in [`Report::annotators`].
    pub annotator: usize,
    /// The label.
    pub label: Name,
    /// The annotator's number of annotations of it.
    pub own: f64,
    /// The mean of the others' numbers.
    pub others: f64,
}

/// The share of an annotator's ratings that give a label where another is probably true.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    /// The annotator, by place in [`Report::annotators`].
    pub annotator: usize,
    /// The label that is probably true; empty where there is probably nothing.
    pub truth: Name,
    /// The label that is given; empty where nothing is marked.
    pub given: Name,
    /// The probability of it, 0 to 1.
    pub share: f64,
}

impl Report {
    /// The patterns of ratings of everybody, with their number.
    pub(super) fn patterns(&self) -> BTreeMap<&Name, f64> {
        let scoped = self.scoped(Scope::default());
        let mut counted: BTreeMap<&Name, f64> = BTreeMap::new();
        for (key, entries) in self.columns.keys().iter().zip(scoped.together()) {
            if key.topic == Topic::Pattern {
                *counted.entry(&key.a).or_default() += entries.iter().map(|entry| entry.1).sum::<f64>();
            }
        }
        counted.retain(|_, count| *count > 0.0);
        counted
    }

    /// The label of a number of a pattern; empty for nothing, and for labels that the schema does not know.
    fn rated(&self, number: usize) -> Name {
        let label = number.checked_sub(1).and_then(|place| self.labels.get(place));
        label.unwrap_or(&self.columns.none).clone()
    }

    /// Compares how often each annotator uses each label with how often the others do (Artstein and Poesio 2008 call it
    /// annotator bias): the largest differences first.
    #[must_use]
    pub fn biases(&self) -> Vec<Bias> {
        let mut sums: BTreeMap<(usize, usize), [f64; 2]> = BTreeMap::new();
        for (pattern, count) in self.patterns() {
            let row = pattern_row(pattern);
            let begun = row.iter().flatten().count();
            if begun < 2 {
                continue;
            }
            for (annotator, own) in row.iter().enumerate().filter_map(|(at, rating)| Some((at, (*rating)? as usize))) {
                for other in row.iter().flatten().map(|rating| *rating as usize).filter(|other| *other > 0) {
                    sums.entry((annotator, other)).or_default()[1] += count / (begun - 1) as f64;
                }
                if own > 0 {
                    let sum = sums.entry((annotator, own)).or_default();
                    sum[0] += count;
                    // It was taken for one of the others' above.
                    sum[1] -= count / (begun - 1) as f64;
                }
            }
        }
        let bias = |((annotator, label), [own, others]): ((usize, usize), [f64; 2])| Bias {
            annotator,
            label: self.rated(label),
            own,
            others: if others.abs() < 1e-9 { 0.0 } else { others },
        };
        let mut biases: Vec<Bias> = sums.into_iter().map(bias).filter(|bias| !bias.label.is_empty()).collect();
        biases.sort_by(|a, b| (b.own - b.others).abs().total_cmp(&(a.own - a.others).abs()));
        biases
    }

    /// The competence of each annotator by MACE (Hovy et al. 2013): the share of ratings that are no guesses.
    ///
    /// # Errors
    /// The reason why the model has no estimate for them.
    pub fn competence(&self) -> Result<Vec<f64>, Reason> {
        let patterns = self.patterns();
        let rows: Vec<Vec<Option<u32>>> = patterns.keys().map(|name| pattern_row(name)).collect();
        let counts: Vec<f64> = patterns.values().copied().collect();
        Ok(mace(&rows, &counts)?.competence)
    }

    /// The tables of Dawid and Skene: which label each annotator gives where another is probably true, the most probable
    /// mistakes first; `least` is the share from which one is told.
    #[must_use]
    pub fn taken(&self, reliability: &Reliability, least: f64) -> Vec<Taken> {
        let mut all = Vec::new();
        for (annotator, table) in reliability.estimate.confusion.iter().enumerate() {
            for (truth, row) in table.iter().enumerate() {
                // A label that is never true has no row.
                if reliability.estimate.prior[truth] * (reliability.items as f64) < 0.5 {
                    continue;
                }
                for (given, &share) in
                    row.iter().enumerate().filter(|(given, share)| *given != truth && **share >= least)
                {
                    all.push(Taken { annotator, truth: self.rated(truth), given: self.rated(given), share });
                }
            }
        }
        all.sort_by(|a, b| {
            (a.annotator, b.share).partial_cmp(&(b.annotator, a.share)).unwrap_or(std::cmp::Ordering::Equal)
        });
        all
    }
}
