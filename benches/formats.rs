//! What writing and reading 10,000 articles with 50 annotations each costs in every format. Each line is
//! `name value unit`: `formats.NAME.write` and `.read` in s, `.memory` in MB, the most that a process which writes
//! and then reads ever held.
//!
//! `cargo bench --bench formats`, or with the name of a format for that one alone. Files are written under the target
//! folder, or under `JEJAK_BENCH_DIR`. Some file systems (ext4) are several times as slow to make files for minutes after
//! many were removed, which a second run then measures of formats with a file for each article.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may stop at once and prints.

#[path = "made/pages.rs"]
mod pages;

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use jejak::formats::{
    Context, ExchangeDocument, ExportFolder, FORMATS, Format, ImportContext, ImportFiles, Item, Options, Sink,
};
use jejak::model::{Corpus, Name, Project, Schema, Timestamp};
use pages::{SCHEMA, page};

const ARTICLES: usize = 10_000;
/// Different articles; the others are these again under another name.
const KINDS: usize = 50;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    if let Ok(name) = std::env::var("JEJAK_BENCH_FORMAT") {
        return one(jejak::formats::format(&name).unwrap());
    }
    // The rest of an earlier run, had it been stopped.
    let _ = std::fs::remove_dir_all(home());
    // Each format in a process of its own: memory is a process's.
    for format in
        FORMATS.iter().filter(|format| wanted.is_empty() || wanted.iter().any(|name| name == format.info().name))
    {
        let me = std::env::current_exe().unwrap();
        let done = Command::new(me).env("JEJAK_BENCH_FORMAT", format.info().name).status().unwrap();
        assert!(done.success());
    }
    // Not between two formats: a file system is slow to make files right after many were removed.
    let _ = std::fs::remove_dir_all(home());
}

fn home() -> PathBuf {
    let base = std::env::var_os("JEJAK_BENCH_DIR").map_or_else(|| env!("CARGO_TARGET_TMPDIR").into(), PathBuf::from);
    base.join("jejak-formats")
}

fn say(format: &dyn Format, what: &str, value: f64, unit: &str) {
    println!("formats.{}.{what} {value:.3} {unit}", format.info().name);
}

fn one(format: &dyn Format) {
    let dir = home().join(format.info().name);
    let corpus = Corpus::new(Project::default(), Arc::new(ron::from_str::<Schema>(SCHEMA).unwrap()));
    let annotators = [Name::new("gold")];
    let options = Options::default();
    let cx = Context { corpus: &corpus, annotators: &annotators, options: &options };
    let kinds: Vec<ExchangeDocument> = (0..KINDS).map(page).collect();
    let pages =
        (0..ARTICLES).map(|number| ExchangeDocument { id: format!("{number:05}"), ..kinds[number % KINDS].clone() });

    let start = Instant::now();
    let mut sink = Box::new(ExportFolder::create(&dir).unwrap());
    jejak::formats::write(format, pages, cx, &mut *sink).unwrap();
    sink.finish().unwrap();
    say(format, "write", start.elapsed().as_secs_f64(), "s");

    if format.info().reads {
        let start = Instant::now();
        let reading = ImportContext::new(&annotators[0], Timestamp::from_seconds(0), None);
        let (mut articles, mut records) = (0, 0);
        format.read(&ImportFiles::of_paths(std::slice::from_ref(&dir)).unwrap(), &reading, &mut |item| match item {
            Item::Note { .. } => {}
            Item::Document(page) => {
                articles += 1;
                records += page.sets[0].records.len();
            }
            Item::Whole(_) => {}
            Item::Problem(problem) => panic!("{problem}"),
        });
        say(format, "read", start.elapsed().as_secs_f64(), "s");
        assert!(articles == ARTICLES && records > 0, "{articles} {records}");
    }
    if let Ok(status) = std::fs::read_to_string("/proc/self/status") {
        let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).unwrap();
        let kib: f64 = peak.trim().trim_end_matches(" kB").parse().unwrap();
        say(format, "memory", kib * 1024.0 / 1e6, "MB");
    }
}
