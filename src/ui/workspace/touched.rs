//! The files whose records have changed since somebody asked, for views that are kept up to date rather than built anew.

use std::collections::BTreeSet;

use crate::edit::Transaction;
use crate::model::RecordFile;

/// The files whose records have changed.
#[derive(Debug, Default)]
pub struct Touched {
    files: BTreeSet<RecordFile>,
    elsewhere: bool,
}

impl Touched {
    /// Notes a transaction that was applied.
    pub(super) fn note(&mut self, applied: &Transaction) {
        self.files.extend(applied.edits.iter().map(|edit| edit.at.clone()));
    }

    /// Notes that anything may be another now.
    pub(super) fn note_elsewhere(&mut self) {
        self.elsewhere = true;
    }

    /// Takes what was noted: the files, none of them where anything may be another.
    pub fn take(&mut self) -> Option<BTreeSet<RecordFile>> {
        let Self { files, elsewhere } = std::mem::take(self);
        (!elsewhere).then_some(files)
    }
}
