//! Properties of texts: offsets, graphemes, words, sentences, snapping, finding, anchoring.

use jejak::text::{Anchor, Fold, Span, Text, find_all, normalise, place};
use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

/// Pieces that have made trouble in texts: what joins, what combines, what runs the other way, what is no space.
const PIECES: &[&str] = &[
    "kata",
    "Raja",
    "Bandar Laut",
    "12.500",
    "St. ",
    "pergi. ",
    "Tiba! ",
    "e-mail",
    "d'été",
    " ",
    "  ",
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    "\u{a0}",
    "\u{202f}",
    "\u{ad}",
    "\u{feff}",
    "\u{200d}",
    "\u{200b}",
    "\u{2028}",
    "“",
    "”",
    "—",
    "…",
    "(",
    ")",
    ".",
    ",",
    "$",
    "_",
    "👩‍👩‍👧",
    "👍🏽",
    "🇮🇩",
    "🇮",
    "❤️",
    "e\u{301}",
    "a\u{300}\u{323}\u{302}",
    "\u{301}",
    "שלום",
    "مرحبا",
    "١٢",
    "क्षि",
    "नमस्ते",
    "สวัสดี",
    "ไป",
    "한국",
    "ᄒ",
    "ᅡ",
    "ᆫ",
    "東京",
    "旅行。",
    "\u{600}",
    "𝒳",
    "\0",
    "Việt",
    "ǅ",
    "İ",
    "ß",
];

fn raw_text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        12 => proptest::sample::select(PIECES).prop_map(str::to_owned),
        1 => any::<char>().prop_map(String::from),
    ];
    // The factor makes some texts longer than what the indexes step over.
    (prop::collection::vec(piece, 0..40), prop_oneof![4 => Just(1_usize), 1 => Just(30)])
        .prop_map(|(pieces, times)| pieces.concat().repeat(times))
}

fn text() -> impl Strategy<Value = Text> {
    raw_text().prop_map(|raw| Text::new(&normalise(&raw)))
}

/// A text and a stretch of it with ends anywhere, even inside a character.
fn text_and_rough() -> impl Strategy<Value = (Text, Span)> {
    text().prop_flat_map(|text| {
        let len = text.len();
        (Just(text), 0..=len, 0..=len).prop_map(|(text, a, b)| (text, Span::new(a.min(b), a.max(b))))
    })
}

