//! Scores of identity: do two sets of clusters say that the same mentions are of one thing? For coreference within an article
//! and for referents across articles.
//!
//! Mentions are numbered so that the same span of the same article has the same number on both sides. A mention that stands
//! in several clusters counts in the first alone, twice in one cluster counts once, and empty clusters do not count. Mentions
//! that only one side has are allowed (Pradhan et al. 2014). Sums over articles give the micro-average.

use super::assign::{PossiblePair, best_pairs};
use super::prf::harmonic;
use super::{Prf, Undefined};
use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

/// The sums of every identity score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct IdentityScores {
    /// MUC (Vilain et al. 1995): links that must be added to join each cluster again.
    pub muc: Prf,
    /// B³ (Bagga and Baldwin 1998): per mention, the share of its cluster that is right.
    pub b_cubed: Prf,
    /// CEAF_e (Luo 2005) with φ₄: clusters paired one to one by 2·|K∩R| / (|K|+|R|).
    pub ceaf_e: Prf,
    /// CEAF_m (Luo 2005) with φ₃: clusters paired one to one by |K∩R|.
    pub ceaf_m: Prf,
    /// LEA (Moosavi and Strube 2016): clusters weighted by size, resolved by their links.
    pub lea: Prf,
    /// BLANC (Luo et al. 2014), coreferent pairs.
    pub blanc_same: Prf,
    /// BLANC, pairs that are not coreferent.
    pub blanc_other: Prf,
}

impl IdentityScores {
    /// The CoNLL-2012 score: the mean of the F1 of MUC, B³ and CEAF_e. A MUC without links counts 0, as in the reference scorer.
    ///
    /// # Errors
    /// Neither side has a cluster.
    pub fn conll(&self) -> Result<f64, Undefined> {
        Ok((self.muc.f1().unwrap_or(0.0) + self.b_cubed.f1()? + self.ceaf_e.f1()?) / 3.0)
    }

    /// BLANC: the mean of the F1 of coreferent and of other pairs; where gold has pairs of one kind only, that F1 alone.
    ///
    /// # Errors
    /// Gold has fewer than two mentions.
    pub fn blanc(&self) -> Result<f64, Undefined> {
        let f1 = |sums: &Prf| harmonic(sums.precision().unwrap_or(0.0), sums.recall().unwrap_or(0.0));
        match (self.blanc_same.gold > 0.0, self.blanc_other.gold > 0.0) {
            (true, true) => Ok((f1(&self.blanc_same) + f1(&self.blanc_other)) / 2.0),
            (true, false) => Ok(f1(&self.blanc_same)),
            (false, true) => Ok(f1(&self.blanc_other)),
            (false, false) => Err(Undefined::NothingInGold),
        }
    }
}

impl AddAssign<&IdentityScores> for IdentityScores {
    fn add_assign(&mut self, other: &IdentityScores) {
        self.muc += &other.muc;
        self.b_cubed += &other.b_cubed;
        self.ceaf_e += &other.ceaf_e;
        self.ceaf_m += &other.ceaf_m;
        self.lea += &other.lea;
        self.blanc_same += &other.blanc_same;
        self.blanc_other += &other.blanc_other;
    }
}

/// Scores predicted clusters of mentions against gold clusters.
pub fn identity(gold: &[Vec<u32>], predicted: &[Vec<u32>]) -> IdentityScores {
    let table = ClusterTable::new(gold, predicted);
    IdentityScores {
        ceaf_e: table
            .ceaf(|shared, gold, predicted| 2.0 * shared / (gold + predicted), |clusters| clusters.len() as f64),
        ceaf_m: table.ceaf(|shared, _, _| shared, |clusters| clusters.iter().sum()),
        ..links(&table)
    }
}

/// The same without both CEAF, whose pairing of clusters costs the cube of those that hang together; the others take no
/// longer than the mentions are many.
pub fn identity_without_pairing(gold: &[Vec<u32>], predicted: &[Vec<u32>]) -> IdentityScores {
    links(&ClusterTable::new(gold, predicted))
}

fn links(table: &ClusterTable) -> IdentityScores {
    let turned = table.turned();
    let side = |from: fn(&ClusterTable) -> (f64, f64)| {
        let ((correct_gold, gold), (correct_predicted, predicted)) = (from(table), from(&turned));
        Prf { correct_predicted, predicted, correct_gold, gold }
    };
    let (blanc_same, blanc_other) = table.blanc();
    IdentityScores {
        muc: side(ClusterTable::muc),
        b_cubed: side(ClusterTable::b_cubed),
        lea: side(ClusterTable::lea),
        blanc_same,
        blanc_other,
        ..IdentityScores::default()
    }
}

/// Counts of how the clusters of one side fall into those of the other.
struct ClusterTable {
    /// Sizes of the clusters of this side.
    sizes: Vec<f64>,
    /// Sizes of the clusters of the other side.
    others: Vec<f64>,
    /// Mentions that cluster `.0` of this side shares with cluster `.1` of the other, where there are any.
    shared: Vec<(usize, usize, f64)>,
}

impl ClusterTable {
    fn new(gold: &[Vec<u32>], predicted: &[Vec<u32>]) -> ClusterTable {
        let (gold, sizes) = membership(gold);
        let (predicted, others) = membership(predicted);
        let mut shared: BTreeMap<(usize, usize), f64> = BTreeMap::new();
        for (mention, &cluster) in &gold {
            if let Some(&other) = predicted.get(mention) {
                *shared.entry((cluster, other)).or_default() += 1.0;
            }
        }
        ClusterTable { sizes, others, shared: shared.into_iter().map(|((a, b), count)| (a, b, count)).collect() }
    }

