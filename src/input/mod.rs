//! Files and folders that a person names: nothing of them is waited for, and nothing is read without end.
//!
//! A name may be that of a pipe, whose other end nobody opens, or of a device that never ends; and a file may grow
//! while it is read. So what was opened is looked at, not only what the name stood for before, and reading ends where
//! the file ended when it was opened.

mod archive;
mod walk;

use crate::lang::Message;
use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Read};
use std::path::Path;

pub use archive::{ArchiveBounds, ArchiveKind, Unpacking, unpack};
pub use walk::walk;

use crate::message;
use crate::say;

/// A regular file, open for reading. To read beyond the size that it had when it was opened, or to find less, is an
/// error.
#[derive(Debug)]
pub struct Input {
    file: File,
    size: u64,
    left: u64,
}

impl Input {
    /// Its size when it was opened, bytes.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }
}

impl Read for Input {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        if self.left == 0 {
            return if self.file.read(&mut [0])? == 0 { Ok(0) } else { Err(changed()) };
        }
        let most = usize::try_from(self.left).unwrap_or(usize::MAX).min(buffer.len());
        let got = self.file.read(&mut buffer[..most])?;
        if got == 0 {
            return Err(changed());
        }
        self.left -= got as u64;
        Ok(got)
    }
}

/// Opens a regular file of at most `max` bytes; links are followed.
///
/// # Errors
/// The system's error, or in half a sentence that it is a folder, pipe, device or socket, or too large.
pub fn open(path: &Path, max: u64) -> io::Result<Input> {
    // Looked at first, for to open a device can be to change it.
    allow(&std::fs::metadata(path)?)?;
    let mut options = OpenOptions::new();
    options.read(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;

        use rustix::fs::OFlags;

        // A pipe may have come under this name since: then this does not wait for its other end.
        options.custom_flags((OFlags::NONBLOCK | OFlags::NOCTTY).bits().cast_signed());
    }
    let file = options.open(path)?;
    let metadata = file.metadata()?;
    allow(&metadata)?;
    let size = metadata.len();
    allow_size(size, max)?;
    Ok(Input { file, size, left: size })
}

/// Reads a regular file of at most `max` bytes.
///
/// # Errors
/// As [`open`], or that the file was changed meanwhile.
pub fn read(path: &Path, max: u64) -> io::Result<Vec<u8>> {
    let mut file = open(path, max)?;
    let mut bytes = Vec::with_capacity(usize::try_from(file.size()).unwrap_or_default());
    file.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Reads a regular file of at most `max` bytes as text; a byte order mark is kept.
///
/// # Errors
/// As [`read`], or that it is not UTF-8, with the line.
pub fn text(path: &Path, max: u64) -> io::Result<String> {
    utf8(read(path, max)?).map_err(|why| io::Error::new(io::ErrorKind::InvalidData, why))
}

/// The text of bytes that must be UTF-8.
///
/// # Errors
/// If they are not: half a sentence with the line.
pub fn utf8(bytes: Vec<u8>) -> Result<String, Message> {
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
        message!("input-not-utf8", line = line)
    })
}

/// Says why a file cannot be read, in half a sentence: the system's words, without its number, or those of this module.
#[must_use]
pub fn why(error: &io::Error) -> Message {
    let said = say::io(error);
    if error.get_ref().is_some() { said } else { message!("input-unreadable", said = said) }
}

/// Refuses more than `max` bytes.
///
/// # Errors
/// If it is too large.
pub fn allow_size(bytes: u64, max: u64) -> io::Result<()> {
    if bytes <= max {
        return Ok(());
    }
    let why = message!("input-too-large", bytes = bytes, max = max);
    Err(io::Error::new(io::ErrorKind::FileTooLarge, why))
}

fn allow(metadata: &Metadata) -> io::Result<()> {
    let why = if metadata.is_dir() { message!("input-folder") } else { not_regular() };
    if metadata.is_file() { Ok(()) } else { Err(io::Error::new(io::ErrorKind::InvalidInput, why)) }
}

/// Said of pipes, devices and sockets.
fn not_regular() -> Message {
    message!("input-not-regular")
}

fn changed() -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, message!("input-changed"))
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    #[test]
    fn a_file_ends_where_it_ended_when_it_was_opened() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&[b'x'; 10]).unwrap();
        assert_eq!(read(file.path(), 10).unwrap(), [b'x'; 10]);
        let mut open = open(file.path(), 10).unwrap();
        let mut start = [0; 4];
        open.read_exact(&mut start).unwrap();
        file.write_all(b"more").unwrap();
        let mut rest = Vec::new();
        assert_eq!(open.read_to_end(&mut rest).unwrap_err().to_string(), changed().to_string());
        assert_eq!(rest, [b'x'; 6]);
        assert_eq!(
            read(file.path(), 10).unwrap_err().to_string(),
            "it has 14 bytes, more than the 10 that a file of this kind may have"
        );
    }

    #[test]
    fn a_file_that_became_shorter_is_not_taken_for_whole() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&[b'x'; 10]).unwrap();
        let mut open = open(file.path(), 10).unwrap();
        file.as_file().set_len(3).unwrap();
        assert_eq!(open.read_to_end(&mut Vec::new()).unwrap_err().to_string(), changed().to_string());
    }

    #[test]
    fn what_is_not_utf8_has_a_line() {
        assert_eq!(utf8(b"a\nb\xff".to_vec()).unwrap_err().to_string(), "it is not UTF-8 (line 2)");
        assert_eq!(utf8("\u{feff}a".into()).unwrap(), "\u{feff}a");
    }
}
