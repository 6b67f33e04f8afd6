//! The depth of a page's elements in each other, told without building the tree.

use crate::text::html::VOID;

/// Elements whose end tag may be missing: the next of their kind ends them, so they never pile up by themselves.
const OPTIONAL: &[&str] =
    &["body", "colgroup", "dd", "dt", "head", "html", "li", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"];

/// Elements that a parser opens again in every block until their own end tag comes.
const FORMATTING: &[&str] =
    &["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"];

/// Elements out of which no end tag of an outer element reaches.
const SCOPE: &[&str] = &["applet", "caption", "marquee", "object", "table"];

/// Elements that an end tag of an ordinary element (`span`) does not reach past.
const SPECIAL: &[&str] = &[
    "address",
    "applet",
    "article",
    "aside",
    "blockquote",
    "button",
    "caption",
    "center",
    "details",
    "dialog",
    "dir",
    "div",
    "dl",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "frameset",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hgroup",
    "listing",
    "main",
    "marquee",
    "menu",
    "nav",
    "object",
    "ol",
    "pre",
    "search",
    "section",
    "select",
    "summary",
    "table",
    "ul",
];

/// The elements that are open at one place of a page, by the rules of tree construction in the HTML standard as far
/// as they bear on depth. Where it is not exact it counts too many, or too few by a constant factor.
#[derive(Debug, Default)]
pub(super) struct OpenElements {
    stack: Vec<String>,
    /// Formatting elements opened and not closed by their own tag: a parser keeps opening them again.
    formatting: Vec<String>,
}

impl OpenElements {
    pub fn depth(&self) -> usize {
        self.stack.len()
    }

    /// Formatting elements that lie in wait.
    pub fn unclosed_formatting(&self) -> usize {
        self.formatting.len()
    }

    pub fn open(&mut self, name: &str) {
        if VOID.contains(&name) || OPTIONAL.contains(&name) {
            return;
        }
        if FORMATTING.contains(&name) {
            if name == "a" {
                self.close("a");
            }
            self.formatting.push(name.to_owned());
        }
        self.stack.push(name.to_owned());
    }

    pub fn close(&mut self, name: &str) {
        let last = |names: &[String], stop: &[&str]| {
            let reach = names.iter().rposition(|open| open == name || stop.contains(&open.as_str()))?;
            (names[reach] == name).then_some(reach)
        };
        if FORMATTING.contains(&name) {
            if let Some(at) = last(&self.formatting, &[]) {
                self.formatting.remove(at);
            }
            if let Some(at) = last(&self.stack, SCOPE) {
                self.stack.remove(at);
            }
        } else if let Some(at) = last(&self.stack, if SPECIAL.contains(&name) { SCOPE } else { SPECIAL }) {
            self.stack.truncate(at);
        }
    }
}
