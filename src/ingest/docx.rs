//! Word documents: the paragraphs of the body, the title and date of the document's properties.

use crate::lang::Message;
use crate::message;
use std::io::Cursor;

use zip::ZipArchive;

use super::Draft;
use super::columns::Fields;
use super::draft::DraftOrigin;
use super::xml::{XmlPiece, part, walk};
use crate::say;

const BODY: &str = "word/document.xml";
const PROPERTIES: &str = "docProps/core.xml";
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

/// The paragraphs of a document's body, with a blank line between.
fn body_text(xml: &str) -> Result<String, Message> {
    let mut done = String::new();
    // A text box stands inside the paragraph that it is anchored in.
    let mut open: Vec<String> = Vec::new();
    let mut in_text = false;
    // Inside what was deleted, moved away, or given again for older programs.
    let mut hidden = 0_usize;
    walk(BODY, xml, false, |piece| match piece {
        XmlPiece::Open("Fallback" | "del" | "moveFrom", _) => hidden += 1,
        XmlPiece::Close("Fallback" | "del" | "moveFrom") => hidden = hidden.saturating_sub(1),
        _ if hidden > 0 => {}
        XmlPiece::Open("p", _) => open.push(String::new()),
        XmlPiece::Close("p") => {
            let paragraph = open.pop().unwrap_or_default();
            if !paragraph.trim().is_empty() {
                if !done.is_empty() {
                    done.push_str("\n\n");
                }
                done.push_str(paragraph.trim_matches('\n'));
            }
        }
        XmlPiece::Open(name, _) => {
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
        XmlPiece::Close(_) => in_text = false,
        XmlPiece::Text(text) if in_text => {
            if let Some(paragraph) = open.last_mut() {
                paragraph.push_str(text);
            }
        }
        XmlPiece::Text(_) => {}
    })?;
    Ok(done)
}

/// The title and the day of making in a document's properties.
fn properties(xml: &str) -> Result<(Option<String>, Option<String>), Message> {
    let (mut title, mut created) = (String::new(), String::new());
    let mut open = String::new();
    walk(PROPERTIES, xml, false, |piece| match piece {
        XmlPiece::Open(name, _) => name.clone_into(&mut open),
        XmlPiece::Close(_) => open.clear(),
        XmlPiece::Text(text) if open == "title" => title.push_str(text),
        XmlPiece::Text(text) if open == "created" => created.push_str(text),
        XmlPiece::Text(_) => {}
    })?;
    let filled = |said: String| Some(said).filter(|said| !said.trim().is_empty());
    Ok((filled(title), filled(created)))
}
