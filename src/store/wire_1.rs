//! The first form of transactions in the journal, which is read and not written any more.

use serde::{Deserialize, Serialize};

use super::wire::{Around, EditWire, TransactionWire};
use crate::model::record::{AnnotationLine, RecordLine, ReferentLine};
use crate::model::{Article, ArticleId, Comment, Decision, Id, LabelDef, Name, Progress, RecordFile, Timestamp};

/// A transaction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct FirstTransaction {
    title: String,
    by: Name,
    at: Timestamp,
    #[serde(default)]
    focus: Vec<(ArticleId, Name, Vec<Id>)>,
    edits: Vec<FirstEdit>,
    #[serde(default)]
    texts: Vec<(ArticleId, String)>,
    #[serde(default)]
    around: Around,
}

/// An edit, each kind of record in its own way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum FirstEdit {
    Annotation(ArticleId, Name, Vec<AnnotationLine>, Vec<AnnotationLine>),
    Decision(ArticleId, Name, Vec<Decision>, Vec<Decision>),
    Referent(Name, Vec<ReferentLine>, Vec<ReferentLine>),
    Comment(Name, Vec<Comment>, Vec<Comment>),
    Article(Vec<Article>, Vec<Article>),
    Label(Vec<LabelDef>, Vec<LabelDef>),
    Progress(ArticleId, Name, Progress, Progress),
}

impl From<FirstTransaction> for TransactionWire {
    fn from(first: FirstTransaction) -> Self {
        let FirstTransaction { title, by, at, focus, edits, texts, around } = first;
        Self { title, by, at, focus, edits: edits.into_iter().map(EditWire::from).collect(), texts, around }
    }
}

impl From<FirstEdit> for EditWire {
    fn from(edit: FirstEdit) -> Self {
        fn sides<T>(at: RecordFile, line: fn(T) -> RecordLine, before: Vec<T>, after: Vec<T>) -> EditWire {
            let side = |lines: Vec<T>| lines.into_iter().map(line).collect();
            EditWire { at, before: side(before), after: side(after) }
        }
        match edit {
            FirstEdit::Annotation(article, annotator, before, after) => {
                sides(RecordFile::Set((article, annotator)), RecordLine::Annotation, before, after)
            }
            FirstEdit::Decision(article, annotator, before, after) => {
                sides(RecordFile::Set((article, annotator)), RecordLine::Decision, before, after)
            }
            FirstEdit::Referent(annotator, before, after) => {
                sides(RecordFile::Referents(annotator), RecordLine::Referent, before, after)
            }
            FirstEdit::Comment(by, before, after) => {
                sides(RecordFile::Comments(by), RecordLine::Comment, before, after)
            }
            FirstEdit::Article(before, after) => sides(RecordFile::Articles, RecordLine::Article, before, after),
            FirstEdit::Label(before, after) => sides(RecordFile::Schema, RecordLine::Label, before, after),
            FirstEdit::Progress(article, annotator, before, after) => {
                let said = |progress: Progress| (progress != Progress::New).then_some(progress).into_iter().collect();
                sides(RecordFile::Set((article, annotator)), RecordLine::Progress, said(before), said(after))
            }
        }
    }
}
