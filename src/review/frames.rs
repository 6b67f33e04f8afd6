//! Frames that are not equal: paired by best total likeness of trigger, fillers and attributes.

use std::borrow::Cow;
use std::collections::{HashMap, HashSet};

use super::alignment_table::{AlignmentTable, LOOSE, TableRecord};
use super::likeness::{hash, normal, overlap};
use super::mentions;
use crate::model::{Filler, Id, Name};
use crate::text::Span;

/// Weights of the parts in the likeness of two frames: the trigger where both have one, the trigger where one has none
/// (which says little), each role that either fills, each attribute that either has.
const TRIGGERS: f64 = 2.0;
const LONE_TRIGGER: f64 = 0.5;
const ROLE: f64 = 1.0;
const ATTRIBUTE: f64 = 0.5;

/// The weight of a filler whose words overlap the right ones. Another annotation of the same referent is the same filler.
const OVERLAPPING: f64 = 0.8;

/// The least likeness of two frames that are one, where their triggers overlap and where they do not. Frames of one label on
/// the same words are one, however little else they share.
const LEAST: f64 = 0.2;
const LEAST_APART: f64 = 0.35;

/// A filler that more groups of frames have than this does not bring them together: it is in nearly all of them.
pub(super) const TELLING: usize = 1_000;

/// The gain where both fill the roles of the same frames: between two equally alike, the one that the same claims
/// are about.
const FILLING_THE_SAME: f64 = 0.05;

/// Pairs the loose frames from `from` on, those first whose labels no frame fills.
pub(super) fn join(table: &mut AlignmentTable, from: usize) {
    let outer: HashSet<Name> = table
        .items
        .iter()
        .filter(|item| item.fillers.iter().any(|&(_, filler)| table.items[filler as usize].is_frame()))
        .map(|item| item.record.label.clone())
        .collect();
    let referents = referents(table);
    for outwards in [false, true] {
        let wanted = |item: &TableRecord| item.is_frame() && outer.contains(&item.record.label) == outwards;
        let traits: Vec<Option<Traits>> = (0..table.items.len())
            .map(|item| table.items[item].is_frame().then(|| Traits::of(table, &table.items[item], &referents)))
            .collect();
        // A group that is wanted for its first frame may hold one of another label, too.
        let of = |item: u32| traits[item as usize].as_ref().expect("only frames are grouped with frames");
        let near = |table: &AlignmentTable, loose: &[u32], open: &[u32]| {
            let mut pairs = mentions::near(table, loose, open);
            let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
            for (right, &group) in open.iter().enumerate() {
                let fillers = table.groups[group as usize].iter().flat_map(|&member| &of(member).fillers);
                for name in fillers.flat_map(RoleFiller::names) {
                    holders.entry(name).or_default().push(right as u32);
                }
            }
            holders.retain(|_, rights| rights.len() <= TELLING);
            for (left, &item) in loose.iter().enumerate() {
                let names = of(item).fillers.iter().flat_map(RoleFiller::names);
                let rights = names.filter_map(|name| holders.get(&name)).flatten();
                pairs.extend(rights.map(|&right| (left as u32, right)));
            }
            pairs.sort_unstable();
            pairs.dedup();
            pairs
        };
        table.assign(from, wanted, near, |_, a, b| of(a).likeness(of(b)));
    }
}

/// A number for the referent of each annotator's referents that says which are the same, as far as equal mentions tell.
fn referents(table: &AlignmentTable) -> HashMap<(u32, Id), u32> {
    let mut numbers: HashMap<(u32, Id), u32> = HashMap::new();
    let mut next = 0;
    for group in &table.groups {
        let about = |&item: &u32| {
            let item = &table.items[item as usize];
            item.record.referent.map(|referent| (item.set, referent))
        };
        let members: Vec<(u32, Id)> = group.iter().filter_map(about).collect();
        let known = members.iter().find_map(|member| numbers.get(member).copied());
        let number = known.unwrap_or_else(|| {
            next += 1;
            next
        });
        for member in members {
            numbers.entry(member).or_insert(number);
        }
    }
    numbers
}

/// The parts by which frames are compared.
struct Traits<'a> {
    label: &'a Name,
    /// Its trigger, in code points.
    trigger: Cow<'a, [Span]>,
    /// Attributes as numbers of name and value, sorted.
    attributes: Vec<(u64, u64)>,
    /// Fillers sorted by role, then by what they are.
    fillers: Vec<RoleFiller<'a>>,
    /// The frames whose roles it fills, as numbers of role, label and words, sorted.
    fills: Vec<u64>,
}

/// One filler of a role.
struct RoleFiller<'a> {
    role: u64,
    /// The group of the annotation, the value, or the words.
    what: u64,
    /// Its words, where it has any, in code points.
    at: Cow<'a, [Span]>,
    referent: Option<u32>,
}

impl RoleFiller<'_> {
    /// The numbers by which it is found: what it is, and who or what that is.
    fn names(&self) -> impl Iterator<Item = u64> + use<> {
        [Some(self.what), self.referent.map(|referent| hash(&("referent", referent)))].into_iter().flatten()
    }

    /// Says whether it is the same filler.
    fn same(&self, other: &Self) -> bool {
        (self.referent.is_some() && self.referent == other.referent) || self.what == other.what
    }
}