    /// The same seen from the other side.
    fn turned(&self) -> ClusterTable {
        let mut shared: Vec<_> = self.shared.iter().map(|&(a, b, count)| (b, a, count)).collect();
        shared.sort_unstable_by_key(|&(a, b, _)| (a, b));
        ClusterTable { sizes: self.others.clone(), others: self.sizes.clone(), shared }
    }

    /// Each cluster's size and its shares with the other side's clusters.
    fn clusters(&self) -> impl Iterator<Item = (f64, &[(usize, usize, f64)])> {
        let mut rest = self.shared.as_slice();
        self.sizes.iter().enumerate().map(move |(cluster, &size)| {
            let (own, later) = rest.split_at(rest.partition_point(|&(a, ..)| a <= cluster));
            rest = later;
            (size, own)
        })
    }

    /// Links kept and links there: size − parts, where a mention that the other side lacks is a part of its own.
    fn muc(&self) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for (size, shares) in self.clusters() {
            let found: f64 = shares.iter().map(|&(.., count)| count).sum();
            sums.0 += found - shares.len() as f64;
            sums.1 += size - 1.0;
        }
        sums
    }

    fn b_cubed(&self) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for (size, shares) in self.clusters() {
            sums.0 += shares.iter().map(|&(.., count)| count * count).sum::<f64>() / size;
            sums.1 += size;
        }
        sums
    }

    /// A single mention's link is to itself, and is kept where the other side has it single too.
    fn lea(&self) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for (size, shares) in self.clusters() {
            let resolved = if size > 1.0 {
                shares.iter().map(|&(.., count)| pairs(count)).sum::<f64>() / pairs(size)
            } else {
                f64::from(shares.iter().any(|&(_, other, _)| self.others[other] <= 1.0))
            };
            sums.0 += size * resolved;
            sums.1 += size;
        }
        sums
    }

    /// `similarity` of a pair of clusters (mentions shared, size, other's size) and the side's similarity to itself.
    fn ceaf(&self, similarity: impl Fn(f64, f64, f64) -> f64, own: impl Fn(&[f64]) -> f64) -> Prf {
        let gain = |&(a, b, count): &(usize, usize, f64)| similarity(count, self.sizes[a], self.others[b]);
        let edges: Vec<PossiblePair> = self
            .shared
            .iter()
            .map(|share| PossiblePair { left: share.0 as u32, right: share.1 as u32, gain: gain(share) })
            .collect();
        let chosen = best_pairs(self.sizes.len(), self.others.len(), &edges);
        let share = |pair: &(usize, usize)| {
            let found = self.shared.binary_search_by_key(pair, |&(a, b, _)| (a, b));
            found.map_or(0.0, |index| gain(&self.shared[index]))
        };
        Prf::new(chosen.iter().map(share).sum(), own(&self.others), own(&self.sizes))
    }

    /// Pairs of mentions that are coreferent, and pairs that are not.
    fn blanc(&self) -> (Prf, Prf) {
        let inside = |sizes: &[f64]| sizes.iter().map(|&size| pairs(size)).sum::<f64>();
        let all = |sizes: &[f64]| pairs(sizes.iter().sum());
        let sums = |by: fn(&(usize, usize, f64)) -> usize, sizes: &[f64]| {
            let mut sums = vec![0.0; sizes.len()];
            for share in &self.shared {
                sums[by(share)] += share.2;
            }
            inside(&sums)
        };
        let both: f64 = self.shared.iter().map(|&(.., count)| pairs(count)).sum();
        // Pairs of mentions that both sides have: those apart on both sides are all but those together on either.
        let common = pairs(self.shared.iter().map(|&(.., count)| count).sum());
        let together = sums(|share| share.0, &self.sizes) + sums(|share| share.1, &self.others) - both;
        let same = Prf::new(both, inside(&self.others), inside(&self.sizes));
        let apart = |sizes: &[f64]| all(sizes) - inside(sizes);
        (same, Prf::new(common - together, apart(&self.others), apart(&self.sizes)))
    }
}

/// n(n−1)/2.
fn pairs(count: f64) -> f64 {
    count * (count - 1.0) / 2.0
}

/// The cluster of each mention, and the sizes of the clusters that are not empty.
fn membership(clusters: &[Vec<u32>]) -> (HashMap<u32, usize>, Vec<f64>) {
    let mut cluster_of = HashMap::new();
    let mut sizes = Vec::new();
    for mentions in clusters {
        let mut size = 0.0;
        for &mention in mentions {
            if let std::collections::hash_map::Entry::Vacant(place) = cluster_of.entry(mention) {
                place.insert(sizes.len());
                size += 1.0;
            }
        }
        if size > 0.0 {
            sizes.push(size);
        }
    }
    (cluster_of, sizes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repeated_mentions_and_empty_clusters_do_not_count() {
        let clean = identity(&[vec![1], vec![2, 3], vec![4, 5, 6]], &[vec![1], vec![2, 3, 9], vec![4, 7], vec![8]]);
        let messy = identity(
            &[vec![1, 1], vec![2, 3], vec![], vec![4, 5, 6]],
            &[vec![1], vec![2, 3, 9, 2], vec![4, 7], vec![2, 8]],
        );
        assert_eq!(clean, messy);
    }

    #[test]
    fn nothing_at_all_is_undefined() {
        let none = identity(&[], &[]);
        assert_eq!(none.conll(), Err(Undefined::NoItems));
        assert_eq!(none.blanc(), Err(Undefined::NothingInGold));
    }
}
