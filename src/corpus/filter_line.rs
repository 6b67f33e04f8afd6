//! The filter as a line of text: its parts, what is wrong in it, and what may come next.

use std::ops::Range;

use super::days::Days;
use super::fold::{folded, has};
use super::index::Index;
use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use crate::model::{AttributeKind, Kind};

/// The completions that are offered at most.
const MOST: usize = 30;

/// The subject of a part of a filter.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// Words of an article, or of what is marked in it.
    Words,
    /// A label.
    Label,
    /// A referent, by its name or id; and words that have the name, where nobody said of whom they are.
    Is,
    /// An article, by its id or by words of its title.
    In,
    /// The first day.
    From,
    /// The last day.
    Until,
    /// A publisher.
    By,
    /// A value of a choice, the progress of the maker, `joined` or `unjoined`.
    State,
}

impl Key {
    /// The keys that are written before a colon.
    pub const NAMED: [(Self, &'static str); 7] = [
        (Self::Label, "label"),
        (Self::Is, "is"),
        (Self::In, "in"),
        (Self::From, "from"),
        (Self::Until, "until"),
        (Self::By, "by"),
        (Self::State, "state"),
    ];
}

/// One part of a filter.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// The place in the line, bytes.
    pub at: Range<usize>,
    /// The subject.
    pub key: Key,
    /// True where it takes away what it names.
    pub not: bool,
    /// The text after the colon, without quotation marks.
    pub value: String,
}

/// A part of a filter that means nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub struct FilterError {
    /// The place of the part in the line, bytes.
    pub at: Range<usize>,
    /// The problem in words.
    pub why: Message,
}

impl InWords for FilterError {
    fn in_words(&self) -> Message {
        self.why.clone()
    }
}

in_english!(FilterError);

/// Something that the part under the caret may become.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The bytes of the line that it replaces.
    pub replaces: Range<usize>,
    /// The text that comes there.
    pub text: String,
}

/// The values of `state:` that no schema has.
pub(super) const STATES: [&str; 5] = ["joined", "unjoined", "new", "in-progress", "done"];

/// The parts of a line.
///
/// # Errors
/// A quotation mark that is not closed, a key that there is none of, or a key without a value.
pub(super) fn parts(line: &str) -> Result<Vec<Part>, FilterError> {
    let mut parts = Vec::new();
    for at in pieces(line)? {
        let piece = &line[at.clone()];
        let (not, rest) = match piece.strip_prefix('-') {
            Some(rest) if !rest.is_empty() => (true, rest),
            _ => (false, piece),
        };
        let named = rest.split_once(':').filter(|(name, _)| {
            !name.is_empty() && name.chars().all(|c| c.is_ascii_alphabetic() || c == '-') && !rest.starts_with('"')
        });
        let (key, value) = match named {
            Some((name, value)) => {
                let known = Key::NAMED.iter().find(|(_, known)| known.eq_ignore_ascii_case(name));
                let Some((key, _)) = known else {
                    return Err(FilterError { at, why: message!("filter-no-key", name = name) });
                };
                (*key, value)
            }
            None => (Key::Words, rest),
        };
        let value = value.replace('"', "").trim().to_owned();
        if value.is_empty() {
            let why = match named {
                Some((name, _)) => message!("filter-no-value", name = name),
                // Quotation marks with nothing between them.
                None => continue,
            };
            return Err(FilterError { at, why });
        }
        parts.push(Part { at, key, not, value });
    }
    Ok(parts)
}

/// The places of what stands between blanks; blanks between quotation marks are none.
fn pieces(line: &str) -> Result<Vec<Range<usize>>, FilterError> {
    let (mut pieces, mut start, mut quote) = (Vec::new(), None, None);
    for (at, c) in line.char_indices() {
        if c == '"' {
            quote = if quote.is_some() { None } else { Some(at) };
        }
        if c.is_whitespace() && quote.is_none() {
            pieces.extend(start.take().map(|start| start..at));
        } else {
            start.get_or_insert(at);
        }
    }
    if let Some(at) = quote {
        return Err(FilterError { at: at..line.len(), why: message!("filter-open-quote") });
    }
    pieces.extend(start.map(|start| start..line.len()));
    Ok(pieces)
}

/// Returns what the part that ends at byte `caret` of a line may become, the likeliest first.
#[must_use]
pub(super) fn completions(line: &str, caret: usize, index: &Index) -> Vec<Completion> {
    let Some(before) = line.get(..caret) else { return Vec::new() };
    let mut quoted = false;
    let mut start = 0;
    for (at, c) in before.char_indices() {
        quoted ^= c == '"';
        if c.is_whitespace() && !quoted {
            start = at + c.len_utf8();
        }
    }
    let piece = &before[start..];
    let negation = piece.len() - piece.strip_prefix('-').unwrap_or(piece).len();
    let (start, piece) = (start + negation, &piece[negation..]);
    let Some((name, value)) = piece.split_once(':') else {
        let fits = |name: &&str| !piece.is_empty() && name.starts_with(&piece.to_ascii_lowercase());
        let keys = Key::NAMED.iter().map(|(_, name)| *name).filter(fits);
        return keys.map(|name| Completion { replaces: start..caret, text: format!("{name}:") }).collect();
    };
    let Some((key, name)) = Key::NAMED.iter().find(|(_, known)| known.eq_ignore_ascii_case(name)) else {
        return Vec::new();
    };
    let wanted = folded(value.trim_matches('"'));
    let mut values: Vec<String> = values(*key, index).into_iter().filter(|value| has(value, &wanted)).collect();
    values.sort_by_cached_key(|value| (!folded(value).starts_with(&wanted), folded(value)));
    values.dedup();
    values.truncate(MOST);
    let quoted = |value: &str| match value.contains(char::is_whitespace) {
        true => format!("\"{value}\""),
        false => value.to_owned(),
    };
    let text = |value: String| format!("{name}:{}", quoted(&value));
    values.into_iter().map(|value| Completion { replaces: start..caret, text: text(value) }).collect()
}

/// All values that a key can have.
fn values(key: Key, index: &Index) -> Vec<String> {
    let articles = || index.digests().iter().map(|digest| &digest.article);
    match key {
        Key::Words => Vec::new(),
        Key::Label => {
            let labels = index.schema().labels.iter().filter(|label| label.kind != Kind::Zone);
            labels.map(|label| label.name.to_string()).collect()
        }
        Key::Is => index.referents().values().map(|referent| referent.name.replace('"', "")).collect(),
        Key::In => articles().map(|article| article.id.to_string()).collect(),
        Key::By => articles().map(|article| article.publisher.replace('"', "")).filter(|by| !by.is_empty()).collect(),
        Key::From | Key::Until => {
            let published = index.digests().iter().filter_map(|digest| digest.published);
            published.map(|day| format!("{:04}-{:02}", day.year(), day.month())).collect()
        }
        Key::State => {
            let attributes = index.schema().labels.iter().flat_map(|label| &label.attributes);
            let choices = attributes.filter_map(|attribute| match &attribute.kind {
                AttributeKind::Choice(choices) => Some(choices.iter().map(|choice| choice.name.to_string())),
                _ => None,
            });
            choices.flatten().chain(STATES.map(str::to_owned)).collect()
        }
    }
}

/// The days that a part is about.
///
/// # Errors
/// If it is not a date, or a length of time.
pub(super) fn days(part: &Part) -> Result<Days, FilterError> {
    let error = || FilterError { at: part.at.clone(), why: message!("filter-not-a-date", text = part.value) };
    Days::parse(&part.value).ok_or_else(error)
}
