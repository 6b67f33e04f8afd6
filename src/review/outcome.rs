//! The outcome of a merge: what it adds to the adjudicated set, what it finds there, and what stands there otherwise.

use std::collections::HashSet;

use super::case::Review;
use super::item::State;
use crate::edit::Transaction;
use crate::model::{Annotation, ArticleId, Corpus, Id, Slot};

/// The outcome of a merge, of one article or of several.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct MergeOutcome {
    /// The number of records of the adjudicated set that it makes or adds to.
    pub added: usize,
    /// The number of records that stand there already as annotators have them, or as they were decided.
    pub confirmed: usize,
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

/// The records of the adjudicated set that a merge makes or adds to.
fn edited(merge: &Transaction) -> impl Iterator<Item = Id> {
    merge.edits.iter().filter_map(|edit| Some(edit.sides::<Annotation>()?.1?.id))
}

impl MergeOutcome {
    /// The number of records of the adjudicated set that a merge makes or adds to.
    #[must_use]
    pub fn added_by(merge: &Transaction) -> usize {
        edited(merge).count()
    }

    /// Counts in what `merge` does, which [`Review::premerge`] made of this review of `corpus`, where it is not done yet.
    pub fn add(&mut self, corpus: &Corpus, review: &Review, merge: &Transaction) {
        let edited: HashSet<Id> = edited(merge).collect();
        self.added += edited.len();
        self.articles += usize::from(!edited.is_empty());
        let stands = review.units.iter().filter(|unit| unit.gold.is_some_and(|id| !edited.contains(&id)));
        self.confirmed += stands.filter(|unit| !unit.states.iter().any(State::waits)).count();
        for (at, unit) in review.units.iter().enumerate() {
            let differing = (unit.rows.iter().zip(&unit.states)).filter_map(|(row, state)| match state {
                State::Differs(reading) => Some((row, *reading)),
                State::Reopened(_) => Some((row, review.agreed(row)?)),
                State::Agreed(_) | State::Decided(..) | State::Open | State::NotApplicable => None,
            });
            let differing: Vec<_> = differing.collect();
            if differing.is_empty() {
                continue;
            }
            let card = review.card(corpus, at);
            for (row, reading) in differing {
                let Some(shown) = card.rows.iter().find(|shown| shown.slot == row.slot) else { continue };
                self.differing.push(StandingValue {
                    article: review.article.clone(),
                    title: card.title.clone(),
                    slot: row.slot.clone(),
                    stands: shown.gold.clone(),
                    said: shown.readings.get(reading).map_or(String::new(), |reading| reading.said.clone()),
                });
            }
        }
    }
}
