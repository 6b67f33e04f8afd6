//! Optimal one-to-one pairing between two sets.

mod edge;
mod sparse;

pub use edge::PossiblePair;
use pathfinding::prelude::{Matrix, kuhn_munkres};

/// A knot of more cells (lefts × rights) than this is solved over the edges that it has, in memory of their number.
const DENSE: usize = 1 << 16;

/// The pairing of greatest total gain (maximum weight bipartite matching; Kuhn 1955, Munkres 1957), sorted by left index.
///
/// `left` and `right` are the sizes of the two sides. The graph is split into its connected components first, so that the
/// cost is that of the largest knot and not of the whole. Equal inputs give equal answers.
pub fn best_pairs(left: usize, right: usize, edges: &[PossiblePair]) -> Vec<(usize, usize)> {
    best_pairs_until(left, right, edges, &|| false).expect("nobody stops it")
}

/// As [`best_pairs`]; none where `stop`, which is asked now and then, says so.
pub fn best_pairs_until(
    left: usize,
    right: usize,
    edges: &[PossiblePair],
    stop: &dyn Fn() -> bool,
) -> Option<Vec<(usize, usize)>> {
    let mut roots = Roots::new(left + right);
    for edge in edges.iter().filter(|edge| edge.gain > 0.0) {
        roots.join(edge.left as usize, left + edge.right as usize);
    }
    let mut knots: Vec<(usize, &PossiblePair)> =
        edges.iter().filter(|edge| edge.gain > 0.0).map(|edge| (roots.of(edge.left as usize), edge)).collect();
    knots.sort_by_key(|(root, edge)| (*root, edge.left, edge.right));
    let mut pairs = Vec::new();
    for knot in knots.chunk_by(|a, b| a.0 == b.0) {
        solve(knot, &mut pairs, stop)?;
    }
    pairs.sort_unstable();
    Some(pairs)
}

/// Pairs one connected component; none where it was stopped.
fn solve(knot: &[(usize, &PossiblePair)], pairs: &mut Vec<(usize, usize)>, stop: &dyn Fn() -> bool) -> Option<()> {
    let ends = |edge: &PossiblePair| (edge.left as usize, edge.right as usize);
    if let [(_, edge)] = knot {
        pairs.push(ends(edge));
        return Some(());
    }
    let mut lefts: Vec<u32> = knot.iter().map(|(_, edge)| edge.left).collect();
    let mut rights: Vec<u32> = knot.iter().map(|(_, edge)| edge.right).collect();
    lefts.dedup();
    rights.sort_unstable();
    rights.dedup();
    if lefts.len() == 1 || rights.len() == 1 {
        let best =
            knot.iter().map(|(_, edge)| *edge).reduce(|best, edge| if edge.gain > best.gain { edge } else { best });
        pairs.extend(best.map(ends));
        return Some(());
    }
    if lefts.len() * rights.len() > DENSE {
        let place = |all: &[u32], one: u32| all.partition_point(|&known| known < one) as u32;
        let edge = |(_, edge): &(usize, &PossiblePair)| PossiblePair {
            left: place(&lefts, edge.left),
            right: place(&rights, edge.right),
            gain: edge.gain,
        };
        let edges: Vec<PossiblePair> = knot.iter().map(edge).collect();
        let chosen = sparse::solve(lefts.len(), rights.len(), &edges, stop)?;
        pairs.extend(chosen.into_iter().map(|(l, r)| (lefts[l as usize] as usize, rights[r as usize] as usize)));
        return Some(());
    }
    if stop() {
        return None;
    }
    dense(knot, &lefts, &rights, pairs);
    Some(())
}

/// Pairs a small component, in a matrix of all that might be paired.
fn dense(knot: &[(usize, &PossiblePair)], lefts: &[u32], rights: &[u32], pairs: &mut Vec<(usize, usize)>) {
    let turned = lefts.len() > rights.len();
    let (rows, columns) = if turned { (rights, lefts) } else { (lefts, rights) };
    // Gains become integers, as finely as the sum of a whole row of them still fits.
    let greatest = knot.iter().map(|(_, edge)| edge.gain).fold(0.0, f64::max);
    let scale = 2f64.powi(58) / (greatest * (rows.len() + columns.len()) as f64);
    let mut weights = Matrix::new(rows.len(), columns.len(), 0i64);
    for (_, edge) in knot {
        let (row, column) = if turned { (edge.right, edge.left) } else { (edge.left, edge.right) };
        let row = rows.partition_point(|&known| known < row);
        let column = columns.partition_point(|&known| known < column);
        let weight = &mut weights[(row, column)];
        *weight = (*weight).max((edge.gain * scale) as i64);
    }
    let (_, chosen) = kuhn_munkres(&weights);
    for (row, column) in chosen.into_iter().enumerate().filter(|&place| weights[place] > 0) {
        let (row, column) = (rows[row] as usize, columns[column] as usize);
        pairs.push(if turned { (column, row) } else { (row, column) });
    }
}

