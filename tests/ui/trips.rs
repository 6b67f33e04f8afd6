//! Trips and claims: cards, armed roles, candidates, values.

use eframe::egui::{Key, Modifiers};

use crate::driver::{self, Driver};

/// A role, the keys before its words are dragged over, the words with their place, and the keys after.
type Step = (&'static str, &'static [char], (&'static str, usize), &'static [char]);

/// The filled roles of the only frame, as `role: words`.
fn roles(driver: &Driver) -> Vec<String> {
    let (_, set) = driver.work().page().unwrap();
    let schema = &driver.work().session.corpus().schema;
    let frame = set.iter().find(|record| schema.kind(&record.label) == jejak::model::Kind::Frame).unwrap();
    driver::roles(driver, frame)
}

#[test]
fn a_trip_with_five_roles_is_filled_drag_by_drag_and_undone_step_by_step() {
    let mut driver = Driver::new();
    let trigger = driver.find("kunjungan kenegaraan", 0);
    driver.select_with_mouse(trigger);
    driver.char('t');
    // Traveller and destination are required and armed by themselves, one after the other; the others by their keys. A label
    // key is needed only where a role takes several labels.
    let steps: [Step; 5] = [
        ("traveller", &[], ("Raka Wirya", 2), &['p']),
        ("destination", &[], ("Bandar Laut", 2), &[]),
        ("departure", &['B'], ("Selasa", 0), &[]),
        ("host", &['H'], ("Lidia Moreno", 0), &['p']),
        ("via", &['V'], ("Istana Angin", 0), &[]),
    ];
    let mut actions = 1;
    for (role, before, (words, nth), after) in steps {
        before.iter().for_each(|&key| driver.char(key));
        if driver.work().armed().is_some_and(|(_, armed)| armed != *role) {
            driver.key(Modifiers::NONE, Key::Tab);
            actions += 1;
        }
        assert_eq!(driver.work().armed().unwrap().1, *role);
        let span = driver.find(words, nth);
        driver.select_with_mouse(span);
        after.iter().for_each(|&key| driver.char(key));
        actions += before.len() + 1 + after.len();
    }
    assert_eq!(actions, 12);
    let roles = roles(&driver);
    assert_eq!(roles.len(), 5, "{roles:?}");
    assert_eq!(roles[0], "traveller = person: Raka Wirya");
    assert_eq!(roles[1], "destination = place: Bandar Laut");
    let done = driver.set().clone();
    for _ in 0..6 {
        driver.key(Modifiers::COMMAND, Key::Z);
    }
    assert!(driver.set().is_empty());
    for _ in 0..6 {
        driver.key(Modifiers::COMMAND, Key::Y);
    }
    assert_eq!(*driver.set(), done);
    let driver = driver.reopen();
    assert_eq!(*driver.set(), done);
}

#[test]
fn a_trip_by_keyboard_alone_with_candidates_and_values() {
    let mut driver = Driver::new();
    for (words, nth, key) in [("Raka Wirya", 2, 'p'), ("Bandar Laut", 2, 'l'), ("kunjungan kenegaraan", 0, 't')] {
        let span = driver.find(words, nth);
        driver.select_with_keys(span);
        driver.char(key);
    }
    // Space lists the legal fillers, the likeliest first: only a person can travel.
    driver.char(' ');
    driver.key(Modifiers::NONE, Key::Enter);
    driver.key(Modifiers::NONE, Key::Tab);
    driver.char(' ');
    driver.char('1');
    assert_eq!(roles(&driver), ["traveller = person: Raka Wirya", "destination = place: Bandar Laut"]);
    // B arms the departure; = types a value.
    driver.char('B');
    driver.char('=');
    for c in "2024-06-18/2024-06-19".chars() {
        driver.char(c);
    }
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(roles(&driver)[2], "departure = 2024-06-18/2024-06-19");
    // D arms the destination again: a second leg, brought forward, taken out.
    driver.char('D');
    let second = driver.find("Kota Karang", 0);
    driver.select_with_keys(second);
    driver.key(Modifiers::NONE, Key::Enter);
    driver.char('D');
    driver.char('<');
    let destinations = |driver: &Driver| -> Vec<String> {
        roles(driver).into_iter().filter(|role| role.starts_with("destination")).collect()
    };
    assert_eq!(destinations(&driver), ["destination = place: Kota Karang", "destination = place: Bandar Laut"]);
    driver.char('-');
    assert_eq!(destinations(&driver), ["destination = place: Kota Karang"]);
    // 1 sets the first attribute: its list is picked from by digit.
    driver.char('1');
    driver.char('4');
    let (_, set) = driver.work().page().unwrap();
    let frame = set.iter().find(|record| record.label == "trip").unwrap();
    assert_eq!(frame.attribute("status"), Some("completed"));
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.work().open.as_ref().unwrap().card.is_none(), "Esc closes the card");
}

#[test]
fn a_bad_date_is_not_taken() {
    let mut driver = Driver::new();
    let span = driver.find("kunjungan kenegaraan", 0);
    driver.select_with_mouse(span);
    driver.char('t');
    driver.char('B');
    driver.char('=');
    for c in "2024-13".chars() {
        driver.char(c);
    }
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(driver.app().overlay.is_some(), "the dialog stays and says why");
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(roles(&driver).is_empty());
}

#[test]
fn deleting_a_filler_empties_the_role_and_undo_brings_both_back() {
    let mut driver = Driver::new();
    let trigger = driver.find("kunjungan kenegaraan", 0);
    driver.select_with_mouse(trigger);
    driver.char('t');
    let person = driver.find("Raka Wirya", 2);
    driver.select_with_mouse(person);
    driver.char('p');
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    let (at, _) = driver.corners(person);
    driver.click(at);
    driver.key(Modifiers::NONE, Key::Delete);
    assert!(roles(&driver).is_empty());
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(roles(&driver), ["traveller = person: Raka Wirya"]);
}

#[test]
fn a_referent_is_made_once_and_offered_again() {
    let mut driver = Driver::new();
    for nth in [0, 2] {
        let span = driver.find("Raka Wirya", nth);
        driver.select_with_mouse(span);
        driver.char('p');
        driver.char('@');
        driver.key(Modifiers::NONE, Key::Enter);
    }
    let referents = driver.work().session.corpus().referents(&crate::driver::ANNOTATOR.into()).unwrap();
    assert_eq!(referents.len(), 1);
    let referred: Vec<_> = driver.set().iter().map(|record| record.referent).collect();
    assert_eq!(referred, vec![referents.keys().next().copied(); 2]);
}

#[test]
fn a_value_that_is_there_is_replaced_by_typing() {
    let mut driver = Driver::new();
    let span = driver.find("Selasa", 0);
    driver.select_with_mouse(span);
    driver.char('d');
    for value in ["2023-10", "2024-06-18"] {
        driver.char('=');
        for c in value.chars() {
            driver.char(c);
        }
        driver.key(Modifiers::NONE, Key::Enter);
        assert_eq!(driver.set().iter().next().unwrap().attribute("value"), Some(value));
    }
}
