//! The thread that appends to the journal. Nothing counts as saved before its fsync.

use crate::lang::Message;
use std::collections::HashSet;
use std::io;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use super::disk::{Disk, DiskFile};
use super::journal::{self, Entry, Outline};
use super::journal_lines::Lines;
use super::layout::journal_path;
use super::lock::Lock;
use super::messages::{Job, JournalOp, Notice, Signals};
use super::{atomic, elsewhere, lock};
use crate::message;
use crate::model::Problem;
use crate::say;

/// A journal longer than this is shortened, bytes.
const LONG: u64 = 16 << 20;

/// The part of what can be undone that a shortened journal keeps, bytes.
const KEEP: u64 = 8 << 20;

/// The time after a failure until it is tried again.
const AGAIN: Duration = Duration::from_secs(3);

/// The time between two looks at whether the journal is still there, while nothing is written.
const LOOK: Duration = Duration::from_secs(2);

/// The journal's file and what is known of it.
pub(super) struct Appender {
    pub disk: Arc<dyn Disk>,
    /// The program's own folder for the annotator.
    pub folder: String,
    /// The annotator's place, held as long as this thread works.
    pub lock: Lock,
    pub file: Box<dyn DiskFile>,
    /// The journal as it is safe on disk: what is written anew where another program takes the file away.
    pub content: Lines,
    pub outline: Outline,
    /// The highest number that the RON files hold.
    pub kept: u64,
    /// The highest number in the journal.
    pub number: u64,
    /// Lines that could not be made safe.
    pub unsaved: Lines,
    pub signals: Arc<Signals>,
    pub notices: Sender<Notice>,
}