/// Every grapheme boundary of a text, counted from its beginning.
fn boundaries(text: &Text) -> Vec<u32> {
    let starts = text.as_str().grapheme_indices(true).map(|(at, _)| at as u32);
    starts.chain([text.len()]).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn normalising_leaves_no_return_and_nothing_else_undone(raw in raw_text()) {
        let once = normalise(&raw).into_owned();
        prop_assert!(!once.contains('\r'));
        let visible = |text: &str| text.chars().filter(|c| !matches!(c, '\r' | '\n')).collect::<String>();
        prop_assert_eq!(visible(&once), visible(raw.strip_prefix('\u{feff}').unwrap_or(&raw)));
        let lines = raw.matches("\r\n").count();
        let ends = raw.matches(['\r', '\n']).count() - lines;
        prop_assert_eq!(once.matches('\n').count(), ends);
    }

    #[test]
    fn offsets_are_what_counting_gives(text in text()) {
        let all = text.as_str();
        let (mut chars, mut utf16) = (0, 0);
        for (byte, c) in all.char_indices().chain([(all.len(), 'x')]) {
            let byte = byte as u32;
            prop_assert_eq!(text.byte_to_char(byte), chars);
            prop_assert_eq!(text.byte_to_utf16(byte), utf16);
            prop_assert_eq!(text.char_to_byte(chars), Some(byte));
            prop_assert_eq!(text.utf16_to_byte(utf16), Some(byte));
            if c.len_utf16() == 2 {
                prop_assert_eq!(text.utf16_to_byte(utf16 + 1), None, "inside a surrogate pair");
            }
            if (byte as usize) < all.len() {
                chars += 1;
                utf16 += c.len_utf16() as u32;
            }
        }
        prop_assert_eq!(text.chars(), chars);
        prop_assert_eq!(text.char_to_byte(chars + 1), None);
        prop_assert_eq!(text.utf16_to_byte(utf16 + 1), None);
    }

    #[test]
    fn grapheme_steps_are_what_counting_gives(text in text()) {
        let all = boundaries(&text);
        for byte in 0..=text.len() {
            let floor = *all.iter().rfind(|&&at| at <= byte).unwrap();
            let ceil = *all.iter().find(|&&at| at >= byte).unwrap();
            prop_assert_eq!(text.is_grapheme_boundary(byte), floor == byte);
            prop_assert_eq!(text.grapheme_floor(byte), floor);
            prop_assert_eq!(text.grapheme_ceil(byte), ceil);
            prop_assert_eq!(text.next_grapheme(byte), *all.iter().find(|&&at| at > byte).unwrap_or(&text.len()));
        }
        for pair in all.windows(2) {
            prop_assert_eq!(text.prev_grapheme(pair[1]), pair[0]);
        }
    }

    #[test]
    fn paragraphs_tile_the_text(text in text()) {
        let lines: Vec<&str> = text.as_str().split('\n').collect();
        prop_assert_eq!(text.paragraphs(), lines.len());
        let mut end = None;
        for (index, line) in lines.iter().enumerate() {
            let span = text.paragraph(index);
            prop_assert_eq!(text.slice(span), *line);
            prop_assert_eq!(span.start, end.map_or(0, |end: u32| end + 1));
            for byte in span.start..=span.end {
                prop_assert_eq!(text.paragraph_at(byte), index);
            }
            end = Some(span.end);
        }
        prop_assert_eq!(end, Some(text.len()));
        prop_assert_eq!(text.paragraphs_of(Span::new(0, text.len())).end, text.paragraph_at(text.len().saturating_sub(1)) + 1);
    }

    #[test]
    fn snapping_keeps_its_laws((text, rough) in text_and_rough()) {
        let within = text.whole_graphemes(rough);
        for (snapped, snap) in [(text.snap(rough), true), (text.snap_raw(rough), false)] {
            let Some(span) = snapped else {
                let said = text.slice(within);
                prop_assert!(rough.is_empty() || said.graphemes(true).all(|c| c.chars().all(char::is_whitespace)), "{:?}", said);
                continue;
            };
            prop_assert_eq!(text.check(span), Some(span));
            prop_assert!(span.overlaps(within), "it is about what was selected");
            let again = if snap { text.snap(span) } else { text.snap_raw(span) };
            prop_assert_eq!(again, Some(span), "snapping twice is snapping once: {:?} of {:?}", text.slice(span), text.as_str());
            for word in words(&text) {
                if snap && within.contains(word) {
                    prop_assert!(span.contains(word), "a selected word is kept: {:?}", text.slice(word));
                }
            }
        }
    }

    #[test]
    fn stretching_stays_on_graphemes_and_never_empties((text, rough) in text_and_rough()) {
        let Some(span) = text.snap(rough) else { return Ok(()) };
        for grow in [true, false] {
            let (end, start) = (text.stretch(span, grow), text.stretch_start(span, grow));
            prop_assert_eq!(text.check(end), Some(end));
            prop_assert_eq!(text.check(start), Some(start));
            prop_assert_eq!((end.start, start.end), (span.start, span.end));
            let kept = if grow { end.contains(span) && start.contains(span) } else { span.contains(end) && span.contains(start) };
            prop_assert!(kept, "{:?} {:?} {:?}", span, end, start);
        }
    }

    #[test]
    fn words_are_those_of_their_paragraph(text in text()) {
        let words = words(&text);
        prop_assert_eq!(&text.words().collect::<Vec<_>>(), &words);
        for byte in (0..=text.len()).filter(|&byte| text.as_str().is_char_boundary(byte as usize)) {
            let holding = words.iter().find(|word| word.holds(byte)).or_else(|| words.iter().find(|word| word.end == byte));
            prop_assert_eq!(text.word_at(byte), holding.copied());
            prop_assert_eq!(text.word_from(byte), words.iter().find(|word| word.start >= byte).copied());
            prop_assert_eq!(text.word_until(byte), words.iter().rfind(|word| word.end <= byte).copied());
        }
    }

    #[test]
    fn sentence_steps_reach_both_ends(text in text()) {
        for byte in (0..=text.len()).filter(|&byte| text.as_str().is_char_boundary(byte as usize)) {
            let here = text.sentence_at(byte);
            prop_assert!(text.paragraph(text.paragraph_at(byte)).contains(here));
            let said = text.slice(here);
            prop_assert_eq!(said, said.trim());
            prop_assert!(text.next_sentence(byte) > byte || byte == text.len());
            prop_assert!(text.prev_sentence(byte) < byte || byte == 0);
        }
    }

    #[test]
    fn finding_is_what_looking_everywhere_gives(text in text(), needle in proptest::sample::select(PIECES), case: bool, words: bool) {
        // Looking everywhere takes long.
        let text = Text::new(&text.as_str()[..text.grapheme_floor(text.len().min(600)) as usize]);
        let fold = Fold { case, words };
        let wanted = seen(needle, case);
        let (all, edges, ends) = (text.as_str(), self::words(&text), boundaries(&text));
        let space = |at: usize| all[..at].chars().next_back().is_some_and(char::is_whitespace);
        let mut free_from = 0;
        let mut expected = Vec::new();
        for (start, first) in all.char_indices() {
            let begun = seen(first.encode_utf8(&mut [0; 4]), case).chars().next();
            if begun.is_none() || begun != wanted.chars().next() || start < free_from || first.is_whitespace() && space(start) {
                continue;
            }
            let far = if wanted.ends_with(' ') { usize::MAX } else { start + 60 };
            let after = ends.partition_point(|&end| end as usize <= start);
            let hits = ends[after..].iter().take_while(|&&end| end as usize <= far);
            let hits = hits.map(|&end| Span::new(start as u32, end)).filter(|hit| text.check(*hit).is_some());
            let hits: Vec<Span> = hits.filter(|hit| !wanted.is_empty() && seen(text.slice(*hit), case) == wanted).collect();
            // Blanks at the end are taken whole.
            let hit = if wanted.ends_with(' ') { hits.last() } else { hits.first() };
            if let Some(&hit) = hit.filter(|hit| !words || !edges.iter().any(|word| cuts(*word, **hit))) {
                expected.push(hit);
                free_from = hit.end as usize;
            }
        }
        prop_assert_eq!(find_all(&text, needle, fold), expected);
    }

    #[test]
    fn an_anchor_finds_its_own_place((text, rough) in text_and_rough(), front in proptest::sample::select(PIECES)) {
        let Some(span) = text.snap_raw(rough) else { return Ok(()) };
        let anchor = Anchor::of(&text, span);
        prop_assert_eq!(place(&text, &anchor, span.start), Some(span), "in the text that it was made for");
        // Where something came in before it, the place that is found says the same.
        let moved = Text::new(&normalise(&format!("{front}\n{}", text.as_str())));
        if let Some(found) = place(&moved, &anchor, span.start) {
            prop_assert_eq!(moved.slice(found), text.slice(span));
            prop_assert_eq!(moved.check(found), Some(found));
        }
    }
}

fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// A text as it is seen: any white space as one blank, nothing of signs without width, accents after their letters.
fn seen(text: &str, case: bool) -> String {
    let mut seen = String::new();
    for cluster in text.graphemes(true) {
        if cluster.starts_with(char::is_whitespace) && cluster.chars().all(|c| c.is_whitespace() || is_unseen(c)) {
            if !seen.ends_with(' ') {
                seen.push(' ');
            }
            continue;
        }
        for c in icu_normalizer::DecomposingNormalizerBorrowed::new_nfd().normalize_iter(cluster.chars()) {
            match c {
                c if is_unseen(c) => {}
                'ﬀ' => seen.push_str("ff"),
                'ﬁ' => seen.push_str("fi"),
                'ﬂ' => seen.push_str("fl"),
                'ﬃ' => seen.push_str("ffi"),
                'ﬄ' => seen.push_str("ffl"),
                'ﬅ' | 'ﬆ' => seen.push_str("st"),
                c if case => seen.push(c),
                c => seen.extend(c.to_lowercase()),
            }
        }
    }
    seen
}

/// True of scripts whose words stand without blanks between them, and are found in dictionaries: Thai, Lao, Burmese,
/// Khmer, Japanese, Chinese.
fn has_dictionary_words(text: &str) -> bool {
    text.chars()
        .any(|c| matches!(c as u32, 0xE00..=0xEFF | 0x1000..=0x109F | 0x1780..=0x17FF | 0x3040..=0x30FF | 0x3400..))
}

