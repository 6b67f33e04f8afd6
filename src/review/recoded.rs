//! Decisions where the same is said under other names: they hold as they did.

use std::collections::HashMap;
use std::sync::Arc;

use super::case::Review;
use crate::edit::Edit;
use crate::model::{AnnotationSet, Corpus, Decision, Name, SetKey, Slot};

impl Review {
    /// The edits that keep decisions which hold in `before`, as this review has it, where `after` says the same under other
    /// names. `slot` gives what a slot of a record of a label is called there; where that is nothing, and where nothing of a
    /// decision is left, the decision goes.
    #[must_use]
    pub fn recoded(&self, before: &Corpus, after: &Corpus, slot: &dyn Fn(&Name, &Slot) -> Option<Slot>) -> Vec<Edit> {
        let key: SetKey = (self.article.clone(), self.gold.clone());
        let none = AnnotationSet::default();
        let golden = before.set(&key.0, &key.1).unwrap_or(&none);
        // The units of what was asked, by slot and digest.
        let mut asked: HashMap<(&Slot, &str), Vec<usize>> = HashMap::new();
        let rows: Vec<_> = (0..self.units.len()).map(|unit| self.all_rows(before, unit)).collect();
        for (unit, row) in rows.iter().enumerate().flat_map(|(unit, rows)| rows.iter().map(move |row| (unit, row))) {
            asked.entry((&row.slot, &row.inputs)).or_default().push(unit);
        }
        let mut edits = Vec::new();
        for decision in golden.decisions().values() {
            let units = asked.get(&(&decision.slot, &*decision.inputs)).map_or(&[][..], Vec::as_slice);
            let unit = units.iter().copied().find(|unit| self.is_about(*unit, decision)).or(units.first().copied());
            let to = self.recoded_decision(before, after, decision, unit, slot);
            if to.as_ref() != Some(&**decision) {
                edits.push(Edit::new(key.clone(), Some(decision.clone()), to.map(Arc::new)));
            }
        }
        edits
    }

    /// Says whether a decision is about something of a unit.
    fn is_about(&self, unit: usize, decision: &Decision) -> bool {
        let it = &self.units[unit];
        let member = |(name, id): &(Name, _)| {
            let voter = self.annotators.iter().position(|annotator| annotator == name);
            voter.is_some_and(|voter| it.members.get(voter) == Some(&Some(*id)))
        };
        decision.of.iter().any(member) || it.gold.is_some_and(|id| decision.annotation.contains(&id))
    }

    fn recoded_decision(
        &self,
        before: &Corpus,
        after: &Corpus,
        decision: &Decision,
        unit: Option<usize>,
        slot: &dyn Fn(&Name, &Slot) -> Option<Slot>,
    ) -> Option<Decision> {
        let own = decision.annotation.iter().map(|id| (&self.gold, *id));
        let of: Vec<_> = decision.of.iter().map(|(name, id)| (name, *id)).chain(own).collect();
        let there = |corpus: &Corpus| of.iter().any(|(name, id)| corpus.annotation(&self.article, name, *id).is_some());
        if there(before) && !there(after) {
            return None;
        }
        let labels = of.iter().filter_map(|(name, id)| before.annotation(&self.article, name, *id));
        let mut slots: Vec<Option<Slot>> = labels.map(|record| slot(&record.label, &decision.slot)).collect();
        slots.dedup();
        let Some(unit) = unit else {
            // The readings have changed since: the question is open, whatever it is called.
            return match slots.into_iter().next() {
                Some(slot) => Some(Decision { slot: slot?, ..decision.clone() }),
                None => Some(decision.clone()),
            };
        };
        let rows = self.all_rows(after, unit);
        let named = slots.iter().flatten().chain([&decision.slot]);
        let row = named.into_iter().find_map(|slot| rows.iter().find(|row| row.slot == *slot));
        match row {
            Some(row) => Some(Decision { slot: row.slot.clone(), inputs: row.inputs.clone(), ..decision.clone() }),
            None => Some(Decision {
                slot: slots.into_iter().next().unwrap_or_else(|| Some(decision.slot.clone()))?,
                ..decision.clone()
            }),
        }
    }
}
