//! Suggestions in the article: taken, corrected and turned down by real keys, and by nothing else.

use std::collections::BTreeMap;

use eframe::egui::{Event, Key, Modifiers};
use jejak::assist::Suggestion;
use jejak::model::{AnnotationSet, SetKind, Via};
use jejak::store::settings::Suggesting;
use jejak::store::{Access, Session};

use crate::dice::Dice;
use crate::driver::asked::Asked;
use crate::driver::{Driver, shown};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// Two articles with the same names, and one with none of them.
const ARTICLES: [(&str, &str); 3] = [
    (
        "1-tiba.txt",
        "Presiden Samudra Raka Wirya tiba di Bandar Laut pada 18 Juni 2024. Ia disambut Lidia Moreno di Istana Angin.\n\
         Menurut Kantor Berita Ombak, Raka Wirya dan Lidia Moreno membahas pelabuhan Bandar Laut di Istana Angin. Raka \
         Wirya pulang besok.\n",
    ),
    (
        "2-terbang.txt",
        "Menurut Kantor Berita Ombak, Raka Wirya terbang ke Bandar Laut pada 20 Juni 2024. Ia bertemu Lidia Moreno dan \
         Darma Putra di Istana Angin Selatan.\nRaka Wirya dan Lidia Moreno membahas Samudra. Lidia Moreno pulang pada \
         21 Juni 2024.\n",
    ),
    ("3-cuaca.txt", "Hujan turun sepanjang hari di lembah.\n"),
];

/// The marks of the first article that are made by hand.
const BY_HAND: [(&str, usize, char); 9] = [
    ("Samudra", 0, 'l'),
    ("Raka Wirya", 0, 'p'),
    ("Bandar Laut", 0, 'l'),
    ("Lidia Moreno", 0, 'p'),
    ("Istana Angin", 0, 'l'),
    ("Kantor Berita Ombak", 0, 'o'),
    ("Raka Wirya", 1, 'p'),
    ("Lidia Moreno", 1, 'p'),
    ("Bandar Laut", 1, 'l'),
];

pub(crate) fn beginning() -> Driver {
    Driver::with_articles(|folder| {
        for (name, text) in ARTICLES {
            #[allow(clippy::disallowed_methods)] // A test's own input.
            std::fs::write(folder.join(name), text).unwrap();
        }
        vec![folder.to_owned()]
    })
}

pub(crate) fn mark(driver: &mut Driver, marks: &[(&str, usize, char)]) {
    for &(words, nth, key) in marks {
        let span = driver.find(words, nth);
        driver.select_with_mouse(span);
        driver.char(key);
        driver.key(NONE, Key::Escape);
    }
}

/// Has every article get suggestions, as a person does.
pub(crate) fn switch_on(driver: &mut Driver) {
    driver.key(CTRL_SHIFT, Key::T);
    driver.palette("Sources of suggestions");
    driver.harness.get_by_label("0 %").click();
    driver.settle();
    driver.key(NONE, Key::Escape);
    assert!(driver.app().overlay.is_none());
}

/// A window with the first article marked by hand and done, suggestions on, and the second article open.
pub(crate) fn assisted() -> Driver {
    let mut driver = beginning();
    mark(&mut driver, &BY_HAND);
    driver.key(CTRL, Key::D);
    switch_on(&mut driver);
    driver.key(CTRL, Key::PageDown);
    driver
}

pub(crate) fn ghosts(driver: &Driver) -> Vec<String> {
    let words = |ghost: &Suggestion| driver.text().slice(ghost.extent().unwrap()).to_owned();
    driver.work().ghosts().iter().map(|ghost| format!("{}: {}", ghost.label, words(ghost))).collect()
}

/// The reason why nothing is suggested here.
fn silence(driver: &Driver) -> String {
    driver.work().silence().map_or(String::new(), |silence| format!("{silence:?}"))
}

/// The words that keys are about.
pub(crate) fn current(driver: &Driver) -> String {
    driver.work().ghost().map_or(String::new(), |at| ghosts(driver)[at].clone())
}

