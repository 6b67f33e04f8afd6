//! The pane of time: every trip as a bar from its first to its last day.
//!
//! [`bars`] makes the bars on a worker, [`state`] has the period and what is looked at, [`chart`] paints it.

mod axis;
mod bars;
mod chart;
mod state;

pub(super) use axis::day_of;
pub(super) use bars::{Bars, bars};
pub(super) use chart::{LOW, ui};
pub(super) use state::Timeline;
