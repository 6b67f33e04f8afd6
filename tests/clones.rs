//! Two copies of one project in which people add and annotate at once, brought together by git and by sync programs.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.
#![allow(clippy::print_stdout)] // A skipped test says so.

#[path = "store/project.rs"]
mod project;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use jejak::agreement::random::Random;
use jejak::edit::{CommentEditor, SetEditor};
use jejak::model::{Name, Target};
use jejak::review::merge3;
use jejak::store::{Access, RawFile, SaveState, Session, scan};
use jejak::text::{Span, sha256_hex};
use project::{article, draft, schema};

const JEJAK: &str = env!("CARGO_BIN_EXE_jejak");

fn run(program: &str, folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(program);
    command.args(arguments).current_dir(folder).env("USER", "sari");
    command.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_SYSTEM", "/dev/null");
    for who in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{who}_NAME"), "Uji").env(format!("GIT_{who}_EMAIL"), "uji@example.org");
    }
    command.output().unwrap()
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

fn git(folder: &Path, arguments: &[&str]) {
    let output = run("git", folder, arguments);
    assert!(output.status.success(), "git {arguments:?}: {}", said(&output));
}

fn commit(folder: &Path) {
    git(folder, &["add", "-A"]);
    git(folder, &["commit", "-qm", "kerja"]);
}

/// Two clones of a project with two articles, with the merge driver; none (with a printed line) where git is missing.
fn clones() -> Option<(tempfile::TempDir, PathBuf, PathBuf)> {
    if !Command::new("git").arg("--version").output().is_ok_and(|run| run.status.success()) {
        println!("skipped: git is not there");
        return None;
    }
    let folder = tempfile::tempdir().unwrap();
    let (one, two) = (folder.path().join("satu"), folder.path().join("dua"));
    Session::create(&one, "Uji", schema()).unwrap();
    add(&one, "a", &["Artikel nol.", "Artikel satu."]);
    git(&one, &["init", "-qb", "main"]);
    commit(&one);
    git(folder.path(), &["clone", "-q", "satu", "dua"]);
    for clone in [&one, &two] {
        git(clone, &["config", "merge.jejak.driver", &format!("{JEJAK} merge %O %A %B %P")]);
    }
    git(&one, &["remote", "add", "origin", "../dua"]);
    Some((folder, one, two))
}

fn open(dir: &Path, annotator: &str) -> Session {
    Session::open(dir, &Name::new(annotator), Access::Write).unwrap()
}

/// Adds texts as articles.
fn add(dir: &Path, annotator: &str, texts: &[&str]) {
    let mut session = open(dir, annotator);
    let drafts = texts.iter().map(|text| draft(text.split_whitespace().next().unwrap(), text)).collect();
    session.add_articles(drafts).unwrap();
    session.close().unwrap();
}

/// Marks the first word of an article as a person's, and says something about the article.
fn annotate(dir: &Path, annotator: &str, id: &str) {
    let mut session = open(dir, annotator);
    let (article, name) = (article(id), Name::new(annotator));
    session.load(&article, std::slice::from_ref(&name)).unwrap();
    let text = session.corpus().text(&article).unwrap().as_str().to_owned();
    let end = text.find(' ').unwrap() as u32;
    let editor = SetEditor::new(session.corpus(), (article.clone(), name.clone()));
    let (labelled, _) = editor.label(&Name::new("person"), vec![Span::new(0, end)]);
    session.commit(labelled).unwrap();
    let remark = format!("tentang {}", &text[..end as usize]);
    let (commented, _) = CommentEditor::new(session.corpus(), &name).add(&article, Target::Words, Vec::new(), &remark);
    session.commit(commented).unwrap();
    session.close().unwrap();
}

