//! Pieces of XML, one after the other.

use std::borrow::Cow;

use quick_xml::events::attributes::Attributes;
use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::lang::{InWords, Message};
use crate::message;
use crate::say;

fn broken(why: impl InWords) -> Message {
    message!("xml-broken", why = why)
}

fn unread(error: impl Into<quick_xml::Error>) -> Message {
    broken(say::xml(&error.into()))
}

/// Hands over what an XML file holds, elements at most so deep. A document type is refused, since with it come entities that
/// grow without bound or lead to other files; one that only names its own file says nothing.
pub(super) fn walk<'x>(
    xml: &'x str,
    deepest: usize,
    mut visit: impl FnMut(XmlPiece<'x>) -> Result<(), Message>,
) -> Result<(), Message> {
    let xml = xml.trim_start_matches('\u{feff}');
    let mut reader = Reader::from_str(xml);
    let mut depth = 0;
    loop {
        match reader.read_event().map_err(unread)? {
            Event::Start(tag) => {
                visit(XmlPiece::Open(depth, Tag::of(xml, reader.buffer_position() as usize - 1, &tag)))?;
                depth += 1;
                if depth > deepest {
                    return Err(message!("xml-deep", depth = deepest));
                }
            }
            Event::End(_) => {
                depth = depth.saturating_sub(1);
                visit(XmlPiece::Close(depth))?;
            }
            Event::Empty(tag) => {
                visit(XmlPiece::Open(depth, Tag::of(xml, reader.buffer_position() as usize - 2, &tag)))?;
                visit(XmlPiece::Close(depth))?;
            }
            Event::Text(text) => visit(XmlPiece::Text(text.xml10_content()))?,
            Event::CData(text) => visit(XmlPiece::Text(text.xml10_content()))?,
            Event::GeneralRef(entity) => {
                let c = if entity.is_char_ref() {
                    entity.resolve_char_ref().map_err(unread)?.map(|c| c.to_string())
                } else {
                    quick_xml::escape::resolve_predefined_entity(&entity.xml10_content()).map(str::to_owned)
                };
                visit(XmlPiece::Text(c.ok_or_else(|| broken(message!("xml-entity")))?.into()))?;
            }
            Event::DocType(said) if said.contains('[') || !names_kin(&said) => return Err(message!("xml-doctype")),
            Event::Eof => return if depth == 0 { Ok(()) } else { Err(broken(message!("fault-short"))) },
            Event::DocType(_) | Event::Comment(_) | Event::Decl(_) | Event::PI(_) => {}
        }
    }
}

/// A piece of a file.
pub(super) enum XmlPiece<'x> {
    /// The beginning of an element, and how many it is in.
    Open(usize, Tag<'x>),
    /// Its end.
    Close(usize),
    /// A text between them.
    Text(Cow<'x, str>),
}

/// The beginning of an element: its name, and that with its attributes.
#[derive(Clone, Copy)]
pub(super) struct Tag<'x> {
    name: &'x str,
    all: &'x str,
}

impl<'x> Tag<'x> {
    /// The tag that ends at this byte: what its parser has borrowed from itself, borrowed from the file.
    fn of(xml: &'x str, end: usize, tag: &BytesStart<'_>) -> Self {
        let all = &xml[end - tag.len()..end];
        Self { name: &all[..tag.name().as_ref().len()], all }
    }

    /// The prefix of its name, which may be empty, and the rest.
    pub fn parts(self) -> (&'x str, &'x str) {
        self.name.split_once(':').unwrap_or(("", self.name))
    }

    /// The value of the attribute of this name; empty where it has none.
    pub fn value(self, name: &str) -> Result<String, Message> {
        for attribute in self.attributes() {
            let (key, value) = attribute?;
            if key == name {
                return Ok(value.into_owned());
            }
        }
        Ok(String::new())
    }

    /// Name and value of each attribute.
    pub fn attributes(self) -> impl Iterator<Item = Result<(&'x str, Cow<'x, str>), Message>> {
        let mut attributes = Attributes::new(self.all, self.name.len());
        attributes.with_checks(false);
        attributes.map(|attribute| {
            let attribute = attribute.map_err(unread)?;
            // Of entities only XML's own five are known, so none can grow.
            Ok((attribute.key.into_inner(), attribute.normalized_value(XmlVersion::Implicit1_0).map_err(unread)?))
        })
    }
}

/// True where a document type names the file of its kind and nothing far away: `collection SYSTEM "BioC.dtd"`.
fn names_kin(said: &str) -> bool {
    let file = said.split('"').nth(1).or_else(|| said.split('\'').nth(1)).unwrap_or_default();
    !said.contains("SYSTEM") || (file.ends_with(".dtd") && !file.contains(['/', '\\', ':']))
}
