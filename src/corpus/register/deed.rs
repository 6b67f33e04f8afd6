//! Things that are done with entries of the register: each is one transaction over all articles.

use std::collections::hash_map::Entry as Slot;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::entry::Entry;
use crate::corpus::{Index, Item, Trip, TripKey};
use crate::edit::{self, Edit, SetEditor, Transaction};
use crate::message;
use crate::model::{Article, ArticleId, Corpus, Id, Name, Origin, RecordFile, Referent, Verdict};
use crate::store::{Link, StoreError};

/// An entry as something is done with it: its referent, which is made where there is none, and its mentions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    /// The referent.
    pub referent: Option<Id>,
    /// The label.
    pub label: Name,
    /// The name.
    pub name: String,
    /// The mentions.
    pub mentions: Vec<(Arc<Article>, Id)>,
}

impl Party {
    /// An entry of an index.
    #[must_use]
    pub fn of(index: &Index, entry: &Entry) -> Self {
        Self::made(index, entry.referent, (&entry.label, entry.name.clone()), &entry.mentions)
    }

    /// A trip of an index.
    #[must_use]
    pub fn of_trip(index: &Index, trip: &Trip) -> Self {
        let referent = match trip.key {
            TripKey::Joined(id) => Some(id),
            TripKey::Frame(_) => None,
        };
        Self::made(index, referent, (&trip.label, trip.name(index)), &trip.frames)
    }

    /// A party of a referent has all that is of it, though a table shows a part: what is left behind would be of nothing.
    fn made(index: &Index, referent: Option<Id>, (label, name): (&Name, String), items: &[Item]) -> Self {
        let items = referent.map_or(items, |id| index.uses(id));
        let mention = |item: &Item| Some((index.digest_of(*item).article.clone(), index.annotation(*item)?));
        let mentions = items.iter().filter_map(mention).collect();
        Self { referent, label: label.clone(), name, mentions }
    }
}

/// A thing that is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Deed {
    /// The second is the first: all its mentions are of that.
    Join(Box<[Party; 2]>),
    /// The two are something else to each other.
    Judge(Box<[Party; 2]>, Verdict),
    /// These mentions are of another one, of this name.
    Split(Box<Party>, Vec<(Arc<Article>, Id)>, String),
    /// It is called so in a register outside; in place of what was said of that register.
    External(Box<Party>, Name, String),
}

/// Does it as one transaction of the session's annotator, in the sets and referents of a maker: their own, or the adjudicated
/// ones; gives the number of annotations that changed.
///
/// # Errors
/// If it contradicts what was judged, a set cannot be read, or nothing can be written; nothing is changed then.
pub fn carry_out(link: &Link, maker: &Name, deed: &Deed) -> Result<usize, StoreError> {
    let by = link.annotator().clone();
    let mut changed = 0;
    link.make_change(&mut |project| {
        let parties: Vec<&Party> = match deed {
            Deed::Join(both) | Deed::Judge(both, _) => both.iter().collect(),
            Deed::Split(one, ..) | Deed::External(one, ..) => vec![one],
        };
        let articles: BTreeMap<&ArticleId, &Arc<Article>> =
            parties.iter().flat_map(|party| &party.mentions).map(|(article, _)| (&article.id, article)).collect();
        let wanted: Vec<(Arc<Article>, Vec<Name>)> =
            articles.into_values().map(|article| (article.clone(), vec![maker.clone()])).collect();
        project.load(&wanted)?;
        project.load_referents(maker);
        let transaction = made(project.corpus(), maker, deed)?.made_by(&by);
        changed = transaction.edits.iter().filter(|edit| edit.set().is_some()).count();
        Ok(Some(transaction))
    })?;
    Ok(changed)
}

