use std::borrow::Cow;

use crate::say;

/// The marks that begin and end a quotation in a sentence of the program.
const MARKS: [(char, char); 4] = [('"', '"'), ('“', '”'), ('«', '»'), ('`', '`')];

/// The longest sentence that is kept, characters.
const LONGEST: usize = 400;

/// A sentence of the program without what it quotes, for log and reports: what stands between quotation marks may be
/// words of an article, a title or a label.
#[must_use]
pub fn elided(sentence: &str) -> String {
    let sentence: Cow<'_, str> = say::visible(sentence);
    let (mut kept, mut count) = (String::new(), 0);
    let mut chars = sentence.chars();
    while let Some(c) = chars.next() {
        if count >= LONGEST {
            kept.push('…');
            break;
        }
        kept.push(c);
        count += 1;
        if let Some(&(_, end)) = MARKS.iter().find(|(begin, _)| *begin == c) {
            kept.push('…');
            count += 1;
            // A quotation without an end goes to the end of the sentence.
            if chars.by_ref().any(|c| c == end) {
                kept.push(end);
                count += 1;
            }
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quotations_are_left_out() {
        for (sentence, expected) in [
            ("a/b.ron cannot be written: the disk is full", "a/b.ron cannot be written: the disk is full"),
            ("“Ratu Sari” is not at 4-9, and \"x\" is", "“…” is not at 4-9, and \"…\" is"),
            ("the label `visit is unknown\nhere", "the label `…"),
            ("\u{1b}[2J", "\\u{1b}[2J"),
        ] {
            assert_eq!(elided(sentence), expected);
        }
        assert_eq!(elided(&"x".repeat(5000)).chars().count(), LONGEST + 1);
    }
}
