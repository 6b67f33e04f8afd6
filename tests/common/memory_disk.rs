//! A folder in memory that writes down everything that is done to it, so that what a loss of power may leave can be
//! made.
#![allow(dead_code, clippy::unwrap_used)] // Every test binary uses its own part of it; a test may stop at once.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};
use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::{Duration, SystemTime};

use jejak::store::{Disk, DiskFile, EntryKind, FileId, Found};

/// Something that was done to the folder, or said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A file was made, and has this name.
    Create(u64, String),
    /// Bytes were added at the end of a file.
    Write(u64, Vec<u8>),
    /// A file was cut off.
    Cut(u64, usize),
    /// The content of a file was made safe.
    SyncFile(u64),
    /// A folder was made.
    MakeFolder(String),
    /// A name was given to the file of another name.
    Rename(String, String),
    /// A name was taken away.
    Remove(String),
    /// The names in a folder were made safe.
    SyncFolder(String),
    /// The work until here was said to be saved; the number tells it apart.
    Said(u64),
}

/// Files and names as they are at one moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    /// The file of each name.
    pub names: BTreeMap<String, u64>,
    pub folders: BTreeSet<String>,
    /// The content of each file.
    pub files: BTreeMap<u64, Vec<u8>>,
}

impl Tree {
    fn follow(&mut self, step: &Step) {
        match step {
            Step::Create(file, name) => {
                self.names.insert(name.clone(), *file);
                self.files.insert(*file, Vec::new());
            }
            Step::Write(file, bytes) => self.files.entry(*file).or_default().extend_from_slice(bytes),
            Step::Cut(file, len) => self.files.entry(*file).or_default().truncate(*len),
            Step::MakeFolder(name) => drop(self.folders.insert(name.clone())),
            Step::Rename(from, to) => {
                if let Some(file) = self.names.remove(from) {
                    self.names.insert(to.clone(), file);
                }
            }
            Step::Remove(name) => drop(self.names.remove(name)),
            Step::SyncFile(_) | Step::SyncFolder(_) | Step::Said(_) => {}
        }
    }

    /// Follows what a step says of names; a file's bytes are kept apart from them.
    fn name(&mut self, step: &Step) {
        match step {
            Step::Create(file, name) => drop(self.names.insert(name.clone(), *file)),
            step => self.follow(step),
        }
    }

    /// A reader's view: the content of every name whose folders are there.
    fn seen(&self) -> BTreeMap<&str, &[u8]> {
        let there = |name: &&String| {
            let mut above = parent(name);
            while !above.is_empty() {
                if !self.folders.contains(above) {
                    return false;
                }
                above = parent(above);
            }
            true
        };
        let names = self.names.keys().filter(there);
        names.map(|name| (name.as_str(), self.files[&self.names[name]].as_slice())).collect()
    }
}

#[derive(Debug, Default)]
struct Inner {
    tree: Tree,
    steps: Vec<Step>,
    next: u64,
    locked: HashSet<u64>,
}

/// See the module.
#[derive(Debug, Clone, Default)]
pub struct MemoryDisk(Arc<Mutex<Inner>>);

impl MemoryDisk {
    /// A folder in which this stands, all of it safe.
    pub fn of(tree: Tree) -> Self {
        let next = tree.files.keys().max().map_or(1, |last| last + 1);
        Self(Arc::new(Mutex::new(Inner { tree, next, ..Inner::default() })))
    }

    /// Everything below a folder of this machine.
    pub fn read_from(dir: &Path) -> Self {
        let mut tree = Tree::default();
        let mut folders = vec![String::new()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(dir.join(&folder)).unwrap() {
                let entry = entry.unwrap();
                let name = entry.file_name().into_string().unwrap();
                let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
                if entry.file_type().unwrap().is_dir() {
                    tree.folders.insert(path.clone());
                    folders.push(path);
                } else {
                    let file = tree.files.len() as u64 + 1;
                    tree.files.insert(file, std::fs::read(entry.path()).unwrap());
                    tree.names.insert(path, file);
                }
            }
        }
        Self::of(tree)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.lock().unwrap()
    }

    /// Notes that what was done until now was said to be saved.
    pub fn said(&self, what: u64) {
        self.inner().steps.push(Step::Said(what));
    }

    /// Everything that was done.
    pub fn steps(&self) -> Vec<Step> {
        self.inner().steps.clone()
    }

