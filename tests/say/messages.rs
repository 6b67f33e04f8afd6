//! Broken files of every kind through the real program: each is told in words that are no programmer's.
#![allow(clippy::disallowed_methods)] // Test data, not anyone's work.

use std::path::{Path, PathBuf};
use std::process::Output;

use crate::hostile::{jejak, text};
use crate::made::set_file;

/// The words that no message may have: words of Rust, of libraries and of the system's insides.
const FORBIDDEN: &[&str] = &[
    "`",
    "::",
    "RON",
    "serde",
    "Options",
    "os error",
    "Os {",
    "panicked",
    "unwrap",
    "mistake in the program",
    "invalid type",
    "invalid value:",
    "invalid length",
    "missing field",
    "unknown field",
    "unknown variant",
    "EOF",
    "xpected ident",
    "struct ",
    "enum ",
    "variant",
    "tuple",
    "untagged",
    "u8",
    "u16",
    "u32",
    "u64",
    "i64",
    "usize",
    "f64",
    "Utf8",
    "Error(",
    "Err(",
    "Some(\"",
    "AnnotationLine",
    "ReferentLine",
    "ArticleLine",
    "FillerLine",
    "SpanLine",
    "ecursion",
    "deserial",
    "trailing characters",
    "expected value",
    "malformed DEFLATE",
    "InvalidArchive",
    "quick-xml",
    "stream did not contain",
    "failed to fill",
];

/// That what was said has words for people alone; says how many lines there were.
fn is_plain(output: &Output, what: &str) -> usize {
    let mut lines = 0;
    for line in text(&output.stdout).lines().chain(text(&output.stderr).lines()) {
        lines += 1;
        let bad = FORBIDDEN.iter().find(|word| line.contains(**word));
        assert!(bad.is_none(), "{what} says {:?}: {line}", bad.unwrap());
    }
    assert!(output.status.code().is_some_and(|code| code < 3), "{what}: {output:?}");
    lines
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)
}

/// Every file under `folder`.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let path = entry.path();
        if path.is_dir() { all.extend(files(&path)) } else { all.push(path) }
    }
    all.sort();
    all
}

fn trips(folder: &Path) -> PathBuf {
    std::fs::write(folder.join("visit.txt"), "Ratu Sari tiba di Bandar Laut.\n").unwrap();
    assert_eq!(jejak(folder, &["new", "trips", "visit.txt"]).status.code(), Some(0));
    folder.join("trips")
}

