//! The work list of trips: joined, parted, judged, with real keys.

use eframe::egui::{Key, Modifiers};
use egui_kittest::Node;
use egui_kittest::kittest::NodeT;
use jejak::store::settings::Settings;
use jejak::ui::View;

use crate::driver::asked::{Asked, plain};
use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;

/// A window on the sample project, where trips of these articles have no identity.
fn unjoined(articles: &[&str]) -> Driver {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    for article in articles {
        let path = project.join("sets/a").join(format!("{article}.ron"));
        let said = std::fs::read_to_string(&path).unwrap();
        let without = |line: &str| match line.find(", referent: ").filter(|_| line.contains(r#"label: "trip""#)) {
            Some(at) => {
                let end = at + 2 + line[at + 2..].find(',').unwrap();
                format!("{}{}", &line[..at], &line[end..])
            }
            None => line.to_owned(),
        };
        std::fs::write(&path, said.lines().map(|line| without(line) + "\n").collect::<String>()).unwrap();
    }
    let mut driver = driver::start(home, &project, &Settings { annotator: "a".to_owned(), ..driver::settings() });
    driver.harness.set_size([1280.0, 1600.0].into());
    driver.key(NONE, Key::F11);
    driver.settle();
    driver
}

fn table(driver: &Driver) -> Vec<String> {
    plain(&driver.app().corpus.table()).lines().map(|line| line.replace('\t', "|")).collect()
}

fn is_row(node: &Node<'_>) -> bool {
    ["RowHeader", "Cell"].contains(&&*format!("{:?}", node.accesskit_node().role()))
}

/// The name of the row or cell that is looked at.
fn chosen(driver: &Driver) -> String {
    let on = |node: &Node<'_>| is_row(node) && format!("{:?}", node.accesskit_node().toggled()).contains("True");
    let name = |node: Node<'_>| node.accesskit_node().label().map(|label| plain(&label));
    driver.harness.query_all_named(|_| true).find(on).and_then(name).unwrap_or_default()
}

/// Goes down to a row whose name begins so.
pub fn go_to(driver: &mut Driver, start: &str) {
    driver.key(CTRL, Key::Home);
    for _ in 0..60 {
        if chosen(driver).starts_with(start) {
            return;
        }
        driver.key(NONE, Key::ArrowDown);
    }
    panic!("no row {start}: {:#?}", table(driver));
}

fn depth(driver: &Driver) -> usize {
    driver.work().session.history().depth().0
}

/// Waits until one more thing can be undone.
fn one_more(driver: &mut Driver, before: usize) {
    driver.wait_for(|work| work.session.history().depth().0 == before + 1);
    driver.settle();
}

#[test]
fn a_proposal_is_joined_undone_redone_and_still_so_when_the_project_is_opened_again() {
    let mut driver = unjoined(&["001"]);
    let before = table(&driver);
    go_to(&mut driver, "May be Arya ke Kalvera dan Zahrania");
    driver.char('m');
    assert!(driver.app().overlay.is_some(), "the preview comes first");
    assert_eq!(depth(&driver), 0);
    driver.key(NONE, Key::Escape);
    assert_eq!((depth(&driver), table(&driver)), (0, before.clone()));
    driver.char('m');
    driver.key(NONE, Key::Enter);
    one_more(&mut driver, 0);
    let joined = table(&driver);
    assert_eq!(joined.len(), before.len() - 1, "{joined:#?}");
    driver.key(CTRL, Key::Z);
    driver.settle();
    assert_eq!(table(&driver), before);
    driver.key(CTRL, Key::Y);
    driver.settle();
    assert_eq!(table(&driver), joined);
    let mut driver = driver.reopen_as("a");
    driver.key(NONE, Key::F11);
    driver.settle();
    assert_eq!((table(&driver), driver.app().view), (joined, View::Corpus));
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn trips_that_are_not_the_same_are_not_proposed_again() {
    let mut driver = unjoined(&["001"]);
    go_to(&mut driver, "May be Arya ke Kalvera dan Zahrania");
    let proposals = |driver: &Driver| {
        let all = driver.harness.query_all_named(|label| label.starts_with("May be Arya ke Kalvera dan Zahrania"));
        all.filter(is_row).count()
    };
    let before = proposals(&driver);
    assert!(before > 0);
    driver.char('n');
    one_more(&mut driver, 0);
    driver.key(CTRL, Key::Home);
    assert_eq!(proposals(&driver), before - 1);
    driver.key(CTRL, Key::Z);
    driver.settle();
    go_to(&mut driver, "May be Arya ke Kalvera dan Zahrania");
    assert_eq!(proposals(&driver), before);
    driver.char('u');
    one_more(&mut driver, 0);
    assert_eq!(proposals(&driver), before - 1);
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_marked_trip_is_joined_with_another_and_parted_by_its_cell() {
    let mut driver = unjoined(&[]);
    let before = table(&driver);
    go_to(&mut driver, "Jati Purwaraga");
    driver.char(' ');
    assert!(chosen(&driver).ends_with("marked"), "{}", chosen(&driver));
    go_to(&mut driver, "Ratih Senjakala, Nordskar");
    driver.char('m');
    driver.key(NONE, Key::Enter);
    one_more(&mut driver, 0);
    let joined = table(&driver);
    assert_eq!(joined.len(), before.len() - 1, "{joined:#?}");
    // Two articles of the tour: one of them is another trip.
    go_to(&mut driver, "Arya Tanjungbiru, Kalvera");
    driver.char('s');
    assert_eq!(depth(&driver), 1, "a cell first");
    driver.key(NONE, Key::ArrowRight);
    driver.char('s');
    one_more(&mut driver, 1);
    assert_eq!(table(&driver).len(), before.len());
    let parted = table(&driver);
    driver.key(CTRL, Key::Z);
    driver.settle();
    assert_eq!(table(&driver), joined);
    driver.key(CTRL, Key::Z);
    driver.settle();
    assert_eq!(table(&driver), before);
    driver.key(CTRL, Key::Y);
    driver.key(CTRL, Key::Y);
    driver.settle();
    assert_eq!(table(&driver), parted);
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn only_conflicts_are_listed_and_their_rule_is_said() {
    let mut driver = unjoined(&[]);
    let all = table(&driver);
    driver.char('w');
    assert!(driver.said().starts_with("No article contradicts"), "{}", driver.said());
    // Two journeys a year apart are one.
    go_to(&mut driver, "Qays");
    driver.char(' ');
    go_to(&mut driver, "Hestu Mandalagiri");
    driver.char('m');
    driver.key(NONE, Key::Enter);
    one_more(&mut driver, 0);
    driver.char('c');
    driver.settle();
    let few = table(&driver);
    assert_eq!(few.len(), 3, "another trip conflicts in the sample itself: {few:#?}");
    driver.char('w');
    assert!(driver.said().contains("2009-07 and 1994-01-01/1994-12-31. Two articles say days"), "{}", driver.said());
    driver.char('c');
    driver.settle();
    assert_eq!(table(&driver).len(), all.len() - 1);
}

#[test]
fn an_unfolded_trip_shows_near_misses_and_why() {
    let mut driver = unjoined(&[]);
    go_to(&mut driver, "Arya Tanjungbiru, Federasi Borhalla");
    driver.char('v');
    let near = "Is not proposed as Arya ke Nordskar, Juni 2025";
    go_to(&mut driver, near);
    assert!(chosen(&driver).contains("121 days lie between them"), "{}", chosen(&driver));
}
