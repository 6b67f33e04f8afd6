//! Places of all articles: looked for, ticked, labelled, discarded and taken back with real keys; and what is not consistent.

use eframe::egui::{Key, Modifiers};
use jejak::store::settings::Settings;

use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// A window on the sample project, for somebody; at the pane of places.
fn places(annotator: &str) -> Driver {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    let mut driver = driver::start(home, &project, &Settings { annotator: annotator.to_owned(), ..driver::settings() });
    driver.key(NONE, Key::F11);
    driver.write("5");
    driver
}

/// Looks for something: the line is left for the places.
fn look_for(driver: &mut Driver, line: &str) {
    driver.write("/");
    driver.key(CTRL, Key::A);
    driver.write(line);
    driver.key(NONE, Key::Enter);
    driver.settle();
}

/// The lines of the table that is shown, cells divided by `|`.
fn table(driver: &Driver) -> Vec<String> {
    driver.app().corpus.table().lines().map(|line| line.replace('\t', "|")).collect()
}

fn labelled(driver: &Driver, label: &str) -> usize {
    table(driver).iter().filter(|line| line.ends_with(&format!("|{label}"))).count()
}

#[test]
fn twenty_places_are_labelled_undone_redone_reopened_and_equal() {
    let mut driver = places(driver::ANNOTATOR);
    look_for(&mut driver, "kalvera");
    let before = table(&driver);
    assert!(before.len() >= 20, "{}", before.len());
    for _ in 0..20 {
        driver.write(" ");
        driver.key(NONE, Key::ArrowDown);
    }
    assert_eq!(driver.app().corpus.concordance.ticked(), 20);
    driver.write("l");
    driver.wait_for(|work| work.session.history().depth().0 > 0);
    assert_eq!((labelled(&driver, "place"), driver.app().corpus.concordance.ticked()), (20, 0));
    assert_eq!(driver.work().session.history().depth().0, 1, "one step over all articles");
    let after = table(&driver);
    driver.key(CTRL, Key::Z);
    driver.wait_for(|work| work.session.history().depth().1 > 0);
    assert_eq!(table(&driver), before);
    driver.key(CTRL, Key::Y);
    driver.wait_for(|work| work.session.history().depth().1 == 0);
    assert_eq!(table(&driver), after);
    assert_eq!(driver.failures(), [""; 0]);
    let mut driver = driver.reopen();
    driver.key(NONE, Key::F11);
    driver.write("5");
    look_for(&mut driver, "kalvera");
    assert_eq!(table(&driver), after);
    // Taken off again by one key.
    driver.key(CTRL, Key::A);
    driver.key(NONE, Key::Delete);
    driver.settle();
    assert_eq!(labelled(&driver, "place"), 0);
    assert_eq!(table(&driver), before);
}

#[test]
fn discarded_places_stay_where_they_are_and_finished_articles_are_locked() {
    let mut driver = places(driver::ANNOTATOR);
    look_for(&mut driver, "kalvera");
    let all = table(&driver).len();
    driver.write(" ");
    driver.key(Modifiers::SHIFT, Key::ArrowDown);
    driver.write("x");
    driver.settle();
    assert_eq!((table(&driver).len(), driver.app().corpus.concordance.counts().2), (all, 2));
    driver.key(CTRL, Key::A);
    assert_eq!(driver.app().corpus.concordance.ticked(), all - 2, "what was discarded is not ticked with all");
    driver.key(CTRL, Key::A);
    // The words open in their article, and back is the same row.
    let at = driver.app().corpus.at();
    driver.key(NONE, Key::Enter);
    assert!(driver.work().open.as_ref().unwrap().reader.selection().is_some());
    driver.key(CTRL, Key::D);
    driver.key(Modifiers::ALT, Key::ArrowLeft);
    driver.settle();
    assert_eq!(driver.app().corpus.at(), at);
    let (_, locked, discarded) = driver.app().corpus.concordance.counts();
    assert!(locked > 0 && discarded == 2);
    driver.key(CTRL, Key::A);
    assert!(driver.app().corpus.concordance.ticked() <= all - locked, "what is finished is not ticked");
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn what_is_said_to_be_right_is_not_listed_again() {
    let mut driver = places("a");
    driver.settle();
    let open = driver.app().corpus.concordance.findings.all().len();
    assert!(open > 0);
    driver.key(NONE, Key::F6);
    driver.write("r");
    driver.wait_for(|work| work.session.history().depth().0 > 0);
    driver.settle();
    let findings = &driver.app().corpus.concordance.findings;
    assert_eq!((findings.all().len(), findings.right), (open - 1, 1));
    driver.key(CTRL, Key::Z);
    driver.settle();
    assert_eq!(driver.app().corpus.concordance.findings.all().len(), open);
    // The words of a finding are looked for by one key.
    driver.key(NONE, Key::F6);
    driver.key(NONE, Key::F6);
    driver.write("f");
    driver.settle();
    assert!(!table(&driver).is_empty());
    assert_eq!(driver.failures(), [""; 0]);
}
