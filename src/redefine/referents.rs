//! Referents where the schema changes: they have other names, follow their annotations, or go with their label.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use crate::edit::{Edit, Recoding};
use crate::model::{Annotation, Corpus, Dismissed, Filler, Id, Name, RecordFile, Referent};

/// A referent of an annotator.
type Key<'a> = (&'a Name, Id);

/// The edits of referents and of what was judged of those that go; and the number of referents whose annotations have two
/// labels then. `sets` are the edits of annotations.
pub(super) fn edits(corpus: &Corpus, makers: &[Name], sets: &[Edit], recoding: &Recoding) -> (Vec<Edit>, usize) {
    let labels = labels(corpus, sets, recoding);
    let (mut edits, mut mixed) = (Vec::new(), 0);
    for maker in makers {
        let Some(referents) = corpus.referents(maker) else { continue };
        let file = RecordFile::Referents(maker.clone());
        let mut after: HashMap<Id, Option<Referent>> = HashMap::new();
        for (id, referent) in referents {
            let mut to = recoding.referent(referent);
            if let (Some(to), Some((_, new))) = (&mut to, recoding.split_label()) {
                match labels.get(&(maker, *id)) {
                    Some(Labels { new: 1.., other: 0 }) => to.label = new.clone(),
                    Some(Labels { new: 1.., .. }) => mixed += 1,
                    _ => {}
                }
            }
            if to.is_none() && labels.get(&(maker, *id)).is_some_and(|labels| labels.other > 0) {
                // Annotations of another label are about it, too.
                mixed += 1;
                continue;
            }
            if to.as_ref() != Some(&**referent) {
                after.insert(*id, to);
            }
        }
        let gone = |id: &Id| matches!(after.get(id), Some(None));
        let refilled: Vec<(Id, Referent)> = (referents.iter().filter(|(id, _)| !gone(id)))
            .filter_map(|(id, referent)| {
                let mut to = after.get(id).cloned().flatten().unwrap_or_else(|| Referent::clone(referent));
                let before = to.roles.len();
                to.roles.retain(|role| !matches!(&role.filler, Filler::Annotation(id) if gone(id)));
                (to.roles.len() < before).then_some((*id, to))
            })
            .collect();
        if let Some(judgements) = corpus.judgements(maker) {
            let of_gone = judgements.values().filter(|it| gone(&it.of.0) || gone(&it.of.1));
            edits.extend(of_gone.map(|it| Edit::new(file.clone(), Some(it.clone()), None)));
        }
        if let Some(dismissals) = corpus.dismissals(maker) {
            let of_gone =
                |of: &Dismissed| matches!(of, Dismissed::Finding { referents, .. } if referents.iter().any(gone));
            let of_gone = dismissals.values().filter(|it| of_gone(&it.of));
            edits.extend(of_gone.map(|it| Edit::new(file.clone(), Some(it.clone()), None)));
        }
        after.extend(refilled.into_iter().map(|(id, to)| (id, Some(to))));
        let mut after: Vec<(Id, Option<Referent>)> = after.into_iter().collect();
        after.sort_unstable_by_key(|(id, _)| *id);
        let edit =
            |(id, to): (Id, Option<Referent>)| Edit::new(file.clone(), referents.get(&id).cloned(), to.map(Arc::new));
        edits.extend(after.into_iter().map(edit));
    }
    (edits, mixed)
}

/// The number of a referent's annotations that get the new label of a split, and of the others that stay.
#[derive(Debug, Default)]
struct Labels {
    new: usize,
    other: usize,
}

/// The labels of the annotations of referents whose annotations change.
fn labels<'a>(corpus: &'a Corpus, sets: &'a [Edit], recoding: &Recoding) -> BTreeMap<Key<'a>, Labels> {
    let mut labels: BTreeMap<Key<'_>, Labels> = BTreeMap::new();
    // Edits are few beside the annotations that stay: those are counted first, then each edit moves one.
    let mut moved: BTreeMap<Key<'_>, (usize, usize)> = BTreeMap::new();
    for edit in sets {
        let (Some((_, maker)), Some((Some(before), after))) = (edit.set(), edit.sides::<Annotation>()) else {
            continue;
        };
        let Some(referent) = before.referent else { continue };
        let new = recoding.split_label().is_some_and(|(_, to)| after.is_some_and(|after| after.label == *to));
        let (gone, split) = moved.entry((maker, referent)).or_default();
        *gone += usize::from(after.is_none());
        *split += usize::from(new);
    }
    for ((_, maker), set) in corpus.sets() {
        for referent in set.iter().filter_map(|record| record.referent) {
            if moved.contains_key(&(maker, referent)) {
                labels.entry((maker, referent)).or_default().other += 1;
            }
        }
    }
    for (key, (gone, split)) in moved {
        if let Some(labels) = labels.get_mut(&key) {
            labels.new = split;
            labels.other -= gone + split;
        }
    }
    labels
}
