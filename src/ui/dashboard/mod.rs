//! The Dashboard view: how well annotators agree and how good predictions are, in figures that explain themselves and lead
//! to the cases behind them.
//!
//! [`shown`] is what is shown, made on a worker from [`crate::figures::Report`]; [`side`] paints what stands beside it,
//! [`sections`], [`articles`], [`time`], [`fates`] and [`grid`] the sections, of which [`lazy`] values are made once somebody looks; [`behind`] says which cases lie behind a figure; [`act`] does what is asked; [`export`] writes a section as
//! CSV or as a picture.

mod act;
mod article_table;
mod articles;
mod behind;
mod export;
mod family;
mod fates;
mod grid;
mod lazy;
mod listing;
mod picture;
mod sections;
mod shown;
mod side;
mod state;
mod time;
mod time_table;
mod view;

pub use act::{DashboardDialog, perform};
pub use state::{Dashboard, HINT};
pub use view::{page, panels};
