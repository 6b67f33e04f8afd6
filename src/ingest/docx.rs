//! Word documents: the paragraphs of the body, the title and date of the document's properties.

use crate::lang::Message;
use crate::message;
use std::io::{Cursor, Read as _};

use quick_xml::Reader;
use quick_xml::events::{BytesRef, Event};
use zip::ZipArchive;
use zip::result::ZipError;

use super::columns::Fields;
use super::decode::decode;
use super::draft::DraftOrigin;
use super::{Draft, Limits};
use crate::say;

const BODY: &str = "word/document.xml";
const PROPERTIES: &str = "docProps/core.xml";
/// Parts smaller than this unpacked may be packed as tightly as they like, bytes.
const SMALL: u64 = 1 << 20;

type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

pub(super) fn read(origin: &DraftOrigin, bytes: &[u8]) -> Result<Draft, Message> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| message!("docx-why", why = say::zip(&error)))?;
    let body = part(&mut archive, BODY, origin.limits)?.ok_or_else(|| message!("docx-no-part", part = BODY))?;
    let text = body_text(&body)?;
    let mut fields = Fields { text: Some(text), ..Default::default() };
    let mut notes = Vec::new();
    // The text is what matters: a document whose properties are damaged is still read.
    match part(&mut archive, PROPERTIES, origin.limits).and_then(|xml| xml.map(|xml| properties(&xml)).transpose()) {
        Ok(Some((title, created))) => {
            fields.title = title;
            if created.is_some() {
                notes.push(message!("docx-date"));
            }
            fields.published = created;
        }
        Ok(None) => {}
        Err(why) => notes.push(why),
    }
    origin.whole(fields, notes)
}

/// One part of the archive as text, if it is there.
fn part(archive: &mut Archive, name: &str, limits: &Limits) -> Result<Option<String>, Message> {
    let file = match archive.by_name(name) {
        Ok(file) => file,
        Err(ZipError::FileNotFound) => return Ok(None),
        Err(error) => return Err(message!("docx-unpacked", name = name, why = say::zip(&error))),
    };
    // The size that an archive states may be a lie, so what really comes out is measured.
    let allowed = limits.unzipped_bytes.min((file.compressed_size().saturating_mul(limits.zip_ratio)).max(SMALL));
    let mut bytes = Vec::new();
    file.take(allowed + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| message!("docx-unpacked", name = name, why = say::io(&error)))?;
    if bytes.len() as u64 > allowed {
        return Err(message!("docx-bomb", name = name, allowed = allowed));
    }
    decode(&bytes, None)
        .map(|decoded| Some(decoded.text.into_owned()))
        .map_err(|why| message!("docx-part-why", name = name, why = why))
}

/// Walks the elements of `xml` by local name.
fn walk(part: &str, xml: &str, mut visit: impl FnMut(DocxPiece)) -> Result<(), Message> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    loop {
        let event = reader.read_event();
        let broken = |why: Message| message!("docx-broken", part = part, why = why);
        match event.map_err(|error| broken(say::xml(&error)))? {
            Event::Start(tag) => visit(DocxPiece::Open(tag.local_name().as_ref())),
            Event::End(tag) => visit(DocxPiece::Close(tag.local_name().as_ref())),
            Event::Empty(tag) => {
                visit(DocxPiece::Open(tag.local_name().as_ref()));
                visit(DocxPiece::Close(tag.local_name().as_ref()));
            }
            Event::Text(text) => visit(DocxPiece::Text(&text.xml10_content())),
            Event::CData(text) => visit(DocxPiece::Text(&text.xml10_content())),
            Event::GeneralRef(entity) => {
                let char = resolve(&entity).ok_or_else(|| broken(message!("xml-entity")))?;
                visit(DocxPiece::Text(char.encode_utf8(&mut [0; 4])));
            }
            // Entities that a document defines for itself can grow without bound, and Word never writes any.
            Event::DocType(_) => return Err(broken(message!("docx-doctype"))),
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

enum DocxPiece<'a> {
    Open(&'a str),
    Close(&'a str),
    Text(&'a str),
}

fn resolve(entity: &BytesRef) -> Option<char> {
    if entity.is_char_ref() {
        return entity.resolve_char_ref().ok()?;
    }
    Some(match &*entity.xml10_content() {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        _ => return None,
    })
}

/// The paragraphs of a document's body, with a blank line between.
fn body_text(xml: &str) -> Result<String, Message> {
    let mut done = String::new();
    // A text box stands inside the paragraph that it is anchored in.
    let mut open: Vec<String> = Vec::new();
    let mut in_text = false;
    // Inside what was deleted, moved away, or given again for older programs.
    let mut hidden = 0_usize;
    walk(BODY, xml, |piece| match piece {
        DocxPiece::Open("Fallback" | "del" | "moveFrom") => hidden += 1,
        DocxPiece::Close("Fallback" | "del" | "moveFrom") => hidden = hidden.saturating_sub(1),
        _ if hidden > 0 => {}
        DocxPiece::Open("p") => open.push(String::new()),
        DocxPiece::Close("p") => {
            let paragraph = open.pop().unwrap_or_default();
            if !paragraph.trim().is_empty() {
                if !done.is_empty() {
                    done.push_str("\n\n");
                }
                done.push_str(paragraph.trim_matches('\n'));
            }
        }
        DocxPiece::Open(name) => {
            in_text = name == "t";
            let sign = match name {
                "tab" => "\t",
                "br" | "cr" => "\n",
                "noBreakHyphen" => "\u{2011}",
                "softHyphen" => "\u{ad}",
                _ => "",
            };
            if let Some(paragraph) = open.last_mut() {
                paragraph.push_str(sign);
            }
        }
        DocxPiece::Close(_) => in_text = false,
        DocxPiece::Text(text) if in_text => {
            if let Some(paragraph) = open.last_mut() {
                paragraph.push_str(text);
            }
        }
        DocxPiece::Text(_) => {}
    })?;
    Ok(done)
}

/// The title and the day of making in a document's properties.
fn properties(xml: &str) -> Result<(Option<String>, Option<String>), Message> {
    let (mut title, mut created) = (String::new(), String::new());
    let mut open = String::new();
    walk(PROPERTIES, xml, |piece| match piece {
        DocxPiece::Open(name) => name.clone_into(&mut open),
        DocxPiece::Close(_) => open.clear(),
        DocxPiece::Text(text) if open == "title" => title.push_str(text),
        DocxPiece::Text(text) if open == "created" => created.push_str(text),
        DocxPiece::Text(_) => {}
    })?;
    let filled = |said: String| Some(said).filter(|said| !said.trim().is_empty());
    Ok((filled(title), filled(created)))
}