/// The words of a text, paragraph by paragraph: those of UAX #29, where a dictionary has no say.
fn words(text: &Text) -> Vec<Span> {
    let mut words = Vec::new();
    for paragraph in (0..text.paragraphs()).map(|index| text.paragraph(index)) {
        if has_dictionary_words(text.slice(paragraph)) {
            // The paragraphs around one change none of its words.
            let alone = Text::new(text.slice(paragraph));
            words.extend(alone.words().map(|word| Span::new(paragraph.start + word.start, paragraph.start + word.end)));
            continue;
        }
        // A sign for numbers is one grapheme with what it encloses, and no boundary of words parts a grapheme.
        let slice = text.slice(paragraph);
        let whole: Vec<usize> = slice.grapheme_indices(true).map(|(at, _)| at).chain([slice.len()]).collect();
        let ends = slice.split_word_bound_indices().map(|(at, segment)| at + segment.len());
        let mut start = 0;
        for end in ends.filter(|end| whole.binary_search(end).is_ok()) {
            if slice[start..end].contains(char::is_alphanumeric) {
                words.push(Span::new(paragraph.start + start as u32, paragraph.start + end as u32));
            }
            start = end;
        }
    }
    words
}

/// Whether an end of `hit` lies inside `word`.
fn cuts(word: Span, hit: Span) -> bool {
    let inside = |byte: u32| word.start < byte && byte < word.end;
    inside(hit.start) || inside(hit.end)
}

#[test]
fn motions_cross_a_megabyte_without_a_line_break() {
    let shapes = [
        "kata ".repeat(200_000),
        "a".repeat(1_000_000),
        "東".repeat(330_000),
        "Ya. ".repeat(250_000),
        " ".repeat(1_000_000),
    ];
    for content in shapes {
        let text = Text::new(&content);
        let shape: String = content.chars().take(4).collect();
        let mut byte = 0;
        for steps in 0.. {
            assert!(steps < 400_000, "forward through {shape:?}");
            let Some(word) = text.word_from(byte).filter(|_| steps < 200) else { break };
            assert!(word.start >= byte && word.end > word.start);
            byte = word.end;
        }
        let mut byte = text.len();
        for _ in 0..200 {
            let Some(word) = text.word_until(byte) else { break };
            assert!(word.end <= byte && word.end > word.start);
            byte = word.start;
        }
        let (mut forward, mut back) = (0, text.len());
        for _ in 0..200 {
            let (next, last) = (text.next_sentence(forward), text.prev_sentence(back));
            assert!(next > forward && last < back, "{shape:?}: {forward} {next} {back} {last}");
            (forward, back) = (next, last);
            if forward == text.len() || back == 0 {
                break;
            }
        }
        let middle = text.grapheme_floor(text.len() / 2);
        if let Some(snapped) = text.snap(Span::new(middle, middle + 9)) {
            assert_eq!(text.check(snapped), Some(snapped));
        }
    }
}
