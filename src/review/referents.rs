//! Alignment of several annotators' referents, as clusters of aligned mentions.

use std::collections::{BTreeMap, HashMap};

use super::likeness::normal_text;
use crate::agreement::assign::{PossiblePair, best_pairs};
use crate::model::{AnnotationSet, Id, Name, Referent, Referents};

/// The referents of several annotators, aligned.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReferentGroups {
    /// Each annotator's referent of every group, in the order in which the sets were given.
    pub groups: Vec<Vec<Option<Id>>>,
    of: Vec<HashMap<Id, u32>>,
}

impl ReferentGroups {
    /// The same of other annotators: for each of the new ones the index that it has here, if it is known here.
    pub(super) fn seen_by(&self, columns: &[Option<usize>]) -> Self {
        let row = |group: &Vec<Option<Id>>| columns.iter().map(|at| group[(*at)?]).collect();
        let of = |at: &Option<usize>| at.map_or_else(HashMap::new, |at| self.of[at].clone());
        Self { groups: self.groups.iter().map(row).collect(), of: columns.iter().map(of).collect() }
    }

    /// The referents of two annotators, paired by the annotations that both have and are about one of each: here those two, for
    /// each annotation. Names decide nothing.
    pub(crate) fn of_two(annotations: impl Iterator<Item = [Id; 2]>) -> Self {
        let mut clusters = [Clusters::new(), Clusters::new()];
        for (number, about) in annotations.enumerate() {
            for (clusters, referent) in clusters.iter_mut().zip(about) {
                clusters.entry(referent).or_default().push(number as u64);
            }
        }
        pair(clusters.into(), &[])
    }

    /// Says that a referent of the `set`-th annotator belongs to a group that has none of theirs yet.
    pub(super) fn put(&mut self, group: usize, set: usize, referent: Id) {
        let there = &mut self.groups[group][set];
        if there.is_none() && !self.of[set].contains_key(&referent) {
            *there = Some(referent);
            self.of[set].insert(referent, group as u32);
        }
    }

    /// The group of a referent of the `set`-th annotator; none where no annotation is about it.
    #[must_use]
    pub fn group_of(&self, set: usize, referent: Id) -> Option<usize> {
        self.of.get(set)?.get(&referent).map(|&group| group as usize)
    }
}

/// One annotator's referents, each with the mentions of it: numbers that mean the same mention for all annotators.
pub(super) type Clusters = BTreeMap<Id, Vec<u64>>;

/// The names of one annotator's referents, as far as they break ties.
pub(crate) type Called = HashMap<Id, Calling>;

/// The names of one referent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Calling {
    name: String,
    external: Vec<(Name, String)>,
}

impl Calling {
    /// Those of an annotator's referents, without regard to case and space.
    pub fn of_all(referents: Option<&Referents>) -> Called {
        referents.into_iter().flatten().map(|(id, referent)| (*id, Self::of(referent))).collect()
    }

    fn of(referent: &Referent) -> Self {
        Self { name: normal_text(&referent.name), external: referent.external.clone() }
    }

    /// Those of the referents that a set is about.
    pub fn of_set(set: &AnnotationSet, referents: Option<&Referents>) -> Called {
        let mut called = Called::new();
        for id in set.iter().filter_map(|record| record.referent) {
            let Some(referent) = referents.and_then(|all| all.get(&id)) else { continue };
            called.entry(id).or_insert_with(|| Self::of(referent));
        }
        called
    }

    /// The gain of pairing two that share as many mentions as others do: the name tells before what it is called outside.
    fn tie(one: Option<&Self>, other: Option<&Self>) -> f64 {
        let (Some(one), Some(other)) = (one, other) else { return 0.0 };
        let name = !one.name.is_empty() && one.name == other.name;
        let external = one.external.iter().any(|it| other.external.contains(it));
        TIE * (f64::from(u8::from(name)) * 4.0 + f64::from(u8::from(external)) * 2.0)
    }
}

/// Far less than what one mention more makes of any likeness.
const TIE: f64 = 1e-9;

/// Pairs the referents of annotators, one annotator after the other, by best total overlap of their mentions, φ₄ of CEAF (Luo 2005). Between equally alike
/// ones an equal name tells, then an equal identifier outside, then an equal id.
pub(super) fn pair(sets: Vec<Clusters>, called: &[Called]) -> ReferentGroups {
    let count = sets.len();
    // The clusters of all annotators joined so far: which mentions each has.
    let mut joined: Vec<Vec<u64>> = Vec::new();
    let mut all = ReferentGroups { groups: Vec::new(), of: vec![HashMap::new(); count] };
    for (set, clusters) in sets.into_iter().enumerate() {
        // In the order of their first mention, so that ids decide nothing.
        let mut clusters: Vec<(Vec<u64>, Id)> = clusters
            .into_iter()
            .map(|(id, mut mentions)| {
                mentions.sort_unstable();
                (mentions, id)
            })
            .collect();
        clusters.sort_unstable();
        let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
        for (group, mentions) in joined.iter().enumerate() {
            for &mention in mentions {
                holders.entry(mention).or_default().push(group as u32);
            }
        }
        let mut edges = Vec::new();
        for (left, (mentions, id)) in clusters.iter().enumerate() {
            let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
            for group in mentions.iter().filter_map(|mention| holders.get(mention)).flatten() {
                *shared.entry(*group).or_default() += 1;
            }
            edges.extend(shared.into_iter().map(|(right, shared)| {
                let size = mentions.len() + joined[right as usize].len();
                let ours = called.get(set).and_then(|called| called.get(id));
                let theirs =
                    all.groups[right as usize].iter().enumerate().filter_map(|(other, id)| Some((other, (*id)?)));
                let tie = |(other, theirs): (usize, Id)| {
                    let named = Calling::tie(ours, called.get(other).and_then(|called| called.get(&theirs)));
                    named + if theirs == *id { TIE } else { 0.0 }
                };
                let tie = theirs.map(tie).fold(0.0, f64::max);
                PossiblePair { left: left as u32, right, gain: 2.0 * shared as f64 / size as f64 + tie }
            }));
        }
        let pairs: HashMap<usize, usize> = best_pairs(clusters.len(), joined.len(), &edges).into_iter().collect();
        for (left, (mentions, id)) in clusters.into_iter().enumerate() {
            let group = pairs.get(&left).copied().unwrap_or_else(|| {
                all.groups.push(vec![None; count]);
                joined.push(Vec::new());
                all.groups.len() - 1
            });
            all.groups[group][set] = Some(id);
            all.of[set].insert(id, group as u32);
            joined[group].extend(mentions);
            joined[group].sort_unstable();
            joined[group].dedup();
        }
    }
    all
}
