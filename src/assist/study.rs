//! A maker's work as it was read and learned from, kept so that the next look at it is short.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::learned::{Learned, Wanted};
use super::lesson::{Lesson, Page};
use super::other_set::OtherSet;
use super::program::Answer;
use super::record::Record;
use super::rejection::rejections;
use super::suggestion::{Source, Suggestion};
use crate::model::{AnnotationSet, Article, ArticleId, Learning, Name, Schema, digest};
use crate::store::Snapshot;
use crate::text::sha256_hex;

/// The sources beside those that learn or know by themselves.
#[derive(Debug, Clone, Default)]
pub struct Beside {
    /// Sets of models.
    pub sets: Vec<Name>,
    /// Answers of programs about the article, each with its source.
    pub answers: Vec<(Name, Arc<Answer>)>,
}

/// Everything that was read of a maker's work, and what was learned of it. Derived: nothing is lost with it.
#[derive(Debug, Clone)]
pub struct Study {
    maker: Name,
    wanted: Wanted,
    schema: Arc<Schema>,
    /// Articles that were looked at; none where the maker has nothing there.
    lessons: BTreeMap<ArticleId, Option<Lesson>>,
    learned: Arc<Learned>,
    record: Record,
    learning: Learning,
}

impl Study {
    /// Reads and learns. What was read before is taken from there, save that of the articles in `stale`; what is loaded counts as it
    /// is there, whatever the files have. None where `going` says that nobody wants it any more.
    #[must_use]
    pub fn of(
        before: Option<&Self>,
        stale: &BTreeSet<ArticleId>,
        snapshot: &Snapshot,
        (maker, wanted): (&Name, &Wanted),
        going: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let corpus = snapshot.corpus();
        let before = before.filter(|it| it.maker == *maker && Arc::ptr_eq(&it.schema, &corpus.schema));
        let mut lessons = BTreeMap::new();
        let mut changed = before.is_none_or(|it| it.wanted != *wanted);
        let mut finished_changed = changed;
        for article in corpus.articles() {
            if !going() {
                return None;
            }
            let kept = before.and_then(|it| it.lessons.get(&article.id));
            let lesson = match kept {
                Some(kept) if is_current(kept.as_ref(), snapshot, article, maker, stale) => kept.clone(),
                _ => {
                    let lesson = read(snapshot, article, maker);
                    let finished = |it: Option<&Lesson>| it.is_some_and(Lesson::is_finished);
                    changed |= kept.is_none_or(Option::is_some) || lesson.is_some();
                    finished_changed |= finished(lesson.as_ref()) || finished(kept.and_then(Option::as_ref));
                    lesson
                }
            };
            lessons.insert(article.id.clone(), lesson);
        }
        finished_changed |= before.is_some_and(|it| it.lessons.keys().any(|id| !lessons.contains_key(id)));
        let all = || corpus.articles().iter().filter_map(|it| lessons.get(&it.id)?.clone()).collect::<Vec<_>>();
        let learned = match before {
            Some(it) if !changed && !finished_changed => it.learned.clone(),
            Some(it) if !finished_changed => Arc::new(it.learned.again(&corpus.schema, &all())),
            _ => Arc::new(Learned::of(&corpus.schema, &all(), wanted, going)?),
        };
        let (maker, wanted, schema) = (maker.clone(), wanted.clone(), corpus.schema.clone());
        let annotations = lessons.values().flatten().flat_map(|lesson| lesson.set.iter().map(|it| &**it));
        let record = Record::of(annotations, corpus, &maker);
        let learning = learning(&lessons);
        Some(Self { maker, wanted, schema, lessons, learned, record, learning })
    }

