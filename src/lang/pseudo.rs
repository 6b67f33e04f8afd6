//! English made longer, by which words that are cut off or not translated are seen.

use std::borrow::Cow;

/// The letters of words in English, and what stands for them.
const ACCENTED: [(char, char); 10] = [
    ('a', 'ā'),
    ('e', 'ē'),
    ('i', 'ī'),
    ('o', 'ō'),
    ('u', 'ū'),
    ('A', 'Ā'),
    ('E', 'Ē'),
    ('I', 'Ī'),
    ('O', 'Ō'),
    ('U', 'Ū'),
];

/// The sign that makes words longer.
const LONG: char = 'ː';

/// A piece of a message with accents on its vowels, and two fifths longer.
#[must_use]
pub fn longer(text: &str) -> Cow<'_, str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let mut due = (letters * 2).div_ceil(5);
    let mut made = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        let accented = ACCENTED.iter().find(|(plain, _)| *plain == c).map(|(_, accented)| *accented);
        made.push(accented.unwrap_or(c));
        if accented.is_some() && due > 0 {
            made.push(LONG);
            due -= 1;
        }
    }
    // Words without vowels enough are stretched where they end, before a blank that stands between pieces.
    let at = made.trim_end().len();
    made.insert_str(at, &LONG.to_string().repeat(due));
    Cow::Owned(made)
}

/// The English words that words of the window were made of.
#[must_use]
pub fn plain(text: &str) -> String {
    let letter = |c: char| ACCENTED.iter().find(|(_, accented)| *accented == c).map_or(c, |(plain, _)| *plain);
    text.chars().filter(|c| *c != LONG).map(letter).collect()
}

#[cfg(test)]
mod tests {
    use super::{longer, plain};

    #[test]
    fn pieces_grow_by_two_fifths_and_keep_their_ends() {
        assert_eq!(longer("Undo"), "Ūːndōː");
        assert_eq!(longer(" of "), " ōːf ");
        assert_eq!(longer("CSV"), "CSVːː");
        assert_eq!(longer(" · "), " · ");
        for text in ["Select words, then press a key or click.", "Keys", "rhythms", "Book"] {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            let grown = longer(text).chars().count() - text.chars().count();
            assert_eq!(grown, (letters * 2).div_ceil(5), "{text}");
            assert_eq!(plain(&longer(text)), text);
        }
    }
}
