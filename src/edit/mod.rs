//! Edits, transactions and history: the only way to change the model.
//!
//! An edit is one record replaced by another. Undo is the swap. The journal is a list of transactions. A bulk action is
//! one transaction of many edits.

mod comment_editor;
mod dismiss;
mod fill;
mod history;
mod join;
mod judge;
mod make;
mod schema_change;
mod settle;
mod standing;
mod take;

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Annotation, ArticleId, Corpus, Id, Judgement, Mismatch, Name, Origin, Progress, Record, RecordFile, RecordKey,
    RecordType, Referent, SetKey, Timestamp,
};

pub use comment_editor::CommentEditor;
pub use dismiss::{dismiss, undismiss};
pub use fill::FillAs;
pub use history::History;
pub use join::{fresh_referent, join, split};
pub use judge::{judge, unjudge};
pub use make::*;
pub use schema_change::{AnnotationKey, Changed, Recoding, SchemaChange, SchemaPlace, SetRecoded, Which};
pub use settle::settle_conflict;
pub use standing::Standing;

/// One record replaced by another; either side may be absent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// The file that it stands in.
    pub at: RecordFile,
    /// The record that was there.
    pub before: Option<Record>,
    /// The record that is there instead: of the same name.
    pub after: Option<Record>,
}

/// Both sides of an edit whose records are of one type: before and after.
pub type Sides<'a, T> = (Option<&'a Arc<T>>, Option<&'a Arc<T>>);

impl Edit {
    /// One record replaced by another of its type, in the file `at`.
    pub fn new<T: RecordType>(at: impl Into<RecordFile>, before: Option<Arc<T>>, after: Option<Arc<T>>) -> Self {
        Self { at: at.into(), before: before.map(T::record), after: after.map(T::record) }
    }

    /// Another progress of an annotator with an article.
    #[must_use]
    pub fn progress(set: SetKey, before: Progress, after: Progress) -> Self {
        Self { at: set.into(), before: Record::progress(before), after: Record::progress(after) }
    }

    /// The name of the record; none where there is none on either side.
    #[must_use]
    pub fn key(&self) -> Option<RecordKey> {
        self.after.as_ref().or(self.before.as_ref()).map(Record::key)
    }

    /// Both sides, where the record is of this type.
    #[must_use]
    pub fn sides<T: RecordType>(&self) -> Option<Sides<'_, T>> {
        let (before, after) = (self.before.as_ref().and_then(T::of), self.after.as_ref().and_then(T::of));
        (before.is_some() || after.is_some()).then_some((before, after))
    }

    /// The same edit backwards.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { at: self.at.clone(), before: self.after.clone(), after: self.before.clone() }
    }

    /// The set that must be loaded before this edit can be applied.
    #[must_use]
    pub fn set(&self) -> Option<&SetKey> {
        self.at.set()
    }

    fn apply(&self, corpus: &mut Corpus) -> Result<(), Mismatch> {
        corpus.replace(&self.at, self.before.as_ref(), self.after.as_ref())
    }
}

/// Edits that belong together: done, saved and undone as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// A title for the undo menu: `label as person`.
    pub title: String,
    /// The author.
    pub by: Name,
    /// The time.
    pub at: Timestamp,
    /// The place where the eye should be when it is done or undone.
    pub focus: Option<Focus>,
    /// The edits, in this order.
    pub edits: Vec<Edit>,
    /// SHA-256 of the text that spans of an article are places in, for each article whose sets change: noted when it is
    /// committed, so that it is never undone on another text.
    pub texts: Vec<(ArticleId, String)>,
}

/// A place to look at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Focus {
    /// The article.
    pub article: ArticleId,
    /// The owner of the set.
    pub annotator: Name,
    /// The annotation, if one is meant.
    pub annotation: Option<Id>,
}

impl Transaction {
    /// Nothing yet, by `by`, now.
    #[must_use]
    pub fn new(title: impl Into<String>, by: &Name) -> Self {
        Self {
            title: title.into(),
            by: by.clone(),
            at: Timestamp::now(),
            focus: None,
            edits: Vec::new(),
            texts: Vec::new(),
        }
    }

    /// True where it would change nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// The number of records that it changes, beside the states of articles.
    #[must_use]
    pub fn records(&self) -> usize {
        self.edits.iter().filter(|edit| edit.key().is_some() && edit.sides::<Progress>().is_none()).count()
    }

    /// The articles whose sets it changes.
    #[must_use]
    pub fn articles(&self) -> BTreeSet<ArticleId> {
        self.edits.iter().filter_map(|edit| edit.set().map(|(article, _)| article.clone())).collect()
    }

    /// The same backwards: what undo applies.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { edits: self.edits.iter().rev().map(Edit::inverse).collect(), ..self.clone() }
    }

    /// The same, made by a person in the records of another maker, as a reviewer does in the adjudicated ones: what it makes
    /// or changes is of that person.
    #[must_use]
    pub fn made_by(mut self, person: &Name) -> Self {
        fn signed<T: RecordType + Clone>(edit: &mut Edit, origin: fn(&mut T) -> &mut Origin, person: &Name) {
            let Some(after) = edit.after.as_ref().and_then(T::of) else { return };
            let mut after = T::clone(after);
            let mut before = edit.before.as_ref().and_then(T::of).map(|before| T::clone(before));
            let old = before.as_mut().map(|before| origin(before).clone());
            let new = origin(&mut after);
            if old.as_ref() != Some(new) && new.by != *person {
                new.by = person.clone();
                edit.after = Some(T::record(Arc::new(after)));
            }
        }
        for edit in &mut self.edits {
            signed::<Annotation>(edit, |record| &mut record.origin, person);
            signed::<Referent>(edit, |record| &mut record.origin, person);
            signed::<Judgement>(edit, |record| &mut record.origin, person);
        }
        Self { by: person.clone(), ..self }
    }

    /// Applies every edit, or none.
    ///
    /// # Errors
    /// If a record is not what an edit expects; the corpus is as it was then.
    pub fn apply(&self, corpus: &mut Corpus) -> Result<(), Mismatch> {
        for (done, edit) in self.edits.iter().enumerate() {
            if let Err(mismatch) = edit.apply(corpus) {
                for edit in self.edits[..done].iter().rev() {
                    edit.inverse().apply(corpus).expect("an edit that was just applied can be taken back");
                }
                return Err(mismatch);
            }
        }
        Ok(())
    }
}
