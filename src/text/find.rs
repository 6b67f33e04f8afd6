//! Finding strings that look equal in a text.

use std::cell::LazyCell;

use icu_normalizer::DecomposingNormalizerBorrowed;
use unicode_segmentation::UnicodeSegmentation;

use super::{Span, Text};

/// Rules by which strings count as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fold {
    /// True where `putin` and `Putin` differ.
    pub case: bool,
    /// True where a hit must begin and end where words do.
    pub words: bool,
}

/// Every place where what looks like `needle` stands, left to right, not overlapping; nothing for an empty needle.
///
/// Equal to the eye is equal here: any white space is one blank, soft hyphens and signs without width are none, `ﬁ` is `fi`,
/// and an accent is the same within its letter as after it (canonical decomposition, UAX #15). A letter with an accent is
/// another one than that without.
#[must_use]
pub fn find_all(text: &Text, needle: &str, fold: Fold) -> Vec<Span> {
    let folder = Folder { decompose: DecomposingNormalizerBorrowed::new_nfd(), case: fold.case };
    let wanted = folder.needle(needle);
    let Some(&first) = wanted.first() else { return Vec::new() };
    // All words at once: looking around each hit by itself costs a hundred times more where hits are many.
    let words = LazyCell::new(|| text.words().collect::<Vec<_>>());
    let mut hits = Vec::new();
    let mut free_from = 0;
    let mut after_space = false;
    for (at, c) in text.as_str().char_indices() {
        let goes_on = std::mem::replace(&mut after_space, c.is_whitespace()) && c.is_whitespace();
        if at < free_from || goes_on || folder.first(c) != first {
            continue;
        }
        let Some(end) = folder.end_of_match(text.as_str(), at, &wanted) else { continue };
        let hit = Span::new(at as u32, whole(text, end));
        if text.check(hit).is_some() && !(fold.words && (cut(&words, hit.start) || cut(&words, hit.end))) {
            hits.push(hit);
            free_from = hit.end as usize;
        }
    }
    hits
}

/// Folds what looks equal to what is equal.
struct Folder {
    decompose: DecomposingNormalizerBorrowed<'static>,
    /// True where case counts.
    case: bool,
}

impl Folder {
    /// The characters of a needle, folded.
    fn needle(&self, needle: &str) -> Vec<char> {
        let mut wanted = Vec::new();
        for cluster in needle.graphemes(true) {
            match is_blank(cluster) {
                true if wanted.last() == Some(&' ') => {}
                true => wanted.push(' '),
                false => self.fold(cluster, &mut wanted),
            }
        }
        wanted
    }

    /// The first character of what `c` is folded to. `c` itself where that is nothing: a hit begins with nothing of the kind.
    fn first(&self, c: char) -> char {
        match c {
            c if c.is_whitespace() => ' ',
            c if c.is_ascii() => self.lower(c),
            // Chinese characters: decomposing takes long where it changes nothing.
            '\u{4e00}'..='\u{9fff}' => c,
            c => {
                let spelt = spelt(c).and_then(|spelt| spelt.chars().next());
                self.lower(spelt.or_else(|| self.decompose.normalize_iter(std::iter::once(c)).next()).unwrap_or(c))
            }
        }
    }

    fn lower(&self, c: char) -> char {
        if self.case { c } else { c.to_lowercase().next().unwrap_or(c) }
    }

    /// Adds a grapheme that is not white space.
    fn fold(&self, cluster: &str, out: &mut Vec<char>) {
        if let &[byte] = cluster.as_bytes() {
            out.push(self.lower(char::from(byte)));
            return;
        }
        for c in self.decompose.normalize_iter(cluster.chars()).filter(|&c| !is_unseen(c)) {
            match spelt(c) {
                Some(spelt) => out.extend(spelt.chars()),
                None if self.case => out.push(c),
                None => out.extend(c.to_lowercase()),
            }
        }
    }

    /// The end of what looks like `wanted` from byte `at` on; none where something else stands there.
    fn end_of_match(&self, text: &str, at: usize, wanted: &[char]) -> Option<usize> {
        let (mut end, mut left, mut folded, mut blank) = (at, wanted, Vec::new(), false);
        while let Some(cluster) = grapheme(&text[end..]) {
            if is_blank(cluster) && (blank || !left.is_empty()) {
                if !std::mem::replace(&mut blank, true) {
                    left = left.strip_prefix(&[' '])?;
                }
                end += cluster.len();
                continue;
            }
            folded.clear();
            self.fold(cluster, &mut folded);
            if left.is_empty() && !(blank && folded.is_empty()) {
                break;
            }
            left = left.strip_prefix(&folded[..])?;
            blank &= folded.is_empty();
            end += cluster.len();
        }
        left.is_empty().then_some(end)
    }
}

