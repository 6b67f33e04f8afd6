//! Precision, recall and F1 as sums that can be added up over articles.

use super::Undefined;
use std::ops::AddAssign;

/// The four sums behind a precision and a recall.
///
/// For plain counts both `correct` fields are equal; MUC, B³, CEAF and LEA credit the two sides differently. Sums of several
/// articles give the micro-average.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Prf {
    /// Credit given to the predicted side.
    pub correct_predicted: f64,
    /// Size of the predicted side.
    pub predicted: f64,
    /// Credit given to the gold side.
    pub correct_gold: f64,
    /// Size of the gold side.
    pub gold: f64,
}

impl Prf {
    /// Sums with the same credit on both sides.
    pub fn new(correct: f64, predicted: f64, gold: f64) -> Prf {
        Prf { correct_predicted: correct, predicted, correct_gold: correct, gold }
    }

    /// Share of the predicted side that is correct.
    ///
    /// # Errors
    /// Nothing was predicted.
    pub fn precision(&self) -> Result<f64, Undefined> {
        ratio(self.correct_predicted, self.predicted).ok_or(Undefined::NothingPredicted)
    }

    /// Share of the gold side that was found.
    ///
    /// # Errors
    /// The gold side is empty.
    pub fn recall(&self) -> Result<f64, Undefined> {
        ratio(self.correct_gold, self.gold).ok_or(Undefined::NothingInGold)
    }

    /// Harmonic mean of precision and recall; a side that is empty alone counts as 0 (all that the other side has is wrong).
    ///
    /// # Errors
    /// Both sides are empty.
    pub fn f1(&self) -> Result<f64, Undefined> {
        if self.predicted <= 0.0 && self.gold <= 0.0 {
            return Err(Undefined::NoItems);
        }
        let (precision, recall) = (self.precision().unwrap_or(0.0), self.recall().unwrap_or(0.0));
        Ok(harmonic(precision, recall))
    }
}

impl AddAssign<&Prf> for Prf {
    fn add_assign(&mut self, other: &Prf) {
        self.correct_predicted += other.correct_predicted;
        self.predicted += other.predicted;
        self.correct_gold += other.correct_gold;
        self.gold += other.gold;
    }
}

/// `part / whole`, or nothing where the whole is empty.
fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

/// The harmonic mean, 0 where both are 0.
pub(super) fn harmonic(a: f64, b: f64) -> f64 {
    if a + b > 0.0 { 2.0 * a * b / (a + b) } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_sides_are_named_and_not_nan() {
        let none = Prf::default();
        assert_eq!(none.precision(), Err(Undefined::NothingPredicted));
        assert_eq!(none.recall(), Err(Undefined::NothingInGold));
        assert_eq!(none.f1(), Err(Undefined::NoItems));
        assert_eq!(Prf::new(0.0, 0.0, 3.0).f1(), Ok(0.0));
        assert_eq!(Prf::new(1.0, 2.0, 2.0).f1(), Ok(0.5));
    }
}