fn origins(driver: &Driver) -> BTreeMap<String, (String, bool)> {
    let text = driver.text();
    let origin = |via: &Via| match via {
        Via::Suggestion { source, changed, .. } => (source.to_string(), *changed),
        via => (format!("{via:?}"), false),
    };
    driver.set().iter().map(|record| (shown(text, record), origin(&record.origin.via))).collect()
}

#[test]
fn the_second_article_is_taken_from_suggestions_and_every_step_can_be_undone() {
    let mut driver = assisted();
    let first = ghosts(&driver);
    assert_eq!(
        first,
        [
            "organization: Kantor Berita Ombak",
            "person: Raka Wirya",
            "place: Bandar Laut",
            "date: 20 Juni 2024",
            "person: Lidia Moreno",
            "place: Istana Angin",
            "person: Raka Wirya",
            "person: Lidia Moreno",
            "place: Samudra",
            "person: Lidia Moreno",
            "date: 21 Juni 2024",
        ]
    );
    assert_eq!(driver.marked(), [""; 0], "nothing is anybody's before a key");
    assert!(driver.harness.query_by_label("11 suggestions").is_some());
    // Accept and go on.
    driver.key(NONE, Key::Enter);
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.marked(), ["organization: Kantor Berita Ombak", "person: Raka Wirya"]);
    assert_eq!(current(&driver), "place: Bandar Laut");
    // Another label costs the same: one key.
    driver.char('o');
    assert!(driver.marked().contains(&"organization: Bandar Laut".to_owned()), "{:?}", driver.marked());
    assert_eq!(current(&driver), "date: 20 Juni 2024");
    driver.key(NONE, Key::Enter);
    let value = driver.set().iter().find(|it| it.label == *"date").unwrap().attribute("value").map(str::to_owned);
    assert_eq!(value.as_deref(), Some("2024-06-20"), "the value comes along");
    // Turned down: these words are not suggested here again.
    driver.char('`');
    assert!(!ghosts(&driver).iter().any(|it| it == "person: Lidia Moreno"), "{:?}", ghosts(&driver));
    // Another edge costs the same, too.
    assert_eq!(current(&driver), "place: Istana Angin");
    driver.char(']');
    assert!(driver.marked().contains(&"place: Istana Angin Selatan".to_owned()), "{:?}", driver.marked());
    driver.key(NONE, Key::Escape);
    let before = driver.marked().len();
    let strong = driver.work().strong_in_view().len();
    assert!(strong > 0);
    driver.key(CTRL, Key::Enter);
    assert_eq!(driver.marked().len(), before + strong);
    assert!(driver.work().strong_in_view().is_empty());
    let origins = origins(&driver);
    assert_eq!(origins["person: Raka Wirya"], ("lexicon".to_owned(), false));
    assert_eq!(origins["organization: Bandar Laut"], ("lexicon".to_owned(), true));
    assert_eq!(origins["place: Istana Angin Selatan"], ("lexicon".to_owned(), true));
    assert_eq!(origins["date: 20 Juni 2024"], ("dates".to_owned(), false));
    let whole = driver.set().clone();
    let steps = 7;
    for _ in 0..steps {
        driver.key(CTRL, Key::Z);
    }
    assert_eq!(driver.marked(), [""; 0]);
    assert_eq!(ghosts(&driver), first, "what was turned down is suggested again");
    for _ in 0..steps {
        driver.key(CTRL_SHIFT, Key::Z);
    }
    assert!(*driver.set() == whole);
    let waiting = ghosts(&driver);
    let mut driver = driver.reopen();
    assert!(*driver.set() == whole, "{:?}", driver.marked());
    assert_eq!(ghosts(&driver), [""; 0], "another window's person has them off");
    switch_on(&mut driver);
    assert_eq!(ghosts(&driver), waiting, "what was turned down stays so on disk");
    assert_eq!(driver.on_disk()[1].1, whole);
}

