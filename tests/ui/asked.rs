//! Parts of the window, asked for by their words in English, whatever language it speaks.
//!
//! In the pseudo-language, which is English made longer, the words of the window are read as the English ones that they
//! were made of; everything else is as [`Queryable`] has it.

use eframe::egui::accesskit;
use egui_kittest::kittest::{self, By, NodeT, Queryable};
use egui_kittest::{Harness, Node};
use jejak::lang::{Language, pseudo, spoken};
use jejak::ui::App;

/// The words as they were in English.
pub fn plain(text: &str) -> String {
    match spoken() {
        Language::Pseudo => pseudo::plain(text),
        Language::English | Language::Indonesian => text.to_owned(),
    }
}

/// English words as the window shows them.
pub fn shown(words: &str) -> String {
    match spoken() {
        Language::Pseudo => pseudo::longer(words).into_owned(),
        Language::English | Language::Indonesian => words.to_owned(),
    }
}

/// The words of a part, by which a person knows it.
fn words(node: &Node<'_>) -> Option<String> {
    let node = node.accesskit_node();
    if node.role() == accesskit::Role::Label { node.value() } else { node.label() }
}

/// Words that a part is asked for by.
#[derive(Clone, Copy)]
enum Wanted<'a> {
    Label(&'a str),
    Within(&'a str),
    Value(&'a str),
    As(accesskit::Role, &'a str),
}

/// The window, or a part of it, that parts are looked for in.
pub trait Asked {
    fn part(&self) -> Node<'_>;

    fn query_all_by_label(&self, label: &str) -> std::vec::IntoIter<Node<'_>> {
        found(self.part(), Wanted::Label(label))
    }

    fn query_all_by_label_contains(&self, label: &str) -> std::vec::IntoIter<Node<'_>> {
        found(self.part(), Wanted::Within(label))
    }

    fn query_all_by_value(&self, value: &str) -> std::vec::IntoIter<Node<'_>> {
        found(self.part(), Wanted::Value(value))
    }

    /// The parts whose words, in English, are so.
    fn query_all_named(&self, so: impl Fn(&str) -> bool) -> std::vec::IntoIter<Node<'_>> {
        let named = |node: &Node<'_>| words(node).is_some_and(|words| so(&plain(&words)));
        Queryable::query_all(&self.part(), By::new()).filter(named).collect::<Vec<_>>().into_iter()
    }

    /// The parts of which this is so.
    fn query_all_so<'a>(
        &'a self,
        so: impl Fn(&kittest::AccessKitNode<'_>) -> bool + 'a,
    ) -> std::vec::IntoIter<Node<'a>> {
        Queryable::query_all_by(&self.part(), so).collect::<Vec<_>>().into_iter()
    }

    fn get_all_by_role(&self, role: accesskit::Role) -> std::vec::IntoIter<Node<'_>> {
        let all = self.query_all_by_role(role);
        assert!(all.len() > 0, "there is no {role:?}");
        all
    }

    fn query_all_by_role(&self, role: accesskit::Role) -> std::vec::IntoIter<Node<'_>> {
        Queryable::query_all_by_role(&self.part(), role).collect::<Vec<_>>().into_iter()
    }

    fn query_by_label(&self, label: &str) -> Option<Node<'_>> {
        one(self.query_all_by_label(label), label)
    }

    fn query_by_label_contains(&self, label: &str) -> Option<Node<'_>> {
        one(self.query_all_by_label_contains(label), label)
    }

    fn query_by_value(&self, value: &str) -> Option<Node<'_>> {
        one(self.query_all_by_value(value), value)
    }

    fn get_by_label(&self, label: &str) -> Node<'_> {
        self.query_by_label(label).unwrap_or_else(|| panic!("nothing is called “{label}”"))
    }

    fn get_by_label_contains(&self, label: &str) -> Node<'_> {
        self.query_by_label_contains(label).unwrap_or_else(|| panic!("nothing has “{label}” in its name"))
    }

    fn get_by_value(&self, value: &str) -> Node<'_> {
        self.query_by_value(value).unwrap_or_else(|| panic!("nothing says “{value}”"))
    }

    fn get_all_by_label(&self, label: &str) -> std::vec::IntoIter<Node<'_>> {
        let all = self.query_all_by_label(label);
        assert!(all.len() > 0, "nothing is called “{label}”");
        all
    }

    fn get_by_role_and_label(&self, role: accesskit::Role, label: &str) -> Node<'_> {
        one(found(self.part(), Wanted::As(role, label)), label)
            .unwrap_or_else(|| panic!("no {role:?} is called “{label}”"))
    }
}

impl Asked for Harness<'_, App> {
    fn part(&self) -> Node<'_> {
        self.root()
    }
}

impl Asked for Node<'_> {
    fn part(&self) -> Node<'_> {
        *self
    }
}

fn one<'tree>(mut all: std::vec::IntoIter<Node<'tree>>, wanted: &str) -> Option<Node<'tree>> {
    let first = all.next()?;
    assert_eq!(all.len(), 0, "several parts answer to “{wanted}”: {first:?}, {:?}", all.as_slice());
    Some(first)
}

/// The parts below a node that answer to some words in English, in the order of the window.
fn found<'tree>(of: Node<'tree>, wanted: Wanted<'_>) -> std::vec::IntoIter<Node<'tree>> {
    let answers = |node: &Node<'_>| {
        let said = match wanted {
            Wanted::Label(_) | Wanted::Within(_) | Wanted::As(..) => words(node),
            Wanted::Value(_) => node.accesskit_node().value(),
        };
        said.map(|said| plain(&said)).is_some_and(|said| match wanted {
            Wanted::Label(label) => said == label,
            Wanted::Within(label) => said.contains(label),
            Wanted::Value(value) => said == value,
            Wanted::As(role, label) => said == label && node.accesskit_node().role() == role,
        })
    };
    let mut all: Vec<Node<'tree>> = Queryable::query_all(&of, By::new()).filter(answers).collect();
    // A part's own label is no other part.
    if !matches!(wanted, Wanted::Value(_)) {
        let labels: Vec<_> =
            all.iter().flat_map(|node| node.accesskit_node().labelled_by()).map(|it| it.id()).collect();
        all.retain(|node| !labels.contains(&node.accesskit_node().id()));
    }
    all.into_iter()
}
