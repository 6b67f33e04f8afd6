//! Data sets: what of a project is written, how it is split, and what stands beside the records.
//!
//! A [`Plan`] says what is wanted. [`survey`] goes through the project once and tells what would become of it: which
//! articles, in which part, what the format loses, how the first record looks. [`make`] writes it: the format's files,
//! and in a folder a card (`README.md`) and a list of all files with their hashes (`manifest.json`). Both say how far
//! they are and stop when they are told to; nothing stands at the target before all of it does. The same project and
//! plan give the same bytes.

mod agree;
mod card;
mod comments;
mod groups;
mod make;
mod manifest;
mod plan;
mod source;
mod split;
mod survey;
mod unfinished;

pub use make::{DatasetTarget, Made, make};
pub use plan::{DatasetFailure, DatasetSelection, Grouping, Plan, Split, Stage};
pub use source::DatasetSource;
pub use split::{Member, assign};
pub use survey::{SplitPart, Survey, preview, survey};
pub use unfinished::Unfinished;
