//! Data sets out of the window and other software's files into it, by keys.

use eframe::egui::{Event, Key, Modifiers};
use egui_kittest::kittest::Queryable;
use jejak::model::Name;
use jejak::ui::Overlay;

use crate::driver::Driver;

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn write(driver: &mut Driver, text: &str) {
    for c in text.chars() {
        driver.try_char(c);
    }
}

/// A window with one person labelled.
fn labelled() -> Driver {
    let mut driver = Driver::new();
    let span = driver.find("Lidia Moreno", 0);
    driver.select_with_keys(span);
    driver.char('p');
    driver
}

#[test]
fn a_data_set_is_written_and_read_again_as_one_undo() {
    let mut driver = labelled();
    driver.key(CTRL_SHIFT, Key::E);
    driver.key(Modifiers::COMMAND, Key::Enter);
    let out = driver.home.path().join("project-export");
    for file in ["jejak.jsonl", "README.md", "manifest.json"] {
        assert!(out.join(file).is_file(), "{file}");
    }
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.app().overlay.is_none());

    let marked = driver.marked();
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_ne!(driver.marked(), marked);
    driver.key(CTRL_SHIFT, Key::I);
    write(&mut driver, &out.join("jejak.jsonl").display().to_string());
    driver.key(Modifiers::COMMAND, Key::Enter);
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(driver.failures(), [""; 0]);
    assert_eq!(driver.marked(), marked, "the annotation is back");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_ne!(driver.marked(), marked);
}

#[test]
fn an_export_waits_while_something_else_stands_over_the_window() {
    let mut driver = labelled();
    let pressed = |(modifiers, key)| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers };
    // In one frame: the dialog comes a moment later.
    let keys = [(CTRL_SHIFT, Key::E), (Modifiers::COMMAND, Key::K)].map(pressed);
    driver.harness.input_mut().events.extend(keys);
    driver.settle();
    assert!(matches!(driver.app().overlay, Some(Overlay::Picker(_))), "the palette came before the dialog could");
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(matches!(driver.app().overlay, Some(Overlay::Export(_))), "what was asked for is not forgotten");
}

#[test]
fn a_lossy_format_is_written_only_when_told_to() {
    let mut driver = labelled();
    driver.key(CTRL_SHIFT, Key::E);
    let label = |name: &str| {
        let card = jejak::formats::format(name).unwrap().info();
        format!("{} – {}", card.name, card.title.text())
    };
    driver.harness.get_by_value(&label("jejak-jsonl")).click();
    // The list needs a frame to find its size and one to be seen.
    for _ in 0..20 {
        driver.settle();
        if driver.harness.query_by_label(&label("conll")).is_some() {
            break;
        }
    }
    driver.harness.get_by_label(&label("conll")).click();
    driver.settle();
    let out = driver.home.path().join("project-export");
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert!(!out.exists(), "who made the annotation and when has no place in it");
    driver.harness.get_by_label("Export without that").click();
    driver.settle();
    driver.key(Modifiers::COMMAND, Key::Enter);
    let files: Vec<String> =
        std::fs::read_dir(&out).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap()).collect();
    let conll = files.iter().find(|file| file.ends_with(".conll")).unwrap();
    let written = std::fs::read_to_string(out.join(conll)).unwrap();
    assert!(written.contains("Lidia\tB-person\n") || written.contains("Lidia B-person\n"), "{written}");
}

#[test]
fn new_articles_and_labels_come_in_and_go_with_one_undo() {
    let mut driver = Driver::new();
    let file = driver.home.path().join("tags.conll");
    #[allow(clippy::disallowed_methods)] // A test's own input.
    std::fs::write(&file, "Dewi B-PER\nLaras I-PER\ntiba B-arrive\n. O\n").unwrap();
    let labels = |driver: &Driver| driver.work().session.corpus().schema.labels.len();
    let articles = |driver: &Driver| driver.work().session.corpus().articles().len();
    let (before, there) = (labels(&driver), articles(&driver));
    driver.key(CTRL_SHIFT, Key::I);
    write(&mut driver, &file.display().to_string());
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert!(driver.harness.query_by_label_contains("1 article with 2 annotations").is_some());
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(driver.failures(), [""; 0]);
    assert_eq!((labels(&driver), articles(&driver)), (before + 2, there + 1));
    let new: Name = "PER".into();
    assert_eq!(driver.work().session.corpus().schema.label(&new).unwrap().title.get("en"), "PER");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!((labels(&driver), articles(&driver)), (before, there));
}
