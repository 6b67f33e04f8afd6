use crate::lang::{InWords, Message};
use std::collections::{BTreeMap, HashSet};
use std::path::Path;
use std::sync::Arc;
use std::time::SystemTime;

use super::content::Content;
use super::disk::Disk;
use super::file::{self, Stamp, Unread};
use super::folder::open_folder;
use super::layout::{self, FileKey};
use super::project;
use super::read::Context;
use super::renumber;
use super::texts::{self, TextFile};
use super::{OpenError, StoreError};
use crate::model::{AnnotationSet, Article, ArticleId, Corpus, Name, Problem, Progress, RecordType, Run, Runs, Schema};
use crate::text::Text;

/// Reads articles on another thread: cloned into it, and what it reads is handed to [`super::Session::accept`].
#[derive(Debug, Clone)]
pub struct Loader {
    pub(super) disk: Arc<dyn Disk>,
    pub(super) schema: Arc<Schema>,
}

/// The result of a [`Loader`].
#[derive(Debug)]
pub struct Loaded {
    pub(super) article: ArticleId,
    pub(super) text: TextFile,
    pub(super) sets: Vec<(Name, Result<LoadedSet, Unread>)>,
    /// Referents that were read along.
    pub(super) files: Vec<RecordsRead>,
}

/// A file of records that belongs to no one article, as it was read.
#[derive(Debug)]
pub(super) struct RecordsRead {
    pub key: FileKey,
    pub read: Result<(Content, Option<Stamp>, Vec<Problem>), Unread>,
}

/// A set as it was read.
#[derive(Debug)]
pub(super) struct LoadedSet {
    /// The file and its place.
    pub file: FileKey,
    pub set: AnnotationSet,
    pub content: Content,
    pub stamp: Option<Stamp>,
    pub problems: Vec<Problem>,
}

impl Loader {
    /// A project's schema and list of articles, without texts, sets and referents, and what reads those without a
    /// session.
    ///
    /// # Errors
    /// If the project's own files cannot be read.
    pub fn open(dir: &Path) -> Result<(Corpus, Self), OpenError> {
        let disk: Arc<dyn Disk> = Arc::new(open_folder(dir)?);
        let corpus = project::open(&*disk, &mut Vec::new())?.corpus;
        let loader = Self { disk, schema: corpus.schema.clone() };
        Ok((corpus, loader))
    }

    /// Everyone who has a folder of sets, sorted.
    #[must_use]
    pub fn annotators(&self) -> Vec<Name> {
        layout::annotators(&*self.disk)
    }

    /// Everyone who has at least one set, sorted: whoever only comments or reviews has none.
    #[must_use]
    pub fn makers(&self) -> Vec<Name> {
        file::makers(&*self.disk, &HashSet::new())
    }

    /// Everyone who has a folder of sets, sorted, with the number of sets in it that say something.
    #[must_use]
    pub fn set_counts(&self) -> Vec<(Name, usize)> {
        let counted = |name: Name| {
            let files = layout::set_files(&*self.disk, &name);
            let sets = files.iter().filter(|path| file::says_something(&*self.disk, path)).count();
            (name, sets)
        };
        layout::annotators(&*self.disk).into_iter().map(counted).collect()
    }

    /// Reads the runs of suggestions of everybody who has any; those that cannot be read are left out, which `check` tells.
    #[must_use]
    pub fn runs(&self, corpus: &Corpus) -> BTreeMap<Name, Arc<Runs>> {
        let mut all = BTreeMap::new();
        for name in layout::annotators(&*self.disk) {
            let read = read_records(&*self.disk, &self.schema, FileKey::Runs(name.clone())).read;
            let records = read.map_or_else(|_| Vec::new(), |(content, ..)| content.records);
            let records = renumber::found_again(corpus, records);
            let runs: Runs = records.iter().filter_map(Run::of).map(|run| (run.id, run.clone())).collect();
            if !runs.is_empty() {
                all.insert(name, Arc::new(runs));
            }
        }
        all
    }

    /// Reads an article's text and the sets of these annotators.
    ///
    /// # Errors
    /// If the article's text cannot be read.
    pub fn read(&self, article: &Article, annotators: &[Name]) -> Result<Loaded, StoreError> {
        Ok(read(&*self.disk, &self.schema, article, annotators)?)
    }

    /// Reads an article's text, the sets of these annotators, and the referents of those; none where `going`, asked before
    /// each file, says that nobody wants it any more.
    ///
    /// # Errors
    /// If the article's text cannot be read.
    pub fn read_while(
        &self,
        article: &Article,
        sets: &[Name],
        referents: &[Name],
        going: &dyn Fn() -> bool,
    ) -> Result<Option<Loaded>, StoreError> {
        Ok(read_while(&*self.disk, &self.schema, article, (sets, referents), going)?)
    }

    /// The mark that tells whether an article's text and the sets of these annotators are still as they were: size and
    /// time of change of each file, the text first; none where there is no such file.
    #[must_use]
    pub fn stamps(&self, article: &Article, annotators: &[Name]) -> Vec<Option<FileStamp>> {
        let set = |annotator: &Name| FileKey::set(article, annotator).path();
        let stamp = |path: &str| {
            let found = self.disk.look(path).ok()??;
            FileStamp::new(found.len, found.modified)
        };
        std::iter::once(stamp(&article.file)).chain(annotators.iter().map(|name| stamp(&set(name)))).collect()
    }

