//! Pages that were annotated as they are drawn: offsets count the text of their nodes, one after the other.

use std::borrow::Cow;

use html_escape::decode_html_entities;

use super::nodes::Nodes;
use crate::text::normalise;

/// Elements that begin and end lines.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "center",
    "dd",
    "details",
    "dialog",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "html",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Elements whose text nobody sees.
const UNSEEN: &[&str] = &["script", "style", "title"];

/// A page: the text of its nodes, which offsets count, and the article, which has a line for each block.
#[derive(Default)]
pub(super) struct HtmlText {
    /// The text of all nodes.
    pub plain: String,
    /// The article.
    pub article: String,
    /// The places in both of what they have in common, and its bytes.
    pieces: Vec<(usize, usize, usize)>,
    nodes: Nodes,
}

impl HtmlText {
    pub fn of(html: &str) -> Self {
        let html = normalise(html);
        let mut page = Self::default();
        let mut rest: &str = &html;
        let mut unseen: Option<&str> = None;
        while !rest.is_empty() {
            let markup = rest.starts_with('<') && rest.as_bytes().get(1).is_some_and(|byte| begins_markup(*byte));
            if !markup {
                let next = rest
                    .match_indices('<')
                    .map(|(at, _)| at)
                    .find(|&at| at > 0 && rest.as_bytes().get(at + 1).is_some_and(|byte| begins_markup(*byte)));
                let (text, after) = rest.split_at(next.unwrap_or(rest.len()));
                page.text(&decode_html_entities(text), unseen.is_none());
                rest = after;
                continue;
            }
            if let Some(comment) = rest.strip_prefix("<!--") {
                rest = comment.split_once("-->").map_or("", |(_, after)| after);
                page.nodes.part();
                continue;
            }
            let (tag, after) = split_tag(rest);
            rest = after;
            let close = tag.starts_with("</");
            let name = tag.trim_start_matches(['<', '/']);
            let name = &name[..name.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name.len())];
            let name: Cow<'_, str> = name.to_ascii_lowercase().into();
            match close {
                true => page.nodes.end(&name),
                false => page.nodes.begin(&name, page.plain.len()),
            }
            if let Some(raw) = UNSEEN.iter().find(|raw| **raw == name).filter(|_| !close) {
                // Its content is no markup.
                let ends = |at: &usize| {
                    let after = &rest.as_bytes()[at + 2..];
                    after.get(..raw.len()).is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes()))
                };
                let end = rest.match_indices("</").map(|(at, _)| at).find(ends).unwrap_or(rest.len());
                let (text, after) = rest.split_at(end);
                page.text(text, false);
                rest = after;
            }
            match &*name {
                "body" if !close => page = Self::default(),
                "head" => unseen = (!close).then_some("head"),
                name if BLOCKS.contains(&name) => page.line(),
                _ => {}
            }
        }
        page
    }

    fn line(&mut self) {
        if !self.article.is_empty() && !self.article.ends_with('\n') {
            self.article.push('\n');
        }
    }

    fn text(&mut self, text: &str, seen: bool) {
        let begins = self.article.is_empty() || self.article.ends_with('\n');
        if seen && !(begins && text.trim().is_empty()) {
            self.pieces.push((self.plain.len(), self.article.len(), text.len()));
            self.article.push_str(text);
        }
        self.nodes.text(self.plain.len(), text.len());
        self.plain.push_str(text);
    }

    /// The place among the text of all nodes, in code points, of a path into the page with UTF-16 units from where that node begins.
    pub fn at_path(&self, path: &str, units: i64) -> Option<i64> {
        let node = self.nodes.find(path)?;
        if node.len == 0 {
            // In an element places count its nodes: only where it begins is plain.
            return (units == 0).then(|| self.plain[..node.start].chars().count() as i64);
        }
        let text = &self.plain[node.start..node.start + node.len];
        let mut left = units;
        let mut byte = 0;
        for c in text.chars() {
            if left <= 0 {
                break;
            }
            left -= c.len_utf16() as i64;
            byte += c.len_utf8();
        }
        (left == 0).then(|| self.plain[..node.start + byte].chars().count() as i64)
    }

    /// The place of words that stand in the article once.
    pub fn only(&self, words: &str) -> Option<(i64, i64)> {
        let mut found = self.article.match_indices(words).filter(|_| !words.trim().is_empty());
        let (at, _) = found.next()?;
        found.next().is_none().then_some((at as i64, (at + words.len()) as i64))
    }

    /// The place in the article of bytes of the text of nodes; none where nobody sees them.
    pub fn place(&self, start: usize, end: usize) -> Option<(i64, i64)> {
        let piece = |byte: usize| {
            let at = self.pieces.partition_point(|(plain, ..)| *plain <= byte).checked_sub(1)?;
            let (plain, article, length) = self.pieces[at];
            (byte < plain + length).then(|| article + byte - plain)
        };
        let (first, last) = (piece(start)?, piece(end.checked_sub(1)?)?);
        Some((first as i64, last as i64 + 1))
    }
}

fn begins_markup(byte: u8) -> bool {
    byte.is_ascii_alphabetic() || matches!(byte, b'/' | b'!' | b'?')
}

/// A tag, up to the first `>` outside of quotation marks, and what follows it.
fn split_tag(rest: &str) -> (&str, &str) {
    let mut quote = None;
    for (at, byte) in rest.bytes().enumerate() {
        match (byte, quote) {
            (b'>', None) => return rest.split_at(at + 1),
            (b'"' | b'\'', None) => quote = Some(byte),
            (byte, Some(open)) if byte == open => quote = None,
            _ => {}
        }
    }
    (rest, "")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_among_nodes_are_places_in_the_article() {
        let page = HtmlText::of(
            "<html><head><title>T</title></head><body class='a>b'>\n<h1>Tiba</h1><style>b{}</style><p>Mira &amp; <b>Arga</b>\
             <br>di 3 < 4 sana<!-- x --></p></body>",
        );
        assert_eq!(page.plain, "\nTibab{}Mira & Argadi 3 < 4 sana");
        assert_eq!(page.article, "Tiba\nMira & Arga\ndi 3 < 4 sana\n");
        for words in ["Tiba", "Mira & Arga", "di 3", "sana"] {
            let at = page.plain.find(words).unwrap();
            let (start, end) = page.place(at, at + words.len()).unwrap();
            assert_eq!(&page.article[start as usize..end as usize], words);
        }
        let style = page.plain.find("b{}").unwrap();
        assert_eq!(page.place(style, style + 2), None);
        assert_eq!(page.place(500, 501), None);
        assert_eq!(HtmlText::of("<p <b").article, "");
    }
}
