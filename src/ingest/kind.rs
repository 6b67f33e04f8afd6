//! Kinds of files that articles are read from.

use crate::lang::Message;
use crate::message;
use std::path::Path;

use super::limits::Limits;

/// Extensions that are read, lowercase, without the dot.
pub const EXTENSIONS: &[&str] = &[
    "txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv", "tsv", "docx", "odt",
    "srt", "vtt", "rss", "atom", "nitf", "xml",
];

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SourceKind {
    Text,
    Markdown,
    Html,
    Json,
    JsonLines,
    Table,
    Docx,
    Odt,
    Subtitles,
    /// Feeds, and articles of agencies.
    News,
}

impl SourceKind {
    /// The kind of a file of this name, by its extension.
    pub fn of(name: &str) -> Result<Self, Message> {
        let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase());
        Ok(match extension.as_deref() {
            Some("txt" | "text") => Self::Text,
            Some("md" | "markdown") => Self::Markdown,
            Some("html" | "htm" | "xhtml") => Self::Html,
            Some("json") => Self::Json,
            Some("jsonl" | "ndjson") => Self::JsonLines,
            Some("csv" | "tsv") => Self::Table,
            Some("docx") => Self::Docx,
            Some("odt") => Self::Odt,
            Some("srt" | "vtt") => Self::Subtitles,
            Some("rss" | "atom" | "nitf" | "xml") => Self::News,
            Some(other) => return Err(message!("ingest-kind", other = other, readable = readable())),
            None => return Err(message!("ingest-no-extension", readable = readable())),
        })
    }

    /// Bytes above which a file of this kind cannot keep the limits, whatever is in it.
    pub fn max_bytes(self, limits: &Limits) -> u64 {
        match self {
            // No encoding that is read here spends more than four bytes on a code point.
            Self::Text | Self::Markdown => limits.file_bytes.min(limits.text_chars as u64 * 4 + 4),
            Self::Html => limits.file_bytes.min(limits.html_bytes as u64),
            Self::Docx | Self::Odt => limits.file_bytes.min(limits.docx_bytes),
            Self::Json | Self::JsonLines | Self::Table | Self::Subtitles | Self::News => limits.file_bytes,
        }
    }
}

fn readable() -> Message {
    message!("ingest-readable", kinds = EXTENSIONS.join(", ."))
}
