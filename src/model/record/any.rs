use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, Renumber};
use super::line::SpanUnit;
use crate::model::corpus::{Corpus, Mismatch};
use crate::model::{
    Annotation, Article, ArticleId, Comment, Conflict, Decision, Dismissal, Id, Judgement, LabelDef, Progress,
    Referent, Referents, Run, Schema,
};
use crate::text::Text;

/// Does something with a kind of record.
pub(crate) trait ForKind {
    type Out;
    fn call<T: Recorded + RecordType>(self) -> Self::Out;
}

/// Does something with a record of whatever kind.
pub(crate) trait ForRecord {
    type Out;
    fn call<T: Recorded + RecordType>(self, record: &Arc<T>) -> Self::Out;
}

/// A type of which there are records.
pub trait RecordType: Sized + Send + Sync + 'static {
    /// The kind of its records.
    const KIND: RecordKind;

    /// The record that it is.
    fn record(this: Arc<Self>) -> Record;

    /// The record's content, if it is of this type.
    fn of(record: &Record) -> Option<&Arc<Self>>;
}

/// The table of all kinds: name and type.
macro_rules! kinds {
    ($($(#[doc = $doc:literal])* $kind:ident($type:ty),)*) => {
        /// A thing that is kept, and that an edit replaces as a whole.
        #[derive(Debug, Clone, PartialEq, Eq)]
        pub enum Record {
            $($(#[doc = $doc])* $kind(Arc<$type>),)*
        }

        /// A kind of record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum RecordKind {
            $($(#[doc = $doc])* $kind,)*
        }

        /// A record as it stands in the journal.
        #[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
        pub(crate) enum RecordLine {
            $($kind(<$type as Recorded>::Line),)*
        }

        impl RecordKind {
            /// All kinds, in the order in which their records stand in a file.
            pub(crate) const ALL: &'static [Self] = &[$(Self::$kind,)*];

            pub(crate) fn with<V: ForKind>(self, visitor: V) -> V::Out {
                match self {
                    $(Self::$kind => visitor.call::<$type>(),)*
                }
            }

            /// One such record in a sentence.
            #[must_use]
            pub fn noun(self) -> &'static str {
                match self {
                    $(Self::$kind => <$type as Recorded>::NOUN,)*
                }
            }

            pub(crate) fn layout(self) -> Layout {
                match self {
                    $(Self::$kind => <$type as Recorded>::LAYOUT,)*
                }
            }

            fn file(self) -> FileKind {
                match self {
                    $(Self::$kind => <$type as Recorded>::FILE,)*
                }
            }
        }

        impl Record {
            pub(crate) fn with<V: ForRecord>(&self, visitor: V) -> V::Out {
                match self {
                    $(Self::$kind(record) => visitor.call(record),)*
                }
            }
        }

        impl RecordLine {
            /// The line of a record of the journal; spans of a set are on `text`.
            pub fn new(record: &Record, text: Option<&Text>) -> Self {
                match record {
                    $(Record::$kind(record) => Self::$kind(record.line(text, SpanUnit::Bytes)),)*
                }
            }

            /// The record of a line, its spans taken on trust; none where this version does not know it.
            pub fn trust(self) -> Option<Record> {
                Some(match self {
                    $(Self::$kind(line) => {
                        <$type as Recorded>::check(&line).ok()?;
                        Record::$kind(Arc::new(<$type as Recorded>::trust(line)))
                    })*
                })
            }

            /// Calls the articles in it by the numbers that they have now.
            pub fn renumber(&mut self, number: Renumber<'_>) {
                match self {
                    $(Self::$kind(line) => <$type as Recorded>::renumber(line, number),)*
                }
            }
        }

        $(
            impl RecordType for $type {
                const KIND: RecordKind = RecordKind::$kind;

                fn record(this: Arc<Self>) -> Record {
                    Record::$kind(this)
                }

                fn of(record: &Record) -> Option<&Arc<Self>> {
                    if let Record::$kind(record) = record { Some(record) } else { None }
                }
            }
        )*
    };
}

kinds! {
    /// The progress of an annotator with an article; [`Progress::New`] is not a record.
    Progress(Progress),
    /// A thing that a merge left to decide.
    Conflict(Conflict),
    /// A decision of an adjudicator, in the set that comes of it.
    Decision(Decision),
    /// An annotation of a set.
    Annotation(Annotation),
    /// A referent of an annotator.
    Referent(Referent),
    /// A person's statement about two referents.
    Judgement(Judgement),
    /// A person's statement that something needs no mark or is right.
    Dismissal(Dismissal),
    /// A comment.
    Comment(Comment),
    /// The fate of suggestions in an article.
    Run(Run),
    /// The facts known about an article; never its text.
    Article(Article),
    /// The definition of a label in the project's schema.
    Label(LabelDef),
    /// The project's schema as a whole, where more of it changes than one label.
    Schema(Schema),
}

/// The name of a record in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordKey {
    /// The kind of the record.
    pub kind: RecordKind,
    /// The mark that tells it from others of its kind.
    pub id: RecordId,
}

impl InWords for RecordKey {
    fn in_words(&self) -> Message {
        let noun = noun(self.kind.noun());
        match &self.id {
            RecordId::Only => message!("record-only", noun = noun),
            id => message!("record-called", noun = noun, id = id),
        }
    }
}

in_english!(RecordKey);

/// The name of a kind of record, or of its place, for people; `noun` is its name in files.
pub(crate) fn noun(noun: &str) -> Message {
    message!("record-noun", noun = noun)
}

impl RecordKind {
    /// The kinds of a kind of file, in the order in which they stand there.
    pub(crate) fn of_file(file: FileKind) -> impl Iterator<Item = Self> {
        // A merge may leave something to decide in each; the schema is merged as text.
        let stands = move |kind: &Self| match kind {
            Self::Conflict => file != FileKind::Schema,
            kind => kind.file() == file,
        };
        Self::ALL.iter().copied().filter(stands)
    }
}

impl Record {
    /// A progress as a record; none where nothing was said yet.
    #[must_use]
    pub fn progress(progress: Progress) -> Option<Self> {
        (progress != Progress::New).then(|| Self::Progress(Arc::new(progress)))
    }

    /// The key by which it is found in its file.
    #[must_use]
    pub fn key(&self) -> RecordKey {
        struct Key;
        impl ForRecord for Key {
            type Out = RecordKey;
            fn call<T: Recorded + RecordType>(self, record: &Arc<T>) -> RecordKey {
                RecordKey { kind: T::KIND, id: record.id() }
            }
        }
        self.with(Key)
    }

    /// The same record where what it points to is called otherwise, under another id if one is given.
    #[must_use]
    pub(crate) fn moved(&self, id: Option<Id>, name: &dyn Fn(Id) -> Id) -> Self {
        struct Moved<'a>(Option<Id>, &'a dyn Fn(Id) -> Id);
        impl ForRecord for Moved<'_> {
            type Out = Record;
            fn call<T: Recorded + RecordType>(self, record: &Arc<T>) -> Record {
                let mut line = record.line(None, SpanUnit::Bytes);
                T::repoint(&mut line, self.1);
                if let Some(id) = self.0 {
                    T::rename(&mut line, id);
                }
                T::record(Arc::new(T::trust(line)))
            }
        }
        self.with(Moved(id, name))
    }

    /// True where one of the records that it points to is among these.
    #[must_use]
    pub(crate) fn points_to(&self, among: &dyn Fn(Id) -> bool) -> bool {
        let found = std::cell::Cell::new(false);
        let _ = self.moved(None, &|id| {
            found.set(found.get() || among(id));
            id
        });
        found.get()
    }

    /// The article that it is about, where it stands in a file of many.
    pub(crate) fn article(&self) -> Option<ArticleId> {
        struct About;
        impl ForRecord for About {
            type Out = Option<ArticleId>;
            fn call<T: Recorded + RecordType>(self, record: &Arc<T>) -> Option<ArticleId> {
                record.article().cloned()
            }
        }
        self.with(About)
    }
}

// Everything about records is read and replaced here, whatever their kind.
impl Corpus {
    /// The record of this name, where its file is loaded.
    #[must_use]
    pub fn record(&self, file: &RecordFile, key: &RecordKey) -> Option<Record> {
        struct Find<'a>(&'a Corpus, &'a RecordFile, &'a RecordId);
        impl ForKind for Find<'_> {
            type Out = Option<Record>;
            fn call<T: Recorded + RecordType>(self) -> Option<Record> {
                T::find(self.0, self.1, self.2).map(T::record)
            }
        }
        key.kind.with(Find(self, file, &key.id))
    }

    /// All records of a file that is loaded, by kind.
    #[must_use]
    pub fn records(&self, file: &RecordFile) -> Vec<Record> {
        struct All<'a>(&'a Corpus, &'a RecordFile);
        impl ForKind for All<'_> {
            type Out = Vec<Record>;
            fn call<T: Recorded + RecordType>(self) -> Vec<Record> {
                T::all(self.0, self.1).into_iter().map(T::record).collect()
            }
        }
        RecordKind::of_file(file.kind()).flat_map(|kind| kind.with(All(self, file))).collect()
    }

    /// Takes a file of records as it was read; no edit, since the data on disk does not change by it.
    pub fn load_records(&mut self, file: &RecordFile, records: impl IntoIterator<Item = Record>) {
        self.forget_conflicts(file);
        // Without records it is loaded, too.
        match file {
            RecordFile::Referents(maker) => self.load_referents(maker.clone(), Referents::new()),
            RecordFile::Comments(who) => self.load_comments(who.clone(), crate::model::Comments::new()),
            RecordFile::Runs(who) => self.load_runs(who.clone(), crate::model::Runs::new()),
            RecordFile::Set(_) | RecordFile::Articles | RecordFile::Schema => {}
        }
        for record in records {
            let id = record.key().id;
            record.with(Put { corpus: self, file, id: &id, taken: false });
        }
    }

    /// Replaces one record by another; either may be absent.
    ///
    /// # Errors
    /// If what is there is not `before`; nothing is changed then.
    pub fn replace(
        &mut self,
        file: &RecordFile,
        before: Option<&Record>,
        after: Option<&Record>,
    ) -> Result<(), Mismatch> {
        let Some(either) = after.or(before) else { return Ok(()) };
        let key = either.key();
        if self.record(file, &key).as_ref() != before {
            let what = match file {
                RecordFile::Set((article, _)) => message!("record-of-article", record = key, article = article),
                RecordFile::Referents(maker) | RecordFile::Comments(maker) | RecordFile::Runs(maker) => {
                    message!("record-of-maker", record = key, maker = maker)
                }
                RecordFile::Schema => message!("record-of-schema", record = key),
                RecordFile::Articles => key.in_words(),
            };
            return Err(Mismatch { what });
        }
        either.with(Put { corpus: self, file, id: &key.id, taken: after.is_none() });
        Ok(())
    }
}

/// Puts a record into its place, or takes it away.
struct Put<'a> {
    corpus: &'a mut Corpus,
    file: &'a RecordFile,
    id: &'a RecordId,
    taken: bool,
}

impl ForRecord for Put<'_> {
    type Out = ();
    fn call<T: Recorded + RecordType>(self, record: &Arc<T>) {
        T::put(self.corpus, self.file, self.id, (!self.taken).then(|| record.clone()));
    }
}
