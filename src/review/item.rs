//! One thing that annotators marked, with its slots, the state of each, and the cases that wait.

use super::slot::SlotRow;
use crate::model::{Annotation, Id, Slot, Via};
use crate::text::Span;

/// The kind of difference that a case is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CaseKind {
    /// Some have it and some do not.
    Missing,
    /// They mark other words.
    Boundary,
    /// They call it something else.
    Label,
    /// They say something else of it.
    Attribute,
    /// Something else fills a role.
    Role,
    /// They say that it is someone or something else.
    Identity,
}

impl CaseKind {
    /// The kind of a difference in this slot.
    #[must_use]
    pub fn of(slot: &Slot) -> Self {
        match slot {
            Slot::Presence => Self::Missing,
            Slot::Extent => Self::Boundary,
            Slot::Label => Self::Label,
            Slot::Attribute(_) => Self::Attribute,
            Slot::Role(_) => Self::Role,
            Slot::Identity => Self::Identity,
        }
    }

    /// Its name in lists and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Boundary => "boundary",
            Self::Label => "label",
            Self::Attribute => "attribute",
            Self::Role => "role",
            Self::Identity => "identity",
        }
    }
}

/// The state of the question of a slot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// This reading is agreed on.
    Agreed(usize),
    /// Decided: for a reading, or for nothing, or for what the adjudicated set holds.
    Decided(Verdict, Id),
    /// A difference that waits for a decision; a value that was merged before may stand beside it.
    Open,
    /// Decided once, and annotators have changed what they say since; what was decided stands until it is decided again.
    Reopened(Id),
    /// The adjudicated set holds something else than this reading, which all agree on by now; it stands until somebody
    /// decides.
    Differs(usize),
    /// Nothing is asked, since the whole thing was decided not to be there.
    NotApplicable,
}

impl State {
    /// Says whether it waits for a decision beside a value that stands in the adjudicated set.
    #[must_use]
    pub fn stands(&self) -> bool {
        matches!(self, Self::Reopened(_) | Self::Differs(_))
    }

    /// Says whether it waits for a decision.
    #[must_use]
    pub fn waits(&self) -> bool {
        *self == Self::Open || self.stands()
    }
}

/// The decision about a slot.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// The reading of this index is right.
    Reading(usize),
    /// None is right and nothing stands in their place.
    Nothing,
    /// The value that the adjudicated set holds is right.
    Own,
}

/// One thing that annotators or the adjudicator marked, with all that is said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlignedItem {
    /// The annotation of each annotator, in their order.
    pub members: Vec<Option<Id>>,
    /// The annotation of the adjudicated set.
    pub gold: Option<Id>,
    /// True where it is a trip, a claim or another frame.
    pub frame: bool,
    /// Its place in the text, as the first says who has it; none without a span.
    pub place: Option<Span>,
    /// The slots: presence, extent, label, attributes, roles, identity. Presence alone where no annotator has it.
    pub rows: Vec<SlotRow>,
    /// The state of each row.
    pub states: Vec<State>,
}

impl AlignedItem {
    /// Returns the case of a slot, where this is the unit of that index.
    #[must_use]
    pub fn case(&self, unit: usize, row: usize) -> Case {
        let it = &self.rows[row];
        let (kind, reopened) = (CaseKind::of(&it.slot), self.states[row].stands());
        Case { unit, row, kind, agreement: it.agreement(), reopened }
    }
}

/// One difference that waits for a decision.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Case {
    /// Index into [`Review::units`](super::Review::units).
    pub unit: usize,
    /// Index into [`AlignedItem::rows`].
    pub row: usize,
    /// The kind of difference.
    pub kind: CaseKind,
    /// Share of those who have a say that have the most common reading, 0 to 1.
    pub agreement: f64,
    /// True where a decision has to be made again, or all say something else by now than what was merged.
    pub reopened: bool,
}

/// The order of cases in a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// As one reads.
    Reading,
    /// The least agreed on first, then as one reads.
    Agreement,
}

/// Says whether a person made or changed an adjudicated record by hand.
pub(super) fn by_hand(record: &Annotation) -> bool {
    match &record.origin.via {
        Via::Decision { adopted, .. } => adopted.is_empty(),
        Via::Hand | Via::Import { .. } | Via::Suggestion { .. } => true,
    }
}
