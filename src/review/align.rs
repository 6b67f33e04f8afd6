//! Which annotations of several sets are the same thing.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::referents::{ReferentGroups, align_referents};
use super::{exact, frames, mentions};
use crate::agreement::assign::{Edge, best_pairs};
use crate::model::{Annotation, AnnotationSet, Filler, Id, Kind, Schema, Value};
use crate::text::Span;

/// One thing, as each of the sets has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The annotation in each set, in the order in which the sets were given; none where a set lacks it.
    pub members: Vec<Option<Id>>,
    /// Whether it is a trip, a claim or another frame.
    pub frame: bool,
}

/// The annotations of several sets of one article, aligned.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    /// Every annotation of every set is in exactly one group. In reading order: what has no span comes first, then by
    /// start, the longer first, as the first set that has it says.
    pub groups: Vec<Group>,
    /// The referents that these annotations are about, aligned as clusters of groups.
    pub referents: ReferentGroups,
    of: Vec<HashMap<Id, u32>>,
}

impl Alignment {
    /// The group of an annotation of the `set`-th set; none where the set does not have it.
    #[must_use]
    pub fn group_of(&self, set: usize, id: Id) -> Option<usize> {
        self.of.get(set)?.get(&id).map(|&group| group as usize)
    }
}

impl Alignment {
    /// Takes another word for which records of the last set belong to which groups.
    pub(super) fn relink(&mut self, sets: &[&AnnotationSet], members: impl Iterator<Item = Option<Id>>) {
        let Some(last) = self.of.last_mut() else { return };
        let members: Vec<Option<Id>> = members.collect();
        *last = members.iter().enumerate().filter_map(|(group, id)| Some(((*id)?, group as u32))).collect();
        for (group, id) in self.groups.iter_mut().zip(members) {
            *group.members.last_mut().expect("a group has a place for every set") = id;
        }
        self.referents = align_referents(&[(self, sets)]);
    }
}

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
    let mut table = Table::new(schema, &sets[..voters.min(sets.len())], sets.len());
    table.settle(0);
    for (set, records) in sets.iter().enumerate().skip(voters) {
        let from = table.items.len();
        table.add_sets(schema, set, &[records]);
        table.settle(from);
    }
    table.finish(sets)
}

/// One annotation among those to be aligned.
pub(super) struct Item<'a> {
    pub set: u32,
    pub record: &'a Annotation,
    pub kind: Kind,
    /// The annotations that fill its roles, each with a number for the role, and for the place in it where order counts.
    pub fillers: Vec<(u64, u32)>,
    /// The annotations whose roles it fills, likewise.
    pub fills: Vec<(u64, u32)>,
    /// Its referent among all referents of all sets.
    pub referent: Option<u32>,
}

impl Item<'_> {
    pub fn is_frame(&self) -> bool {
        self.kind == Kind::Frame
    }
}

/// No group yet.
pub(super) const LOOSE: u32 = u32::MAX;

/// The work: items, and the groups that they are put into.
pub(super) struct Table<'a> {
    pub schema: &'a Schema,
    pub items: Vec<Item<'a>>,
    pub index: Vec<HashMap<Id, u32>>,
    /// The group of each item, or [`LOOSE`].
    pub group_of: Vec<u32>,
    /// The items of each group, at most one of each set.
    pub groups: Vec<Vec<u32>>,
    /// The number of each set's referents.
    referents: HashMap<(u32, Id), u32>,
}

