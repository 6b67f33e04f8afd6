//! A model's errors are walked through, and nothing but the walk changes.

use std::path::Path;

use eframe::egui::{Key, Modifiers};
use jejak::figures::DeviationKind;
use jejak::model::{ArticleId, Name, SetKind};
use jejak::store::{Access, Session};
use jejak::text::Span;
use jejak::ui::View;

use crate::driver::asked::Asked;
use crate::driver::{self, ANNOTATOR, Driver};

const NONE: Modifiers = Modifiers::NONE;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// Marks words of an article as a maker of a kind does.
fn annotate(project: &Path, who: &str, kind: SetKind, article: usize, marks: &[(&str, Span)]) {
    driver::annotate(project, who, article, marks);
    let name = Name::new(who);
    let mut session = Session::open(project, &name, Access::Write).unwrap();
    session.change_project(|project| project.set_kind(&name, kind)).unwrap();
    session.close().unwrap();
}

/// The places of words in the text of an article, each at its first.
fn places(project: &Path, article: usize, words: &[&str]) -> Vec<Span> {
    let mut session = Session::open(project, &"x".into(), Access::Read).unwrap();
    let id = session.corpus().articles()[article].id.clone();
    session.load(&id, &["x".into()]).unwrap();
    let text = session.corpus().text(&id).unwrap().as_str().to_owned();
    let at = |words: &&str| {
        let at = text.find(words).unwrap() as u32;
        Span::new(at, at + words.len() as u32)
    };
    words.iter().map(at).collect()
}

/// A window on a project with gold and a model's predictions in two of three articles.
fn evaluated() -> Driver {
    let Driver { harness, home } = Driver::new();
    driver::close(harness.into_state());
    let project = home.path().join("project");
    let first = places(&project, 0, &["Raka Wirya", "Bandar Laut", "Lidia Moreno", "Lidia"]);
    let third = places(&project, 2, &["Raka Wirya", "Bandar Laut", "Tuesday"]);
    annotate(
        &project,
        "gold",
        SetKind::Adjudicated,
        0,
        &[("person", first[0]), ("place", first[1]), ("person", first[2])],
    );
    annotate(&project, "gold", SetKind::Adjudicated, 2, &[("person", third[0]), ("place", third[1])]);
    annotate(&project, "mesin", SetKind::Model, 0, &[("place", first[0]), ("place", first[1]), ("person", first[3])]);
    annotate(&project, "mesin", SetKind::Model, 2, &[("place", third[1]), ("date", third[2])]);
    annotate(&project, ANNOTATOR, SetKind::Person, 0, &[("person", first[0])]);
    driver::start(home, &project, &driver::settings())
}

/// Everything in the project's files of records.
fn files(project: &Path) -> Vec<(String, Vec<u8>)> {
    fn walk(folder: &Path, found: &mut Vec<(String, Vec<u8>)>) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            match entry.path() {
                path if path.ends_with(".jejak") => {}
                path if path.is_dir() => walk(&path, found),
                path => found.push((path.display().to_string(), std::fs::read(&path).unwrap())),
            }
        }
    }
    let mut found = Vec::new();
    walk(project, &mut found);
    found.sort();
    found
}

fn current(driver: &Driver) -> (DeviationKind, String, String) {
    let error = driver.app().errors.walk().current().unwrap();
    (error.kind, error.article.to_string(), error.title.clone())
}

fn open(driver: &Driver) -> ArticleId {
    driver.work().open.as_ref().unwrap().id.clone()
}

#[test]
fn errors_are_walked_through_all_articles_and_nothing_changes() {
    use DeviationKind as D;
    let mut driver = evaluated();
    let project = driver.project();
    let before = files(&project);
    let setup = driver.app().reviewing.setup.clone();
    driver.key(Modifiers::SHIFT, Key::F4);
    assert_eq!((driver.app().view, driver.failures()), (View::Errors, vec![]));
    assert_eq!(driver.app().errors.whose(), Some(&Name::new("mesin")), "the one model there is");
    let walk = driver.app().errors.walk();
    let kinds: Vec<_> = walk.list().iter().map(|error| (error.kind, error.article.to_string())).collect();
    let of = |kind, article: &str| (kind, article.to_owned());
    assert_eq!(
        kinds,
        [of(D::Label, "000"), of(D::Boundary, "000"), of(D::Missing, "002"), of(D::Spurious, "002")],
        "in reading order, article by article"
    );
    // Gold beside prediction, in words and under the text.
    driver.harness.get_by_label("Error 1 of 4");
    driver.harness.get_by_label("label, 1");
    assert!(driver.harness.query_by_label_contains("Gold in 2 articles, predicted in 2, scored 2").is_some());
    driver.key(NONE, Key::Tab);
    driver.harness.get_by_label("\"Lidia\"");
    driver.harness.get_by_label("\"Lidia Moreno\"");
    // The next error is in another article.
    driver.key(NONE, Key::ArrowDown);
    assert_eq!(current(&driver), (D::Missing, "002".into(), "person \"Raka Wirya\"".into()));
    assert_eq!(open(&driver).to_string(), "002");
    driver.harness.get_by_label("nothing");
    // The keys of the walk to one's own differences are these, too; after the last error comes the first.
    driver.key(Modifiers::COMMAND, Key::G);
    assert_eq!(current(&driver).0, D::Spurious);
    driver.key(Modifiers::COMMAND, Key::G);
    assert_eq!((current(&driver).0, open(&driver).to_string()), (D::Label, "000".into()));
    driver.key(CTRL_SHIFT, Key::G);
    assert_eq!(current(&driver).0, D::Spurious);
    driver.char('2');
    assert_eq!(driver.app().errors.walk().len(), 1);
    driver.char('1');
    assert_eq!((current(&driver).0, driver.app().errors.walk().len()), (D::Missing, 1));
    driver.char('0');
    assert_eq!(driver.app().errors.walk().len(), 4);
    // Nothing can be marked, done or decided here.
    let gold = driver.set().clone();
    for (modifiers, key) in
        [(NONE, Key::Delete), (NONE, Key::Enter), (Modifiers::COMMAND, Key::D), (NONE, Key::Backspace)]
    {
        driver.key(modifiers, key);
    }
    for letter in ['l', 'e', 'm', 'R', '+', ']'] {
        driver.try_char(letter);
    }
    driver.palette("This article is done");
    assert_eq!((driver.set(), driver.work().owner().as_str()), (&gold, "gold"));
    assert_eq!(driver.app().reviewing.setup, setup, "who is compared stays");
    driver.key(NONE, Key::F2);
    assert_eq!(driver.work().owner().as_str(), ANNOTATOR);
    driver.key(Modifiers::COMMAND, Key::S);
    assert_eq!(files(&project), before);
}

