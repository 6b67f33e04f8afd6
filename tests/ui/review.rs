//! Reviewing as an adjudicator does it: real keys, from the first difference to a gold set on disk.

use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers};
use egui_kittest::kittest::NodeT;
use jejak::edit::SetEditor;
use jejak::model::{AnnotationSet, ArticleId, Name, Slot, Target, Via, threads};
use jejak::review::{Review, State, Strategy};
use jejak::store::{Access, Session};
use jejak::text::Span;
use jejak::ui::{CaseFilter, View};

use crate::driver::asked::{Asked, plain};
use crate::driver::{self, ANNOTATOR, Driver};

const NONE: Modifiers = Modifiers::NONE;

pub fn gold() -> Name {
    "gold".into()
}

/// A window on the sample project, which two annotators have marked, in the Review view.
pub fn sample() -> Driver {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(NONE, Key::F4);
    driver
}

pub fn review(driver: &Driver) -> &Review {
    driver.app().reviewing.review().unwrap()
}

pub fn article(driver: &Driver) -> ArticleId {
    driver.work().open.as_ref().unwrap().id.clone()
}

pub fn golden(driver: &Driver) -> &AnnotationSet {
    driver.work().session.corpus().set(&article(driver), &gold()).unwrap()
}

/// Waits until a review that had no case any more has opened anew with one.
pub fn wait_for_a_case(driver: &mut Driver) {
    let start = Instant::now();
    while review(driver).cases.is_empty() {
        assert!(start.elapsed() < Duration::from_secs(20), "the review does not open anew by itself");
        std::thread::sleep(Duration::from_millis(20));
        driver.settle();
    }
}

/// The slot and the digit key of one who has a say in the case that is looked at: the first of them.
fn asked(driver: &Driver) -> (Slot, char) {
    let (count, at) = driver.app().reviewing.queue();
    assert!(at.is_some() && count > 0);
    let case = driver.app().reviewing.case().unwrap();
    let row = review(driver).row(&case);
    (row.slot.clone(), if row.reading_of(0).is_some() { '1' } else { '2' })
}

pub fn decide_all(driver: &mut Driver) -> usize {
    let mut decisions = 0;
    while !review(driver).cases.is_empty() {
        let left = review(driver).cases.len();
        let (_, digit) = asked(driver);
        driver.char(digit);
        driver.key(NONE, Key::Enter);
        decisions += 1;
        assert_eq!(review(driver).cases.len(), left - 1, "one decision settles one slot");
        assert_eq!(golden(driver).decisions().len(), decisions);
    }
    decisions
}

