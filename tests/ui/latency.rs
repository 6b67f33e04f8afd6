//! An action is seen in the frame in which it is done.

use eframe::egui::{Event, Key, Modifiers, PointerButton, Pos2, ViewportId};

use crate::driver::Driver;

/// Everything that the last frame painted.
fn painted(driver: &Driver) -> String {
    format!("{:?}", driver.harness.output().shapes)
}

/// A thing that a person does.
type Act = fn(&mut Driver);

fn press(driver: &mut Driver, key: Key, modifiers: Modifiers) {
    driver.harness.event(Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers });
}

fn button(driver: &mut Driver, pos: Pos2, pressed: bool) {
    driver.harness.event(Event::PointerButton {
        pos,
        button: PointerButton::Primary,
        pressed,
        modifiers: Modifiers::NONE,
    });
    driver.harness.step();
}

#[test]
fn a_key_is_seen_in_the_frame_that_reads_it() {
    let mut driver = Driver::new();
    let span = driver.find("Raka Wirya", 0);
    driver.select_with_keys(span);
    driver.pause();
    let before = painted(&driver);
    driver.harness.step();
    assert_eq!(painted(&driver), before, "nothing changes by itself");
    // A character that labels, a key of the table, a key that opens a list, and one that closes it.
    let steps: [(&str, Act); 5] = [
        ("p", |driver| driver.harness.event(Event::Text("p".to_owned()))),
        ("→", |driver| press(driver, Key::ArrowRight, Modifiers::NONE)),
        ("Ctrl+Z", |driver| press(driver, Key::Z, Modifiers::COMMAND)),
        ("Ctrl+K", |driver| press(driver, Key::K, Modifiers::COMMAND)),
        ("Esc", |driver| press(driver, Key::Escape, Modifiers::NONE)),
    ];
    for (name, act) in steps {
        act(&mut driver);
        driver.harness.step();
        let first = painted(&driver);
        let marked = driver.marked();
        driver.pause();
        assert_ne!(first, before, "{name} is seen at once");
        assert_eq!(driver.marked(), marked, "{name} is done at once");
        driver.settle();
    }
}

#[test]
fn a_click_is_seen_in_the_frame_that_lets_it_go() {
    let mut driver = Driver::new();
    let span = driver.find("Lidia Moreno", 0);
    driver.select_with_keys(span);
    driver.char('p');
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    let (from, _) = driver.corners(span);
    let at = from + eframe::egui::vec2(4.0, 0.0);
    driver.harness.event(Event::PointerMoved(at));
    driver.pause();
    button(&mut driver, at, true);
    let pressed = painted(&driver);
    button(&mut driver, at, false);
    assert_ne!(painted(&driver), pressed);
    let selected = driver.work().open.as_ref().unwrap().selected.len();
    assert_eq!(selected, 1, "the click selects what it is on");
}

#[test]
fn a_double_click_selects_when_it_is_pressed() {
    let mut driver = Driver::new();
    let span = driver.find("Moreno", 0);
    let (from, to) = driver.corners(span);
    let at = from.lerp(to, 0.5);
    driver.harness.event(Event::PointerMoved(at));
    driver.pause();
    let selection = |driver: &Driver| driver.work().open.as_ref().unwrap().reader.selection();
    button(&mut driver, at, true);
    button(&mut driver, at, false);
    assert_eq!(selection(&driver), None);
    button(&mut driver, at, true);
    assert_eq!(selection(&driver), Some(span), "the second press selects the word");
    button(&mut driver, at, false);
    assert_eq!(selection(&driver), Some(span), "letting go changes nothing");
    let paragraph = driver.text().paragraph(driver.text().paragraph_at(span.start));
    let whole = driver.text().snap_raw(paragraph).unwrap();
    button(&mut driver, at, true);
    assert_eq!(selection(&driver), Some(whole), "the third press selects the paragraph");
    button(&mut driver, at, false);
    assert_eq!(selection(&driver), Some(whole));
    // Two slow clicks are two clicks.
    driver.pause();
    button(&mut driver, at, true);
    button(&mut driver, at, false);
    driver.pause();
    button(&mut driver, at, true);
    assert_eq!(selection(&driver), None);
    button(&mut driver, at, false);
}

#[test]
fn a_window_at_rest_paints_nothing() {
    let mut driver = Driver::new();
    driver.key(Modifiers::NONE, Key::ArrowRight);
    driver.pause();
    let window = &driver.harness.output().viewport_output[&ViewportId::ROOT];
    assert!(window.repaint_delay > std::time::Duration::from_millis(400), "{:?}", window.repaint_delay);
}
