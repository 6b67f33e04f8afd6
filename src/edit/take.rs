//! Transactions that make a person's annotations of suggestions.

use crate::model::{Annotation, Id};

use super::{SetEditor, Transaction};

impl SetEditor<'_> {
    /// Makes annotations as they were suggested, as one transaction; each keeps its origin, and gets an id of its own. One that is
    /// there already is left as it is.
    ///
    /// Gives the ids of what was made beside the transaction.
    #[must_use]
    pub fn take(&self, records: Vec<Annotation>) -> (Transaction, Vec<Id>) {
        let mut transaction = self.start("accept a suggestion", None);
        let mut made: Vec<Id> = Vec::new();
        for mut record in records {
            record.at = Annotation::tidy(record.at);
            if self.same(&record.label, &record.at).is_some() {
                continue;
            }
            record.id = self.fresh_id();
            while made.contains(&record.id) {
                record.id = Id::random();
            }
            made.push(record.id);
            transaction.edits.push(self.edit(None, Some(record)));
        }
        match made[..] {
            [] => transaction.edits.clear(),
            [_] => {}
            _ => transaction.title = format!("accept {} suggestions", made.len()),
        }
        if let (Some(focus), Some(first)) = (&mut transaction.focus, made.first()) {
            focus.annotation = Some(*first);
        }
        (transaction, made)
    }
}
