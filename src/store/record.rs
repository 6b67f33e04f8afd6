//! The records of files and what replaces what: edits as files see them.

use std::sync::Arc;

use super::layout::FileKey;
use super::line::{AnnotationLine, ArticleLine, ReferentLine, Unit};
use super::ron_text;
use super::stem::Stem;
use crate::edit::Edit;
use crate::model::{Annotation, Article, ArticleId, Change, Comment, Decision, Id, Progress, Referent};
use crate::text::Text;

/// One thing in a file that is replaced as a whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Record {
    Annotation(Arc<Annotation>),
    /// In a set's header, beside its annotations.
    Decision(Arc<Decision>),
    Referent(Arc<Referent>),
    Comment(Arc<Comment>),
    Article(Arc<Article>),
    /// The state in a set's header; [`Progress::New`] is no record at all.
    Progress(Progress),
}

/// What a record is found by in its file.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum RecordKey {
    Progress,
    Id(Id),
    Decision(Id),
    Article(ArticleId),
}

impl std::fmt::Display for RecordKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Progress => f.write_str("the state"),
            Self::Id(id) => id.fmt(f),
            Self::Decision(id) => write!(f, "decision {id}"),
            Self::Article(id) => id.fmt(f),
        }
    }
}

impl Record {
    pub fn key(&self) -> RecordKey {
        match self {
            Self::Annotation(record) => RecordKey::Id(record.id),
            Self::Decision(record) => RecordKey::Decision(record.id),
            Self::Referent(record) => RecordKey::Id(record.id),
            Self::Comment(record) => RecordKey::Id(record.id),
            Self::Article(record) => RecordKey::Article(record.id.clone()),
            Self::Progress(_) => RecordKey::Progress,
        }
    }

    /// The record on one line, as it stands in files.
    pub fn line(&self, text: Option<&Text>) -> String {
        match self {
            Self::Annotation(record) => match text {
                Some(text) => ron_text::line(&AnnotationLine::new(record, text, Unit::Chars)),
                None => ron_text::line(&AnnotationLine::new(record, &Text::new(""), Unit::Chars)),
            },
            Self::Decision(record) => ron_text::line(&**record),
            Self::Referent(record) => ron_text::line(&ReferentLine::new(record)),
            Self::Comment(record) => ron_text::line(&**record),
            Self::Article(record) => ron_text::line(&ArticleLine::from(&**record)),
            Self::Progress(progress) => ron_text::line(progress),
        }
    }
}

/// One record of a file replaced by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Swap {
    pub before: Option<Record>,
    pub after: Option<Record>,
}

impl Swap {
    pub fn key(&self) -> RecordKey {
        let either = self.after.as_ref().or(self.before.as_ref());
        // A state that goes from new to new has no record on either side.
        either.map_or(RecordKey::Progress, Record::key)
    }

    /// Which file of records an edit changes, and how; none where it changes the schema.
    pub fn of(edit: &Edit) -> Option<(FileKey, Self)> {
        let progress = |progress: Progress| (progress != Progress::New).then_some(Record::Progress(progress));
        Some(match edit {
            Edit::Annotation { set, change } => {
                (FileKey::Set(set.clone(), Stem::default()), Self::wrap(change, Record::Annotation))
            }
            Edit::Decision { set, change } => {
                (FileKey::Set(set.clone(), Stem::default()), Self::wrap(change, Record::Decision))
            }
            Edit::Referent { annotator, change } => {
                (FileKey::Referents(annotator.clone()), Self::wrap(change, Record::Referent))
            }
            Edit::Comment { by, change } => (FileKey::Comments(by.clone()), Self::wrap(change, Record::Comment)),
            Edit::Article { change } => (FileKey::Articles, Self::wrap(change, Record::Article)),
            Edit::Progress { set, before, after } => (
                FileKey::Set(set.clone(), Stem::default()),
                Self { before: progress(*before), after: progress(*after) },
            ),
            Edit::Label { .. } => return None,
        })
    }

    fn wrap<T>(change: &Change<T>, record: fn(Arc<T>) -> Record) -> Self {
        Self { before: change.before.clone().map(record), after: change.after.clone().map(record) }
    }

    /// The edit that does this in a file; none where the file has no such records.
    pub fn edit(&self, file: &FileKey) -> Option<Edit> {
        let either = self.after.as_ref().or(self.before.as_ref())?;
        Some(match (file, either) {
            (FileKey::Set(set, _), Record::Annotation(_)) => Edit::Annotation {
                set: set.clone(),
                change: self.unwrap(|record| match record {
                    Record::Annotation(record) => Some(record.clone()),
                    _ => None,
                }),
            },
            (FileKey::Set(set, _), Record::Decision(_)) => Edit::Decision {
                set: set.clone(),
                change: self.unwrap(|record| match record {
                    Record::Decision(record) => Some(record.clone()),
                    _ => None,
                }),
            },
            (FileKey::Set(set, _), Record::Progress(_)) => {
                let progress = |side: &Option<Record>| match side {
                    Some(Record::Progress(progress)) => *progress,
                    _ => Progress::New,
                };
                Edit::Progress { set: set.clone(), before: progress(&self.before), after: progress(&self.after) }
            }
            (FileKey::Referents(annotator), Record::Referent(_)) => Edit::Referent {
                annotator: annotator.clone(),
                change: self.unwrap(|record| match record {
                    Record::Referent(record) => Some(record.clone()),
                    _ => None,
                }),
            },
            (FileKey::Comments(by), Record::Comment(_)) => Edit::Comment {
                by: by.clone(),
                change: self.unwrap(|record| match record {
                    Record::Comment(record) => Some(record.clone()),
                    _ => None,
                }),
            },
            (FileKey::Articles, Record::Article(_)) => Edit::Article {
                change: self.unwrap(|record| match record {
                    Record::Article(record) => Some(record.clone()),
                    _ => None,
                }),
            },
            _ => return None,
        })
    }

    fn unwrap<T>(&self, record: impl Fn(&Record) -> Option<Arc<T>>) -> Change<T> {
        Change { before: self.before.as_ref().and_then(&record), after: self.after.as_ref().and_then(&record) }
    }
}