#[test]
fn keys_that_move_take_nothing_and_a_key_that_is_held_down_takes_one() {
    let mut driver = assisted();
    let expected = ghosts(&driver);
    for (modifiers, key) in [
        (NONE, Key::Tab),
        (Modifiers::SHIFT, Key::Tab),
        (NONE, Key::ArrowRight),
        (NONE, Key::ArrowDown),
        (NONE, Key::PageDown),
        (NONE, Key::PageUp),
        (NONE, Key::End),
        (CTRL, Key::Home),
        (NONE, Key::Escape),
        (CTRL, Key::PageDown),
        (CTRL, Key::PageUp),
        (CTRL, Key::T),
        (NONE, Key::Escape),
        (CTRL, Key::Home),
    ] {
        driver.key(modifiers, key);
        assert_eq!(driver.marked(), [""; 0], "{key:?}");
    }
    for (c, words) in [
        // The caret comes to the one that is marked already, then goes on.
        ('.', "organization: Kantor Berita Ombak"),
        ('.', "person: Raka Wirya"),
        (',', "organization: Kantor Berita Ombak"),
        (',', "date: 21 Juni 2024"),
    ] {
        driver.char(c);
        assert_eq!((driver.marked().len(), current(&driver).as_str()), (0, words));
    }
    assert_eq!(ghosts(&driver), expected);
    // Held down: the system sends the press again and again.
    driver.char('.');
    let press = |key| Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: NONE };
    for _ in 0..5 {
        driver.harness.event(press(Key::Enter));
        driver.harness.step();
    }
    driver.harness.event(Event::Key {
        key: Key::Enter,
        physical_key: None,
        pressed: false,
        repeat: false,
        modifiers: NONE,
    });
    driver.settle();
    assert_eq!(driver.marked(), ["organization: Kantor Berita Ombak"]);
    for _ in 0..5 {
        // A keyboard gives the key and its character at once.
        driver.harness.input_mut().events.extend([press(Key::P), Event::Text("p".to_owned())]);
        driver.harness.step();
    }
    driver.settle();
    assert_eq!(driver.marked(), ["organization: Kantor Berita Ombak", "person: Raka Wirya"]);
}

#[test]
fn a_source_that_is_wrong_is_corrected_by_the_person_alone() {
    let mut driver = beginning();
    mark(&mut driver, &BY_HAND);
    // A word that is not a name, marked as one.
    mark(&mut driver, &[("Menurut", 0, 'p')]);
    driver.key(CTRL, Key::D);
    switch_on(&mut driver);
    driver.key(CTRL, Key::PageDown);
    assert_eq!(current(&driver), "person: Menurut");
    driver.key(NONE, Key::Tab);
    driver.key(NONE, Key::PageDown);
    driver.key(CTRL, Key::D);
    assert_eq!(driver.marked(), [""; 0], "to be done takes nothing");
    assert_eq!((ghosts(&driver).len(), silence(&driver)), (0, "Done".to_owned()));
    driver.key(CTRL, Key::Z);
    driver.key(CTRL, Key::Home);
    assert_eq!(current(&driver), "person: Menurut");
    driver.char('`');
    assert!(!ghosts(&driver).contains(&"person: Menurut".to_owned()));
    assert_eq!(driver.marked(), [""; 0]);
}

#[test]
fn nothing_is_suggested_where_it_is_off_or_the_article_is_drawn_to_come_without() {
    let mut driver = beginning();
    assert!(!Suggesting::default().on, "off until a person wants it");
    mark(&mut driver, &BY_HAND);
    driver.key(CTRL, Key::PageDown);
    assert_eq!((ghosts(&driver).len(), silence(&driver)), (0, String::new()));
    assert!(driver.harness.query_by_label("Sources…").is_none());
    switch_on(&mut driver);
    assert!(!ghosts(&driver).is_empty(), "an article that is only begun teaches words");
    driver.harness.state_mut().change_settings(|settings| settings.suggesting.without = 100);
    driver.settle();
    assert_eq!((ghosts(&driver).len(), silence(&driver)), (0, "Without".to_owned()));
    driver.harness.state_mut().change_settings(|settings| settings.suggesting.without = 0);
    // Gold is decided, not suggested.
    driver.key(NONE, Key::F4);
    assert!(driver.harness.query_by_label("Sources…").is_none());
    driver.key(NONE, Key::F2);
    // A source that is not asked says nothing.
    driver.palette("Sources of suggestions");
    driver.harness.get_by_label("Dates").click();
    driver.settle();
    driver.key(NONE, Key::Escape);
    assert!(!ghosts(&driver).is_empty());
    assert!(!ghosts(&driver).iter().any(|it| it.starts_with("date")), "{:?}", ghosts(&driver));
    driver.key(CTRL_SHIFT, Key::T);
    assert_eq!(ghosts(&driver), [""; 0]);
    driver.key(CTRL, Key::PageDown);
    driver.key(CTRL_SHIFT, Key::T);
    assert_eq!((ghosts(&driver).len(), silence(&driver)), (0, "Nothing".to_owned()));
}

