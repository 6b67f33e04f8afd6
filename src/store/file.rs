//! Files of records on disk: how they are found, read and known again.

use std::collections::HashSet;
use std::hash::BuildHasher;
use std::io;
use std::time::SystemTime;

use super::OpenError;
use super::content::{Content, OUTLINE, SET_KIND};
use super::disk::{Disk, Found};
use super::layout::{self, FileKey};
use super::read::{self, Context};
use super::ron_text::{self, Parsed};
use super::stem::Stem;
use crate::message;
use crate::model::{AnnotationSet, Name, Problem, Progress, Record, Schema, SetKey};
use crate::text::Text;

/// The progress of the annotator of a set, and how many records its file has, without a look at the records
/// themselves; none where there is no file, or one that says nothing ([`Content::is_blank`]).
///
/// # Errors
/// As [`load`].
pub(super) fn summary(disk: &dyn Disk, key: &FileKey) -> Result<Option<(Progress, usize)>, OpenError> {
    let file = key.path();
    let found = disk.read(&file, key.max_bytes()).map_err(|why| OpenError::Io { file: file.clone(), why })?;
    let Some((bytes, _)) = found else { return Ok(None) };
    let parsed = ron_text::parse::<serde::de::IgnoredAny>(&file, utf8(&file, &bytes)?, "annotations")?;
    let progress = parsed.header.iter().find(|(field, _)| field == "progress");
    let progress = progress.map(|(_, value)| read::head_field::<Progress>(&file, value)).transpose()?;
    Ok(Some((progress.unwrap_or_default(), parsed.records.len())).filter(|_| !is_blank(&parsed)))
}

/// The size up to which it is looked into whether a set says nothing: the head of one is a few hundred bytes long.
const BLANK_BYTES: u64 = 4 << 10;

/// True for the path of a set that says something, read or not: only one that is there, can be read and says nothing
/// ([`Content::is_blank`]) does not.
pub(super) fn says_something(disk: &dyn Disk, path: &str) -> bool {
    if disk.look(path).is_ok_and(|found| found.is_some_and(|found| found.len > BLANK_BYTES)) {
        return true;
    }
    let Ok(Some((bytes, _))) = disk.read(path, BLANK_BYTES) else { return true };
    let parsed =
        utf8(path, &bytes).and_then(|text| ron_text::parse::<serde::de::IgnoredAny>(path, text, "annotations"));
    !parsed.is_ok_and(|parsed| is_blank(&parsed))
}

/// Everyone who has at least one set that says something, sorted: whoever only comments or reviews has a folder and no set. The
/// sets of these paths do not count.
pub(super) fn makers(disk: &dyn Disk, but: &HashSet<String>) -> Vec<Name> {
    let counts = |path: &String| !but.contains(path) && says_something(disk, path);
    layout::annotators(disk).into_iter().filter(|name| layout::set_files(disk, name).iter().any(counts)).collect()
}

/// As [`Content::is_blank`], of a set whose records nobody has looked at.
fn is_blank<T>(parsed: &Parsed<'_, T>) -> bool {
    let says_itself = |field: &str| matches!(field, "jejak" | "article" | "annotator" | "sha256" | OUTLINE | SET_KIND);
    parsed.records.is_empty() && parsed.header.iter().all(|(field, _)| says_itself(field))
}

/// A set as its file has it.
#[must_use]
pub fn set_to_ron(key: &SetKey, set: &AnnotationSet, text: &Text) -> String {
    let decisions = set.decisions().values().cloned().map(Record::Decision);
    let records = set.iter().cloned().map(Record::Annotation).chain(decisions);
    let records = Record::progress(set.progress()).into_iter().chain(records).collect();
    let content = Content { records, ..Content::empty() };
    content.write(&FileKey::Set(key.clone(), Stem::default()), Some(text))
}

