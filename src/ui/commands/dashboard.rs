//! Commands about the figures.

use std::path::PathBuf;

use super::article_sort::ArticleOrder;
use super::motion::Direction;
use super::section::Section;
use crate::model::Name;

/// Commands about the figures.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum DashboardCommand {
    /// Measures again.
    Measure,
    /// Stops measuring; what was measured before stays.
    Stop,
    /// Compares others.
    Compare(Comparison),
    /// Looks at the n-th pair of those who are compared, or at everybody.
    Pair(Option<usize>),
    /// Computes γ, too, or no longer.
    ToggleGamma,
    /// Computes the chance level of frames, too, or no longer.
    ToggleChance,
    /// Counts text in zones, or no longer.
    ToggleZones,
    /// Shows all figures, or those alone that one looks at first.
    ToggleAll,
    /// Looks at a part of the dashboard.
    Look(Section),
    /// Explains a figure, by its name.
    Explain(String),
    /// Explains the figure after or before the one that is explained.
    ExplainBeside(Direction),
    /// Puts the articles in the order of a column, or the other way round.
    Sort(ArticleOrder),
    /// The figure that the matrix of annotators, the articles and the days show.
    Family(&'static str),
    /// Asks for a file for what is shown.
    Save(FigureFile),
    /// Writes what is shown to a file.
    Write(FigureFile, PathBuf),
}

/// The annotators who are compared in figures.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Comparison {
    /// Everybody but gold, two at a time and together.
    Everybody,
    /// Predictions of the second with the first as gold.
    Evaluation(Name, Name),
}

/// The kinds of files that a section of the dashboard can be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureFile {
    /// Its figures, as CSV.
    Table,
    /// Its looks, as PNG.
    Picture,
}
