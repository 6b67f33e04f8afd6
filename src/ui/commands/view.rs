//! The sides of the work that the window can show: each has panels of its own and one key.

/// A side of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Marking an article.
    Annotate,
    /// Deciding where annotators differ.
    Review,
    /// Many articles at once.
    Corpus,
    /// The agreement, in figures.
    Dashboard,
    /// The errors of a model, to look at.
    Errors,
    /// The labels, and what can be said of each.
    Schema,
}

impl View {
    /// All of them, left to right.
    pub const ALL: [Self; 6] =
        [Self::Annotate, Self::Review, Self::Corpus, Self::Dashboard, Self::Errors, Self::Schema];
}
