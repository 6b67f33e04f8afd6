//! Commands about the figures.

/// Commands about the figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum DashboardCommand {
    /// Measures again.
    Measure,
    /// Writes what is shown to a file that is asked for.
    Save(FigureFile),
}

/// The kinds of files that a section of the dashboard can be written to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FigureFile {
    /// Its figures, as CSV.
    Table,
    /// Its looks, as PNG.
    Picture,
}
