//! Imports into a project that is read and changed meanwhile.

use std::path::Path;

use jejak::exchange::{Allowed, PendingImport};
use jejak::model::Name;
use jejak::store::{Access, Session};

use crate::{TEXT, jejak, pending};

/// A new project with these texts.
pub fn project(folder: &Path, texts: &[&str]) {
    assert_eq!(jejak(folder, &["new", "p"]).0, 0);
    for (number, text) in texts.iter().enumerate() {
        let name = format!("{number}.txt");
        std::fs::write(folder.join(&name), text).unwrap();
        assert_eq!(jejak(folder, &["add", "p", &name]).0, 0);
    }
}

fn tagged(text: &str) -> PendingImport {
    let line = format!(
        r#"{{"jejak_jsonl":1,"text":"{text}","sets":[{{"annotator":"budi","annotations":[{{"id":"p1","label":"person","spans":[{{"start":0,"end":4}}]}}]}}]}}"#
    );
    pending("jejak-jsonl", &[("a.jsonl", &line)], None).allowing(Allowed::ALL)
}

#[test]
fn texts_of_a_project_are_compared_once_and_only_while_one_is_looked_for() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), &[TEXT, "Hujan turun di kota itu.", "Kapal tiba pada malam hari."]);
    let session = Session::open(&folder.path().join("p"), &Name::new("ana"), Access::Write).unwrap();
    let snapshot = session.snapshot();
    for (text, expected) in [
        // The first text is it; after it nothing is looked for any more.
        ("Dewi  Laras terbang ke Kota Pasir hari  Kamis.", [1, 0]),
        ("Tidak ada di sana.", [3, 0]),
        (TEXT, [0, 0]),
    ] {
        let mut incoming = tagged(text);
        let read = [(); 2].map(|()| {
            let mut read = 0;
            assert!(incoming.find_known(&snapshot, &mut |_, _| {
                read += 1;
                true
            }));
            read
        });
        assert_eq!(read, expected, "{text}");
    }
}

#[test]
fn a_dry_run_needs_nobody_s_place_and_tells_what_is_wrong() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), &[TEXT]);
    let session = Session::open(&folder.path().join("p"), &Name::new("ana"), Access::Write).unwrap();
    let lines = format!("{{\"text\":\"{TEXT}\",\"label\":[[0,4,\"PER\"],[500,600,\"PER\"]]}}\n{{\"text\":\n");
    std::fs::write(folder.path().join("a.jsonl"), lines).unwrap();
    let call = ["import", "p", "a.jsonl", "--format", "doccano", "--annotator", "ana", "--dry-run"];
    let (code, said) = jejak(folder.path(), &call);
    assert_eq!(code, 1, "{said}");
    for told in ["a.jsonl:1: ", "a.jsonl:2: ", "not in the schema: label PER (2)", "articles: 1; annotations: 2"] {
        assert!(said.contains(told), "{told}: {said}");
    }
    let (code, said) = jejak(folder.path(), &[&call[..], &["--json"]].concat());
    assert!(code == 1 && said.contains(r#""problems":[{"#), "{said}");
    session.close().unwrap();
}
