//! Many files at once.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::{make_folder, really, sync_folder, temporary, write_new};

/// Many files at once: written beside their places, made safe together at the end, and only then put there. Dropped before
/// that, it leaves nothing behind.
///
/// To make each file safe by itself would take most of the time, since a disk is asked to do so once for each. So the files
/// are closed as they are, and the whole disk is asked once; where that cannot be relied on, several files at a time.
#[derive(Debug, Default)]
pub struct Batch {
    /// Where each file lies for the time being, and where it will.
    files: Vec<(PathBuf, PathBuf)>,
    /// The folder of the last file, and whether [`Batch::disk`] is the one that it is on.
    folder: Option<(PathBuf, bool)>,
    /// Files that are not safe yet.
    open: Vec<File>,
    disk: Option<Disk>,
    /// Whether files were closed without being safe, so that the disk has to be asked.
    owes: bool,
}

impl Batch {
    /// Files that are open at a time.
    const OPEN: usize = 64;
    /// Files that are made safe at a time.
    const SIDE_BY_SIDE: usize = 8;

    /// Writes a file that [`Batch::finish`] puts into its place, with the folders that it needs. Of two for one place the
    /// later one counts.
    ///
    /// # Errors
    /// What the system says; the file is as it was then.
    pub fn write(&mut self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let (path, there) = really(path)?;
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let on_disk = match &self.folder {
            Some((made, on_disk)) if made == folder => *on_disk,
            _ => {
                make_folder(folder)?;
                if self.files.is_empty() {
                    // Before anything is written: it is told what goes wrong from now on.
                    self.disk = Disk::of(folder);
                }
                let on_disk = self.disk.as_ref().is_some_and(|disk| disk.has(fs::metadata(folder)));
                self.folder = Some((folder.to_owned(), on_disk));
                on_disk
            }
        };
        let temporary = temporary(&path);
        self.files.push((temporary.clone(), path));
        let file = write_new(&temporary, there.as_ref(), bytes)?;
        if on_disk && self.files.len() > Self::OPEN {
            self.owes = true;
            return Ok(());
        }
        self.open.push(file);
        if self.open.len() >= Self::OPEN && !on_disk { self.sync_open() } else { Ok(()) }
    }

    /// Makes all files safe and puts them into their places, whose names are safe then, too.
    ///
    /// # Errors
    /// What the system says; files may have been put into their places, each of them whole.
    pub fn finish(mut self) -> io::Result<()> {
        if let Some(disk) = self.disk.take().filter(|_| self.owes) {
            disk.sync()?;
            // What is on the disk is safe with it.
            self.open.retain(|file| !disk.has(file.metadata()));
        }
        self.sync_open()?;
        self.files.sort();
        self.files.dedup();
        let mut put = 0;
        let mut result = Ok(());
        for (temporary, path) in &self.files {
            result = fs::rename(temporary, path);
            if result.is_err() {
                break;
            }
            put += 1;
        }
        let done: Vec<_> = self.files.drain(..put).collect();
        result?;
        let mut folders: Vec<&Path> = done.iter().map(|(_, path)| path.as_path()).collect();
        folders.dedup_by(|a, b| a.parent() == b.parent());
        folders.into_iter().try_for_each(sync_folder)
    }

    /// Several at a time, which then share what the disk does for one.
    fn sync_open(&mut self) -> io::Result<()> {
        let files = std::mem::take(&mut self.open);
        let each = files.len().div_ceil(Self::SIDE_BY_SIDE).max(1);
        if each == 1 {
            return files.iter().try_for_each(File::sync_all);
        }
        std::thread::scope(|scope| {
            let sync = |files: &[File]| files.iter().try_for_each(File::sync_all);
            let threads: Vec<_> = files.chunks(each).map(|files| scope.spawn(move || sync(files))).collect();
            let done = |thread: std::thread::ScopedJoinHandle<'_, io::Result<()>>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            threads.into_iter().try_for_each(done)
        })
    }
}

impl Drop for Batch {
    fn drop(&mut self) {
        self.open.clear();
        for (temporary, _) in &self.files {
            // What cannot be removed is overwritten next time.
            let _ = fs::remove_file(temporary);
        }
    }
}

