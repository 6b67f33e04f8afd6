//! The only place that writes files: whole and safe, or not at all.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use super::disk::{self, Disk, Folder, Kind};

/// Replaces a file that a person named, or makes it with the folders that it needs; one behind a link is replaced where it
/// really lies. At any moment, and after a loss of power, the file is the old one or the new one.
///
/// # Errors
/// What the system says; the file is as it was then.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = if path.is_symlink() { std::fs::canonicalize(path)? } else { path.to_owned() };
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.ok_or_else(|| io::Error::new(io::ErrorKind::InvalidInput, "this is not a name of a file"))?;
    let folder = path.parent().unwrap_or(Path::new(""));
    std::fs::create_dir_all(folder)?;
    write_in(&Folder::open(folder)?, name, bytes)
}

/// Replaces a file of a project, or makes it with the folders that it needs: temporary file beside it, sync, rename, sync of
/// the folder.
///
/// # Errors
/// What the system says, or that the path is refused; the file is as it was then.
pub(super) fn write_in(disk: &dyn Disk, path: &str, bytes: &[u8]) -> io::Result<()> {
    put(disk, path, bytes)?;
    disk.sync_folder(disk::parent(path))
}

/// Many files of a project at once, with one sync of each folder at the end instead of one for each file.
#[derive(Debug)]
pub(super) struct Batch<'a> {
    disk: &'a dyn Disk,
    folders: BTreeSet<String>,
}

impl<'a> Batch<'a> {
    /// Nothing yet.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, folders: BTreeSet::new() }
    }

    /// As [`write_in`], but that the new name may be lost with the power before [`Batch::finish`].
    ///
    /// # Errors
    /// What the system says, or that the path is refused; the file is as it was then.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        put(self.disk, path, bytes)?;
        self.folders.insert(disk::parent(path).to_owned());
        Ok(())
    }

    /// Makes the names of all files safe.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(self) -> io::Result<()> {
        self.folders.iter().try_for_each(|folder| self.disk.sync_folder(folder))
    }
}

/// Writes and renames without the folder's sync.
fn put(disk: &dyn Disk, path: &str, bytes: &[u8]) -> io::Result<()> {
    make_folder(disk, disk::parent(path))?;
    match disk.look(path)? {
        Some(found) if found.kind != Kind::File => return Err(disk::refused(path, found.kind, Kind::File)),
        _ => {}
    }
    let temporary = temporary(path);
    let written = write_new(disk, &temporary, path, bytes).and_then(|()| disk.rename(&temporary, path));
    if written.is_err() {
        // What cannot be removed either is replaced next time.
        let _ = disk.remove(&temporary);
    }
    written
}

fn temporary(path: &str) -> String {
    let name = path.rsplit('/').next().unwrap_or(path);
    format!("{}.{name}.tmp", &path[..path.len() - name.len()])
}

fn write_new(disk: &dyn Disk, temporary: &str, like: &str, bytes: &[u8]) -> io::Result<()> {
    // One that a crash left behind is never written into: another program may hold it open.
    match disk.remove(temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = disk.create(temporary, like)?;
    file.write_all(bytes)?;
    file.sync()
}

/// Makes a folder of a project and those above it, each with its name safe on disk.
///
/// # Errors
/// What the system says, or that something else has its name.
pub(super) fn make_folder(disk: &dyn Disk, folder: &str) -> io::Result<()> {
    if folder.is_empty() {
        return Ok(());
    }
    match disk.look(folder)? {
        Some(found) if found.kind == Kind::Folder => return Ok(()),
        Some(found) => return Err(disk::refused(folder, found.kind, Kind::Folder)),
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
