//! The real program, run as a person or a script would.
//!
//! Each file in tests/data/cli is a session: commands after `$`, what they say on stderr after `2>`, what they say on
//! stdout as it is, and `? code` where the exit code is not 0. A session runs in a folder of its own with the files of
//! tests/data/cli/input. `JEJAK_BLESS=1 cargo test --test cli` writes what is said anew.
#![allow(clippy::unwrap_used)] // A helper of a test fails it as an assertion does.

mod common;

use std::fmt::Write as _;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use jejak::model::Name;
use jejak::store::{Access, Session};
use serde_json::Value;

use common::copy;

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn jejak(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.args(arguments).current_dir(folder).env("USER", "sari").stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    jejak(folder, arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

/// What a command that prints JSON printed.
fn json(folder: &Path, arguments: &[&str]) -> Value {
    let output = run(folder, arguments);
    serde_json::from_slice(&output.stdout).unwrap_or_else(|error| panic!("{arguments:?}: {error}: {output:?}"))
}

/// A folder with the input files in it.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&data("tests/data/cli/input"), folder.path());
    folder
}

/// Runs every command of a session and writes the session as it should be.
fn played(session: &str) -> String {
    let folder = desk();
    let mut said = String::new();
    for line in session.lines() {
        if line.starts_with('#') {
            let gap = if said.is_empty() { "" } else { "\n" };
            writeln!(said, "{gap}{line}").unwrap();
        }
        let Some(command) = line.strip_prefix("$ ") else { continue };
        writeln!(said, "{line}").unwrap();
        let words: Vec<&str> = command.split(' ').collect();
        match words[..] {
            ["cp", from, to] => copy(&folder.path().join(from), &folder.path().join(to)),
            ["cat", file] => {
                let content = std::fs::read_to_string(folder.path().join(file)).unwrap();
                writeln!(said, "{}", content.trim_end()).unwrap();
            }
            ["jejak", ref arguments @ ..] => {
                let output = run(folder.path(), arguments);
                for line in text(&output.stderr).lines() {
                    writeln!(said, "2> {line}").unwrap();
                }
                said.push_str(text(&output.stdout));
                match output.status.code() {
                    Some(0) => {}
                    code => writeln!(said, "? {}", code.unwrap()).unwrap(),
                }
            }
            _ => panic!("a session has no command {command}"),
        }
    }
    said
}

#[test]
fn sessions_go_as_written() {
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(data("tests/data/cli")).unwrap().flatten() {
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "txt") {
            continue;
        }
        let session = std::fs::read_to_string(&path).unwrap();
        let said = played(&session);
        if said != session {
            if std::env::var_os("JEJAK_BLESS").is_some() {
                #[allow(clippy::disallowed_methods)] // Test data, not anyone's work.
                std::fs::write(&path, &said).unwrap();
            }
            wrong.push(format!("{}:\n{said}", path.display()));
        }
    }
    assert!(wrong.is_empty(), "sessions went otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn json_says_the_same_as_lines() {
    let folder = desk();
    let new = json(folder.path(), &["new", "trips", "visit.txt", "visit-crlf.txt", "arsip.jsonl", "--json"]);
    let statuses: Vec<&str> =
        new["articles"].as_array().unwrap().iter().map(|a| a["status"].as_str().unwrap()).collect();
    assert_eq!(statuses, ["added", "skipped", "added", "failed", "added"]);
    assert_eq!(new["articles"][0]["title"], "Ratu Sari tiba di Bandar Laut");
    assert_eq!(new["articles"][1]["same_as"], new["articles"][0]["id"]);

    let check = json(folder.path(), &["check", "trips", "--json"]);
    assert_eq!(check["problems"], Value::Array(Vec::new()));
    copy(&data("tests/data/cli/input/torn.ron"), &folder.path().join("trips/sets/b/000-1567f4ff.ron"));
    let check = json(folder.path(), &["check", "trips", "--json"]);
    let keys: Vec<&str> = check["problems"][0].as_object().unwrap().keys().map(String::as_str).collect();
    assert_eq!(keys, ["severity", "code", "file", "line", "article", "annotation", "message"]);
    assert_eq!(check["problems"][0]["file"], "sets/b/000-1567f4ff.ron");

    let stats = json(folder.path(), &["stats", "trips", "--json"]);
    assert_eq!(stats["articles"], 3);
    let words = std::fs::read_to_string(folder.path().join("visit.txt")).unwrap();
    assert!(stats["characters"].as_u64().unwrap() > words.chars().count() as u64);
}

#[test]
fn a_reader_that_goes_away_is_no_error() {
    let folder = desk();
    // More lines than a pipe holds.
    let lines: String = (0..4000).map(|n| format!("{{\"text\": \"Berita ke-{n} tentang pelabuhan\"}}\n")).collect();
    #[allow(clippy::disallowed_methods)] // Test data, not anyone's work.
    std::fs::write(folder.path().join("many.jsonl"), lines).unwrap();
    let mut child = jejak(folder.path(), &["new", "trips", "many.jsonl"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.starts_with("added 000 "), "{first}");
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert!(!text(&output.stderr).contains("panicked"), "{}", text(&output.stderr));
}

#[test]
fn a_project_that_is_open_elsewhere_is_left_alone() {
    let folder = desk();
    run(folder.path(), &["new", "trips"]);
    let project = folder.path().join("trips");
    let open = Session::open(&project, &Name::new("sari"), Access::Write).unwrap();
    let output = run(folder.path(), &["add", "trips", "visit.txt"]);
    assert_eq!(output.status.code(), Some(2));
    let said = text(&output.stderr);
    assert!(said.starts_with("jejak: sari has this project open already") && said.lines().count() == 1, "{said}");
    // Somebody else may add to it, and anybody may look.
    assert_eq!(run(folder.path(), &["add", "trips", "visit.txt", "--annotator", "bima"]).status.code(), Some(0));
    assert_eq!(run(folder.path(), &["check", "trips"]).status.code(), Some(0));
    open.close().unwrap();
    assert_eq!(run(folder.path(), &["add", "trips", "pulang.html"]).status.code(), Some(0));
    assert_eq!(json(folder.path(), &["stats", "trips", "--json"])["articles"], 2, "neither overwrote the other");
}

#[cfg(target_os = "linux")]
#[test]
fn a_window_that_cannot_open_is_one_sentence() {
    let folder = desk();
    let mut command = jejak(folder.path(), &[]);
    command.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY").env_remove("WAYLAND_SOCKET");
    let output = command.env("HOME", folder.path()).output().unwrap();
    let said = text(&output.stderr);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.starts_with("jejak: ") && said.lines().count() == 1, "{said}");
}

#[test]
fn completions_know_every_command() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let output = run(Path::new("."), &["completions", shell]);
        let script = text(&output.stdout);
        for word in ["adjudicate", "export", "allow-loss", "completions"] {
            assert!(script.contains(word), "{shell} knows no {word}");
        }
    }
}

