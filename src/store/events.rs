//! The events that come back from the disk: saved or failed, and what other programs have changed.

use std::sync::atomic::Ordering;
use std::sync::mpsc::channel;
use std::sync::{Arc, PoisonError};

use super::appender::Job;
use super::asking::Way;
use super::errand::Reason;
use super::file_sync::{Flushed, Notice, Task};
use super::layout::FileKey;
use super::session::Session;
use super::{StoreError, renumber};
use crate::edit::{Edit, Transaction};
use crate::model::{ArticleId, Problem, Record, SetKey};

/// The safety of the work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Every commit is on disk.
    Saved,
    /// Commits are on their way to disk.
    Saving {
        /// The number.
        pending: u64,
    },
    /// Writing failed, with the reason; the work is kept in memory. It is tried again every few seconds, and by
    /// [`Session::flush`].
    Failed(String),
    /// Every commit is on disk, in the journal; another program keeps the other files from being written, which this
    /// sentence says. It is tried again.
    Waiting(String),
    /// Everything that was done is on disk, and a file of the annotator's own cannot be read, for the reason: it cannot
    /// be changed until it is mended, which is noticed.
    Unreadable(String),
    /// Everything that was done is in the journal, and this file, which held work, is gone: a person says what that
    /// means.
    Gone(String),
    /// Nothing can be changed.
    ReadOnly,
}

/// The events on disk since the last [`Session::poll`].
#[derive(Debug, Clone)]
pub enum Event {
    /// Every commit until now is on disk.
    Saved,
    /// Writing failed, in one sentence.
    Failed(String),
    /// Files were changed by another program and the changes are in the corpus now.
    External {
        /// The articles whose text, set or record changed.
        articles: Vec<ArticleId>,
        /// The transactions applied, in order.
        applied: Vec<Arc<Transaction>>,
        /// One sentence for a person.
        message: String,
    },
    /// An earlier failure is mended.
    Mended,
    /// A file that held so many records is gone, while the project is there: [`Session::restore`] writes it again,
    /// [`Session::let_go`] takes its records out. Until then everything in it stays as it is.
    Vanished {
        /// The file, relative to the project folder.
        file: String,
        /// The number of records that it held.
        records: usize,
    },
    /// Something turned up that a person should look at; it is among [`Session::problems`] too.
    Problem(Problem),
    /// A change that was asked for is done: this was applied.
    Changed(Way, Arc<Transaction>),
    /// A request is not done, for this reason.
    Refused(Arc<StoreError>),
    /// Records were loaded that had been lacking.
    Loaded,
    /// Everything is written that was to be, as [`Session::ask_write`] asked.
    Written,
    /// Not everything could be written.
    NotWritten {
        /// The reason.
        why: String,
        /// True where only another program keeps this one from it, and the journal holds everything.
        waits: bool,
    },
}

impl Session {
    /// The events on disk since the last call, without waiting.
    pub fn poll(&mut self) -> Vec<Event> {
        self.take_notices();
        self.follow_underway();
        let failure = self.signals.failure();
        if failure != self.told_failure {
            if failure.is_none() && self.files_failure.is_none() {
                self.events.push_back(Event::Mended);
            }
            self.events.extend(failure.clone().map(Event::Failed));
            self.told_failure = failure;
        }
        if self.told < self.number && self.signals.synced.load(Ordering::Acquire) == self.number {
            self.told = self.number;
            self.events.push_back(Event::Saved);
        }
        self.events.drain(..).collect()
    }

    fn take_notices(&mut self) {
        while let Ok(notice) = self.notices.try_recv() {
            self.take_notice(notice);
        }
    }

    pub(super) fn take_notice(&mut self, notice: Notice) {
        match notice {
            Notice::Outside { file, edits, problems } => self.take_outside(file, &edits, problems),
            Notice::Text(article) => self.ask_article(&article),
            Notice::Fetched(fetched) => self.take_fetched(*fetched),
            Notice::Held(why) => self.files_wait = Some(why),
            Notice::Failed(why) => {
                if self.files_failure.as_ref() != Some(&why) {
                    self.events.push_back(Event::Failed(why.clone()));
                }
                self.files_failure = Some(why);
            }
            Notice::Mended => {
                self.files_wait = None;
                if self.files_failure.take().is_some() && self.signals.failure().is_none() {
                    self.events.push_back(Event::Mended);
                }
            }
            Notice::Vanished(file, records) => {
                self.events.push_back(Event::Vanished { file: file.path(), records });
                self.vanished.insert(file, records);
            }
            Notice::Back(file) => {
                self.vanished.remove(&file);
            }
            Notice::Readable(file) => self.ask_file(file, Reason::Mended),
            Notice::Problem(problem) => {
                self.add_problem(problem.clone());
                self.events.push_back(Event::Problem(problem));
            }
        }
    }

    /// The files that cannot be read as they are now and are left so, each with the reason.
    pub fn unreadable(&self) -> impl Iterator<Item = (String, &str)> {
        self.broken.iter().map(|(file, why)| (file.path(), why.as_str()))
    }

