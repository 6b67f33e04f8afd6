//! The Schema view: what can be marked, changed in a form; and what a change would do to the annotations that are there, shown
//! before it is done.
//!
//! [`state`] keeps the draft and looks at changes on a worker ([`crate::redefine`]); [`list`] paints the labels, [`form`] and
//! [`parts`] the one that is chosen, [`change`] what would become of everybody's annotations; [`act`] does what is asked.

mod act;
mod asked;
mod change;
mod field;
mod form;
mod list;
mod parts;
mod state;
mod ticks;
mod view;

pub use act::{apply, perform};
pub use parts::cardinality_words;
pub use state::SchemaDraft;
pub use view::{hint, page, panels};
