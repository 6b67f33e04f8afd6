//! The window in other languages: every view and dialog is opened, with words two fifths longer and in Indonesian.

use std::collections::BTreeSet;
use std::path::Path;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use jejak::lang::{self, Language};
use jejak::store::sample;
use jejak::ui::{Command, ProjectCommand, SchemaCommand, SchemaRequest, WindowCommand};

use crate::driver::{self, Driver};
use crate::messages::words_in;

const CTRL: Modifiers = Modifiers::COMMAND;
const NONE: Modifiers = Modifiers::NONE;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// A key or a character, and what it opens.
enum Press {
    Key(Modifiers, Key),
    Char(char),
    /// A command without a key.
    Do(fn() -> Command),
}

use Press::{Char, Do, Key as K};

/// The keys pressed one after the other; after each, the window is looked at and left with Esc.
const DIALOGS: &[&[Press]] = &[
    &[K(NONE, Key::F1)],
    &[K(CTRL, Key::K)],
    &[K(CTRL, Key::N)],
    &[K(CTRL, Key::O)],
    &[K(CTRL, Key::I)],
    &[K(CTRL_SHIFT, Key::I)],
    &[K(CTRL_SHIFT, Key::E)],
    &[K(CTRL_SHIFT, Key::S)],
    &[K(CTRL, Key::E)],
    &[K(CTRL, Key::P)],
    &[K(CTRL, Key::F)],
    &[K(CTRL_SHIFT, Key::M)],
    &[K(NONE, Key::Tab), K(CTRL, Key::M)],
    &[K(NONE, Key::Tab), Char('@')],
    &[K(NONE, Key::Tab), Char('R')],
    &[K(NONE, Key::Tab), Char('N')],
    &[K(NONE, Key::Tab), Char('1')],
    &[K(NONE, Key::Tab), K(Modifiers::SHIFT, Key::Delete)],
    &[K(NONE, Key::Tab), K(NONE, Key::Enter), Char('=')],
    &[K(NONE, Key::Tab), K(NONE, Key::Enter), Char(' ')],
    &[K(NONE, Key::F4)],
    &[K(NONE, Key::F4), Char('s')],
    &[K(NONE, Key::F4), Char('m')],
    &[K(NONE, Key::F4), Char('i')],
    &[K(NONE, Key::F4), Char('a')],
    &[K(NONE, Key::F4), Char('k')],
    &[K(NONE, Key::F4), Char('1'), Char('r')],
    &[K(NONE, Key::F4), Char('g')],
    &[K(NONE, Key::F4), Char('e')],
    &[K(NONE, Key::F5)],
    &[K(NONE, Key::F5), Char('2')],
    &[K(NONE, Key::F5), Char('3')],
    &[K(NONE, Key::F5), Char('4')],
    &[K(NONE, Key::F5), Char('5')],
    &[K(NONE, Key::F5), Char('6')],
    &[K(NONE, Key::F5), Char('7')],
    &[K(NONE, Key::F12)],
    &[K(CTRL, Key::Comma)],
    &[K(Modifiers::SHIFT, Key::F1)],
    &[K(CTRL_SHIFT, Key::F)],
    &[K(NONE, Key::F11)],
    &[K(NONE, Key::F11), Char('2')],
    &[K(NONE, Key::F11), Char('3')],
    &[K(NONE, Key::F11), Char('4')],
    &[K(NONE, Key::F11), Char('5')],
    &[K(NONE, Key::F11), Char('6')],
    &[K(Modifiers::SHIFT, Key::F4)],
    &[K(NONE, Key::F12), Do(|| SchemaCommand::Ask(SchemaRequest::Split("person".into())).into())],
    &[K(NONE, Key::F12), Do(|| SchemaCommand::Ask(SchemaRequest::Split("place".into())).into())],
    &[Do(|| WindowCommand::Keymap.into())],
    &[Do(|| WindowCommand::Suggestions.into())],
    &[Do(|| WindowCommand::About.into())],
    &[Do(|| ProjectCommand::Rename.into())],
    &[Do(|| ProjectCommand::RemoveArticle.into())],
    &[Do(|| ProjectCommand::Trash.into())],
];

/// Everything that the window says at the moment, as a screen reader hears it.
fn said(driver: &Driver) -> Vec<String> {
    let nodes = driver.harness.query_all_by(|_| true);
    nodes.flat_map(|node| [node.accesskit_node().label(), node.accesskit_node().value()]).flatten().collect()
}

/// The roles of what a person works with, as a screen reader tells them.
const WORKED: [Role; 16] = [
    Role::Button,
    Role::CheckBox,
    Role::ComboBox,
    Role::EditableComboBox,
    Role::TextInput,
    Role::MultilineTextInput,
    Role::SearchInput,
    Role::ListBoxOption,
    Role::MenuItem,
    Role::RadioButton,
    Role::Link,
    Role::Slider,
    Role::SpinButton,
    Role::ColorWell,
    Role::Tab,
    Role::Dialog,
];

