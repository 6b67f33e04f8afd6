//! Roles are filled with what a person means: no label is guessed, no role is armed that nobody asked for, and no click does
//! what it was not meant to.

use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2};
use jejak::model::Kind;

use crate::driver::asked::Asked;
use crate::driver::{self, Driver};

/// The filled roles of the first frame of this label, as `role = words`.
fn roles(driver: &Driver, label: &str) -> Vec<String> {
    let (_, set) = driver.work().page().unwrap();
    let frame = set.iter().find(|record| record.label == *label).unwrap();
    driver::roles(driver, frame)
}

fn armed(driver: &Driver) -> Option<String> {
    driver.work().armed().map(|(_, role)| role.to_string())
}

fn selection(driver: &Driver) -> Option<String> {
    let reader = &driver.work().open.as_ref().unwrap().reader;
    reader.selection().map(|span| driver.text().slice(span).to_owned())
}

/// A trip on “kunjungan kenegaraan”, its card open.
fn trip() -> Driver {
    let mut driver = Driver::new();
    let trigger = driver.find("kunjungan kenegaraan", 0);
    driver.select_with_mouse(trigger);
    driver.char('t');
    driver
}

fn drag(driver: &mut Driver, words: &str, nth: usize) {
    let span = driver.find(words, nth);
    driver.select_with_mouse(span);
}

/// So many clicks in quick succession.
fn clicks(driver: &mut Driver, at: Pos2, count: usize) {
    driver.harness.event(Event::PointerMoved(at));
    driver.harness.step();
    for _ in 0..count {
        for pressed in [true, false] {
            let (button, modifiers) = (PointerButton::Primary, Modifiers::NONE);
            driver.harness.event(Event::PointerButton { pos: at, button, pressed, modifiers });
            driver.harness.step();
        }
    }
    driver.settle();
    driver.pause();
}

#[test]
fn the_label_key_says_what_words_are_where_a_role_takes_several_labels() {
    let mut driver = trip();
    driver.char('H');
    drag(&mut driver, "Samudra", 0);
    assert!(roles(&driver, "trip").is_empty(), "a host may be a person, a body or a place: nothing is guessed");
    assert_eq!(selection(&driver).as_deref(), Some("Samudra"), "the words wait for a key");
    assert!(driver.said().contains("Place"), "{}", driver.said());
    driver.char('l');
    assert_eq!(roles(&driver, "trip"), ["host = place: Samudra"]);
    assert_eq!(driver.marked(), ["place: Samudra", "trip: kunjungan kenegaraan"]);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.marked(), ["trip: kunjungan kenegaraan"], "place and filler are one step");
    // The chosen label is drawn beside the role.
    driver.key(Modifiers::COMMAND, Key::Y);
    let painted = format!("{:?}", driver.harness.output().shapes);
    assert!(painted.contains("Host · Place"), "the label of the filler is drawn with its role");
}

#[test]
fn a_small_list_asks_where_the_keyboard_fills() {
    let mut driver = trip();
    driver.char('H');
    let words = driver.find("Samudra", 0);
    driver.select_with_keys(words);
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(driver.app().overlay.is_some(), "a list asks which label is meant");
    driver.char('3');
    assert_eq!(roles(&driver, "trip"), ["host = place: Samudra"]);
    // By the mouse alone, too: the card offers the labels.
    driver.key(Modifiers::COMMAND, Key::Z);
    drag(&mut driver, "Samudra", 0);
    driver.harness.get_by_label("Place  l").click();
    driver.settle();
    assert_eq!(roles(&driver, "trip"), ["host = place: Samudra"]);
}

#[test]
fn one_fitting_label_is_taken_and_bare_words_stay_bare() {
    let mut driver = trip();
    driver.char('D');
    drag(&mut driver, "Bandar Laut", 2);
    assert_eq!(roles(&driver, "trip"), ["destination = place: Bandar Laut"], "only a place is a destination");
    driver.char('P');
    drag(&mut driver, "niat baik", 0);
    assert_eq!(roles(&driver, "trip")[1], "purpose = niat baik", "a purpose takes words as they are");
    assert_eq!(driver.set().len(), 2, "and no document was made of them");
    driver.char('a');
    assert_eq!(roles(&driver, "trip")[1], "purpose = document: niat baik", "unless a label key says so");
    assert_eq!(roles(&driver, "trip").len(), 2);
}

