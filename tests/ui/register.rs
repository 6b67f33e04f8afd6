//! The register and the map: names judged, joined and parted, places resolved, with real keys.

use std::collections::BTreeMap;

use eframe::egui::{Key, Modifiers};
use jejak::store::settings::Settings;

use crate::driver::asked::Asked;
use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// A window on the sample project, at a pane over all articles.
fn pane(annotator: &str, digit: &str) -> Driver {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    let mut driver = driver::start(home, &project, &Settings { annotator: annotator.to_owned(), ..driver::settings() });
    driver.key(NONE, Key::F11);
    driver.write(digit);
    driver.settle();
    driver
}

fn table(driver: &Driver) -> Vec<String> {
    driver.app().corpus.table().lines().map(|line| line.replace('\t', "|")).collect()
}

fn pairs(driver: &Driver) -> usize {
    driver.app().corpus.register.pairs()
}

/// Names of the entries of the row that is looked at.
fn names(driver: &Driver) -> Vec<String> {
    driver.app().corpus.register.entries().iter().map(|entry| entry.name.clone()).collect()
}

#[test]
fn where_gold_is_shown_judging_and_joining_go_into_gold() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    std::fs::create_dir(project.join("sets/gold")).unwrap();
    for file in std::fs::read_dir(project.join("sets/a")).unwrap().flatten() {
        let said = std::fs::read_to_string(file.path()).unwrap();
        let open = said.replace("progress: Done", "progress: InProgress").replacen(
            "annotator: \"a\"",
            "annotator: \"gold\"",
            1,
        );
        std::fs::write(project.join("sets/gold").join(file.file_name()), open).unwrap();
    }
    let mut driver = driver::start(home, &project, &Settings { annotator: "a".to_owned(), ..driver::settings() });
    driver.key(NONE, Key::F11);
    driver.write("4");
    driver.settle();
    driver.write("g");
    driver.write("2");
    driver.settle();
    let gold = |driver: &Driver| driver.app().corpus.whose(driver.work()).as_str() == "gold";
    if !gold(&driver) {
        // Whoever is not done is asked first.
        driver.key(NONE, Key::Enter);
        driver.settle();
    }
    assert!(gold(&driver));
    driver.settle();
    let before = pairs(&driver);
    assert!(before > 1);
    let done = |driver: &mut Driver, key: &str, depth: usize| {
        driver.write(key);
        driver.settle();
        assert_eq!(driver.work().session.history().depth().0, depth, "{:?}", driver.failures());
    };
    done(&mut driver, "n", 1);
    assert_eq!(pairs(&driver), before - 1);
    done(&mut driver, "m", 2);
    let corpus = driver.work().session.corpus();
    let judged: Vec<_> = corpus.judgements(&"gold".into()).into_iter().flatten().map(|(_, one)| one.clone()).collect();
    assert_eq!(judged.len(), 1);
    assert_eq!(judged[0].origin.by, "a", "signed by who judges");
    assert!(corpus.judgements(&"a".into()).is_none_or(BTreeMap::is_empty), "one's own say nothing");
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_pair_is_judged_and_not_asked_again() {
    let mut driver = pane("a", "4");
    let before = pairs(&driver);
    assert!(before > 1);
    assert_eq!(names(&driver).len(), 2, "pairs come first");
    driver.write("n");
    driver.wait_for(|work| work.session.history().depth().0 > 0);
    driver.settle();
    assert_eq!(pairs(&driver), before - 1);
    driver.key(CTRL, Key::Z);
    driver.settle();
    assert_eq!(pairs(&driver), before);
    driver.write("u");
    driver.settle();
    assert_eq!(pairs(&driver), before - 1);
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn two_are_joined_by_the_mark_and_parted_by_ticks() {
    let mut driver = pane("a", "4");
    let all = table(&driver);
    let count = |driver: &Driver, name: &str| {
        let line = table(driver).into_iter().find(|line| line.split('|').nth(1) == Some(name));
        line.map(|line| line.split('|').nth(3).unwrap().parse::<usize>().unwrap())
    };
    // Two people who are not a pair: one is marked, then one goes to the other.
    while names(&driver) != ["Odo Brannick"] {
        driver.key(NONE, Key::ArrowDown);
    }
    driver.write(" ");
    while names(&driver) != ["Salwa"] {
        driver.key(NONE, Key::ArrowDown);
    }
    driver.write("m");
    driver.wait_for(|work| work.session.history().depth().0 > 0);
    driver.settle();
    assert_eq!((count(&driver, "Odo Brannick"), count(&driver, "Salwa")), (Some(4), None));
    let joined = table(&driver);
    driver.key(CTRL, Key::Z);
    driver.settle();
    assert_eq!(table(&driver), all);
    driver.key(CTRL, Key::Y);
    driver.settle();
    assert_eq!(table(&driver), joined);
    // Two mentions are another one's again.
    while names(&driver) != ["Odo Brannick"] {
        driver.key(NONE, Key::ArrowUp);
    }
    driver.write("t");
    driver.write("q");
    driver.write("t");
    driver.write("s");
    driver.settle();
    assert_eq!(count(&driver, "Odo Brannick"), Some(2));
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_click_on_the_map_filters_every_pane() {
    let mut driver = pane("a", "6");
    let trips = |driver: &mut Driver| {
        driver.write("1");
        driver.settle();
        let count = table(driver).len();
        driver.write("6");
        driver.settle();
        count
    };
    let all = trips(&mut driver);
    while driver.app().corpus.map.name() != Some("Nordskar") {
        driver.key(NONE, Key::ArrowDown);
    }
    driver.write("f");
    driver.settle();
    assert_eq!(driver.app().corpus.line, "is:\"Nordskar\"");
    assert_eq!(driver.app().corpus.map.name(), Some("Nordskar"));
    let few = trips(&mut driver);
    assert!(few > 1 && few < all, "{few} of {all}");
    driver.write("f");
    driver.settle();
    assert_eq!(driver.app().corpus.line, "");
    assert_eq!(trips(&mut driver), all);
    // The only place that is found lies in the middle; there is nothing at the edge.
    while driver.harness.query_all_named(|name| name.starts_with("Cartagena, CO")).count() == 0 {
        driver.key(NONE, Key::ArrowDown);
    }
    let at = driver.harness.query_all_named(|name| name.starts_with("Cartagena, CO")).next().unwrap().rect().center();
    driver.click(at);
    driver.wait_for(|work| work.session.history().depth().0 == 1);
    driver.settle();
    let map = driver.harness.query_all_named(|name| name.contains("not found yet")).map(|node| node.rect());
    let map = map.max_by(|one, other| one.area().total_cmp(&other.area())).unwrap();
    driver.click(map.center());
    driver.settle();
    assert_eq!(driver.app().corpus.line, "is:\"Cartagena\"");
    driver.click(map.left_top() + eframe::egui::vec2(20.0, 20.0));
    driver.settle();
    assert_eq!(driver.app().corpus.line, "");
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_leg_filters_by_mouse_and_by_keys() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    let path = project.join("sets/a/referents.ron");
    let said = std::fs::read_to_string(&path).unwrap();
    let at = |said: String, name: &str, id: &str| {
        let there = format!("name: \"{name}\", ");
        assert!(said.contains(&there));
        said.replace(&there, &format!("{there}external: [(\"geonames\", \"{id}\")], "))
    };
    // A leg from west to east, and nothing else on the map.
    std::fs::write(&path, at(at(said, "Tirtasela", "1642911"), "Karangwana", "2088122")).unwrap();
    let mut driver = driver::start(home, &project, &Settings { annotator: "a".to_owned(), ..driver::settings() });
    driver.key(NONE, Key::F11);
    driver.write("6");
    driver.settle();
    assert_eq!(driver.app().corpus.map.counts().0, 2);
    let leg = "\"Tirtasela\" \"Karangwana\"";
    driver.write("l");
    driver.settle();
    assert_eq!(driver.app().corpus.line, leg);
    assert!(table(&driver).iter().all(|line| !line.starts_with("Nordskar")), "{:#?}", table(&driver));
    driver.write("l");
    driver.settle();
    assert_eq!(driver.app().corpus.line, "", "there is no other leg");
    let map = driver.harness.query_all_named(|name| name.contains("not found yet")).map(|node| node.rect());
    let map = map.max_by(|one, other| one.area().total_cmp(&other.area())).unwrap();
    // The arc goes over the middle or under it.
    let found = (-30..30).any(|step| {
        driver.click(map.center() + eframe::egui::vec2(0.0, step as f32 * 5.0));
        driver.settle();
        driver.app().corpus.line == leg
    });
    assert!(found, "{}", driver.app().corpus.line);
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn the_map_lists_what_it_does_not_find() {
    let mut driver = pane("a", "6");
    let (found, open) = driver.app().corpus.map.counts();
    assert!(open > 2, "places of the sample are made up: {found} {open}");
    driver.key(NONE, Key::ArrowDown);
    driver.write("+");
    driver.write("-");
    driver.key(NONE, Key::Home);
    // The words of the place open in their article, and back is the same one.
    let at = driver.app().corpus.at();
    driver.key(NONE, Key::Enter);
    driver.key(Modifiers::ALT, Key::ArrowLeft);
    driver.settle();
    assert_eq!(driver.app().corpus.at(), at);
    assert_eq!(driver.failures(), [""; 0]);
}
