//! Where exports go and imports come from: a folder, one file, or memory.

use crate::say;
use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Component, Path, PathBuf};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::thread::JoinHandle;

/// Takes the files of an export.
pub trait Sink {
    /// Adds to the file of this name (relative, `/` between folders), which stays open until [`Sink::finish`].
    ///
    /// # Errors
    /// What the system says.
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Writes a file that is complete at once.
    ///
    /// # Errors
    /// What the system says.
    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Makes what was written stand where it was meant to.
    ///
    /// # Errors
    /// What the system says; nothing stands there then.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// A file of an export.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize)]
pub struct Written {
    /// Relative, `/` between folders.
    pub name: String,
    /// Length.
    pub bytes: u64,
    /// SHA-256, lower-case hexadecimal.
    pub sha256: String,
}

/// Passes files on and takes down what each is.
pub struct Hashing<'a> {
    inner: &'a mut dyn Sink,
    files: BTreeMap<String, (u64, sha2::Sha256)>,
}

impl<'a> Hashing<'a> {
    /// In front of `inner`.
    pub fn new(inner: &'a mut dyn Sink) -> Self {
        Self { inner, files: BTreeMap::new() }
    }

    /// The files so far, by name.
    #[must_use]
    pub fn written(&self) -> Vec<Written> {
        let written = |(name, (bytes, hash)): (&String, &(u64, sha2::Sha256))| {
            let digest = sha2::Digest::finalize(hash.clone());
            let sha256 = digest.iter().map(|byte| format!("{byte:02x}")).collect();
            Written { name: name.clone(), bytes: *bytes, sha256 }
        };
        self.files.iter().map(written).collect()
    }

    fn note(&mut self, name: &str, bytes: &[u8]) {
        let add = |(count, hash): &mut (u64, sha2::Sha256)| {
            *count += bytes.len() as u64;
            sha2::Digest::update(hash, bytes);
        };
        match self.files.get_mut(name) {
            Some(file) => add(file),
            None => add(self.files.entry(name.to_owned()).or_default()),
        }
    }
}

impl Sink for Hashing<'_> {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.note(name, bytes);
        self.inner.append(name, bytes)
    }

    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.note(name, bytes);
        self.inner.whole(name, bytes)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

/// Files in memory, for tests and previews.
#[derive(Debug, Default)]
pub struct Memory {
    /// Name and content.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Sink for Memory {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some(file) = self.files.get_mut(name) {
            file.extend_from_slice(bytes);
        } else {
            self.files.insert(name.to_owned(), bytes.to_vec());
        }
        Ok(())
    }

    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.files.insert(name.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        Ok(())
    }
}

/// One stream, for a format that is one file; other files are not written.
pub struct Stream<W: Write> {
    out: W,
    file: &'static str,
}

impl<W: Write> Stream<W> {
    /// Sends the file of name `file` to `out`.
    pub fn new(out: W, file: &'static str) -> Self {
        Self { out, file }
    }
}

impl<W: Write> Sink for Stream<W> {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if name == self.file { self.out.write_all(bytes) } else { Ok(()) }
    }

    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.append(name, bytes)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// A folder that appears whole or not at all: files are written beside it and moved there at the end.
#[derive(Debug)]
pub struct Folder {
    /// Before the folder, which goes when nothing is written into it any more.
    files: Files,
    partial: tempfile::TempDir,
    target: PathBuf,
    open: HashMap<String, BufWriter<File>>,
    /// The folder inside it that was needed last, and is there.
    made: Option<PathBuf>,
}

impl Folder {
    /// Prepares to write the folder `target`, which must not exist or be empty.
    ///
    /// # Errors
    /// If there is something at `target` already, or its parent cannot be written.
    pub fn create(target: &Path) -> io::Result<Self> {
        match std::fs::read_dir(target).map(|mut inside| inside.next().is_some()) {
            Ok(true) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, "the folder is not empty")),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent)?;
        let partial = tempfile::Builder::new().prefix(".jejak-export-").tempdir_in(parent)?;
        Ok(Self { files: Files::default(), partial, target: target.to_owned(), open: HashMap::new(), made: None })
    }

    /// Where the file `name` goes, whose folder is there then.
    fn path(&mut self, name: &str) -> io::Result<PathBuf> {
        // Names are made of articles' ids, which a file of another program may have given.
        if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, format!("\"{name}\" leads out of the folder")));
        }
        let path = self.partial.path().join(name);
        if let Some(folder) = path.parent()
            && self.made.as_deref() != Some(folder)
        {
            std::fs::create_dir_all(folder)?;
            self.made = Some(folder.to_owned());
        }
        Ok(path)
    }
}

