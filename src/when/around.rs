//! The circumstances of a phrase.

use jiff::civil;

use crate::model::Date;
use crate::text::Span;

/// The circumstances of a phrase: all that it may be counted from.
#[derive(Debug, Clone, Copy, Default)]
pub struct Around<'a> {
    /// The day on which the article appeared: `last week` is counted from it.
    pub published: Option<civil::Date>,
    /// The date that was mentioned last before the phrase: `the next morning` is counted from it.
    pub mentioned: Option<&'a Date>,
    /// The words of the sentence before the phrase, for their tense.
    pub before: &'a str,
    /// The words of the sentence after it.
    pub after: &'a str,
}

/// The words before and after a stretch of a text, as far as its paragraph goes and a sentence is long.
#[must_use]
pub fn sentence_around(text: &str, span: Span) -> (&str, &str) {
    const MOST: usize = 200;
    let (start, end) = (span.start as usize, span.end as usize);
    let cut = |at: usize| (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let before = &text[cut(start.saturating_sub(MOST)).min(start)..start];
    let after = &text[end..cut((end + MOST).min(text.len()))];
    (before.rsplit('\n').next().unwrap_or_default(), after.split('\n').next().unwrap_or_default())
}
