//! The order of articles in the dashboard.

/// The order of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct ArticleSort {
    /// The column that they are ordered by.
    pub by: ArticleOrder,
    /// True where it is the other way round.
    pub backwards: bool,
}

impl ArticleSort {
    /// The order after a click on the title of a column.
    #[must_use]
    pub fn clicked(self, by: ArticleOrder) -> Self {
        Self { by, backwards: self.by == by && !self.backwards }
    }
}

/// The columns that articles can be ordered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ArticleOrder {
    /// As the project has them.
    #[default]
    Project,
    /// By title.
    Title,
    /// By agreement, the least first.
    Agreement,
    /// By the number of open cases, the most first.
    Open,
}
