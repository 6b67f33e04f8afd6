//! A walk through deviations, one after the other: what one's own set and gold have different in an article, or the errors of
//! a model in all articles.

use std::sync::Arc;

use crate::figures::Deviation;
use crate::model::ArticleId;
use crate::ui::commands::Direction;

/// A walk through deviations.
#[derive(Debug, Default)]
pub struct DeviationWalk {
    list: Vec<Arc<Deviation>>,
    at: Option<usize>,
}

impl DeviationWalk {
    /// A walk that begins at one of them; where there is none of this number, at none.
    pub fn new(list: Vec<Arc<Deviation>>, at: usize) -> Self {
        let at = Some(at).filter(|at| *at < list.len());
        Self { list, at }
    }

    /// All of them.
    pub fn list(&self) -> &[Arc<Deviation>] {
        &self.list
    }

    /// The number of them.
    pub fn len(&self) -> usize {
        self.list.len()
    }

    /// The place of the one that is looked at, from 0.
    pub fn at(&self) -> Option<usize> {
        self.at
    }

    /// The one that is looked at.
    pub fn current(&self) -> Option<&Arc<Deviation>> {
        self.list.get(self.at?)
    }

    /// Looks at another one.
    pub fn go(&mut self, at: usize) {
        self.at = Some(at).filter(|at| *at < self.list.len());
    }

    /// Looks at the next or the last one; after the last comes the first.
    pub fn step(&mut self, direction: Direction) {
        let count = self.list.len();
        self.at = match (self.at, direction) {
            _ if count == 0 => None,
            (None, Direction::Forward) => Some(0),
            (None, Direction::Back) => Some(count - 1),
            (Some(at), Direction::Forward) => Some((at + 1) % count),
            (Some(at), Direction::Back) => Some((at + count - 1) % count),
        };
    }
}

/// The walk through an article's differences to gold, by the annotator whose set it is.
#[derive(Debug)]
pub struct GoldFeedback {
    /// The article that it goes through.
    pub article: ArticleId,
    /// The differences.
    pub walk: DeviationWalk,
    /// The state of the data that they were found in.
    pub(super) revision: u64,
}
