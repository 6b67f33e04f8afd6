use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::conflict::ConflictFile;
use super::{
    Annotation, AnnotationSet, Article, ArticleId, Comment, Comments, Conflict, Dismissal, Dismissals, Id, Judgement,
    Judgements, LabelDef, Name, Project, Referent, Referents, Run, Runs, Schema,
};
use crate::text::Text;

/// An annotation set's name: whose, in which article.
pub type SetKey = (ArticleId, Name);

/// A project in memory: the list of its articles, and those texts, sets and referents that are loaded.
///
/// Everybody reads; [`crate::edit`] changes records, labels and progress, and nothing else does. A clone shares everything
/// with the original until one of them changes, so it is cheap, and no change of one is seen in the other.
#[derive(Debug, Clone)]
pub struct Corpus {
    /// The settings of the project.
    pub project: Project,
    /// The labels.
    pub schema: Arc<Schema>,
    pub(super) articles: Arc<Vec<Arc<Article>>>,
    pub(super) index: Arc<HashMap<ArticleId, usize>>,
    pub(super) texts: HashMap<ArticleId, Text>,
    pub(super) sets: HashMap<SetKey, Arc<AnnotationSet>>,
    pub(super) referents: BTreeMap<Name, Arc<Referents>>,
    pub(super) judgements: BTreeMap<Name, Arc<Judgements>>,
    pub(super) dismissals: BTreeMap<Name, Arc<Dismissals>>,
    pub(super) comments: BTreeMap<Name, Arc<Comments>>,
    pub(super) runs: BTreeMap<Name, Arc<Runs>>,
    /// The things that merges left to decide in files that are no sets.
    pub(super) conflicts: BTreeMap<ConflictFile, Arc<Vec<Arc<Conflict>>>>,
}

/// A change that does not fit: what it replaces is not what is there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct Mismatch {
    /// The record that differs.
    pub what: Message,
}

impl InWords for Mismatch {
    fn in_words(&self) -> Message {
        message!("record-changed-elsewhere", what = self.what)
    }
}

in_english!(Mismatch);

impl Corpus {
    /// A project without articles.
    #[must_use]
    pub fn new(project: Project, schema: Arc<Schema>) -> Self {
        Self {
            project,
            schema,
            articles: Arc::default(),
            index: Arc::default(),
            texts: HashMap::new(),
            sets: HashMap::new(),
            referents: BTreeMap::new(),
            judgements: BTreeMap::new(),
            dismissals: BTreeMap::new(),
            comments: BTreeMap::new(),
            runs: BTreeMap::new(),
            conflicts: BTreeMap::new(),
        }
    }

    /// All articles in the project's order.
    #[must_use]
    pub fn articles(&self) -> &[Arc<Article>] {
        &self.articles
    }

    /// The article of this id.
    #[must_use]
    pub fn article(&self, id: &ArticleId) -> Option<&Arc<Article>> {
        self.index.get(id).map(|&index| &self.articles[index])
    }

    /// The place where the article stands in [`Corpus::articles`].
    #[must_use]
    pub fn article_index(&self, id: &ArticleId) -> Option<usize> {
        self.index.get(id).copied()
    }

    /// The next free numbered id.
    #[must_use]
    pub fn fresh_article_id(&self) -> ArticleId {
        let from = self.articles.len();
        (from..).map(ArticleId::numbered).find(|id| !self.index.contains_key(id)).expect("numbers do not run out")
    }

    /// The text of an article, where it is loaded.
    #[must_use]
    pub fn text(&self, id: &ArticleId) -> Option<&Text> {
        self.texts.get(id)
    }

    /// An annotation set, where it is loaded.
    #[must_use]
    pub fn set(&self, article: &ArticleId, annotator: &Name) -> Option<&AnnotationSet> {
        // The key is built for the look-up: cloning it costs two counters.
        self.sets.get(&(article.clone(), annotator.clone())).map(Arc::as_ref)
    }

    /// An annotation set to be kept as it is now, where it is loaded: shared until it is changed.
    #[must_use]
    pub fn shared_set(&self, article: &ArticleId, annotator: &Name) -> Option<Arc<AnnotationSet>> {
        self.sets.get(&(article.clone(), annotator.clone())).cloned()
    }

    /// All loaded sets, in no particular order.
    pub fn sets(&self) -> impl Iterator<Item = (&SetKey, &AnnotationSet)> {
        self.sets.iter().map(|(key, set)| (key, &**set))
    }

    /// One annotation, where its set is loaded.
    #[must_use]
    pub fn annotation(&self, article: &ArticleId, annotator: &Name, id: Id) -> Option<&Arc<Annotation>> {
        self.set(article, annotator)?.get(id)
    }

    /// An annotator's referents; none where the annotator has none.
    #[must_use]
    pub fn referents(&self, annotator: &Name) -> Option<&Referents> {
        self.referents.get(annotator).map(Arc::as_ref)
    }

    /// All referents by annotator.
    #[must_use]
    pub fn all_referents(&self) -> &BTreeMap<Name, Arc<Referents>> {
        &self.referents
    }

    /// The judgements of an annotator; none where there are none.
    #[must_use]
    pub fn judgements(&self, annotator: &Name) -> Option<&Judgements> {
        self.judgements.get(annotator).map(Arc::as_ref)
    }

    /// All judgements by annotator.
    #[must_use]
    pub fn all_judgements(&self) -> &BTreeMap<Name, Arc<Judgements>> {
        &self.judgements
    }

