//! Commands that bring articles and annotations in, and data sets out.

/// Commands that bring articles and annotations in, and data sets out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The table gives each its meaning, in the words that people see.
pub enum ExchangeCommand {
    AddArticles,
    Import,
    Export,
}
