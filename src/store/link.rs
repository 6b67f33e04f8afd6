//! The way from a worker to its session: what the project is now, and what is to become of it. The session goes on
//! meanwhile; it answers whenever it is polled.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Sender, channel};
use std::time::Duration;

use super::StoreError;
use super::disk::Disk;
use super::folder::here;
use super::layout::FileKey;
use super::messages::{Flushed, Signals, Task};
use super::session::{Asked, Session};
use super::snapshot::Snapshot;
use super::underway::{TRIES, keep_changing, thread_ended};
use super::working_copy::WorkingCopy;
use crate::edit::Transaction;
use crate::message;
use crate::model::{Name, Project};

/// The time between two looks at whether a worker has ended, while it asks for nothing.
const LOOK: Duration = Duration::from_millis(5);

/// The way from a worker to its session; cloned into the worker. Whatever it asks for waits for the next
/// [`Session::poll`], and fails where the session is let go of first.
#[derive(Clone)]
pub struct Link {
    ask: Sender<Asked>,
    signals: Arc<Signals>,
    disk: Arc<dyn Disk>,
    annotator: Name,
    read_only: bool,
}

/// The maker of a change, from the project as it is.
pub type MakeChange<'a> = &'a mut dyn FnMut(&mut WorkingCopy) -> Result<Option<Transaction>, StoreError>;

impl std::fmt::Debug for Link {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Link({})", self.disk.path().display())
    }
}

impl Session {
    /// The way from a worker to this session.
    #[must_use]
    pub fn link(&self) -> Link {
        Link {
            ask: self.ask.clone(),
            signals: self.signals.clone(),
            disk: self.disk.clone(),
            annotator: self.annotator.clone(),
            read_only: self.read_only(),
        }
    }

    /// Does a worker's work in this thread, while another one answers what it asks of the session: for those who wait.
    pub fn run<T>(&mut self, work: impl FnOnce(&Link) -> T) -> T {
        struct Ended<'a>(&'a AtomicBool);
        impl Drop for Ended<'_> {
            fn drop(&mut self) {
                self.0.store(true, Ordering::Release);
            }
        }
        let link = self.link();
        let ended = AtomicBool::new(false);
        std::thread::scope(|scope| {
            let _ended = Ended(&ended);
            scope.spawn(|| {
                while !ended.load(Ordering::Acquire) {
                    self.await_notice(LOOK);
                    self.follow_underway();
                }
            });
            work(&link)
        })
    }
}

impl Link {
    /// The project as it is now, for a worker.
    ///
    /// # Errors
    /// If the session was let go of.
    pub fn snapshot(&self) -> Result<Snapshot, StoreError> {
        self.with(|session| session.snapshot())
    }

    /// The project as it is now, for changes that a worker makes ready.
    ///
    /// # Errors
    /// If the session was let go of.
    pub fn working_copy(&self) -> Result<WorkingCopy, StoreError> {
        Ok(WorkingCopy::of(self.snapshot()?))
    }

    /// Makes a change of the project as it is and has it put in place; anew where something else was done to the same files
    /// meanwhile. Where `make` gives none, nothing is changed.
    ///
    /// # Errors
    /// As `make`; if the change does not fit, a file cannot be read or the schema cannot be written, or the session was let go
    /// of. Nothing is changed then.
    pub fn make_change(&self, make: MakeChange<'_>) -> Result<(), StoreError> {
        self.change(None, |mut project| {
            let Some(transaction) = make(&mut project)?.filter(|made| !made.is_empty()) else { return Ok(None) };
            self.may_write()?;
            project.prepare(Arc::new(transaction), None).map(Some)
        })
    }

    /// Changes the settings of the project; they hold at once, and their file follows.
    ///
    /// # Errors
    /// If the session was let go of.
    pub fn change_project(&self, change: impl FnOnce(&mut Project) + Send + 'static) -> Result<(), StoreError> {
        self.with(|session| session.change_project_soon(change))
    }

    /// Has the session do something, and gives what came of it.
    pub(super) fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Session) -> T + Send + 'static,
    ) -> Result<T, StoreError> {
        let gone = || StoreError::NotSaved(message!("project-let-go"));
        let (answer, answered) = channel();
        let work = move |session: &mut Session| {
            // The asker may have gone.
            let _ = answer.send(work(session));
        };
        self.ask.send(Box::new(work)).map_err(|_| gone())?;
        self.signals.wake();
        answered.recv().map_err(|_| gone())
    }

    /// Has the session do something, and waits for nothing.
    pub(super) fn tell(&self, work: impl FnOnce(&mut Session) + Send + 'static) {
        // Without a session there is nobody to tell.
        let _ = self.ask.send(Box::new(work));
        self.signals.wake();
    }

    /// The annotator who works in the session.
    #[must_use]
    pub fn annotator(&self) -> &Name {
        &self.annotator
    }

    /// The project folder.
    pub(super) fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Makes sure that the project can be written.
    ///
    /// # Errors
    /// If it is open for reading only, or its folder is gone.
    pub(super) fn may_write(&self) -> Result<(), StoreError> {
        if self.read_only { Err(StoreError::ReadOnly) } else { here(&*self.disk) }
    }

    /// Has everything written, and what others have made of a file taken in first.
    ///
    /// # Errors
    /// If not everything can be written.
    pub(super) fn take_in(&self, file: FileKey) -> Result<(), StoreError> {
        self.with(|session| session.task(Task::Look(file)))?;
        // Others may go on changing files: each time what they did is taken in first.
        for _ in 0..TRIES {
            // The session alone has the way to its threads: they end once it is let go of, whoever still knows it.
            let flushed = self.with(|session| {
                let (answer, answered) = channel();
                session.task(Task::Flush(answer));
                answered
            })?;
            match flushed.recv().map_err(|_| StoreError::NotSaved(thread_ended()))? {
                // The session has taken what it was offered once it answers this.
                Flushed::Offered => self.with(|_| ())?,
                Flushed::Clean => return Ok(()),
                Flushed::Held(why) | Flushed::Failed(why) => return Err(StoreError::NotSaved(why)),
            }
        }
        Err(StoreError::NotSaved(keep_changing()))
    }
}
