//! The only place that writes files: whole and safe, or not at all.

mod batch;

use std::io;
use std::path::Path;
use std::time::Instant;

use super::disk::{self, Disk, DiskFile, EntryKind, Folder};
use crate::message;
use crate::say;

pub(super) use batch::Batch;

/// Replaces a file that a person named, or makes it with the folders that it needs; one behind a link is replaced where
/// it really lies. At any moment, and after a loss of power, the file is the old one or the new one.
///
/// # Errors
/// The system's error; the file is as it was then.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = if path.is_symlink() { std::fs::canonicalize(path)? } else { path.to_owned() };
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, message!("not-a-file-name")))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(folder)?;
    write_in(&Folder::open(folder)?, name, bytes)
}

/// Replaces a file of a project, or makes it with the folders that it needs: temporary file beside it, sync, rename,
/// sync of the folder.
///
/// # Errors
/// The system's error, or that the path is refused; the file is as it was then.
pub(super) fn write_in(disk: &dyn Disk, path: &str, bytes: &[u8]) -> io::Result<()> {
    put(disk, path, bytes)?;
    disk.sync_folder(disk::parent(path))
}

/// Writes and renames without the folder's sync.
fn put(disk: &dyn Disk, path: &str, bytes: &[u8]) -> io::Result<()> {
    make_folder(disk, disk::parent(path))?;
    let like = allow(disk, path)?;
    let (temporary, begun) = (temporary(path), Instant::now());
    let written = write_new(disk, &temporary, like, bytes).and_then(|mut file| file.sync());
    let written = written.and_then(|()| disk.rename(&temporary, path));
    if written.is_err() {
        // A file that cannot be removed either is replaced next time.
        let _ = disk.remove(&temporary);
    }
    // Its name may be that of an article or a label, which the log does not have.
    let failed = written.as_ref().err().map(|why| say::io(why).to_string());
    tracing::debug!(bytes = bytes.len(), ms = begun.elapsed().as_millis(), failed, "a file is written");
    written
}

/// Refuses to take the place of anything but a plain file; gives that where it is there.
fn allow<'a>(disk: &dyn Disk, path: &'a str) -> io::Result<Option<&'a str>> {
    match disk.look(path)? {
        Some(found) if found.kind != EntryKind::File => Err(disk::refused(path, found.kind, EntryKind::File)),
        found => Ok(found.map(|_| path)),
    }
}

fn temporary(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("{}.{name}.tmp", &path[..path.len() - name.len()])
}

/// Writes a file that is new, and not yet safe; `like` is the one whose place it will take, where there is one.
fn write_new(disk: &dyn Disk, temporary: &str, like: Option<&str>, bytes: &[u8]) -> io::Result<Box<dyn DiskFile>> {
    let mut file = match disk.create(temporary, like) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // One that a crash left behind is never written into: another program may hold it open.
            disk.remove(temporary)?;
            disk.create(temporary, like)?
        }
        made => made?,
    };
    file.write_all(bytes)?;
    Ok(file)
}

/// Makes a folder of a project and those above it, each with its name safe on disk.
///
/// # Errors
/// The system's error, or that something else has its name.
pub(super) fn make_folder(disk: &dyn Disk, folder: &str) -> io::Result<()> {
    if folder.is_empty() {
        return Ok(());
    }
    match disk.look(folder)? {
        Some(found) if found.kind == EntryKind::Folder => return Ok(()),
        Some(found) => return Err(disk::refused(folder, found.kind, EntryKind::Folder)),
        None => {}
    }
    let above = disk::parent(folder);
    make_folder(disk, above)?;
    match disk.make_folder(folder) {
        // Somebody else was quicker; it is looked at once more.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => make_folder(disk, folder),
        made => made.and_then(|()| disk.sync_folder(above)),
    }
}
