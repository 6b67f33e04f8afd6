//! An article as it is read from a file, and how it is told what could not be read.

use crate::lang::Message;
use crate::message;

/// One article as read from a file, before it joins a project.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The text, normalised by [`crate::text::normalise`]; never empty.
    pub text: String,
    /// The headline as the file states it, else one found in the text, else the file's name; one line.
    pub title: String,
    /// The publisher, where the file says so.
    pub publisher: Option<String>,
    /// The author, or several with commas between them, where file or text say so.
    pub author: Option<String>,
    /// Day of publication as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, where the file's metadata say so.
    pub published: Option<String>,
    /// The place that it was written from, where its first line says so.
    pub dateline: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// ISO 639-1 code: declared by the record, else detected where detection is reliable.
    pub language: Option<String>,
    /// File name, with `:line` (from 1) or `[n]` (the n-th record, from 1) where a file holds several articles.
    pub source: String,
    /// SHA-256 of the file's own bytes, lowercase hex.
    pub source_sha256: String,
    /// Notes for a person about the reading: another encoding, broken bytes with their place in the file.
    pub notes: Vec<Message>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file, or the record in it, named as in [`Draft::source`].
    pub source: String,
    /// One clear sentence.
    pub why: Message,
}

impl std::fmt::Display for Failure {
    fn fmt(&self, out: &mut std::fmt::Formatter) -> std::fmt::Result {
        write!(out, "{}: {}", self.source, self.why)
    }
}

impl std::error::Error for Failure {}

/// The articles of one file, and its records that could not be read, in the order of the file.
pub type Drafts = Vec<Result<Draft, Failure>>;

/// Called now and then with the number of bytes of the file that became articles so far, which never falls and ends
/// at the file's size (for JSON it is an estimate until then); returns false to cancel.
pub type ReadProgress<'a> = &'a mut dyn FnMut(u64) -> bool;

/// Told how many bytes are done; an error where the person has cancelled.
pub(super) type GoOn<'a> = &'a mut dyn FnMut(u64) -> Result<(), Message>;

pub(super) fn cancelled() -> Message {
    message!("ingest-cancelled")
}
