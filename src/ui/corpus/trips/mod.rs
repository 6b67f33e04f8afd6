//! The pane of trips: who went where in which article, and where articles conflict.
//!
//! [`rows`] makes the rows on a worker, [`proposals`] those of trips that may be one; [`state`] has what is looked at, [`table`]
//! paints it; [`work`] joins, parts and judges, of which [`preview`] says beforehand what becomes.

mod evidence;
mod preview;
mod proposals;
mod row;
mod rows;
mod state;
mod table;
mod work;

pub(super) use evidence::of as evidence;
pub(super) use preview::preview;
pub(super) use row::{RowKey, Rows};
pub(super) use rows::{called, names, rows, state_title, trip_key, trip_scheme};
pub(super) use state::Trips;
pub(super) use table::ui;
pub(super) use work::{both, long_work};
