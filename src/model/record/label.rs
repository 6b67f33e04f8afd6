use std::sync::Arc;

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, stands_as_itself};
use crate::model::LabelDef;
use crate::model::corpus::Corpus;

impl Recorded for LabelDef {
    stands_as_itself!();

    const NOUN: &'static str = "label";
    const FILE: FileKind = FileKind::Schema;
    const LAYOUT: Layout = Layout::Apart;

    fn id(&self) -> RecordId {
        RecordId::Label(self.name.clone())
    }

    fn find(corpus: &Corpus, _: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let RecordId::Label(name) = id else { return None };
        corpus.schema.label(name).cloned().map(Arc::new)
    }

    fn all(corpus: &Corpus, _: &RecordFile) -> Vec<Arc<Self>> {
        corpus.schema.labels.iter().cloned().map(Arc::new).collect()
    }

    fn put(corpus: &mut Corpus, _: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let RecordId::Label(name) = id {
            corpus.put_label(name, after.as_deref());
        }
    }
}
