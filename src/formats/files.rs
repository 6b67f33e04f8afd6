//! Targets of exports: a folder, one file, or memory.

use std::collections::{BTreeMap, HashMap};
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use crate::message;
use crate::text::hex;

/// Takes the files of an export.
pub trait Sink {
    /// Adds to the file of this name (relative, `/` between folders), which stays open until [`Sink::finish`].
    ///
    /// # Errors
    /// The system's error.
    fn append(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Writes a file that is complete at once.
    ///
    /// # Errors
    /// The system's error.
    fn whole(&mut self, name: &str, bytes: &[u8]) -> io::Result<()>;

    /// Makes what was written stand where it was meant to.
    ///
    /// # Errors
    /// The system's error; nothing stands there then.
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
            Written { name: name.clone(), bytes: *bytes, sha256: hex(&digest) }
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
pub struct ExportFolder {
    partial: tempfile::TempDir,
    target: PathBuf,
    open: HashMap<String, BufWriter<File>>,
    /// The folder inside it that was needed last, and is there.
    made: Option<PathBuf>,
}

impl ExportFolder {
    /// Prepares to write the folder `target`, which must not exist or be empty.
    ///
    /// # Errors
    /// If there is something at `target` already, or its parent cannot be written.
    pub fn create(target: &Path) -> io::Result<Self> {
        match std::fs::read_dir(target).map(|mut inside| inside.next().is_some()) {
            Ok(true) => return Err(io::Error::new(io::ErrorKind::AlreadyExists, message!("target-not-empty"))),
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        let parent = target.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
        std::fs::create_dir_all(parent)?;
        let partial = tempfile::Builder::new().prefix(".jejak-export-").tempdir_in(parent)?;
        Ok(Self { partial, target: target.to_owned(), open: HashMap::new(), made: None })
    }

    /// Returns the path of the file `name`, whose folder is there then.
    fn path(&mut self, name: &str) -> io::Result<PathBuf> {
        // Names are made of articles' ids, which a file of another program may have given.
        if !Path::new(name).components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, message!("target-leads-out", name = name)));
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

impl Sink for ExportFolder {
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
        File::create(self.path(name)?)?.write_all(bytes)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        for file in self.open.into_values() {
            file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()?;
        }
        // An empty folder may stand there; a full one makes this fail, and the work is kept out of its way.
        match std::fs::remove_dir(&self.target) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
        std::fs::rename(self.partial.path(), &self.target)?;
        // The temporary folder is the export now.
        let _ = self.partial.keep();
        readable(&self.target, 0o755)
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
