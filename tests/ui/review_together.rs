//! Reviewing across articles: cases that are decided alike, who joins, and identity.

use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers};
use jejak::edit::SetEditor;
use jejak::model::{ArticleId, Name, Origin, Progress, Referent};
use jejak::store::{Access, Session};
use jejak::text::Span;

use crate::driver::asked::Asked;
use crate::driver::{self, ANNOTATOR, Driver};
use crate::review::{article, gold, golden, review, sample};

const NONE: Modifiers = Modifiers::NONE;

#[test]
fn cases_of_the_same_words_are_decided_at_once_in_all_articles_and_a_whole_thing_as_one_has_it() {
    let mut driver = sample();
    let all = review(&driver).cases.len();
    // Of the thing that is looked at, all that one says.
    let case = driver.app().reviewing.case().unwrap();
    let of_it = review(&driver).cases.iter().filter(|other| other.unit == case.unit).count();
    driver.char('f');
    assert!(driver.harness.query_all_by_label_contains("All that waits about").next().is_some());
    driver.char('1');
    driver.settle();
    let decided = golden(&driver).decisions().len();
    assert!(decided > 0 && decided <= of_it, "{decided} of {of_it}");
    assert!(review(&driver).cases.iter().all(|other| other.unit != case.unit || of_it > decided));
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!((review(&driver).cases.len(), golden(&driver).decisions().len()), (all, 0));

    // Only those of the same words, and all again.
    driver.char('w');
    let (same, _) = driver.app().reviewing.queue();
    assert!(same >= 1 && same < all, "{same} of {all}");
    driver.char('w');
    assert_eq!(driver.app().reviewing.queue().0, all);
    driver.char('t');
    driver.write("nothing of the kind");
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.app().reviewing.queue().0, 0);
    driver.char('t');
    driver.key(Modifiers::COMMAND, Key::A);
    driver.key(NONE, Key::Delete);
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.app().reviewing.queue().0, all);

    // Two against each other are no majority; one of them may be right everywhere.
    driver.char('a');
    driver.char('3');
    driver.settle();
    assert_eq!(review(&driver).cases.len(), all);
    driver.char('a');
    driver.char('4');
    driver.settle();
    assert!(review(&driver).cases.len() < all);
    let corpus = driver.work().session.corpus();
    let in_gold = |id: &ArticleId| corpus.set(id, &gold()).map_or(0, |set| set.decisions().len());
    let decided = corpus.articles().iter().filter(|article| in_gold(&article.id) > 0).count();
    assert!(decided > 1, "cases wait in several articles");
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(review(&driver).cases.len(), all);
}

#[test]
fn an_article_whose_decisions_are_all_taken_back_is_not_in_review() {
    let mut driver = sample();
    let in_review = |driver: &mut Driver| {
        driver.key(NONE, Key::F2);
        let listed = driver.harness.query_all_by_label_contains("in review").count();
        driver.key(NONE, Key::F4);
        listed
    };
    let before = in_review(&mut driver);
    driver.char('1');
    driver.key(NONE, Key::Enter);
    assert_eq!(in_review(&mut driver), before + 1);
    driver.key(Modifiers::COMMAND, Key::S);
    driver.key(Modifiers::COMMAND, Key::Z);
    assert_eq!(in_review(&mut driver), before);
    let mut driver = driver.reopen();
    assert_eq!(in_review(&mut driver), before);
}

#[test]
fn an_annotator_who_begins_meanwhile_has_a_say() {
    let mut driver = sample();
    assert_eq!(review(&driver).annotators, ["a", "b"]);
    let here = article(&driver);
    let other =
        driver.work().session.corpus().articles().iter().map(|it| it.id.clone()).find(|id| *id != here).unwrap();
    // Somebody new begins another article, and later this one.
    for (article, expected) in [(other, 3), (here, 3)] {
        let mut session = Session::open(&driver.project(), &"c".into(), Access::Write).unwrap();
        session.load(&article, &["c".into()]).unwrap();
        let at = vec![Span::new(0, 4)];
        let (label, _) = SetEditor::new(session.corpus(), (article.clone(), "c".into())).label(&"place".into(), at);
        session.commit(label).unwrap();
        session.close().unwrap();
        let start = Instant::now();
        let compared = |driver: &Driver| driver.app().reviewing.config(&ANNOTATOR.into()).names.len();
        let noticed = |driver: &Driver| match article == self::article(driver) {
            true => review(driver).annotators.len() == expected,
            false => compared(driver) == expected,
        };
        while !noticed(&driver) {
            assert!(start.elapsed() < Duration::from_secs(20), "who joins in {article} is not noticed");
            std::thread::sleep(Duration::from_millis(20));
            driver.settle();
        }
    }
}

