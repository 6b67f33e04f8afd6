//! The effort of usual work: a trip, a claim, a date and a companion cost no more than what they are.

use eframe::egui::{Event, Key, Modifiers, vec2};

use crate::driver::{self, Driver};
use crate::replay;

/// A window whose actions are counted: presses of a key, clicks and drags. To move the mouse alone is none.
struct Counted {
    driver: Driver,
    actions: usize,
}

impl Counted {
    fn drag(&mut self, words: &str, nth: usize) {
        self.actions += 1;
        let span = self.driver.find(words, nth);
        self.driver.select_with_mouse(span);
    }

    fn click(&mut self, words: &str, nth: usize) {
        self.actions += 1;
        let span = self.driver.find(words, nth);
        let (from, _) = self.driver.corners(span);
        self.driver.click(from + vec2(4.0, 0.0));
    }

    fn point(&mut self, words: &str, nth: usize) {
        let span = self.driver.find(words, nth);
        let (from, _) = self.driver.corners(span);
        self.driver.harness.event(Event::PointerMoved(from + vec2(4.0, 0.0)));
        self.driver.settle();
    }

    fn char(&mut self, c: char) {
        self.actions += 1;
        self.driver.char(c);
    }

    fn key(&mut self, modifiers: Modifiers, key: Key) {
        self.actions += 1;
        self.driver.key(modifiers, key);
    }

    fn roles(&self, label: &str) -> Vec<String> {
        let set = self.driver.set();
        driver::roles(&self.driver, set.iter().rfind(|record| record.label == *label).unwrap())
    }
}

/// The first article with its mentions marked.
fn marked() -> Counted {
    let mut driver = Driver::new();
    for (words, nth, label) in [
        ("Raka Wirya", 2, 'p'),
        ("Lidia Moreno", 0, 'p'),
        ("Bandar Laut", 2, 'l'),
        ("Istana Angin", 0, 'l'),
        ("Selasa (18/6)", 0, 'd'),
        ("Kantor Berita Ombak", 0, 'o'),
        ("Raka Wirya", 3, 'p'),
    ] {
        let span = driver.find(words, nth);
        driver.select_with_mouse(span);
        driver.char(label);
    }
    Counted { driver, actions: 0 }
}

#[test]
fn a_trip_with_four_roles_and_its_status_is_seven_actions() {
    let mut hand = marked();
    hand.drag("kunjungan kenegaraan", 0);
    hand.char('t');
    hand.click("Raka Wirya", 2);
    // The traveller is there: what can only be the next required role is that.
    hand.click("Bandar Laut", 2);
    hand.point("Selasa", 0);
    hand.char('B');
    hand.point("Lidia Moreno", 0);
    hand.char('M');
    hand.key(Modifiers::ALT, Key::Num3);
    let wanted = [
        "traveller = person: Raka Wirya",
        "destination = place: Bandar Laut",
        "departure = date: Selasa (18/6",
        "meets = person: Lidia Moreno",
    ];
    assert_eq!(hand.roles("trip").len(), 4, "{:?}", hand.roles("trip"));
    for (role, wanted) in hand.roles("trip").iter().zip(wanted) {
        assert!(role.starts_with(wanted), "{role}");
    }
    let trip = hand.driver.set().iter().find(|record| record.label == *"trip").unwrap();
    assert_eq!(trip.attribute("status"), Some("ongoing"));
    assert_eq!(hand.actions, 7);
    assert_eq!(hand.driver.work().armed(), None, "and nothing is left armed");
    // A companion more is one.
    hand.point("Kantor Berita Ombak", 0);
    hand.char('C');
    assert_eq!((hand.roles("trip").len(), hand.actions), (5, 8));
}

