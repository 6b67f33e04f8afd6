//! `jejak suggest` on the sample project: the same each time, a model's set where it is asked for, and nobody's work is touched.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

mod common;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use common::copy;

fn sample() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan"), folder.path());
    folder
}

fn suggest(project: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_jejak")).arg("suggest").arg(project).args(arguments).output().unwrap()
}

fn said(output: &Output) -> String {
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    String::from_utf8(output.stdout.clone()).unwrap()
}

/// The files of sets, by their path.
fn sets(project: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    for maker in fs::read_dir(project.join("sets")).unwrap().flatten() {
        for file in fs::read_dir(maker.path()).unwrap().flatten() {
            let path = file.path();
            let name = path.strip_prefix(project).unwrap().display().to_string();
            found.insert(name, fs::read(path).unwrap());
        }
    }
    found
}

#[test]
fn suggestions_are_the_same_each_time_and_have_their_words() {
    let project = sample();
    let arguments = ["--from", "a", "--articles", "002", "--json"];
    let first = said(&suggest(project.path(), &arguments));
    for threads in ["1", "2", "7"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
        command.arg("suggest").arg(project.path()).args(arguments).env("RAYON_NUM_THREADS", threads);
        assert_eq!(first, said(&command.output().unwrap()), "{threads} threads");
    }
    let text = fs::read_dir(project.path().join("articles")).unwrap().flatten();
    let file = text.map(|file| file.path()).find(|path| path.file_name().unwrap().to_str().unwrap().starts_with("002"));
    let text: Vec<char> = fs::read_to_string(file.unwrap()).unwrap().chars().collect();
    let lines: Vec<serde_json::Value> = first.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.len() > 5, "{first}");
    for line in &lines {
        let at = |name: &str| usize::try_from(line[name].as_u64().unwrap()).unwrap();
        let quote: String = text[at("start")..at("end")].iter().collect();
        assert_eq!(line["quote"], quote.as_str(), "places count code points");
    }
    let sources = |name: &str| lines.iter().filter(|line| line["source"] == name).count();
    assert!(sources("lexicon") > 0 && sources("dates") > 0, "{first}");
    // One source alone says nothing of the others.
    let dates = said(&suggest(project.path(), &["--from", "a", "--articles", "002", "--json", "--source", "dates"]));
    assert!(!dates.is_empty() && dates.lines().all(|line| line.contains("\"source\":\"dates\"")), "{dates}");
}

#[test]
fn suggestions_become_a_models_set_and_touch_nobody_elses() {
    let project = sample();
    let before = sets(project.path());
    said(&suggest(project.path(), &["--from", "a", "--articles", "002,003", "--as", "learned"]));
    let after = sets(project.path());
    let own: Vec<&String> = after.keys().filter(|name| name.starts_with("sets/learned/00")).collect();
    assert_eq!(own.len(), 2, "{own:?}");
    let others: BTreeMap<_, _> = after
        .iter()
        .filter(|(name, _)| !name.starts_with("sets/learned"))
        .map(|(k, v)| (k.clone(), v.clone()))
        .collect();
    assert!(others == before, "only the model's set is written");
    let shown = fs::read_to_string(project.path().join("project.ron")).unwrap();
    assert!(shown.contains("learned") && shown.contains("Model"), "{shown}");
    let check = Command::new(env!("CARGO_BIN_EXE_jejak")).arg("people").arg(project.path()).output().unwrap();
    assert!(String::from_utf8(check.stdout).unwrap().contains("learned"));
    // A second run replaces what the first one wrote.
    said(&suggest(project.path(), &["--from", "a", "--articles", "002,003", "--as", "learned"]));
    let again = sets(project.path());
    let file = own.iter().find(|name| name.contains("/002")).unwrap();
    let words = |content: &[u8]| String::from_utf8_lossy(content).matches("label:").count();
    assert_eq!(words(&again[*file]), words(&after[*file]));
}

