//! Escapes: characters that mean something to the format, and how they are written where they do not.

use std::borrow::Cow;

/// Adds a value of a feature: `\` before whatever parts values.
pub(super) fn push_value(out: &mut String, value: &str) {
    let mut from = 0;
    let bytes = value.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        let written = match byte {
            b'\\' => "\\\\",
            b'[' => "\\[",
            b']' => "\\]",
            b'|' => "\\|",
            b'_' => "\\_",
            b';' => "\\;",
            b'*' => "\\*",
            b'\t' => "\\t",
            b'\n' => "\\n",
            b'-' if bytes.get(at + 1) == Some(&b'>') => "\\-",
            _ => continue,
        };
        out.push_str(&value[from..at]);
        out.push_str(written);
        from = at + 1;
    }
    out.push_str(&value[from..]);
}

/// Adds a line of text; control characters are written as Java does, or after a `\`.
pub(super) fn push_text(out: &mut String, text: &str) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let written = match byte {
            b'\\' => "\\\\",
            b'\t' => "\\t",
            b'\n' => "\\n",
            0x0c => "\\f",
            b'\r' => "\\r",
            0x08 => "\\b",
            0x0b => continue,
            0..0x20 => "\\",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(written);
        from = if written == "\\" { at } else { at + 1 };
    }
    out.push_str(&text[from..]);
}

/// Returns a value or a line of text without its escapes.
pub(super) fn plain(written: &str) -> Cow<'_, str> {
    if !written.contains('\\') {
        return written.into();
    }
    let mut plain = String::with_capacity(written.len());
    let mut chars = written.chars();
    while let Some(c) = chars.next() {
        match c {
            '\\' => match chars.next() {
                Some('t') => plain.push('\t'),
                Some('n') => plain.push('\n'),
                Some('f') => plain.push('\u{c}'),
                Some('r') => plain.push('\r'),
                Some('b') => plain.push('\u{8}'),
                Some(other) => plain.push(other),
                None => plain.push('\\'),
            },
            c => plain.push(c),
        }
    }
    plain.into()
}

/// The pieces between `separator`s that no `\` stands before.
pub(super) fn split(written: &str, separator: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(written);
    std::iter::from_fn(move || {
        let piece = rest?;
        let mut escaped = false;
        let end = piece.bytes().position(|byte| {
            let parts = byte == separator && !escaped;
            escaped = byte == b'\\' && !escaped;
            parts
        });
        rest = end.map(|end| &piece[end + 1..]);
        Some(end.map_or(piece, |end| &piece[..end]))
    })
}

/// A value, and what stands in brackets after it.
pub(super) fn suffix(written: &str) -> (&str, Option<&str>) {
    let Some(inner) = written.strip_suffix(']') else { return (written, None) };
    match inner.rfind('[') {
        Some(at) if !inner.ends_with('\\') => (&inner[..at], Some(&inner[at + 1..])),
        _ => (written, None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_comes_back() {
        for value in ["", "a|b;c", "\\", "x\\|", "a->b", "*", "_", "[1]", "tab\tline\nend", "-"] {
            let mut written = String::new();
            push_value(&mut written, value);
            assert_eq!(plain(&written), value);
            let stacked = format!("{written}[3]|{written}[4]");
            let pieces: Vec<_> = split(&stacked, b'|').map(suffix).collect();
            assert_eq!(pieces, [(written.as_str(), Some("3")), (written.as_str(), Some("4"))], "{value}");
            let mut text = String::new();
            push_text(&mut text, value);
            assert_eq!(plain(&text), value);
        }
        let mut text = String::new();
        push_text(&mut text, "a\u{1}\u{b}\u{c}b");
        assert_eq!(text, "a\\\u{1}\u{b}\\fb");
        assert_eq!(plain(&text), "a\u{1}\u{b}\u{c}b");
    }
}
