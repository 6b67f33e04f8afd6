//! News in XML: feeds (RSS, Atom), an article an entry; NITF and NewsML-G2, an article a file.

use super::columns::Fields;
use super::draft::{DraftOrigin, Records};
use super::html::text_of;
use super::xml::{XmlPiece, attribute, walk};
use super::{Drafts, titles};
use crate::lang::Message;
use crate::message;

/// Reads a file by its outermost element.
///
/// # Errors
/// One sentence, where it is no XML or none of these.
pub(super) fn read(origin: &DraftOrigin, text: &str) -> Result<Drafts, Message> {
    let mut root = None;
    walk(origin.name, text, true, |piece| {
        if let XmlPiece::Open(name, _) = piece
            && root.is_none()
        {
            root = Some(name.to_owned());
        }
    })?;
    match root.as_deref() {
        Some("rss" | "RDF" | "feed") => feed(origin, text),
        Some("nitf" | "newsItem" | "newsMessage" | "NewsML") => {
            Ok(vec![Ok(origin.whole(story(origin.name, text)?, Vec::new())?)])
        }
        other => {
            let element = titles::cut(other.unwrap_or_default(), 40);
            Err(message!("ingest-xml-element", element = element))
        }
    }
}

/// The values of an entry, as they come in.
#[derive(Debug, Default)]
struct FeedEntry {
    title: String,
    link: String,
    published: String,
    updated: String,
    summary: String,
    content: String,
}

fn feed(origin: &DraftOrigin, text: &str) -> Result<Drafts, Message> {
    let mut entries: Vec<FeedEntry> = Vec::new();
    let (mut inside, mut open) = (false, Vec::<String>::new());
    let (mut publisher, mut language) = (String::new(), String::new());
    walk(origin.name, text, true, |piece| match piece {
        XmlPiece::Open(name, tag) => {
            if matches!(name, "item" | "entry") {
                inside = true;
                entries.push(FeedEntry::default());
            }
            let other = attribute(tag, "rel").is_some_and(|rel| rel != "alternate");
            if let Some(entry) = entries.last_mut().filter(|_| inside && name == "link" && !other)
                && let Some(href) = attribute(tag, "href")
            {
                entry.link = href;
            }
            open.push(name.to_owned());
        }
        XmlPiece::Close(name) => {
            inside &= !matches!(name, "item" | "entry");
            open.pop();
        }
        XmlPiece::Text(words) => {
            let name = open.last().map(String::as_str).unwrap_or_default();
            let Some(entry) = entries.last_mut().filter(|_| inside) else {
                // The head of a feed: an image of it has a title of its own.
                let of_feed = open.len() >= 2 && matches!(open[open.len() - 2].as_str(), "channel" | "feed");
                match name {
                    "title" if of_feed => publisher.push_str(words),
                    "language" if of_feed => language.push_str(words),
                    _ => {}
                }
                return;
            };
            // Within a text in XHTML its elements are on top.
            let own = open.iter().rposition(|name| matches!(name.as_str(), "item" | "entry")).map(|at| &open[at + 1..]);
            let Some(field) = own.and_then(<[String]>::first) else { return };
            let of = match field.as_str() {
                "title" => &mut entry.title,
                "link" => &mut entry.link,
                "pubDate" | "published" | "date" => &mut entry.published,
                "updated" => &mut entry.updated,
                "description" | "summary" => &mut entry.summary,
                "encoded" | "content" => &mut entry.content,
                _ => return,
            };
            of.push_str(words);
        }
    })?;
    let mut records = Records::new(origin);
    let filled = |said: &str| Some(said.trim().to_owned()).filter(|said| !said.is_empty());
    for (at, entry) in entries.into_iter().enumerate() {
        let body = if entry.content.trim().is_empty() { &entry.summary } else { &entry.content };
        let title = filled(&text_of(&entry.title)).map(|title| titles::one_line(&title));
        let text = with_headline(title.as_deref(), text_of(body));
        let fields = Fields {
            text: Some(text),
            title,
            published: filled(&entry.published).or_else(|| filled(&entry.updated)),
            url: filled(&entry.link),
            publisher: filled(&publisher),
            language: filled(&language),
        };
        if !records.push(format!("[{}]", at + 1), Ok(fields)) {
            break;
        }
    }
    records.finish()
}

/// Elements of NITF and NewsML-G2 that are paragraphs of the text.
const PARAGRAPHS: [&str; 8] = ["p", "hl2", "h1", "h2", "h3", "li", "lede", "byline"];

/// Elements of NewsML-G2 with a date, the surest first.
const DATES: [&str; 3] = ["contentCreated", "firstCreated", "versionCreated"];

/// The article of a file in NITF or NewsML-G2.
fn story(name: &str, xml: &str) -> Result<Fields, Message> {
    let mut fields = Fields::default();
    let (mut title, mut head_title) = (String::new(), String::new());
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut date: Option<(usize, String)> = None;
    walk(name, xml, true, |piece| match piece {
        XmlPiece::Open(name, tag) => {
            let said = match name {
                "date.issue" | "story.date" => attribute(tag, "norm"),
                _ => None,
            };
            if let Some(said) = said.filter(|_| fields.published.is_none()) {
                // `20240304T100000Z`: the day is what counts.
                fields.published = Some(said.split('T').next().unwrap_or_default().to_owned());
            }
            if PARAGRAPHS.contains(&name) && !open.iter().any(|within| PARAGRAPHS.contains(&within.as_str())) {
                paragraphs.push(String::new());
            }
            open.push(name.to_owned());
        }
        XmlPiece::Close(_) => {
            open.pop();
        }
        XmlPiece::Text(words) => {
            let within = |wanted: &str| open.iter().any(|name| name == wanted);
            if within("hl1") || within("headline") {
                title.push_str(words);
            } else if within("title") {
                head_title.push_str(words);
            } else if let Some(rank) = DATES.iter().position(|name| within(name)) {
                if date.as_ref().is_none_or(|(best, _)| rank < *best) {
                    date = Some((rank, words.trim().to_owned()));
                }
            } else if open.iter().any(|name| PARAGRAPHS.contains(&name.as_str()))
                && let Some(paragraph) = paragraphs.last_mut()
            {
                paragraph.push_str(words);
            }
        }
    })?;
    let title = if title.trim().is_empty() { head_title } else { title };
    let title = Some(titles::one_line(&title)).filter(|title| !title.is_empty());
    let lines = paragraphs.iter().map(|paragraph| titles::one_line(paragraph));
    let body: Vec<String> = lines.filter(|line| !line.is_empty()).collect();
    fields.text = Some(with_headline(title.as_deref(), body.join("\n\n")));
    fields.title = title;
    fields.published = fields.published.or(date.map(|(_, said)| said));
    Ok(fields)
}

/// The text with its headline, which is part of an article, where it does not stand there already.
fn with_headline(title: Option<&str>, text: String) -> String {
    match title {
        Some(title)
            if !text.trim().is_empty() && titles::one_line(text.lines().next().unwrap_or_default()) != title =>
        {
            format!("{title}\n\n{text}")
        }
        _ => text,
    }
}
