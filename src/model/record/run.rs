use std::cmp::Ordering;
use std::sync::Arc;

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, Renumber, stands_as_itself};
use crate::model::corpus::Corpus;
use crate::model::{ArticleId, Id, Run};

impl Recorded for Run {
    stands_as_itself!();

    const NOUN: &'static str = "run";
    const FILE: FileKind = FileKind::Runs;
    const LAYOUT: Layout = Layout::Line("runs");

    fn id(&self) -> RecordId {
        RecordId::Id(self.id)
    }

    /// By article, then by name: a run that goes on keeps its line.
    fn order(&self, other: &Self) -> Ordering {
        (&self.article, self.id).cmp(&(&other.article, other.id))
    }

    fn rename(line: &mut Self, id: Id) -> bool {
        line.id = id;
        true
    }

    fn article(&self) -> Option<&ArticleId> {
        Some(&self.article)
    }

    fn renumber(line: &mut Self, number: Renumber<'_>) {
        line.article = number(&line.article, &line.digest);
    }

    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let (RecordFile::Runs(who), RecordId::Id(id)) = (file, id) else { return None };
        corpus.runs(who)?.get(id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        let RecordFile::Runs(who) = file else { return Vec::new() };
        corpus.runs(who).map_or_else(Vec::new, |all| all.values().cloned().collect())
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let (RecordFile::Runs(who), RecordId::Id(id)) = (file, id) {
            corpus.put_run(who, *id, after);
        }
    }
}
