//! Article files of many kinds become article drafts: plain data, not yet part of any project.
//!
//! Files come from anywhere, so everything here is bounded by [`Limits`], nothing recurses on what a file says, and
//! each thing that cannot be read ends in a [`Failure`] of one sentence while the rest of the batch goes on.

mod columns;
mod dates;
mod decode;
mod docx;
mod draft;
mod html;
mod json;
mod list;
pub mod near;
mod plain;
mod table;
mod titles;

use std::io::Read as _;
use std::path::Path;

use crate::input;
use crate::text::normalise;
use draft::Origin;
pub use list::list;

/// Bounds that keep a hostile file from eating time or memory. What goes past one is refused, never cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Size of one file, bytes.
    pub file_bytes: u64,
    /// Length of one article's text, code points.
    pub text_chars: usize,
    /// Size of one HTML page, bytes.
    pub html_bytes: usize,
    /// Elements of an HTML page inside each other.
    pub html_depth: usize,
    /// Elements of an HTML page up to which its main text is searched for; of a larger one all text is taken.
    pub html_elements: usize,
    /// Size of one `.docx`, bytes.
    pub docx_bytes: u64,
    /// Size of one packed file (a part of a `.docx`) when unpacked, bytes.
    pub unzipped_bytes: u64,
    /// How many times larger than packed a part of more than 1 MiB may be.
    pub zip_ratio: u64,
    /// Articles in one file.
    pub articles_per_file: usize,
    /// Records of one file that may fail before the rest of it is given up.
    pub failures_per_file: usize,
    /// Files found in folders by [`list()`].
    pub files: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 256 << 20,
            text_chars: 10_000_000,
            html_bytes: 16 << 20,
            html_depth: 512,
            html_elements: 20_000,
            docx_bytes: 64 << 20,
            unzipped_bytes: 128 << 20,
            zip_ratio: 250,
            articles_per_file: 1_000_000,
            failures_per_file: 1_000,
            files: 1_000_000,
        }
    }
}

/// One article as read from a file, before it joins a project.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    /// The text, normalised by [`crate::text::normalise`]; never empty.
    pub text: String,
    /// The headline as the file states it, else one found in the text, else the file's name; one line.
    pub title: String,
    /// Who published it, where the file says so.
    pub publisher: Option<String>,
    /// Day of publication as `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, where the file's metadata say so.
    pub published: Option<String>,
    /// Address of the article.
    pub url: Option<String>,
    /// ISO 639-1 code: declared by the record, else detected where detection is reliable.
    pub language: Option<String>,
    /// File name, with `:line` (from 1) or `[n]` (the n-th record, from 1) where a file holds several articles.
    pub source: String,
    /// SHA-256 of the file's own bytes, lowercase hex.
    pub source_sha256: String,
    /// What a person should know about the reading: another encoding, broken bytes with their place in the file.
    pub notes: Vec<String>,
}

/// Something that could not be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The file, or the record in it, named as in [`Draft::source`].
    pub source: String,
    /// One clear sentence.
    pub why: String,
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
pub type Progress<'a> = &'a mut dyn FnMut(u64) -> bool;

/// Extensions that are read, lowercase, without the dot.
pub const EXTENSIONS: &[&str] =
    &["txt", "text", "md", "markdown", "html", "htm", "xhtml", "json", "jsonl", "ndjson", "csv", "tsv", "docx"];

/// The kinds of files.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Html,
    Json,
    JsonLines,
    Table,
    Docx,
}

impl Format {
    fn of(name: &str) -> Result<Self, String> {
        let extension = Path::new(name).extension().map(|e| e.to_string_lossy().to_lowercase());
        Ok(match extension.as_deref() {
            Some("txt" | "text") => Self::Text,
            Some("md" | "markdown") => Self::Markdown,
            Some("html" | "htm" | "xhtml") => Self::Html,
            Some("json") => Self::Json,
            Some("jsonl" | "ndjson") => Self::JsonLines,
            Some("csv" | "tsv") => Self::Table,
            Some("docx") => Self::Docx,
            Some(other) => return Err(format!("files of kind .{other} are not read; {}", readable())),
            None => return Err(format!("a file without an extension is not read; {}", readable())),
        })
    }

