//! All words or sentences of a text (Unicode UAX #29), from its first to its last byte.
//!
//! What `unicode-segmentation` finds, several times as fast on most scripts: it looks up the class of every character,
//! where most words stand between two blanks and most characters cannot end a sentence. So the plain stretches are cut
//! here, and whatever is not plain is left to it. Thai, Lao, Khmer, Burmese, Chinese and Japanese have no blanks between
//! words: theirs are found by `icu_segmenter` in dictionaries.

use std::sync::LazyLock;

use icu_segmenter::iterators::WordBreakIterator;
use icu_segmenter::options::WordBreakInvariantOptions;
use icu_segmenter::scaffold::Utf8;
use icu_segmenter::{WordSegmenter, WordSegmenterBorrowed};
use unicode_segmentation::{GraphemeCursor, UWordBoundIndices, UnicodeSegmentation};

/// The segments of a text between word boundaries, blanks and punctuation among them, each with its first byte.
pub fn word_segments(text: &str) -> impl Iterator<Item = (usize, &str)> {
    WordIter { text, at: 0, hard: None }
}

/// The words of a text, each with its first byte: segments with a letter or digit in them.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, &str)> {
    word_segments(text).filter(|(_, segment)| segment.contains(char::is_alphanumeric))
}

struct WordIter<'a> {
    text: &'a str,
    /// The end of what was handed out.
    at: usize,
    /// A stretch that is not plain, and where it starts.
    hard: Option<(usize, Hard<'a>)>,
}

/// The segments of a stretch that is not plain.
struct Hard<'a> {
    stretch: &'a str,
    /// The end of what was handed out.
    at: usize,
    ends: Ends<'a>,
}

/// The boundaries of a stretch.
enum Ends<'a> {
    /// By the rules alone.
    Rules(UWordBoundIndices<'a>),
    /// By dictionaries, in scripts without blanks.
    Dictionary(Box<WordBreakIterator<'static, 'a, Utf8>>),
}

impl<'a> Hard<'a> {
    fn of(stretch: &'a str) -> Self {
        let ends = match stretch.contains(is_unspaced) {
            true => Ends::Dictionary(Box::new(SEGMENTER.segment_str(stretch))),
            false => Ends::Rules(stretch.split_word_bound_indices()),
        };
        Self { stretch, at: 0, ends }
    }

    fn next_end(&mut self) -> Option<usize> {
        match &mut self.ends {
            Ends::Rules(segments) => segments.next().map(|(at, segment)| at + segment.len()),
            Ends::Dictionary(ends) => ends.next(),
        }
    }
}

/// True where a boundary after the first byte parts nothing that is one on the screen. Dictionaries do, and the rules
/// themselves: they pair the letters of flags past an accent, and end a word before what a sign for numbers encloses.
fn is_whole(text: &str, at: usize) -> bool {
    let sides = [at - 1, at].map(|at| text.as_bytes().get(at).is_none_or(u8::is_ascii));
    sides == [true, true] || GraphemeCursor::new(at, text.len(), true).is_boundary(text, 0).unwrap_or(true)
}