/// True of a grapheme that is white space, with what nobody sees of it.
fn is_blank(cluster: &str) -> bool {
    cluster.starts_with(char::is_whitespace) && cluster.chars().all(|c| c.is_whitespace() || is_unseen(c))
}

/// The first grapheme of a text; two signs of ASCII are never one.
fn grapheme(text: &str) -> Option<&str> {
    match text.as_bytes() {
        [] => None,
        [a, rest @ ..] if a.is_ascii() && rest.first().is_none_or(u8::is_ascii) => Some(&text[..1]),
        _ => text.graphemes(true).next(),
    }
}

/// Signs that nobody sees: soft hyphen, signs without width, marks of direction.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// The letters of a ligature that is one character.
fn spelt(c: char) -> Option<&'static str> {
    const SPELT: [&str; 7] = ["ff", "fi", "fl", "ffi", "ffl", "st", "st"];
    let at = (c as usize).checked_sub(0xfb00)?;
    SPELT.get(at).copied()
}

/// `byte`, past signs that nobody sees where they belong to the letter before it.
fn whole(text: &Text, byte: usize) -> u32 {
    let unseen = text.as_str()[byte..]
        .char_indices()
        .find(|&(at, c)| !is_unseen(c) || text.is_grapheme_boundary((byte + at) as u32));
    (byte + unseen.map_or(text.as_str().len() - byte, |(at, _)| at)) as u32
}

/// Says whether `byte` lies inside one of `words`, which are in order.
fn cut(words: &[Span], byte: u32) -> bool {
    let before = words.partition_point(|word| word.start < byte);
    before > 0 && byte < words[before - 1].end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, needle: &str, fold: Fold) -> Vec<String> {
        let text = Text::new(text);
        find_all(&text, needle, fold).into_iter().map(|hit| text.slice(hit).to_owned()).collect()
    }

    #[test]
    fn equal_strings_are_found_across_case_space_and_word_edges() {
        let any = Fold::default();
        let exact = Fold { case: true, words: true };
        assert_eq!(found("Samudra, samudra dan Samudraya", "samudra", any).len(), 3);
        assert_eq!(found("Samudra, samudra dan Samudraya", "Samudra", exact), ["Samudra"]);
        assert_eq!(found("Bandar\nLaut Bandar\u{a0}Laut", "Bandar Laut", exact).len(), 2);
        assert_eq!(found("aaaa", "aa", any).len(), 2);
        assert!(found("aaaa", "", any).is_empty());
        assert!(found("e\u{301}", "e", any).is_empty(), "half a letter is no hit");
        assert!(found("é", "e", any).is_empty(), "nor is a letter with an accent one without");
    }

    #[test]
    fn what_looks_equal_is_found() {
        let exact = Fold { case: true, words: true };
        for (text, needle, hit) in [
            ("di per\u{ad}jan\u{ad}jian itu", "perjanjian", "per\u{ad}jan\u{ad}jian"),
            ("di perjanjian itu", "per\u{ad}janjian", "perjanjian"),
            ("Ba\u{200b}ndar Laut", "Bandar Laut", "Ba\u{200b}ndar Laut"),
            ("resmi ﬁnal itu", "final", "ﬁnal"),
            ("resmi final itu", "ﬁnal", "final"),
            ("kota Be\u{302}\u{301}n Nghe\u{301}", "Bến Nghé", "Be\u{302}\u{301}n Nghe\u{301}"),
            ("kota Bến Nghé", "Be\u{302}\u{301}n Nghe\u{301}", "Bến Nghé"),
            // Marks in another order.
            ("chữ o\u{302}\u{323} đó", "ộ", "o\u{302}\u{323}"),
            ("Bandar  \u{a0} Laut", "Bandar Laut", "Bandar  \u{a0} Laut"),
            ("Bandar Laut", "Bandar   Laut", "Bandar Laut"),
            ("서울에", "서울에", "서울에"),
            ("naik\u{200d} kapal", "naik", "naik\u{200d}"),
            ("Bandar \u{200d} Laut", "Bandar Laut", "Bandar \u{200d} Laut"),
        ] {
            assert_eq!(found(text, needle, exact), [hit], "{needle} in {text}");
        }
        assert_eq!(found("ÉMILE dan e\u{301}mile", "émile", Fold::default()).len(), 2);
        assert!(found("ﬁ", "f", Fold::default()).is_empty(), "half a ligature is not a hit");
        assert!(found("kata", "\u{ad}", Fold::default()).is_empty());
    }
}