    /// Its content now.
    pub fn tree(&self) -> Tree {
        self.inner().tree.clone()
    }

    fn act(&self, step: Step) {
        let mut inner = self.inner();
        inner.tree.follow(&step);
        inner.steps.push(step);
    }
}

/// The fate of bytes that were written and not made safe.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsafe {
    /// They are there, as if they had been made safe.
    There,
    /// They are not there.
    Dropped,
    /// The first half of them is there.
    Half,
    /// They are there, and all of them are zero.
    Zeroed,
}

/// Every folder that a loss of power may leave after one of these steps, and what was said to be saved by then: bytes
/// that were not made safe dropped, half there, zeroed or there; of the names that were not made safe, any number of
/// the first ones. Folders that are equal come once.
pub fn power_cuts(start: &Tree, steps: &[Step], mut visit: impl FnMut(Tree, Option<u64>)) {
    let mut safe = start.clone();
    let mut now = start.clone();
    let mut names: Vec<Step> = Vec::new();
    let mut said = None;
    let mut seen = HashSet::new();
    for step in steps {
        now.follow(step);
        match step {
            Step::Said(what) => said = Some(*what),
            Step::SyncFile(file) => drop(safe.files.insert(*file, now.files[file].clone())),
            Step::SyncFolder(folder) => {
                // The names of a folder become safe; those of others wait on, in their order.
                names.retain(|step| {
                    let here = in_folder(step, folder);
                    if here {
                        safe.name(step);
                    }
                    !here
                });
            }
            Step::Create(..) | Step::MakeFolder(_) | Step::Rename(..) | Step::Remove(_) => names.push(step.clone()),
            Step::Write(..) | Step::Cut(..) => {}
        }
        for count in 0..=names.len() {
            for fate in [Unsafe::There, Unsafe::Dropped, Unsafe::Half, Unsafe::Zeroed] {
                let mut left = safe.clone();
                names[..count].iter().for_each(|step| left.name(step));
                left.files =
                    now.files.iter().map(|(file, bytes)| (*file, fated(safe.files.get(file), bytes, fate))).collect();
                let mut hasher = DefaultHasher::new();
                (left.seen(), &left.folders, said).hash(&mut hasher);
                if seen.insert(hasher.finish()) {
                    visit(left, said);
                }
            }
        }
    }
}

fn fated(safe: Option<&Vec<u8>>, now: &[u8], fate: Unsafe) -> Vec<u8> {
    let none = Vec::new();
    let safe = safe.unwrap_or(&none);
    if !now.starts_with(safe) {
        // It was cut off and not made safe since.
        return if fate == Unsafe::Dropped { safe.clone() } else { now.to_vec() };
    }
    let new = &now[safe.len()..];
    let kept = match fate {
        Unsafe::There => new.to_vec(),
        Unsafe::Dropped => Vec::new(),
        Unsafe::Half => new[..new.len() / 2].to_vec(),
        Unsafe::Zeroed => vec![0; new.len()],
    };
    [safe.as_slice(), &kept].concat()
}

fn in_folder(step: &Step, folder: &str) -> bool {
    match step {
        Step::Create(_, name) | Step::MakeFolder(name) | Step::Remove(name) | Step::Rename(_, name) => {
            parent(name) == folder
        }
        _ => false,
    }
}

fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(folder, _)| folder)
}

fn missing() -> io::Error {
    io::ErrorKind::NotFound.into()
}

impl Inner {
    fn found(&self, file: u64) -> Found {
        let len = self.tree.files[&file].len() as u64;
        // Every length and every file has another time: nothing changes unseen.
        let modified = SystemTime::UNIX_EPOCH + Duration::from_secs(file * 1_000_000 + len);
        let links = self.tree.names.values().filter(|other| **other == file).count() as u64;
        Found { kind: EntryKind::File, len, modified: Some(modified), links, id: FileId { device: 1, inode: file } }
    }
}

impl Disk for MemoryDisk {
    fn path(&self) -> &Path {
        Path::new("memory")
    }

    fn here(&self) -> io::Result<()> {
        Ok(())
    }

    fn look(&self, path: &str) -> io::Result<Option<Found>> {
        let inner = self.inner();
        if path.is_empty() || inner.tree.folders.contains(path) {
            let id = FileId { device: 2, inode: 0 };
            return Ok(Some(Found { kind: EntryKind::Folder, len: 0, modified: None, links: 1, id }));
        }
        Ok(inner.tree.names.get(path).map(|file| inner.found(*file)))
    }

