//! Units of a file's offsets, and their places in a text.

use crate::lang::{InWords, Key, Message};
use crate::{in_english, key, message};

use serde::Serialize;

use crate::text::{Span, Text, normalise};

/// The unit of an offset.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum OffsetUnit {
    /// Unicode code points, as Python counts.
    CodePoint,
    /// UTF-16 units, as Java and JavaScript count.
    Utf16,
    /// Bytes of UTF-8.
    Byte,
}

impl OffsetUnit {
    /// Every unit.
    pub const ALL: [Self; 3] = [Self::CodePoint, Self::Utf16, Self::Byte];

    /// The unit in words, for people.
    #[must_use]
    pub fn title(self) -> Key {
        match self {
            Self::CodePoint => key!("unit-code-points"),
            Self::Utf16 => key!("unit-utf16"),
            Self::Byte => key!("unit-bytes"),
        }
    }

    /// The unit as files and options name it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::CodePoint => "code-point",
            Self::Utf16 => "utf-16",
            Self::Byte => "byte",
        }
    }

    /// Units of `text` before byte offset `byte`.
    #[must_use]
    pub fn of_byte(self, text: &Text, byte: u32) -> u32 {
        match self {
            Self::CodePoint => text.byte_to_char(byte),
            Self::Utf16 => text.byte_to_utf16(byte),
            Self::Byte => byte,
        }
    }

    /// The byte offset of `text` that comes after so many units; none outside the text or inside a character.
    #[must_use]
    pub fn to_byte(self, text: &Text, offset: i64) -> Option<u32> {
        let offset = u32::try_from(offset).ok()?;
        match self {
            Self::CodePoint => text.char_to_byte(offset),
            Self::Utf16 => text.utf16_to_byte(offset),
            Self::Byte => text.as_str().is_char_boundary(offset as usize).then_some(offset),
        }
    }
}

/// The way in which the offsets of one text count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counting {
    /// The items that are counted.
    pub unit: OffsetUnit,
    /// True where CR and LF together count as one, though the file has both.
    pub crlf_as_one: bool,
}

impl InWords for Counting {
    fn in_words(&self) -> Message {
        let unit = self.unit.title();
        if self.crlf_as_one { message!("unit-crlf-as-one", unit = unit) } else { unit.into() }
    }
}

in_english!(Counting);

/// A text as a file has it, beside the normalised one.
pub struct RawText {
    /// The normalised text.
    pub text: Text,
    /// The text before normalisation with the places of the bytes that it lost, where that changed anything.
    before: Option<(Text, Vec<u32>)>,
}

impl RawText {
    /// Normalises `content` and keeps what offsets into it mean.
    #[must_use]
    pub fn new(content: &str) -> Self {
        let normal = normalise(content);
        let before = (normal.len() != content.len()).then(|| {
            let mut lost: Vec<u32> = if content.starts_with('\u{feff}') { vec![0, 1, 2] } else { Vec::new() };
            lost.extend(content.match_indices("\r\n").map(|(at, _)| at as u32));
            (Text::new(content), lost)
        });
        Self { text: Text::new(&normal), before }
    }

    /// The byte of the normalised text at this offset of the file; none outside or inside a character.
    #[must_use]
    pub fn byte(&self, counting: Counting, offset: i64) -> Option<u32> {
        match &self.before {
            Some((raw, lost)) if !counting.crlf_as_one => {
                let byte = counting.unit.to_byte(raw, offset)?;
                Some(byte - lost.partition_point(|&lost| lost < byte) as u32)
            }
            _ => counting.unit.to_byte(&self.text, offset),
        }
    }

    /// The length of some words as offsets count it.
    #[must_use]
    pub fn length(&self, counting: Counting, words: &str) -> i64 {
        let words = Text::new(words);
        i64::from(counting.unit.of_byte(&words, words.len()))
    }

