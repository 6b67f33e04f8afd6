//! Equality through and through, found by colour refinement (Weisfeiler and Leman 1968): a record's colour is its own
//! content, then also that of its fillers, of what it fills and of what is about the same referent, and so on outwards.

use super::alignment_table::{AlignmentTable, LOOSE, TableRecord};
use super::likeness::{hash, normal, numbered_roles};
use crate::model::{Filler, Schema};

/// The farthest that colours look outwards: a claim about a claim about a trip to a place is three steps away from it.
const STEPS: usize = 6;

/// The number of times that twins (records that nothing tells apart) are told apart by choosing; more are taken as they
/// stand.
const CHOICES: usize = 32;

/// Joins loose items of equal colour, of the farthest-looking colours first.
pub(super) fn join(table: &mut AlignmentTable) {
    let own: Vec<u64> = (0..table.items.len()).map(|item| own_colour(table, item)).collect();
    let steps = refine(table, own.clone());
    let mut deep = steps.last().unwrap_or(&own).clone();
    let mut chosen = 0;
    while let Some(twins) = ambiguous(table, &deep).filter(|_| chosen < CHOICES) {
        chosen += 1;
        for item in twins {
            deep[item as usize] = hash(&(deep[item as usize], "chosen", chosen));
        }
        deep = refine(table, deep).pop().expect("refinement gives the colours back at least");
    }
    join_by(table, &deep, |_| true);
    for colours in steps[1..].iter().rev() {
        join_by(table, colours, |_| true);
    }
    // Seen from within alone: what a record fills may differ.
    let within: Vec<u64> = (0..own.len()).map(|item| seen(&own, item, &table.items[item].fillers)).collect();
    join_by(table, &within, |_| true);
    join_by(table, &own, |frame| !frame);
}

/// The content of a record by itself: everything but the annotations that fill its roles.
fn own_colour(table: &AlignmentTable, item: usize) -> u64 {
    let item = &table.items[item];
    let record = item.record;
    let mut attributes: Vec<(&str, &str)> = record.attributes.iter().map(|(n, v)| (n.as_str(), v.as_str())).collect();
    attributes.sort_unstable();
    hash(&(&record.label, &record.at, attributes, bare_fillers(table.schema, item)))
}

/// The fillers that are no annotations, each as a number, sorted.
fn bare_fillers(schema: &Schema, item: &TableRecord) -> Vec<u64> {
    let dangling = item.record.targets().count() - item.fillers.len();
    let bare = numbered_roles(schema, item.record).filter_map(|(role, filler)| match filler {
        Filler::Annotation(_) => None,
        Filler::Span(at) => Some(hash(&(role, at))),
        Filler::Value(value) => Some(hash(&(role, normal(value)))),
    });
    let mut bare: Vec<u64> = bare.chain(std::iter::repeat_n(0, dangling)).collect();
    bare.sort_unstable();
    bare
}

/// A colour, and those at the other ends of some edges.
fn seen(colours: &[u64], item: usize, edges: &[(u64, u32)]) -> u64 {
    if edges.is_empty() {
        return colours[item];
    }
    let mut ends: Vec<(u64, u64)> = edges.iter().map(|&(role, end)| (role, colours[end as usize])).collect();
    ends.sort_unstable();
    hash(&(colours[item], ends))
}

/// Colours that look further and further, until another step tells nothing more apart.
fn refine(table: &AlignmentTable, colours: Vec<u64>) -> Vec<Vec<u64>> {
    let count = |colours: &[u64]| {
        let mut colours = colours.to_vec();
        colours.sort_unstable();
        colours.dedup();
        colours.len()
    };
    let mut steps = vec![colours];
    let mut apart = 0;
    for _ in 0..STEPS {
        let last = steps.last().expect("the list begins with one");
        let clusters = clusters(table, last);
        let step = |item: usize| {
            let outwards = seen(last, item, &table.items[item].fillers);
            let inwards = seen(last, item, &table.items[item].fills);
            let cluster = table.items[item].referent.map(|referent| clusters[referent as usize]);
            if outwards == last[item] && inwards == last[item] && cluster.is_none() {
                last[item]
            } else {
                hash(&(outwards, inwards, cluster))
            }
        };
        let next: Vec<u64> = (0..last.len()).map(step).collect();
        let now = count(&next);
        if now == apart {
            break;
        }
        apart = now;
        steps.push(next);
    }
    steps
}

