//! A real folder on systems without handles of folders: each part of a path is looked at before it is used.

use std::fs::{self, File, Metadata, OpenOptions};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use super::gate::{
    Disk, DiskFile, EntryKind, FileId, Found, absent, gone, leads_out, locked, parts, refused, replaced, whole,
};

/// A folder on this machine.
#[derive(Debug)]
pub struct Folder {
    path: PathBuf,
    id: FileId,
}

impl Folder {
    /// Opens a folder.
    ///
    /// # Errors
    /// The system's error.
    pub fn open(path: &Path) -> io::Result<Self> {
        let path = if path.as_os_str().is_empty() { Path::new(".") } else { path };
        let metadata = fs::metadata(path)?;
        if !metadata.is_dir() {
            return Err(io::ErrorKind::NotADirectory.into());
        }
        Ok(Self { path: path.to_owned(), id: id(&metadata, "") })
    }

    /// The real path of something whose folders are folders and no links.
    fn at(&self, path: &str) -> io::Result<PathBuf> {
        let mut real = self.path.clone();
        let mut done = String::new();
        let mut all = parts(path)?.peekable();
        while let Some(part) = all.next() {
            // These lead elsewhere for the system.
            if part.contains(['\\', ':']) {
                return Err(leads_out());
            }
            real.push(part);
            if all.peek().is_none() {
                break;
            }
            if !done.is_empty() {
                done.push('/');
            }
            done.push_str(part);
            let there = kind(&fs::symlink_metadata(&real)?);
            if there != EntryKind::Folder {
                return Err(refused(&done, there, EntryKind::Folder));
            }
        }
        Ok(real)
    }

    fn plain(&self, path: &str, options: &OpenOptions) -> io::Result<Open> {
        let real = self.at(path)?;
        match fs::symlink_metadata(&real).map(|metadata| kind(&metadata)) {
            Ok(EntryKind::File) | Err(_) => Ok(Open { file: options.open(&real)?, path: path.to_owned() }),
            Ok(there) => Err(refused(path, there, EntryKind::File)),
        }
    }
}

impl Disk for Folder {
    fn path(&self) -> &Path {
        &self.path
    }

    fn here(&self) -> io::Result<()> {
        match fs::metadata(&self.path) {
            Ok(metadata) if id(&metadata, "") == self.id => Ok(()),
            Ok(_) => Err(replaced()),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(gone()),
            Err(error) => Err(error),
        }
    }

    fn look(&self, path: &str) -> io::Result<Option<Found>> {
        if path.is_empty() {
            return Ok(Some(found(&fs::metadata(&self.path)?, path)));
        }
        absent(self.at(path).and_then(fs::symlink_metadata).map(|metadata| found(&metadata, path)))
    }

    fn token(&self, folder: &str) -> io::Result<String> {
        let made = fs::symlink_metadata(self.at(folder)?)?.created()?;
        let mut hasher = DefaultHasher::new();
        made.hash(&mut hasher);
        Ok(format!("{:x}", hasher.finish()))
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Option<(Vec<u8>, Found)>> {
        let Some(open) = absent(self.plain(path, OpenOptions::new().read(true)))? else { return Ok(None) };
        let found = open.found()?;
        whole(open.file, found, limit)
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, EntryKind)>> {
        let real = if folder.is_empty() { Ok(self.path.clone()) } else { self.at(folder) };
        let Some(entries) = absent(real.and_then(fs::read_dir))? else { return Ok(Vec::new()) };
        let mut names = Vec::new();
        for entry in entries {
            let entry = entry?;
            names.push((entry.file_name().to_string_lossy().into_owned(), kind(&fs::symlink_metadata(entry.path())?)));
        }
        Ok(names)
    }

    fn create(&self, path: &str, like: Option<&str>) -> io::Result<Box<dyn DiskFile>> {
        let open = self.plain(path, OpenOptions::new().write(true).create_new(true))?;
        if let Some(like) = like
            && let Ok(old) = self.at(like).and_then(fs::symlink_metadata)
        {
            // A file that a team may write stays one that it may write; where that cannot be, the new one is still
            // right.
            let _ = open.file.set_permissions(old.permissions());
        }
        Ok(Box::new(open))
    }

    fn append(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(self.plain(path, OpenOptions::new().append(true))?))
    }

    fn lock_file(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        Ok(Box::new(self.plain(path, OpenOptions::new().write(true).create(true).truncate(false))?))
    }

    fn make_folder(&self, path: &str) -> io::Result<()> {
        fs::create_dir(self.at(path)?)
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        fs::rename(self.at(from)?, self.at(to)?)
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        fs::remove_file(self.at(path)?)
    }

    fn remove_folder(&self, path: &str) -> io::Result<()> {
        fs::remove_dir(self.at(path)?)
    }

    fn sync_folder(&self, _folder: &str) -> io::Result<()> {
        // A folder cannot be opened as a file here; these file systems keep names safe by themselves.
        Ok(())
    }
}

/// An open file of a folder.
struct Open {
    file: File,
    path: String,
}

impl DiskFile for Open {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.file.write_all(bytes)
    }

    fn sync(&mut self) -> io::Result<()> {
        self.file.sync_all()
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.file.set_len(len)
    }

    fn found(&self) -> io::Result<Found> {
        Ok(found(&self.file.metadata()?, &self.path))
    }

    fn try_lock(&self) -> io::Result<bool> {
        locked(self.file.try_lock())
    }

    fn unlock(&self) -> io::Result<()> {
        self.file.unlock()
    }
}

fn kind(metadata: &Metadata) -> EntryKind {
    match metadata.file_type() {
        kind if kind.is_symlink() => EntryKind::Link,
        kind if kind.is_dir() => EntryKind::Folder,
        kind if kind.is_file() => EntryKind::File,
        _ => EntryKind::Special,
    }
}

/// A number for a file: when it was made and how it is called, since the standard library knows no better one here.
fn id(metadata: &Metadata, path: &str) -> FileId {
    let mut hasher = DefaultHasher::new();
    metadata.created().ok().hash(&mut hasher);
    path.hash(&mut hasher);
    FileId { device: 0, inode: hasher.finish() }
}

fn found(metadata: &Metadata, path: &str) -> Found {
    Found {
        kind: kind(metadata),
        len: metadata.len(),
        modified: metadata.modified().ok(),
        links: 1,
        id: id(metadata, path),
    }
}
