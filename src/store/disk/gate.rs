//! The traits of the gate, what is found behind it, and the sentences in which it refuses.

use crate::lang::Message;
use crate::message;
use std::fmt::Debug;
use std::fs::{File, TryLockError};
use std::io::{self, Read};
use std::path::Path;
use std::time::SystemTime;

/// The kind of something in a folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EntryKind {
    /// A plain file.
    File,
    /// A folder.
    Folder,
    /// A symbolic link, wherever it leads.
    Link,
    /// A pipe, a socket or a device.
    Special,
}

impl EntryKind {
    /// The kind in words, with its article.
    #[must_use]
    pub fn words(self) -> Message {
        match self {
            Self::File => message!("kind-file"),
            Self::Folder => message!("kind-folder"),
            Self::Link => message!("kind-link"),
            Self::Special => message!("kind-special"),
        }
    }
}

/// The mark that tells a file from every other one on this machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct FileId {
    /// The device that it lies on.
    pub device: u64,
    /// Its number there.
    pub inode: u64,
}

/// The facts about a file or folder that are known without reading it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its kind.
    pub kind: EntryKind,
    /// Its length, bytes.
    pub len: u64,
    /// The time of the last change; none where the system does not say.
    pub modified: Option<SystemTime>,
    /// The number of names that it has.
    pub links: u64,
    /// The file's mark, whatever it is called.
    pub id: FileId,
}

/// The folder of a project, as the store reads and writes it.
///
/// Every method gives what the system says, or a sentence where the gate refuses: a link, a pipe, a device, a path that
/// leads out.
pub trait Disk: Debug + Send + Sync {
    /// The path under which the folder was opened, for messages.
    fn path(&self) -> &Path;

    /// True while that path leads to the folder that was opened.
    ///
    /// # Errors
    /// One sentence, where the folder is gone or another one stands in its place.
    fn here(&self) -> io::Result<()>;

    /// Looks at a file or folder; none where there is nothing of this name.
    ///
    /// # Errors
    /// See the trait.
    fn look(&self, path: &str) -> io::Result<Option<Found>>;

    /// The mark that tells a folder from each of its copies: it stays when the folder is moved, and no clone has it.
    ///
    /// # Errors
    /// See the trait.
    fn token(&self, folder: &str) -> io::Result<String>;

    /// Reads a plain file, up to `limit` bytes; none where there is nothing of this name.
    ///
    /// # Errors
    /// See the trait; also where the file is longer.
    fn read(&self, path: &str, limit: u64) -> io::Result<Option<(Vec<u8>, Found)>>;

    /// The names in a folder, without an order; none at all where there is no such folder.
    ///
    /// # Errors
    /// See the trait.
    fn list(&self, folder: &str) -> io::Result<Vec<(String, EntryKind)>>;

    /// Makes a new file, with the permissions of `like` where one is named.
    ///
    /// # Errors
    /// See the trait; also where something has this name.
    fn create(&self, path: &str, like: Option<&str>) -> io::Result<Box<dyn DiskFile>>;

    /// Opens a plain file to append to.
    ///
    /// # Errors
    /// See the trait; also where there is no such file.
    fn append(&self, path: &str) -> io::Result<Box<dyn DiskFile>>;

    /// Opens a file that is locked and never written into; made where it is not there.
    ///
    /// # Errors
    /// See the trait.
    fn lock_file(&self, path: &str) -> io::Result<Box<dyn DiskFile>>;

    /// Makes a folder in one that is there.
    ///
    /// # Errors
    /// See the trait.
    fn make_folder(&self, path: &str) -> io::Result<()>;

    /// Gives a file another name, in place of whatever file has it.
    ///
    /// # Errors
    /// See the trait.
    fn rename(&self, from: &str, to: &str) -> io::Result<()>;

    /// Removes a file, or a link as such.
    ///
    /// # Errors
    /// See the trait.
    fn remove(&self, path: &str) -> io::Result<()>;

    /// Removes a folder in which nothing is.
    ///
    /// # Errors
    /// See the trait; also where something is in it.
    fn remove_folder(&self, path: &str) -> io::Result<()>;

    /// Makes the names in a folder safe from a loss of power; the root is the empty path.
    ///
    /// # Errors
    /// See the trait.
    fn sync_folder(&self, folder: &str) -> io::Result<()>;

    /// True where the disk that the root is on can be asked to make safe all that was written to it, and tells what
    /// went wrong with any of it.
    fn syncs_as_a_whole(&self) -> bool {
        false
    }

    /// Makes safe everything that was written to the disk that the root is on.
    ///
    /// # Errors
    /// The system's error, or that it cannot be asked.
    fn sync_whole(&self) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }
}