#[test]
fn every_difference_is_one_decision_and_gold_outlives_a_restart() {
    let mut driver = sample();
    let differences = review(&driver).cases.len();
    assert_eq!(review(&driver).annotators, ["a", "b"]);
    assert_eq!(driver.app().reviewing.queue(), (differences, Some(0)));
    assert!(differences >= 10, "{differences}");
    assert!(golden(&driver).is_empty());

    driver.char('m');
    assert!(driver.harness.query_by_label_contains("Merge what is agreed").is_some());
    driver.key(NONE, Key::Enter);
    assert!(!golden(&driver).is_empty(), "what is agreed is there");
    assert_eq!(review(&driver).cases.len(), differences, "and what is not still waits");

    assert_eq!(decide_all(&mut driver), differences);
    let by = |driver: &Driver| {
        let decisions = golden(driver).decisions().values();
        decisions.map(|decision| decision.origin.by.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(by(&driver), vec![ANNOTATOR; differences], "the adjudicator's name stands in every decision");

    // One decision is one undo, and its case is looked at again.
    let kept = golden(&driver).clone();
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(review(&driver).cases.len(), 1);
    assert_eq!(golden(&driver).decisions().len(), differences - 1);
    assert!(driver.app().reviewing.case().is_some());
    driver.key(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    assert_eq!(golden(&driver), &kept);

    let mut driver = driver.reopen();
    driver.key(NONE, Key::F4);
    assert_eq!(golden(&driver), &kept);
    assert_eq!(review(&driver).cases.len(), 0);
    let corpus = driver.work().session.corpus();
    let like_a = Review::open(corpus, &article(&driver), &["a".into(), gold()], &"x".into(), Strategy::Unanimous);
    let differing = like_a.cases.iter().filter(|case| like_a.row(case).slot != Slot::Presence);
    assert_eq!(differing.count(), 0, "the first was adopted wherever they had a say");
}

#[test]
fn decisions_are_asked_again_just_where_an_annotator_changed_something() {
    let mut driver = sample();
    let decided = decide_all(&mut driver);
    let kept = golden(&driver).clone();
    // b has second thoughts about an attribute, in another window.
    let id = article(&driver);
    let mut session = Session::open(&driver.project(), &"b".into(), Access::Write).unwrap();
    session.load(&id, &["b".into()]).unwrap();
    let about = kept.decisions().values().find_map(|decision| match (&decision.slot, &decision.of[..]) {
        (Slot::Attribute(name), of) => of.iter().find(|(who, _)| who == "b").map(|(_, id)| (name.clone(), *id)),
        _ => None,
    });
    let (attribute, record) = about.unwrap();
    let change =
        SetEditor::new(session.corpus(), (id.clone(), "b".into())).attribute(&[record], &attribute, Some("unknown"));
    session.commit(change).unwrap();
    session.close().unwrap();

    wait_for_a_case(&mut driver);
    assert_eq!(golden(&driver), &kept, "what was decided stands until it is decided again");
    let cases = review(&driver).cases.clone();
    assert_eq!(cases.iter().map(|case| case.reopened).collect::<Vec<_>>(), [true]);
    assert_eq!(review(&driver).row(&cases[0]).slot, Slot::Attribute(attribute));
    driver.char('2');
    driver.key(NONE, Key::Enter);
    assert_eq!(review(&driver).cases, []);
    assert_eq!(golden(&driver).decisions().len(), decided, "the new decision takes the old one's place");
}

#[test]
fn a_pick_does_not_outlive_the_readings_that_it_was_made_among() {
    let mut driver = sample();
    go_to(&mut driver, |slot| matches!(slot, Slot::Attribute(_)));
    let (Slot::Attribute(attribute), digit) = asked(&driver) else { panic!("an attribute is asked") };
    driver.char(digit);
    let case = driver.app().reviewing.case().unwrap();
    let readings = review(&driver).row(&case).readings.clone();
    // Before it is decided, b says something else in another window.
    let id = article(&driver);
    let record = review(&driver).units[case.unit].members[1].unwrap();
    let mut session = Session::open(&driver.project(), &"b".into(), Access::Write).unwrap();
    session.load(&id, &["b".into()]).unwrap();
    let editor = SetEditor::new(session.corpus(), (id, "b".into()));
    session.commit(editor.attribute(&[record], &attribute, Some("something else"))).unwrap();
    session.close().unwrap();
    let start = Instant::now();
    while driver.app().reviewing.case().is_some_and(|case| review(&driver).row(&case).readings == readings) {
        assert!(start.elapsed() < Duration::from_secs(20), "the review does not open anew by itself");
        std::thread::sleep(Duration::from_millis(20));
        driver.settle();
    }
    driver.key(NONE, Key::Enter);
    assert!(golden(&driver).decisions().is_empty(), "nobody has chosen among the readings as they are now");
    driver.char(digit);
    driver.key(NONE, Key::Enter);
    assert_eq!(golden(&driver).decisions().len(), 1);
}

#[test]
fn why_and_what_the_guideline_lacks_are_kept_with_the_decision() {
    let mut driver = sample();
    let (_, digit) = asked(&driver);
    driver.key(NONE, Key::Enter);
    assert_eq!(golden(&driver).decisions().len(), 0, "nobody was said to be right");
    driver.char('r');
    driver.char('2');
    driver.char('g');
    for c in "gelar".chars() {
        driver.char(c);
    }
    driver.key(Modifiers::COMMAND, Key::Enter);
    driver.char(digit);
    driver.key(NONE, Key::Enter);
    let decisions: Vec<_> = golden(&driver).decisions().values().cloned().collect();
    let [decision] = &decisions[..] else { panic!("{decisions:?}") };
    let Via::Decision { adopted, reason, gap } = &decision.origin.via else { panic!("{decision:?}") };
    assert_eq!((reason.as_str(), gap.as_str(), adopted.is_empty()), ("slip", "gelar", false));
    // The next case begins without them.
    let (_, digit) = asked(&driver);
    driver.char(digit);
    driver.key(NONE, Key::Enter);
    let empty = golden(&driver).decisions().values().filter(|decision| match &decision.origin.via {
        Via::Decision { reason, .. } => reason.is_empty(),
        _ => false,
    });
    assert_eq!(empty.count(), 1);
}

#[test]
fn reasons_and_gaps_are_one_list_that_leads_back_to_the_cases() {
    let mut driver = sample();
    let all = review(&driver).cases.len();
    // Two decisions name a gap, in other letters, and one a reason alone.
    let mut slots = Vec::new();
    for (reason, gap) in [('1', "gelar ikut"), ('2', "Gelar  ikut"), ('3', "")] {
        let (slot, digit) = asked(&driver);
        driver.char('r');
        driver.char(reason);
        if !gap.is_empty() {
            driver.char('g');
            for c in gap.chars() {
                driver.char(c);
            }
            driver.key(Modifiers::COMMAND, Key::Enter);
        }
        driver.char(digit);
        driver.key(NONE, Key::Enter);
        slots.push(slot);
    }
    assert_eq!(review(&driver).cases.len(), all - 3);
    driver.char('l');
    assert!(driver.harness.query_by_label_contains("does not say: gelar ikut (2)").is_some());
    assert!(driver.harness.query_by_label_contains("Reason: boundary (1)").is_some());
    driver.char('g');
    assert!(driver.harness.query_by_label_contains("Reason: boundary (1)").is_none(), "only gaps");
    let copied = driver.copies_by(Key::C).expect("a table is in the clipboard");
    assert_eq!(copied.lines().count(), 3, "{copied}");
    assert!(copied.starts_with("gap,reason,article,start,end,slot,about,value,adopted,by,at\n"), "{copied}");
    driver.char('g');
    for _ in 0..2 {
        driver.key(NONE, Key::ArrowDown);
    }
    driver.key(NONE, Key::Enter);
    assert!(driver.app().overlay.is_none());
    let case = driver.app().reviewing.case().expect("the case of the decision is looked at");
    assert_eq!(review(&driver).row(&case).slot, slots[2]);
    assert!(matches!(review(&driver).units[case.unit].states[case.row], State::Decided(..)));
}

/// Steps through the queue to the first case in a slot of this kind.
fn go_to(driver: &mut Driver, wanted: impl Fn(&Slot) -> bool) {
    for _ in 0..driver.app().reviewing.queue().0 {
        if wanted(&asked(driver).0) {
            return;
        }
        driver.key(NONE, Key::Tab);
    }
    panic!("no such case");
}

#[test]
fn the_gold_set_is_edited_with_every_key_and_is_right_as_it_stands_then() {
    let mut driver = sample();
    go_to(&mut driver, |slot| *slot == Slot::Extent);
    let case = driver.app().reviewing.case().unwrap();
    let before = review(&driver).cases.len();
    driver.char('e');
    assert!(!golden(&driver).is_empty(), "there is something to edit");
    driver.key(NONE, Key::Escape);
    assert!(golden(&driver).is_empty(), "what nobody touched goes again");
    assert_eq!(driver.app().reviewing.case().map(|case| case.row), Some(case.row));

    driver.char('e');
    let id = driver.work().open.as_ref().unwrap().selected[0];
    let at = golden(&driver).get(id).unwrap().at.clone();
    driver.char(']');
    let longer = golden(&driver).get(id).unwrap().at.clone();
    assert_ne!(at, longer);
    driver.key(NONE, Key::Enter);
    assert_eq!(golden(&driver).get(id).unwrap().at, longer, "neither annotator's words");
    assert_eq!(review(&driver).cases.len(), before - 1);
    let decision = golden(&driver).decisions().values().next().unwrap();
    assert_eq!((decision.slot.clone(), decision.nothing), (Slot::Extent, false));
    assert_eq!(decision.origin.via, Via::Decision { adopted: vec![], reason: String::new(), gap: String::new() });
    assert_eq!(golden(&driver).get(id).unwrap().origin.by, ANNOTATOR);

    // Without e, the keys of labels do nothing to it.
    driver.try_char('p');
    assert_eq!(golden(&driver).get(id).unwrap().at, longer);
    driver.key(NONE, Key::Delete);
    assert!(golden(&driver).get(id).is_some());

    // None is right: what is missing on one side is not there.
    go_to(&mut driver, |slot| *slot == Slot::Presence);
    driver.char('0');
    driver.key(NONE, Key::Enter);
    assert!(golden(&driver).decisions().values().any(|decision| decision.nothing));
}

#[test]
fn none_is_right_never_takes_anything_out_and_taking_out_is_named() {
    let mut driver = sample();
    driver.char('m');
    driver.key(NONE, Key::Enter);
    go_to(&mut driver, |slot| *slot == Slot::Extent);
    let (before, cases) = (golden(&driver).clone(), review(&driver).cases.len());
    driver.char('0');
    assert!(driver.app().reviewing.editing(), "it opens the editor");
    driver.key(NONE, Key::Enter);
    assert!(golden(&driver).len() >= before.len());
    assert_eq!(review(&driver).cases.len(), cases - 1, "what one made there is right");
    driver.key(Modifiers::COMMAND, Key::Z);

    go_to(&mut driver, |slot| *slot == Slot::Extent);
    let case = driver.app().reviewing.case().unwrap();
    let (_, at) = driver.app().reviewing.queue();
    driver.key(NONE, Key::Tab);
    let next = driver.app().reviewing.case().unwrap();
    driver.key(Modifiers::SHIFT, Key::Tab);
    assert_eq!(driver.app().reviewing.queue().1, at);
    driver.key(NONE, Key::Delete);
    assert!(golden(&driver).decisions().is_empty(), "nothing is done before Enter");
    assert!(driver.harness.query_by_label_contains("out of gold: ").is_some());
    driver.key(NONE, Key::Enter);
    let taken = golden(&driver).decisions().values().next().cloned().unwrap();
    assert_eq!((taken.slot.clone(), taken.nothing), (Slot::Presence, true));
    assert_ne!(next.unit, case.unit);
    let now = driver.app().reviewing.case().unwrap();
    assert_eq!((now.unit, now.row), (next.unit, next.row), "the next one is asked, not the first of the list");
    let unit = &review(&driver).units[case.unit];
    assert!(unit.gold.is_none() && unit.states.iter().skip(1).all(|it| *it == State::NotApplicable));
    driver.key(Modifiers::COMMAND, Key::Z);

    // An attribute is left without a value, and nothing else goes.
    go_to(&mut driver, |slot| matches!(slot, Slot::Attribute(_)));
    driver.key(NONE, Key::Delete);
    assert!(driver.harness.query_by_label_contains("no value: ").is_some());
    driver.key(NONE, Key::Enter);
    assert!(golden(&driver).decisions().values().any(|it| it.nothing && matches!(it.slot, Slot::Attribute(_))));
    assert!(golden(&driver).len() >= before.len());
}

#[test]
fn a_merge_does_what_it_said_to_the_record() {
    let mut driver = sample();
    driver.char('m');
    let shown = |driver: &Driver| -> Vec<String> {
        let labels = driver.harness.get_all_by_role(eframe::egui::accesskit::Role::Label);
        labels.filter_map(|node| node.accesskit_node().value()).map(|said| plain(&said)).collect()
    };
    let before = shown(&driver);
    let row = before.iter().position(|line| line.starts_with("records to add to gold")).unwrap();
    let (here, all): (usize, usize) = (before[row + 1].parse().unwrap(), before[row + 2].parse().unwrap());
    assert!(here > 0 && all > here, "{before:?}");
    driver.key(Modifiers::COMMAND, Key::Enter);
    let told = format!("{all} agreed records of 10 articles");
    assert!(driver.harness.query_by_label_contains(&told).is_some(), "{:?}", shown(&driver));
    let added = |transaction: &jejak::edit::Transaction| jejak::review::MergeOutcome::added_by(transaction);
    assert_eq!(driver.work().session.history().to_undo().map(|it| added(it)), Some(all));
    driver.char('m');
    let after = shown(&driver);
    let row = after.iter().position(|line| line.starts_with("records to add to gold")).unwrap();
    assert_eq!(after[row + 1..row + 3], ["0", "0"]);
    driver.key(NONE, Key::Enter);
    assert!(driver.harness.query_by_label_contains("Merge what is agreed").is_some(), "there is nothing to confirm");
    driver.key(NONE, Key::Escape);
}

#[test]
fn a_comment_from_a_case_goes_to_those_whose_reading_is_not_adopted() {
    let mut driver = sample();
    go_to(&mut driver, |slot| *slot == Slot::Presence);
    let case = driver.app().reviewing.case().unwrap();
    let members = review(&driver).units[case.unit].members.clone();
    let Some(lacks) = members.iter().position(Option::is_none) else { panic!("one of them lacks it: {members:?}") };
    let comments = |driver: &Driver| -> Vec<(Vec<Name>, Target)> {
        let threads = threads(driver.work().session.corpus().all_comments());
        threads.iter().map(|thread| (thread.first().1.to.clone(), thread.first().1.on.clone())).collect()
    };
    let write = |driver: &mut Driver| {
        driver.key(Modifiers::COMMAND, Key::M);
        assert!(driver.app().overlay.is_some());
        driver.char('!');
    };
    let names = review(&driver).annotators.clone();
    let before = comments(&driver);
    // The one who has it is right: the words are for the other, who has nothing that they could be on.
    driver.char(char::from_digit(2 - lacks as u32, 10).unwrap());
    write(&mut driver);
    driver.key(Modifiers::COMMAND, Key::Enter);
    let new = |driver: &Driver| comments(driver).into_iter().filter(|it| !before.contains(it)).collect::<Vec<_>>();
    assert_eq!(new(&driver), [(vec![names[lacks].clone()], Target::Words)]);
    assert!(driver.app().reviewing.adopted().is_some(), "what was chosen stays chosen");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(new(&driver), []);
    // Both are ticked by hand: each gets a comment of their own, in one step.
    write(&mut driver);
    driver.key(Modifiers::ALT, [Key::Num2, Key::Num1][lacks]);
    driver.key(Modifiers::COMMAND, Key::Enter);
    let has = Target::Annotation(names[1 - lacks].clone(), members[1 - lacks].unwrap());
    let mut both = new(&driver);
    both.sort_by_key(|(to, _)| to[0] != names[lacks]);
    assert_eq!(both, [(vec![names[lacks].clone()], Target::Words), (vec![names[1 - lacks].clone()], has)]);
    let meant = |name: &Name| {
        let threads = threads(driver.work().session.corpus().all_comments());
        threads.iter().filter(|thread| thread.first().1.text == "!" && thread.concerns(name)).count()
    };
    assert_eq!(names.iter().map(meant).collect::<Vec<_>>(), [1, 1], "nobody sees what another one answers");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(new(&driver), []);
}

#[test]
fn readings_stand_under_the_words_by_name_and_listed_cases_are_decided_alike() {
    let mut driver = sample();
    go_to(&mut driver, |slot| *slot == Slot::Extent);
    let spoken = |driver: &Driver| -> String {
        let paragraphs = driver.harness.get_all_by_role(eframe::egui::accesskit::Role::Paragraph);
        paragraphs.filter_map(|node| node.accesskit_node().description()).collect()
    };
    let shown = spoken(&driver);
    assert!(shown.contains("1 a: ") && shown.contains("2 b: "), "{shown}");

    // Only one kind of case, and b is right in all of them, as one undo.
    let all = review(&driver).cases.len();
    driver.char('k');
    for c in "attribute".chars() {
        driver.char(c);
    }
    driver.key(NONE, Key::Enter);
    let (listed, _) = driver.app().reviewing.queue();
    assert!(listed > 1 && listed < all, "{listed} of {all}");
    driver.char('a');
    driver.char('2');
    assert_eq!(review(&driver).cases.len(), all - listed);
    assert_eq!(golden(&driver).decisions().len(), listed);
    let from_b = golden(&driver).decisions().values().all(|decision| match &decision.origin.via {
        Via::Decision { adopted, .. } => *adopted == [Name::new("b")] && matches!(decision.slot, Slot::Attribute(_)),
        _ => false,
    });
    assert!(from_b);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(review(&driver).cases.len(), all);
    assert!(golden(&driver).decisions().is_empty());
}

#[test]
fn who_is_compared_and_what_counts_as_agreed_is_remembered() {
    let mut driver = sample();
    driver.char('s');
    let radio = eframe::egui::accesskit::Role::RadioButton;
    driver.harness.get_by_role_and_label(radio, "whatever this one says:").click();
    driver.settle();
    driver.key(NONE, Key::Enter);
    assert_eq!(review(&driver).strategy, Strategy::Prefer("a".into()));
    assert_eq!(review(&driver).cases, [], "what a says counts as agreed");
    driver.char('d');
    assert!(driver.app().reviewing.queue().0 > 5, "what they differ in can be looked at all the same");
    let said = || std::fs::read_to_string(driver.project().join("project.ron")).unwrap();
    let written = (0..100).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(20));
        said().contains(" strategy: \"prefer:a\",\n")
    });
    assert!(written, "{}", said());

    // From a figure to its cases: what these two say differently of one label.
    let filter =
        CaseFilter { between: vec!["a".into(), "b".into()], labels: vec!["trip".into()], ..CaseFilter::default() };
    let filter = CaseFilter { decided: true, ..filter };
    let ctx = driver.harness.ctx.clone();
    let second = ArticleId::new("001").unwrap();
    let command =
        jejak::ui::Command::Review(jejak::ui::ReviewCommand::ShowCases(Box::new(filter), Some(second.clone())));
    driver.harness.state_mut().perform(&ctx, command);
    driver.settle();
    assert_eq!(article(&driver), second);
    let (listed, at) = driver.app().reviewing.queue();
    assert!(listed > 0 && at == Some(0), "{listed}");
    for _ in 0..listed {
        let unit = &review(&driver).units[driver.app().reviewing.case().unwrap().unit];
        assert!(unit.frame);
        driver.key(NONE, Key::Tab);
    }
}

