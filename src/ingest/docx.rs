//! Word documents: the paragraphs of the body, the title and date of the document's properties.

use crate::lang::Message;
use crate::message;

use super::columns::Fields;
use super::draft::DraftOrigin;
use super::packed::{Parts, walk};
use super::xml::{XmlAttributes, XmlPiece};
use super::{Draft, titles};

const BODY: &str = "word/document.xml";
const PROPERTIES: &str = "docProps/core.xml";

pub(super) fn read(origin: &DraftOrigin, bytes: &[u8]) -> Result<Draft, Message> {
    let mut parts = Parts::new(bytes, origin.limits).map_err(|why| message!("docx-why", why = why))?;
    let body = parts.text(BODY)?.ok_or_else(|| message!("docx-no-part", part = BODY))?;
    let body = DocxBody::read(&body)?;
    let mut notes = body.left_out.told();
    let mut fields = Fields { text: Some(body.done), ..Default::default() };
    // The text is what matters: a document whose properties are damaged is still read.
    match parts.text(PROPERTIES).and_then(|xml| xml.map(|xml| properties(&xml)).transpose()) {
        Ok(Some((title, created))) => {
            fields.title = title;
            if created.is_some() {
                notes.push(message!("document-date"));
            }
            fields.published = created;
        }
        Ok(None) => {}
        Err(why) => notes.push(why),
    }
    fields.title = fields.title.or(body.title);
    origin.whole(fields, notes)
}

/// Parts of a document that do not become text, counted.
#[derive(Debug, Default, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeftOut {
    pub footnotes: usize,
    pub list_items: usize,
    pub readings: usize,
    pub hidden: usize,
}

impl LeftOut {
    /// A sentence for each kind that there is.
    pub fn told(self) -> Vec<Message> {
        let mut told = Vec::new();
        if self.footnotes > 0 {
            told.push(message!("document-footnotes", count = self.footnotes));
        }
        if self.list_items > 0 {
            told.push(message!("document-lists", count = self.list_items));
        }
        if self.readings > 0 {
            told.push(message!("document-readings", count = self.readings));
        }
        if self.hidden > 0 {
            told.push(message!("document-hidden", count = self.hidden));
        }
        told
    }
}

/// The walk through the body.
#[derive(Default)]
struct DocxBody {
    done: String,
    title: Option<String>,
    left_out: LeftOut,
    /// Paragraphs that are open: a text box stands inside the paragraph that it is anchored in.
    open: Vec<DocxParagraph>,
    /// Rows of tables that are open, and whether each was deleted.
    rows: Vec<bool>,
    /// The end of a paragraph whose mark was deleted: the next one goes on with it.
    joined: Option<String>,
    in_text: bool,
    /// Within the properties of a paragraph, a run, a row.
    in_properties: usize,
    in_row_properties: bool,
    in_run: bool,
    /// The run that is open is not shown.
    is_run_hidden: bool,
    /// Inside what was deleted, moved away, given again for older programs, or read above other characters.
    hidden: usize,
}

#[derive(Default)]
struct DocxParagraph {
    text: String,
    is_mark_deleted: bool,
    is_title: bool,
}

/// Elements whose content is not shown.
const HIDDEN: [&str; 4] = ["Fallback", "del", "moveFrom", "rt"];

impl DocxBody {
    fn read(xml: &str) -> Result<Self, Message> {
        let mut body = Self::default();
        walk(BODY, xml, |piece| match piece {
            XmlPiece::Open(name, attributes) => body.open(name, attributes),
            XmlPiece::Close(name) => body.close(name),
            XmlPiece::Text(text) => body.text(text),
        })?;
        if let Some(rest) = body.joined.take() {
            body.paragraph(&rest);
        }
        Ok(body)
    }

    fn open(&mut self, name: &str, attributes: XmlAttributes) {
        if name == "tr" {
            self.rows.push(false);
        }
        if self.in_properties > 0 {
            self.property(name, attributes);
        } else if self.hidden > 0 || HIDDEN.contains(&name) {
            self.left_out.readings += usize::from(name == "rt" && self.hidden == 0);
            self.hidden += usize::from(HIDDEN.contains(&name));
        } else {
            self.content(name);
        }
        if matches!(name, "pPr" | "rPr" | "trPr" | "tblPr" | "tcPr" | "sectPr") {
            self.in_properties += 1;
            self.in_row_properties = name == "trPr";
        }
    }

