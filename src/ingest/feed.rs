//! Feeds (RSS, Atom): an article for each item.

use crate::lang::Message;
use crate::message;

use super::columns::Fields;
use super::draft::{DraftOrigin, Records};
use super::xml::{XmlAttributes, XmlPiece, walk};
use super::{Drafts, GoOn, html, titles};

/// Characters below which the text of an item that has an address is likely no more than a summary.
const SUMMARY: usize = 600;

/// The text of an element, from where it opened.
struct OpenField {
    name: String,
    /// The depth of the element, which ends it.
    depth: usize,
    text: String,
    /// Elements inside it are written out again: they are its markup.
    is_markup: bool,
}

#[derive(Default)]
struct FeedReader {
    depth: usize,
    /// The depth of the item that is open.
    item: Option<usize>,
    now: Fields,
    /// The text in its forms, the best first: whole, in short.
    whole: Option<String>,
    short: Option<String>,
    updated: Option<String>,
    /// The depth of the element about an author that is open.
    author: Option<usize>,
    feed: Fields,
    field: Option<OpenField>,
    done: Vec<Fields>,
}

/// Reads a feed. Items before a fault in it are kept.
pub(super) fn read(origin: &DraftOrigin, xml: &str, go_on: GoOn) -> Result<Drafts, Message> {
    let mut reader = FeedReader::default();
    let end = walk(xml, |piece| match piece {
        XmlPiece::Open(name, attributes) => reader.open(name, attributes),
        XmlPiece::Close(name) => reader.close(name),
        XmlPiece::Text(text) => {
            if let Some(field) = &mut reader.field {
                if field.is_markup {
                    field.text.push_str(&html_escape::encode_text(text));
                } else {
                    field.text.push_str(text);
                }
            }
        }
    });
    let FeedReader { done, feed, .. } = reader;
    let mut records = Records::new(origin);
    for (at, mut item) in done.into_iter().enumerate() {
        if records.is_check_due() {
            go_on(records.bytes)?;
        }
        item.publisher = item.publisher.or_else(|| feed.title.clone());
        item.language = item.language.or_else(|| feed.language.clone());
        let fields = item.with_plain_text(origin.limits);
        if !records.push(format!("[{}]", at + 1), fields) {
            return records.finish();
        }
    }
    if let Err(why) = end {
        records.push("", Err(message!("ingest-rest", why = why)));
    }
    records.finish()
}

impl FeedReader {
    fn open(&mut self, name: &str, attributes: XmlAttributes) {
        self.depth += 1;
        if let Some(field) = &mut self.field {
            // A page's title is not a text of it; in the midst of a text it is a word like others.
            if field.is_markup && name != "title" {
                field.text.extend(["<", name, ">"]);
            }
            return;
        }
        let inside = self.item.is_some_and(|item| self.depth == item + 1);
        match name {
            "item" | "entry" if self.item.is_none() => {
                self.item = Some(self.depth);
                self.now = Fields { language: attributes.get("lang"), ..Fields::default() };
                self.now.url = attributes.get("about").filter(|about| about.starts_with("http"));
            }
            "feed" | "rss" if self.depth == 1 => self.feed.language = attributes.get("lang"),
            "link" if inside => {
                let is_page = attributes.get("rel").is_none_or(|rel| rel == "alternate");
                match attributes.get("href").filter(|_| is_page) {
                    Some(href) => self.now.url = Some(href),
                    None => self.begin(name, false),
                }
            }
            // Pictures and films are called so, too, and have an address instead of words.
            "content" | "description" if attributes.get("url").is_some() => {}
            "content" | "summary" if inside => self.begin(name, attributes.get("type").as_deref() == Some("xhtml")),
            "title" | "encoded" | "description" | "pubDate" | "date" | "published" | "issued" | "updated"
            | "modified" | "guid" | "creator"
                if inside =>
            {
                self.begin(name, false);
            }
            "author" if inside => self.author = Some(self.depth),
            // Atom has it in an element of the author's, RSS as it is, mostly as an address.
            "name" if self.author.is_some_and(|at| at + 1 == self.depth) => self.begin(name, false),
            "title" | "language" if self.item.is_none() && self.depth <= 3 => self.begin(name, false),
            _ => {}
        }
    }

    fn begin(&mut self, name: &str, is_markup: bool) {
        self.field = Some(OpenField { name: name.to_owned(), depth: self.depth, text: String::new(), is_markup });
    }

    fn close(&mut self, name: &str) {
        if let Some(field) = self.field.take_if(|field| field.depth == self.depth) {
            self.said(&field);
        } else if let Some(field) = self.field.as_mut().filter(|field| field.is_markup && name != "title") {
            field.text.extend(["</", name, ">"]);
        }
        self.author.take_if(|at| *at == self.depth);
        if self.item == Some(self.depth) {
            self.item = None;
            let mut item = std::mem::take(&mut self.now);
            let (whole, short) = (self.whole.take(), self.short.take());
            item.published = item.published.or_else(|| self.updated.take());
            self.updated = None;
            let is_short = whole.is_none();
            item.text = whole.or(short);
            if is_short && item.url.is_some() && item.text.as_ref().is_some_and(|text| text.chars().count() < SUMMARY) {
                item.notes.push(message!("feed-summary"));
            }
            self.done.push(item);
        }
        self.depth = self.depth.saturating_sub(1);
    }

    fn said(&mut self, field: &OpenField) {
        let text = Some(field.text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
        if self.item.is_none() {
            let slot = if field.name == "language" { &mut self.feed.language } else { &mut self.feed.title };
            *slot = slot.take().or(text);
            return;
        }
        let slot = match field.name.as_str() {
            "title" => &mut self.now.title,
            "link" => &mut self.now.url,
            "guid" => {
                let address = text.filter(|text| text.starts_with("http"));
                self.now.url = self.now.url.take().or(address);
                return;
            }
            "pubDate" | "date" | "published" | "issued" => &mut self.now.published,
            "updated" | "modified" => &mut self.updated,
            "creator" | "name" => {
                if let Some(name) = text {
                    let all = self.now.author.get_or_insert_default();
                    all.extend([if all.is_empty() { "" } else { "\n" }, &name]);
                }
                return;
            }
            "encoded" | "content" => &mut self.whole,
            _ => &mut self.short,
        };
        *slot = slot.take().or(text);
    }
}

impl Fields {
    /// These fields with the markup of their text and title read, and the headline above the text.
    fn with_plain_text(mut self, limits: &super::Limits) -> Result<Self, Message> {
        if let Some(text) = self.text.take() {
            self.text = Some(html::all_text(&text, limits)?);
        }
        if let Some(title) = self.title.take() {
            self.title = Some(titles::one_line(&html::all_text(&title, limits)?)).filter(|title| !title.is_empty());
        }
        // The headline is part of the article, though a feed keeps it apart.
        if let (Some(title), Some(text)) = (&self.title, &mut self.text)
            && !text.trim().is_empty()
            && titles::one_line(text.lines().next().unwrap_or_default()) != *title
        {
            *text = format!("{title}\n\n{text}");
        }
        Ok(self)
    }
}