#[test]
fn sets_that_say_the_same_need_no_decision() {
    let mut driver = Driver::new();
    let id = article(&driver);
    for name in ["a", "b"] {
        let mut session = Session::open(&driver.project(), &name.into(), Access::Write).unwrap();
        session.load(&id, &[name.into()]).unwrap();
        for (label, words) in [("person", "Raka Wirya"), ("place", "Bandar Laut")] {
            let at = driver.find(words, 0);
            let editor = SetEditor::new(session.corpus(), (id.clone(), name.into()));
            let (transaction, _) = editor.label(&label.into(), vec![Span::new(at.start, at.end)]);
            session.commit(transaction).unwrap();
        }
        session.close().unwrap();
    }
    driver.key(NONE, Key::F4);
    assert_eq!(review(&driver).annotators, ["a", "b"]);
    assert_eq!(review(&driver).cases, []);
    assert!(driver.harness.query_by_label_contains("All say the same").is_some());
    driver.key(NONE, Key::Enter);
    driver.char('m');
    driver.key(NONE, Key::Enter);
    assert_eq!((golden(&driver).len(), golden(&driver).decisions().len()), (2, 0));
    assert!(review(&driver).units.iter().all(|unit| unit.states.iter().all(|it| matches!(it, State::Agreed(_)))));

    // Back in Annotate it is one's own set again, and undo shows what it takes back.
    driver.key(NONE, Key::F2);
    assert!(driver.set().is_empty());
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(driver.app().view, View::Review);
    assert!(golden(&driver).is_empty());
}

#[test]
fn one_annotator_alone_has_nothing_to_compare_and_says_so() {
    let mut driver = Driver::new();
    driver.key(NONE, Key::F4);
    assert!(driver.harness.query_by_label_contains("Here is only one so far").is_some());
    for key in [Key::Enter, Key::Tab, Key::F1, Key::Escape] {
        driver.key(NONE, key);
        driver.harness.run();
    }
    for c in "1e".chars() {
        driver.char(c);
    }
    driver.key(NONE, Key::Escape);
    assert_eq!(driver.failures(), [""; 0]);
}
