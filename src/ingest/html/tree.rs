//! The elements of a page as a list, each with its parent: enough to tell an article from what surrounds it.

use super::tokens::{Attributes, HtmlToken, tokens};
use crate::text::html::{ENDS_ITSELF, ENDS_PARAGRAPH, VOID};

/// One element.
#[derive(Debug)]
pub(super) struct Element {
    pub parent: usize,
    pub name: String,
    /// Its classes, id and role, in lower case, with a blank before and after each.
    pub marks: String,
    pub is_hidden: bool,
    /// The tag as it was written, for writing it again.
    tag: String,
}

/// One piece of a page, in its order.
#[derive(Debug, Clone, Copy)]
pub(super) enum Event<'a> {
    Open(usize),
    Close(usize),
    /// Text with the element that it stands in.
    Text(usize, &'a str),
}

/// A page.
#[derive(Debug)]
pub(super) struct HtmlTree<'a> {
    /// Element 0 holds all others; parents come before their children.
    pub elements: Vec<Element>,
    pub events: Vec<Event<'a>>,
}

impl<'a> HtmlTree<'a> {
    /// True where one element is another or lies in it.
    pub fn is_within(&self, mut element: usize, outer: usize) -> bool {
        // Parents come before their children.
        while element > outer {
            element = self.elements[element].parent;
        }
        element == outer
    }

    /// Reads markup that [`super::page`] has made plain.
    pub fn of(html: &'a str) -> Self {
        let root =
            Element { parent: 0, name: String::new(), marks: String::new(), is_hidden: false, tag: String::new() };
        let mut tree = Self { elements: vec![root], events: Vec::new() };
        let mut open = vec![0];
        for token in tokens(html) {
            match token {
                HtmlToken::Text(text) => tree.events.push(Event::Text(open[open.len() - 1], text)),
                HtmlToken::Open { name, attributes, .. } => {
                    if ENDS_PARAGRAPH.contains(&name.as_ref()) {
                        tree.close(&mut open, &["p"], &["table", "button"]);
                    }
                    if let Some((names, stop)) = ENDS_ITSELF.iter().find(|(names, _)| names.contains(&name.as_ref())) {
                        tree.close(&mut open, names, stop);
                    }
                    let element = tree.element(open[open.len() - 1], &name, &attributes);
                    tree.events.push(Event::Open(element));
                    if VOID.contains(&name.as_ref()) {
                        tree.events.push(Event::Close(element));
                    } else {
                        open.push(element);
                    }
                }
                // Text after the end of a page is read as if it came before.
                HtmlToken::Close(name) if name == "body" || name == "html" => {}
                HtmlToken::Close(name) => tree.close(&mut open, &[&*name], &[]),
            }
        }
        while open.len() > 1 {
            tree.events.extend(open.pop().map(Event::Close));
        }
        tree
    }

    fn element(&mut self, parent: usize, name: &str, attributes: &Attributes) -> usize {
        let mut marks = String::from(" ");
        let mut tag = name.to_owned();
        for key in ["class", "id", "role", "itemprop", "aria-hidden"] {
            let Some(value) = attributes.get(key) else { continue };
            tag.extend([" ", key, "=\"", &value.replace('&', "&amp;").replace('"', "&quot;"), "\""]);
            if matches!(key, "class" | "id" | "role") {
                marks.push_str(&value.to_lowercase());
                marks.push(' ');
            }
        }
        let style = attributes.get("style").unwrap_or_default().to_lowercase().replace(' ', "");
        let is_hidden = attributes.get("hidden").is_some() || style.contains("display:none");
        self.elements.push(Element { parent, name: name.to_owned(), marks, is_hidden, tag });
        self.elements.len() - 1
    }

    /// Closes the last open element of these names and all in it, unless one of `stop` lies between.
    fn close(&mut self, open: &mut Vec<usize>, names: &[&str], stop: &[&str]) {
        let name = |element: &usize| self.elements[*element].name.as_str();
        let Some(at) = open.iter().rposition(|it| names.contains(&name(it)) || stop.contains(&name(it))) else {
            return;
        };
        if at == 0 || !names.contains(&name(&open[at])) {
            return;
        }
        while open.len() > at {
            self.events.extend(open.pop().map(Event::Close));
        }
    }

    /// The markup of all below `top` without elements that `leaves_out` names, and all in them. Elements in `shown` are
    /// written as if they were not hidden.
    pub fn markup(&self, top: usize, leaves_out: &[bool], shows_hidden: bool) -> String {
        let mut html = String::new();
        let mut within = usize::from(top == 0);
        let mut out: Option<usize> = None;
        for event in &self.events {
            match *event {
                Event::Open(element) if element == top => within = 1,
                Event::Close(element) if element == top => within = 0,
                _ if within == 0 => {}
                Event::Open(element) if out.is_none() && leaves_out.get(element) == Some(&true) => out = Some(element),
                Event::Close(element) if out == Some(element) => out = None,
                _ if out.is_some() => {}
                Event::Open(element) => {
                    html.extend(["<", &self.elements[element].tag]);
                    if self.elements[element].is_hidden && !shows_hidden {
                        html.push_str(" hidden");
                    }
                    html.push('>');
                }
                Event::Close(element) if VOID.contains(&self.elements[element].name.as_str()) => {}
                Event::Close(element) => html.extend(["</", &self.elements[element].name, ">"]),
                Event::Text(_, text) => html.push_str(text),
            }
        }
        html
    }
}
