//! A real folder, reached part by part from an open handle of its root.

use std::ffi::CStr;
use std::fs::File;
use std::io::{self, Write};
use std::os::fd::{AsFd, OwnedFd};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rustix::fs::{self as sys, AtFlags, Dir, FileType, Mode, OFlags, Stat};
use rustix::io::Errno;

use super::gate::{
    Disk, DiskFile, EntryKind, FileId, Found, absent, gone, locked, parent, parts, refused, replaced, second_name,
    whole,
};

/// A folder on this machine that is held open.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    root: OwnedFd,
    id: FileId,
}

/// The way in which a folder is opened that is only gone through.
const STEP: OFlags = OFlags::RDONLY.union(OFlags::DIRECTORY).union(OFlags::NOFOLLOW).union(OFlags::CLOEXEC);

/// The way in which every file is opened: a link is refused, and a pipe is not waited for.
const PLAIN: OFlags = OFlags::NOFOLLOW.union(OFlags::NONBLOCK).union(OFlags::NOCTTY).union(OFlags::CLOEXEC);

impl Folder {
    /// Opens a folder, itself reached through links where somebody keeps it behind one.
    ///
    /// # Errors
    /// The system's error.
    pub fn open(path: &Path) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let root = sys::open(path, flags, Mode::empty())?;
        let id = id(&sys::fstat(&root)?);
        Ok(Self { path: path.to_owned(), root, id })
    }

    /// Opens something by a path from the root, no part of which is followed.
    fn at(&self, path: &str, flags: OFlags, mode: Mode) -> io::Result<OwnedFd> {
        let _ = parts(path)?;
        #[cfg(target_os = "linux")]
        {
            let resolve = sys::ResolveFlags::BENEATH | sys::ResolveFlags::NO_SYMLINKS;
            match sys::openat2(&self.root, path, flags | OFlags::NOFOLLOW, mode, resolve) {
                Ok(file) => return Ok(file),
                // Only these say that there is something in the way, or that the system does not know the call.
                Err(Errno::LOOP | Errno::NOTDIR | Errno::XDEV | Errno::NOSYS | Errno::PERM | Errno::AGAIN) => {}
                Err(error) => return Err(error.into()),
            }
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let folder = self.walk(folder)?;
        match sys::openat(&folder, name, flags | OFlags::NOFOLLOW, mode) {
            Ok(file) => Ok(file),
            Err(error) => {
                let wanted = if flags.contains(OFlags::DIRECTORY) { EntryKind::Folder } else { EntryKind::File };
                match sys::statat(&folder, name, AtFlags::SYMLINK_NOFOLLOW).map(|stat| kind(&stat)) {
                    Ok(there) if there != wanted => Err(refused(path, there, wanted)),
                    _ => Err(error.into()),
                }
            }
        }
    }

    /// Goes into a folder part by part.
    fn walk(&self, folder: &str) -> io::Result<OwnedFd> {
        let mut here = self.root.try_clone()?;
        if folder.is_empty() {
            return Ok(here);
        }
        let mut done = String::new();
        for part in parts(folder)? {
            if !done.is_empty() {
                done.push('/');
            }
            done.push_str(part);
            here = match sys::openat(&here, part, STEP, Mode::empty()) {
                Ok(next) => next,
                Err(error) => {
                    return Err(match sys::statat(&here, part, AtFlags::SYMLINK_NOFOLLOW).map(|stat| kind(&stat)) {
                        Ok(there) if there != EntryKind::Folder => refused(&done, there, EntryKind::Folder),
                        _ => error.into(),
                    });
                }
            };
        }
        Ok(here)
    }

    /// The open folder that a path lies in, and the path's last part.
    fn beside<'a>(&self, path: &'a str) -> io::Result<(OwnedFd, &'a str)> {
        let _ = parts(path)?;
        match path.rsplit_once('/') {
            None => Ok((self.root.try_clone()?, path)),
            Some((folder, name)) => Ok((self.at(folder, STEP, Mode::empty())?, name)),
        }
    }

    /// Opens a plain file; anything else of its name is refused.
    fn plain(&self, path: &str, flags: OFlags, mode: Mode) -> io::Result<Open> {
        let file = self.at(path, flags | PLAIN, mode).map_err(|error| match error.raw_os_error() {
            // The answer of a pipe or a socket to whoever opens it.
            Some(code) if [Errno::NXIO.raw_os_error(), Errno::NODEV.raw_os_error()].contains(&code) => {
                refused(path, EntryKind::Special, EntryKind::File)
            }
            Some(code) if code == Errno::ISDIR.raw_os_error() => refused(path, EntryKind::Folder, EntryKind::File),
            _ => error,
        })?;
        let there = kind(&sys::fstat(&file)?);
        if there == EntryKind::File {
            Ok(Open { file: file.into(), whole: false })
        } else {
            Err(refused(path, there, EntryKind::File))
        }
    }
}

