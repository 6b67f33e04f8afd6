//! After a crash: what the journal has and the RON files lack.

use std::collections::HashMap;
use std::path::Path;
use std::sync::Arc;

use super::keeper::{Task, keep_aside};
use super::layout::FileKey;
use super::record::{Record, RecordKey, Swap};
use super::session::Session;
use super::{OpenError, StoreError};
use crate::edit::Transaction;
use crate::model::Problem;

/// Everything that a record has been since the files last held all of the journal, in order.
type States = Vec<Option<Record>>;

impl Session {
    /// Puts into the corpus what the journal has and the files lack, and has it written.
    ///
    /// A file may hold any of the states that the journal went through: it was rewritten at some moment between. If it
    /// holds something else, another program has changed it since; the journal's record stands then, and the other is
    /// kept aside.
    pub(super) fn recover(&mut self, unkept: &[Arc<Transaction>], conflicts: &Path) {
        let mut order: Vec<(FileKey, RecordKey)> = Vec::new();
        let mut states: HashMap<(FileKey, RecordKey), States> = HashMap::new();
        for edit in unkept.iter().flat_map(|transaction| &transaction.edits) {
            // The schema is no file of records: it was written before the journal said so.
            let Some((file, swap)) = Swap::of(edit) else { continue };
            let key = (file, swap.key());
            let states = states.entry(key.clone()).or_insert_with(|| {
                order.push(key);
                vec![swap.before]
            });
            states.push(swap.after);
        }
        // Articles come first: the sets of new ones can be loaded only then.
        order.sort_by(|a, b| a.0.cmp(&b.0));
        let mut complete = true;
        let mut transaction = Transaction::new("recovered", self.annotator());
        for (file, key) in order {
            let states = &states[&(file.clone(), key.clone())];
            let file = self.placed(file);
            match self.missing(&file, states, conflicts) {
                Ok(Some(swap)) => {
                    let Some(edit) = swap.edit(&file) else { continue };
                    let one = Transaction { edits: vec![edit], ..transaction.clone() };
                    match self.apply(&one) {
                        Ok(()) => transaction.edits.extend(one.edits),
                        Err(error) => {
                            let lines = swap.after.map(|record| record.line(self.text_of(&file)));
                            let aside = keep_aside(conflicts, &file, &lines.into_iter().collect::<Vec<_>>());
                            complete &= aside.is_ok();
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
        if complete {
            self.task(Task::Recovered(Arc::new(transaction)));
        }
    }

    fn text_of(&self, file: &FileKey) -> Option<&crate::text::Text> {
        if let FileKey::Set((article, _), _) = file { self.corpus.text(article) } else { None }
    }

    /// What would bring a record from what it is to the last of its states; none if it is that already.
    fn missing(&mut self, file: &FileKey, states: &States, conflicts: &Path) -> Result<Option<Swap>, StoreError> {
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
        if current == *last {
            return Ok(None);
        }
        if !states.contains(&current)
            && let Some(theirs) = &current
        {
            let line = theirs.line(self.text_of(file));
            let io = |why| OpenError::Io { file: conflicts.display().to_string(), why };
            if !self.read_only() {
                keep_aside(conflicts, file, std::slice::from_ref(&line)).map_err(io)?;
            }
            let message = format!(
                "{} was changed by another program while an edit of it was still in the journal: the edit stands, the \
                 other is kept in {}",
                theirs.key(),
                conflicts.strip_prefix(self.root()).unwrap_or(conflicts).display()
            );
            self.add_problem(Problem::warning("conflict", message).at(&file.path(), None));
        }
        Ok(Some(Swap { before: current, after: last.clone() }))
    }
}
