//! Between a project on disk and other software's files: what an import brings in, for the window and the command line
//! alike.
//!
//! [`crate::formats`] knows files and pages and [`crate::store`] knows projects; here they meet.

mod import;

pub use import::{ImportOutcome, LabelUse, PendingImport, RecordCount, set_name};
