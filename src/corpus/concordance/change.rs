//! Changes of many places at once: one transaction over all articles.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::hit::Hit;
use crate::corpus::{Index, folded};
use crate::edit::{self, Edit, SetEditor, Transaction};
use crate::gazetteer::gazetteer;
use crate::model::{
    Annotation, Article, ArticleId, Corpus, Dismissed, Id, Kind, Name, Origin, Progress, Quote, SetKey, digest,
};
use crate::store::{Link, StoreError};
use crate::text::Span;

/// The thing that is done with places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// They get this label; what has another one of its kind there is labelled anew. Each is of the referent beside it.
    Label(Name),
    /// Labels of mentions are taken off.
    Unlabel,
    /// They are not hits any more.
    Discard,
    /// They are hits again.
    Restore,
}

/// The number of places that were changed, and of those that were not since their article is finished.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Changed {
    /// Changed places.
    pub places: usize,
    /// The articles in which something changed.
    pub articles: usize,
    /// Places in finished articles.
    pub locked: usize,
}

/// A place of an article at which something is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The article.
    pub article: Arc<Article>,
    /// The fragments, bytes of its text.
    pub at: Vec<Span>,
    /// The referent that a label there is of.
    pub referent: Option<Id>,
}

impl Spot {
    /// The place of a hit.
    #[must_use]
    pub fn of(hit: &Hit, referent: Option<Id>) -> Self {
        Self { article: hit.article.clone(), at: hit.at.to_vec(), referent }
    }
}

/// The referent that words are known by already, where they get this label: the only one that equal words are of, or that is
/// called so; else the only one whose name is another name of the same place.
#[must_use]
pub fn identity(index: &Index, label: &Name, words: &str) -> Option<Id> {
    let wanted = folded(words);
    let known = |id: &Id| index.referent(*id).is_some();
    let mentions = index.mentions().filter(|(_, it)| it.label == *label && it.referent.is_some());
    let mut equal: BTreeSet<Id> = mentions
        .filter(|(_, it)| folded(&it.words) == wanted)
        .filter_map(|(_, it)| it.referent)
        .filter(known)
        .collect();
    let own = || index.referents().values().filter(|it| it.label == *label);
    equal.extend(own().filter(|it| folded(&it.name) == wanted).map(|it| it.id));
    if equal.is_empty() {
        equal.extend(own().filter(|it| gazetteer().of_both(&it.name, words).is_some()).map(|it| it.id));
    }
    let mut equal = equal.into_iter();
    equal.next().filter(|_| equal.next().is_none())
}

/// Does something at places as one transaction, in the set of the session's annotator. Finished articles are left as they are.
///
/// # Errors
/// If a text or a set cannot be read, or nothing can be written; nothing is changed then.
pub fn change(link: &Link, change: &Change, spots: &[Spot]) -> Result<Changed, StoreError> {
    let mut changed = Changed::default();
    let maker = link.annotator().clone();
    let mut by_article: BTreeMap<&ArticleId, Vec<&Spot>> = BTreeMap::new();
    for spot in spots {
        by_article.entry(&spot.article.id).or_default().push(spot);
    }
    link.make_change(&mut |project| {
        let wanted: Vec<(Arc<Article>, Vec<Name>)> =
            by_article.values().map(|spots| (spots[0].article.clone(), vec![maker.clone()])).collect();
        project.load(&wanted)?;
        project.load_referents(&maker);
        let corpus = project.corpus();
        changed = Changed::default();
        let mut transaction = Transaction::new(title(change), &maker);
        for spots in by_article.values() {
            let edits = edits(corpus, &maker, change, spots, &mut changed);
            changed.articles += usize::from(!edits.is_empty());
            transaction.edits.extend(edits);
        }
        if matches!(change, Change::Unlabel) && changed.places > 1 {
            transaction.title = format!("delete {} annotations", changed.places);
        }
        Ok(Some(transaction))
    })?;
    Ok(changed)
}

/// The title of the transaction.
fn title(change: &Change) -> String {
    match change {
        Change::Label(label) => format!("label as {label}"),
        Change::Unlabel => "delete".to_owned(),
        Change::Discard => "dismiss".to_owned(),
        Change::Restore => "take back a dismissal".to_owned(),
    }
}

