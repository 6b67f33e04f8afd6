//! Changes of the corpus: done, undone and done again, each handed to the journal and to the files.

use std::collections::HashMap;
use std::sync::Arc;

use super::errand::{HistoryStep, Travel};
use super::journal::Entry;
use super::messages::{Job, JournalOp, Task};
use super::session::Session;
use super::working_copy::{note_texts, stand, with_conflicts};
use super::{StoreError, loader, project};
use crate::edit::{History, Transaction};
use crate::model::{Article, ArticleId, Name, Record, SetKey};
use crate::text::Text;

impl Session {
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
        let texts = note_texts(&mut transaction, &self.corpus);
        let transaction = Arc::new(transaction);
        self.note_new(&transaction, texts);
        transaction
    }

    /// Notes a transaction that the corpus has as one that can be undone; `texts` are those that it is on.
    pub(super) fn note_new(&mut self, transaction: &Arc<Transaction>, texts: HashMap<ArticleId, Text>) {
        self.history.push(transaction.clone());
        self.note(JournalOp::Do(transaction.clone(), texts), transaction);
    }

    /// Notes that the next step in this direction was taken, for which the corpus has `applied`.
    pub(super) fn note_step(&mut self, travel: Travel, applied: &Arc<Transaction>) {
        let entry = match travel {
            Travel::Undo => {
                self.history.undone();
                Entry::Undo
            }
            Travel::Redo => {
                self.history.redone();
                Entry::Redo
            }
        };
        self.note(JournalOp::Said(entry), applied);
    }

    /// Takes back what was done last, and gives what that changed; none where there is nothing to undo.
    ///
    /// # Errors
    /// If it does not fit what is there any more: it is taken out of the history then, and nothing else changes.
    pub fn undo(&mut self) -> Result<Option<Arc<Transaction>>, StoreError> {
        self.step(Travel::Undo)
    }

    /// Does again what was undone last, and gives what that changed; none where there is nothing to redo.
    ///
    /// # Errors
    /// If it does not fit what is there any more: it is taken out of the history then, and nothing else changes.
    pub fn redo(&mut self) -> Result<Option<Arc<Transaction>>, StoreError> {
        self.step(Travel::Redo)
    }

    fn step(&mut self, travel: Travel) -> Result<Option<Arc<Transaction>>, StoreError> {
        if self.read_only() {
            return Err(StoreError::ReadOnly);
        }
        self.next_step(travel).map(|step| self.take_step(step)).transpose()
    }

    /// The transaction that the next step back or forward in the history is about.
    pub(super) fn to_step(&self, travel: Travel) -> Option<&Arc<Transaction>> {
        match travel {
            Travel::Undo => self.history.to_undo(),
            Travel::Redo => self.history.to_redo(),
        }
    }

    /// The next step back or forward in the history; none where there is none.
    pub(super) fn next_step(&self, travel: Travel) -> Option<HistoryStep> {
        Some(HistoryStep::new(travel, self.to_step(travel)?.clone()))
    }

    /// True where a step back or forward in the history would be about this transaction.
    pub(super) fn is_next(&self, travel: Travel, of: &Arc<Transaction>) -> bool {
        self.to_step(travel).is_some_and(|next| Arc::ptr_eq(next, of))
    }

    /// Takes the step that is the next one; gives what that changed.
    ///
    /// # Errors
    /// As [`Session::undo`].
    pub(super) fn take_step(
        &mut self,
        HistoryStep { travel, applied, .. }: HistoryStep,
    ) -> Result<Arc<Transaction>, StoreError> {
        match self.apply(&applied) {
            Ok(()) => {
                self.note_step(travel, &applied);
                Ok(applied)
            }
            Err(error) => {
                if error.fits_no_more() {
                    self.forget_step(travel);
                }
                Err(error)
            }
        }
    }

    /// Lets go of the next step in this direction, which fits no more.
    pub(super) fn forget_step(&mut self, travel: Travel) {
        let forgotten = match travel {
            Travel::Undo => {
                self.history.forget_done();
                Entry::Forget
            }
            Travel::Redo => {
                self.history.forget_undone();
                Entry::ForgetUndone
            }
        };
        self.note(JournalOp::Said(forgotten), &nothing());
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
                    let loaded = loader::read(&*self.disk, &self.corpus.schema, article, &[])?;
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
                (_, Some(Record::Annotation(_))) => {
                    edit.set().map_or(Ok(()), |key| stand(&self.corpus, key, std::iter::once(edit)))?;
                }
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
        self.recount_conflicts(with_conflicts(transaction));
        Ok(())
    }

    /// Tells the journal and the file sync what was done.
    pub(super) fn note(&mut self, what: JournalOp, applied: &Arc<Transaction>) {
        self.number += 1;
        if let Some((_, done)) = self.followed.as_mut().filter(|_| !applied.is_empty()) {
            done.push(applied.clone());
        }
        if let Some(journal) = &self.journal {
            // The threads live as long as the session.
            let _ = journal.send(Job::Append(self.number, what));
        }
        self.task(Task::Applied(self.number, applied.clone()));
    }
}

fn nothing() -> Arc<Transaction> {
    Arc::new(Transaction::new("", &Name::new("")))
}
