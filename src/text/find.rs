//! Finding equal strings in a text.

use std::cell::LazyCell;

use super::{Span, Text};

/// Rules by which strings count as equal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Fold {
    /// True where `putin` and `Putin` differ.
    pub case: bool,
    /// True where a hit must begin and end where words do.
    pub words: bool,
}

/// Every place where `needle` stands, left to right, not overlapping; nothing for an empty needle.
///
/// White space is equal to any other single white space, so that a line break or a no-break space hides nothing.
#[must_use]
pub fn find_all(text: &Text, needle: &str, fold: Fold) -> Vec<Span> {
    let wanted: Vec<char> = needle.chars().map(|c| folded(c, fold)).collect();
    let Some(&first) = wanted.first() else { return Vec::new() };
    // All words at once: looking around each hit by itself costs a hundred times more where hits are many.
    let words = LazyCell::new(|| text.words().collect::<Vec<_>>());
    let mut hits = Vec::new();
    let mut free_from = 0;
    for (at, c) in text.as_str().char_indices() {
        if at < free_from || folded(c, fold) != first {
            continue;
        }
        let Some(len) = matches_at(&text.as_str()[at..], &wanted, fold) else { continue };
        let hit = Span::new(at as u32, (at + len) as u32);
        if text.check(hit).is_some() && !(fold.words && (cut(&words, hit.start) || cut(&words, hit.end))) {
            hits.push(hit);
            free_from = at + len;
        }
    }
    hits
}

/// One character in lower case where case does not count; letters whose lower case is several characters keep the
/// first, which both sides of a comparison do alike.
fn folded(c: char, fold: Fold) -> char {
    match c {
        c if c.is_whitespace() => ' ',
        c if fold.case => c,
        c => c.to_lowercase().next().unwrap_or(c),
    }
}

fn matches_at(text: &str, wanted: &[char], fold: Fold) -> Option<usize> {
    let mut rest = text.chars();
    for &want in wanted {
        if folded(rest.next()?, fold) != want {
            return None;
        }
    }
    Some(text.len() - rest.as_str().len())
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
    }
}
