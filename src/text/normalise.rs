//! Normalisation: done once, when an article is loaded, and never again.

use std::borrow::Cow;

/// Drops a leading byte order mark and turns CRLF and lone CR into LF; nothing else is touched.
///
/// No-break spaces, soft hyphens, joiners and decomposed letters stay as the author wrote them, so that
/// offsets into the result mean the same in every other program.
#[must_use]
pub fn normalise(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::normalise;

    #[test]
    fn only_marks_and_line_ends_change() {
        let cases = [
            ("", ""),
            ("\u{feff}a", "a"),
            ("\u{feff}\u{feff}a\u{feff}", "\u{feff}a\u{feff}"),
            ("a\r\nb\rc\nd", "a\nb\nc\nd"),
            ("\r\r\n\n", "\n\n\n"),
            (
                " a\u{a0}b\u{ad}c\u{200d}d e\u{301}\t\u{85}\u{2028} ",
                " a\u{a0}b\u{ad}c\u{200d}d e\u{301}\t\u{85}\u{2028} ",
            ),
        ];
        for (before, after) in cases {
            assert_eq!(normalise(before), after, "{before:?}");
        }
    }

    proptest! {
        /// Everything but carriage returns and a leading mark comes through, line by line.
        #[test]
        fn lines_stay_as_they_are(lines in prop::collection::vec("[^\r\n\u{feff}]{0,8}", 1..6), end in prop::sample::select(vec!["\n", "\r\n", "\r"])) {
            let normal = normalise(&lines.join(end)).into_owned();
            prop_assert_eq!(normal.split('\n').collect::<Vec<_>>(), lines);
        }

        /// The result is normal already, unless marks are piled up at the start.
        #[test]
        fn normal_stays_normal(text in "[^\u{feff}]*") {
            let normal = normalise(&text).into_owned();
            prop_assert_eq!(normalise(&normal), normal.as_str());
        }
    }
}
