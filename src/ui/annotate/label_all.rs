//! The same label for all equal strings, or the same annotation away everywhere: previewed, with exceptions, one undo.

use crate::edit::{SetEditor, Transaction};
use crate::model::{Annotation, AnnotationSet, ArticleId, Id, Kind, Name, Schema, SetKey};
use crate::store::Loaded;
use crate::t;
use crate::text::{Anchor, Fold, Span, Text, find_all};
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card;

/// The open preview.
pub struct LabelAll {
    pub(super) verb: Verb,
    pub(super) label: Name,
    pub(super) words: String,
    /// The annotation that others are made like: its attributes and its referent are theirs, too.
    like: Annotation,
    /// The name of its referent.
    pub(super) referent: Option<String>,
    pub(super) fold: Fold,
    /// True where places in zones count, too.
    pub(super) zones: bool,
    pub(super) corpus: bool,
    pub(super) hits: Vec<Hit>,
    pub(super) job: Option<Job<Vec<Found>>>,
}

/// The fate of the annotations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verb {
    /// They come.
    Label,
    /// They go.
    Delete,
}

/// One place.
pub(super) struct Hit {
    pub(super) article: ArticleId,
    span: Span,
    /// The annotation that would go.
    id: Option<Id>,
    pub(super) around: Anchor,
    /// True where it stands in a zone: text that does not count.
    zone: bool,
    pub(super) chosen: bool,
}

/// The findings of a worker in one article, with the article, so that it need not be read again.
pub(super) struct Found {
    loaded: Loaded,
    hits: Vec<Hit>,
}

/// A preview that begins with the selected annotation; none where that is not one stretch of words.
pub fn ask(work: &Workspace, verb: Verb) -> Option<LabelAll> {
    let selected = work.open.as_ref().and_then(|open| open.selected.first().copied());
    let record = selected.and_then(|id| work.page()?.1.get(id).cloned());
    let (Some(record), Some((text, _))) = (record.filter(|record| record.at.len() == 1), work.page()) else {
        return None;
    };
    // A trip or claim is one of its own, whatever words it is marked on.
    let entity = work.session.corpus().schema.kind(&record.label) == Kind::Entity;
    let like = match entity && verb == Verb::Label {
        true => Annotation::clone(&record),
        false => Annotation::new(&record.label, Vec::new(), record.origin.clone()),
    };
    let referents = work.session.corpus().referents(work.owner());
    let referent = like.referent.and_then(|id| referents?.get(&id)).map(|referent| referent.name.clone());
    let mut preview = LabelAll {
        verb,
        label: record.label.clone(),
        words: card::quote(text, &record.at),
        like,
        referent,
        zones: verb == Verb::Delete || !entity,
        fold: Fold { case: true, words: true },
        corpus: false,
        hits: Vec::new(),
        job: None,
    };
    preview.search_article(work);
    Some(preview)
}

impl LabelAll {
    /// The places in the open article, for the reader to show.
    pub fn hits_in(&self, article: &ArticleId) -> Vec<Span> {
        self.counted().filter(|hit| hit.article == *article).map(|hit| hit.span).collect()
    }

    /// The number of places that are chosen.
    pub fn chosen(&self) -> usize {
        self.counted().count()
    }

    /// The places that are chosen.
    fn counted(&self) -> impl Iterator<Item = &Hit> {
        self.hits.iter().filter(|hit| hit.chosen && (self.zones || !hit.zone))
    }

    /// The places that are listed, by their numbers.
    pub(super) fn listed(&self) -> Vec<usize> {
        (0..self.hits.len()).filter(|&at| self.zones || !self.hits[at].zone).collect()
    }

    /// The number of places in zones.
    pub fn in_zones(&self) -> usize {
        self.hits.iter().filter(|hit| hit.zone).count()
    }

    /// The number of places that are left out because they stand in zones.
    pub fn left_out(&self) -> usize {
        if self.zones { 0 } else { self.in_zones() }
    }

    /// The attributes that come with the label.
    pub(super) fn attributes(&self) -> impl Iterator<Item = (&Name, &str)> {
        self.like.attributes.iter().map(|(name, value)| (name, value.as_str()))
    }

