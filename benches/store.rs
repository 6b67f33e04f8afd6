//! What saving, loading and opening cost. Each line is `name value unit`.
//!
//! `cargo bench --bench store`. The project of 100,000 articles is made once and kept in the build folder.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)] // A bench may stop at once, prints, and makes its own files.

#[path = "../tests/store/project.rs"]
mod project;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use jejak::edit::{Edit, SetEditor, Transaction};
use jejak::model::{Annotation, AnnotationSet, Filler, Id, Name, Origin, Progress};
use jejak::store::{Access, SaveState, Session, check_files, set_from_ron, set_to_ron};
use jejak::text::{Span, Text, sha256_hex};
use project::{article, draft, make, schema};
use serde::{Deserialize, Serialize};

const ARTICLES: usize = 100_000;
const RECORDS: usize = 100_000;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // A child process measures memory; whatever cargo adds to the arguments means nothing here.
    if let Some(dir) = std::env::var_os("JEJAK_BENCH_MEMORY") {
        return memory(Path::new(&dir));
    }
    edits();
    undo();
    load_and_save();
    add_tiny();
    rename();
    large_project();
}

fn say(name: &str, value: f64, unit: &str) {
    println!("{name} {value:.3} {unit}");
}

fn ms(time: Duration) -> f64 {
    time.as_secs_f64() * 1e3
}

fn median(mut times: Vec<Duration>) -> f64 {
    times.sort_unstable();
    ms(times[times.len() / 2])
}

/// On the disk of the build folder: the folder for temporary files is often memory, which syncs nothing.
fn on_disk(name: &str) -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&dir);
    dir
}

fn open(dir: &Path) -> Session {
    Session::open(dir, &Name::new("a"), Access::Write).unwrap()
}

/// From a commit until it is saved, and how many syncs that takes.
fn edits() {
    const EDITS: usize = 200;
    let dir = on_disk("bench-edits");
    Session::create(&dir, "Edits", schema()).unwrap();
    let mut session = open(&dir);
    session.add_articles(vec![draft("x", &project::text(1))]).unwrap();
    session.load(&article("000"), &[Name::new("a")]).unwrap();
    session.flush().unwrap();
    let (before, mut times) = (session.journal_syncs(), Vec::new());
    for _ in 0..EDITS {
        let editor = SetEditor::new(session.corpus(), (article("000"), Name::new("a")));
        let transaction = editor.label(&Name::new("trip"), vec![Span::new(0, 4)]).0;
        let start = Instant::now();
        session.commit(transaction).unwrap();
        while session.save_state() != SaveState::Saved {
            std::thread::yield_now();
        }
        times.push(start.elapsed());
    }
    say("store.edit_ack", median(times), "ms");
    say("store.edit_syncs", (session.journal_syncs() - before) as f64 / EDITS as f64, "count");
    session.close().unwrap();
}

fn undo() {
    let dir = on_disk("bench-undo");
    Session::create(&dir, "Undo", schema()).unwrap();
    let mut session = open(&dir);
    let text: String = "Kata demi kata. ".repeat(10_000);
    session.add_articles(vec![draft("x", &text)]).unwrap();
    session.load(&article("000"), &[Name::new("a")]).unwrap();
    let editor = SetEditor::new(session.corpus(), (article("000"), Name::new("a")));
    let places = (0..10_000).map(|n| vec![Span::new(n * 16, n * 16 + 4)]);
    let transaction = editor.label_all(&Name::new("person"), places).0;
    session.commit(transaction).unwrap();
    session.flush().unwrap();
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        session.undo().unwrap().unwrap();
        times.push(start.elapsed());
        session.flush().unwrap();
        session.redo().unwrap().unwrap();
        session.flush().unwrap();
    }
    say("store.undo_10k", median(times), "ms");
    session.close().unwrap();
}

