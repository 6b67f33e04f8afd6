//! News as agencies send it (NITF, NewsML-G2, NewsML 1): an article for each item.

use crate::lang::Message;
use crate::message;

use super::columns::Fields;
use super::draft::{DraftOrigin, Records};
use super::xml::{XmlAttributes, XmlPiece, walk};
use super::{Drafts, GoOn, byline, html, titles};

/// Elements that hold the words of an article.
const CONTENT: [&str; 5] = ["body", "inlineXML", "inlineData", "DataContent", "inline"];
/// Elements that stand on lines of their own.
const BLOCKS: [&str; 30] = [
    "p",
    "hl1",
    "hl2",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "li",
    "td",
    "th",
    "dt",
    "dd",
    "byline",
    "dateline",
    "abstract",
    "tagline",
    "caption",
    "media-caption",
    "blockquote",
    "bq",
    "pre",
    "tr",
    "table",
    "div",
    "section",
    "note",
    "headline",
    "br",
];
/// Elements of which nothing is read.
const SKIPPED: [&str; 6] =
    ["media-metadata", "media-reference", "script", "style", "media-producer", "revision-history"];
/// Blocks at the start among which the headline may already stand.
const HEADLINE_BLOCKS: usize = 5;

/// A fact that stands in an element of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum NewsFact {
    Title,
    /// The title of the file, which may be no more than a word of the trade.
    Slug,
    Author,
    Dateline,
    Publisher,
    Day(usize),
}

impl NewsFact {
    fn of(name: &str, parent: &str) -> Option<Self> {
        Some(match (name, parent) {
            ("title", "head") => Self::Slug,
            ("headline", "contentMeta") | ("HeadLine", _) => Self::Title,
            ("by", "contentMeta") | ("ByLine", _) => Self::Author,
            ("dateline", "contentMeta") | ("DateLine", _) => Self::Dateline,
            ("name", "copyrightHolder" | "provider") => Self::Publisher,
            ("contentCreated", _) => Self::Day(0),
            ("firstCreated" | "FirstCreated" | "DateId", _) => Self::Day(1),
            ("versionCreated", _) => Self::Day(2),
            _ => return None,
        })
    }
}

#[derive(Default)]
struct NewsReader {
    open: Vec<String>,
    /// The depth of the item of news that is open.
    item: Option<usize>,
    now: Fields,
    /// Other places that say when it appeared, the surest first.
    days: [Option<String>; 3],
    /// The fact that is being read, the depth of its element, and its words so far.
    field: Option<(NewsFact, usize, String)>,
    slug: Option<String>,
    content: usize,
    skipped: usize,
    block: String,
    blocks: Vec<String>,
    done: Vec<Fields>,
}

/// Reads a file of an agency. Items before a fault in it are kept.
pub(super) fn read(origin: &DraftOrigin, xml: &str, go_on: GoOn) -> Result<Drafts, Message> {
    let mut reader = NewsReader::default();
    let end = walk(xml, |piece| match piece {
        XmlPiece::Open(name, attributes) => reader.open(name, attributes),
        XmlPiece::Close(name) => reader.close(name),
        XmlPiece::Text(text) => reader.text(text),
    });
    let mut records = Records::new(origin);
    let is_one = reader.done.len() == 1;
    for (at, mut item) in reader.done.into_iter().enumerate() {
        if records.is_check_due() {
            go_on(records.bytes)?;
        }
        let text = item.text.take().unwrap_or_default();
        // Agencies also send pages as text within their XML.
        item.text = Some(if text.contains("</p>") { html::all_text(&text, origin.limits)? } else { text });
        let place = if is_one { String::new() } else { format!("[{}]", at + 1) };
        if !records.push(place, Ok(item)) {
            return records.finish();
        }
    }
    if let Err(why) = end {
        records.push("", Err(message!("ingest-rest", why = why)));
    }
    records.finish()
}