/// Everything that a project shows: of each text its number, what each annotator marked in it, and what is said about
/// it.
fn shown(dir: &Path) -> BTreeMap<String, (String, BTreeSet<String>)> {
    let scan = scan(dir).unwrap();
    let corpus = scan.corpus().clone();
    scan.map(|scanned| {
        let text = scanned.text.unwrap();
        let mut all = BTreeSet::new();
        for set in &scanned.sets {
            all.extend(set.set.iter().map(|one| format!("{} {}", set.annotator, text.slice(one.at[0]))));
        }
        for (who, comments) in corpus.all_comments() {
            let here = comments.values().filter(|comment| comment.article == scanned.article.id);
            all.extend(here.map(|comment| format!("{who}: {}", comment.text)));
        }
        (text.as_str().to_owned(), (scanned.article.id.to_string(), all))
    })
    .collect()
}

fn check(dir: &Path) -> String {
    String::from_utf8(run(JEJAK, dir, &["check", "."]).stdout).unwrap()
}

fn expect(dir: &Path, texts: &[(&str, &[&str])]) {
    assert_eq!(check(dir), "", "{}", dir.display());
    let shown = shown(dir);
    let what = |text: &&str| shown.get(*text).map(|(_, all)| all.iter().map(String::as_str).collect::<Vec<_>>());
    for (text, all) in texts {
        assert_eq!(what(text).as_deref(), Some(*all), "{text} in {}", dir.display());
    }
    assert_eq!(shown.len(), texts.len() + 2, "{shown:?}");
    let numbers: BTreeSet<&String> = shown.values().map(|(number, _)| number).collect();
    assert_eq!(numbers.len(), shown.len(), "each has its own number: {shown:?}");
    let marked = run("git", dir, &["grep", "-lE", "^(<<<<<<<|>>>>>>>)"]);
    assert_eq!(said(&marked), "", "no conflict is left");
    assert_eq!(said(&run("git", dir, &["status", "--porcelain"])), "", "nothing is left to commit");
}

/// Merges each clone's work into the other one, at the same time, and then what came of it; gives what git said first.
fn exchange(one: &Path, two: &Path) -> String {
    commit(one);
    commit(two);
    git(one, &["fetch", "-q", "origin"]);
    git(two, &["fetch", "-q", "origin"]);
    let first = run("git", one, &["merge", "--no-edit", "origin/main"]);
    assert!(first.status.success(), "{}", said(&first));
    git(two, &["merge", "-q", "--no-edit", "origin/main"]);
    let numbers = |dir: &Path| shown(dir).into_iter().map(|(text, (number, _))| (text, number)).collect::<Vec<_>>();
    assert_eq!(numbers(one), numbers(two), "both ways give the same numbers");
    assert_eq!(
        fs::read_to_string(one.join("articles.ron")).unwrap(),
        fs::read_to_string(two.join("articles.ron")).unwrap()
    );
    git(one, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]);
    git(two, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]);
    said(&first)
}

#[test]
fn two_clones_add_different_articles() {
    for annotators in [["b", "c"], ["b", "b"]] {
        let Some((_folder, one, two)) = clones() else { return };
        add(&one, annotators[0], &["Ratu tiba.", "Putri tiba."]);
        annotate(&one, annotators[0], "002");
        add(&two, annotators[1], &["Bima pergi."]);
        annotate(&two, annotators[1], "002");
        let told = exchange(&one, &two);
        assert!(told.contains("articles.ron: article 002 \"") && told.contains("\" has number 00"), "{told}");
        let [b, c] = annotators;
        let (ratu, bima) =
            ([format!("{b} Ratu"), format!("{b}: tentang Ratu")], [format!("{c} Bima"), format!("{c}: tentang Bima")]);
        let all: [(&str, &[&str]); 3] =
            [("Ratu tiba.", &[&ratu[0], &ratu[1]]), ("Bima pergi.", &[&bima[0], &bima[1]]), ("Putri tiba.", &[])];
        expect(&one, &all);
        expect(&two, &all);

        // Work goes on under the new numbers, and under the old ones that a clone still has.
        let number = |dir: &Path, text: &str| shown(dir)[text].0.clone();
        annotate(&one, "d", &number(&one, "Bima pergi."));
        add(&two, "d", &["Sari pulang."]);
        annotate(&two, "d", &number(&two, "Sari pulang."));
        exchange(&one, &two);
        let all: [(&str, &[&str]); 4] = [
            all[0],
            ("Bima pergi.", &[&bima[0], &bima[1], "d Bima", "d: tentang Bima"]),
            all[2],
            ("Sari pulang.", &["d Sari", "d: tentang Sari"]),
        ];
        expect(&one, &all);
        expect(&two, &all);
    }
}

