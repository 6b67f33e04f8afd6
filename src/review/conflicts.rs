//! The two sides of what a merge left to decide, in words.

use super::wording::{Exact, Wording, held};
use crate::model::{Annotation, Corpus, Name, SetKey, Slot};

/// Two versions of an annotation, in words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TwoVersions {
    /// The subject: label and words.
    pub title: String,
    /// The slots in which they differ, each with what ours and theirs say; a note has no slot.
    pub differences: Vec<(Option<Slot>, [String; 2])>,
}

/// Two versions of an annotation of a set in words, of which one may be deleted; none where both are.
#[must_use]
pub fn two_versions(corpus: &Corpus, (article, who): &SetKey, sides: [Option<&Annotation>; 2]) -> Option<TwoVersions> {
    let wording = Wording { corpus, article };
    let first = sides.into_iter().flatten().next()?;
    let title = wording.called(who, first, Exact::Words);
    let mut differences = Vec::new();
    if let [Some(ours), Some(theirs)] = sides {
        for slot in slots(ours, theirs) {
            let values = [ours, theirs].map(|record| held(record, &slot));
            if values[0] != values[1] {
                differences.push((Some(slot), values_in_words(&wording, who, &values)));
            }
        }
        if ours.note != theirs.note {
            differences.push((None, [ours.note.clone(), theirs.note.clone()]));
        }
    } else {
        let of =
            |side: Option<&Annotation>| side.map_or(String::new(), |record| wording.called(who, record, Exact::Words));
        differences.push((Some(Slot::Presence), sides.map(of)));
    }
    Some(TwoVersions { title, differences })
}

/// Both values in words, with their places where the words are the same.
fn values_in_words(wording: &Wording<'_>, who: &Name, values: &[super::SlotValue; 2]) -> [String; 2] {
    let said = |exact: Exact| [&values[0], &values[1]].map(|value| wording.words(who, value, exact));
    let [ours, theirs] = said(Exact::Words);
    if ours == theirs { said(Exact::Places) } else { [ours, theirs] }
}

/// Every slot that one of two annotations has.
fn slots(ours: &Annotation, theirs: &Annotation) -> Vec<Slot> {
    let mut slots = vec![Slot::Extent, Slot::Label, Slot::Identity];
    let both = || [ours, theirs].into_iter();
    slots.extend(both().flat_map(|it| &it.attributes).map(|(name, _)| Slot::Attribute(name.clone())));
    slots.extend(both().flat_map(|it| &it.roles).map(|role| Slot::Role(role.name.clone())));
    let mut seen = std::collections::HashSet::new();
    slots.retain(|slot| seen.insert(slot.clone()));
    slots
}
