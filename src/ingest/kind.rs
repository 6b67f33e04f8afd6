//! Kinds of files that articles are read from: one table, which the command line, the window and the documents show.

use crate::lang::Message;
use crate::message;
use std::path::Path;

use super::limits::Limits;

/// Bytes at the start of a file that its kind is told from.
const START: usize = 4_096;

/// Files of one kind, as people are told of them.
#[derive(Debug)]
pub struct ArticleFiles {
    /// Extensions of such files, lowercase, without the dot.
    pub extensions: &'static [&'static str],
    /// The kind's name.
    pub name: &'static str,
    /// The articles in such a file, and what of it is left out.
    pub read: &'static str,
    kind: SourceKind,
}

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
    OpenDocument,
    Rtf,
    Pdf,
    Epub,
    Subtitles,
    Mail,
    SavedPage,
    Xml,
    Archive,
    WebArchive,
}

/// All kinds of files that are read, in the order in which people are told of them.
pub const ARTICLE_FILES: &[ArticleFiles] = &[
    ArticleFiles {
        extensions: &["txt", "text"],
        name: "plain text",
        read: "The whole text, in any encoding: the one that fits best is taken and named.",
        kind: SourceKind::Text,
    },
    ArticleFiles {
        extensions: &["md", "markdown"],
        name: "Markdown",
        read: "The text as it stands; title, date and the like from a front matter between lines of `---`.",
        kind: SourceKind::Markdown,
    },
    ArticleFiles {
        extensions: &["html", "htm", "xhtml", "shtml", "aspx", "asp", "php", "jsp"],
        name: "web pages",
        read: "The main text without menus, adverts and consent dialogs; title, date, publisher, author and address as the page \
               states them. Where much of the page's text is left out, that is said.",
        kind: SourceKind::Html,
    },
    ArticleFiles {
        extensions: &["docx", "docm"],
        name: "Word",
        read: "The paragraphs as they look with all changes accepted, without hidden text, headers and footers; title and \
               date of the document's properties. Footnotes, numbers of lists and readings above characters are left out \
               and counted.",
        kind: SourceKind::Docx,
    },
    ArticleFiles {
        extensions: &["odt", "ott"],
        name: "OpenDocument text",
        read: "Headings and paragraphs; title and date of the document's description. Footnotes, numbers of lists and \
               readings above characters are left out and counted.",
        kind: SourceKind::OpenDocument,
    },
    ArticleFiles {
        extensions: &["rtf"],
        name: "rich text",
        read: "The text as it is seen, in all its code pages; title and date of the document. Footnotes, pictures, headers \
               and footers are left out.",
        kind: SourceKind::Rtf,
    },
    ArticleFiles {
        extensions: &["pdf"],
        name: "PDF",
        read: "The text layer, in paragraphs: columns one after the other, words that are divided at the end of a line whole \
               again, without lines that repeat on all pages. A file that is scanned or locked is said to be that.",
        kind: SourceKind::Pdf,
    },
    ArticleFiles {
        extensions: &["epub"],
        name: "books (EPUB)",
        read: "All chapters in their reading order, as one article.",
        kind: SourceKind::Epub,
    },
    ArticleFiles {
        extensions: &["eml"],
        name: "mails",
        read: "Subject, date and what the mail says, as plain text where it has that. Attachments are counted.",
        kind: SourceKind::Mail,
    },
    ArticleFiles {
        extensions: &["mhtml", "mht"],
        name: "saved web pages",
        read: "The page in it, as if it were there by itself.",
        kind: SourceKind::SavedPage,
    },
    ArticleFiles {
        extensions: &["srt", "vtt"],
        name: "subtitles",
        read: "A line for each line that is said, without numbers, times and marks; longer silences begin a paragraph.",
        kind: SourceKind::Subtitles,
    },
    ArticleFiles {
        extensions: &["xml", "rss", "atom", "rdf", "nitf", "newsml"],
        name: "feeds and agencies' XML",
        read: "RSS and Atom, NITF, NewsML-G2 and NewsML 1, told apart by their root: an article for each item. Where a feed \
               has only a summary, that is said.",
        kind: SourceKind::Xml,
    },
    ArticleFiles {
        extensions: &["csv", "tsv"],
        name: "tables",
        read: "An article a row, by the names of the columns, in any of several languages; what separates values is \
               recognised.",
        kind: SourceKind::Table,
    },
    ArticleFiles {
        extensions: &["json"],
        name: "JSON",
        read: "One object, a list of objects, or an object with such a list, by the names of their keys: as crawlers, \
               feeds and services of news write them.",
        kind: SourceKind::Json,
    },
    ArticleFiles {
        extensions: &["jsonl", "ndjson", "jsonlines"],
        name: "JSON lines",
        read: "An article a line, by the names of the keys.",
        kind: SourceKind::JsonLines,
    },
    ArticleFiles {
        extensions: &["zip", "tar", "tar.gz", "tgz"],
        name: "archives",
        read: "The files in it, as if it were a folder. Links, archives within it and names that lead out of it are left out \
               and said; nothing is unpacked onto the disk.",
        kind: SourceKind::Archive,
    },
    ArticleFiles {
        extensions: &["warc", "warc.gz"],
        name: "web archives",
        read: "The pages and texts that were there when a crawler asked for them, an article each, with their addresses. \
               Pictures, styles, scripts and answers that are errors are counted.",
        kind: SourceKind::WebArchive,
    },
];