#[test]
fn the_sample_has_no_errors() {
    let sample = data("projects/perjalanan");
    let check = json(Path::new("."), &["check", sample.to_str().unwrap(), "--json"]);
    let errors: Vec<&Value> =
        check["problems"].as_array().unwrap().iter().filter(|problem| problem["severity"] == "error").collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let stats = json(Path::new("."), &["stats", sample.to_str().unwrap(), "--json"]);
    assert_eq!(stats["annotators"], serde_json::json!(["a", "b"]));
}

/// Command lines that `jejak demo` printed, each with what it printed below it.
fn shown(demo: &str) -> Vec<(&str, &str)> {
    let (steps, _) = demo.split_once("\n# Done.").unwrap();
    let steps = steps.split("\n$ ").skip(1).map(|step| step.split_once('\n').unwrap());
    steps.map(|(command, said)| (command, said.split("\n# ").next().unwrap().trim_end())).collect()
}

#[test]
fn the_demo_does_the_main_job_with_the_commands_it_shows() {
    let folder = tempfile::tempdir().unwrap();
    let output = run(folder.path(), &["demo"]);
    let (said, messages) = (text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(0), "{messages}");
    let commands = [
        "jejak check jejak-demo/",
        "jejak agreement jejak-demo/ --sets a,b --quick",
        "jejak adjudicate jejak-demo/ --sets a,b",
        "jejak evaluate jejak-demo/ --gold gold --pred b --quick",
        "jejak export jejak-demo/ --format hf --set gold --split 4/1/1 --out jejak-demo/dataset",
    ];
    let shown = shown(said);
    assert_eq!(shown.iter().map(|(command, _)| *command).collect::<Vec<_>>(), commands);
    assert!(messages.starts_with("articles: 10, errors: 0, warnings: 0\n"), "{messages}");
    assert!(!messages.contains("jejak: "), "nothing is otherwise than the sample is: {messages}");
    // Typed again, the commands print what the demo printed: on a copy that is as it was then, or is not changed by them.
    copy(&data("projects/perjalanan"), &folder.path().join("again/jejak-demo"));
    for (command, result) in shown {
        let words: Vec<&str> = command.split(' ').skip(1).collect();
        let again = run(&folder.path().join("again"), &words);
        assert_eq!(text(&again.stdout).trim_end(), result, "{command}");
        assert_eq!(again.status.code(), Some(i32::from(words[0] == "adjudicate")), "{command}");
    }
    for file in ["project.ron", "sets/gold/000.ron", "dataset/README.md", "dataset/train/data.parquet"] {
        assert!(folder.path().join("jejak-demo").join(file).is_file(), "{file}");
        assert!(folder.path().join("again/jejak-demo").join(file).is_file(), "{file}");
    }
    assert!(said.contains("\njejak jejak-demo/  opens it in a window"), "{said}");
    // The data set in its folder is nothing that the project takes for its own.
    let check = json(folder.path(), &["check", "jejak-demo", "--json"]);
    let problems = check["problems"].as_array().unwrap();
    assert!(problems.iter().all(|it| it["file"].as_str().unwrap().starts_with("sets/gold/")), "{problems:#?}");
}

