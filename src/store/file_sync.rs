//! The thread that keeps the RON files: rewrites them soon after edits, and notices what others change.
//!
//! For each file it knows what stood in it when it was last read or written (`known`) and what was changed since
//! (`pending`); the corpus is always the one with the other applied. Where the file has become something else, the
//! difference is offered to the session, which takes it into the corpus wherever its own edits leave room, and answers.
//! The answer comes in order with the session's edits, so both sides draw the same conclusion.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::appender::{Job, Signals};
use super::aside::keep_aside;
use super::content::{self, Content};
use super::disk::Disk;
use super::errand::Fetched;
use super::file::{self, Stamp};
use super::layout::FileKey;
use super::read::{self, Context};
use super::tracked_file::TrackedFile;
use super::{atomic, lock, people};
use crate::edit::{Edit, Transaction};
use crate::model::{ArticleId, Name, Problem, Project, Schema};
use crate::say;

/// The time after a failure until it is tried again.
const AGAIN: Duration = Duration::from_secs(5);

/// The number of times that files are looked at for changes by others, and how many of them at once.
const LOOK: Duration = Duration::from_secs(1);
const LOOK_AT: usize = 1_000;

/// The number of files that are written together, under one lock; and of how many the bytes are in memory at a time.
const TOGETHER: usize = 1_024;
const IN_WORDS: usize = 64;

/// The tasks of the file sync.
pub(super) enum Task {
    /// Look after a file, of which this is known.
    Watch(FileKey, Box<TrackedFile>),
    /// Look after an article's text file.
    WatchText(ArticleId, String, Stamp),
    /// A transaction of this number was applied to the corpus.
    Applied(u64, Arc<Transaction>),
    /// The edits that a crash had kept out of the files was applied to the corpus: all of it, so that the journal
    /// counts as kept once it is written.
    Recovered(Arc<Transaction>),
    /// The schema is another now.
    Schema(Arc<Schema>),
    /// The settings of the project are others now.
    Project(Box<Project>),
    /// The settings of the project are others now, and the file is to say so: what they were, and what they are.
    ChangeProject(Box<Project>, Box<Project>),
    /// The changes offered about this file are in the corpus.
    Adopted(FileKey),
    /// Look at once whether others have changed a file.
    Look(FileKey),
    /// A file that is gone is to be written again, with everything that stood in it.
    Restore(FileKey),
    /// A file that is gone took its records with it.
    LetGo(FileKey),
    /// Forget an article's text and sets.
    Unwatch(ArticleId),
    /// Write what is pending at once; then answer whether anything is left, and why.
    Flush(Sender<Flushed>),
}

/// The outcome of a flush.
pub(super) enum Flushed {
    /// Every file holds everything.
    Clean,
    /// The session must answer an offer first.
    Offered,
    /// Another program keeps this one from writing.
    Held(String),
    /// A file cannot be written or read.
    Failed(String),
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
    /// The things that an errand wanted of the disk are there.
    Fetched(Box<Fetched>),
    /// Another program keeps this one from writing files, in one sentence.
    Held(String),
    /// Something is wrong, in one sentence.
    Failed(String),
    /// Writing files works again.
    Mended,
    /// Something that a person should look at.
    Problem(Problem),
}

/// See the module.
pub(super) struct FileSync {
    pub disk: Arc<dyn Disk>,
    /// The annotator who works here.
    pub annotator: Name,
    pub schema: Arc<Schema>,
    /// The settings of the project, which say of what kind a new set is.
    pub project: Project,
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
    /// Works until the session is gone.
    pub fn run(mut self, tasks: &Receiver<Task>) {
        let mut look = Instant::now() + LOOK;
        loop {
            // Whatever waits comes first: a look at every file after each of many tasks would take longer than the tasks.
            tasks.try_iter().for_each(|task| self.do_task(task));
            let due = self.files.values().filter_map(TrackedFile::due).min().filter(|_| self.journal.is_some());
            let until = due.map_or(look, |due| due.min(look));
            match tasks.recv_timeout(until.saturating_duration_since(Instant::now())) {
                Ok(task) => self.do_task(task),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return,
            }
            let now = Instant::now();
            if now >= look {
                self.look();
                look = Instant::now() + LOOK;
            }
            if due.is_some_and(|due| now >= due) {
                let due =
                    |(key, file): (&FileKey, &TrackedFile)| file.due().filter(|&due| due <= now).map(|_| key.clone());
                let ready: Vec<FileKey> = self.files.iter().filter_map(due).collect();
                self.write_each(&ready, Self::fail);
                self.note_kept();
            }
        }
    }

