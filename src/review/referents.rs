//! Which referents of several annotators are the same: as clusters of aligned mentions.

use std::collections::{BTreeMap, HashMap};

use super::Alignment;
use crate::agreement::assign::{Edge, best_pairs};
use crate::model::{AnnotationSet, Id};

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

/// Aligns the referents of annotators over any number of articles, each with its alignment and its sets, the same
/// annotators in the same order in all of them.
///
/// Two referents are as alike as the groups of annotations that are about them: φ₄ of CEAF (Luo 2005), 2·|a∩b| ÷ (|a|+|b|),
/// paired by best total, the annotators one after the other. Referents that no group shares are never the same.
#[must_use]
pub fn align_referents(articles: &[(&Alignment, &[&AnnotationSet])]) -> ReferentGroups {
    let sets = articles.iter().map(|(_, sets)| sets.len()).max().unwrap_or(0);
    let mut clusters: Vec<Clusters> = vec![Clusters::new(); sets];
    for (article, (alignment, records)) in articles.iter().enumerate() {
        for (set, record) in records.iter().enumerate().flat_map(|(set, all)| all.iter().map(move |it| (set, it))) {
            let (Some(referent), Some(group)) = (record.referent, alignment.group_of(set, record.id)) else { continue };
            clusters[set].entry(referent).or_default().push((article as u64) << 32 | group as u64);
        }
    }
    pair(clusters)
}

/// One annotator's referents, each with the mentions of it: numbers that mean the same mention for all annotators.
pub(super) type Clusters = BTreeMap<Id, Vec<u64>>;

/// Pairs the referents of annotators, one annotator after the other; see [`align_referents`].
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
