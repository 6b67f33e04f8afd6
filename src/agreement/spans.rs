//! Precision, recall and F1 over spans in the four schemes of SemEval-2013 task 9.1 (Segura-Bedmar, Martínez and
//! Herrero-Zazo 2013), as refined in the MUC tradition (Chinchor and Sundheim 1993).

use super::assign::{PossiblePair, best_pairs};
use super::{Prf, Undefined, Unit};
use std::ops::{AddAssign, Index};

/// The rule for what counts as correct.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MatchRule {
    /// Same extent and same label.
    Strict,
    /// Same extent, whatever the label.
    Exact,
    /// Same extent is correct, any other overlap is half correct, whatever the label.
    Partial,
    /// Any overlap with the same label.
    Type,
}

impl MatchRule {
    /// All four, in the order in which they are reported.
    pub const ALL: [MatchRule; 4] = [MatchRule::Strict, MatchRule::Exact, MatchRule::Partial, MatchRule::Type];

    /// Says whether a pair of overlapping spans is correct.
    fn correct(self, gold: &Unit, predicted: &Unit) -> bool {
        match self {
            MatchRule::Strict => gold == predicted,
            MatchRule::Exact | MatchRule::Partial => gold.same_extent(predicted),
            MatchRule::Type => gold.label == predicted.label,
        }
    }
}

/// The way in which spans find their partners; each span has at most one, and partners overlap.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pairing {
    /// Per scheme the pairing with the most correct pairs and, among those, the most pairs. The counts do not depend on the
    /// order of the spans.
    Optimal,
    /// As nervaluate 1.2 does it: predicted spans in the order given take the first gold span that fits, where 1 % of the
    /// gold span is overlap enough. Sort both sides for a figure that can be repeated.
    Greedy,
}

/// Counts of the spans of two annotators, by how they meet.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpanCounts {
    /// Pairs that are right in the scheme.
    pub correct: usize,
    /// Pairs that overlap and are wrong in the scheme.
    pub incorrect: usize,
    /// Pairs that are half right (only in [`MatchRule::Partial`]).
    pub partial: usize,
    /// Gold spans without a partner.
    pub missed: usize,
    /// Predicted spans without a partner.
    pub spurious: usize,
}

impl SpanCounts {
    /// Number of gold spans.
    pub fn possible(&self) -> usize {
        self.correct + self.incorrect + self.partial + self.missed
    }

    /// Number of predicted spans.
    pub fn actual(&self) -> usize {
        self.correct + self.incorrect + self.partial + self.spurious
    }

    /// Precision, recall and F1, where a half-right pair counts ½.
    pub fn prf(&self) -> Prf {
        let credit = self.correct as f64 + 0.5 * self.partial as f64;
        Prf::new(credit, self.actual() as f64, self.possible() as f64)
    }

    /// F1: see [`Prf::f1`].
    ///
    /// # Errors
    /// Neither side has a span.
    pub fn f1(&self) -> Result<f64, Undefined> {
        self.prf().f1()
    }

    /// Takes a pair in.
    fn pair(&mut self, scheme: MatchRule, gold: &Unit, predicted: &Unit) {
        if scheme.correct(gold, predicted) {
            self.correct += 1;
        } else if scheme == MatchRule::Partial {
            self.partial += 1;
        } else {
            self.incorrect += 1;
        }
    }
}

impl AddAssign<&SpanCounts> for SpanCounts {
    fn add_assign(&mut self, other: &SpanCounts) {
        self.correct += other.correct;
        self.incorrect += other.incorrect;
        self.partial += other.partial;
        self.missed += other.missed;
        self.spurious += other.spurious;
    }
}

/// The counts of all four schemes; index it by [`MatchRule`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SpanScores([SpanCounts; 4]);

impl Index<MatchRule> for SpanScores {
    type Output = SpanCounts;

    fn index(&self, scheme: MatchRule) -> &SpanCounts {
        &self.0[scheme as usize]
    }
}

impl AddAssign<&SpanScores> for SpanScores {
    fn add_assign(&mut self, other: &SpanScores) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine += theirs;
        }
    }
}

/// Scores the spans of one article; overlap, nesting and equal spans are all allowed.
pub fn span_scores(gold: &[Unit], predicted: &[Unit], pairing: Pairing) -> SpanScores {
    match pairing {
        Pairing::Optimal => optimal(gold, predicted),
        Pairing::Greedy => SpanScores(MatchRule::ALL.map(|scheme| greedy(gold, predicted, scheme))),
    }
}

/// The scores of one label: all other labels are dropped on both sides before spans are paired.
pub fn span_scores_of(label: u32, gold: &[Unit], predicted: &[Unit], pairing: Pairing) -> SpanScores {
    let only = |units: &[Unit]| units.iter().copied().filter(|unit| unit.label == label).collect::<Vec<_>>();
    span_scores(&only(gold), &only(predicted), pairing)
}

