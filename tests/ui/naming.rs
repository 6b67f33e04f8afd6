//! Identity and equal words: who is offered first, and what comes along.

use eframe::egui::accesskit::Live;
use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;
use jejak::text::Span;

use crate::driver::asked::{Asked, plain};
use crate::driver::{ANNOTATOR, Driver, shown};

fn drag(driver: &mut Driver, words: &str, nth: usize) {
    let span = driver.find(words, nth);
    driver.select_with_mouse(span);
}

/// The names of the referents that annotations have, as `words = name`.
fn identities(driver: &Driver) -> Vec<String> {
    let (text, set) = driver.work().page().unwrap();
    let referents = driver.work().session.corpus().referents(&ANNOTATOR.into()).unwrap();
    let named = |record: &std::sync::Arc<jejak::model::Annotation>| {
        let name = record.referent.map_or("?", |id| referents[&id].name.as_str());
        format!("{} = {name}", shown(text, record))
    };
    set.iter().map(named).collect()
}

#[test]
fn who_is_offered_first_has_a_like_name_and_is_new_otherwise() {
    let mut driver = Driver::new();
    // The first is new, and so is one whose name is like no other's.
    for (words, nth) in [("Raka Wirya", 0), ("Lidia Moreno", 0)] {
        drag(&mut driver, words, nth);
        driver.char('p');
        driver.char('@');
        driver.key(Modifiers::NONE, Key::Enter);
    }
    assert_eq!(identities(&driver), ["person: Raka Wirya = Raka Wirya", "person: Lidia Moreno = Lidia Moreno"]);
    // An equal name and a part of one are offered first.
    for (words, nth) in [("Raka Wirya", 2), ("Moreno", 0)] {
        drag(&mut driver, words, nth);
        driver.char('p');
        driver.char('@');
        driver.key(Modifiers::NONE, Key::Enter);
    }
    assert!(identities(&driver).contains(&"person: Moreno = Lidia Moreno".to_owned()), "{:?}", identities(&driver));
    // So is who was mentioned by these words before, by whatever name.
    drag(&mut driver, "Ia", 0);
    driver.char('p');
    driver.char('@');
    driver.write("raka");
    driver.key(Modifiers::NONE, Key::Enter);
    let referents = driver.work().session.corpus().referents(&ANNOTATOR.into()).unwrap();
    assert_eq!(referents.len(), 2, "the name that was begun is the one that is there");
    // A typed name that begins no other is a new one, though its letters stand in another somewhere.
    drag(&mut driver, "Perdana Menteri", 0);
    driver.char('p');
    driver.char('@');
    driver.write("rky");
    driver.key(Modifiers::NONE, Key::Enter);
    let referents = driver.work().session.corpus().referents(&ANNOTATOR.into()).unwrap();
    assert!(referents.values().any(|referent| referent.name == "rky"), "{:?}", identities(&driver));
}

#[test]
fn the_list_says_why_and_who_was_judged_not_to_be_that_one_is_not_among_the_first() {
    let mut driver = Driver::new();
    drag(&mut driver, "Lidia Moreno", 0);
    driver.char('p');
    driver.char('@');
    driver.key(Modifiers::NONE, Key::Enter);
    drag(&mut driver, "Moreno", 0);
    driver.char('p');
    driver.char('@');
    let says = |driver: &Driver, part: &'static str| {
        let has = move |description: String| plain(&description).contains(part);
        driver.harness.query_all_so(move |node| node.description().is_some_and(has)).count() > 0
    };
    assert!(says(&driver, "all words of one stand in the other"), "the reason is that of the register");
    driver.key(Modifiers::NONE, Key::ArrowDown);
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(identities(&driver).contains(&"person: Moreno = Moreno".to_owned()), "{:?}", identities(&driver));
    let work = driver.harness.state_mut().work.as_mut().unwrap();
    let ids: Vec<jejak::model::Id> = {
        let referents = work.session.corpus().referents(&ANNOTATOR.into()).unwrap();
        ["Lidia Moreno", "Moreno"].map(|name| referents.values().find(|it| it.name == name).unwrap().id).to_vec()
    };
    let two = jejak::model::Verdict::NotSame;
    let judged = jejak::edit::judge(work.session.corpus(), &ANNOTATOR.into(), (ids[0], ids[1]), two, "").unwrap();
    work.commit(judged).unwrap();
    driver.settle();
    driver.char('@');
    assert!(says(&driver, "not the same as Moreno"));
    // The one who is called so comes first, then somebody new, and only then the other one.
    driver.key(Modifiers::NONE, Key::ArrowDown);
    driver.key(Modifiers::NONE, Key::Enter);
    let referents = driver.work().session.corpus().referents(&ANNOTATOR.into()).unwrap();
    assert_eq!(referents.len(), 3, "{:?}", identities(&driver));
}

