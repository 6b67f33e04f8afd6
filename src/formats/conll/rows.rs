//! Lines of files in columns: their cells, and what lines beside tokens say.

use std::borrow::Cow;

use crate::formats::ArticleMetadata;

/// Columns that are read; a file made to break readers may have millions.
pub(super) const COLUMNS: usize = 1000;

/// The sign between the cells of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) enum Between {
    /// Tabs, or blanks where a line has no tab.
    #[default]
    White,
    /// This sign, as in tables; cells may stand in quotes.
    Sign(char),
}

impl Between {
    /// True for a line of empty cells.
    pub fn is_empty(self, line: &str) -> bool {
        line.chars().all(|c| c.is_whitespace() || self == Self::Sign(c))
    }

    /// The cells of a line.
    pub fn cells(self, line: &str) -> Vec<Cow<'_, str>> {
        match self {
            Self::White if line.contains('\t') => line.split('\t').map(|cell| Cow::Borrowed(cell.trim())).collect(),
            Self::White => line.split(' ').filter(|cell| !cell.is_empty()).map(Cow::Borrowed).collect(),
            Self::Sign(sign) => table_cells(line, sign),
        }
    }
}

fn table_cells(line: &str, sign: char) -> Vec<Cow<'_, str>> {
    let mut cells = Vec::new();
    let mut rest = line;
    loop {
        if let Some(quoted) = rest.strip_prefix('"') {
            let mut cell = String::new();
            let mut left = quoted;
            // A quote within quotes stands twice.
            while let Some((part, after)) = left.split_once('"') {
                cell.push_str(part);
                left = after;
                match left.strip_prefix('"') {
                    Some(after) => {
                        cell.push('"');
                        left = after;
                    }
                    None => break,
                }
            }
            let (more, after) = left.split_once(sign).map_or((left, None), |(more, after)| (more, Some(after)));
            cell.push_str(more);
            cells.push(Cow::Owned(cell.trim().to_owned()));
            match after {
                Some(after) => rest = after,
                None => return cells,
            }
        } else {
            match rest.split_once(sign) {
                Some((cell, after)) => {
                    cells.push(Cow::Borrowed(cell.trim()));
                    rest = after;
                }
                None => {
                    cells.push(Cow::Borrowed(rest.trim()));
                    return cells;
                }
            }
        }
    }
}

/// A line that is no token, in what it says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Said<'l> {
    /// An article begins, of this name where the line gives one.
    Article(String),
    /// An article ends.
    End,
    /// The text of the sentence that follows.
    Text(&'l str),
    /// Something about the article: a field and its content.
    About(&'l str, &'l str),
    /// The place where a sentence comes from: address and date.
    Source(&'l str, &'l str),
    /// Anything else.
    Nothing,
}

/// The meaning of a line that begins with a number sign, if it were no token.
pub(super) fn comment(line: &str) -> Said<'_> {
    let said = line.trim_start_matches('#').trim();
    if let Some(rest) = said.strip_prefix("begin document") {
        let (name, part) = rest.rsplit_once(';').map_or((rest, ""), |(name, part)| (name, part.trim()));
        let name = name.trim().trim_start_matches('(').trim_end_matches(')').trim();
        let part = part.trim_start_matches("part").trim().trim_start_matches('0');
        let part = if part.is_empty() { String::new() } else { format!("-{part}") };
        return Said::Article(format!("{name}{part}"));
    }
    if said.starts_with("end document") {
        return Said::End;
    }
    if let Some((address, date)) = source(said) {
        return Said::Source(address, date);
    }
    let (key, value) = field(said);
    // A key may begin with the name of its corpus.
    let key = key.rsplit(':').next().unwrap_or(key).trim();
    match &*key.to_lowercase().replace([' ', '-'], "_") {
        "text" => Said::Text(value),
        "newdoc" | "newdoc_id" | "doc" | "doc_id" | "docid" | "document" | "document_id" | "article" | "article_id" => {
            Said::Article(value.to_owned())
        }
        "date" | "language" | "title" | "url" | "newspaper" | "publisher" => Said::About(key, value),
        _ => Said::Nothing,
    }
}

/// The key and the value of a comment: `key = value`, `key: value`, `key value`.
fn field(said: &str) -> (&str, &str) {
    let parts = said.split_once(" = ").or_else(|| said.split_once('=')).or_else(|| said.split_once(": "));
    let parts = parts.filter(|(key, _)| key.split_whitespace().count() <= 2);
    let (key, value) = parts.or_else(|| said.split_once([' ', '\t'])).unwrap_or((said, ""));
    (key.trim(), value.trim())
}

/// An address and, in brackets, a date.
fn source(said: &str) -> Option<(&str, &str)> {
    let (address, rest) = said.split_once(['\t', ' ']).unwrap_or((said, ""));
    let date = rest.trim().trim_start_matches('[').trim_end_matches(']');
    (address.starts_with("http://") || address.starts_with("https://")).then_some((address, date))
}

/// Notes what a comment says about an article, unless something is noted already.
pub(super) fn note(about: &mut ArticleMetadata, field: &str, value: &str) {
    let place = match &*field.to_lowercase() {
        "date" => &mut about.published,
        "language" => &mut about.language,
        "title" => &mut about.title,
        "url" => &mut about.url,
        _ => &mut about.publisher,
    };
    if place.is_empty() {
        value.clone_into(place);
    }
}

/// A comment that is none whatever the columns are: `# key = value`, or the beginning and end of a document.
pub(super) fn is_comment(line: &str) -> bool {
    if line.starts_with("#begin document") || line.starts_with("#end document") {
        return true;
    }
    let Some(rest) = line.strip_prefix("# ") else { return false };
    rest.split_once(" = ").is_some_and(|(key, _)| key.split(' ').count() <= 2)
}

/// The name of the article that a line of this kind begins, where it is one: `-DOCSTART- (d1) O`.
pub(super) fn article_start(line: &str) -> Option<String> {
    let line = line.trim_start();
    let rest = line.strip_prefix("-DOCSTART-").filter(|rest| rest.is_empty() || rest.starts_with([' ', '\t', ',']))?;
    let named = rest.split(['\t', ' ', ',']).find_map(|cell| cell.strip_prefix('(')?.strip_suffix(')'));
    Some(named.unwrap_or_default().to_owned())
}
