//! Work of a session that is under way on other threads, or waits for it.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::Receiver;

use super::errand::{Errand, HistoryStep, Reason};
use super::layout::FileKey;
use super::messages::Flushed;
use crate::lang::Message;
use crate::message;
use crate::model::{ArticleId, Schema};

/// The number of times that files are written anew because others change them meanwhile, and a change is made ready anew because
/// something else was done.
pub(super) const TRIES: u32 = 100;

/// The sentences for what keeps a session from writing at all.
pub(super) fn thread_ended() -> Message {
    message!("thread-ended")
}

pub(super) fn keep_changing() -> Message {
    message!("files-keep-changing")
}

/// Work under way on other threads.
#[derive(Default)]
pub(super) struct Underway {
    pub writing: Option<Writing>,
    /// True where everything is to be written once more after that.
    pub again: bool,
    /// True where somebody waits to be told.
    pub told: bool,
    pub errands: VecDeque<Errand>,
    /// The errand whose files are being read and written, and the step in the history that it takes.
    pub away: Option<(Errand, Option<HistoryStep>)>,
    /// The number of the last edit when every file held everything.
    pub clean: Option<u64>,
    /// The schema that the file has been given for a change that comes.
    pub schema: Option<Arc<Schema>>,
    /// Whoever writes the schema's file just now, for a change that comes: nobody else does then.
    pub schema_by: Option<SchemaWriter>,
}

impl Underway {
    /// True where such an errand is away or waits.
    pub fn has(&self, wanted: impl Fn(&Errand) -> bool) -> bool {
        self.away.iter().map(|(errand, _)| errand).chain(&self.errands).any(wanted)
    }

    /// Puts a file of records among the errands, to be read.
    pub fn ask_file(&mut self, key: FileKey, why: Reason) {
        let there = |errand: &Errand| matches!(errand, Errand::File(other, _) if *other == key);
        if !self.has(there) {
            self.errands.push_back(Errand::File(key, why));
        }
    }

    /// Puts an article among the errands, to be read anew since its text is another by now.
    pub fn ask_article(&mut self, article: &ArticleId) {
        let there = |errand: &Errand| matches!(errand, Errand::Article(other) if other == article);
        if !self.has(there) {
            self.errands.push_back(Errand::Article(article.clone()));
        }
    }
}

/// The writers of a schema's file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SchemaWriter {
    /// The errand that is away.
    Errand,
    /// A worker who made a change ready.
    Worker,
}

/// Everything is being written.
pub(super) struct Writing {
    pub journal: Receiver<Result<(), Message>>,
    pub journal_done: Option<Result<(), Message>>,
    pub files: Receiver<Flushed>,
    /// The number of times that it may yet be begun anew because others change files meanwhile.
    pub left: u32,
    pub number: u64,
}