impl Sink for Folder {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if let Some(file) = self.open.get_mut(name) {
            return file.write_all(bytes);
        }
        let mut file = BufWriter::with_capacity(1 << 18, File::create(self.path(name)?)?);
        file.write_all(bytes)?;
        self.open.insert(name.to_owned(), file);
        Ok(())
    }

    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        let path = self.path(name)?;
        self.files.write(path, bytes)
    }

    fn finish(mut self: Box<Self>) -> io::Result<()> {
        self.files.finish()?;
        for file in self.open.into_values() {
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        // An empty folder may stand there; a full one makes this fail, and the work is kept out of its way.
        match std::fs::remove_dir(&self.target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        std::fs::rename(self.partial.path(), &self.target)?;
        // What was the temporary folder is the export now.
        let _ = self.partial.keep();
        readable(&self.target, 0o755)
    }
}

/// Writes files on a thread of its own: making one takes the system about as long as drawing what is in it.
#[derive(Debug, Default)]
struct Files(Option<(SyncSender<Waiting>, JoinHandle<io::Result<()>>)>);

/// A file and what is to stand in it.
type Waiting = (PathBuf, Vec<u8>);

impl Files {
    /// Files that may wait.
    const AHEAD: usize = 32;

    /// Writes a file, or says why an earlier one could not be written.
    fn write(&mut self, path: PathBuf, bytes: &[u8]) -> io::Result<()> {
        let (files, _) = self.0.get_or_insert_with(|| {
            let (files, waiting) = sync_channel::<Waiting>(Self::AHEAD);
            let write = move || waiting.into_iter().try_for_each(|(path, bytes)| File::create(path)?.write_all(&bytes));
            (files, std::thread::spawn(write))
        });
        // Nobody takes it where writing has failed.
        files.send((path, bytes.to_owned())).or_else(|_| self.finish())
    }

    /// Waits until every file is written, or says why one could not be.
    fn finish(&mut self) -> io::Result<()> {
        let Some((files, thread)) = self.0.take() else { return Ok(()) };
        drop(files);
        thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

impl Drop for Files {
    fn drop(&mut self) {
        // Whoever drops it unfinished gives the files up.
        let _ = self.finish();
    }
}

/// Gives what began as temporary the permissions of any other file or folder.
#[cfg(unix)]
fn readable(path: &Path, mode: u32) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode))
}

#[cfg(not(unix))]
fn readable(_: &Path, _: u32) -> io::Result<()> {
    Ok(())
}

/// One file that appears whole or not at all, for a format that is one file; other files are not written.
#[derive(Debug)]
pub struct OneFile {
    partial: BufWriter<tempfile::NamedTempFile>,
    target: PathBuf,
    file: &'static str,
}

impl OneFile {
    /// Prepares to write the format's file `file` as `target`.
    ///
    /// # Errors
    /// If the target's folder cannot be written.
    pub fn create(target: &Path, file: &'static str) -> io::Result<Self> {
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        let partial = tempfile::Builder::new().prefix(".jejak-export-").tempfile_in(parent)?;
        Ok(Self { partial: BufWriter::with_capacity(1 << 18, partial), target: target.to_owned(), file })
    }
}

impl Sink for OneFile {
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        if name == self.file { self.partial.write_all(bytes) } else { Ok(()) }
    }

    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()> {
        self.append(name, bytes)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let file = self.partial.into_inner().map_err(io::IntoInnerError::into_error)?;
        readable(file.path(), 0o644)?;
        file.as_file().sync_all()?;
        file.persist(&self.target).map_err(|error| error.error)?;
        Ok(())
    }
}

/// The files of an import, by name.
#[derive(Debug, Default)]
pub struct Source {
    files: Vec<(String, Content)>,
}

#[derive(Debug)]
enum Content {
    Disk(PathBuf),
    Memory(Vec<u8>),
}

impl Content {
    fn bytes(&self) -> u64 {
        match self {
            Self::Disk(path) => std::fs::metadata(path).map_or(0, |meta| meta.len()),
            Self::Memory(bytes) => bytes.len() as u64,
        }
    }

    /// All of it, or more than [`WHOLE_BYTES`] where it is larger.
    fn whole(&self) -> io::Result<Vec<u8>> {
        match self {
            Self::Disk(path) => {
                let mut bytes = Vec::new();
                io::Read::read_to_end(&mut io::Read::take(File::open(path)?, WHOLE_BYTES + 1), &mut bytes)?;
                Ok(bytes)
            }
            Self::Memory(bytes) => Ok(bytes.clone()),
        }
    }
}

/// Bytes of one file that is read as a whole; larger ones are refused.
const WHOLE_BYTES: u64 = 256 << 20;
/// Bytes of one line; longer ones are left out.
const LINE_BYTES: u64 = 64 << 20;
/// Files of one import.
const FILES: usize = 1_000_000;
/// Folders inside each other.
const DEPTH: usize = 32;