    fn token(&self, folder: &str) -> io::Result<String> {
        Ok(format!("here-{folder}"))
    }

    fn read(&self, path: &str, limit: u64) -> io::Result<Option<(Vec<u8>, Found)>> {
        let inner = self.inner();
        let Some(file) = inner.tree.names.get(path) else { return Ok(None) };
        let bytes = inner.tree.files[file].clone();
        if bytes.len() as u64 > limit {
            Err(io::ErrorKind::FileTooLarge.into())
        } else {
            Ok(Some((bytes, inner.found(*file))))
        }
    }

    fn list(&self, folder: &str) -> io::Result<Vec<(String, EntryKind)>> {
        let inner = self.inner();
        let last = |path: &String| path.rsplit('/').next().unwrap().to_owned();
        let files =
            inner.tree.names.keys().filter(|path| parent(path) == folder).map(|path| (last(path), EntryKind::File));
        let folders = inner.tree.folders.iter().filter(|path| parent(path) == folder);
        Ok(files.chain(folders.map(|path| (last(path), EntryKind::Folder))).collect())
    }

    fn create(&self, path: &str, _like: Option<&str>) -> io::Result<Box<dyn DiskFile>> {
        let file = {
            let mut inner = self.inner();
            if inner.tree.names.contains_key(path) {
                return Err(io::ErrorKind::AlreadyExists.into());
            }
            inner.next += 1;
            inner.next
        };
        self.act(Step::Create(file, path.to_owned()));
        Ok(Box::new(Open { disk: self.clone(), file, locked: false.into() }))
    }

    fn append(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        let file = *self.inner().tree.names.get(path).ok_or_else(missing)?;
        Ok(Box::new(Open { disk: self.clone(), file, locked: false.into() }))
    }

    fn lock_file(&self, path: &str) -> io::Result<Box<dyn DiskFile>> {
        if self.look(path)?.is_none() { self.create(path, None) } else { self.append(path) }
    }

    fn make_folder(&self, path: &str) -> io::Result<()> {
        self.act(Step::MakeFolder(path.to_owned()));
        Ok(())
    }

    fn rename(&self, from: &str, to: &str) -> io::Result<()> {
        if self.look(from)?.is_none() {
            return Err(missing());
        }
        self.act(Step::Rename(from.to_owned(), to.to_owned()));
        Ok(())
    }

    fn remove(&self, path: &str) -> io::Result<()> {
        if self.look(path)?.is_none() {
            return Err(missing());
        }
        self.act(Step::Remove(path.to_owned()));
        Ok(())
    }

    fn remove_folder(&self, _path: &str) -> io::Result<()> {
        Err(io::ErrorKind::Unsupported.into())
    }

    fn sync_folder(&self, folder: &str) -> io::Result<()> {
        self.act(Step::SyncFolder(folder.to_owned()));
        Ok(())
    }
}

/// An open file in memory.
struct Open {
    disk: MemoryDisk,
    file: u64,
    locked: std::sync::atomic::AtomicBool,
}

impl DiskFile for Open {
    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.disk.act(Step::Write(self.file, bytes.to_vec()));
        Ok(())
    }

    fn sync(&mut self) -> io::Result<()> {
        self.disk.act(Step::SyncFile(self.file));
        Ok(())
    }

    fn cut(&mut self, len: u64) -> io::Result<()> {
        self.disk.act(Step::Cut(self.file, usize::try_from(len).unwrap()));
        Ok(())
    }

    fn found(&self) -> io::Result<Found> {
        Ok(self.disk.inner().found(self.file))
    }

    fn try_lock(&self) -> io::Result<bool> {
        let new = self.disk.inner().locked.insert(self.file);
        self.locked.store(new, std::sync::atomic::Ordering::Relaxed);
        Ok(new)
    }

    fn unlock(&self) -> io::Result<()> {
        if self.locked.swap(false, std::sync::atomic::Ordering::Relaxed) {
            self.disk.inner().locked.remove(&self.file);
        }
        Ok(())
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        if self.locked.load(std::sync::atomic::Ordering::Relaxed) {
            self.disk.inner().locked.remove(&self.file);
        }
    }
}