#[test]
fn all_articles_are_merged_at_once_and_stepped_through() {
    let mut driver = sample();
    let start = Instant::now();
    while driver.app().reviewing.waiting() < 80 {
        assert!(start.elapsed() < Duration::from_secs(20), "{} wait", driver.app().reviewing.waiting());
        std::thread::sleep(Duration::from_millis(5));
        driver.settle();
    }
    driver.char('m');
    driver.key(Modifiers::COMMAND, Key::Enter);
    let first = article(&driver);
    driver.char('n');
    assert_ne!(article(&driver), first);
    assert!(!golden(&driver).is_empty(), "merged there, too");
    assert!(!review(&driver).cases.is_empty());
    driver.key(Modifiers::COMMAND, Key::Z);
    assert!(golden(&driver).is_empty(), "it was one change");
    assert_eq!(article(&driver), first, "where it was asked for");
}

/// Marks a person in two articles as somebody does, as one or as two people, and says that both are done.
fn identify(project: &std::path::Path, who: &str, places: &[(usize, Span)], one: bool) {
    let mut session = Session::open(project, &who.into(), Access::Write).unwrap();
    let name = Name::new(who);
    let mut known = None;
    for &(article, span) in places {
        let article = session.corpus().articles()[article].id.clone();
        session.load(&article, std::slice::from_ref(&name)).unwrap();
        let key = (article, name.clone());
        let (transaction, id) = SetEditor::new(session.corpus(), key.clone()).label(&"person".into(), vec![span]);
        session.commit(transaction).unwrap();
        let editor = SetEditor::new(session.corpus(), key.clone());
        let refer = match known.filter(|_| one) {
            Some(referent) => editor.refer(&[id], Some(referent)),
            None => {
                let called = format!("Lidia menurut {who}");
                let referent = Referent::new(&"person".into(), &called, Origin::hand(&name));
                known = Some(referent.id);
                editor.refer_new(&[id], referent)
            }
        };
        session.commit(refer).unwrap();
        let done = SetEditor::new(session.corpus(), key).progress(Progress::Done);
        session.commit(done).unwrap();
    }
    session.close().unwrap();
}

#[test]
fn who_is_who_across_articles_is_asked_once() {
    let mut driver = Driver::new();
    let first = driver.find("Lidia Moreno", 0);
    driver.key(Modifiers::COMMAND, Key::PageDown);
    let second = driver.find("Lidia Moreno", 1);
    let project = driver.project();
    let Driver { harness, home } = driver;
    let app = harness.into_state();
    crate::driver::close(app);
    let places = [(0, first), (1, second)];
    identify(&project, "a", &places, true);
    identify(&project, "b", &places, false);
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(NONE, Key::F4);
    driver.char('m');
    driver.key(NONE, Key::Enter);
    // No article shows the difference by itself, and yet none looks done; the command line counts the same.
    let counted = |driver: &mut Driver, expected: usize| {
        let start = Instant::now();
        while driver.app().reviewing.identity_questions() != Some(expected) {
            assert!(start.elapsed() < Duration::from_secs(20), "identity is not counted");
            std::thread::sleep(Duration::from_millis(20));
            driver.settle();
        }
        driver.settle();
    };
    counted(&mut driver, 1);
    assert_eq!(driver.app().reviewing.queue().0, 0);
    assert!(driver.harness.query_by_label_contains("Identity: 1 question").is_some());
    assert!(driver.harness.query_all_by_label_contains("1 question of identity").count() >= 1);
    let asked = std::process::Command::new(env!("CARGO_BIN_EXE_jejak"))
        .args(["adjudicate", project.to_str().unwrap(), "--dry-run", "--json"])
        .output()
        .unwrap();
    let asked: serde_json::Value = serde_json::from_slice(&asked.stdout).unwrap();
    assert_eq!((&asked["left"], asked["identity"].as_array().unwrap().len()), (&1.into(), 1));
    driver.char('i');
    assert!(driver.harness.query_by_label_contains("Who is who across articles: 1 open").is_some());
    driver.char('1');
    driver.key(NONE, Key::Enter);
    driver.settle();
    assert!(driver.harness.query_by_label_contains("Who is who across articles: 0 open").is_some());
    driver.key(NONE, Key::Escape);
    counted(&mut driver, 0);
    assert!(driver.harness.query_all_by_label_contains("of identity").count() == 0);
    driver.key(Modifiers::COMMAND, Key::S);
    let mut session = Session::open(&project, &gold(), Access::Read).unwrap();
    let ids: Vec<ArticleId> = session.corpus().articles().iter().take(2).map(|article| article.id.clone()).collect();
    let referents: Vec<_> = ids
        .iter()
        .map(|id| {
            session.load(id, &[gold()]).unwrap();
            session.corpus().set(id, &gold()).unwrap().iter().map(|record| record.referent.unwrap()).collect::<Vec<_>>()
        })
        .collect();
    assert_eq!(referents[0].len(), 1);
    assert_eq!(referents[0], referents[1], "one person in both articles, as a has it");
    assert!(driver.failures().is_empty());
}

