//! Edits, transactions and history: the only way to change the model.
//!
//! An edit is one record replaced by another. Undo is the swap. The journal is a list of transactions. A bulk action is
//! one transaction of many edits.

mod history;
mod make;
mod remark;

use crate::model::Timestamp;
use crate::model::{
    Annotation, Article, ArticleId, Change, Comment, Corpus, Decision, Id, LabelDef, Mismatch, Name, Progress,
    Referent, SetKey,
};

pub use history::History;
pub use make::*;
pub use remark::Remarks;

/// One record replaced by another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Edit {
    /// An annotation of a set.
    Annotation {
        /// Whose set, in which article.
        set: SetKey,
        /// The record before and after.
        change: Change<Annotation>,
    },
    /// A decision of an adjudicator, in the set that comes of it.
    Decision {
        /// Whose set, in which article.
        set: SetKey,
        /// The record before and after.
        change: Change<Decision>,
    },
    /// A referent of an annotator.
    Referent {
        /// Whose.
        annotator: Name,
        /// The record before and after.
        change: Change<Referent>,
    },
    /// A comment.
    Comment {
        /// Whose.
        by: Name,
        /// The record before and after.
        change: Change<Comment>,
    },
    /// What is known about an article; never its text.
    Article {
        /// The record before and after.
        change: Change<Article>,
    },
    /// The definition of a label in the project's schema.
    Label {
        /// The definition before and after.
        change: Change<LabelDef>,
    },
    /// How far an annotator is with an article.
    Progress {
        /// Whose set, in which article.
        set: SetKey,
        /// The state before.
        before: Progress,
        /// The state after.
        after: Progress,
    },
}

impl Edit {
    /// The same edit backwards.
    #[must_use]
    pub fn inverse(&self) -> Self {
        match self {
            Self::Annotation { set, change } => Self::Annotation { set: set.clone(), change: change.inverse() },
            Self::Decision { set, change } => Self::Decision { set: set.clone(), change: change.inverse() },
            Self::Referent { annotator, change } => {
                Self::Referent { annotator: annotator.clone(), change: change.inverse() }
            }
            Self::Comment { by, change } => Self::Comment { by: by.clone(), change: change.inverse() },
            Self::Article { change } => Self::Article { change: change.inverse() },
            Self::Label { change } => Self::Label { change: change.inverse() },
            Self::Progress { set, before, after } => {
                Self::Progress { set: set.clone(), before: *after, after: *before }
            }
        }
    }

    /// The set that must be loaded before this edit can be applied.
    #[must_use]
    pub fn set(&self) -> Option<&SetKey> {
        match self {
            Self::Annotation { set, .. } | Self::Decision { set, .. } | Self::Progress { set, .. } => Some(set),
            Self::Referent { .. } | Self::Comment { .. } | Self::Article { .. } | Self::Label { .. } => None,
        }
    }

    fn apply(&self, corpus: &mut Corpus) -> Result<(), Mismatch> {
        match self {
            Self::Annotation { set, change } => corpus.apply_annotation(set, change),
            Self::Decision { set, change } => corpus.apply_decision(set, change),
            Self::Referent { annotator, change } => corpus.apply_referent(annotator, change),
            Self::Comment { by, change } => corpus.apply_comment(by, change),
            Self::Article { change } => corpus.apply_article(change),
            Self::Label { change } => corpus.apply_label(change),
            Self::Progress { set, before, after } => corpus.apply_progress(set, *before, *after),
        }
    }
}

/// Edits that belong together: done, saved and undone as one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Transaction {
    /// What it does, for the undo menu: `label as person`.
    pub title: String,
    /// Who did it.
    pub by: Name,
    /// When.
    pub at: Timestamp,
    /// Where the eye should be when it is done or undone.
    pub focus: Option<Focus>,
    /// What changes, in this order.
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
    /// Whose set.
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

    /// Whether it would change nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// How many records it changes, beside the states of articles.
    #[must_use]
    pub fn records(&self) -> usize {
        self.edits.iter().filter(|edit| !matches!(edit, Edit::Progress { .. })).count()
    }

    /// The same backwards: what undo applies.
    #[must_use]
    pub fn inverse(&self) -> Self {
        Self { edits: self.edits.iter().rev().map(Edit::inverse).collect(), ..self.clone() }
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