#[test]
fn candidates_begin_with_what_the_selected_words_name() {
    let mut driver = Driver::new();
    for (words, nth) in [("Lidia Moreno", 0), ("Raka Wirya", 0)] {
        drag(&mut driver, words, nth);
        driver.char('p');
    }
    drag(&mut driver, "kunjungan kenegaraan", 0);
    driver.char('t');
    let traveller = |driver: &Driver| {
        let (text, set) = driver.work().page().unwrap();
        let trip = set.iter().find(|record| record.label == "trip").unwrap();
        let id = trip.targets().last().unwrap();
        shown(text, set.get(id).unwrap())
    };
    // Equal to a mention that was not used lately.
    drag(&mut driver, "Moreno", 0);
    driver.char(' ');
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(traveller(&driver), "person: Lidia Moreno");
    // Equal to nobody: what they are themselves comes before anybody.
    drag(&mut driver, "Kantor Berita Ombak", 0);
    driver.char(' ');
    assert_eq!(driver.harness.query_all_by_label_contains("Kantor Berita Ombak").count(), 2, "a person or a body");
    driver.key(Modifiers::NONE, Key::ArrowDown);
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(traveller(&driver), "organization: Kantor Berita Ombak");
}

#[test]
fn an_equal_name_is_offered_first_however_far_off_it_is() {
    let others: String = (0..45).map(|n| format!("Orang{n} hadir.\n")).collect();
    let mut driver = Driver::with_articles(|folder| {
        let text = format!("Raka Wirya menunggu.\n\n{others}\nKunjungan Raka Wirya.\n");
        #[allow(clippy::disallowed_methods)] // A test's own input.
        std::fs::write(folder.join("jauh.txt"), text).unwrap();
        vec![folder.to_owned()]
    });
    let spans = driver.text().as_str().match_indices("Orang").map(|(at, _)| at).collect::<Vec<_>>();
    let spans: Vec<Span> = spans.into_iter().filter_map(|at| driver.text().word_at(at as u32)).collect();
    let first = driver.find("Raka Wirya", 0);
    for span in std::iter::once(first).chain(spans) {
        let work = driver.harness.state_mut().work.as_mut().unwrap();
        let (transaction, _) = work.set_editor().unwrap().label(&"person".into(), vec![span]);
        work.commit(transaction).unwrap();
    }
    drag(&mut driver, "Kunjungan", 0);
    driver.char('t');
    drag(&mut driver, "Raka Wirya", 1);
    driver.char(' ');
    driver.key(Modifiers::NONE, Key::Enter);
    let set = driver.set();
    let trip = set.iter().find(|record| record.label == "trip").unwrap();
    let traveller = trip.targets().next().and_then(|id| set.get(id)).unwrap();
    assert_eq!(traveller.at, [first], "the person of that name, and no new one");
    assert_eq!(set.len(), 47);
}