impl<'a> Traits<'a> {
    fn of(table: &AlignmentTable<'a>, item: &TableRecord<'a>, referents: &HashMap<(u32, Id), u32>) -> Self {
        let mut attributes: Vec<(u64, u64)> =
            item.record.attributes.iter().map(|(name, value)| (hash(name), hash(value))).collect();
        attributes.sort_unstable();
        let index = &table.index[item.set as usize];
        let part = |(role, filler): (u64, &'a Filler)| match filler {
            Filler::Span(at) => RoleFiller { role, what: hash(at), at: table.in_characters(at), referent: None },
            Filler::Value(value) => RoleFiller { role, what: hash(&normal(value)), at: Cow::default(), referent: None },
            Filler::Annotation(id) => {
                let Some(&target) = index.get(id) else {
                    return RoleFiller { role, what: 0, at: Cow::default(), referent: None };
                };
                let record = table.items[target as usize].record;
                let group = table.group_of[target as usize];
                let what = if group == LOOSE { hash(&(&record.label, &record.at)) } else { u64::from(group) + 1 };
                let referent = record.referent.and_then(|referent| referents.get(&(item.set, referent)).copied());
                RoleFiller { role, what, at: table.in_characters(&record.at), referent }
            }
        };
        let mut fillers: Vec<RoleFiller> =
            item.record.roles.iter().map(|role| part((hash(&role.name), &role.filler))).collect();
        fillers.sort_by_key(|part| (part.role, part.what));
        let filled = |&(role, frame): &(u64, u32)| {
            let frame = table.items[frame as usize].record;
            hash(&(role, &frame.label, &frame.at))
        };
        let mut fills: Vec<u64> = item.fills.iter().map(filled).collect();
        fills.sort_unstable();
        Self { label: &item.record.label, trigger: table.in_characters(&item.record.at), attributes, fillers, fills }
    }

    /// Returns the likeness of two frames, 0 to a little over 1; 0 where they are not one.
    fn likeness(&self, other: &Self) -> f64 {
        let same_trigger = self.trigger == other.trigger && !self.trigger.is_empty();
        if self.label != other.label && !same_trigger {
            return 0.0;
        }
        let (mut sum, mut most) = (0.0, 0.0);
        let equal = self.attributes.iter().filter(|one| other.attributes.binary_search(one).is_ok()).count();
        sum += ATTRIBUTE * equal as f64;
        most += ATTRIBUTE * self.attributes.len().max(other.attributes.len()) as f64;
        let (mut ours, mut theirs) = (&self.fillers[..], &other.fillers[..]);
        while let Some(role) = ours.first().into_iter().chain(theirs.first()).map(|part| part.role).min() {
            let (our, rest) = ours.split_at(ours.partition_point(|part| part.role == role));
            let (their, their_rest) = theirs.split_at(theirs.partition_point(|part| part.role == role));
            (ours, theirs) = (rest, their_rest);
            most += ROLE;
            if !our.is_empty() && !their.is_empty() {
                sum += ROLE * fillers_alike(our, their) / our.len().max(their.len()) as f64;
            }
        }
        let mut least = LEAST_APART;
        match (self.trigger.is_empty(), other.trigger.is_empty()) {
            (true, true) => {}
            (false, false) => {
                let shared = overlap(&self.trigger, &other.trigger);
                if shared > 0.0 {
                    // Where nothing but the words differs, any word in common will do.
                    least = if sum < most && !same_trigger { LEAST } else { 0.0 };
                }
                sum += TRIGGERS * shared;
                most += TRIGGERS;
            }
            _ => most += LONE_TRIGGER,
        }
        if most == 0.0 {
            return 1.0;
        }
        let both = self.fills.iter().filter(|frame| other.fills.binary_search(frame).is_ok()).count();
        let either = self.fills.len().max(other.fills.len()).max(1);
        let likeness = sum / most + FILLING_THE_SAME * both as f64 / either as f64;
        match likeness >= least {
            true if self.label == other.label => likeness,
            true => likeness / 2.0,
            false => 0.0,
        }
    }
}

/// Returns the number of fillers of one role that agree; those that only resemble each other count less.
fn fillers_alike(ours: &[RoleFiller], theirs: &[RoleFiller]) -> f64 {
    let mut sum = 0.0;
    let mut left: Vec<&RoleFiller> = theirs.iter().collect();
    let mut unlike: Vec<&RoleFiller> = Vec::new();
    for part in ours {
        match left.iter().position(|other| other.same(part)) {
            Some(at) => {
                left.swap_remove(at);
                sum += 1.0;
            }
            None => unlike.push(part),
        }
    }
    for part in unlike {
        let alike = |other: &RoleFiller| OVERLAPPING * overlap(&part.at, &other.at);
        let best = left.iter().map(|other| alike(other)).enumerate().max_by(|a, b| a.1.total_cmp(&b.1));
        if let Some((at, alike)) = best.filter(|(_, alike)| *alike > 0.0) {
            left.swap_remove(at);
            sum += alike;
        }
    }
    sum
}
