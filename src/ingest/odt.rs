//! OpenDocument texts: headings and paragraphs of the body, the title and date of the document's properties.

use std::io::Cursor;

use zip::ZipArchive;

use super::Draft;
use super::columns::Fields;
use super::draft::DraftOrigin;
use super::xml::{XmlPiece, attribute, part, walk};
use crate::lang::Message;
use crate::message;
use crate::say;

const BODY: &str = "content.xml";
const PROPERTIES: &str = "meta.xml";
/// Blanks that one element may stand for.
const MOST_BLANKS: usize = 1_000;

/// The text of an OpenDocument file.
///
/// # Errors
/// One sentence, where it is none, or is larger unpacked than the limits allow.
pub(super) fn read(origin: &DraftOrigin, bytes: &[u8]) -> Result<Draft, Message> {
    let mut archive =
        ZipArchive::new(Cursor::new(bytes)).map_err(|error| message!("odt-why", why = say::zip(&error)))?;
    let body = part(&mut archive, BODY, origin.limits)?.ok_or_else(|| message!("odt-no-part", part = BODY))?;
    let mut fields = Fields { text: Some(body_text(&body)?), ..Fields::default() };
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

/// Elements whose words are no part of the running text: what was deleted, comments, notes at the foot.
const HIDDEN: [&str; 4] = ["tracked-changes", "annotation", "note", "forms"];

fn body_text(xml: &str) -> Result<String, Message> {
    let mut done = String::new();
    // A frame stands inside the paragraph that it is anchored in.
    let mut open: Vec<String> = Vec::new();
    let mut hidden = 0_usize;
    walk(BODY, xml, false, |piece| match piece {
        XmlPiece::Open(name, _) if HIDDEN.contains(&name) => hidden += 1,
        XmlPiece::Close(name) if HIDDEN.contains(&name) => hidden = hidden.saturating_sub(1),
        _ if hidden > 0 => {}
        XmlPiece::Open("p" | "h", _) => open.push(String::new()),
        XmlPiece::Close("p" | "h") => {
            let paragraph = open.pop().unwrap_or_default();
            if !paragraph.trim().is_empty() {
                if !done.is_empty() {
                    done.push_str("\n\n");
                }
                done.push_str(paragraph.trim_matches('\n'));
            }
        }
        XmlPiece::Open(name, tag) => {
            let Some(paragraph) = open.last_mut() else { return };
            match name {
                "tab" => paragraph.push('\t'),
                "line-break" => paragraph.push('\n'),
                "s" => {
                    let count = attribute(tag, "c").and_then(|count| count.parse().ok()).unwrap_or(1);
                    paragraph.extend(std::iter::repeat_n(' ', MOST_BLANKS.min(count)));
                }
                _ => {}
            }
        }
        XmlPiece::Close(_) => {}
        XmlPiece::Text(text) => {
            let Some(paragraph) = open.last_mut() else { return };
            // White space counts once here; more of it has an element.
            for c in text.chars() {
                let blank = matches!(c, ' ' | '\t' | '\n' | '\r');
                if !blank {
                    paragraph.push(c);
                } else if !paragraph.is_empty() && !paragraph.ends_with([' ', '\t', '\n']) {
                    paragraph.push(' ');
                }
            }
        }
    })?;
    Ok(done)
}

/// The title and the day of making in a document's properties.
fn properties(xml: &str) -> Result<(Option<String>, Option<String>), Message> {
    let (mut title, mut created, mut changed) = (String::new(), String::new(), String::new());
    let mut open = String::new();
    walk(PROPERTIES, xml, false, |piece| match piece {
        XmlPiece::Open(name, _) => name.clone_into(&mut open),
        XmlPiece::Close(_) => open.clear(),
        XmlPiece::Text(text) => match open.as_str() {
            "title" => title.push_str(text),
            "creation-date" => created.push_str(text),
            "date" => changed.push_str(text),
            _ => {}
        },
    })?;
    let filled = |said: String| Some(said).filter(|said| !said.trim().is_empty());
    Ok((filled(title), filled(created).or_else(|| filled(changed))))
}
