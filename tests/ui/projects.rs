//! Projects as a whole: made, opened, renamed, and come back to.

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::{NodeT, Queryable};
use jejak::store::is_project;
use jejak::store::settings::Settings;
use jejak::ui::View;

use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// The title of the open project.
fn title(driver: &Driver) -> String {
    driver.work().session.corpus().project.title.clone()
}

#[test]
fn a_project_is_made_with_title_schema_and_the_articles_of_its_folder() {
    let mut driver = Driver::new();
    driver.key(CTRL, Key::N);
    driver.write("State visits");
    let folder = driver.home.path().join("State_visits");
    let suggested = driver.harness.get_by_label("Folder").accesskit_node().value();
    assert_eq!(suggested.as_deref(), folder.to_str(), "beside the project that was open last");
    driver.key(CTRL, Key::Enter);
    driver.settle();
    assert_eq!((title(&driver).as_str(), driver.work().session.root()), ("State visits", &*folder));
    assert!(driver.work().session.corpus().schema.label("trip").is_some());
    assert_eq!(driver.work().session.corpus().articles().len(), 0);
    assert_eq!(driver.app().settings.recent[0], folder);

    // A folder full of files offers to add them; entities only.
    driver.key(CTRL, Key::N);
    driver.write("Sources");
    driver.key(NONE, Key::Tab);
    driver.key(CTRL, Key::A);
    let sources = driver.home.path().join("sources");
    driver.write(&sources.display().to_string());
    driver.settle();
    assert!(driver.harness.query_by_label_contains("Add the 3 files").is_some());
    driver.harness.get_by_label_contains("Entities only").click();
    driver.settle();
    driver.key(CTRL, Key::Enter);
    driver.settle();
    driver.settle();
    assert_eq!(driver.failures(), [""; 0]);
    let corpus = driver.work().session.corpus();
    assert_eq!((corpus.project.title.as_str(), corpus.articles().len()), ("Sources", 3));
    assert!(corpus.schema.name == "entities" && corpus.schema.label("trip").is_none());
    assert!(driver.work().open.is_some(), "one of them is shown");
}

#[test]
fn a_folder_that_is_no_project_is_offered_as_a_new_one_and_the_open_one_stays() {
    let mut driver = Driver::new();
    let sources = driver.home.path().join("sources");
    driver.key(CTRL, Key::O);
    driver.write(&sources.display().to_string());
    driver.key(NONE, Key::Enter);
    driver.settle();
    assert_eq!(title(&driver), "Test", "it is still open");
    assert!(driver.harness.query_by_label_contains("no project.ron").is_some());
    driver.key(NONE, Key::Escape);
    driver.settle();
    assert!(!is_project(&sources) && driver.app().overlay.is_none());
    driver.char('p');
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_schema_file_that_is_wrong_is_named_with_its_line_and_nothing_is_made() {
    let mut driver = Driver::new();
    let file = driver.home.path().join("mine.ron");
    #[allow(clippy::disallowed_methods)] // A test's own input.
    std::fs::write(&file, "(\n  jejak_schema: 1,\n  name: \"x\",\n  label: [],\n)\n").unwrap();
    driver.key(CTRL, Key::N);
    driver.write("Other");
    driver.harness.get_by_label("From a file:").click();
    driver.settle();
    driver.harness.get_all_by_label("From a file:").last().unwrap().focus();
    driver.settle();
    driver.write(&file.display().to_string());
    driver.key(CTRL, Key::Enter);
    driver.settle();
    assert!(driver.failures()[0].contains("mine.ron:4:"), "{:?}", driver.failures());
    assert!(!is_project(&driver.home.path().join("Other")) && title(&driver) == "Test");
}

#[test]
fn a_project_gets_another_title_and_a_recent_one_is_opened_from_the_menu() {
    let mut driver = Driver::new();
    driver.palette("Rename the project");
    driver.write("Perjalanan");
    driver.key(NONE, Key::Enter);
    driver.settle();
    assert_eq!(title(&driver), "Perjalanan");
    driver.key(CTRL, Key::N);
    driver.write("Two");
    driver.key(CTRL, Key::Enter);
    driver.settle();
    assert_eq!(title(&driver), "Two");
    driver.harness.get_by_label("Project").click();
    driver.settle();
    driver.harness.get_by_label_contains("Open recent").click();
    driver.settle();
    let within = driver.home.path().display().to_string();
    let recent = format!("project {within}");
    driver.harness.get_by_label(&recent).hover();
    driver.settle();
    driver.harness.get_by_label(&recent).click();
    driver.settle();
    driver.settle();
    assert_eq!(title(&driver), "Perjalanan", "it was kept, too");
}

#[test]
fn the_window_opens_where_one_was() {
    let mut driver = Driver::new();
    driver.key(CTRL, Key::PageDown);
    driver.settle();
    for _ in 0..5 {
        driver.key(NONE, Key::ArrowRight);
    }
    let (article, caret) = {
        let open = driver.work().open.as_ref().unwrap();
        (open.id.clone(), open.reader.caret())
    };
    assert!(caret > 0);
    driver.key(NONE, Key::F12);
    assert!(driver.close_window());
    let kept = Settings::load(&driver.home.path().join("settings")).unwrap();
    assert!(kept.places[0].project.is_absolute());
    let Driver { harness, home } = driver;
    driver::close(harness.into_state());
    let project = home.path().join("project");
    let driver = driver::start(home, &project, &kept);
    let open = driver.work().open.as_ref().unwrap();
    assert_eq!((&open.id, open.reader.caret(), driver.app().view), (&article, caret, View::Schema));
}