impl NewsReader {
    fn open(&mut self, name: &str, attributes: XmlAttributes) {
        let depth = self.open.len();
        if self.item.is_none() && matches!(name, "nitf" | "newsItem" | "NewsItem") {
            self.item = Some(depth);
            self.now = Fields { language: attributes.get("lang"), ..Fields::default() };
        }
        let parent = self.open.last().map_or("", String::as_str);
        let fact = NewsFact::of(name, parent);
        self.open.push(name.to_owned());
        if self.item.is_none() {
            return;
        }
        if let Some(fact) = fact.filter(|_| self.field.is_none()) {
            self.field = Some((fact, depth, String::new()));
        }
        self.skipped += usize::from(SKIPPED.contains(&name));
        self.content += usize::from(CONTENT.contains(&name));
        if BLOCKS.contains(&name) {
            self.end_block();
        }
        let now = &mut self.now;
        let first = |slot: &mut Option<String>, said: Option<String>| *slot = slot.take().or(said);
        match name {
            "date.issue" => first(&mut self.days[0], attributes.get("norm")),
            "date.release" => first(&mut self.days[1], attributes.get("norm")),
            "story.date" => first(&mut self.days[2], attributes.get("norm")),
            "pubdata" => {
                first(&mut now.published, attributes.get("date.publication"));
                first(&mut now.publisher, attributes.get("name"));
                first(&mut now.url, attributes.get("ex-ref").filter(|url| url.starts_with("http")));
            }
            "language" => first(&mut now.language, attributes.get("tag")),
            "Language" => first(&mut now.language, attributes.get("FormalName")),
            "copyrightHolder" => first(&mut now.publisher, attributes.get("literal")),
            "provider" => first(&mut now.publisher, attributes.get("literal")),
            "html" if now.language.is_none() => now.language = attributes.get("lang"),
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.item.is_none() || self.skipped > 0 {
            return;
        }
        if let Some((_, _, said)) = &mut self.field {
            said.push_str(text);
        } else if self.content > 0 && !self.open.iter().any(|open| open == "head") {
            self.words(text);
        }
    }

    /// Takes a fact whose element has ended; the first of each kind counts.
    fn fact(&mut self, fact: NewsFact, said: &str) {
        let said = Some(titles::one_line(said)).filter(|said| !said.is_empty());
        let slot = match fact {
            NewsFact::Title => &mut self.now.title,
            NewsFact::Slug => &mut self.slug,
            NewsFact::Publisher => &mut self.now.publisher,
            NewsFact::Day(at) => &mut self.days[at],
            NewsFact::Author => {
                self.now.author = self.now.author.take().or_else(|| said.clone());
                return self.blocks.extend(said);
            }
            NewsFact::Dateline => {
                self.now.dateline = self.now.dateline.take().or_else(|| byline::place(said.as_deref()?));
                return self.blocks.extend(said);
            }
        };
        *slot = slot.take().or(said);
    }

    fn words(&mut self, text: &str) {
        for char in text.chars() {
            match char {
                ' ' | '\t' | '\r' | '\n' if self.block.is_empty() || self.block.ends_with(' ') => {}
                ' ' | '\t' | '\r' | '\n' => self.block.push(' '),
                _ => self.block.push(char),
            }
        }
    }

    fn end_block(&mut self) {
        let block = std::mem::take(&mut self.block);
        if !block.trim().is_empty() {
            self.blocks.push(block.trim().to_owned());
        }
    }

    fn close(&mut self, name: &str) {
        self.open.pop();
        let Some(item) = self.item else { return };
        let depth = self.open.len();
        if let Some((fact, _, said)) = self.field.take_if(|(_, at, _)| *at == depth) {
            self.fact(fact, &said);
        }
        if name == "hl1" && self.now.title.is_none() {
            self.now.title = Some(titles::one_line(&self.block));
        }
        let (author, dateline) = (&mut self.now.author, &mut self.now.dateline);
        match name {
            "byline" if author.is_none() => *author = Some(titles::one_line(&self.block)),
            "dateline" if dateline.is_none() => *dateline = byline::place(&self.block),
            _ => {}
        }
        if BLOCKS.contains(&name) || CONTENT.contains(&name) {
            self.end_block();
        }
        self.skipped = self.skipped.saturating_sub(usize::from(SKIPPED.contains(&name)));
        self.content = self.content.saturating_sub(usize::from(CONTENT.contains(&name)));
        if self.open.len() == item {
            self.end_item();
        }
    }

    fn end_item(&mut self) {
        self.item = None;
        self.end_block();
        (self.content, self.skipped) = (0, 0);
        let slug = self.slug.take();
        let mut item = std::mem::take(&mut self.now);
        let mut blocks = std::mem::take(&mut self.blocks);
        let days = std::mem::take(&mut self.days);
        item.title = item.title.or(slug);
        item.published = days.into_iter().fold(item.published, Option::or);
        let title = item.title.as_deref().map(titles::one_line).filter(|title| !title.is_empty());
        // The headline is part of the article, wherever the file keeps it.
        if let Some(title) =
            title.filter(|title| !blocks.is_empty() && !blocks.iter().take(HEADLINE_BLOCKS).any(|it| it == title))
        {
            blocks.insert(0, title);
        }
        item.text = Some(blocks.join("\n\n"));
        self.done.push(item);
    }
}
