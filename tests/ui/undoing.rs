//! Steps and undos are what a person meant: nothing old without a question, nothing on what is not there; and what the
//! window says comes and goes.

use eframe::egui::{self, Key, Modifiers};
use jejak::edit::{Edit, History, Transaction};
use jejak::model::Progress;
use jejak::store::Access;

use crate::driver::asked::Asked;
use crate::driver::{ANNOTATOR, Driver};

fn drag(driver: &mut Driver, words: &str, nth: usize) {
    let span = driver.find(words, nth);
    driver.select_with_mouse(span);
}

#[test]
fn an_article_with_gaps_is_done_only_where_one_says_so() {
    let mut driver = Driver::new();
    drag(&mut driver, "kunjungan kenegaraan", 0);
    driver.char('t');
    driver.key(Modifiers::COMMAND, Key::D);
    assert_eq!(driver.set().progress(), Progress::InProgress, "it asks");
    let gaps = "· Trip “kunjungan kenegaraan”: Traveller, To";
    assert!(driver.harness.query_by_label_contains(gaps).is_some(), "and names what is missing");
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(driver.set().progress(), Progress::InProgress);
    driver.key(Modifiers::COMMAND, Key::D);
    driver.key(Modifiers::NONE, Key::Enter);
    assert_eq!(driver.set().progress(), Progress::Done);
    // Not done again needs no question, and neither does an article without gaps.
    driver.key(Modifiers::COMMAND, Key::D);
    assert_eq!(driver.set().progress(), Progress::InProgress);
    driver.key(Modifiers::NONE, Key::Delete);
    driver.key(Modifiers::COMMAND, Key::D);
    assert_eq!(driver.set().progress(), Progress::Done);
}

#[test]
fn a_step_from_before_the_opening_is_asked_about() {
    let mut driver = Driver::new();
    drag(&mut driver, "Kota Karang", 0);
    driver.char('l');
    let mut driver = driver.reopen();
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.marked(), ["place: Kota Karang"], "nothing is undone without a question");
    assert!(driver.harness.query_by_label_contains("“label as place” by tester").is_some(), "which says what it is");
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(driver.marked(), ["place: Kota Karang"]);
    // A step that was done since is undone at once.
    drag(&mut driver, "Selasa", 0);
    driver.char('d');
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.marked(), ["place: Kota Karang"]);
    driver.key(Modifiers::COMMAND, Key::Z);
    driver.key(Modifiers::NONE, Key::Enter);
    assert!(driver.set().is_empty());
    // Once taken back, what comes in its place is new.
    drag(&mut driver, "Selasa", 0);
    driver.char('d');
    driver.key(Modifiers::COMMAND, Key::Z);
    assert!(driver.set().is_empty() && driver.app().overlay.is_none());
}

#[test]
fn a_full_history_asks_about_steps_from_before_the_opening_alone() {
    let mut driver = Driver::new();
    let set = driver.work().key().unwrap();
    let session = &mut driver.harness.state_mut().work.as_mut().unwrap().session;
    let mut states = [Progress::New, Progress::InProgress];
    for _ in 0..History::DEPTH {
        let mut transaction = Transaction::new("set the state", &ANNOTATOR.into());
        transaction.edits.push(Edit::progress(set.clone(), states[0], states[1]));
        session.commit(transaction).unwrap();
        states.reverse();
    }
    let mut driver = driver.reopen();
    drag(&mut driver, "Selasa", 0);
    driver.char('d');
    assert_eq!(driver.work().session.history().depth().0, History::DEPTH, "the oldest step made way for it");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert!(driver.set().is_empty() && driver.app().overlay.is_none(), "what was done since is undone at once");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert!(driver.app().overlay.is_some(), "and the step before it is asked about");
}