    /// The span of the normalised text between two offsets of the file.
    #[must_use]
    pub fn span(&self, counting: Counting, start: i64, end: i64) -> Option<Span> {
        let span = Span::new(self.byte(counting, start)?, self.byte(counting, end)?);
        (span.start <= span.end).then_some(span)
    }

    /// The counting under which most quotes fit, `declared` first, and how many fit.
    ///
    /// Each item of `quoted` is the fragments of one annotation and what they say, joined by a space.
    #[must_use]
    pub fn detect(&self, declared: OffsetUnit, quoted: &[(&[(i64, i64)], &str)]) -> (Counting, usize) {
        let mut best = (Counting { unit: declared, crlf_as_one: false }, 0);
        if quoted.is_empty() {
            return best;
        }
        let lines = if self.before.is_some() { &[false, true][..] } else { &[false] };
        let others = OffsetUnit::ALL.into_iter().filter(|&unit| unit != declared);
        for unit in std::iter::once(declared).chain(others) {
            for &crlf_as_one in lines {
                let counting = Counting { unit, crlf_as_one };
                let fits = quoted.iter().filter(|(at, quote)| self.says(counting, at, quote)).count();
                if fits > best.1 || (fits == 0 && best.1 == 0 && unit == declared && !crlf_as_one) {
                    best = (counting, fits);
                }
                if fits == quoted.len() {
                    return best;
                }
            }
        }
        best
    }

    /// Says whether these fragments say `quote`; any white space equals any other.
    #[must_use]
    pub fn says(&self, counting: Counting, at: &[(i64, i64)], quote: &str) -> bool {
        let mut said = String::new();
        for (index, &(start, end)) in at.iter().enumerate() {
            let Some(span) = self.span(counting, start, end) else { return false };
            if at.len() == 1 {
                return same(self.text.slice(span), quote);
            }
            if said.len() > longest(quote) {
                return false;
            }
            if index > 0 {
                said.push(' ');
            }
            said.push_str(self.text.slice(span));
        }
        same(&said, quote)
    }
}

/// Bytes of the longest words that can be the same as `quote`: no white space has four times the bytes of another, and at the
/// ends there are no pages of it.
fn longest(quote: &str) -> usize {
    4 * quote.len() + 1024
}

/// Says whether `said` is `quote` but for the kind of white space and line ends, and for white space at the ends.
fn same(said: &str, quote: &str) -> bool {
    said == quote || (said.len() <= longest(quote) && plain(said).eq(plain(quote)))
}

/// The characters of a text without white space at its ends; each white space inside is a blank, CR and LF together one.
fn plain(text: &str) -> impl Iterator<Item = char> {
    let mut before = ' ';
    text.trim().chars().filter_map(move |c| {
        let line_end = before == '\r' && c == '\n';
        before = c;
        (!line_end).then_some(if c.is_whitespace() { ' ' } else { c })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_is_the_one_that_fits_every_quote() {
        // “Awan” after an astral character, a two-byte letter and a CRLF, as each unit counts it.
        let raw = RawText::new("\u{feff}🛬 é\r\nKota Awan");
        let cases = [
            (11, OffsetUnit::CodePoint, false),
            (12, OffsetUnit::Utf16, false),
            (17, OffsetUnit::Byte, false),
            (9, OffsetUnit::CodePoint, true),
            (10, OffsetUnit::Utf16, true),
            (13, OffsetUnit::Byte, true),
        ];
        for (start, unit, crlf_as_one) in cases {
            let at = [(start, start + 4)];
            let (counting, fits) = raw.detect(OffsetUnit::CodePoint, &[(&at, "Awan")]);
            assert_eq!((counting, fits), (Counting { unit, crlf_as_one }, 1), "{start}");
            let span = raw.span(counting, start, start + 4).unwrap();
            assert_eq!(raw.text.slice(span), "Awan");
        }
        let nowhere = raw.detect(OffsetUnit::Utf16, &[(&[(0, 1)], "zebra")]);
        assert_eq!(nowhere, (Counting { unit: OffsetUnit::Utf16, crlf_as_one: false }, 0));
    }
}
