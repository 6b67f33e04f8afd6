//! Labelling with keys alone and with the mouse alone, undo, redo, and everything still there after a restart.

use eframe::egui::{Key, Modifiers};

use crate::driver::Driver;

/// Ten spans of the first article: words, which of their places, label key and label.
const TEN: [(&str, usize, char, &str); 10] = [
    ("Raka Wirya", 0, 'p', "person"),
    ("Bandar Laut", 0, 'l', "place"),
    ("Raka Wirya", 2, 'p', "person"),
    ("Bandar Laut", 2, 'l', "place"),
    ("Selasa", 0, 'd', "date"),
    ("Lidia Moreno", 0, 'p', "person"),
    ("Istana Angin", 0, 'l', "place"),
    ("Kantor Berita Ombak", 0, 'o', "organization"),
    ("Kota Karang", 0, 'l', "place"),
    ("Kamis", 0, 'd', "date"),
];

fn expected(driver: &Driver) -> Vec<String> {
    let mut spans: Vec<_> =
        TEN.iter().map(|&(words, nth, _, label)| (driver.find(words, nth).start, label, words)).collect();
    spans.sort_unstable();
    spans.into_iter().map(|(_, label, words)| format!("{label}: {words}")).collect()
}

fn label_ten(driver: &mut Driver, select: fn(&mut Driver, jejak::text::Span)) {
    for (words, nth, key, _) in TEN {
        let span = driver.find(words, nth);
        select(driver, span);
        driver.char(key);
    }
}

/// Undoes everything, does it again, restarts, and compares each time.
fn travel_and_restart(mut driver: Driver) {
    let done = driver.set().clone();
    // All that was done since the window was opened.
    let count = driver.work().session.history().since();
    for _ in 0..count {
        driver.key(Modifiers::COMMAND, Key::Z);
    }
    assert!(driver.set().is_empty(), "{:?}", driver.marked());
    for _ in 0..count {
        driver.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    }
    assert_eq!(*driver.set(), done);
    let open = driver.work().open.as_ref().unwrap().id.clone();
    let mut driver = driver.reopen();
    assert_eq!(driver.work().open.as_ref().unwrap().id, open, "the window is back where the work was");
    assert_eq!(*driver.set(), done, "everything is there after a restart");
    driver.key(Modifiers::COMMAND, Key::Z);
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(driver.set().len(), done.len() - 1, "undo goes on after a restart, once it was asked about");
}

#[test]
fn ten_spans_by_keyboard_alone() {
    let mut driver = Driver::new();
    label_ten(&mut driver, Driver::select_with_keys);
    assert_eq!(driver.marked(), expected(&driver));
    travel_and_restart(driver);
}

#[test]
fn ten_spans_by_mouse() {
    let mut driver = Driver::new();
    label_ten(&mut driver, Driver::select_with_mouse);
    assert_eq!(driver.marked(), expected(&driver));
    travel_and_restart(driver);
}

#[test]
fn the_same_key_relabels_what_is_selected_and_del_removes_it() {
    let mut driver = Driver::new();
    let span = driver.find("Kota Karang", 0);
    driver.select_with_mouse(span);
    driver.char('p');
    driver.char('l');
    assert_eq!(driver.marked(), ["place: Kota Karang"]);
    driver.char('[');
    assert_eq!(driver.marked(), ["place: Kota"]);
    driver.char(']');
    driver.char(']');
    assert_eq!(driver.marked(), ["place: Kota Karang pada"]);
    driver.char('[');
    driver.char('{');
    assert_eq!(driver.marked(), ["place: ke Kota Karang"]);
    driver.char('}');
    driver.key(Modifiers::NONE, Key::Delete);
    assert!(driver.set().is_empty());
}