    fn do_task(&mut self, task: Task) {
        match task {
            Task::Watch(key, file) => {
                self.files.insert(key, *file);
            }
            Task::WatchText(article, path, stamp) => {
                self.texts_told.remove(&article);
                self.texts.insert(article, (path, stamp));
            }
            Task::Applied(number, transaction) => {
                self.number = number;
                self.apply(&transaction);
            }
            Task::Recovered(transaction) => {
                self.waiting = false;
                self.apply(&transaction);
            }
            Task::Schema(schema) => self.schema = schema,
            Task::Project(project) => self.project = *project,
            Task::ChangeProject(before, after) => self.change_project(&before, *after),
            Task::Adopted(key) => self.adopt(&key),
            Task::Look(key) => {
                if let Err(why) = self.offer(&key, true) {
                    self.fail(&key, why);
                }
            }
            Task::Restore(key) => {
                if let Some(file) = self.files.get_mut(&key).filter(|file| file.vanished) {
                    file.restore();
                }
            }
            Task::LetGo(key) => self.let_go(&key),
            Task::Unwatch(article) => {
                self.texts.remove(&article);
                self.texts_told.remove(&article);
                self.files.retain(|key, _| !matches!(key, FileKey::Set((of, _), _) if *of == article));
            }
            Task::Flush(answer) => {
                // Who asked may have gone.
                let _ = answer.send(self.flush());
                self.signals.wake();
            }
        }
    }

    fn change_project(&mut self, before: &Project, after: Project) {
        let changed = people::change(&*self.disk, before, &after);
        // The file may know more by now: kinds that others have listed.
        self.project = changed.as_ref().map_or(after, Project::clone);
        if let Err(why) = changed.and_then(|now| people::stamp_changed(&*self.disk, before, &now)) {
            let message = format!("the settings of the project are not saved, and hold until it is closed: {why}");
            self.tell(Notice::Problem(Problem::warning("not-saved", message).at("project.ron", None)));
        }
    }

    fn apply(&mut self, transaction: &Transaction) {
        for edit in &transaction.edits {
            if let Some(file) = FileKey::of(&edit.at).and_then(|key| self.files.get_mut(&key)) {
                file.change(edit);
            }
        }
    }

    fn flush(&mut self) -> Flushed {
        let mut failed = None;
        if let Err(gone) = self.disk.here() {
            self.failing = true;
            return Flushed::Failed(say::io(&gone));
        }
        // Where nobody has said what it means that a file is gone, new work in it brings all of it back.
        self.files.values_mut().filter(|file| file.vanished && file.since.is_some()).for_each(TrackedFile::restore);
        let pending = |(key, file): (&FileKey, &TrackedFile)| file.since.filter(|_| !file.unread).map(|_| key.clone());
        let pending: Vec<FileKey> = self.files.iter().filter_map(pending).collect();
        self.write_each(&pending, |file_sync, _, why| {
            file_sync.failing = true;
            failed.get_or_insert(why);
        });
        self.note_kept();
        match failed {
            Some(why) if self.held => Flushed::Held(why),
            Some(why) => Flushed::Failed(why),
            None if self.files.values().any(|file| file.offered.is_some()) => Flushed::Offered,
            None => Flushed::Clean,
        }
    }

