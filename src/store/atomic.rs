//! The only place that writes files: whole and safe, or not at all.

mod batch;

use std::ffi::OsString;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub use batch::Batch;

/// Replaces a file, or makes it with the folders that it needs: temporary file beside it, fsync, rename, fsync of the
/// folder. At any moment, and after a loss of power, the file is the old one or the new one.
///
/// # Errors
/// What the system says; the file is as it was then.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let path = put(path, bytes)?;
    sync_folder(&path)
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
    let (path, there) = really(path)?;
    make_folder(path.parent().unwrap_or(Path::new(".")))?;
    let temporary = temporary(&path);
    let written = write_new(&temporary, there.as_ref(), bytes).and_then(|file| file.sync_all());
    if let Err(error) = written.and_then(|()| fs::rename(&temporary, &path)) {
        // What cannot be removed either is overwritten next time.
        let _ = fs::remove_file(&temporary);
        return Err(error);
    }
    Ok(path)
}

/// The path behind symbolic links, and what is there now.
fn really(path: &Path) -> io::Result<(PathBuf, Option<fs::Metadata>)> {
    match fs::symlink_metadata(path) {
        Ok(link) if link.is_symlink() => {
            let path = fs::canonicalize(path)?;
            let there = fs::metadata(&path).ok();
            Ok((path, there))
        }
        there => Ok((path.to_owned(), there.ok())),
    }
}

fn temporary(path: &Path) -> PathBuf {
    let mut name = OsString::from(".");
    name.push(path.file_name().unwrap_or_default());
    name.push(".tmp");
    path.with_file_name(name)
}

/// Writes a file that is new, and not yet safe; `there` is the one whose place it will take.
fn write_new(temporary: &Path, there: Option<&fs::Metadata>, bytes: &[u8]) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    let mut file = match options.open(temporary) {
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {
            // One that a crash left behind is never written into: another program may hold it open.
            fs::remove_file(temporary)?;
            options.open(temporary)?
        }
        opened => opened?,
    };
    file.write_all(bytes)?;
    if let Some(old) = there {
        // A file that a team may write stays one that it may write; where that cannot be, the new one is still right.
        let _ = file.set_permissions(old.permissions());
    }
    Ok(file)
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
