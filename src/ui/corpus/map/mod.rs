//! The pane of the map: coastlines, the places of trips by their numbers in GeoNames, an arc for each leg, and the places that
//! are not found yet.
//!
//! [`places`] makes what is drawn on a worker, [`state`] has what is looked at and how far one has zoomed, [`paint`] draws it.

mod paint;
mod places;
mod state;
mod work;

pub(super) use paint::ui;
pub(super) use places::{Shown, shown};
pub(super) use state::Map;
pub(super) use work::long_work;
