//! OpenDocument texts: headings and paragraphs of the body, title, date and language of the document's description.

use crate::lang::Message;
use crate::message;

use super::Draft;
use super::columns::Fields;
use super::docx::LeftOut;
use super::draft::DraftOrigin;
use super::packed::{Parts, walk};
use super::xml::{XmlAttributes, XmlPiece};

const BODY: &str = "content.xml";
const DESCRIPTION: &str = "meta.xml";
/// Blanks that one element may stand for.
const BLANKS: usize = 1_000;

/// Elements whose content is not a part of the text as it is read: what was deleted, remarks, readings above characters,
/// drawings' own names, lists of contents' patterns.
const HIDDEN: [&str; 8] =
    ["tracked-changes", "annotation", "ruby-text", "note", "title", "desc", "index-title-template", "sequence-decls"];

pub(super) fn read(origin: &DraftOrigin, bytes: &[u8]) -> Result<Draft, Message> {
    let mut parts = Parts::new(bytes, origin.limits).map_err(|why| message!("odt-why", why = why))?;
    let body = parts.text(BODY)?.ok_or_else(|| message!("odt-no-part", part = BODY))?;
    let (text, left_out) = body_text(&body)?;
    let mut notes = left_out.told();
    let mut fields = Fields { text: Some(text), ..Default::default() };
    match parts.text(DESCRIPTION).and_then(|xml| xml.map(|xml| described(&xml, &mut fields)).transpose()) {
        Ok(_) if fields.published.is_some() => notes.push(message!("document-date")),
        Ok(_) => {}
        Err(why) => notes.push(why),
    }
    origin.whole(fields, notes)
}

/// The headings and paragraphs, with a blank line between.
fn body_text(xml: &str) -> Result<(String, LeftOut), Message> {
    let mut done = String::new();
    // A text box stands inside the paragraph that it is anchored in.
    let mut open: Vec<String> = Vec::new();
    let mut left_out = LeftOut::default();
    let mut hidden = 0_usize;
    let blanks = |attributes: &XmlAttributes| {
        let count = attributes.get("c").and_then(|count| count.parse().ok()).unwrap_or(1_usize);
        " ".repeat(count.min(BLANKS))
    };
    walk(BODY, xml, |piece| match piece {
        XmlPiece::Open(name, _) if hidden > 0 || HIDDEN.contains(&name) => {
            left_out.footnotes += usize::from(name == "note" && hidden == 0);
            left_out.readings += usize::from(name == "ruby-text" && hidden == 0);
            hidden += usize::from(HIDDEN.contains(&name));
        }
        XmlPiece::Close(name) if hidden > 0 => hidden -= usize::from(HIDDEN.contains(&name)),
        XmlPiece::Text(_) if hidden > 0 => {}
        XmlPiece::Open("p" | "h", _) => open.push(String::new()),
        XmlPiece::Close("p" | "h") => {
            let paragraph = open.pop().unwrap_or_default();
            let paragraph = paragraph.trim_matches(['\n', ' ']);
            if !paragraph.trim().is_empty() {
                if !done.is_empty() {
                    done.push_str("\n\n");
                }
                done.push_str(paragraph);
            }
        }
        XmlPiece::Open(name, attributes) => {
            left_out.list_items += usize::from(name == "list-item");
            let sign = match name {
                "s" => blanks(&attributes),
                "tab" => "\t".to_owned(),
                "line-break" => "\n".to_owned(),
                _ => return,
            };
            if let Some(paragraph) = open.last_mut() {
                paragraph.push_str(&sign);
            }
        }
        XmlPiece::Close(_) => {}
        XmlPiece::Text(text) => {
            if let Some(paragraph) = open.last_mut() {
                // Runs of white space are one blank, as in HTML; more are written as elements.
                for char in text.chars() {
                    match char {
                        ' ' | '\t' | '\r' | '\n' if paragraph.ends_with(' ') => {}
                        ' ' | '\t' | '\r' | '\n' => paragraph.push(' '),
                        _ => paragraph.push(char),
                    }
                }
            }
        }
    })?;
    Ok((done, left_out))
}

/// Takes the facts of the document's description.
fn described(xml: &str, fields: &mut Fields) -> Result<(), Message> {
    let mut open = String::new();
    walk(DESCRIPTION, xml, |piece| match piece {
        XmlPiece::Open(name, _) => name.clone_into(&mut open),
        XmlPiece::Close(_) => open.clear(),
        XmlPiece::Text(text) => {
            let field = match open.as_str() {
                "title" => &mut fields.title,
                "creation-date" => &mut fields.published,
                "language" => &mut fields.language,
                _ => return,
            };
            field.get_or_insert_default().push_str(text);
        }
    })
}