/// The things that a person works with and that a screen reader has no name for: role, value and place of each.
fn nameless(driver: &Driver) -> Vec<String> {
    let of = |node: &egui_kittest::Node<'_>| node.accesskit_node().role();
    let named = |node: &egui_kittest::Node<'_>| {
        let node = node.accesskit_node();
        node.label().is_some_and(|label| !label.trim().is_empty())
    };
    let nodes = driver.harness.query_all_by(|node| WORKED.contains(&node.role()));
    nodes
        .filter(|node| !named(node))
        .map(|node| {
            format!("{:?} {:?} {:?}", of(&node), node.accesskit_node().value(), node.accesskit_node().bounding_box())
        })
        .collect()
}

/// A window on the sample project, for one of its annotators.
fn sample_window() -> Driver {
    window_with(|_| ())
}

/// The same, once `change` has been at the project's folder.
fn window_with(change: impl FnOnce(&Path)) -> Driver {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    sample::unpack_into(&project).unwrap();
    change(&project);
    let settings = jejak::store::settings::Settings { annotator: "a".to_owned(), ..driver::settings() };
    driver::start(home, &project, &settings)
}

/// Opens every view and dialog; gives all that was said.
fn walked() -> BTreeSet<String> {
    let mut all = BTreeSet::new();
    let mut driver = sample_window();
    for presses in DIALOGS {
        driver.key(NONE, Key::F2);
        driver.key(CTRL, Key::Home);
        for press in *presses {
            match press {
                K(modifiers, key) => driver.key(*modifiers, *key),
                Char(c) => driver.try_char(*c),
                Do(command) => {
                    let ctx = driver.harness.ctx.clone();
                    driver.harness.state_mut().perform(&ctx, command());
                    driver.settle();
                }
            }
        }
        let now = said(&driver);
        if driver.app().overlay.is_some() {
            let dialogs = driver.harness.query_all_by(|node| node.role() == Role::Dialog && node.is_modal());
            assert_eq!(dialogs.count(), 1, "a dialog is told as one");
            let reader = driver.harness.query_all_by_role(Role::Document);
            assert_eq!(reader.filter(|node| !node.accesskit_node().is_hidden()).count(), 0, "nothing else is there");
        }
        assert!(now.len() > 10, "the window says something: {now:?}");
        let without = nameless(&driver);
        assert!(without.is_empty(), "each thing has a name: {without:#?}");
        all.extend(now);
        for _ in 0..3 {
            driver.key(NONE, Key::Escape);
        }
    }
    all
}

/// The messages of a language without places, of three words or more, by which English left standing is recognised.
fn sentences(code: &str) -> BTreeSet<String> {
    let long = |words: &String| words.split_whitespace().count() > 2;
    words_in(code).into_values().filter(long).collect()
}

/// Chooses the third offer of the list of languages: Indonesian, after the system's and English.
fn chooses_indonesian() {
    let mut driver = sample_window();
    driver.palette("language /");
    driver.char('3');
    assert_eq!(lang::spoken(), Language::Indonesian);
    assert_eq!(driver.app().settings.window, "id", "it is remembered");
    assert_eq!(driver.app().settings.language, "id", "labels follow");
    driver.key(NONE, Key::F1);
    let said = said(&driver);
    assert!(said.iter().any(|text| text == "Tombol") && said.iter().any(|text| text == "Perjalanan"), "{said:?}");
}

/// Sets a flag by the keys that the window offers: what stands in the set afterwards is data, and is not translated.
fn flags_are_not_translated() {
    let mut driver = window_with(|project| {
        let file = project.join("schema.ron");
        let schema = std::fs::read_to_string(&file).unwrap();
        let flagged = "name: \"person\", attributes: [(name: \"sure\", kind: Flag)],";
        #[allow(clippy::disallowed_methods)] // A project of this test alone.
        std::fs::write(&file, schema.replacen("name: \"person\",", flagged, 1)).unwrap();
    });
    let person = driver.set().iter().find(|record| record.label == *"person").map(|record| (record.id, record.at[0]));
    let (id, span) = person.expect("the first article is about somebody");
    let (from, to) = driver.corners(span);
    driver.click(from + (to - from) / 2.0);
    driver.char('1');
    driver.char('1');
    assert_eq!(driver.set().get(id).unwrap().attribute("sure"), Some("yes"));
}

#[test]
fn the_window_speaks_every_language() {
    let english = sentences("en");
    let indonesian = sentences("id");
    chooses_indonesian();
    for language in [Language::English, Language::Pseudo, Language::Indonesian] {
        lang::speak(language);
        let said = walked();
        let left: Vec<&String> = said.intersection(&english).collect();
        if language == Language::English {
            assert!(left.len() > 100, "the walk sees the window's words: {} of {}", left.len(), said.len());
        } else {
            assert!(left.is_empty(), "{language:?}: English is left standing: {left:#?}");
        }
        if language == Language::Indonesian {
            let met = said.intersection(&indonesian).count();
            assert!(met > 100, "the walk sees Indonesian: {met}");
            flags_are_not_translated();
        }
        assert!(said.iter().all(|text| !text.chars().any(|c| ('\u{2066}'..='\u{2069}').contains(&c))), "no marks");
    }
    lang::speak(Language::English);
}
