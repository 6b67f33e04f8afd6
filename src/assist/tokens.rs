//! The tokens of a text as sources look at them: words and signs, by hashes of what they look like.

use std::hash::BuildHasher as _;
use std::ops::Range;

use foldhash::quality::FixedState;

use crate::text::{Span, Text, word_segments};

/// Affixes of up to so many letters are looked at.
pub(super) const AFFIXES: usize = 4;

/// Tokens beyond which a sentence is cut.
const LONGEST_SENTENCE: usize = 120;

/// A hash that is the same on every run, whatever the number of threads.
pub(super) fn hash(words: &str) -> u64 {
    FixedState::default().hash_one(words)
}

/// Joins two hashes, the order counts.
pub(super) fn join(a: u64, b: u64) -> u64 {
    let mixed = (a ^ b.rotate_left(29)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (mixed ^ (mixed >> 32)).wrapping_mul(0xd6e8_feb8_6659_fd93).wrapping_add(a)
}

/// A word or a sign.
#[derive(Debug, Clone)]
pub(super) struct Token {
    /// The place in the text.
    pub span: Span,
    /// As it is written.
    pub word: u64,
    /// In lower case.
    pub lower: u64,
    /// Its letters as kinds: `Xxxxx`.
    pub shape: u64,
    /// The same with repetitions left out: `Xx`.
    pub short: u64,
    /// Its first one, two, three and four letters in lower case, as far as it has so many.
    pub prefixes: [u64; AFFIXES],
    /// Its last ones.
    pub suffixes: [u64; AFFIXES],
    /// True where it begins with a capital letter.
    pub capital: bool,
    /// True where it has a letter or a digit.
    pub wordlike: bool,
}

impl Token {
    fn new(span: Span, written: &str) -> Self {
        let lower = written.to_lowercase();
        let kind = |c: char| match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => '0',
            c => c,
        };
        let shape: String = written.chars().map(kind).take(12).collect();
        let mut short = String::new();
        for c in written.chars().map(kind) {
            if !short.ends_with(c) {
                short.push(c);
            }
        }
        let (mut prefixes, mut suffixes) = ([0; AFFIXES], [0; AFFIXES]);
        let count = lower.chars().count();
        for length in 1..=AFFIXES.min(count) {
            let cut = |at: usize| lower.char_indices().nth(at).map_or(lower.len(), |(at, _)| at);
            prefixes[length - 1] = hash(&lower[..cut(length)]);
            suffixes[length - 1] = hash(&lower[cut(count - length)..]);
        }
        Self {
            span,
            word: hash(written),
            lower: hash(&lower),
            shape: hash(&shape),
            short: hash(&short),
            prefixes,
            suffixes,
            capital: written.chars().next().is_some_and(char::is_uppercase),
            wordlike: written.chars().any(char::is_alphanumeric),
        }
    }
}

/// The tokens of a text, and the sentences that they make.
#[derive(Debug, Clone, Default)]
pub(super) struct Tokens {
    pub all: Vec<Token>,
    /// Tokens of each sentence; a line end always ends one.
    pub sentences: Vec<Range<usize>>,
}

impl Tokens {
    pub fn of(text: &Text) -> Self {
        let mut tokens = Self::default();
        let mut from = 0;
        let mut ends = false;
        let mut last_end = 0_u32;
        for (at, piece) in word_segments(text.as_str()) {
            let start = at as u32;
            if piece.chars().all(char::is_whitespace) {
                if piece.contains('\n') {
                    tokens.close(&mut from);
                    ends = false;
                }
                continue;
            }
            let token = Token::new(Span::new(start, start + piece.len() as u32), piece);
            let apart = start > last_end;
            if ends && apart && (token.capital || !token.wordlike) || tokens.all.len() - from >= LONGEST_SENTENCE {
                tokens.close(&mut from);
            }
            // An initial or a short title before a point ends no sentence.
            let short = tokens.all.last().is_some_and(|last| last.span.len() <= 2 && last.capital);
            ends = match piece {
                "." => !short,
                "!" | "?" | "…" => true,
                "”" | "\"" | "’" | "'" | ")" => ends,
                _ => false,
            };
            last_end = token.span.end;
            tokens.all.push(token);
        }
        tokens.close(&mut from);
        tokens
    }

    fn close(&mut self, from: &mut usize) {
        if self.all.len() > *from {
            self.sentences.push(*from..self.all.len());
            *from = self.all.len();
        }
    }

    /// The tokens that a span is made of; none where it begins or ends within one.
    pub fn range(&self, span: Span) -> Option<Range<usize>> {
        let first = self.all.partition_point(|token| token.span.start < span.start);
        let end = self.all.partition_point(|token| token.span.end <= span.end);
        let fits = first < end && self.all[first].span.start == span.start && self.all[end - 1].span.end == span.end;
        fits.then_some(first..end)
    }

    /// The place of some tokens.
    pub fn span(&self, range: &Range<usize>) -> Span {
        Span::new(self.all[range.start].span.start, self.all[range.end - 1].span.end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_where_a_reader_ends_them() {
        let text = Text::new("Kabar Selat\nDr. A. Wirya tiba. “Baik!” katanya. Ia 3.5 hari di sana");
        let tokens = Tokens::of(&text);
        let said: Vec<&str> = tokens.sentences.iter().map(|range| text.slice(tokens.span(range))).collect();
        assert_eq!(said, ["Kabar Selat", "Dr. A. Wirya tiba.", "“Baik!” katanya.", "Ia 3.5 hari di sana"]);
        assert_eq!(tokens.range(Span::new(6, 11)), Some(1..2));
        assert_eq!(tokens.range(Span::new(6, 10)), None);
    }
}