impl Source {
    /// These files, and all files in those of them that are folders; links to folders are not followed.
    ///
    /// # Errors
    /// If a path cannot be read, in one sentence.
    pub fn of_paths(paths: &[PathBuf]) -> Result<Self, String> {
        let mut files: Vec<(String, Content)> = Vec::new();
        for path in paths {
            let meta = std::fs::metadata(path).map_err(|error| format!("{}: {}", path.display(), say::io(&error)))?;
            if meta.is_dir() {
                add_folder(path, "", 0, &mut files)?;
            } else {
                let short = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
                let taken = files.iter().any(|(name, _)| *name == short);
                let name = if taken { path.to_string_lossy().into_owned() } else { short };
                files.push((name, Content::Disk(path.clone())));
            }
        }
        files.sort_by(|a, b| a.0.cmp(&b.0));
        Ok(Self { files })
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

    /// Whether there is a file of this name.
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<&Content> {
        let at = self.files.binary_search_by(|(other, _)| other.as_str().cmp(name)).ok()?;
        Some(&self.files[at].1)
    }

    /// Bytes of a file; 0 where it is not there.
    pub(super) fn bytes(&self, name: &str) -> u64 {
        self.find(name).map_or(0, Content::bytes)
    }

    /// Whether there are more files than this, or together they have more bytes than this.
    pub(super) fn is_more_than(&self, files: usize, bytes: u64) -> bool {
        self.files.len() > files || self.files.iter().map(|(_, content)| content.bytes()).sum::<u64>() > bytes
    }

    /// Opens a file.
    ///
    /// # Errors
    /// If it is not there or cannot be read.
    pub fn open(&self, name: &str) -> io::Result<Box<dyn BufRead + '_>> {
        Ok(match self.find(name).ok_or(io::ErrorKind::NotFound)? {
            // A larger buffer makes many small files slow: whoever manages memory tidies up after each.
            Content::Disk(path) => Box::new(BufReader::with_capacity(1 << 15, File::open(path)?)),
            Content::Memory(bytes) => Box::new(bytes.as_slice()),
        })
    }

    /// A whole file as text; a byte order mark is kept.
    ///
    /// # Errors
    /// If it cannot be read, is too large, or is not UTF-8, in one sentence without the file's name.
    pub fn text(&self, name: &str) -> Result<String, String> {
        let bytes = self.find(name).ok_or_else(|| io::ErrorKind::NotFound.into()).and_then(Content::whole);
        let bytes = bytes.map_err(|error: io::Error| say::io(&error))?;
        if bytes.len() as u64 > WHOLE_BYTES {
            return Err(format!("it is larger than the {} MiB that are read at once", WHOLE_BYTES >> 20));
        }
        String::from_utf8(bytes).map_err(|error| {
            let at = error.utf8_error().valid_up_to();
            let line = error.as_bytes()[..at].iter().filter(|&&byte| byte == b'\n').count() + 1;
            format!("it is not UTF-8 (line {line})")
        })
    }

    /// Hands each line with its number (from 1), without its end, to `each`; one that is too long or not UTF-8 is
    /// handed over as a sentence.
    ///
    /// # Errors
    /// What the system says.
    pub fn lines(&self, name: &str, each: &mut dyn FnMut(u32, Result<&str, String>)) -> io::Result<()> {
        let mut file = self.open(name)?;
        let mut bytes = Vec::new();
        let mut number = 0;
        loop {
            bytes.clear();
            let read = io::Read::take(&mut file, LINE_BYTES).read_until(b'\n', &mut bytes)?;
            if read == 0 {
                return Ok(());
            }
            number += 1;
            if read as u64 == LINE_BYTES && !bytes.ends_with(b"\n") {
                skip_line(&mut *file)?;
                each(number, Err(format!("the line is longer than {} MiB and was left out", LINE_BYTES >> 20)));
                continue;
            }
            let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
            let line = line.strip_suffix(b"\r").unwrap_or(line);
            each(number, std::str::from_utf8(line).map_err(|_| "the line is not UTF-8 and was left out".to_owned()));
        }
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

fn add_folder(path: &Path, prefix: &str, depth: usize, files: &mut Vec<(String, Content)>) -> Result<(), String> {
    let fail = |error: io::Error| format!("{}: {}", path.display(), say::io(&error));
    for entry in std::fs::read_dir(path).map_err(fail)? {
        let entry = entry.map_err(fail)?;
        let name = format!("{prefix}{}", entry.file_name().to_string_lossy());
        let kind = entry.file_type().map_err(fail)?;
        if kind.is_dir() && depth < DEPTH {
            add_folder(&entry.path(), &format!("{name}/"), depth + 1, files)?;
        } else if kind.is_file() && !is_manifest(&entry.path()) {
            files.push((name, Content::Disk(entry.path())));
        }
        if files.len() > FILES {
            return Err(format!("{}: there are more than {FILES} files", path.display()));
        }
    }
    Ok(())
}

/// How the list of a data set's files begins, by which it is told from data of the same name.
const MANIFEST: &str = "{\n  \"jejak_manifest\":";

/// Whether a file is the list of a data set's files, which no reader is to take for data.
fn is_manifest(path: &Path) -> bool {
    let mut start = [0; MANIFEST.len()];
    path.file_name().is_some_and(|name| name == "manifest.json")
        && File::open(path).and_then(|mut file| io::Read::read_exact(&mut file, &mut start)).is_ok()
        && start == *MANIFEST.as_bytes()
}

impl From<Memory> for Source {
    fn from(memory: Memory) -> Self {
        Self { files: memory.files.into_iter().map(|(name, bytes)| (name, Content::Memory(bytes))).collect() }
    }
}
