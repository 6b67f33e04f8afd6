//! Mentions, zones and document labels that are not equal: paired by best total overlap.

use std::collections::BTreeMap;

use super::alignment_table::{AlignmentTable, TableRecord};
use super::likeness::overlap;
use crate::model::Kind;

/// The least share of spans of two labels, as a part of what either covers, to be one thing labelled twice.
const SHARED_BY_LABELS: f64 = 0.5;

/// Pairs the loose items from `from` on that are no frames.
pub(super) fn join(table: &mut AlignmentTable, from: usize) {
    table.assign(
        from,
        |item| !item.is_frame(),
        near,
        |table, a, b| gain(&table.items[a as usize], &table.items[b as usize]),
    );
}

/// Pairs of indices into `loose` and `open` whose extents share a byte, or that both have no span.
pub(super) fn near(table: &AlignmentTable, loose: &[u32], open: &[u32]) -> Vec<(u32, u32)> {
    let extent = |item: u32| {
        let extent = table.items[item as usize].record.extent();
        extent.map_or((0, 0), |at| (at.start + 1, at.end + 1))
    };
    // By length, so that a long one does not make all searches begin far away: what is in a class is less than twice as long
    // as anything else there.
    let mut classes: BTreeMap<u32, Vec<(u32, u32, u32)>> = BTreeMap::new();
    for (right, &group) in open.iter().enumerate() {
        for &member in &table.groups[group as usize] {
            let (start, end) = extent(member);
            classes.entry((end - start).checked_ilog2().map_or(0, |log| log + 1)).or_default().push((
                start,
                end,
                right as u32,
            ));
        }
    }
    let mut pairs = Vec::new();
    for rights in classes.values_mut() {
        rights.sort_unstable();
        let longest = rights.iter().map(|(start, end, _)| end - start).max().unwrap_or(0);
        for (left, &item) in loose.iter().enumerate() {
            let (start, end) = extent(item);
            let first = rights.partition_point(|right| right.0 + longest < start);
            let met = rights[first..].iter().take_while(|right| right.0 <= end);
            let met = met.filter(|right| if end == 0 { right.1 == 0 } else { right.0 < end && start < right.1 });
            pairs.extend(met.map(|right| (left as u32, right.2)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    pairs
}

/// Returns the gain of calling two the same thing; 0 where they are not.
fn gain(a: &TableRecord, b: &TableRecord) -> f64 {
    if a.kind != b.kind {
        return 0.0;
    }
    let same_label = a.record.label == b.record.label;
    let shared = match (a.at.is_empty(), b.at.is_empty()) {
        // A label of the whole article has nothing but its name.
        (true, true) if same_label || a.kind == Kind::Document => 1.0,
        _ => overlap(&a.at, &b.at),
    };
    if same_label {
        // Between two that overlap equally, equal attributes tell.
        let equal = a.record.attributes.iter().filter(|attribute| b.record.attributes.contains(attribute)).count();
        let either = a.record.attributes.len() + b.record.attributes.len() - equal;
        if shared > 0.0 { shared + 0.01 * (equal as f64 + 0.1) / (either as f64 + 1.0) } else { 0.0 }
    } else if shared >= SHARED_BY_LABELS && a.kind != Kind::Document {
        shared / 2.0
    } else {
        0.0
    }
}
