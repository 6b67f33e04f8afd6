//! Between a project on disk and other software's files: what an import brings in, for the window and the command line
//! alike.
//!
//! [`crate::formats`] knows files and pages and [`crate::store`] knows projects; here they meet.

mod examples;
mod import;
mod mapping;
mod proposals;
mod standing;
mod whose;

pub use examples::{Examples, PlacedExample};
pub use import::{ImportOutcome, PendingImport, RecordCount, set_name};
pub use mapping::{ForeignName, ForeignNames};
pub use proposals::proposal;
pub use standing::{Allowed, Occupied, Working};
pub use whose::proposed_name;
