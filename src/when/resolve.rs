//! From words to a date.

use jiff::civil;

use super::around::Around;
use super::phrase::Phrase;
use crate::model::Date;

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
