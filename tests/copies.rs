//! The files that sync programs leave beside a file where two people changed it at once.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

#[path = "store/project.rs"]
mod project;

use std::fs;
use std::path::Path;
use std::process::{Command, Output};
use std::time::{Duration, Instant};

use jejak::edit::SetEditor;
use jejak::model::Name;
use jejak::store::{Access, Event, Session, annotator, scan};
use jejak::text::Span;
use project::{article, make};

fn jejak(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.args(arguments).current_dir(folder).env("USER", "sari").output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

/// Annotates bytes of article 000 as `a`, and gives what the set's file is called.
fn label(dir: &Path, start: u32, end: u32) -> String {
    let mut session = Session::open(dir, &Name::new("a"), Access::Write).unwrap();
    session.load(&article("000"), &["a".into()]).unwrap();
    let editor = SetEditor::new(session.corpus(), (article("000"), "a".into()));
    let (transaction, _) = editor.label(&Name::new("person"), vec![Span::new(start, end)]);
    session.commit(transaction).unwrap();
    session.close().unwrap();
    let name = fs::read_dir(dir.join("sets/a")).unwrap().flatten();
    let mut names = name.map(|entry| entry.file_name().into_string().unwrap());
    names.find(|name| name.starts_with("000")).unwrap()
}

/// A project whose set of `a` in article 000 has two records, the first of which the copy has too, and another one.
fn two_versions() -> (tempfile::TempDir, String, String) {
    let dir = make(2);
    let name = label(dir.path(), 0, 5);
    let file = dir.path().join("sets/a").join(&name);
    let first = fs::read_to_string(&file).unwrap();
    label(dir.path(), 6, 10);
    let ours = fs::read_to_string(&file).unwrap();
    fs::write(&file, first).unwrap();
    label(dir.path(), 12, 15);
    let theirs = fs::read_to_string(&file).unwrap();
    fs::write(&file, ours).unwrap();
    (dir, name, theirs)
}

fn count(dir: &Path) -> usize {
    let mut scan = scan(dir).unwrap();
    assert!(scan.annotators().iter().all(|name| matches!(name.as_str(), "a" | "maker")), "{:?}", scan.annotators());
    scan.next().unwrap().sets.iter().map(|set| set.set.len()).sum()
}

#[test]
fn copies_of_sets_are_named_and_merged_by_record() {
    let (_, name, _) = two_versions();
    let stem = name.strip_suffix(".ron").unwrap();
    for copy in [
        format!("sets/a/{stem} (conflicted copy).ron"),
        format!("sets/a/{stem} (conflicted copy 2031-03-03).ron"),
        format!("sets/a/{stem} (Ana's conflicted copy 2031-03-03).ron"),
        format!("sets/a/{stem} (conflicted copy 2031-03-03 101010).ron"),
        format!("sets/a/{stem}.sync-conflict-20310303-101010-ABCDEF7.ron"),
        format!("sets/a/{stem}_conflict-20310303-101010.ron"),
        format!("sets/a/{stem} (1).ron"),
        format!("sets/a (conflicted copy)/{name}"),
        // As OneDrive names them by the machine, and an older version by the number: what they say of their text tells.
        format!("sets/a/{stem}-KANTOR.ron"),
        "sets/a/000.ron".to_owned(),
    ] {
        let (dir, _, theirs) = two_versions();
        let dir = dir.path();
        let path = dir.join(&copy);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &theirs).unwrap();
        assert_eq!(count(dir), 2, "{copy}");
        let check = said(&jejak(dir, &["check", "."]));
        let told = check.lines().filter(|line| {
            line.contains(&format!("belong in sets/a/{name}")) || line.contains(&format!("a copy of sets/a/{name}"))
        });
        assert_eq!(told.count(), 1, "{check}");
        assert!(check.lines().next().unwrap().starts_with(&copy), "{check}");
        assert!(check.contains("(conflicted-copy)") || check.contains("(displaced-set)"), "{check}");
        assert!(!check.contains("stray-set"), "{check}");

        let dry = jejak(dir, &["merge", ".", "--dry-run"]);
        assert!(
            dry.status.success() && said(&dry).contains(&format!("{copy} would be merged into sets/a/{name}")),
            "{}",
            said(&dry)
        );
        assert!(path.exists() && count(dir) == 2);

        let merged = jejak(dir, &["merge", "."]);
        assert!(merged.status.success(), "{}", said(&merged));
        assert_eq!(count(dir), 3, "{copy}");
        assert!(!path.exists());
        assert_eq!(fs::read_to_string(dir.join(".jejak/.merged-copies").join(&copy)).unwrap(), theirs);
        assert!(jejak(dir, &["check", "."]).status.success(), "{copy}: {}", said(&jejak(dir, &["check", "."])));
        assert!(!dir.join("sets/a (conflicted copy)").exists());
        assert!(said(&jejak(dir, &["merge", "."])).contains("nothing to merge"));
    }
}

