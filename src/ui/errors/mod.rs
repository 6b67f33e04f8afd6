//! The Errors view: what a model got wrong, one error after the other through all articles, gold beside prediction. Nothing is
//! decided or marked here, and who is compared stays as it is.
//!
//! [`state`] finds the errors on a worker ([`crate::figures::project_deviations`]) and keeps up with the data; [`list`] and
//! [`side`] paint the left and the right side, [`act`] does what is asked.

mod act;
mod list;
mod side;
mod state;
mod view;

pub use act::{ErrorsDialog, perform, refused};
pub use state::Errors;
pub use view::{hint, page, panels};
