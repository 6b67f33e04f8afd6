//! The commands that a person waits for when articles go in and out, each a whole process with a project on disk. Each line
//! is `name value unit`: for every format `exchange.NAME.import` and `.export` in s of the clock, `.import_cpu` and
//! `.export_cpu` in s of all processors, `.memory` and `.export_memory` in MB, the most that the importing and the exporting
//! process ever held. 10,000 articles with 50 annotations each are imported into a new project, which is then exported.
//!
//! Beside them, over such a project: `exchange.check`, and `exchange.agreement` of two annotators in 1,000 articles, the
//! first time, with all intervals but γ; `exchange.agreement_10k` of 10,000 articles of one long paragraph.
//!
//! `cargo bench --bench exchange`, or with names of formats (or `check`, `agreement`) for those alone;
//! `JEJAK_BENCH_ARTICLES` sets another number of articles. Files are written under the target folder, or under
//! `JEJAK_BENCH_DIR`.
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A bench may stop at once and prints.
#![allow(unsafe_code)] // The system's clock of a process that has ended.

#[path = "made/pages.rs"]
mod pages;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::time::Instant;

use jejak::formats::{Context, ExchangeDocument, ExportFolder, FORMATS, Format, Options, Sink};
use jejak::model::{Corpus, Name, Project, Schema};
use jejak::text::Text;
use pages::{SCHEMA, page};

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|argument| !argument.starts_with('-')).collect();
    let wants = |name: &str| wanted.is_empty() || wanted.iter().any(|wanted| wanted == name);
    let count = std::env::var("JEJAK_BENCH_ARTICLES").map_or(10_000, |count| count.parse().unwrap());
    // An earlier run may have left something, had it been stopped.
    let _ = fs::remove_dir_all(home());
    let project = home().join("project");
    let whole = || {
        if !project.exists() {
            let file = home().join("whole.jsonl");
            write(jejak::formats::format("jejak-jsonl").unwrap(), (0..count).map(article), &file);
            import(&project, "jejak-jsonl", "gold", &file);
        }
    };
    for format in FORMATS.iter().filter(|format| wants(format.info().name)) {
        exchange(*format, count, &project, &whole);
    }
    if wants("check") {
        whole();
        say("check", &run(&["check", text(&project)]), "");
    }
    if wants("agreement") {
        agreement("agreement", 1_000.min(count));
        agreement("agreement_10k", count);
    }
    let _ = fs::remove_dir_all(home());
}

