//! The nodes of a page, by the paths that browsers give them: `/div[1]/p[2]/text()[1]`.

use std::collections::HashMap;

use crate::text::html::{ENDS_ITSELF, ENDS_PARAGRAPH, VOID};

/// Elements that the page is, and not what is in it.
const ROOTS: [&str; 3] = ["html", "head", "body"];
/// A text node: the bytes of all text before it, and its own.
#[derive(Clone, Copy)]
pub(super) struct TextNode {
    pub start: usize,
    pub len: usize,
}

struct Element {
    name: String,
    /// Its elements of each name so far, counted; then its text nodes.
    counts: HashMap<String, u32>,
    texts: u32,
    /// True where what came last in it is text, which goes on.
    in_text: bool,
}

/// The elements and text nodes of a page.
pub(super) struct Nodes {
    elements: Vec<Element>,
    /// The elements that are open, the outermost first; the page itself is the first.
    open: Vec<usize>,
    by_path: HashMap<(usize, String, u32), usize>,
    texts: HashMap<(usize, u32), TextNode>,
    /// The byte at which the text of each element begins.
    starts: Vec<usize>,
}

impl Default for Nodes {
    fn default() -> Self {
        let page = Element { name: String::new(), counts: HashMap::new(), texts: 0, in_text: false };
        Self { elements: vec![page], open: vec![0], by_path: HashMap::new(), texts: HashMap::new(), starts: vec![0] }
    }
}

impl Nodes {
    fn top(&self) -> usize {
        self.open.last().copied().unwrap_or(0)
    }

    fn is_open(&self, name: &str, until: &[&str]) -> Option<usize> {
        for (depth, &at) in self.open.iter().enumerate().rev() {
            let open = &*self.elements[at].name;
            if open == name {
                return Some(depth);
            }
            if until.contains(&open) {
                return None;
            }
        }
        None
    }

    fn close_from(&mut self, depth: usize) {
        self.open.truncate(depth.max(1));
    }

    /// Takes the beginning of an element; what a browser ends or puts in before it is done.
    pub fn begin(&mut self, name: &str, byte: usize) {
        if name.is_empty() || ROOTS.contains(&name) {
            return;
        }
        let ended: (&[&str], &[&str]) = match ENDS_ITSELF.iter().find(|(names, _)| names.contains(&name)) {
            Some(ended) => *ended,
            None if ENDS_PARAGRAPH.contains(&name) => (&["p"], &["table", "td", "th", "button", "li", "div"]),
            None => (&[], &[]),
        };
        if let Some(depth) = ended.0.iter().filter_map(|name| self.is_open(name, ended.1)).min() {
            self.close_from(depth);
        }
        // Browsers put rows of a table into a body, and cells into a row.
        let inside = self.elements[self.top()].name.clone();
        match (name, &*inside) {
            ("tr", "table") => self.add("tbody", byte),
            ("td" | "th", "table") => {
                self.add("tbody", byte);
                self.add("tr", byte);
            }
            ("td" | "th", "tbody" | "thead" | "tfoot") => self.add("tr", byte),
            _ => {}
        }
        self.add(name, byte);
        if VOID.contains(&name) {
            self.open.pop();
        }
    }

    fn add(&mut self, name: &str, byte: usize) {
        let parent = self.top();
        let element = &mut self.elements[parent];
        element.in_text = false;
        let count = element.counts.entry(name.to_owned()).or_default();
        *count += 1;
        let number = *count;
        let at = self.elements.len();
        self.elements.push(Element { name: name.to_owned(), counts: HashMap::new(), texts: 0, in_text: false });
        self.starts.push(byte);
        self.by_path.insert((parent, name.to_owned(), number), at);
        self.open.push(at);
    }

    /// Takes the end of an element; one that is not open ends nothing.
    pub fn end(&mut self, name: &str) {
        if !ROOTS.contains(&name)
            && let Some(depth) = self.is_open(name, &["table", "td", "th"]).or_else(|| self.is_open(name, &[]))
        {
            self.close_from(depth);
        }
    }

    /// Takes a comment, on both sides of which texts are nodes of their own.
    pub fn part(&mut self) {
        let top = self.top();
        self.elements[top].in_text = false;
    }

    /// Takes text from this byte on.
    pub fn text(&mut self, start: usize, len: usize) {
        let top = self.top();
        let element = &mut self.elements[top];
        if !element.in_text {
            element.in_text = true;
            element.texts += 1;
            self.texts.insert((top, element.texts), TextNode { start, len });
        } else if let Some(node) = self.texts.get_mut(&(top, element.texts)) {
            node.len = start + len - node.start;
        }
    }

    /// The text node at the end of a path; that of an element is where its text begins, and has no length.
    pub fn find(&self, path: &str) -> Option<TextNode> {
        let mut at = 0;
        for step in path.trim().trim_start_matches('.').split('/').filter(|step| !step.is_empty()) {
            let (name, number) = step.strip_suffix(']').and_then(|step| step.split_once('[')).unwrap_or((step, "1"));
            let (name, number) = (name.to_ascii_lowercase(), number.parse().ok()?);
            if name == "text()" {
                return self.texts.get(&(at, number)).copied();
            }
            if at == 0 && ROOTS.contains(&&*name) {
                continue;
            }
            at = *self.by_path.get(&(at, name, number))?;
        }
        Some(TextNode { start: self.starts[at], len: 0 })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_and_paragraphs_are_where_browsers_have_them() {
        let mut nodes = Nodes::default();
        nodes.begin("p", 0);
        nodes.text(0, 3);
        nodes.begin("p", 3);
        nodes.text(3, 2);
        nodes.begin("table", 5);
        nodes.begin("tr", 5);
        nodes.begin("td", 5);
        nodes.text(5, 4);
        nodes.end("table");
        nodes.text(9, 1);
        nodes.part();
        nodes.text(10, 6);
        let found = |path: &str| nodes.find(path).map(|node| (node.start, node.len));
        assert_eq!(found("/p[1]/text()[1]"), Some((0, 3)));
        assert_eq!(found("/html[1]/body[1]/p[2]/text()"), Some((3, 2)));
        assert_eq!(found("/table[1]/tbody[1]/tr[1]/td[1]/text()[1]"), Some((5, 4)));
        assert_eq!(found("/text()[2]"), Some((10, 6)));
        assert_eq!(found("/p[2]"), Some((3, 0)));
        assert_eq!(found("/p[3]/text()[1]"), None);
        assert_eq!(found("/p[x]"), None);
    }
}