/// Pairs optimally. Nearly all spans overlap at most one span of the other side; only the others need the assignment.
fn optimal(gold: &[Unit], predicted: &[Unit]) -> SpanScores {
    let meets = overlaps(gold, predicted);
    let mut degree_gold = vec![0u32; gold.len()];
    let mut degree_predicted = vec![0u32; predicted.len()];
    for &(g, p) in &meets {
        degree_gold[g as usize] += 1;
        degree_predicted[p as usize] += 1;
    }
    let mut scores = SpanScores::default();
    let mut knots = Vec::new();
    for &(g, p) in &meets {
        if degree_gold[g as usize] == 1 && degree_predicted[p as usize] == 1 {
            for scheme in MatchRule::ALL {
                scores.0[scheme as usize].pair(scheme, &gold[g as usize], &predicted[p as usize]);
            }
        } else {
            knots.push((g, p));
        }
    }
    if !knots.is_empty() {
        // One correct pair outweighs any number of others.
        let weight = gold.len().min(predicted.len()) as f64 + 1.0;
        let mut exact = Vec::new();
        for scheme in MatchRule::ALL {
            if scheme != MatchRule::Partial {
                let edge = |&(left, right): &(u32, u32)| {
                    let correct = scheme.correct(&gold[left as usize], &predicted[right as usize]);
                    PossiblePair { left, right, gain: if correct { weight } else { 1.0 } }
                };
                let edges: Vec<PossiblePair> = knots.iter().map(edge).collect();
                exact = best_pairs(gold.len(), predicted.len(), &edges);
            }
            // Partial reads the pairs of Exact, which comes just before it.
            for &(g, p) in &exact {
                scores.0[scheme as usize].pair(scheme, &gold[g], &predicted[p]);
            }
        }
    }
    for counts in &mut scores.0 {
        let paired = counts.correct + counts.incorrect + counts.partial;
        counts.missed = gold.len() - paired;
        counts.spurious = predicted.len() - paired;
    }
    scores
}

/// All pairs of indices whose spans overlap.
fn overlaps(gold: &[Unit], predicted: &[Unit]) -> Vec<(u32, u32)> {
    let sorted = |units: &[Unit]| {
        let mut order: Vec<u32> = (0..units.len() as u32).collect();
        order.sort_by_key(|&index| units[index as usize].start);
        order
    };
    let (order_gold, order_predicted) = (sorted(gold), sorted(predicted));
    let mut pairs = Vec::with_capacity(gold.len());
    // Predicted spans before `from` all end before the current gold span starts, and so before all later ones.
    let mut from = 0;
    for &g in &order_gold {
        let unit = &gold[g as usize];
        while from < order_predicted.len() && predicted[order_predicted[from] as usize].reach() <= unit.start {
            from += 1;
        }
        for &p in &order_predicted[from..] {
            let other = &predicted[p as usize];
            if other.start >= unit.reach() {
                break;
            }
            if unit.overlaps(other) {
                pairs.push((g, p));
            }
        }
    }
    pairs
}

/// Pairs as nervaluate does.
fn greedy(gold: &[Unit], predicted: &[Unit], scheme: MatchRule) -> SpanCounts {
    let mut counts = SpanCounts::default();
    let mut taken = vec![false; gold.len()];
    for unit in predicted {
        let fits = |g: &usize| !taken[*g] && overlap_is_enough(&gold[*g], unit);
        let correct = (0..gold.len()).filter(fits).filter(|&g| scheme.correct(&gold[g], unit));
        let distance = |g: &usize| gold[*g].start.abs_diff(unit.start) + gold[*g].end.abs_diff(unit.end);
        let partner = match scheme {
            // Several gold spans may be correct here: the one with the nearest ends is meant.
            MatchRule::Type => correct.min_by_key(distance),
            _ => correct.min(),
        };
        match partner.or_else(|| (0..gold.len()).find(fits)) {
            Some(g) => {
                taken[g] = true;
                counts.pair(scheme, &gold[g], unit);
            }
            None => counts.spurious += 1,
        }
    }
    counts.missed = taken.iter().filter(|taken| !**taken).count();
    counts
}

/// Says whether the overlap is at least 1 % of the gold span.
fn overlap_is_enough(gold: &Unit, predicted: &Unit) -> bool {
    let shared = gold.reach().min(predicted.reach()).saturating_sub(gold.start.max(predicted.start));
    shared > 0 && u64::from(shared) * 100 >= u64::from(gold.reach() - gold.start)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn units() -> impl Strategy<Value = Vec<Unit>> {
        proptest::collection::vec((0u32..20, 0u32..6, 0u32..3), 0..9).prop_map(|parts| {
            parts.into_iter().map(|(start, len, label)| Unit::new(start, start + len, label)).collect()
        })
    }

    proptest! {
        #[test]
        fn order_changes_nothing(gold in units(), predicted in units()) {
            let scores = span_scores(&gold, &predicted, Pairing::Optimal);
            let (mut back, mut sorted) = (gold.clone(), predicted.clone());
            back.reverse();
            sorted.sort_unstable();
            prop_assert_eq!(scores, span_scores(&back, &sorted, Pairing::Optimal));
        }

        #[test]
        fn optimal_is_never_below_greedy(gold in units(), predicted in units()) {
            let best = span_scores(&gold, &predicted, Pairing::Optimal);
            let greedy = span_scores(&gold, &predicted, Pairing::Greedy);
            for scheme in MatchRule::ALL {
                prop_assert!(best[scheme].correct >= greedy[scheme].correct);
                prop_assert_eq!(best[scheme].possible(), gold.len());
                prop_assert_eq!(best[scheme].actual(), predicted.len());
                prop_assert_eq!(greedy[scheme].possible(), gold.len());
            }
        }

        #[test]
        fn equal_sides_are_all_correct(gold in units()) {
            let scores = span_scores(&gold, &gold, Pairing::Optimal);
            for scheme in MatchRule::ALL {
                prop_assert_eq!(scores[scheme].correct, gold.len());
            }
        }

        #[test]
        fn the_sweep_finds_every_overlap(gold in units(), predicted in units()) {
            let mut found = overlaps(&gold, &predicted);
            found.sort_unstable();
            let all = (0..gold.len()).flat_map(|g| (0..predicted.len()).map(move |p| (g, p)));
            let expected: Vec<_> =
                all.filter(|&(g, p)| gold[g].overlaps(&predicted[p])).map(|(g, p)| (g as u32, p as u32)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
