//! The best alignment: which units of different annotators are of one thing.

use super::dissimilarity::{Dissimilarity, Stop, Stretch, Tuples};
use super::search::{Halt, MOST, Search, THOROUGH};
use super::turns;
use crate::agreement::Unit;
use crate::agreement::assign::{PossiblePair, best_pairs_until};
use std::cell::Cell;

/// Units of different annotators brought together.
#[derive(Clone, Debug, PartialEq)]
pub struct UnitAlignment {
    /// Each tuple holds, for each annotator, the index of the unit that takes part; every unit is in exactly one.
    pub tuples: Vec<Vec<Option<usize>>>,
    /// Sum of the tuples' disorders ÷ mean number of units per annotator. A tuple's disorder is the mean dissimilarity
    /// over all pairs of annotators, 1 where either has no unit in it.
    pub disorder: f64,
    /// True where it is proven that no other alignment has less disorder.
    pub exact: bool,
    /// The most by which another one's could be less; 0 where it is proven best.
    pub gap: f64,
}

/// The alignment of least disorder. With two annotators it is an optimal assignment; with more (where the problem is
/// NP-hard) an exhaustive search from left to right, which stays small because only units near each other can be
/// aligned. Where that takes too much, annotators are laid over each other in turns, and the gap says how far that may
/// be from the best.
///
/// Units must not be empty. Without units, an empty alignment of no disorder.
pub fn best_alignment(annotators: &[Vec<Unit>], dissimilarity: &Dissimilarity) -> UnitAlignment {
    let stretches: Vec<Vec<Stretch>> = annotators.iter().map(|units| units.iter().map(Stretch::of).collect()).collect();
    let never = || false;
    let left = Cell::new(MOST);
    let searched = Aligner { dissimilarity, way: Way::Search(&left), stop: &never }.align(&stretches, THOROUGH);
    let way = Aligner { dissimilarity, way: Way::Turns, stop: &never };
    let alignment = searched.or_else(|_| way.align(&stretches, THOROUGH)).and_then(|it| way.bounded(&stretches, it));
    alignment.expect("nobody stops it, and turns are never too large")
}

/// The way in which more than two annotators are aligned.
#[derive(Clone, Copy)]
pub(super) enum Way<'a> {
    /// By search, as long as something is left of what may be spent.
    Search(&'a Cell<usize>),
    /// In turns.
    Turns,
}

/// The maker of alignments.
#[derive(Clone, Copy)]
pub(super) struct Aligner<'a> {
    pub dissimilarity: &'a Dissimilarity,
    pub way: Way<'a>,
    pub stop: Stop<'a>,
}

impl Aligner<'_> {
    /// The best alignment of two annotators.
    pub fn paired(&self, first: &[Stretch], second: &[Stretch]) -> Result<Paired, Halt> {
        paired(first, second, self.dissimilarity, self.stop).ok_or(Halt::Stopped)
    }

    /// An alignment, with as much work as given where it is searched for; its gap is not known yet.
    pub fn align(&self, annotators: &[Vec<Stretch>], work: usize) -> Result<UnitAlignment, Halt> {
        let units: usize = annotators.iter().map(Vec::len).sum();
        let (tuples, cost, exact) = match (annotators, self.way) {
            ([first, second], _) => {
                let paired = self.paired(first, second)?;
                (paired.tuples(first.len(), second.len()), paired.cost, true)
            }
            (_, Way::Search(left)) => Search::new(annotators, self.dissimilarity, left, self.stop).run(work)?,
            (_, Way::Turns) => {
                let turned = turns::align(annotators, self.dissimilarity, self.stop);
                let (tuples, cost) = turned.ok_or(Halt::Stopped)?;
                (tuples, cost, false)
            }
        };
        let disorder = if units == 0 { 0.0 } else { cost * annotators.len() as f64 / units as f64 };
        Ok(UnitAlignment { tuples, disorder, exact, gap: 0.0 })
    }

    /// The same with its gap; where there is none, it is the best after all.
    pub fn bounded(&self, annotators: &[Vec<Stretch>], mut alignment: UnitAlignment) -> Result<UnitAlignment, Halt> {
        if alignment.exact {
            return Ok(alignment);
        }
        let units: usize = annotators.iter().map(Vec::len).sum();
        let least = turns::least(annotators, self.dissimilarity, self.stop).ok_or(Halt::Stopped)?;
        let least = least * annotators.len() as f64 / units.max(1) as f64;
        alignment.gap = (alignment.disorder - least).max(0.0);
        if alignment.gap < 1e-9 {
            (alignment.gap, alignment.exact) = (0.0, true);
        }
        Ok(alignment)
    }
}