/// Disjoint sets with path halving.
struct Roots(Vec<u32>);

impl Roots {
    fn new(size: usize) -> Roots {
        Roots((0..size as u32).collect())
    }

    fn of(&mut self, mut node: usize) -> usize {
        while self.0[node] as usize != node {
            self.0[node] = self.0[self.0[node] as usize];
            node = self.0[node] as usize;
        }
        node
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b)] = a.min(b) as u32;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The greatest total gain, by trying everything.
    fn exhaustive(edges: &[PossiblePair], lefts: u32, rights: u32) -> f64 {
        let Some(rest) = edges.split_first().map(|(_, rest)| rest) else { return 0.0 };
        let edge = edges[0];
        let without = exhaustive(rest, lefts, rights);
        if lefts >> edge.left & 1 == 1 || rights >> edge.right & 1 == 1 {
            return without;
        }
        without.max(edge.gain + exhaustive(rest, lefts | 1 << edge.left, rights | 1 << edge.right))
    }

    proptest! {
        #[test]
        fn a_large_knot_gains_what_a_small_one_does(
            gains in proptest::collection::btree_map((0u32..40, 0u32..36), 1u32..30, 1..300),
        ) {
            let edges: Vec<PossiblePair> =
                gains.iter().map(|(&(left, right), &gain)| PossiblePair { left, right, gain: f64::from(gain) / 4.0 }).collect();
            let total = |pairs: &[(u32, u32)]| pairs.iter().map(|pair| gains[pair]).sum::<u32>();
            let found = sparse::solve(40, 36, &edges, &|| false).expect("nobody stops it");
            let expected: Vec<(u32, u32)> =
                best_pairs(40, 36, &edges).into_iter().map(|(left, right)| (left as u32, right as u32)).collect();
            prop_assert_eq!(total(&found), total(&expected));
            let (mut lefts, mut rights): (Vec<_>, Vec<_>) = found.iter().copied().unzip();
            for side in [&mut lefts, &mut rights] {
                side.sort_unstable();
                side.dedup();
                prop_assert_eq!(side.len(), found.len());
            }
        }

        #[test]
        fn no_other_pairing_gains_more(gains in proptest::collection::btree_map((0u32..5, 0u32..6), 0u32..9, 0..14)) {
            let edges: Vec<PossiblePair> =
                gains.iter().map(|(&(left, right), &gain)| PossiblePair { left, right, gain: f64::from(gain) / 4.0 }).collect();
            let pairs = best_pairs(5, 6, &edges);
            let total: f64 = pairs.iter().map(|&(left, right)| f64::from(gains[&(left as u32, right as u32)]) / 4.0).sum();
            prop_assert!((total - exhaustive(&edges, 0, 0)).abs() < 1e-9);
            let (mut lefts, mut rights): (Vec<_>, Vec<_>) = pairs.iter().copied().unzip();
            lefts.dedup();
            rights.sort_unstable();
            rights.dedup();
            prop_assert!(lefts.len() == pairs.len() && rights.len() == pairs.len());
        }
    }

    #[test]
    fn a_knot_of_many_is_solved_without_a_matrix_of_them() {
        // A chain in which each overlaps the next: 200,000 on each side would be a matrix of 320 GB.
        let many = 200_000;
        let edge = |left: u32, right: u32, gain| PossiblePair { left, right, gain };
        let edges: Vec<PossiblePair> =
            (0..many).flat_map(|at| [edge(at, at, 1.0), edge(at, (at + 1).min(many - 1), 0.75)]).collect();
        let pairs = best_pairs(many as usize, many as usize, &edges);
        assert_eq!(pairs, (0..many as usize).map(|at| (at, at)).collect::<Vec<_>>());
        assert_eq!(best_pairs_until(many as usize, many as usize, &edges, &|| true), None);
    }
}
