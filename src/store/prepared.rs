//! Changes made ready on a worker.

use std::collections::HashMap;
use std::sync::Arc;

use super::errand::HistoryStep;
use super::lock::Lock;
use super::tracked_file::{Tracked, TrackedText};
use crate::edit::Transaction;
use crate::model::{ArticleId, Corpus, Problem, RecordFile};
use crate::text::Text;

/// A change that is ready: everything that it needs is read, and everything that it makes is made.
pub(super) struct Prepared {
    /// The change as it is applied.
    pub transaction: Arc<Transaction>,
    /// The step in the history that it is; none where it is a new change.
    pub step: Option<HistoryStep>,
    /// The texts that its spans are places in, where it is a new one.
    pub texts: HashMap<ArticleId, Text>,
    /// The project as the session had it, and as it is with the change.
    pub before: Corpus,
    pub after: Corpus,
    /// The files of records that it changes.
    pub changes: Vec<RecordFile>,
    /// The files of whose conflicts it is about some.
    pub conflicts: Vec<RecordFile>,
    /// The files that were read for it.
    pub read: Vec<Tracked>,
    pub read_texts: Vec<TrackedText>,
    pub problems: Vec<Problem>,
    /// Held until the list of articles is written.
    pub numbering: Option<Arc<Lock>>,
}

impl Prepared {
    /// The same, which keeps others from giving numbers until the list of articles is written.
    pub fn holding(self, numbering: Option<Arc<Lock>>) -> Self {
        Self { numbering, ..self }
    }
}
