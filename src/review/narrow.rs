//! Slots that hang on a label: what only a label has that does not count is not asked about.

use super::case::Review;
use super::item::{Verdict, by_hand};
use super::link::Decisions;
use super::slot::{Reading, RowSource, SlotValue};
use crate::model::{Annotation, AnnotationSet, ArticleId, Corpus, Name, Slot};

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

    /// Leaves a say in the attributes, the roles and the identity of a unit to those alone who give it the label that counts.
    /// Where nobody does, everybody has a say in what that label has.
    pub(super) fn narrow(&mut self, source: &RowSource, unit: usize, decisions: &Decisions, golden: &AnnotationSet) {
        let it = &self.units[unit];
        let Some(row) = it.rows.iter().find(|row| row.slot == Slot::Label) else { return };
        let held = it.gold.and_then(|id| golden.get(id));
        let one = |label: &Name| held.is_none_or(|record| record.label == *label);
        if matches!(&row.readings[..], [only] if matches!(&only.said, SlotValue::Label(label) if one(label))) {
            return;
        }
        if let Some(counts) = self.label_that_counts(unit, decisions, golden) {
            self.narrow_to(source, unit, held.map(|record| &**record), &counts);
        }
    }

    /// The same for a label that is said to count.
    fn narrow_to(&mut self, source: &RowSource, unit: usize, held: Option<&Annotation>, counts: &Name) {
        let it = &self.units[unit];
        let Some(row) = it.rows.iter().find(|row| row.slot == Slot::Label) else { return };
        let said = |reading: &&Reading| matches!(&reading.said, SlotValue::Label(label) if label == counts);
        let by: Option<Vec<usize>> = row.readings.iter().find(said).map(|reading| reading.by.clone());
        let def = source.schema.label(counts);
        let has = |slot: &Slot| match slot {
            Slot::Attribute(name) => def.is_none_or(|def| def.attribute(name).is_some()),
            Slot::Role(name) => def.is_none_or(|def| def.role(name).is_some()),
            Slot::Presence | Slot::Extent | Slot::Label | Slot::Identity => true,
        };
        let say = |voter: usize, slot: &Slot| match (slot, &by) {
            (Slot::Presence | Slot::Extent | Slot::Label, _) => true,
            (_, Some(by)) => by.contains(&voter),
            (_, None) => has(slot),
        };
        // A record that somebody made by hand has no slots of its own.
        let standing = held.filter(|record| !by_hand(record)).filter(|_| it.rows.len() > 1);
        let mut rows = source.rows_said_by(&it.members, standing, &say);
        rows.retain(|row| it.rows.iter().any(|there| there.slot == row.slot));
        self.units[unit].rows = rows;
    }

    /// Takes it into account that a unit's label is decided: who has a say in what hangs on it, and what they agree on.
    pub(super) fn relabel(&mut self, corpus: &Corpus, unit: usize, label: &Name) {
        let none = AnnotationSet::default();
        let golden = corpus.set(&self.article, &self.gold).unwrap_or(&none);
        let held = self.units[unit].gold.and_then(|id| golden.get(id));
        let alignment = self.alignment.clone();
        let names = self.annotators.clone();
        let halves = self.halves.clone();
        let voters = voters(corpus, &self.article, &names, &none);
        let source = RowSource::new(&corpus.schema, &alignment, voters.clone(), &halves, true);
        self.narrow_to(&source, unit, held.map(|record| &**record), label);
        let mut decisions = self.decided_slots(unit, golden);
        // The label's own decision is the one that is being made.
        decisions.remove(&(unit, Slot::Label));
        let states = self.states(&corpus.schema, unit, &decisions, golden);
        let it = &mut self.units[unit];
        for ((row, state), after) in it.rows.iter().zip(&mut it.states).zip(states) {
            if !matches!(row.slot, Slot::Presence | Slot::Extent | Slot::Label) {
                *state = after;
            }
        }
        self.wait_for_halves(&voters);
    }
}

/// The sets of an article's annotators, by name; one that is not there is empty.
pub(super) fn voters<'a>(
    corpus: &'a Corpus,
    article: &ArticleId,
    names: &'a [Name],
    none: &'a AnnotationSet,
) -> Vec<(&'a Name, &'a AnnotationSet)> {
    names.iter().map(|name| (name, corpus.set(article, name).unwrap_or(none))).collect()
}
