//! Records that are kept on a user's machine for the day when something goes wrong: a log, reports of panics, and
//! failures that came too late to be shown. All of it lies in the user's data folder, within bounds.
//!
//! No text of an article and no words of an annotation go into log and reports: they tell of commands by name, of
//! counts and times, and of failures with everything between quotation marks left out.

mod elide;
mod late;
mod log_file;
mod logging;
mod names;
mod report;

use std::path::PathBuf;

pub use elide::elided;
pub use late::{leave, take_left};
pub use logging::{Level, Logging, begin};
pub use names::{done, name_of};
pub use report::{Report, list, panicked, put_away, remove, unseen};

/// The user's data folder: `JEJAK_CONFIG` where it is set, else the system's place for it; none where the system has
/// none.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    match std::env::var_os("JEJAK_CONFIG") {
        Some(folder) => Some(folder.into()),
        None => directories::ProjectDirs::from("", "", "jejak").map(|dirs| dirs.data_dir().to_owned()),
    }
}
