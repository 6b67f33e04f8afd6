//! An open project: what it consists of.

use crate::lang::Message;
use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender};
use std::thread::JoinHandle;

use super::disk::Disk;
use super::event::Event;
use super::layout::{self, FileKey};
use super::lock::Lock;
use super::messages::{Job, Notice, Signals, Task};
use super::underway::Underway;
use crate::edit::{History, Transaction};
use crate::model::{Corpus, Name, Problem, Project};

/// The access of a session to its project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads and writes; one session per annotator.
    Write,
    /// Reads only; any number of sessions.
    Read,
}

/// Something that a worker wants the session to do.
pub(super) type Asked = Box<dyn FnOnce(&mut Session) + Send>;

/// An open project: the corpus, its history, and the threads that keep them on disk.
///
/// A commit changes the corpus at once and is handed to the journal; [`Event::Saved`] says when it is safe there. The
/// RON files follow a second later, and on [`Session::close`]. Dropped without that, a session leaves what the files
/// lack in the journal, and the next one puts it into them.
pub struct Session {
    pub(super) disk: Arc<dyn Disk>,
    /// The program's own folder for the annotator.
    pub(super) folder: String,
    pub(super) annotator: Name,
    pub(super) corpus: Corpus,
    pub(super) history: History,
    pub(super) problems: Vec<Problem>,
    /// Held while articles are added, until they are in the list; with the number of the change that adds them.
    pub(super) numbering: Option<(u64, Arc<Lock>)>,
    /// The number of the last entry of the journal, and of the last one that [`Event::Saved`] was said for.
    pub(super) number: u64,
    pub(super) told: u64,
    /// The number of changes of the project's settings.
    pub(super) settings: u64,
    pub(super) told_failure: Option<Message>,
    /// The reason why RON files cannot be written, while they cannot.
    pub(super) files_failure: Option<Message>,
    /// The reason why RON files are not written yet, while another program keeps this one from it.
    pub(super) files_wait: Option<Message>,
    /// Work under way on other threads.
    pub(super) underway: Underway,
    /// To those who wait for [`Session::notices`].
    pub(super) notify: Sender<Notice>,
    pub(super) events: VecDeque<Event>,
    pub(super) signals: Arc<Signals>,
    pub(super) notices: Receiver<Notice>,
    /// To the session from its workers.
    pub(super) ask: Sender<Asked>,
    pub(super) asked: Receiver<Asked>,
    /// To the journal; none where nothing can be changed.
    pub(super) journal: Option<Sender<Job>>,
    pub(super) tasks: Option<Sender<Task>>,
    pub(super) threads: Vec<JoinHandle<()>>,
    /// The changes since a copy was begun, for whom they are to be done, too; and the settings then.
    pub(super) followed: Option<(Project, Vec<Arc<Transaction>>)>,
    /// Files that could not be read, and why: nothing in them can be changed until they are mended.
    pub(super) broken: BTreeMap<FileKey, Message>,
    /// Files that held work and are gone, with how many records they held: a person says what that means.
    pub(super) vanished: BTreeMap<FileKey, usize>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session({}, {})", self.root().display(), self.annotator)
    }
}

impl Session {
    /// The project folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.disk.path()
    }

    /// The annotator who works here.
    #[must_use]
    pub fn annotator(&self) -> &Name {
        &self.annotator
    }

    /// The project in memory.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The transactions that can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The problems of the files that are loaded.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// True where nothing can be changed.
    #[must_use]
    pub fn read_only(&self) -> bool {
        self.journal.is_none()
    }

    /// Everyone who has a folder of sets, sorted.
    #[must_use]
    pub fn annotators(&self) -> Vec<Name> {
        layout::annotators(&*self.disk)
    }

    /// Everyone who has at least one set, sorted, in files or in memory: whoever only comments or reviews has none.
    #[must_use]
    pub fn makers(&self) -> Vec<Name> {
        self.snapshot().makers()
    }

    /// The number of times that the journal was synced to disk since the project was opened.
    #[must_use]
    pub fn journal_syncs(&self) -> u64 {
        self.signals.syncs.load(Ordering::Relaxed)
    }

    pub(super) fn task(&self, task: Task) {
        if let Some(tasks) = &self.tasks {
            // The threads live as long as the session.
            let _ = tasks.send(task);
        }
    }

    pub(super) fn add_problem(&mut self, problem: Problem) {
        if !self.problems.contains(&problem) {
            self.problems.push(problem);
        }
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.tasks = None;
        self.journal = None;
        for thread in self.threads.drain(..).rev() {
            // One that has panicked has nothing more to do.
            let _ = thread.join();
        }
    }
}