    /// A person's comments; none where the person has none, or they are not loaded.
    #[must_use]
    pub fn comments(&self, who: &Name) -> Option<&Comments> {
        self.comments.get(who).map(Arc::as_ref)
    }

    /// The dismissals of an annotator; none where there are none.
    #[must_use]
    pub fn dismissals(&self, annotator: &Name) -> Option<&Dismissals> {
        self.dismissals.get(annotator).map(Arc::as_ref)
    }

    /// All loaded comments by person; [`super::threads`] says what belongs together.
    #[must_use]
    pub fn all_comments(&self) -> &BTreeMap<Name, Arc<Comments>> {
        &self.comments
    }

    /// The runs of suggestions of a person; none where there are none, or they are not loaded.
    #[must_use]
    pub fn runs(&self, who: &Name) -> Option<&Runs> {
        self.runs.get(who).map(Arc::as_ref)
    }

    /// All loaded runs by person.
    #[must_use]
    pub fn all_runs(&self) -> &BTreeMap<Name, Arc<Runs>> {
        &self.runs
    }

    // Records that the store puts in and takes out as it loads; no edit, since the data on disk does not change by it.

    /// Takes the list of articles as it was read.
    pub fn load_articles(&mut self, articles: Vec<Arc<Article>>) {
        self.articles = Arc::new(articles);
        self.reindex();
    }

    /// Takes the text of an article as it was read.
    pub fn load_text(&mut self, id: ArticleId, text: Text) {
        self.texts.insert(id, text);
    }

    /// Takes a set as it was read.
    pub fn load_set(&mut self, key: SetKey, set: impl Into<Arc<AnnotationSet>>) {
        self.sets.insert(key, set.into());
    }

    /// Takes an annotator's referents as they were read.
    pub fn load_referents(&mut self, annotator: Name, referents: impl Into<Arc<Referents>>) {
        self.referents.insert(annotator, referents.into());
    }

    /// Takes a person's comments as they were read.
    pub fn load_comments(&mut self, who: Name, comments: impl Into<Arc<Comments>>) {
        self.comments.insert(who, comments.into());
    }

    /// Takes a person's runs as they were read.
    pub fn load_runs(&mut self, who: Name, runs: impl Into<Arc<Runs>>) {
        self.runs.insert(who, runs.into());
    }

    /// Lets go of an article's text and sets; what is on disk stays there.
    pub fn unload(&mut self, id: &ArticleId) {
        self.texts.remove(id);
        self.sets.retain(|(article, _), _| article != id);
    }

    // The effect of edits that were held against what is there.

    /// The set of this key, to be changed: an empty one where there is none, a copy where a clone of the corpus shares it.
    pub(super) fn set_mut(&mut self, key: &SetKey) -> &mut AnnotationSet {
        Arc::make_mut(self.sets.entry(key.clone()).or_default())
    }

    pub(super) fn put_referent(&mut self, maker: &Name, id: Id, after: Option<Arc<Referent>>) {
        put(self.referents.entry(maker.clone()).or_default(), id, after);
    }

    pub(super) fn put_judgement(&mut self, maker: &Name, id: Id, after: Option<Arc<Judgement>>) {
        put(self.judgements.entry(maker.clone()).or_default(), id, after);
    }

    pub(super) fn put_dismissal(&mut self, maker: &Name, id: Id, after: Option<Arc<Dismissal>>) {
        put(self.dismissals.entry(maker.clone()).or_default(), id, after);
    }

    pub(super) fn put_comment(&mut self, who: &Name, id: Id, after: Option<Arc<Comment>>) {
        put(self.comments.entry(who.clone()).or_default(), id, after);
    }

    pub(super) fn put_run(&mut self, who: &Name, id: Id, after: Option<Arc<Run>>) {
        put(self.runs.entry(who.clone()).or_default(), id, after);
    }

    /// Replaces what is known about an article; a new one goes to the end, one taken away leaves its files behind.
    pub(super) fn put_article(&mut self, id: &ArticleId, after: Option<Arc<Article>>) {
        let there = self.article_index(id);
        let articles = Arc::make_mut(&mut self.articles);
        match (there, after) {
            (Some(index), Some(after)) => articles[index] = after,
            (None, Some(after)) => {
                Arc::make_mut(&mut self.index).insert(id.clone(), articles.len());
                articles.push(after);
            }
            (Some(index), None) => {
                articles.remove(index);
                let places = Arc::make_mut(&mut self.index);
                places.remove(id);
                // None where the last one goes, as when many that were added are taken back.
                for (at, article) in articles.iter().enumerate().skip(index) {
                    places.insert(article.id.clone(), at);
                }
            }
            (None, None) => {}
        }
    }

    /// Replaces the definition of a label; a new one goes to the end of the schema.
    pub(super) fn put_label(&mut self, name: &Name, after: Option<&LabelDef>) {
        let labels = &mut Arc::make_mut(&mut self.schema).labels;
        let at = labels.iter().position(|label| label.name == *name);
        match (at, after) {
            (Some(at), Some(after)) => labels[at] = after.clone(),
            (None, Some(after)) => labels.push(after.clone()),
            (Some(at), None) => {
                labels.remove(at);
            }
            (None, None) => {}
        }
    }

    fn reindex(&mut self) {
        let places = self.articles.iter().enumerate().map(|(at, article)| (article.id.clone(), at));
        self.index = Arc::new(places.collect());
    }
}

fn put<T>(all: &mut Arc<BTreeMap<Id, Arc<T>>>, id: Id, after: Option<Arc<T>>) {
    let all = Arc::make_mut(all);
    match after {
        Some(after) => all.insert(id, after),
        None => all.remove(&id),
    };
}
