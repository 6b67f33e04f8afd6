//! A project whose every name is hostile, through the real program.
#![allow(clippy::disallowed_methods)] // Test data, not anyone's work.

use std::collections::HashSet;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jejak::say::{steers, visible};

use crate::made::set_file;
use crate::markdown::{HOSTILE, is_yaml_head, read};

/// A text as a string of RON.
fn ron(text: &str) -> String {
    let escaped: String = text.chars().map(|c| format!("\\u{{{:x}}}", u32::from(c))).collect();
    format!("\"{escaped}\"")
}

pub fn jejak(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.args(arguments).current_dir(folder).env("USER", "sari").stdin(Stdio::null()).output().unwrap()
}

pub fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

const WORDS: &str = "Ratu Sari tiba di Bandar Laut.\n";

/// The names that labels have: hostile ones, and such as files could mix up.
fn labels() -> Vec<String> {
    let alike = ["a b", "a_b", "A_B", "a/b", "a:b", "con", "CON", "nul", "..", "-", "long", "LONG"];
    let long = |end: &str| format!("{}{end}", "panjang".repeat(60));
    let mut all: Vec<String> = alike.map(str::to_owned).to_vec();
    all.extend([long("x"), long("y")]);
    all.extend(HOSTILE.iter().map(|text| (*text).to_owned()));
    let mut seen = HashSet::new();
    all.retain(|label| !label.is_empty() && seen.insert(label.clone()));
    all
}

/// A project in `folder` whose title, labels, guidelines, attributes, values, publishers and file names are hostile,
/// with `at` for the time of every record.
pub fn project(folder: &Path, at: &str) -> PathBuf {
    let dir = folder.join("trips");
    std::fs::write(folder.join("visit.txt"), WORDS).unwrap();
    assert_eq!(jejak(folder, &["new", "trips", "visit.txt"]).status.code(), Some(0));
    let label = |(at, name): (usize, &String)| {
        let said = ron(HOSTILE[at % HOSTILE.len()]);
        let color = "(light: \"#1f77b4\", dark: \"#8ab8e6\")";
        format!(
            "  (name: {name}, kind: Frame, title: {{\"en\": {said}}}, guide: {{\"en\": {said}}}, colors: {color}, \
             attributes: [(name: {said}, kind: Choice([(name: {said}), (name: \"b\")]), guide: {{\"en\": {said}}})], \
             roles: [(name: {name}, fillers: [{name}], spans: true, guide: {{\"en\": {said}}})]),\n",
            name = ron(name)
        )
    };
    let all: String = labels().iter().enumerate().map(label).collect();
    let schema = format!("(\n jejak_schema: 1,\n name: \"hostile\",\n labels: [\n{all} ],\n)\n");
    std::fs::write(dir.join("schema.ron"), schema).unwrap();
    let title = HOSTILE.concat();
    std::fs::write(
        dir.join("project.ron"),
        format!("(jejak: 1, title: {}, people: [{}])\n", ron(&title), ron("a\u{1b}|b")),
    )
    .unwrap();
    let list = std::fs::read_to_string(dir.join("articles.ron")).unwrap();
    let (line, from) = (list.lines().find(|line| line.contains("id: \"000\"")).unwrap(), "title: \"");
    let start = line.find(from).unwrap() + from.len() - 1;
    let end = start + 1 + line[start + 1..].find('"').unwrap() + 1;
    let told = format!("{}{}{}", &line[..start], ron(&title), &line[end..]);
    std::fs::write(dir.join("articles.ron"), list.replace(line, &told)).unwrap();
    let sha = jejak::text::sha256_hex(WORDS.as_bytes());
    let records: String = labels()
        .iter()
        .enumerate()
        .map(|(number, label)| {
            let said = ron(HOSTILE[number % HOSTILE.len()]);
            format!(
                "  (id: \"r{number}\", label: {}, at: [(10, 14, \"tiba\")], attributes: [({said}, {said})], note: {said}, \
                 origin: (by: {}, at: \"{at}\", via: Import(file: {said}))),\n",
                ron(label),
                ron("a\u{202e}[x](http://y.id)")
            )
        })
        .collect();
    // Labels that the schema does not know are those of mentions.
    let mentions: String = HOSTILE
        .iter()
        .enumerate()
        .map(|(number, said)| {
            format!(
                "  (id: \"m{number}\", label: {0}, at: [(0, 4, \"Ratu\")], attributes: [({0}, {0})], referent: \"f1\", origin: (by: \
                 \"a\", at: \"{at}\")),\n",
                ron(&format!("mention {said}"))
            )
        })
        .collect();
    std::fs::create_dir_all(dir.join("sets/a")).unwrap();
    let referents = format!(
        "(\n jejak: 1,\n annotator: \"a\",\n referents: [\n  (id: \"f1\", label: \"person\", name: {}, origin: (by: \"a\", at: \
         \"{at}\")),\n ],\n)\n",
        ron(&title)
    );
    std::fs::write(dir.join("sets/a/referents.ron"), referents).unwrap();
    let set = format!(
        "(\n jejak: 1,\n article: \"000\",\n annotator: \"a\",\n sha256: \"{sha}\",\n progress: InProgress,\n annotations: \
         [\n{records}{mentions} ],\n)\n"
    );
    std::fs::write(dir.join(set_file(&dir, "a", "000")), set).unwrap();
    let comments = format!(
        "(\n jejak: 1,\n annotator: \"a\",\n comments: [\n  (id: \"c1\", article: \"000\", text: {}, origin: (by: \"a\", at: \
         \"{at}\")),\n ],\n)\n",
        ron(&title)
    );
    std::fs::write(dir.join("sets/a/comments.ron"), comments).unwrap();
    dir
}

