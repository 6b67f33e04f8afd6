//! The words between a session and its threads: what it asks of the journal and of the files, and what they answer.

use crate::lang::Message;
use std::collections::HashMap;
use std::sync::atomic::AtomicU64;
use std::sync::mpsc::Sender;
use std::sync::{Arc, Mutex, PoisonError};

use super::StoreError;
use super::errand::Fetched;
use super::file::Stamp;
use super::journal::Entry;
use super::layout::FileKey;
use super::tracked_file::{Tracked, TrackedFile, TrackedText};
use crate::edit::{Edit, Transaction};
use crate::model::{ArticleId, Problem, Project, Schema};
use crate::text::Text;

/// The tasks of the journal.
pub(super) enum Job {
    /// An entry to write.
    Append(u64, JournalOp),
    /// The RON files hold everything up to this number.
    Kept(u64),
    /// A request to try again what failed; then, or if nothing had, to answer.
    Flush(Sender<Result<(), Message>>),
}

/// An entry that is still to be put into words, off the thread that draws the window.
pub(super) enum JournalOp {
    Do(Arc<Transaction>, HashMap<ArticleId, Text>),
    Said(Entry),
}

/// The tasks of the file sync.
pub(super) enum Task {
    /// A file to look after, of which this is known.
    Watch(FileKey, Box<TrackedFile>),
    /// Files to look after that were read or written for one change.
    WatchAll(Vec<Tracked>, Vec<TrackedText>),
    /// An article's text file to look after.
    WatchText(ArticleId, String, Stamp),
    /// A transaction of this number was applied to the corpus.
    Applied(u64, Arc<Transaction>),
    /// The edits that a crash had kept out of the files were applied to the corpus: all of it, so that the journal
    /// counts as kept once it is written.
    Recovered(Arc<Transaction>),
    /// The schema is another now.
    Schema(Arc<Schema>),
    /// The settings of the project are others now, and the file is to say so.
    ChangeProject(Box<SettingsChange>),
    /// The settings of the project are to be others once the file says so; then, or where it cannot be written, answer.
    ChangeProjectNow(Box<SettingsChange>, Sender<Result<Project, StoreError>>),
    /// The changes offered about this file are in the corpus.
    Adopted(FileKey),
    /// A file that is to be looked at at once: others may have changed it.
    Look(FileKey),
    /// A file that is gone is to be written again, with everything that stood in it.
    Restore(FileKey),
    /// A file that is gone took its records with it.
    LetGo(FileKey),
    /// An article whose text and sets are to be forgotten.
    Unwatch(ArticleId),
    /// A request to write what is pending at once; then to answer whether anything is left, and why.
    Flush(Sender<Flushed>),
}

/// A change of the project's settings.
pub(super) struct SettingsChange {
    /// The number of changes of settings with this one.
    pub number: u64,
    pub before: Project,
    pub after: Project,
}

/// The outcome of a flush.
pub(super) enum Flushed {
    /// Every file holds everything.
    Clean,
    /// The session must answer an offer first.
    Offered,
    /// Another program keeps this one from writing.
    Held(Message),
    /// A file cannot be written or read.
    Failed(Message),
}

/// The events that the file sync tells the session.
pub(super) enum Notice {
    /// Others have changed a file.
    Outside { file: FileKey, edits: Vec<Edit>, problems: Vec<Problem> },
    /// Others have changed an article's text.
    Text(ArticleId),
    /// A file that held so many records is gone.
    Vanished(FileKey, usize),
    /// A file that was gone is there again.
    Back(FileKey),
    /// A file that could not be read can be read by now.
    Readable(FileKey),
    /// The files that an errand wanted are there.
    Fetched(Box<Fetched>),
    /// Another program keeps this one from writing files, in one sentence.
    Held(Message),
    /// Something is wrong, in one sentence.
    Failed(Message),
    /// Writing files works again.
    Mended,
    /// Something that a person should look at.
    Problem(Problem),
}

/// The flags that threads share without waiting.
#[derive(Default)]
pub(super) struct Signals {
    /// The highest number that is in the journal, synced.
    pub synced: AtomicU64,
    /// The number of the last change of the project's settings that is in `project.ron`.
    pub settings: AtomicU64,
    /// The number of times that the journal was synced.
    pub syncs: AtomicU64,
    /// The reason why the journal cannot be written, while it cannot.
    pub failed: Mutex<Option<Message>>,
    /// Called when there is something new.
    pub wake: Mutex<Option<Box<dyn Fn() + Send + Sync>>>,
}

impl Signals {
    /// Tells whoever asked to be told that there is something new.
    pub fn wake(&self) {
        if let Some(wake) = &*self.wake.lock().unwrap_or_else(PoisonError::into_inner) {
            wake();
        }
    }

    /// The reason why the journal cannot be written, while it cannot.
    pub fn failure(&self) -> Option<Message> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub fn set_failure(&self, failure: Option<Message>) {
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}