    /// The progress of an annotator with an article, and how many annotations there are, as the set's file has it;
    /// none where there is no file, or none that can be read and says something.
    #[must_use]
    pub fn summary(&self, article: &Article, annotator: &Name) -> Option<(Progress, usize)> {
        // A file that cannot be read is told of where its article is opened.
        file::summary(&*self.disk, &FileKey::set(article, annotator)).ok().flatten()
    }
}

/// Size and time of change of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FileStamp {
    /// Bytes.
    pub len: u64,
    /// Nanoseconds since 1970.
    pub changed: u64,
}

impl FileStamp {
    /// None where the file system does not say when a file was changed.
    fn new(len: u64, modified: Option<SystemTime>) -> Option<Self> {
        let changed = modified?.duration_since(SystemTime::UNIX_EPOCH).ok()?;
        Some(Self { len, changed: changed.as_nanos() as u64 })
    }

    fn of(stamp: &Stamp) -> Option<Self> {
        Self::new(stamp.len, stamp.modified)
    }
}

impl Loaded {
    /// The stamps that [`Loader::stamps`] would have given of the same annotators when these files were read.
    #[must_use]
    pub fn stamps(&self) -> Vec<Option<FileStamp>> {
        let set = |set: &Result<LoadedSet, Unread>| match set {
            Ok(set) => set.stamp.as_ref().and_then(FileStamp::of),
            Err(unread) => unread.stamp.as_ref().and_then(FileStamp::of),
        };
        std::iter::once(FileStamp::of(&self.text.stamp)).chain(self.sets.iter().map(|(_, read)| set(read))).collect()
    }

    /// An annotator's set, where there is a file of it that can be read and says something.
    #[must_use]
    pub fn found(&self, annotator: &Name) -> Option<&AnnotationSet> {
        let (_, set) = self.sets.iter().find(|(whose, _)| whose == annotator)?;
        set.as_ref().ok().filter(|set| !set.content.is_blank()).map(|set| &set.set)
    }

    /// The sets that could not be read, a sentence each.
    pub fn failures(&self) -> impl Iterator<Item = Message> {
        self.sets.iter().filter_map(|(_, set)| Some(set.as_ref().err()?.error.in_words()))
    }

    /// The text that was read.
    #[must_use]
    pub fn text(&self) -> &Text {
        &self.text.text
    }

    /// The text that was read, and one annotator's set on it.
    #[must_use]
    pub fn page(&self, annotator: &Name) -> Option<(&Text, &AnnotationSet)> {
        let (_, set) = self.sets.iter().find(|(whose, _)| whose == annotator)?;
        Some((&self.text.text, &set.as_ref().ok()?.set))
    }
}

/// Reads an article's text, the sets of these annotators, and the referents of those, as long as `going` says to go on.
fn read_while(
    disk: &dyn Disk,
    schema: &Schema,
    article: &Article,
    (whose, referents): (&[Name], &[Name]),
    going: &dyn Fn() -> bool,
) -> Result<Option<Loaded>, OpenError> {
    if !going() {
        return Ok(None);
    }
    let text = texts::read(disk, article)?;
    let mut loaded = Loaded { article: article.id.clone(), text, sets: Vec::new(), files: Vec::new() };
    for annotator in whose {
        if !going() {
            return Ok(None);
        }
        loaded.sets.push((annotator.clone(), read_set(disk, schema, article, &loaded.text.text, annotator)));
    }
    for annotator in referents {
        if !going() {
            return Ok(None);
        }
        loaded.files.push(read_records(disk, schema, FileKey::Referents(annotator.clone())));
    }
    Ok(Some(loaded))
}

/// Reads an article's text and the sets of these annotators.
pub(super) fn read(disk: &dyn Disk, schema: &Schema, article: &Article, whose: &[Name]) -> Result<Loaded, OpenError> {
    let text = texts::read(disk, article)?;
    let set = |annotator: &Name| (annotator.clone(), read_set(disk, schema, article, &text.text, annotator));
    let sets = whose.iter().map(set).collect();
    Ok(Loaded { article: article.id.clone(), text, sets, files: Vec::new() })
}

/// Reads a file of records that belongs to no one article.
pub(super) fn read_records(disk: &dyn Disk, schema: &Schema, key: FileKey) -> RecordsRead {
    let mut problems = Vec::new();
    let read = file::load(disk, &key, &Context { schema, text: None }, &mut problems);
    RecordsRead { key, read: read.map(|(content, stamp)| (content, stamp, problems)) }
}

/// Reads one set on a text that is there already.
pub(super) fn read_set(
    disk: &dyn Disk,
    schema: &Schema,
    article: &Article,
    text: &Text,
    annotator: &Name,
) -> Result<LoadedSet, Unread> {
    let key = FileKey::set(article, annotator);
    let mut problems = Vec::new();
    let (content, stamp) = file::load(disk, &key, &Context { schema, text: Some(text) }, &mut problems)?;
    Ok(LoadedSet { file: key, set: content.set(), content, stamp, problems })
}