#[test]
fn required_roles_are_armed_in_order_and_then_nothing() {
    let mut driver = trip();
    assert_eq!(armed(&driver).as_deref(), Some("traveller"));
    drag(&mut driver, "Raka Wirya", 2);
    driver.char('p');
    assert_eq!(armed(&driver).as_deref(), Some("traveller"), "there may be more of them");
    drag(&mut driver, "Lidia Moreno", 0);
    driver.char('p');
    driver.key(Modifiers::NONE, Key::Tab);
    assert_eq!(armed(&driver).as_deref(), Some("destination"));
    drag(&mut driver, "Bandar Laut", 2);
    assert_eq!(armed(&driver).as_deref(), Some("destination"));
    driver.key(Modifiers::NONE, Key::Tab);
    assert_eq!(armed(&driver), None, "nothing that is not required is armed by itself");
    // A role that takes one filler is left by itself.
    driver.char('B');
    drag(&mut driver, "Selasa", 0);
    assert_eq!(armed(&driver), None);
    let all =
        ["traveller = person: Raka Wirya", "traveller = person: Lidia Moreno", "destination = place: Bandar Laut"];
    assert_eq!(roles(&driver, "trip")[..3], all);
    assert_eq!(roles(&driver, "trip")[3], "departure = date: Selasa");
    // A second one takes its place, and that is said.
    driver.char('B');
    drag(&mut driver, "Kamis", 0);
    assert_eq!(roles(&driver, "trip")[3..], ["departure = date: Kamis"]);
    assert!(driver.said().contains("Selasa"), "{}", driver.said());
    // Esc lets go of the role first, then of the card.
    driver.char('C');
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(armed(&driver).is_none() && driver.work().open.as_ref().unwrap().card.is_some());
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.work().open.as_ref().unwrap().card.is_none());
}

#[test]
fn words_are_a_new_selection_where_no_role_is_armed() {
    let mut driver = trip();
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(armed(&driver).is_none());
    drag(&mut driver, "Istana Angin", 0);
    assert!(roles(&driver, "trip").is_empty());
    assert_eq!(selection(&driver).as_deref(), Some("Istana Angin"));
    driver.key(Modifiers::NONE, Key::Delete);
    assert_eq!(driver.set().len(), 1, "Del is not about the card while words are selected");
    driver.char('l');
    assert_eq!(driver.marked(), ["trip: kunjungan kenegaraan", "place: Istana Angin"]);
    assert!(driver.work().open.as_ref().unwrap().card.is_some(), "the card stays open");
    driver.char('D');
    assert_eq!(armed(&driver).as_deref(), Some("destination"), "and its roles are armed by their keys");
}

#[test]
fn a_click_on_what_does_not_fit_says_so_and_closes_nothing() {
    let mut driver = Driver::new();
    drag(&mut driver, "Lidia Moreno", 0);
    driver.char('p');
    drag(&mut driver, "kunjungan kenegaraan", 0);
    driver.char('t');
    driver.char('D');
    let person = driver.find("Lidia Moreno", 0);
    let (at, _) = driver.corners(person);
    driver.click(at);
    assert!(roles(&driver, "trip").is_empty());
    assert_eq!(armed(&driver).as_deref(), Some("destination"), "the card is open and its role armed");
    let said = driver.said();
    assert!(said.contains("Lidia Moreno") && said.contains("Person") && said.contains("Place"), "{said}");
    // A label that does not fit is put on the words in passing, and that is said.
    drag(&mut driver, "Selasa", 0);
    driver.key(Modifiers::COMMAND, Key::Z);
    driver.char('M');
    drag(&mut driver, "Selasa", 0);
    driver.char('d');
    assert!(roles(&driver, "trip").is_empty());
    assert!(driver.said().contains("Meets"), "{}", driver.said());
    assert_eq!(armed(&driver).as_deref(), Some("meets"));
    // Without words it would turn the trip into a date.
    driver.char('B');
    driver.key(Modifiers::COMMAND, Key::Home);
    let before = driver.marked();
    driver.char('v');
    assert_eq!(driver.marked(), before);
}

