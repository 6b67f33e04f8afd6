//! Many files at once.

use std::collections::BTreeSet;
use std::io;

use super::super::disk::{self, Disk, DiskFile};
use super::{allow, make_folder, temporary, write_new};

/// Many files of a project at once: written beside their places, made safe together at the end, and only then put
/// there. Dropped before that, it leaves nothing behind.
///
/// Few files are made safe several at a time. To do so for each of many would take most of the time: from a number on they
/// are closed as they are, and the whole disk is asked once, where that can be relied on.
pub(in super::super) struct Batch<'a> {
    disk: &'a dyn Disk,
    /// The place where each file lies for the time being, and where it will.
    files: Vec<(String, String)>,
    /// The folder of the last file, and whether the whole disk that it is on can be asked.
    folder: Option<(String, bool)>,
    /// Files that are not safe yet, each with whether the whole disk that it is on can be asked.
    open: Vec<(bool, Box<dyn DiskFile>)>,
    /// True where files were closed without being safe, so that the disk has to be asked.
    owes: bool,
}

impl<'a> Batch<'a> {
    /// Files that are open at a time.
    const OPEN: usize = 64;
    /// Files that are made safe at a time.
    const SIDE_BY_SIDE: usize = 8;

    /// Nothing yet.
    pub fn new(disk: &'a dyn Disk) -> Self {
        Self { disk, files: Vec::new(), folder: None, open: Vec::new(), owes: false }
    }

    /// Writes a file that [`Batch::finish`] puts into its place, with the folders that it needs. Of two for one place
    /// the later one counts.
    ///
    /// # Errors
    /// The system's error, or that the path is refused; the file is as it was then.
    pub fn write(&mut self, path: &str, bytes: &[u8]) -> io::Result<()> {
        let folder = disk::parent(path);
        let whole = match &self.folder {
            Some((made, whole)) if made == folder => *whole,
            _ => {
                make_folder(self.disk, folder)?;
                let device = |path| Ok::<_, io::Error>(self.disk.look(path)?.map(|found| found.id.device));
                let whole = self.disk.syncs_as_a_whole() && device(folder)? == device("")?;
                self.folder = Some((folder.to_owned(), whole));
                whole
            }
        };
        let like = allow(self.disk, path)?;
        let temporary = temporary(path);
        self.files.push((temporary.clone(), path.to_owned()));
        let file = write_new(self.disk, &temporary, like, bytes)?;
        if self.owes && whole {
            return Ok(());
        }
        self.open.push((whole, file));
        if self.open.len() < Self::OPEN {
            return Ok(());
        }
        // So many are worth asking the whole disk, which then makes these safe, too.
        self.owes |= self.open.iter().any(|(whole, _)| *whole);
        self.open.retain(|(whole, _)| !whole);
        if self.open.len() >= Self::OPEN { self.sync_open() } else { Ok(()) }
    }

    /// Makes all files safe that were written so far, beside their places.
    ///
    /// # Errors
    /// The system's error; none of them counts as safe then.
    pub fn sync(&mut self) -> io::Result<()> {
        if self.owes {
            self.disk.sync_whole()?;
            self.owes = false;
        }
        self.sync_open()
    }

    /// Makes all files safe and puts them into their places, whose names are safe then, too.
    ///
    /// # Errors
    /// The system's error; files may have been put into their places, each of them whole.
    pub fn finish(mut self) -> io::Result<()> {
        self.sync()?;
        self.files.sort();
        self.files.dedup();
        let mut put = 0;
        let mut result = Ok(());
        for (temporary, path) in &self.files {
            result = self.disk.rename(temporary, path);
            if result.is_err() {
                break;
            }
            put += 1;
        }
        let done: Vec<_> = self.files.drain(..put).collect();
        result?;
        let folders: BTreeSet<&str> = done.iter().map(|(_, path)| disk::parent(path)).collect();
        folders.into_iter().try_for_each(|folder| self.disk.sync_folder(folder))
    }

    /// Several at a time, which then share what the disk does for one.
    fn sync_open(&mut self) -> io::Result<()> {
        let mut files = std::mem::take(&mut self.open);
        let each = files.len().div_ceil(Self::SIDE_BY_SIDE).max(1);
        let sync = |files: &mut [(bool, Box<dyn DiskFile>)]| files.iter_mut().try_for_each(|(_, file)| file.sync());
        if each == 1 {
            return sync(&mut files);
        }
        std::thread::scope(|scope| {
            let threads: Vec<_> = files.chunks_mut(each).map(|files| scope.spawn(move || sync(files))).collect();
            let done = |thread: std::thread::ScopedJoinHandle<'_, io::Result<()>>| {
                thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
            };
            threads.into_iter().try_for_each(done)
        })
    }
}

impl Drop for Batch<'_> {
    fn drop(&mut self) {
        self.open.clear();
        for (temporary, _) in &self.files {
            // A file that cannot be removed is replaced next time.
            let _ = self.disk.remove(temporary);
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::super::super::disk::Folder;
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let names = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let mut names: Vec<String> = names.collect();
        names.sort();
        names
    }

    /// Few files, so many that the disk is asked, and on a disk that cannot be, whatever there is here.
    #[test]
    fn all_files_come_into_their_places_at_the_end() {
        for (count, asked) in [(3, true), (Batch::OPEN * 2 + 7, true), (Batch::OPEN * 2 + 7, false)] {
            let dir = tempfile::tempdir().unwrap();
            let disk = Folder::open(dir.path()).unwrap();
            let path = |n: usize| format!("{}/{n}.txt", n % 3);
            let mut batch = Batch::new(&disk);
            for n in 0..count {
                if !asked {
                    make_folder(&disk, disk::parent(&path(n))).unwrap();
                    batch.folder = Some((disk::parent(&path(n)).to_owned(), false));
                }
                batch.write(&path(n), format!("text {n}").as_bytes()).unwrap();
                assert!(!dir.path().join(path(n)).exists());
            }
            batch.write(&path(0), b"another").unwrap();
            batch.finish().unwrap();
            let read = |n| fs::read_to_string(dir.path().join(path(n))).unwrap();
            assert_eq!(read(0), "another");
            assert!((1..count).all(|n| read(n) == format!("text {n}")));
            let there: usize = (0..3).map(|n| names(&dir.path().join(n.to_string())).len()).sum();
            assert_eq!(there, count, "nothing else is there");
        }
    }

    #[test]
    fn what_is_dropped_or_fails_leaves_nothing_behind() {
        let dir = tempfile::tempdir().unwrap();
        let disk = Folder::open(dir.path()).unwrap();
        let old = dir.path().join("old.txt");
        let mut first = Batch::new(&disk);
        first.write("old.txt", b"old").unwrap();
        first.finish().unwrap();
        let mut dropped = Batch::new(&disk);
        dropped.write("old.txt", b"new").unwrap();
        dropped.write("new.txt", b"new").unwrap();
        drop(dropped);
        assert_eq!((names(dir.path()), fs::read(&old).unwrap()), (vec!["old.txt".to_owned()], b"old".to_vec()));
        fs::create_dir(dir.path().join("taken")).unwrap();
        let mut failing = Batch::new(&disk);
        failing.write("taken", b"a folder is in its place").unwrap_err();
        drop(failing);
        assert_eq!(names(dir.path()), ["old.txt", "taken"]);
    }
}
