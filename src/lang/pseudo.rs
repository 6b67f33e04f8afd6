//! English made longer, by which words that are cut off or not translated are seen.

use std::borrow::Cow;

/// A piece of a message with accents on its vowels, and two fifths longer.
pub(super) fn longer(text: &str) -> Cow<'_, str> {
    let letters = text.chars().filter(|c| c.is_alphabetic()).count();
    let mut due = (letters * 2).div_ceil(5);
    let mut made = String::with_capacity(text.len() * 2);
    for c in text.chars() {
        let accented = match c {
            'a' => 'ā',
            'e' => 'ē',
            'i' => 'ī',
            'o' => 'ō',
            'u' => 'ū',
            'A' => 'Ā',
            'E' => 'Ē',
            'I' => 'Ī',
            'O' => 'Ō',
            'U' => 'Ū',
            other => other,
        };
        made.push(accented);
        if accented != c && due > 0 {
            made.push(accented);
            due -= 1;
        }
    }
    // Words without vowels enough are stretched where they end, before a blank that stands between pieces.
    let at = made.trim_end().len();
    made.insert_str(at, &"~".repeat(due));
    Cow::Owned(made)
}

#[cfg(test)]
mod tests {
    use super::longer;

    #[test]
    fn pieces_grow_by_two_fifths_and_keep_their_ends() {
        assert_eq!(longer("Undo"), "ŪŪndōō");
        assert_eq!(longer(" of "), " ōōf ");
        assert_eq!(longer("CSV"), "CSV~~");
        assert_eq!(longer(" · "), " · ");
        for text in ["Select words, then press a key or click.", "Keys", "rhythms"] {
            let letters = text.chars().filter(|c| c.is_alphabetic()).count();
            let grown = longer(text).chars().count() - text.chars().count();
            assert_eq!(grown, (letters * 2).div_ceil(5), "{text}");
        }
    }
}
