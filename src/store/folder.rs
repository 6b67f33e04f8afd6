//! The folder of a project: opened, and still the same one.

use std::io::ErrorKind;
use std::path::Path;

use super::disk::{Disk, Folder};
use super::{OpenError, StoreError};
use crate::say;

/// True where a folder holds a project.
#[must_use]
pub fn is_project(dir: &Path) -> bool {
    dir.join("project.ron").is_file()
}

/// Opens the folder of a project.
///
/// # Errors
/// If there is no such folder, or it cannot be read.
pub(super) fn open_folder(dir: &Path) -> Result<Folder, OpenError> {
    Folder::open(dir).map_err(|why| match why.kind() {
        ErrorKind::NotFound | ErrorKind::NotADirectory => OpenError::NotAProject { dir: dir.to_owned() },
        _ => OpenError::Io { file: dir.display().to_string(), why },
    })
}

/// Refuses to write where the folder is not the one that was opened.
pub(super) fn here(disk: &dyn Disk) -> Result<(), StoreError> {
    disk.here().map_err(|why| StoreError::NotSaved(say::io(&why)))
}
