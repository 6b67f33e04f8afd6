//! The events that come back from the disk: saved or failed, and what other programs have changed.

use crate::lang::Message;
use std::sync::Arc;

use super::StoreError;
use crate::edit::Transaction;
use crate::model::{ArticleId, Problem};

/// The safety of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Every commit is on disk.
    Saved,
    /// Commits are on their way to disk.
    Saving {
        /// The number of commits that are not on disk yet.
        pending: u64,
    },
    /// Writing failed, with the reason; the work is kept in memory. It is tried again every few seconds, and by
    /// [`Session::flush`](super::Session::flush).
    Failed(Message),
    /// Every commit is on disk, in the journal; another program keeps the other files from being written, which this
    /// sentence says. It is tried again.
    Waiting(Message),
    /// Everything that was done is on disk, and a file of the annotator's own cannot be read, for the reason: it cannot
    /// be changed until it is mended, which is noticed.
    Unreadable(Message),
    /// Everything that was done is in the journal, and this file, which held work, is gone: a person says what that
    /// means.
    Gone(String),
    /// Nothing can be changed.
    ReadOnly,
}

/// The events on disk since the last [`Session::poll`](super::Session::poll).
#[derive(Debug, Clone)]
pub enum Event {
    /// Every commit until now is on disk.
    Saved,
    /// Writing failed, in one sentence.
    Failed(Message),
    /// Files were changed by another program and the changes are in the corpus now.
    External {
        /// The articles whose text, set or record changed.
        articles: Vec<ArticleId>,
        /// The transactions applied, in order.
        applied: Vec<Arc<Transaction>>,
        /// One sentence for a person.
        message: Message,
    },
    /// An earlier failure is mended.
    Mended,
    /// A file that held so many records is gone, while the project is there: [`Session::restore`](super::Session::restore) writes it again,
    /// [`Session::let_go`](super::Session::let_go) takes its records out. Until then everything in it stays as it is.
    Vanished {
        /// The file, relative to the project folder.
        file: String,
        /// The number of records that it held.
        records: usize,
    },
    /// Something turned up that a person should look at; it is among [`Session::problems`](super::Session::problems) too.
    Problem(Problem),
    /// A change that was asked for is done: this was applied.
    Changed(Way, Arc<Transaction>),
    /// A request is not done, for this reason.
    Refused(Arc<StoreError>),
    /// Records were loaded that had been lacking.
    Loaded,
    /// Everything is written that was to be, as [`Session::ask_write`](super::Session::ask_write) asked.
    Written,
    /// Not everything could be written.
    NotWritten {
        /// The reason.
        why: Message,
        /// True where only another program keeps this one from it, and the journal holds everything.
        waits: bool,
    },
}

/// The outcome of a change that was asked for.
#[derive(Debug, Clone)]
pub enum Asked {
    /// It is done: this was applied. None where there was nothing to do.
    Done(Option<Arc<Transaction>>),
    /// Files are needed first: [`Event::Changed`] or [`Event::Refused`] comes later.
    Later,
}

/// The way in which a change came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is a new one.
    Commit,
    /// The last one was taken back.
    Undo,
    /// The one undone last was done again.
    Redo,
}
