//! Merges and decisions that a worker makes ready.

use crate::edit::Transaction;
use crate::review::MergeOutcome;
use crate::store::Loaded;
use crate::ui::widgets::jobs::Job;

/// A merge that is ready: the transaction, and what comes of it.
pub(super) struct MergeStep {
    pub(super) transaction: Transaction,
    pub(super) outcome: MergeOutcome,
}

/// The merges that one may choose from.
pub(super) struct PreparedMerge {
    /// The articles that had to be read for them.
    pub(super) loaded: Vec<Loaded>,
    /// The merge of the open article.
    pub(super) here: MergeStep,
    /// The merge of all articles.
    pub(super) all: MergeStep,
}

/// The reach of a merge.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// The open article.
    Article,
    /// All articles of the project.
    Project,
}

/// Decisions about many cases that are being made ready.
pub(super) struct DecidingMany {
    pub(super) job: Job<Option<DecidedMany>>,
}

/// Decisions about many cases, and the sentence that is told when they are kept.
pub(super) struct DecidedMany {
    pub(super) transaction: Transaction,
    /// The articles that had to be read for them.
    pub(super) loaded: Vec<Loaded>,
    pub(super) said: String,
}
