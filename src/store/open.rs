//! Making and opening a project.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use super::appender::{self, Appender};
use super::disk::{self, Disk};
use super::file_sync::FileSync;
use super::folder::open_folder;
use super::journal::{self, Outline, Recovered};
use super::journal_lines::Lines;
use super::layout::{self, FileKey};
use super::lock::Lock;
use super::messages::{Job, Notice, SettingsChange, Signals, Task};
use super::project::{self, Opened};
use super::session::{Access, Session};
use super::tracked_file::TrackedFile;
use super::underway::{Underway, thread_ended};
use super::{OpenError, StoreError, atomic, copies, elsewhere, lock, names, renumber};
use crate::message;
use crate::model::{Article, Corpus, Name, Problem, Project, Schema, SetKind};

impl Session {
    /// Makes a project folder without articles: `project.ron`, `schema.ron`, `articles.ron` and git's files.
    ///
    /// # Errors
    /// If there is a project already, or the folder cannot be written.
    #[allow(clippy::needless_pass_by_value)] // Whoever makes a project has no more use for its schema.
    pub fn create(dir: &Path, title: &str, schema: Schema) -> Result<(), StoreError> {
        project::create(dir, title, &schema)
    }

    /// Changes the settings of the project, in `project.ron` at once, and what the sets of a maker say of their kind where
    /// that is another now. It is nobody's edit, and so not undone; what others have changed meanwhile stays. Other
    /// windows learn of it when they open the project again.
    ///
    /// # Errors
    /// If the project is open for reading only, or a file cannot be written.
    pub fn change_project(&mut self, change: impl FnOnce(&mut Project)) -> Result<(), StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        let before = self.corpus.project.clone();
        let mut after = before.clone();
        change(&mut after);
        if after == before {
            return Ok(());
        }
        let (answer, answered) = channel();
        self.settings += 1;
        let change = SettingsChange { number: self.settings, before, after };
        self.task(Task::ChangeProjectNow(Box::new(change), answer));
        self.corpus.project = answered.recv().map_err(|_| StoreError::NotSaved(thread_ended()))??;
        Ok(())
    }

    /// Changes the settings of the project as [`Session::change_project`] does, without waiting for the disk: they hold at
    /// once, and [`Session::save_state`] says when the file has them. A failed write is tried again. In a project that is open for reading only they hold until it
    /// is closed.
    pub fn change_project_soon(&mut self, change: impl FnOnce(&mut Project)) {
        let before = self.corpus.project.clone();
        change(&mut self.corpus.project);
        let after = self.corpus.project.clone();
        if after != before && !self.read_only() {
            self.settings += 1;
            let settled = before.conflicts != after.conflicts;
            let change = SettingsChange { number: self.settings, before, after };
            self.task(Task::ChangeProject(Box::new(change)));
            if settled {
                self.recount_settings();
            }
        }
    }

    /// Gives a new maker's sets a kind, before there are any.
    ///
    /// # Errors
    /// If there are sets of that name, of another kind; and as [`Session::change_project`].
    pub fn claim(&mut self, maker: &Name, kind: SetKind) -> Result<(), StoreError> {
        self.corpus.project.may_be(maker, kind, &self.makers())?;
        self.change_project(|project| project.set_kind(maker, kind))
    }

    /// Opens a project; texts and sets are loaded when they are asked for. What a crash kept out of the RON files is
    /// taken from the journal. A folder that cannot be written opens for reading, which [`Session::problems`] says.
    ///
    /// # Errors
    /// If it is not a project, is newer, cannot be read, is open elsewhere, or has a link where the program's own files
    /// lie.
    pub fn open(dir: &Path, annotator: &Name, access: Access) -> Result<Self, OpenError> {
        Self::open_on(Arc::new(open_folder(dir)?), annotator, access)
    }

    /// Closes the project as [`Session::close`] does, at the end of the program or on a worker, where no frame waits for it.
    ///
    /// # Errors
    /// As [`Session::close`].
    pub fn leave(self) -> Result<(), StoreError> {
        self.close()
    }

    /// Lets a project go and opens another one, or the same as somebody else; none where `going` says then that nobody
    /// wants it any more. What of the first cannot be written is in its journal, or was given up by a person.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open_instead(
        old: Option<Self>,
        (dir, annotator): (&Path, &Name),
        access: Access,
        going: &dyn Fn() -> bool,
    ) -> Result<Option<Self>, OpenError> {
        if let Some(Err(error)) = old.map(Self::close) {
            tracing::info!("left with work in the journal: {error}");
        }
        going().then(|| Self::open(dir, annotator, access)).transpose()
    }

    /// Opens the project of a folder, as [`Session::open`] does.
    ///
    /// # Errors
    /// As [`Session::open`].
    pub fn open_on(disk: Arc<dyn Disk>, annotator: &Name, access: Access) -> Result<Self, OpenError> {
        let mut problems = Vec::new();
        let Opened { corpus, articles, stamp, .. } = project::open(&*disk, &mut problems)?;
        if access == Access::Write {
            names::admit(&*disk, annotator)?;
        }
        let folder = layout::own_folder(annotator);
        let place = match access {
            Access::Read => None,
            Access::Write => match take_place(&*disk, &folder, annotator) {
                Ok(place) => Some(place),
                // A refusal at the gate is not a matter of rights: somebody has put it there.
                Err(OpenError::Io { why, .. }) if why.kind() != ErrorKind::InvalidInput => {
                    problems.push(unwritable(&why));
                    None
                }
                Err(error) => return Err(error),
            },
        };
        let read = read_journal(&*disk, &folder, &corpus, &mut problems, place.is_some())?;
        let Read { mut recovered, content, .. } = read;
        recovered.history.begin();
        let signals = Arc::new(Signals::default());
        signals.synced.store(recovered.number, Ordering::Release);
        let (notify, notices) = channel();
        let (copies_found, to_session) = ((notify.clone(), signals.clone()), notify.clone());
        let mut threads = Vec::new();
        let journal = match place {
            None => None,
            Some(lock) => {
                let journal = Start { disk: &disk, folder: &folder, lock, signals: &signals, notices: notify.clone() };
                Some(journal.start(content, &recovered, &mut threads)?)
            }
        };
        let file_sync = FileSync {
            disk: disk.clone(),
            annotator: annotator.clone(),
            schema: corpus.schema.clone(),
            project: corpus.project.clone(),
            unwritten: None,
            conflicts: format!("{folder}/conflicts.ron"),
            journal: journal.clone(),
            notices: notify,
            signals: signals.clone(),
            files: BTreeMap::new(),
            texts: HashMap::new(),
            texts_told: HashMap::new(),
            number: recovered.number,
            kept: if recovered.unkept.is_empty() { recovered.number } else { 0 },
            failing: false,
            held: false,
            waiting: !recovered.unkept.is_empty(),
            next: 0,
        };
        let (tasks, to_do) = channel();
        let (ask, asked) = channel();
        threads.push(std::thread::spawn(move || file_sync.run(&to_do)));
        look_for_copies(disk.clone(), corpus.articles().to_vec(), copies_found);
        let mut session = Self {
            disk,
            folder,
            annotator: annotator.clone(),
            corpus,
            history: recovered.history,
            problems,
            numbering: None,
            number: recovered.number,
            settings: 0,
            told: recovered.number,
            told_failure: None,
            files_failure: None,
            files_wait: None,
            underway: Underway::default(),
            notify: to_session,
            ask,
            asked,
            events: VecDeque::new(),
            signals,
            notices,
            journal,
            tasks: Some(tasks),
            threads,
            followed: None,
            broken: BTreeMap::new(),
            vanished: BTreeMap::new(),
        };
        session.task(Task::Watch(FileKey::Articles, Box::new(TrackedFile::new(articles, Some(stamp), None))));
        if let Err(error) = session.load_referents(annotator) {
            session.problems.push(error.problem());
        }
        let mut people = session.annotators();
        people.push(annotator.clone());
        for who in &people {
            if let Err(error) = session.load_comments(who) {
                session.problems.push(error.problem());
            }
            if let Err(error) = session.load_runs(who) {
                session.problems.push(error.problem());
            }
        }
        let conflicts = session.conflicts();
        if session.disk.look(&conflicts).is_ok_and(|found| found.is_some_and(|found| found.len > 0)) {
            let message = message!("conflicts-kept");
            session.problems.push(Problem::warning("conflict", message).at(&conflicts, None));
        }
        session.tell_elsewhere();
        session.recover(&recovered.unkept);
        Ok(session)
    }
}

