//! The outcome of a merge: what it adds to the adjudicated set, what it finds there, and what stands there otherwise.

use std::collections::HashSet;
use std::sync::Arc;

use super::case::Review;
use super::item::{AlignedItem, State};
use super::states::Standing;
use crate::edit::Transaction;
use crate::model::{Annotation, ArticleId, Corpus, Id, Slot};

/// The outcome of a merge, of one article or of several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MergeOutcome {
    /// The number of records of the adjudicated set that it makes or adds to.
    pub added: usize,
    /// The number of records that stand there already as annotators have them, or as they were decided.
    pub confirmed: usize,
    /// The number of records that it takes out, since it was decided that they are not there.
    pub removed: usize,
    /// Values that stand there while all say something else by now: they stay, and are cases.
    pub differing: Vec<StandingValue>,
    /// The number of articles that it adds something to.
    pub articles: usize,
}

/// A value of the adjudicated set that stays, while all say something else by now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StandingValue {
    /// The article.
    pub article: ArticleId,
    /// The record: its label and its words.
    pub title: String,
    /// The slot.
    pub slot: Slot,
    /// The value that stands; empty for nothing.
    pub stands: String,
    /// The value that all say; empty for nothing.
    pub said: String,
}

/// The records of the adjudicated set on both sides of each edit of a merge.
fn records(merge: &Transaction) -> impl Iterator<Item = [Option<Id>; 2]> {
    let id = |record: Option<&Arc<Annotation>>| record.map(|record| record.id);
    merge.edits.iter().filter_map(move |edit| edit.sides::<Annotation>().map(|(before, after)| [id(before), id(after)]))
}

impl MergeOutcome {
    /// The number of records of the adjudicated set that a merge makes or adds to.
    #[must_use]
    pub fn added_by(merge: &Transaction) -> usize {
        records(merge).filter(|[_, after]| after.is_some()).count()
    }

    /// Counts in what `merge` does, which [`Review::premerge`] made of this review of `corpus`, where it is not done yet.
    pub fn add(&mut self, corpus: &Corpus, review: &Review, merge: &Transaction) {
        let added = Self::added_by(merge);
        self.added += added;
        self.articles += usize::from(added > 0);
        self.removed += records(merge).filter(|[_, after]| after.is_none()).count();
        let edited: HashSet<Id> = records(merge).flatten().flatten().collect();
        let stands = review.units.iter().filter(|unit| unit.gold.is_some_and(|id| !edited.contains(&id)));
        self.confirmed += stands.filter(|unit| review.is_confirmed(corpus, unit)).count();
        for (at, unit) in review.units.iter().enumerate() {
            for (row, state) in unit.states.iter().enumerate() {
                let said = match state {
                    State::Differs(reading) => Some(*reading),
                    State::Reopened(_) => review.agreed(&unit.rows[row]),
                    State::Agreed(_) | State::Decided(..) | State::Open | State::NotApplicable => None,
                };
                self.differing.extend(said.map(|reading| review.standing_value(corpus, at, row, reading)));
            }
        }
    }
}

impl Review {
    /// Says whether an adjudicated record stands as all have it, or as it was decided.
    fn is_confirmed(&self, corpus: &Corpus, unit: &AlignedItem) -> bool {
        let held = unit.gold.and_then(|id| corpus.annotation(&self.article, &self.gold, id)).map(|record| &**record);
        unit.rows.iter().zip(&unit.states).all(|(row, state)| match state {
            State::Agreed(reading) => {
                self.standing(&corpus.schema, held, row, &row.readings[*reading]) == Standing::Same
            }
            State::Decided(..) | State::NotApplicable => true,
            State::Open | State::Reopened(_) | State::Differs(_) => false,
        })
    }
}
