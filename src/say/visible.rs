use std::borrow::Cow;
use std::fmt::Write as _;

/// True where a character steers what shows a text instead of being shown: controls (with the beginnings of a
/// terminal's commands), line and paragraph separators, overrides and isolates of the writing direction, invisible
/// tags.
///
/// The marks U+061C, U+200E and U+200F do not: they order what stands beside them as any letter does, and texts in
/// Arabic and Hebrew need them.
#[must_use]
pub fn steers(c: char) -> bool {
    c.is_control()
        || matches!(c,
            '\u{2028}' | '\u{2029}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
            | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// A text as a person may see it, on one line: line ends and tabs are blanks, other characters that [`steers`] knows
/// are shown by their numbers, as `\u{1b}`.
#[must_use]
pub fn visible(text: &str) -> Cow<'_, str> {
    if !text.chars().any(steers) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '\r' if chars.peek() == Some(&'\n') => {}
            '\t' | '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}' => shown.push(' '),
            // Writing to a string cannot fail.
            c if steers(c) => write!(shown, "\\u{{{:x}}}", u32::from(c)).unwrap_or_default(),
            c => shown.push(c),
        }
    }
    Cow::Owned(shown)
}

/// The same on one line: any white space is a blank.
#[must_use]
pub fn one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }).collect()
}

/// JSON that means the same and shows no character that [`steers`] knows: within a text of it they stand as `\u202e`.
/// Line ends between its parts stay.
#[must_use]
pub fn json(text: &str) -> Cow<'_, str> {
    let hidden = |c: char| steers(c) && !c.is_ascii_control() || c == '\u{7f}';
    if !text.chars().any(hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        if hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                write!(shown, "\\u{unit:04x}").unwrap_or_default();
            }
        } else {
            shown.push(c);
        }
    }
    Cow::Owned(shown)
}

/// True where XML 1.0 has room for a character, be it as it is or by its number.
#[must_use]
pub fn is_xml(c: char) -> bool {
    !matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// A text as the value of an attribute in XML, within double quotation marks: line ends and tabs by their numbers, so
/// that readers keep them, and what XML has no room for as [`visible`] shows it.
#[must_use]
pub fn xml_value(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        let _ = match c {
            '&' => write!(out, "&amp;"),
            '<' => write!(out, "&lt;"),
            '>' => write!(out, "&gt;"),
            '"' => write!(out, "&quot;"),
            '\t' | '\n' | '\r' => write!(out, "&#{};", u32::from(c)),
            c if !is_xml(c) => write!(out, "\\u{{{:x}}}", u32::from(c)),
            c => write!(out, "{c}"),
        };
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_steers_is_shown() {
        for (text, shown) in [
            ("Ratu tiba", "Ratu tiba"),
            ("a\r\nb\tc\u{2028}d\u{85}e", "a b c d e"),
            ("\u{1b}[31mred\u{1b}[0m\u{7}", "\\u{1b}[31mred\\u{1b}[0m\\u{7}"),
            ("\u{9b}2J", "\\u{9b}2J"),
            ("exe\u{202e}txt.\u{2066}", "exe\\u{202e}txt.\\u{2066}"),
            ("x\u{e0041}\u{7f}", "x\\u{e0041}\\u{7f}"),
            ("عربي\u{200f} ‏‏क्‍ष 👨‍👩‍👧", "عربي\u{200f} ‏‏क्‍ष 👨‍👩‍👧"),
        ] {
            assert_eq!(visible(text), shown);
        }
    }

    #[test]
    fn values_of_xml_can_be_read() {
        let text = "a\u{1} \u{ffff}\"<b>&amp;\n\t\u{202e}'";
        let xml = format!("<x y=\"{}\"/>", xml_value(text));
        let mut reader = quick_xml::Reader::from_str(&xml);
        let quick_xml::events::Event::Empty(tag) = reader.read_event().unwrap() else { panic!("{xml}") };
        let value = tag.attributes().next().unwrap().unwrap();
        let value = value.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap();
        assert_eq!(value, "a\\u{1} \\u{ffff}\"<b>&amp;\n\t\u{202e}'");
    }

    #[test]
    fn json_stays_json() {
        let text = "a\u{202e}\u{e0041}\u{9b}\u{7f}\n\u{1b}\"\\";
        let value = serde_json::json!({ text: [text] });
        let written = json(&value.to_string()).into_owned();
        assert!(!written.chars().any(steers), "{written:?}");
        assert!(written.contains("\\u202e\\udb40\\udc41"), "{written}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&written).unwrap(), value);
    }
}
