//! Dealing articles out to the parts of a data set.
//!
//! Iterative stratification (K. Sechidis, G. Tsoumakas, I. Vlahavas, "On the stratification of multi-label data", 2011)
//! on groups of articles instead of single ones: the rarest label is dealt first, its largest groups before the smaller,
//! each to the part that still lacks most of that label. A part that has its share of articles gets no more. Where the
//! paper draws lots, the SHA-256 of seed and article decides, so that neither the order of the articles nor the machine
//! matters.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use crate::model::Name;
use crate::text::sha256_hex;

/// An article as it is dealt.
#[derive(Debug, Clone, Default)]
pub struct Member {
    /// The key that stays the same wherever the article stands: the SHA-256 of its text.
    pub key: String,
    /// The number of annotations of each label.
    pub labels: BTreeMap<Name, u64>,
}

struct SplitGroup<'a> {
    members: &'a [usize],
    lot: String,
    labels: BTreeMap<&'a Name, u64>,
}

/// The part that each member comes into; members of one group come into the same. No part exceeds its share of the
/// members by as much as the largest group, and none is empty where there are groups enough.
///
/// # Panics
/// If there are no shares, or a group names a member that is not there.
#[must_use]
pub fn assign(members: &[Member], groups: &[Vec<usize>], shares: &[u32], seed: u64) -> Vec<usize> {
    let mut open: Vec<SplitGroup<'_>> = groups.iter().map(|group| self::group(members, group, seed)).collect();
    open.sort_by(|a, b| Reverse(a.members.len()).cmp(&Reverse(b.members.len())).then_with(|| a.lot.cmp(&b.lot)));
    let mut parts = PartBalance::new(shares, &open);
    let mut left = parts.total.clone();
    let mut dealt: Vec<(usize, SplitGroup<'_>)> = Vec::with_capacity(open.len());
    while !open.is_empty() {
        // The rarest label among what is left; none where what is left has no labels.
        left.retain(|_, count| *count > 0);
        let rarest = left.iter().min_by_key(|(name, count)| (**count, **name)).map(|(name, _)| *name);
        let (mut now, later): (Vec<_>, Vec<_>) =
            open.into_iter().partition(|group| rarest.is_none_or(|label| group.labels.contains_key(label)));
        open = later;
        let amount = |group: &SplitGroup<'_>| rarest.and_then(|label| group.labels.get(label).copied());
        // Groups of equal amount stay in the order of size and lot.
        now.sort_by_key(|group| Reverse(amount(group)));
        for group in now {
            let part = parts.neediest(rarest);
            parts.give(part, &group);
            for (label, count) in &group.labels {
                *left.entry(label).or_default() -= count;
            }
            dealt.push((part, group));
        }
    }
    fill_empty(&mut dealt, shares.len());
    let mut of_member = vec![0; members.len()];
    for (part, group) in dealt {
        for &member in group.members {
            of_member[member] = part;
        }
    }
    of_member
}

fn group<'a>(members: &'a [Member], group: &'a [usize], seed: u64) -> SplitGroup<'a> {
    let mut labels: BTreeMap<&Name, u64> = BTreeMap::new();
    for (label, count) in group.iter().flat_map(|&member| &members[member].labels) {
        *labels.entry(label).or_default() += count;
    }
    labels.retain(|_, count| *count > 0);
    let first = group.iter().map(|&member| members[member].key.as_str()).min().unwrap_or_default();
    SplitGroup { members: group, lot: sha256_hex(format!("{seed} {first}").as_bytes()), labels }
}

/// The balance of each part: what it has and lacks.
struct PartBalance<'a> {
    shares: Vec<f64>,
    /// Members that each part has, and members in all.
    members: Vec<usize>,
    all: usize,
    /// Annotations of each label that each part has.
    labels: Vec<BTreeMap<&'a Name, u64>>,
    total: BTreeMap<&'a Name, u64>,
}