#[test]
fn work_under_an_old_number_finds_its_text() {
    let Some((_folder, one, two)) = clones() else { return };
    // The text with the higher hash is the one whose number changes.
    let mut texts = ["Ratu tiba.", "Bima pergi."];
    texts.sort_by_key(|text| sha256_hex(text.as_bytes()));
    let [stays, moves] = texts;
    add(&one, "b", &[stays]);
    add(&two, "b", &[moves]);
    annotate(&one, "b", "002");
    annotate(&two, "b", "002");
    commit(&one);
    commit(&two);
    // One clone merges, and the other one goes on with what is 002 there.
    git(&one, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]);
    assert_eq!((&*shown(&one)[stays].0, &*shown(&one)[moves].0), ("002", "003"));
    annotate(&two, "c", "002");
    commit(&two);
    git(&two, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]);
    git(&one, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]);
    let word = |text: &str| text.split_whitespace().next().unwrap().to_owned();
    let (first, second) = (word(stays), word(moves));
    let first = [format!("b {first}"), format!("b: tentang {first}")];
    let second = [("b", ' '), ("b", ':'), ("c", ' '), ("c", ':')].map(|(who, sign)| match sign {
        ':' => format!("{who}: tentang {second}"),
        _ => format!("{who} {second}"),
    });
    let all: [(&str, &[&str]); 2] =
        [(stays, &[&first[0], &first[1]]), (moves, &[&second[0], &second[1], &second[2], &second[3]])];
    expect(&one, &all);
    expect(&two, &all);
}

#[test]
fn an_open_project_takes_in_what_a_pull_brings() {
    let Some((_folder, one, two)) = clones() else { return };
    let mut texts = ["Ratu tiba.", "Bima pergi."];
    texts.sort_by_key(|text| sha256_hex(text.as_bytes()));
    add(&one, "b", &[texts[0]]);
    add(&two, "b", &[texts[1]]);
    annotate(&two, "b", "002");
    commit(&one);
    commit(&two);
    let mut session = open(&two, "b");
    let (old, new, name) = (article("002"), article("003"), Name::new("b"));
    session.load(&old, std::slice::from_ref(&name)).unwrap();
    assert_eq!(session.corpus().text(&old).unwrap().as_str(), texts[1]);
    git(&two, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]);
    let began = std::time::Instant::now();
    // The list comes first, and the text is read on another thread.
    while (session.corpus().article(&new).is_none() || session.is_busy()) && began.elapsed().as_secs() < 10 {
        session.poll();
        std::thread::sleep(std::time::Duration::from_millis(10));
    }
    // The number is that of the other text now, which shows nothing that was marked in the first.
    assert_eq!(session.corpus().text(&old).unwrap().as_str(), texts[0]);
    assert!(session.corpus().set(&old, &name).unwrap().is_empty());
    session.load(&new, std::slice::from_ref(&name)).unwrap();
    assert_eq!(session.corpus().set(&new, &name).unwrap().len(), 1);
    assert!(session.undo().unwrap().is_none(), "what could be undone was of the other text");
    session.close().unwrap();
    assert_eq!(said(&run("git", &two, &["status", "--porcelain"])), "");
}

