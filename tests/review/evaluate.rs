//! Evaluation of predictions: an article that was looked at and in which nothing is marked counts, and it is said on how many
//! articles a figure rests.

use std::path::{Path, PathBuf};

use serde_json::Value;

use super::build::jejak;

const ARTICLES: [&str; 3] = ["Ratna tiba bersama Wira .", "Ratna pulang bersama Wira .", "Hujan turun di mana-mana ."];

/// A file of column data: these words of each article are persons.
fn columns(dir: &Path, name: &str, persons: &[&[&str]]) -> PathBuf {
    let mut text = String::new();
    for (article, persons) in ARTICLES.iter().zip(persons) {
        text.push_str("-DOCSTART- O\n\n");
        for word in article.split(' ') {
            let tag = if persons.contains(&word) { "B-person" } else { "O" };
            text.push_str(&format!("{word} {tag}\n"));
        }
        text.push('\n');
    }
    let path = dir.join(name);
    std::fs::write(&path, text).unwrap();
    path
}

struct Evaluated {
    _folder: tempfile::TempDir,
    dir: PathBuf,
}

impl Evaluated {
    /// A project whose gold has two persons in each of two articles; a model is asked about the first `known` articles.
    fn new(gold: &[&[&str]], predicted: &[&[&str]]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("p");
        let project = dir.to_str().unwrap();
        let import = |name: &str, kind: &str, file: &Path| {
            let file = file.to_str().unwrap();
            let (code, out, why) =
                jejak(&["import", project, "--format", "conll", "--annotator", name, "--kind", kind, file]);
            assert_eq!(code, Some(0), "{out}{why}");
        };
        let (code, _, why) = jejak(&["new", project]);
        assert_eq!(code, Some(0), "{why}");
        import("ana", "person", &columns(folder.path(), "gold.conll", gold));
        import("mesin", "model", &columns(folder.path(), "pred.conll", predicted));
        Self { _folder: folder, dir }
    }

    /// The file of somebody's set of an article.
    fn set(&self, name: &str, article: &str) -> Option<PathBuf> {
        let files = std::fs::read_dir(self.dir.join("sets").join(name)).unwrap().flatten().map(|entry| entry.path());
        files.into_iter().find(|file| file.file_name().unwrap().to_str().unwrap().starts_with(article))
    }

    fn figure(&self, name: &str, more: &[&str]) -> (Value, String) {
        let project = self.dir.to_str().unwrap();
        let arguments = ["evaluate", project, "--gold", "ana", "--pred", "mesin", "--quick", "--json"];
        let (code, lines, said) = jejak(&[&arguments[..], more].concat());
        assert_eq!(code, Some(0), "{said}");
        let mut lines = lines.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
        (lines.find(|line| line["figure"] == name).unwrap(), said)
    }
}

#[test]
fn an_article_in_which_a_model_finds_nothing_counts_against_it() {
    let gold: [&[&str]; 3] = [&["Ratna", "Wira"], &["Ratna", "Wira"], &[]];
    // The import makes a set for each article of the file, also where nothing is marked.
    let it = Evaluated::new(&gold, &[&["Ratna"], &[], &[]]);
    for article in ["000", "001", "002"] {
        for name in ["ana", "mesin"] {
            assert!(it.set(name, article).is_some(), "{name} {article}");
        }
    }
    let (strict, said) = it.figure("mentions strict", &[]);
    assert_eq!((strict["precision"].as_f64(), strict["recall"].as_f64()), (Some(1.0), Some(0.25)), "{strict}");
    // (Gold in which nothing is marked counts where it is done.)
    assert_eq!((&strict["articles"], &strict["left_out"]), (&2.into(), &1.into()));
    assert!(said.contains("gold in 2 articles, predicted in 3, scored 2"), "{said}");
}

#[test]
fn articles_without_predictions_count_as_asked_for() {
    let gold: [&[&str]; 3] = [&["Ratna", "Wira"], &["Ratna", "Wira"], &[]];
    // The model's file has the first article alone.
    let it = Evaluated::new(&gold, &[&["Ratna"]]);
    let scored = |more: &[&str]| {
        let (strict, said) = it.figure("mentions strict", more);
        (strict["recall"].as_f64(), strict["articles"].as_u64(), said)
    };
    let (recall, articles, said) = scored(&[]);
    assert_eq!((recall, articles), (Some(0.25), Some(2)));
    assert!(said.contains("gold in 2 articles, predicted in 1, scored 2"), "{said}");
    for (of, recall, articles) in [("gold", 0.25, 2), ("pred", 0.5, 1), ("both", 0.5, 1)] {
        let (found, rests, said) = scored(&["--articles-of", of]);
        assert_eq!((found, rests), (Some(recall), Some(articles)), "{of}");
        assert!(said.contains(&format!("scored {articles}")), "{of}: {said}");
    }
}

