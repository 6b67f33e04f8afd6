use std::collections::VecDeque;
use std::sync::Arc;

use super::Transaction;

/// Transactions that were done and that were undone, across all articles.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: VecDeque<Arc<Transaction>>,
    undone: Vec<Arc<Transaction>>,
}

impl History {
    /// Transactions that can be undone at the most; older ones stay in the data but leave the history.
    pub const DEPTH: usize = 10_000;

    /// Notes that a new transaction was applied; what was undone before is gone then.
    pub fn push(&mut self, transaction: Arc<Transaction>) {
        self.undone.clear();
        self.done.push_back(transaction);
        if self.done.len() > Self::DEPTH {
            self.done.pop_front();
        }
    }

    /// The transaction that undo would take back.
    #[must_use]
    pub fn to_undo(&self) -> Option<&Arc<Transaction>> {
        self.done.back()
    }

    /// The transaction that redo would do again.
    #[must_use]
    pub fn to_redo(&self) -> Option<&Arc<Transaction>> {
        self.undone.last()
    }

    /// Notes that [`History::to_undo`] was taken back.
    pub fn undone(&mut self) {
        self.undone.extend(self.done.pop_back());
    }

    /// Notes that [`History::to_redo`] was done again.
    pub fn redone(&mut self) {
        self.done.extend(self.undone.pop());
    }

    /// Lets go of [`History::to_undo`], which does not fit any more.
    pub fn forget_done(&mut self) {
        self.done.pop_back();
    }

    /// Lets go of everything that could be redone.
    pub fn forget_undone(&mut self) {
        self.undone.clear();
    }

    /// Transactions that were done, the oldest first.
    pub fn all_done(&self) -> impl DoubleEndedIterator<Item = &Arc<Transaction>> {
        self.done.iter()
    }

    /// The number of transactions that can be undone and redone.
    #[must_use]
    pub fn depth(&self) -> (usize, usize) {
        (self.done.len(), self.undone.len())
    }
}
