//! From text to glyphs at their places, in every script.

mod bidi_layout;
mod rows;
mod shape;
mod shaped;

pub use rows::{moved, one_line};
pub use shape::shape;
pub use shaped::{Cell, Format, Shaped};
