//! The pane of the register: who and what is mentioned, and which of them may be one.
//!
//! [`rows`] makes the rows on a worker, [`state`] has what is looked at, [`table`] paints them, [`work`] makes the long work that
//! joins, parts and judges.

mod rows;
mod state;
mod table;
mod work;

pub(super) use rows::{Rows, rows};
pub(super) use state::Register;
pub(super) use table::ui;
pub(super) use work::long_work;
