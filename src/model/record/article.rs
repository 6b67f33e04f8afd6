use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::{FileKind, Kind, Layout, RecordFile, RecordId, Renumber};
use super::line::Unit;
use crate::model::corpus::Corpus;
use crate::model::{Article, ArticleId, digest};
use crate::text::Text;

impl Kind for Article {
    type Line = ArticleLine;

    const NOUN: &'static str = "article";
    const FILE: FileKind = FileKind::Articles;
    const LAYOUT: Layout = Layout::Line("articles");

    fn id(&self) -> RecordId {
        RecordId::Article(self.id.clone())
    }

    fn line(&self, _: Option<&Text>, _: Unit) -> ArticleLine {
        self.into()
    }

    fn line_id(line: &ArticleLine) -> RecordId {
        RecordId::Article(line.id.clone())
    }

    fn trust(line: ArticleLine) -> Self {
        line.into()
    }

    // The list of articles has an order of its own.

    fn article(&self) -> Option<&ArticleId> {
        Some(&self.id)
    }

    fn renumber(line: &mut ArticleLine, number: Renumber<'_>) {
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

/// The facts known about an article, in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ArticleLine {
    pub id: ArticleId,
    pub title: String,
    pub file: String,
    pub sha256: String,
    pub chars: u32,
    pub words: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub published: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_sha256: String,
}

impl From<&Article> for ArticleLine {
    fn from(article: &Article) -> Self {
        let Article {
            id,
            title,
            file,
            sha256,
            chars,
            words,
            publisher,
            published,
            url,
            language,
            source,
            source_sha256,
        } = article.clone();
        Self { id, title, file, sha256, chars, words, publisher, published, url, language, source, source_sha256 }
    }
}

impl From<ArticleLine> for Article {
    fn from(line: ArticleLine) -> Self {
        let ArticleLine {
            id,
            title,
            file,
            sha256,
            chars,
            words,
            publisher,
            published,
            url,
            language,
            source,
            source_sha256,
        } = line;
        Self { id, title, file, sha256, chars, words, publisher, published, url, language, source, source_sha256 }
    }
}