#[test]
fn two_fitting_annotations_on_the_same_words_are_asked_about() {
    let mut driver = Driver::new();
    for key in ['p', 'o'] {
        drag(&mut driver, "Kantor Berita Ombak", 0);
        driver.char(key);
    }
    drag(&mut driver, "kunjungan kenegaraan", 0);
    driver.char('t');
    drag(&mut driver, "Kantor Berita Ombak", 0);
    assert!(roles(&driver, "trip").is_empty());
    driver.char('o');
    assert_eq!(roles(&driver, "trip"), ["traveller = organization: Kantor Berita Ombak"]);
}

#[test]
fn a_double_click_fills_once_and_a_triple_click_with_the_sentence() {
    let mut driver = Driver::new();
    drag(&mut driver, "Lidia Moreno", 0);
    driver.char('p');
    drag(&mut driver, "kunjungan kenegaraan", 0);
    driver.char('t');
    let person = driver.find("Lidia Moreno", 0);
    let (at, _) = driver.corners(person);
    clicks(&mut driver, at, 2);
    assert_eq!(roles(&driver, "trip"), ["traveller = person: Lidia Moreno"]);
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    drag(&mut driver, "dikutip", 0);
    driver.char('c');
    assert_eq!(armed(&driver).as_deref(), Some("about"));
    let word = driver.find("datang", 0);
    let (at, _) = driver.corners(word);
    clicks(&mut driver, at, 3);
    let filled = roles(&driver, "claim");
    assert_eq!(filled.len(), 1, "the word of the second click is not left behind: {filled:?}");
    assert!(filled[0].contains("Kami datang dengan niat baik"), "{filled:?}");
    let kinds = driver.set().iter().filter(|record| driver.kind(record) == Kind::Frame).count();
    assert_eq!(kinds, 2);
}

#[test]
fn a_triple_click_takes_back_what_its_own_clicks_filled_and_nothing_else() {
    let mut driver = trip();
    drag(&mut driver, "Raka Wirya", 2);
    driver.char('p');
    let filled = ["traveller = person: Raka Wirya"];
    assert_eq!(
        (roles(&driver, "trip"), armed(&driver).as_deref()),
        (filled.map(str::to_owned).to_vec(), Some("traveller"))
    );
    // Another word of the sentence: the second click only asks what it is.
    let word = driver.find("tiba", 0);
    let (at, _) = driver.corners(word);
    clicks(&mut driver, at, 3);
    assert_eq!(roles(&driver, "trip"), filled, "the traveller is none of its clicks'");
    assert!(selection(&driver).is_some_and(|words| words.contains("tiba di Bandar Laut")), "{:?}", selection(&driver));
    // Nor is what was filled by a click that the three do not begin with.
    driver.key(Modifiers::NONE, Key::Tab);
    drag(&mut driver, "Bandar Laut", 2);
    let filled = ["traveller = person: Raka Wirya", "destination = place: Bandar Laut"];
    assert_eq!(roles(&driver, "trip"), filled);
    driver.char('T');
    clicks(&mut driver, at, 3);
    assert_eq!(roles(&driver, "trip"), filled);
    // A role that takes one is armed no more after the second click.
    driver.char('B');
    let word = driver.find("Kamis", 0);
    let (at, _) = driver.corners(word);
    clicks(&mut driver, at, 3);
    let departure = roles(&driver, "trip").pop().unwrap();
    assert!(departure.starts_with("departure = date: Dari Bandar Laut"), "{departure}");
    assert_eq!(driver.set().iter().filter(|record| record.label == "date").count(), 1, "{:?}", driver.marked());
}

#[test]
fn a_card_with_fillers_is_relabelled_only_where_one_says_so() {
    let mut driver = trip();
    drag(&mut driver, "Raka Wirya", 2);
    driver.char('p');
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    let trigger = driver.find("kunjungan kenegaraan", 0);
    let (at, _) = driver.corners(trigger);
    driver.click(at);
    let before = driver.set().clone();
    driver.char('c');
    assert_eq!(*driver.set(), before, "the traveller would go with the label");
    assert!(driver.harness.query_by_label_contains("1 role is filled").is_some(), "and that is said");
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(*driver.set(), before);
    driver.char('c');
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(driver.marked(), ["person: Raka Wirya", "claim: kunjungan kenegaraan"]);
    assert!(roles(&driver, "claim").is_empty());
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(roles(&driver, "trip"), ["traveller = person: Raka Wirya"], "one undo brings both back");
}
