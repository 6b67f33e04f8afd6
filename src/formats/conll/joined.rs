//! The text that tokens make: a line feed between sentences, a blank between words, none where a script has none.

use unicode_script::{Script, UnicodeScript as _};

use crate::text::{Span, word_segments};

/// Tokens below which one character a line is no sign that blanks are nowhere.
const FEW: usize = 8;

/// The way in which the tokens of an article are joined.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Spacing {
    /// True where most letters are of a script that has no blanks between words.
    dense: bool,
    /// True where each character is a token, Latin ones too.
    by_characters: bool,
}

impl Spacing {
    /// The way that the tokens themselves show.
    pub fn of<'t>(tokens: impl Iterator<Item = &'t str>) -> Self {
        let (mut letters, mut wide, mut all, mut single) = (0_usize, 0_usize, 0_usize, true);
        for token in tokens {
            all += 1;
            let mut characters = 0;
            for c in token.chars() {
                characters += 1;
                letters += usize::from(c.is_alphabetic());
                wide += usize::from(c.is_alphabetic() && is_wide(c));
            }
            single = single && characters <= 1;
        }
        let dense = wide > 0 && wide * 2 >= letters;
        Self { dense, by_characters: dense && single && all >= FEW }
    }

    /// True where a blank stands between two tokens that end and begin so.
    pub fn blank(self, before: Option<char>, after: Option<char>) -> bool {
        let (Some(before), Some(after)) = (before, after) else { return true };
        let wide = (is_wide(before), is_wide(after));
        let unspaced =
            (wide == (true, true)) || (self.dense && (wide.0 || wide.1)) || (is_unspaced(before) && is_unspaced(after));
        !unspaced && !self.by_characters
    }
}

/// True for characters of scripts of East Asia that have no blanks between words, and their punctuation.
fn is_wide(c: char) -> bool {
    let punctuation = matches!(c, '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff65}');
    punctuation || matches!(c.script(), Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo)
}

/// True for characters of other scripts that have no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(
        c.script(),
        Script::Thai
            | Script::Lao
            | Script::Khmer
            | Script::Myanmar
            | Script::Tibetan
            | Script::Javanese
            | Script::Balinese
            | Script::New_Tai_Lue
            | Script::Tai_Tham
    )
}

/// A text and the place of each of its tokens.
#[derive(Default)]
pub(super) struct Joined {
    pub text: String,
    pub places: Vec<Span>,
}

impl Joined {
    /// Begins a sentence.
    pub fn sentence(&mut self) {
        if !self.places.is_empty() {
            self.text.push('\n');
        }
    }

    /// Adds a token at the end of the text.
    pub fn token(&mut self, token: &str) {
        let start = self.text.len() as u32;
        self.text.push_str(token);
        self.places.push(Span::new(start, self.text.len() as u32));
    }

    /// Adds the tokens of a sentence, joined as scripts are.
    pub fn tokens<'t>(&mut self, tokens: impl Iterator<Item = &'t str>, spacing: Spacing) {
        self.sentence();
        let mut before: Option<&str> = None;
        for token in tokens {
            if let Some(before) = before
                && spacing.blank(before.chars().next_back(), token.chars().next())
            {
                self.text.push(' ');
            }
            before = Some(token);
            self.token(token);
        }
    }
}

impl Joined {
    /// Adds the tokens of a sentence of which it is known whether a blank follows each.
    pub fn told<'t>(&mut self, tokens: impl Iterator<Item = (&'t str, bool)>) {
        self.sentence();
        let mut blank = false;
        for (token, after) in tokens {
            if std::mem::replace(&mut blank, after) {
                self.text.push(' ');
            }
            self.token(token);
        }
    }

    /// Adds a sentence whose text is known; false, and nothing is added, where its tokens are not what stands in it.
    pub fn aligned<'t>(&mut self, text: &str, tokens: impl Iterator<Item = &'t str>) -> bool {
        let text = text.trim();
        let (mut at, mut places) = (0, Vec::new());
        for token in tokens {
            let rest = text[at..].trim_start();
            if token.is_empty() || !rest.starts_with(token) {
                return false;
            }
            let start = text.len() - rest.len();
            at = start + token.len();
            places.push((start, at));
        }
        if !text[at..].trim().is_empty() {
            return false;
        }
        self.sentence();
        let from = self.text.len();
        self.text.push_str(text);
        self.places
            .extend(places.into_iter().map(|(start, end)| Span::new((from + start) as u32, (from + end) as u32)));
        true
    }
}

/// Joins sentences of tokens.
pub(super) fn join(sentences: &[Vec<&str>]) -> Joined {
    let spacing = Spacing::of(sentences.iter().flatten().copied());
    let mut joined = Joined::default();
    for sentence in sentences {
        joined.tokens(sentence.iter().copied(), spacing);
    }
    joined
}

/// Cuts a text that [`join`] made into tokens again, of which the same text comes about: at blanks, and where none is needed
/// at the ends of words and of these spans.
pub(super) fn cut(text: &str, held: &[Span]) -> Vec<Vec<Span>> {
    let spacing = Spacing::of(std::iter::once(text));
    let mut ends: Vec<usize> = held.iter().flat_map(|span| [span.start as usize, span.end as usize]).collect();
    ends.sort_unstable();
    let mut sentences = Vec::new();
    let mut at = 0;
    for line in text.split('\n') {
        let mut tokens = Vec::new();
        for chunk in line.split(' ') {
            let (start, end) = (at, at + chunk.len());
            at = end + 1;
            let mut from = start;
            let mut cuts: Vec<usize> = Vec::new();
            if chunk.chars().any(|c| is_wide(c) || is_unspaced(c)) {
                cuts.extend(word_segments(chunk).map(|(at, _)| start + at));
                cuts.extend(&ends[ends.partition_point(|&it| it <= start)..ends.partition_point(|&it| it < end)]);
                cuts.sort_unstable();
            }
            for cut in cuts {
                let (before, after) = (text[from..cut].chars().next_back(), text[cut..end].chars().next());
                if cut > from && !spacing.blank(before, after) {
                    tokens.push(Span::new(from as u32, cut as u32));
                    from = cut;
                }
            }
            tokens.push(Span::new(from as u32, end as u32));
        }
        sentences.push(tokens);
    }
    sentences
}
