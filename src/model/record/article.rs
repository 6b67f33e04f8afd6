use std::sync::Arc;

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, Renumber, stands_as_itself};
use crate::model::corpus::Corpus;
use crate::model::{Article, ArticleId, digest};

impl Recorded for Article {
    stands_as_itself!();

    const NOUN: &'static str = "article";
    const FILE: FileKind = FileKind::Articles;
    const LAYOUT: Layout = Layout::Line("articles");

    fn id(&self) -> RecordId {
        RecordId::Article(self.id.clone())
    }

    // The list of articles has an order of its own.

    fn article(&self) -> Option<&ArticleId> {
        Some(&self.id)
    }

    fn renumber(line: &mut Self, number: Renumber<'_>) {
        line.id = number(&line.id, digest(&line.sha256));
    }

    fn find(corpus: &Corpus, _: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let RecordId::Article(id) = id else { return None };
        corpus.article(id).cloned()
    }

    fn all(corpus: &Corpus, _: &RecordFile) -> Vec<Arc<Self>> {
        corpus.articles().to_vec()
    }

    fn put(corpus: &mut Corpus, _: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let RecordId::Article(id) = id {
            corpus.put_article(id, after);
        }
    }
}