/// The best alignment of two annotators, as it is made thousands of times for one figure.
pub(super) struct Paired {
    /// The units that are of one thing, by the first one.
    pub pairs: Vec<(usize, usize)>,
    /// The sum of disorders.
    cost: f64,
}

impl Paired {
    /// As [`UnitAlignment::disorder`], of so many units.
    pub fn disorder(&self, units: usize) -> f64 {
        if units == 0 { 0.0 } else { self.cost * 2.0 / units as f64 }
    }

    /// All units of annotators of so many, in tuples.
    fn tuples(&self, first: usize, second: usize) -> Tuples {
        let mut alone = vec![true; second];
        let mut next = self.pairs.iter().peekable();
        let mut tuples: Tuples = Vec::with_capacity(first + second);
        for left in 0..first {
            let partner = next.next_if(|pair| pair.0 == left).map(|pair| pair.1);
            partner.into_iter().for_each(|right| alone[right] = false);
            tuples.push(vec![Some(left), partner]);
        }
        tuples.extend((0..second).filter(|&right| alone[right]).map(|right| vec![None, Some(right)]));
        tuples
    }
}

/// Units between two questions whether to go on: the clock takes longer to read than a unit to look at.
const ASKED: usize = 64;

/// Two annotators: aligning two units costs their dissimilarity, leaving both alone costs 2. None where it was stopped.
fn paired(first: &[Stretch], second: &[Stretch], dissimilarity: &Dissimilarity, stop: Stop) -> Option<Paired> {
    let mut order: Vec<u32> = (0..second.len() as u32).collect();
    order.sort_by(|&a, &b| second[a as usize].start.total_cmp(&second[b as usize].start));
    let longest = second.iter().map(Stretch::length).fold(0.0, f64::max);
    let mut edges = Vec::new();
    for (left, a) in first.iter().enumerate() {
        if left % ASKED == 0 && stop() {
            return None;
        }
        let reach = (2.0 / dissimilarity.position).sqrt() * (a.length() + longest);
        let from = order.partition_point(|&b| second[b as usize].start < a.start - reach);
        for &right in &order[from..] {
            let b = &second[right as usize];
            if b.start > a.start + reach {
                break;
            }
            let gain = 2.0 - dissimilarity.between(a, b);
            if gain > 0.0 {
                edges.push(PossiblePair { left: left as u32, right, gain });
            }
        }
    }
    let pairs = best_pairs_until(first.len(), second.len(), &edges, stop)?;
    let together: f64 = pairs.iter().map(|&(left, right)| dissimilarity.between(&first[left], &second[right])).sum();
    let alone = first.len() + second.len() - 2 * pairs.len();
    Some(Paired { pairs, cost: together + alone as f64 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units() -> impl Strategy<Value = Vec<Unit>> {
        proptest::collection::vec((0u32..30, 1u32..12, 0u32..3), 0..4).prop_map(|parts| {
            parts.into_iter().map(|(start, len, label)| Unit::new(start, start + len, label)).collect()
        })
    }

    /// The least disorder, by trying every alignment: each unit in turn joins one of the tuples so far or starts its
    /// own.
    fn exhaustive(annotators: &[Vec<Unit>], dissimilarity: &Dissimilarity) -> f64 {
        type Owned = (usize, Stretch);
        fn place(rest: &[Owned], tuples: &mut Vec<Vec<Owned>>, cost: &dyn Fn(&[Owned]) -> f64) -> f64 {
            let Some((unit, rest)) = rest.split_first() else { return tuples.iter().map(|tuple| cost(tuple)).sum() };
            tuples.push(vec![*unit]);
            let mut least = place(rest, tuples, cost);
            tuples.pop();
            for index in 0..tuples.len() {
                if tuples[index].iter().all(|member| member.0 != unit.0) {
                    tuples[index].push(*unit);
                    least = least.min(place(rest, tuples, cost));
                    tuples[index].pop();
                }
            }
            least
        }
        let all_pairs = (annotators.len() * (annotators.len() - 1) / 2) as f64;
        let cost = |tuple: &[(usize, Stretch)]| {
            let mut sum = all_pairs;
            for (index, (_, a)) in tuple.iter().enumerate() {
                sum += tuple[index + 1..].iter().map(|(_, b)| dissimilarity.between(a, b) - 1.0).sum::<f64>();
            }
            sum / all_pairs
        };
        let units: Vec<(usize, Stretch)> = annotators
            .iter()
            .enumerate()
            .flat_map(|(who, units)| units.iter().map(move |unit| (who, Stretch::of(unit))))
            .collect();
        if units.is_empty() {
            return 0.0;
        }
        place(&units, &mut Vec::new(), &cost) * annotators.len() as f64 / units.len() as f64
    }

    proptest! {
        #[test]
        fn no_alignment_has_less_disorder(annotators in proptest::collection::vec(units(), 2..4), position in 1u32..4) {
            let dissimilarity = Dissimilarity { position: f64::from(position), category: 1.0 };
            let found = best_alignment(&annotators, &dissimilarity);
            prop_assert!(found.exact);
            prop_assert!((found.disorder - exhaustive(&annotators, &dissimilarity)).abs() < 1e-9);
            for (who, units) in annotators.iter().enumerate() {
                let mut places: Vec<usize> = found.tuples.iter().filter_map(|tuple| tuple[who]).collect();
                places.sort_unstable();
                prop_assert_eq!(places, (0..units.len()).collect::<Vec<_>>());
            }
        }
    }

    /// As [`best_alignment`], in turns.
    fn in_turns(annotators: &[Vec<Unit>], dissimilarity: &Dissimilarity) -> UnitAlignment {
        let stretches: Vec<Vec<Stretch>> =
            annotators.iter().map(|units| units.iter().map(Stretch::of).collect()).collect();
        let aligner = Aligner { dissimilarity, way: Way::Turns, stop: &|| false };
        aligner.align(&stretches, 0).and_then(|it| aligner.bounded(&stretches, it)).expect("nobody stops it")
    }

    proptest! {
        #[test]
        fn turns_come_near_and_the_gap_is_no_less_than_what_is_missing(
            annotators in proptest::collection::vec(units(), 3..5),
            position in 1u32..4,
        ) {
            let dissimilarity = Dissimilarity { position: f64::from(position), category: 1.0 };
            let best = best_alignment(&annotators, &dissimilarity);
            prop_assume!(best.exact);
            let found = in_turns(&annotators, &dissimilarity);
            prop_assert!(found.disorder >= best.disorder - 1e-9);
            prop_assert!(found.disorder - found.gap <= best.disorder + 1e-9);
            prop_assert!(found.disorder <= best.disorder * 1.5 + 1e-9, "{} {}", found.disorder, best.disorder);
            for (who, units) in annotators.iter().enumerate() {
                let mut places: Vec<usize> = found.tuples.iter().filter_map(|tuple| tuple[who]).collect();
                places.sort_unstable();
                prop_assert_eq!(places, (0..units.len()).collect::<Vec<_>>());
            }
        }
    }

    #[test]
    fn twenty_who_agree_have_no_disorder() {
        // So many at one place are more tuples than a search can look at.
        let units: Vec<Unit> = (0..30).map(|at| Unit::new(at * 20, at * 20 + 5 + at % 4, at % 3)).collect();
        let alignment = best_alignment(&vec![units; 20], &Dissimilarity::default());
        assert!(alignment.exact && alignment.disorder < 1e-9, "{}", alignment.disorder);
        assert_eq!(alignment.tuples.len(), 30);
    }

    #[test]
    fn a_dense_pile_is_cut_and_says_so() {
        let pile: Vec<Unit> = (0..24).map(|index| Unit::new(index % 7, 40 + index % 11, index % 5)).collect();
        let alignment = best_alignment(&[pile.clone(), pile[..20].to_vec(), pile.clone()], &Dissimilarity::default());
        assert!(!alignment.exact && alignment.gap > 0.0);
        assert!(alignment.disorder < 1.0, "{}", alignment.disorder);
    }
}