    fn search_article(&mut self, work: &Workspace) {
        let (Some((text, set)), Some(key)) = (work.page(), work.key()) else { return };
        self.hits = self.search(&key.0, text, set, &work.session.corpus().schema);
    }

    fn search(&self, article: &ArticleId, text: &Text, set: &AnnotationSet, schema: &Schema) -> Vec<Hit> {
        let zone = |span: Span| {
            let here = |record: &Annotation| record.at.iter().any(|piece| piece.overlaps(span));
            set.within(span).any(|record| schema.kind(&record.label) == Kind::Zone && here(record))
        };
        let hit = |span: Span, id: Option<Id>| Hit {
            article: article.clone(),
            span,
            id,
            around: Anchor::of(text, span),
            zone: zone(span),
            chosen: true,
        };
        let labelled = |span: Span| {
            let same = |record: &&std::sync::Arc<crate::model::Annotation>| {
                record.label == self.label && record.at[..] == [span]
            };
            set.within(span).find(same).map(|record| record.id)
        };
        let places = find_all(text, &self.words, self.fold).into_iter();
        if self.verb == Verb::Delete {
            return places.filter_map(|span| labelled(span).map(|id| hit(span, Some(id)))).collect();
        }
        places.filter(|&span| labelled(span).is_none()).map(|span| hit(span, None)).collect()
    }

    fn search_corpus(&mut self, jobs: &Jobs, work: &Workspace) {
        let (snapshot, annotator) = (work.session.snapshot(), work.owner().clone());
        let articles = work.session.corpus().articles().to_vec();
        let schema = work.session.corpus().schema.clone();
        let like = Self {
            words: self.words.clone(),
            label: self.label.clone(),
            like: self.like.clone(),
            referent: None,
            hits: Vec::new(),
            job: None,
            ..*self
        };
        self.job = Some(jobs.start(t!("label-all-job"), move |ticket| {
            let mut found = Vec::new();
            for (done, article) in articles.iter().enumerate() {
                if !ticket.progress(done as u64, articles.len() as u64) {
                    break;
                }
                // An article that cannot be read is told of where it is opened; here it has no hits.
                let Ok(loaded) = snapshot.loader().read(article, std::slice::from_ref(&annotator)) else { continue };
                let Some((text, set)) = loaded.page(&annotator) else { continue };
                let hits = like.search(&article.id, text, set, &schema);
                if !hits.is_empty() {
                    found.push(Found { loaded, hits });
                }
            }
            found
        }));
    }

    /// Takes what the worker has found.
    pub fn follow(&mut self, work: &mut Workspace) {
        let Some(found) = Job::over(&mut self.job) else { return };
        self.hits.clear();
        for Found { loaded, hits } in found.unwrap_or_default() {
            work.session.accept(loaded);
            self.hits.extend(hits);
        }
    }

    /// Looks for the words again, where they are looked for now.
    pub(super) fn search_again(&mut self, jobs: &Jobs, work: &Workspace) {
        self.job = None;
        if self.corpus {
            self.search_corpus(jobs, work);
        } else {
            self.search_article(work);
        }
    }

    /// The transaction of the chosen places, over all articles.
    pub fn transaction(&self, work: &Workspace) -> Transaction {
        let verb = if self.verb == Verb::Delete { "delete all" } else { "label all" };
        let title = format!("{verb} “{}”", card::short(&self.words, 40));
        let mut whole = Transaction::new(title, work.annotator());
        let mut hits = self.counted().peekable();
        while let Some(first) = hits.next() {
            let key: SetKey = (first.article.clone(), work.owner().clone());
            let mut places = vec![first];
            while let Some(hit) = hits.next_if(|hit| hit.article == first.article) {
                places.push(hit);
            }
            let editor = SetEditor { by: work.annotator().clone(), ..SetEditor::new(work.session.corpus(), key) };
            let part = if self.verb == Verb::Delete {
                editor.delete(&places.iter().filter_map(|hit| hit.id).collect::<Vec<_>>())
            } else {
                editor.label_like(&self.like, places.iter().map(|hit| vec![hit.span])).0
            };
            whole.focus = whole.focus.or(part.focus);
            whole.edits.extend(part.edits);
        }
        whole
    }
}