    /// The file of a set, and why it cannot be read; none where it can, or was not asked for.
    #[must_use]
    pub fn set_unreadable(&self, key: &SetKey) -> Option<(String, &str)> {
        let file = FileKey::Set(key.clone(), super::stem::Stem::default());
        self.broken.get_key_value(&file).map(|(file, why)| (file.path(), why.as_str()))
    }

    /// True where every commit is in the journal of this project, though the files may lack some: then the next session
    /// puts them there.
    #[must_use]
    pub fn in_journal(&self) -> bool {
        self.signals.failure().is_none() && self.signals.synced.load(Ordering::Acquire) == self.number
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

    /// Takes into the corpus what others have made of a file, wherever it is still as they found it.
    fn take_outside(&mut self, file: FileKey, theirs: &[Edit], problems: Vec<Problem>) {
        let theirs = renumber::found_again_in(&self.corpus, theirs);
        let mut transaction = Transaction::new("changed by another program", &self.annotator);
        let edits = theirs.iter().filter_map(|edit| {
            let there = self.corpus.record(&edit.at, &edit.key()?);
            // In a session that only reads there is nothing to protect.
            let fits = self.read_only() || there == edit.before;
            fits.then(|| Edit { before: there, ..edit.clone() })
        });
        transaction.edits = edits.collect();
        let path = file.path();
        self.problems.retain(|problem| problem.file.as_deref() != Some(&path) || problem.code == "conflict");
        self.problems.extend(problems);
        let count = transaction.edits.len();
        let only_less = theirs.iter().all(|edit| edit.after.is_none());
        let applied = match transaction.apply(&mut self.corpus) {
            Ok(()) => vec![Arc::new(transaction)],
            // Each edit was just held against what is there.
            Err(mismatch) => {
                self.events.push_back(Event::Failed(mismatch.to_string()));
                Vec::new()
            }
        };
        let mut articles: Vec<ArticleId> = match &file {
            FileKey::Set((article, _), _) => vec![article.clone()],
            _ => theirs.iter().filter_map(|edit| edit.after.as_ref().or(edit.before.as_ref())?.article()).collect(),
        };
        articles.dedup();
        let way = if only_less { "out" } else { "in" };
        let message = match count {
            1 => format!("{path} was changed by another program: 1 record was taken {way}"),
            count => format!("{path} was changed by another program: {count} records were taken {way}"),
        };
        self.events.push_back(Event::External { articles, applied, message });
        self.task(Task::Adopted(file));
        self.let_go_of_other_texts(&theirs);
    }

    /// Reads articles anew whose number is that of another text now: what is loaded belongs to the text that it was
    /// made on, and is written under the name of that.
    fn let_go_of_other_texts(&mut self, edits: &[Edit]) {
        for edit in edits {
            if let (Some(Record::Article(before)), Some(Record::Article(after))) = (&edit.before, &edit.after)
                && before.sha256 != after.sha256
            {
                if !self.read_only() {
                    // A change done under this number would be undone on the other text.
                    self.forget_all();
                }
                self.ask_article(&before.id);
            }
        }
    }

    /// Has `wake` called, on another thread, whenever [`Session::poll`] has something new.
    pub fn on_event(&mut self, wake: Box<dyn Fn() + Send + Sync>) {
        *self.signals.wake.lock().unwrap_or_else(PoisonError::into_inner) = Some(wake);
    }

    /// The safety of the work.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        let synced = self.signals.synced.load(Ordering::Acquire);
        match self.signals.failure().or_else(|| self.files_failure.clone()) {
            _ if self.read_only() => SaveState::ReadOnly,
            Some(why) => SaveState::Failed(why),
            None if synced < self.number => SaveState::Saving { pending: self.number - synced },
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
        let gone = || StoreError::NotSaved("a thread of the program has ended".into());
        let (answer, answered) = channel();
        journal.send(Job::Flush(answer)).map_err(|_| gone())?;
        let journal = answered.recv().map_err(|_| gone())?;
        // Others may go on changing files: each time what they did is taken in first.
        for _ in 0..100 {
            let (answer, answered) = channel();
            tasks.send(Task::Flush(answer)).map_err(|_| gone())?;
            match answered.recv().map_err(|_| gone())? {
                Flushed::Clean => {
                    self.files_failure = None;
                    self.files_wait = None;
                    self.numbering = None;
                    self.is_clean();
                    self.end_errands();
                    return journal.map_err(StoreError::NotSaved);
                }
                Flushed::Offered => self.take_notices(),
                Flushed::Held(why) => {
                    self.files_wait = Some(why.clone());
                    return Err(StoreError::NotSaved(why));
                }
                Flushed::Failed(why) => {
                    self.files_failure = Some(why.clone());
                    return Err(StoreError::NotSaved(why));
                }
            }
        }
        Err(StoreError::NotSaved("another program keeps changing the files".into()))
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
}
