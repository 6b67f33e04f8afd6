//! Halves of a frame as one or as several: what is asked and merged of what they have in common.

use super::case::Review;
use super::filler::FillerKey;
use super::item::{State, Verdict, by_hand};
use super::link::Decisions;
use super::narrow::voters;
use super::slot::{RowSource, SlotRow, SlotValue};
use crate::model::{AnnotationSet, Corpus, Name, Slot};

/// The answer to the question whether a frame is split.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Answer {
    One,
    Several,
    Open,
}

impl Review {
    /// The unit of what others have as one frame, where this unit is a half of it that they lack.
    #[must_use]
    pub fn whole_of(&self, half: usize) -> Option<usize> {
        self.halves.whole_of.get(&half).copied()
    }

    /// The other halves whose question is that of this one: the same annotators split one frame into all of them.
    #[must_use]
    pub fn asked_with(&self, half: usize) -> Vec<usize> {
        let others = self.halves.first_of.iter().filter(|(_, first)| **first == half).map(|(half, _)| *half);
        let open = |unit: usize| self.units[unit].states.first() == Some(&State::Open);
        others.filter(|&other| open(half) && open(other)).collect()
    }

    /// Says whether a slot waits for a decision of its own.
    #[must_use]
    pub fn asks(&self, unit: usize, row: usize) -> bool {
        let first = || self.halves.first_of.get(&unit).is_some_and(|first| self.asked_with(*first).contains(&unit));
        self.units[unit].states[row].waits() && !(row == 0 && first())
    }

    fn answer(&self, half: usize, presence: Option<&State>) -> Answer {
        let there = |row: &SlotRow, reading: usize| match row.readings[reading].said {
            SlotValue::Presence(true) => Answer::Several,
            _ => Answer::One,
        };
        let row = &self.units[half].rows[0];
        match presence {
            Some(State::Agreed(reading) | State::Decided(Verdict::Reading(reading), _)) => there(row, *reading),
            Some(State::Decided(Verdict::Own, _)) => Answer::Several,
            Some(State::Decided(Verdict::Nothing, _)) => Answer::One,
            _ => Answer::Open,
        }
    }

    /// Takes it into account of which frames it is settled that they are several: each half stands for itself. `presence`
    /// gives the state of the presence of a half.
    pub(super) fn part(&mut self, presence: impl Fn(&Self, usize) -> Option<State>) -> Vec<usize> {
        let mut parted = Vec::new();
        for (&half, &whole) in &self.halves.whole_of.clone() {
            let answer = self.answer(half, presence(self, half).as_ref());
            if let Some(parts) = self.halves.uneven.get(&half).cloned() {
                parted.extend(self.part_unevenly(half, parts, answer));
                continue;
            }
            if answer != Answer::Several {
                continue;
            }
            parted.push(whole);
            for voter in 0..self.annotators.len() {
                let Some(one) = self.units[whole].members[voter] else { continue };
                match self.units[half].members[voter] {
                    Some(other) => {
                        let joined = self.halves.joined.entry((voter, one)).or_default();
                        joined.retain(|id| *id != other);
                    }
                    None => drop(self.halves.undivided.insert((voter, one))),
                }
            }
        }
        parted
    }

    /// Takes it into account how what is divided into several frames is divided: whoever divides it otherwise says nothing of what
    /// fills each. Gives the units whose slots say something else by now.
    fn part_unevenly(&mut self, half: usize, parts: Vec<usize>, answer: Answer) -> Vec<usize> {
        if answer == Answer::Open {
            return Vec::new();
        }
        for &part in &parts {
            for voter in 0..self.annotators.len() {
                let so = self.units[half].members[voter].is_some() == (answer == Answer::Several);
                if let Some(one) = self.units[part].members[voter].filter(|_| !so) {
                    self.halves.undivided.insert((voter, one));
                }
            }
        }
        parts
    }

