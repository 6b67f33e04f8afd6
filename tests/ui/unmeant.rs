//! Keys and clicks do nothing that one did not mean: on what is out of view, under an open list or menu, with the click that
//! closes one, or while the window is slow.

use eframe::egui::{self, Event, Key, Modifiers, MouseWheelUnit, PointerButton, Pos2, TouchPhase};

use crate::driver::asked::Asked;
use crate::driver::{ANNOTATOR, Driver};

fn drag(driver: &mut Driver, words: &str, nth: usize) {
    let span = driver.find(words, nth);
    driver.select_with_mouse(span);
}

fn selection(driver: &Driver) -> Option<String> {
    let reader = &driver.work().open.as_ref().unwrap().reader;
    reader.selection().map(|span| driver.text().slice(span).to_owned())
}

fn button(pos: Pos2, pressed: bool) -> Event {
    Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers: Modifiers::NONE }
}

/// A key with the character that it gives.
fn typed(c: char) -> Vec<Event> {
    let key = Key::from_name(&c.to_uppercase().to_string());
    let modifiers = if c.is_uppercase() { Modifiers::SHIFT } else { Modifiers::NONE };
    let press = |pressed| key.map(|key| Event::Key { key, physical_key: None, pressed, repeat: false, modifiers });
    press(true).into_iter().chain([Event::Text(c.to_string())]).chain(press(false)).collect()
}

fn press(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
}

/// All of this happens while one frame takes its time: the next one gets everything at once.
fn in_one_frame(driver: &mut Driver, events: impl IntoIterator<Item = Event>) {
    driver.harness.input_mut().events.extend(events);
    driver.settle();
    driver.harness.run_steps(8);
    driver.settle();
}

/// An article of so many paragraphs, the words “Kota Karang” in the first and the last.
fn long() -> Driver {
    let middle = "Rombongan berangkat pagi-pagi dan tiba menjelang malam.\n".repeat(80);
    let text = format!("Raka Wirya tiba di Kota Karang.\n{middle}Kota Karang menunggu Raka Wirya lagi.\n");
    Driver::with_articles(|folder| {
        #[allow(clippy::disallowed_methods)] // A test's own input.
        std::fs::write(folder.join("panjang.txt"), text).unwrap();
        vec![folder.to_owned()]
    })
}

fn in_view(driver: &Driver, words: &str, nth: usize) -> bool {
    let reader = &driver.work().open.as_ref().unwrap().reader;
    let place = reader.rect_of(driver.find(words, nth));
    place.iter().any(|rect| (40.0..780.0).contains(&rect.center().y))
}

fn wheel(driver: &mut Driver, lines: f32) {
    driver.harness.event(Event::PointerMoved(egui::pos2(600.0, 400.0)));
    for _ in 0..10 {
        driver.harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Line,
            delta: egui::vec2(0.0, -lines),
            source: egui::MouseWheelSource::Wheel,
            modifiers: Modifiers::NONE,
            phase: TouchPhase::Move,
        });
        driver.harness.step();
    }
    driver.pause();
}

#[test]
fn a_key_about_what_is_out_of_view_first_shows_it() {
    for (key, c) in [(Key::Delete, None), (Key::L, Some('l')), (Key::OpenBracket, Some(']'))] {
        let mut driver = long();
        drag(&mut driver, "Raka", 0);
        driver.char('p');
        wheel(&mut driver, 20.0);
        assert!(!in_view(&driver, "Raka", 0));
        let give = |driver: &mut Driver| match c {
            Some(c) => driver.char(c),
            None => driver.key(Modifiers::NONE, key),
        };
        give(&mut driver);
        assert_eq!(driver.marked(), ["person: Raka"], "{key:?} did nothing yet");
        assert!(in_view(&driver, "Raka", 0), "{key:?} brought it into view");
        assert!(driver.said().contains("Raka"), "{}", driver.said());
        give(&mut driver);
        assert_ne!(driver.marked(), ["person: Raka"], "{key:?}");
    }
    // Words that are selected and scrolled away, too.
    let mut driver = long();
    drag(&mut driver, "Kota Karang", 0);
    wheel(&mut driver, 20.0);
    driver.char('l');
    assert!(driver.set().is_empty() && in_view(&driver, "Kota Karang", 0), "{}", driver.said());
    driver.char('l');
    assert_eq!(driver.marked(), ["place: Kota Karang"]);
}

#[test]
fn a_hit_of_the_search_is_the_selection() {
    let mut driver = long();
    drag(&mut driver, "Raka", 0);
    driver.char('p');
    driver.key(Modifiers::COMMAND, Key::F);
    driver.write("kota karang");
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(in_view(&driver, "Kota Karang", 1));
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.work().open.as_ref().unwrap().finder.is_none(), "Esc closes the search");
    assert_eq!(selection(&driver).as_deref(), Some("Kota Karang"), "and the hit stays selected");
    driver.char('l');
    assert_eq!(driver.marked(), ["person: Raka", "place: Kota Karang"]);
    let place = driver.find("Kota Karang", 1);
    assert!(driver.set().iter().any(|record| record.at == [place]));
}

#[test]
fn relabelling_and_deleting_say_what_they_did() {
    let mut driver = Driver::new();
    drag(&mut driver, "Kota Karang", 0);
    driver.char('p');
    driver.char('l');
    let said = driver.said().to_owned();
    assert!(said.contains("Place") && said.contains("Person") && said.contains("Kota Karang"), "{said}");
    driver.key(Modifiers::NONE, Key::Delete);
    let said = driver.said().to_owned();
    assert!(said.contains("Place “Kota Karang”"), "{said}");
}

