//! File work that has to come before a change in memory: done on a thread of its own, while the session goes on.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::disk::Disk;
use super::event::Way;
use super::layout::FileKey;
use super::loader::{self, Loaded, RecordsRead};
use super::{StoreError, names, project};
use crate::edit::Transaction;
use crate::model::{Article, ArticleId, Name, Schema};

/// Something that waits for its files.
pub(super) enum Errand {
    /// A change of the corpus.
    Change(Step),
    /// An article whose text is another by now, to be read anew.
    Article(ArticleId),
    /// A file of records to be read: it could not be until now, or nobody had asked for it.
    File(FileKey, Reason),
    /// A large change: made ready on a thread, which puts it in place itself.
    Large,
    /// A schema to be put back as it was, after a change that did not come about.
    SchemaBack(Arc<Schema>, Arc<Schema>),
}

/// A change that waits for its files.
pub(super) enum Step {
    /// A new one.
    Commit(Transaction),
    /// The last one backwards, or the one undone last again.
    History(Travel),
}

/// A direction in the history.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Travel {
    Undo,
    Redo,
}

impl Travel {
    /// The way in which such a change comes about.
    pub fn way(self) -> Way {
        match self {
            Self::Undo => Way::Undo,
            Self::Redo => Way::Redo,
        }
    }
}

/// A step back or forward in the history.
#[derive(Clone)]
pub(super) struct HistoryStep {
    pub travel: Travel,
    /// The transaction of the history that it undoes or does again.
    pub of: Arc<Transaction>,
    /// The transaction that is applied for it.
    pub applied: Arc<Transaction>,
}

impl HistoryStep {
    /// The step that undoes a transaction, or does it again.
    pub fn new(travel: Travel, of: Arc<Transaction>) -> Self {
        let applied = match travel {
            Travel::Undo => Arc::new(of.inverse()),
            Travel::Redo => of.clone(),
        };
        Self { travel, of, applied }
    }
}

/// The reason for which a file of records is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reason {
    /// It could not be read, and can be by now.
    Mended,
    /// An article came without it.
    Lacking,
}

/// The files that an errand needs.
#[derive(Default)]
pub(super) struct Wanted {
    /// Articles, and the annotators whose sets are lacking.
    pub articles: Vec<(Arc<Article>, Vec<Name>)>,
    /// Files of records that belong to no one article.
    pub files: Vec<FileKey>,
    /// The schema as the file has it, and as it is to be.
    pub schema: Option<(Arc<Schema>, Arc<Schema>)>,
}

/// The content that an errand brings back.
pub(super) struct Fetched {
    pub articles: Vec<Loaded>,
    pub files: Vec<RecordsRead>,
    /// The schema as it was, and as it has been written.
    pub schema: Option<(Arc<Schema>, Arc<Schema>)>,
    /// The reason why not all of it was got; nothing was written then.
    pub failure: Option<StoreError>,
}

impl Fetched {
    /// The outcome of wanting nothing.
    pub fn nothing() -> Self {
        Self { articles: Vec::new(), files: Vec::new(), schema: None, failure: None }
    }
}

impl Wanted {
    /// Adds a file of records, once.
    pub fn need(&mut self, key: FileKey) {
        if !self.files.contains(&key) {
            self.files.push(key);
        }
    }

    /// True where the disk is not needed.
    pub fn is_empty(&self) -> bool {
        self.articles.is_empty() && self.files.is_empty() && self.schema.is_none()
    }

    /// Does it, in this thread.
    pub fn fetch(self, disk: &dyn Disk, schema: &Schema) -> Fetched {
        let mut fetched = Fetched::nothing();
        fetched.failure = self.fetch_into(disk, schema, &mut fetched).err();
        fetched
    }

    fn fetch_into(self, disk: &dyn Disk, schema: &Schema, fetched: &mut Fetched) -> Result<(), StoreError> {
        let makers: BTreeSet<&Name> = self.articles.iter().flat_map(|(_, whose)| whose).collect();
        makers.into_iter().try_for_each(|maker| names::admit(disk, maker))?;
        for (article, whose) in self.articles {
            let loaded = loader::read(disk, schema, &article, &whose)?;
            fetched.articles.push(loaded);
        }
        fetched.files.extend(self.files.into_iter().map(|key| loader::read_records(disk, schema, key)));
        if let Some((old, new)) = self.schema {
            project::change_schema(disk, &old, &new)?;
            fetched.schema = Some((old, new));
        }
        Ok(())
    }
}