impl Disk for Folder {
    fn path(&self) -> &Path {
        &self.path
    }

    fn here(&self) -> io::Result<()> {
        match sys::stat(&self.path) {
            Ok(stat) if id(&stat) == self.id => Ok(()),
            Ok(_) => Err(replaced()),
            Err(Errno::NOENT | Errno::NOTDIR) => Err(gone()),
            Err(error) => Err(error.into()),
        }
    }

    fn look(&self, path: &str) -> io::Result<Option<Found>> {
        if path.is_empty() {
            return Ok(Some(found(&sys::fstat(&self.root)?)));
        }
        let stat =
            self.beside(path).and_then(|(folder, name)| Ok(sys::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)?));
        absent(stat.map(|stat| found(&stat)))
    }

    fn token(&self, folder: &str) -> io::Result<String> {
        let folder = self.at(folder, STEP, Mode::empty())?;
        let stat = sys::fstat(&folder)?;
        Ok(format!("{:x}-{:x}", stat.st_ino, born(&folder)))
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Option<(Vec<u8>, Found)>> {
        let Some(open) = absent(self.plain(path, OFlags::RDONLY, Mode::empty()))? else { return Ok(None) };
        let found = open.found()?;
        whole(open.file, found, limit)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, EntryKind)>> {
        let open = match folder {
            "" => Some(sys::openat(&self.root, ".", STEP, Mode::empty())?),
            _ => absent(self.at(folder, STEP, Mode::empty()))?,
        };
        let Some(open) = open else { return Ok(Vec::new()) };
        let mut names = Vec::new();
        for entry in Dir::read_from(&open)? {
            let entry = entry?;
            let kind = match entry.file_type() {
                // Some file systems leave it to whoever asks again.
                FileType::Unknown => match sys::statat(&open, entry.file_name(), AtFlags::SYMLINK_NOFOLLOW) {
                    Ok(stat) => kind(&stat),
                    Err(_) => continue,
                },
                known => kind_of(known),
            };
            if entry.file_name() != c"." && entry.file_name() != c".." {
                names.push((CStr::to_string_lossy(entry.file_name()).into_owned(), kind));
            }
        }
        Ok(names)
    }

    fn create(&self, path: &str, like: Option<&str>) -> io::Result<Box<dyn DiskFile>> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL;
        let mut open = self.plain(path, flags, Mode::from_raw_mode(0o666))?;
        open.whole = true;
        if let Some(like) = like
            && let Ok((folder, name)) = self.beside(like)
            && let Ok(old) = sys::statat(folder, name, AtFlags::SYMLINK_NOFOLLOW)
            && kind(&old) == EntryKind::File
        {
            // A file that a team may write stays one that it may write; where that cannot be, the new one is still
            // right.
            let _ = sys::fchmod(&open.file, Mode::from_raw_mode(old.st_mode & 0o7777));
        }
        Ok(Box::new(open))
    }

    fn append(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        let open = self.plain(path, OFlags::WRONLY | OFlags::APPEND, Mode::empty())?;
        // Another name of it may lie anywhere.
        if open.found()?.links == 1 { Ok(Box::new(open)) } else { Err(second_name(path)) }
    }

    fn lock_file(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        let flags = OFlags::WRONLY | OFlags::CREATE;
        Ok(Box::new(self.plain(path, flags, Mode::from_raw_mode(0o666))?))
    }

    fn make_folder(&self, path: &str) -> io::Result<()> {
        let (folder, name) = self.beside(path)?;
        Ok(sys::mkdirat(folder, name, Mode::from_raw_mode(0o777))?)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        if parent(from) == parent(to) {
            let ((folder, old), new) = (self.beside(from)?, to.rsplit('/').next().unwrap_or(to));
            let _ = parts(to)?;
            return Ok(sys::renameat(&folder, old, &folder, new)?);
        }
        let ((old, from), (new, to)) = (self.beside(from)?, self.beside(to)?);
        Ok(sys::renameat(old, from, new, to)?)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        let (folder, name) = self.beside(path)?;
        Ok(sys::unlinkat(folder, name, AtFlags::empty())?)
    }

    fn remove_folder(&self, path: &str) -> io::Result<()> {
        let (folder, name) = self.beside(path)?;
        Ok(sys::unlinkat(folder, name, AtFlags::REMOVEDIR)?)
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        if folder.is_empty() {
            return Ok(sys::fsync(&self.root)?);
        }
        Ok(sys::fsync(self.at(folder, STEP, Mode::empty())?)?)
    }

    #[cfg(target_os = "linux")]
    fn syncs_as_a_whole(&self) -> bool {
        /// Kinds of disks that are known to do so: ext2 to ext4, XFS, Btrfs, and memory. Those of a network may not.
        const KNOWN: [i64; 4] = [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994];
        /// From this version on Linux tells whoever asks what went wrong with any of the files.
        const TELLS: (u32, u32) = (5, 8);
        let known = sys::fstatfs(&self.root)
            .is_ok_and(|of| KNOWN.iter().any(|kind| i128::from(*kind) == i128::from(of.f_type)));
        let version = std::fs::read_to_string("/proc/sys/kernel/osrelease").unwrap_or_default();
        let mut parts = version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
        known && parts.next().zip(parts.next()).is_some_and(|version| version >= TELLS)
    }

    #[cfg(target_os = "linux")]
    fn sync_whole(&self) -> io::Result<()> {
        Ok(sys::syncfs(&self.root)?)
    }
}

