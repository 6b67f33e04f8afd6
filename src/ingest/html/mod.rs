//! Web pages: the main text, and what the page says about itself.

mod beside;
mod blocks;
mod depth;
mod headline;
mod main_text;
mod page;
mod tokens;
mod tree;

use crate::lang::Message;
use crate::message;
use encoding_rs::Encoding;

use super::columns::Fields;
use super::draft::{DraftOrigin, detect};
use super::{Draft, Limits, titles};
use page::HtmlPage;
use tokens::HtmlToken;

/// Bytes at the start of a page in which it may declare its encoding, as in the HTML standard.
const DECLARATION_BYTES: usize = 1024;
/// The share of the paragraphs' letters, in percent, from which on it is told that they were left out.
const TOLD: u8 = 25;
/// Blocks at the start of the main text among which the headline may already stand.
const HEADLINE_BLOCKS: usize = 5;

/// The encoding that a `<meta>` of the page names.
pub(super) fn declared_encoding(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION_BYTES)]);
    tokens::tokens(&start).find_map(|token| {
        let HtmlToken::Open { name, attributes, .. } = token else { return None };
        let content = || {
            let content = attributes.get("content")?.to_lowercase();
            Some(content.split_once("charset=")?.1.split([';', ' ']).next()?.to_owned())
        };
        let label = attributes.get("charset").map(Into::into).or_else(content).filter(|_| name == "meta")?;
        Encoding::for_label(label.trim().as_bytes())
    })
}

/// The article of a page.
///
/// # Errors
/// One sentence, where the page is nested too deep or has no text.
pub(super) fn read(origin: &DraftOrigin, html: &str) -> Result<Draft, Message> {
    let (fields, notes) = fields(origin, html)?;
    origin.whole(fields, notes)
}

/// All text of a page or of a piece of one, each block by itself.
///
/// # Errors
/// One sentence, where it is nested too deep.
pub(super) fn all_text(html: &str, limits: &Limits) -> Result<String, Message> {
    Ok(blocks::text(&HtmlPage::read(html, limits)?.html))
}

/// The facts that a page states, with its main text, and notes about how that was told from the rest.
///
/// # Errors
/// One sentence, where the page is nested too deep.
pub(super) fn fields(origin: &DraftOrigin, html: &str) -> Result<(Fields, Vec<Message>), Message> {
    let page = HtmlPage::read(html, origin.limits)?;
    let mut notes = Vec::new();
    let main = if page.is_tame { main_text::main_text(&page.html, page.said.text.as_deref()) } else { None };
    let mut text = match main {
        Some(main) => {
            if main.left_out >= TOLD {
                notes.push(message!("html-left-out", percent = main.left_out));
            }
            main.text
        }
        None => {
            notes.push(message!("html-whole"));
            blocks::text(&page.html)
        }
    };
    let said = page.said;
    let title = said.title;
    // The headline is part of the article even where the page keeps it outside its main text.
    if let Some(title) = title.as_deref().filter(|title| !title.is_empty() && !text.is_empty())
        && !text.split("\n\n").take(HEADLINE_BLOCKS).any(|block| titles::one_line(block) == title)
    {
        text = format!("{title}\n\n{text}");
    }
    let fields = Fields {
        title,
        published: said.published,
        url: said.url,
        publisher: said.publisher,
        author: said.author,
        // Many a site declares the language of its software: what the text itself shows is surer.
        language: detect(&text).map(str::to_owned).or(said.language),
        text: Some(text),
        ..Fields::default()
    };
    Ok((fields, notes))
}