/// Says what sync programs have left beside the project's files, on a thread of its own that nobody waits for: many
/// files may have to be looked through.
fn look_for_copies(
    disk: Arc<dyn Disk>,
    articles: Vec<Arc<Article>>,
    (notify, signals): (Sender<Notice>, Arc<Signals>),
) {
    std::thread::spawn(move || {
        for copy in copies::found(&*disk, &copies::listing(&*disk), &articles) {
            // Without a session there is nobody to tell.
            if notify.send(Notice::Problem(copy.problem())).is_err() {
                return;
            }
            signals.wake();
        }
    });
}

fn take_place(disk: &dyn Disk, folder: &str, annotator: &Name) -> Result<Lock, OpenError> {
    atomic::make_folder(disk, folder).map_err(|why| OpenError::Io { file: folder.to_owned(), why })?;
    lock::take(disk, folder, annotator)
}

fn unwritable(why: &std::io::Error) -> Problem {
    Problem::warning("read-only", message!("folder-read-only", why = crate::say::io(why)))
}

/// A journal as it was read.
#[derive(Default)]
struct Read {
    recovered: Recovered,
    /// Its bytes up to the end of the last whole line.
    content: Vec<u8>,
}

/// Reads the journal of this folder. One that was written elsewhere, or is no journal at all, is set aside.
fn read_journal(
    disk: &dyn Disk,
    folder: &str,
    corpus: &Corpus,
    problems: &mut Vec<Problem>,
    write: bool,
) -> Result<Read, OpenError> {
    let path = layout::journal_path(folder);
    let io = |why| OpenError::Io { file: path.clone(), why };
    let read = match disk.read(&path, journal::MAX_BYTES) {
        // Whoever only reads does without what may wait there, and is told.
        Err(why) if !write => {
            problems.push(io(why).problem());
            None
        }
        read => read.map_err(io)?,
    };
    let Some((mut content, _)) = read else { return Ok(Read::default()) };
    if !journal::begins(&content) {
        let message = message!("journal-not-one");
        problems.push(Problem::warning("journal-damaged", message).at(&path, None));
        if write {
            let aside = disk::free_name(disk, &format!("{folder}/journal.damaged")).map_err(io)?;
            disk.rename(&path, &aside).map_err(io)?;
        }
        return Ok(Read::default());
    }
    let recovered = journal::recover(&content, &renumber::number_now(corpus));
    if !elsewhere::written_in(&recovered, disk.token(folder).ok().as_deref()) && recovered.len > 0 {
        if !recovered.unkept.is_empty() {
            if write {
                elsewhere::set_aside(disk, folder).map_err(io)?;
            } else {
                problems.push(elsewhere::problem(&path, recovered.unkept.len()));
            }
        }
        return Ok(Read::default());
    }
    if recovered.damaged {
        let message = message!("journal-damaged");
        problems.push(Problem::warning("journal-damaged", message));
        if write {
            let aside = disk::free_name(disk, &format!("{folder}/journal.damaged")).map_err(io)?;
            atomic::write_in(disk, &aside, &content).map_err(io)?;
        }
    }
    content.truncate(recovered.len as usize);
    Ok(Read { recovered, content })
}

