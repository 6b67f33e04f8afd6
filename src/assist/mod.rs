//! Suggestions: what a maker's own finished work, and a few rules of two languages, say of the next article.
//!
//! A [`Source`] looks at a [`Page`] and answers with [`Suggestion`]s. None of them is anybody's annotation until that person takes
//! it. Everything is learned anew from sets ([`Learned`]), is the same on any number of threads, and knows no label by its name.

mod choose;
mod claims;
mod crf;
mod dates;
mod fates;
mod features;
mod frames;
mod hints;
mod learned;
mod lesson;
mod lexicon;
mod other_set;
mod program;
mod record;
mod rejection;
mod saying;
mod study;
mod suggestion;
mod tagger;
mod tokens;
mod utterance;
mod zones;

pub use choose::standing;
pub use fates::{Fates, Told};
pub use learned::{Learned, SOURCES, Wanted};
pub use lesson::{Lesson, Page};
pub use other_set::{OtherSet, model_sets, set_of_source, set_source};
pub use program::{Answer, program_of_source, program_source, question, run};
pub use record::{Record, Tally};
pub use rejection::{Rejection, rejections};
pub use study::{Beside, Study};
pub use suggestion::{Source, Suggestion};
