//! The walk through what one's own annotations and gold have different.

use crate::figures::Deviation;
use crate::model::ArticleId;

/// The walk through an article's differences to gold.
#[derive(Debug)]
pub struct GoldFeedback {
    /// The article that it goes through.
    pub article: ArticleId,
    /// The difference that is looked at, from 0.
    pub at: usize,
    pub(super) lessons: Vec<Deviation>,
    /// The state of the data that they were found in.
    pub(super) revision: u64,
}

impl GoldFeedback {
    /// The difference that is looked at.
    pub fn lesson(&self) -> Option<&Deviation> {
        self.lessons.get(self.at)
    }

    /// The number of them.
    pub fn len(&self) -> usize {
        self.lessons.len()
    }
}
