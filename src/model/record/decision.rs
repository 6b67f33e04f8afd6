use std::cmp::Ordering;
use std::sync::Arc;

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, stands_as_itself};
use crate::model::Decision;
use crate::model::corpus::Corpus;

impl Recorded for Decision {
    stands_as_itself!();

    const NOUN: &'static str = "decision";
    const FILE: FileKind = FileKind::Set;
    const LAYOUT: Layout = Layout::HeadLine("decisions");

    fn id(&self) -> RecordId {
        RecordId::Id(self.id)
    }

    fn order(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }

    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let (RecordFile::Set((article, annotator)), RecordId::Id(id)) = (file, id) else { return None };
        corpus.set(article, annotator)?.decisions().get(id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        let set = file.set().and_then(|(article, annotator)| corpus.set(article, annotator));
        set.map_or_else(Vec::new, |set| set.decisions().values().cloned().collect())
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let (RecordFile::Set(key), RecordId::Id(id)) = (file, id) {
            corpus.set_mut(key).put_decision(*id, after);
        }
    }
}
