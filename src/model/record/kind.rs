use crate::lang::Message;
use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::line::SpanUnit;
use super::place::Placer;
use crate::model::corpus::{Corpus, SetKey};
use crate::model::{ArticleId, Id, Name, Problem, Schema};
use crate::text::Text;

/// A file of records; its name stands in its records' edits. Where it lies on disk is the store's business.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum RecordFile {
    /// The list of articles.
    Articles,
    /// An annotator's referents, with what is said about them.
    Referents(Name),
    /// A person's comments.
    Comments(Name),
    /// The runs of suggestions that a person was shown.
    Runs(Name),
    /// An annotation set.
    Set(SetKey),
    /// The schema, which is read and written as a whole.
    Schema,
}

/// A kind of [`RecordFile`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FileKind {
    Articles,
    Referents,
    Comments,
    Runs,
    Set,
    Schema,
}

impl RecordFile {
    /// The set that it is; none of the other files is one.
    #[must_use]
    pub fn set(&self) -> Option<&SetKey> {
        if let Self::Set(key) = self { Some(key) } else { None }
    }

    pub(crate) fn kind(&self) -> FileKind {
        match self {
            Self::Articles => FileKind::Articles,
            Self::Referents(_) => FileKind::Referents,
            Self::Comments(_) => FileKind::Comments,
            Self::Runs(_) => FileKind::Runs,
            Self::Set(_) => FileKind::Set,
            Self::Schema => FileKind::Schema,
        }
    }
}

impl From<SetKey> for RecordFile {
    fn from(key: SetKey) -> Self {
        Self::Set(key)
    }
}

/// The place of a record in its file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Layout {
    /// On a line of the list of this name, which the file is about.
    Line(&'static str),
    /// On a line of the list of this name in the file's head.
    HeadLine(&'static str),
    /// The value of the field of this name in the file's head; there is one such record at the most.
    HeadField(&'static str),
    /// In no file of records.
    Apart,
}

/// The mark that tells a record from the others of its kind in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RecordId {
    /// There is one such record at the most.
    Only,
    /// An id.
    Id(Id),
    /// An article's number.
    Article(ArticleId),
    /// A label's name.
    Label(Name),
    /// The record that a merge left to decide, and what it kept of it.
    Conflict(String),
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Only => Ok(()),
            Self::Id(id) => id.fmt(f),
            Self::Article(id) => id.fmt(f),
            Self::Label(name) => name.fmt(f),
            Self::Conflict(text) => text.fmt(f),
        }
    }
}

/// Whatever the records of one file are understood by, and what turns out to be wrong with them.
pub(crate) struct LineContext<'a> {
    pub schema: &'a Schema,
    /// Of a set: the text that its spans are in.
    pub text: Option<&'a Text>,
    /// The owner of the file.
    pub maker: Option<&'a Name>,
    /// Of a set: SHA-256 of the text that it was written for.
    pub sha256: String,
    /// Of a set: the outline of that text, as it stands in the file.
    pub outline: String,
    pub placer: Option<Placer<'a>>,
    pub problems: Vec<Problem>,
}

/// Gives the number that an article has now, from one that it had and the first digits of its text's SHA-256.
pub(crate) type Renumber<'a> = &'a dyn Fn(&ArticleId, &str) -> ArticleId;

/// Says of a kind that its records stand in files and in the journal as they are.
macro_rules! stands_as_itself {
    () => {
        type Line = Self;

        fn line(&self, _: Option<&$crate::text::Text>, _: $crate::model::record::line::SpanUnit) -> Self {
            self.clone()
        }

        fn line_id(line: &Self) -> RecordId {
            line.id()
        }

        fn trust(line: Self) -> Self {
            line
        }
    };
}
pub(super) use stands_as_itself;

/// A kind of record: all that tells it from others. Each has a file of its own in this folder.
pub(crate) trait Recorded: Clone + PartialEq + Sized + 'static {
    /// The record as it stands in files and in the journal.
    type Line: Serialize + DeserializeOwned + Clone + PartialEq + fmt::Debug + Send;

    /// One such record in a sentence.
    const NOUN: &'static str;
    /// The kind of file that it stands in.
    const FILE: FileKind;
    /// The place in that file.
    const LAYOUT: Layout;

    /// The mark that tells it from others of its kind in one file.
    fn id(&self) -> RecordId;

    /// Its line; spans of a set are on `text`, in `unit`s.
    fn line(&self, text: Option<&Text>, unit: SpanUnit) -> Self::Line;

    /// The mark that tells the record of a line from others of its kind in one file.
    fn line_id(line: &Self::Line) -> RecordId;

    /// Looks whether a line can be a record at all.
    ///
    /// # Errors
    /// The reason why it cannot.
    fn check(_: &Self::Line) -> Result<(), Message> {
        Ok(())
    }

    /// The record of a line of the journal that can be one, its spans taken on trust.
    fn trust(line: Self::Line) -> Self;

    /// Looks at all lines of a file before one of them is read.
    fn prepare(_: &[&Self::Line], _: &mut LineContext<'_>) {}

    /// The record of a line of a file that can be one.
    fn read(line: Self::Line, _: &mut LineContext<'_>) -> Self {
        Self::trust(line)
    }

    /// The order of two in its list; equal ones stay as they are.
    fn order(&self, _: &Self) -> Ordering {
        Ordering::Equal
    }

    /// Gives the record of a line another id, where its own is another one's in the same file; says whether it can have
    /// one.
    fn rename(_: &mut Self::Line, _: Id) -> bool {
        false
    }

    /// Calls records of the same annotator to which a line points by the names that they have elsewhere.
    fn repoint(_: &mut Self::Line, _: &dyn Fn(Id) -> Id) {}

    /// The article that it is about, where it stands in a file of many.
    fn article(&self) -> Option<&ArticleId> {
        None
    }

    /// Calls the articles in a line by the numbers that they have now.
    fn renumber(_: &mut Self::Line, _: Renumber<'_>) {}

    /// The record of this id, where its file is loaded.
    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>>;

    /// All such records of a file that is loaded.
    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>>;

    /// Puts a record in place of the one of this id, or takes that away.
    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>);
}
