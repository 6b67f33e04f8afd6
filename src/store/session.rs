use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::sync::mpsc::{Receiver, Sender};
use std::thread::JoinHandle;

use super::appender::{Job, JournalOp, Signals};
use super::asking::Underway;
use super::disk::Disk;
use super::errand::Reason;
use super::events::Event;
use super::file_sync::{Notice, Task};
use super::journal::Entry;
use super::layout::{self, FileKey};
use super::loader::{self, Loaded, LoadedSet, Loader, RecordsRead, Unread};
use super::lock::Lock;
use super::stem::Stem;
use super::texts::TextFile;
use super::tracked_file::TrackedFile;
use super::{OpenError, StoreError, names, project, renumber};
use crate::edit::{Edit, History, Transaction};
use crate::ingest::near;
use crate::model::{Annotation, Article, ArticleId, Corpus, Filler, Name, Problem, Record, RecordFile, SetKey};
use crate::text::{Span, Text};

/// True where a session may change the project.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Reads and writes; one session per annotator.
    Write,
    /// Reads only; any number of sessions.
    Read,
}

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
    /// Held while articles are added, until they are in the list.
    pub(super) numbering: Option<Lock>,
    /// Signatures of texts, once articles were added.
    pub(super) near: Option<(near::SignatureIndex, Vec<ArticleId>)>,
    /// The number of the last entry of the journal, and of the last one that [`Event::Saved`] was said for.
    pub(super) number: u64,
    pub(super) told: u64,
    pub(super) told_failure: Option<String>,
    /// The reason why RON files cannot be written, while they cannot.
    pub(super) files_failure: Option<String>,
    /// The reason why RON files are not written yet, while another program keeps this one from it.
    pub(super) files_wait: Option<String>,
    /// Work under way on other threads.
    pub(super) underway: Underway,
    /// To those who wait for [`Session::notices`].
    pub(super) notify: Sender<Notice>,
    pub(super) events: VecDeque<Event>,
    pub(super) signals: Arc<Signals>,
    pub(super) notices: Receiver<Notice>,
    /// To the journal; none where nothing can be changed.
    pub(super) journal: Option<Sender<Job>>,
    pub(super) tasks: Option<Sender<Task>>,
    pub(super) threads: Vec<JoinHandle<()>>,
    /// Files that could not be read, and why: nothing in them can be changed until they are mended.
    pub(super) broken: BTreeMap<FileKey, String>,
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

    /// The things that can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// The things that were found wrong in the files that are loaded.
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

    /// Everyone who has at least one set, sorted: whoever only comments or reviews has none.
    #[must_use]
    pub fn makers(&self) -> Vec<Name> {
        layout::makers(&*self.disk)
    }

    /// The number of times that the journal was synced to disk since the project was opened.
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
                let loaded = loader::read(&*self.disk, &self.corpus.schema, &known, &missing, &[])?;
                self.accept(loaded);
            }
            Some(text) => {
                for annotator in missing {
                    let read = loader::read_set(&*self.disk, &self.corpus.schema, &known, &text, &annotator);
                    let read =
                        read.map_err(|error| loader::unread(&*self.disk, &FileKey::set(&known, &annotator), error));
                    self.accept_set((article.clone(), annotator), read);
                }
            }
        }
        Ok(())
    }

    /// The loader of articles on a worker.
    #[must_use]
    pub fn loader(&self) -> Loader {
        Loader { disk: self.disk.clone(), schema: self.corpus.schema.clone() }
    }

    /// Takes what a [`Loader`] read into the corpus; what is loaded already stays as it is.
    pub fn accept(&mut self, loaded: Loaded) {
        let Loaded { article, text, sets, files } = loaded;
        for read in files {
            if let Err(error) = self.take_records(read) {
                self.add_problem(problem_of(&error));
            }
        }
        match self.corpus.text(&article) {
            None => self.accept_text(&article, text),
            // Spans of another text than the one that is shown would point anywhere.
            Some(known) if known.sha256() != text.text.sha256() => return,
            Some(_) => {}
        }
        for (annotator, set) in sets {
            let referents = FileKey::Referents(annotator.clone());
            if self.corpus.referents(&annotator).is_none() && !self.broken.contains_key(&referents) {
                self.ask_file(referents, Reason::Lacking);
            }
            self.accept_set((article.clone(), annotator), set);
        }
    }

    /// Takes what was read into the corpus, except a set that cannot be read.
    ///
    /// # Errors
    /// The reason why that set cannot be read.
    pub(super) fn take_whole(&mut self, mut loaded: Loaded) -> Result<(), StoreError> {
        let (good, bad): (Vec<_>, Vec<_>) =
            std::mem::take(&mut loaded.sets).into_iter().partition(|(_, set)| set.is_ok());
        loaded.sets = good;
        self.accept(loaded);
        match bad.into_iter().next() {
            Some((_, Err(unread))) => Err(unread.error.into()),
            _ => Ok(()),
        }
    }

    fn accept_text(&mut self, article: &ArticleId, file: TextFile) {
        if let Some(problem) = file.problem {
            self.add_problem(problem);
        }
        self.corpus.load_text(article.clone(), file.text);
        self.task(Task::WatchText(article.clone(), file.path, file.stamp));
    }

    /// The same file, and for a set where it lies.
    pub(super) fn placed(&self, file: FileKey) -> FileKey {
        match &file {
            FileKey::Set((article, annotator), _) => match self.corpus.article(article) {
                Some(article) => FileKey::set(article, annotator),
                None => file,
            },
            FileKey::Articles | FileKey::Referents(_) | FileKey::Comments(_) => file,
        }
    }

    fn accept_set(&mut self, key: SetKey, read: Result<LoadedSet, Unread>) {
        if self.corpus.set(&key.0, &key.1).is_some() {
            return;
        }
        let file = match &read {
            Ok(read) => read.file.clone(),
            Err(_) => self.placed(FileKey::Set(key.clone(), Stem::default())),
        };
        let path = file.path();
        self.problems.retain(|problem| problem.file.as_deref() != Some(&path));
        match read {
            Ok(LoadedSet { set, content, stamp, problems, .. }) => {
                self.broken.remove(&file);
                self.problems.extend(problems);
                let text = self.corpus.text(&key.0).cloned();
                self.corpus.load_set(key, set);
                self.task(Task::Watch(file, Box::new(TrackedFile::new(content, stamp, text))));
            }
            Err(unread) => {
                self.problems.push(Problem { article: Some(key.0.to_string()), ..problem_of(&unread.error) });
                let text = self.corpus.text(&key.0).cloned();
                self.broke(file, text, unread);
            }
        }
    }

    /// Notes that a file cannot be read, and has it looked at until it can.
    fn broke(&mut self, file: FileKey, text: Option<Text>, unread: Unread) -> OpenError {
        self.task(Task::Watch(file.clone(), Box::new(TrackedFile::unread(unread.stamp, text))));
        self.broken.insert(file, unread.error.to_string());
        unread.error
    }

    pub(super) fn load_referents(&mut self, annotator: &Name) -> Result<(), OpenError> {
        let there = self.corpus.referents(annotator).is_some();
        if there { Ok(()) } else { self.load_file(FileKey::Referents(annotator.clone())) }
    }

    pub(super) fn load_comments(&mut self, who: &Name) -> Result<(), OpenError> {
        let there = self.corpus.comments(who).is_some();
        if there { Ok(()) } else { self.load_file(FileKey::Comments(who.clone())) }
    }

    /// Reads a file that belongs to no one article; one that cannot be read is looked at until it can.
    fn load_file(&mut self, key: FileKey) -> Result<(), OpenError> {
        let read = loader::read_records(&*self.disk, &self.corpus.schema, key);
        self.take_records(read)
    }

    /// Takes a file that belongs to no one article, unless it is loaded.
    pub(super) fn take_records(&mut self, RecordsRead { key, read }: RecordsRead) -> Result<(), OpenError> {
        let loaded = match &key {
            FileKey::Referents(annotator) => self.corpus.referents(annotator).is_some(),
            FileKey::Comments(who) => self.corpus.comments(who).is_some(),
            FileKey::Articles | FileKey::Set(..) => true,
        };
        if loaded {
            return Ok(());
        }
        match read {
            Ok((content, stamp, problems)) => {
                self.problems.extend(problems);
                self.broken.remove(&key);
                let records = renumber::found_again(&self.corpus, content.records.clone());
                self.corpus.load_records(&key.records(), records);
                self.task(Task::Watch(key, Box::new(TrackedFile::new(content, stamp, None))));
                Ok(())
            }
            Err(unread) => Err(self.broke(key, None, unread)),
        }
    }

    /// Lets go of an article's text and sets, once everything in them is in their files.
    ///
    /// # Errors
    /// If the files cannot be written; then nothing is let go.
    pub fn unload(&mut self, article: &ArticleId) -> Result<(), StoreError> {
        if !self.read_only() {
            self.flush()?;
        }
        self.drop_article(article)
    }

    /// Lets go of an article whose text and sets are in their files.
    ///
    /// # Errors
    /// If one of them is gone.
    pub(super) fn drop_article(&mut self, article: &ArticleId) -> Result<(), StoreError> {
        let of = |file: &&FileKey| matches!(file, FileKey::Set((of, _), _) if of == article);
        if let Some(gone) = self.vanished.keys().find(of) {
            return Err(StoreError::NotSaved(format!(
                "{} held work and is gone: say first what that means",
                gone.path()
            )));
        }
        self.task(Task::Unwatch(article.clone()));
        self.corpus.unload(article);
        Ok(())
    }

    /// Applies a transaction and hands it to the journal; an empty one does nothing. Sets that it needs are loaded.
    ///
    /// # Errors
    /// If it does not fit what is there, or the project is open for reading only; nothing is changed then.
    pub fn commit(&mut self, mut transaction: Transaction) -> Result<Arc<Transaction>, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        if transaction.is_empty() {
            return Ok(Arc::new(transaction));
        }
        transaction.texts.clear();
        self.apply(&transaction)?;
        Ok(self.commit_applied(transaction))
    }

    /// Notes a transaction that the corpus has already as one that can be undone, with the texts that it was made on.
    pub(super) fn commit_applied(&mut self, mut transaction: Transaction) -> Arc<Transaction> {
        let articles = transaction.edits.iter().filter_map(Edit::set).map(|(article, _)| article);
        let articles: BTreeSet<&ArticleId> = articles.collect();
        let texts = articles.into_iter().filter_map(|id| Some((id.clone(), self.corpus.text(id)?.clone())));
        let texts: HashMap<ArticleId, Text> = texts.collect();
        transaction.texts = texts.iter().map(|(article, text)| (article.clone(), text.sha256())).collect();
        transaction.texts.sort();
        let transaction = Arc::new(transaction);
        self.history.push(transaction.clone());
        self.note(JournalOp::Do(transaction.clone(), texts), &transaction);
        transaction
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
                self.note(JournalOp::Said(Entry::Undo), &inverse);
                Ok(Some(inverse))
            }
            Err(error) => {
                if error.fits_no_more() {
                    self.history.forget_done();
                    self.note(JournalOp::Said(Entry::Forget), &nothing());
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
                self.note(JournalOp::Said(Entry::Redo), &again);
                Ok(Some(again))
            }
            Err(error) => {
                if error.fits_no_more() {
                    self.history.forget_undone();
                    self.note(JournalOp::Said(Entry::ForgetUndone), &nothing());
                }
                Err(error)
            }
        }
    }

    /// Lets go of everything that could be undone or redone.
    pub(super) fn forget_all(&mut self) {
        self.history = History::default();
        self.note(JournalOp::Said(Entry::ForgetAll), &nothing());
    }

    /// Applies a transaction to the corpus, with everything that it needs loaded and looked at first.
    pub(super) fn apply(&mut self, transaction: &Transaction) -> Result<(), StoreError> {
        let mut last: Option<&SetKey> = None;
        // Articles that come with this transaction: their texts are on disk, and nothing else knows of them yet.
        let mut coming: HashMap<ArticleId, Arc<Article>> = HashMap::new();
        for edit in &transaction.edits {
            if let Some(key) = edit.set().filter(|key| last != Some(*key)) {
                if let Some(article) = coming.get(&key.0).filter(|_| self.corpus.text(&key.0).is_none()) {
                    let loaded = loader::read(&*self.disk, &self.corpus.schema, article, &[], &[])?;
                    self.accept(loaded);
                }
                self.need(key, coming.get(&key.0))?;
                let made_for = transaction.texts.iter().find(|(article, _)| *article == key.0);
                let is_now = |sha256: &String| self.corpus.text(&key.0).is_some_and(|text| text.sha256() == *sha256);
                if made_for.is_some_and(|(_, sha256)| !is_now(sha256)) {
                    return Err(StoreError::TextChanged { article: key.0.to_string() });
                }
                last = Some(key);
            }
            match (&edit.before, &edit.after) {
                (_, Some(Record::Annotation(after))) => self.stands(edit.set(), after)?,
                (None, Some(Record::Article(article))) => {
                    coming.insert(article.id.clone(), article.clone());
                }
                _ if edit.set().is_none() => self.need_file(&edit.at, None)?,
                _ => {}
            }
        }
        let schema = self.corpus.schema.clone();
        transaction.apply(&mut self.corpus)?;
        if !Arc::ptr_eq(&schema, &self.corpus.schema) {
            let written = self.underway.schema.as_ref().is_some_and(|written| *written == self.corpus.schema);
            let done = if written { Ok(()) } else { project::change_schema(&*self.disk, &schema, &self.corpus.schema) };
            if let Err(error) = done {
                transaction.inverse().apply(&mut self.corpus).expect("what was just applied can be taken back");
                return Err(error);
            }
            self.task(Task::Schema(self.corpus.schema.clone()));
        }
        Ok(())
    }

    /// Makes sure that an annotation stands on the text of its article.
    fn stands(&self, set: Option<&SetKey>, annotation: &Annotation) -> Result<(), StoreError> {
        let article = set.map_or_else(String::new, |(article, _)| article.to_string());
        let text = set.and_then(|(article, _)| self.corpus.text(article));
        let fits =
            |span: &Span| text.is_some_and(|text| span.start < span.end && text.as_str().get(span.range()).is_some());
        let words = annotation.roles.iter().filter_map(|role| match &role.filler {
            Filler::Span(at) => Some(at),
            Filler::Annotation(_) | Filler::Value(_) => None,
        });
        if annotation.at.iter().chain(words.flatten()).all(fits) {
            return Ok(());
        }
        Err(StoreError::Misplaced { annotation: annotation.id.to_string(), article })
    }

    /// Makes sure that a file of records is loaded.
    pub(super) fn need_file(&mut self, file: &RecordFile, coming: Option<&Arc<Article>>) -> Result<(), StoreError> {
        match file {
            RecordFile::Set(key) => self.need(key, coming),
            RecordFile::Referents(annotator) => Ok(self.load_referents(annotator)?),
            RecordFile::Comments(who) => Ok(self.load_comments(who)?),
            RecordFile::Articles | RecordFile::Schema => Ok(()),
        }
    }

    /// Makes sure that a set is loaded; one whose file cannot be read cannot be changed. Its article is in the project, or
    /// `coming`.
    pub(super) fn need(&mut self, key: &SetKey, coming: Option<&Arc<Article>>) -> Result<(), StoreError> {
        if self.corpus.set(&key.0, &key.1).is_some() && self.corpus.text(&key.0).is_some() {
            return Ok(());
        }
        if self.corpus.text(&key.0).is_none() {
            self.load(&key.0, &[])?;
        }
        let text = self.corpus.text(&key.0).expect("it was just loaded").clone();
        if self.corpus.set(&key.0, &key.1).is_none() {
            names::admit(&*self.disk, &key.1)?;
            let missing = || StoreError::NoArticle(key.0.to_string());
            let article = self.corpus.article(&key.0).or(coming).ok_or_else(missing)?;
            let read = loader::read_set(&*self.disk, &self.corpus.schema, article, &text, &key.1)?;
            self.accept_set(key.clone(), Ok(read));
        }
        Ok(())
    }

    /// Tells the journal and the file sync what was done.
    fn note(&mut self, what: JournalOp, applied: &Arc<Transaction>) {
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

/// The problem that a file could not be read.
pub(super) fn problem_of(error: &OpenError) -> Problem {
    match error {
        OpenError::Malformed { file, line, column, why } => {
            let message = format!("the file cannot be read, column {column}: {why}; it is left as it is");
            Problem::error("malformed", message).at(file, u32::try_from(*line).ok())
        }
        OpenError::Newer { file, .. } => Problem::error("newer", error.to_string()).at(file, None),
        OpenError::Io { file, why } => Problem::error("unreadable", crate::say::io(why)).at(file, None),
        OpenError::NotAProject { .. }
        | OpenError::AlreadyThere { .. }
        | OpenError::Locked { .. }
        | OpenError::Annotator(_) => Problem::error("unreadable", error.to_string()),
    }
}