/// All extensions that are read, lowercase, without the dot.
#[must_use]
pub fn extensions() -> Vec<&'static str> {
    ARTICLE_FILES.iter().flat_map(|files| files.extensions).copied().collect()
}

/// The extensions in one line, as help and messages name them: `.txt .text .md …`.
#[must_use]
pub fn extensions_line() -> String {
    extensions().iter().map(|extension| format!(".{extension}")).collect::<Vec<_>>().join(" ")
}

impl SourceKind {
    /// The kind of a file of this name, by its extension; none where it has no extension.
    ///
    /// # Errors
    /// One sentence, where files with this extension are not read.
    pub fn of(name: &str) -> Result<Option<Self>, Message> {
        let Some(mut extension) = Path::new(name).extension().map(|it| it.to_string_lossy().to_lowercase()) else {
            return Ok(None);
        };
        if extension == "gz" {
            // A packed file is called after what is in it.
            let inner = Path::new(name).file_stem().and_then(|stem| Path::new(stem).extension());
            extension = inner.map_or(extension, |inner| format!("{}.gz", inner.to_string_lossy().to_lowercase()));
        }
        let files = ARTICLE_FILES.iter().find(|files| files.extensions.contains(&extension.as_str()));
        let readable = || message!("ingest-readable", kinds = extensions().join(", ."));
        files
            .map(|files| Some(files.kind))
            .ok_or_else(|| message!("ingest-kind", other = extension, readable = readable()))
    }

    /// The kind of a file whose name does not say it, by how it begins; text where nothing tells otherwise.
    pub fn looked_at(bytes: &[u8]) -> Self {
        let start = &bytes[..bytes.len().min(START)];
        let text = String::from_utf8_lossy(start);
        let text = text.trim_start_matches('\u{feff}').trim_start();
        let begins = |marks: &[&str]| {
            marks.iter().any(|mark| text.get(..mark.len()).is_some_and(|start| start.eq_ignore_ascii_case(mark)))
        };
        if start.starts_with(b"PK\x03\x04") {
            return match () {
                () if holds(bytes, b"word/document.xml") => Self::Docx,
                () if holds(start, b"application/epub+zip") => Self::Epub,
                () if holds(bytes, b"content.xml") => Self::OpenDocument,
                () => Self::Archive,
            };
        }
        match () {
            () if begins(&["%PDF-"]) => Self::Pdf,
            () if begins(&["{\\rtf"]) => Self::Rtf,
            () if begins(&["<!doctype html", "<html"]) => Self::Html,
            () if begins(&["<?xml", "<rss", "<feed", "<nitf"]) => Self::Xml,
            () if begins(&["WEBVTT"]) => Self::Subtitles,
            () if begins(&["WARC/1."]) => Self::WebArchive,
            () => Self::Text,
        }
    }

    /// Bytes above which a file of this kind cannot keep the limits, whatever is in it.
    pub fn max_bytes(self, limits: &Limits) -> u64 {
        match self {
            // No encoding that is read here spends more than four bytes on a code point.
            Self::Text | Self::Markdown | Self::Subtitles => limits.file_bytes.min(limits.text_chars as u64 * 4 + 4),
            Self::Html => limits.file_bytes.min(limits.html_bytes as u64),
            Self::Docx | Self::OpenDocument | Self::Epub | Self::Pdf | Self::Rtf | Self::Mail | Self::SavedPage => {
                limits.file_bytes.min(limits.document_bytes)
            }
            Self::Json | Self::JsonLines | Self::Table | Self::Xml | Self::Archive | Self::WebArchive => {
                limits.file_bytes
            }
        }
    }
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}
