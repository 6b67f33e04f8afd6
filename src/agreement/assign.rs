//! Optimal one-to-one pairing between two sets.

use pathfinding::prelude::{Matrix, kuhn_munkres};

/// One possible pair and what it would gain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Edge {
    /// Index on the left side.
    pub left: u32,
    /// Index on the right side.
    pub right: u32,
    /// Gain of pairing the two; pairs that gain nothing are never made.
    pub gain: f64,
}

/// The pairing of greatest total gain (maximum weight bipartite matching; Kuhn 1955, Munkres 1957), sorted by left index.
///
/// `left` and `right` are the sizes of the two sides. The graph is split into its connected components first, so that the
/// cubic cost is that of the largest knot and not of the whole. Equal inputs give equal answers.
pub fn best_pairs(left: usize, right: usize, edges: &[Edge]) -> Vec<(usize, usize)> {
    let mut roots = Roots::new(left + right);
    for edge in edges.iter().filter(|edge| edge.gain > 0.0) {
        roots.join(edge.left as usize, left + edge.right as usize);
    }
    let mut knots: Vec<(usize, &Edge)> =
        edges.iter().filter(|edge| edge.gain > 0.0).map(|edge| (roots.of(edge.left as usize), edge)).collect();
    knots.sort_by_key(|(root, edge)| (*root, edge.left, edge.right));
    let mut pairs = Vec::new();
    for knot in knots.chunk_by(|a, b| a.0 == b.0) {
        solve(knot, &mut pairs);
    }
    pairs.sort_unstable();
    pairs
}

/// Pairs one connected component.
fn solve(knot: &[(usize, &Edge)], pairs: &mut Vec<(usize, usize)>) {
    let ends = |edge: &Edge| (edge.left as usize, edge.right as usize);
    let mut lefts: Vec<u32> = knot.iter().map(|(_, edge)| edge.left).collect();
    let mut rights: Vec<u32> = knot.iter().map(|(_, edge)| edge.right).collect();
    lefts.dedup();
    rights.sort_unstable();
    rights.dedup();
    if lefts.len() == 1 || rights.len() == 1 {
        let best =
            knot.iter().map(|(_, edge)| *edge).reduce(|best, edge| if edge.gain > best.gain { edge } else { best });
        pairs.extend(best.map(ends));
        return;
    }
    let turned = lefts.len() > rights.len();
    let (rows, columns) = if turned { (&rights, &lefts) } else { (&lefts, &rights) };
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
    fn exhaustive(edges: &[Edge], lefts: u32, rights: u32) -> f64 {
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
        fn no_other_pairing_gains_more(gains in proptest::collection::btree_map((0u32..5, 0u32..6), 0u32..9, 0..14)) {
            let edges: Vec<Edge> =
                gains.iter().map(|(&(left, right), &gain)| Edge { left, right, gain: f64::from(gain) / 4.0 }).collect();
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
}
