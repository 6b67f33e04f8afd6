//! Articles and annotations from elsewhere and to elsewhere: the dialogs of import and export, and copies of the project.

mod act;
pub mod copies;
pub mod export_dialog;
mod export_form;
mod exporting;
pub mod import;
pub mod import_dialog;
mod import_names;
mod import_sets;
pub mod new_project;
pub mod remove;
pub mod trash;

pub use act::{ExchangeDialog, perform};
pub use exporting::Exporting;
