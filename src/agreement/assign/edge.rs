//! An edge of a graph of possible pairs.

/// One possible pair and what it would gain.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PossiblePair {
    /// Index on the left side.
    pub left: u32,
    /// Index on the right side.
    pub right: u32,
    /// Gain of pairing the two; pairs that gain nothing are never made.
    pub gain: f64,
}
