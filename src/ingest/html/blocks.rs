//! Text of HTML: one paragraph per block, blank lines between.

use super::tokens::{HtmlToken, tokens};

/// Elements that stand on lines of their own.
const BLOCKS: &[&str] = &[
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "center",
    "dd",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "hr",
    "html",
    "legend",
    "li",
    "listing",
    "main",
    "menu",
    "nav",
    "ol",
    "optgroup",
    "option",
    "p",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "ul",
];

/// Stands after each `<br>` in markup that [`super::page`] has made plain: readability drops some `<br>`s.
pub(super) const LINE_END: char = '\u{b}';

/// The text of `html` with its blocks apart by one blank line, its `<br>`s as line ends (two of them end the block)
/// and runs of white space as one space, except in `<pre>`.
pub(super) fn text(html: &str) -> String {
    let mut blocks = HtmlBlocks::default();
    for token in tokens(html) {
        match token {
            HtmlToken::Text(text) => blocks.text(&html_escape::decode_html_entities(text)),
            HtmlToken::Open { name, .. } if name == "br" => {
                blocks.line_end();
                blocks.is_after_br = true;
            }
            HtmlToken::Open { name, .. } if BLOCKS.contains(&name.as_ref()) => {
                blocks.end();
                blocks.preformatted += usize::from(name == "pre");
            }
            HtmlToken::Close(name) if BLOCKS.contains(&name.as_ref()) => {
                blocks.end();
                blocks.preformatted = blocks.preformatted.saturating_sub(usize::from(name == "pre"));
            }
            HtmlToken::Open { .. } | HtmlToken::Close(_) => {}
        }
    }
    blocks.end();
    blocks.done
}

#[derive(Default)]
struct HtmlBlocks {
    done: String,
    block: String,
    /// White space was read that counts only if more text follows in the block.
    space: bool,
    /// A `<br>` has just ended the line.
    is_after_br: bool,
    preformatted: usize,
}

impl HtmlBlocks {
    fn text(&mut self, text: &str) {
        for char in text.chars() {
            let is_after_br = std::mem::take(&mut self.is_after_br);
            if char == LINE_END {
                if !is_after_br {
                    self.line_end();
                }
                continue;
            }
            if self.preformatted > 0 {
                self.block.push(char);
                continue;
            }
            if char.is_ascii_whitespace() {
                self.space = true;
                continue;
            }
            if std::mem::take(&mut self.space) && !self.block.is_empty() && !self.block.ends_with('\n') {
                self.block.push(' ');
            }
            self.block.push(char);
        }
    }

    fn line_end(&mut self) {
        self.space = false;
        if self.block.ends_with('\n') {
            self.end();
        } else if !self.block.is_empty() {
            self.block.push('\n');
        }
    }

    fn end(&mut self) {
        self.space = false;
        let block = self.block.trim_end().trim_start_matches('\n');
        // A lone no-break space is how pages leave a gap.
        if !block.trim().is_empty() {
            if !self.done.is_empty() {
                self.done.push_str("\n\n");
            }
            self.done.push_str(block);
        }
        self.block.clear();
    }
}