#[test]
fn broken_files_of_a_project_are_told_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let dir = trips(folder.path());
    let origin = "origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\")";
    let deep = format!("(id: \"p1\", label: {})", "(".repeat(3_000));
    let records = [
        "(id: \"p1\", label: \"person\", mood: 3, ORIGIN)",
        "(id: \"p1\", label: \"person\")",
        "(id: \"p1\", id: \"p2\", label: \"person\", ORIGIN)",
        "(id: 3, label: \"person\", ORIGIN)",
        "(id: \"NO\", label: \"person\", ORIGIN)",
        "(id: \"p1\", label: person, ORIGIN)",
        "(id: \"p1\", label: [\"person\"], ORIGIN)",
        "(id: \"p1\", label: \"person\", at: 3, ORIGIN)",
        "(id: \"p1\", label: \"person\", at: [(0, 4)], ORIGIN)",
        "(id: \"p1\", label: \"person\", at: [(0, 4, \"Ratu\", 9)], ORIGIN)",
        "(id: \"p1\", label: \"person\", at: [(-1, 4, \"Ratu\")], ORIGIN)",
        "(id: \"p1\", label: \"person\", at: [(0, 99999999999, \"Ratu\")], ORIGIN)",
        "(id: \"p1\", label: \"person\", at: [(0.5, 4, \"Ratu\")], ORIGIN)",
        "(id: \"p1\", label: \"person\", roles: [(\"x\", Nobody(\"p2\"))], ORIGIN)",
        "(id: \"p1\", label: \"person\", roles: [(\"x\", Date(\"soon\"))], ORIGIN)",
        "(id: \"p1\", label: \"person\", roles: [(\"x\", Annotation)], ORIGIN)",
        "(id: \"p1\", label: \"person\", attributes: {\"a\": \"b\"}, ORIGIN)",
        "(id: \"p1\", label: \"person\", note: \"\\q\", ORIGIN)",
        "(id: \"p1\", label: \"person\", note: 'ab', ORIGIN)",
        "(id: \"p1\", label: \"person\", origin: (by: \"a\", at: \"yesterday\"))",
        "(id: \"p1\", label: \"person\", origin: (by: \"a\", at: 3))",
        "(id: \"p1\", label: \"person\", origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\", via: Guess))",
        "(id: \"p1\", label: \"person\", origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\", via: Suggestion(source: \"m\", score: 70000)))",
        "(id: \"p1\", label: \"person\", origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\", via: Import))",
        "[1, 2]",
        "\"text\"",
        "3",
        "true",
        "()",
        "Some(3)",
        "{\"id\": \"p1\"}",
        "r#\"raw\"#",
        "Thing(id: \"p1\")",
        &*deep,
    ];
    let whole = [
        "",
        "\u{feff}",
        "(",
        "(jejak: 1",
        "(jejak: 1, annotations: [",
        "(jejak: 1, annotations: [(id: \"a)",
        "(jejak: 1, annotations: [ /* ",
        "(jejak: x, annotations: [])",
        "(jejak: 1)",
        "(annotations: [])",
        "[]",
        "#![enable(nonsense)]\n(jejak: 1)",
        "(jejak: 1, annotations: []) more",
        "(jejak: 1, progress: Somewhere, annotations: [])",
        "(jejak: 1, decisions: 3, annotations: [])",
        "(jejak: 1, decisions: [(id: 4)], annotations: [])",
        "jejak 1 \u{1b}",
    ];
    let set = set_file(&dir, "a", "000");
    let file = dir.join(&set);
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    let one =
        |record: &&str| format!("(\n jejak: 1,\n annotations: [\n  {},\n ],\n)\n", record.replace("ORIGIN", origin));
    let all = records.iter().map(one).chain(whole.map(str::to_owned));
    for content in all {
        std::fs::write(&file, &content).unwrap();
        let what = &content[..content.len().min(120)];
        for arguments in [&["check", "trips"][..], &["show", &format!("trips/{set}")]] {
            let output = jejak(folder.path(), arguments);
            assert!(is_plain(&output, what) > 0 || arguments[0] == "show", "nothing is said of {what}");
        }
        let checked = jejak(folder.path(), &["check", "trips"]);
        assert_eq!(checked.status.code(), Some(1), "{what} is found: {checked:?}");
    }
    std::fs::write(&file, [0xff, 0xfe, 0x00]).unwrap();
    is_plain(&jejak(folder.path(), &["check", "trips"]), "bytes");
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    is_plain(&jejak(folder.path(), &["check", "trips"]), "a folder");
    std::fs::remove_dir(&file).unwrap();
    for (name, good) in [("project.ron", "(jejak: 1, title: \"x\")"), ("schema.ron", ""), ("articles.ron", "")] {
        let kept = std::fs::read_to_string(dir.join(name)).unwrap();
        let cut = &kept[..kept.len() / 2];
        let other = good.replace("\"x\"", "3");
        for content in whole.iter().copied().chain([cut, &*other, "(jejak: 1, title: \"x\", people: \"a\")", "(jejak_schema: 1, name: \"x\", labels: [(name: \"x\", kind: Thing)])", "(jejak_schema: 1, name: \"x\", labels: [(name: \"x\", kind: Entity, colors: (light: \"red\", dark: \"#000000\"))])"]) {
            std::fs::write(dir.join(name), content).unwrap();
            for arguments in [
                &["check", "trips"][..],
                &["stats", "trips"],
                &["add", "trips", "visit.txt"],
                &["export", "trips", "--format", "jejak-jsonl", "--out", "-"],
                &["new", "other", "--schema", "trips/schema.ron"],
            ] {
                is_plain(&jejak(folder.path(), arguments), &format!("{name}: {content}: {arguments:?}"));
            }
            let _ = std::fs::remove_dir_all(folder.path().join("other"));
        }
        std::fs::write(dir.join(name), kept).unwrap();
    }
}

