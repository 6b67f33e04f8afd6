use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{self, Content, Context, Stamp};
use super::layout::FileKey;
use super::texts::{self, TextFile};
use super::{OpenError, StoreError};
use crate::model::{AnnotationSet, Article, ArticleId, Name, Problem, Progress, Schema};
use crate::text::Text;

/// Reads articles on another thread: cloned into it, and what it reads is handed to [`super::Session::accept`].
#[derive(Debug, Clone)]
pub struct Loader {
    pub(super) root: PathBuf,
    pub(super) schema: Arc<Schema>,
}

/// What a [`Loader`] read.
#[derive(Debug)]
pub struct Loaded {
    pub(super) article: ArticleId,
    pub(super) text: TextFile,
    pub(super) sets: Vec<(Name, Result<LoadedSet, OpenError>)>,
}

/// A set as it was read.
#[derive(Debug)]
pub(super) struct LoadedSet {
    pub set: AnnotationSet,
    pub content: Content,
    pub stamp: Option<Stamp>,
    pub problems: Vec<Problem>,
}

impl Loader {
    /// Everyone who has a folder of sets, sorted.
    #[must_use]
    pub fn annotators(&self) -> Vec<Name> {
        super::layout::annotators(&self.root)
    }

    /// Reads an article's text and the sets of these annotators.
    ///
    /// # Errors
    /// If the article's text cannot be read.
    pub fn read(&self, article: &Article, annotators: &[Name]) -> Result<Loaded, StoreError> {
        Ok(read(&self.root, &self.schema, article, annotators)?)
    }

    /// How far an annotator is with an article and how many annotations there are, as the set's file has it; none where
    /// there is no file, or none that can be read.
    #[must_use]
    pub fn summary(&self, article: &ArticleId, annotator: &Name) -> Option<(Progress, usize)> {
        // A file that cannot be read is told of where its article is opened.
        file::summary(&self.root, &FileKey::Set((article.clone(), annotator.clone()))).ok().flatten()
    }
}

impl Loaded {
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

/// Reads an article's text and the sets of these annotators.
pub(super) fn read(root: &Path, schema: &Schema, article: &Article, whose: &[Name]) -> Result<Loaded, OpenError> {
    let text = texts::read(root, article)?;
    let set = |annotator: &Name| (annotator.clone(), read_set(root, schema, &article.id, &text.text, annotator));
    let sets = whose.iter().map(set).collect();
    Ok(Loaded { article: article.id.clone(), text, sets })
}

/// Reads one set on a text that is there already.
pub(super) fn read_set(
    root: &Path,
    schema: &Schema,
    article: &ArticleId,
    text: &Text,
    annotator: &Name,
) -> Result<LoadedSet, OpenError> {
    let key = FileKey::Set((article.clone(), annotator.clone()));
    let mut problems = Vec::new();
    let (content, stamp) = file::load(root, &key, &Context { schema, text: Some(text) }, &mut problems)?;
    Ok(LoadedSet { set: content.set(), content, stamp, problems })
}
