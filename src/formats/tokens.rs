//! Sentences and tokens, for formats that are written token by token.

use crate::text::{Span, Text, sentence_segments, word_segments};

/// The tokens of each sentence: UAX #29 word segments that are not white space, in UAX #29 sentences, which a line feed
/// ends too.
pub(super) fn sentences(text: &Text) -> Vec<Vec<Span>> {
    let mut sentences = Vec::new();
    for index in 0..text.paragraphs() {
        let paragraph = text.paragraph(index);
        for (at, sentence) in sentence_segments(text.slice(paragraph)) {
            let tokens = tokens(sentence, paragraph.start + at as u32);
            if !tokens.is_empty() {
                sentences.push(tokens);
            }
        }
    }
    sentences
}

/// Joins sentences where one of `held` (sorted, apart) goes on from one to the next.
pub(super) fn join(sentences: Vec<Vec<Span>>, held: &[Span]) -> Vec<Vec<Span>> {
    let mut joined: Vec<Vec<Span>> = Vec::with_capacity(sentences.len());
    let mut last_end = 0;
    for sentence in sentences {
        let (Some(first), Some(last)) = (sentence.first(), sentence.last()) else { continue };
        let over = held.get(held.partition_point(|span| span.end <= last_end));
        let goes_on = over.is_some_and(|span| span.start < last_end && span.end > first.start);
        last_end = last.end;
        match joined.last_mut().filter(|_| goes_on) {
            Some(before) => before.extend(sentence),
            None => joined.push(sentence),
        }
    }
    joined
}

fn tokens(sentence: &str, start: u32) -> Vec<Span> {
    let token = |(at, word): (usize, &str)| {
        let at = start + at as u32;
        Span::new(at, at + word.len() as u32)
    };
    word_segments(sentence).filter(|(_, word)| !word.starts_with(char::is_whitespace)).map(token).collect()
}

/// A text with one space between tokens and one line feed between sentences, and where each token is then.
pub(super) fn tell(text: &Text, sentences: &[Vec<Span>]) -> (String, Vec<Span>) {
    let mut told = String::new();
    let mut places = Vec::new();
    for (index, sentence) in sentences.iter().enumerate() {
        for (at, token) in sentence.iter().enumerate() {
            if at > 0 {
                told.push(' ');
            } else if index > 0 {
                told.push('\n');
            }
            let start = told.len() as u32;
            told.push_str(text.slice(*token));
            places.push(Span::new(start, told.len() as u32));
        }
    }
    (told, places)
}

/// The tokens that `span` shares a byte with, as a range of indexes.
pub(super) fn covered(tokens: &[Span], span: Span) -> std::ops::Range<usize> {
    let from = tokens.partition_point(|token| token.end <= span.start);
    let until = tokens.partition_point(|token| token.start < span.end);
    from..until.max(from)
}

/// A text that is put together of tokens: a blank between two, a line for each sentence, and no blank within scripts that are
/// written without.
#[derive(Default)]
pub(super) struct Joined {
    /// The text.
    pub text: String,
    /// The bytes of each token.
    pub places: Vec<(i64, i64)>,
}

impl Joined {
    /// Adds a token to the sentence.
    pub fn token(&mut self, token: &str) {
        let before = self.text.chars().next_back();
        let apart = |(before, after): (char, char)| !(is_unspaced(before) && is_unspaced(after)) && before != '\n';
        if before.zip(token.chars().next()).is_some_and(apart) {
            self.text.push(' ');
        }
        let start = self.text.len() as i64;
        self.text.push_str(token);
        self.places.push((start, self.text.len() as i64));
    }

    /// Begins a sentence.
    pub fn sentence(&mut self) {
        if !self.text.is_empty() && !self.text.ends_with('\n') {
            self.text.push('\n');
        }
    }

    /// The place of tokens, from the first to the last.
    pub fn place(&self, first: i64, last: i64) -> Option<(i64, i64)> {
        let token = |at: i64| usize::try_from(at).ok().and_then(|at| self.places.get(at));
        Some((token(first)?.0, token(last)?.1))
    }
}

/// True for characters of scripts that are written without blanks between words, and their punctuation.
fn is_unspaced(c: char) -> bool {
    matches!(u32::from(c),
        0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x312f | 0x31a0..=0xa4cf | 0xf900..=0xfaff
        | 0xff01..=0xff60 | 0x2_0000..=0x3_ffff)
}