#[test]
fn another_set_is_a_source() {
    let project = sample();
    // Learning needs somebody's work, another set does not.
    let from_b = said(&suggest(project.path(), &["--articles", "001", "--json", "--source", "set:b"]));
    let lines: Vec<serde_json::Value> = from_b.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(lines.len() > 5 && lines.iter().all(|line| line["source"] == "set:b"), "{from_b}");
    let trips = lines.iter().filter(|line| line["label"] == "trip").count();
    assert!(trips > 0, "frames come with the mentions that fill them: {from_b}");
    let before = sets(project.path());
    said(&suggest(project.path(), &["--articles", "001", "--source", "set:b", "--as", "second"]));
    let (after, own) = (sets(project.path()), "sets/second/001");
    assert!(before.iter().all(|(name, content)| after[name] == *content), "nobody's set is touched");
    let written = after.iter().find(|(name, _)| name.starts_with(own)).unwrap().1;
    assert_eq!(String::from_utf8_lossy(written).matches("label:").count(), lines.len());
    assert!(String::from_utf8_lossy(written).contains("traveller"));
}

#[test]
fn what_cannot_be_is_one_sentence() {
    let project = sample();
    for (arguments, sentence) in [
        (&["--from", "a", "--source", "oracle"][..], "there is no source \"oracle\""),
        (&["--source", "set:nobody"][..], "there is no annotator \"nobody\""),
        (&["--from", "nobody"][..], "nobody"),
        (&["--from", "a", "--articles", "999"][..], "there is no article \"999\""),
        (&["--from", "a", "--as", "b"][..], "b has sets that are not a model's"),
        (&[][..], "--from names one of them"),
    ] {
        let output = suggest(project.path(), arguments);
        assert_eq!(output.status.code(), Some(2), "{arguments:?}");
        let error = String::from_utf8(output.stderr).unwrap();
        assert!(error.contains(sentence) && error.trim().lines().count() == 1, "{arguments:?}: {error}");
    }
}

#[test]
fn what_became_of_suggestions_is_told_by_source_and_label() {
    let project = sample();
    let nothing = suggest(project.path(), &["--report"]);
    assert_eq!(nothing.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&nothing.stderr).contains("no suggestion has been answered yet"));
    let run = |id: &str, fates: &str| {
        format!(
            "  (id: \"{id}\", article: \"002\", digest: \"00000000\", program: \"0\", learned: (articles: 1, done: 1, annotations: \
             9, digest: \"01234567\"), fates: [{fates}], origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\")),\n"
        )
    };
    let person = "(source: \"lexicon\", label: \"person\", offered: 9, accepted: 4, rejected: 1, gestures: 5, by_hand: 8, \
                  times: [700, 400, 900, 1200])";
    let date = "(source: \"dates\", label: \"date\", offered: 2)";
    for (who, runs) in [("a", [run("q1", person), run("q2", date)].concat()), ("b", run("q1", person))] {
        let file = project.path().join("sets").join(who).join("runs.ron");
        fs::write(file, format!("(\n jejak: 1,\n annotator: \"{who}\",\n runs: [\n{runs} ],\n)\n")).unwrap();
    }
    let words = said(&suggest(project.path(), &["--report"]));
    let rows: Vec<String> = words.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    assert_eq!(
        rows,
        [
            "source label offered accepted corrected rejected precision median",
            "dates date 2 0 0 0 - -",
            "lexicon person 18 8 0 2 0.800 0.7 s",
            "all 20 8 0 2 0.800 0.7 s",
            "10 keys and clicks instead of about 16 by hand",
            "2 of 8 that were accepted one by one took less than half a second",
        ]
    );
    let json = said(&suggest(project.path(), &["--report", "--from", "b", "--json"]));
    let line: serde_json::Value = serde_json::from_str(json.trim()).unwrap();
    assert_eq!((&line["accepted"], &line["median_ms"], &line["hasty"]), (&4.into(), &700.into(), &1.into()));
    assert_eq!(suggest(project.path(), &["--report", "--from", "nobody"]).status.code(), Some(2));
    assert_eq!(suggest(project.path(), &["--report", "--as", "m"]).status.code(), Some(2));
    // Nothing else minds the file, and it is taken for no article's set.
    let check = Command::new(env!("CARGO_BIN_EXE_jejak")).arg("check").arg(project.path()).output().unwrap();
    assert!(!String::from_utf8_lossy(&check.stdout).contains("runs.ron"), "{check:?}");
}
