//! XML as the readers of articles walk through it: by local names, without entities of its own and without recursion.

use crate::lang::Message;
use crate::message;

use encoding_rs::Encoding;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::say;

/// Elements inside each other beyond which nobody wrote it.
const DEEPEST: usize = 1_000;

/// One piece of a document, in its order.
pub(super) enum XmlPiece<'a> {
    Open(&'a str, XmlAttributes<'a>),
    Close(&'a str),
    Text(&'a str),
}

/// The attributes of an element, by local name.
#[derive(Clone, Copy)]
pub(super) struct XmlAttributes<'a>(&'a BytesStart<'a>);

impl XmlAttributes<'_> {
    /// The value of the attribute with this local name, whatever its prefix.
    pub fn get(&self, name: &str) -> Option<String> {
        let found = self.0.attributes().with_checks(false).flatten().find(|it| it.key.local_name().as_ref() == name)?;
        Some(found.normalized_value(XmlVersion::Implicit1_0).map_or_else(|_| found.value.to_string(), Into::into))
    }
}

/// Walks the elements of `xml` by local name. Of a document type nothing is read but that it is there, where it is allowed.
///
/// # Errors
/// One sentence, where it is not XML, defines entities, or is nested too deep.
pub(super) fn walk(xml: &str, mut visit: impl FnMut(XmlPiece)) -> Result<(), Message> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}').trim_start());
    let mut depth = 0_usize;
    loop {
        match reader.read_event().map_err(|error| say::xml(&error))? {
            Event::Start(tag) => {
                depth += 1;
                if depth > DEEPEST {
                    return Err(message!("html-deep", depth = DEEPEST));
                }
                visit(XmlPiece::Open(tag.local_name().as_ref(), XmlAttributes(&tag)));
            }
            Event::End(tag) => {
                depth = depth.saturating_sub(1);
                visit(XmlPiece::Close(tag.local_name().as_ref()));
            }
            Event::Empty(tag) => {
                visit(XmlPiece::Open(tag.local_name().as_ref(), XmlAttributes(&tag)));
                visit(XmlPiece::Close(tag.local_name().as_ref()));
            }
            Event::Text(text) => visit(XmlPiece::Text(&text.xml10_content())),
            Event::CData(text) => visit(XmlPiece::Text(&text.xml10_content())),
            Event::GeneralRef(entity) => match resolve(&entity) {
                Some(text) => visit(XmlPiece::Text(&text)),
                None => return Err(message!("xml-entity")),
            },
            // Entities that a document defines for itself can grow without bound.
            Event::DocType(declared) if declared.xml10_content().contains("<!ENTITY") => {
                return Err(message!("xml-doctype"));
            }
            Event::Eof => return Ok(()),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
        }
    }
}

/// The characters of a reference: those of XML, and the names of HTML, which feeds use as if they were declared.
fn resolve(entity: &BytesRef) -> Option<String> {
    if entity.is_char_ref() {
        return entity.resolve_char_ref().ok()?.map(String::from);
    }
    let written = format!("&{};", entity.xml10_content());
    let read = html_escape::decode_html_entities(&written);
    (read != written).then(|| read.into_owned())
}

/// The local name of the root.
///
/// # Errors
/// One sentence, where there is none.
pub(super) fn root(xml: &str) -> Result<String, Message> {
    let mut reader = Reader::from_str(xml.trim_start_matches('\u{feff}').trim_start());
    loop {
        match reader.read_event().map_err(|error| message!("xml-none", why = say::xml(&error)))? {
            Event::Start(tag) | Event::Empty(tag) => return Ok(tag.local_name().as_ref().to_owned()),
            Event::Eof => return Err(message!("xml-empty")),
            _ => {}
        }
    }
}

/// The encoding that the declaration at the start names.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(200)]);
    let declaration = start.trim_start_matches('\u{feff}').strip_prefix("<?xml")?.split_once("?>")?.0;
    let label = declaration.split_once("encoding")?.1.trim_start_matches([' ', '=', '"', '\'']);
    Encoding::for_label(label.split(['"', '\'']).next()?.as_bytes())
}
