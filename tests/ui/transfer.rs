//! Data sets out of the window and other software's files into it, by keys.

use eframe::egui::{Event, Key, Modifiers};
use jejak::model::Name;
use jejak::ui::Overlay;

use crate::driver::Driver;
use crate::driver::asked::{Asked, plain};

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

/// Chooses a format in the open dialog.
fn choose(driver: &mut Driver, from: &str, to: &str) {
    let label = |name: &str| {
        let card = jejak::formats::format(name).unwrap().info();
        plain(&format!("{} – {}", card.name, card.title.text()))
    };
    driver.harness.get_by_value(&label(from)).click();
    // The list needs a frame to find its size and one to be seen.
    for _ in 0..20 {
        driver.settle();
        if driver.harness.query_by_label(&label(to)).is_some() {
            break;
        }
    }
    driver.harness.get_by_label(&label(to)).scroll_to_me();
    driver.settle();
    driver.harness.get_by_label(&label(to)).click();
    driver.settle();
    assert!(driver.harness.query_by_value(&label(to)).is_some(), "{to} is chosen");
}

#[test]
fn a_format_that_loses_content_is_written_only_when_told_to() {
    let mut driver = labelled();
    driver.key(CTRL_SHIFT, Key::E);
    let out = driver.home.path().join("project-export");
    choose(&mut driver, "jejak-jsonl", "muc4");
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert!(!out.exists(), "the mention has no place in it");
    driver.harness.get_by_label("Export without that").click();
    driver.settle();
    // Leave for one format is none for another.
    choose(&mut driver, "muc4", "rams");
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert!(!out.exists(), "nobody has said so of this format");
    driver.harness.get_by_label("Export without that").click();
    driver.settle();
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert!(out.is_dir());
}

#[test]
fn a_format_that_only_loses_who_and_when_is_written_at_once() {
    let mut driver = labelled();
    driver.key(CTRL_SHIFT, Key::E);
    let out = driver.home.path().join("project-export");
    choose(&mut driver, "jejak-jsonl", "conll");
    assert!(driver.harness.query_by_label("Export without that").is_none());
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
    std::fs::write(&file, "Dewi B-SHIP\nLaras I-SHIP\ntiba B-arrive\n. O\n").unwrap();
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
    let new: Name = "SHIP".into();
    assert_eq!(driver.work().session.corpus().schema.label(&new).unwrap().title.get("en"), "SHIP");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!((labels(&driver), articles(&driver)), (before, there));
}

/// A line of the first article with one annotation of this annotator.
fn line(driver: &Driver, annotator: &str, label: &str) -> String {
    let corpus = driver.work().session.corpus();
    let text = corpus.text(&corpus.articles()[0].id).unwrap().as_str().to_owned();
    let spans = serde_json::json!([{ "start": 0, "end": 4 }]);
    let set = serde_json::json!({ "annotator": annotator, "annotations": [{ "label": label, "spans": spans }] });
    serde_json::json!({ "jejak_jsonl": 1, "text": text, "sets": [set] }).to_string()
}

/// Writes a file and reads it in the dialog of imports.
fn read(driver: &mut Driver, name: &str, content: &str) {
    let file = driver.home.path().join(name);
    #[allow(clippy::disallowed_methods)] // A test's own input.
    std::fs::write(&file, content).unwrap();
    driver.key(CTRL_SHIFT, Key::I);
    write(driver, &file.display().to_string());
    driver.key(Modifiers::COMMAND, Key::Enter);
}

#[test]
fn an_import_into_ones_own_work_is_asked_about_first() {
    let mut driver = labelled();
    let own = driver.work().annotator().to_string();
    let (before, content) = (driver.marked(), line(&driver, &own, "place"));
    read(&mut driver, "own.jsonl", &content);
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert!(matches!(driver.app().overlay, Some(Overlay::Import(_))), "it waits for a word");
    assert_eq!(driver.marked(), before);
    driver.harness.get_by_label_contains("add to the work of").click();
    driver.settle();
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert!(driver.app().overlay.is_none());
    assert_ne!(driver.marked(), before);
}

#[test]
fn a_set_without_a_name_gets_a_new_one_and_not_the_readers() {
    let mut driver = labelled();
    let before = driver.marked();
    read(&mut driver, "berita.conll", "Dewi B-PER\nLaras I-PER\ntiba O\n");
    assert!(driver.harness.query_by_label_contains("read as conll").is_some());
    assert!(driver.harness.query_all_by_value("berita").next().is_some());
    // The probable meaning of PER is chosen already.
    assert!(driver.harness.query_by_label("proposed").is_some());
    driver.key(Modifiers::COMMAND, Key::Enter);
    assert_eq!(driver.failures(), [""; 0]);
    assert_eq!(driver.marked(), before);
    let work = driver.work();
    assert!(work.session.makers().contains(&"berita".into()), "{:?}", work.session.makers());
    assert!(work.session.corpus().schema.label("PER").is_none());
}
