//! Krippendorff's α for unitizing, α_U (Krippendorff 1995, "On the reliability of unitizing continuous data"; 2004, "Content
//! Analysis", ch. 11.6): do annotators find the same stretches of a continuum, label by label?

use super::unit::Continuum;
use super::{Coefficient, Undefined, Unit};
use std::collections::BTreeMap;

/// α_U and what it is made of. Disagreements are per label and summed over the labels.
#[derive(Clone, Debug, PartialEq)]
pub struct AlphaU {
    /// The value over all labels, and the number of units of all annotators.
    pub figure: Coefficient,
    /// Observed disagreement, the sum over labels.
    pub observed: f64,
    /// Expected disagreement, the sum over labels.
    pub expected: f64,
    /// The same for each label that occurs, by ascending label.
    pub by_label: Vec<LabelAlpha>,
}

/// α_U of one label.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LabelAlpha {
    /// The label.
    pub label: u32,
    /// Number of its units, all annotators together.
    pub units: usize,
    /// Observed disagreement: squared distances between the ends of overlapping units, squared lengths of units that meet
    /// none, over all pairs of annotators.
    pub observed: f64,
    /// Expected disagreement over all possible placements of the units that occur.
    pub expected: f64,
}

impl LabelAlpha {
    /// 1 − observed ÷ expected.
    ///
    /// # Errors
    /// Chance would produce no disagreement.
    pub fn value(&self) -> Result<f64, Undefined> {
        one_minus(self.observed, self.expected)
    }
}

/// α_U of a continuum; `O(n log n)` in the number of units.
///
/// Lengths enter as numbers of offsets, so a finer unit of offsets (code points rather than tokens) changes the value a
/// little. Units of *different* labels may overlap.
///
/// # Errors
/// Fewer than two annotators, no units, a unit that is empty or outside, or two overlapping units of one label by one
/// annotator, for which the coefficient has no meaning.
pub fn alpha_u(continuum: &Continuum) -> Result<AlphaU, Undefined> {
    let raters = continuum.annotators.len();
    if raters < 2 {
        return Err(Undefined::OneRater);
    }
    let labels = by_label(continuum)?;
    if labels.is_empty() {
        return Err(Undefined::NoItems);
    }
    let by_label: Vec<LabelAlpha> =
        labels.iter().map(|(&label, units)| alpha_of_label(label, units, continuum.length)).collect();
    let observed = by_label.iter().map(|alpha| alpha.observed).sum();
    let expected = by_label.iter().map(|alpha| alpha.expected).sum();
    let figure = Coefficient { value: one_minus(observed, expected)?, items: continuum.units() };
    Ok(AlphaU { figure, observed, expected, by_label })
}

fn one_minus(observed: f64, expected: f64) -> Result<f64, Undefined> {
    if expected > 0.0 { Ok(1.0 - observed / expected) } else { Err(Undefined::NoExpectedDisagreement) }
}

/// Units by label and annotator, each list in order.
fn by_label(continuum: &Continuum) -> Result<BTreeMap<u32, Vec<Vec<Unit>>>, Undefined> {
    let mut labels: BTreeMap<u32, Vec<Vec<Unit>>> = BTreeMap::new();
    for (rater, units) in continuum.annotators.iter().enumerate() {
        for unit in units {
            if unit.is_empty() || unit.end > continuum.length {
                return Err(Undefined::UnitOutside);
            }
            let lists = labels.entry(unit.label).or_insert_with(|| vec![Vec::new(); continuum.annotators.len()]);
            lists[rater].push(*unit);
        }
    }
    for list in labels.values_mut().flatten() {
        list.sort_unstable();
        if list.windows(2).any(|pair| pair[1].start < pair[0].end) {
            return Err(Undefined::OverlappingUnits);
        }
    }
    Ok(labels)
}

