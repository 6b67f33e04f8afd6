//! Finds the unit of every decision, and the unit of every adjudicated record.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::alignment::Alignment;
use super::item::AlignedItem;
use crate::model::{AnnotationSet, Decision, Id, Name, Slot, Via};

/// The decision about each slot of each unit; of several the latest of those about the readings as they are now.
pub(super) type Decisions = HashMap<(usize, Slot), Arc<Decision>>;

/// Finds the unit of every decision, and the unit of every adjudicated record.
///
/// Alike things are told by content, but a record that is filled slot by slot is not like anything yet: so decisions
/// remember whom they were about, and an adjudicated record is called what the first annotator's is called.
pub(super) fn link(
    units: &mut [AlignedItem],
    alignment: &Alignment,
    annotators: &[Name],
    golden: &AnnotationSet,
) -> (Decisions, HashMap<(usize, Slot), Vec<Id>>) {
    let mut decisions: Decisions = HashMap::new();
    let mut rivals: HashMap<(usize, Slot), Vec<Id>> = HashMap::new();
    // Claims of units to adjudicated records, the strongest first.
    let mut claims: Vec<(usize, Id)> = Vec::new();
    let mut ordered: Vec<&Arc<Decision>> = golden.decisions().values().collect();
    ordered.sort_by_key(|decision| (decision.origin.at, decision.id));
    let known = KnownItems::of(units, ordered.is_empty());
    for decision in ordered {
        let Some(unit) = unit_of(&known, alignment, annotators, decision) else { continue };
        claims.extend(decision.annotation.first().map(|&id| (unit, id)));
        let slot = (unit, decision.slot.clone());
        let current = |decision: &Decision| {
            units[unit].rows.iter().any(|row| row.slot == decision.slot && row.inputs == decision.inputs)
        };
        let loser = match decisions.get(&slot) {
            Some(earlier) if current(earlier) && !current(decision) => decision.id,
            earlier => {
                let earlier = earlier.map(|earlier| earlier.id);
                decisions.insert(slot.clone(), decision.clone());
                let Some(earlier) = earlier else { continue };
                earlier
            }
        };
        rivals.entry(slot).or_default().push(loser);
    }
    let by_content: HashMap<Id, usize> =
        units.iter().enumerate().filter_map(|(at, unit)| Some((unit.gold?, at))).collect();
    let decided = |id: Id| golden.get(id).is_some_and(|record| matches!(record.origin.via, Via::Decision { .. }));
    let mut by_name: Vec<(bool, usize, usize, Id)> = Vec::new();
    for (at, unit) in units.iter().enumerate() {
        for (voter, id) in unit.members.iter().enumerate().filter_map(|(voter, id)| Some((voter, (*id)?))) {
            if decided(id) {
                by_name.push((by_content.get(&id) != Some(&at), voter, at, id));
            }
        }
    }
    by_name.sort_unstable();
    claims.extend(by_name.into_iter().map(|(_, _, unit, id)| (unit, id)));
    let mut rest: Vec<(usize, Id)> = by_content.into_iter().map(|(id, unit)| (unit, id)).collect();
    rest.sort_unstable();
    claims.extend(rest);
    for unit in units.iter_mut() {
        unit.gold = None;
    }
    let mut taken: HashSet<Id> = HashSet::new();
    let mut alone: Vec<Id> = Vec::new();
    for (unit, id) in claims {
        if golden.get(id).is_none() || taken.contains(&id) {
            continue;
        }
        if units[unit].gold.is_none() {
            units[unit].gold = Some(id);
            taken.insert(id);
        } else {
            alone.push(id);
        }
    }
    // A record whose unit has another one now stands for itself in a unit that lost its own.
    alone.retain(|id| !taken.contains(id));
    alone.sort_unstable();
    alone.dedup();
    let empty = units.iter_mut().filter(|unit| unit.gold.is_none() && unit.members.iter().all(Option::is_none));
    for (unit, id) in empty.zip(alone) {
        unit.gold = Some(id);
        unit.place = golden.get(id).and_then(|record| record.extent());
    }
    (decisions, rivals)
}

/// Units by what a decision may know of them beside their records.
#[derive(Default)]
struct KnownItems {
    /// The first unit of each question of presence.
    by_question: HashMap<String, usize>,
    /// The first unit of each adjudicated record.
    by_gold: HashMap<Id, usize>,
}

impl KnownItems {
    /// Those of all units, where there are decisions that may ask for them.
    fn of(units: &[AlignedItem], undecided: bool) -> Self {
        let mut known = Self::default();
        for (at, unit) in units.iter().enumerate().filter(|_| !undecided) {
            known.by_question.entry(unit.rows[0].inputs.clone()).or_insert(at);
            if let Some(id) = unit.gold {
                known.by_gold.entry(id).or_insert(at);
            }
        }
        known
    }
}

/// The unit that most of a decision's records are in; one about presence is known by its question, too.
fn unit_of(known: &KnownItems, alignment: &Alignment, annotators: &[Name], decision: &Decision) -> Option<usize> {
    let mut votes: HashMap<usize, usize> = HashMap::new();
    for (name, id) in &decision.of {
        let voter = annotators.iter().position(|annotator| annotator == name);
        if let Some(unit) = voter.and_then(|voter| alignment.group_of(voter, *id)) {
            *votes.entry(unit).or_default() += 1;
        }
    }
    let most = votes.into_iter().max_by_key(|&(unit, votes)| (votes, std::cmp::Reverse(unit)));
    most.map(|(unit, _)| unit).or_else(|| {
        // A thing that no annotator has is known by its adjudicated record alone: the question is the same for all of them.
        let by_question = decision.slot == Slot::Presence && !decision.of.is_empty();
        let asked = known.by_question.get(&decision.inputs).filter(|_| by_question);
        asked.or_else(|| known.by_gold.get(decision.annotation.first()?)).copied()
    })
}
