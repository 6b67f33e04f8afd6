//! The ground of kinds of files in XML: elements by their local name, and parts of packed files.

use std::borrow::Cow;
use std::io::{Cursor, Read as _};

use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;
use zip::result::ZipError;

use super::Limits;
use super::decode::decode;
use crate::lang::Message;
use crate::message;
use crate::say;

/// Parts smaller than this unpacked may be packed as tightly as they like, bytes.
const SMALL: u64 = 1 << 20;

pub(super) type Archive<'a> = ZipArchive<Cursor<&'a [u8]>>;

/// One part of an archive as text, if it is there.
///
/// # Errors
/// One sentence, where it cannot be unpacked, unpacks to more than the limits allow, or is no text.
pub(super) fn part(archive: &mut Archive, name: &str, limits: &Limits) -> Result<Option<String>, Message> {
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

/// A piece of a file in XML.
pub(super) enum XmlPiece<'a> {
    Open(&'a str, &'a BytesStart<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// Walks the elements of `xml`, which stands in `part`, by local name. `typed` files may name their document type.
///
/// # Errors
/// One sentence, where it is no XML, or declares entities of its own, which could grow without bound.
pub(super) fn walk(part: &str, xml: &str, typed: bool, mut visit: impl FnMut(XmlPiece)) -> Result<(), Message> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}'));
    loop {
        let event = reader.read_event();
        let broken = |why: Message| message!("docx-broken", part = part, why = why);
        match event.map_err(|error| broken(say::xml(&error)))? {
            Event::Start(tag) => visit(XmlPiece::Open(tag.local_name().as_ref(), &tag)),
            Event::End(tag) => visit(XmlPiece::Close(tag.local_name().as_ref())),
            Event::Empty(tag) => {
                visit(XmlPiece::Open(tag.local_name().as_ref(), &tag));
                visit(XmlPiece::Close(tag.local_name().as_ref()));
            }
            Event::Text(text) => visit(XmlPiece::Text(&text.xml10_content())),
            Event::CData(text) => visit(XmlPiece::Text(&text.xml10_content())),
            Event::GeneralRef(entity) => {
                let char = resolve(&entity).ok_or_else(|| broken(message!("xml-entity")))?;
                visit(XmlPiece::Text(char.encode_utf8(&mut [0; 4])));
            }
            Event::DocType(said) if !typed || said.contains('[') => return Err(broken(message!("docx-doctype"))),
            Event::Eof => return Ok(()),
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
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

/// The value of an attribute, by its local name.
pub(super) fn attribute(tag: &BytesStart, name: &str) -> Option<String> {
    let mut all = tag.attributes();
    let found = all.with_checks(false).flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    found.normalized_value(XmlVersion::Implicit1_0).ok().map(Cow::into_owned)
}
