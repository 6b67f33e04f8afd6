//! The state of every slot: agreed, decided, open, or standing in the adjudicated set beside other readings.

use std::collections::HashSet;
use std::hash::Hash;

use super::case::Review;
use super::filler::{FilledRole, FillerKey};
use super::item::{AlignedItem, Case, State, Verdict, by_hand};
use super::likeness::normal_attribute;
use super::link::Decisions;
use super::slot::{Reading, SlotRow, SlotValue};
use crate::model::{Annotation, AnnotationSet, Decision, Filler, Name, Schema, Slot, Strategy, Via};

impl Review {
    /// Returns the state of each slot of a unit.
    pub(super) fn states(
        &self,
        schema: &Schema,
        unit: usize,
        decisions: &Decisions,
        golden: &AnnotationSet,
    ) -> Vec<State> {
        let it = &self.units[unit];
        let mut states = Vec::with_capacity(it.rows.len());
        let held = it.gold.and_then(|id| golden.get(id));
        let merged = held.is_some_and(|record| !by_hand(record));
        let standing = |row: &SlotRow, reading: usize| {
            self.standing(schema, held.map(|record| &**record), row, &row.readings[reading])
        };
        for row in &it.rows {
            if row.readings.is_empty() {
                // It hangs on a label that does not count.
                states.push(State::NotApplicable);
                continue;
            }
            let state = match decisions.get(&(unit, row.slot.clone())) {
                Some(decision)
                    if decision.inputs == row.inputs
                        && self.has_say(row, decision)
                        && self.undisputed(unit, row, decision, golden) =>
                {
                    State::Decided(self.verdict(row, decision), decision.id)
                }
                Some(decision) => match self.agreed(row) {
                    Some(reading) if standing(row, reading) == Standing::Same => State::Agreed(reading),
                    _ => State::Reopened(decision.id),
                },
                None => match self.agreed(row) {
                    // A merged value stays, whoever says something else by now.
                    Some(reading) if merged && standing(row, reading) == Standing::Other => State::Differs(reading),
                    Some(reading) => State::Agreed(reading),
                    None => State::Open,
                },
            };
            states.push(state);
        }
        if self.is_absent(it, &states) {
            for (row, state) in it.rows.iter().zip(&mut states) {
                if row.slot != Slot::Presence {
                    *state = State::NotApplicable;
                }
            }
        }
        states
    }

    /// Says whether a case waits because two people decided it differently, apart from each other.
    #[must_use]
    pub fn decided_twice(&self, case: &Case) -> bool {
        case.reopened && self.rivals.contains_key(&(case.unit, self.row(case).slot.clone()))
    }

    /// Says whether all decisions that were made about the same readings of a slot came out the same.
    fn undisputed(&self, unit: usize, row: &SlotRow, decision: &Decision, golden: &AnnotationSet) -> bool {
        let verdict = self.verdict(row, decision);
        let rivals = self.rivals.get(&(unit, row.slot.clone())).into_iter().flatten();
        let rivals = rivals.filter_map(|id| golden.decisions().get(id)).filter(|rival| rival.inputs == decision.inputs);
        // Values that two people made by hand cannot both stand in the set.
        let mut verdicts = rivals.map(|rival| self.verdict(row, rival));
        verdicts.all(|other| other == verdict && verdict != Verdict::Own)
    }

    /// Says whether it is settled that the thing of this unit is not there.
    #[must_use]
    pub fn settled_absent(&self, unit: usize) -> bool {
        self.is_absent(&self.units[unit], &self.units[unit].states)
    }

    /// Says whether it is settled that the thing is not there.
    pub(super) fn is_absent(&self, unit: &AlignedItem, states: &[State]) -> bool {
        let absent = |row: &SlotRow, state: &State| match (&row.slot, state) {
            (Slot::Presence, State::Agreed(reading) | State::Decided(Verdict::Reading(reading), _)) => {
                row.readings[*reading].said == SlotValue::Presence(false)
            }
            (Slot::Presence | Slot::Label, State::Decided(Verdict::Nothing, _)) => true,
            (Slot::Extent, State::Decided(Verdict::Nothing, _)) => !unit.frame,
            _ => false,
        };
        unit.rows.iter().zip(states).any(|(row, state)| absent(row, state))
    }

    /// Says whether whoever's reading was adopted has a say by now: it hangs on the label that was decided.
    fn has_say(&self, row: &SlotRow, decision: &Decision) -> bool {
        let Via::Decision { adopted, .. } = &decision.origin.via else { return true };
        let voter = adopted.first().and_then(|name| self.annotators.iter().position(|other| other == name));
        voter.is_none_or(|voter| row.reading_of(voter).is_some() || row.silent.contains(&voter))
    }

