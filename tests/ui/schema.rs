//! The schema is changed in the window: in all sets at once, looked at first, undone in one step.

use eframe::egui::{Key, Modifiers};
use jejak::model::Kind;
use jejak::ui::View;

use crate::driver::asked::Asked;
use crate::driver::{self, ANNOTATOR, Driver};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// A window on the schema of a project in which two people have marked the same words.
fn schema() -> Driver {
    let Driver { harness, home } = Driver::new();
    driver::close(harness.into_state());
    let project = home.path().join("project");
    let text = std::fs::read_dir(project.join("articles")).unwrap().flatten().map(|file| file.path()).min().unwrap();
    let at = std::fs::read_to_string(text).unwrap().find("Raka Wirya").unwrap() as u32;
    let span = jejak::text::Span::new(at, at + "Raka Wirya".len() as u32);
    for who in [ANNOTATOR, "beni"] {
        driver::annotate(&project, who, 0, &[("person", span)]);
    }
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(NONE, Key::F12);
    assert_eq!(driver.app().view, View::Schema);
    looked_at(&mut driver);
    driver
}

/// Waits until everything is counted and looked at.
fn looked_at(driver: &mut Driver) {
    driver.settle();
    let start = std::time::Instant::now();
    while driver.app().schema.busy() {
        assert!(start.elapsed() < std::time::Duration::from_secs(20), "the change is not looked at");
        driver.settle();
    }
    driver.settle();
}

fn press(driver: &mut Driver, button: &str) {
    driver.harness.get_by_label(button).click();
    looked_at(driver);
}

fn labels(driver: &Driver) -> Vec<String> {
    driver.work().session.corpus().schema.labels.iter().map(|label| label.name.to_string()).collect()
}

/// The labels of the lines of everybody's sets in the first article.
fn marked(driver: &mut Driver) -> Vec<String> {
    driver.settle();
    let mut found = Vec::new();
    for who in [ANNOTATOR, "beni"] {
        for file in std::fs::read_dir(driver.project().join("sets").join(who)).unwrap().flatten() {
            let text = std::fs::read_to_string(file.path()).unwrap();
            let lines = text.lines().filter_map(|line| line.split("label: \"").nth(1)?.split('"').next());
            found.extend(lines.map(|label| format!("{who} {label}")));
        }
    }
    found
}

#[test]
fn a_label_gets_another_name_in_everybodys_sets_and_back() {
    let mut driver = schema();
    let before = marked(&mut driver);
    assert_eq!(before.len(), 2, "{before:?}");
    driver.harness.get_all_by_label("Rename…").next().unwrap().click();
    looked_at(&mut driver);
    driver.write("human");
    looked_at(&mut driver);
    assert!(driver.harness.query_by_label_contains("Annotations changed: 2").is_some(), "nothing is shown beforehand");
    assert_eq!(marked(&mut driver), before, "it was done before anybody said so");
    driver.key(CTRL, Key::Enter);
    driver.wait_for(|work| work.session.corpus().schema.label("human").is_some());
    looked_at(&mut driver);
    assert!(!labels(&driver).contains(&"person".to_owned()));
    driver.key(CTRL, Key::S);
    driver.settle();
    assert!(marked(&mut driver).iter().all(|line| line.ends_with("human")), "{:?}", marked(&mut driver));
    driver.key(CTRL, Key::Z);
    driver.wait_for(|work| work.session.corpus().schema.label("person").is_some());
    driver.key(CTRL, Key::S);
    driver.settle();
    assert_eq!(marked(&mut driver), before);
}

#[test]
fn what_is_written_in_the_form_is_done_when_it_is_applied() {
    let mut driver = schema();
    let count = labels(&driver).len();
    driver.key(CTRL, Key::N);
    looked_at(&mut driver);
    driver.write("ship");
    looked_at(&mut driver);
    assert_eq!(labels(&driver).len(), count, "a label came before it was applied");
    driver.key(CTRL, Key::Enter);
    driver.wait_for(|work| work.session.corpus().schema.label("ship").is_some());
    looked_at(&mut driver);
    assert_eq!(driver.work().session.corpus().schema.kind("ship"), Kind::Entity);
    // Another place in the order, and back without a trace.
    driver.key(Modifiers::ALT, Key::ArrowUp);
    looked_at(&mut driver);
    assert!(driver.app().schema.is_edited());
    driver.key(NONE, Key::Escape);
    looked_at(&mut driver);
    assert!(!driver.app().schema.is_edited());
    assert_eq!(labels(&driver).last().map(String::as_str), Some("ship"));
}

#[test]
fn a_locked_schema_says_so_and_stays() {
    let mut driver = schema();
    press(&mut driver, "Lock");
    assert!(driver.work().session.corpus().project.schema_locked);
    assert!(driver.harness.query_by_label_contains("locked while people annotate").is_some());
    driver.key(CTRL, Key::N);
    driver.settle();
    assert!(!driver.app().schema.is_edited() && driver.failures()[0].contains("locked"), "{:?}", driver.failures());
    assert!(!labels(&driver).iter().any(|label| label.starts_with("new")));
    press(&mut driver, "Unlock");
    assert!(!driver.work().session.corpus().project.schema_locked);
}

#[test]
fn a_label_is_split_by_a_list_of_places_that_are_ticked() {
    let mut driver = schema();
    let before = marked(&mut driver);
    press(&mut driver, "Split…");
    assert!(driver.harness.query_by_label_contains("0 of 2 ticked").is_some(), "the places are not listed");
    assert!(driver.app().schema.change().is_none(), "nothing is ticked yet");
    driver.harness.get_all_by_label("Raka Wirya").last().unwrap().click();
    looked_at(&mut driver);
    assert!(driver.harness.query_by_label_contains("Annotations changed: 1").is_some(), "nothing is shown beforehand");
    press(&mut driver, "Untick them");
    assert!(driver.app().schema.change().is_none());
    press(&mut driver, "Tick all that are listed");
    assert!(driver.harness.query_by_label_contains("Annotations changed: 2").is_some());
    driver.harness.get_all_by_label("Raka Wirya").next().unwrap().click();
    looked_at(&mut driver);
    assert_eq!(marked(&mut driver), before, "it was done before anybody said so");
    driver.key(CTRL, Key::Enter);
    driver.wait_for(|work| work.session.corpus().schema.label("person-2").is_some());
    looked_at(&mut driver);
    driver.key(CTRL, Key::S);
    driver.settle();
    let mut after: Vec<String> =
        marked(&mut driver).iter().map(|line| line.rsplit(' ').next().unwrap().into()).collect();
    after.sort();
    assert_eq!(after, ["person", "person-2"]);
    driver.key(CTRL, Key::Z);
    driver.wait_for(|work| work.session.corpus().schema.label("person-2").is_none());
    driver.key(CTRL, Key::S);
    driver.settle();
    assert_eq!(marked(&mut driver), before);
}

#[test]
fn a_label_with_values_is_split_by_one_or_by_hand() {
    let mut driver = schema();
    driver.harness.query_all_by_label_contains("Place, ").next().unwrap().click();
    looked_at(&mut driver);
    press(&mut driver, "Split…");
    assert!(driver.harness.query_by_label("by a value").is_some());
    press(&mut driver, "by a list of places");
    assert!(driver.harness.query_by_label_contains("0 of 0 ticked").is_some());
    press(&mut driver, "by a value");
    assert!(driver.app().schema.change().is_some(), "its first value is filled in");
}
