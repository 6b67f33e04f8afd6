use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, PoisonError};
use std::thread::JoinHandle;

use super::appender::{Appender, Job, Signals, What};
use super::file::{self, Content, Context, Swap};
use super::journal::{self, Entry, Recovered};
use super::keeper::{Flushed, Keeper, Notice, Task, Watched};
use super::layout::{self, FileKey};
use super::loader::{self, Loaded, LoadedSet, Loader};
use super::lock::{self, Lock};
use super::texts::TextFile;
use super::{OpenError, StoreError, atomic, project};
use crate::edit::{Edit, History, Transaction};
use crate::ingest::near;
use crate::model::{ArticleId, Corpus, Filler, Name, Problem, Referents, Schema, SetKey};
use crate::text::Span;

/// Whether a session may change the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads and writes; one session per annotator.
    Write,
    /// Reads only; any number of sessions.
    Read,
}

/// How safe the work is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SaveState {
    /// Every commit is on disk.
    Saved,
    /// Commits are on their way to disk.
    Saving {
        /// How many.
        pending: u64,
    },
    /// Writing failed, with the reason; the work is kept in memory, [`Session::flush`] tries again.
    Failed(String),
    /// Nothing can be changed.
    ReadOnly,
}

/// What happened on disk since the last [`Session::poll`].
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
        /// What was applied, in order.
        applied: Vec<Arc<Transaction>>,
        /// One sentence for a person.
        message: String,
    },
    /// Something turned up that a person should look at; it is among [`Session::problems`] too.
    Problem(Problem),
}

/// An open project: the corpus, its history, and the threads that keep them on disk.
///
/// A commit changes the corpus at once and is handed to the journal; [`Event::Saved`] says when it is safe there. The
/// RON files follow a second later, and on [`Session::close`]. Dropped without that, a session leaves what the files
/// lack in the journal, and the next one puts it into them.
pub struct Session {
    pub(super) root: PathBuf,
    pub(super) annotator: Name,
    pub(super) corpus: Corpus,
    history: History,
    problems: Vec<Problem>,
    /// Signatures of texts, once articles were added.
    pub(super) near: Option<(near::Index, Vec<ArticleId>)>,
    /// The number of the last entry of the journal, and of the last one that [`Event::Saved`] was said for.
    number: u64,
    told: u64,
    told_failure: Option<String>,
    /// Why RON files cannot be written, while they cannot.
    files_failure: Option<String>,
    events: VecDeque<Event>,
    signals: Arc<Signals>,
    notices: Receiver<Notice>,
    /// To the journal; none where nothing can be changed.
    journal: Option<Sender<Job>>,
    tasks: Option<Sender<Task>>,
    threads: Vec<JoinHandle<()>>,
    /// Held until both threads are done.
    _lock: Option<Lock>,
}

impl std::fmt::Debug for Session {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Session({}, {})", self.root.display(), self.annotator)
    }
}

impl Session {
    /// Makes a project folder without articles: `project.ron`, `schema.ron`, `articles.ron` and git's files.
    ///
    /// # Errors
    /// If there is a project already, or the folder cannot be written.
    #[allow(clippy::needless_pass_by_value)] // Whoever makes a project has no more use for its schema.
    pub fn create(dir: &Path, title: &str, schema: Schema) -> Result<(), StoreError> {
        project::create(dir, title, &schema)
    }

    /// Opens a project; texts and sets are loaded when they are asked for. What a crash kept out of the RON files is
    /// taken from the journal. A folder that cannot be written opens for reading, which [`Session::problems`] says.
    ///
    /// # Errors
    /// If it is no project, is newer, cannot be read, or is open elsewhere.
    pub fn open(dir: &Path, annotator: &Name, access: Access) -> Result<Self, OpenError> {
        let mut problems = Vec::new();
        let (corpus, articles, stamp) = project::open(dir, &mut problems)?;
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
        let recovered = read_journal(&own, &mut problems, place.is_some())?;
        let signals = Arc::new(Signals::default());
        signals.synced.store(recovered.number, Ordering::Release);
        let mut threads = Vec::new();
        let journal = match &place {
            None => None,
            Some(_) => Some(start_journal(&own, &recovered, &signals, &mut threads)?),
        };
        let (notify, notices) = channel();
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
        if conflicts.metadata().is_ok_and(|metadata| metadata.len() > 0) {
            let message = "records of other programs that could not be merged are kept here; delete the file when done";
            let file = conflicts.strip_prefix(dir).unwrap_or(&conflicts).display().to_string();
            session.problems.push(Problem::warning("conflict", message).at(&file, None));
        }
        session.recover(&recovered.unkept, &conflicts);
        Ok(session)
    }

