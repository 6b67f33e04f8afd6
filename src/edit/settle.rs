//! Transactions that settle what a merge left to decide.

use std::sync::Arc;

use super::{Edit, Focus, SetEditor, Transaction};
use crate::model::{Conflict, Corpus, Name, Record, RecordFile, RecordId, RecordKey, RecordKind};

/// Settles a conflict of a file: ours stays as it stands, or where it is given theirs takes its place. What roles point to
/// and theirs does not have is taken out of them.
#[must_use]
pub fn settle_conflict(
    corpus: &Corpus,
    file: &RecordFile,
    conflict: &Arc<Conflict>,
    theirs: Option<(RecordKey, Option<Record>)>,
    by: &Name,
) -> Transaction {
    let mut transaction = Transaction::new("settle a conflict", by);
    let mut annotation = None;
    if let Some((key, theirs)) = theirs {
        if let (RecordKind::Annotation, RecordId::Id(id)) = (key.kind, &key.id) {
            annotation = Some(*id);
        }
        match (file, annotation, &theirs) {
            (RecordFile::Set(set), Some(id), None) => {
                transaction.edits = SetEditor::new(corpus, set.clone()).delete(&[id]).edits;
            }
            _ => {
                let before = corpus.record(file, &key);
                if before != theirs {
                    transaction.edits.push(Edit { at: file.clone(), before, after: theirs });
                }
            }
        }
    }
    transaction.edits.push(Edit::new(file.clone(), Some(conflict.clone()), None));
    if let RecordFile::Set((article, annotator)) = file.clone() {
        transaction.focus = Some(Focus { article, annotator, annotation });
    }
    transaction
}
