//! Tags and text of an HTML page, one after the other: linear in the page's length, without a tree.

use std::borrow::Cow;

/// One piece of a page. Comments, declarations and tags that the page's end cuts off are left out.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum HtmlToken<'a> {
    /// Text as written, with character references.
    Text(&'a str),
    /// `<name …>`, the name in lower case.
    Open { name: Cow<'a, str>, attributes: Attributes<'a>, closed: bool },
    /// `</name>`, the name in lower case.
    Close(Cow<'a, str>),
}

/// Elements whose content is text up to their closing tag.
const RAW: &[&str] = &["iframe", "noembed", "noframes", "plaintext", "script", "style", "textarea", "title", "xmp"];

/// The tokens of `html`.
pub(super) fn tokens(html: &str) -> Tokens<'_> {
    Tokens { html, at: 0, raw: None }
}

pub(super) struct Tokens<'a> {
    html: &'a str,
    at: usize,
    raw: Option<Cow<'a, str>>,
}

impl<'a> Iterator for Tokens<'a> {
    type Item = HtmlToken<'a>;

    fn next(&mut self) -> Option<HtmlToken<'a>> {
        if let Some(name) = self.raw.take() {
            let start = self.at;
            self.at = end_of_raw(self.html, start, &name);
            if self.at > start {
                return Some(HtmlToken::Text(&self.html[start..self.at]));
            }
        }
        loop {
            let rest = &self.html[self.at..];
            if !rest.starts_with('<') || !is_markup(rest) {
                return self.text();
            }
            if let Some(token) = self.tag(rest) {
                return Some(token);
            }
        }
    }
}

impl<'a> Tokens<'a> {
    fn text(&mut self) -> Option<HtmlToken<'a>> {
        let rest = &self.html[self.at..];
        let next = rest.match_indices('<').map(|(at, _)| at).find(|&at| is_markup(&rest[at..]));
        let text = &rest[..next.unwrap_or(rest.len())];
        self.at += text.len();
        (!text.is_empty()).then_some(HtmlToken::Text(text))
    }

    /// The tag at the start of `rest`; none for a comment or declaration, which is passed over.
    fn tag(&mut self, rest: &'a str) -> Option<HtmlToken<'a>> {
        let bytes = rest.as_bytes();
        let is_close = bytes[1] == b'/';
        let start = 1 + usize::from(is_close);
        if !bytes.get(start).is_some_and(u8::is_ascii_alphabetic) {
            self.at += end_of_comment(rest);
            return None;
        }
        let len = rest[start..].find(|c: char| c.is_ascii_whitespace() || c == '/' || c == '>');
        let end = start + len.unwrap_or(rest.len() - start);
        let name = &rest[start..end];
        let name = if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(name.to_ascii_lowercase())
        } else {
            Cow::Borrowed(name)
        };
        let attributes = Attributes { rest: &rest[end..] };
        let mut after = attributes.clone();
        while after.next().is_some() {}
        let Some(after) = after.rest.strip_prefix('>') else {
            self.at = self.html.len();
            return None;
        };
        let closed = rest[..rest.len() - after.len() - 1].ends_with('/');
        self.at = self.html.len() - after.len();
        if is_close {
            return Some(HtmlToken::Close(name));
        }
        if RAW.contains(&name.as_ref()) {
            self.raw = Some(name.clone());
        }
        Some(HtmlToken::Open { name, attributes, closed })
    }
}

/// Says whether the `<` at the start of `rest` begins markup rather than standing for itself.
fn is_markup(rest: &str) -> bool {
    rest.as_bytes().get(1).is_some_and(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'!' | b'?' | b'/'))
}

fn end_of_comment(rest: &str) -> usize {
    let end = |mark: &str, from: usize| rest.get(from..)?.find(mark).map(|at| from + at + mark.len());
    let end = if rest.starts_with("<!--") {
        // `<!-->` is a whole comment, so the search begins within its first dashes.
        [end("-->", 2), end("--!>", 2)].into_iter().flatten().min()
    } else {
        end(">", 1)
    };
    end.unwrap_or(rest.len())
}

/// Returns the end of the raw element `name` whose content begins at `from`: at `</name` or the page's end.
fn end_of_raw(html: &str, from: usize, name: &str) -> usize {
    let is_end = |at: usize| {
        let after = &html.as_bytes()[at + 2..];
        after.len() >= name.len() && after[..name.len()].eq_ignore_ascii_case(name.as_bytes())
    };
    html[from..].match_indices("</").map(|(at, _)| from + at).find(|&at| is_end(at)).unwrap_or(html.len())
}

/// The attributes of a tag, as written (names in any case, values with character references).
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Attributes<'a> {
    rest: &'a str,
}

impl<'a> Attributes<'a> {
    /// The decoded value of the first attribute called `name`.
    pub fn get(&self, name: &str) -> Option<Cow<'a, str>> {
        let mut all = self.clone();
        let value = all.find(|(key, _)| key.eq_ignore_ascii_case(name))?.1;
        Some(html_escape::decode_html_entities(value))
    }
}

impl<'a> Iterator for Attributes<'a> {
    type Item = (&'a str, &'a str);

    /// Ends at the tag's `>` or the page's end.
    fn next(&mut self) -> Option<Self::Item> {
        let is_space = |c: char| c.is_ascii_whitespace();
        self.rest = self.rest.trim_start_matches(|c| is_space(c) || c == '/');
        if self.rest.is_empty() || self.rest.starts_with('>') {
            return None;
        }
        // An equals sign at the start belongs to the name.
        let first = self.rest.chars().next().map_or(0, char::len_utf8);
        let ends_name = |c: char| is_space(c) || matches!(c, '/' | '>' | '=');
        let end = self.rest[first..].find(ends_name).map_or(self.rest.len(), |at| first + at);
        let name = &self.rest[..end];
        self.rest = &self.rest[end..];
        let Some(value) = self.rest.trim_start_matches(is_space).strip_prefix('=') else { return Some((name, "")) };
        let value = value.trim_start_matches(is_space);
        let (value, rest) = match value.chars().next() {
            Some(quote @ ('"' | '\'')) => value[1..].split_once(quote).unwrap_or((&value[1..], "")),
            _ => value.split_at(value.find(|c| is_space(c) || c == '>').unwrap_or(value.len())),
        };
        self.rest = rest;
        Some((name, value))
    }
}
