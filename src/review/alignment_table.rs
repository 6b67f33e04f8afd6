//! The work of an alignment: annotations of several sets, and the groups that they are put into.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::HashMap;

use super::alignment::{Alignment, Group};
use super::likeness::numbered_roles;
use super::referents::Called;
use crate::agreement::assign::{PossiblePair, best_pairs};
use crate::model::{Annotation, AnnotationSet, Filler, Id, Kind, Schema};
use crate::text::{Span, Text};

/// One annotation among those to be aligned.
pub(super) struct TableRecord<'a> {
    pub set: u32,
    pub record: &'a Annotation,
    /// Its fragments, in code points.
    pub at: Cow<'a, [Span]>,
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
    text: &'a Text,
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
    pub fn new(schema: &'a Schema, text: &'a Text, sets: &[&'a AnnotationSet], all: usize) -> Self {
        let index = vec![HashMap::new(); all];
        let (items, group_of, groups, referents) = (Vec::new(), Vec::new(), Vec::new(), HashMap::new());
        let mut table = Self { schema, text, items, index, group_of, groups, referents };
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
                    at: self.in_characters(&record.at),
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

    /// Returns the same fragments in code points.
    pub fn in_characters(&self, at: &'a [Span]) -> Cow<'a, [Span]> {
        let text = self.text;
        if text.chars() == text.len() {
            return Cow::Borrowed(at);
        }
        let characters = |span: &Span| {
            let (start, end) = text.to_chars(*span);
            Span::new(start, end)
        };
        Cow::Owned(at.iter().map(characters).collect())
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

    /// Goes through the sets in order, and pairs what begins in each (a group of records from `from` on that `wanted` lets
    /// through, or one that is loose yet) with the groups that have none of its sets, by best total gain. `gain` is asked for
    /// two records; equal records are in one group already, so the first of a group speaks for what is paired.
    pub fn assign(
        &mut self,
        from: usize,
        wanted: impl Fn(&TableRecord) -> bool,
        near: impl Fn(&Self, &[u32], &[u32]) -> Vec<(u32, u32)>,
        gain: impl Fn(&Self, u32, u32) -> f64,
    ) {
        for item in from..self.items.len() {
            if self.group_of[item] == LOOSE && wanted(&self.items[item]) {
                self.found(item as u32);
            }
        }
        let fits = |table: &Self, group: &u32| {
            table.groups[*group as usize].first().is_some_and(|&first| wanted(&table.items[first as usize]))
        };
        let all: Vec<u32> = (0..self.groups.len() as u32).filter(|group| fits(self, group)).collect();
        let begun = |group: &u32| self.groups[*group as usize].iter().any(|&item| (item as usize) < from);
        let (mut open, waiting): (Vec<u32>, Vec<u32>) = all.into_iter().partition(begun);
        let mut begin: Vec<Vec<u32>> = vec![Vec::new(); self.index.len()];
        for group in waiting {
            begin[self.first_of(group).0 as usize].push(group);
        }
        for (set, mut groups) in begin.into_iter().enumerate().filter(|(_, groups)| !groups.is_empty()) {
            // Groups come in the order of their first records, as single records do.
            groups.sort_unstable_by_key(|group| self.first_of(*group).1);
            let speakers: Vec<u32> = groups.iter().map(|group| self.first_of(*group).1).collect();
            let lacking: Vec<u32> = open.iter().copied().filter(|group| !self.has(*group, set as u32)).collect();
            let mean = |item: u32, group: u32| {
                let members = &self.groups[group as usize];
                members.iter().map(|&member| gain(self, item, member)).sum::<f64>() / members.len() as f64
            };
            let edges = near(self, &speakers, &lacking).into_iter();
            let edges = edges.filter(|&(left, right)| self.apart(groups[left as usize], lacking[right as usize]));
            let edges = edges.map(|(left, right)| {
                let gain = mean(speakers[left as usize], lacking[right as usize]);
                PossiblePair { left, right, gain }
            });
            let edges: Vec<PossiblePair> = edges.filter(|edge| edge.gain > 0.0).collect();
            for (left, right) in best_pairs(groups.len(), lacking.len(), &edges) {
                for item in std::mem::take(&mut self.groups[groups[left] as usize]) {
                    self.put(item, lacking[right]);
                }
            }
            open.extend(groups.into_iter().filter(|group| !self.groups[*group as usize].is_empty()));
        }
    }

    /// The first set that has something in a group, and its record there.
    fn first_of(&self, group: u32) -> (u32, u32) {
        let first = self.groups[group as usize].iter().map(|&item| (self.items[item as usize].set, item)).min();
        first.expect("only groups that have something are looked at")
    }

    /// Says whether no set has something in both groups.
    fn apart(&self, one: u32, other: u32) -> bool {
        self.groups[one as usize].iter().all(|&item| !self.has(other, self.items[item as usize].set))
    }

    /// The groups in reading order.
    pub fn finish(self, sets: &[&AnnotationSet], called: Vec<Called>) -> Alignment {
        let mut order: Vec<Vec<u32>> = self.groups;
        order.retain(|members| !members.is_empty());
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
        Alignment::new(groups, of, sets, called)
    }
}