#[test]
fn a_word_that_was_just_marked_is_suggested_wherever_it_stands() {
    let mut driver = beginning();
    switch_on(&mut driver);
    assert_eq!(ghosts(&driver), ["date: 18 Juni 2024"], "what one knows without learning");
    mark(&mut driver, &[("Lidia Moreno", 0, 'p')]);
    assert_eq!(ghosts(&driver), ["date: 18 Juni 2024", "person: Lidia Moreno"]);
    driver.harness.get_by_label_contains("Accept “Lidia Moreno”").click();
    driver.settle();
    assert_eq!(driver.marked(), ["person: Lidia Moreno", "person: Lidia Moreno"], "by the mouse alone, at the caret");
}

/// Deeds of a person that may change what they marked, and how many annotations it may make or take away.
const MEANT: [(&str, usize); 5] =
    [("Enter", 1), ("`", 0), ("o", 1), ("Ctrl+Enter", usize::MAX), ("Ctrl+Z", usize::MAX)];

#[test]
fn a_persons_set_changes_by_that_persons_commands_alone() {
    for seed in 1..=3 {
        let mut driver = assisted();
        let mut dice = Dice(0x9e37_79b9_7f4a_7c15_u64.wrapping_mul(seed));
        for step in 0..60 {
            let before = sets(&driver);
            let roll = dice.roll(16) as usize;
            if let Some(&(what, most)) = MEANT.get(roll) {
                match what {
                    "Enter" => driver.key(NONE, Key::Enter),
                    "Ctrl+Enter" => driver.key(CTRL, Key::Enter),
                    "Ctrl+Z" => driver.key(CTRL, Key::Z),
                    c => driver.try_char(c.chars().next().unwrap()),
                }
                let count =
                    |sets: &BTreeMap<String, AnnotationSet>| sets.values().map(AnnotationSet::len).sum::<usize>();
                let changed = count(&before).abs_diff(count(&sets(&driver)));
                assert!(changed <= most, "seed {seed}, step {step}: {what} changed {changed}");
                if driver.app().overlay.is_some() {
                    driver.key(NONE, Key::Escape);
                }
                continue;
            }
            let moves = [
                (NONE, Key::Tab),
                (NONE, Key::ArrowDown),
                (NONE, Key::ArrowRight),
                (NONE, Key::PageDown),
                (CTRL, Key::Home),
                (CTRL, Key::PageDown),
                (CTRL, Key::PageUp),
                (CTRL_SHIFT, Key::T),
                (NONE, Key::Escape),
            ];
            match moves.get(roll - MEANT.len()) {
                Some(&(modifiers, key)) => driver.key(modifiers, key),
                None if roll.is_multiple_of(2) => driver.char('.'),
                None => others_work_comes(&driver, step),
            }
            driver.settle();
            assert!(before == sets(&driver), "seed {seed}, step {step}: roll {roll}");
        }
    }
}

/// Everything that the person at work has marked in articles that are loaded.
fn sets(driver: &Driver) -> BTreeMap<String, AnnotationSet> {
    let corpus = driver.work().session.corpus();
    let own = corpus.sets().filter(|((_, maker), _)| maker == driver.work().annotator());
    own.filter(|(_, set)| !set.is_empty()).map(|((id, _), set)| (id.to_string(), set.clone())).collect()
}

