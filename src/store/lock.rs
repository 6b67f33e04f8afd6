//! One writer for each annotator of a project, and one at a time for each file that several may write.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read};
use std::path::Path;
use std::time::{Duration, Instant};

use super::{OpenError, atomic};
use crate::model::Timestamp;

/// How long one waits for another who writes, before it counts as a failure.
const PATIENCE: Duration = Duration::from_secs(5);

/// A lock that is held until it is dropped, or the process ends in whatever way.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

/// Takes the place of `annotator` in the project; `folder` is the program's own folder for them.
pub(super) fn take(folder: &Path, annotator: &str) -> Result<Lock, OpenError> {
    let io_error = |path: &Path, why| OpenError::Io { file: path.display().to_string(), why };
    let path = folder.join("lock");
    let who = folder.join("lock.who");
    let file = open(&path).map_err(|why| io_error(&path, why))?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => {
            let mut by = String::new();
            let read = File::open(&who).and_then(|file| file.take(500).read_to_string(&mut by));
            let unknown = read.is_err() || by.is_empty();
            let by = if unknown { "another window or program".to_owned() } else { by.trim().to_owned() };
            return Err(OpenError::Locked { annotator: annotator.to_owned(), by });
        }
        Err(TryLockError::Error(why)) => return Err(io_error(&path, why)),
    }
    // Beside the lock and not in it: some systems let nobody read a file that is locked.
    // Where it cannot be written (a full disk), the next one who comes is told less; the lock holds all the same.
    let _ = atomic::write(&who, myself().as_bytes());
    Ok(Lock { _file: file })
}

/// Waits for the right to replace files of the project.
///
/// # Errors
/// What the system says, or that somebody else holds it for too long.
pub(super) fn writing(root: &Path) -> io::Result<Lock> {
    let folder = root.join(".jejak");
    atomic::make_folder(&folder)?;
    let file = open(&folder.join("write.lock"))?;
    let start = Instant::now();
    loop {
        match file.try_lock() {
            Ok(()) => return Ok(Lock { _file: file }),
            Err(TryLockError::Error(error)) => return Err(error),
            Err(TryLockError::WouldBlock) if start.elapsed() > PATIENCE => {
                return Err(io::Error::new(io::ErrorKind::TimedOut, "another program is writing to the project"));
            }
            Err(TryLockError::WouldBlock) => std::thread::sleep(Duration::from_millis(5)),
        }
    }
}

fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().write(true).create(true).truncate(false).open(path)
}

/// Who and where this process is, in words.
fn myself() -> String {
    let variable = |names: &[&str]| names.iter().find_map(|name| std::env::var(name).ok()).filter(|it| !it.is_empty());
    let user = variable(&["USER", "LOGNAME", "USERNAME"]).unwrap_or_else(|| "somebody".into());
    let host = std::fs::read_to_string("/proc/sys/kernel/hostname").ok().map(|host| host.trim().to_owned());
    let host = host.or_else(|| variable(&["HOSTNAME", "COMPUTERNAME"])).unwrap_or_else(|| "this machine".into());
    format!("{user} on {host}, process {}, since {}", std::process::id(), Timestamp::now())
}
