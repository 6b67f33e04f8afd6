//! All words or sentences of a text (Unicode UAX #29), from its first to its last byte.
//!
//! What `unicode-segmentation` finds, several times as fast on most scripts: it looks up the class of every character,
//! where most words stand between two blanks and most characters cannot end a sentence. So the plain stretches are cut
//! here, and whatever is not plain is left to it.

use unicode_segmentation::{UWordBoundIndices, UnicodeSegmentation};

/// The segments of a text between word boundaries, blanks and punctuation among them, each with its first byte.
pub fn word_segments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    Words { text, at: 0, hard: None }
}

struct Words<'a> {
    text: &'a str,
    /// The end of what was handed out.
    at: usize,
    /// A stretch that is not plain, and where it starts.
    hard: Option<(usize, UWordBoundIndices<'a>)>,
}

impl<'a> Iterator for Words<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        if let Some((start, segments)) = &mut self.hard {
            if let Some((at, segment)) = segments.next() {
                self.at = *start + at + segment.len();
                return Some((*start + at, segment));
            }
            self.hard = None;
        }
        let bytes = self.text.as_bytes();
        let start = self.at;
        let first = bytes.get(start)?;
        let run = |from: usize, fits: fn(u8) -> bool| {
            bytes[from..].iter().position(|&byte| !fits(byte)).map_or(bytes.len(), |length| from + length)
        };
        let blank = |byte| byte == b' ';
        let ends = |at: usize| bytes.get(at).is_none_or(|&byte| byte == b' ');
        // Blanks are one segment, up to what is ASCII and so neither goes on with them nor stands upon the last.
        // Letters, digits and `_` are one as well, where a blank follows, or one sign and then a blank: no rule looks
        // further. A mark upon that blank would be the blank's.
        let end = match first {
            b' ' => Some(run(start, blank)).filter(|&end| bytes.get(end).is_none_or(u8::is_ascii)),
            byte if is_plain(*byte) => {
                let end = run(start, is_plain);
                let sign = bytes.get(end).is_some_and(u8::is_ascii_punctuation);
                Some(end).filter(|&end| ends(end) || (sign && ends(end + 1)))
            }
            byte if byte.is_ascii_punctuation() => Some(start + 1).filter(|&end| ends(end)),
            _ => None,
        };
        if let Some(end) = end {
            self.at = end;
            return Some((start, &self.text[start..end]));
        }
        // To the next blank that nothing leads up to: a boundary stands before every one that follows no other space.
        let solid = run(start, blank);
        let spaced = |at: usize| self.text[..at].ends_with(char::is_whitespace);
        let next = self.text[solid..].match_indices(' ').map(|(length, _)| solid + length).find(|&at| !spaced(at));
        let end = next.unwrap_or(bytes.len());
        self.hard = Some((start, self.text[start..end].split_word_bound_indices()));
        self.next()
    }
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_'
}

/// The segments of a text between sentence boundaries, each with its first byte; together they are the whole text.
pub fn sentence_segments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at;
        if start == text.len() {
            return None;
        }
        let rest = &text[start..];
        let end = rest.char_indices().find(|&(_, c)| may_end(c)).map_or(rest.len(), |(end, _)| {
            // What stands before the sign tells whether it ends anything: the word there is all that any rule looks at.
            let word = rest[..end].rfind(' ').unwrap_or(0);
            let first = rest[word..].split_sentence_bounds().next();
            first.map_or(rest.len(), |sentence| word + sentence.len())
        });
        at = start + end;
        Some((start, &text[start..at]))
    })
}

/// Whether a sentence may end after this character or what follows it; also of many that none ends after.
fn may_end(c: char) -> bool {
    match c {
        '.' | '!' | '?' | '\r' | '\n' | '\u{85}' => true,
        // Dashes and quotation marks.
        '\u{2010}'..='\u{2023}' => false,
        // The first sign beyond Latin, Greek, Cyrillic and Armenian letters is the Armenian full stop.
        _ => c >= '\u{589}',
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Pieces that rules are about: of every class of words and sentences, and what looks like others.
    const PIECES: &[&str] = &[
        " ",
        " ",
        "  ",
        "a",
        "kata",
        "Ratu",
        "3",
        "10",
        ".",
        ",",
        "'",
        "\"",
        "_",
        ":",
        ";",
        "-",
        "!",
        "?",
        "…",
        "(",
        ")",
        "“",
        "”",
        "‘",
        "’",
        "\t",
        "\r",
        "\n",
        "\r\n",
        "\u{85}",
        "\u{2028}",
        "\u{a0}",
        "\u{202f}",
        "\u{3000}",
        "\u{2003}",
        "é",
        "e\u{301}",
        "\u{301}",
        "\u{200d}",
        "\u{ad}",
        "\u{feff}",
        "א",
        "״",
        "ア",
        "漢",
        "。",
        "؟",
        "ب",
        "।",
        "ไทย",
        "🇮",
        "🇩",
        "👩\u{200d}🚀",
        "🏽",
        "։",
        "․",
        "—",
        "․a",
        "A.",
        "z.B",
        "x.y",
        "1.5",
        "U.S.",
        "ß",
        "ǅ",
        "ª",
        "²",
        "𝟘",
    ];

    fn text() -> impl Strategy<Value = String> {
        let piece = prop::sample::select(PIECES).prop_map(str::to_owned);
        let any = any::<char>().prop_map(|c| c.to_string());
        prop::collection::vec(prop_oneof![12 => piece, 1 => any], 0..24).prop_map(|pieces| pieces.concat())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn words_are_those_of_the_standard(text in text()) {
            let expected: Vec<_> = text.split_word_bound_indices().collect();
            prop_assert_eq!(word_segments(&text).collect::<Vec<_>>(), expected);
        }

        #[test]
        fn sentences_are_those_of_the_standard(text in text()) {
            let expected: Vec<_> = text.split_sentence_bound_indices().collect();
            prop_assert_eq!(sentence_segments(&text).collect::<Vec<_>>(), expected);
        }
    }
}
