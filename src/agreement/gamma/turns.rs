//! A good alignment of any number of annotators in little time, and how much better the best one could be at the most.
//!
//! Each annotator in turn is taken out and laid anew over the rest, by an optimal assignment; then each group of
//! annotators over the others. That is the local search by dimensions for assignments in many dimensions (Bandelt, Maas
//! and Spieksma 2004; Karapetyan and Gutin 2011): no turn makes the alignment worse, and it ends where no turn makes it
//! better.

use super::dissimilarity::{Dissimilarity, Stop, Stretch, Tuples};
use crate::agreement::assign::{PossiblePair, best_pairs_until};

/// Rounds of turns at the most.
const ROUNDS: usize = 6;

/// Less than this is no improvement.
const LITTLE: f64 = 1e-9;

/// The tuples of a good alignment with the sum of their disorders; none where it was stopped.
pub(super) fn align(annotators: &[Vec<Stretch>], dissimilarity: &Dissimilarity, stop: Stop) -> Option<(Tuples, f64)> {
    let count = annotators.len();
    let mut table = Turns { annotators, dissimilarity, pairs: (count * (count - 1) / 2) as f64, tuples: Vec::new() };
    for who in 0..count {
        let alone = (0..annotators[who].len()).map(|unit| {
            let mut tuple = vec![None; count];
            tuple[who] = Some(unit);
            tuple
        });
        let alone: Tuples = alone.collect();
        table.join(alone, stop)?;
    }
    let mut cost = table.cost();
    for _ in 0..ROUNDS {
        for who in 0..count {
            table.turn(|other| other == who, stop)?;
        }
        for first in 2..count.saturating_sub(1) {
            table.turn(|other| other < first, stop)?;
        }
        let now = table.cost();
        if now > cost - LITTLE {
            break;
        }
        cost = now;
    }
    let cost = table.cost();
    let mut tuples = table.tuples;
    tuples.sort_unstable_by_key(|tuple| tuple.iter().position(Option::is_some).map(|who| (tuple[who], who)));
    Some((tuples, cost))
}

/// A sum of disorders that no alignment falls short of; none where it was stopped.
///
/// A tuple of k units has the disorder 1 − Σ (1 − d) ÷ P over its pairs, where P is the number of all pairs of
/// annotators. Shared out among its units, each has 1 ÷ k less half of what its own k − 1 pairs bring; and those bring
/// no more than the k − 1 best that the unit could find, one of each annotator.
pub(super) fn least(annotators: &[Vec<Stretch>], dissimilarity: &Dissimilarity, stop: Stop) -> Option<f64> {
    let count = annotators.len();
    let pairs = (count * (count - 1) / 2) as f64;
    let others: Vec<Sorted> = annotators.iter().map(|units| Sorted::of(units.iter().copied().enumerate())).collect();
    // Beyond a distance of 1 nothing is brought.
    let reach = (1.0 / dissimilarity.position).sqrt();
    let mut sum = 0.0;
    for (who, units) in annotators.iter().enumerate() {
        for unit in units {
            if stop() {
                return None;
            }
            let best = others.iter().enumerate().filter(|(other, _)| *other != who).map(|(_, sorted)| {
                let brings = sorted.near(unit, reach).map(|(_, other)| 1.0 - dissimilarity.between(unit, &other));
                brings.fold(0.0, f64::max)
            });
            let mut best: Vec<f64> = best.collect();
            best.sort_unstable_by(|a, b| b.total_cmp(a));
            let (mut brought, mut least) = (0.0, 1.0f64);
            for (more, brings) in best.into_iter().enumerate() {
                brought += brings;
                least = least.min(1.0 / (more + 2) as f64 - brought / (2.0 * pairs));
            }
            sum += least;
        }
    }
    Some(sum)
}

/// Units by start, to find those near a place.
struct Sorted {
    units: Vec<(usize, Stretch)>,
    longest: f64,
}

impl Sorted {
    fn of(units: impl Iterator<Item = (usize, Stretch)>) -> Self {
        let mut units: Vec<(usize, Stretch)> = units.collect();
        units.sort_by(|a, b| a.1.start.total_cmp(&b.1.start).then(a.0.cmp(&b.0)));
        let longest = units.iter().map(|(_, unit)| unit.length()).fold(0.0, f64::max);
        Self { units, longest }
    }