#[test]
fn a_claim_with_four_roles_and_five_attributes_is_twelve_actions() {
    let mut hand = marked();
    hand.drag("kunjungan kenegaraan", 0);
    hand.char('t');
    hand.key(Modifiers::NONE, Key::Escape);
    hand.key(Modifiers::NONE, Key::Escape);
    hand.actions = 0;
    hand.drag("Kami datang dengan niat baik", 0);
    hand.char('c');
    hand.click("kunjungan kenegaraan", 0);
    hand.point("Raka Wirya", 3);
    hand.char('C');
    hand.point("Kantor Berita Ombak", 0);
    hand.char('L');
    hand.char('U');
    hand.drag("kata", 0);
    for value in [Key::Num1, Key::Num1, Key::Num1, Key::Num2, Key::Num1] {
        hand.key(Modifiers::ALT, value);
    }
    let wanted = [
        "about = trip: kunjungan kenegaraan",
        "claimant = person: Raka Wirya",
        "relayed-by = organization: Kantor Berita Ombak",
        "cue = kata",
    ];
    assert_eq!(hand.roles("claim"), wanted);
    let claim = hand.driver.set().iter().find(|record| record.label == *"claim").unwrap();
    let said: Vec<&str> = claim.attributes.iter().map(|(_, value)| value.as_str()).collect();
    assert_eq!(said, ["certain", "yes", "positive", "direct", "present"]);
    assert_eq!(hand.actions, 12);
}

#[test]
fn what_one_points_at_fills_a_role_only_where_that_is_meant() {
    let mut hand = marked();
    hand.drag("kunjungan kenegaraan", 0);
    hand.char('t');
    hand.click("Raka Wirya", 2);
    // The mouse rests where it clicked, and trembles: the key arms.
    let span = hand.driver.find("Raka Wirya", 2);
    let (from, _) = hand.driver.corners(span);
    hand.driver.harness.event(Event::PointerMoved(from + vec2(6.0, 0.0)));
    hand.char('C');
    assert_eq!(hand.roles("trip"), ["traveller = person: Raka Wirya"]);
    assert_eq!(hand.driver.work().armed().map(|(_, role)| role.to_string()).as_deref(), Some("companion"));
    // On words that do not fit it arms, too.
    hand.point("Istana Angin", 0);
    hand.char('M');
    assert_eq!(hand.roles("trip").len(), 1);
    // A click on what fits neither the armed role nor the next says so, as ever.
    hand.click("Selasa", 0);
    assert_eq!(hand.roles("trip").len(), 1);
    assert!(hand.driver.said().contains("Date"), "{}", hand.driver.said());
}

#[test]
fn a_digit_with_alt_gives_the_next_attribute_its_value() {
    let mut hand = marked();
    hand.click("Istana Angin", 0);
    hand.key(Modifiers::ALT, Key::Num4);
    let place = |hand: &Counted| {
        let span = hand.driver.find("Istana Angin", 0);
        let record = hand.driver.set().iter().find(|record| record.at == [span]).unwrap();
        record.attribute("kind").map(str::to_owned)
    };
    assert_eq!(place(&hand).as_deref(), Some("facility"));
    hand.key(Modifiers::ALT, Key::Num1);
    assert_eq!(place(&hand).as_deref(), Some("facility"), "one that is set stays");
    hand.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(place(&hand), None);
    hand.key(Modifiers::ALT, Key::Num9);
    assert_eq!(place(&hand), None, "there is no ninth");
    assert!(hand.driver.said().contains('4'), "{}", hand.driver.said());
}

/// The first two articles of the sample project, made anew by hand.
#[test]
fn a_replay_makes_what_was_there_and_counts_what_it_took() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan");
    let mut gold = replay::of_project(&sample, "a");
    gold.articles.truncate(2);
    let effort = replay::replay(&gold);
    assert!(effort.wrong.is_empty(), "{} things:\n{}", effort.wrong.len(), effort.wrong.join("\n"));
    let each = |thing: &str| effort.each(thing);
    assert!(each("mention") <= 3.0, "{}", each("mention"));
    assert!(each("date") <= 2.0, "{}", each("date"));
    assert!(effort.actions() > 100);
}

/// The same with suggestions: what was wrong with them is mended, and they are worth it.
#[test]
fn a_replay_with_suggestions_makes_the_same() {
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan");
    let mut gold = replay::of_project(&sample, "a");
    gold.articles.truncate(2);
    for taking in [replay::Taking::All, replay::Taking::Each] {
        let effort = replay::replay_with(&gold, Some(taking));
        let wrong = effort.wrong.join("\n");
        assert!(effort.wrong.is_empty(), "{taking:?}: {} things:\n{wrong}", effort.wrong.len());
        let of = |action| effort.kinds.get(&action).copied().unwrap_or_default();
        assert!(of(replay::Action::Accept) > 5, "{taking:?}: {:?}", effort.kinds);
        assert!(effort.each("mention") <= 3.0, "{taking:?}: {}", effort.each("mention"));
    }
}