    /// The project folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Who works here.
    #[must_use]
    pub fn annotator(&self) -> &Name {
        &self.annotator
    }

    /// The project in memory.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// What can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// What was found wrong in the files that are loaded.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// Whether nothing can be changed.
    #[must_use]
    pub fn read_only(&self) -> bool {
        self.journal.is_none()
    }

    /// Everyone who has a folder of sets, sorted.
    #[must_use]
    pub fn annotators(&self) -> Vec<Name> {
        layout::annotators(&self.root)
    }

    /// How often the journal was synced to disk since the project was opened.
    #[must_use]
    pub fn journal_syncs(&self) -> u64 {
        self.signals.syncs.load(Ordering::Relaxed)
    }

    /// Loads an article's text, and the sets and referents of these annotators, in this thread; what is loaded stays.
    /// A set that cannot be read is among [`Session::problems`], and the rest is loaded.
    ///
    /// # Errors
    /// If the article is not there or its text cannot be read.
    pub fn load(&mut self, article: &ArticleId, annotators: &[Name]) -> Result<(), StoreError> {
        let known = self.corpus.article(article).ok_or_else(|| StoreError::NoArticle(article.to_string()))?.clone();
        for annotator in annotators {
            if let Err(error) = self.load_referents(annotator) {
                self.add_problem(problem_of(&error));
            }
        }
        let missing: Vec<Name> =
            annotators.iter().filter(|annotator| self.corpus.set(article, annotator).is_none()).cloned().collect();
        match self.corpus.text(article).cloned() {
            None => {
                let loaded = loader::read(&self.root, &self.corpus.schema, &known, &missing)?;
                self.accept(loaded);
            }
            Some(text) => {
                for annotator in missing {
                    let read = loader::read_set(&self.root, &self.corpus.schema, article, &text, &annotator);
                    self.accept_set((article.clone(), annotator), read);
                }
            }
        }
        Ok(())
    }

    /// What reads articles on a worker.
    #[must_use]
    pub fn loader(&self) -> Loader {
        Loader {
            root: self.root.clone(),
            schema: self.corpus.schema.clone(),
            articles: Arc::new(self.corpus.articles().to_vec()),
        }
    }

    /// Takes what a [`Loader`] read into the corpus; what is loaded already stays as it is.
    pub fn accept(&mut self, loaded: Loaded) {
        let Loaded { article, text, sets } = loaded;
        match self.corpus.text(&article) {
            None => self.accept_text(&article, text),
            // Spans of another text than the one that is shown would point anywhere.
            Some(known) if known.sha256() != text.text.sha256() => return,
            Some(_) => {}
        }
        for (annotator, set) in sets {
            if let Err(error) = self.load_referents(&annotator) {
                self.add_problem(problem_of(&error));
            }
            self.accept_set((article.clone(), annotator), set);
        }
    }

    fn accept_text(&mut self, article: &ArticleId, file: TextFile) {
        if let Some(problem) = file.problem {
            self.add_problem(problem);
            let touched = self.history.all_done().any(|done| touches(done, article));
            if touched && !self.read_only() {
                // Undo would put spans of the old text into the new one.
                self.forget_all();
            }
        }
        self.corpus.load_text(article.clone(), file.text);
        self.task(Task::WatchText(article.clone(), file.path, file.stamp));
    }

    fn accept_set(&mut self, key: SetKey, read: Result<LoadedSet, OpenError>) {
        if self.corpus.set(&key.0, &key.1).is_some() {
            return;
        }
        let file = FileKey::Set(key.clone());
        let path = file.path();
        self.problems.retain(|problem| problem.file.as_deref() != Some(&path));
        match read {
            Ok(LoadedSet { set, content, stamp, problems }) => {
                self.problems.extend(problems);
                let text = self.corpus.text(&key.0).cloned();
                self.corpus.load_set(key, set);
                self.task(Task::Watch(file, Box::new(Watched::new(content, stamp, text))));
            }
            Err(error) => self.problems.push(Problem { article: Some(key.0.to_string()), ..problem_of(&error) }),
        }
    }