#[test]
fn records_that_differ_are_conflicts_and_stay_both() {
    let (dir, name, _) = two_versions();
    let dir = dir.path();
    let file = dir.join("sets/a").join(&name);
    let ours = fs::read_to_string(&file).unwrap();
    let theirs = ours.replacen("label: \"person\"", "label: \"place\"", 1);
    fs::write(dir.join("sets/a").join(name.replace(".ron", " (conflicted copy).ron")), theirs).unwrap();
    let merged = jejak(dir, &["merge", ".", "--json"]);
    assert_eq!(merged.status.code(), Some(1), "{}", said(&merged));
    let json: serde_json::Value = serde_json::from_slice(&merged.stdout).unwrap();
    assert_eq!(json["copies"][0]["into"], format!("sets/a/{name}"));
    assert!(json["conflicts"][0].as_str().unwrap().ends_with("changed on both sides"), "{json}");
    let content = fs::read_to_string(&file).unwrap();
    assert!(content.contains("conflicts: [") && content.contains("label: \"place\""), "{content}");
    assert!(said(&jejak(dir, &["check", "."])).contains("(merge-conflict)"));
}

#[test]
fn what_cannot_be_merged_stays_where_it_is() {
    let (dir, name, theirs) = two_versions();
    let dir = dir.path();
    let stem = name.strip_suffix(".ron").unwrap();
    let hash = |text: &str| text.split("sha256: \"").nth(1).unwrap()[..64].to_owned();
    let files = [
        // One that is torn, one on a text that the project does not have, and files that are no lists of records.
        (format!("sets/a/{stem} (conflicted copy 1).ron"), theirs[..200].to_owned()),
        (format!("sets/a/{stem} (conflicted copy 2).ron"), theirs.replace(&hash(&theirs), &"0".repeat(64))),
        ("project (conflicted copy).ron".to_owned(), "(jejak: 1, title: \"Lain\")\n".to_owned()),
        (format!("articles/{stem} (conflicted copy).txt"), "lain".to_owned()),
    ];
    for (file, content) in &files {
        fs::write(dir.join(file), content).unwrap();
    }
    let merged = jejak(dir, &["merge", "."]);
    assert_eq!(merged.status.code(), Some(1));
    for (file, content) in &files {
        assert!(said(&merged).contains(file.as_str()), "{}", said(&merged));
        assert_eq!(&fs::read_to_string(dir.join(file)).unwrap(), content);
        assert!(said(&jejak(dir, &["check", "."])).contains(&format!("{file}: warning: ")));
    }
    assert_eq!(count(dir), 2);
}

#[test]
fn a_copy_of_the_list_brings_its_articles() {
    let (dir, other) = (make(2), make(3));
    let (dir, other) = (dir.path(), other.path());
    let list = fs::read_to_string(other.join("articles.ron")).unwrap();
    fs::write(dir.join("articles (Ana's conflicted copy).ron"), list).unwrap();
    for entry in fs::read_dir(other.join("articles")).unwrap().flatten() {
        fs::copy(entry.path(), dir.join("articles").join(entry.file_name())).unwrap();
    }
    let merged = jejak(dir, &["merge", "."]);
    assert!(merged.status.success(), "{}", said(&merged));
    assert_eq!(scan(dir).unwrap().corpus().articles().len(), 3);
    assert!(jejak(dir, &["check", "."]).status.success());
}

#[test]
fn the_window_is_told_of_copies() {
    let (dir, name, theirs) = two_versions();
    let copy = format!("sets/a/{}", name.replace(".ron", " (conflicted copy).ron"));
    fs::write(dir.path().join(&copy), theirs).unwrap();
    let mut session = Session::open(dir.path(), &Name::new("a"), Access::Write).unwrap();
    let began = Instant::now();
    let mut told = false;
    while !told && began.elapsed() < Duration::from_secs(10) {
        told = session.poll().iter().any(|event| matches!(event, Event::Problem(one) if one.code == "conflicted-copy"));
        std::thread::sleep(Duration::from_millis(5));
    }
    let problem = session.problems().iter().find(|problem| problem.code == "conflicted-copy").unwrap();
    assert_eq!(problem.file.as_deref(), Some(copy.as_str()));
}

#[test]
fn names_that_cannot_be_everywhere_are_refused_where_new_and_told_where_old() {
    let dir = make(1);
    let dir = dir.path();
    let open =
        |name: &str| Session::open(dir, &Name::new(name), Access::Write).map(|_| ()).map_err(|error| error.to_string());
    label(dir, 0, 5);
    assert!(open("A").unwrap_err().contains("“a” is there already"));
    assert!(open("aux").unwrap_err().contains("“aux” cannot be a new annotator's name"));
    assert!(!dir.join(".jejak/aux").exists() && !dir.join("sets/aux").exists());
    for name in ["con", "Comments", "lpt1", "Gold"] {
        assert!(annotator(name).is_err(), "{name}");
    }
    // A file of an import names its annotators itself.
    let input = "{\"text\": \"Ratu tiba.\", \"label\": [[0, 4, \"person\"]]}\n";
    fs::write(dir.join("masuk.jsonl"), input).unwrap();
    let import = jejak(dir, &["import", ".", "--format", "doccano", "--annotator", "nul", "masuk.jsonl"]);
    assert_eq!(import.status.code(), Some(2), "{}", said(&import));
    assert!(said(&import).contains("“nul” cannot be a new annotator's name"), "{}", said(&import));

    // The copy that is there stays, and is told.
    fs::create_dir_all(dir.join("sets/con")).unwrap();
    fs::create_dir_all(dir.join("sets/A")).unwrap();
    assert_eq!((open("con"), open("A")), (Ok(()), Ok(())));
    let check = said(&jejak(dir, &["check", "."]));
    assert!(
        check.contains("sets/con: warning: the annotator is called con") && check.contains("(reserved-name)"),
        "{check}"
    );
    assert!(check.contains("differ by capitals alone") && check.contains("(case-clash)"), "{check}");
}