#[test]
fn figures_and_cells_of_the_dashboard_lead_to_the_errors_behind_them() {
    use DeviationKind as D;
    let mut driver = evaluated();
    driver.key(NONE, Key::F5);
    driver.harness.get_by_label("mesin with gold").click();
    driver.settle();
    // The first figure is that of mentions.
    driver.key(NONE, Key::ArrowDown);
    assert_eq!(driver.app().dashboard.chosen.as_deref(), Some("mentions strict"));
    driver.key(NONE, Key::Enter);
    assert_eq!((driver.app().view, driver.failures()), (View::Errors, vec![]));
    assert_eq!(driver.app().errors.walk().len(), 4);
    let (report, _) = driver.app().dashboard.measured().unwrap();
    assert!(report.evaluation);
    driver.key(NONE, Key::F5);
    driver.key(NONE, Key::Num4);
    driver.harness.get_by_label("person, (nothing): 1").click();
    driver.settle();
    assert_eq!(driver.app().view, View::Errors);
    assert_eq!(current(&driver), (D::Missing, "002".into(), "person \"Raka Wirya\"".into()));
    assert_eq!(driver.app().errors.walk().len(), 1);
    driver.char('a');
    assert_eq!(driver.app().errors.walk().len(), 4);
    // The reviewer's queue is as it was.
    driver.key(NONE, Key::F4);
    assert!(driver.app().reviewing.filter.words().is_empty());
}

#[test]
fn another_sets_errors_are_chosen_by_name_and_a_project_without_models_says_so() {
    let mut driver = evaluated();
    driver.palette("Errors");
    assert_eq!(driver.app().view, View::Errors);
    driver.char('w');
    driver.write(ANNOTATOR);
    driver.key(NONE, Key::Enter);
    assert_eq!(driver.app().errors.whose(), Some(&Name::new(ANNOTATOR)));
    let missing = |error: &std::sync::Arc<jejak::figures::Deviation>| error.kind == DeviationKind::Missing;
    let list = driver.app().errors.walk().list();
    // One of five is marked.
    assert!(list.len() == 4 && list.iter().all(missing), "{list:?}");
    let mut driver = Driver::new();
    driver.key(Modifiers::SHIFT, Key::F4);
    let said = driver.harness.query_all_by_label_contains("There are no predictions yet").count();
    assert_eq!(said, 1, "once is enough");
    assert_eq!(driver.failures(), [""; 0]);
}

#[test]
fn a_set_that_cannot_be_read_is_named_among_errors_and_among_reasons() {
    let Driver { harness, home } = evaluated();
    driver::close(harness.into_state());
    let project = home.path().join("project");
    let sets = ["gold", "mesin"].map(|who| {
        let files = std::fs::read_dir(project.join("sets").join(who)).unwrap().flatten();
        let file = files.map(|entry| entry.file_name().into_string().unwrap()).max().unwrap();
        let set = format!("sets/{who}/{file}");
        let whole = std::fs::read_to_string(project.join(&set)).unwrap();
        jejak::store::atomic::write(&project.join(&set), format!("<<<<<<< HEAD\n{whole}").as_bytes()).unwrap();
        set
    });
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(Modifiers::SHIFT, Key::F4);
    assert_eq!(driver.app().view, View::Errors);
    let named = |driver: &Driver, set: &str| driver.harness.query_all_by_label_contains(&format!("! {set}")).count();
    assert_eq!(sets.each_ref().map(|set| named(&driver, set)), [1, 1]);
    driver.key(NONE, Key::F4);
    let before = sets.each_ref().map(|set| named(&driver, set));
    driver.palette("Reasons and gaps");
    driver.harness.get_by_label_contains("Reasons and gaps of the guideline");
    assert_eq!(sets.each_ref().map(|set| named(&driver, set)), before.map(|count| count + 1), "in the list of reasons");
}
