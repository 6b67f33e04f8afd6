//! The spread of a figure: its mean and standard deviation over articles, pairs of annotators and labels, beside the pooled
//! value, in which large articles weigh more.

use super::catalogue::CATALOGUE;
use super::figure::{Figure, Scope};
use super::report::Report;
use super::spec::Each;
use crate::model::Name;

/// The mean of several values of a figure.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Summary {
    /// The mean, each value of the same weight.
    pub mean: f64,
    /// The standard deviation of the sample.
    pub deviation: f64,
    /// The number of values; where one is undefined it is left out.
    pub count: usize,
}

/// A figure over articles, pairs and labels; none where there are not two values.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Spread {
    /// Article by article.
    pub articles: Option<Summary>,
    /// Pair by pair of annotators.
    pub pairs: Option<Summary>,
    /// Label by label: the macro-average.
    pub labels: Option<Summary>,
}

impl Summary {
    /// The summary of values; none of fewer than two.
    #[must_use]
    pub fn of(values: &[f64]) -> Option<Self> {
        let count = values.len();
        if count < 2 {
            return None;
        }
        let mean = values.iter().sum::<f64>() / count as f64;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Some(Self { mean, deviation: (squares / (count - 1) as f64).sqrt(), count })
    }
}

impl Report {
    /// The spread of a figure of a scope, by its name; none of identity across articles, which has no articles of its own.
    #[must_use]
    pub fn spread(&self, scope: Scope, figure: &Figure) -> Option<Spread> {
        let spec = CATALOGUE.iter().find(|spec| spec.name == figure.family)?;
        let scoped = self.scoped(scope);
        let articles = match scope.article {
            None => self.by_article(&scoped, spec, &figure.label, &figure.slot),
            Some(_) => Vec::new(),
        };
        let value = |scope: Scope, label: &Name| {
            self.figure((scope, &self.scoped(scope)), spec, label, &figure.slot, false).value.ok()
        };
        let pairs: Vec<f64> = match scope.pair {
            None if self.pairs.len() > 1 => (0..self.pairs.len())
                .filter_map(|pair| value(Scope { pair: Some(pair), ..scope }, &figure.label))
                .collect(),
            _ => Vec::new(),
        };
        let labels: Vec<f64> = match (spec.each, figure.label.is_empty()) {
            (Each::Label, true) => self.labels_of(spec).iter().filter_map(|label| value(scope, label)).collect(),
            _ => Vec::new(),
        };
        Some(Spread { articles: Summary::of(&articles), pairs: Summary::of(&pairs), labels: Summary::of(&labels) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mean_and_deviation() {
        let found = Summary::of(&[2.0, 4.0, 4.0, 4.0, 5.0, 5.0, 7.0, 9.0]).expect("several");
        assert!((found.mean - 5.0).abs() < 1e-12 && (found.deviation - (32.0_f64 / 7.0).sqrt()).abs() < 1e-12);
        assert_eq!(Summary::of(&[1.0]), None);
    }
}
