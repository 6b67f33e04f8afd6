//! Requests to a session that nobody waits for: everything written, and changes that need files first. The answer is an
//! [`Event`]; nothing here touches the disk on the caller's thread.

use crate::lang::{InWords, Message};
use std::sync::Arc;
use std::sync::mpsc::{TryRecvError, channel};

use super::StoreError;
use super::errand::{Errand, Fetched, HistoryStep, Reason, Step, Travel, Wanted};
use super::event::{Asked, Event, Way};
use super::layout::FileKey;
use super::messages::{Flushed, Job, Notice, Task};
use super::session::Session;
use super::underway::{SchemaWriter, TRIES, Writing, keep_changing, thread_ended};
use crate::edit::Transaction;
use crate::message;
use crate::model::{Article, ArticleId, Corpus, Name, Record, RecordFile, Schema};

/// The number of edits beyond which a change is made ready on a thread: to apply it would make a frame wait.
const LARGE: usize = 2_000;

fn is_large(transaction: &Transaction) -> bool {
    transaction.edits.len() > LARGE
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
        if !is_large(&transaction) && self.wanted(&transaction).is_empty() {
            return self.commit(transaction).map(|applied| Asked::Done(Some(applied)));
        }
        Ok(self.ask_step(Step::Commit(transaction)))
    }

    /// Takes back what was done last, now where everything that it needs is loaded.
    ///
    /// # Errors
    /// As [`Session::undo`].
    pub fn ask_undo(&mut self) -> Result<Asked, StoreError> {
        self.ask_history(Travel::Undo)
    }

    /// Does again what was undone last, now where everything that it needs is loaded.
    ///
    /// # Errors
    /// As [`Session::redo`].
    pub fn ask_redo(&mut self) -> Result<Asked, StoreError> {
        self.ask_history(Travel::Redo)
    }

    fn ask_history(&mut self, travel: Travel) -> Result<Asked, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        let Some(of) = self.to_step(travel) else { return Ok(Asked::Done(None)) };
        // To turn round a large one takes a while, too.
        if self.steps_wait() || is_large(of) {
            return Ok(self.ask_step(Step::History(travel)));
        }
        match self.next_step(travel) {
            None => Ok(Asked::Done(None)),
            Some(step) if !self.wanted(&step.applied).is_empty() => Ok(self.ask_step(Step::History(travel))),
            Some(step) => self.take_step(step).map(Some).map(Asked::Done),
        }
    }

    /// True where a change waits for files: the next one comes after it.
    fn steps_wait(&self) -> bool {
        let is_step = |errand: &Errand| matches!(errand, Errand::Change(_) | Errand::Large);
        self.underway.has(is_step)
    }

    fn ask_step(&mut self, step: Step) -> Asked {
        self.underway.errands.push_back(Errand::Change(step));
        self.next_errand();
        Asked::Later
    }

    /// The files that a transaction needs of the disk before it can be applied.
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
                file if self.is_loaded(file) => {}
                RecordFile::Referents(name) => wanted.need(FileKey::Referents(name.clone())),
                RecordFile::Comments(name) => wanted.need(FileKey::Comments(name.clone())),
                RecordFile::Runs(name) => wanted.need(FileKey::Runs(name.clone())),
                RecordFile::Articles | RecordFile::Schema => {}
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

    pub(super) fn begin_writing(&mut self) {
        if self.underway.writing.is_some() {
            self.underway.again = true;
            return;
        }
        self.underway.again = false;
        let (Some(journal), Some(tasks)) = (self.journal.clone(), self.tasks.clone()) else {
            self.written(Err((StoreError::ReadOnly.in_words(), false)));
            return;
        };
        let (answer, journal_answer) = channel();
        let (files_answer, files) = channel();
        // The threads live as long as the session; where one has ended, its answer never comes, which is told.
        let _ = journal.send(Job::Flush(answer));
        let _ = tasks.send(Task::Flush(files_answer));
        let (journal, number) = (journal_answer, self.number);
        self.underway.writing = Some(Writing { journal, journal_done: None, files, left: TRIES, number });
    }

    /// Follows what is under way, without waiting.
    pub(super) fn follow_underway(&mut self) {
        if let Some(writing) = self.underway.writing.take() {
            self.follow_writing(writing);
        }
        self.next_errand();
    }

    fn follow_writing(&mut self, mut writing: Writing) {
        if writing.journal_done.is_none() {
            writing.journal_done = match writing.journal.try_recv() {
                Ok(done) => Some(done),
                Err(TryRecvError::Empty) => None,
                Err(TryRecvError::Disconnected) => Some(Err(thread_ended())),
            };
        }
        let Some(journal) = writing.journal_done.clone() else {
            self.underway.writing = Some(writing);
            return;
        };
        match writing.files.try_recv() {
            Err(TryRecvError::Empty) => self.underway.writing = Some(writing),
            Err(TryRecvError::Disconnected) => self.written(Err((thread_ended(), false))),
            Ok(Flushed::Offered) if writing.left > 0 => {
                // The changes of others are in the corpus by now, or come with the next notices.
                let (answer, files) = channel();
                self.task(Task::Flush(answer));
                self.underway.writing = Some(Writing { files, left: writing.left - 1, ..writing });
            }
            Ok(flushed) => {
                let files = self.take_flushed(flushed, writing.number);
                self.written(files.and(journal.map_err(|why| (why, false))));
            }
        }
    }

    /// Takes what came of writing the files, where `number` was that of the last edit then: done, or why not, and whether
    /// only another program keeps this one from it.
    ///
    /// # Errors
    /// If not everything was written.
    pub(super) fn take_flushed(&mut self, flushed: Flushed, number: u64) -> Result<(), (Message, bool)> {
        match flushed {
            Flushed::Clean => {
                self.files_failure = None;
                self.files_wait = None;
                // A list that was written before the last articles came lacks them.
                self.numbering.take_if(|(added, _)| *added <= number);
                self.underway.clean = Some(number);
                Ok(())
            }
            Flushed::Offered => Err((keep_changing(), false)),
            Flushed::Held(why) => {
                self.files_wait = Some(why.clone());
                Err((why, true))
            }
            Flushed::Failed(why) => {
                self.files_failure = Some(why.clone());
                Err((why, false))
            }
        }
    }

    /// Everything is written, or not, for a reason; and whether it only waits for another program.
    fn written(&mut self, done: Result<(), (Message, bool)>) {
        if std::mem::take(&mut self.underway.again) {
            self.begin_writing();
            return;
        }
        if let Err((why, _)) = &done
            && let Some(Errand::Article(_)) = self.underway.errands.front()
            && let Some(Errand::Article(article)) = self.underway.errands.pop_front()
        {
            // Edits that are still to be written have their places in the text as it was.
            self.tell_about_text(&article, Err(StoreError::NotSaved(why.clone())));
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
            if let Some(Errand::Change(step)) = self.underway.errands.front()
                && self.is_large_step(step)
                && let Some(Errand::Change(step)) = self.underway.errands.pop_front()
            {
                self.begin_large(step);
                return;
            }
            let Some((errand, of, wanted)) = self.prepare_errand() else { return };
            if wanted.is_empty() {
                self.end_errand(errand, of, Fetched::nothing());
                continue;
            }
            self.underway.away = Some((errand, of));
            if wanted.schema.is_some() {
                self.underway.schema_by = Some(SchemaWriter::Errand);
            }
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

    fn is_large_step(&self, step: &Step) -> bool {
        match step {
            Step::Commit(transaction) => is_large(transaction),
            Step::History(travel) => self.to_step(*travel).is_some_and(|of| is_large(of)),
        }
    }

    /// Has a large change made ready on a thread.
    fn begin_large(&mut self, step: Step) {
        self.underway.away = Some((Errand::Large, None));
        let link = self.link();
        let (transaction, way) = match step {
            Step::Commit(transaction) => (Arc::new(Transaction { texts: Vec::new(), ..transaction }), None),
            Step::History(travel) => match self.to_step(travel).cloned() {
                Some(of) => (of, Some(travel)),
                None => return self.end_large(None, Ok(())),
            },
        };
        std::thread::spawn(move || {
            let step = way.map(|travel| HistoryStep::new(travel, transaction.clone()));
            let applied = step.as_ref().map_or_else(|| transaction.clone(), |step| step.applied.clone());
            let done = link.change(None, |project| {
                if let Some((travel, of)) = way.map(|travel| (travel, transaction.clone()))
                    && !link.with(move |session| session.is_next(travel, &of))?
                {
                    return Err(StoreError::Overtaken);
                }
                project.prepare(applied.clone(), step.clone()).map(Some)
            });
            link.tell(move |session| session.end_large(way.map(|travel| (travel, transaction)), done));
        });
    }

    /// Takes what came of a large change, which is in place where it fitted; with the step in the history that it was.
    fn end_large(&mut self, step: Option<(Travel, Arc<Transaction>)>, done: Result<(), StoreError>) {
        self.underway.away = None;
        if let Err(error) = done {
            // Something else may have been done meanwhile.
            if let Some((travel, _)) = step.filter(|(travel, of)| error.fits_no_more() && self.is_next(*travel, of)) {
                self.forget_step(travel);
            }
            self.events.push_back(Event::Refused(Arc::new(error)));
        }
    }

    /// The next errand, what it is about, and what it needs; none where there is none, or it has to wait.
    pub(super) fn prepare_errand(&mut self) -> Option<(Errand, Option<HistoryStep>, Wanted)> {
        let errand = self.underway.errands.pop_front()?;
        let mut of = None;
        let wanted = match &errand {
            Errand::Change(Step::Commit(transaction)) => self.wanted(transaction),
            Errand::Change(Step::History(travel)) => {
                of = self.next_step(*travel);
                of.as_ref().map(|step| self.wanted(&step.applied)).unwrap_or_default()
            }
            Errand::File(key, _) => self.wanted_file(key),
            Errand::Large => Wanted::default(),
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
        if wanted.schema.is_some() && self.underway.schema_by.is_some() {
            // The schema is another one by then, or as it was.
            self.underway.errands.push_front(errand);
            return None;
        }
        Some((errand, of, wanted))
    }

    fn wanted_file(&self, key: &FileKey) -> Wanted {
        let mut wanted = Wanted::default();
        match key {
            FileKey::Set((article, annotator), _) => {
                let article = self.corpus.article(article).cloned();
                wanted.articles.extend(article.map(|article| (article, vec![annotator.clone()])));
            }
            FileKey::Referents(_) | FileKey::Comments(_) | FileKey::Runs(_) => wanted.need(key.clone()),
            FileKey::Articles => {}
        }
        wanted
    }

    /// Takes what an errand that was away has brought.
    pub(super) fn take_fetched(&mut self, fetched: Fetched) {
        if let Some((errand, of)) = self.underway.away.take() {
            self.underway.schema_by.take_if(|by| *by == SchemaWriter::Errand);
            self.end_errand(errand, of, fetched);
        }
    }

    pub(super) fn end_errand(&mut self, errand: Errand, of: Option<HistoryStep>, fetched: Fetched) {
        match errand {
            Errand::Change(step) => self.end_step(step, of, fetched),
            Errand::Article(article) => self.end_article(&article, fetched),
            Errand::File(key, why) => self.end_file(&key, why, fetched),
            // It comes to its end by itself.
            Errand::Large => {}
            Errand::SchemaBack(..) => {
                if let Some(error) = fetched.failure {
                    self.events.push_back(Event::Failed(error.in_words()));
                }
            }
        }
    }

    fn end_step(&mut self, step: Step, of: Option<HistoryStep>, fetched: Fetched) {
        let Fetched { articles, files, failure, schema } = fetched;
        let unread = articles.into_iter().try_for_each(|loaded| self.take_whole(loaded));
        let unread = unread.and(files.into_iter().try_for_each(|read| Ok(self.take_records(read)?)));
        let ready = match failure {
            Some(error) => Err(error),
            None => unread,
        };
        self.underway.schema = schema.as_ref().map(|(_, new)| new.clone());
        let way = if let Step::History(travel) = &step { travel.way() } else { Way::Commit };
        let done = ready.and_then(|()| match (step, of) {
            (Step::Commit(transaction), _) => self.commit(transaction).map(Some),
            // There was nothing to undo or redo.
            (Step::History(_), None) => Ok(None),
            (Step::History(travel), Some(step)) if self.is_next(travel, &step.of) => self.take_step(step).map(Some),
            (Step::History(_), Some(_)) => Err(StoreError::Overtaken),
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
        self.tell_about_text(article, done);
    }

    fn tell_about_text(&mut self, article: &ArticleId, done: Result<(), StoreError>) {
        let message = match done {
            Ok(()) => message!("text-read-again", article = article),
            Err(error) => message!("text-changed-by", article = article, error = error),
        };
        self.events.push_back(Event::External { articles: vec![article.clone()], applied: Vec::new(), message });
    }

    fn end_file(&mut self, key: &FileKey, why: Reason, fetched: Fetched) {
        let path = key.path();
        if why == Reason::Mended {
            self.now_read(std::iter::once(key));
        }
        let mut unread: Vec<Message> = fetched.failure.iter().map(InWords::in_words).collect();
        for loaded in fetched.articles {
            unread.extend(loaded.failures());
            self.accept(loaded);
        }
        for read in fetched.files {
            if let Err(error) = self.take_records(read) {
                unread.push(error.in_words());
                self.add_problem(error.problem());
            }
        }
        let articles = match key {
            FileKey::Set((article, _), _) => vec![article.clone()],
            _ => Vec::new(),
        };
        let message = match why {
            Reason::Lacking => return self.events.push_back(Event::Loaded),
            Reason::Mended => unread.into_iter().next().unwrap_or_else(|| message!("file-readable-again", path = path)),
        };
        self.events.push_back(Event::External { articles, applied: Vec::new(), message });
    }
}