/// An open file of a [`Disk`].
pub trait DiskFile: Send + Sync {
    /// Writes bytes at the end.
    ///
    /// # Errors
    /// The system's error; some of the bytes may be written then.
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()>;

    /// Makes what was written safe from a loss of power.
    ///
    /// # Errors
    /// The system's error; nothing since the last success counts as safe then.
    fn sync(&mut self) -> io::Result<()>;

    /// Cuts the file off after `len` bytes.
    ///
    /// # Errors
    /// The system's error.
    fn cut(&mut self, len: u64) -> io::Result<()>;

    /// Looks at the file, whatever its name is by now.
    ///
    /// # Errors
    /// The system's error.
    fn found(&self) -> io::Result<Found>;

    /// Locks the file for this process until it is dropped; says whether nobody else has.
    ///
    /// # Errors
    /// The system's error.
    fn try_lock(&self) -> io::Result<bool>;

    /// Lets go of the lock, also where another process has the same open file: one that is being started has all of them for
    /// a moment.
    ///
    /// # Errors
    /// The system's error.
    fn unlock(&self) -> io::Result<()>;
}

/// The folder that a path lies in; the empty path where that is the root.
pub(in crate::store) fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

/// A path that leads out of the root, or nowhere.
pub(super) fn leads_out() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message!("path-leads-out"))
}

/// The parts of a path, each a name in the folder before it.
pub(super) fn parts(path: &str) -> io::Result<impl Iterator<Item = &str>> {
    let plain = |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains('\0');
    if path.split('/').all(plain) { Ok(path.split('/')) } else { Err(leads_out()) }
}

/// The result, or none where there is nothing of that name.
pub(super) fn absent<T>(result: io::Result<T>) -> io::Result<Option<T>> {
    match result {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        result => result.map(Some),
    }
}

/// True where a file is locked now; not where somebody else has it.
pub(super) fn locked(tried: Result<(), TryLockError>) -> io::Result<bool> {
    match tried {
        Ok(()) => Ok(true),
        Err(TryLockError::WouldBlock) => Ok(false),
        Err(TryLockError::Error(error)) => Err(error),
    }
}

/// All of an open file, up to `limit` bytes.
pub(super) fn whole(file: File, found: Found, limit: u64) -> io::Result<Option<(Vec<u8>, Found)>> {
    if found.len > limit {
        return Err(too_large(found.len, limit));
    }
    let mut bytes = Vec::with_capacity(found.len as usize + 1);
    // It may have grown since it was looked at.
    file.take(limit + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > limit {
        return Err(too_large(bytes.len() as u64, limit));
    }
    Ok(Some((bytes, found)))
}

/// Everything below a folder that is not a folder itself, sorted; `enter` says which folders are gone into. What cannot
/// be listed is left out.
pub(in crate::store) fn tree(disk: &dyn Disk, folder: &str, enter: impl Fn(&str) -> bool) -> Vec<(String, EntryKind)> {
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for (name, kind) in disk.list(&folder).unwrap_or_default() {
            let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
            match kind {
                EntryKind::Folder if enter(&path) => folders.push(path),
                EntryKind::Folder => {}
                _ => found.push((path, kind)),
            }
        }
    }
    found.sort_by(|a, b| a.0.cmp(&b.0));
    found
}

/// A path that nothing has: this one, or this one and a number.
///
/// # Errors
/// The system's error.
pub(in crate::store) fn free_name(disk: &dyn Disk, path: &str) -> io::Result<String> {
    let mut number = 1;
    let mut free = path.to_owned();
    while disk.look(&free)?.is_some() {
        number += 1;
        free = format!("{path}.{number}");
    }
    Ok(free)
}

/// The sentence for something that stands where a file or folder should.
pub(in crate::store) fn refused(path: &str, kind: EntryKind, wanted: EntryKind) -> io::Error {
    let why = match kind {
        EntryKind::Link => message!("path-is-link", path = path),
        _ => message!("path-is-other", path = path, is = kind.words(), wanted = wanted.words()),
    };
    io::Error::new(io::ErrorKind::InvalidInput, why)
}

/// The sentence for a file that may lie in another folder, too.
#[cfg(unix)]
pub(super) fn second_name(path: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidInput, message!("path-second-name", path = path))
}

/// The sentence for a file that is longer than what is read of its kind.
pub(super) fn too_large(len: u64, limit: u64) -> io::Error {
    let why = message!("file-too-many-mb", size = len >> 20, limit = limit >> 20);
    io::Error::new(io::ErrorKind::FileTooLarge, why)
}

/// The sentence for a root that is not where it was.
pub(super) fn gone() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, message!("folder-gone"))
}

/// The sentence for a root in whose place another folder stands.
pub(super) fn replaced() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, message!("folder-replaced"))
}
