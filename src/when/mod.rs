//! Phrases of time, in English and Indonesian, and the dates that they mean: `Selasa (18/6)`, `early February`, `dua hari`.
//! Nothing here knows a schema: words in, a [`crate::model::Date`] out, or none where a person would not know either.

mod around;
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
mod resolve;
mod tokens;
mod words;

pub use around::{Around, sentence_around};
pub use dateline::{Dateline, dateline};
pub use resolve::{anchor, resolve, typed};
