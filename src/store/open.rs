//! Making and opening a project.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Sender, channel};
use std::thread::JoinHandle;

use super::appender::{Appender, Job, Signals};
use super::journal::{self, Recovered};
use super::keeper::{Keeper, Notice, Task, Watched};
use super::layout::{self, FileKey};
use super::session::{Access, Session, problem_of};
use super::{OpenError, StoreError, atomic, copies, file, lock, names, project, renumber};
use crate::model::{Article, Corpus, Name, Problem, Schema};

impl Session {
    /// Makes a project folder without articles: `project.ron`, `schema.ron`, `articles.ron` and git's files.
    ///
    /// # Errors
    /// If there is a project already, or the folder cannot be written.
    #[allow(clippy::needless_pass_by_value)] // Whoever makes a project has no more use for its schema.
    pub fn create(dir: &Path, title: &str, schema: Schema) -> Result<(), StoreError> {
        project::create(dir, title, &schema)
    }

    /// Says whether annotators see each other's sets and comments, in `project.ron` at once; it is nobody's edit, and so
    /// not undone. Other windows learn of it when they open the project again.
    ///
    /// # Errors
    /// If the project is open for reading only, or the file cannot be written.
    pub fn set_open_sets(&mut self, open_sets: bool) -> Result<(), StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        project::set_open_sets(&self.root, open_sets)?;
        self.corpus.project.open_sets = open_sets;
        Ok(())
    }

    /// Opens a project; texts and sets are loaded when they are asked for. What a crash kept out of the RON files is
    /// taken from the journal. A folder that cannot be written opens for reading, which [`Session::problems`] says.
    ///
    /// # Errors
    /// If it is no project, is newer, cannot be read, or is open elsewhere.
    pub fn open(dir: &Path, annotator: &Name, access: Access) -> Result<Self, OpenError> {
        let mut problems = Vec::new();
        let (corpus, articles, stamp) = project::open(dir, &mut problems)?;
        if access == Access::Write {
            names::admit(dir, annotator)?;
        }
        let own = layout::own_folder(dir, annotator);
        let place = match access {
            Access::Read => None,
            Access::Write => match atomic::make_folder(&own) {
                Ok(()) => match lock::take(&own, annotator) {
                    Ok(lock) => Some(lock),
                    Err(OpenError::Io { why, .. }) => {
                        problems.push(unwritable(&why));
                        None
                    }
                    Err(error) => return Err(error),
                },
                Err(why) => {
                    problems.push(unwritable(&why));
                    None
                }
            },
        };
        let recovered = read_journal(&own, &corpus, &mut problems, place.is_some())?;
        let signals = Arc::new(Signals::default());
        signals.synced.store(recovered.number, Ordering::Release);
        let mut threads = Vec::new();
        let journal = match &place {
            None => None,
            Some(_) => Some(start_journal(&own, &recovered, &signals, &mut threads)?),
        };
        let (notify, notices) = channel();
        let copies_found = (notify.clone(), signals.clone());
        let conflicts = own.join("conflicts.ron");
        let keeper = Keeper {
            root: dir.to_owned(),
            schema: corpus.schema.clone(),
            conflicts: conflicts.clone(),
            journal: journal.clone(),
            notices: notify,
            signals: signals.clone(),
            files: BTreeMap::new(),
            texts: HashMap::new(),
            number: recovered.number,
            kept: if recovered.unkept.is_empty() { recovered.number } else { 0 },
            failing: false,
            waiting: !recovered.unkept.is_empty(),
            next: 0,
        };
        let (tasks, to_do) = channel();
        threads.push(std::thread::spawn(move || keeper.run(&to_do)));
        look_for_copies(dir, corpus.articles().to_vec(), copies_found);
        let mut session = Self {
            root: dir.to_owned(),
            annotator: annotator.clone(),
            corpus,
            history: recovered.history,
            problems,
            near: None,
            number: recovered.number,
            told: recovered.number,
            told_failure: None,
            files_failure: None,
            events: VecDeque::new(),
            signals,
            notices,
            journal,
            tasks: Some(tasks),
            threads,
            _lock: place,
        };
        session.task(Task::Watch(FileKey::Articles, Box::new(Watched::new(articles, stamp, None))));
        if let Err(error) = session.load_referents(annotator) {
            session.problems.push(problem_of(&error));
        }
        let mut people = session.annotators();
        people.push(annotator.clone());
        for who in &people {
            if let Err(error) = session.load_comments(who) {
                session.problems.push(problem_of(&error));
            }
        }
        if conflicts.metadata().is_ok_and(|metadata| metadata.len() > 0) {
            let message = "records of other programs that could not be merged are kept here; delete the file when done";
            let file = conflicts.strip_prefix(dir).unwrap_or(&conflicts).display().to_string();
            session.problems.push(Problem::warning("conflict", message).at(&file, None));
        }
        session.recover(&recovered.unkept, &conflicts);
        Ok(session)
    }
}

/// Says what sync programs have left beside the project's files, on a thread of its own that nobody waits for: many files may
/// have to be looked through.
fn look_for_copies(dir: &Path, articles: Vec<Arc<Article>>, (notify, signals): (Sender<Notice>, Arc<Signals>)) {
    let dir = dir.to_owned();
    std::thread::spawn(move || {
        for copy in copies::copies(&dir, &articles) {
            // Without a session there is nobody to tell.
            if notify.send(Notice::Problem(copy.problem())).is_err() {
                return;
            }
            signals.wake();
        }
    });
}

fn unwritable(why: &std::io::Error) -> Problem {
    Problem::warning("read-only", format!("the project folder cannot be written ({why}): it is open for reading only"))
}

fn read_journal(own: &Path, corpus: &Corpus, problems: &mut Vec<Problem>, write: bool) -> Result<Recovered, OpenError> {
    let path = own.join("journal");
    let io = |why| OpenError::Io { file: path.display().to_string(), why };
    let Some((content, _)) = file::bytes(&path, journal::MAX_BYTES).map_err(io)? else {
        return Ok(Recovered::default());
    };
    let recovered = journal::recover(&content, &renumber::number_now(corpus));
    if recovered.damaged {
        let message = "the journal is damaged in the middle: what could be read of it was taken, undo ends there";
        problems.push(Problem::warning("journal-damaged", message));
        if write {
            atomic::write(&own.join("journal.damaged"), &content).map_err(io)?;
        }
    }
    Ok(recovered)
}

fn start_journal(
    own: &Path,
    recovered: &Recovered,
    signals: &Arc<Signals>,
    threads: &mut Vec<JoinHandle<()>>,
) -> Result<Sender<Job>, OpenError> {
    let path = own.join("journal");
    let io = |why| OpenError::Io { file: path.display().to_string(), why };
    let file = atomic::open_append(&path).map_err(io)?;
    // What a crash tore off was never acknowledged.
    file.set_len(recovered.len).and_then(|()| file.sync_all()).map_err(io)?;
    let appender = Appender {
        path,
        file,
        len: recovered.len,
        outline: recovered.outline.clone(),
        kept: if recovered.unkept.is_empty() { recovered.number } else { 0 },
        number: recovered.number,
        unsaved: Vec::new(),
        signals: signals.clone(),
    };
    let (journal, jobs) = channel();
    threads.push(std::thread::spawn(move || appender.run(&jobs)));
    Ok(journal)
}
