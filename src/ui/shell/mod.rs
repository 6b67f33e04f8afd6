//! The window around the features: its frame, the keys, what stands over it, and what every command leads to.

pub mod answers;
pub mod app;
mod coming_back;
mod copying;
mod dispatch;
pub mod frame;
pub mod history;
pub mod keymap_dialog;
pub mod keys;
pub mod leaving_ui;
pub mod left_behind;
mod menu;
mod menu_keys;
pub mod missing_files;
pub mod missing_files_ui;
pub mod opening;
pub mod overlay;
pub mod overlay_ui;
mod preferences;
pub mod remembered;
pub mod reports;
pub mod reports_ui;
pub mod saving;
pub mod status_line;
mod suggestions;
pub mod under_way;
pub mod undertaking;
