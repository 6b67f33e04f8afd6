//! The pane of trips: who went where in which article, and where articles conflict.
//!
//! [`rows`] makes the rows on a worker, [`state`] has what is looked at, [`table`] paints them.

mod evidence;
mod rows;
mod state;
mod table;

pub(super) use evidence::of as evidence;
pub(super) use rows::{RowKey, Rows, called, names, rows, state_title, trip_key, trip_scheme};
pub(super) use state::Trips;
pub(super) use table::ui;
