//! The only place that writes files: whole and safe, or not at all.

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Replaces a file, or makes it with the folders that it needs: temporary file beside it, fsync, rename, fsync of the
/// folder. At any moment, and after a loss of power, the file is the old one or the new one.
///
/// # Errors
/// What the system says; the file is as it was then.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = put(path, bytes)?;
    sync_folder(&path)
}

/// Many files at once, with one fsync of each folder at the end instead of one for each file.
#[derive(Debug, Default)]
pub struct Batch {
    paths: Vec<PathBuf>,
}

impl Batch {
    /// As [`write`], but that the new name may be lost with the power before [`Batch::finish`].
    ///
    /// # Errors
    /// What the system says; the file is as it was then.
    pub fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.paths.push(put(path, bytes)?);
        Ok(())
    }

    /// Makes the names of all files safe.
    ///
    /// # Errors
    /// What the system says.
    pub fn finish(mut self) -> io::Result<()> {
        self.paths.sort_by(|a, b| a.parent().cmp(&b.parent()));
        self.paths.dedup_by(|a, b| a.parent() == b.parent());
        self.paths.iter().try_for_each(|path| sync_folder(path))
    }
}

/// Opens a file to append to, made if need be, with its name safe on disk.
///
/// # Errors
/// What the system says.
pub fn open_append(path: &Path) -> io::Result<File> {
    let there = path.exists();
    let file = OpenOptions::new().append(true).create(true).open(path)?;
    if !there {
        sync_folder(path)?;
    }
    Ok(file)
}

/// Writes and renames without the folder's fsync; gives the path that was really written, behind symbolic links.
fn put(path: &Path, bytes: &[u8]) -> io::Result<PathBuf> {
    let path = if path.is_symlink() { fs::canonicalize(path)? } else { path.to_owned() };
    make_folder(path.parent().unwrap_or(Path::new(".")))?;
    let temporary = temporary(&path);
    let written = write_new(&temporary, &path, bytes).and_then(|()| fs::rename(&temporary, &path));
    if let Err(error) = written {
        // What cannot be removed either is overwritten next time.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    Ok(path)
}

fn temporary(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".tmp");
    path.with_file_name(name)
}

fn write_new(temporary: &Path, like: &Path, bytes: &[u8]) -> io::Result<()> {
    // One that a crash left behind is never written into: another program may hold it open.
    match fs::remove_file(temporary) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).open(temporary)?;
    file.write_all(bytes)?;
    if let Ok(old) = fs::metadata(like) {
        // A file that a team may write stays one that it may write; where that cannot be, the new one is still right.
        let _ = file.set_permissions(old.permissions());
    }
    file.sync_all()
}

/// Makes a folder and those above it, each with its name safe on disk.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.as_os_str().is_empty() || folder.is_dir() {
        return Ok(());
    }
    if let Some(above) = folder.parent() {
        make_folder(above)?;
    }
    match fs::create_dir(folder) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists && folder.is_dir() => Ok(()),
        Err(error) => Err(error),
        Ok(()) => sync_folder(folder),
    }
}

/// Makes the name of a file or folder safe: fsync of the folder that it is in.
fn sync_folder(path: &Path) -> io::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    // A folder cannot be opened as a file on Windows, whose file systems keep names safe by themselves.
    if cfg!(windows) { Ok(()) } else { File::open(folder)?.sync_all() }
}