    /// Takes a property of the paragraph, run or row that is open.
    fn property(&mut self, name: &str, attributes: XmlAttributes) {
        match name {
            "del" | "moveFrom" if self.in_row_properties => {
                if let Some(is_deleted) = self.rows.last_mut()
                    && !std::mem::replace(is_deleted, true)
                {
                    self.hidden += 1;
                }
            }
            "del" | "moveFrom" if !self.in_run => {
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.is_mark_deleted = true;
                }
            }
            "vanish" if self.in_run => {
                self.is_run_hidden = !matches!(attributes.get("val").as_deref(), Some("0" | "false" | "off"));
                self.left_out.hidden += usize::from(self.is_run_hidden);
            }
            "pStyle" => {
                let is_title = attributes.get("val").is_some_and(|style| style == "Title");
                if let Some(paragraph) = self.open.last_mut() {
                    paragraph.is_title = is_title;
                }
            }
            "numPr" if self.hidden == 0 && !self.in_run => self.left_out.list_items += 1,
            _ => {}
        }
    }

    fn content(&mut self, name: &str) {
        match name {
            "p" => {
                let text = self.joined.take().unwrap_or_default();
                self.open.push(DocxParagraph { text, ..DocxParagraph::default() });
            }
            "r" => (self.in_run, self.is_run_hidden) = (true, false),
            "footnoteReference" | "endnoteReference" => self.left_out.footnotes += 1,
            _ => {}
        }
        self.in_text = name == "t";
        let sign = match name {
            "tab" | "ptab" => "\t",
            "br" | "cr" => "\n",
            "noBreakHyphen" => "\u{2011}",
            "softHyphen" => "\u{ad}",
            _ => "",
        };
        self.push(sign);
    }

    fn close(&mut self, name: &str) {
        if matches!(name, "pPr" | "rPr" | "trPr" | "tblPr" | "tcPr" | "sectPr") {
            self.in_properties = self.in_properties.saturating_sub(1);
            self.in_row_properties = false;
            return;
        }
        if self.in_properties > 0 {
            return;
        }
        if name == "tr" && self.rows.pop() == Some(true) {
            self.hidden = self.hidden.saturating_sub(1);
        }
        if HIDDEN.contains(&name) {
            self.hidden = self.hidden.saturating_sub(1);
            return;
        }
        if self.hidden > 0 {
            return;
        }
        self.in_text = false;
        match name {
            "r" => (self.in_run, self.is_run_hidden) = (false, false),
            "p" => {
                let paragraph = self.open.pop().unwrap_or_default();
                if paragraph.is_mark_deleted {
                    self.joined = Some(paragraph.text);
                    return;
                }
                if paragraph.is_title && self.title.is_none() {
                    self.title = Some(titles::one_line(&paragraph.text)).filter(|title| !title.is_empty());
                }
                self.paragraph(&paragraph.text);
            }
            _ => {}
        }
    }

    fn paragraph(&mut self, text: &str) {
        if text.trim().is_empty() {
            return;
        }
        if !self.done.is_empty() {
            self.done.push_str("\n\n");
        }
        self.done.push_str(text.trim_matches('\n'));
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.hidden == 0 && self.in_properties == 0 {
            self.push(text);
        }
    }

    fn push(&mut self, text: &str) {
        if let Some(paragraph) = self.open.last_mut().filter(|_| !self.is_run_hidden) {
            paragraph.text.push_str(text);
        }
    }
}

/// The title and the day of making in a document's properties.
fn properties(xml: &str) -> Result<(Option<String>, Option<String>), Message> {
    let (mut title, mut created) = (String::new(), String::new());
    let mut open = String::new();
    walk(PROPERTIES, xml, |piece| match piece {
        XmlPiece::Open(name, _) => name.clone_into(&mut open),
        XmlPiece::Close(_) => open.clear(),
        XmlPiece::Text(text) if open == "title" => title.push_str(text),
        XmlPiece::Text(text) if open == "created" => created.push_str(text),
        XmlPiece::Text(_) => {}
    })?;
    let filled = |said: String| Some(said).filter(|said| !said.trim().is_empty());
    Ok((filled(title), filled(created)))
}
