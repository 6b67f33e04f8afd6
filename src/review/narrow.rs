//! Slots that hang on a label: what only a label has that does not count is not asked about.

use super::case::Review;
use super::item::{State, Verdict};
use super::link::Decisions;
use super::slot::{SlotRow, SlotValue};
use super::states::Standing;
use crate::model::{AnnotationSet, Corpus, Name, Schema, Slot};

impl Review {
    /// The label that counts: the one that was decided; else the one that is agreed on and not other than what stands; else the
    /// one that stands in the adjudicated set; else that of most annotators, the first of them in a tie.
    fn label_that_counts(&self, unit: usize, decisions: &Decisions, golden: &AnnotationSet) -> Option<Name> {
        let it = &self.units[unit];
        let row = it.rows.iter().find(|row| row.slot == Slot::Label)?;
        let label = |reading: usize| match &row.readings[reading].said {
            SlotValue::Label(label) => Some(label.clone()),
            _ => None,
        };
        let held = it.gold.and_then(|id| golden.get(id)).map(|record| record.label.clone());
        let decided = decisions.get(&(unit, Slot::Label)).filter(|decision| decision.inputs == row.inputs);
        if let Some(decision) = decided {
            return match self.verdict(row, decision) {
                Verdict::Reading(reading) => label(reading),
                Verdict::Own | Verdict::Nothing => held,
            };
        }
        if held.is_some() {
            return held;
        }
        let most = row.readings.iter().map(|reading| reading.by.len()).max()?;
        let first = row.readings.iter().position(|reading| reading.by.len() == most);
        self.agreed(row).or(first).and_then(label)
    }

    /// Leaves a say in the attributes and roles of a unit to those alone who give it the label that counts. Where nobody does,
    /// everybody has a say in what that label has.
    pub(super) fn narrow(&mut self, schema: &Schema, unit: usize, decisions: &Decisions, golden: &AnnotationSet) {
        let it = &self.units[unit];
        let Some(row) = it.rows.iter().find(|row| row.slot == Slot::Label) else { return };
        let held = it.gold.and_then(|id| golden.get(id));
        let one = |label: &Name| held.is_none_or(|record| record.label == *label);
        if matches!(&row.readings[..], [only] if matches!(&only.said, SlotValue::Label(label) if one(label))) {
            return;
        }
        if let Some(counts) = self.label_that_counts(unit, decisions, golden) {
            self.narrow_to(schema, unit, &counts);
        }
    }

    /// The same for a label that is said to count.
    fn narrow_to(&mut self, schema: &Schema, unit: usize, counts: &Name) {
        let Some(row) = self.units[unit].rows.iter().find(|row| row.slot == Slot::Label) else { return };
        let said =
            |reading: &&super::slot::Reading| matches!(&reading.said, SlotValue::Label(label) if label == counts);
        let by: Option<Vec<usize>> = row.readings.iter().find(said).map(|reading| reading.by.clone());
        let def = schema.label(counts);
        let has = |slot: &Slot| match slot {
            Slot::Attribute(name) => def.is_none_or(|def| def.attribute(name).is_some()),
            Slot::Role(name) => def.is_none_or(|def| def.role(name).is_some()),
            Slot::Presence | Slot::Extent | Slot::Label | Slot::Identity => true,
        };
        for row in &mut self.units[unit].rows {
            if !matches!(row.slot, Slot::Attribute(_) | Slot::Role(_)) {
                continue;
            }
            match &by {
                Some(by) => row.readings.iter_mut().for_each(|reading| reading.by.retain(|voter| by.contains(voter))),
                None if !has(&row.slot) => row.readings.iter_mut().for_each(|reading| reading.by.clear()),
                None => {}
            }
            row.readings.retain(|reading| !reading.by.is_empty());
        }
    }
    /// Takes it into account that a unit's label is decided: who has a say in its attributes and roles, and what they agree on.
    pub(super) fn relabel(&mut self, corpus: &Corpus, unit: usize, label: &Name) {
        let rows = self.all_rows(corpus, unit);
        self.units[unit].rows = rows;
        self.narrow_to(&corpus.schema, unit, label);
        let it = &self.units[unit];
        let held = it.gold.and_then(|id| corpus.annotation(&self.article, &self.gold, id));
        let state = |(row, state): (&SlotRow, &State)| match (&row.slot, state) {
            (Slot::Presence | Slot::Extent | Slot::Label | Slot::Identity, _)
            | (_, State::Decided(..) | State::Reopened(_)) => state.clone(),
            _ if row.readings.is_empty() => State::NotApplicable,
            _ => match self.agreed(row) {
                Some(reading) => {
                    let stands = self.standing(&corpus.schema, held.map(|it| &**it), row, &row.readings[reading]);
                    if stands == Standing::Other { State::Differs(reading) } else { State::Agreed(reading) }
                }
                None => State::Open,
            },
        };
        let states = it.rows.iter().zip(&it.states).map(state).collect();
        self.units[unit].states = states;
    }
}
