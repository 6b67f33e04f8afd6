//! Texts in Markdown and YAML, read by what reads GitHub's Markdown.

use comrak::nodes::NodeValue;
use comrak::{Arena, Options, parse_document};
use jejak::say::{code, markdown, steers, visible, yaml};
use proptest::prelude::*;

/// Strings that mean something somewhere.
pub const HOSTILE: &[&str] = &[
    "[x](http://y.id)",
    "![a](b.png)",
    "<script>alert(1)</script>",
    "<b>x</b> <!-- -->",
    "`code` ``more``",
    "a|b||c\\|d\\",
    "---",
    "===",
    "# head #",
    "- item",
    "+ item",
    "1. one",
    "12) two",
    "> said",
    "*a* _b_ __c__ ~~d~~",
    "http://kapal.id/a?b=c&d",
    "see https://kapal.id, or ftp://kapal.id.",
    "www.kapal.id WWW.kapal.id",
    "ratu@kapal.id and mailto:ratu@kapal.id",
    "a@b@c.id a.+-_@b.c-d.id",
    "&amp; &#60; &nbsp;",
    "[x]: http://y.id",
    "[^1] and [x]",
    "$x$ ~y~ ^z^",
    "\u{1b}[31mred\u{1b}]8;;http://y.id\u{7}x",
    "exe\u{202e}txt \u{2066}x",
    "two\nlines\n\n# and more\n---\n",
    "  blanks  ",
    "",
    " ",
    "\"quoted\" 'so': {a}, [b]",
    "key: value # comment",
    "\u{85}\u{2028}\u{feff}\u{0}",
    "\\",
    "\\\\|",
    "`",
    ":smile: :term",
    "\u{e0041}tag",
    "😀 旅行 رحلة",
];

/// Everything in a document that is not text, and the text of each block.
pub fn read(document: &str) -> (Vec<String>, Vec<String>) {
    let mut options = Options::default();
    let extension = &mut options.extension;
    (extension.table, extension.autolink, extension.strikethrough) = (true, true, true);
    (extension.footnotes, extension.tasklist, extension.math_dollars) = (true, true, true);
    extension.description_lists = true;
    let arena = Arena::new();
    let root = parse_document(&arena, document, &options);
    let (mut others, mut texts) = (Vec::new(), Vec::new());
    for node in root.descendants() {
        let value = &node.data.borrow().value;
        match value {
            NodeValue::Paragraph | NodeValue::Heading(_) | NodeValue::TableCell => texts.push(String::new()),
            NodeValue::Text(text) => texts.last_mut().unwrap().push_str(text),
            NodeValue::Code(code) => texts.last_mut().unwrap().push_str(&code.literal),
            NodeValue::SoftBreak => texts.last_mut().unwrap().push('\n'),
            _ => {}
        }
        match value {
            NodeValue::Text(_) | NodeValue::Code(_) | NodeValue::Document | NodeValue::Paragraph => {}
            other => others.push(format!("{other:?}").split(['(', ' ']).next().unwrap().to_owned()),
        }
    }
    (others, texts)
}

/// That a text, wherever a card may have one, is that text and nothing else.
fn is_itself(text: &str) {
    let shown = visible(text);
    for (written, what) in [(markdown(text), "text"), (code(text), "code")] {
        assert!(!written.chars().any(steers), "{what} {text:?}: {written:?}");
        let (others, texts) = read(&format!("{written}\n"));
        assert_eq!(others, Vec::<String>::new(), "{what} {text:?}: {written}");
        if !text.is_empty() {
            assert_eq!(texts, [&*shown], "{what} {text:?}: {written}");
        }
        let (others, texts) = read(&format!("# {written}\n"));
        assert_eq!(others, ["Heading"], "{what} {text:?}: {written}");
        assert_eq!(texts, [&*shown], "heading {what} {text:?}: {written}");
        let (others, texts) = read(&format!("Said {written} so.\n"));
        assert_eq!(others, Vec::<String>::new(), "{what} {text:?}: {written}");
        assert_eq!(texts, [format!("Said {shown} so.")], "within {what} {text:?}: {written}");
        let (others, texts) = read(&format!("- {written}\n"));
        assert_eq!(others, ["List", "Item"], "{what} {text:?}: {written}");
        if !text.is_empty() {
            assert_eq!(texts, [&*shown], "item {what} {text:?}: {written}");
        }
        let (others, texts) = read(&format!("| a | b |\n|---|---|\n| {written} | 5 |\n"));
        assert_eq!(
            others,
            ["Table", "TableRow", "TableCell", "TableCell", "TableRow", "TableCell", "TableCell"],
            "{written}"
        );
        assert_eq!(texts, ["a", "b", &*shown, "5"], "cell {what} {text:?}: {written}");
    }
}

/// The value of a double-quoted scalar of YAML.
fn of_yaml(written: &str) -> String {
    let mut out = String::new();
    let mut chars = written.strip_prefix('"').unwrap().strip_suffix('"').unwrap().chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            assert!(c != '"' && !steers(c), "{written}");
            out.push(c);
            continue;
        }
        let number = |digits: String| char::from_u32(u32::from_str_radix(&digits, 16).unwrap()).unwrap();
        match chars.next().unwrap() {
            'n' => out.push('\n'),
            't' => out.push('\t'),
            'u' => out.push(number(chars.by_ref().take(4).collect())),
            'U' => out.push(number(chars.by_ref().take(8).collect())),
            c @ ('"' | '\\') => out.push(c),
            c => panic!("{written}: \\{c} is not YAML"),
        }
    }
    out
}

/// That each line of a card's head is a list's dash, a name and a value: bare and plain, or one scalar in quotation
/// marks.
pub fn is_yaml_head(head: &str) {
    for line in head.lines() {
        let line = line.trim_start().trim_start_matches("- ");
        let (name, value) = if line.starts_with('"') { ("", line) } else { line.split_once(':').unwrap_or((line, "")) };
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_alphanumeric() || "-_./'".contains(c));
        assert!(plain(name), "{line}");
        let value = value.trim_start();
        if !plain(value) {
            of_yaml(value);
        }
    }
}

#[test]
fn hostile_texts_are_themselves() {
    for text in HOSTILE {
        is_itself(text);
        assert_eq!(of_yaml(&yaml(text)), **text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn made_up_texts_are_themselves(text in r"([\[\]()<>!`*_#+=|~&;:@./\\$^1ahtpw \n\r\t-]|http://|www\.|\PC){0,24}") {
        is_itself(&text);
        prop_assert_eq!(of_yaml(&yaml(&text)), text);
    }

    #[test]
    fn joined_hostile_texts_are_themselves(parts in proptest::collection::vec(proptest::sample::select(HOSTILE), 1..4)) {
        is_itself(&parts.concat());
        is_itself(&parts.join(" "));
    }

    #[test]
    fn any_text_is_itself_in_yaml(text in any::<String>()) {
        prop_assert_eq!(of_yaml(&yaml(&text)), text);
    }
}