    /// True where nothing was found to learn from.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        !self.lessons.values().flatten().any(|lesson| !lesson.set.is_empty())
    }

    /// Suggestions for an article of the snapshot, by place, with what other sources say of it; none where it is not loaded there.
    #[must_use]
    pub fn suggest(&self, snapshot: &Snapshot, article: &Article, beside: &Beside) -> Vec<Suggestion> {
        let corpus = snapshot.corpus();
        let Some(text) = corpus.text(&article.id) else { return Vec::new() };
        let nothing = AnnotationSet::default();
        let set = corpus.set(&article.id, &self.maker).unwrap_or(&nothing);
        let page = Page::new(&corpus.schema, &article.id, text, set, &article.published);
        let loud = |it: &Suggestion| !self.record.is_silent(&it.source, &it.label);
        let mut others: Vec<Suggestion> = Vec::new();
        for name in &beside.sets {
            // A set that cannot be read is told of where it is looked at.
            let read = match corpus.shared_set(&article.id, name) {
                Some(set) => Some(set),
                None => snapshot.loader().read(article, std::slice::from_ref(name)).ok().and_then(|loaded| {
                    let same = loaded.text().sha256() == text.sha256();
                    loaded.found(name).filter(|_| same).cloned().map(Arc::new)
                }),
            };
            let Some(set) = read else { continue };
            others.extend(OtherSet::new(name, &set, Some(&self.record)).suggest(&page).into_iter().filter(loud));
        }
        for (source, answer) in &beside.answers {
            others.extend(answer.suggestions(source, &page, &self.record).into_iter().filter(loud));
        }
        let mut all = self.learned.suggest_with(&page, others, &rejections(corpus, &self.maker, article));
        all.retain(loud);
        all
    }

    /// The work that was learned from.
    #[must_use]
    pub fn learning(&self) -> &Learning {
        &self.learning
    }

    /// The articles that it has learned from, in their order.
    pub fn lessons(&self) -> impl Iterator<Item = &Lesson> {
        self.lessons.values().flatten()
    }

    /// The fate of suggestions so far.
    #[must_use]
    pub fn record(&self) -> &Record {
        &self.record
    }
}

/// The work that lessons hold.
fn learning(lessons: &BTreeMap<ArticleId, Option<Lesson>>) -> Learning {
    let with_marks = || lessons.values().flatten().filter(|lesson| !lesson.set.is_empty());
    let told: String = with_marks().map(|lesson| format!("{} {}\n", lesson.article, lesson.digest)).collect();
    if told.is_empty() {
        return Learning::default();
    }
    Learning {
        articles: with_marks().count() as u32,
        done: with_marks().filter(|lesson| lesson.is_finished()).count() as u32,
        annotations: with_marks().map(|lesson| lesson.set.len()).sum::<usize>() as u32,
        digest: digest(&sha256_hex(told.as_bytes())).to_owned(),
    }
}

/// True where what was read of an article is what the snapshot has.
fn is_current(
    kept: Option<&Lesson>,
    snapshot: &Snapshot,
    article: &Article,
    maker: &Name,
    stale: &BTreeSet<ArticleId>,
) -> bool {
    match (kept, snapshot.corpus().shared_set(&article.id, maker)) {
        (Some(lesson), Some(set)) => Arc::ptr_eq(&lesson.set, &set),
        (None, Some(_)) => false,
        (_, None) => !stale.contains(&article.id),
    }
}

/// Reads an article; one that cannot be read is told of where it is opened, and teaches nothing.
fn read(snapshot: &Snapshot, article: &Article, maker: &Name) -> Option<Lesson> {
    let corpus = snapshot.corpus();
    if let (Some(text), Some(set)) = (corpus.text(&article.id), corpus.shared_set(&article.id, maker)) {
        return Some(Lesson::new(&corpus.schema, &article.id, text, set));
    }
    let loaded = snapshot.loader().read(article, std::slice::from_ref(maker)).ok()?;
    let set = loaded.found(maker)?.clone();
    Some(Lesson::new(&corpus.schema, &article.id, loaded.text(), Arc::new(set)))
}