    pub(super) fn load_referents(&mut self, annotator: &Name) -> Result<(), OpenError> {
        if self.corpus.referents(annotator).is_some() {
            return Ok(());
        }
        let key = FileKey::Referents(annotator.clone());
        let context = Context { schema: &self.corpus.schema, text: None };
        let (content, stamp) = file::load(&self.root, &key, &context, &mut self.problems)?;
        self.corpus.load_referents(annotator.clone(), referents(&content));
        self.task(Task::Watch(key, Box::new(Watched::new(content, stamp, None))));
        Ok(())
    }

    /// Lets go of an article's text and sets, once everything in them is in their files.
    ///
    /// # Errors
    /// If the files cannot be written; then nothing is let go.
    pub fn unload(&mut self, article: &ArticleId) -> Result<(), StoreError> {
        if !self.read_only() {
            self.flush()?;
        }
        self.task(Task::Unwatch(article.clone()));
        self.corpus.unload(article);
        Ok(())
    }

    /// Applies a transaction and hands it to the journal; an empty one does nothing. Sets that it needs are loaded.
    ///
    /// # Errors
    /// If it does not fit what is there, or the project is open for reading only; nothing is changed then.
    pub fn commit(&mut self, transaction: Transaction) -> Result<Arc<Transaction>, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        let transaction = Arc::new(transaction);
        if transaction.is_empty() {
            return Ok(transaction);
        }
        self.apply(&transaction)?;
        self.history.push(transaction.clone());
        let texts = transaction.edits.iter().filter_map(Edit::set).map(|(article, _)| article);
        let texts: BTreeSet<&ArticleId> = texts.collect();
        let texts = texts.into_iter().filter_map(|id| Some((id.clone(), self.corpus.text(id)?.clone())));
        let texts = texts.collect();
        self.note(What::Do(transaction.clone(), texts), &transaction);
        Ok(transaction)
    }

    /// Takes back what was done last, and gives what that changed; none where there is nothing to undo.
    ///
    /// # Errors
    /// If it does not fit what is there any more: it is taken out of the history then, and nothing else changes.
    pub fn undo(&mut self) -> Result<Option<Arc<Transaction>>, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        let Some(inverse) = self.history.to_undo().map(|done| Arc::new(done.inverse())) else { return Ok(None) };
        match self.apply(&inverse) {
            Ok(()) => {
                self.history.undone();
                self.note(What::Said(Entry::Undo), &inverse);
                Ok(Some(inverse))
            }
            Err(error) => {
                if matches!(error, StoreError::Mismatch(_) | StoreError::Misplaced { .. }) {
                    self.history.forget_done();
                    self.note(What::Said(Entry::Forget), &nothing());
                }
                Err(error)
            }
        }
    }

    /// Does again what was undone last, and gives what that changed; none where there is nothing to redo.
    ///
    /// # Errors
    /// If it does not fit what is there any more: it is taken out of the history then, and nothing else changes.
    pub fn redo(&mut self) -> Result<Option<Arc<Transaction>>, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        let Some(again) = self.history.to_redo().cloned() else { return Ok(None) };
        match self.apply(&again) {
            Ok(()) => {
                self.history.redone();
                self.note(What::Said(Entry::Redo), &again);
                Ok(Some(again))
            }
            Err(error) => {
                if matches!(error, StoreError::Mismatch(_) | StoreError::Misplaced { .. }) {
                    self.history.forget_undone();
                    self.note(What::Said(Entry::ForgetUndone), &nothing());
                }
                Err(error)
            }
        }
    }

    fn forget_all(&mut self) {
        self.history = History::default();
        self.note(What::Said(Entry::ForgetAll), &nothing());
    }

    /// Applies a transaction to the corpus, with everything that it needs loaded and looked at first.
    pub(super) fn apply(&mut self, transaction: &Transaction) -> Result<(), StoreError> {
        let mut last: Option<&SetKey> = None;
        for edit in &transaction.edits {
            if let Some(key) = edit.set().filter(|key| last != Some(*key)) {
                self.need(key)?;
                last = Some(key);
            }
            match edit {
                Edit::Annotation { set, change } => {
                    let text = self.corpus.text(&set.0);
                    let fits = |span: &Span| {
                        text.is_some_and(|text| span.start < span.end && text.as_str().get(span.range()).is_some())
                    };
                    let Some(after) = &change.after else { continue };
                    let words = after.roles.iter().filter_map(|role| match &role.filler {
                        Filler::Span(at) => Some(at),
                        Filler::Annotation(_) | Filler::Value(_) => None,
                    });
                    if !after.at.iter().chain(words.flatten()).all(fits) {
                        let (annotation, article) = (after.id.to_string(), set.0.to_string());
                        return Err(StoreError::Misplaced { annotation, article });
                    }
                }
                Edit::Referent { annotator, .. } => self.load_referents(annotator)?,
                Edit::Article { .. } | Edit::Progress { .. } => {}
            }
        }
        Ok(transaction.apply(&mut self.corpus)?)
    }

    /// Makes sure that a set is loaded; one whose file cannot be read cannot be changed.
    pub(super) fn need(&mut self, key: &SetKey) -> Result<(), StoreError> {
        if self.corpus.set(&key.0, &key.1).is_some() && self.corpus.text(&key.0).is_some() {
            return Ok(());
        }
        self.load(&key.0, &[])?;
        let text = self.corpus.text(&key.0).expect("it was just loaded").clone();
        if self.corpus.set(&key.0, &key.1).is_none() {
            let read = loader::read_set(&self.root, &self.corpus.schema, &key.0, &text, &key.1)?;
            self.accept_set(key.clone(), Ok(read));
        }
        Ok(())
    }

    /// Tells the journal and the keeper what was done.
    fn note(&mut self, what: What, applied: &Arc<Transaction>) {
        self.number += 1;
        if let Some(journal) = &self.journal {
            // The threads live as long as the session.
            let _ = journal.send(Job::Append(self.number, what));
        }
        self.task(Task::Applied(self.number, applied.clone()));
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

    /// What happened on disk since the last call; waits only where an article's text was changed by another program.
    pub fn poll(&mut self) -> Vec<Event> {
        self.take_notices();
        let failure = self.signals.failure();
        if failure != self.told_failure {
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
            match notice {
                Notice::Outside { file, swaps, problems } => self.take_outside(file, &swaps, problems),
                Notice::Text(article) => self.take_text(&article),
                Notice::Failed(why) => {
                    if self.files_failure.as_ref() != Some(&why) {
                        self.events.push_back(Event::Failed(why.clone()));
                    }
                    self.files_failure = Some(why);
                }
                Notice::Mended => self.files_failure = None,
                Notice::Problem(problem) => {
                    self.add_problem(problem.clone());
                    self.events.push_back(Event::Problem(problem));
                }
            }
        }
    }

    /// Takes into the corpus what others have made of a file, wherever it is still as they found it.
    fn take_outside(&mut self, file: FileKey, swaps: &[Swap], problems: Vec<Problem>) {
        let mut transaction = Transaction::new("changed by another program", &self.annotator);
        let fits = |swap: &&Swap| self.read_only() || self.current(&file, swap) == swap.before;
        let current = swaps.iter().filter(fits);
        let edits = current.filter_map(|swap| {
            // In a session that only reads there is nothing to protect.
            Swap { before: self.current(&file, swap), after: swap.after.clone() }.edit(&file)
        });
        transaction.edits = edits.collect();
        let path = file.path();
        self.problems.retain(|problem| problem.file.as_deref() != Some(&path) || problem.code == "conflict");
        self.problems.extend(problems);
        let count = transaction.edits.len();
        let applied = match transaction.apply(&mut self.corpus) {
            Ok(()) => vec![Arc::new(transaction)],
            // Each edit was just held against what is there.
            Err(mismatch) => {
                self.events.push_back(Event::Failed(mismatch.to_string()));
                Vec::new()
            }
        };
        let mut articles: Vec<ArticleId> = match &file {
            FileKey::Set((article, _)) => vec![article.clone()],
            FileKey::Referents(_) => Vec::new(),
            FileKey::Articles => swaps
                .iter()
                .filter_map(|swap| match swap.key() {
                    file::RecordKey::Article(id) => Some(id),
                    _ => None,
                })
                .collect(),
        };
        articles.dedup();
        let message = match count {
            1 => format!("{path} was changed by another program: 1 record was taken in"),
            count => format!("{path} was changed by another program: {count} records were taken in"),
        };
        self.events.push_back(Event::External { articles, applied, message });
        self.task(Task::Adopted(file));
    }

    /// What the corpus has where a swap would put something.
    pub(super) fn current(&self, file: &FileKey, swap: &Swap) -> Option<file::Record> {
        match (file, swap.key()) {
            (FileKey::Set((article, annotator)), file::RecordKey::Id(id)) => {
                self.corpus.annotation(article, annotator, id).cloned().map(file::Record::Annotation)
            }
            (FileKey::Set((article, annotator)), _) => {
                let progress = self.corpus.set(article, annotator)?.progress();
                (progress != crate::model::Progress::New).then_some(file::Record::Progress(progress))
            }
            (FileKey::Referents(annotator), file::RecordKey::Id(id)) => {
                self.corpus.referents(annotator)?.get(&id).cloned().map(file::Record::Referent)
            }
            (FileKey::Articles, file::RecordKey::Article(id)) => {
                self.corpus.article(&id).cloned().map(file::Record::Article)
            }
            _ => None,
        }
    }

    /// Reads an article anew whose text was changed by another program.
    fn take_text(&mut self, article: &ArticleId) {
        if self.corpus.text(article).is_none() {
            return;
        }
        let annotators: Vec<Name> = self
            .corpus
            .sets()
            .filter(|((of, _), _)| of == article)
            .map(|((_, annotator), _)| annotator.clone())
            .collect();
        // What is still to be written has its places in the text as it was.
        let reread = self.unload(article).and_then(|()| {
            if !self.read_only() {
                self.forget_all();
            }
            self.load(article, &annotators)
        });
        let message = match reread {
            Ok(()) => format!("the text of article {article} was changed by another program and has been read again"),
            Err(error) => format!("the text of article {article} was changed by another program: {error}"),
        };
        self.events.push_back(Event::External { articles: vec![article.clone()], applied: Vec::new(), message });
    }

    /// Has `wake` called, on another thread, whenever [`Session::poll`] has something new.
    pub fn on_event(&mut self, wake: Box<dyn Fn() + Send + Sync>) {
        *self.signals.wake.lock().unwrap_or_else(PoisonError::into_inner) = Some(wake);
    }

    /// How safe the work is.
    #[must_use]
    pub fn save_state(&self) -> SaveState {
        let synced = self.signals.synced.load(Ordering::Acquire);
        match self.signals.failure().or_else(|| self.files_failure.clone()) {
            _ if self.read_only() => SaveState::ReadOnly,
            Some(why) => SaveState::Failed(why),
            None if synced < self.number => SaveState::Saving { pending: self.number - synced },
            None => SaveState::Saved,
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
                    return journal.map_err(StoreError::NotSaved);
                }
                Flushed::Offered => self.take_notices(),
                Flushed::Failed(why) => {
                    self.files_failure = Some(why.clone());
                    return Err(StoreError::NotSaved(why));
                }
            }
        }
        Err(StoreError::NotSaved("another program changes the files all the time".into()))
    }

    /// Flushes, and lets the project go.
    ///
    /// # Errors
    /// If writing fails; the journal holds what it was able to take.
    pub fn close(mut self) -> Result<(), StoreError> {
        if self.read_only() { Ok(()) } else { self.flush() }
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

fn nothing() -> Arc<Transaction> {
    Arc::new(Transaction::new("", &Name::new("")))
}

fn touches(transaction: &Transaction, article: &ArticleId) -> bool {
    transaction.edits.iter().any(|edit| edit.set().is_some_and(|(of, _)| of == article))
}

pub(super) fn referents(content: &Content) -> Referents {
    let referent = |record: &file::Record| match record {
        file::Record::Referent(referent) => Some((referent.id, referent.clone())),
        _ => None,
    };
    content.records.iter().filter_map(referent).collect()
}

fn unwritable(why: &std::io::Error) -> Problem {
    Problem::warning("read-only", format!("the project folder cannot be written ({why}): it is open for reading only"))
}

/// The problem that a file could not be read.
pub(super) fn problem_of(error: &OpenError) -> Problem {
    match error {
        OpenError::Malformed { file, line, column, why } => {
            let message = format!("the file cannot be read, column {column}: {why}; it is left as it is");
            Problem::error("malformed", message).at(file, u32::try_from(*line).ok())
        }
        OpenError::Newer { file, .. } => Problem::error("newer", error.to_string()).at(file, None),
        OpenError::Io { file, why } => Problem::error("unreadable", why.to_string()).at(file, None),
        OpenError::NotAProject { .. } | OpenError::AlreadyThere { .. } | OpenError::Locked { .. } => {
            Problem::error("unreadable", error.to_string())
        }
    }
}

fn read_journal(own: &Path, problems: &mut Vec<Problem>, write: bool) -> Result<Recovered, OpenError> {
    let path = own.join("journal");
    let io = |why| OpenError::Io { file: path.display().to_string(), why };
    let Some((content, _)) = file::bytes(&path, journal::MAX_BYTES).map_err(io)? else {
        return Ok(Recovered::default());
    };
    let recovered = journal::recover(&content);
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