/// That nothing which steers a terminal is in what was printed, and nothing went wrong in the program itself.
pub fn is_quiet(output: &Output, what: &str) {
    for said in [text(&output.stdout), text(&output.stderr)] {
        let loud = said.chars().find(|&c| steers(c) && c != '\n');
        assert!(loud.is_none(), "{what}: {loud:?} in {said}");
        assert!(!said.contains("mistake in the program"), "{what}: {said}");
    }
    assert!(output.status.code().is_some_and(|code| code < 3), "{what}: {output:?}");
}

#[test]
fn no_text_of_a_project_steers_a_terminal() {
    let folder = tempfile::tempdir().unwrap();
    let dir = project(folder.path(), "2031-03-03T08:00:00Z");
    let commands: &[&[&str]] = &[
        &["check", "trips"],
        &["check", "trips", "--json"],
        &["stats", "trips"],
        &["stats", "trips", "--json"],
        &["comments", "trips"],
        &["comments", "trips", "--json"],
        &["show", &format!("trips/{}", set_file(&folder.path().join("trips"), "a", "000"))],
        &["show", "trips/sets/a/comments.ron"],
        &["show", "trips/articles.ron"],
        &["agreement", "trips"],
        &["agreement", "trips", "--json"],
        &["compare", "trips", "a", "b"],
        &["export", "trips", "--format", "brat", "--set", "a", "--out", "b\u{1b}[2J"],
        &["export", "trips", "--format", "c\u{1b}[2J\u{202e}", "--out", "x"],
        &["check", "no\u{1b}]0;x\u{7}\u{202e}ne"],
        &["no\u{1b}[31mne\nx"],
        &["check", "--\u{9b}x"],
    ];
    for arguments in commands {
        let output = jejak(folder.path(), arguments);
        is_quiet(&output, &arguments.join(" "));
        if arguments.last() == Some(&"--json") {
            for line in text(&output.stdout).lines() {
                let whole = ["[", "{", "]", "]}"].iter().any(|part| line.trim_end_matches(',').ends_with(part));
                assert!(
                    whole || serde_json::from_str::<serde_json::Value>(line.trim_end_matches(',')).is_ok(),
                    "{line}"
                );
            }
        }
    }
    let comments = jejak(folder.path(), &["comments", "trips", "--json"]);
    let said = text(&comments.stdout);
    let value: serde_json::Value =
        serde_json::from_str(said).or_else(|_| serde_json::from_str(said.lines().next().unwrap())).unwrap();
    assert!(value.to_string().contains('\u{202e}'), "JSON loses nothing: {said}");
    drop(dir);
}