    /// Writes files, many of them together, and hands over why one cannot be written. Where another program holds the
    /// lock, it would be waited for anew each time: then the rest comes later.
    fn write_each(&mut self, keys: &[FileKey], mut failed: impl FnMut(&mut Self, &FileKey, String)) {
        for keys in keys.chunks(TOGETHER) {
            for (key, why) in self.write(keys) {
                failed(self, &key, why);
            }
            if self.held {
                return;
            }
        }
    }

    /// True where a file is somebody else's and nothing from here is to come into it.
    fn is_others(&self, key: &FileKey, file: &TrackedFile) -> bool {
        file.pending.is_empty() && key.maker().is_some_and(|maker| *maker != self.annotator)
    }

    fn note_kept(&mut self) {
        // A file that was never read, or is somebody else's and broken, lacks nothing from here.
        let whole =
            |key: &FileKey, file: &TrackedFile| file.broken.is_none() || file.unread || self.is_others(key, file);
        let all = !self.waiting && self.files.iter().all(|(key, file)| file.since.is_none() && whole(key, file));
        if all && std::mem::take(&mut self.failing) {
            self.tell(Notice::Mended);
        }
        if let Some(journal) = self.journal.as_ref().filter(|_| all && self.kept < self.number) {
            self.kept = self.number;
            // The journal ends with the session, and so does this thread.
            let _ = journal.send(Job::Kept(self.kept));
        }
    }

    /// Says that a file cannot be written, and tries it again later.
    fn fail(&mut self, key: &FileKey, why: String) {
        if let Some(file) = self.files.get_mut(key) {
            file.again = Some(Instant::now() + AGAIN);
        }
        self.failing = true;
        self.tell(if self.held { Notice::Held(why) } else { Notice::Failed(why) });
    }

    fn tell(&self, notice: Notice) {
        // Without a session there is nobody to tell.
        let _ = self.notices.send(notice);
        self.signals.wake();
    }

