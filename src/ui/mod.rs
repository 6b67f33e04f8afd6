//! The window.

pub mod fonts;
pub mod reader;
pub mod theme;

use std::path::PathBuf;

/// Opens the window on a project, or on the sample where none is given, and comes back when it is closed.
///
/// # Errors
/// One sentence, where no window can be opened or the folder is no project.
pub fn run(_project: Option<PathBuf>) -> Result<(), String> {
    Err("the window is not built yet".into())
}
