//! Changes of a schema, carried through all sets: nothing new is wrong afterwards, decisions are kept, undo gives the bytes
//! before.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

mod common;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::{Arc, LazyLock};

use jejak::edit::{SchemaChange, SchemaPlace, SetEditor, Which};
use jejak::formats::{ImportFiles, Memory, NameMap, format};
use jejak::model::{AttributeKind, Kind, Name, Progress, Project, Schema, Strategy};
use jejak::redefine::{Consequences, carry_out};
use jejak::review::{Choice, Review, Ruling, State};
use jejak::store::{Access, Loader, Session, StoreError};
use proptest::prelude::*;
use proptest::test_runner::Config;

use common::copy;

/// The sample project, in which everything that a and b agree on is gold and half of the cases are decided.
fn project(dir: &Path) {
    static MADE: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
        let folder = tempfile::tempdir().unwrap();
        make(folder.path());
        folder
    });
    copy(MADE.path(), dir);
}

fn make(dir: &Path) {
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan"), dir);
    let done = Command::new(env!("CARGO_BIN_EXE_jejak")).args(["adjudicate"]).arg(dir).output().unwrap();
    assert!(done.status.code().is_some_and(|code| code < 2), "{done:?}");
    let mut session = open(dir);
    let articles: Vec<_> = session.corpus().articles().to_vec();
    for article in articles {
        let names = ["a", "b", Project::GOLD].map(Name::new);
        session.load(&article.id, &names).unwrap();
        for _ in 0..6 {
            let review = review(&session, &article.id);
            let Some(case) = review.cases.iter().rev().nth(review.cases.len() / 2).copied() else { break };
            let (reason, gap) = (String::new(), String::new());
            let ruling = Ruling { choice: Choice::Adopt(1), by: "dewi".into(), reason, gap };
            let transaction = review.decide(session.corpus(), &case, &ruling);
            session.commit(transaction).unwrap();
        }
    }
    session.close().unwrap();
}

fn open(dir: &Path) -> Session {
    Session::open(dir, &"dewi".into(), Access::Write).unwrap()
}

fn review(session: &Session, article: &jejak::model::ArticleId) -> Review {
    let names = ["a", "b"].map(Name::new);
    Review::open(session.corpus(), article, &names, &Project::GOLD.into(), Strategy::default())
}

/// Cases that are open and decisions that hold, by article.
fn standing(dir: &Path) -> Vec<(usize, usize)> {
    let mut session = Session::open(dir, &"dewi".into(), Access::Read).unwrap();
    let articles: Vec<_> = session.corpus().articles().to_vec();
    let count = |article: &Arc<jejak::model::Article>| {
        session.load(&article.id, &["a", "b", Project::GOLD].map(Name::new)).unwrap();
        let review = review(&session, &article.id);
        let states = review.units.iter().flat_map(|unit| &unit.states);
        let decided = states.filter(|state| matches!(state, State::Decided(..))).count();
        (review.cases.len(), decided)
    };
    articles.iter().map(count).collect()
}

/// Every file of a project but what is never needed to read it.
fn bytes(dir: &Path) -> BTreeMap<String, String> {
    fn walk(root: &Path, dir: &Path, all: &mut BTreeMap<String, String>) {
        for entry in fs::read_dir(dir).unwrap().flatten() {
            let path = entry.path();
            if path.file_name().unwrap() == ".jejak" {
                continue;
            }
            if path.is_dir() {
                walk(root, &path, all);
            } else {
                let name = path.strip_prefix(root).unwrap().display().to_string();
                all.insert(name, String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned());
            }
        }
    }
    let mut all = BTreeMap::new();
    walk(dir, dir, &mut all);
    all
}

/// The number of problems by code, as `jejak check` counts them.
fn problems(dir: &Path) -> BTreeMap<String, usize> {
    let mut found = BTreeMap::new();
    let output = Command::new(env!("CARGO_BIN_EXE_jejak")).args(["check", "--json"]).arg(dir).output().unwrap();
    let checked: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    for problem in checked["problems"].as_array().unwrap() {
        *found.entry(problem["code"].as_str().unwrap().to_owned()).or_default() += 1;
    }
    found
}

fn change(session: &mut Session, change: &SchemaChange) -> Result<Consequences, StoreError> {
    let outcome = session.run(|link| carry_out(link, change, &mut |_| true, &mut |_, _| true))?;
    let (consequences, done) = outcome.unwrap();
    assert!(done);
    Ok(consequences)
}

fn place(session: &Session, text: &str) -> SchemaPlace {
    SchemaPlace::find(&session.corpus().schema, text).unwrap()
}

fn rename(session: &Session, from: &str, to: &str) -> SchemaChange {
    SchemaChange::Rename { place: place(session, from), to: to.into() }
}

