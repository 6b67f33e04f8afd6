//! Units as γ measures them, and how different two of them are.

use crate::agreement::Unit;

/// The dissimilarity of two units: `position · d_pos + category · d_cat`, where leaving a unit unaligned costs 1 (Δ∅ =
/// 1).
///
/// d_pos = ((|starts apart| + |ends apart|) ÷ (sum of lengths))², d_cat = 0 for equal labels and 1 for others.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Dissimilarity {
    /// Weight of the position, α in the paper.
    pub position: f64,
    /// Weight of the category, β in the paper.
    pub category: f64,
}

impl Default for Dissimilarity {
    /// α = β = 1.
    fn default() -> Dissimilarity {
        Dissimilarity { position: 1.0, category: 1.0 }
    }
}

impl Dissimilarity {
    /// The weighted positional part.
    pub(super) fn place(&self, a: &Stretch, b: &Stretch) -> f64 {
        let apart = (a.start - b.start).abs() + (a.end - b.end).abs();
        self.position * (apart / (a.length() + b.length())).powi(2)
    }

    /// The whole dissimilarity of two units.
    pub(super) fn between(&self, a: &Stretch, b: &Stretch) -> f64 {
        self.place(a, b) + self.category * f64::from(a.label != b.label)
    }
}

/// A unit whose ends need not be whole numbers, as sampled ones are not.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stretch {
    pub start: f64,
    pub end: f64,
    pub label: u32,
}

impl Stretch {
    pub fn of(unit: &Unit) -> Stretch {
        Stretch { start: f64::from(unit.start), end: f64::from(unit.end), label: unit.label }
    }

    pub fn length(&self) -> f64 {
        self.end - self.start
    }
}

/// Units aligned together: for each tuple, the unit of each annotator that takes part.
pub(super) type Tuples = Vec<Vec<Option<usize>>>;

/// True where it is time to stop.
pub(super) type Stop<'a> = &'a dyn Fn() -> bool;