#[test]
fn what_has_no_words_becomes_no_mention() {
    let mut driver = Driver::new();
    driver.harness.get_by_label("+ trip").click();
    driver.settle();
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(driver.marked(), ["trip: "]);
    for key in ['p', 'x'] {
        driver.char(key);
        assert_eq!(driver.marked(), ["trip: "], "{}", driver.said());
    }
    driver.char('c');
    assert_eq!(driver.marked(), ["claim: "], "another frame needs no words");
}

#[test]
fn no_letter_labels_under_an_open_list_and_its_closing_click_does_nothing_else() {
    let mut driver = Driver::new();
    drag(&mut driver, "Kantor Berita Ombak", 0);
    driver.char('o');
    let elsewhere = driver.find("Kota Karang", 0);
    let (at, _) = driver.corners(elsewhere);
    let caret = |driver: &Driver| driver.work().open.as_ref().unwrap().reader.caret();
    let before = (driver.marked(), caret(&driver));
    // A menu and a combo box alike.
    for open in ["Edit", "Kind"] {
        driver.harness.get_by_label(open).click();
        driver.settle();
        driver.harness.run_steps(3);
        assert!(egui::Popup::is_any_open(&driver.harness.ctx), "{open}");
        driver.try_char('p');
        assert_eq!((driver.marked(), caret(&driver)), before, "a letter under {open}");
        assert!(egui::Popup::is_any_open(&driver.harness.ctx), "{open} is open still");
        // The click that closes it, and a letter within it.
        driver.harness.event(Event::PointerMoved(at));
        driver.harness.step();
        driver.harness.event(button(at, true));
        driver.harness.step();
        driver.try_char('p');
        in_one_frame(&mut driver, [button(at, false)].into_iter().chain(typed('p')));
        driver.pause();
        assert!(!egui::Popup::is_any_open(&driver.harness.ctx), "a click beside {open} closes it");
        assert_eq!((driver.marked(), caret(&driver)), before, "and does nothing else");
        assert_eq!(driver.work().open.as_ref().unwrap().selected.len(), 1);
        // Esc closes it, and nothing else.
        driver.harness.get_by_label(open).click();
        driver.settle();
        driver.harness.run_steps(3);
        driver.key(Modifiers::NONE, Key::Escape);
        assert!(!egui::Popup::is_any_open(&driver.harness.ctx), "Esc closes {open}");
        assert_eq!(driver.work().open.as_ref().unwrap().selected.len(), 1, "and lets go of nothing");
    }
    // A click on an article's row closes a menu, too, and opens nothing.
    let article = driver.work().open.as_ref().unwrap().id.clone();
    driver.harness.get_by_label("Help").click();
    driver.settle();
    driver.harness.run_steps(3);
    let row = driver.harness.get_by_label_contains("Kunjungan Lidia Moreno Dibatalkan").rect().center();
    driver.click(row);
    assert_eq!(driver.work().open.as_ref().unwrap().id, article);
    assert!(!egui::Popup::is_any_open(&driver.harness.ctx));
    driver.click(row);
    assert_ne!(driver.work().open.as_ref().unwrap().id, article, "the next click does");
}

#[test]
fn letters_after_a_list_opens_arrive_in_it_however_slow_the_window_is() {
    let mut driver = Driver::new();
    drag(&mut driver, "Lidia Moreno", 0);
    driver.char('p');
    let keys = "@Bu Menteri".chars().flat_map(typed).chain([press(Key::Enter)]);
    in_one_frame(&mut driver, keys);
    let referents = driver.work().session.corpus().referents(&ANNOTATOR.into()).unwrap();
    let names: Vec<&str> = referents.values().map(|referent| referent.name.as_str()).collect();
    assert_eq!(names, ["Bu Menteri"]);
    assert_eq!(driver.marked(), ["person: Lidia Moreno"]);
    // Keys after the one that closes a list are for what is there then.
    in_one_frame(&mut driver, typed('@').into_iter().chain([press(Key::Escape)]).chain(typed('o')));
    assert!(driver.app().overlay.is_none());
    assert_eq!(driver.marked(), ["organization: Lidia Moreno"]);
    // A click that opens a list, and letters within the same frame.
    drag(&mut driver, "Raka Wirya", 0);
    driver.char('p');
    let ask = driver.harness.get_by_label("who or what?").rect().center();
    let click = [Event::PointerMoved(ask), button(ask, true), button(ask, false)];
    in_one_frame(&mut driver, click.into_iter().chain("Pak".chars().flat_map(typed)).chain([press(Key::Enter)]));
    let referents = driver.work().session.corpus().referents(&ANNOTATOR.into()).unwrap();
    assert!(referents.values().any(|referent| referent.name == "Pak"), "{referents:?}");
    assert_eq!(driver.set().len(), 2);
}

#[test]
fn a_letter_labels_what_was_selected_before_it_however_slow_the_window_is() {
    let mut driver = Driver::new();
    let words = driver.find("Kantor Berita Ombak", 0);
    let (from, to) = driver.corners(words);
    driver.harness.event(Event::PointerMoved(from));
    driver.harness.step();
    driver.harness.event(button(from, true));
    driver.harness.step();
    driver.harness.event(Event::PointerMoved(from.lerp(to, 0.3)));
    driver.harness.step();
    // While the button is held nothing is selected yet.
    driver.char('p');
    assert!(driver.set().is_empty());
    in_one_frame(&mut driver, [Event::PointerMoved(to), button(to, false)].into_iter().chain(typed('o')));
    assert_eq!(driver.marked(), ["organization: Kantor Berita Ombak"]);
}