#[test]
fn a_card_of_hostile_names_is_what_the_program_wrote() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), "2031-03-03T08:00:00Z");
    let licence = "[x](http://y.id) <b>|\u{202e}\n---\n# x";
    for format in ["hf", "csv", "jejak-jsonl", "ecb"] {
        let arguments = [
            "export",
            "trips",
            "--format",
            format,
            "--set",
            "a",
            "--out",
            format,
            "--licence",
            licence,
            "--allow-loss",
        ];
        let output = jejak(folder.path(), &arguments);
        is_quiet(&output, format);
        let card = std::fs::read_to_string(folder.path().join(format).join("README.md")).unwrap();
        assert!(!card.chars().any(|c| steers(c) && c != '\n'), "{card}");
        let body = match card.strip_prefix("---\n") {
            Some(rest) => {
                let (head, body) = rest.split_once("\n---\n\n").unwrap();
                is_yaml_head(head);
                body
            }
            None => &card,
        };
        let (others, texts) = read(body);
        let known = ["Heading", "List", "Item", "Table", "TableRow", "TableCell"];
        let strange: Vec<&String> = others.iter().filter(|other| !known.contains(&other.as_str())).collect();
        assert!(strange.is_empty(), "{format}: {strange:?} in {body}");
        let has = |said: &str| texts.iter().any(|text| text == said);
        assert!(has(&visible(&HOSTILE.concat())), "the title is itself: {body}");
        assert!(has(&visible(licence)), "the licence is itself: {body}");
        for label in labels() {
            assert!(has(&visible(&label)), "the label {label:?} has its row: {body}");
            assert!(has(&format!("{} (frame)", visible(&label))), "the label {label:?} has its head: {body}");
        }
    }
}

#[test]
fn no_two_names_share_a_file() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), "2031-03-03T08:00:00Z");
    let output =
        jejak(folder.path(), &["export", "trips", "--format", "csv", "--set", "a", "--out", "csv", "--allow-loss"]);
    is_quiet(&output, "csv");
    let names: Vec<String> = std::fs::read_dir(folder.path().join("csv"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("frame-"))
        .collect();
    let folded: HashSet<String> = names.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(folded.len(), labels().len(), "{names:?}");
    for name in &names {
        let table = csv(&folder.path().join("csv").join(name));
        assert_eq!(table.len(), 2, "{name}: a head and a row");
    }
    for name in ["frame-a_b.csv", "frame-a_b-2.csv", "frame-con_.csv"] {
        assert!(names.iter().any(|there| there == name), "{name} is not in {names:?}");
    }
}

/// The rows of a table.
fn csv(path: &Path) -> Vec<Vec<String>> {
    let content = std::fs::read_to_string(path).unwrap();
    let (mut rows, mut cell, mut quoted) = (vec![Vec::new()], String::new(), false);
    let mut chars = content.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => cell.extend(chars.next()),
            '"' => quoted = !quoted,
            ',' if !quoted => rows.last_mut().unwrap().push(std::mem::take(&mut cell)),
            '\r' if !quoted => {}
            '\n' if !quoted => {
                rows.last_mut().unwrap().push(std::mem::take(&mut cell));
                rows.push(Vec::new());
            }
            c => cell.push(c),
        }
    }
    rows.pop();
    rows
}

#[test]
fn every_format_holds_hostile_names() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), "2031-03-03T08:00:00Z");
    for format in jejak::formats::FORMATS {
        let name = format.info().name;
        let arguments = ["export", "trips", "--format", name, "--set", "a", "--out", name, "--allow-loss"];
        let output = jejak(folder.path(), &arguments);
        is_quiet(&output, name);
        let mut files = vec![folder.path().join(name)];
        let mut looked = 0;
        while let Some(path) = files.pop() {
            if path.is_dir() {
                files.extend(std::fs::read_dir(path).unwrap().map(|entry| entry.unwrap().path()));
                continue;
            }
            looked += 1;
            let what = path.display();
            match path.extension().and_then(|end| end.to_str()) {
                Some("xml" | "xmi") => {
                    let xml = std::fs::read_to_string(&path).unwrap();
                    assert!(xml.chars().all(jejak::say::is_xml), "{what} has characters that XML has not: {xml:?}");
                    let mut reader = quick_xml::Reader::from_str(&xml);
                    loop {
                        match reader.read_event().unwrap_or_else(|error| panic!("{what}: {error}: {xml}")) {
                            quick_xml::events::Event::Eof => break,
                            quick_xml::events::Event::Start(tag) | quick_xml::events::Event::Empty(tag) => {
                                assert!(tag.attributes().all(|attribute| attribute.is_ok()), "{what}: {tag:?}");
                            }
                            _ => {}
                        }
                    }
                }
                Some("json" | "jsonld") => {
                    let json = std::fs::read_to_string(&path).unwrap();
                    serde_json::from_str::<serde_json::Value>(&json).unwrap_or_else(|error| panic!("{what}: {error}"));
                }
                Some("jsonl") => {
                    for line in std::fs::read_to_string(&path).unwrap().lines() {
                        serde_json::from_str::<serde_json::Value>(line)
                            .unwrap_or_else(|error| panic!("{what}: {error}"));
                    }
                }
                _ => {}
            }
        }
        assert!(looked > 0, "{name} wrote nothing: {}", text(&output.stderr));
        if name == "label-studio" {
            let said = text(&output.stderr);
            assert!(
                said.contains("names of labels, roles or attributes are written differently"),
                "{name} counts names that XML has not: {said}"
            );
        }
    }
}

