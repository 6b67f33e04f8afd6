//! The whole way of gold, with keys alone: two models come in, cases are decided, errors walked, figures told, one annotator
//! changes something, one case opens, and the export says what is not finished.

use std::time::{Duration, Instant};

use eframe::egui::{Key, Modifiers};
use jejak::edit::SetEditor;
use jejak::model::{ArticleId, Kind, Name, SetKind};
use jejak::store::{Access, Session};
use jejak::ui::{Overlay, View};

use crate::driver::Driver;
use crate::driver::asked::Asked;
use crate::review::{article, decide_all, golden, review, sample, wait_for_a_case};

const NONE: Modifiers = Modifiers::NONE;
const CTRL_SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::COMMAND };

/// The predictions of a model: what a has of mentions in an article, but for the first `lacks`, and the next one as a title.
fn predictions(driver: &Driver, model: &str, lacks: usize) -> String {
    let corpus = driver.work().session.corpus();
    let id = &corpus.articles()[0].id;
    let text = corpus.text(id).unwrap();
    let set = corpus.set(id, &Name::new("a")).unwrap();
    let mentions = set.iter().filter(|record| corpus.schema.kind(&record.label) == Kind::Entity);
    let mut annotations: Vec<serde_json::Value> = mentions
        .skip(lacks)
        .map(|record| {
            let (start, end) = text.to_chars(record.at[0]);
            serde_json::json!({ "label": &*record.label, "spans": [{ "start": start, "end": end }] })
        })
        .collect();
    annotations[0]["label"] = "title".into();
    let set = serde_json::json!({ "annotator": model, "kind": "model", "annotations": annotations });
    serde_json::json!({ "jejak_jsonl": 1, "text": text.as_str(), "sets": [set] }).to_string()
}

/// Brings a file in, as it is proposed.
fn import(driver: &mut Driver, name: &str, content: &str) {
    let file = driver.home.path().join(name);
    #[allow(clippy::disallowed_methods)] // A test's own input.
    std::fs::write(&file, content).unwrap();
    driver.key(CTRL_SHIFT, Key::I);
    driver.write(&file.display().to_string());
    driver.key(Modifiers::COMMAND, Key::Enter);
    driver.key(Modifiers::COMMAND, Key::Enter);
    driver.settle();
    assert_eq!(driver.failures(), [""; 0]);
}

/// The files of an article's adjudicated set, and who is compared.
fn gold(driver: &Driver) -> (jejak::model::AnnotationSet, Vec<Name>) {
    (golden(driver).clone(), review(driver).annotators.clone())
}

#[test]
fn gold_comes_of_two_annotators_beside_two_models_and_says_what_is_open() {
    let mut driver = sample();
    let first: ArticleId = driver.work().session.corpus().articles()[0].id.clone();
    for (model, lacks) in [("mesin", 1), ("robot", 4)] {
        let content = predictions(&driver, model, lacks);
        import(&mut driver, &format!("{model}.jsonl"), &content);
        assert_eq!(driver.work().session.corpus().project.kind(model), SetKind::Model);
    }
    // By the time when it is known who has sets, a model is not a reading.
    driver.key(NONE, Key::F2);
    driver.key(NONE, Key::F4);
    driver.settle();
    assert_eq!(review(&driver).annotators, ["a", "b"], "a model is not a reading");
    driver.char('m');
    driver.key(NONE, Key::Enter);
    decide_all(&mut driver);
    let (set, compared) = gold(&driver);
    assert!(review(&driver).cases.is_empty() && set.len() > 20);

    // The errors of each model, one after the other; gold and who is compared stay.
    driver.key(Modifiers::SHIFT, Key::F4);
    assert_eq!(driver.app().view, View::Errors);
    let mut found = Vec::new();
    for model in ["mesin", "robot"] {
        driver.char('w');
        driver.write(model);
        driver.key(NONE, Key::Enter);
        assert_eq!(driver.app().errors.whose(), Some(&Name::new(model)));
        let all = driver.app().errors.walk().len();
        for _ in 0..all {
            driver.key(NONE, Key::Tab);
        }
        found.push(all);
    }
    assert!(found[0] > 1 && found[1] > found[0], "the one that lacks more has more errors: {found:?}");

    // Both are told by figures.
    driver.key(NONE, Key::F5);
    let mut strict = Vec::new();
    for model in ["mesin", "robot"] {
        driver.harness.get_by_label_contains(&format!("{model} with gold")).click();
        driver.settle();
        let (report, shown) = driver.app().dashboard.measured().unwrap();
        assert!(report.evaluation && report.annotators.iter().any(|name| name == model));
        let figure = shown.figures.iter().find(|figure| figure.name == "mentions strict").unwrap();
        strict.push(figure.value.unwrap());
    }
    assert!(strict[0] > strict[1], "{strict:?}");
    driver.key(NONE, Key::F4);
    assert_eq!(gold(&driver), (set.clone(), compared), "nothing of gold has changed");

    // One annotator changes one annotation: one new case, beside what stands.
    let id = article(&driver);
    assert_eq!(id, first);
    let mut session = Session::open(&driver.project(), &"b".into(), Access::Write).unwrap();
    session.load(&id, &["b".into()]).unwrap();
    let place = session.corpus().set(&id, &"b".into()).unwrap().iter().find(|record| record.label == "place").unwrap();
    let change = SetEditor::new(session.corpus(), (id.clone(), "b".into()));
    let change = change.attribute(&[place.id], &"kind".into(), Some("city"));
    let change = if change.is_empty() { panic!("it is a city already") } else { change };
    session.commit(change).unwrap();
    session.close().unwrap();
    wait_for_a_case(&mut driver);
    assert_eq!(review(&driver).cases.len(), 1);
    assert_eq!(golden(&driver), &set, "it stands until somebody decides");

    // The export of gold says that it is not finished.
    driver.key(CTRL_SHIFT, Key::E);
    driver.settle();
    assert!(matches!(driver.app().overlay, Some(Overlay::Export(_))));
    // The check looks at the data a moment after the last change.
    let start = Instant::now();
    while driver.harness.query_by_label_contains("gold is not finished").is_none() {
        assert!(start.elapsed() < Duration::from_secs(20), "the export says nothing of the open case");
        driver.settle();
    }
    assert!(driver.harness.query_by_label_contains("1 case open").is_some());
}
