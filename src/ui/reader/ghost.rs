//! A suggestion as the reader has it.

use crate::model::Name;
use crate::text::Span;

/// A suggestion as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ghost {
    /// The words.
    pub at: Vec<Span>,
    /// The label that they would have.
    pub label: Name,
    /// True where text would not count.
    pub zone: bool,
    /// True where the source is sure.
    pub strong: bool,
    /// The words of its tag.
    pub tag: String,
    /// The words of a screen reader.
    pub spoken: String,
}