#[test]
fn another_name_leaves_decisions_and_cases_as_they_were() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    project(&dir);
    let (before, standing_before, wrong) = (bytes(&dir), standing(&dir), problems(&dir));
    assert!(standing_before.iter().all(|(_, decided)| *decided > 0), "{standing_before:?}");
    let mut session = open(&dir);
    let names = [
        ("person", "human"),
        ("trip.traveller", "voyager"),
        ("trip.status", "state"),
        ("trip.state=planned", "intended"),
        ("place.kind=city", "town"),
        ("human", "orang"),
        ("claim", "klaim"),
    ];
    for (from, to) in names {
        let it = rename(&session, from, to);
        let told = change(&mut session, &it).unwrap();
        assert!(told.changed() > 0 && told.gone() == 0, "{from}: {told:?}");
        session.flush().unwrap();
        assert_eq!(standing(&dir), standing_before, "{from} to {to}");
        assert_eq!(problems(&dir), wrong, "{from} to {to}");
    }
    let schema = session.corpus().schema.clone();
    assert_eq!(schema.label("orang").unwrap().aliases, ["person", "human"].map(Name::new));
    assert!(schema.labels.iter().flat_map(|label| &label.roles).all(|role| !role.fillers.contains(&"person".into())));
    session.close().unwrap();
    // The history outlives the window.
    let mut session = open(&dir);
    for _ in names {
        assert!(session.undo().unwrap().is_some());
    }
    session.close().unwrap();
    assert_eq!(bytes(&dir), before);
}

#[test]
fn two_labels_become_one_and_equal_marks_with_them() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    project(&dir);
    let (before, wrong) = (bytes(&dir), problems(&dir));
    let mut session = open(&dir);
    // The same words as a person and as a title: a merge makes one of them, and the frames point to the one that stays.
    let article = session.corpus().articles()[0].id.clone();
    session.load(&article, &["a".into()]).unwrap();
    let set = session.corpus().set(&article, &"a".into()).unwrap();
    let person = set.iter().find(|it| it.label == *"person" && set.referrers(it.id).count() > 0).unwrap().clone();
    let mut editor = SetEditor::new(session.corpus(), (article.clone(), "a".into()));
    editor.by = "dewi".into();
    let (double, _) = editor.label(&"title".into(), person.at.clone());
    session.commit(double).unwrap();
    let merge = SchemaChange::Merge { place: place(&session, "person"), into: "title".into() };
    let told = change(&mut session, &merge).unwrap();
    assert_eq!((told.joined, told.twice), (1, 0));
    let set = session.corpus().set(&article, &"a".into()).unwrap();
    let there: Vec<_> = set.iter().filter(|it| it.at == person.at && it.label == *"title").collect();
    assert_eq!(there.len(), 1);
    assert!(set.referrers(there[0].id).count() > 0 && set.get(person.id).is_none() || there[0].id == person.id);
    session.flush().unwrap();
    assert_eq!(problems(&dir), wrong);
    session.undo().unwrap();
    session.undo().unwrap();
    session.close().unwrap();
    assert_eq!(bytes(&dir), before);
}

#[test]
fn a_split_takes_those_with_a_value_or_those_that_are_ticked() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    project(&dir);
    let before = bytes(&dir);
    let mut session = open(&dir);
    let which = Which::Value { attribute: "kind".into(), value: "city".to_owned() };
    let split = SchemaChange::Split { label: "place".into(), which, to: "town".into() };
    let told = change(&mut session, &split).unwrap();
    assert!(told.changed() > 10, "{told:?}");
    let schema = session.corpus().schema.clone();
    let destination = schema.label("trip").unwrap().role("destination").unwrap();
    assert!(destination.fillers.contains(&"town".into()) && destination.fillers.contains(&"place".into()));
    let article = session.corpus().articles()[0].id.clone();
    session.load(&article, &["a".into()]).unwrap();
    let towns: Vec<_> =
        session.corpus().set(&article, &"a".into()).unwrap().iter().filter(|it| it.label == *"town").collect();
    assert!(!towns.is_empty() && towns.iter().all(|it| it.attribute("kind") == Some("city")));
    let ticked = BTreeSet::from([(article.clone(), Name::new("a"), towns[0].id)]);
    let split = SchemaChange::Split { label: "town".into(), which: Which::Ticked(ticked), to: "capital".into() };
    assert_eq!(change(&mut session, &split).unwrap().changed(), 1);
    session.undo().unwrap();
    session.undo().unwrap();
    session.close().unwrap();
    assert_eq!(bytes(&dir), before);
}

