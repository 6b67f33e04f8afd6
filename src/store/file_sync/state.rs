//! The knowledge of the thread of the files.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::{Duration, Instant};

use super::super::disk::Disk;
use super::super::file::Stamp;
use super::super::layout::FileKey;
use super::super::messages::{Job, Notice, SettingsChange, Signals};
use super::super::tracked_file::TrackedFile;
use crate::edit::Transaction;
use crate::model::{ArticleId, Name, Project, Schema};

/// The time after a failure until it is tried again.
pub(super) const AGAIN: Duration = Duration::from_secs(5);

/// The files that are looked after, and what has to be known for that.
pub struct FileSync {
    pub disk: Arc<dyn Disk>,
    /// The annotator who works here.
    pub annotator: Name,
    pub schema: Arc<Schema>,
    /// The settings of the project, which say of what kind a new set is.
    pub project: Project,
    /// The change of the settings that `project.ron` lacks, and when it is tried again.
    pub unwritten: Option<(SettingsChange, Instant)>,
    /// The place where records of others go that could not be taken in.
    pub conflicts: String,
    /// The journal, to which goes what the files hold; none in a session that only reads.
    pub journal: Option<Sender<Job>>,
    pub notices: Sender<Notice>,
    pub signals: Arc<Signals>,
    pub files: BTreeMap<FileKey, TrackedFile>,
    pub texts: HashMap<ArticleId, (String, Stamp)>,
    /// Texts that have changed and that the session has not read again yet: what they are now, and when it was told.
    pub texts_told: HashMap<ArticleId, (u64, Instant)>,
    /// The number of the last transaction that came, and the last that every file holds.
    pub number: u64,
    pub kept: u64,
    /// True where something could not be written.
    pub failing: bool,
    /// True where another program held the lock too long when it was last asked for.
    pub held: bool,
    /// True where the journal has edits that are in no file and cannot be brought into one.
    pub waiting: bool,
    /// The file that is looked at next.
    pub next: usize,
}

impl FileSync {
    /// Notes what a transaction changes in files.
    pub(super) fn apply(&mut self, transaction: &Arc<Transaction>) {
        let mut from = 0;
        // Edits of one file mostly stand together.
        for edits in transaction.edits.chunk_by(|one, next| one.at == next.at) {
            let range = from..from + edits.len();
            from = range.end;
            if let Some(file) = FileKey::of(&edits[0].at).and_then(|key| self.files.get_mut(&key)) {
                file.change(transaction, range);
            }
        }
    }

    /// True where a file is somebody else's and nothing from here is to come into it.
    pub(super) fn is_others(&self, key: &FileKey, file: &TrackedFile) -> bool {
        key.maker().is_some_and(|maker| *maker != self.annotator) && !file.has_pending()
    }

    /// Tells the journal when every file holds everything.
    pub(super) fn note_kept(&mut self) {
        // A file that was never read, or is somebody else's and broken, lacks nothing from here.
        let whole =
            |key: &FileKey, file: &TrackedFile| file.broken.is_none() || file.unread || self.is_others(key, file);
        let all = !self.waiting && self.files.iter().all(|(key, file)| file.since.is_none() && whole(key, file));
        if all && self.unwritten.is_none() && std::mem::take(&mut self.failing) {
            self.tell(Notice::Mended);
        }
        if let Some(journal) = self.journal.as_ref().filter(|_| all && self.kept < self.number) {
            self.kept = self.number;
            // The journal ends with the session, and so does this thread.
            let _ = journal.send(Job::Kept(self.kept));
        }
    }

    /// Tells the session.
    pub(super) fn tell(&self, notice: Notice) {
        // Without a session there is nobody to tell.
        let _ = self.notices.send(notice);
        self.signals.wake();
    }
}
