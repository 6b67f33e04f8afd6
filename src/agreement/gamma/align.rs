//! The best alignment: which units of different annotators are of one thing.

use super::search::{Search, THOROUGH};
use super::{Dissimilarity, Stretch};
use crate::agreement::Unit;
use crate::agreement::assign::{Edge, best_pairs};

/// Units of different annotators brought together.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Each tuple holds, for each annotator, the index of the unit that takes part; every unit is in exactly one.
    pub tuples: Vec<Vec<Option<usize>>>,
    /// Sum of the tuples' disorders ÷ mean number of units per annotator. A tuple's disorder is the mean dissimilarity over
    /// all pairs of annotators, 1 where either has no unit in it.
    pub disorder: f64,
    /// Whether it is proven that no other alignment has less disorder.
    pub exact: bool,
}

/// The alignment of least disorder. With two annotators it is an optimal assignment; with more (where the problem is NP-hard)
/// an exhaustive search from left to right, which stays small because only units near each other can be aligned.
///
/// Units must not be empty. Without units, an empty alignment of no disorder.
pub fn best_alignment(annotators: &[Vec<Unit>], dissimilarity: &Dissimilarity) -> Alignment {
    let stretches: Vec<Vec<Stretch>> = annotators.iter().map(|units| units.iter().map(Stretch::of).collect()).collect();
    align(&stretches, dissimilarity, THOROUGH)
}

/// The same for stretches, with as much work as given where there are more than two annotators.
pub(super) fn align(annotators: &[Vec<Stretch>], dissimilarity: &Dissimilarity, work: usize) -> Alignment {
    let units: usize = annotators.iter().map(Vec::len).sum();
    let (tuples, cost, exact) = match annotators {
        [first, second] => pairwise(first, second, dissimilarity),
        _ => Search::new(annotators, dissimilarity).run(work),
    };
    let disorder = if units == 0 { 0.0 } else { cost * annotators.len() as f64 / units as f64 };
    Alignment { tuples, disorder, exact }
}

pub(super) type Tuples = Vec<Vec<Option<usize>>>;

/// Two annotators: aligning two units costs their dissimilarity, leaving both alone costs 2.
fn pairwise(first: &[Stretch], second: &[Stretch], dissimilarity: &Dissimilarity) -> (Tuples, f64, bool) {
    let mut order: Vec<u32> = (0..second.len() as u32).collect();
    order.sort_by(|&a, &b| second[a as usize].start.total_cmp(&second[b as usize].start));
    let longest = second.iter().map(Stretch::length).fold(0.0, f64::max);
    let mut edges = Vec::new();
    for (left, a) in first.iter().enumerate() {
        let reach = (2.0 / dissimilarity.position).sqrt() * (a.length() + longest);
        let from = order.partition_point(|&b| second[b as usize].start < a.start - reach);
        for &right in &order[from..] {
            let b = &second[right as usize];
            if b.start > a.start + reach {
                break;
            }
            let gain = 2.0 - dissimilarity.between(a, b);
            if gain > 0.0 {
                edges.push(Edge { left: left as u32, right, gain });
            }
        }
    }
    let pairs = best_pairs(first.len(), second.len(), &edges);
    let mut tuples: Tuples = Vec::with_capacity(first.len() + second.len());
    let mut alone = vec![true; second.len()];
    let mut cost = 0.0;
    let mut next = pairs.iter().peekable();
    for (left, unit) in first.iter().enumerate() {
        match next.next_if(|pair| pair.0 == left) {
            Some(&(_, right)) => {
                alone[right] = false;
                cost += dissimilarity.between(unit, &second[right]);
                tuples.push(vec![Some(left), Some(right)]);
            }
            None => {
                cost += 1.0;
                tuples.push(vec![Some(left), None]);
            }
        }
    }
    for right in (0..second.len()).filter(|&right| alone[right]) {
        cost += 1.0;
        tuples.push(vec![None, Some(right)]);
    }
    (tuples, cost, true)
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

    /// The least disorder, by trying every alignment: each unit in turn joins one of the tuples so far or starts its own.
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

    #[test]
    fn a_dense_pile_is_cut_and_says_so() {
        let pile: Vec<Unit> = (0..24).map(|index| Unit::new(index % 7, 40 + index % 11, index % 5)).collect();
        let alignment = best_alignment(&[pile.clone(), pile[..20].to_vec(), pile.clone()], &Dissimilarity::default());
        assert!(!alignment.exact);
        assert!(alignment.disorder < 1.0, "{}", alignment.disorder);
    }
}
