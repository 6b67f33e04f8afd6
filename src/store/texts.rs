//! Articles' text files.

use std::io;

use super::OpenError;
use super::disk::Disk;
use super::file::{self, Stamp};
use crate::message;
use crate::model::{Article, Problem};
use crate::text::{Text, normalise};

/// The largest text file that is read, bytes: ten million characters of any script.
pub(super) const MAX_BYTES: u64 = 64 << 20;

/// A text as it was read.
#[derive(Debug)]
pub(super) struct TextFile {
    pub text: Text,
    pub path: String,
    pub stamp: Stamp,
    /// Says that it is not the text which the project knows, where that is so.
    pub problem: Option<Problem>,
}

/// Reads the text of an article.
///
/// # Errors
/// If it is not there, leads out of the project, is too large or is not UTF-8.
pub(super) fn read(disk: &dyn Disk, article: &Article) -> Result<TextFile, OpenError> {
    let name = &article.file;
    let io = |why| OpenError::Io { file: name.clone(), why };
    // On some systems these lead elsewhere, and a project means the same on all.
    if name.contains(['\\', ':']) {
        return Err(io(io::Error::new(io::ErrorKind::InvalidInput, message!("path-leads-out"))));
    }
    let found = file::bytes(disk, name, MAX_BYTES).map_err(io)?;
    let (bytes, stamp) = found.ok_or_else(|| io(file::missing()))?;
    let text = Text::new(&normalise(file::utf8(name, &bytes)?));
    let problem = (text.sha256() != article.sha256).then(|| {
        let message = message!("text-not-added", article = article.id);
        Problem::warning("text-changed", message).at(name, None).about(&article.id, None)
    });
    Ok(TextFile { text, path: name.clone(), stamp, problem })
}
