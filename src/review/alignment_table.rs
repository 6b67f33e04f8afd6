//! The work of an alignment: annotations of several sets, and the groups that they are put into.

use std::cmp::Reverse;
use std::collections::HashMap;

use super::alignment::{Alignment, Group};
use super::likeness::numbered_roles;
use crate::agreement::assign::{Edge, best_pairs};
use crate::model::{Annotation, AnnotationSet, Filler, Id, Kind, Schema};

/// One annotation among those to be aligned.
pub(super) struct TableRecord<'a> {
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

impl TableRecord<'_> {
    pub fn is_frame(&self) -> bool {
        self.kind == Kind::Frame
    }
}

/// No group yet.
pub(super) const LOOSE: u32 = u32::MAX;

/// The work: items, and the groups that they are put into.
pub(super) struct AlignmentTable<'a> {
    pub schema: &'a Schema,
    pub items: Vec<TableRecord<'a>>,
    pub index: Vec<HashMap<Id, u32>>,
    /// The group of each item, or [`LOOSE`].
    pub group_of: Vec<u32>,
    /// The items of each group, at most one of each set.
    pub groups: Vec<Vec<u32>>,
    /// The number of each set's referents.
    referents: HashMap<(u32, Id), u32>,
}

impl<'a> AlignmentTable<'a> {
    pub fn new(schema: &'a Schema, sets: &[&'a AnnotationSet], all: usize) -> Self {
        let index = vec![HashMap::new(); all];
        let (items, group_of, groups, referents) = (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
        let mut table = Self { schema, items, index, group_of, groups, referents };
        table.add_sets(schema, 0, sets);
        table
    }

    /// Adds the annotations of more sets, of which the first is the `first`-th of all.
    pub fn add_sets(&mut self, schema: &Schema, first: usize, sets: &[&'a AnnotationSet]) {
        for (set, records) in sets.iter().enumerate().map(|(at, records)| (first + at, records)) {
            let from = self.items.len();
            self.index[set] = records.iter().enumerate().map(|(at, record)| (record.id, (from + at) as u32)).collect();
            for record in records.iter() {
                let kind = if record.roles.is_empty() { schema.kind(&record.label) } else { Kind::Frame };
                let next = self.referents.len() as u32;
                let referent = record.referent.map(|id| *self.referents.entry((set as u32, id)).or_insert(next));
                self.items.push(TableRecord {
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

    /// Puts an item into a group that lacks its set.
    pub fn put(&mut self, item: u32, group: u32) {
        self.group_of[item as usize] = group;
        self.groups[group as usize].push(item);
    }

    /// Returns the number of referents that the sets name.
    pub fn referents(&self) -> usize {
        self.referents.len()
    }

    /// A new group of one item.
    pub fn found(&mut self, item: u32) {
        self.groups.push(Vec::new());
        self.put(item, self.groups.len() as u32 - 1);
    }

    /// Says whether some item of the group is of this set.
    pub fn has(&self, group: u32, set: u32) -> bool {
        self.groups[group as usize].iter().any(|&item| self.items[item as usize].set == set)
    }

    /// Goes through the sets in order, and pairs the loose items of each that `wanted` lets through with the groups that
    /// lack it, by best total gain; what remains founds groups. `gain` is asked for an item and the members of a group.
    pub fn assign(
        &mut self,
        from: usize,
        wanted: impl Fn(&TableRecord) -> bool,
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

    /// The groups in reading order.
    pub fn finish(self, sets: &[&AnnotationSet]) -> Alignment {
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
        Alignment::new(groups, of, sets)
    }
}