    /// Has nothing merged of a role that all agree on as far as halves are one, until it is known whether they are.
    pub(super) fn wait_for_halves(&mut self, voters: &[(&Name, &AnnotationSet)]) {
        for (half, whole) in self.halves.whole_of.clone() {
            if self.answer(half, self.units[half].states.first()) != Answer::Open {
                continue;
            }
            if let Some(parts) = self.halves.uneven.get(&half).cloned() {
                self.wait_for_parts(&parts);
                continue;
            }
            let record = |unit: usize, voter: usize| voters[voter].1.get(self.units[unit].members[voter]?);
            let split: Vec<_> = (0..voters.len())
                .filter_map(|voter| Some((voter, record(whole, voter)?.clone(), record(half, voter)?.clone())))
                .collect();
            let adds = |role: &Name| {
                split.iter().any(|(voter, one, half)| {
                    half.fillers(role).any(|filler| {
                        let key = FillerKey::of(*voter, filler);
                        !one.fillers(role).any(|it| FillerKey::of(*voter, it).is(&key, &self.alignment))
                    })
                })
            };
            let rows = self.units[whole].rows.iter();
            let waits: Vec<bool> = rows.map(|row| matches!(&row.slot, Slot::Role(role) if adds(role))).collect();
            for (state, waits) in self.units[whole].states.iter_mut().zip(waits) {
                if waits && matches!(state, State::Agreed(_) | State::Differs(_)) {
                    *state = State::NotApplicable;
                }
            }
        }
    }

    /// Has nothing asked or merged of a role that differs in one of these frames, until it is known how they are divided.
    fn wait_for_parts(&mut self, parts: &[usize]) {
        let differs = |row: &&SlotRow| row.readings.len() > 1 || !row.silent.is_empty();
        let rows = parts.iter().flat_map(|&part| &self.units[part].rows).filter(differs);
        let slots: Vec<Slot> = rows.map(|row| row.slot.clone()).filter(|slot| matches!(slot, Slot::Role(_))).collect();
        for &part in parts {
            let unit = &mut self.units[part];
            for (row, state) in unit.rows.iter().zip(&mut unit.states) {
                if slots.contains(&row.slot) && matches!(state, State::Agreed(_) | State::Differs(_) | State::Open) {
                    *state = State::NotApplicable;
                }
            }
        }
    }

    /// Takes it into account that it was just decided whether a frame is split: what its roles say, and what is agreed of
    /// them.
    pub(super) fn rejoin(&mut self, corpus: &Corpus, half: usize) {
        let Some(whole) = self.whole_of(half) else { return };
        let none = AnnotationSet::default();
        let golden = corpus.set(&self.article, &self.gold).unwrap_or(&none);
        let wholes = self.halves.uneven.get(&half).cloned().unwrap_or_else(|| vec![whole]);
        let before: Vec<Decisions> = wholes.iter().map(|&whole| self.decided_slots(whole, golden)).collect();
        self.part(|review, half| review.units[half].states.first().cloned());
        let names = self.annotators.clone();
        let (alignment, halves) = (self.alignment.clone(), self.halves.clone());
        let voters = voters(corpus, &self.article, &names, &none);
        let source = RowSource::new(&corpus.schema, &alignment, voters.clone(), &halves, true);
        for (whole, before) in wholes.into_iter().zip(before) {
            let held = self.units[whole].gold.and_then(|id| golden.get(id)).filter(|record| !by_hand(record));
            self.units[whole].rows = source.rows(&self.units[whole].members, held.map(|record| &**record));
            self.narrow(&source, whole, &before, golden);
            self.units[whole].states = self.states(&corpus.schema, whole, &before, golden);
        }
        self.wait_for_halves(&voters);
    }

    /// The decisions about the slots of a unit.
    pub(super) fn decided_slots(&self, unit: usize, golden: &AnnotationSet) -> Decisions {
        let it = &self.units[unit];
        let decided = it.rows.iter().zip(&it.states).filter_map(|(row, state)| match state {
            State::Decided(_, id) | State::Reopened(id) => {
                Some(((unit, row.slot.clone()), golden.decisions().get(id)?.clone()))
            }
            _ => None,
        });
        decided.collect()
    }

    /// The other halves of what is one frame in this unit, or the whole and its further halves where it is a half.
    #[must_use]
    pub fn beside_half(&self, unit: usize) -> Vec<usize> {
        let Some(whole) = self.whole_of(unit) else { return Vec::new() };
        let parts = self.halves.uneven.get(&unit).cloned().unwrap_or_else(|| vec![whole]);
        parts.into_iter().chain(self.halves.of(whole).filter(|half| *half != unit)).collect()
    }

    /// The number of frames into which those divide a thing who lack this part of it, and those who have it; none where all who
    /// lack it have one.
    #[must_use]
    pub fn divided(&self, half: usize) -> Option<[usize; 2]> {
        let parts = self.halves.uneven.get(&half)?.len();
        Some([parts, parts + 1 + self.asked_with(half).len()])
    }
}
