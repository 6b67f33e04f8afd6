//! A project as it was at one moment, for work on other threads.

use std::path::Path;

use super::file;
use super::layout::FileKey;
use super::loader::{Loaded, Loader, read_records};
use super::session::Session;
use super::{OpenError, renumber};
use crate::edit::Transaction;
use crate::model::{Article, ArticleId, Corpus, Name, SetKey};

/// A project as it was at one moment: what the session had loaded then stands as it was there, and the rest is read as the
/// files have it. It shares records, sets and the list of articles with the session, so it costs next to nothing, and no
/// change on either side is seen on the other: what a worker makes of it comes back as a transaction or a value.
#[derive(Debug, Clone)]
pub struct Snapshot {
    pub(super) loader: Loader,
    pub(super) corpus: Corpus,
}

impl Session {
    /// The project as it is now, for a worker.
    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        Snapshot { loader: self.loader(), corpus: self.corpus.clone() }
    }
}

impl Snapshot {
    /// The project in a folder as its files have it.
    ///
    /// # Errors
    /// If it is no project, or one of its own files is not what it should be.
    pub fn open(dir: &Path) -> Result<Self, OpenError> {
        let (corpus, loader) = Loader::open(dir)?;
        Ok(Self { loader, corpus })
    }

    /// The list of articles, the schema, and what is loaded.
    #[must_use]
    pub fn corpus(&self) -> &Corpus {
        &self.corpus
    }

    /// The reader of what is not loaded.
    #[must_use]
    pub fn loader(&self) -> &Loader {
        &self.loader
    }

    /// The project folder.
    #[must_use]
    pub fn root(&self) -> &Path {
        self.loader.disk.path()
    }

    /// Reads the referents and judgements of a maker, unless they are in memory already.
    ///
    /// # Errors
    /// If their file is there and cannot be read.
    pub fn read_referents(&mut self, maker: &Name) -> Result<(), OpenError> {
        if self.corpus.referents(maker).is_some() || self.corpus.judgements(maker).is_some() {
            return Ok(());
        }
        let key = FileKey::Referents(maker.clone());
        let file = key.records();
        let (content, ..) =
            read_records(&*self.loader.disk, &self.loader.schema, key).read.map_err(|unread| unread.error)?;
        let records = renumber::found_again(&self.corpus, content.records);
        self.corpus.load_records(&file, records);
        Ok(())
    }

    /// Everyone who has at least one set, sorted, in files or in memory.
    #[must_use]
    pub fn makers(&self) -> Vec<Name> {
        // Files may still have what was taken back in memory.
        let taken_back = self.corpus.sets().filter(|(_, set)| set.is_blank());
        let path = |(key, _): (&SetKey, _)| Some(FileKey::set(self.corpus.article(&key.0)?, &key.1).path());
        let mut makers = file::makers(&*self.loader.disk, &taken_back.filter_map(path).collect());
        makers.extend(self.begun().map(|(_, maker)| maker.clone()));
        makers.sort();
        makers.dedup();
        makers
    }

    /// The sets in memory that have something.
    pub(super) fn begun(&self) -> impl Iterator<Item = &SetKey> {
        self.corpus.sets().filter(|(_, set)| !set.is_blank()).map(|(key, _)| key)
    }

    /// The corpus with one article as all of `names` have it, and what had to be read for that; none where the article
    /// cannot be read, which is told where it is opened, or has another text by now than the one that is loaded.
    pub fn read(&mut self, article: &Article, names: &[Name]) -> Option<(&Corpus, Option<Loaded>)> {
        let id = &article.id;
        let lacking: Vec<Name> = names.iter().filter(|name| self.corpus.set(id, name).is_none()).cloned().collect();
        if lacking.is_empty() {
            return Some((&self.corpus, None));
        }
        let loaded = self.loader.read(article, &lacking).ok()?;
        // Spans that are loaded are those of the text as it was, and would point anywhere in another one.
        if self.corpus.text(id).is_some_and(|known| known.sha256() != loaded.text().sha256()) {
            return None;
        }
        for name in &lacking {
            let Some((text, set)) = loaded.page(name) else { continue };
            self.corpus.load_text(id.clone(), text.clone());
            self.corpus.load_set((id.clone(), name.clone()), set.clone());
        }
        Some((&self.corpus, Some(loaded)))
    }

    /// Follows what will be done, so that the next article is looked at with it; says whether it fits.
    pub fn apply(&mut self, transaction: &Transaction) -> bool {
        transaction.apply(&mut self.corpus).is_ok()
    }

    /// Lets go of an article that was read.
    pub fn forget(&mut self, id: &ArticleId) {
        self.corpus.unload(id);
    }
}
