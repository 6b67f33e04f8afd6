//! The content of the dashboard, as plain data made on a worker: nothing of it is computed while a frame is drawn.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::figures::{
    Bias, Boundaries, Confusion, Detail, Figure, Reason, Reliability, Report, Scope, Taken, boundaries_csv,
    confusion_csv, figures_csv, matrix_csv, standing_csv, time_csv,
};
use crate::model::{Name, Progress, Runs};
use crate::ui::commands::Section;

/// Mistakes are shown from this share of a label on.
const LEAST_TAKEN: f64 = 0.05;

/// Figures that say more of what others say, once they are folded out.
#[derive(Debug)]
pub struct MoreFigures {
    /// Those of everything.
    pub figures: Vec<Figure>,
    /// Those of each label.
    pub labels: Vec<Figure>,
}

impl MoreFigures {
    /// Those of a scope.
    #[must_use]
    pub fn of(report: &Report, scope: Scope) -> Self {
        let of = |detail| report.more_figures(scope, detail, true);
        Self { figures: of(Detail::Whole), labels: of(Detail::Labels) }
    }
}

/// Agreement in articles that were worked on with suggestions, and in those that were not.
#[derive(Debug)]
pub struct ByAssistance {
    /// The number of articles of either sort.
    pub articles: [usize; 2],
    /// The title of each figure, with its value in either.
    pub figures: Vec<(String, [String; 2])>,
}

impl ByAssistance {
    /// The agreement of a report, given whom suggestions were shown where.
    #[must_use]
    pub fn of(report: &Report, runs: &BTreeMap<Name, Arc<Runs>>) -> Self {
        let parts = report.by_assistance(runs);
        let mut figures: Vec<(String, [String; 2])> = Vec::new();
        for (side, articles) in parts.iter().enumerate().filter(|(_, articles)| !articles.is_empty()) {
            for figure in report.part(articles).figures(Scope::default(), Detail::Whole, false) {
                let title = title(&figure);
                let at = figures.iter().position(|(other, _)| *other == title).unwrap_or_else(|| {
                    figures.push((title, ["—".to_owned(), "—".to_owned()]));
                    figures.len() - 1
                });
                figures[at].1[side] = value_text(&figure.value);
            }
        }
        Self { articles: parts.map(|articles| articles.len()), figures }
    }
}

/// The habits of annotators, once they are looked at.
#[derive(Debug)]
pub struct Habits {
    /// The reliability of the annotators, or the reason why it has none.
    pub reliability: Result<Reliability, Reason>,
    /// The competence of the annotators by MACE; empty where it is undefined.
    pub competence: Vec<f64>,
    /// Labels that are given where another is probably true.
    pub taken: Vec<Taken>,
    /// Labels that annotators use more or less often than the others do.
    pub biases: Vec<Bias>,
}

impl Habits {
    /// Those of a report.
    #[must_use]
    pub fn of(report: &Report) -> Self {
        let reliability = report.reliability();
        Self {
            competence: report.competence().unwrap_or_default(),
            taken: reliability.as_ref().map_or(Vec::new(), |reliability| report.taken(reliability, LEAST_TAKEN)),
            biases: report.biases(),
            reliability,
        }
    }
}

/// Everything that is shown of a scope whatever part of it one looks at.
#[derive(Debug)]
pub struct Shown {
    /// The owner.
    pub scope: Scope,
    /// All figures, with intervals.
    pub figures: Vec<Figure>,
    /// The figures of each label.
    pub labels: Vec<Figure>,
    /// For each figure its value for each pair.
    pub matrices: BTreeMap<&'static str, Vec<Result<f64, Reason>>>,
    /// The number of articles that both of each pair have begun.
    pub shared: Vec<usize>,
    /// The confusion of labels.
    pub confusion: Confusion,
    /// The place where boundaries differ.
    pub boundaries: Boundaries,
    /// The number of articles that each annotator has done, has begun, has not begun: by annotator.
    pub progress: Vec<[usize; 4]>,
    /// Gaps of the guideline that decisions name, and the number of those decisions.
    pub gaps: (usize, usize),
    /// Differences that wait for a decision in all articles.
    pub open: usize,
}

impl Shown {
    /// Everything of a scope.
    #[must_use]
    pub fn of(report: &Report, scope: Scope) -> Self {
        let mut progress = vec![[0; 4]; report.annotators.len()];
        for standing in &report.standing {
            for (counts, set) in progress.iter_mut().zip(&standing.sets) {
                counts[match set {
                    Some((Progress::Done, _)) => 0,
                    Some((Progress::InProgress, _)) => 1,
                    Some((Progress::New, _)) => 2,
                    None => 3,
                }] += 1;
            }
        }
        let gaps = report.gaps();
        Self {
            scope,
            figures: report.figures(scope, Detail::Whole, true),
            labels: report.figures(scope, Detail::Labels, true),
            matrices: report.matrices(),
            shared: (0..report.pairs.len()).map(|pair| report.shared(pair)).collect(),
            confusion: report.confusion(scope),
            boundaries: report.boundaries(scope),
            gaps: (gaps.len(), gaps.iter().map(|(_, count)| count).sum()),
            progress,
            open: report.standing.iter().filter_map(|standing| standing.open).sum(),
        }
    }

    /// A section as CSV.
    #[must_use]
    pub fn csv(&self, report: &Report, section: Section, family: &str) -> String {
        let of = report.name_of(self.scope);
        match section {
            Section::Overview => {
                let more = report.more_figures(self.scope, Detail::Whole, true);
                figures_csv(self.figures.iter().chain(&more).map(|figure| (of.as_str(), figure)))
            }
            Section::Labels => {
                let more = report.more_figures(self.scope, Detail::Labels, true);
                figures_csv(self.labels.iter().chain(&more).map(|figure| (of.as_str(), figure)))
            }
            Section::Matrix => {
                matrix_csv(report, family, self.matrices.get(family).map(Vec::as_slice).unwrap_or_default())
            }
            Section::Confusion => confusion_csv(&self.confusion),
            Section::Boundaries => boundaries_csv(&self.boundaries),
            Section::Progress => standing_csv(report),
            Section::Reliability => {
                let reliability = report.reliability();
                let accuracy = reliability.as_ref().map(|it| it.accuracy.as_slice()).unwrap_or_default();
                let line = |(name, accuracy): (&Name, &f64)| format!("{name},{accuracy:.6}\n");
                let lines: String = report.annotators.iter().zip(accuracy).map(line).collect();
                format!("annotator,accuracy\n{lines}")
            }
            Section::Time => time_csv(report),
            Section::Suggestions => String::new(),
        }
    }
}

/// A value as it stands in a table.
#[must_use]
pub fn value_text(value: &Result<f64, Reason>) -> String {
    value.map_or_else(|_| "—".to_owned(), |value| format!("{value:.3}"))
}

/// A figure's title for people, with the label, role or attribute that it is about.
#[must_use]
pub fn title(figure: &Figure) -> String {
    let parts = [figure.title.text(), figure.label.as_str(), figure.slot.as_str()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}