impl<'a> Iterator for Hard<'a> {
    type Item = (usize, &'a str);

    fn next(&mut self) -> Option<Self::Item> {
        let start = self.at;
        while let Some(end) = self.next_end() {
            if end > start && is_whole(self.stretch, end) {
                self.at = end;
                return Some((start, &self.stretch[start..end]));
            }
        }
        None
    }
}

/// The trained models that there are besides take a hundred times as long.
static SEGMENTER: LazyLock<WordSegmenterBorrowed<'static>> =
    LazyLock::new(|| WordSegmenter::new_dictionary(WordBreakInvariantOptions::default()));

/// True for letters of scripts that have no blanks between words.
fn is_unspaced(c: char) -> bool {
    matches!(c,
        // Thai and Lao; Burmese; Khmer.
        '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{a9e0}'..='\u{a9ff}' | '\u{aa60}'..='\u{aa7f}'
        | '\u{1780}'..='\u{17ff}'
        // Kana; Chinese characters.
        | '\u{3040}'..='\u{30ff}' | '\u{31f0}'..='\u{31ff}' | '\u{ff66}'..='\u{ff9f}'
        | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

impl<'a> Iterator for WordIter<'a> {
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
        let spaced = |at: usize| self.text[..at].ends_with(char::is_whitespace) || !is_whole(self.text, at);
        let next = self.text[solid..].match_indices(' ').map(|(length, _)| solid + length).find(|&at| !spaced(at));
        let end = next.unwrap_or(bytes.len());
        // Nor further than the line: dictionaries must not have a say in lines that have none of their letters.
        let line = bytes[start + 1..end].iter().position(|&byte| byte == b'\n').map(|length| start + 1 + length);
        let end = line.filter(|&at| bytes[at - 1] != b'\r').unwrap_or(end);
        self.hard = Some((start, Hard::of(&self.text[start..end])));
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
            // The word before the sign tells whether it ends anything: no rule looks further.
            let word = rest[..end].rfind(' ').unwrap_or(0);
            let first = rest[word..].split_sentence_bounds().next();
            first.map_or(rest.len(), |sentence| word + sentence.len())
        });
        at = start + end;
        Some((start, &text[start..at]))
    })
}

/// Says whether a sentence may end after this character or what follows it; also of many that none ends after.
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
        "ประเทศไทย",
        "ປະເທດລາວ",
        "ភាសាខ្មែរ",
        "မြန်မာဘာသာ",
        "日本語を話す",
        "🇮",
        "🇩",
        "👩\u{200d}🚀",
        "🏽",
        "\u{600}",
        "(",
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

    #[test]
    fn words_of_scripts_without_blanks_are_found() {
        let found = |text| words(text).map(|(_, word)| word).collect::<Vec<_>>().join("|");
        let texts = [
            ("นักข่าวเดินทางไปกรุงเทพ", "นัก|ข่าว|เดิน|ทาง|ไป|กรุงเทพ"),
            ("ນັກຂ່າວໄປວຽງຈັນ", "ນັກ|ຂ່າວ|ໄປ|ວຽງຈັນ"),
            ("អ្នកកាសែតទៅភ្នំពេញ", "អ្នកកាសែត|ទៅ|ភ្នំពេញ"),
            ("သတင်းထောက်ရန်ကုန်သို့သွားသည်", "သတင်းထောက်|ရန်|ကုန်|သို့|သွား|သည်"),
            ("记者昨天前往北京采访。", "记者|昨天|前往|北京|采访"),
            ("記者は昨日東京へ行った。", "記者|は|昨日|東京|へ|行|った"),
            ("Menteri 外务部长 tiba di 東京.", "Menteri|外务|部长|tiba|di|東京"),
        ];
        let expected = texts.map(|(_, words)| words.to_owned());
        assert_eq!(texts.map(|(text, _)| found(text)), expected);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4096))]

        #[test]
        fn words_are_those_of_the_standard(text in text()) {
            let text = text.replace(is_unspaced, "ж");
            let whole: Vec<usize> = text.grapheme_indices(true).map(|(start, _)| start).collect();
            let starts = text.split_word_bound_indices().map(|(start, _)| start);
            let starts: Vec<usize> = starts.filter(|start| whole.contains(start)).collect();
            prop_assert_eq!(word_segments(&text).map(|(start, _)| start).collect::<Vec<_>>(), starts);
        }

        #[test]
        fn segments_are_the_whole_text_in_whole_graphemes(text in text()) {
            let mut at = 0;
            for (start, segment) in word_segments(&text) {
                prop_assert_eq!(start, at);
                prop_assert!(!segment.is_empty());
                at += segment.len();
                prop_assert!(text.grapheme_indices(true).any(|(start, _)| start == at) || at == text.len());
            }
            prop_assert_eq!(at, text.len());
        }

        #[test]
        fn sentences_are_those_of_the_standard(text in text()) {
            let expected: Vec<_> = text.split_sentence_bound_indices().collect();
            prop_assert_eq!(sentence_segments(&text).collect::<Vec<_>>(), expected);
        }
    }
}