/// Somebody else's set of the first article comes into the folder, as from another clone.
#[allow(clippy::disallowed_methods)] // It plays another program.
fn others_work_comes(driver: &Driver, step: usize) {
    let own = driver.project().join("sets").join(crate::driver::ANNOTATOR);
    let theirs = driver.project().join("sets").join(format!("other{}", step % 3));
    std::fs::create_dir_all(&theirs).unwrap();
    // There is no file before the journal is written out.
    for file in std::fs::read_dir(own).into_iter().flatten().flatten() {
        if let Ok(text) = std::fs::read_to_string(file.path()) {
            let text = text.replace(crate::driver::ANNOTATOR, &format!("other{}", step % 3));
            std::fs::write(theirs.join(file.file_name()), text).unwrap();
        }
    }
}

#[test]
fn one_key_takes_every_zone_that_is_suggested_when_an_article_opens() {
    let mut driver = Driver::new();
    switch_on(&mut driver);
    let zones: Vec<String> = ghosts(&driver).into_iter().filter(|it| it.starts_with("boilerplate")).collect();
    assert_eq!(zones, ["boilerplate: ADVERTISEMENT"], "{:?}", ghosts(&driver));
    driver.char('p');
    assert!(!driver.marked().iter().any(|it| it.starts_with("person: ADVERT")), "a label of names takes no paragraph");
    driver.key(CTRL, Key::Z);
    assert_eq!(driver.marked(), [""; 0]);
    driver.char('Z');
    assert!(driver.marked().contains(&"boilerplate: ADVERTISEMENT".to_owned()), "{:?}", driver.marked());
    let kinds: Vec<_> = driver.set().iter().map(|record| driver.kind(record)).collect();
    assert!(kinds.iter().all(|kind| *kind == jejak::model::Kind::Zone), "{:?}", driver.marked());
    driver.key(CTRL, Key::Z);
    assert_eq!(driver.marked(), [""; 0], "one step");
}

#[test]
fn a_trip_is_taken_from_its_ghost_card_with_all_that_fills_it() {
    let mut driver = assisted();
    driver.key(CTRL, Key::Enter);
    let mut looked = 0;
    while current(&driver) != "trip: terbang ke" {
        driver.char('.');
        looked += 1;
        assert!(looked < 30, "{:?}", ghosts(&driver));
    }
    assert!(driver.harness.query_by_label("Trip? “terbang ke”").is_some());
    let before = driver.marked().len();
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.marked().len(), before + 1);
    let trip = driver.set().iter().find(|record| record.label == *"trip").unwrap();
    let roles = crate::driver::roles(&driver, trip);
    assert!(roles.contains(&"traveller = person: Raka Wirya".to_owned()), "{roles:?}");
    assert_eq!(origins(&driver)["trip: terbang ke"], ("frames".to_owned(), false));
    driver.key(CTRL, Key::Z);
    assert_eq!(driver.marked().len(), before);
}

#[test]
fn a_part_of_a_ghost_card_is_left_out_by_its_key() {
    const ALT: Modifiers = Modifiers::ALT;
    let mut driver = assisted();
    driver.key(CTRL, Key::Enter);
    while current(&driver) != "trip: terbang ke" {
        driver.char('.');
    }
    let ghost = driver.work().ghosts()[driver.work().ghost().unwrap()].clone();
    assert!(ghost.roles.len() >= 2, "{ghost:?}");
    let before = driver.marked();
    driver.key(ALT, Key::Num1);
    driver.key(ALT, Key::Num2);
    driver.key(ALT, Key::Num2);
    driver.key(ALT, Key::Num9);
    assert_eq!(driver.marked(), before, "to choose parts takes nothing");
    driver.key(NONE, Key::Enter);
    let trip = driver.set().iter().find(|record| record.label == *"trip").unwrap();
    let left: Vec<_> = ghost.roles[1..].to_vec();
    assert_eq!(trip.roles, left);
    assert_eq!(origins(&driver)["trip: terbang ke"], ("frames".to_owned(), true), "it was changed");
}

