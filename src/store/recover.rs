//! After a crash: what the journal has and the RON files lack.

use std::collections::HashMap;
use std::sync::Arc;

use super::journal::Unkept;
use super::keeper::{Task, keep_aside};
use super::layout::FileKey;
use super::record::{Record, RecordKey, Swap};
use super::session::Session;
use super::{OpenError, StoreError, elsewhere, settle};
use crate::edit::Transaction;
use crate::model::Problem;

/// Everything that a record has been since the files last held all of the journal, in order.
type States = Vec<Option<Record>>;

impl Session {
    /// Puts into the corpus what the journal has and the files lack, and has it written.
    pub(super) fn recover(&mut self, unkept: &[Unkept]) {
        let (transaction, complete) = self.missing_of(unkept);
        if complete {
            self.task(Task::Recovered(Arc::new(transaction)));
        }
    }

    /// Puts into the corpus what waits in a journal from elsewhere; gives what that changed.
    ///
    /// # Errors
    /// If something cannot be taken in yet.
    pub(super) fn bring_in(&mut self, unkept: &[Unkept]) -> Result<Transaction, StoreError> {
        let (transaction, complete) = self.missing_of(unkept);
        if complete {
            return Ok(transaction);
        }
        transaction.inverse().apply(&mut self.corpus).expect("what was just applied can be taken back");
        Err(StoreError::NotSaved("some edits cannot be brought in yet: see the list of problems".into()))
    }

    /// Applies what is missing in the corpus, and says whether that was all.
    ///
    /// A file may hold any of the states that the journal went through: it was rewritten at some moment between. If it
    /// holds something else, another program has changed it since; the journal's record stands then, and the other is
    /// kept aside.
    fn missing_of(&mut self, unkept: &[Unkept]) -> (Transaction, bool) {
        let mut order: Vec<(FileKey, RecordKey)> = Vec::new();
        let mut states: HashMap<(FileKey, RecordKey), States> = HashMap::new();
        let mut settled = settle::Settled::default();
        for unkept in unkept {
            let transaction = settled.place(self, unkept);
            for edit in &transaction.edits {
                // The schema is no file of records: it was written before the journal said so.
                let Some((file, swap)) = Swap::of(edit) else { continue };
                let key = (file, swap.key());
                let states = states.entry(key.clone()).or_insert_with(|| {
                    order.push(key);
                    vec![swap.before]
                });
                states.push(swap.after);
            }
        }
        settled.tell(self);
        // Articles come first: the sets of new ones can be loaded only then.
        order.sort_by(|a, b| a.0.cmp(&b.0));
        let mut complete = true;
        let mut transaction = Transaction::new("recovered", self.annotator());
        for (file, key) in order {
            let states = &states[&(file.clone(), key.clone())];
            let file = self.placed(file);
            match self.missing(&file, states) {
                Ok(Some(swap)) => {
                    let Some(edit) = swap.edit(&file) else { continue };
                    let one = Transaction { edits: vec![edit], ..transaction.clone() };
                    match self.apply(&one) {
                        Ok(()) => transaction.edits.extend(one.edits),
                        Err(error) => {
                            let lines = swap.after.map(|record| record.line(self.text_of(&file)));
                            let lines: Vec<String> = lines.into_iter().collect();
                            let aside = keep_aside(&*self.disk, &self.conflicts(), &file, &lines);
                            complete &= self.read_only() || aside.is_ok();
                            let message = format!("an edit that a crash kept from its file cannot be made: {error}");
                            self.add_problem(Problem::error("not-recovered", message).at(&file.path(), None));
                        }
                    }
                }
                Ok(None) => {}
                Err(error) => {
                    complete = false;
                    let message = format!("an edit that a crash kept from its file waits in the journal: {error}");
                    self.add_problem(Problem::error("not-recovered", message).at(&file.path(), None));
                }
            }
        }
        (transaction, complete)
    }

    /// Says which edits wait in journals from elsewhere.
    pub(super) fn tell_elsewhere(&mut self) {
        for (path, edits) in self.elsewhere() {
            self.add_problem(elsewhere::problem(&path, edits));
        }
    }

    /// The file that keeps records of others which could not be taken in.
    pub(super) fn conflicts(&self) -> String {
        format!("{}/conflicts.ron", self.folder)
    }

    fn text_of(&self, file: &FileKey) -> Option<&crate::text::Text> {
        if let FileKey::Set((article, _), _) = file { self.corpus.text(article) } else { None }
    }

    /// What would bring a record from what it is to the last of its states; none if it is that already.
    fn missing(&mut self, file: &FileKey, states: &States) -> Result<Option<Swap>, StoreError> {
        match file {
            FileKey::Set(key, _) => self.need(key, None)?,
            FileKey::Referents(annotator) => self.load_referents(annotator)?,
            FileKey::Comments(by) => self.load_comments(by)?,
            FileKey::Articles => {}
        }
        let Some(last) = states.last() else { return Ok(None) };
        let either = states.iter().flatten().next().cloned();
        let Some(either) = either else { return Ok(None) };
        let current = self.current(file, &Swap { before: None, after: Some(either) });
        // On another text, file and journal may have found the same words in two places: that is no edit.
        if settle::alike(current.as_ref(), last.as_ref(), self.text_is_other(file)) {
            return Ok(None);
        }
        let other = self.text_is_other(file);
        if !states.iter().any(|state| settle::alike(state.as_ref(), current.as_ref(), other))
            && let Some(theirs) = &current
        {
            let line = theirs.line(self.text_of(file));
            let conflicts = self.conflicts();
            let io = |why| OpenError::Io { file: conflicts.clone(), why };
            if !self.read_only() {
                keep_aside(&*self.disk, &conflicts, file, std::slice::from_ref(&line)).map_err(io)?;
            }
            let message = format!(
                "{} was changed by another program while an edit of it was still in the journal: the edit stands, the \
                 other is kept in {conflicts}",
                theirs.key(),
            );
            self.add_problem(Problem::warning("conflict", message).at(&file.path(), None));
        }
        Ok(Some(Swap { before: current, after: last.clone() }))
    }

    /// True where a set's text is another than the one that the project knows.
    fn text_is_other(&self, file: &FileKey) -> bool {
        let FileKey::Set((article, _), _) = file else { return false };
        let known = self.corpus.article(article).map(|article| article.sha256.clone());
        self.corpus.text(article).map(crate::text::Text::sha256) != known
    }
}