    /// Bytes above which a file of this kind cannot keep the limits, whatever is in it.
    fn max_bytes(self, limits: &Limits) -> u64 {
        match self {
            // No encoding that is read here spends more than four bytes on a code point.
            Self::Text | Self::Markdown => limits.file_bytes.min(limits.text_chars as u64 * 4 + 4),
            Self::Html => limits.file_bytes.min(limits.html_bytes as u64),
            Self::Docx => limits.file_bytes.min(limits.docx_bytes),
            Self::Json | Self::JsonLines | Self::Table => limits.file_bytes,
        }
    }
}

fn readable() -> String {
    format!("readable are .{}", EXTENSIONS.join(", ."))
}

/// Reads one file; those of kind JSON, JSONL, CSV and TSV may hold many articles.
///
/// # Errors
/// A [`Failure`] where the file as a whole cannot be read, is refused, or `progress` returned false.
pub fn read(path: &Path, limits: &Limits, progress: Progress) -> Result<Drafts, Failure> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    bytes_of(path, &name, limits, progress)
        .and_then(|bytes| parse(&name, &bytes, limits, progress))
        .map_err(|why| Failure { source: name.into_owned(), why })
}

/// Reads a file whose bytes are at hand (dropped on the window, unpacked, made by a test) under the name `name`.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8], limits: &Limits, progress: Progress) -> Result<Drafts, Failure> {
    Format::of(name)
        .and_then(|format| allow_size(bytes.len() as u64, format.max_bytes(limits)))
        .and_then(|()| parse(name, bytes, limits, progress))
        .map_err(|why| Failure { source: name.to_owned(), why })
}

fn bytes_of(path: &Path, name: &str, limits: &Limits, progress: Progress) -> Result<Vec<u8>, String> {
    const CHUNK: u64 = 1 << 20;
    let why = |error| input::why(&error);
    let mut file = input::open(path, Format::of(name)?.max_bytes(limits)).map_err(why)?;
    let mut bytes = Vec::with_capacity(file.size() as usize);
    loop {
        let got = file.by_ref().take(CHUNK).read_to_end(&mut bytes).map_err(why)?;
        if !progress(0) {
            return Err(CANCELLED.into());
        }
        if (got as u64) < CHUNK {
            return Ok(bytes);
        }
    }
}

const CANCELLED: &str = "reading was cancelled";

fn allow_size(bytes: u64, max: u64) -> Result<(), String> {
    input::allow_size(bytes, max).map_err(|error| input::why(&error))
}

fn parse(name: &str, bytes: &[u8], limits: &Limits, progress: Progress) -> Result<Drafts, String> {
    let format = Format::of(name)?;
    if bytes.is_empty() {
        return Err("it is empty".into());
    }
    let size = bytes.len() as u64;
    let go_on: GoOn = &mut |done| if progress(done.min(size)) { Ok(()) } else { Err(CANCELLED.to_owned()) };
    go_on(0)?;
    let mut origin = Origin::new(name, bytes, limits);
    let read: fn(&Origin, &str, GoOn) -> Result<Drafts, String> = match format {
        Format::Docx => return docx::read(&origin, bytes).map(only),
        Format::Text => |origin, text, _| plain::read_text(origin, text).map(only),
        Format::Markdown => |origin, text, _| plain::read_markdown(origin, text).map(only),
        Format::Html => |origin, text, _| html::read(origin, text).map(only),
        Format::Json => json::read,
        Format::JsonLines => json::read_lines,
        Format::Table => table::read,
    };
    let declared = if format == Format::Html { html::declared_encoding(bytes) } else { None };
    let decoded = decode::decode(bytes, declared)?;
    origin.notes = decoded.notes;
    // Before it is taken apart, so that lines are counted alike whatever ends them.
    let drafts = read(&origin, &normalise(&decoded.text), go_on)?;
    go_on(size)?;
    Ok(drafts)
}

/// Told how many bytes are done; an error where the person has cancelled.
type GoOn<'a> = &'a mut dyn FnMut(u64) -> Result<(), String>;

fn only(draft: Draft) -> Drafts {
    vec![Ok(draft)]
}
