use std::sync::Arc;

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, stands_as_itself};
use crate::model::Schema;
use crate::model::corpus::Corpus;

impl Recorded for Schema {
    stands_as_itself!();

    const NOUN: &'static str = "schema";
    const FILE: FileKind = FileKind::Schema;
    const LAYOUT: Layout = Layout::Apart;

    fn id(&self) -> RecordId {
        RecordId::Only
    }

    fn find(corpus: &Corpus, _: &RecordFile, _: &RecordId) -> Option<Arc<Self>> {
        Some(corpus.schema.clone())
    }

    fn all(corpus: &Corpus, _: &RecordFile) -> Vec<Arc<Self>> {
        vec![corpus.schema.clone()]
    }

    fn put(corpus: &mut Corpus, _: &RecordFile, _: &RecordId, after: Option<Arc<Self>>) {
        // A project is never without a schema.
        if let Some(after) = after {
            corpus.schema = after;
        }
    }
}