#[test]
fn the_journal_finds_its_texts_after_a_pull() {
    let Some((_folder, one, two)) = clones() else { return };
    let mut texts = ["Ratu tiba.", "Bima pergi."];
    texts.sort_by_key(|text| sha256_hex(text.as_bytes()));
    add(&one, "b", &[texts[0]]);
    add(&two, "b", &[texts[1]]);
    annotate(&two, "b", "002");
    commit(&one);
    commit(&two);
    // Work that a crash kept out of the files: saved in the journal alone.
    let (old, new, name) = (article("002"), article("003"), Name::new("b"));
    let mut session = open(&two, "b");
    session.load(&old, std::slice::from_ref(&name)).unwrap();
    let editor = SetEditor::new(session.corpus(), (old.clone(), name.clone()));
    let (labelled, late) = editor.label(&Name::new("place"), vec![Span::new(5, 9)]);
    session.commit(labelled).unwrap();
    while session.save_state() != SaveState::Saved {
        std::thread::sleep(std::time::Duration::from_millis(1));
    }
    drop(session);
    git(&two, &["pull", "-q", "--no-rebase", "--no-edit", "origin", "main"]);

    let mut session = open(&two, "b");
    for article in [&old, &new] {
        session.load(article, std::slice::from_ref(&name)).unwrap();
    }
    let count = |session: &Session, article| session.corpus().set(article, &name).unwrap().len();
    assert_eq!((count(&session, &old), count(&session, &new)), (0, 2), "{:?}", session.problems());
    assert!(session.corpus().annotation(&new, &name, late).is_some());
    // Undo and redo go on where they were, on the text that they were about.
    let comments = |session: &Session| session.corpus().comments(&name).map_or(0, std::collections::BTreeMap::len);
    for (marks, said) in [(1, 1), (1, 0), (0, 0)] {
        assert!(session.undo().unwrap().is_some());
        assert_eq!((count(&session, &new), comments(&session), count(&session, &old)), (marks, said, 0));
    }
    for _ in 0..3 {
        assert!(session.redo().unwrap().is_some());
    }
    assert_eq!((count(&session, &old), count(&session, &new)), (0, 2));
    session.close().unwrap();
    assert_eq!(check(&two), "");
    assert_eq!(shown(&two)[texts[1]].1.len(), 3);
}

#[test]
fn two_clones_add_the_same_text() {
    let Some((_folder, one, two)) = clones() else { return };
    add(&one, "b", &["Ratu tiba."]);
    add(&two, "c", &["Ratu tiba."]);
    annotate(&one, "b", "002");
    annotate(&two, "c", "002");
    // The same annotator, too: what each clone marked is there once each.
    annotate(&one, "d", "002");
    annotate(&two, "d", "002");
    exchange(&one, &two);
    let all: [(&str, &[&str]); 1] =
        [("Ratu tiba.", &["b Ratu", "b: tentang Ratu", "c Ratu", "c: tentang Ratu", "d Ratu", "d: tentang Ratu"])];
    for dir in [&one, &two] {
        let shown = shown(dir);
        assert_eq!(shown.len(), 3);
        assert_eq!(shown["Ratu tiba."].1.iter().map(String::as_str).collect::<Vec<_>>(), all[0].1);
        // Both have marked the same words, which is what check says, and nothing else.
        assert!(check(dir).lines().all(|line| line.ends_with("(duplicate)")), "{}", check(dir));
    }
}

#[test]
fn one_text_under_two_numbers_is_one_article_and_its_sets_are_put_together() {
    let Some((_folder, one, two)) = clones() else { return };
    add(&one, "b", &["Ratu tiba."]);
    annotate(&one, "b", "002");
    add(&two, "c", &["Bima pergi.", "Ratu tiba."]);
    annotate(&two, "c", "003");
    annotate(&two, "b", "003");
    exchange(&one, &two);
    let said = check(&one);
    assert!(said.contains("(displaced-set)"), "{said}");
    assert!(said.lines().all(|line| line.ends_with("(displaced-set)")), "{said}");
    let dry = run(JEJAK, &one, &["merge", ".", "--dry-run"]);
    assert!(self::said(&dry).contains("would be merged into sets/c/002-"), "{}", self::said(&dry));
    assert_eq!(check(&one), said, "nothing is changed by a dry run");
    let merged = run(JEJAK, &one, &["merge", "."]);
    assert!(merged.status.success(), "{}", self::said(&merged));
    assert!(check(&one).lines().all(|line| line.ends_with("(duplicate)")), "{}", check(&one));
    let shown = shown(&one);
    assert_eq!(shown.len(), 4);
    let ratu: Vec<&str> = shown["Ratu tiba."].1.iter().map(String::as_str).collect();
    assert_eq!(ratu, ["b Ratu", "b: tentang Ratu", "c Ratu", "c: tentang Ratu"]);
}

