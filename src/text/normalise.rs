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
