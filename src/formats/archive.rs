//! Archives in which other programs give their files: read as a folder, in memory.

use std::io::{Cursor, Read as _};
use std::path::Path;

use zip::ZipArchive;

use crate::input;
use crate::lang::Message;
use crate::message;
use crate::say;

/// Bytes of an archive; larger ones are refused.
const PACKED: u64 = 256 << 20;
/// Bytes of all that comes out of one archive.
const UNPACKED: u64 = 1 << 30;
/// Bytes that come out of one byte at the most; a part smaller than [`SMALL`] may be packed as tightly as it likes.
const RATIO: u64 = 200;
const SMALL: u64 = 1 << 20;
/// Files in an archive.
const FILES: usize = 100_000;

/// True for a file that is read as a folder.
pub(super) fn is_archive(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("zip"))
}

/// The content of an archive.
#[derive(Default)]
pub(super) struct Unpacked {
    /// Names, with `/` between folders, and contents.
    pub files: Vec<(String, Vec<u8>)>,
    /// The files that are not read, with the reason.
    pub left_out: Vec<(String, Message)>,
    bytes: u64,
}

/// Unpacks an archive. An archive within it, in which another program keeps the files of one annotator, is unpacked too; one
/// within that is not.
///
/// # Errors
/// If it cannot be read or is no archive, in half a sentence.
pub(super) fn unpack(path: &Path) -> Result<Unpacked, Message> {
    let bytes = input::read(path, PACKED).map_err(|error| input::why(&error))?;
    let mut unpacked = Unpacked::default();
    let mut inner = Vec::new();
    unpacked.add(&bytes, &mut |unpacked, name, bytes| match name.to_lowercase().ends_with(".zip") {
        true => inner.push((name, bytes)),
        false => unpacked.files.push((name, bytes)),
    })?;
    for (name, bytes) in inner {
        let mut files = Vec::new();
        let added = unpacked.add(&bytes, &mut |_, name, bytes| files.push((name, bytes)));
        if let Err(why) = added {
            unpacked.left_out.push((name, why));
            continue;
        }
        let (folder, stem) = name.rsplit_once('/').map_or(("", &*name), |(folder, name)| (folder, name));
        let folder = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let stem = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem);
        let types = |name: &str| name.to_lowercase().ends_with("typesystem.xml");
        let alone = files.iter().filter(|(name, _)| !types(name)).count() == 1;
        for (inner, bytes) in files {
            // The one file of an annotator is called as the annotator is, whatever it is called inside.
            let extension = inner.rsplit_once('.').map_or("", |(_, extension)| extension);
            let named = if alone && !types(&inner) { format!("{stem}.{extension}") } else { inner };
            unpacked.files.push((format!("{folder}{named}"), bytes));
        }
    }
    unpacked.files.sort_by(|a, b| a.0.cmp(&b.0));
    unpacked.files.dedup_by(|later, first| later.0 == first.0);
    Ok(unpacked)
}

impl Unpacked {
    fn add(&mut self, bytes: &[u8], each: &mut dyn FnMut(&mut Self, String, Vec<u8>)) -> Result<(), Message> {
        let wrong = |error: &zip::result::ZipError| message!("archive-why", why = say::zip(error));
        let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| wrong(&error))?;
        if archive.len() > FILES {
            return Err(message!("archive-files", files = FILES));
        }
        for index in 0..archive.len() {
            let file = match archive.by_index(index) {
                Ok(file) if file.is_dir() => continue,
                Ok(file) => file,
                Err(error) => {
                    self.left_out.push((format!("[{}]", index + 1), wrong(&error)));
                    continue;
                }
            };
            let Ok(name) = file.name().map(|name| name.replace('\\', "/")) else {
                self.left_out.push((format!("[{}]", index + 1), message!("archive-name")));
                continue;
            };
            // Files that archivers and systems put beside the others are nobody's.
            if name.starts_with("__MACOSX/") || name.rsplit('/').next().is_some_and(|name| name.starts_with('.')) {
                continue;
            }
            if file.enclosed_name().is_none() {
                self.left_out.push((name, message!("archive-name")));
                continue;
            }
            // The size that an archive states may be a lie, so what really comes out is measured.
            let allowed = (file.compressed_size().saturating_mul(RATIO)).max(SMALL).min(UNPACKED - self.bytes);
            let mut content = Vec::new();
            if let Err(error) = file.take(allowed + 1).read_to_end(&mut content) {
                self.left_out.push((name, message!("archive-why", why = say::io(&error))));
                continue;
            }
            if content.len() as u64 > allowed {
                self.left_out.push((name, message!("archive-bomb", allowed = allowed)));
                continue;
            }
            self.bytes += content.len() as u64;
            each(self, name, content);
        }
        Ok(())
    }
}
