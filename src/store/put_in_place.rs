//! Changes that a worker made ready, put in place: the session sees that they still fit.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;
use std::time::Duration;

use super::StoreError;
use super::event::{Event, Way};
use super::layout::FileKey;
use super::link::Link;
use super::messages::Task;
use super::prepared::Prepared;
use super::project;
use super::session::Session;
use super::tracked_file::Tracked;
use super::underway::{SchemaWriter, TRIES};
use super::working_copy::WorkingCopy;
use crate::edit::Transaction;
use crate::model::{Corpus, Name, RecordFile, Schema};

/// The number of files that may have changed meanwhile, beyond which a change is made ready anew: the edits of each are held
/// against it one by one.
const CHANGED: usize = 4;

/// The time after which it is asked again whether the schema's file may be written.
const AGAIN: Duration = Duration::from_millis(5);

impl Link {
    /// Has a change put in place that `make` makes ready of the project as it is, the first time of `first` where that is
    /// given; once more where something else was done meanwhile that stands in the way. Where it makes none, there is nothing to
    /// do.
    ///
    /// # Errors
    /// As `make`, or as [`Link::commit`]; nothing is changed then.
    pub(super) fn change(
        &self,
        mut first: Option<WorkingCopy>,
        mut make: impl FnMut(WorkingCopy) -> Result<Option<Prepared>, StoreError>,
    ) -> Result<(), StoreError> {
        for _ in 0..TRIES {
            let project = first.take().map_or_else(|| self.working_copy(), Ok)?;
            let Some(prepared) = make(project)? else { return Ok(()) };
            match self.commit(prepared) {
                Err(StoreError::Overtaken) => {}
                done => return done.map(drop),
            }
        }
        Err(StoreError::Overtaken)
    }

    /// Has a change put in place. What is left of it is let go of in this thread; a schema that it brings is written first,
    /// and put back where the change does not come about.
    ///
    /// # Errors
    /// [`StoreError::Overtaken`] where something else was done to the same files meanwhile: then it can be made ready anew. If
    /// the schema cannot be written, or the session was let go of. Nothing is changed then.
    fn commit(&self, prepared: Prepared) -> Result<Arc<Transaction>, StoreError> {
        let (old, new) = (prepared.before.schema.clone(), prepared.after.schema.clone());
        let written = match Arc::ptr_eq(&old, &new) {
            true => None,
            false => Some(self.write_schema(&old, &new)?),
        };
        let mut prepared = prepared;
        let done = self.with(move |session| {
            let done = session.take_prepared(&mut prepared);
            (done, prepared)
        });
        let done = done.and_then(|(done, _)| done);
        if let (Some(written), Err(_)) = (&written, &done) {
            written.take_back(&new);
        }
        done
    }

    /// Has the schema's file say `new` where the session has `old`; until what comes of it is let go of, nobody else of this
    /// session writes it.
    ///
    /// # Errors
    /// [`StoreError::Overtaken`] where the session has another schema by now; if the file says something else, or cannot be
    /// written.
    fn write_schema(&self, old: &Arc<Schema>, new: &Arc<Schema>) -> Result<WrittenSchema<'_>, StoreError> {
        loop {
            let old = old.clone();
            let lent = self.with(move |session| {
                if session.corpus.schema != old {
                    return Err(StoreError::Overtaken);
                }
                let free = session.underway.schema_by.is_none();
                if free {
                    session.underway.schema_by = Some(SchemaWriter::Worker);
                }
                Ok(free)
            })??;
            if lent {
                break;
            }
            std::thread::sleep(AGAIN);
        }
        let written = WrittenSchema(self);
        project::change_schema(&**self.disk(), old, new)?;
        Ok(written)
    }
}

/// The schema's file, written by a worker for a change that comes.
struct WrittenSchema<'a>(&'a Link);

impl WrittenSchema<'_> {
    /// Has the file say what the session has, after a change that did not come about. Where that fails, too, the schema has
    /// labels that nothing has, and the next one who opens it sees them.
    fn take_back(&self, new: &Arc<Schema>) {
        if let Ok(now) = self.0.with(|session| session.corpus.schema.clone()) {
            let _ = project::change_schema(&**self.0.disk(), new, &now);
        }
    }
}

impl Drop for WrittenSchema<'_> {
    fn drop(&mut self) {
        self.0.tell(|session| session.underway.schema_by = None);
    }
}