    /// Writes what is pending in files, except where others have changed one: then that is offered first. Gives those that
    /// cannot be written, and why.
    fn write(&mut self, keys: &[FileKey]) -> Vec<(FileKey, String)> {
        self.held = false;
        let here = self.disk.here().map_err(|gone| say::io(&gone));
        let lock = here.and_then(|()| {
            let lock = lock::writing(&*self.disk);
            self.held = lock.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::TimedOut);
            lock.map_err(|error| say::io(&error))
        });
        let _lock = match lock {
            Ok(lock) => lock,
            // Another program's lock says the same of each.
            Err(why) => {
                let told = if self.held { &keys[..1] } else { keys };
                let not = |key: &FileKey| (key.clone(), format!("{} is not written: {why}", key.path()));
                return told.iter().map(not).collect();
            }
        };
        let mut failed = Vec::new();
        let mut ready = Vec::new();
        for key in keys {
            match self.offer(key, true) {
                Ok(true) => {}
                Ok(false) => ready.push(key),
                Err(why) => failed.push((key.clone(), why)),
            }
        }
        if self.write_together(&ready).is_err() {
            // The one that fails shows where each is written for itself.
            failed.extend(ready.into_iter().filter_map(|key| Some((key.clone(), self.write_alone(key).err()?))));
        }
        failed
    }

    /// Writes files that nobody else has changed, all of them or some of them; see [`atomic::Batch`].
    fn write_together(&mut self, keys: &[&FileKey]) -> std::io::Result<()> {
        let disk = self.disk.clone();
        let mut batch = atomic::Batch::new(&*disk);
        let mut made = Vec::with_capacity(keys.len());
        for keys in keys.chunks(IN_WORDS) {
            let words: Vec<_> =
                keys.par_iter().filter_map(|key| Some((*key, self.files.get(key)?.put(key, &self.project)))).collect();
            for (key, (content, bytes)) in words {
                if let Some(bytes) = &bytes {
                    batch.write(&key.path(), bytes)?;
                }
                made.push((key, content, bytes.map(|bytes| (bytes.len() as u64, Stamp::hash_of(&bytes)))));
            }
        }
        batch.sync()?;
        // That took a while, and not every program asks for the lock.
        let looks_same = |key: &FileKey| Stamp::looks_same(self.files[key].stamp.as_ref(), &*disk, &key.path());
        if !made.iter().all(|(key, ..)| looks_same(key)) {
            return Err(std::io::Error::other("another program has changed a file just now"));
        }
        batch.finish()?;
        for (key, content, written) in made {
            let stamp = match written {
                Some((len, hash)) => {
                    Some(disk.look(&key.path())?.map(|found| Stamp { modified: found.modified, len, hash }))
                }
                None => None,
            };
            self.files.entry(key.clone()).and_modify(|file| file.wrote(content, stamp));
        }
        Ok(())
    }

    /// Writes one file, unless others have changed it: then that is offered first.
    fn write_alone(&mut self, key: &FileKey) -> Result<(), String> {
        if self.offer(key, true)? {
            return Ok(());
        }
        let path = key.path();
        let Some(file) = self.files.get_mut(key) else { return Ok(()) };
        let (content, bytes) = file.put(key, &self.project);
        let stamp = match bytes {
            Some(bytes) => {
                let cannot = |error| format!("{path} cannot be written: {}", say::io(&error));
                atomic::write_in(&*self.disk, &path, &bytes).map_err(cannot)?;
                Some(self.disk.look(&path).map_err(cannot)?.map(|found| Stamp::new(&found, &bytes)))
            }
            None => None,
        };
        file.wrote(content, stamp);
        Ok(())
    }

    /// Looks whether others have changed a file, and offers what they did; says whether an offer waits for an answer.
    fn offer(&mut self, key: &FileKey, closely: bool) -> Result<bool, String> {
        let path = key.path();
        let Some(file) = self.files.get_mut(key) else { return Ok(false) };
        if file.offered.is_some() {
            return Ok(true);
        }
        // A file that is gone and comes back looks as it did.
        if !closely
            && !file.vanished
            && Stamp::looks_same(file.stamp.as_ref().or(file.broken.as_ref()), &*self.disk, &path)
        {
            return Ok(false);
        }
        let found = match file::bytes(&*self.disk, &path, key.max_bytes()) {
            Ok(found) => found,
            // That was said when it was to be opened.
            Err(_) if file.unread => return Ok(false),
            Err(error) => return Err(format!("{path} cannot be read: {}", say::io(&error))),
        };
        if file.vanished {
            if found.is_none() {
                return Ok(true);
            }
            file.vanished = false;
            self.tell(Notice::Back(key.clone()));
            return self.offer(key, closely);
        }
        let held = file.known.held();
        if found.is_none() && file.stamp.is_some() && held > 0 {
            // Not found is never "somebody deleted everything".
            file.vanished = true;
            let records = file.known.count();
            self.tell(Notice::Vanished(key.clone(), records));
            return Ok(true);
        }
        let stamp = found.as_ref().map(|(_, stamp)| stamp.clone());
        if stamp.as_ref().map(|stamp| stamp.hash) == file.stamp.as_ref().map(|stamp| stamp.hash) {
            file.stamp = stamp;
            file.broken = None;
            return Ok(false);
        }
        let mut problems = Vec::new();
        let context = Context { schema: &self.schema, text: file.text.as_ref() };
        let read = match &found {
            None => Ok(Content::empty()),
            Some((bytes, _)) => {
                file::utf8(&path, bytes).and_then(|content| read::read(key, content, &context, &mut problems))
            }
        };
        let outside = match read {
            Ok(outside) => outside,
            Err(error) => {
                let again = file.broken.as_ref().map(|stamp| stamp.hash) == stamp.as_ref().map(|stamp| stamp.hash);
                file.broken = stamp;
                if file.unread {
                    // That was said when it was to be opened.
                    return Ok(false);
                }
                let why = format!(
                    "another program has made a file unreadable; it is left as it is, your work is in the journal: {error}"
                );
                if again && !closely {
                    return Ok(false);
                }
                if self.files.get(key).is_some_and(|file| self.is_others(key, file)) {
                    let message = format!("another program has made a file unreadable; it is left as it is: {error}");
                    self.tell(Notice::Problem(Problem::error("malformed", message).at(&path, None)));
                    return Ok(false);
                }
                return Err(why);
            }
        };
        file.broken = None;
        if file.unread {
            self.files.remove(key);
            self.tell(Notice::Readable(key.clone()));
            return Ok(false);
        }
        let edits = file.known.diff(&outside, &key.records());
        if edits.is_empty() {
            file.known = outside;
            file.stamp = stamp;
            return Ok(false);
        }
        file.offered = Some((outside, stamp));
        self.tell(Notice::Outside { file: key.clone(), edits, problems });
        Ok(true)
    }

    /// Offers that a file which is gone took its records with it.
    fn let_go(&mut self, key: &FileKey) {
        let Some(file) = self.files.get_mut(key).filter(|file| file.vanished) else { return };
        file.vanished = false;
        let edits = file.known.diff(&Content::empty(), &key.records());
        file.offered = Some((Content::empty(), None));
        self.tell(Notice::Outside { file: key.clone(), edits, problems: Vec::new() });
    }

    fn adopt(&mut self, key: &FileKey) {
        let Some(file) = self.files.get_mut(key) else { return };
        let refused = file.adopt(&key.records());
        let lines: Vec<String> = refused.iter().map(|record| content::line(record, file.text.as_ref())).collect();
        let ids: Vec<String> = refused.iter().map(|record| record.key().to_string()).collect();
        if file.since.is_none() && !file.pending.is_empty() {
            file.since = Some((Instant::now(), Instant::now()));
        }
        if lines.is_empty() {
            return;
        }
        let message = match keep_aside(&*self.disk, &self.conflicts, key, &lines) {
            Ok(()) => format!(
                "{} was changed here and by another program at once: yours stands, the other is kept in {}",
                ids.join(", "),
                self.conflicts
            ),
            Err(error) => format!(
                "{} was changed here and by another program at once: yours stands, and the other could not be kept: {}: {}",
                ids.join(", "),
                say::io(&error),
                lines.join(" ")
            ),
        };
        self.tell(Notice::Problem(Problem::warning("conflict", message).at(&key.path(), None)));
    }

    /// Looks at some of the files for changes by others.
    fn look(&mut self) {
        if let Err(gone) = self.disk.here() {
            // Nothing that is missing now was taken out by anybody.
            self.failing = true;
            self.tell(Notice::Failed(say::io(&gone)));
            return;
        }
        let start = if self.next < self.files.len() { self.next } else { 0 };
        let keys: Vec<FileKey> = self.files.keys().skip(start).take(LOOK_AT).cloned().collect();
        self.next = start + keys.len();
        for key in keys {
            if let Err(why) = self.offer(&key, false) {
                self.failing = true;
                self.tell(Notice::Failed(why));
            }
        }
        if self.failing {
            // The file may have been put right where it stands, with nothing of ours to write.
            self.note_kept();
        }
        let mut changed = Vec::new();
        for (article, (path, stamp)) in &mut self.texts {
            if Stamp::looks_same(Some(stamp), &*self.disk, path) {
                continue;
            }
            let Ok(Some((_, now))) = file::bytes(&*self.disk, path, super::texts::MAX_BYTES) else { continue };
            if now.hash == stamp.hash {
                *stamp = now;
                continue;
            }
            // Until it is read again, which may fail: then the session is told once more.
            let told = self.texts_told.get(article);
            if told.is_none_or(|(hash, at)| *hash != now.hash || at.elapsed() >= AGAIN) {
                self.texts_told.insert(article.clone(), (now.hash, Instant::now()));
                changed.push(article.clone());
            }
        }
        for article in changed {
            self.tell(Notice::Text(article));
        }
    }
}
