//! Whatever a git merge left to decide in files that are no sets is settled in the window.

use std::fs;
use std::path::Path;

use eframe::egui::{Key, Modifiers};
use jejak::model::{ArticleId, Name, RecordFile};
use jejak::review::merge3;
use jejak::store::RawFile;

use crate::driver::asked::Asked;
use crate::driver::{self, Driver};

const NONE: Modifiers = Modifiers::NONE;

/// Writes what a merge makes of a file in which both sides replaced the same words; gives our version.
fn merge(project: &Path, path: &str, words: &str, [ours, theirs]: [&str; 2]) -> String {
    let file = project.join(path);
    let base = fs::read_to_string(&file).unwrap();
    assert!(base.contains(words), "{path}: {base}");
    let raw = |text: &str| RawFile::read(path, text).unwrap();
    let ours = base.replacen(words, ours, 1);
    let merged = merge3(&raw(&base), &raw(&ours), &raw(&base.replacen(words, theirs, 1)));
    assert_eq!(merged.conflicts.len(), 1, "{path}: {:?}", merged.conflicts);
    fs::write(&file, merged.file.write()).unwrap();
    ours
}

/// The sample project after a merge of its list of articles, of somebody's referents and comments, and of its settings; with
/// our versions of the first three.
fn merged() -> (tempfile::TempDir, Vec<(&'static str, String)>) {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    let comment = "(\n jejak: 1,\n annotator: \"a\",\n comments: [\n  (id: \"k1\", article: \"001\", text: \"Benar?\", origin: \
                   (by: \"a\", at: \"2031-03-03T08:00:00Z\")),\n ],\n)\n";
    fs::write(project.join("sets/a/comments.ron"), comment).unwrap();
    let list = fs::read_to_string(project.join("articles.ron")).unwrap();
    let title = list.split("title: \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let title = format!("title: \"{title}\"");
    let ours = vec![
        ("articles.ron", merge(&project, "articles.ron", &title, ["title: \"Judul kita\"", "title: \"Judul mereka\""])),
        (
            "sets/a/referents.ron",
            merge(&project, "sets/a/referents.ron", ", name: \"", [", name: \"Kita ", ", name: \"Mereka "]),
        ),
        ("sets/a/comments.ron", merge(&project, "sets/a/comments.ron", "Benar?", ["Sudah.", "Belum."])),
    ];
    let settings = fs::read_to_string(project.join("project.ron")).unwrap();
    let title = settings.lines().find(|line| line.contains("title: ")).unwrap().trim();
    merge(&project, "project.ron", title, ["title: \"Proyek kita\",", "title: \"Proyek mereka\","]);
    (home, ours)
}

fn files() -> [RecordFile; 3] {
    [RecordFile::Articles, RecordFile::Referents("a".into()), RecordFile::Comments("a".into())]
}

/// The conflicts of each file, those of the settings, and the files that are said to have some.
fn left(driver: &Driver) -> ([usize; 3], usize, usize) {
    let session = &driver.work().session;
    let corpus = session.corpus();
    let said = session.problems().iter().filter(|problem| problem.code == "merge-conflict").count();
    (files().map(|file| corpus.conflicts(&file).len()), corpus.project.conflicts.len(), said)
}

/// The first article's title, whose referents are called so, the comment, and the project's title.
fn said(driver: &Driver) -> [bool; 4] {
    let corpus = driver.work().session.corpus();
    let article = corpus.article(&ArticleId::numbered(0)).unwrap();
    let referents = corpus.referents(&Name::new("a")).into_iter().flatten();
    let theirs = referents.into_iter().any(|(_, it)| it.name.starts_with("Mereka "));
    let comments = corpus.comments(&Name::new("a")).unwrap();
    [
        article.title == "Judul mereka",
        theirs,
        comments.values().any(|comment| comment.text == "Belum."),
        corpus.project.title == "Proyek mereka",
    ]
}

#[test]
fn conflicts_of_all_kinds_of_files_are_settled() {
    let (home, ours) = merged();
    let project = home.path().join("project");
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(NONE, Key::F4);
    driver.try_char('c');
    assert_eq!(left(&driver), ([1, 1, 1], 1, 4));
    assert_eq!(said(&driver), [false; 4]);
    assert!(driver.harness.query_by_label_contains("4 records that two people changed").is_some());
    for (words, place) in [
        ("Judul mereka", "list of articles"),
        ("Mereka ", "identities of a"),
        ("Belum.", "comments of a"),
        ("Proyek mereka", "settings of the project"),
    ] {
        assert!(driver.harness.query_all_by_label_contains(place).next().is_some(), "{place}");
        assert!(driver.harness.query_all_by_label_contains(words).next().is_some(), "{words}");
        driver.try_char('2');
    }
    assert_eq!(left(&driver), ([0; 3], 0, 0), "{:?}", driver.failures());
    assert_eq!(said(&driver), [true; 4]);
    assert!(driver.harness.query_by_label_contains("Nothing is left to decide").is_some());
    driver.key(NONE, Key::Escape);
    // Settings are in no history.
    for _ in 0..3 {
        driver.key(Modifiers::COMMAND, Key::Z);
    }
    assert_eq!(left(&driver), ([1; 3], 0, 3));
    assert_eq!(said(&driver), [false, false, false, true]);
    driver.key(NONE, Key::F4);
    driver.try_char('c');
    for _ in 0..3 {
        driver.try_char('1');
    }
    assert_eq!((left(&driver), said(&driver)), (([0; 3], 0, 0), [false, false, false, true]));
    driver.key(NONE, Key::Escape);
    let driver = driver.reopen();
    assert_eq!((left(&driver), said(&driver)), (([0; 3], 0, 0), [false, false, false, true]));
    for (file, ours) in ours {
        assert_eq!(fs::read_to_string(project.join(file)).unwrap(), ours, "{file}");
    }
    assert!(!fs::read_to_string(project.join("project.ron")).unwrap().contains("conflicts"));
    assert!(driver.failures().is_empty(), "{:?}", driver.failures());
}

#[test]
fn an_article_that_their_side_removed_is_not_taken_out_of_the_list_alone() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("project");
    jejak::store::sample::unpack_into(&project).unwrap();
    let file = project.join("articles.ron");
    let base = fs::read_to_string(&file).unwrap();
    let line = base.lines().find(|line| line.contains("id: \"005\"")).unwrap();
    let raw = |text: &str| RawFile::read("articles.ron", text).unwrap();
    let ours = base.replace(line, &line.replacen("title: \"", "title: \"Baru: ", 1));
    let merged = merge3(&raw(&base), &raw(&ours), &raw(&base.replace(&format!("{line}\n"), "")));
    fs::write(&file, merged.file.write()).unwrap();
    let mut driver = driver::start(home, &project, &driver::settings());
    driver.key(NONE, Key::F4);
    driver.try_char('c');
    driver.try_char('2');
    assert_eq!(left(&driver).0, [1, 0, 0]);
    assert!(
        driver.failures().iter().any(|said| driver::asked::plain(said).contains("Their side removed")),
        "{:?}",
        driver.failures()
    );
    driver.try_char('1');
    assert_eq!(left(&driver).0, [0, 0, 0]);
}