#[test]
fn empty_gold_that_is_done_counts() {
    let gold: [&[&str]; 3] = [&["Ratna", "Wira"], &["Ratna", "Wira"], &[]];
    let it = Evaluated::new(&gold, &[&["Ratna", "Wira"], &["Ratna", "Wira"], &["Hujan"]]);
    let (strict, _) = it.figure("mentions strict", &[]);
    assert_eq!((strict["precision"].as_f64(), strict["articles"].as_u64()), (Some(1.0), Some(2)));
    let file = it.set("ana", "002").unwrap();
    let set = std::fs::read_to_string(&file).unwrap();
    let done = set.replace("InProgress", "Done");
    assert_ne!(set, done, "{set}");
    std::fs::write(&file, done).unwrap();
    let (strict, _) = it.figure("mentions strict", &[]);
    assert_eq!((strict["precision"].as_f64(), strict["articles"].as_u64()), (Some(0.8), Some(3)));
}

#[test]
fn what_three_annotators_mark_is_counted_once() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    let project = dir.to_str().unwrap();
    assert_eq!(jejak(&["new", project]).0, Some(0));
    let all: [&[&str]; 3] = [&["Ratna", "Wira"], &["Ratna", "Wira"], &["Hujan"]];
    for name in ["ana", "budi", "cinta"] {
        let file = columns(folder.path(), name, &all);
        let (code, _, why) =
            jejak(&["import", project, "--format", "conll", "--annotator", name, file.to_str().unwrap()]);
        assert_eq!(code, Some(0), "{why}");
    }
    let (_, lines, _) = jejak(&["agreement", project, "--quick"]);
    let strict = lines.lines().find(|line| line.starts_with("all: mentions strict: ")).unwrap();
    assert!(strict.contains(", 5 mentions in 3 articles"), "{strict}");
    let (_, lines, _) = jejak(&["agreement", project, "--quick", "--by", "label"]);
    let strict = lines.lines().find(|line| line.starts_with("all: mentions strict person: ")).unwrap();
    assert!(strict.contains(", 5 mentions in 3 articles"), "{strict}");
}

#[test]
fn new_predictions_of_a_model_come_in_place_of_its_old_ones() {
    let gold: [&[&str]; 3] = [&["Ratna", "Wira"], &["Ratna", "Wira"], &[]];
    let it = Evaluated::new(&gold, &[&["Ratna", "tiba"], &["pulang"], &["Hujan"]]);
    let better = columns(it.dir.parent().unwrap(), "better.conll", &[&["Ratna", "Wira"], &[]]);
    let (project, better) = (it.dir.to_str().unwrap(), better.to_str().unwrap());
    let import = |more: &[&str]| {
        jejak(&[&["import", project, "--format", "conll", "--annotator"][..], more, &["--replace", better]].concat())
    };
    let (code, said, why) = import(&["mesin"]);
    assert_eq!(code, Some(0), "{why}");
    assert!(said.contains("annotations: 1 added, 1 known") && said.contains("annotations replaced: 2"), "{said}");
    let (strict, _) = it.figure("mentions strict", &[]);
    assert_eq!((strict["precision"].as_f64(), strict["recall"].as_f64()), (Some(1.0), Some(0.5)));
    // (The third article is not in the file: what was found there stays.)
    assert!(std::fs::read_to_string(it.set("mesin", "002").unwrap()).unwrap().contains("Hujan"));
    let (code, _, why) = import(&["ana"]);
    assert_eq!(code, Some(2));
    assert!(why.contains("the set of ana is not a model's"), "{why}");
    assert!(std::fs::read_to_string(it.set("ana", "001").unwrap()).unwrap().contains("Wira"));
}

#[test]
fn an_article_whose_marks_were_left_out_or_whose_task_was_skipped_was_not_looked_at() {
    let folder = tempfile::tempdir().unwrap();
    let dir = folder.path().join("p");
    let project = dir.to_str().unwrap();
    assert_eq!(jejak(&["new", project]).0, Some(0));
    let doccano = folder.path().join("a.jsonl");
    std::fs::write(&doccano, "{\"text\":\"Ratna tiba.\",\"label\":[[0,5,\"\"]]}\n{\"text\":\"Hujan.\",\"label\":[]}\n")
        .unwrap();
    let studio = folder.path().join("b.json");
    let task =
        |text: &str, annotations: &str| format!("{{\"data\":{{\"text\":\"{text}\"}},\"annotations\":[{annotations}]}}");
    let tasks =
        [task("Satu.", "{\"was_cancelled\":true,\"result\":[]}"), task("Dua.", ""), task("Tiga.", "{\"result\":[]}")];
    std::fs::write(&studio, format!("[{}]", tasks.join(","))).unwrap();
    for (format, name, file, looked_at) in
        [("doccano", "ana", &doccano, vec!["001"]), ("label-studio", "budi", &studio, vec!["004"])]
    {
        jejak(&["import", project, "--format", format, "--annotator", name, file.to_str().unwrap()]);
        let there = std::fs::read_dir(dir.join("sets").join(name)).unwrap().flatten();
        let mut there: Vec<String> = there.map(|entry| entry.file_name().into_string().unwrap()[..3].into()).collect();
        there.sort();
        assert_eq!(there, looked_at, "{format}");
    }
}