#[test]
fn what_is_deleted_takes_its_fillers_and_decisions_along() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    project(&dir);
    let before = bytes(&dir);
    let mut session = open(&dir);
    let delete = |session: &Session, text: &str| SchemaChange::Delete { place: place(session, text) };
    let told = {
        let it = delete(&session, "trip.status");
        change(&mut session, &it).unwrap()
    };
    assert!(told.changed() > 0 && told.gone() == 0);
    let told = {
        let it = delete(&session, "title");
        change(&mut session, &it).unwrap()
    };
    assert!(told.gone() > 50, "{told:?}");
    session.flush().unwrap();
    let codes = problems(&dir);
    assert!(!codes.keys().any(|code| code.contains("dangling") || code.contains("unknown")), "{codes:?}");
    session.undo().unwrap();
    session.undo().unwrap();
    session.close().unwrap();
    assert_eq!(bytes(&dir), before);
}

#[test]
fn a_label_that_the_schema_never_had_can_be_merged_into_one() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    project(&dir);
    for file in fs::read_dir(dir.join("sets/b")).unwrap().flatten() {
        let text = fs::read_to_string(file.path()).unwrap().replace("label: \"title\"", "label: \"Jabatan\"");
        fs::write(file.path(), text).unwrap();
    }
    let mut session = open(&dir);
    let merge = SchemaChange::Merge { place: SchemaPlace::Label("Jabatan".into()), into: "title".into() };
    let told = change(&mut session, &merge).unwrap();
    assert!(told.changed() > 40 && told.makers.keys().eq([&Name::new("b")]), "{told:?}");
    session.close().unwrap();
    assert!(!problems(&dir).keys().any(|code| code.contains("unknown-label")));
}

#[test]
fn files_with_a_former_name_are_still_understood() {
    let mut schema = Schema::trips();
    let it = SchemaChange::Rename { place: SchemaPlace::Label("person".into()), to: "human".into() };
    schema = it.schema(&schema).unwrap().schema;
    let map = NameMap::default();
    assert_eq!(map.label(&schema, &"person".into()), Some("human".into()));
    assert_eq!(map.label(&schema, &"animal".into()), Some("animal".into()));
    let line = "{\"text\": \"Ratu Sari tiba.\", \"label\": [[0, 9, \"person\"]]}\n";
    let files = BTreeMap::from([("a.jsonl".to_owned(), line.as_bytes().to_vec())]);
    let folder = tempfile::tempdir().unwrap();
    Session::create(folder.path(), "Contoh", schema).unwrap();
    let mut session = open(folder.path());
    let source = ImportFiles::from(Memory { files });
    let pending = jejak::exchange::PendingImport::read(
        format("doccano").unwrap(),
        &source,
        Some(&"dewi".into()),
        &jejak::formats::ReadOptions::default(),
        &mut |_| true,
    );
    let done = session.run(|link| pending.unwrap().bring_in(link, &map, false, &mut |_, _| true)).unwrap().unwrap();
    assert!(done.new_labels.is_empty(), "{done:?}");
    let article = session.corpus().articles()[0].id.clone();
    session.load(&article, &["dewi".into()]).unwrap();
    assert!(session.corpus().set(&article, &"dewi".into()).unwrap().iter().all(|it| it.label == *"human"));
}

#[test]
fn a_locked_schema_and_what_cannot_be_read_stay_as_they_are() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    project(&dir);
    let mut session = open(&dir);
    session.change_project(|project| project.schema_locked = true).unwrap();
    let it = rename(&session, "person", "human");
    assert!(change(&mut session, &it).unwrap_err().to_string().contains("locked"));
    session.change_project(|project| project.schema_locked = false).unwrap();
    session.close().unwrap();
    let file = fs::read_dir(dir.join("sets/b")).unwrap().flatten().map(|file| file.path());
    let file = file.filter(|file| !file.ends_with("referents.ron")).min().unwrap();
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("annotations: [", "annotations: [[[", 1)).unwrap();
    let before = bytes(&dir);
    let mut session = open(&dir);
    let why = change(&mut session, &it).unwrap_err().to_string();
    assert!(why.contains("of b") && why.contains("cannot be read"), "{why}");
    session.close().unwrap();
    assert_eq!(bytes(&dir), before);
}

