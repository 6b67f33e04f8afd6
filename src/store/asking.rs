//! Requests to a session that nobody waits for: everything written, and changes that need files first. The answer is an
//! [`Event`]; nothing here touches the disk on the caller's thread.

use std::collections::VecDeque;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, TryRecvError, channel};
use std::time::Duration;

use super::StoreError;
use super::appender::Job;
use super::errand::{Errand, Fetched, Reason, Step, Wanted};
use super::events::Event;
use super::file_sync::{Flushed, Notice, Task};
use super::layout::FileKey;
use super::session::{Session, problem_of};
use crate::edit::Transaction;
use crate::model::{Article, ArticleId, Corpus, Name, Record, RecordFile, Schema};

/// The time for which a thread that may wait waits for an errand.
const PATIENCE: Duration = Duration::from_secs(60);

/// The outcome of a change that was asked for.
#[derive(Debug, Clone)]
pub enum Asked {
    /// It is done: this was applied. None where there was nothing to do.
    Done(Option<Arc<Transaction>>),
    /// Files are needed first: [`Event::Changed`] or [`Event::Refused`] comes later.
    Later,
}

/// The way in which a change came about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// It is a new one.
    Commit,
    /// The last one was taken back.
    Undo,
    /// The one undone last was done again.
    Redo,
}

/// Work under way on other threads.
#[derive(Default)]
pub(super) struct Underway {
    writing: Option<Writing>,
    /// True where everything is to be written once more after that.
    again: bool,
    /// True where somebody waits to be told.
    told: bool,
    errands: VecDeque<Errand>,
    /// The errand whose files are being read and written, and the transaction that it undoes or does again.
    away: Option<(Errand, Option<Arc<Transaction>>)>,
    /// The number of the last edit when every file held everything.
    clean: Option<u64>,
    /// The schema that the file has been given for a change that comes.
    pub(super) schema: Option<Arc<Schema>>,
}

impl Underway {
    /// True where such an errand is away or waits.
    fn has(&self, wanted: impl Fn(&Errand) -> bool) -> bool {
        self.away.iter().map(|(errand, _)| errand).chain(&self.errands).any(wanted)
    }
}

/// Everything is being written.
struct Writing {
    journal: Receiver<Result<(), String>>,
    journal_done: Option<Result<(), String>>,
    files: Receiver<Flushed>,
    /// The number of times that it may yet be begun anew because others change files meanwhile.
    left: u32,
    number: u64,
}

impl Session {
    /// Asks for everything to be written to the journal and the RON files; what failed is tried again.
    /// [`Event::Written`] or [`Event::NotWritten`] comes later.
    pub fn ask_write(&mut self) {
        self.underway.told = true;
        self.begin_writing();
    }

    /// Asks for everything to be written before the project is let go, as [`Session::ask_write`] does. Files that held
    /// work and are gone are written again where nobody has said that their records go, too.
    pub fn ask_close(&mut self) {
        self.restore_vanished();
        self.ask_write();
    }

    /// Has the files that held work and are gone written again.
    pub(super) fn restore_vanished(&self) {
        self.vanished.keys().for_each(|file| self.task(Task::Restore(file.clone())));
    }

