//! Projects as a whole: made, opened, renamed, and come back to.

use std::path::PathBuf;

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;
use jejak::model::ArticleId;
use jejak::store::is_project;
use jejak::store::settings::Settings;
use jejak::ui::{ProjectCommand, View};

use crate::driver::asked::Asked;
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

/// The titles of the list, from top to bottom, as they are begun.
fn listed(driver: &mut Driver) -> Vec<String> {
    let listed = driver.harness.state_mut().work.as_mut().unwrap().listed();
    let articles = driver.work().session.corpus().articles();
    listed.into_iter().map(|at| articles[at].title.split_whitespace().next().unwrap().to_owned()).collect()
}

#[test]
fn the_list_is_ordered_and_the_keys_go_through_it_as_it_stands() {
    let mut driver = Driver::new();
    let before = listed(&mut driver);
    driver.harness.get_by_label("by").click();
    driver.settle();
    driver.harness.get_by_label("title").click();
    driver.settle();
    let mut sorted = before.clone();
    sorted.sort_by_key(|title| title.to_lowercase());
    assert_eq!(listed(&mut driver), sorted);
    assert!(driver.harness.query_by_label("0 of 3 done").is_some());
    driver.key(CTRL, Key::L);
    driver.key(NONE, Key::Enter);
    driver.settle();
    let title = |driver: &Driver| {
        let corpus = driver.work().session.corpus();
        corpus.article(&driver.work().open.as_ref().unwrap().id).unwrap().title.clone()
    };
    assert!(title(&driver).starts_with(&sorted[0]));
    driver.key(CTRL, Key::PageDown);
    driver.settle();
    assert!(title(&driver).starts_with(&sorted[1]), "the next one of the list");
}

/// A window with a mark in its first article, that article, and the file of its text.
fn with_a_mark() -> (Driver, ArticleId, PathBuf) {
    let mut driver = Driver::new();
    let span = driver.find("Kota Karang", 0);
    driver.select_with_mouse(span);
    driver.char('l');
    driver.settle();
    let first = driver.work().open.as_ref().unwrap().id.clone();
    let text = driver.project().join(&driver.work().session.corpus().articles()[0].file);
    (driver, first, text)
}

#[test]
fn an_article_is_removed_with_its_work_and_one_undo_brings_it_back() {
    let (mut driver, first, text) = with_a_mark();
    let marked = driver.marked();
    assert_eq!(marked.len(), 1);
    driver.palette("Remove the article");
    assert!(driver.harness.query_by_label_contains("Remove “").is_some(), "it is asked");
    driver.key(NONE, Key::Enter);
    driver.settle();
    driver.settle();
    assert_eq!(driver.failures(), [""; 0]);
    assert_eq!(driver.work().session.corpus().articles().len(), 2);
    assert!(driver.work().open.as_ref().is_none_or(|open| open.id != first));
    assert!(driver.said().contains("annotations 1"), "{}", driver.said());
    #[allow(clippy::disallowed_methods)] // A test looks at the disk.
    let there = text.exists();
    assert!(there, "its text stays");
    driver.key(CTRL, Key::Z);
    driver.settle();
    driver.settle();
    assert_eq!(driver.failures(), [""; 0]);
    assert_eq!(driver.work().session.corpus().articles().len(), 3);
    let look = ProjectCommand::LookAt(first.clone(), None).into();
    let ctx = driver.harness.ctx.clone();
    driver.harness.state_mut().perform(&ctx, look);
    driver.settle();
    assert_eq!((&driver.work().open.as_ref().unwrap().id, driver.marked()), (&first, marked));
    driver.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    driver.settle();
    assert_eq!(driver.work().session.corpus().articles().len(), 2, "and it goes again");
}

#[test]
fn a_removed_article_is_brought_back_from_the_trash_or_deleted_for_good() {
    let (mut driver, first, text) = with_a_mark();
    let marked = driver.marked();
    let remove = |driver: &mut Driver| {
        driver.palette("Remove the article");
        driver.key(NONE, Key::Enter);
        driver.settle();
        driver.settle();
    };
    let look = |driver: &mut Driver| {
        driver.palette("Removed articles");
        driver.settle();
    };
    look(&mut driver);
    assert!(driver.harness.query_by_label("The trash is empty.").is_some());
    driver.key(NONE, Key::Escape);
    remove(&mut driver);
    let mut driver = driver.reopen();
    look(&mut driver);
    assert!(driver.harness.query_by_label_contains("annotations 1").is_some());
    driver.key(NONE, Key::Enter);
    driver.settle();
    driver.settle();
    assert_eq!(driver.failures(), [""; 0]);
    let command = ProjectCommand::LookAt(first.clone(), None).into();
    let ctx = driver.harness.ctx.clone();
    driver.harness.state_mut().perform(&ctx, command);
    driver.settle();
    assert_eq!((&driver.work().open.as_ref().unwrap().id, driver.marked()), (&first, marked));
    remove(&mut driver);
    look(&mut driver);
    driver.harness.get_by_label_contains("Empty the trash").click();
    driver.settle();
    assert!(driver.harness.query_by_label_contains("for good?").is_some(), "it is asked");
    driver.key(NONE, Key::Enter);
    driver.settle();
    driver.settle();
    assert_eq!(driver.failures(), [""; 0]);
    #[allow(clippy::disallowed_methods)] // A test looks at the disk.
    let there = text.exists();
    assert!(!there, "its text is gone");
    look(&mut driver);
    assert!(driver.harness.query_by_label("The trash is empty.").is_some());
}
