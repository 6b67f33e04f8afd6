//! The pane of claims: pairs that may have to do with each other, and all claims with what stands for and against each.
//!
//! [`state`] has the pair that is looked at, [`list`] paints the queue, [`board`] the two claims and the answers, [`overview`]
//! all claims.

mod board;
mod list;
mod overview;
mod state;

pub(super) use board::ui as board;
pub(super) use list::ui as list;
pub(super) use overview::ui as overview;
pub(super) use state::{ClaimBoard, ClaimLists};
