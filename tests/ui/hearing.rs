//! The window as those have it who hear it, or feel it under their fingers: text, caret, what is marked, what is said.

use eframe::egui::accesskit::{Action, ActionData, ActionRequest, Live, Role, TextSelection, TreeId};
use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::{self, NodeT};
use jejak::text::Span;

use crate::driver::Driver;
use crate::driver::asked::{Asked, plain};

/// The reader, asked something about its text.
fn document<R>(driver: &Driver, ask: impl Fn(&kittest::AccessKitNode<'_>) -> R) -> R {
    ask(&driver.harness.get_by_role_and_label(Role::Document, "Article").accesskit_node())
}

/// The words that are selected, and how many characters stand before the caret.
fn selection(driver: &Driver) -> (String, usize) {
    document(driver, |node| {
        let focus = node.text_selection_focus().unwrap();
        (node.text_selection().unwrap().text(), focus.to_global_usv_index())
    })
}

/// Has a screen reader select from one place to another, both in characters.
fn ask_to_select(driver: &mut Driver, from: usize, to: usize) {
    let request = document(driver, |node| {
        assert!(node.supports_text_ranges());
        let at = |index| node.text_position_from_global_usv_index(index).unwrap().to_raw();
        let data = ActionData::SetTextSelection(TextSelection { anchor: at(from), focus: at(to) });
        let (target_node, _) = node.locate();
        ActionRequest { action: Action::SetTextSelection, target_tree: TreeId::ROOT, target_node, data: Some(data) }
    });
    driver.harness.event(Event::AccessKitActionRequest(request));
    driver.settle();
}

/// The annotation that is said when it is another one.
fn said(driver: &Driver) -> String {
    let mut live = driver.harness.query_all_so(|node| node.live() == Live::Polite && node.role() == Role::Label);
    let value = |node: egui_kittest::Node<'_>| node.accesskit_node().value().map(|value| plain(&value));
    live.find_map(|node| value(node).filter(|value| value.starts_with("Person"))).unwrap_or_default()
}

#[test]
fn the_text_is_read_letter_by_letter_and_the_caret_with_it() {
    let mut driver = Driver::new();
    let text = driver.text().as_str().to_owned();
    assert_eq!(document(&driver, |node| node.document_range().text()), text, "the whole of a short article");
    driver.key(Modifiers::COMMAND, Key::Home);
    assert_eq!(selection(&driver), (String::new(), 0));
    driver.key(Modifiers::NONE, Key::ArrowRight);
    driver.key(Modifiers::SHIFT, Key::ArrowRight);
    let (words, at) = selection(&driver);
    let reader = &driver.work().open.as_ref().unwrap().reader;
    assert_eq!(words, driver.text().slice(reader.raw_selection().unwrap()));
    assert_eq!(at, driver.text().byte_to_char(reader.caret()) as usize);
    // Into a line that is empty, and to the end.
    driver.key(Modifiers::COMMAND, Key::Home);
    driver.key(Modifiers::NONE, Key::End);
    driver.key(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(selection(&driver).1, text.find("\n\n").unwrap() + 1);
    driver.key(Modifiers::COMMAND, Key::End);
    assert_eq!(selection(&driver).1, text.chars().count());
}

#[test]
fn a_screen_reader_places_the_caret_and_selects_what_is_labelled_then() {
    let mut driver = Driver::new();
    let who = driver.find("Lidia Moreno", 0);
    let (from, to) = driver.text().to_chars(who);
    ask_to_select(&mut driver, to as usize, to as usize);
    let reader = &driver.work().open.as_ref().unwrap().reader;
    assert_eq!((reader.caret(), reader.selection()), (who.end, None));
    ask_to_select(&mut driver, from as usize, to as usize);
    assert_eq!(driver.work().open.as_ref().unwrap().reader.selection(), Some(who));
    driver.char('p');
    let record = driver.set().iter().next().unwrap().clone();
    assert_eq!((record.label.as_str(), &record.at[..]), ("person", &[who][..]));
    driver.char('@');
    driver.key(Modifiers::NONE, Key::Enter);
    // The caret elsewhere: a letter is not about the annotation any more.
    ask_to_select(&mut driver, 0, 0);
    assert!(driver.work().open.as_ref().unwrap().selected.is_empty());
    driver.key(Modifiers::NONE, Key::Tab);
    assert_eq!(said(&driver), "Person “Lidia Moreno”, is Lidia Moreno");
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(said(&driver), "");
    let paragraphs = driver.harness.get_all_by_role(Role::Paragraph);
    let told: Vec<String> = paragraphs.filter_map(|node| Some(plain(&node.accesskit_node().description()?))).collect();
    assert_eq!(told, ["Person “Lidia Moreno”, is Lidia Moreno"]);
}

#[test]
fn no_line_is_taken_for_one_of_the_article_before() {
    let mut driver = Driver::new();
    let lines = |driver: &Driver| -> Vec<_> {
        document(driver, |node| node.children().flat_map(|block| block.children()).map(|line| line.id()).collect())
    };
    let before = lines(&driver);
    driver.key(Modifiers::COMMAND, Key::PageDown);
    assert!(driver.text().as_str().starts_with("Kunjungan"));
    let after = lines(&driver);
    assert!(!after.is_empty() && after.iter().all(|id| !before.contains(id)));
}

#[test]
fn what_is_out_of_sight_is_scrolled_to_where_a_screen_reader_asks() {
    let mut driver = Driver::with_articles(|folder| {
        let file = folder.join("long.txt");
        let lines: Vec<String> = (0..200).map(|line| format!("Alinea {line}: Raka Wirya tiba di kota.")).collect();
        #[allow(clippy::disallowed_methods)] // A test's own input.
        std::fs::write(&file, lines.join("\n\n")).unwrap();
        vec![file]
    });
    let told = document(&driver, |node| node.document_range().text());
    assert!(told.starts_with("Alinea 0") && told.len() < 4000, "what is in view and around it: {}", told.len());
    let last = told.rfind("Alinea").unwrap();
    ask_to_select(&mut driver, last, last);
    let at = Span::new(last as u32, last as u32 + 6);
    assert!(!driver.work().open.as_ref().unwrap().reader.rect_of(at).is_empty(), "it is on the screen");
    driver.key(Modifiers::COMMAND, Key::End);
    let (words, at) = selection(&driver);
    let told = document(&driver, |node| node.document_range().text());
    assert_eq!((words.as_str(), at), ("", told.chars().count()));
    for _ in 0..60 {
        driver.key(Modifiers::SHIFT, Key::ArrowUp);
    }
    let (words, at) = selection(&driver);
    let told = document(&driver, |node| node.document_range().text());
    let rest: String = told.chars().skip(at).collect();
    assert!(!told.contains("Alinea 199") && words == rest, "to the end of what is told: {words} {rest}");
}

/// Types a letter with Alt held, as systems do that send its character along.
fn alt(driver: &mut Driver, letter: Key) {
    let modifiers = Modifiers::ALT;
    let key = |pressed| Event::Key { key: letter, physical_key: None, pressed, repeat: false, modifiers };
    let input = driver.harness.input_mut();
    input.events.extend([Event::ModifiersChanged(modifiers), key(true), Event::Text(letter.name().to_lowercase())]);
    driver.harness.step();
    driver.harness.input_mut().events.extend([key(false), Event::ModifiersChanged(Modifiers::NONE)]);
    driver.settle();
}

/// The title of the open menu, and the entry that has the keyboard.
fn menu(driver: &Driver) -> (String, String) {
    let open =
        driver.harness.query_all_so(|node| node.role() == Role::Button && node.data().is_expanded() == Some(true));
    let title = open.filter_map(|node| node.accesskit_node().label()).next().unwrap_or_default();
    let focused = driver.harness.query_all_so(|node| !node.is_hidden() && node.is_focused()).next();
    (plain(&title), plain(&focused.and_then(|node| node.accesskit_node().label()).unwrap_or_default()))
}

#[test]
fn a_letter_with_alt_opens_a_menu_and_labels_nothing() {
    let mut driver = Driver::new();
    let who = driver.find("Lidia Moreno", 0);
    driver.select_with_mouse(who);
    alt(&mut driver, Key::P);
    assert_eq!(driver.set().len(), 0, "a person has the key p");
    assert_eq!(menu(&driver), ("Project".to_owned(), "New project… Ctrl+N".to_owned()));
    driver.key(Modifiers::NONE, Key::ArrowDown);
    driver.key(Modifiers::NONE, Key::ArrowDown);
    assert_eq!(menu(&driver).1, "Open recent", "a menu within it");
    driver.key(Modifiers::NONE, Key::ArrowUp);
    driver.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(menu(&driver).0, "Edit");
    driver.key(Modifiers::NONE, Key::ArrowRight);
    assert_eq!(menu(&driver), ("Label".to_owned(), "Person p".to_owned()));
    driver.key(Modifiers::NONE, Key::Enter);
    let record = driver.set().iter().next().unwrap().clone();
    assert_eq!((record.label.as_str(), &record.at[..]), ("person", &[who][..]));
    assert_eq!(menu(&driver), (String::new(), "Article".to_owned()), "the text has the keyboard again");
    driver.key(Modifiers::NONE, Key::F10);
    driver.key(Modifiers::NONE, Key::ArrowLeft);
    assert_eq!(menu(&driver).0, "Help", "from the first to the last");
    driver.key(Modifiers::NONE, Key::F10);
    assert_eq!(menu(&driver).0, "");
    driver.key(Modifiers::NONE, Key::F10);
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(menu(&driver), (String::new(), "Article".to_owned()));
    // Alt with the digit of an attribute is the value's key alone.
    alt(&mut driver, Key::Q);
    assert_eq!(driver.set().len(), 1, "no menu has it, and no label either");
}

#[test]
fn a_list_says_whether_it_is_open() {
    let mut driver = Driver::new();
    let lists = |driver: &Driver| -> Vec<Option<bool>> {
        let lists = driver.harness.query_all_by_role(Role::ComboBox);
        lists.map(|node| node.accesskit_node().data().is_expanded()).collect()
    };
    assert!(lists(&driver).iter().all(|open| *open == Some(false)) && !lists(&driver).is_empty());
    driver.harness.query_all_by_role(Role::ComboBox).next().unwrap().click();
    driver.settle();
    assert_eq!(lists(&driver).iter().filter(|open| **open == Some(true)).count(), 1);
}
