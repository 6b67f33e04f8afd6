//! Tables over all articles: looked at, filtered, left for the words and come back to, by keys and mouse.

use eframe::egui::{Event, Key, Modifiers};
use jejak::store::settings::Settings;
use jejak::ui::View;

use crate::driver::asked::{Asked, plain};
use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;

/// A window on the sample project, for one of its annotators.
fn sample() -> Driver {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    driver::start(home, &project, &Settings { annotator: "a".to_owned(), ..driver::settings() })
}

/// The lines of the table that is shown, cells divided by `|`.
fn table(driver: &Driver) -> Vec<String> {
    plain(&driver.app().corpus.table()).lines().map(|line| line.replace('\t', "|")).collect()
}

#[test]
fn every_trip_has_a_row_and_every_article_a_column() {
    let mut driver = sample();
    driver.key(NONE, Key::F11);
    assert_eq!(driver.app().view, View::Corpus);
    let all = table(&driver);
    let tour = all.iter().find(|line| line.contains("Kalvera") && line.contains("2025") || line.contains("Zahrania"));
    assert!(all.len() > 8, "{all:#?}");
    assert!(tour.is_some(), "{all:#?}");
    assert!(all[0].contains("000 6 Mar 2025") && all[0].contains("005 2 Apr 2025"), "{}", all[0]);
    // A cell is named for those who hear it, and so is a row.
    let cell = |label: &str| label.starts_with("001,") && label.contains("Kalvera");
    assert!(driver.harness.query_all_named(cell).count() > 0);
}

