//! Spans as one thinks them: brackets, edges, pieces, paragraphs, and several annotations at once.

use eframe::egui::accesskit::Role;
use eframe::egui::{self, Event, Key, Modifiers, PointerButton, Pos2, pos2, vec2};
use jejak::text::Span;

use crate::driver::asked::Asked;
use crate::driver::{Driver, shown};

impl Driver {
    /// Presses at a place, moves to another, and does not let go.
    fn hold(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) {
        self.harness.event(Event::ModifiersChanged(modifiers));
        self.harness.event(Event::PointerMoved(from));
        self.harness.step();
        self.button(from, true, modifiers);
        for part in 1..=4 {
            self.harness.event(Event::PointerMoved(from.lerp(to, part as f32 / 4.0)));
            self.harness.step();
        }
    }

    fn button(&mut self, pos: Pos2, pressed: bool, modifiers: Modifiers) {
        self.harness.event(Event::PointerButton { pos, button: PointerButton::Primary, pressed, modifiers });
        self.harness.step();
    }

    fn let_go(&mut self, at: Pos2, modifiers: Modifiers) {
        self.button(at, false, modifiers);
        self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
        self.pause();
    }

    fn drag_with(&mut self, from: Pos2, to: Pos2, modifiers: Modifiers) {
        self.hold(from, to, modifiers);
        self.let_go(to, modifiers);
    }

    fn words_with(&mut self, words: &str, nth: usize, modifiers: Modifiers) {
        let span = self.find(words, nth);
        let (from, to) = self.corners(span);
        self.drag_with(from, to, modifiers);
    }

    fn click_with(&mut self, words: &str, nth: usize, modifiers: Modifiers) {
        let span = self.find(words, nth);
        let (at, _) = self.corners(span);
        self.drag_with(at + vec2(8.0, 0.0), at + vec2(8.0, 0.0), modifiers);
    }

    /// The handles of both edges of words that are selected.
    fn handles(&mut self, span: Span) -> (Pos2, Pos2) {
        self.corners(span);
        let rects = self.work().open.as_ref().unwrap().reader.rect_of(span);
        let (first, last) = (rects.first().unwrap(), rects.last().unwrap());
        (first.left_bottom() + vec2(0.0, 5.0), last.right_bottom() + vec2(0.0, 5.0))
    }

    fn label(&mut self, words: &str, nth: usize, key: char) {
        let span = self.find(words, nth);
        self.select_with_mouse(span);
        self.char(key);
    }

    fn selection(&self) -> Option<&str> {
        let span = self.work().open.as_ref()?.reader.selection()?;
        Some(self.text().slice(span))
    }

    fn selected(&self) -> Vec<String> {
        let (text, set) = self.work().page().unwrap();
        self.work().open.as_ref().unwrap().selected.iter().map(|&id| shown(text, set.get(id).unwrap())).collect()
    }

    fn says(&self, words: &str) -> bool {
        self.harness.query_all_by_label_contains(words).next().is_some()
    }
}

#[test]
fn a_bracket_stays_with_its_partner_and_the_snap_is_shown_before_the_button_is_let_go() {
    let mut driver = Driver::new();
    let span = driver.find("elasa (18/6", 0);
    let (from, to) = driver.corners(span);
    driver.hold(from, to, Modifiers::NONE);
    assert_eq!(driver.selection(), Some("Selasa (18/6)"), "while the button is held");
    assert!(driver.says("Alt+drag"), "it is more than was dragged over");
    driver.let_go(to, Modifiers::NONE);
    driver.char('d');
    assert_eq!(driver.marked(), ["date: Selasa (18/6)"]);
    driver.words_with("elas", 0, Modifiers::ALT);
    assert_eq!(driver.selection(), Some("elas"));
    assert!(!driver.says("Alt+drag"));
}

#[test]
fn an_edge_is_dragged() {
    let mut driver = Driver::new();
    driver.label("Bandar Laut", 2, 'l');
    let (name, word) = (driver.find("Bandar Laut", 2), driver.find("pada", 0));
    let ((_, to), (left, right)) = (driver.corners(word), driver.handles(name));
    driver.hold(right, to - vec2(8.0, 0.0), Modifiers::NONE);
    assert_eq!(driver.selection(), Some("Bandar Laut pada"), "shown while it is dragged");
    driver.let_go(to - vec2(8.0, 0.0), Modifiers::NONE);
    assert_eq!(driver.marked(), ["place: Bandar Laut pada"]);
    assert_eq!(driver.selected(), ["place: Bandar Laut pada"], "it stays selected");
    let word = driver.find("di Bandar", 2);
    let (to, _) = driver.corners(word);
    driver.drag_with(left, to, Modifiers::NONE);
    assert_eq!(driver.marked(), ["place: di Bandar Laut pada"], "the first edge, too");
    driver.key(Modifiers::COMMAND, Key::Z);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.marked(), ["place: Bandar Laut"]);
    // An edge does not cross the other one, and with Alt it takes letters.
    driver.click_with("Bandar Laut", 2, Modifiers::NONE);
    let inside = driver.find("aut", 2);
    let (to, _) = driver.corners(inside);
    driver.drag_with(right, to, Modifiers::ALT);
    assert_eq!(driver.marked(), ["place: Bandar L"]);
}

