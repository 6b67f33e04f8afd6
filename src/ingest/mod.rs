//! Article files of many kinds become article drafts: plain data, not yet part of any project.
//!
//! Files come from anywhere, so everything here is bounded by [`Limits`], nothing recurses on what a file says, and
//! each thing that cannot be read ends in a [`Failure`] of one sentence while the rest of the batch goes on.

mod archive;
mod article;
mod byline;
mod columns;
mod dates;
mod decode;
mod docx;
mod draft;
mod epub;
mod feed;
mod html;
mod json;
mod kind;
mod limits;
mod list;
mod mime;
pub mod near;
mod news_xml;
mod odt;
mod packed;
mod pdf;
mod plain;
mod reading;
mod rtf;
mod subtitles;
mod table;
mod titles;
mod warc;
mod xml;

use crate::lang::Message;
use crate::message;
use std::io::Read as _;
use std::path::Path;

use crate::input;
use crate::text::normalise;
use article::{GoOn, cancelled};
use draft::DraftOrigin;
use kind::SourceKind;

pub use article::{Draft, Drafts, Failure, ReadProgress};
pub use columns::ColumnNames;
pub use dates::DayOrder;
pub use kind::{ARTICLE_FILES, ArticleFiles, extensions, extensions_line};
pub use limits::Limits;
pub use list::{list, names};
pub use reading::Reading;

/// Reads one file; JSON, tables and feeds may hold many articles.
///
/// # Errors
/// A [`Failure`] where the file as a whole cannot be read, is refused, or `progress` returned false.
pub fn read(path: &Path, reading: &Reading, progress: ReadProgress) -> Result<Drafts, Failure> {
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    read_as(path, &name, reading, progress)
}

/// The same under the name `name`, in which folders have `/` between them (see [`names`]).
///
/// # Errors
/// As [`read`].
pub fn read_as(path: &Path, name: &str, reading: &Reading, progress: ReadProgress) -> Result<Drafts, Failure> {
    bytes_of(path, name, reading, progress)
        .and_then(|bytes| parse(name, &bytes, reading, progress))
        .map_err(|why| Failure { source: name.to_owned(), why })
}

/// Reads a file whose bytes are at hand (dropped on the window, unpacked, made by a test) under the name `name`.
///
/// # Errors
/// As [`read`].
pub fn read_bytes(name: &str, bytes: &[u8], reading: &Reading, progress: ReadProgress) -> Result<Drafts, Failure> {
    kind_of(name, bytes)
        .and_then(|kind| allow_size(bytes.len() as u64, kind.max_bytes(&reading.limits)))
        .and_then(|()| parse(name, bytes, reading, progress))
        .map_err(|why| Failure { source: name.to_owned(), why })
}

fn bytes_of(path: &Path, name: &str, reading: &Reading, progress: ReadProgress) -> Result<Vec<u8>, Message> {
    const CHUNK: u64 = 1 << 20;
    let why = |error| input::why(&error);
    let most = SourceKind::of(name)?.map_or(reading.limits.file_bytes, |kind| kind.max_bytes(&reading.limits));
    let mut file = input::open(path, most).map_err(why)?;
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

fn allow_size(bytes: u64, max: u64) -> Result<(), Message> {
    input::allow_size(bytes, max).map_err(|error| input::why(&error))
}

fn parse(name: &str, bytes: &[u8], reading: &Reading, progress: ReadProgress) -> Result<Drafts, Message> {
    let kind = kind_of(name, bytes)?;
    if bytes.is_empty() {
        return Err(message!("ingest-empty"));
    }
    let size = bytes.len() as u64;
    let go_on: GoOn = &mut |done| if progress(done.min(size)) { Ok(()) } else { Err(cancelled()) };
    go_on(0)?;
    if kind == SourceKind::Archive {
        let one = &mut |name: &str, bytes: &[u8], progress: ReadProgress| parse(name, bytes, reading, progress);
        let drafts = archive::read(name, bytes, &reading.limits, progress, one)?;
        return if progress(size) { Ok(drafts) } else { Err(cancelled()) };
    }
    let mut origin = DraftOrigin::new(name, bytes, reading);
    if kind == SourceKind::WebArchive {
        let drafts = warc::read(&origin, bytes, go_on)?;
        go_on(size)?;
        return Ok(drafts);
    }
    let read: fn(&DraftOrigin, &str, GoOn) -> Result<Drafts, Message> = match kind {
        SourceKind::Archive | SourceKind::WebArchive => return Err(message!("archive-inner")),
        SourceKind::Docx => return docx::read(&origin, bytes).map(only),
        SourceKind::OpenDocument => return odt::read(&origin, bytes).map(only),
        SourceKind::Epub => return epub::read(&origin, bytes).map(only),
        SourceKind::Pdf => return pdf::read(&origin, bytes, go_on).map(only),
        SourceKind::Rtf => return rtf::read(&origin, bytes).map(only),
        SourceKind::Mail => return mime::read_mail(&origin, bytes).map(only),
        SourceKind::SavedPage => return mime::read_page(&origin, bytes).map(only),
        SourceKind::Text => |origin, text, _| plain::read_text(origin, text).map(only),
        SourceKind::Markdown => |origin, text, _| plain::read_markdown(origin, text).map(only),
        SourceKind::Subtitles => |origin, text, _| subtitles::read(origin, text).map(only),
        SourceKind::Html => |origin, text, _| html::read(origin, text).map(only),
        SourceKind::Xml => xml_of_any_kind,
        SourceKind::Json => json::read,
        SourceKind::JsonLines => json::read_lines,
        SourceKind::Table => table::read,
    };
    let declared = match kind {
        SourceKind::Html => html::declared_encoding(bytes),
        SourceKind::Xml => xml::declared_encoding(bytes),
        _ => None,
    };
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

/// The kind of a file by its name, else by how it begins.
fn kind_of(name: &str, bytes: &[u8]) -> Result<SourceKind, Message> {
    Ok(SourceKind::of(name)?.unwrap_or_else(|| SourceKind::looked_at(bytes)))
}

/// XML by its root.
fn xml_of_any_kind(origin: &DraftOrigin, text: &str, go_on: GoOn) -> Result<Drafts, Message> {
    match xml::root(text)?.as_str() {
        "rss" | "feed" | "RDF" | "channel" => feed::read(origin, text, go_on),
        "nitf" | "newsItem" | "newsMessage" | "itemSet" | "NewsML" | "NewsItem" => news_xml::read(origin, text, go_on),
        "html" => html::read(origin, text).map(only),
        root => Err(message!("xml-root", root = root)),
    }
}