/// A line of a set as any reader would take it, for the comparison with JSON.
#[derive(Serialize, Deserialize)]
struct Row {
    id: Id,
    label: Name,
    at: Vec<(u32, u32, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<(Name, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<(Name, FillerRow)>,
    origin: Origin,
}

#[derive(Serialize, Deserialize)]
enum FillerRow {
    Annotation(Id),
}

#[derive(Serialize, Deserialize)]
struct Rows {
    annotations: Vec<Row>,
}

/// The list alone: the header is nothing that a `Rows` has.
fn bare(ron: &str) -> String {
    format!("({}", &ron[ron.find(" annotations:").unwrap()..])
}

fn load_and_save() {
    let words = RECORDS as u32 / 4;
    let text = Text::new(&"Séorang saksi berkata. ".repeat(words as usize));
    let step = text.len() / words;
    let by = Name::new("a");
    let mut last = None;
    let records = (0..RECORDS as u32).map(|n| {
        let start = (n % words) * step;
        let mut record = Annotation::new(&Name::new("trip"), vec![Span::new(start, start + 8)], Origin::hand(&by));
        record.set_attribute(&Name::new("status"), Some("planned".into()));
        if let Some(last) = last.replace(record.id).filter(|_| n % 10 == 0) {
            let role = jejak::model::Role { name: Name::new("meets"), filler: Filler::Annotation(last) };
            record.roles.push(role);
        }
        record.into()
    });
    let set = AnnotationSet::new(records, Progress::InProgress);
    let key = (article("000"), by);
    let schema = schema();
    let (mut save, mut load, mut json_save, mut json_load) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let (mut bytes, mut json_bytes) = (0, 0);
    for _ in 0..3 {
        let start = Instant::now();
        let ron = set_to_ron(&key, &set, &text);
        save.push(start.elapsed());
        bytes = ron.len();
        let start = Instant::now();
        let (again, problems) = set_from_ron(&key, &ron, &text, &schema).unwrap();
        load.push(start.elapsed());
        assert!(again == set && problems.is_empty());
        let rows: Rows = ron::Options::default().from_str(&bare(&ron)).unwrap();
        let start = Instant::now();
        let json = serde_json::to_string(&rows).unwrap();
        json_save.push(start.elapsed());
        json_bytes = json.len();
        let start = Instant::now();
        let rows: Rows = serde_json::from_str(&json).unwrap();
        json_load.push(start.elapsed());
        assert_eq!(rows.annotations.len(), RECORDS);
    }
    let rate = |bytes: usize, times: Vec<Duration>| bytes as f64 / 1e3 / median(times);
    say("store.ron_save", rate(bytes, save), "MB/s");
    say("store.ron_load", rate(bytes, load), "MB/s");
    say("store.json_save", rate(json_bytes, json_save), "MB/s");
    say("store.json_load", rate(json_bytes, json_load), "MB/s");
}

/// The whole command that adds a file of 200,000 articles of a few words each, 10 MB.
fn add_tiny() {
    const TINY: usize = 200_000;
    let words = ["ratu", "tiba", "di", "bandar", "dengan", "kereta", "malam", "untuk", "bertemu", "menteri", "lama"];
    let word = |n: usize, at: usize| words[(n * 7919 + at * at * (n % 13 + 1)) % words.len()];
    let text = |n: usize| (0..5).map(|at| word(n, at)).collect::<Vec<_>>().join(" ");
    let lines: String = (0..TINY).map(|n| format!("{{\"text\": \"{} {n}.\"}}\n", text(n))).collect();
    let dir = on_disk("bench-tiny");
    write(&dir.join("tiny.jsonl"), &lines);
    let jejak = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
        let start = Instant::now();
        let output = command.args(arguments).current_dir(&dir).env("USER", "a").output().unwrap();
        assert!(output.status.success());
        (start.elapsed(), output.stdout)
    };
    jejak(&["new", "project"]);
    let (time, said) = jejak(&["add", "project", "tiny.jsonl"]);
    assert_eq!(said.split(|&byte| byte == b'\n').filter(|line| line.starts_with(b"added ")).count(), TINY);
    say("store.add_200k_tiny", time.as_secs_f64(), "s");
    say("store.add_200k_tiny_size", lines.len() as f64 / 1e6, "MB");
    fs::remove_dir_all(&dir).unwrap();
}

/// The whole command that gives a label of 100,000 annotations in 1,000 articles another name.
fn rename() {
    const ARTICLES: usize = 1000;
    let dir = on_disk("bench-rename");
    let words = "ratu tiba di bandar dengan kereta malam untuk ".repeat(25);
    let places: Vec<String> =
        words.match_indices("ratu tiba").map(|(at, _)| format!("[{at},{},\"person\"]", at + 4)).collect();
    let others = words.match_indices(" di ").map(|(at, _)| format!("[{},{},\"person\"]", at + 1, at + 3));
    let more = words.match_indices("bandar").map(|(at, _)| format!("[{at},{},\"person\"]", at + 6));
    let last = words.match_indices("malam").map(|(at, _)| format!("[{at},{},\"person\"]", at + 5));
    let places: Vec<String> = places.into_iter().chain(others).chain(more).chain(last).collect();
    let line = |n: usize| format!("{{\"text\": \"{words}{n}\", \"label\": [{}]}}\n", places.join(","));
    write(&dir.join("a.jsonl"), &(0..ARTICLES).map(line).collect::<String>());
    let jejak = |arguments: &[&str]| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
        let start = Instant::now();
        let output = command.args(arguments).current_dir(&dir).env("USER", "a").output().unwrap();
        assert!(output.status.success(), "{output:?}");
        (start.elapsed(), String::from_utf8(output.stdout).unwrap())
    };
    jejak(&["new", "project"]);
    jejak(&["import", "project", "--format", "doccano", "--annotator", "a", "a.jsonl"]);
    let (time, said) = jejak(&["schema", "project", "rename", "person", "human"]);
    assert!(said.contains(&format!("annotations: {} changed", places.len() * ARTICLES)), "{said}");
    say("store.rename_100k", time.as_secs_f64(), "s");
    fs::remove_dir_all(&dir).unwrap();
}

