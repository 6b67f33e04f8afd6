//! The source of an import: files of a disk, or memory.

use crate::lang::Message;
use crate::message;
use std::collections::HashSet;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::archive;
use super::files::Memory;
use crate::input;

/// The files of an import, by name.
#[derive(Debug, Default)]
pub struct ImportFiles {
    files: Vec<(String, SourceContent)>,
    left_out: Vec<(String, Message)>,
    /// True where nobody wants what is read any more.
    stop: Arc<AtomicBool>,
}

#[derive(Debug)]
enum SourceContent {
    Disk(PathBuf),
    Memory(Vec<u8>),
}

impl SourceContent {
    fn bytes(&self) -> u64 {
        match self {
            Self::Disk(path) => std::fs::metadata(path).map_or(0, |meta| meta.len()),
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// All of it; an error where it is larger than [`WHOLE_BYTES`].
    fn whole(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(path) => input::read(path, WHOLE_BYTES),
            Self::Memory(bytes) => input::allow_size(bytes.len() as u64, WHOLE_BYTES).map(|()| bytes.clone()),
        }
    }
}

/// Bytes of one file that is read as a whole; larger ones are refused.
const WHOLE_BYTES: u64 = 256 << 20;
/// Bytes of one file that is read piece by piece; larger ones are refused.
const FILE_BYTES: u64 = 16 << 30;
/// Bytes of one line; longer ones are left out.
const LINE_BYTES: u64 = 64 << 20;
/// Files of one import.
const FILES: usize = 1_000_000;

impl ImportFiles {
    /// These files, and all files in those of them that are folders, as [`input::walk`] finds them, or archives.
    ///
    /// # Errors
    /// If a path cannot be read or is no regular file or folder, in one sentence.
    pub fn of_paths(paths: &[PathBuf]) -> Result<Self, Message> {
        let mut source = Self::default();
        for path in paths {
            if path.is_dir() {
                source.add_folder(path)?;
            } else if archive::is_archive(path) {
                source.add_archive(path, paths.len() > 1)?;
            } else {
                input::open(path, FILE_BYTES)
                    .map_err(|error| message!("file-why", file = path.display(), why = input::why(&error)))?;
                let short = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let taken = source.files.iter().any(|(name, _)| *name == short);
                let name = if taken { path.to_string_lossy().into_owned() } else { short };
                source.files.push((name, SourceContent::Disk(path.clone())));
            }
        }
        source.add_texts();
        source.files.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(source)
    }

    /// Adds the texts that lie beside files of brat's that are named alone.
    fn add_texts(&mut self) {
        let there: HashSet<&str> = self.names().collect();
        let mut beside = Vec::new();
        for (name, content) in &self.files {
            let (Some(stem), SourceContent::Disk(path)) = (name.strip_suffix(".ann"), content) else { continue };
            let (text, path) = (format!("{stem}.txt"), path.with_extension("txt"));
            if !there.contains(&*text) && input::open(&path, FILE_BYTES).is_ok() {
                beside.push((text, SourceContent::Disk(path)));
            }
        }
        self.files.extend(beside);
    }

    /// Adds the files of an archive, below its name where there is more than it.
    fn add_archive(&mut self, path: &Path, several: bool) -> Result<(), Message> {
        let unpacked = archive::unpack(path).map_err(|why| message!("file-why", file = path.display(), why = why))?;
        let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
        let below = |name: String| if several { format!("{stem}/{name}") } else { name };
        for (name, bytes) in unpacked.files {
            let manifest = name.rsplit('/').next() == Some("manifest.json") && bytes.starts_with(MANIFEST.as_bytes());
            if !manifest {
                self.files.push((below(name), SourceContent::Memory(bytes)));
            }
        }
        self.left_out.extend(unpacked.left_out.into_iter().map(|(name, why)| (below(name), why)));
        Ok(())
    }

    fn add_folder(&mut self, folder: &Path) -> Result<(), Message> {
        let mut many = false;
        input::walk(folder, true, &mut |path, met| {
            match met {
                Ok(()) if is_manifest(path) => {}
                Ok(()) => self.files.push((name_in(folder, path), SourceContent::Disk(path.to_owned()))),
                Err(why) => self.left_out.push((name_in(folder, path), why)),
            }
            many = self.files.len() + self.left_out.len() > FILES;
            !many
        });
        if many { Err(message!("source-files", path = folder.display(), files = FILES)) } else { Ok(()) }
    }

    /// The same, which is read no further, even within a file, once this flag is set.
    #[must_use]
    pub fn stopped_by(self, stop: Arc<AtomicBool>) -> Self {
        Self { stop, ..self }
    }

    /// Has nothing more read.
    pub fn stop(&self) {
        self.stop.store(true, Ordering::Relaxed);
    }

    /// True where nothing more is to be read: what was read so far is not all.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed)
    }

    /// The files in folders that are not read, each by its name with the reason in half a sentence.
    pub fn left_out(&self) -> impl Iterator<Item = (&str, &Message)> {
        self.left_out.iter().map(|(name, why)| (name.as_str(), why))
    }