    pub(super) fn verdict(&self, row: &SlotRow, decision: &Decision) -> Verdict {
        let Via::Decision { adopted, .. } = &decision.origin.via else { return Verdict::Own };
        let voter = adopted.first().and_then(|name| self.annotators.iter().position(|other| other == name));
        match voter.and_then(|voter| row.reading_of(voter)) {
            Some(reading) => Verdict::Reading(reading),
            None if decision.nothing => Verdict::Nothing,
            None => Verdict::Own,
        }
    }

    /// The reading that the strategy takes for agreed.
    pub(super) fn agreed(&self, row: &SlotRow) -> Option<usize> {
        if let Strategy::Prefer(name) = &self.strategy {
            let voter = self.annotators.iter().position(|annotator| annotator == name);
            if let Some(reading) = voter.and_then(|voter| row.reading_of(voter)) {
                return Some(reading);
            }
        }
        if let (Strategy::Majority { percent, least }, false) = (&self.strategy, follows(row)) {
            let count = |reading: &Reading| reading.by.len();
            let most = row.readings.iter().map(count).max()?;
            let enough = most >= *least && most * 100 >= usize::from(*percent) * row.voters();
            let alone = row.readings.iter().filter(|reading| count(reading) == most).count() == 1;
            return (enough && alone).then(|| row.readings.iter().position(|reading| count(reading) == most))?;
        }
        (row.readings.len() == 1).then_some(0)
    }

    /// Finds the filler of a role of an adjudicated record that is what an annotator's filler is.
    pub(super) fn held_filler<'r>(
        &self,
        record: &'r Annotation,
        role: &'r Name,
        voter: usize,
        filler: &Filler,
    ) -> Option<&'r Filler> {
        let said = FillerKey::of(voter, filler);
        let held = |held: &Filler| FillerKey::of(self.annotators.len(), held);
        let exact = record.fillers(role).find(|it| held(it).is(&said, &self.alignment));
        exact.or_else(|| record.fillers(role).find(|it| held(it).same(&said, &self.alignment)))
    }

    /// Compares the slot of an adjudicated record, where there is one, with a reading.
    pub(super) fn standing(
        &self,
        schema: &Schema,
        held: Option<&Annotation>,
        row: &SlotRow,
        reading: &Reading,
    ) -> Standing {
        let voter = reading.by[0];
        let Some(record) = held else {
            return if reading.said == SlotValue::Presence(false) { Standing::Same } else { Standing::Less };
        };
        match (&reading.said, &row.slot) {
            (SlotValue::Presence(there), _) => Standing::same(*there),
            (SlotValue::Extent(at), _) if record.at.is_empty() && !at.is_empty() => Standing::Less,
            (SlotValue::Extent(at), _) => Standing::same(*at == record.at),
            (SlotValue::Label(label), _) => Standing::same(*label == record.label),
            (SlotValue::Attribute(values), Slot::Attribute(name)) => {
                let key = |value: &String| normal_attribute(schema, record, name, value);
                Standing::of(record.attribute_values(name).map(key), values.iter().map(key))
            }
            (SlotValue::Role(fillers), Slot::Role(name)) => {
                let held = FilledRole::of(schema, &self.alignment, (self.annotators.len(), record), name);
                // A filler of which nothing stands yet is not compared: it comes with what it is.
                let comes = |filler: &&Filler| match filler {
                    Filler::Annotation(id) => {
                        self.gold_of(voter, *id).is_some() || self.held_filler(record, name, voter, filler).is_some()
                    }
                    Filler::Span(_) | Filler::Value(_) => true,
                };
                let said = fillers.iter().filter(comes).map(|filler| FillerKey::of(voter, filler));
                let said = held.with(said.collect());
                match held == said {
                    true => Standing::Same,
                    false if held.within(&said) && !said.within(&held) => Standing::Less,
                    false => Standing::Other,
                }
            }
            (SlotValue::Identity(referent), _) => {
                let referents = &self.alignment.referents;
                let said = referent.map(|id| referents.group_of(voter, id));
                match record.referent.map(|id| referents.group_of(self.annotators.len(), id)) {
                    None if said.is_some() => Standing::Less,
                    held => Standing::same(said == held),
                }
            }
            _ => Standing::Other,
        }
    }
}

/// Says whether there is nothing to decide but whether what fills a role is there.
fn follows(row: &SlotRow) -> bool {
    row.readings.len() == 1 && !row.silent.is_empty()
}

/// The value that stands in the adjudicated set, compared with a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// The same.
    Same,
    /// Nothing, or a part of it: the reading only adds.
    Less,
    /// Something that the reading does not have.
    Other,
}

impl Standing {
    fn same(same: bool) -> Self {
        if same { Self::Same } else { Self::Other }
    }

    /// Compares values of which there may be several.
    fn of<T: Eq + Hash>(held: impl Iterator<Item = T>, said: impl Iterator<Item = T>) -> Self {
        let (held, said): (HashSet<T>, HashSet<T>) = (held.collect(), said.collect());
        match held.is_subset(&said) {
            true if held.len() == said.len() => Self::Same,
            true => Self::Less,
            false => Self::Other,
        }
    }
}
