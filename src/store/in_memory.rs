//! The files of a project as they would be written from what is in memory.

use super::content::Content;
use super::file;
use super::layout::FileKey;
use super::read::Context;
use super::snapshot::Snapshot;
use crate::model::{RecordFile, SetKey};

impl Snapshot {
    /// The files of records whose content is in memory, empty ones too.
    pub(super) fn loaded(&self) -> impl Iterator<Item = FileKey> {
        let corpus = &self.corpus;
        let article = |key: &SetKey| corpus.article(&key.0).filter(|_| corpus.text(&key.0).is_some());
        let sets = corpus.sets().filter_map(move |(key, _)| Some(FileKey::set(article(key)?, &key.1)));
        let referents = corpus.all_referents().keys().cloned().map(FileKey::Referents);
        let comments = corpus.all_comments().keys().cloned().map(FileKey::Comments);
        let runs = corpus.all_runs().keys().cloned().map(FileKey::Runs);
        sets.chain(referents).chain(comments).chain(runs)
    }

    /// A file with the records in memory, and what it has beside them as far as it can be read.
    pub(super) fn content(&self, key: &FileKey) -> Content {
        let records = self.corpus.records(&key.records());
        Content { records, ..self.on_disk(key).with_kind(key, &self.corpus.project) }
    }

    /// The text of a file as it would be written; none where nothing is to be in it.
    pub(super) fn written(&self, key: &FileKey) -> Option<String> {
        let content = self.content(key);
        let text = match key {
            FileKey::Set((article, _), _) => self.corpus.text(article),
            _ => None,
        };
        (content.held() > 0).then(|| content.write(key, text))
    }

    /// The text of a file as it would be written, where that says something else than the file does.
    pub(super) fn unwritten(&self, key: &FileKey) -> Option<String> {
        let file: RecordFile = key.records();
        let there = self.on_disk(key);
        let now = Content { records: self.corpus.records(&file), ..Content::empty() };
        if there.diff(&now, &file).is_empty() { None } else { self.written(key) }
    }

    /// The content of a file, as far as it can be read.
    pub(super) fn on_disk(&self, key: &FileKey) -> Content {
        let text = match key {
            FileKey::Set((article, _), _) => self.corpus.text(article),
            _ => None,
        };
        let context = Context { schema: &self.corpus.schema, text };
        file::load(&*self.loader.disk, key, &context, &mut Vec::new())
            .map_or_else(|_| Content::empty(), |(content, _)| content)
    }
}