#[test]
fn broken_articles_are_told_plainly() {
    let folder = tempfile::tempdir().unwrap();
    let made = [
        ("a.json", "{\"text\": tru}"),
        ("b.json", "[{\"text\": \"a\"}, {\"text\": nix}]"),
        ("c.json", "{\"text\": \"a"),
        ("d.json", "{\"text\": \"\\ud800\"}"),
        ("e.json", "\u{1}"),
        ("f.json", ""),
        ("g.jsonl", "{\"text\": 3}\nno\n{\"text\": \"a\"} x\n{3: 4}\n[1]\n{\"text\": \"a\tb\"}"),
        ("h.csv", "text,title\na\nb,c,d\n"),
        ("i.csv", "x,y\n1,2\n"),
        ("j.docx", "PK\u{3}\u{4}nothing"),
        ("k.docx", "PK\u{5}\u{6}\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"),
        ("l.html", "<html"),
        ("m.xyz", "what"),
    ];
    for (name, content) in made {
        std::fs::write(folder.path().join(name), content).unwrap();
    }
    std::fs::write(folder.path().join("n.json"), "[".repeat(2_000)).unwrap();
    let docx = std::fs::read(data("ingest/memo.docx")).unwrap();
    for (number, part) in [9, 7, 3, 2].iter().enumerate() {
        let mut broken = docx.clone();
        let middle = docx.len() * part / 10;
        for byte in &mut broken[middle..middle + 8] {
            *byte ^= 0x5a;
        }
        std::fs::write(folder.path().join(format!("broken{number}.docx")), &broken).unwrap();
        std::fs::write(folder.path().join(format!("cut{number}.docx")), &docx[..middle]).unwrap();
    }
    let mut said = 0;
    for file in files(folder.path()).into_iter().chain(files(&data("ingest"))) {
        let output = jejak(folder.path(), &["new", "trips", file.to_str().unwrap()]);
        said += is_plain(&output, &file.display().to_string());
        let _ = std::fs::remove_dir_all(folder.path().join("trips"));
    }
    assert!(said > 30, "messages are there to be looked at: {said}");
}

#[test]
fn broken_imports_are_told_plainly() {
    let folder = tempfile::tempdir().unwrap();
    trips(folder.path());
    let broken = folder.path().join("broken");
    let mut said = 0;
    for format in [
        "brat",
        "cas-json",
        "cas-xmi",
        "conll",
        "doccano",
        "jejak-jsonl",
        "label-studio",
        "prodigy",
        "pubannotation",
        "spacy",
        "w3c",
        "webanno-tsv3",
    ] {
        let whole: Vec<PathBuf> = files(&data(&format!("formats/{format}")));
        assert!(!whole.is_empty(), "{format}");
        let hostile = files(&data("formats/hostile"));
        for change in 0..5 {
            let _ = std::fs::remove_dir_all(&broken);
            std::fs::create_dir(&broken).unwrap();
            for file in whole.iter().chain(hostile.iter().filter(|_| change == 0)) {
                let bytes = std::fs::read(file).unwrap();
                let bytes = match change {
                    0 => bytes,
                    1 => bytes[..bytes.len() / 2].to_vec(),
                    2 => [&bytes[..bytes.len() / 3], b"\xff\xfe\x00{<", &bytes[bytes.len() / 3..]].concat(),
                    3 => String::from_utf8_lossy(&bytes).replace(": \"", ": [\"").replace("=\"", "='").into_bytes(),
                    _ => String::from_utf8_lossy(&bytes)
                        .replace(":0", ":null")
                        .replace("\": ", "\": {}, \"x\": ")
                        .replace("</", "<//")
                        .into_bytes(),
                };
                std::fs::write(broken.join(file.file_name().unwrap()), bytes).unwrap();
            }
            let output = jejak(folder.path(), &["import", "trips", "--format", format, "--annotator", "x", "broken"]);
            said += is_plain(&output, &format!("{format}, change {change}"));
        }
    }
    assert!(said > 60, "messages are there to be looked at: {said}");
}

#[test]
fn what_is_not_there_is_told_plainly() {
    let folder = tempfile::tempdir().unwrap();
    trips(folder.path());
    let none = "none/at/all";
    for arguments in [
        &["check", none][..],
        &["stats", none],
        &["show", none],
        &["show", "trips"],
        &["merge", none, none, none],
        &["add", none, none],
        &["add", "trips", none],
        &["new", "visit.txt"],
        &["new", "visit.txt/below"],
        &["new", "other", "--schema", none],
        &["new", "other", "--schema", "trips"],
        &["import", "trips", "--format", "brat", "--annotator", "x", none],
        &["export", none, "--format", "brat", "--out", "x"],
        &["export", "trips", "--format", "hf", "--out", "visit.txt"],
        &["export", "trips", "--format", "hf", "--out", "visit.txt/below"],
        &["export", "trips", "--format", "hf", "--out", "trips"],
        &["export", "trips", "--format", "jejak-jsonl", "--out", "none/at/x.jsonl"],
        &["export", "trips", "--format", "jejak-jsonl", "--out", "x", "--seed", "twelve", "--split", "1/1"],
        &["agreement", "trips", "--out", "visit.txt"],
        &["agreement", none],
        &["compare", none, "a", "b"],
        &["comments", none],
        &["probable", none, "a"],
        &["adjudicate", none],
        &["nothing", "at", "all"],
        &["export", "trips"],
    ] {
        let output = jejak(folder.path(), arguments);
        assert!(is_plain(&output, &arguments.join(" ")) > 0, "{arguments:?}");
    }
}