impl<'a> Table<'a> {
    fn new(schema: &'a Schema, sets: &[&'a AnnotationSet], all: usize) -> Self {
        let index = vec![HashMap::new(); all];
        let (items, group_of, groups, referents) = (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
        let mut table = Self { schema, items, index, group_of, groups, referents };
        table.add_sets(schema, 0, sets);
        table
    }

    fn add_sets(&mut self, schema: &Schema, first: usize, sets: &[&'a AnnotationSet]) {
        for (set, records) in sets.iter().enumerate().map(|(at, records)| (first + at, records)) {
            let from = self.items.len();
            self.index[set] = records.iter().enumerate().map(|(at, record)| (record.id, (from + at) as u32)).collect();
            for record in records.iter() {
                let kind = if record.roles.is_empty() { schema.kind(&record.label) } else { Kind::Frame };
                let next = self.referents.len() as u32;
                let referent = record.referent.map(|id| *self.referents.entry((set as u32, id)).or_insert(next));
                self.items.push(Item {
                    set: set as u32,
                    record,
                    kind,
                    fillers: Vec::new(),
                    fills: Vec::new(),
                    referent,
                });
            }
            for item in from..self.items.len() {
                for (role, filler) in numbered_roles(schema, self.items[item].record) {
                    let Filler::Annotation(id) = filler else { continue };
                    let Some(&target) = self.index[set].get(id) else { continue };
                    self.items[item].fillers.push((role, target));
                    self.items[target as usize].fills.push((role, item as u32));
                }
            }
        }
        self.group_of.resize(self.items.len(), LOOSE);
    }

    /// Puts every loose item from `from` on into a group.
    fn settle(&mut self, from: usize) {
        exact::join(self);
        mentions::join(self, from);
        frames::join(self, from);
    }

    /// Puts an item into a group that lacks its set.
    pub fn put(&mut self, item: u32, group: u32) {
        self.group_of[item as usize] = group;
        self.groups[group as usize].push(item);
    }

    /// How many referents the sets name.
    pub fn referents(&self) -> usize {
        self.referents.len()
    }

    /// A new group of one item.
    pub fn found(&mut self, item: u32) {
        self.groups.push(Vec::new());
        self.put(item, self.groups.len() as u32 - 1);
    }

    /// Whether some item of the group is of this set.
    pub fn has(&self, group: u32, set: u32) -> bool {
        self.groups[group as usize].iter().any(|&item| self.items[item as usize].set == set)
    }

    /// Goes through the sets in order, and pairs the loose items of each that `wanted` lets through with the groups that
    /// lack it, by best total gain; what remains founds groups. `gain` is asked for an item and the members of a group.
    pub fn assign(
        &mut self,
        from: usize,
        wanted: impl Fn(&Item) -> bool,
        near: impl Fn(&Self, &[u32], &[u32]) -> Vec<(u32, u32)>,
        gain: impl Fn(&Self, u32, u32) -> f64,
    ) {
        let sets = self.index.len() as u32;
        for set in 0..sets {
            let fits = |table: &Self, item: u32| {
                let it = &table.items[item as usize];
                it.set == set && table.group_of[item as usize] == LOOSE && wanted(it)
            };
            let loose: Vec<u32> = (from as u32..self.items.len() as u32).filter(|&item| fits(self, item)).collect();
            if loose.is_empty() {
                continue;
            }
            let open = |group: &u32| {
                let first = self.groups[*group as usize][0];
                wanted(&self.items[first as usize]) && !self.has(*group, set)
            };
            let open: Vec<u32> = (0..self.groups.len() as u32).filter(open).collect();
            let mean = |item: u32, group: u32| {
                let members = &self.groups[group as usize];
                members.iter().map(|&member| gain(self, item, member)).sum::<f64>() / members.len() as f64
            };
            let edges = near(self, &loose, &open).into_iter().map(|(left, right)| Edge {
                left,
                right,
                gain: mean(loose[left as usize], open[right as usize]),
            });
            let edges: Vec<Edge> = edges.filter(|edge| edge.gain > 0.0).collect();
            for (left, right) in best_pairs(loose.len(), open.len(), &edges) {
                self.put(loose[left], open[right]);
            }
            for item in loose {
                if self.group_of[item as usize] == LOOSE {
                    self.found(item);
                }
            }
        }
    }

    fn finish(self, sets: &[&AnnotationSet]) -> Alignment {
        let mut order: Vec<Vec<u32>> = self.groups;
        for members in &mut order {
            members.sort_by_key(|&item| self.items[item as usize].set);
        }
        order.sort_by_cached_key(|members| {
            let record = self.items[members[0] as usize].record;
            let extent = record.extent();
            let place = (extent.map(|at| at.start), Reverse(extent.map_or(0, |at| at.end)));
            // Items stand in the order of their sets' content, so the first one tells equal places apart.
            (place, record.label.clone(), members[0])
        });
        let mut of: Vec<HashMap<Id, u32>> = vec![HashMap::new(); sets.len()];
        let mut groups = Vec::with_capacity(order.len());
        for (group, members) in order.iter().enumerate() {
            let mut ids = vec![None; sets.len()];
            for &item in members {
                let item = &self.items[item as usize];
                ids[item.set as usize] = Some(item.record.id);
                of[item.set as usize].insert(item.record.id, group as u32);
            }
            groups.push(Group { members: ids, frame: self.items[members[0] as usize].is_frame() });
        }
        let mut alignment = Alignment { groups, referents: ReferentGroups::default(), of };
        alignment.referents = align_referents(&[(&alignment, sets)]);
        alignment
    }
}

/// The fillers of a record's roles, each with a number for its role; where the schema says that order counts in a role,
/// the number is that of the place, too.
pub(super) fn numbered_roles<'a>(schema: &Schema, record: &'a Annotation) -> impl Iterator<Item = (u64, &'a Filler)> {
    let label = schema.label(&record.label);
    record.roles.iter().enumerate().map(move |(index, role)| {
        let ordered = label.and_then(|label| label.role(&role.name)).is_some_and(|role| role.ordered);
        let before = || record.roles[..index].iter().filter(|other| other.name == role.name).count();
        (exact::hash(&(&role.name, if ordered { before() } else { 0 })), &role.filler)
    })
}

/// A value as it is compared: a date is its days whether it was written as one or not, words are taken without regard
/// to case and space.
pub(crate) fn normal(value: &Value) -> Value {
    match value {
        Value::Date(_) => value.clone(),
        Value::Text(text) => match text.parse() {
            Ok(date) => Value::Date(date),
            Err(_) => Value::Text(normal_text(text)),
        },
    }
}

/// Words without regard to case and space.
pub(crate) fn normal_text(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Bytes that two lists of fragments share, over the bytes that either covers (Jaccard 1901); 0 where either is empty.
pub(super) fn overlap(a: &[Span], b: &[Span]) -> f64 {
    let bytes = |at: &[Span]| at.iter().map(|span| span.len()).sum::<u32>();
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        shared += x.intersection(*y).map_or(0, Span::len);
        if x.end <= y.end {
            i += 1;
        } else {
            j += 1;
        }
    }
    let either = bytes(a) + bytes(b) - shared;
    if either == 0 { 0.0 } else { f64::from(shared) / f64::from(either) }
}
