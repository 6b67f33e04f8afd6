//! Agreement of the annotators of a data set, for its card.

use crate::agreement::bootstrap::FEWEST;
use crate::figures::{ArticleSample, Figure, Report, ReportBuilder, Scope};
use crate::model::{Name, Project, Schema};
use crate::store::Scanned;

/// Agreement of each pair of annotators, over the articles that both have a set of.
#[derive(Debug)]
pub(super) struct PairTable(Report);

/// A pair and its figures.
pub(super) struct PairFigures<'a> {
    pub first: &'a Name,
    pub second: &'a Name,
    pub articles: usize,
    /// F1 of mentions with the same extent and label, Cohen's κ of words, F1 of aligned frames; none where one is unknown.
    pub figures: [Option<Figure>; 3],
}

impl PairFigures<'_> {
    /// True where there are too few articles for an interval.
    pub fn few(&self) -> bool {
        self.articles < FEWEST
    }
}

impl PairTable {
    /// Nothing measured yet, of those whom the project compares; `makers` have sets.
    pub fn between(project: &Project, makers: &[Name]) -> ReportBuilder {
        ReportBuilder::new(project.compared(makers))
    }

    /// Measures an article; none where there is nothing to compare.
    pub fn measure(tally: &ReportBuilder, schema: &Schema, scanned: &Scanned) -> Option<ArticleSample> {
        let text = scanned.text.as_ref().filter(|_| tally.annotators().len() >= 2)?;
        let set = |name: &Name| scanned.sets.iter().find(|set| set.annotator == *name).map(|set| &set.set);
        let sets: Vec<_> = tally.annotators().iter().map(set).collect();
        Some(tally.measure(schema, text, &sets))
    }

    /// The report.
    pub fn of(tally: ReportBuilder, schema: &Schema) -> Self {
        Self(tally.report(schema))
    }

    /// The pairs that have an article in common.
    pub fn rows(&self) -> impl Iterator<Item = PairFigures<'_>> {
        let report = &self.0;
        report.pairs.iter().enumerate().filter(|(pair, _)| report.shared(*pair) > 0).map(|(pair, &(first, second))| {
            let scope = Scope { pair: Some(pair), article: None };
            PairFigures {
                first: &report.annotators[first],
                second: &report.annotators[second],
                articles: report.shared(pair),
                figures: ["mentions strict", "words kappa", "frames"].map(|name| report.figure_named(scope, name)),
            }
        })
    }
}
