//! The parts that any part of the window is made of: colours, fonts, rows, dialogs, lists to pick from, sentences,
//! jobs.

pub mod chooser;
pub mod dialog;
pub mod expanded;
pub mod fonts;
pub mod input_order;
pub mod jobs;
pub mod list_row;
pub mod notice;
pub mod path_dialog;
pub mod picker;
pub mod shaping;
pub mod text_dialog;
pub mod theme;
pub mod told_table;