/// A project of 100,000 articles of some 3,000 characters, 30 % annotated, made from one that the store wrote itself.
fn large() -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-large-1");
    if dir.join("project.ron").exists() {
        return dir;
    }
    let _ = fs::remove_dir_all(&dir);
    let small = make(1);
    let mut session = open(small.path());
    session.load(&article("000"), &[Name::new("a")]).unwrap();
    let mut base = String::new();
    base.push_str(session.corpus().text(&article("000")).unwrap().as_str());
    let lines: Vec<u32> = base.match_indices('\n').map(|(at, _)| at as u32 + 1).take(19).collect();
    let editor = SetEditor::new(session.corpus(), (article("000"), Name::new("a")));
    let transaction = editor.label_all(&Name::new("person"), lines.iter().map(|&at| vec![Span::new(at, at + 4)])).0;
    session.commit(transaction).unwrap();
    session.close().unwrap();
    let set =
        fs::read_to_string(small.path().join(format!("sets/a/000-{}.ron", &sha256_hex(base.as_bytes())[..8]))).unwrap();
    let list = fs::read_to_string(small.path().join("articles.ron")).unwrap();
    let line = list.lines().find(|line| line.starts_with("  (id:")).unwrap();
    let old = sha256_hex(base.as_bytes());
    let mut out = String::from("(\n jejak: 1,\n articles: [\n");
    for n in 0..ARTICLES {
        let name = format!("{n:03}");
        let path = if n < 1000 { name.clone() } else { format!("{:03}/{name}", n / 1000) };
        let text = format!("{base}{n}\n{}", "Kalimat penutup yang panjang sekali. ".repeat(40));
        let sha = sha256_hex(text.as_bytes());
        let path = format!("{path}-{}", &sha[..8]);
        write(&dir.join(format!("articles/{path}.txt")), &text);
        let more =
            "publisher: \"Harian Laut\", published: \"2024-06-18\", url: \"https://example.org/berita/2024/06/18\"";
        let of = line
            .replace(&format!("articles/000-{}", &old[..8]), &format!("articles/{path}"))
            .replace("\"000\"", &format!("\"{name}\""));
        let of = of.replace(&old, &sha).replace(", language", &format!(", {more}, language"));
        out.push_str(&of.replace("Artikel 0", &format!("Berita panjang tentang perjalanan nomor {n}")));
        out.push('\n');
        if n % 10 < 3 {
            let of = set.replace("\"000\"", &format!("\"{name}\"")).replace(&old, &sha);
            write(&dir.join(format!("sets/a/{path}.ron")), &of);
        }
    }
    out.push_str(" ],\n)\n");
    write(&dir.join("articles.ron"), &out);
    for file in ["schema.ron", "project.ron"] {
        fs::copy(small.path().join(file), dir.join(file)).unwrap();
    }
    dir
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

fn large_project() {
    let dir = large();
    let mut opens = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let session = open(&dir);
        opens.push(start.elapsed());
        assert_eq!(session.corpus().articles().len(), ARTICLES);
    }
    say("store.open_100k", median(opens), "ms");
    let mut session = open(&dir);
    let mut times = Vec::new();
    for n in 0..200 {
        let id = jejak::model::ArticleId::numbered(n * 500);
        let start = Instant::now();
        session.load(&id, &[Name::new("a")]).unwrap();
        times.push(start.elapsed());
    }
    say("store.article_open", median(times), "ms");
    drop(session);
    let out = Command::new(std::env::current_exe().unwrap()).env("JEJAK_BENCH_MEMORY", &dir).output().unwrap();
    print!("{}", String::from_utf8(out.stdout).unwrap());
    let (start, mut problems) = (Instant::now(), 0);
    check_files(&dir, &mut |_, _| true, &mut |_| problems += 1).unwrap();
    assert_eq!(problems, 0);
    say("store.check_100k", start.elapsed().as_secs_f64(), "s");
}

/// In a process of its own: memory with the project open and a hundred articles read, and the most that it ever was.
fn memory(dir: &Path) {
    let mut session = open(dir);
    for n in 0..100 {
        session.load(&jejak::model::ArticleId::numbered(n * 1000), &[Name::new("a")]).unwrap();
    }
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    for (field, name) in [("VmRSS:", "store.memory_100k"), ("VmHWM:", "store.memory_100k_peak")] {
        let line = status.lines().find_map(|line| line.strip_prefix(field)).unwrap_or_default();
        let kb: f64 = line.trim().trim_end_matches("kB").trim().parse().unwrap_or(f64::NAN);
        say(name, kb / 1024.0, "MB");
    }
    // An edit that is nothing, so that the session counts as used to the end.
    let nothing = Transaction { edits: Vec::<Edit>::new(), ..Transaction::new("", &Name::new("a")) };
    session.commit(nothing).unwrap();
}
