//! Books in EPUB: all chapters in their reading order, as one article.

use crate::lang::Message;
use crate::message;
use std::collections::HashMap;

use super::columns::Fields;
use super::decode::decode;
use super::draft::DraftOrigin;
use super::packed::{Parts, walk};
use super::xml::XmlPiece;
use super::{Draft, html};

const CONTAINER: &str = "META-INF/container.xml";
/// Chapters of one book.
const CHAPTERS: usize = 10_000;

/// The package of a book: its facts, and the parts in their reading order.
#[derive(Default)]
struct Package {
    fields: Fields,
    chapters: Vec<String>,
}

pub(super) fn read(origin: &DraftOrigin, bytes: &[u8]) -> Result<Draft, Message> {
    let mut parts = Parts::new(bytes, origin.limits).map_err(|why| message!("epub-why", why = why))?;
    let mut notes = Vec::new();
    let mut package = match package(&mut parts) {
        Ok(package) if !package.chapters.is_empty() => package,
        // A book that does not say what it is made of is still read, as long as it has pages.
        _ => {
            let is_page =
                |name: &String| [".xhtml", ".html", ".htm"].iter().any(|end| name.to_lowercase().ends_with(end));
            let mut chapters: Vec<String> = parts.names().into_iter().filter(is_page).collect();
            chapters.sort_by(|one, other| super::list::by_number(one, other));
            notes.push(message!("epub-order"));
            Package { chapters, ..Package::default() }
        }
    };
    let mut text = String::new();
    for name in package.chapters.iter().take(CHAPTERS) {
        let page = match parts.bytes(name) {
            Ok(Some(page)) => page,
            Ok(None) => {
                notes.push(message!("epub-missing", part = name));
                continue;
            }
            Err(why) => return Err(why),
        };
        let page = decode(&page, html::declared_encoding(&page))
            .map_err(|why| message!("part-why", name = name, why = why))?;
        let chapter = html::all_text(&page.text, origin.limits)?;
        if !chapter.trim().is_empty() {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            text.push_str(&chapter);
        }
    }
    package.fields.text = Some(text);
    origin.whole(package.fields, notes)
}

/// The package that the container names.
fn package(parts: &mut Parts) -> Result<Package, Message> {
    let mut path = None;
    let container = parts.text(CONTAINER)?.unwrap_or_default();
    walk(CONTAINER, &container, |piece| {
        if let XmlPiece::Open("rootfile", attributes) = piece {
            path = path.take().or_else(|| attributes.get("full-path"));
        }
    })?;
    let Some(path) = path else { return Ok(Package::default()) };
    let xml = parts.text(&path)?.unwrap_or_default();
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut package = Package::default();
    let mut items: HashMap<String, String> = HashMap::new();
    let mut open = String::new();
    walk(&path, &xml, |piece| match piece {
        XmlPiece::Open("item", attributes) => {
            let is_page = attributes.get("media-type").is_none_or(|kind| kind.contains("html"));
            if let (Some(id), Some(href), true) = (attributes.get("id"), attributes.get("href"), is_page) {
                items.insert(id, beside(folder, &href));
            }
        }
        XmlPiece::Open("itemref", attributes) => {
            if let Some(item) = attributes.get("idref").and_then(|id| items.get(&id)) {
                package.chapters.push(item.clone());
            }
        }
        XmlPiece::Open(name, _) => name.clone_into(&mut open),
        XmlPiece::Close(_) => open.clear(),
        XmlPiece::Text(text) => {
            let fields = &mut package.fields;
            let field = match open.as_str() {
                "title" => &mut fields.title,
                "date" => &mut fields.published,
                "publisher" => &mut fields.publisher,
                "creator" => &mut fields.author,
                "language" => &mut fields.language,
                _ => return,
            };
            // The first of several counts: later dates are of changes.
            if field.is_none() && !text.trim().is_empty() {
                *field = Some(text.to_owned());
            }
        }
    })?;
    Ok(package)
}

/// The name of the part that `href` means, seen from `folder`.
fn beside(folder: &str, href: &str) -> String {
    let href = href.split('#').next().unwrap_or_default();
    let mut names: Vec<&str> = folder.split('/').filter(|name| !name.is_empty()).collect();
    let decoded = percent_decoded(href);
    for name in decoded.split('/') {
        match name {
            "" | "." => {}
            ".." => drop(names.pop()),
            name => names.push(name),
        }
    }
    names.join("/")
}

fn percent_decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let hex =
            text.get(at + 1..at + 3).filter(|_| bytes[at] == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok());
        out.push(hex.unwrap_or(bytes[at]));
        at += if hex.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&out).into_owned()
}