#[test]
fn the_demo_leaves_alone_what_is_there() {
    let folder = desk();
    for (dir, why) in [
        (".", "jejak: . is not empty, and the demo needs a folder of its own\n"),
        ("visit.txt", "jejak: visit.txt is a file, and a project is a folder\n"),
    ] {
        let output = run(folder.path(), &["demo", dir]);
        assert_eq!((output.status.code(), text(&output.stderr)), (Some(2), why));
        assert_eq!(text(&output.stdout), "");
    }
    assert!(!folder.path().join("project.ron").exists());
    // Names that a shell or the command line would take otherwise; a folder that is there and empty is as good as none.
    std::fs::create_dir(folder.path().join("it's new")).unwrap();
    for (arguments, typed) in [(&["demo", "it's new"][..], r"'it'\''s new/'"), (&["demo", "--", "-x"], "./-x/")] {
        let output = run(folder.path(), arguments);
        assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
        assert_eq!(shown(text(&output.stdout))[0].0, format!("jejak check {typed}"));
    }
}

#[test]
fn real_articles_become_a_project() {
    let Some(seeds) = common::shared("seeds") else { return };
    let folder = tempfile::tempdir().unwrap();
    let files = std::fs::read_dir(&seeds).unwrap().flatten().map(|entry| entry.path());
    let mut files: Vec<PathBuf> = files.filter(|path| path.extension().is_some_and(|end| end == "txt")).collect();
    files.sort();
    let mut arguments = vec!["new", "trips", "--annotator", "a"];
    arguments.extend(files.iter().map(|path| path.to_str().unwrap()));
    let output = run(folder.path(), &arguments);
    let lines: Vec<&str> = text(&output.stdout).lines().collect();
    assert_eq!(lines.len(), files.len());
    for (line, index) in lines.iter().zip(0..) {
        assert!(line.starts_with(&format!("added {index:03} \"")) && line.ends_with(" characters"), "{line}");
    }
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(run(folder.path(), &["check", "trips"]).status.code(), Some(0));
}