#[test]
fn undoing_added_articles_closes_the_one_that_is_open() {
    let mut driver = Driver::new();
    let file = driver.home.path().join("baru.txt");
    #[allow(clippy::disallowed_methods)] // A test's own input.
    std::fs::write(&file, "Darma Putra tiba di Kota Awan pada Senin.\n").unwrap();
    driver.key(Modifiers::COMMAND, Key::I);
    driver.write(&file.display().to_string());
    driver.key(Modifiers::COMMAND, Key::Enter);
    driver.key(Modifiers::NONE, Key::Enter);
    driver.settle();
    assert_eq!(driver.work().session.corpus().articles().len(), 4, "{:?}", driver.failures());
    driver.harness.get_by_label_contains("Darma Putra").click();
    driver.settle();
    drag(&mut driver, "Kota Awan", 0);
    driver.char('l');
    let set = driver.work().key().unwrap();
    driver.key(Modifiers::COMMAND, Key::Z);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.work().session.corpus().articles().len(), 3);
    assert!(driver.work().open.is_none(), "the article is closed");
    // Keys and commands find nothing to write to.
    driver.try_char('l');
    driver.key(Modifiers::COMMAND, Key::D);
    assert_eq!(driver.failures(), [""; 0]);
    let mut transaction = Transaction::new("set the state", &ANNOTATOR.into());
    transaction.edits.push(Edit::progress(set, Progress::New, Progress::Done));
    let session = &mut driver.harness.state_mut().work.as_mut().unwrap().session;
    assert!(session.commit(transaction).is_err(), "nothing is written to what is not there");
    driver.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(driver.work().session.corpus().articles().len(), 4, "doing it again brings it back");
}

/// The rows of the open list that are on the screen.
fn rows(driver: &Driver) -> usize {
    driver
        .harness
        .query_all_by_role(egui::accesskit::Role::ListBoxOption)
        .filter(|row| row.rect().height() > 20.0)
        .count()
}

#[test]
fn lists_keep_their_height_after_a_narrow_search() {
    let mut driver = Driver::new();
    driver.key(Modifiers::COMMAND, Key::K);
    driver.harness.run_steps(3);
    let before = rows(&driver);
    driver.write("zzzz");
    driver.harness.run_steps(10);
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::COMMAND, Key::K);
    driver.harness.run_steps(10);
    assert_eq!(rows(&driver), before, "the next list is as high as the first");
}

#[test]
fn what_is_said_goes_by_itself_and_hides_no_hint() {
    let mut driver = Driver::new();
    drag(&mut driver, "Kota Karang", 0);
    driver.char('p');
    driver.char('l');
    assert!(!driver.said().is_empty());
    let hint = "letter relabels";
    assert!(driver.harness.query_by_label_contains(hint).is_some(), "the hint stands beside what is said");
    driver.harness.run_steps(60 * 2);
    driver.key(Modifiers::NONE, Key::Escape);
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(driver.said(), "", "what is old makes way for the next thing that is done");
    driver.char('?');
    driver.key(Modifiers::NONE, Key::Escape);
    // A failure that nothing mends stays as long as nobody is there, and goes once it could be read.
    driver.harness.state_mut().fail("Something could not be done.");
    driver.harness.run_steps(60 * 40);
    assert_eq!(driver.failures(), ["Something could not be done."]);
    driver.harness.event(egui::Event::PointerMoved(egui::pos2(300.0, 300.0)));
    driver.harness.run_steps(60 * 10);
    assert_eq!(driver.failures().len(), 1);
    driver.harness.run_steps(60 * 30);
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_project_that_does_not_open_leaves_the_one_that_is_open() {
    let mut driver = Driver::new();
    let first = driver.project();
    drag(&mut driver, "Kota Karang", 0);
    driver.char('l');
    let empty = driver.home.path().join("nothing");
    std::fs::create_dir_all(&empty).unwrap();
    let ctx = driver.harness.ctx.clone();
    driver.harness.state_mut().open(&ctx, &empty, Access::Write);
    driver.settle();
    assert!(driver.harness.query_by_label_contains("no project.ron").is_some(), "that it does not open is said");
    driver.key(Modifiers::NONE, Key::Escape);
    assert_eq!(driver.work().session.root(), first, "and the first is open still");
    assert_eq!(driver.marked(), ["place: Kota Karang"]);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert!(driver.set().is_empty(), "with its history, and without a question");
    // Projects are remembered by where they are, and not by the way there from somewhere.
    let here = std::env::current_dir().unwrap();
    let mut up = std::path::PathBuf::new();
    here.components().skip(1).for_each(|_| up.push(".."));
    let relative = up.join(first.strip_prefix("/").unwrap());
    driver.harness.state_mut().open(&ctx, &relative, Access::Write);
    driver.settle();
    let recent = &driver.app().settings.recent;
    assert!(recent.iter().all(|path| path.is_absolute()), "{recent:?}");
}
