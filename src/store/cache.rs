//! Files under `.jejak/.cache/`: what was computed once and can be computed again. No annotator's folder is called so,
//! since a name's leading dot is written as `%2e`.

use std::io;
use std::path::Path;

use super::atomic;
use super::disk::{Disk, Folder};

/// The largest cache that is read, bytes.
const MAX_BYTES: u64 = 512 << 20;

const FOLDER: &str = ".jejak/.cache";

/// The content kept under a name; none where there is nothing, nothing that can be read, or what came with a copy of
/// the project: a cache is believed only in the folder in which it was made.
#[must_use]
pub fn read(project: &Path, name: &str) -> Option<Vec<u8>> {
    read_in(&Folder::open(project).ok()?, name)
}

/// As [`read`], in a folder that is open.
pub(super) fn read_in(disk: &dyn Disk, name: &str) -> Option<Vec<u8>> {
    let (mut bytes, _) = disk.read(&format!("{FOLDER}/{name}"), MAX_BYTES).ok()??;
    let head = head(disk).ok()?;
    bytes.starts_with(&head).then(|| bytes.split_off(head.len()))
}

/// Keeps something under a name. A project that cannot be written has no cache, which costs time and nothing else.
pub fn write(project: &Path, name: &str, bytes: &[u8]) {
    if let Err(why) = Folder::open(project).and_then(|disk| write_in(&disk, name, bytes)) {
        tracing::info!("{name} is not kept in {}: {why}", project.display());
    }
}

/// As [`write()`], in a folder that is open.
///
/// # Errors
/// If it cannot be written.
pub(super) fn write_in(disk: &dyn Disk, name: &str, bytes: &[u8]) -> io::Result<()> {
    atomic::make_folder(disk, FOLDER)?;
    let mut all = head(disk)?;
    all.extend_from_slice(bytes);
    atomic::write_in(disk, &format!("{FOLDER}/{name}"), &all)
}

/// The line that a cache begins with: which folder it was made in.
fn head(disk: &dyn Disk) -> io::Result<Vec<u8>> {
    Ok(format!("{}\n", disk.token(FOLDER)?).into_bytes())
}