#[test]
fn what_contradicts_the_schema_is_refused_in_a_sentence() {
    let schema = Schema::trips();
    let find = |text: &str| SchemaPlace::find(&schema, text);
    let rename = |from: &str, to: &str| SchemaChange::Rename { place: find(from).unwrap(), to: to.into() };
    let merge = |from: &str, into: &str| SchemaChange::Merge { place: find(from).unwrap(), into: into.into() };
    for (change, words) in [
        (rename("person", "place"), "already"),
        (rename("person", "a b"), "cannot be a name"),
        (rename("person", ""), "cannot be a name"),
        (rename("trip.status=planned", "denied"), "already"),
        (merge("person", "trip"), "not of one kind"),
        (merge("person", "person"), "itself"),
        (merge("trip.status", "kin"), "perhaps"),
        (merge("organization.kind", "kind"), "itself"),
        (SchemaChange::Delete { place: SchemaPlace::Label("persn".into()) }, "person"),
        (SchemaChange::Define(Arc::new(Schema { labels: schema.labels[1..].to_vec(), ..schema.clone() })), "person"),
    ] {
        let why = change.schema(&schema).unwrap_err().to_string();
        assert!(why.contains(words), "{change:?}: {why}");
    }
    for (text, words) in [("trip.stats", "status"), ("tripp.status", "trip"), ("trip.sttus=x", "status")] {
        let why = find(text).unwrap_err().to_string();
        assert!(why.contains(words), "{text}: {why}");
    }
}

/// A change of a schema that fits it, drawn by numbers.
fn drawn(schema: &Schema, [what, one, other, third]: [usize; 4]) -> SchemaChange {
    let label = &schema.labels[one % schema.labels.len()];
    let mut places = vec![SchemaPlace::Label(label.name.clone())];
    places.extend(label.roles.iter().map(|role| SchemaPlace::Role(label.name.clone(), role.name.clone())));
    let mut values = Vec::new();
    for attribute in &label.attributes {
        places.push(SchemaPlace::Attribute(label.name.clone(), attribute.name.clone()));
        if let AttributeKind::Choice(choices) = &attribute.kind {
            let place = |value: &Name| SchemaPlace::Value(label.name.clone(), attribute.name.clone(), value.clone());
            values.extend(choices.iter().map(|choice| place(&choice.name)));
        }
    }
    let split = values.get(third % values.len().max(1)).cloned();
    places.extend(values);
    let place = places[other % places.len()].clone();
    let new: Name = format!("new-{third}").into();
    match (what % 4, split) {
        (0, _) => SchemaChange::Rename { place, to: new },
        (1, Some(SchemaPlace::Value(label, attribute, value))) => {
            let which = Which::Value { attribute, value: value.to_string() };
            SchemaChange::Split { label, which, to: new }
        }
        (2, _) => {
            let beside = place.names(schema);
            SchemaChange::Merge { into: beside[third % beside.len()].clone(), place }
        }
        _ => SchemaChange::Delete { place },
    }
}

proptest! {
    #![proptest_config(Config { cases: 6, max_shrink_iters: 20, ..Config::default() })]

    /// Any changes one after the other: what is no deletion makes nothing wrong; undone, every byte is as before.
    #[test]
    fn changes_undone_give_the_bytes_before(draws in proptest::collection::vec(any::<[usize; 4]>(), 1..6)) {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("p");
        project(&dir);
        let before = bytes(&dir);
        let mut session = open(&dir);
        let mut done = 0;
        for draw in draws {
            let it = drawn(&session.corpus().schema, draw);
            let wrong = problems(&dir);
            match change(&mut session, &it) {
                Ok(told) => {
                    done += 1;
                    session.flush().unwrap();
                    // Marks that stand twice and say different things are told of; equal words under two labels are what a
                    // split is for; and what is deleted may have been required.
                    let deleted = matches!(it, SchemaChange::Delete { .. });
                    let mut now = problems(&dir);
                    if told.twice > 0 {
                        now.remove("duplicate");
                    }
                    if told.mixed > 0 {
                        now.remove("referent-label");
                    }
                    now.retain(|code, count| {
                        let count = *count > wrong.get(code).copied().unwrap_or_default();
                        count && !code.contains("inconsistent") && (!deleted || code.contains("unknown"))
                    });
                    prop_assert!(now.is_empty(), "{it:?}: {now:?} of {wrong:?}");
                }
                Err(why) => prop_assert!(matches!(why, StoreError::Refused(_)), "{it:?}: {why}"),
            }
        }
        for _ in 0..done {
            prop_assert!(session.undo().unwrap().is_some());
        }
        session.close().unwrap();
        let after = bytes(&dir);
        for (file, text) in &before {
            prop_assert_eq!(after.get(file), Some(text), "{}", file);
        }
        prop_assert_eq!(after.len(), before.len());
    }
}

#[test]
fn every_kind_of_label_is_in_the_sample() {
    // The tests above say something only where there is something.
    let (corpus, _) = Loader::open(&Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan")).unwrap();
    for kind in [Kind::Entity, Kind::Frame, Kind::Zone] {
        assert!(corpus.schema.labels.iter().any(|label| label.kind == kind));
    }
    assert_eq!(Progress::default(), Progress::New);
}