    /// Those whose starts are so near, in lengths of the longest and of the unit itself, that they may be aligned with
    /// it.
    fn near(&self, unit: &Stretch, reach: f64) -> impl Iterator<Item = (usize, Stretch)> + '_ {
        let far = reach * (unit.length() + self.longest);
        let (from, to) = (unit.start - far, unit.start + far);
        let first = self.units.partition_point(move |other| other.1.start < from);
        self.units[first..].iter().take_while(move |other| other.1.start <= to).copied()
    }
}

/// An alignment that gets better.
struct Turns<'a> {
    annotators: &'a [Vec<Stretch>],
    dissimilarity: &'a Dissimilarity,
    /// Number of pairs of annotators.
    pairs: f64,
    tuples: Tuples,
}

impl Turns<'_> {
    /// Takes some annotators out and lays what they have over what the others have.
    fn turn(&mut self, out: impl Fn(usize) -> bool, stop: Stop) -> Option<()> {
        let (mut kept, mut taken) = (Vec::with_capacity(self.tuples.len()), Vec::new());
        for tuple in std::mem::take(&mut self.tuples) {
            let part = |wanted: bool| -> Vec<Option<usize>> {
                tuple.iter().enumerate().map(|(who, unit)| unit.filter(|_| out(who) == wanted)).collect()
            };
            for (wanted, parts) in [(true, &mut taken), (false, &mut kept)] {
                parts.extend(Some(part(wanted)).filter(|part| part.iter().any(Option::is_some)));
            }
        }
        self.tuples = kept;
        self.join(taken, stop)
    }

    /// Joins parts of tuples with those that are there, which have no annotator in common with them, so that most is
    /// gained.
    fn join(&mut self, parts: Tuples, stop: Stop) -> Option<()> {
        let (left, right) = (self.pieces(&parts), self.pieces(&self.tuples));
        let rights = Sorted::of(right.iter().enumerate().flat_map(|(at, units)| units.iter().map(move |it| (at, *it))));
        let mut edges = Vec::new();
        let mut seen = vec![u32::MAX; right.len()];
        for (at, units) in left.iter().enumerate() {
            if stop() {
                return None;
            }
            for unit in units {
                // The most that a pair of units costs where their tuples are still joined: all other pairs bring 1
                // each.
                let most = 1.0 + self.pairs.max(1.0);
                for (other, _) in rights.near(unit, (most / self.dissimilarity.position).sqrt()) {
                    if std::mem::replace(&mut seen[other], at as u32) == at as u32 {
                        continue;
                    }
                    let gain = self.gain(units, &right[other]);
                    if gain > LITTLE {
                        edges.push(PossiblePair { left: at as u32, right: other as u32, gain });
                    }
                }
            }
        }
        let mut alone: Vec<Option<Vec<Option<usize>>>> = parts.into_iter().map(Some).collect();
        for (part, tuple) in best_pairs_until(left.len(), right.len(), &edges, stop)? {
            for (there, unit) in self.tuples[tuple].iter_mut().zip(alone[part].take().into_iter().flatten()) {
                *there = there.or(unit);
            }
        }
        self.tuples.extend(alone.into_iter().flatten());
        Some(())
    }

    /// The units of each tuple.
    fn pieces(&self, tuples: &Tuples) -> Vec<Vec<Stretch>> {
        let units = |tuple: &Vec<Option<usize>>| {
            tuple.iter().zip(self.annotators).filter_map(|(unit, units)| Some(units[(*unit)?])).collect()
        };
        tuples.iter().map(units).collect()
    }

    /// The gain of joining two: one tuple less, and what its new pairs bring.
    fn gain(&self, a: &[Stretch], b: &[Stretch]) -> f64 {
        let pairs = a.iter().flat_map(|a| b.iter().map(move |b| (a, b)));
        1.0 + pairs.map(|(a, b)| 1.0 - self.dissimilarity.between(a, b)).sum::<f64>() / self.pairs.max(1.0)
    }

    /// The sum of the disorders.
    fn cost(&self) -> f64 {
        let cost = |units: &Vec<Stretch>| {
            let pairs = units.iter().enumerate().flat_map(|(at, a)| units[at + 1..].iter().map(move |b| (a, b)));
            1.0 - pairs.map(|(a, b)| 1.0 - self.dissimilarity.between(a, b)).sum::<f64>() / self.pairs.max(1.0)
        };
        self.pieces(&self.tuples).iter().map(cost).sum()
    }
}