#[test]
fn equal_words_take_identity_and_attributes_along_and_leave_zones_out() {
    let mut driver = Driver::new();
    drag(&mut driver, "Raka Wirya Tiba di Bandar Laut", 1);
    driver.char('z');
    drag(&mut driver, "Bandar Laut", 2);
    driver.char('l');
    driver.char('1');
    driver.char('2');
    driver.char('@');
    driver.key(Modifiers::NONE, Key::Enter);
    let places = driver.text().as_str().matches("Bandar Laut").count();
    driver.char('R');
    let told = |driver: &Driver| {
        let mut told = driver.harness.query_all_by_label_contains("is Bandar Laut");
        told.any(|node| node.accesskit_node().live() == Live::Off)
    };
    assert!(told(&driver), "what comes along is told, not only heard");
    assert!(driver.harness.query_by_label_contains("kind city").is_some());
    driver.key(Modifiers::NONE, Key::Enter);
    let labelled: Vec<_> = driver.set().iter().filter(|record| record.label == "place").collect();
    assert_eq!(labelled.len(), places - 1, "the one in the zone is left out");
    assert!(labelled.iter().all(|record| record.referent.is_some() && record.attribute("kind") == Some("city")));
    assert!(driver.said().contains("zone"), "and that is said: {}", driver.said());
    // Ticked, it comes in, too.
    driver.char('R');
    driver.harness.get_by_label_contains("also 1 place in zones").click();
    driver.settle();
    driver.key(Modifiers::NONE, Key::Enter);
    let labelled = driver.set().iter().filter(|record| record.label == "place").count();
    assert_eq!(labelled, places);
}

#[test]
fn a_name_that_is_known_takes_its_person_along() {
    let mut driver = Driver::new();
    drag(&mut driver, "Raka Wirya", 0);
    driver.char('p');
    assert_eq!(identities(&driver), ["person: Raka Wirya = ?"], "who is not known is nobody, until a key says so");
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(identities(&driver), ["person: Raka Wirya = Raka Wirya"], "one key makes somebody of a new name");
}

#[test]
fn identity_comes_with_the_name_and_one_key_takes_it_off() {
    let mut driver = Driver::new();
    drag(&mut driver, "Raka Wirya", 0);
    driver.char('p');
    driver.key(Modifiers::NONE, Key::Enter);
    drag(&mut driver, "Raka Wirya", 2);
    driver.char('p');
    assert_eq!(identities(&driver)[1], "person: Raka Wirya = Raka Wirya", "nothing is asked twice");
    assert!(driver.said().contains("is Raka Wirya"), "and it is said: {}", driver.said());
    driver.char('0');
    assert_eq!(identities(&driver)[1], "person: Raka Wirya = ?");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(identities(&driver)[1], "person: Raka Wirya = Raka Wirya");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(identities(&driver).len(), 1, "the mark and who it is are one step");
    driver.key(Modifiers::COMMAND, Key::Y);
    // A part of the name is proposed, and not taken by itself.
    drag(&mut driver, "Wirya", 3);
    driver.char('p');
    let wanted = "person: Wirya = ?".to_owned();
    assert!(identities(&driver).contains(&wanted), "{:?}", identities(&driver));
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(identities(&driver).contains(&"person: Wirya = Raka Wirya".to_owned()), "{:?}", identities(&driver));
    let referents = driver.work().session.corpus().referents(&ANNOTATOR.into()).unwrap();
    assert_eq!(referents.len(), 1);
}

#[test]
fn a_name_of_two_people_is_nobody_by_itself_and_another_label_is_another_thing() {
    let mut driver = Driver::new();
    drag(&mut driver, "Raka Wirya", 0);
    driver.char('p');
    driver.key(Modifiers::NONE, Key::Enter);
    // The same words as a place are no person.
    drag(&mut driver, "Raka Wirya", 1);
    driver.char('l');
    assert_eq!(identities(&driver)[1], "place: Raka Wirya = ?");
    driver.key(Modifiers::COMMAND, Key::Z);
    // A second person of that name.
    drag(&mut driver, "Raka Wirya", 1);
    driver.char('p');
    driver.char('@');
    driver.key(Modifiers::NONE, Key::ArrowDown);
    driver.key(Modifiers::NONE, Key::Enter);
    let referents = driver.work().session.corpus().referents(&ANNOTATOR.into()).unwrap();
    assert_eq!(referents.len(), 2);
    drag(&mut driver, "Raka Wirya", 2);
    driver.char('p');
    assert_eq!(identities(&driver)[2], "person: Raka Wirya = ?", "nobody knows which of the two it is");
}
