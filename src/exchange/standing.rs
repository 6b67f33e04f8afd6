//! The work of people that an import would add to: asked about before anything comes in.

use std::collections::{BTreeMap, HashMap};

use crate::formats::{ExchangeDocument, ImportEdits};
use crate::lang::Message;
use crate::message;
use crate::model::{AnnotationSet, Article, ArticleId, Corpus, Name, Progress, SetKind};
use crate::store::Snapshot;

/// The sets that a person allows an import to add to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Allowed {
    /// The sets of persons who have worked on the articles already.
    pub merge: bool,
    /// The adjudicated set, where people or it have worked on the articles already.
    pub into_gold: bool,
}

impl Allowed {
    /// Everything: an import adds to whatever is there.
    pub const ALL: Self = Self { merge: true, into_gold: true };
}

/// A set that an import would add to, although people have work in its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occupied {
    /// The set.
    pub name: Name,
    /// True for the adjudicated set.
    pub gold: bool,
    /// The number of its articles that have work already.
    pub articles: usize,
    /// The first of them.
    pub first: ArticleId,
    /// The number of annotations that it has there.
    pub annotations: usize,
}

impl Occupied {
    /// The sentence that refuses it; none where a person has allowed it.
    #[must_use]
    pub fn refused(&self, allowed: Allowed) -> Option<Message> {
        let Self { name, gold, articles, first, annotations } = self;
        match gold {
            true if !allowed.into_gold => {
                Some(message!("import-into-gold", name = name, count = *articles, first = first, have = *annotations))
            }
            false if !allowed.merge => {
                Some(message!("import-merge", name = name, count = *articles, first = first, have = *annotations))
            }
            _ => None,
        }
    }
}

/// The sets that pages would add to although people have work in their articles: an annotator's own, or, for the
/// adjudicated set, anybody's. What is there already is no news. None where `going` said no.
pub(super) fn occupied(
    pages: &[ExchangeDocument],
    project: &mut Snapshot,
    going: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Vec<Occupied>> {
    let makers = project.makers();
    let kind = |corpus: &Corpus, name: &Name| match corpus.project.kind(name) {
        SetKind::Model | SetKind::Computed => None,
        kind => Some(kind),
    };
    let people: Vec<Name> = makers.into_iter().filter(|name| kind(project.corpus(), name).is_some()).collect();
    let articles = project.corpus().articles().to_vec();
    let known: HashMap<&str, &Article> = articles.iter().map(|article| (article.sha256.as_str(), &**article)).collect();
    let mut found: BTreeMap<Name, Occupied> = BTreeMap::new();
    for (done, page) in pages.iter().enumerate() {
        if !going(done, pages.len()) {
            return None;
        }
        let comes = |name: &Name| page.sets.iter().any(|layer| layer.annotator == *name);
        let into_gold =
            page.sets.iter().any(|layer| kind(project.corpus(), &layer.annotator) == Some(SetKind::Adjudicated));
        let looked_at: Vec<Name> = people.iter().filter(|name| into_gold || comes(name)).cloned().collect();
        if looked_at.is_empty() {
            continue;
        }
        let Some(article) = known.get(page.text.sha256().as_str()) else { continue };
        let loaded = project.corpus().text(&article.id).is_some();
        let Some((corpus, _)) = project.read(article, &looked_at) else { continue };
        for layer in &page.sets {
            let gold = match kind(corpus, &layer.annotator) {
                None => continue,
                Some(kind) => kind == SetKind::Adjudicated,
            };
            let works = |name: &&Name| (gold || **name == layer.annotator) && has_work(corpus, &article.id, name);
            if !looked_at.iter().any(|name| works(&name)) || !adds(corpus, &article.id, page, &layer.annotator) {
                continue;
            }
            let have = corpus.set(&article.id, &layer.annotator).map_or(0, AnnotationSet::len);
            let one = found.entry(layer.annotator.clone()).or_insert_with(|| Occupied {
                name: layer.annotator.clone(),
                gold,
                articles: 0,
                first: article.id.clone(),
                annotations: 0,
            });
            one.articles += 1;
            one.annotations += have;
        }
        if !loaded {
            project.forget(&article.id);
        }
    }
    Some(found.into_values().collect())
}

/// True where somebody has done something in an article.
fn has_work(corpus: &Corpus, article: &ArticleId, name: &Name) -> bool {
    let begun = |set: &AnnotationSet| !set.is_empty() || !set.decisions().is_empty() || set.progress() != Progress::New;
    corpus.set(article, name).is_some_and(begun)
}

/// True where a page has anything for an annotator's set that is not there.
fn adds(corpus: &Corpus, article: &ArticleId, page: &ExchangeDocument, name: &Name) -> bool {
    let mut own = page.clone();
    own.sets.retain(|layer| layer.annotator == *name);
    own.comments.clear();
    let mut edits = ImportEdits::new(corpus);
    edits.page(article, &own);
    edits.taken.annotations + edits.taken.decisions > 0
}

/// The work of somebody in the articles that come in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Working {
    /// The person.
    pub name: Name,
    /// The number of the articles.
    pub articles: usize,
    /// The number of annotations in them.
    pub annotations: usize,
}

/// The work of each person, and of the adjudicated set, in the articles of the project that come in. None where `going` said
/// no.
pub(super) fn working(
    pages: &[ExchangeDocument],
    project: &mut Snapshot,
    going: &mut dyn FnMut(usize, usize) -> bool,
) -> Option<Vec<Working>> {
    let person = |name: &Name| !matches!(project.corpus().project.kind(name), SetKind::Model | SetKind::Computed);
    let people: Vec<Name> = project.makers().into_iter().filter(person).collect();
    let coming: std::collections::HashSet<String> = pages.iter().map(|page| page.text.sha256()).collect();
    let mut found: BTreeMap<Name, Working> = BTreeMap::new();
    let articles = project.corpus().articles().to_vec();
    for (done, article) in articles.iter().enumerate() {
        if !going(done, articles.len()) {
            return None;
        }
        if !coming.contains(&article.sha256) {
            continue;
        }
        let loaded = project.corpus().text(&article.id).is_some();
        let Some((corpus, _)) = project.read(article, &people) else { continue };
        for name in people.iter().filter(|name| has_work(corpus, &article.id, name)) {
            let new = || Working { name: name.clone(), articles: 0, annotations: 0 };
            let work = found.entry(name.clone()).or_insert_with(new);
            work.articles += 1;
            work.annotations += corpus.set(&article.id, name).map_or(0, AnnotationSet::len);
        }
        if !loaded {
            project.forget(&article.id);
        }
    }
    Some(found.into_values().collect())
}
