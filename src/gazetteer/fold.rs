//! Names made equal that people write alike.

use icu_normalizer::DecomposingNormalizerBorrowed;

/// A name in lower case, without marks on its letters and without apostrophes, its words apart by one blank: names that are
/// equal so are one name to a person who looks for it.
#[must_use]
pub fn folded(name: &str) -> String {
    let lower = name.to_lowercase();
    // Most names are plain, and the normaliser takes ten times as long.
    let apart =
        if lower.is_ascii() { lower } else { DecomposingNormalizerBorrowed::new_nfkd().normalize(&lower).into() };
    let mut folded = String::with_capacity(apart.len());
    let mut gap = false;
    for c in apart.chars() {
        let plain: &str = match c {
            '\'' | '’' | '‘' | 'ʻ' | 'ʼ' | '`' | '´' | 'ʿ' | 'ʾ' | '\u{ad}' | '\u{200b}'..='\u{200d}' => {
                continue;
            }
            '\u{300}'..='\u{36f}' => continue,
            'ø' => "o",
            'ł' => "l",
            'đ' | 'ð' => "d",
            'þ' => "th",
            'æ' => "ae",
            'œ' => "oe",
            'ı' => "i",
            'ħ' => "h",
            'ß' => "ss",
            _ => "",
        };
        if plain.is_empty() && !c.is_alphanumeric() && !is_mark(c) {
            gap = true;
            continue;
        }
        if gap && !folded.is_empty() {
            folded.push(' ');
        }
        gap = false;
        if plain.is_empty() {
            folded.push(c);
        } else {
            folded.push_str(plain);
        }
    }
    folded
}

/// Marks of scripts in which they are more than an accent: without them words would be others.
fn is_mark(c: char) -> bool {
    matches!(c, '\u{900}'..='\u{dff}' | '\u{e31}'..='\u{e4e}' | '\u{3099}' | '\u{309a}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_that_are_written_alike_are_equal() {
        for (one, other) in [
            ("Hà Nội", "Ha Noi"),
            ("Sana'a", "Sana’a"),
            ("São  Paulo", "sao\u{a0}paulo"),
            ("Łódź", "Lodz"),
            ("Timor-Leste", "Timor Leste"),
            ("Ki\u{ad}ev", "Kiev"),
            ("MOSKWA", "Moskwa."),
        ] {
            assert_eq!(folded(one), folded(other));
        }
        assert_eq!(folded("  (Kota) Karang "), "kota karang");
        assert_eq!(folded("Москва"), "москва");
        assert_eq!(folded("…"), "");
    }
}
