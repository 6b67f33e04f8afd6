//! Records: the things that are kept, and that edits replace as a whole.
//!
//! Each kind has a file here that says what tells one record from another, in which kind of file it stands, what its
//! line is and where among others. To add a kind is to write such a file, a line in the table of `any.rs`, and a place
//! for it in [`super::Corpus`]; edits, undo, journal, files and merges follow.

mod annotation;
mod any;
mod article;
mod comment;
mod conflict;
mod decision;
mod dismissal;
mod judgement;
mod kind;
mod label;
mod line;
mod place;
mod progress;
mod referent;
mod run;
mod schema;
mod shifts;

pub(crate) use any::{ForKind, ForRecord, RecordLine, noun};
pub use any::{Record, RecordKey, RecordKind, RecordType};
pub(crate) use kind::{Layout, LineContext, Recorded, Renumber};
pub use kind::{RecordFile, RecordId};
pub(crate) use line::{AnnotationLine, FillerLine, SpanLine, SpanUnit};
pub(crate) use referent::ReferentLine;
