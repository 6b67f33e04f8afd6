//! Archives in which other programs give their files: read as a folder, in memory.

use std::path::Path;

use crate::input::{self, ArchiveBounds, ArchiveKind, Unpacking};
use crate::lang::Message;

/// Bytes of an archive; larger ones are refused.
const PACKED: u64 = 256 << 20;
/// Bytes of all that comes out of one archive.
const UNPACKED: u64 = 1 << 30;
/// Bytes that come out of one byte at the most.
const RATIO: u64 = 200;
/// Files in an archive.
const FILES: usize = 100_000;

/// True for a file that is read as a folder.
pub(super) fn is_archive(path: &Path) -> bool {
    kind(path).is_some()
}

fn kind(path: &Path) -> Option<ArchiveKind> {
    ArchiveKind::of(&path.file_name()?.to_string_lossy())
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
    let files = unpacked.files_of(kind(path).unwrap_or(ArchiveKind::Zip), &bytes)?;
    let is_inner = |(name, _): &(String, Vec<u8>)| ArchiveKind::of(name) == Some(ArchiveKind::Zip);
    let (inner, files) = files.into_iter().partition::<Vec<_>, _>(is_inner);
    unpacked.files = files;
    for (name, bytes) in inner {
        let files = match unpacked.files_of(ArchiveKind::Zip, &bytes) {
            Ok(files) => files,
            Err(why) => {
                unpacked.left_out.push((name, why));
                continue;
            }
        };
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

/// The files of one archive, in its order.
struct Gathered<'a> {
    files: Vec<(String, Vec<u8>)>,
    left_out: &'a mut Vec<(String, Message)>,
}

impl Unpacking for Gathered<'_> {
    fn most(&mut self, _: &str) -> Option<u64> {
        Some(u64::MAX)
    }

    fn take(&mut self, name: String, content: Result<Vec<u8>, Message>, _: u64) -> Result<(), Message> {
        match content {
            Ok(bytes) => self.files.push((name, bytes)),
            Err(why) => self.left_out.push((name, why)),
        }
        Ok(())
    }
}

impl Unpacked {
    /// The files of an archive; what is left out of them is kept here.
    fn files_of(&mut self, kind: ArchiveKind, bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, Message> {
        let bounds = ArchiveBounds { files: FILES, unpacked: UNPACKED - self.bytes, ratio: RATIO };
        let mut gathered = Gathered { files: Vec::new(), left_out: &mut self.left_out };
        input::unpack(kind, bytes, bounds, &mut gathered)?;
        let files = gathered.files;
        self.bytes += files.iter().map(|(_, bytes)| bytes.len() as u64).sum::<u64>();
        Ok(files)
    }
}