/// Both disagreements of one label, given each annotator's units in order.
fn alpha_of_label(label: u32, annotators: &[Vec<Unit>], length: u32) -> LabelAlpha {
    let raters = annotators.len() as f64;
    let length = f64::from(length);
    let mut distance = 0.0;
    for (index, first) in annotators.iter().enumerate() {
        for second in &annotators[index + 1..] {
            distance += meeting_distance(first, second) + lone_length(first, second) + lone_length(second, first);
        }
    }
    let observed = 2.0 * distance / (raters * (raters - 1.0) * length * length);

    let lengths: Vec<f64> = annotators.iter().flatten().map(|unit| f64::from(unit.len())).collect();
    let (gaps, sums) = gaps(annotators, length);
    let mut chance = 0.0;
    for &unit in &lengths {
        let shift = (2.0 * unit.powi(3) - 3.0 * unit.powi(2) + unit) / 3.0;
        // Gaps are in ascending order and `sums[i]` adds up those from `i` on: each place in each gap that can hold the unit.
        let first = gaps.partition_point(|&gap| gap < unit);
        let places = sums[first] - (gaps.len() - first) as f64 * (unit - 1.0);
        chance += (lengths.len() as f64 - 1.0) * shift + unit * unit * places;
    }
    let whole = raters * length;
    let own: f64 = lengths.iter().map(|unit| unit * (unit - 1.0)).sum();
    let expected = 2.0 / length * chance / (whole * (whole - 1.0) - own);
    LabelAlpha { label, units: lengths.len(), observed, expected }
}

/// Σ of squared distances of starts and ends over overlapping units.
fn meeting_distance(first: &[Unit], second: &[Unit]) -> f64 {
    let square = |a: u32, b: u32| f64::from(a.abs_diff(b)).powi(2);
    let mut sum = 0.0;
    let mut from = 0;
    for unit in first {
        from += second[from..].partition_point(|other| other.end <= unit.start);
        for other in second[from..].iter().take_while(|other| other.start < unit.end) {
            sum += square(unit.start, other.start) + square(unit.end, other.end);
        }
    }
    sum
}

/// Σ of squared lengths of the units that meet none of the others.
fn lone_length(units: &[Unit], others: &[Unit]) -> f64 {
    let mut sum = 0.0;
    for unit in units {
        let next = others.partition_point(|other| other.end <= unit.start);
        if others.get(next).is_none_or(|other| other.start >= unit.end) {
            sum += f64::from(unit.len()).powi(2);
        }
    }
    sum
}

/// The gaps between units, ascending, and the sum of the gaps from each place on (one entry more than gaps).
fn gaps(annotators: &[Vec<Unit>], length: f64) -> (Vec<f64>, Vec<f64>) {
    let mut gaps = Vec::new();
    for units in annotators {
        let mut end = 0.0;
        for unit in units {
            gaps.push(f64::from(unit.start) - end);
            end = f64::from(unit.end);
        }
        gaps.push(length - end);
    }
    gaps.retain(|&gap| gap > 0.0);
    gaps.sort_unstable_by(f64::total_cmp);
    let mut sums = vec![0.0; gaps.len() + 1];
    for index in (0..gaps.len()).rev() {
        sums[index] = sums[index + 1] + gaps[index];
    }
    (gaps, sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_meaning_is_refused() {
        let alpha = |length, a: &[(u32, u32, u32)], b: &[(u32, u32, u32)]| {
            let units = |parts: &[(u32, u32, u32)]| parts.iter().map(|&(s, e, l)| Unit::new(s, e, l)).collect();
            alpha_u(&Continuum { length, annotators: vec![units(a), units(b)] }).map(|alpha| alpha.figure.items)
        };
        assert_eq!(alpha(9, &[], &[]), Err(Undefined::NoItems));
        assert_eq!(alpha(9, &[(0, 4, 0), (3, 5, 0)], &[]), Err(Undefined::OverlappingUnits));
        assert_eq!(alpha(9, &[(0, 4, 0), (3, 5, 1)], &[]), Ok(2));
        assert_eq!(alpha(9, &[(0, 10, 0)], &[]), Err(Undefined::UnitOutside));
        assert_eq!(alpha(9, &[(9, 9, 0)], &[]), Err(Undefined::UnitOutside));
        assert_eq!(alpha_u(&Continuum { length: 9, annotators: vec![vec![]] }), Err(Undefined::OneRater));
    }
}