impl Session {
    /// Puts a change in place that was made ready: where nothing happened meanwhile, pointers are set; what changed
    /// meanwhile and does not stand in the way keeps its changes.
    pub(super) fn take_prepared(&mut self, prepared: &mut Prepared) -> Result<Arc<Transaction>, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        let Prepared { transaction, before, after, step, .. } = &*prepared;
        let transaction = transaction.clone();
        if step.as_ref().is_some_and(|step| !self.is_next(step.travel, &step.of)) {
            return Err(StoreError::Overtaken);
        }
        let other = |file: &&RecordFile| !self.corpus.has_same(file, before);
        let changed: Vec<RecordFile> = prepared.changes.iter().filter(other).take(CHANGED + 1).cloned().collect();
        let unfit = |file: &RecordFile| match file {
            RecordFile::Schema => true,
            file if !self.is_loaded(file) => true,
            file => transaction.edits.iter().filter(|edit| edit.at == *file).any(|edit| {
                let there = edit.key().and_then(|key| self.corpus.record(file, &key));
                there != edit.before
            }),
        };
        if changed.len() > CHANGED || changed.iter().any(unfit) {
            return Err(StoreError::Overtaken);
        }
        for file in &prepared.changes {
            let RecordFile::Set((article, _)) = file else { continue };
            let (now, then) = (self.corpus.text(article), after.text(article));
            if now.is_some_and(|now| then.is_none_or(|then| !now.is_same(then))) {
                return Err(StoreError::TextChanged { article: article.to_string() });
            }
            let known = |corpus: &Corpus| corpus.article(article).map(Arc::as_ptr);
            if !self.corpus.has_same(&RecordFile::Articles, before)
                && before.article(article).is_some()
                && known(&self.corpus) != known(before)
            {
                return Err(StoreError::Overtaken);
            }
        }
        self.put_in_place(prepared, &changed);
        let way = self.note_prepared(prepared);
        self.events.push_back(Event::Changed(way, transaction.clone()));
        Ok(transaction)
    }

    fn put_in_place(&mut self, prepared: &mut Prepared, changed: &[RecordFile]) {
        // A file that the session has read by itself is looked after already; one that does not change is not taken.
        let changes: HashSet<&RecordFile> = prepared.changes.iter().collect();
        let is_new = |(key, _): &Tracked| {
            let file = key.records();
            changes.contains(&file) && !self.is_loaded(&file)
        };
        let (files, left): (Vec<_>, Vec<_>) = std::mem::take(&mut prepared.read).into_iter().partition(is_new);
        let mut texts = std::mem::take(&mut prepared.read_texts);
        texts.retain(|(article, ..)| self.corpus.text(article).is_none());
        if !prepared.problems.is_empty() {
            let left: HashSet<String> = left.iter().map(|(key, _)| key.path()).collect();
            prepared.problems.retain(|problem| problem.file.as_ref().is_none_or(|path| !left.contains(path)));
        }
        self.now_read(files.iter().map(|(key, _)| key));
        for problem in prepared.problems.drain(..) {
            self.add_problem(problem);
        }
        let schema = self.corpus.schema.clone();
        for file in prepared.changes.iter().filter(|file| !changed.contains(file)) {
            self.corpus.take_from(file, &prepared.after);
        }
        if !changed.is_empty() {
            for edit in prepared.transaction.edits.iter().filter(|edit| changed.contains(&edit.at)) {
                let put = self.corpus.replace(&edit.at, edit.before.as_ref(), edit.after.as_ref());
                put.expect("each was just held against what is there");
            }
        }
        if !Arc::ptr_eq(&schema, &self.corpus.schema) {
            self.task(Task::Schema(self.corpus.schema.clone()));
        }
        self.recount_conflicts(&prepared.conflicts);
        let makers: BTreeSet<&Name> = files.iter().filter_map(|(key, _)| maker_of_set(key)).collect();
        makers.into_iter().for_each(|maker| self.ask_referents(maker));
        // (Of an article of which nothing came the text is not in memory.)
        texts.retain(|(article, ..)| self.corpus.text(article).is_some());
        self.task(Task::WatchAll(files, texts));
    }

    /// Tells journal, files and history of it; says which way it came about.
    fn note_prepared(&mut self, prepared: &mut Prepared) -> Way {
        let way = match &prepared.step {
            None => {
                self.note_new(&prepared.transaction, std::mem::take(&mut prepared.texts));
                Way::Commit
            }
            Some(step) => {
                self.note_step(step.travel, &prepared.transaction);
                step.travel.way()
            }
        };
        if let Some(lock) = &prepared.numbering {
            self.numbering = Some((self.number, lock.clone()));
        }
        way
    }
}

/// The maker of a set; none where the file is no set.
fn maker_of_set(key: &FileKey) -> Option<&Name> {
    if let FileKey::Set((_, maker), _) = key { Some(maker) } else { None }
}
