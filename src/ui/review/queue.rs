//! The queue of an open article's cases, as plain data.

use std::collections::HashSet;

use crate::model::{Corpus, Decision, Filler, Id, Name, Slot};
use crate::review::{AlignedItem, Case, CaseKind, Order, QueueEntry, Review, State};
use crate::t;
use crate::text::Span;
use crate::ui::commands::CaseFilter;

/// One line of the queue.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// The place where it is in the review.
    pub case: Case,
    /// In words.
    pub entry: QueueEntry,
    /// True where it waits for a decision.
    pub open: bool,
    /// True where it was decided twice, differently.
    pub twice: bool,
}

/// The key of a case when the review is opened anew.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CaseKey {
    pub(super) members: Vec<Option<Id>>,
    /// The adjudicated record, which alone tells apart what no annotator has.
    gold: Option<Id>,
    pub(super) slot: Slot,
}

impl CaseKey {
    /// Of a case.
    pub fn of(review: &Review, case: &Case) -> Self {
        Self::of_unit(&review.units[case.unit], &review.row(case).slot)
    }

    fn of_unit(unit: &AlignedItem, slot: &Slot) -> Self {
        let gold = unit.gold.filter(|_| unit.members.iter().all(Option::is_none));
        Self { members: unit.members.clone(), gold, slot: slot.clone() }
    }

    /// The unit and the row of it.
    pub fn find(&self, review: &Review) -> Option<(usize, usize)> {
        let same =
            |unit: &AlignedItem| unit.members == self.members && self.gold.is_none_or(|id| unit.gold == Some(id));
        let unit = review.units.iter().position(same)?;
        let row = review.units[unit].rows.iter().position(|row| row.slot == self.slot)?;
        Some((unit, row))
    }

    /// Of what a decision was about.
    pub fn of_decision(review: &Review, decision: &Decision) -> Option<Self> {
        let member = |unit: &AlignedItem, (name, id): &(Name, Id)| {
            review.annotators.iter().zip(&unit.members).any(|(other, member)| other == name && *member == Some(*id))
        };
        let alone = |unit: &AlignedItem| unit.gold.is_some_and(|id| decision.annotation.contains(&id));
        let about = |unit: &&AlignedItem| match decision.of.is_empty() {
            true => alone(unit),
            false => decision.of.iter().all(|of| member(unit, of)),
        };
        let unit = review.units.iter().find(about)?;
        Some(Self::of_unit(unit, &decision.slot))
    }
}

/// The lines of the queue: open cases, and with `filter.decided` those, too, that need nobody any more.
pub fn items(review: &Review, corpus: &Corpus, filter: &CaseFilter, order: Order) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    for (at, unit) in review.units.iter().enumerate() {
        for (row, state) in unit.states.iter().enumerate() {
            let open = review.asks(at, row);
            let settled = match state {
                State::Decided(..) => true,
                State::Agreed(_) => unit.rows[row].readings.len() > 1,
                State::Open | State::Reopened(_) | State::Differs(_) | State::NotApplicable => false,
            };
            let wanted = open || filter.decided && settled;
            if !wanted {
                continue;
            }
            let case = unit.case(at, row);
            if passes(review, corpus, unit, (&case, settled), filter) {
                let entry = review.entry(corpus, &case);
                items.push(Item { case, entry, open, twice: review.decided_twice(&case) });
            }
        }
    }
    if order == Order::Agreement {
        items.sort_by(|a, b| a.case.agreement.total_cmp(&b.case.agreement));
    }
    items
}

fn passes(
    review: &Review,
    corpus: &Corpus,
    unit: &AlignedItem,
    (case, settled): (&Case, bool),
    filter: &CaseFilter,
) -> bool {
    let row = &unit.rows[case.row];
    let said: HashSet<Option<usize>> = filter
        .between
        .iter()
        .filter_map(|name| review.annotators.iter().position(|other| other == name))
        .map(|voter| row.reading_of(voter))
        .collect();
    let called = |label: &Name| {
        review.annotators.iter().zip(&unit.members).any(|(name, id)| {
            let record = id.and_then(|id| corpus.annotation(&review.article, name, id));
            record.is_some_and(|record| record.label == *label)
        })
    };
    // Questions of identity are asked once for all mentions, in a list of their own.
    filter.kind.map_or(case.kind != CaseKind::Identity || settled, |kind| kind == case.kind)
        && filter.slot.as_ref().is_none_or(|slot| *slot == row.slot)
        && filter.frames.is_none_or(|frames| frames == unit.frame)
        && filter.labels.iter().all(called)
        && (filter.text.is_empty() || {
            let title = review.entry(corpus, case).title.to_lowercase();
            title.contains(&filter.text.to_lowercase())
        })
        && (filter.between.is_empty() || said.len() > 1)
}

/// A slot in a few words, where the label that it is of is not at hand.
pub fn slot_title(slot: &Slot) -> String {
    match slot {
        Slot::Presence => t!("row-presence").to_owned(),
        Slot::Extent => t!("words").to_owned(),
        Slot::Label => t!("label").to_owned(),
        Slot::Identity => t!("row-identity").to_owned(),
        Slot::Attribute(name) | Slot::Role(name) => name.to_string(),
    }
}

/// The place where to look for a unit: its own words, else those of what fills its roles.
pub fn place(review: &Review, corpus: &Corpus, unit: usize) -> Option<Span> {
    let unit = &review.units[unit];
    let filled = || {
        let ids = unit.members.iter().chain([&unit.gold]);
        let records = review.annotators.iter().chain([&review.gold]).zip(ids);
        records.filter_map(|(name, id)| Some((name, corpus.annotation(&review.article, name, (*id)?)?))).find_map(
            |(name, record)| {
                record.roles.iter().find_map(|role| match &role.filler {
                    Filler::Annotation(id) => corpus.annotation(&review.article, name, *id)?.extent(),
                    Filler::Span(at) => Some(Span::new(at.first()?.start, at.last()?.end)),
                    Filler::Value(_) => None,
                })
            },
        )
    };
    unit.place.or_else(filled)
}
