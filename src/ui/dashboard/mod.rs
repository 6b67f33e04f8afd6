//! The Dashboard view: how well annotators agree and how good predictions are, in figures that explain themselves and lead
//! to the cases behind them.
//!
//! [`shown`] is what is shown, made on a worker from [`crate::figures::Report`]; [`side`] paints what stands beside it,
//! [`sections`] and [`grid`] the sections; [`behind`] says which cases lie behind a figure; [`act`] does what is asked; [`export`] writes a section as
//! CSV or as a picture.

mod act;
mod behind;
mod export;
mod grid;
mod picture;
mod sections;
mod shown;
mod side;
mod state;
mod view;

pub use act::{DashboardDialog, perform};
pub use state::{Dashboard, HINT};
pub use view::{page, panels};
