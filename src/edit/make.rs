//! Transactions for what a person does: each function looks at the corpus and says what would change, and changes
//! nothing itself. An empty transaction means that nothing would.

use std::collections::HashSet;
use std::sync::Arc;

use super::{Edit, Focus, Transaction};
use crate::model::{
    Annotation, Article, Corpus, Filler, Id, Kind, Name, Origin, Progress, RecordFile, Referent, SetKey, Via,
};
use crate::text::Span;

/// The maker of transactions on one annotation set; it changes nothing itself.
#[derive(Debug, Clone)]
pub struct SetEditor<'a> {
    /// The corpus that is looked at.
    pub corpus: &'a Corpus,
    /// The set that would change.
    pub set: SetKey,
    /// The author: the set's annotator, or an adjudicator in the gold set.
    pub by: Name,
    /// The referent that new mentions are about, where words are known by it already.
    pub about: Option<Id>,
}

impl<'a> SetEditor<'a> {
    /// Returns an editor of one set.
    #[must_use]
    pub fn new(corpus: &'a Corpus, set: SetKey) -> Self {
        let by = set.1.clone();
        Self { corpus, set, by, about: None }
    }

    /// The record of this id.
    #[must_use]
    pub fn get(&self, id: Id) -> Option<&'a Arc<Annotation>> {
        self.corpus.annotation(&self.set.0, &self.set.1, id)
    }

    pub(super) fn fresh_id(&self) -> Id {
        self.corpus.set(&self.set.0, &self.set.1).map_or_else(Id::random, crate::model::AnnotationSet::fresh_id)
    }

    pub(super) fn start(&self, title: impl Into<String>, focus: Option<Id>) -> Transaction {
        let focus = Focus { article: self.set.0.clone(), annotator: self.set.1.clone(), annotation: focus };
        let mut transaction = Transaction { focus: Some(focus), ..Transaction::new(title, &self.by) };
        // The first mark in an article says that its annotator has begun; done and begun are said by hand afterwards.
        if self.corpus.set(&self.set.0, &self.set.1).is_none_or(|set| set.progress() == Progress::New) {
            let edit = Edit::progress(self.set.clone(), Progress::New, Progress::InProgress);
            transaction.edits.push(edit);
        }
        transaction
    }

    pub(super) fn edit(&self, before: Option<&Arc<Annotation>>, after: Option<Annotation>) -> Edit {
        Edit::new(self.set.clone(), before.cloned(), after.map(Arc::new))
    }

    /// A transaction that changes each of `ids` once by `change`, which says whether it changed anything.
    pub(super) fn each(&self, title: String, ids: &[Id], change: impl Fn(&mut Annotation) -> bool) -> Transaction {
        let mut transaction = self.start(title, ids.first().copied());
        let edits_before = transaction.edits.len();
        let mut seen = HashSet::new();
        for before in ids.iter().filter(|&id| seen.insert(id)).filter_map(|&id| self.get(id)) {
            let mut after = Annotation::clone(before);
            if change(&mut after) {
                after.origin = self.touched(before);
                transaction.edits.push(self.edit(Some(before), Some(after)));
            }
        }
        if transaction.edits.len() == edits_before {
            transaction.edits.clear();
        }
        transaction
    }

    /// The origin of a record that a person changed: who and when, that an accepted suggestion was altered, and that what
    /// stands in a decided record is no annotator's reading any more.
    pub(super) fn touched(&self, before: &Annotation) -> Origin {
        let mut via = before.origin.via.clone();
        match &mut via {
            Via::Suggestion { changed, .. } => *changed = true,
            Via::Decision { adopted, .. } => adopted.clear(),
            Via::Hand | Via::Import { .. } => {}
        }
        Origin { via, ..Origin::hand(&self.by) }
    }

    /// Labels fragments; an annotation of the same label and fragments is not made twice.
    ///
    /// Gives the id of the new annotation beside the transaction.
    #[must_use]
    pub fn label(&self, label: &Name, at: Vec<Span>) -> (Transaction, Id) {
        self.label_all(label, std::iter::once(at))
    }

    /// Labels many places as one transaction, leaving out those that have the label already.
    ///
    /// Gives the id of the last annotation made or found.
    #[must_use]
    pub fn label_all(&self, label: &Name, places: impl IntoIterator<Item = Vec<Span>>) -> (Transaction, Id) {
        let like = Annotation::new(label, Vec::new(), Origin::hand(&self.by));
        self.label_like(&Annotation { referent: self.about, ..like }, places)
    }

    /// Labels many places as one transaction like an annotation: with its label, its attributes and its referent. Places that
    /// have the label already are left as they are.
    ///
    /// Gives the id of the last annotation made or found.
    #[must_use]
    pub fn label_like(&self, like: &Annotation, places: impl IntoIterator<Item = Vec<Span>>) -> (Transaction, Id) {
        let label = &like.label;
        let mut transaction = self.start(format!("label as {label}"), None);
        let mut last = None;
        let mut made = false;
        for at in places {
            let at = Annotation::tidy(at);
            if let Some(same) = self.same(label, &at) {
                last = Some(same);
                continue;
            }
            let record = Annotation {
                id: self.fresh_id(),
                attributes: like.attributes.clone(),
                referent: like.referent,
                ..Annotation::new(label, at, Origin::hand(&self.by))
            };
            last = Some(record.id);
            made = true;
            transaction.edits.push(self.edit(None, Some(record)));
        }
        if !made {
            transaction.edits.clear();
        }
        let id = last.unwrap_or_else(|| self.fresh_id());
        if let Some(focus) = &mut transaction.focus {
            focus.annotation = Some(id);
        }
        (transaction, id)
    }

    /// The annotation that already has this label on exactly these fragments. Frames and document labels are never the
    /// same: two trips may have one trigger.
    pub(super) fn same(&self, label: &Name, at: &[Span]) -> Option<Id> {
        if matches!(self.corpus.schema.kind(label), Kind::Frame | Kind::Document) {
            return None;
        }
        let set = self.corpus.set(&self.set.0, &self.set.1)?;
        let extent = Span::new(at.first()?.start, at.last()?.end);
        set.within(extent).find(|record| record.label == *label && record.at == at).map(|record| record.id)
    }

    /// Gives annotations another label. Attributes and roles that it does not have are cleared; what has no words becomes no
    /// mention and no zone.
    #[must_use]
    pub fn relabel(&self, ids: &[Id], label: &Name) -> Transaction {
        let def = self.corpus.schema.label(label);
        self.each(format!("relabel as {label}"), ids, |record| {
            if record.label == *label || !self.corpus.schema.may_be(record, label) {
                return false;
            }
            record.label = label.clone();
            if let Some(def) = def {
                record.attributes.retain(|(name, _)| def.attribute(name).is_some());
                record.roles.retain(|role| def.role(&role.name).is_some());
            }
            true
        })
    }

    /// Deletes annotations, and with them every role that they fill.
    #[must_use]
    pub fn delete(&self, ids: &[Id]) -> Transaction {
        let gone: HashSet<Id> = ids.iter().copied().collect();
        let mut transaction = self.start("delete", ids.first().copied());
        let Some(set) = self.corpus.set(&self.set.0, &self.set.1) else {
            return Transaction { edits: Vec::new(), ..transaction };
        };
        let mut orphaned = HashSet::new();
        for &id in &gone {
            orphaned.extend(set.referrers(id).map(|referrer| referrer.id).filter(|id| !gone.contains(id)));
        }
        let mut orphaned: Vec<Id> = orphaned.into_iter().collect();
        orphaned.sort_unstable();
        for before in orphaned.into_iter().filter_map(|id| set.get(id)) {
            let mut after = Annotation::clone(before);
            after.roles.retain(|role| !matches!(role.filler, Filler::Annotation(id) if gone.contains(&id)));
            after.origin = self.touched(before);
            transaction.edits.push(self.edit(Some(before), Some(after)));
        }
        let mut gone: Vec<Id> = gone.into_iter().collect();
        gone.sort_unstable();
        let deleted: Vec<Edit> =
            gone.into_iter().filter_map(|id| set.get(id)).map(|record| self.edit(Some(record), None)).collect();
        if deleted.is_empty() {
            transaction.edits.clear();
        }
        if let [_, _, ..] = deleted[..] {
            transaction.title = format!("delete {} annotations", deleted.len());
        }
        transaction.edits.extend(deleted);
        transaction
    }

    /// Gives an annotation other fragments.
    #[must_use]
    pub fn respan(&self, id: Id, at: Vec<Span>) -> Transaction {
        let at = Annotation::tidy(at);
        self.each("change the span".into(), &[id], |record| {
            let changed = record.at != at || record.drift.is_some();
            record.at.clone_from(&at);
            record.drift = None;
            changed
        })
    }

    /// Sets an attribute of annotations, or clears it.
    #[must_use]
    pub fn attribute(&self, ids: &[Id], name: &Name, value: Option<&str>) -> Transaction {
        self.each(format!("set {name}"), ids, |record| {
            let changed = record.attribute(name) != value;
            record.set_attribute(name, value.map(str::to_owned));
            changed
        })
    }

    /// Sets the note of an annotation.
    #[must_use]
    pub fn note(&self, id: Id, note: &str) -> Transaction {
        self.each("write a note".into(), &[id], |record| {
            let changed = record.note != note;
            note.clone_into(&mut record.note);
            changed
        })
    }

    /// Says which referent annotations are about, or that it is unknown.
    #[must_use]
    pub fn refer(&self, ids: &[Id], referent: Option<Id>) -> Transaction {
        self.each("say who or what it is".into(), ids, |record| {
            let changed = record.referent != referent;
            record.referent = referent;
            changed
        })
    }

    /// Makes a referent and says that annotations are about it.
    #[must_use]
    pub fn refer_new(&self, ids: &[Id], referent: Referent) -> Transaction {
        let mut transaction = self.refer(ids, Some(referent.id));
        let file = RecordFile::Referents(self.set.1.clone());
        transaction.edits.insert(0, Edit::new(file, None, Some(Arc::new(referent))));
        transaction
    }

    /// Takes the `index`-th filled role away from a frame.
    #[must_use]
    pub fn unfill(&self, frame: Id, index: usize) -> Transaction {
        self.each("empty a role".into(), &[frame], |record| {
            let there = index < record.roles.len();
            if there {
                record.roles.remove(index);
            }
            there
        })
    }

    /// Moves the `index`-th filled role of a frame before or after its neighbour of the same role.
    #[must_use]
    pub fn reorder(&self, frame: Id, index: usize, forward: bool) -> Transaction {
        self.each("reorder a role".into(), &[frame], |record| {
            let Some(name) = record.roles.get(index).map(|role| role.name.clone()) else { return false };
            let same = |&other: &usize| record.roles[other].name == name;
            let other = if forward { (index + 1..record.roles.len()).find(same) } else { (0..index).rev().find(same) };
            let Some(other) = other else { return false };
            record.roles.swap(index, other);
            true
        })
    }

    /// Says how far the annotator is with the article.
    #[must_use]
    pub fn progress(&self, after: Progress) -> Transaction {
        let before =
            self.corpus.set(&self.set.0, &self.set.1).map_or(Progress::New, crate::model::AnnotationSet::progress);
        let mut transaction = Transaction::new("set the state", &self.by);
        transaction.focus =
            Some(Focus { article: self.set.0.clone(), annotator: self.set.1.clone(), annotation: None });
        if before != after {
            transaction.edits.push(Edit::progress(self.set.clone(), before, after));
        }
        transaction
    }
}

/// Adds articles as one transaction; their texts are stored already.
#[must_use]
pub fn add_articles<A: Into<Arc<Article>>>(articles: Vec<A>, by: &Name) -> Transaction {
    let mut transaction = Transaction::new("add articles", by);
    let edit = |article: A| Edit::new(RecordFile::Articles, None, Some(article.into()));
    transaction.edits.extend(articles.into_iter().map(edit));
    transaction
}

/// Changes what is known about an article.
#[must_use]
pub fn describe(before: &Arc<Article>, after: Article, by: &Name) -> Transaction {
    let mut transaction = Transaction::new("describe the article", by);
    if **before != after {
        transaction.edits.push(Edit::new(RecordFile::Articles, Some(before.clone()), Some(Arc::new(after))));
    }
    transaction
}

/// Replaces, adds or removes a referent.
#[must_use]
pub fn referent(annotator: &Name, before: Option<Arc<Referent>>, after: Option<Arc<Referent>>) -> Transaction {
    let mut transaction = Transaction::new("change a referent", annotator);
    if before != after {
        transaction.edits.push(Edit::new(RecordFile::Referents(annotator.clone()), before, after));
    }
    transaction
}
