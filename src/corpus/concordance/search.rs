//! The line that says what is looked for.

use regex::{Regex, RegexBuilder};

use crate::corpus::{Index, folded};
use crate::in_english;
use crate::lang::{InWords, Message};
use crate::message;
use crate::model::{Id, Name};
use crate::text::{Fold, Span, Text, find_all};

/// The largest pattern that is compiled, in bytes of its program: more would take longer than anybody waits.
const LARGEST: usize = 1 << 20;

/// The things that are looked for; all of them hold of a hit.
#[derive(Debug, Clone, Default)]
pub struct Search {
    pub(super) wanted: Option<Wanted>,
    pub(super) labels: Vec<Name>,
    pub(super) referents: Option<Vec<Id>>,
    pub(super) labelled: Option<bool>,
}

/// The words that are looked for.
#[derive(Debug, Clone)]
pub(super) enum Wanted {
    Words { words: String, folded: String, fold: Fold },
    Pattern(Regex),
}

/// A line that says nothing that can be looked for.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum SearchError {
    /// There is nothing in it.
    Empty,
    /// It begins a pattern that does not end, or is none.
    Pattern(String),
    /// The schema has no such label.
    Label(String),
    /// No referent is called so.
    Referent(String),
    /// A word after `is:` that means nothing.
    State(String),
}

impl InWords for SearchError {
    fn in_words(&self) -> Message {
        match self {
            Self::Empty => message!("find-nothing"),
            Self::Pattern(why) => message!("find-pattern", why = why),
            Self::Label(name) => message!("find-label", name = name),
            Self::Referent(name) => message!("find-referent", name = name),
            Self::State(word) => message!("find-state", word = word),
        }
    }
}

in_english!(SearchError);

impl Search {
    /// Reads a line: words, `/a pattern/`, `label:place`, `referent:` with an id or a name, `is:labelled`, `is:unlabelled`;
    /// what has blanks in it stands in quotes.
    ///
    /// # Errors
    /// If it says nothing, or names what is not there.
    pub fn parse(line: &str, fold: Fold, index: &Index) -> Result<Self, SearchError> {
        let line = line.trim();
        let mut search = Self::default();
        let rest = match line.strip_prefix('/') {
            Some(pattern) => {
                let (pattern, rest) = pattern.rsplit_once('/').ok_or_else(|| SearchError::Pattern(line.to_owned()))?;
                search.wanted = Some(Wanted::Pattern(compiled(pattern, fold)?));
                rest
            }
            None => line,
        };
        let mut words: Vec<String> = Vec::new();
        for token in tokens(rest) {
            match token.split_once(':') {
                Some(("label", name)) => {
                    let name = unquoted(name);
                    let label = index.schema().label(name).ok_or_else(|| SearchError::Label(name.to_owned()))?;
                    search.labels.push(label.name.clone());
                }
                Some(("referent", name)) => {
                    let mut found = called(index, unquoted(name));
                    if found.is_empty() {
                        return Err(SearchError::Referent(unquoted(name).to_owned()));
                    }
                    search.referents.get_or_insert_default().append(&mut found);
                }
                Some(("is", "labelled")) => search.labelled = Some(true),
                Some(("is", "unlabelled")) => search.labelled = Some(false),
                Some(("is", word)) => return Err(SearchError::State(word.to_owned())),
                _ => words.push(unquoted(&token).to_owned()),
            }
        }
        if !words.is_empty() {
            if search.wanted.is_some() {
                return Err(SearchError::Pattern(line.to_owned()));
            }
            let words = words.join(" ");
            search.wanted = Some(Wanted::Words { folded: folded(&words), words, fold });
        }
        let empty = search.wanted.is_none() && search.labels.is_empty() && search.referents.is_none();
        if empty { Err(SearchError::Empty) } else { Ok(search) }
    }

    /// These words, as they are.
    #[must_use]
    pub fn words(words: &str, fold: Fold) -> Self {
        let wanted = Wanted::Words { folded: folded(words), words: words.to_owned(), fold };
        Self { wanted: Some(wanted), ..Self::default() }
    }

    /// True where the words may stand in a text that is folded so; a pattern may stand anywhere.
    pub(super) fn may_stand_in(&self, text: &str) -> bool {
        match &self.wanted {
            // Letters may be put together in other ways than here: of such a text the plainest part of the words is looked at.
            Some(Wanted::Words { folded, .. }) if text.is_ascii() => text.contains(folded.as_str()),
            Some(Wanted::Words { folded, .. }) => text.contains(plainest(folded)),
            Some(Wanted::Pattern(_)) | None => true,
        }
    }

    /// The places of the words or the pattern; none where labels or referents alone are looked for.
    pub(super) fn places(&self, text: &Text) -> Option<Vec<Span>> {
        match self.wanted.as_ref()? {
            Wanted::Words { words, fold, .. } => Some(find_all(text, words, *fold)),
            Wanted::Pattern(pattern) => {
                let span = |found: regex::Match<'_>| Span::new(found.start() as u32, found.end() as u32);
                let found = pattern.find_iter(text.as_str()).map(span);
                Some(found.filter_map(|span| text.check(span)).collect())
            }
        }
    }
}

/// The longest part of folded words that stands in a text however its letters are put together: no accents, and none of the
/// letters that are joined to one (`ﬁ`, `ﬆ`). It may be empty.
fn plainest(folded: &str) -> &str {
    let plain = |c: char| c.is_ascii_alphanumeric() && !matches!(c, 'f' | 'i' | 'l' | 's' | 't');
    let parts = folded.split(|c: char| !plain(c)).map(|part| {
        // A letter before an accent may be one with it.
        let end = part.as_ptr() as usize - folded.as_ptr() as usize + part.len();
        let accented = folded[end..].chars().next().is_some_and(|c| !c.is_ascii());
        if accented { &part[..part.len().saturating_sub(1)] } else { part }
    });
    parts.max_by_key(|part| part.len()).unwrap_or_default()
}

/// The referents of an id, or of a name as one reads it.
fn called(index: &Index, name: &str) -> Vec<Id> {
    let by_id = name.parse::<Id>().ok().filter(|id| index.referent(*id).is_some());
    let wanted = folded(name);
    let by_name = || index.referents().values().filter(|it| folded(&it.name) == wanted).map(|it| it.id).collect();
    by_id.map_or_else(by_name, |id| vec![id])
}

fn compiled(pattern: &str, fold: Fold) -> Result<Regex, SearchError> {
    let pattern = if fold.words { format!(r"\b(?:{pattern})\b") } else { pattern.to_owned() };
    let built = RegexBuilder::new(&pattern).case_insensitive(!fold.case).multi_line(true).size_limit(LARGEST).build();
    built.map_err(|error| {
        // The last line says it, those before it draw the place.
        let why = error.to_string();
        let why = why.lines().next_back().unwrap_or_default().trim_start_matches("error: ");
        SearchError::Pattern(why.to_owned())
    })
}

fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// The tokens of a line: quotes hold together what is in them.
fn tokens(line: &str) -> Vec<String> {
    let (mut tokens, mut token, mut quoted) = (Vec::new(), String::new(), false);
    for c in line.chars() {
        if c.is_whitespace() && !quoted {
            if !token.is_empty() {
                tokens.push(std::mem::take(&mut token));
            }
            continue;
        }
        quoted ^= c == '"';
        token.push(c);
    }
    if !token.is_empty() {
        tokens.push(token);
    }
    tokens
}
