//! The record of suggestions: written with each answer, undone with it, there after reopening, and told in the dashboard.

use std::collections::BTreeMap;

use eframe::egui::{Key, Modifiers};
use jejak::assist::Fates;
use jejak::model::Runs;

use crate::driver::Driver;
use crate::driver::asked::Asked;
use crate::ghosts::{assisted, beginning, current, ghosts, mark, switch_on};

const NONE: Modifiers = Modifiers::NONE;
const CTRL: Modifiers = Modifiers::COMMAND;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

fn runs(driver: &Driver) -> Runs {
    driver.work().session.corpus().runs(driver.work().annotator()).cloned().unwrap_or_default()
}

/// By source and label: shown, accepted, corrected, rejected.
fn told(driver: &Driver) -> BTreeMap<String, [u64; 4]> {
    let fates = Fates::of([&runs(driver)]);
    let row = |it: &jejak::assist::Told| {
        (format!("{} {}", it.source, it.label), [it.offered, it.accepted, it.corrected, it.rejected])
    };
    fates.rows.iter().map(row).collect()
}

#[test]
fn each_answer_is_written_down_and_undone_and_there_again() {
    let mut driver = assisted();
    assert_eq!(runs(&driver).len(), 0, "nothing is written before an answer");
    driver.key(NONE, Key::Enter);
    assert_eq!(told(&driver)["lexicon organization"], [1, 1, 0, 0]);
    assert_eq!(told(&driver)["lexicon person"], [5, 0, 0, 0], "what is on the screen was shown");
    assert_eq!(told(&driver)["dates date"], [2, 0, 0, 0]);
    driver.key(NONE, Key::Enter);
    // Another label, other words, and none of it.
    driver.char('o');
    driver.key(NONE, Key::Enter);
    driver.char('`');
    driver.char(']');
    driver.key(NONE, Key::Escape);
    driver.key(CTRL, Key::Enter);
    let all = told(&driver);
    assert_eq!(all["lexicon place"][2], 2, "{all:?}");
    assert_eq!(all["lexicon person"][3], 1, "{all:?}");
    for (what, [offered, accepted, corrected, rejected]) in &all {
        assert!(*offered >= accepted + corrected + rejected, "{what}: what was answered was shown");
    }
    assert_eq!(all["dates date"], [2, 2, 0, 0], "one by its key, one among all that are strong");
    let runs_of_all = runs(&driver);
    let (_, run) = runs_of_all.first_key_value().unwrap();
    assert_eq!((runs_of_all.len(), run.program.as_str()), (1, env!("CARGO_PKG_VERSION")));
    assert!(run.learned.articles >= 1 && run.learned.done == 1 && run.learned.annotations >= 9, "{:?}", run.learned);
    assert_eq!(run.learned.digest.len(), 8);
    let fates = Fates::of([&runs_of_all]);
    assert_eq!(fates.all.gestures, 7);
    assert_eq!(fates.all.timed, 5, "what was taken among many has no time of its own");
    assert!(fates.all.median_ms.is_some());
    for _ in 0..7 {
        driver.key(CTRL, Key::Z);
    }
    assert_eq!(runs(&driver).len(), 0, "an answer that is undone was none");
    for _ in 0..7 {
        driver.key(CTRL_SHIFT, Key::Z);
    }
    assert_eq!(runs(&driver), runs_of_all);
    let driver = driver.reopen();
    assert_eq!(runs(&driver), runs_of_all, "it is in its file");
    let file = driver.project().join("sets").join(driver.work().annotator().as_str()).join("runs.ron");
    assert!(file.is_file());
}

#[test]
fn an_article_that_is_done_says_what_was_shown_and_left() {
    let mut driver = assisted();
    driver.key(CTRL, Key::D);
    assert_eq!(told(&driver)["lexicon organization"], [1, 0, 0, 0]);
    driver.key(CTRL, Key::Z);
    assert_eq!(runs(&driver).len(), 0);
    // Without suggestions nothing is written.
    driver.key(CTRL_SHIFT, Key::T);
    driver.key(CTRL, Key::D);
    assert_eq!(runs(&driver).len(), 0);
}

#[test]
fn a_source_that_is_wrong_is_told_with_its_precision_and_falls_silent() {
    let mut driver = beginning();
    // Words that are not names, marked as such beside one that is.
    mark(&mut driver, &[("Raka Wirya", 0, 'p')]);
    for words in ["Menurut", "pada", "Juni", "dan", "membahas", "pulang"] {
        mark(&mut driver, &[(words, 0, 'p')]);
    }
    driver.key(CTRL, Key::D);
    switch_on(&mut driver);
    driver.key(CTRL, Key::PageDown);
    let persons = |driver: &Driver| ghosts(driver).into_iter().filter(|it| it.starts_with("person: ")).count();
    let mut rejected = 0;
    while persons(&driver) > 0 {
        assert!(rejected < 12, "{:?}", ghosts(&driver));
        match current(&driver).as_str() {
            it if it.starts_with("person: ") && it != "person: Raka Wirya" => {
                driver.char('`');
                rejected += 1;
            }
            _ => driver.char('.'),
        }
        assert_eq!(driver.marked().len(), 0, "nothing of it is anybody's");
    }
    let all = told(&driver);
    assert_eq!(all["lexicon person"][1..], [0, 0, 6], "{all:?}");
    assert_eq!(all.values().map(|it| it[3]).sum::<u64>(), rejected);
    driver.key(NONE, Key::F5);
    driver.key(NONE, Key::Num9);
    for cell in ["Words marked before", "person", "0 %"] {
        assert!(driver.harness.query_all_by_label(cell).count() > 0, "{cell}");
    }
}

#[test]
fn the_dashboard_tells_of_suggestions_where_there_is_one_person_alone() {
    let mut driver = assisted();
    driver.key(NONE, Key::F5);
    driver.key(NONE, Key::Num9);
    let nothing = "No suggestion has been answered in this project yet.";
    assert!(driver.harness.query_by_label(nothing).is_some());
    driver.key(NONE, Key::F2);
    driver.key(NONE, Key::Enter);
    driver.char('`');
    driver.key(NONE, Key::F5);
    for cell in ["Shown", "Precision", "Median time", "organization", "100 %"] {
        assert!(driver.harness.query_all_by_label(cell).count() > 0, "{cell}");
    }
    assert!(driver.harness.query_by_label_contains("1 accepted as they were, 0 corrected, 1 rejected").is_some());
}
