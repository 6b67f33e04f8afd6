use std::cmp::Ordering;
use std::sync::Arc;

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, Renumber, stands_as_itself};
use crate::model::corpus::Corpus;
use crate::model::{ArticleId, Comment, Id};

impl Recorded for Comment {
    stands_as_itself!();

    const NOUN: &'static str = "comment";
    const FILE: FileKind = FileKind::Comments;
    const LAYOUT: Layout = Layout::Line("comments");

    fn id(&self) -> RecordId {
        RecordId::Id(self.id)
    }

    /// By article, then as they were written: a new one stands beside those that it is read with.
    fn order(&self, other: &Self) -> Ordering {
        let place = |comment: &Self| (comment.article.clone(), comment.origin.at, comment.id);
        place(self).cmp(&place(other))
    }

    fn rename(line: &mut Self, id: Id) -> bool {
        line.id = id;
        true
    }

    fn article(&self) -> Option<&ArticleId> {
        Some(&self.article)
    }

    fn renumber(line: &mut Self, number: Renumber<'_>) {
        if !line.digest.is_empty() {
            line.article = number(&line.article, &line.digest);
        }
    }

    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let (RecordFile::Comments(who), RecordId::Id(id)) = (file, id) else { return None };
        corpus.comments(who)?.get(id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        let RecordFile::Comments(who) = file else { return Vec::new() };
        corpus.comments(who).map_or_else(Vec::new, |all| all.values().cloned().collect())
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let (RecordFile::Comments(who), RecordId::Id(id)) = (file, id) {
            corpus.put_comment(who, *id, after);
        }
    }
}
