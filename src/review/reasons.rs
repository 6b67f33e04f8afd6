//! The reasons of decisions: why an adjudicated set has what others lack.

use super::case::Review;
use super::item::Case;
use crate::model::{Corpus, Decision, Id, Name, Slot, Timestamp, Via};

/// The reason for a value of an adjudicated set.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// The person who decided.
    pub by: Name,
    /// The time.
    pub at: Timestamp,
    /// The annotators whose reading was adopted; none where the adjudicator's own stands there, or nothing.
    pub adopted: Vec<Name>,
    /// The reason, as a tag; may be empty.
    pub reason: String,
    /// The gap of the guideline, where that was the cause; may be empty.
    pub gap: String,
}

impl Review {
    /// Returns why the sets differ here, where one of those compared is an adjudicated set and somebody decided it: by
    /// the decision about the slot, else by that about whether the thing is there at all, else by what the record says
    /// of itself.
    #[must_use]
    pub fn why(&self, corpus: &Corpus, case: &Case) -> Option<Why> {
        let unit = &self.units[case.unit];
        let slot = &unit.rows[case.row].slot;
        let members: Vec<(&Name, Id)> =
            self.annotators.iter().zip(&unit.members).filter_map(|(name, id)| Some((name, (*id)?))).collect();
        (0..self.annotators.len()).find_map(|at| {
            let set = corpus.set(&self.article, &self.annotators[at])?;
            let own = unit.members[at];
            let about = |decision: &&std::sync::Arc<Decision>| {
                own.is_some_and(|id| decision.annotation.contains(&id))
                    || decision.of.iter().any(|(name, id)| members.contains(&(name, *id)))
            };
            let of = |wanted: &Slot| {
                let all = set.decisions().values().filter(about).filter(|decision| decision.slot == *wanted);
                all.max_by_key(|decision| (decision.origin.at, decision.id)).map(|decision| &decision.origin)
            };
            let origin = of(slot).or_else(|| of(&Slot::Presence));
            let origin = origin.or_else(|| own.and_then(|id| set.get(id)).map(|record| &record.origin))?;
            let Via::Decision { adopted, reason, gap } = &origin.via else { return None };
            Some(Why {
                by: origin.by.clone(),
                at: origin.at,
                adopted: adopted.clone(),
                reason: reason.clone(),
                gap: gap.clone(),
            })
        })
    }
}
