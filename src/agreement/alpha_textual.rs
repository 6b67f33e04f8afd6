//! Krippendorff's α for textual continua, ᵤα (Krippendorff, Mathet, Bouvry and Widlöcher 2016, "On the reliability of unitizing
//! textual continua: Further developments"): like nominal α over every offset, gaps included, but chance moves whole units
//! and not single offsets.

use super::unit::Continuum;
use super::{Coefficient, Undefined, Unit};
use std::collections::BTreeMap;

/// ᵤα of a continuum, over all labels and gaps, with the number of units of all annotators.
///
/// Unlike [`alpha_u`](super::alpha_u::alpha_u) it asks that no units of one annotator overlap, whatever their labels, and it
/// knows which label was taken for which.
///
/// # Errors
/// Fewer than two annotators, no units, a unit that is empty or outside, overlapping units of one annotator, or one label that
/// covers everything.
pub fn alpha_textual(continuum: &Continuum) -> Result<Coefficient, Undefined> {
    let raters = continuum.annotators.len();
    if raters < 2 {
        return Err(Undefined::OneRater);
    }
    if continuum.units() == 0 {
        return Err(Undefined::NoItems);
    }
    let sorted: Vec<Vec<Unit>> =
        continuum.annotators.iter().map(|units| checked(units, continuum.length)).collect::<Result<_, _>>()?;

    // Lengths by label, and the pairs of a unit with itself, which chance can't make. A gap has no units but offsets.
    let whole = f64::from(continuum.length) * raters as f64;
    let mut lengths: BTreeMap<u32, f64> = BTreeMap::new();
    let mut own = 0.0;
    for unit in sorted.iter().flatten() {
        let length = f64::from(unit.len());
        *lengths.entry(unit.label).or_default() += length;
        own += length * length;
    }
    let gaps = whole - lengths.values().sum::<f64>();
    let squares = gaps * gaps + lengths.values().map(|length| length * length).sum::<f64>();
    let expected = (whole * whole - squares) / (whole * whole - own - gaps);
    if expected <= 0.0 {
        return Err(Undefined::OneCategoryOnly);
    }

    let mut differing = 0.0;
    for (index, first) in sorted.iter().enumerate() {
        for second in &sorted[index + 1..] {
            differing += difference(first, second);
        }
    }
    let observed = 2.0 * differing / (raters as f64 - 1.0) / whole;
    Ok(Coefficient { value: 1.0 - observed / expected, items: continuum.units() })
}

/// The units in order, if they are fit.
fn checked(units: &[Unit], length: u32) -> Result<Vec<Unit>, Undefined> {
    if units.iter().any(|unit| unit.is_empty() || unit.end > length) {
        return Err(Undefined::UnitOutside);
    }
    let mut sorted = units.to_vec();
    sorted.sort_unstable();
    match sorted.windows(2).any(|pair| pair[1].start < pair[0].end) {
        true => Err(Undefined::OverlappingUnits),
        false => Ok(sorted),
    }
}

/// Over how many offsets two annotators differ: those that either covers, less those where both have the same label.
fn difference(first: &[Unit], second: &[Unit]) -> f64 {
    let covered = |units: &[Unit]| units.iter().map(|unit| f64::from(unit.len())).sum::<f64>();
    let mut difference = covered(first) + covered(second);
    let mut from = 0;
    for unit in first {
        from += second[from..].partition_point(|other| other.end <= unit.start);
        for other in second[from..].iter().take_while(|other| other.start < unit.end) {
            let shared = f64::from(unit.end.min(other.end) - unit.start.max(other.start));
            difference -= if unit.label == other.label { 2.0 * shared } else { shared };
        }
    }
    difference
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_has_no_meaning_is_refused() {
        let alpha = |a: &[(u32, u32, u32)], b: &[(u32, u32, u32)]| {
            let units = |parts: &[(u32, u32, u32)]| parts.iter().map(|&(s, e, l)| Unit::new(s, e, l)).collect();
            alpha_textual(&Continuum { length: 9, annotators: vec![units(a), units(b)] }).map(|figure| figure.value)
        };
        assert_eq!(alpha(&[], &[]), Err(Undefined::NoItems));
        assert_eq!(alpha(&[(0, 4, 0), (3, 5, 1)], &[]), Err(Undefined::OverlappingUnits));
        assert_eq!(alpha(&[(0, 10, 0)], &[]), Err(Undefined::UnitOutside));
        assert_eq!(alpha(&[(0, 9, 0)], &[(0, 9, 0)]), Err(Undefined::OneCategoryOnly));
        assert_eq!(alpha(&[(0, 4, 0)], &[(0, 4, 0)]), Ok(1.0));
    }
}
