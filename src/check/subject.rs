//! The subject of a lint, and how its records are called in messages.

use crate::lang::Message;
use crate::message;
use crate::model::{Annotation, AnnotationSet, ArticleId, Referents, Schema};
use crate::text::Text;

/// One annotation set and everything that it can be held against.
#[derive(Debug, Clone, Copy)]
pub struct Subject<'a> {
    /// The schema.
    pub schema: &'a Schema,
    /// The article that the set is about.
    pub article: &'a ArticleId,
    /// The article's text.
    pub text: &'a Text,
    /// The set.
    pub set: &'a AnnotationSet,
    /// The referents of the set's annotator.
    pub referents: Option<&'a Referents>,
}

/// Returns the name by which a person recognises an annotation: its label and the beginning of its words.
pub(super) fn called(text: &Text, record: &Annotation) -> String {
    match record.at.first() {
        Some(&span) => format!("{} \"{}\"", record.label, excerpt(text.slice(span))),
        None => format!("{} {}", record.label, record.id),
    }
}

/// A message about a record that is called so; [`Message::part`] `what` is the message alone.
pub(super) fn problem_of(called: &str, what: &Message) -> Message {
    message!("check-of", record = called, what = what)
}

/// The beginning of a text, on one line.
pub(super) fn excerpt(text: &str) -> String {
    const LONGEST: usize = 40;
    let mut short: String =
        text.chars().take(LONGEST).map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST).is_some() {
        short.push('…');
    }
    short
}
