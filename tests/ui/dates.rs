//! Dates: typed as one says them, proposed from the words and the article's date, taken with one key.

use eframe::egui::{Key, Modifiers};

use crate::driver::Driver;

/// A window on the first article with its date told, in the way in which a person tells it.
fn dated(published: &str) -> Driver {
    let mut driver = Driver::new();
    driver.key(Modifiers::COMMAND, Key::E);
    for _ in 0..2 {
        driver.key(Modifiers::NONE, Key::Tab);
    }
    driver.write(published);
    driver.key(Modifiers::NONE, Key::Enter);
    driver
}

fn published(driver: &Driver) -> String {
    let id = &driver.work().open.as_ref().unwrap().id;
    driver.work().session.corpus().article(id).unwrap().published.clone()
}

/// The value of the only date of the open article.
fn value(driver: &Driver) -> Option<String> {
    let mut dates = driver.set().iter().filter(|record| record.label == *"date");
    let record = dates.next().unwrap();
    assert!(dates.next().is_none());
    record.attribute("value").map(str::to_owned)
}

fn mark(driver: &mut Driver, words: &str) {
    let span = driver.find(words, 0);
    driver.select_with_mouse(span);
    driver.char('d');
}

#[test]
fn a_date_is_kept_as_it_is_meant_however_it_is_typed() {
    let mut driver = dated("17 Juni 2024");
    assert_eq!(published(&driver), "2024-06-17", "the article's own date, too");
    mark(&mut driver, "Selasa (18/6)");
    for (typed, kept) in
        [("19/6", "2024-06-19"), ("20 Juni 2024", "2024-06-20"), ("P2D", "P2D"), ("2021-22", "2021-22")]
    {
        driver.char('=');
        driver.write(typed);
        driver.key(Modifiers::NONE, Key::Enter);
        assert_eq!(value(&driver).as_deref(), Some(kept), "{typed}");
    }
    driver.char('=');
    driver.write("soon");
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(driver.app().overlay.is_some(), "what is no date is not taken");
}
