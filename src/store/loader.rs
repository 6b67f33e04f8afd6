use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::file::{self, Content, Context, Stamp};
use super::layout::FileKey;
use super::texts::{self, TextFile};
use super::{OpenError, StoreError};
use crate::model::{AnnotationSet, Article, ArticleId, Name, Problem, Schema};
use crate::text::Text;

/// Reads articles on another thread: cloned into it, and what it reads is handed to [`super::Session::accept`].
///
/// It knows the articles that there were when it was made.
#[derive(Debug, Clone)]
pub struct Loader {
    pub(super) root: PathBuf,
    pub(super) schema: Arc<Schema>,
    pub(super) articles: Arc<Vec<Arc<Article>>>,
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
    /// Reads an article's text and the sets of these annotators.
    ///
    /// # Errors
    /// If the article is not there or its text cannot be read.
    pub fn read(&self, article: &ArticleId, annotators: &[Name]) -> Result<Loaded, StoreError> {
        let found = self.articles.iter().find(|known| known.id == *article);
        let found = found.ok_or_else(|| StoreError::NoArticle(article.to_string()))?;
        Ok(read(&self.root, &self.schema, found, annotators)?)
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