/// The state that the thread of the journal begins with.
struct Start<'a> {
    disk: &'a Arc<dyn Disk>,
    folder: &'a str,
    lock: Lock,
    signals: &'a Arc<Signals>,
    notices: Sender<Notice>,
}

impl Start<'_> {
    fn start(
        self,
        content: Vec<u8>,
        recovered: &Recovered,
        threads: &mut Vec<JoinHandle<()>>,
    ) -> Result<Sender<Job>, OpenError> {
        let Start { disk, folder, lock, signals, notices } = self;
        let path = layout::journal_path(folder);
        let io = |why| OpenError::Io { file: path.clone(), why };
        let there = disk.look(&path).map_err(io)?;
        let (file, content, outline) = match there {
            // A file with a second name may be somebody else's: it gets a copy of its own and is left as it is.
            Some(there) if !content.is_empty() && there.links == 1 => {
                let mut file = disk.append(&path).map_err(io)?;
                // A line that a crash tore off was never acknowledged.
                file.cut(content.len() as u64).and_then(|()| file.sync()).map_err(io)?;
                (file, content, recovered.outline.clone())
            }
            _ if content.is_empty() => {
                let head = journal::head(&disk.token(folder).map_err(io)?);
                (appender::begin(&**disk, folder, &head).map_err(io)?, head, Outline::default())
            }
            _ => (appender::begin(&**disk, folder, &content).map_err(io)?, content, recovered.outline.clone()),
        };
        let appender = Appender {
            disk: disk.clone(),
            folder: folder.to_owned(),
            lock,
            file,
            content: content.into(),
            outline,
            kept: if recovered.unkept.is_empty() { recovered.number } else { 0 },
            number: recovered.number,
            unsaved: Lines::default(),
            signals: signals.clone(),
            notices,
        };
        let (journal, jobs) = channel();
        threads.push(std::thread::spawn(move || appender.run(&jobs)));
        Ok(journal)
    }
}
