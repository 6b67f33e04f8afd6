//! One writer for each annotator of a project, and one at a time for each file that several may write.

use crate::lang::Message;
use std::io;
use std::time::{Duration, Instant};

use super::disk::{Disk, DiskFile, FileId};
use super::{OpenError, atomic};
use crate::message;
use crate::model::Timestamp;

/// The time that one waits for another who writes, before it counts as a failure.
const PATIENCE: Duration = Duration::from_secs(5);

/// The same where somebody adds articles, of which there may be many.
const LONG_PATIENCE: Duration = Duration::from_secs(120);

/// A lock that is held until it is dropped, or the process ends in whatever way.
pub(super) struct Lock {
    file: Box<dyn DiskFile>,
    path: String,
}

impl std::fmt::Debug for Lock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Lock({})", self.path)
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Where that fails, the closing of the file does it.
        let _ = self.file.unlock();
    }
}

impl Lock {
    /// True while the lock's file is the one that others would lock.
    pub fn stands(&self, disk: &dyn Disk) -> io::Result<bool> {
        Ok(id_at(disk, &self.path)? == Some(self.file.found()?.id))
    }
}

/// Takes the place of `annotator` in the project; `folder` is the program's own folder for them.
pub(super) fn take(disk: &dyn Disk, folder: &str, annotator: &str) -> Result<Lock, OpenError> {
    let path = format!("{folder}/lock");
    let who = format!("{folder}/lock.who");
    let locked = try_take(disk, &path).map_err(|why| OpenError::Io { file: path.clone(), why })?;
    let Some(lock) = locked else {
        let by = disk.read(&who, 500).ok().flatten().map(|(by, _)| String::from_utf8_lossy(&by).trim().to_owned());
        let by = by.filter(|by| !by.is_empty()).map_or_else(|| message!("another-program"), Message::verbatim);
        return Err(OpenError::Locked { annotator: annotator.to_owned(), by });
    };
    // Beside the lock and not in it: some systems let nobody read a file that is locked.
    // Where it cannot be written (a full disk), the next one who comes is told less; the lock holds all the same.
    let _ = atomic::write_in(disk, &who, myself().as_bytes());
    Ok(lock)
}

/// Takes the place again whose lock another program has taken away.
///
/// # Errors
/// The system's error, or that somebody else has come meanwhile.
pub(super) fn take_again(disk: &dyn Disk, folder: &str) -> io::Result<Lock> {
    let taken = || io::Error::other(message!("lock-taken"));
    try_take(disk, &format!("{folder}/lock"))?.ok_or_else(taken)
}

/// Locks a file, unless somebody else has.
fn try_take(disk: &dyn Disk, path: &str) -> io::Result<Option<Lock>> {
    loop {
        let file = disk.lock_file(path)?;
        if !file.try_lock()? {
            return Ok(None);
        }
        let lock = Lock { file, path: path.to_owned() };
        // Another program may have put another file there before this one was locked.
        if lock.stands(disk)? {
            return Ok(Some(lock));
        }
    }
}

/// True where a session of this annotator is open somewhere; `folder` is the program's own folder for them.
pub(super) fn taken(disk: &dyn Disk, folder: &str) -> io::Result<bool> {
    let path = format!("{folder}/lock");
    if disk.look(&path)?.is_none() {
        return Ok(false);
    }
    let file = disk.lock_file(&path)?;
    let free = file.try_lock()?;
    if free {
        file.unlock()?;
    }
    Ok(!free)
}

/// Waits for the right to replace files of the project.
///
/// # Errors
/// The system's error, or that somebody else holds it for too long.
pub(super) fn writing(disk: &dyn Disk) -> io::Result<Lock> {
    wait_for(disk, ".jejak/write.lock", PATIENCE, message!("lock-writing"))
}

/// Waits for the right to give numbers to new articles.
///
/// # Errors
/// The system's error, or that somebody else holds it for too long.
pub(super) fn numbering(disk: &dyn Disk) -> io::Result<Lock> {
    wait_for(disk, ".jejak/articles.lock", LONG_PATIENCE, message!("lock-adding"))
}

fn wait_for(disk: &dyn Disk, path: &str, patience: Duration, why: Message) -> io::Result<Lock> {
    atomic::make_folder(disk, ".jejak")?;
    let start = Instant::now();
    loop {
        match try_take(disk, path)? {
            Some(lock) => return Ok(lock),
            None if start.elapsed() > patience => return Err(io::Error::new(io::ErrorKind::TimedOut, why)),
            None => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn id_at(disk: &dyn Disk, path: &str) -> io::Result<Option<FileId>> {
    Ok(disk.look(path)?.map(|found| found.id))
}

/// The description of this process, in words.
fn myself() -> String {
    let variable = |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok()).filter(|it| !it.is_empty());
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "somebody".into());
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").ok().map(|host| host.trim().to_owned());
    let host = host.or_else(|| variable(&["HOSTNAME", "COMPUTERNAME"])).unwrap_or_else(|| "this machine".into());
    format!("{user} on {host}, process {}, since {}", std::process::id(), Timestamp::now())
}
