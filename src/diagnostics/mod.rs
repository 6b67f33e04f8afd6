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

use std::path::{Path, PathBuf};

use directories::ProjectDirs;

pub use elide::elided;
pub use late::{leave, take_left};
pub use logging::{Level, Logging, begin};
pub use names::{done, name_of};
pub use report::{PanicReport, list, panicked, put_away, remove, unseen};

/// The user's data folder: `JEJAK_CONFIG` where it is set, else the system's place for it; none where the system has
/// none.
#[must_use]
pub fn folder() -> Option<PathBuf> {
    user_folder(ProjectDirs::data_dir)
}

/// A folder of the user's: `JEJAK_CONFIG` where it is set, else the one of those that the system has for the program; none
/// where it has none.
#[must_use]
pub fn user_folder(of_system: impl FnOnce(&ProjectDirs) -> &Path) -> Option<PathBuf> {
    match std::env::var_os("JEJAK_CONFIG") {
        Some(folder) => Some(folder.into()),
        None => ProjectDirs::from("", "", "jejak").map(|dirs| of_system(&dirs).to_owned()),
    }
}