/// A disk that can be asked to make safe all that was written to it.
#[cfg(target_os = "linux")]
#[derive(Debug)]
struct Disk {
    folder: File,
    number: u64,
}

#[cfg(target_os = "linux")]
impl Disk {
    /// Kinds of disks that are known to do so: ext2 to ext4, XFS, Btrfs, and memory. Those of a network may not.
    const KNOWN: [i64; 4] = [0xEF53, 0x5846_5342, 0x9123_683E, 0x0102_1994];
    /// From this version on Linux tells whoever asks what went wrong with any of the files.
    const TELLS: (u32, u32) = (5, 8);

    /// The disk of a folder; none where one cannot rely on it.
    fn of(folder: &Path) -> Option<Self> {
        let folder = File::open(folder).ok()?;
        let number = number(&folder.metadata().ok()?);
        let kind = rustix::fs::fstatfs(&folder).ok()?.f_type;
        let version = fs::read_to_string("/proc/sys/kernel/osrelease").ok()?;
        let mut parts = version.split(['.', '-']).map_while(|part| part.parse::<u32>().ok());
        let tells = (parts.next()?, parts.next()?) >= Self::TELLS;
        (tells && Self::KNOWN.contains(&kind)).then_some(Self { folder, number })
    }

    /// Whether this file or folder is on it.
    fn has(&self, metadata: io::Result<fs::Metadata>) -> bool {
        metadata.is_ok_and(|metadata| number(&metadata) == self.number)
    }

    fn sync(&self) -> io::Result<()> {
        Ok(rustix::fs::syncfs(&self.folder)?)
    }
}

#[cfg(target_os = "linux")]
fn number(metadata: &fs::Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::dev(metadata)
}

/// Elsewhere no system is known to tell what went wrong, so that each file is made safe by itself.
#[cfg(not(target_os = "linux"))]
#[derive(Debug)]
enum Disk {}

#[cfg(not(target_os = "linux"))]
impl Disk {
    fn of(_: &Path) -> Option<Self> {
        None
    }

    fn has(&self, _: io::Result<fs::Metadata>) -> bool {
        match *self {}
    }

    fn sync(&self) -> io::Result<()> {
        match *self {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// Few files, so many that the disk is asked, and on a disk of another kind, whatever there is here.
    #[test]
    fn all_files_come_into_their_places_at_the_end() {
        for (count, asked) in [(3, true), (Batch::OPEN * 2 + 7, true), (Batch::OPEN * 2 + 7, false)] {
            let folder = tempfile::tempdir().unwrap();
            let path = |n: usize| folder.path().join(format!("{}/{n}.txt", n % 3));
            let mut batch = Batch::default();
            for n in 0..count {
                batch.write(&path(n), format!("text {n}").as_bytes()).unwrap();
                if !asked {
                    batch.disk = None;
                    batch.folder = None;
                }
                assert!(!path(n).exists());
            }
            batch.write(&path(0), b"another").unwrap();
            batch.finish().unwrap();
            let read = |n| fs::read_to_string(path(n)).unwrap();
            assert_eq!(read(0), "another");
            assert!((1..count).all(|n| read(n) == format!("text {n}")));
            let there: usize = (0..3).map(|n| names(&folder.path().join(n.to_string())).len()).sum();
            assert_eq!(there, count, "nothing else is there");
        }
    }

    #[test]
    fn what_is_dropped_or_fails_leaves_nothing_behind() {
        let folder = tempfile::tempdir().unwrap();
        let old = folder.path().join("old.txt");
        let mut first = Batch::default();
        first.write(&old, b"old").unwrap();
        first.finish().unwrap();
        let mut dropped = Batch::default();
        dropped.write(&old, b"new").unwrap();
        dropped.write(&folder.path().join("new.txt"), b"new").unwrap();
        drop(dropped);
        assert_eq!((names(folder.path()), fs::read(&old).unwrap()), (vec!["old.txt".to_owned()], b"old".to_vec()));
        let mut failing = Batch::default();
        fs::create_dir(folder.path().join("taken")).unwrap();
        failing.write(&folder.path().join("taken"), b"a folder is in its place").unwrap();
        failing.finish().unwrap_err();
        assert_eq!(names(folder.path()), ["old.txt", "taken"]);
    }
}
