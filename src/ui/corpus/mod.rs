//! The Corpus view: tables over all articles, with one filter, one selection and one pane of the words behind it.
//!
//! [`state`] has the index ([`crate::corpus::Index`]) made on a worker, keeps it up to date and lets each pane prepare its rows
//! on one, too; [`head`] paints the panes and the filter, [`evidence`] and [`evidence_ui`] show the words, [`act`] does what is
//! asked. Each pane has a folder of its own.

mod act;
mod claims;
mod concordance;
mod days;
mod evidence;
mod evidence_ui;
mod head;
mod long;
mod map;
mod register;
mod signs;
mod state;
mod timeline;
mod trips;
mod view;

pub use act::{CorpusDialog, perform, refused};
pub use state::CorpusView;
pub use view::{hint, page, panels};
