//! Texts as they are compared: what is equal to the eye is equal here.

use memchr::memchr2_iter;

/// A text without differences of case, in which any white space is one blank and marks that are not seen are left out.
#[must_use]
pub fn folded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut blank = false;
    for c in text.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        if is_unseen(c) {
            continue;
        }
        if std::mem::take(&mut blank) {
            out.push(' ');
        }
        if c.is_ascii() {
            out.push(c.to_ascii_lowercase());
        } else {
            out.extend(c.to_lowercase());
        }
    }
    if blank {
        out.push(' ');
    }
    out
}

/// Soft hyphens and characters without width.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// True where `text` has `wanted`, which is folded, somewhere in it.
#[must_use]
pub(super) fn has(text: &str, wanted: &str) -> bool {
    if !text.is_ascii() || text.bytes().any(|byte| byte.is_ascii_whitespace() && byte != b' ') {
        return folded(text).contains(wanted);
    }
    let (text, wanted) = (text.as_bytes(), wanted.as_bytes());
    let Some(&first) = wanted.first() else { return true };
    let here = |at: usize| text.get(at..at + wanted.len()).is_some_and(|part| part.eq_ignore_ascii_case(wanted));
    memchr2_iter(first, first.to_ascii_uppercase(), text).any(here)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_to_the_eye_is_equal() {
        assert_eq!(folded("Bandar\u{a0}\n Laut"), "bandar laut");
        assert_eq!(folded("Ba\u{ad}ndar\u{200b} LAUT "), "bandar laut ");
        assert_eq!(folded("ÉTÉ"), "été");
        for (text, wanted) in [("Bandar Laut", "laut"), ("Bandar\nLaut", "bandar laut"), ("ÉTÉ", "té"), ("a", "")] {
            assert!(has(text, wanted), "{text} {wanted}");
        }
        assert!(!has("Bandar Laut", "laut selatan"));
    }
}