#[test]
fn the_gutter_and_a_triple_click_take_paragraphs_and_so_does_a_zone_key_at_the_caret() {
    let mut driver = Driver::new();
    let (title, advert) = (driver.find("Raka Wirya", 1), driver.find("ADVERTISEMENT", 0));
    let ((from, _), (to, _)) = (driver.corners(title), driver.corners(advert));
    let (gutter, end) = (pos2(from.x - 20.0, from.y), pos2(to.x - 20.0, to.y));
    driver.click(gutter);
    assert_eq!(driver.selection(), Some("Raka Wirya Tiba di Bandar Laut"));
    driver.drag_with(end, gutter, Modifiers::NONE);
    assert_eq!(driver.selection(), Some("Raka Wirya Tiba di Bandar Laut\n\nADVERTISEMENT"));
    driver.key(Modifiers::NONE, Key::Escape);
    let word = driver.find("disambut", 0);
    let (at, _) = driver.corners(word);
    for _ in 0..3 {
        driver.button(at, true, Modifiers::NONE);
        driver.button(at, false, Modifiers::NONE);
    }
    driver.settle();
    let words = driver.selection().unwrap();
    assert!(words.starts_with("Presiden Samudra") && words.ends_with("Istana Angin."), "{words}");
    driver.key(Modifiers::NONE, Key::Escape);
    driver.pause();
    driver.click(to + vec2(20.0, 0.0));
    driver.char('x');
    assert_eq!(driver.marked(), ["boilerplate: ADVERTISEMENT"]);
    driver.key(Modifiers::COMMAND, Key::Home);
    driver.char('h');
    assert_eq!(driver.marked()[0], "headline: Raka Wirya Tiba di Bandar Laut", "the whole line and not its first word");
}

#[test]
fn ctrl_and_a_drag_add_pieces_that_grow_together() {
    let mut driver = Driver::new();
    driver.label("Perdana Menteri", 0, 'j');
    driver.words_with("Istana Angin", 0, Modifiers::COMMAND);
    assert_eq!(driver.marked(), ["title: Perdana Menteri … Istana Angin"]);
    assert_eq!(driver.selection(), None, "the words are a piece of it now");
    driver.words_with("Lidia Moreno di Istana", 0, Modifiers::COMMAND);
    assert_eq!(driver.marked(), ["title: Perdana Menteri … Lidia Moreno di Istana Angin"]);
    driver.key(Modifiers::NONE, Key::Escape);
    // Before anything is labelled, too: one key labels all the pieces.
    driver.words_with("kunjungan", 0, Modifiers::NONE);
    driver.words_with("dua hari", 0, Modifiers::COMMAND);
    driver.char('v');
    assert!(driver.marked().contains(&"event: kunjungan … dua hari".to_owned()), "{:?}", driver.marked());
}