#[test]
fn what_became_of_suggestions_is_told_by_source_and_label() {
    let mut driver = assisted();
    driver.key(NONE, Key::Enter);
    driver.key(NONE, Key::Enter);
    driver.char('`');
    driver.palette("Sources of suggestions");
    for told in ["Organization: 1 of 1 right", "Person: 1 of 1 right", "Place: 0 of 1 right"] {
        assert!(driver.harness.query_by_label(told).is_some(), "{told}");
    }
}

#[test]
fn the_set_of_a_model_is_a_source_once_a_person_asks_it() {
    let driver = beginning();
    let project = driver.project();
    let (first, wrong) = (driver.find("Istana Angin", 0), driver.find("tiba", 0));
    let Driver { harness, home } = driver;
    crate::driver::close(harness.into_state());
    crate::driver::annotate(&project, "mesin", 0, &[("place", first), ("person", wrong)]);
    crate::driver::annotate(&project, "siti", 0, &[("place", first)]);
    let mut session = Session::open(&project, &"mesin".into(), Access::Write).unwrap();
    session.change_project(|project| project.set_kind(&"mesin".into(), SetKind::Model)).unwrap();
    session.close().unwrap();
    let mut driver = crate::driver::start(home, &project, &crate::driver::settings());
    switch_on(&mut driver);
    assert_eq!(ghosts(&driver), ["date: 18 Juni 2024"], "nobody has asked it yet");
    driver.palette("Sources of suggestions");
    assert!(driver.harness.query_by_label("Set of the model siti").is_none(), "a person's set is not a source");
    driver.harness.get_by_label("Set of the model mesin").click();
    driver.settle();
    driver.key(NONE, Key::Escape);
    assert_eq!(ghosts(&driver), ["person: tiba", "date: 18 Juni 2024", "place: Istana Angin"]);
    assert_eq!(driver.marked(), [""; 0], "nothing is anybody's before a key");
    driver.key(CTRL, Key::Home);
    driver.char('`');
    driver.char('.');
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.marked(), ["place: Istana Angin"]);
    assert_eq!(origins(&driver)["place: Istana Angin"], ("set:mesin".to_owned(), false));
    driver.palette("Sources of suggestions");
    for told in ["Person: 0 of 1 right", "Place: 1 of 1 right"] {
        assert!(driver.harness.query_by_label(told).is_some(), "{told}");
    }
}

#[test]
fn who_a_name_is_stands_on_its_chip_and_comes_along() {
    let mut driver = Driver::with_articles(|folder| {
        for (name, text) in [
            ("1.txt", "Raka Wirya tiba di Bandar Laut. Wirya pulang besok.\n"),
            ("2.txt", "kemarin Wirya terbang lagi.\n"),
        ] {
            #[allow(clippy::disallowed_methods)] // A test's own input.
            std::fs::write(folder.join(name), text).unwrap();
        }
        vec![folder.to_owned()]
    });
    for (words, nth) in [("Raka Wirya", 0), ("Wirya", 1)] {
        driver.select_with_mouse(driver.find(words, nth));
        driver.char('p');
        driver.char('@');
        driver.write("Raka");
        if nth == 0 {
            driver.write(" Wirya");
        }
        driver.key(NONE, Key::Enter);
        driver.key(NONE, Key::Escape);
    }
    switch_on(&mut driver);
    driver.key(CTRL, Key::PageDown);
    let at = ghosts(&driver).iter().position(|it| it == "person: Wirya").unwrap();
    for _ in 0..at {
        driver.char('.');
    }
    assert_eq!(current(&driver), "person: Wirya");
    let who = driver.work().who_suggested(&driver.work().ghosts()[at]);
    assert_eq!(who.as_deref(), Some("Raka Wirya"));
    driver.key(NONE, Key::Enter);
    let named = |driver: &Driver| {
        let referents = driver.work().session.corpus().referents(driver.work().annotator()).unwrap();
        driver.set().iter().find_map(|it| referents.get(&it.referent?)).map(|referent| referent.name.clone())
    };
    assert_eq!(named(&driver).as_deref(), Some("Raka Wirya"));
}
