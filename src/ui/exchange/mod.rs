//! Articles and annotations from elsewhere and to elsewhere: the dialogs of import and export, and copies of the project.

pub mod copies;
pub mod export_dialog;
pub mod export_form;
pub mod import;
pub mod import_dialog;
