//! The settings of a person: keys, look, size; and words that go to the clipboard.

use eframe::egui::{Event, Key, Modifiers, OutputCommand};
use jejak::store::settings::Settings;
use jejak::ui::Overlay;

use crate::driver::asked::{Asked, shown};
use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// Opens the list of keys, and has it wait for the key of the command that the words find.
fn choose(driver: &mut Driver, words: &str, key: &str) {
    driver.palette("Change the keys");
    driver.write(&shown(words));
    driver.harness.get_by_label_contains(&format!("{words}: {key}")).click();
    driver.settle();
}

#[test]
fn a_command_gets_another_key_and_only_that_is_remembered() {
    let mut driver = Driver::new();
    choose(&mut driver, "Problems in the project", "Ctrl+P");
    driver.key(CTRL, Key::J);
    driver.key(CTRL, Key::Enter);
    driver.settle();
    assert!(driver.app().overlay.is_none());
    driver.key(CTRL, Key::P);
    assert!(driver.app().overlay.is_none(), "the old key gives nothing");
    driver.key(CTRL, Key::J);
    assert!(matches!(driver.app().overlay, Some(Overlay::Problems)));
    driver.key(NONE, Key::Escape);
    driver.settle();
    let kept = Settings::load(&driver.home.path().join("settings")).unwrap();
    let keys: Vec<_> = kept.keys.iter().collect();
    assert_eq!(keys, [(&"command-problems".to_owned(), &vec!["Ctrl+J".to_owned()])]);
    // Another window knows it, and gives it back.
    let Driver { harness, home } = driver;
    driver::close(harness.into_state());
    let project = home.path().join("project");
    let mut driver = driver::start(home, &project, &kept);
    driver.key(CTRL, Key::J);
    assert!(matches!(driver.app().overlay, Some(Overlay::Problems)));
    driver.key(NONE, Key::Escape);
    choose(&mut driver, "Problems in the project", "Ctrl+J");
    driver.key(NONE, Key::Escape);
    driver.harness.get_by_label("All as usual").click();
    driver.settle();
    driver.key(CTRL, Key::Enter);
    driver.settle();
    assert!(driver.app().settings.keys.is_empty());
}

#[test]
fn a_key_that_something_else_has_is_refused_or_swapped() {
    let mut driver = Driver::new();
    choose(&mut driver, "Problems in the project", "Ctrl+P");
    driver.key(CTRL, Key::S);
    assert!(driver.harness.query_by_label_contains("Write all files now").is_some(), "it is said whose it is");
    driver.harness.get_by_label("Leave it").click();
    driver.settle();
    assert!(driver.harness.query_by_label_contains("Problems in the project: Ctrl+P").is_some());
    // A letter that labels is none that a command can have.
    driver.harness.get_by_label_contains("Problems in the project: Ctrl+P").click();
    driver.settle();
    driver.try_char('p');
    assert!(driver.harness.query_by_label_contains("is the key of a label").is_some());
    driver.harness.get_by_label_contains("Problems in the project: Ctrl+P").click();
    driver.settle();
    driver.key(CTRL, Key::S);
    driver.harness.get_by_label("Swap the two").click();
    driver.settle();
    driver.key(CTRL, Key::Enter);
    driver.settle();
    driver.key(CTRL, Key::S);
    assert!(matches!(driver.app().overlay, Some(Overlay::Problems)));
    driver.key(NONE, Key::Escape);
    driver.key(CTRL, Key::P);
    driver.settle();
    assert!(driver.app().overlay.is_none(), "which saves now");
    assert_eq!(driver.app().settings.keys.len(), 2);
}

#[test]
fn preferences_hold_at_once_and_are_remembered() {
    let mut driver = Driver::new();
    driver.key(CTRL, Key::Comma);
    driver.harness.get_by_label("dark").click();
    driver.settle();
    assert_eq!(driver.app().settings.dark, Some(true));
    driver.harness.get_by_label("Larger").click();
    driver.settle();
    assert_eq!(driver.app().settings.zoom, 110);
    assert!(matches!(driver.app().overlay, Some(Overlay::Preferences)), "it stays");
    driver.key(NONE, Key::Escape);
    driver.settle();
    let kept = Settings::load(&driver.home.path().join("settings")).unwrap();
    assert_eq!((kept.dark, kept.zoom), (Some(true), 110));
}

/// The text that goes to the clipboard by an event.
fn copied(driver: &mut Driver, event: Event) -> Option<String> {
    driver.harness.event(event);
    driver.harness.step();
    let copied = driver.harness.output().platform_output.commands.iter().find_map(|command| match command {
        OutputCommand::CopyText(text) => Some(text.clone()),
        _ => None,
    });
    driver.settle();
    copied
}

#[test]
fn words_are_copied_alone_or_with_the_place_where_they_stand() {
    let mut driver = Driver::new();
    let span = driver.find("Kota Karang", 0);
    driver.select_with_mouse(span);
    assert_eq!(copied(&mut driver, Event::Copy).as_deref(), Some("Kota Karang"));
    let (start, end) = driver.text().to_chars(span);
    let modifiers = Modifiers { shift: true, ..CTRL };
    let key = Event::Key { key: Key::C, physical_key: None, pressed: true, repeat: false, modifiers };
    let with_place = copied(&mut driver, key);
    assert_eq!(with_place, Some(format!("“Kota Karang” (000:{start}–{end})")));
    assert!(driver.said().contains("is copied"), "{}", driver.said());
}