#[test]
fn articles_that_differ_in_capitals_alone_have_files_of_their_own() {
    let folder = tempfile::tempdir().unwrap();
    for (name, words) in [("one.txt", "Satu berita.\n"), ("two.txt", "Dua berita.\n"), ("three.txt", "Tiga berita.\n")]
    {
        std::fs::write(folder.path().join(name), words).unwrap();
    }
    assert_eq!(jejak(folder.path(), &["new", "trips", "one.txt", "two.txt", "three.txt"]).status.code(), Some(0));
    let list = folder.path().join("trips/articles.ron");
    let content = std::fs::read_to_string(&list).unwrap();
    let renamed = [("one.txt", "Nul.txt"), ("two.txt", "satu.txt"), ("three.txt", "SATU.TXT")]
        .iter()
        .fold(content, |content, (from, to)| {
            content.replace(&format!("source: \"{from}\""), &format!("source: \"{to}\""))
        });
    std::fs::write(&list, renamed).unwrap();
    for (number, word) in [("000", "Satu"), ("001", "Dua"), ("002", "Tiga")] {
        std::fs::create_dir_all(folder.path().join("trips/sets/a")).unwrap();
        let record = format!(
            "(id: \"p1\", label: \"person\", at: [(0, {}, \"{word}\")], origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\"))",
            word.len()
        );
        let set = format!(
            "(\n jejak: 1,\n article: \"{number}\",\n annotator: \"a\",\n sha256: \"\",\n progress: Done,\n annotations: [\n  {record},\n ],\n)\n"
        );
        let trips = folder.path().join("trips");
        std::fs::write(trips.join(set_file(&trips, "a", number)), set).unwrap();
    }
    for (format, extension) in
        [("brat", "txt"), ("w3c", "jsonld"), ("pubannotation", "json"), ("cas-xmi", "xmi"), ("webanno-tsv3", "tsv")]
    {
        let arguments = ["export", "trips", "--format", format, "--set", "a", "--out", format, "--allow-loss"];
        is_quiet(&jejak(folder.path(), &arguments), format);
        for name in ["Nul_", "satu-001", "SATU-002"] {
            let file = folder.path().join(format).join(format!("{name}.{extension}"));
            assert!(file.is_file(), "{} is there", file.display());
        }
    }
    let source = std::fs::read_to_string(folder.path().join("w3c/SATU-002.jsonld")).unwrap();
    assert!(source.contains("SATU-002.txt"), "files name each other by what they are called: {source}");
}

#[test]
fn times_at_the_ends_are_times() {
    for at in [
        "9999-12-30T22:00:00Z",
        "-009999-01-02T01:59:59Z",
        "1969-12-31T23:59:59Z",
        "2262-04-12T00:00:00Z",
        "0000-01-01T00:00:00Z",
    ] {
        let folder = tempfile::tempdir().unwrap();
        let dir = project(folder.path(), at);
        let list = std::fs::read_to_string(dir.join("articles.ron")).unwrap();
        let dated = list.replace("), \n", ")").replacen("words:", "published: \"9999-12-31\", words:", 1);
        std::fs::write(dir.join("articles.ron"), dated).unwrap();
        let out = "out.jsonl";
        for arguments in [
            &["check", "trips"][..],
            &["stats", "trips"],
            &["show", &format!("trips/{}", set_file(&folder.path().join("trips"), "a", "000"))],
            &["comments", "trips", "--json"],
            &["agreement", "trips"],
            &["export", "trips", "--format", "jejak-jsonl", "--set", "a", "--out", out, "--allow-loss"],
            &["export", "trips", "--format", "csv", "--set", "a", "--out", "csv", "--allow-loss"],
            &["export", "trips", "--format", "w3c", "--set", "a", "--out", "w3c", "--allow-loss"],
        ] {
            let output = jejak(folder.path(), arguments);
            is_quiet(&output, &format!("{at}: {}", arguments.join(" ")));
        }
        let written = std::fs::read_to_string(folder.path().join(out)).unwrap();
        assert!(written.contains(at), "{at} goes out as it came in");
    }
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), "9999-12-31T23:59:59.5Z");
    let output = jejak(folder.path(), &["check", "trips"]);
    is_quiet(&output, "beyond the end");
    assert!(
        text(&output.stdout).contains("\"9999-12-31T23:59:59.5Z\" is not a moment: write it as 2026-11-21T19:30:00Z"),
        "{}",
        text(&output.stdout)
    );
}
