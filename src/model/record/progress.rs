use std::sync::Arc;

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, stands_as_itself};
use crate::model::Progress;
use crate::model::corpus::Corpus;

impl Recorded for Progress {
    stands_as_itself!();

    const NOUN: &'static str = "state";
    const FILE: FileKind = FileKind::Set;
    const LAYOUT: Layout = Layout::HeadField("progress");

    fn id(&self) -> RecordId {
        RecordId::Only
    }

    fn find(corpus: &Corpus, file: &RecordFile, _: &RecordId) -> Option<Arc<Self>> {
        let (article, annotator) = file.set()?;
        let progress = corpus.set(article, annotator)?.progress();
        (progress != Self::New).then(|| Arc::new(progress))
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        Self::find(corpus, file, &RecordId::Only).into_iter().collect()
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, _: &RecordId, after: Option<Arc<Self>>) {
        if let Some(key) = file.set() {
            corpus.set_mut(key).set_progress(after.map_or(Self::New, |after| *after));
        }
    }
}