    /// True while something that was asked for is under way.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.underway.writing.is_some() || self.underway.away.is_some() || !self.underway.errands.is_empty()
    }

    /// Applies a transaction, now where everything that it needs is loaded.
    ///
    /// # Errors
    /// As [`Session::commit`].
    pub fn ask_commit(&mut self, transaction: Transaction) -> Result<Asked, StoreError> {
        if self.wanted(&transaction).is_empty() {
            return self.commit(transaction).map(|applied| Asked::Done(Some(applied)));
        }
        Ok(self.ask_step(Step::Commit(transaction)))
    }

    /// Takes back what was done last, now where everything that it needs is loaded.
    ///
    /// # Errors
    /// As [`Session::undo`].
    pub fn ask_undo(&mut self) -> Result<Asked, StoreError> {
        let inverse = self.history.to_undo().map(|done| done.inverse());
        match inverse {
            Some(inverse) if self.steps_wait() || !self.wanted(&inverse).is_empty() => Ok(self.ask_step(Step::Undo)),
            _ => self.undo().map(Asked::Done),
        }
    }

    /// Does again what was undone last, now where everything that it needs is loaded.
    ///
    /// # Errors
    /// As [`Session::redo`].
    pub fn ask_redo(&mut self) -> Result<Asked, StoreError> {
        let again = self.history.to_redo().cloned();
        match again {
            Some(again) if self.steps_wait() || !self.wanted(&again).is_empty() => Ok(self.ask_step(Step::Redo)),
            _ => self.redo().map(Asked::Done),
        }
    }

    /// True where a change waits for files: the next one comes after it.
    fn steps_wait(&self) -> bool {
        let is_step = |errand: &Errand| matches!(errand, Errand::Change(_));
        self.underway.has(is_step)
    }

    fn ask_step(&mut self, step: Step) -> Asked {
        self.underway.errands.push_back(Errand::Change(step));
        self.next_errand();
        Asked::Later
    }

    /// Asks for an article to be read anew whose text is another by now.
    pub(super) fn ask_article(&mut self, article: &ArticleId) {
        let there = |errand: &Errand| matches!(errand, Errand::Article(other) if other == article);
        if !self.underway.has(there) && self.corpus.text(article).is_some() {
            self.underway.errands.push_back(Errand::Article(article.clone()));
        }
    }

    /// Asks for a file of records to be read.
    pub(super) fn ask_file(&mut self, key: FileKey, why: Reason) {
        let there = |errand: &Errand| matches!(errand, Errand::File(other, _) if *other == key);
        if !self.underway.has(there) {
            self.underway.errands.push_back(Errand::File(key, why));
        }
    }

    /// The things that a transaction needs of the disk before it can be applied.
    fn wanted(&self, transaction: &Transaction) -> Wanted {
        let mut wanted = Wanted::default();
        // Articles that come with this transaction: their texts are on disk.
        let mut coming: Vec<&Arc<Article>> = Vec::new();
        for edit in &transaction.edits {
            if let (None, Some(Record::Article(article))) = (&edit.before, &edit.after) {
                coming.push(article);
            }
            match &edit.at {
                RecordFile::Set((article, annotator)) => {
                    let there = self.corpus.set(article, annotator).is_some() && self.corpus.text(article).is_some();
                    let new = || coming.iter().rev().copied().find(|other| other.id == *article);
                    let Some(article) = self.corpus.article(article).or_else(new).filter(|_| !there) else { continue };
                    match wanted.articles.iter_mut().find(|(other, _)| other.id == article.id) {
                        Some((_, whose)) if whose.contains(annotator) => {}
                        Some((_, whose)) => whose.push(annotator.clone()),
                        None => wanted.articles.push((article.clone(), vec![annotator.clone()])),
                    }
                }
                RecordFile::Referents(name) if self.corpus.referents(name).is_none() => {
                    wanted.need(FileKey::Referents(name.clone()));
                }
                RecordFile::Comments(name) if self.corpus.comments(name).is_none() => {
                    wanted.need(FileKey::Comments(name.clone()));
                }
                RecordFile::Referents(_) | RecordFile::Comments(_) | RecordFile::Articles | RecordFile::Schema => {}
            }
        }
        wanted.schema = self.other_schema(transaction);
        wanted
    }

    /// The schema as it is and as a transaction makes it, where that is another one.
    fn other_schema(&self, transaction: &Transaction) -> Option<(Arc<Schema>, Arc<Schema>)> {
        let labels = transaction.edits.iter().filter(|edit| edit.at == RecordFile::Schema);
        let labels: Vec<_> = labels.cloned().collect();
        if labels.is_empty() {
            return None;
        }
        let mut only = Corpus::new(self.corpus.project.clone(), self.corpus.schema.clone());
        let mut changes = Transaction::new("", &self.annotator);
        changes.edits = labels;
        // An edit that does not fit is refused when it is applied.
        changes.apply(&mut only).ok()?;
        (*only.schema != *self.corpus.schema).then(|| (self.corpus.schema.clone(), only.schema.clone()))
    }

    fn begin_writing(&mut self) {
        if self.underway.writing.is_some() {
            self.underway.again = true;
            return;
        }
        self.underway.again = false;
        let (Some(journal), Some(tasks)) = (self.journal.clone(), self.tasks.clone()) else {
            self.written(Err((StoreError::ReadOnly.to_string(), false)));
            return;
        };
        let (answer, journal_answer) = channel();
        let (files_answer, files) = channel();
        // The threads live as long as the session; where one has ended, its answer never comes, which is told.
        let _ = journal.send(Job::Flush(answer));
        let _ = tasks.send(Task::Flush(files_answer));
        let (journal, number) = (journal_answer, self.number);
        self.underway.writing = Some(Writing { journal, journal_done: None, files, left: 100, number });
    }

    /// Follows what is under way, without waiting.
    pub(super) fn follow_underway(&mut self) {
        if let Some(writing) = self.underway.writing.take() {
            self.follow_writing(writing);
        }
        self.next_errand();
    }

    fn follow_writing(&mut self, mut writing: Writing) {
        const GONE: &str = "a thread of the program has ended";
        if writing.journal_done.is_none() {
            writing.journal_done = match writing.journal.try_recv() {
                Ok(done) => Some(done),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => Some(Err(GONE.to_owned())),
            };
        }
        let Some(journal) = writing.journal_done.clone() else {
            self.underway.writing = Some(writing);
            return;
        };
        match writing.files.try_recv() {
            Err(TryRecvError::Empty) => self.underway.writing = Some(writing),
            Err(TryRecvError::Disconnected) => self.written(Err((GONE.to_owned(), false))),
            Ok(Flushed::Clean) => {
                self.files_failure = None;
                self.files_wait = None;
                self.numbering = None;
                self.underway.clean = Some(writing.number);
                self.written(journal.map_err(|why| (why, false)));
            }
            Ok(Flushed::Offered) if writing.left > 0 => {
                // The changes of others are in the corpus by now, or come with the next notices.
                let (answer, files) = channel();
                self.task(Task::Flush(answer));
                self.underway.writing = Some(Writing { files, left: writing.left - 1, ..writing });
            }
            Ok(Flushed::Offered) => {
                self.written(Err(("another program changes the files all the time".to_owned(), false)));
            }
            Ok(Flushed::Held(why)) => {
                self.files_wait = Some(why.clone());
                self.written(Err((why, true)));
            }
            Ok(Flushed::Failed(why)) => {
                self.files_failure = Some(why.clone());
                self.written(Err((why, false)));
            }
        }
    }

    /// Everything is written, or not, for a reason; and whether it only waits for another program.
    fn written(&mut self, done: Result<(), (String, bool)>) {
        if std::mem::take(&mut self.underway.again) {
            self.begin_writing();
            return;
        }
        if let Err((why, _)) = &done
            && let Some(Errand::Article(_)) = self.underway.errands.front()
            && let Some(Errand::Article(article)) = self.underway.errands.pop_front()
        {
            // Edits that are still to be written have their places in the text as it was.
            self.told_about_text(&article, Err(StoreError::NotSaved(why.clone())));
        }
        if std::mem::take(&mut self.underway.told) {
            self.events.push_back(match done {
                Ok(()) => Event::Written,
                Err((why, waits)) => Event::NotWritten { why, waits },
            });
        }
    }

    /// Begins the next errand, if none is away.
    fn next_errand(&mut self) {
        while self.underway.away.is_none() {
            let Some((errand, of, wanted)) = self.prepare_errand() else { return };
            if wanted.is_empty() {
                self.end_errand(errand, of.as_ref(), Fetched::nothing());
                continue;
            }
            self.underway.away = Some((errand, of));
            let (disk, schema) = (self.disk.clone(), self.corpus.schema.clone());
            let (notify, signals) = (self.notify.clone(), self.signals.clone());
            std::thread::spawn(move || {
                let fetched = wanted.fetch(&*disk, &schema);
                // Without a session there is nobody to tell.
                let _ = notify.send(Notice::Fetched(Box::new(fetched)));
                signals.wake();
            });
        }
    }

    /// Does every errand in this thread.
    pub(super) fn end_errands(&mut self) {
        while self.underway.away.is_some() {
            let Ok(notice) = self.notices.recv_timeout(PATIENCE) else { return };
            self.take_notice(notice);
        }
        while let Some((errand, of, wanted)) = self.prepare_errand() {
            let fetched = wanted.fetch(&*self.disk, &self.corpus.schema.clone());
            self.end_errand(errand, of.as_ref(), fetched);
        }
    }

    /// Everything is in the files, as a thread that waited for it knows.
    pub(super) fn is_clean(&mut self) {
        self.underway.clean = Some(self.number);
    }

    /// The next errand, what it is about, and what it needs; none where there is none, or it has to wait.
    fn prepare_errand(&mut self) -> Option<(Errand, Option<Arc<Transaction>>, Wanted)> {
        let errand = self.underway.errands.pop_front()?;
        let mut of = None;
        let wanted = match &errand {
            Errand::Change(Step::Commit(transaction)) => self.wanted(transaction),
            Errand::Change(Step::Undo) => {
                of = self.history.to_undo().cloned();
                of.as_ref().map(|done| self.wanted(&done.inverse())).unwrap_or_default()
            }
            Errand::Change(Step::Redo) => {
                of = self.history.to_redo().cloned();
                of.as_ref().map(|undone| self.wanted(undone)).unwrap_or_default()
            }
            Errand::File(key, _) => self.wanted_file(key),
            Errand::SchemaBack(old, new) => Wanted { schema: Some((old.clone(), new.clone())), ..Wanted::default() },
            Errand::Article(article) => {
                if !self.read_only() && self.underway.clean != Some(self.number) {
                    self.underway.errands.push_front(errand);
                    if self.underway.writing.is_none() {
                        self.begin_writing();
                    }
                    return None;
                }
                let sets = self.corpus.sets().filter(|((of, _), _)| of == article);
                let whose: Vec<Name> = sets.map(|((_, annotator), _)| annotator.clone()).collect();
                let article = self.corpus.article(article).cloned();
                Wanted {
                    articles: article.into_iter().map(|article| (article, whose.clone())).collect(),
                    ..Wanted::default()
                }
            }
        };
        Some((errand, of, wanted))
    }

    fn wanted_file(&self, key: &FileKey) -> Wanted {
        let mut wanted = Wanted::default();
        match key {
            FileKey::Set((article, annotator), _) => {
                let article = self.corpus.article(article).cloned();
                wanted.articles.extend(article.map(|article| (article, vec![annotator.clone()])));
            }
            FileKey::Referents(_) | FileKey::Comments(_) => wanted.need(key.clone()),
            FileKey::Articles => {}
        }
        wanted
    }

    /// Takes what an errand that was away has brought.
    pub(super) fn take_fetched(&mut self, fetched: Fetched) {
        if let Some((errand, of)) = self.underway.away.take() {
            self.end_errand(errand, of.as_ref(), fetched);
        }
    }

    fn end_errand(&mut self, errand: Errand, of: Option<&Arc<Transaction>>, fetched: Fetched) {
        match errand {
            Errand::Change(step) => self.end_step(step, of, fetched),
            Errand::Article(article) => self.end_article(&article, fetched),
            Errand::File(key, why) => self.end_file(&key, why, fetched),
            Errand::SchemaBack(..) => {
                if let Some(error) = fetched.failure {
                    self.events.push_back(Event::Failed(error.to_string()));
                }
            }
        }
    }

    fn end_step(&mut self, step: Step, of: Option<&Arc<Transaction>>, fetched: Fetched) {
        let Fetched { articles, files, failure, schema } = fetched;
        let unread = articles.into_iter().try_for_each(|loaded| self.take_whole(loaded));
        let unread = unread.and(files.into_iter().try_for_each(|read| Ok(self.take_records(read)?)));
        let ready = match failure {
            Some(error) => Err(error),
            None => unread,
        };
        let same = |there: Option<&Arc<Transaction>>| there.map(Arc::as_ptr) == of.map(Arc::as_ptr);
        self.underway.schema = schema.as_ref().map(|(_, new)| new.clone());
        let way = match step {
            Step::Commit(_) => Way::Commit,
            Step::Undo => Way::Undo,
            Step::Redo => Way::Redo,
        };
        let done = ready.and_then(|()| match step {
            Step::Commit(transaction) => self.commit(transaction).map(Some),
            Step::Undo if same(self.history.to_undo()) => self.undo(),
            Step::Redo if same(self.history.to_redo()) => self.redo(),
            Step::Undo | Step::Redo => Err(StoreError::Overtaken),
        });
        self.underway.schema = None;
        match done {
            Ok(applied) => self.events.extend(applied.map(|applied| Event::Changed(way, applied))),
            Err(error) => {
                if let Some((old, new)) = schema {
                    self.underway.errands.push_back(Errand::SchemaBack(new, old));
                }
                self.events.push_back(Event::Refused(Arc::new(error)));
            }
        }
    }

    fn end_article(&mut self, article: &ArticleId, mut fetched: Fetched) {
        if !self.read_only() && self.underway.clean != Some(self.number) {
            // Something was done on the text as it was: that comes into its file first.
            self.underway.errands.push_front(Errand::Article(article.clone()));
            return;
        }
        let done = match (fetched.failure.take(), fetched.articles.pop()) {
            (Some(error), _) => Err(error),
            (None, loaded) => self.drop_article(article).map(|()| loaded.into_iter().for_each(|it| self.accept(it))),
        };
        self.told_about_text(article, done);
    }

    fn told_about_text(&mut self, article: &ArticleId, done: Result<(), StoreError>) {
        let message = match done {
            Ok(()) => format!("the text of article {article} was changed by another program and has been read again"),
            Err(error) => format!("the text of article {article} was changed by another program: {error}"),
        };
        self.events.push_back(Event::External { articles: vec![article.clone()], applied: Vec::new(), message });
    }

    fn end_file(&mut self, key: &FileKey, why: Reason, fetched: Fetched) {
        let path = key.path();
        if why == Reason::Mended {
            self.broken.remove(key);
            self.problems.retain(|problem| problem.file.as_deref() != Some(&path));
        }
        let mut unread: Vec<String> = fetched.failure.iter().map(ToString::to_string).collect();
        for loaded in fetched.articles {
            unread.extend(loaded.failures());
            self.accept(loaded);
        }
        for read in fetched.files {
            if let Err(error) = self.take_records(read) {
                unread.push(error.to_string());
                self.add_problem(problem_of(&error));
            }
        }
        let articles = match key {
            FileKey::Set((article, _), _) => vec![article.clone()],
            _ => Vec::new(),
        };
        let message = match why {
            Reason::Lacking => return self.events.push_back(Event::Loaded),
            Reason::Mended => unread.into_iter().next().unwrap_or_else(|| format!("{path} can be read again")),
        };
        self.events.push_back(Event::External { articles, applied: Vec::new(), message });
    }
}
