//! Archives of article files: read as the folder that they hold, in memory and with the bounds of folders and files.

use crate::lang::Message;
use crate::message;

use super::article::{Drafts, Failure, ReadProgress, cancelled};
use super::kind::SourceKind;
use super::limits::Limits;
use crate::input::{self, ArchiveBounds, ArchiveKind, Unpacking};

/// Files in one archive.
const FILES: usize = 100_000;

/// The reading of one file, which gives its articles, or why there are none.
pub(super) type ReadOne<'a> = &'a mut dyn FnMut(&str, &[u8], ReadProgress) -> Result<Drafts, Message>;

/// Reads all files of an archive that are of a kind that is read, in the order in which a folder is gone through. Those within
/// it are named below it: `news.zip/june/1.txt`. Archives within it are not opened.
///
/// # Errors
/// Half a sentence, where nothing comes out of it, or the person has cancelled.
pub(super) fn read(
    name: &str,
    bytes: &[u8],
    limits: &Limits,
    progress: ReadProgress,
    one: ReadOne,
) -> Result<Drafts, Message> {
    let kind = ArchiveKind::of(name).unwrap_or(ArchiveKind::Zip);
    let bounds =
        ArchiveBounds { files: limits.files.min(FILES), unpacked: limits.archive_bytes, ratio: limits.zip_ratio };
    let mut reader = ArchiveReader { name, limits, progress, one, files: Vec::new() };
    let ended = input::unpack(kind, bytes, bounds, &mut reader);
    let mut files = reader.files;
    if files.is_empty() || ended.as_ref().is_err_and(|why| why.is("ingest-cancelled")) {
        return Err(ended.err().unwrap_or_else(|| message!("archive-empty")));
    }
    files.sort_by(|(one, _), (other, _)| one.split('/').cmp(other.split('/')));
    let mut drafts: Drafts = files.into_iter().flat_map(|(_, drafts)| drafts).collect();
    if let Err(why) = ended {
        drafts.push(Err(Failure { source: name.to_owned(), why }));
    }
    Ok(drafts)
}

struct ArchiveReader<'a> {
    name: &'a str,
    limits: &'a Limits,
    progress: ReadProgress<'a>,
    one: ReadOne<'a>,
    /// Names within the archive, and what became of them.
    files: Vec<(String, Drafts)>,
}

impl ArchiveReader<'_> {
    fn fail(&mut self, name: &str, why: Message) {
        let source = format!("{}/{name}", self.name);
        self.files.push((name.to_owned(), vec![Err(Failure { source, why })]));
    }
}

impl Unpacking for ArchiveReader<'_> {
    fn most(&mut self, name: &str) -> Option<u64> {
        let why = match SourceKind::of(name) {
            Ok(Some(SourceKind::Archive | SourceKind::WebArchive)) => message!("archive-inner"),
            Ok(Some(kind)) => return Some(kind.max_bytes(self.limits)),
            Ok(None) => message!("ingest-no-extension"),
            Err(why) => why,
        };
        self.fail(name, why);
        None
    }

    fn take(&mut self, name: String, content: Result<Vec<u8>, Message>, done: u64) -> Result<(), Message> {
        if !(self.progress)(done) {
            return Err(cancelled());
        }
        let source = format!("{}/{name}", self.name);
        let progress = &mut *self.progress;
        let read = content.and_then(|bytes| (self.one)(&source, &bytes, &mut |_| progress(done)));
        match read {
            Ok(drafts) => self.files.push((name, drafts)),
            Err(why) if why.is("ingest-cancelled") => return Err(why),
            Err(why) => self.fail(&name, why),
        }
        Ok(())
    }
}
