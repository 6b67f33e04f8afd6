//! Graphemes, words and sentences (Unicode UAX #29), found around one place without reading the whole text.

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use super::whole_segments::words;
use super::{Span, Text};

/// Longest stretch looked at around a place in a paragraph without a single break, in bytes: a hostile text of one
/// line costs no more than this.
const WINDOW: u32 = 4096;

impl Text {
    /// Says whether `byte` lies between two grapheme clusters (or at either end of the text).
    #[must_use]
    pub fn is_grapheme_boundary(&self, byte: u32) -> bool {
        let byte = byte as usize;
        let text = self.as_str();
        // Two characters of ASCII are two graphemes, unless they end a line together.
        if let Some(&[before, after]) = byte.checked_sub(1).and_then(|from| text.as_bytes().get(from..=byte))
            && before.is_ascii()
            && after.is_ascii()
        {
            return (before, after) != (b'\r', b'\n');
        }
        byte <= text.len()
            && text.is_char_boundary(byte)
            && GraphemeCursor::new(byte, text.len(), true).is_boundary(text, 0).unwrap_or(false)
    }

    /// The grapheme boundary at or before `byte`.
    #[must_use]
    pub fn grapheme_floor(&self, byte: u32) -> u32 {
        let byte = self.char_floor(byte);
        if self.is_grapheme_boundary(byte) { byte } else { self.prev_grapheme(byte) }
    }

    /// The grapheme boundary at or after `byte`.
    #[must_use]
    pub fn grapheme_ceil(&self, byte: u32) -> u32 {
        let floor = self.grapheme_floor(byte);
        if floor >= byte.min(self.len()) { floor } else { self.next_grapheme(floor) }
    }

    /// The next grapheme boundary after `byte`; the end of the text at the end.
    #[must_use]
    pub fn next_grapheme(&self, byte: u32) -> u32 {
        let text = self.as_str();
        let byte = self.char_floor(byte) as usize;
        let next = GraphemeCursor::new(byte, text.len(), true).next_boundary(text, 0);
        next.ok().flatten().map_or(self.len(), |next| next as u32)
    }

    /// The grapheme boundary before `byte`; 0 at the start.
    #[must_use]
    pub fn prev_grapheme(&self, byte: u32) -> u32 {
        let text = self.as_str();
        let byte = self.char_floor(byte) as usize;
        let before = GraphemeCursor::new(byte, text.len(), true).prev_boundary(text, 0);
        before.ok().flatten().map_or(0, |before| before as u32)
    }

    /// The smallest span on grapheme boundaries that covers `span`.
    #[must_use]
    pub fn whole_graphemes(&self, span: Span) -> Span {
        Span::new(self.grapheme_floor(span.start), self.grapheme_ceil(span.end))
    }

    /// The word (a segment of [`super::word_segments`] with a letter or digit in it) that holds `byte`, or that ends there.
    #[must_use]
    pub fn word_at(&self, byte: u32) -> Option<Span> {
        let words = self.words_around(byte);
        let holding = words.iter().find(|word| word.holds(byte));
        holding.or_else(|| words.iter().find(|word| word.end == byte)).copied()
    }

    /// The first word that starts at or after `byte`, in this paragraph or a later one.
    #[must_use]
    pub fn word_from(&self, byte: u32) -> Option<Span> {
        let mut from = byte;
        loop {
            if let Some(word) = self.words_around(from).into_iter().find(|word| word.start >= byte) {
                return Some(word);
            }
            from = self.window(from).end + 1;
            if from > self.len() {
                return None;
            }
        }
    }

    /// The last word that ends at or before `byte`, in this paragraph or an earlier one.
    #[must_use]
    pub fn word_until(&self, byte: u32) -> Option<Span> {
        let mut from = byte;
        loop {
            if let Some(word) = self.words_around(from).into_iter().rev().find(|word| word.end <= byte) {
                return Some(word);
            }
            from = self.window(from).start.checked_sub(1)?;
        }
    }

    /// The sentence (UAX #29) that holds `byte`, without outer white space; the paragraph's first before it, its last
    /// after it.
    #[must_use]
    pub fn sentence_at(&self, byte: u32) -> Span {
        let window = self.window(byte);
        let mut found = Span::new(window.start, window.start);
        for (at, sentence) in self.slice(window).split_sentence_bound_indices() {
            if window.start + at as u32 > byte {
                break;
            }
            let said = sentence.trim();
            if !said.is_empty() {
                let start = window.start + (at + sentence.len() - sentence.trim_start().len()) as u32;
                found = Span::new(start, start + said.len() as u32);
            }
        }
        found
    }

    /// The start of the first sentence that starts after `byte`; the end of the text after the last.
    #[must_use]
    pub fn next_sentence(&self, byte: u32) -> u32 {
        let here = self.sentence_at(byte);
        if here.start > byte {
            return here.start;
        }
        let Some(word) = self.word_from(here.end.max(byte)) else { return self.len() };
        // A word may begin in the space before its sentence (U+202F), or in a stretch that is cut elsewhere.
        let sentence = self.sentence_at(word.end - 1);
        [sentence.start, word.start, word.end].into_iter().find(|&at| at > byte).unwrap_or(self.len())
    }

    /// The start of this sentence, or of the one before it where `byte` already is its start.
    #[must_use]
    pub fn prev_sentence(&self, byte: u32) -> u32 {
        let here = self.sentence_at(byte);
        if here.start < byte {
            return here.start;
        }
        self.word_until(byte).map_or(0, |word| self.sentence_at(word.start).start)
    }

    /// All words, in order, in time of the text's length.
    pub fn words(&self) -> impl Iterator<Item = Span> {
        let word = |(at, word): (usize, &str)| Span::new(at as u32, (at + word.len()) as u32);
        words(self.as_str()).map(word)
    }

    /// Number of words in the whole text.
    #[must_use]
    pub fn count_words(&self) -> usize {
        words(self.as_str()).count()
    }

    /// The words of the window around `byte`, in order.
    fn words_around(&self, byte: u32) -> Vec<Span> {
        let window = self.window(byte);
        let word = |(at, word): (usize, &str)| {
            let start = window.start + at as u32;
            Span::new(start, start + word.len() as u32)
        };
        words(self.slice(window)).map(word).collect()
    }

    /// The paragraph around `byte`, or where it is very long the part of it about `byte`, cut at white space.
    fn window(&self, byte: u32) -> Span {
        let byte = self.char_floor(byte);
        let paragraph = self.paragraph(self.paragraph_at(byte));
        if paragraph.len() <= 2 * WINDOW {
            return paragraph;
        }
        let mut start = paragraph.start;
        if byte - paragraph.start > WINDOW {
            start = self.grapheme_floor(byte - WINDOW);
            let before = self.slice(Span::new(start, byte.min(paragraph.end).max(start)));
            start += before.find(char::is_whitespace).unwrap_or(0) as u32;
        }
        let mut end = paragraph.end;
        if paragraph.end - byte.min(paragraph.end) > WINDOW {
            let far = self.grapheme_ceil(byte + WINDOW);
            let after = self.slice(Span::new(byte, far));
            end = after.rfind(char::is_whitespace).filter(|&i| i > 0).map_or(far, |i| byte + i as u32);
        }
        Span::new(start, end)
    }

    fn char_floor(&self, byte: u32) -> u32 {
        let text = self.as_str();
        let mut byte = (byte as usize).min(text.len());
        while !text.is_char_boundary(byte) {
            byte -= 1;
        }
        byte as u32
    }
}
