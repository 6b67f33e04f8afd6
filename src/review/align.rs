//! The alignment of annotation sets: annotations of the same thing come into one group.

use super::alignment::Alignment;
use super::alignment_table::AlignmentTable;
use super::{exact, frames, mentions};
use crate::model::{AnnotationSet, Schema};

/// Aligns any number of sets of one article. The same content gives the same groups, whatever the ids and order of
/// annotations within a set; the order of the sets decides ties.
///
/// 1. What is equal through and through is one thing: label, extent, attributes, fillers of roles, what it fills, and so
///    on outwards.
/// 2. Mentions and zones that overlap are paired by best total overlap, those of one label before those of two.
/// 3. Frames are paired by best total likeness of trigger, fillers and attributes: first those that no frame fills,
///    then those whose fillers are aligned by then.
#[must_use]
pub fn align(schema: &Schema, sets: &[&AnnotationSet]) -> Alignment {
    align_with(schema, sets, sets.len())
}

/// As [`align()`], where only the first `voters` sets say what belongs together; each later one is laid over what they
/// said and never changes it.
pub(super) fn align_with(schema: &Schema, sets: &[&AnnotationSet], voters: usize) -> Alignment {
    let mut table = AlignmentTable::new(schema, &sets[..voters.min(sets.len())], sets.len());
    settle(&mut table, 0);
    for (set, records) in sets.iter().enumerate().skip(voters) {
        let from = table.items.len();
        table.add_sets(schema, set, &[records]);
        settle(&mut table, from);
    }
    table.finish(sets)
}

/// Puts every loose annotation from `from` on into a group.
fn settle(table: &mut AlignmentTable, from: usize) {
    exact::join(table);
    mentions::join(table, from);
    frames::join(table, from);
}
