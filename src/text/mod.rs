//! An article's text: offsets, graphemes, words, sentences, normalisation, anchoring.
//!
//! Inside the program every place in a text is a **byte offset into UTF-8** ([`Span`]). Code points and UTF-16
//! units appear only where something leaves or enters the program, and [`Text`] converts in O(log n).

mod anchor;
mod find;
pub mod html;
mod normalise;
mod offsets;
mod outline;
mod segment;
mod snap;
mod span;
mod whole_segments;

use std::ops::Range;
use std::sync::Arc;

use sha2::{Digest, Sha256};

pub use anchor::{Anchor, place, place_by_context};
pub use find::{Fold, find_all};
pub use normalise::*;
pub use offsets::Offsets;
pub use outline::{Moves, Outline, only};
pub use span::Span;
pub use whole_segments::{sentence_segments, word_segments};

/// A normalised text with its indexes; immutable, cheap to clone, at most [`Text::MAX_BYTES`] long.
#[derive(Clone)]
pub struct Text(Arc<TextData>);

struct TextData {
    content: Box<str>,
    /// First byte of each paragraph; a paragraph ends before the line feed that starts the next one.
    starts: Box<[u32]>,
    offsets: Offsets,
    sha256: [u8; 32],
}

/// The empty text.
impl Default for Text {
    fn default() -> Self {
        Self::new("")
    }
}

impl Text {
    /// The longest text that offsets can address, in bytes.
    pub const MAX_BYTES: usize = u32::MAX as usize / 2;

    /// Indexes a text that is already normalised (see [`normalise`]).
    ///
    /// # Panics
    /// If the text is longer than [`Text::MAX_BYTES`]; every way in has a far smaller limit.
    #[must_use]
    pub fn new(content: &str) -> Self {
        assert!(content.len() <= Self::MAX_BYTES, "a text of {} bytes is beyond any limit of ingest", content.len());
        let mut starts = vec![0];
        starts.extend(content.match_indices('\n').map(|(at, _)| at as u32 + 1));
        Self(Arc::new(TextData {
            offsets: Offsets::new(content),
            sha256: Sha256::digest(content.as_bytes()).into(),
            starts: starts.into(),
            content: content.into(),
        }))
    }

    /// The text itself.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.content
    }

    /// Length in bytes.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.0.content.len() as u32
    }

    /// Says whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.content.is_empty()
    }

    /// Length in code points.
    #[must_use]
    pub fn chars(&self) -> u32 {
        self.0.offsets.chars(&self.0.content, self.len())
    }

    /// SHA-256 of the UTF-8 bytes, lower-case hexadecimal: what identifies an article.
    #[must_use]
    pub fn sha256(&self) -> String {
        hex(&self.0.sha256)
    }

    /// True where the two are the same text.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        self.0.sha256 == other.0.sha256
    }

    /// The words of `span`.
    ///
    /// # Panics
    /// If the span lies outside the text or splits a character; spans are checked where they enter ([`Text::check`]).
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.0.content[span.range()]
    }

    /// The span of `words` that begins at `byte`; none where others stand there.
    #[must_use]
    pub fn stands(&self, byte: u32, words: &str) -> Option<Span> {
        let there = self.as_str().get(byte as usize..)?.starts_with(words);
        there.then(|| Span::new(byte, byte + words.len() as u32))
    }

    /// The span itself if it is non-empty, inside the text and on grapheme boundaries at both ends.
    #[must_use]
    pub fn check(&self, span: Span) -> Option<Span> {
        let inside = span.start < span.end && span.end <= self.len();
        (inside && self.is_grapheme_boundary(span.start) && self.is_grapheme_boundary(span.end)).then_some(span)
    }

    /// Code points before byte offset `byte`, which must lie on a character boundary.
    #[must_use]
    pub fn byte_to_char(&self, byte: u32) -> u32 {
        self.0.offsets.chars(&self.0.content, byte)
    }

    /// UTF-16 units before byte offset `byte`, which must lie on a character boundary.
    #[must_use]
    pub fn byte_to_utf16(&self, byte: u32) -> u32 {
        self.0.offsets.utf16(&self.0.content, byte)
    }

    /// Byte offset of the `index`-th code point, or none beyond the end.
    #[must_use]
    pub fn char_to_byte(&self, index: u32) -> Option<u32> {
        self.0.offsets.byte_of_char(&self.0.content, index)
    }

    /// Byte offset of the `index`-th UTF-16 unit; none beyond the end or inside a surrogate pair.
    #[must_use]
    pub fn utf16_to_byte(&self, index: u32) -> Option<u32> {
        self.0.offsets.byte_of_utf16(&self.0.content, index)
    }

    /// A span given in code points, as files have it; none where it is outside the text or empty.
    #[must_use]
    pub fn from_chars(&self, start: u32, end: u32) -> Option<Span> {
        let span = Span { start: self.char_to_byte(start)?, end: self.char_to_byte(end)? };
        (span.start < span.end).then_some(span)
    }

    /// A span in code points, `(start, end)`, as files have it.
    #[must_use]
    pub fn to_chars(&self, span: Span) -> (u32, u32) {
        (self.byte_to_char(span.start), self.byte_to_char(span.end))
    }

    /// Number of paragraphs, at least one; a paragraph is what stands between line feeds, possibly nothing.
    #[must_use]
    pub fn paragraphs(&self) -> usize {
        self.0.starts.len()
    }

    /// Bytes of paragraph `index`, without its line feed.
    #[must_use]
    pub fn paragraph(&self, index: usize) -> Span {
        let starts = &self.0.starts;
        let end = starts.get(index + 1).map_or(self.len(), |next| next - 1);
        Span { start: starts[index], end }
    }

    /// The paragraph that byte offset `byte` lies in (its line feed counts as its own).
    #[must_use]
    pub fn paragraph_at(&self, byte: u32) -> usize {
        self.0.starts.partition_point(|&start| start <= byte) - 1
    }

    /// The paragraphs that `span` touches.
    #[must_use]
    pub fn paragraphs_of(&self, span: Span) -> Range<usize> {
        let last = if span.end > span.start { span.end - 1 } else { span.start };
        self.paragraph_at(span.start)..self.paragraph_at(last) + 1
    }
}

impl std::fmt::Debug for Text {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Text({} bytes, {} paragraphs)", self.len(), self.paragraphs())
    }
}

/// SHA-256 of raw bytes, lower-case hexadecimal.
#[must_use]
pub fn sha256_hex(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Bytes as lower-case hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits = bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let mut out = String::with_capacity(bytes.len() * 2);
    out.extend(digits.map(|digit| char::from(DIGITS[usize::from(digit)])));
    out
}
