//! Phrases of time, in English and Indonesian, and the dates that they mean: `Selasa (18/6)`, `early February`, `dua hari`.
//! Nothing here knows a schema: words in, a [`Date`] out, or none where a person would not know either.

mod clock;
mod counted;
mod dateline;
mod days;
mod grammar;
mod longer;
mod period;
mod phrase;
mod placed;
mod relative;
mod tokens;
mod words;

pub use dateline::{Dateline, dateline};

use jiff::civil;

use crate::model::Date;
use phrase::Phrase;

/// What is known where a phrase stands.
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

/// The date that a phrase means; none where it means none, or where what it is counted from is not known.
#[must_use]
pub fn resolve(phrase: &str, around: &Around<'_>) -> Option<Date> {
    if let Ok(date) = phrase.parse() {
        return Some(date);
    }
    Phrase::new(phrase, around)?.date()
}

/// The date that a person typed: as files have it, or as any phrase.
///
/// # Errors
/// One sentence, where it is neither.
pub fn typed(text: &str, published: Option<civil::Date>) -> Result<Date, crate::model::DateError> {
    text.parse().or_else(|error| resolve(text, &Around { published, ..Around::default() }).ok_or(error))
}

/// The day that relative phrases are counted from, where a date is one day or begins with one.
#[must_use]
pub fn anchor(published: &str) -> Option<civil::Date> {
    let (from, until) = published.parse::<Date>().ok()?.days();
    // A month or a year says too little.
    from.filter(|from| until == Some(*from))
}

/// The words before and after a stretch of a text, as far as its paragraph goes and a sentence is long.
#[must_use]
pub fn sentence_around(text: &str, span: crate::text::Span) -> (&str, &str) {
    const MOST: usize = 200;
    let (start, end) = (span.start as usize, span.end as usize);
    let cut = |at: usize| (at..=text.len()).find(|&at| text.is_char_boundary(at)).unwrap_or(text.len());
    let before = &text[cut(start.saturating_sub(MOST)).min(start)..start];
    let after = &text[end..cut((end + MOST).min(text.len()))];
    (before.rsplit('\n').next().unwrap_or_default(), after.split('\n').next().unwrap_or_default())
}