    /// The names of all files, sorted.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.files.iter().map(|(name, _)| name.as_str())
    }

    /// The names that end in one of these extensions (without the dot); all where there is but one file.
    #[must_use]
    pub fn with_extension(&self, extensions: &[&str]) -> Vec<&str> {
        let fits = |name: &&str| {
            let extension = name.rsplit_once('.').map(|(_, extension)| extension.to_lowercase());
            self.files.len() == 1 || extension.is_some_and(|extension| extensions.contains(&&*extension))
        };
        self.names().filter(fits).collect()
    }

    /// True where there is a file of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&SourceContent> {
        let at = self.files.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
        Some(&self.files[at].1)
    }

    /// Bytes of a file; 0 where it is not there.
    pub(super) fn bytes(&self, name: &str) -> u64 {
        self.find(name).map_or(0, SourceContent::bytes)
    }

    /// True where there are more files than this, or together they have more bytes than this.
    pub(super) fn is_more_than(&self, files: usize, bytes: u64) -> bool {
        self.files.len() > files || self.files.iter().map(|(_, content)| content.bytes()).sum::<u64>() > bytes
    }

    /// Opens a file.
    ///
    /// # Errors
    /// If it is not there or cannot be read.
    pub fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
        let file = self.find(name).ok_or(io::ErrorKind::NotFound)?;
        Ok(match file {
            // A larger buffer makes many small files slow: whoever manages memory tidies up after each.
            SourceContent::Disk(path) => {
                let file = BufReader::with_capacity(1 << 15, input::open(path, FILE_BYTES)?);
                Box::new(Stoppable { file, stop: &self.stop })
            }
            SourceContent::Memory(bytes) => Box::new(Stoppable { file: bytes.as_slice(), stop: &self.stop }),
        })
    }

    /// A whole file as text; a byte order mark is kept.
    ///
    /// # Errors
    /// If it cannot be read, is too large, or is not UTF-8, in one sentence without the file's name.
    pub fn text(&self, name: &str) -> Result<String, Message> {
        let bytes = self.find(name).ok_or_else(|| io::ErrorKind::NotFound.into()).and_then(SourceContent::whole);
        // It takes longer to make something of it than to read it.
        let bytes = bytes.and_then(|bytes| if self.is_stopped() { Err(stopped()) } else { Ok(bytes) });
        input::utf8(bytes.map_err(|error: io::Error| input::why(&error))?)
    }

    /// Hands each line with its number (from 1), without its end, to `each`; one that is too long or not UTF-8 is
    /// handed over as a sentence.
    ///
    /// # Errors
    /// The system's error.
    pub fn lines(&self, name: &str, each: &mut dyn FnMut(u32, Result<&str, Message>)) -> io::Result<()> {
        let mut file = self.open(name)?;
        let mut bytes = Vec::new();
        let mut number = 0;
        loop {
            bytes.clear();
            let read = file.by_ref().take(LINE_BYTES).read_until(b'\n', &mut bytes)?;
            if read == 0 {
                return Ok(());
            }
            number += 1;
            if read as u64 == LINE_BYTES && !bytes.ends_with(b"\n") {
                skip_line(&mut *file)?;
                each(number, Err(message!("line-long", size = LINE_BYTES >> 20)));
                continue;
            }
            let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            each(number, std::str::from_utf8(line).map_err(|_| message!("line-not-utf8")));
        }
    }
}

/// A file that is read no further once nobody wants it.
struct Stoppable<'a, F> {
    file: F,
    stop: &'a AtomicBool,
}

fn stopped() -> io::Error {
    io::Error::other(message!("reading-stopped"))
}

impl<F: BufRead> Read for Stoppable<'_, F> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.stop.load(Ordering::Relaxed) { Err(stopped()) } else { self.file.read(buffer) }
    }
}

impl<F: BufRead> BufRead for Stoppable<'_, F> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.stop.load(Ordering::Relaxed) { Err(stopped()) } else { self.file.fill_buf() }
    }

    fn consume(&mut self, amount: usize) {
        self.file.consume(amount);
    }
}

fn skip_line(file: &mut dyn BufRead) -> io::Result<()> {
    loop {
        let buffer = file.fill_buf()?;
        let (used, done) = match buffer.iter().position(|&byte| byte == b'\n') {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        file.consume(used);
        if done {
            return Ok(());
        }
    }
}

/// The name of what is in a folder: relative, `/` between folders; the folder's own where it is the folder itself.
fn name_in(folder: &Path, path: &Path) -> String {
    let parts = path.strip_prefix(folder).unwrap_or(path).components();
    let parts: Vec<_> = parts.map(|part| part.as_os_str().to_string_lossy()).collect();
    if parts.is_empty() { folder.display().to_string() } else { parts.join("/") }
}

/// The beginning of the list of a data set's files, by which it is told from data of the same name.
const MANIFEST: &str = "{\n  \"jejak_manifest\":";

/// True where a file is the list of a data set's files, which no reader is to take for data.
fn is_manifest(path: &Path) -> bool {
    let mut start = [0; MANIFEST.len()];
    path.file_name().is_some_and(|name| name == "manifest.json")
        && input::open(path, FILE_BYTES).and_then(|mut file| file.read_exact(&mut start)).is_ok()
        && start == *MANIFEST.as_bytes()
}

impl From<Memory> for ImportFiles {
    fn from(memory: Memory) -> Self {
        let files = memory.files.into_iter().map(|(name, bytes)| (name, SourceContent::Memory(bytes))).collect();
        Self { files, ..Self::default() }
    }
}
