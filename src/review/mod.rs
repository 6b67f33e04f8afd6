//! Reviewing what several annotators marked: alignment of their sets, the differences as cases, and what is decided of
//! each, down to a gold set that carries its own provenance.
//!
//! - [`align()`] says which annotations of several sets are the same thing, whatever their ids and order;
//!   [`ReferentGroups`] say it of referents, as clusters of those; [`Across`] holds that for a whole project, and
//!   [`Questions`] puts mentions that are split in the same way into one question.
//! - [`Review::open`] lays the sets of an article side by side: a [`AlignedItem`] for each thing, a [`SlotRow`] for each slot of it, a
//!   [`Case`] for each slot on which annotators differ and nobody has decided. k slots that differ are k cases.
//! - [`Review::premerge`] and [`Review::decide`] make transactions on the adjudicated set. Nothing else is changed, and
//!   nothing but annotators' sets and [`crate::model::Decision`]s says which cases are open: decisions outlive a restart,
//!   and are asked about again just where their inputs have changed.

mod across;
mod align;
mod alignment;
mod alignment_table;
mod case;
mod conflicts;
mod copies;
mod decide;
mod exact;
mod filler;
mod frames;
mod halves;
mod item;
mod likeness;
mod link;
mod mentions;
mod merge3;
mod narrow;
mod outcome;
mod questions;
mod reasons;
mod recoded;
mod referents;
mod rejoin;
mod slot;
mod states;
mod view;
mod wording;

pub use crate::model::Strategy;
pub use across::Across;
pub use align::align;
pub(crate) use align::align_with;
pub use alignment::{Alignment, Group};
pub use case::Review;
pub use conflicts::{TwoVersions, two_versions};
pub use copies::{MergedCopy, merge_copy};
pub use decide::{Choice, Ruling};
pub(crate) use filler::FillerKey;
pub use item::{AlignedItem, Case, CaseKind, Order, State, Verdict};
pub(crate) use likeness::normal_text;
pub use merge3::{MergedFile, merge3};
pub use outcome::{MergeOutcome, StandingValue};
pub use questions::{AskedMention, MentionClusters, Panel, Question, Questions};
pub use reasons::{ProjectReasons, Reasoned, Why, grouped, project_reasons};
pub use referents::ReferentGroups;
pub use slot::{Reading, SlotRow, SlotValue};
pub use view::{ItemSummary, QueueEntry, ReadingSummary, RulingSummary, SlotSummary};