#[test]
fn what_a_git_merge_left_is_settled_in_the_window_and_undone() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    // Two people note something else on one record, and one deletes another that the other one has changed.
    let file = project.join("sets/a/000.ron");
    let base = std::fs::read_to_string(&file).unwrap();
    let records: Vec<&str> = base.lines().filter(|line| line.starts_with("  (id:") && line.contains("at:")).collect();
    let free = |line: &&&str| {
        let id = line.split('"').nth(1).unwrap();
        base.matches(&format!("\"{id}\"")).count() == 1
    };
    let free: Vec<&&str> = records.iter().filter(free).take(2).collect();
    let [one, two] = free[..] else { panic!("two records to which nothing points") };
    let noted = |line: &str, note: &str| line.replace(", origin: ", &format!(", note: {note:?}, origin: "));
    let ours = base.replace(one, &noted(one, "satu")).replace(two, &noted(two, "satu"));
    let theirs = base.replace(one, &noted(one, "dua")).replace(&format!("{two}\n"), "");
    let raw = |text: &str| jejak::store::RawFile::read("000.ron", text).unwrap();
    let merged = jejak::review::merge3(&raw(&base), &raw(&ours), &raw(&theirs));
    assert_eq!(merged.conflicts.len(), 2, "{:?}", merged.conflicts);
    std::fs::write(&file, merged.file.write()).unwrap();
    let before = std::fs::read_to_string(&file).unwrap();

    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(NONE, Key::F4);
    let key = (driver.work().session.corpus().articles()[0].id.clone(), Name::new("a"));
    let conflicts = |driver: &Driver| driver.work().session.corpus().set(&key.0, &key.1).unwrap().conflicts().len();
    let note_of = |driver: &Driver, line: &str| {
        let id: jejak::model::Id = line.split('"').nth(1).unwrap().parse().unwrap();
        driver.work().session.corpus().annotation(&key.0, &key.1, id).map(|record| record.note.clone())
    };
    let left = |driver: &Driver| {
        driver.work().session.problems().iter().filter(|problem| problem.code == "merge-conflict").count()
    };
    driver.char('c');
    assert!(driver.harness.query_by_label_contains("2 records that two people changed").is_some());
    assert_eq!((conflicts(&driver), left(&driver)), (2, 1));
    // Theirs of both: one is theirs now, the other one is gone.
    driver.char('2');
    driver.char('2');
    assert_eq!((conflicts(&driver), left(&driver)), (0, 0), "{:?}", driver.failures());
    let mut notes = [note_of(&driver, one), note_of(&driver, two)];
    assert_eq!(notes, [Some("dua".to_owned()), None]);
    assert!(driver.harness.query_by_label_contains("Nothing is left to decide").is_some());
    driver.key(NONE, Key::Escape);
    for count in 1..=2 {
        driver.key(Modifiers::COMMAND, Key::Z);
        assert_eq!((conflicts(&driver), left(&driver)), (count, 1));
    }
    notes = [note_of(&driver, one), note_of(&driver, two)];
    assert_eq!(notes, [Some("satu".to_owned()), Some("satu".to_owned())]);
    // Ours of both, and that is what the file has.
    driver.key(NONE, Key::F4);
    driver.char('c');
    driver.char('1');
    driver.char('1');
    assert_eq!((conflicts(&driver), left(&driver)), (0, 0));
    driver.key(NONE, Key::Escape);
    let mut driver = driver.reopen();
    driver.key(NONE, Key::F4);
    assert_eq!((conflicts(&driver), left(&driver)), (0, 0));
    assert!(before.contains("conflicts: ["));
    assert_eq!(std::fs::read_to_string(&file).unwrap(), ours, "nothing else has changed");
}

#[test]
fn our_side_of_a_conflict_that_cannot_be_read_stands_as_in_the_file() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    let file = project.join("sets/a/000.ron");
    let base = std::fs::read_to_string(&file).unwrap();
    // Before it the text has signs of more than one byte.
    let line = base.lines().find(|line| line.contains("\"Istana Karangwana\"")).unwrap();
    let ours = line.replace(", origin: ", ", note: \"satu\", origin: ");
    let theirs = line.replace("label: \"place\"", "label: 7");
    let raw = |new: &str| jejak::store::RawFile::read("000.ron", &base.replace(line, new)).unwrap();
    let merged = jejak::review::merge3(&raw(line), &raw(&ours), &raw(&theirs));
    assert_eq!(merged.conflicts.len(), 1, "{:?}", merged.conflicts);
    std::fs::write(&file, merged.file.write()).unwrap();

    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(NONE, Key::F4);
    driver.char('c');
    let ours = ours.trim().trim_end_matches(',');
    assert!(driver.harness.query_by_label_contains(ours).is_some(), "{ours}");
}