#[test]
fn several_are_selected_and_changed_in_one_step() {
    let mut driver = Driver::new();
    for (words, nth, key) in
        [("Raka Wirya", 2, 'p'), ("Bandar Laut", 2, 'l'), ("Lidia Moreno", 0, 'p'), ("Istana Angin", 0, 'l')]
    {
        driver.label(words, nth, key);
    }
    driver.click_with("Raka Wirya", 2, Modifiers::NONE);
    driver.click_with("Lidia Moreno", 0, Modifiers::SHIFT);
    assert_eq!(driver.selected(), ["person: Raka Wirya", "place: Bandar Laut", "person: Lidia Moreno"]);
    assert!(driver.says("relabels all"));
    driver.click_with("Bandar Laut", 2, Modifiers::COMMAND);
    assert_eq!(driver.selected(), ["person: Raka Wirya", "person: Lidia Moreno"]);
    let steps = driver.work().session.history().since();
    driver.char('o');
    let organizations = |driver: &Driver| driver.marked().iter().filter(|it| it.starts_with("organization")).count();
    assert_eq!((organizations(&driver), driver.work().session.history().since()), (2, steps + 1));
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(organizations(&driver), 0);
    // All of this label.
    driver.click_with("Istana Angin", 0, Modifiers::NONE);
    driver.key(Modifiers::COMMAND, Key::A);
    assert_eq!(driver.selected(), ["place: Istana Angin", "place: Bandar Laut"]);
    // A value from the list is all of theirs.
    driver.harness.get_by_role_and_label(Role::ComboBox, "Kind").click();
    driver.settle();
    driver.harness.get_by_label("City").click();
    driver.settle();
    let cities = |driver: &Driver| driver.set().iter().filter(|it| it.attribute("kind") == Some("city")).count();
    assert_eq!(cities(&driver), 2);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(cities(&driver), 0, "in one step");
    driver.click_with("Istana Angin", 0, Modifiers::NONE);
    driver.key(Modifiers::COMMAND, Key::A);
    driver.key(Modifiers::NONE, Key::Delete);
    assert_eq!(driver.marked(), ["person: Raka Wirya", "person: Lidia Moreno"]);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.marked().len(), 4);
}

#[test]
fn the_distance_of_lines_is_chosen_and_remembered() {
    let mut driver = Driver::new();
    let height = |driver: &Driver| {
        let reader = &driver.work().open.as_ref().unwrap().reader;
        let place = |words: &str| reader.rect_of(driver.find(words, 0)).first().map_or(0.0, egui::Rect::top);
        place("Raka Wirya Tiba") - place("ADVERTISEMENT")
    };
    let usual = height(&driver);
    driver.palette("lines close together");
    let compact = height(&driver);
    driver.palette("lines far apart");
    assert!(height(&driver) < usual && usual < compact, "{compact} {usual} {}", height(&driver));
    assert_eq!(driver.app().settings.spacing, jejak::store::settings::Spacing::Wide);
    let mut driver = driver.reopen();
    driver.palette("lines at the usual distance");
    assert_eq!(height(&driver), usual);
}

#[test]
fn what_looks_equal_is_found_in_all_articles() {
    let mut driver = Driver::with_articles(|folder| {
        for (name, text) in
            [("1.txt", "Raka Wirya tiba.\n"), ("2.txt", "Kata Ra\u{ad}ka\u{a0}Wirya.\n"), ("3.txt", "Nihil.\n")]
        {
            #[allow(clippy::disallowed_methods)] // A test's own input.
            std::fs::write(folder.join(name), text).unwrap();
        }
        vec![folder.to_owned()]
    });
    let span = driver.find("Raka Wirya", 0);
    driver.select_with_mouse(span);
    driver.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::F);
    let busy = |work: &jejak::ui::Workspace| work.open.as_ref().unwrap().finder.as_ref().unwrap().busy();
    driver.wait_for(|work| !busy(work));
    driver.settle();
    assert!(driver.says("2 hits in 2 articles"));
    let row = driver.harness.get_by_label_contains("…Kata").rect().center();
    driver.click(row);
    driver.settle();
    assert_eq!(driver.selection(), Some("Ra\u{ad}ka\u{a0}Wirya"), "the article is opened at the words");
    assert!(driver.says("2 hits in 2 articles"), "the hits are still there");
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(!driver.says("2 hits"));
}

#[test]
fn what_the_pointer_rests_on_is_told() {
    let mut driver = Driver::new();
    driver.label("Lidia Moreno", 0, 'p');
    driver.char('@');
    driver.key(Modifiers::NONE, Key::Enter);
    driver.char('N');
    driver.write("di istana");
    driver.key(Modifiers::COMMAND, Key::Enter);
    driver.label("kunjungan kenegaraan", 0, 't');
    driver.char('H');
    driver.click_with("Lidia Moreno", 0, Modifiers::NONE);
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    let said = ["is Lidia Moreno", "Host in Trip", "note: di istana"];
    let span = driver.find("Moreno", 0);
    let (_, at) = driver.corners(span);
    driver.harness.event(Event::PointerMoved(at + vec2(200.0, 90.0)));
    driver.pause();
    driver.harness.event(Event::PointerMoved(at - vec2(10.0, 0.0)));
    driver.harness.run_steps(2);
    assert!(!driver.says(said[1]), "not at once");
    driver.pause();
    for said in said {
        assert!(driver.says(said), "{said}");
    }
    driver.harness.event(Event::PointerMoved(at + vec2(200.0, 90.0)));
    driver.settle();
    assert!(!driver.says(said[1]));
}
