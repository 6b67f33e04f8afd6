//! Files of records that two corpora share: a change that was made on a clone is taken over file by file.

use std::sync::Arc;

use super::{Corpus, RecordFile};

impl Corpus {
    /// True where a file of records is the very same as in a corpus that this one was cloned to or from.
    #[must_use]
    pub fn has_same(&self, file: &RecordFile, other: &Self) -> bool {
        fn same<T>(one: Option<&Arc<T>>, other: Option<&Arc<T>>) -> bool {
            one.map(Arc::as_ptr) == other.map(Arc::as_ptr)
        }
        if !same(self.conflicts_apart(file), other.conflicts_apart(file)) {
            return false;
        }
        match file {
            RecordFile::Set(key) => same(self.sets.get(key), other.sets.get(key)),
            RecordFile::Referents(maker) => {
                same(self.referents.get(maker), other.referents.get(maker))
                    && same(self.judgements.get(maker), other.judgements.get(maker))
                    && same(self.dismissals.get(maker), other.dismissals.get(maker))
            }
            RecordFile::Runs(who) => same(self.runs.get(who), other.runs.get(who)),
            RecordFile::Comments(who) => same(self.comments.get(who), other.comments.get(who)),
            RecordFile::Articles => Arc::ptr_eq(&self.articles, &other.articles),
            RecordFile::Schema => Arc::ptr_eq(&self.schema, &other.schema),
        }
    }

    /// Takes a file of records as a clone has it that was changed; of a set the text that it is on, too, where there is none.
    pub fn take_from(&mut self, file: &RecordFile, other: &Self) {
        self.take_conflicts(file, other);
        match file {
            RecordFile::Set(key) => {
                if let (Some(set), Some(text)) = (other.sets.get(key), other.texts.get(&key.0)) {
                    self.sets.insert(key.clone(), set.clone());
                    self.texts.entry(key.0.clone()).or_insert_with(|| text.clone());
                }
            }
            RecordFile::Referents(maker) => {
                if let Some(all) = other.referents.get(maker) {
                    self.referents.insert(maker.clone(), all.clone());
                }
                if let Some(all) = other.judgements.get(maker) {
                    self.judgements.insert(maker.clone(), all.clone());
                }
                if let Some(all) = other.dismissals.get(maker) {
                    self.dismissals.insert(maker.clone(), all.clone());
                }
            }
            RecordFile::Comments(who) => {
                if let Some(all) = other.comments.get(who) {
                    self.comments.insert(who.clone(), all.clone());
                }
            }
            RecordFile::Runs(who) => {
                if let Some(all) = other.runs.get(who) {
                    self.runs.insert(who.clone(), all.clone());
                }
            }
            RecordFile::Articles => {
                (self.articles, self.index) = (other.articles.clone(), other.index.clone());
            }
            RecordFile::Schema => self.schema = other.schema.clone(),
        }
    }
}
