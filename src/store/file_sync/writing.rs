//! Files written: many together, unless others have changed one meanwhile.

use crate::lang::Message;
use std::time::Instant;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::super::file::Stamp;
use super::super::layout::FileKey;
use super::super::messages::{Flushed, Notice};
use super::super::tracked_file::TrackedFile;
use super::super::{atomic, lock};
use super::state::{AGAIN, FileSync};
use crate::message;
use crate::say;

/// The number of files that are written together, under one lock; and of how many the bytes are in memory at a time.
const TOGETHER: usize = 1_024;
const IN_WORDS: usize = 64;

impl FileSync {
    /// Writes everything that is pending.
    pub(super) fn flush(&mut self) -> Flushed {
        let mut failed = None;
        if let Err(gone) = self.disk.here() {
            self.failing = true;
            return Flushed::Failed(say::io(&gone));
        }
        // Where nobody has said what it means that a file is gone, new work in it brings all of it back.
        self.files.values_mut().filter(|file| file.vanished && file.since.is_some()).for_each(TrackedFile::restore);
        let pending = |(key, file): (&FileKey, &TrackedFile)| file.since.filter(|_| !file.unread).map(|_| key.clone());
        let pending: Vec<FileKey> = self.files.iter().filter_map(pending).collect();
        self.write_each(&pending, |file_sync, _, why| {
            file_sync.failing = true;
            failed.get_or_insert(why);
        });
        if let Err(why) = self.write_settings() {
            self.failing = true;
            // In no journal: that another program is at it makes them no safer.
            self.held = false;
            failed = Some(why);
        }
        self.note_kept();
        match failed {
            Some(why) if self.held => Flushed::Held(why),
            Some(why) => Flushed::Failed(why),
            None if self.files.values().any(|file| file.offered.is_some()) => Flushed::Offered,
            None => Flushed::Clean,
        }
    }

    /// Writes files, many of them together, and hands over why one cannot be written. Where another program holds the
    /// lock, it would be waited for anew each time: then the rest comes later.
    pub(super) fn write_each(&mut self, keys: &[FileKey], mut failed: impl FnMut(&mut Self, &FileKey, Message)) {
        for keys in keys.chunks(TOGETHER) {
            for (key, why) in self.write(keys) {
                failed(self, &key, why);
            }
            if self.held {
                return;
            }
        }
    }

    /// Says that a file cannot be written, and tries it again later.
    pub(super) fn fail(&mut self, key: &FileKey, why: Message) {
        if let Some(file) = self.files.get_mut(key) {
            file.again = Some(Instant::now() + AGAIN);
        }
        self.failing = true;
        self.tell(if self.held { Notice::Held(why) } else { Notice::Failed(why) });
    }

    /// Writes what is pending in files, except where others have changed one: then that is offered first. Gives those that
    /// cannot be written, and why.
    fn write(&mut self, keys: &[FileKey]) -> Vec<(FileKey, Message)> {
        self.held = false;
        let here = self.disk.here().map_err(|gone| say::io(&gone));
        let lock = here.and_then(|()| {
            let lock = lock::writing(&*self.disk);
            self.held = lock.as_ref().is_err_and(|error| error.kind() == std::io::ErrorKind::TimedOut);
            lock.map_err(|error| say::io(&error))
        });
        let _lock = match lock {
            Ok(lock) => lock,
            // Another program's lock says the same of each.
            Err(why) => {
                let told = if self.held { &keys[..1] } else { keys };
                let not = |key: &FileKey| (key.clone(), message!("file-not-written", path = key.path(), why = why));
                return told.iter().map(not).collect();
            }
        };
        let mut failed = Vec::new();
        let mut ready = Vec::new();
        for key in keys {
            match self.offer(key, true) {
                Ok(true) => {}
                Ok(false) => ready.push(key),
                Err(why) => failed.push((key.clone(), why)),
            }
        }
        if self.write_together(&ready).is_err() {
            // The one that fails shows where each is written for itself.
            failed.extend(ready.into_iter().filter_map(|key| Some((key.clone(), self.write_alone(key).err()?))));
        }
        failed
    }

    /// Writes files that nobody else has changed, all of them or some of them; see [`atomic::Batch`].
    fn write_together(&mut self, keys: &[&FileKey]) -> std::io::Result<()> {
        let disk = self.disk.clone();
        let mut batch = atomic::Batch::new(&*disk);
        let mut made = Vec::with_capacity(keys.len());
        for keys in keys.chunks(IN_WORDS) {
            let words: Vec<_> =
                keys.par_iter().filter_map(|key| Some((*key, self.files.get(key)?.put(key, &self.project)))).collect();
            for (key, (content, bytes)) in words {
                if let Some(bytes) = &bytes {
                    batch.write(&key.path(), bytes)?;
                }
                made.push((key, content, bytes.map(|bytes| (bytes.len() as u64, Stamp::hash_of(&bytes)))));
            }
        }
        batch.sync()?;
        // That took a while, and not every program asks for the lock.
        let looks_same = |key: &FileKey| Stamp::looks_same(self.files[key].stamp.as_ref(), &*disk, &key.path());
        if !made.iter().all(|(key, ..)| looks_same(key)) {
            return Err(std::io::Error::other(message!("file-changed-just-now")));
        }
        batch.finish()?;
        for (key, content, written) in made {
            let stamp = match written {
                Some((len, hash)) => {
                    Some(disk.look(&key.path())?.map(|found| Stamp { modified: found.modified, len, hash }))
                }
                None => None,
            };
            self.files.entry(key.clone()).and_modify(|file| file.wrote(content, stamp));
        }
        Ok(())
    }

    /// Writes one file, unless others have changed it: then that is offered first.
    fn write_alone(&mut self, key: &FileKey) -> Result<(), Message> {
        if self.offer(key, true)? {
            return Ok(());
        }
        let path = key.path();
        let Some(file) = self.files.get_mut(key) else { return Ok(()) };
        let (content, bytes) = file.put(key, &self.project);
        let stamp = match bytes {
            Some(bytes) => {
                let cannot = |error| message!("file-unwritable", path = path, why = say::io(&error));
                atomic::write_in(&*self.disk, &path, &bytes).map_err(cannot)?;
                Some(self.disk.look(&path).map_err(cannot)?.map(|found| Stamp::new(&found, &bytes)))
            }
            None => None,
        };
        file.wrote(content, stamp);
        Ok(())
    }
}