#[test]
fn overlaps_are_cycled_with_keys_and_with_clicks() {
    let mut driver = Driver::new();
    for (words, key) in [("Presiden Samudra\u{a0}Raka Wirya", 'j'), ("Samudra", 'l'), ("Samudra\u{a0}Raka Wirya", 'p')]
    {
        let span = driver.find(words, 0);
        driver.select_with_mouse(span);
        driver.char(key);
    }
    let selected = |driver: &Driver| {
        let (text, set) = driver.work().page().unwrap();
        let id = driver.work().open.as_ref().unwrap().selected.first().copied();
        id.map_or(String::new(), |id| crate::driver::shown(text, set.get(id).unwrap()))
    };
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    let span = driver.find("Samudra", 0);
    let (at, _) = driver.corners(span);
    let mut seen = Vec::new();
    for _ in 0..4 {
        driver.click(at);
        seen.push(selected(&driver));
    }
    let first = "place: Samudra";
    let second = "person: Samudra\u{a0}Raka Wirya";
    let third = "title: Presiden Samudra\u{a0}Raka Wirya";
    assert_eq!(seen, [first, second, third, first], "clicks go round, the shortest first");
    driver.key(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(selected(&driver), second);
    driver.key(Modifiers::ALT, Key::ArrowUp);
    assert_eq!(selected(&driver), first);
    driver.key(Modifiers::SHIFT, Key::Tab);
    assert_eq!(selected(&driver), second, "Shift+Tab goes back in reading order, the longer first");
    driver.key(Modifiers::NONE, Key::Tab);
    assert_eq!(selected(&driver), first);
}

#[test]
fn a_span_takes_another_fragment() {
    let mut driver = Driver::new();
    let (first, second) = (driver.find("Selasa", 0), driver.find("dua hari", 0));
    driver.select_with_mouse(first);
    driver.char('d');
    // The annotation stays selected while further words are selected with Shift held.
    let (from, _) = driver.corners(second);
    let reader = &mut driver.harness.state_mut().work.as_mut().unwrap().open.as_mut().unwrap().reader;
    reader.set_caret(second.start);
    driver.key(Modifiers::SHIFT, Key::ArrowRight);
    driver.key(Modifiers::SHIFT, Key::ArrowRight);
    driver.char('+');
    assert_eq!(driver.marked(), ["date: Selasa … dua hari"]);
    let _ = from;
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.marked(), ["date: Selasa"]);
}

#[test]
fn all_equal_strings_are_labelled_and_removed_as_one_undo() {
    let mut driver = Driver::new();
    let span = driver.find("Raka Wirya", 0);
    driver.select_with_mouse(span);
    driver.char('p');
    driver.char('R');
    driver.key(Modifiers::NONE, Key::Enter);
    let everywhere = driver.text().as_str().matches("Raka Wirya").count();
    assert_eq!(driver.marked(), vec!["person: Raka Wirya"; everywhere]);
    driver.key(Modifiers::SHIFT, Key::Delete);
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(driver.set().is_empty());
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.set().len(), everywhere, "one undo brings all of them back");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.set().len(), 1);
}

#[test]
fn find_counts_and_steps() {
    let mut driver = Driver::new();
    driver.key(Modifiers::COMMAND, Key::F);
    for c in "bandar".chars() {
        driver.char(c);
    }
    let hits = |driver: &Driver| {
        let finder = driver.work().open.as_ref().unwrap().finder.as_ref().unwrap();
        (finder.current(), finder.hits().len())
    };
    let all = driver.text().as_str().matches("Bandar").count();
    assert_eq!(hits(&driver), (Some(0), all));
    driver.key(Modifiers::NONE, Key::F3);
    assert_eq!(hits(&driver), (Some(1), all));
    driver.key(Modifiers::SHIFT, Key::F3);
    driver.key(Modifiers::SHIFT, Key::F3);
    assert_eq!(hits(&driver), (Some(all - 1), all), "round the ends");
    assert!(driver.set().is_empty(), "letters typed into the field label nothing");
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.work().open.as_ref().unwrap().finder.is_none());
}