#[test]
fn the_words_open_in_their_article_and_back_is_the_same_cell() {
    let mut driver = sample();
    driver.key(NONE, Key::F11);
    driver.key(NONE, Key::ArrowDown);
    driver.key(NONE, Key::ArrowRight);
    driver.key(NONE, Key::ArrowRight);
    let at = driver.app().corpus.at();
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.app().view, View::Annotate);
    let open = driver.work().open.as_ref().unwrap();
    assert!(!open.selected.is_empty() || open.reader.selection().is_some(), "the words are looked at");
    driver.key(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!((driver.app().view, driver.app().corpus.at()), (View::Corpus, at));
    // The key moves the caret again for a person who came by themselves.
    driver.key(NONE, Key::Enter);
    driver.key(NONE, Key::F2);
    driver.key(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(driver.app().view, View::Annotate);
}

#[test]
fn a_filter_holds_and_says_what_it_does_not_understand() {
    let mut driver = sample();
    driver.key(NONE, Key::F11);
    let all = table(&driver).len();
    driver.key(Modifiers::COMMAND, Key::L);
    driver.write("is:Ratih");
    let few = table(&driver);
    assert!(few.len() > 1 && few.len() < all, "{few:#?}");
    driver.write(" Nordskar");
    let fewer = table(&driver);
    assert!(fewer.len() > 1 && fewer.len() < few.len(), "{fewer:#?}");
    driver.write(":1");
    assert_eq!(table(&driver), fewer, "what is not understood changes nothing");
    driver.key(NONE, Key::Escape);
    driver.key(Modifiers::COMMAND, Key::Backspace);
    assert_eq!(table(&driver).len(), all);
}

#[test]
fn an_edit_is_in_the_table_when_one_comes_back() {
    let mut driver = sample();
    driver.key(NONE, Key::F11);
    let before = table(&driver);
    driver.key(NONE, Key::ArrowRight);
    driver.key(NONE, Key::Enter);
    driver.key(NONE, Key::Delete);
    driver.key(NONE, Key::F11);
    let after = table(&driver);
    assert_ne!(after, before);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(table(&driver), before);
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn rows_and_columns_can_be_others() {
    let mut driver = sample();
    driver.key(NONE, Key::F11);
    driver.key(NONE, Key::ArrowDown);
    driver.char('v');
    assert!(table(&driver).iter().any(|line| line.starts_with("Traveller|")), "{:#?}", table(&driver));
    driver.char('v');
    driver.char('#');
    let counts = table(&driver);
    assert!(counts[1].split('|').skip(2).any(|cell| cell == "1"), "{}", counts[1]);
}

#[test]
fn the_timeline_looks_at_the_same_trip_and_filters_by_period() {
    let mut driver = sample();
    driver.key(NONE, Key::F11);
    driver.key(NONE, Key::ArrowDown);
    let trip = driver.app().corpus.looked_at();
    driver.char('2');
    assert_eq!(driver.app().corpus.looked_at(), trip, "one selection for all panes");
    driver.key(NONE, Key::ArrowRight);
    assert_ne!(driver.app().corpus.looked_at(), trip);
    let all = table(&driver).len();
    // A period is drawn with Shift held.
    let bars = |label: &str| label.starts_with("Arya Tanjungbiru, ");
    let nodes = driver.harness.query_all_named(bars);
    let places: Vec<_> = nodes.map(|node| node.rect()).collect();
    assert!(places.len() > 2, "bars are named");
    let (left, right) = (places.iter().map(eframe::egui::Rect::left).fold(f32::MAX, f32::min), places[0].center());
    driver.harness.event(Event::ModifiersChanged(Modifiers::SHIFT));
    driver.drag(eframe::egui::pos2(left - 6.0, 140.0), eframe::egui::pos2(right.x, 140.0));
    driver.harness.event(Event::ModifiersChanged(NONE));
    driver.settle();
    assert!(driver.app().corpus.line.contains("from:"), "{}", driver.app().corpus.line);
    assert!(table(&driver).len() <= all);
    driver.key(NONE, Key::Home);
    driver.char('l');
    driver.char('+');
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_low_timeline_has_place_for_lanes() {
    let mut driver = sample();
    driver.key(NONE, Key::F11);
    driver.char('2');
    let shown = |driver: &Driver| {
        ["period that is shown", "planned, expected"].map(|label| driver.harness.query_all_by_label(label).count())
    };
    assert_eq!(shown(&driver), [1, 1]);
    driver.harness.set_size([640.0, 400.0].into());
    driver.settle();
    assert_eq!(shown(&driver), [0, 0], "strip and legend lie over the lanes");
    driver.key(NONE, Key::ArrowRight);
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn cells_that_contradict_say_so_and_the_words_say_by_which_rule() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    // The last article plans what an earlier one says is over.
    let last = project.join("sets/a/005.ron");
    let said = std::fs::read_to_string(&last).unwrap();
    std::fs::write(&last, said.replace(r#"("status", "completed")"#, r#"("status", "planned")"#)).unwrap();
    let mut driver = driver::start(home, &project, &Settings { annotator: "a".to_owned(), ..driver::settings() });
    driver.key(NONE, Key::F11);
    let says = |driver: &Driver, end: &str| driver.harness.query_all_named(|label| label.ends_with(end)).count();
    // The cell of the other article lies to the right of what is in view.
    assert_eq!(says(&driver, ", articles conflict"), 1, "{:#?}", table(&driver));
    let rows = table(&driver).len();
    let rules = ["Two articles say days", "Two articles lead to places", "A later article says"];
    let rule = |driver: &Driver| {
        let is_rule = |label: &str| rules.iter().any(|rule| label.starts_with(rule));
        driver.harness.query_all_named(is_rule).count() > 0
    };
    // The words beside the table are those of the row that is looked at.
    let shown = (0..rows).any(|_| {
        let shown = rule(&driver);
        driver.key(NONE, Key::ArrowDown);
        shown
    });
    assert!(shown, "no rule in words");
}

#[test]
fn two_claims_are_judged_undone_redone_and_still_so_when_the_project_is_opened_again() {
    let mut driver = sample();
    driver.key(NONE, Key::F11);
    driver.char('3');
    let (judged, all) = driver.app().corpus.judged();
    assert!(all > judged + 3, "{judged} of {all}");
    let before = table(&driver);
    driver.char('-');
    assert_eq!(driver.app().corpus.judged().0, judged + 1);
    let first = table(&driver);
    driver.key(NONE, Key::Tab);
    driver.char('+');
    assert_eq!(driver.app().corpus.judged().0, judged + 2);
    let after = table(&driver);
    assert!(before != first && first != after);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!((driver.app().corpus.judged().0, table(&driver)), (judged + 1, first));
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!((driver.app().corpus.judged().0, table(&driver)), (judged, before));
    driver.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    driver.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(table(&driver), after);
    let mut driver = driver.reopen_as("a");
    driver.key(NONE, Key::F11);
    driver.char('3');
    assert_eq!(table(&driver), after);
    // The overview has what is contradicted, and its words open.
    driver.char('c');
    assert!(table(&driver).len() > 1, "{:#?}", table(&driver));
    driver.key(NONE, Key::Enter);
    assert_eq!((driver.app().view, driver.failures()), (View::Annotate, vec![]));
}