/// The transaction; it is made in steps, each on what those before it leave.
fn made(corpus: &Corpus, maker: &Name, deed: &Deed) -> Result<Transaction, StoreError> {
    let mut after = corpus.clone();
    let mut edits: Vec<Edit> = Vec::new();
    let mut step = |after: &mut Corpus, more: Vec<Edit>| {
        let step = Transaction { edits: more, ..Transaction::new("", maker) };
        step.apply(after).map_err(|why| StoreError::Refused(crate::lang::InWords::in_words(&why)))?;
        edits.extend(step.edits);
        Ok::<(), StoreError>(())
    };
    let mut there = |after: &mut Corpus, party: &Party| -> Result<Id, StoreError> {
        if let Some(id) = party.referent {
            return Ok(id);
        }
        let (id, more) = begun(after, maker, party);
        step(after, more)?;
        Ok(id)
    };
    let title = match deed {
        Deed::Join(both) => {
            let [into, from] = &**both;
            let (into, from) = (there(&mut after, into)?, there(&mut after, from)?);
            let joined = edit::join(&after, maker, into, from).map_err(StoreError::Refused)?;
            step(&mut after, joined.edits)?;
            "join two referents"
        }
        Deed::Judge(both, verdict) => {
            let [one, other] = &**both;
            let of = (there(&mut after, one)?, there(&mut after, other)?);
            let judged = edit::judge(&after, maker, of, *verdict, "").map_err(StoreError::Refused)?;
            step(&mut after, judged.edits)?;
            "judge two referents"
        }
        Deed::Split(party, annotations, name) => {
            let from = there(&mut after, party)?;
            let chosen: HashSet<(ArticleId, Id)> =
                annotations.iter().map(|(article, id)| (article.id.clone(), *id)).collect();
            let (split, _) = edit::split(&after, maker, from, &chosen, name);
            step(&mut after, split.edits)?;
            "split a referent"
        }
        Deed::External(party, register, id) => {
            let of = there(&mut after, party)?;
            let before = after.referents(maker).and_then(|all| all.get(&of)).cloned();
            let Some(before) = before else { return Err(StoreError::Refused(message!("join-gone", id = of))) };
            let mut external = before.external.clone();
            external.retain(|(known, _)| known != register);
            external.push((register.clone(), id.clone()));
            external.sort();
            let changed = Referent { external, origin: Origin::hand(maker), ..Referent::clone(&before) };
            step(&mut after, edit::referent(maker, Some(before), Some(Arc::new(changed))).edits)?;
            "change a referent"
        }
    };
    Ok(Transaction { edits: settled(edits), ..Transaction::new(title, maker) })
}

/// A new referent for an entry that has none, and the edits that make it and say that its mentions are of it.
fn begun(corpus: &Corpus, maker: &Name, party: &Party) -> (Id, Vec<Edit>) {
    let id = edit::fresh_referent(corpus, maker);
    let new = Referent { id, ..Referent::new(&party.label, &party.name, Origin::hand(maker)) };
    let mut edits = vec![Edit::new(RecordFile::Referents(maker.clone()), None, Some(Arc::new(new)))];
    let mut by_article: BTreeMap<&ArticleId, Vec<Id>> = BTreeMap::new();
    for (article, annotation) in &party.mentions {
        by_article.entry(&article.id).or_default().push(*annotation);
    }
    for (article, annotations) in by_article {
        let editor = SetEditor::new(corpus, (article.clone(), maker.clone()));
        edits.extend(editor.refer(&annotations, Some(id)).edits);
    }
    (id, edits)
}

/// Steps on one record as one edit: what it was before the first and is after the last; none where nothing is left of them.
fn settled(edits: Vec<Edit>) -> Vec<Edit> {
    let mut all: Vec<Edit> = Vec::with_capacity(edits.len());
    let mut places: HashMap<_, usize> = HashMap::new();
    for edit in edits {
        let Some(key) = edit.key() else { continue };
        match places.entry((edit.at.clone(), key)) {
            Slot::Occupied(place) => all[*place.get()].after = edit.after,
            Slot::Vacant(place) => {
                place.insert(all.len());
                all.push(edit);
            }
        }
    }
    all.retain(|edit| edit.before != edit.after);
    all
}
