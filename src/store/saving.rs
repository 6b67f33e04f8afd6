//! The safety of the work: what is on disk, what is not and why, and the calls that wait for it.

use crate::lang::Message;
use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use super::StoreError;
use super::event::SaveState;
use super::layout::FileKey;
use super::messages::{Flushed, Job, Task};
use super::session::Session;
use super::stem::Stem;
use super::underway::{TRIES, thread_ended};
use crate::model::SetKey;

/// The time for which a thread that may wait waits for an errand.
const PATIENCE: Duration = Duration::from_secs(60);

/// The time between two looks at what workers ask, while nothing is told.
const LOOK: Duration = Duration::from_millis(5);

impl Session {
    /// The safety of the work.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        let synced = self.signals.synced.load(Ordering::Acquire);
        let unwritten = self.unwritten_settings();
        match self.signals.failure().or_else(|| self.files_failure.clone()) {
            _ if self.read_only() => SaveState::ReadOnly,
            Some(why) => SaveState::Failed(why),
            None if synced < self.number || unwritten > 0 => {
                SaveState::Saving { pending: self.number - synced + unwritten }
            }
            None => match self.broken.iter().find(|(file, _)| file.maker() == Some(&self.annotator)) {
                Some((_, why)) => SaveState::Unreadable(why.clone()),
                None => match self.vanished.keys().next() {
                    // Its content may be in this window alone.
                    Some(file) => SaveState::Gone(file.path()),
                    None => self.files_wait.clone().map_or(SaveState::Saved, SaveState::Waiting),
                },
            },
        }
    }

    /// Waits until every commit is in the journal and in the RON files; tries again what failed.
    ///
    /// # Errors
    /// If writing fails; the work stays in memory.
    pub fn flush(&mut self) -> Result<(), StoreError> {
        let (Some(journal), Some(tasks)) = (self.journal.clone(), self.tasks.clone()) else {
            return Err(StoreError::ReadOnly);
        };
        let gone = || StoreError::NotSaved(thread_ended());
        let (answer, answered) = channel();
        journal.send(Job::Flush(answer)).map_err(|_| gone())?;
        let journal = answered.recv().map_err(|_| gone())?;
        // Others may go on changing files: each time what they did is taken in first.
        let mut left = TRIES;
        loop {
            let (answer, answered) = channel();
            tasks.send(Task::Flush(answer)).map_err(|_| gone())?;
            match answered.recv().map_err(|_| gone())? {
                Flushed::Offered if left > 0 => self.take_notices(),
                flushed => {
                    self.take_flushed(flushed, self.number).map_err(|(why, _)| StoreError::NotSaved(why))?;
                    self.end_errands();
                    return journal.map_err(StoreError::NotSaved);
                }
            }
            left -= 1;
        }
    }

    /// Flushes, and lets the project go. Files that held work and are gone are written again where nobody has said that
    /// their records go, too.
    ///
    /// # Errors
    /// If writing fails; the journal holds what it was able to take.
    pub fn close(mut self) -> Result<(), StoreError> {
        if self.read_only() {
            return Ok(());
        }
        self.restore_vanished();
        self.flush()
    }

    /// The files that cannot be read as they are now and are left so, each with the reason.
    pub fn unreadable(&self) -> impl Iterator<Item = (String, &Message)> {
        self.broken.iter().map(|(file, why)| (file.path(), why))
    }

    /// The file of a set, and why it cannot be read; none where it can, or was not asked for.
    #[must_use]
    pub fn set_unreadable(&self, key: &SetKey) -> Option<(String, &Message)> {
        let file = FileKey::Set(key.clone(), Stem::default());
        self.broken.get_key_value(&file).map(|(file, why)| (file.path(), why))
    }

    /// True where every commit is in the journal of this project, though the files may lack some: then the next session
    /// puts them there. Settings of the project are in no journal: where their file lacks some, it is false.
    #[must_use]
    pub fn in_journal(&self) -> bool {
        let synced = self.signals.synced.load(Ordering::Acquire) == self.number;
        self.signals.failure().is_none() && synced && self.unwritten_settings() == 0
    }

    /// The number of changes of the project's settings that its file lacks.
    fn unwritten_settings(&self) -> u64 {
        self.settings - self.signals.settings.load(Ordering::Acquire)
    }

    /// The files that held work and are gone, with how many records each held.
    pub fn vanished(&self) -> impl Iterator<Item = (String, usize)> {
        self.vanished.iter().map(|(file, records)| (file.path(), *records))
    }

    /// Has a file that is gone written again, with everything that stood in it.
    pub fn restore(&mut self, file: &str) {
        self.answer(file, Task::Restore);
    }

    /// Takes out of the project what stood in a file that is gone.
    pub fn let_go(&mut self, file: &str) {
        self.answer(file, Task::LetGo);
    }

    fn answer(&mut self, file: &str, task: fn(FileKey) -> Task) {
        let keys: Vec<FileKey> = self.vanished.keys().filter(|key| key.path() == file).cloned().collect();
        for key in keys {
            self.vanished.remove(&key);
            self.task(task(key));
        }
    }

    /// Takes what is told and asked, and waits for it for a while where there is nothing.
    pub(super) fn await_notice(&mut self, patience: Duration) {
        self.take_notices();
        if let Ok(notice) = self.notices.recv_timeout(patience) {
            self.take_notice(notice);
            self.take_notices();
        }
    }

    /// Does every errand in this thread.
    pub(super) fn end_errands(&mut self) {
        let start = Instant::now();
        while self.underway.away.is_some() {
            self.await_notice(LOOK);
            if start.elapsed() > PATIENCE {
                return;
            }
        }
        while let Some((errand, of, wanted)) = self.prepare_errand() {
            let fetched = wanted.fetch(&*self.disk, &self.corpus.schema.clone());
            self.end_errand(errand, of, fetched);
        }
    }
}
