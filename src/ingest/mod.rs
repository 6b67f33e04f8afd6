//! Article files of many kinds become article drafts: plain data, not yet part of any project.
//!
//! Files come from anywhere, so everything here is bounded by [`Limits`], nothing recurses on what a file says, and
//! each thing that cannot be read ends in a [`Failure`] of one sentence while the rest of the batch goes on.

mod article;
mod columns;
mod dates;
mod decode;
mod docx;
mod draft;
mod feed;
mod html;
mod json;
mod kind;
mod limits;
mod list;
pub mod near;
mod odt;
mod plain;
mod subtitles;
mod table;
mod titles;
mod xml;

use crate::lang::Message;
use crate::message;
use std::io::Read as _;
use std::path::Path;

use crate::input;
use crate::text::normalise;
use article::GoOn;
use draft::DraftOrigin;
use kind::SourceKind;

pub use article::{Draft, Drafts, Failure, ReadProgress};
pub use kind::EXTENSIONS;
pub use limits::Limits;
pub use list::list;

/// Reads one file; those of kind JSON, JSONL, CSV and TSV may hold many articles.
///
/// # Errors
/// A [`Failure`] where the file as a whole cannot be read, is refused, or `progress` returned false.
pub fn read(path: &Path, limits: &Limits, progress: ReadProgress) -> Result<Drafts, Failure> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    bytes_of(path, &name, limits, progress)
        .and_then(|bytes| parse(&name, &bytes, limits, progress))
        .map_err(|why| Failure { source: name.into_owned(), why })
}

/// Reads a file whose bytes are at hand (dropped on the window, unpacked, made by a test) under the name `name`.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8], limits: &Limits, progress: ReadProgress) -> Result<Drafts, Failure> {
    SourceKind::of(name)
        .and_then(|format| allow_size(bytes.len() as u64, format.max_bytes(limits)))
        .and_then(|()| parse(name, bytes, limits, progress))
        .map_err(|why| Failure { source: name.to_owned(), why })
}

fn bytes_of(path: &Path, name: &str, limits: &Limits, progress: ReadProgress) -> Result<Vec<u8>, Message> {
    const CHUNK: u64 = 1 << 20;
    let why = |error| input::why(&error);
    let mut file = input::open(path, SourceKind::of(name)?.max_bytes(limits)).map_err(why)?;
    let mut bytes = Vec::with_capacity(file.size() as usize);
    loop {
        let got = file.by_ref().take(CHUNK).read_to_end(&mut bytes).map_err(why)?;
        if !progress(0) {
            return Err(cancelled());
        }
        if (got as u64) < CHUNK {
            return Ok(bytes);
        }
    }
}

fn cancelled() -> Message {
    message!("ingest-cancelled")
}

fn allow_size(bytes: u64, max: u64) -> Result<(), Message> {
    input::allow_size(bytes, max).map_err(|error| input::why(&error))
}

fn parse(name: &str, bytes: &[u8], limits: &Limits, progress: ReadProgress) -> Result<Drafts, Message> {
    let format = SourceKind::of(name)?;
    if bytes.is_empty() {
        return Err(message!("ingest-empty"));
    }
    let size = bytes.len() as u64;
    let go_on: GoOn = &mut |done| if progress(done.min(size)) { Ok(()) } else { Err(cancelled()) };
    go_on(0)?;
    let mut origin = DraftOrigin::new(name, bytes, limits);
    let read: fn(&DraftOrigin, &str, GoOn) -> Result<Drafts, Message> = match format {
        SourceKind::Docx => return docx::read(&origin, bytes).map(only),
        SourceKind::Odt => return odt::read(&origin, bytes).map(only),
        SourceKind::Text => |origin, text, _| plain::read_text(origin, text).map(only),
        SourceKind::Markdown => |origin, text, _| plain::read_markdown(origin, text).map(only),
        SourceKind::Html => |origin, text, _| html::read(origin, text).map(only),
        SourceKind::Json => json::read,
        SourceKind::JsonLines => json::read_lines,
        SourceKind::Table => table::read,
        SourceKind::Subtitles => |origin, text, _| subtitles::read(origin, text).map(only),
        SourceKind::News => |origin, text, _| feed::read(origin, text),
    };
    let declared = if format == SourceKind::Html { html::declared_encoding(bytes) } else { None };
    let decoded = decode::decode(bytes, declared)?;
    origin.notes = decoded.notes;
    // Before it is taken apart, so that lines are counted alike whatever ends them.
    let drafts = read(&origin, &normalise(&decoded.text), go_on)?;
    go_on(size)?;
    Ok(drafts)
}

fn only(draft: Draft) -> Drafts {
    vec![Ok(draft)]
}
