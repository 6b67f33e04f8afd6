//! The thread that appends to the journal. Nothing counts as saved before its fsync.

use std::collections::HashMap;
use std::fs::File;
use std::io::{self, Write};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};

use super::atomic;
use super::journal::{self, Entry, Outline};
use super::line::Deed;
use crate::edit::Transaction;
use crate::model::ArticleId;
use crate::text::Text;

/// A journal longer than this is shortened, bytes.
const LONG: u64 = 16 << 20;

/// How much of what can be undone a shortened journal keeps, bytes.
const KEEP: u64 = 8 << 20;

/// What the journal is asked to do.
pub(super) enum Job {
    /// Write this entry.
    Append(u64, What),
    /// Note that the RON files hold everything up to this number.
    Kept(u64),
    /// Try again what failed; then, or if nothing had, answer.
    Flush(Sender<Result<(), String>>),
}

/// An entry that is still to be put into words, off the thread that draws the window.
pub(super) enum What {
    Do(Arc<Transaction>, HashMap<ArticleId, Text>),
    Said(Entry),
}

/// What threads tell each other without waiting.
#[derive(Default)]
pub(super) struct Signals {
    /// The highest number that is in the journal, synced.
    pub synced: AtomicU64,
    /// How often the journal was synced.
    pub syncs: AtomicU64,
    /// Why the journal cannot be written, while it cannot.
    pub failed: Mutex<Option<String>>,
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

    /// Why the journal cannot be written, while it cannot.
    pub fn failure(&self) -> Option<String> {
        self.failed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn set_failure(&self, failure: Option<String>) {
        *self.failed.lock().unwrap_or_else(PoisonError::into_inner) = failure;
    }
}

/// The journal's file and what is known of it.
pub(super) struct Appender {
    pub path: PathBuf,
    pub file: File,
    /// Bytes that are safe.
    pub len: u64,
    pub outline: Outline,
    /// The highest number that the RON files hold.
    pub kept: u64,
    /// The highest number in the journal.
    pub number: u64,
    /// Lines that could not be made safe.
    pub unsaved: Vec<u8>,
    pub signals: Arc<Signals>,
}

impl Appender {
    /// Works until everybody who could ask for anything is gone.
    pub fn run(mut self, jobs: &Receiver<Job>) {
        while let Ok(job) = jobs.recv() {
            let mut lines = Vec::new();
            let mut answers = Vec::new();
            let mut last = self.number;
            let mut edits = false;
            // Whatever has come in meanwhile shares one fsync.
            for job in std::iter::once(job).chain(jobs.try_iter()) {
                match job {
                    Job::Append(number, what) => {
                        let entry = match what {
                            What::Do(transaction, texts) => Entry::Do(Deed::new(&transaction, &texts)),
                            What::Said(entry) => entry,
                        };
                        self.put(&mut lines, number, &entry);
                        last = number;
                        edits = true;
                    }
                    Job::Kept(number) => {
                        self.kept = self.kept.max(number);
                        self.put(&mut lines, number, &Entry::Kept);
                    }
                    Job::Flush(answer) => answers.push(answer),
                }
            }
            self.number = last;
            let failed = self.signals.failure().is_some();
            let done = if failed {
                self.unsaved.append(&mut lines);
                // Never by itself: what a failed fsync left behind is unknown, and only a person knows what has changed.
                if answers.is_empty() { continue } else { self.start_over() }
            } else {
                self.append(lines, edits)
            };
            match done {
                Ok(()) => {
                    self.signals.set_failure(None);
                    self.signals.synced.store(self.number, Ordering::Release);
                }
                Err(error) => {
                    let why = format!("{} cannot be written: {}", self.path.display(), crate::say::io(&error));
                    self.signals.set_failure(Some(why));
                }
            }
            for answer in answers {
                // Who asked may have gone.
                let _ = answer.send(self.signals.failure().map_or(Ok(()), Err));
            }
            self.signals.wake();
            if self.len > LONG && self.kept == self.number && self.signals.failure().is_none() {
                self.compact();
            }
        }
    }

    fn put(&mut self, lines: &mut Vec<u8>, number: u64, entry: &Entry) {
        let from = self.len + (self.unsaved.len() + lines.len()) as u64;
        lines.extend_from_slice(journal::line(number, entry).as_bytes());
        self.outline.follow(entry, from..self.len + (self.unsaved.len() + lines.len()) as u64);
    }

    /// Appends lines and makes them safe. Where only notes are added that the journal can do without, they wait for the
    /// next fsync.
    fn append(&mut self, lines: Vec<u8>, sync: bool) -> io::Result<()> {
        if lines.is_empty() {
            return Ok(());
        }
        let mut written = self.file.write_all(&lines);
        if sync && written.is_ok() {
            self.signals.syncs.fetch_add(1, Ordering::Relaxed);
            written = self.file.sync_data();
        }
        match written {
            Ok(()) => self.len += lines.len() as u64,
            Err(_) => self.unsaved = lines,
        }
        written
    }

    /// Writes the whole journal anew beside the old one, with everything that is unsaved.
    fn start_over(&mut self) -> io::Result<()> {
        let mut content = std::fs::read(&self.path)?;
        content.truncate(self.len as usize);
        content.extend_from_slice(&self.unsaved);
        atomic::write(&self.path, &content)?;
        self.file = atomic::open_append(&self.path)?;
        self.len = content.len() as u64;
        self.unsaved.clear();
        Ok(())
    }

    /// Shortens the journal to what undo needs. A failure changes nothing: the long one is as good.
    fn compact(&mut self) {
        let Ok(content) = std::fs::read(&self.path) else { return };
        let (short, outline) = journal::compact(&content, &self.outline, self.number, KEEP);
        if atomic::write(&self.path, &short).is_err() {
            return;
        }
        match atomic::open_append(&self.path) {
            Ok(file) => {
                self.file = file;
                self.len = short.len() as u64;
                self.outline = outline;
            }
            Err(error) => {
                self.signals.set_failure(Some(format!(
                    "{} cannot be written: {}",
                    self.path.display(),
                    crate::say::io(&error)
                )));
            }
        }
    }
}