fn home() -> PathBuf {
    let base = std::env::var_os("JEJAK_BENCH_DIR").map_or_else(|| env!("CARGO_TARGET_TMPDIR").into(), PathBuf::from);
    base.join("jejak-exchange")
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

/// The cost of a process.
struct Used {
    clock: f64,
    cpu: f64,
    megabytes: f64,
}

/// Runs the program to its end.
fn run(arguments: &[&str]) -> Used {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.args(arguments).env("USER", "ana").stdout(Stdio::null()).stderr(Stdio::null());
    let start = Instant::now();
    #[expect(clippy::zombie_processes, reason = "the system is asked below, for it says what was used")]
    let child = command.spawn().unwrap();
    let (mut status, mut usage) = (0, std::mem::MaybeUninit::<libc::rusage>::zeroed());
    // SAFETY: the child is this process's and nobody else waits for it; both places are valid for what is written there.
    let ended = unsafe { libc::wait4(child.id() as libc::pid_t, &raw mut status, 0, usage.as_mut_ptr()) };
    let clock = start.elapsed().as_secs_f64();
    assert!(ended > 0 && libc::WIFEXITED(status) && libc::WEXITSTATUS(status) <= 1, "{arguments:?}: {status}");
    // SAFETY: zeroes are a value of it, and the system has filled it in.
    let usage = unsafe { usage.assume_init() };
    let seconds = |time: libc::timeval| time.tv_sec as f64 + time.tv_usec as f64 / 1e6;
    Used {
        clock,
        cpu: seconds(usage.ru_utime) + seconds(usage.ru_stime),
        megabytes: usage.ru_maxrss as f64 * 1024.0 / 1e6,
    }
}

fn say(name: &str, used: &Used, memory: &str) {
    println!("exchange.{name} {:.3} s", used.clock);
    println!("exchange.{name}_cpu {:.3} s", used.cpu);
    if !memory.is_empty() {
        println!("exchange.{memory} {:.0} MB", used.megabytes);
    }
}

/// Makes a project and imports into it.
fn import(project: &Path, format: &str, annotator: &str, files: &Path) -> Used {
    let _ = fs::remove_dir_all(project);
    run(&["new", text(project)]);
    bring(project, format, annotator, files)
}

fn bring(project: &Path, format: &str, annotator: &str, files: &Path) -> Used {
    run(&["import", text(project), "--format", format, "--annotator", annotator, text(files)])
}

fn exchange(format: &dyn Format, count: usize, project: &Path, whole: &dyn Fn()) {
    let name = format.info().name;
    if format.info().reads {
        let files = home().join("files");
        write(format, (0..count).map(article), &files);
        let other = home().join("imported");
        say(&format!("{name}.import"), &import(&other, name, "gold", &files), &format!("{name}.memory"));
        fs::remove_dir_all(&files).or_else(|_| fs::remove_file(&files)).unwrap();
        fs::remove_dir_all(&other).unwrap();
    }
    whole();
    let out = home().join("out");
    let used = run(&["export", text(project), "--format", name, "--out", text(&out), "--allow-loss"]);
    say(&format!("{name}.export"), &used, &format!("{name}.export_memory"));
    println!("exchange.{name}.export_size {:.1} MB", size(&out) as f64 / 1e6);
    fs::remove_dir_all(&out).unwrap();
}

fn size(path: &Path) -> u64 {
    let Ok(entries) = fs::read_dir(path) else { return path.metadata().unwrap().len() };
    entries.map(|entry| size(&entry.unwrap().path())).sum()
}

/// Agreement of two in a project that nobody has measured before.
fn agreement(name: &str, count: usize) {
    let (project, format) = (home().join("agreement"), jejak::formats::format("jejak-jsonl").unwrap());
    let files = home().join("two.jsonl");
    write(format, (0..count).map(|number| by("ana", one_paragraph(number))), &files);
    import(&project, "jejak-jsonl", "ana", &files);
    write(format, (0..count).map(|number| by("budi", another(&one_paragraph(number)))), &files);
    bring(&project, "jejak-jsonl", "budi", &files);
    say(name, &run(&["agreement", text(&project)]), "");
    fs::remove_dir_all(&project).unwrap();
    fs::remove_dir_all(&files).or_else(|_| fs::remove_file(&files)).unwrap();
}

/// An article that no other has the text of.
fn article(number: usize) -> ExchangeDocument {
    let page = page(number);
    let text = Text::new(&format!("{}.\n{number}", page.text.as_str()));
    ExchangeDocument { id: format!("{number:05}"), text, ..page }
}

/// The same without line ends.
fn one_paragraph(number: usize) -> ExchangeDocument {
    let page = article(number);
    ExchangeDocument { text: Text::new(&page.text.as_str().replace('\n', " ")), ..page }
}

/// An article with its set as this annotator's: the format keeps the name that a set has.
fn by(annotator: &str, mut page: ExchangeDocument) -> ExchangeDocument {
    page.sets.iter_mut().for_each(|layer| layer.annotator = Name::new(annotator));
    page
}

/// Another annotator's set of an article: every seventh annotation is missing, every fifth has another label.
fn another(page: &ExchangeDocument) -> ExchangeDocument {
    let mut page = page.clone();
    for layer in &mut page.sets {
        let mut at = 0;
        layer.records.retain(|record| {
            at += 1;
            at % 7 != 0 || !record.roles.is_empty()
        });
        for record in layer.records.iter_mut().step_by(5).filter(|record| record.roles.is_empty()) {
            Arc::make_mut(record).label = Name::new("place");
        }
    }
    page
}

/// Writes articles as a file where the format is one, as a folder otherwise.
fn write(format: &dyn Format, pages: impl Iterator<Item = ExchangeDocument>, to: &Path) {
    let corpus = Corpus::new(Project::default(), Arc::new(ron::from_str::<Schema>(SCHEMA).unwrap()));
    let annotators = [Name::new("gold")];
    let options = Options::default();
    let cx = Context { corpus: &corpus, annotators: &annotators, options: &options };
    let _ = fs::remove_dir_all(to);
    let mut sink = Box::new(ExportFolder::create(to).unwrap());
    jejak::formats::write(format, pages, cx, &mut *sink).unwrap();
    sink.finish().unwrap();
}
