//! Dates: typed as one says them, proposed from the words and the article's date, taken with one key.

use eframe::egui::{Key, Modifiers};

use crate::driver::Driver;
use crate::driver::asked::Asked;

/// A window on the first article with its date told, in the way in which a person tells it.
fn dated(published: &str) -> Driver {
    let mut driver = Driver::new();
    driver.key(Modifiers::COMMAND, Key::E);
    for _ in 0..3 {
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

#[test]
fn a_date_is_proposed_from_its_words_and_one_key_takes_it() {
    let mut driver = dated("2024-06-17");
    mark(&mut driver, "Selasa (18/6)");
    assert_eq!(value(&driver), None, "nothing is taken by itself");
    assert!(driver.said().contains("2024-06-18"), "{}", driver.said());
    assert!(
        driver.harness.query_by_label("2024-06-18?  Enter").is_some(),
        "the proposal is shown where the value will be"
    );
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(value(&driver).as_deref(), Some("2024-06-18"));
    assert!(driver.harness.query_by_label("2024-06-18?  Enter").is_none());
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(value(&driver), None, "one step");
    // By the mouse alone.
    driver.harness.get_by_label("2024-06-18?  Enter").click();
    driver.settle();
    assert_eq!(value(&driver).as_deref(), Some("2024-06-18"));
    // Whoever means another date begins with the one that is proposed.
    driver.key(Modifiers::COMMAND, Key::Z);
    driver.char('=');
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(value(&driver).as_deref(), Some("2024-06-18"));
}

#[test]
fn a_date_that_fills_a_role_is_taken_with_the_same_key() {
    let mut driver = dated("2024-06-17");
    let trigger = driver.find("kunjungan kenegaraan", 0);
    driver.select_with_mouse(trigger);
    driver.char('t');
    driver.char('A');
    let words = driver.find("Selasa (18/6)", 0);
    driver.select_with_mouse(words);
    assert_eq!(driver.work().armed().map(|(_, role)| role.to_string()).as_deref(), Some("arrival"), "it takes many");
    assert!(driver.harness.query_by_label("2024-06-18?").is_some(), "the chip tells");
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(value(&driver).as_deref(), Some("2024-06-18"));
    // Elsewhere the key fills, as ever.
    let words = driver.find("Kamis (20/6)", 0);
    driver.select_with_keys(words);
    driver.key(Modifiers::NONE, Key::Enter);
    let trip = driver.set().iter().find(|record| record.label == *"trip").unwrap();
    assert_eq!(trip.roles.len(), 2);
}

#[test]
fn what_was_mentioned_before_and_the_sentence_count() {
    let mut driver = Driver::with_articles(|folder| {
        let text =
            "Delegasi itu tiba pada 3 Mei 2024. Keesokan harinya mereka pulang.\n\nMereka akan kembali pada Sabtu.\n";
        #[allow(clippy::disallowed_methods)] // A test's own input.
        std::fs::write(folder.join("delegasi.txt"), text).unwrap();
        vec![folder.to_owned()]
    });
    let take = |driver: &mut Driver, words: &str| {
        let span = driver.find(words, 0);
        driver.select_with_mouse(span);
        driver.char('d');
        driver.key(Modifiers::NONE, Key::Enter);
        let record = driver.set().iter().find(|record| record.at == [span]).unwrap();
        record.attribute("value").map(str::to_owned)
    };
    assert_eq!(take(&mut driver, "3 Mei 2024").as_deref(), Some("2024-05-03"), "needs no date of the article");
    assert_eq!(take(&mut driver, "Keesokan harinya").as_deref(), Some("2024-05-04"));
    assert_eq!(take(&mut driver, "Sabtu"), None, "of which week nobody knows");
}

#[test]
fn the_date_of_the_article_is_proposed_from_its_dateline() {
    let mut driver = Driver::with_articles(|folder| {
        let text =
            "Delegasi Tiba\n\n12 Maret 2025 7:15 WIB\n\nDelegasi itu tiba pada Selasa dan pulang sepekan kemudian.\n";
        #[allow(clippy::disallowed_methods)] // A test's own input.
        std::fs::write(folder.join("delegasi.txt"), text).unwrap();
        vec![folder.to_owned()]
    });
    assert_eq!(published(&driver), "", "nothing is taken by itself");
    assert!(driver.harness.query_by_label_contains("2025-03-12").is_some());
    // Dates are counted from it as long as nobody says otherwise.
    mark(&mut driver, "Selasa");
    assert!(driver.said().contains("2025-03-11"), "{}", driver.said());
    driver.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::D);
    assert_eq!(published(&driver), "2025-03-12");
    assert!(driver.said().contains("12 Maret 2025"), "{}", driver.said());
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(published(&driver), "");
}

#[test]
fn no_code_knows_the_label_by_its_name() {
    let mut schema = jejak::model::Schema::trips();
    for label in &mut schema.labels {
        if label.name == *"date" {
            label.name = "moment".into();
            label.attributes[0].name = "when".into();
        }
        for role in &mut label.roles {
            role.fillers.iter_mut().filter(|filler| **filler == *"date").for_each(|filler| *filler = "moment".into());
        }
    }
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::Session::create(&project, "Test", schema).unwrap();
    let file = home.path().join("a.txt");
    #[allow(clippy::disallowed_methods)] // A test's own input.
    std::fs::write(&file, "Delegasi itu tiba pada 3 Mei 2024.\n").unwrap();
    let reading = jejak::ingest::Reading::default();
    let mut session =
        jejak::store::Session::open(&project, &crate::driver::ANNOTATOR.into(), jejak::store::Access::Write).unwrap();
    let drafts = jejak::ingest::read(&file, &reading, &mut |_| true).unwrap();
    session.add_articles(drafts.into_iter().map(Result::unwrap).collect()).unwrap();
    session.close().unwrap();
    let mut driver = crate::driver::start(home, &project, &crate::driver::settings());
    mark(&mut driver, "3 Mei 2024");
    driver.key(Modifiers::NONE, Key::Enter);
    let record = driver.set().iter().next().unwrap();
    assert_eq!((record.label.as_str(), record.attribute("when")), ("moment", Some("2024-05-03")));
}