impl<'a> PartBalance<'a> {
    fn new(shares: &[u32], groups: &[SplitGroup<'a>]) -> Self {
        let sum: f64 = shares.iter().map(|&share| f64::from(share)).sum();
        let mut total: BTreeMap<&Name, u64> = BTreeMap::new();
        for (label, count) in groups.iter().flat_map(|group| &group.labels) {
            *total.entry(label).or_default() += count;
        }
        Self {
            shares: shares.iter().map(|&share| f64::from(share) / sum).collect(),
            members: vec![0; shares.len()],
            all: groups.iter().map(|group| group.members.len()).sum(),
            labels: vec![BTreeMap::new(); shares.len()],
            total,
        }
    }

    /// Of the parts with room, the one that lacks most of `label`, then the one that lacks most members.
    fn neediest(&self, label: Option<&Name>) -> usize {
        let lacks = |part: usize| self.shares[part] * self.all as f64 - self.members[part] as f64;
        let lacks_label = |part: usize| {
            let Some(label) = label else { return 0.0 };
            let (has, all) = (self.labels[part].get(label), self.total.get(label));
            self.shares[part] * all.copied().unwrap_or(0) as f64 - has.copied().unwrap_or(0) as f64
        };
        // Rounding may leave every part full by a hair: then the one that lacks most gets more.
        let room = (0..self.shares.len()).filter(|&part| lacks(part) > 1e-9);
        let more = |a: &usize, b: &usize| -> Ordering {
            let by_label = lacks_label(*a).total_cmp(&lacks_label(*b));
            by_label.then(lacks(*a).total_cmp(&lacks(*b))).then(b.cmp(a))
        };
        let any = || (0..self.shares.len()).max_by(|a, b| lacks(*a).total_cmp(&lacks(*b)).then(b.cmp(a)));
        room.max_by(more).or_else(any).expect("there is at least one part")
    }

    fn give(&mut self, part: usize, group: &SplitGroup<'a>) {
        self.members[part] += group.members.len();
        for (label, count) in &group.labels {
            *self.labels[part].entry(label).or_default() += count;
        }
    }
}

/// Gives each empty part the smallest group of the part that has most groups, where that has another.
fn fill_empty(dealt: &mut [(usize, SplitGroup<'_>)], parts: usize) {
    for empty in 0..parts {
        let mut counts = vec![0_usize; parts];
        dealt.iter().for_each(|(part, _)| counts[*part] += 1);
        let most = counts.iter().enumerate().max_by_key(|(part, count)| (**count, Reverse(*part)));
        let Some((most, 2..)) = most.map(|(part, count)| (part, *count)) else { return };
        if counts[empty] > 0 {
            continue;
        }
        let smallest = (dealt.iter_mut().filter(|(part, _)| *part == most))
            .min_by(|(_, a), (_, b)| a.members.len().cmp(&b.members.len()).then_with(|| a.lot.cmp(&b.lot)));
        if let Some((part, _)) = smallest {
            *part = empty;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::groups::Groups;
    use super::*;

    fn member(key: usize, labels: &[(&str, u64)]) -> Member {
        let labels = labels.iter().map(|(name, count)| (Name::new(name), *count)).collect();
        Member { key: sha256_hex(&key.to_le_bytes()), labels }
    }

    fn alone(members: &[Member]) -> Vec<Vec<usize>> {
        (0..members.len()).map(|member| vec![member]).collect()
    }

    #[test]
    fn a_rare_label_comes_into_every_part() {
        let members: Vec<Member> = (0..200)
            .map(|n| if n % 10 == 0 { member(n, &[("rare", 1), ("common", 3)]) } else { member(n, &[("common", 3)]) })
            .collect();
        let parts = assign(&members, &alone(&members), &[80, 10, 10], 1);
        let count = |part: usize, rare: bool| {
            parts.iter().enumerate().filter(|(n, at)| **at == part && (!rare || n % 10 == 0)).count()
        };
        assert_eq!([0, 1, 2].map(|part| count(part, false)), [160, 20, 20]);
        assert_eq!([0, 1, 2].map(|part| count(part, true)), [16, 2, 2]);
        assert_ne!(parts, assign(&members, &alone(&members), &[80, 10, 10], 2), "the seed matters");
    }

    #[test]
    fn few_articles_leave_no_part_empty() {
        let members: Vec<Member> = (0..3).map(|n| member(n, &[("person", 1)])).collect();
        let mut parts = assign(&members, &alone(&members), &[98, 1, 1], 0);
        parts.sort_unstable();
        assert_eq!(parts, [0, 1, 2]);
    }

    proptest! {
        #[test]
        fn groups_stay_whole_and_parts_near_their_shares(
            labels in prop::collection::vec(prop::collection::vec((0..6_usize, 1..5_u64), 0..4), 1..60),
            joined in prop::collection::vec((0..60_usize, 0..60_usize), 0..30),
            shares in prop::collection::vec(1..100_u32, 2..5),
            seed: u64,
            turn in 0..60_usize,
        ) {
            const NAMES: [&str; 6] = ["person", "place", "trip", "claim", "date", "event"];
            let of = |n: usize| {
                let labels: Vec<(&str, u64)> = labels[n].iter().map(|&(name, count)| (NAMES[name], count)).collect();
                member(n, &labels)
            };
            let count = labels.len();
            let dealt = |order: &[usize]| {
                let members: Vec<Member> = order.iter().map(|&n| of(n)).collect();
                let mut groups = Groups::new(count);
                let at = |n: usize| order.iter().position(|&other| other == n % count).unwrap();
                joined.iter().for_each(|&(a, b)| groups.join(at(a), at(b)));
                let groups = groups.finish();
                let parts = assign(&members, &groups, &shares, seed);
                (parts, groups)
            };
            let order: Vec<usize> = (0..count).collect();
            let (parts, groups) = dealt(&order);
            for group in &groups {
                prop_assert!(group.iter().all(|&member| parts[member] == parts[group[0]]));
            }
            let largest = groups.iter().map(Vec::len).max().unwrap();
            let sum: u32 = shares.iter().sum();
            for (part, share) in shares.iter().enumerate() {
                let has = parts.iter().filter(|at| **at == part).count();
                let target = f64::from(*share) / f64::from(sum) * count as f64;
                prop_assert!((has as f64) < target + largest as f64 + 1e-6, "{has} of {target}");
                prop_assert!(has > 0 || groups.len() < shares.len(), "part {part} is empty");
            }
            // In whatever order the articles stand, each comes into the same part.
            let turned: Vec<usize> = (0..count).map(|n| (n + turn) % count).rev().collect();
            let (again, _) = dealt(&turned);
            for (place, &n) in turned.iter().enumerate() {
                prop_assert_eq!(again[place], parts[n]);
            }
        }
    }
}
