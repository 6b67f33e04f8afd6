//! Files under `.jejak/.cache/`: what was computed once and can be computed again. No annotator's folder is called so, since
//! a name's leading dot is written as `%2e`.

use std::path::{Path, PathBuf};

use super::atomic;
use crate::input;

/// The largest cache that is read, bytes.
const MAX_BYTES: u64 = 512 << 20;

fn path(project: &Path, name: &str) -> PathBuf {
    project.join(".jejak/.cache").join(name)
}

/// What was kept under a name; none where there is nothing, or nothing that can be read.
#[must_use]
pub fn read(project: &Path, name: &str) -> Option<Vec<u8>> {
    input::read(&path(project, name), MAX_BYTES).ok()
}

/// Keeps something under a name. A project that cannot be written has no cache, which costs time and nothing else.
pub fn write(project: &Path, name: &str, bytes: &[u8]) {
    let path = path(project, name);
    let made = path.parent().map_or(Ok(()), atomic::make_folder);
    if let Err(why) = made.and_then(|()| atomic::write(&path, bytes)) {
        log::info!("{} is not kept: {why}", path.display());
    }
}
