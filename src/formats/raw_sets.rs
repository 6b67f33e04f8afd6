//! The sets of an article that files tell of in several parts: one for each annotator.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::raw_document::{RawAnnotation, RawFiller, RawSet};
use crate::model::Name;

/// The sets of an article, in the order in which the file comes to their annotators.
#[derive(Default)]
pub(super) struct RawSets {
    all: Vec<RawSet>,
    by: HashMap<Option<Name>, usize>,
    parts: usize,
}

impl RawSets {
    /// Adds a mark to the set of its annotator; marks have names that the whole article knows.
    pub fn mark(&mut self, annotator: Option<Name>, mark: RawAnnotation) {
        let at = self.at(&annotator);
        match at {
            Some(at) => self.all[at].marks.push(mark),
            None => self.all.push(RawSet { annotator, marks: vec![mark], ..RawSet::default() }),
        }
    }

    /// Adds a part of an annotator's work, whose names of marks are those of that part alone.
    pub fn part(&mut self, set: RawSet) {
        self.parts += 1;
        match self.at(&set.annotator) {
            Some(at) => self.all[at].marks.extend(apart(set.marks, self.parts)),
            None => self.all.push(set),
        }
    }

    /// The place of an annotator's set; none for one that is to be added as the last.
    fn at(&mut self, annotator: &Option<Name>) -> Option<usize> {
        match self.by.entry(annotator.clone()) {
            Entry::Occupied(there) => Some(*there.get()),
            Entry::Vacant(free) => {
                free.insert(self.all.len());
                None
            }
        }
    }

    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    pub fn into_sets(self) -> Vec<RawSet> {
        self.all
    }
}

/// The marks of a part under names that no other part has.
fn apart(marks: Vec<RawAnnotation>, part: usize) -> impl Iterator<Item = RawAnnotation> {
    let apart = move |id: String| if id.is_empty() { id } else { format!("{id}-{part}") };
    marks.into_iter().map(move |mut mark| {
        mark.id = apart(mark.id);
        for (_, filler) in &mut mark.roles {
            if let RawFiller::Annotation(to) = filler {
                *to = apart(std::mem::take(to));
            }
        }
        mark
    })
}