/// A list of articles of these texts under these numbers.
fn list(articles: &[(usize, usize)]) -> RawFile {
    let mut out = String::from("(\n jejak: 1,\n articles: [\n");
    for (number, text) in articles {
        let hash = sha256_hex(format!("teks {text}").as_bytes());
        out.push_str(&format!(
            "  (id: \"{number:03}\", title: \"Teks {text}\", file: \"articles/{number:03}-{}.txt\", sha256: \"{hash}\", chars: 6, words: 2),\n",
            &hash[..8]
        ));
    }
    out.push_str(" ],\n)\n");
    RawFile::read("articles.ron", &out).unwrap()
}

/// The texts of a list by number; none may be there twice.
fn numbers(file: &RawFile) -> BTreeMap<String, String> {
    let title = |record: &str| record.split("title: \"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let records = file.list("articles");
    let all: BTreeMap<String, String> = records.iter().map(|(id, record)| (id.clone(), title(record))).collect();
    assert_eq!(all.len(), records.len());
    let texts: BTreeSet<&String> = all.values().collect();
    assert_eq!(texts.len(), all.len(), "each text once: {all:?}");
    all
}

#[test]
fn merges_of_lists_converge_whatever_their_order() {
    let mut random = Random::new(7, 0);
    for round in 0..2_000 {
        let base: Vec<(usize, usize)> = (0..random.below(4)).map(|n| (n, n)).collect();
        let mut sides = Vec::new();
        for _ in 0..3 {
            let mut side = base.clone();
            let mut texts: Vec<usize> = (10..16).collect();
            for _ in 0..random.below(4) {
                let text = texts.remove(random.below(texts.len()));
                side.push((side.len(), text));
            }
            sides.push(list(&side));
        }
        let base = list(&base);
        let [a, b, c] = &sides[..] else { panic!() };
        let merged = |base: &RawFile, ours: &RawFile, theirs: &RawFile| {
            let merged = merge3(base, ours, theirs);
            assert_eq!(merged.conflicts, Vec::<String>::new(), "round {round}");
            merged.file
        };
        let texts =
            |files: &[&RawFile]| files.iter().flat_map(|file| numbers(file).into_values()).collect::<BTreeSet<_>>();
        let (ab, ba) = (merged(&base, a, b), merged(&base, b, a));
        assert_eq!(numbers(&ab), numbers(&ba), "round {round}");
        assert_eq!(numbers(&ab).into_values().collect::<BTreeSet<_>>(), texts(&[a, b]), "round {round}: all are there");
        // An article that both sides began with keeps its number.
        assert!(numbers(&base).iter().all(|(id, text)| numbers(&ab).get(id) == Some(text)));
        // Exchanged again, with either side or the first version for what both began with, nothing moves any more.
        for began in [a, b, &base] {
            assert_eq!(numbers(&merged(began, &ab, &ba)), numbers(&ab), "round {round}");
        }
        // Three, in two orders, and then the two.
        let (left, right) = (merged(&base, &ab, c), merged(&base, a, &merged(&base, b, c)));
        let (one, two) = (merged(&base, &left, &right), merged(&base, &right, &left));
        assert_eq!(numbers(&one), numbers(&two), "round {round}");
        assert_eq!(numbers(&one).into_values().collect::<BTreeSet<_>>(), texts(&[a, b, c]), "round {round}");
        assert_eq!(numbers(&merged(&left, &one, &two)), numbers(&one), "round {round}");
    }
}
