use std::collections::VecDeque;
use std::sync::Arc;

use super::Transaction;

/// Transactions that were done and that were undone, across all articles.
#[derive(Debug, Clone, Default)]
pub struct History {
    done: VecDeque<Arc<Transaction>>,
    undone: Vec<Arc<Transaction>>,
    /// The number of those done, from the oldest on, that were done before [`History::begin`].
    earlier: usize,
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
            self.earlier = self.earlier.saturating_sub(1);
        }
    }

    /// Notes that everything so far was done earlier, and what comes from now on was not.
    pub fn begin(&mut self) {
        self.earlier = self.done.len();
    }

    /// The number of steps since [`History::begin`] that can be undone.
    #[must_use]
    pub fn since(&self) -> usize {
        self.done.len() - self.earlier
    }

    /// [`History::to_undo`] where that was done before [`History::begin`]; what was undone and done again since was not.
    #[must_use]
    pub fn to_undo_earlier(&self) -> Option<&Arc<Transaction>> {
        self.to_undo().filter(|_| self.since() == 0)
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
        let last = self.pop();
        self.undone.extend(last);
    }

    /// Notes that [`History::to_redo`] was done again.
    pub fn redone(&mut self) {
        self.done.extend(self.undone.pop());
    }

    /// Lets go of [`History::to_undo`], which does not fit any more.
    pub fn forget_done(&mut self) {
        self.pop();
    }

    fn pop(&mut self) -> Option<Arc<Transaction>> {
        let last = self.done.pop_back();
        self.earlier = self.earlier.min(self.done.len());
        last
    }

    /// Lets go of the latest transaction that is meant and of all before it: it cannot be taken back any more, and so
    /// neither can they.
    pub fn forget_up_to(&mut self, meant: impl Fn(&Transaction) -> bool) {
        if let Some(last) = self.done.iter().rposition(|transaction| meant(transaction)) {
            self.done.drain(..=last);
            self.earlier = self.earlier.saturating_sub(last + 1);
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn step() -> Arc<Transaction> {
        Arc::new(Transaction::new("step", &"a".into()))
    }

    #[test]
    fn steps_from_before_stay_so_whatever_goes() {
        let mut history = History::default();
        (0..3).for_each(|_| history.push(step()));
        assert!(history.to_undo_earlier().is_none(), "nothing was before");
        history.begin();
        history.push(step());
        assert!(history.to_undo_earlier().is_none());
        history.undone();
        assert!(history.to_undo_earlier().is_some());
        // One that fits no more makes way for another from before.
        history.forget_done();
        assert!(history.to_undo_earlier().is_some());
        // A step that is undone and done again is done now.
        history.undone();
        history.redone();
        assert_eq!((history.since(), history.depth()), (1, (2, 1)));
        history.undone();
        assert!(history.to_undo_earlier().is_some());
        history.undone();
        assert!(history.to_undo_earlier().is_none(), "nothing is left");
    }
}
