//! Statements of a source about an article; nobody's yet.

use super::lesson::Page;
use crate::model::{Id, Name, Role};
use crate::text::Span;

/// A source of suggestions. It looks at one article and what is marked in it, and answers; it keeps nothing and waits for nothing.
pub trait Source: Send + Sync {
    /// The name by which it is known to people and in files.
    fn name(&self) -> &str;

    /// Everything that it has to say of an article, in any order.
    fn suggest(&self, page: &Page<'_>) -> Vec<Suggestion>;
}

/// An annotation that a source would make.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// The source.
    pub source: Name,
    /// A label of the schema.
    pub label: Name,
    /// The words, as in [`crate::model::Annotation::at`].
    pub at: Vec<Span>,
    /// Attributes and their values, sorted by attribute.
    pub attributes: Vec<(Name, String)>,
    /// Filled roles, by annotations that are there.
    pub roles: Vec<Role>,
    /// The referent that it is about.
    pub referent: Option<Id>,
    /// The certainty, in thousandths.
    pub score: u16,
}

impl Suggestion {
    /// Suggestions below this certainty are not shown.
    pub const SHOWN: u16 = 400;
    /// Suggestions from this certainty on are strong.
    pub const STRONG: u16 = 900;

    /// A bare suggestion; `score` from 0 to 1.
    #[must_use]
    pub fn new(source: &str, label: &Name, at: Vec<Span>, score: f32) -> Self {
        Self {
            source: source.into(),
            label: label.clone(),
            at,
            attributes: Vec::new(),
            roles: Vec::new(),
            referent: None,
            score: (score.clamp(0.0, 1.0) * 1000.0).round() as u16,
        }
    }

    /// From the first byte to past the last one.
    #[must_use]
    pub fn extent(&self) -> Option<Span> {
        Some(Span::new(self.at.first()?.start, self.at.last()?.end))
    }

    /// True where it is certain enough to be taken among many.
    #[must_use]
    pub fn is_strong(&self) -> bool {
        self.score >= Self::STRONG
    }
}