/// The set that a file has, and what is wrong in it: lines of it among that.
///
/// # Errors
/// If it is no file of that set, or of a newer version.
pub fn set_from_ron(
    key: &SetKey,
    content: &str,
    text: &Text,
    schema: &Schema,
) -> Result<(AnnotationSet, Vec<Problem>), OpenError> {
    let mut problems = Vec::new();
    let context = Context { schema, text: Some(text) };
    let content = read::read(&FileKey::Set(key.clone(), Stem::default()), content, &context, &mut problems)?;
    Ok((content.set(), problems))
}

/// The mark that tells whether a file is still the one that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// None where the file system does not say.
    pub modified: Option<SystemTime>,
    pub len: u64,
    /// Of the bytes, for this run of the program.
    pub hash: u64,
}

impl Stamp {
    /// The stamp of a file with these bytes.
    pub fn new(found: &Found, bytes: &[u8]) -> Self {
        Self { modified: found.modified, len: bytes.len() as u64, hash: Self::hash_of(bytes) }
    }

    /// The hash of a file with these bytes.
    pub fn hash_of(bytes: &[u8]) -> u64 {
        foldhash::quality::FixedState::default().hash_one(bytes)
    }

    /// True where the file looks untouched, without reading it.
    pub fn looks_same(stamp: Option<&Self>, disk: &dyn Disk, path: &str) -> bool {
        match (stamp, disk.look(path)) {
            (Some(stamp), Ok(Some(now))) => stamp.len == now.len && stamp.modified == now.modified,
            (None, Ok(None)) => true,
            _ => false,
        }
    }
}

/// Reads a whole file, up to `limit` bytes; none where there is no such file.
///
/// # Errors
/// The system's error, or that it is too large or no plain file.
pub(super) fn bytes(disk: &dyn Disk, path: &str, limit: u64) -> io::Result<Option<(Vec<u8>, Stamp)>> {
    Ok(disk.read(path, limit)?.map(|(bytes, found)| {
        let stamp = Stamp::new(&found, &bytes);
        (bytes, stamp)
    }))
}

/// The words for a file that is not there and has to be.
pub(super) fn missing() -> io::Error {
    io::Error::new(io::ErrorKind::NotFound, message!("file-not-there"))
}

/// The text of a file that has to be there.
///
/// # Errors
/// If it is not there, cannot be read, is too large or not UTF-8.
pub(super) fn text(disk: &dyn Disk, file: &str, limit: u64) -> Result<String, OpenError> {
    let io = |why| OpenError::Io { file: file.to_owned(), why };
    let (bytes, _) = bytes(disk, file, limit).map_err(io)?.ok_or_else(|| io(missing()))?;
    utf8(file, &bytes).map(str::to_owned)
}

/// Reads a file of records; an absent one is empty and has no stamp.
///
/// # Errors
/// If the system refuses, or what [`read::read`] says.
pub(super) fn load(
    disk: &dyn Disk,
    key: &FileKey,
    context: &Context<'_>,
    problems: &mut Vec<Problem>,
) -> Result<(Content, Option<Stamp>), Unread> {
    let file = key.path();
    let io = |why| Unread { error: OpenError::Io { file: file.clone(), why }, stamp: None };
    let Some((bytes, stamp)) = bytes(disk, &file, key.max_bytes()).map_err(io)? else {
        return Ok((Content::empty(), None));
    };
    match utf8(&file, &bytes).and_then(|text| read::read(key, text, context, problems)) {
        Ok(content) => Ok((content, Some(stamp))),
        Err(error) => Err(Unread { error, stamp: Some(stamp) }),
    }
}

/// A file that cannot be read, with its state: it is looked at again once it is another.
#[derive(Debug)]
pub(super) struct Unread {
    pub error: OpenError,
    pub stamp: Option<Stamp>,
}

impl From<Unread> for OpenError {
    fn from(unread: Unread) -> Self {
        unread.error
    }
}

/// The text of bytes that must be UTF-8.
///
/// # Errors
/// If they are not, with the place.
pub(super) fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, OpenError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let line = before.split('\n').count();
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        let why = message!("file-not-utf8-here");
        OpenError::Malformed { file: file.to_owned(), line, column, why }
    })
}