impl Appender {
    /// Works until everybody who could ask for anything is gone.
    pub fn run(mut self, jobs: &Receiver<Job>) {
        let mut tried = Instant::now();
        loop {
            let failed = self.signals.failure();
            let first = match jobs.recv_timeout(if failed.is_none() { LOOK } else { AGAIN }) {
                Ok(job) => Some(job),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let idle = first.is_none();
            // Whoever goes on working must not keep the next try from coming.
            let mut again = idle || tried.elapsed() >= AGAIN;
            let mut answers = Vec::new();
            let mut last = self.number;
            let mut edits = false;
            // Whatever has come in meanwhile shares one sync.
            for job in first.into_iter().chain(jobs.try_iter()) {
                match job {
                    Job::Append(number, what) => {
                        self.put(number, what);
                        last = number;
                        edits = true;
                    }
                    Job::Kept(number) => {
                        self.kept = self.kept.max(number);
                        self.put(number, JournalOp::Said(Entry::Kept));
                    }
                    Job::Flush(answer) => {
                        answers.push(answer);
                        again = true;
                    }
                }
            }
            self.number = last;
            let done = match self.signals.failure() {
                None => self.append(edits || idle || !answers.is_empty()),
                Some(_) if again => self.start_over(),
                // The remains of a failed sync are unknown; the next try writes all of it anew.
                Some(_) => continue,
            };
            tried = Instant::now();
            match done {
                Ok(()) => {
                    self.signals.set_failure(None);
                    self.signals.synced.store(self.number, Ordering::Release);
                }
                Err(error) => self.signals.set_failure(Some(self.failure(&error))),
            }
            for answer in answers {
                // The receiver may have gone.
                let _ = answer.send(self.signals.failure().map_or(Ok(()), Err));
            }
            if !idle || self.signals.failure() != failed {
                self.signals.wake();
            }
            if self.content.len() > LONG && self.kept == self.number && self.signals.failure().is_none() {
                self.compact();
            }
        }
    }

    fn path(&self) -> String {
        journal_path(&self.folder)
    }

    fn failure(&self, error: &io::Error) -> Message {
        match self.disk.here() {
            Err(gone) => say::io(&gone),
            Ok(()) => message!("file-unwritable", path = self.path(), why = say::io(error)),
        }
    }

    fn put(&mut self, number: u64, what: JournalOp) {
        let from = self.content.len() + self.unsaved.len();
        let until = |lines: &Lines| self.content.len() + lines.len();
        match what {
            JournalOp::Do(transaction, texts) => {
                self.unsaved.push_done(number, &transaction, &texts);
                self.outline.follow_done(from..until(&self.unsaved));
            }
            JournalOp::Said(entry) => {
                self.unsaved.push(journal::line(number, &entry).as_bytes());
                self.outline.follow(&entry, from..until(&self.unsaved));
            }
        }
    }

    /// Appends lines and makes them safe. Where only notes are added that the journal can do without, they wait for the
    /// next sync.
    fn append(&mut self, sync: bool) -> io::Result<()> {
        if self.unsaved.is_empty() {
            return if sync && !self.stands()? { self.start_over() } else { Ok(()) };
        }
        if !self.stands()? {
            return self.start_over();
        }
        let file = &mut self.file;
        self.unsaved.write(&mut |bytes| file.write_all(bytes))?;
        if sync {
            self.signals.syncs.fetch_add(1, Ordering::Relaxed);
            self.file.sync()?;
        }
        self.content.append(&mut self.unsaved);
        // Another program may have taken the file away just now, with what was written.
        if self.stands()? { Ok(()) } else { self.start_over() }
    }

    /// Makes sure that the folder is the one that was opened, and that the annotator's place in it is ours.
    fn hold(&mut self) -> io::Result<()> {
        self.disk.here()?;
        if !self.lock.stands(&*self.disk)? {
            atomic::make_folder(&*self.disk, &self.folder)?;
            self.lock = lock::take_again(&*self.disk, &self.folder)?;
        }
        Ok(())
    }

    /// True where the safe lines lie where the next session looks for them.
    fn stands(&mut self) -> io::Result<bool> {
        self.hold()?;
        let (there, ours) = (self.disk.look(&self.path())?, self.file.found()?);
        Ok(there.is_some_and(|there| there.id == ours.id && there.len == self.content.len()))
    }

    /// Writes the whole journal anew beside the old one, with everything that is unsaved.
    fn start_over(&mut self) -> io::Result<()> {
        self.hold()?;
        atomic::make_folder(&*self.disk, &self.folder)?;
        let mut content = journal::head(&self.disk.token(&self.folder)?);
        let safe = self.content.to_bytes();
        let old = safe.split_inclusive(|&byte| byte == b'\n').next().map_or(0, <[u8]>::len);
        content.extend_from_slice(&safe[old..]);
        drop(safe);
        content.extend_from_slice(&self.unsaved.to_bytes());
        let taken = self.disk.look(&self.path())?.map(|there| there.id) != Some(self.file.found()?.id);
        self.keep_theirs(&content)?;
        self.file = begin(&*self.disk, &self.folder, &content)?;
        // Places in it may have moved with its head.
        self.outline = journal::recover_as_written(&content).outline;
        self.content = content.into();
        self.unsaved = Lines::default();
        if taken {
            let message = message!("journal-taken");
            let problem = Problem::warning("journal-taken", message).at(&self.path(), None);
            // Without a session there is nobody to tell.
            let _ = self.notices.send(Notice::Problem(problem));
            self.signals.wake();
        }
        if self.stands()? { Ok(()) } else { Err(io::Error::other(message!("journal-removed-again"))) }
    }

    /// Sets a journal aside that stands in the place of ours, in the same file or in another one, and holds edits which
    /// ours does not have.
    fn keep_theirs(&self, ours: &[u8]) -> io::Result<()> {
        let Some((theirs, _)) = self.disk.read(&self.path(), journal::MAX_BYTES)? else { return Ok(()) };
        let known: HashSet<&[u8]> = ours.split_inclusive(|&byte| byte == b'\n').collect();
        // Our own last line may be torn; only what is whole was said to be saved.
        let new = |line: &[u8]| !known.contains(line) && journal::is_whole(line);
        if theirs.split_inclusive(|&byte| byte == b'\n').any(new) && journal::waiting(&theirs).is_some() {
            elsewhere::set_aside(&*self.disk, &self.folder)?;
        }
        Ok(())
    }

    /// Shortens the journal to what undo needs. A failure changes nothing: the long one is as good.
    fn compact(&mut self) {
        let Ok(token) = self.disk.token(&self.folder) else { return };
        let head = journal::head(&token);
        let places = journal::kept_places(&self.outline, KEEP);
        let content = self.content.covering(&places);
        let (short, outline) = journal::compact(&content, &head, &self.outline, self.number, KEEP);
        match begin(&*self.disk, &self.folder, &short) {
            Ok(file) => {
                self.file = file;
                self.content = short.into();
                self.outline = outline;
            }
            Err(error) => tracing::info!("{} stays long: {error}", self.path()),
        }
    }
}

/// Puts a whole journal in place, and opens it to append to.
pub(super) fn begin(disk: &dyn Disk, folder: &str, content: &[u8]) -> io::Result<Box<dyn DiskFile>> {
    atomic::write_in(disk, &journal_path(folder), content)?;
    disk.append(&journal_path(folder))
}