fn edits(corpus: &Corpus, maker: &Name, change: &Change, spots: &[&Spot], changed: &mut Changed) -> Vec<Edit> {
    let Some(article) = spots.first().map(|spot| &spot.article) else { return Vec::new() };
    let key: SetKey = (article.id.clone(), maker.clone());
    let Some(text) = corpus.text(&article.id) else { return Vec::new() };
    let set = corpus.set(&key.0, &key.1);
    let marks = matches!(change, Change::Label(_) | Change::Unlabel);
    if marks && set.is_some_and(|set| set.progress() == Progress::Done) {
        changed.locked += spots.len();
        return Vec::new();
    }
    let words = || {
        let single = spots.iter().filter_map(|spot| <[Span; 1]>::try_from(spot.at.as_slice()).ok());
        let words = single.map(|[span]| Dismissed::Words {
            article: article.id.clone(),
            digest: digest(&article.sha256).to_owned(),
            at: Quote::of(text, span),
        });
        words.collect::<Vec<_>>()
    };
    let edits = match change {
        Change::Label(label) => return label_edits(corpus, &key, label, spots, changed),
        Change::Unlabel => {
            let there = |at: &[Span]| {
                let hull = Span::new(at.first()?.start, at.last()?.end);
                let set = set?;
                let is_mention = |it: &Annotation| corpus.schema.kind(&it.label) == Kind::Entity;
                Some(set.within(hull).filter(|it| it.at == at && is_mention(it)).map(|it| it.id).collect::<Vec<_>>())
            };
            let ids: Vec<Id> = spots.iter().filter_map(|spot| there(&spot.at)).flatten().collect();
            changed.places += ids.len();
            return SetEditor::new(corpus, key).delete(&ids).edits;
        }
        Change::Discard => edit::dismiss(corpus, maker, words()).edits,
        Change::Restore => edit::undismiss(corpus, maker, &words()).edits,
    };
    changed.places += edits.len();
    edits
}

/// The edits that label places of one set: one for each place, and what the first mark of a set says of its progress.
fn label_edits(corpus: &Corpus, key: &SetKey, label: &Name, spots: &[&Spot], changed: &mut Changed) -> Vec<Edit> {
    let editor = SetEditor::new(corpus, key.clone());
    let set = corpus.set(&key.0, &key.1);
    let kind = corpus.schema.kind(label);
    let mut edits: Vec<Edit> = Vec::new();
    for Spot { at, referent, .. } in spots {
        let (Some(first), Some(last)) = (at.first(), at.last()) else { continue };
        let hull = Span::new(first.start, last.end);
        let there: Vec<&Arc<Annotation>> =
            set.into_iter().flat_map(|set| set.within(hull)).filter(|it| it.at == *at).collect();
        let same = there.iter().find(|it| it.label == *label);
        let of_kind: Vec<_> = there.iter().filter(|it| corpus.schema.kind(&it.label) == kind).collect();
        let made = match (same, &of_kind[..]) {
            (Some(same), _) if referent.is_none() || same.referent.is_some() => Vec::new(),
            (Some(same), _) => editor.refer(&[same.id], *referent).edits,
            (None, [one]) if kind == Kind::Entity => relabelled(&editor, one, label, *referent),
            (None, _) => {
                let like =
                    Annotation { referent: *referent, ..Annotation::new(label, Vec::new(), Origin::hand(&key.1)) };
                editor.label_like(&like, [at.clone()]).0.edits
            }
        };
        // The state is set once for all places of the set.
        let begun = |edit: &Edit| edit.sides::<Progress>().is_some();
        let known = edits.iter().any(begun);
        changed.places += usize::from(!made.is_empty());
        edits.extend(made.into_iter().filter(|edit| !(known && begun(edit))));
    }
    edits
}

/// One edit that gives a mention another label and the referent of it: that of the label before is another thing.
fn relabelled(editor: &SetEditor<'_>, one: &Arc<Annotation>, label: &Name, referent: Option<Id>) -> Vec<Edit> {
    let mut made = editor.relabel(&[one.id], label).edits;
    for edit in &mut made {
        let Some((_, Some(after))) = edit.sides::<Annotation>() else { continue };
        let after = Annotation { referent, ..Annotation::clone(after) };
        *edit = Edit::new(editor.set.clone(), Some(one.clone()), Some(Arc::new(after)));
    }
    made
}