/// Returns the colour of all records that are about a referent.
fn clusters(table: &AlignmentTable, colours: &[u64]) -> Vec<u64> {
    let mut members: Vec<Vec<u64>> = vec![Vec::new(); table.referents()];
    for (item, colour) in table.items.iter().zip(colours) {
        if let Some(referent) = item.referent {
            members[referent as usize].push(*colour);
        }
    }
    let colour = |mut members: Vec<u64>| {
        members.sort_unstable();
        hash(&members)
    };
    members.into_iter().map(colour).collect()
}

/// Of the first colour that several items of one set share and that is bound to others by roles: items that may well be
/// taken for one thing. Twins that stand alone need no choice.
fn ambiguous(table: &AlignmentTable, colours: &[u64]) -> Option<Vec<u32>> {
    let by_colour = classes(colours, 0..colours.len());
    let choices = by_colour.chunk_by(|a, b| a.0 == b.0).filter_map(|class| {
        let items: Vec<u32> = class.iter().map(|&(_, item)| item).collect();
        Some((items[0], choice(table, &items)?))
    });
    choices.min_by_key(|(first, _)| *first).map(|(_, chosen)| chosen)
}

/// One item of each set among twins of one colour; none where there is nothing to choose.
fn choice(table: &AlignmentTable, twins: &[u32]) -> Option<Vec<u32>> {
    let first = &table.items[twins[0] as usize];
    if first.fillers.is_empty() && first.fills.is_empty() && first.referent.is_none() {
        return None;
    }
    let set = |item: u32| table.items[item as usize].set;
    let group = |item: u32| table.group_of[item as usize];
    let loose: Vec<u32> = twins.iter().copied().filter(|&item| group(item) == LOOSE).collect();
    let &newcomer = loose.first()?;
    if loose.len() < twins.len() {
        // Some are grouped already: the newcomer may join any group of them that lacks its set.
        let open: Vec<u32> = twins
            .iter()
            .copied()
            .filter(|&item| group(item) != LOOSE && !table.has(group(item), set(newcomer)))
            .collect();
        let taken = group(*open.first()?);
        let several =
            open.iter().any(|&item| group(item) != taken) || loose[1..].iter().any(|&item| set(item) == set(newcomer));
        let members = open.into_iter().filter(|&item| group(item) == taken);
        return several.then(|| members.chain([newcomer]).collect());
    }
    let mut chosen = loose.clone();
    chosen.dedup_by_key(|item| set(*item));
    (chosen.len() > 1 && chosen.len() < loose.len()).then_some(chosen)
}

/// Items with their colours, those of one colour together and in order.
fn classes(colours: &[u64], items: impl Iterator<Item = usize>) -> Vec<(u64, u32)> {
    let mut by_colour: Vec<(u64, u32)> = items.map(|item| (colours[item], item as u32)).collect();
    by_colour.sort_unstable();
    by_colour
}

/// Joins loose items of one colour: to a group of that colour that lacks their set, else to each other, the first of one
/// set with the first of another.
fn join_by(table: &mut AlignmentTable, colours: &[u64], wanted: impl Fn(bool) -> bool) {
    let all = (0..colours.len()).filter(|&item| wanted(table.items[item].is_frame()));
    for class in classes(colours, all).chunk_by(|a, b| a.0 == b.0) {
        let loose: Vec<u32> =
            class.iter().map(|&(_, item)| item).filter(|&item| table.group_of[item as usize] == LOOSE).collect();
        if loose.is_empty() || class.len() == 1 {
            continue;
        }
        let mut groups: Vec<u32> =
            class.iter().map(|&(_, item)| table.group_of[item as usize]).filter(|&group| group != LOOSE).collect();
        groups.sort_unstable();
        groups.dedup();
        // The new groups: the k-th loose item of each set that no group took.
        let mut rows: Vec<Vec<u32>> = Vec::new();
        // For each set the first group and the first row that may lack it: what has it once has it from then on.
        let mut next = vec![(0, 0); table.index.len()];
        for item in loose {
            let set = table.items[item as usize].set;
            let (group, row) = &mut next[set as usize];
            while groups.get(*group).is_some_and(|&group| table.has(group, set)) {
                *group += 1;
            }
            if let Some(&group) = groups.get(*group) {
                table.put(item, group);
                continue;
            }
            let has = |row: &Vec<u32>| row.iter().any(|&other| table.items[other as usize].set == set);
            while rows.get(*row).is_some_and(has) {
                *row += 1;
            }
            match rows.get_mut(*row) {
                Some(row) => row.push(item),
                None => rows.push(vec![item]),
            }
        }
        for row in rows.into_iter().filter(|row| row.len() > 1) {
            table.found(row[0]);
            let group = table.groups.len() as u32 - 1;
            for &item in &row[1..] {
                table.put(item, group);
            }
        }
    }
}
