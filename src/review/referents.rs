//! Alignment of several annotators' referents, as clusters of aligned mentions.

use std::collections::{BTreeMap, HashMap};

use crate::agreement::assign::{Edge, best_pairs};
use crate::model::Id;

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

/// Pairs the referents of annotators, one annotator after the other; see [`super::align_referents`].
pub(super) fn pair(sets: Vec<Clusters>) -> ReferentGroups {
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
        for (left, (mentions, _)) in clusters.iter().enumerate() {
            let mut shared: BTreeMap<u32, usize> = BTreeMap::new();
            for group in mentions.iter().filter_map(|mention| holders.get(mention)).flatten() {
                *shared.entry(*group).or_default() += 1;
            }
            edges.extend(shared.into_iter().map(|(right, shared)| {
                let size = mentions.len() + joined[right as usize].len();
                Edge { left: left as u32, right, gain: 2.0 * shared as f64 / size as f64 }
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
