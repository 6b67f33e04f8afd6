//! Mine versus gold: an annotator walks through the differences with the reasons of the decisions.

use eframe::egui::{Key, Modifiers};
use jejak::model::{Name, Progress};
use jejak::review::{CaseKind, Choice, Review, Ruling, Strategy};
use jejak::store::{Access, Session};
use jejak::text::Span;

use crate::driver::asked::Asked;
use crate::driver::{self, ANNOTATOR, Driver};

const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// Decides everything as `lain` has it, with a reason, until `left` cases are left.
fn decide(project: &std::path::Path, left: usize) {
    let gold = Name::new("gold");
    let mut session = Session::open(project, &gold, Access::Write).unwrap();
    let article = session.corpus().articles()[0].id.clone();
    let names = [Name::new(ANNOTATOR), Name::new("lain")];
    session.load(&article, &[names[0].clone(), names[1].clone(), gold.clone()]).unwrap();
    loop {
        let review = Review::open(session.corpus(), &article, &names, &gold, Strategy::Unanimous);
        if review.cases.len() <= left {
            break;
        }
        let ruling =
            Ruling { choice: Choice::Adopt(1), by: "juri".into(), reason: "aturan 3".into(), gap: "nama kota".into() };
        assert_ne!(review.cases[0].kind, CaseKind::Identity);
        let transaction = review.decide(session.corpus(), &review.cases[0], &ruling);
        session.commit(transaction).unwrap();
    }
    session.close().unwrap();
}

fn gold_state(project: &std::path::Path) -> Progress {
    let mut session = Session::open(project, &"gold".into(), Access::Read).unwrap();
    let article = session.corpus().articles()[0].id.clone();
    session.load(&article, &["gold".into()]).unwrap();
    session.corpus().set(&article, &"gold".into()).unwrap().progress()
}

#[test]
fn differences_to_gold_are_walked_once_gold_is_decided() {
    let driver = Driver::new();
    let spans: Vec<Span> =
        [("Raka Wirya", 2), ("Bandar Laut", 2), ("Kota Karang", 0)].map(|(words, nth)| driver.find(words, nth)).into();
    let project = driver.project();
    let Driver { harness, home } = driver;
    let app = harness.into_state();
    driver::close(app);
    driver::annotate(&project, ANNOTATOR, 0, &[("person", spans[0]), ("person", spans[1])]);
    driver::annotate(&project, "lain", 0, &[("person", spans[0]), ("place", spans[1]), ("place", spans[2])]);
    decide(&project, 1);
    assert_eq!(gold_state(&project), Progress::InProgress, "a case is left");
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(Modifiers::COMMAND, Key::G);
    assert!(driver.work().feedback.is_none(), "nothing is shown before everything is decided");
    let Driver { harness, home } = driver;
    let app = harness.into_state();
    driver::close(app);
    decide(&project, 0);
    assert_eq!(gold_state(&project), Progress::Done, "the last decision closes the article");
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(Modifiers::COMMAND, Key::G);
    assert!(driver.harness.query_by_label_contains("Differs from gold, 1 of 2").is_some());
    assert!(driver.harness.query_by_label_contains("Decided by juri, as lain has it: aturan 3.").is_some());
    assert!(driver.harness.query_by_label_contains("The guideline does not say: nama kota.").is_some());
    let selected = driver.work().open.as_ref().unwrap().selected.clone();
    assert_eq!(driver.set().get(selected[0]).unwrap().at, [spans[1]]);
    driver.key(Modifiers::COMMAND, Key::G);
    assert!(driver.harness.query_by_label_contains("Differs from gold, 2 of 2").is_some());
    assert_eq!(driver.work().open.as_ref().unwrap().reader.selection(), Some(spans[2]), "what the own set lacks");
    driver.key(CTRL_SHIFT, Key::G);
    assert!(driver.harness.query_by_label_contains("Differs from gold, 1 of 2").is_some());
    // The own set is still one's own: corrected, the difference is gone.
    driver.char('l');
    driver.key(Modifiers::COMMAND, Key::G);
    assert!(driver.harness.query_by_label_contains("Differs from gold, 1 of 1").is_some());
    driver.key(Modifiers::NONE, Key::Escape);
    assert!(driver.work().feedback.is_none(), "Esc closes it");
    assert!(driver.failures().is_empty());
}
