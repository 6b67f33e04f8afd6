//! An article text: offsets, graphemes, words, sentences, anchoring.

mod normalise;

pub use normalise::*;
