//! The files of the log: one that is written, and a few older ones, each of bounded size.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// The size at which a log file is put aside, bytes.
const FULL: u64 = 1 << 20;
/// Older files that are kept beside the one that is written.
const OLDER: usize = 3;

/// A log that several processes may write at once: each line is one append.
pub(super) struct LogFile {
    folder: PathBuf,
    full: u64,
    file: File,
}

/// The path of the log that is written (0) or of an older one.
pub(super) fn path(folder: &Path, age: usize) -> PathBuf {
    folder.join(if age == 0 { "jejak.log".to_owned() } else { format!("jejak.{age}.log") })
}

fn opened(folder: &Path) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    OpenOptions::new().create(true).append(true).open(path(folder, 0))
}

impl LogFile {
    pub fn open(folder: &Path) -> io::Result<Self> {
        Self::with_size(folder, FULL)
    }

    fn with_size(folder: &Path, full: u64) -> io::Result<Self> {
        Ok(Self { folder: folder.to_owned(), full, file: opened(folder)? })
    }

    /// Puts a full file aside and begins a new one; where another process has done so, only the latter.
    fn turn_over(&mut self) -> io::Result<()> {
        if fs::metadata(path(&self.folder, 0)).is_ok_and(|file| file.len() >= self.full) {
            for age in (0..OLDER).rev() {
                // A gap in the row of older files is not a fault.
                let _ = fs::rename(path(&self.folder, age), path(&self.folder, age + 1));
            }
        }
        self.file = opened(&self.folder)?;
        Ok(())
    }
}

impl Write for LogFile {
    fn write(&mut self, line: &[u8]) -> io::Result<usize> {
        // The size as it is by now: others may have written, too.
        if self.file.metadata()?.len() >= self.full {
            self.turn_over()?;
        }
        self.file.write(line)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_has_a_bound_and_keeps_the_latest() {
        let folder = tempfile::tempdir().unwrap();
        let mut logs = [0, 1].map(|_| LogFile::with_size(folder.path(), 100).unwrap());
        for line in 0..1000 {
            writeln!(logs[line % 2], "line {line:04}").unwrap();
        }
        let content = |age| fs::read_to_string(path(folder.path(), age)).unwrap();
        let ages: Vec<String> = (0..=OLDER).map(content).collect();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), OLDER + 1);
        assert!(ages.iter().all(|content| content.len() <= 120), "{ages:?}");
        let lines: Vec<&str> = ages.iter().rev().flat_map(|content| content.lines()).collect();
        assert_eq!(lines.last(), Some(&"line 0999"));
        assert!(lines.windows(2).all(|pair| pair[0] < pair[1]), "{lines:?}");
    }
}
