use std::fmt::Write as _;

use super::visible::{steers, visible};

/// A text within a line of Markdown (CommonMark with GitHub's tables and links): read, it is what [`visible`] makes of the
/// text, and nothing of it is a link, a picture, HTML, a heading, an end of a cell or any other mark.
#[must_use]
pub fn markdown(text: &str) -> String {
    let text = visible(text);
    let mut out = String::with_capacity(text.len() + text.len() / 8);
    let inner = text.trim_matches(' ');
    blanks(&mut out, text.len() - text.trim_start_matches(' ').len());
    let mut rest = inner;
    while let Some((before, address, after)) = next_address(rest) {
        escape(&mut out, before);
        // GitHub makes a link of an address whatever is escaped in it, but not within code.
        let _ = write!(out, "`{address}`");
        rest = after;
    }
    escape(&mut out, rest);
    if !inner.is_empty() {
        blanks(&mut out, text.len() - text.trim_end_matches(' ').len());
    }
    out
}

/// Blanks at an end, which Markdown leaves out unless they are said by their number.
fn blanks(out: &mut String, count: usize) {
    out.extend(std::iter::repeat_n("&#32;", count));
}

/// A stretch that could be an address of mail, with what stands before and after it.
fn next_address(text: &str) -> Option<(&str, &str, &str)> {
    let part = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'+' | b'-' | b'_' | b'@');
    let bytes = text.as_bytes();
    let at = (1..bytes.len().saturating_sub(1))
        .find(|&at| bytes[at] == b'@' && part(bytes[at - 1]) && part(bytes[at + 1]))?;
    let start = bytes[..at].iter().rposition(|&byte| !part(byte)).map_or(0, |before| before + 1);
    let end = bytes[at..].iter().position(|&byte| !part(byte)).map_or(bytes.len(), |after| at + after);
    Some((&text[..start], &text[start..end], &text[end..]))
}

fn escape(out: &mut String, text: &str) {
    let first = out.is_empty();
    let number = text.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in text.char_indices() {
        let rest = &text[at..];
        let means = match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '|' | '~' | '$' | '#' | '^' => true,
            // A list, a line below a heading, a term's meaning.
            '+' | '-' | '=' | ':' if first && at == 0 => true,
            '.' | ')' if first && number > 0 && at == number => true,
            // Bare addresses of the web.
            ':' => rest.starts_with("://"),
            '.' => at >= 3 && text.as_bytes()[at - 3..at].eq_ignore_ascii_case(b"www"),
            _ => false,
        };
        if means {
            out.push('\\');
        }
        out.push(c);
    }
}

/// A name within a line of Markdown, as code where code can hold it.
#[must_use]
pub fn code(name: &str) -> String {
    let fits = |c: char| !steers(c) && !matches!(c, '`' | '|' | '\\');
    let holds = !name.is_empty() && name.trim() == name && name.chars().all(fits);
    if holds { format!("`{name}`") } else { markdown(name) }
}

/// A text as a YAML scalar on one line, whatever stands in it; YAML 1.1 and 1.2 read it alike.
#[must_use]
pub fn yaml(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        // Of what is no printable character to YAML, Unicode's last two of a plane and the byte order mark are left.
        let hidden = steers(c) || c == '\u{feff}' || u32::from(c) & 0xfffe == 0xfffe;
        let _ = match c {
            '"' | '\\' => write!(out, "\\{c}"),
            '\n' => write!(out, "\\n"),
            '\t' => write!(out, "\\t"),
            c if hidden && u32::from(c) > 0xffff => write!(out, "\\U{:08x}", u32::from(c)),
            c if hidden => write!(out, "\\u{:04x}", u32::from(c)),
            c => write!(out, "{c}"),
        };
    }
    out.push('"');
    out
}