/// An open file of a folder.
struct Open {
    file: File,
    /// True where the file is new, so that all that is known of it has to be made safe.
    whole: bool,
}

impl DiskFile for Open {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        if self.whole { self.file.sync_all() } else { self.file.sync_data() }
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.file.set_len(len)
    }

    fn found(&self) -> io::Result<Found> {
        Ok(found(&sys::fstat(&self.file)?))
    }

    fn try_lock(&self) -> io::Result<bool> {
        locked(self.file.try_lock())
    }

    fn unlock(&self) -> io::Result<()> {
        self.file.unlock()
    }
}

fn kind(stat: &Stat) -> EntryKind {
    kind_of(FileType::from_raw_mode(stat.st_mode))
}

fn kind_of(file: FileType) -> EntryKind {
    match file {
        FileType::RegularFile => EntryKind::File,
        FileType::Directory => EntryKind::Folder,
        FileType::Symlink => EntryKind::Link,
        _ => EntryKind::Special,
    }
}

#[allow(clippy::unnecessary_cast, clippy::useless_conversion)] // The width of these numbers is another on every system.
fn id(stat: &Stat) -> FileId {
    FileId { device: stat.st_dev as u64, inode: stat.st_ino as u64 }
}

#[allow(clippy::unnecessary_cast, clippy::useless_conversion)] // The width of these numbers is another on every system.
fn found(stat: &Stat) -> Found {
    let since = Duration::new(stat.st_mtime.max(0) as u64, (stat.st_mtime_nsec as u64 % 1_000_000_000) as u32);
    Found {
        kind: kind(stat),
        len: stat.st_size.max(0) as u64,
        modified: SystemTime::UNIX_EPOCH.checked_add(since),
        links: stat.st_nlink as u64,
        id: id(stat),
    }
}

/// The time when a folder was made, in nanoseconds; 0 where the system does not say.
#[cfg(target_os = "linux")]
fn born(folder: &OwnedFd) -> u128 {
    let stat = sys::statx(folder.as_fd(), c"", AtFlags::EMPTY_PATH, sys::StatxFlags::BTIME);
    let known = stat.ok().filter(|stat| stat.stx_mask & sys::StatxFlags::BTIME.bits() != 0);
    known.map_or(0, |stat| {
        u128::from(stat.stx_btime.tv_sec.unsigned_abs()) * 1_000_000_000 + u128::from(stat.stx_btime.tv_nsec)
    })
}

#[cfg(not(target_os = "linux"))]
fn born(folder: &OwnedFd) -> u128 {
    let made = folder.try_clone().ok().and_then(|folder| File::from(folder).metadata().ok()?.created().ok());
    made.and_then(|made| made.duration_since(SystemTime::UNIX_EPOCH).ok()).map_or(0, |since| since.as_nanos())
}
