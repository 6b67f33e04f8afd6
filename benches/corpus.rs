//! How fast many articles are at hand: `cargo bench --bench corpus` prints `name value unit`, the median of several runs.
//!
//! 10,000 articles, 40,000 frames, 100,000 mentions; the project is made anew, on the disk of the build folder.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)] // A bench may stop at once, prints, and makes its own files.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use jejak::corpus::{Claims, Filter, Index, Trips};
use jejak::edit::Standing;
use jejak::edit::{Edit, Transaction};
use jejak::exchange::{Allowed, PendingImport};
use jejak::formats::{ImportFiles, Memory, NameMap, ReadOptions, format};
use jejak::model::{Annotation, ArticleId, Name, Schema};
use jejak::store::{Access, Session, Snapshot};
use jejak::text::sha256_hex;
use serde_json::json;

const ARTICLES: usize = 10_000;
const PEOPLE: usize = 2_000;
const PLACES: usize = 500;
const TRIPS: usize = 5_000;

/// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    // A child process measures memory; whatever cargo adds to the arguments means nothing here.
    if let Some(dir) = std::env::var_os("JEJAK_BENCH_MEMORY") {
        return memory(Path::new(&dir));
    }
    let dir = project();
    let build = || Index::build(Snapshot::open(&dir).unwrap(), &me(), &mut |_, _| true).unwrap().unwrap();
    let folder = dir.join(".jejak/.cache");
    report("corpus.index", 3, || {
        let _ = fs::remove_dir_all(&folder);
        drop(build());
    });
    report("corpus.open", 5, || drop(build()));
    let index = build();
    assert_eq!((index.frames().count(), index.mentions().count()), (4 * ARTICLES, 10 * ARTICLES));
    for (name, line) in [
        ("word", "pelabuhan"),
        ("name", "\"orang 17\" label:trip"),
        ("period", "label:trip from:2030-03 until:2030-06 state:planned"),
        ("rare", "kota499 -orang"),
    ] {
        let filter = Filter::parse(line, index.schema()).unwrap();
        report(&format!("corpus.filter_{name}"), 20, || drop(filter.apply(&index)));
    }
    report("corpus.trips", 5, || drop(Trips::of(&index, &|_| true)));
    let trips = Trips::of(&index, &|_| true);
    let standing = Standing::default();
    report("corpus.candidates_100", 5, || (0..100).for_each(|at| drop(trips.candidates(at, &standing))));
    report("corpus.conflicts_100", 5, || trips.all.iter().take(100).for_each(|trip| drop(trip.conflicts(&index))));
    report("corpus.claims", 3, || drop(Claims::of(&index, &|_| true).pairs(&standing)));
    edit(&dir, index);
    let exe = std::env::current_exe().unwrap();
    let out = Command::new(exe).env("JEJAK_BENCH_MEMORY", &dir).output().unwrap();
    print!("{}", String::from_utf8_lossy(&out.stdout));
}

fn me() -> Name {
    "a".into()
}

/// Runs the work several times and prints the median in milliseconds.
fn report(name: &str, runs: usize, mut work: impl FnMut()) {
    let time = |_| {
        let start = Instant::now();
        work();
        start.elapsed()
    };
    let mut times: Vec<Duration> = (0..runs).map(time).collect();
    times.sort_unstable();
    println!("{name} {:.3} ms", times[runs / 2].as_secs_f64() * 1e3);
}

/// The index follows one edit in an article.
fn edit(dir: &Path, mut index: Index) {
    let mut session = Session::open(dir, &me(), Access::Write).unwrap();
    let article = ArticleId::numbered(17);
    session.load(&article, &[me()]).unwrap();
    let mut times = Vec::new();
    for run in 0..20 {
        let key = (article.clone(), me());
        let old = session.corpus().annotation(&key.0, &key.1, "m0".parse().unwrap()).unwrap().clone();
        let new = Annotation { note: run.to_string(), ..Annotation::clone(&old) };
        let change =
            Transaction { edits: vec![Edit::new(key, Some(old), Some(new.into()))], ..Transaction::new("note", &me()) };
        session.commit(change.clone()).unwrap();
        let start = Instant::now();
        assert!(index.follow(session.corpus(), &change));
        times.push(start.elapsed());
    }
    times.sort_unstable();
    println!("corpus.edit {:.3} ms", times[10].as_secs_f64() * 1e3);
    session.close().unwrap();
}

/// The memory that an index takes, and a filter on it.
fn memory(dir: &Path) {
    let index = Index::build(Snapshot::open(dir).unwrap(), &me(), &mut |_, _| true).unwrap().unwrap();
    let kept = Filter::parse("label:trip pelabuhan", index.schema()).unwrap().apply(&index);
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches(" kB").parse::<f64>().ok());
    println!("corpus.memory {:.1} MB", kilobytes.unwrap_or_default() / 1024.0);
    drop(kept);
}

fn project() -> PathBuf {
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-corpus");
    let _ = fs::remove_dir_all(&dir);
    let schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).unwrap();
    Session::create(&dir, "Banyak", schema).unwrap();
    let mut session = Session::open(&dir, &me(), Access::Write).unwrap();
    let lines: Vec<String> = (0..ARTICLES).map(article).collect();
    let source = ImportFiles::from(Memory { files: [("x.jsonl".to_owned(), lines.join("\n").into_bytes())].into() });
    let maker = me();
    let options = ReadOptions::default();
    let read = PendingImport::read(format("jejak-jsonl").unwrap(), &source, Some(&maker), &options, &mut |_| true);
    let read = read.unwrap().allowing(Allowed::ALL);
    session.run(|link| read.bring_in(link, &NameMap::default(), true, &mut |_, _| true)).unwrap().unwrap();
    session.close().unwrap();
    // Files that were written just now are not believed to stay as they are.
    let old = SystemTime::now() - Duration::from_secs(60);
    set_back(&dir.join("articles"), old);
    set_back(&dir.join("sets"), old);
    dir
}

fn set_back(folder: &Path, to: SystemTime) {
    for entry in fs::read_dir(folder).unwrap().flatten() {
        if entry.path().is_dir() {
            set_back(&entry.path(), to);
        } else {
            fs::File::options().write(true).open(entry.path()).unwrap().set_modified(to).unwrap();
        }
    }
}

/// An article with ten mentions, three trips and a claim, and some 2,500 letters of other text.
fn article(number: usize) -> String {
    let mut text = String::new();
    let mut annotations = Vec::new();
    let dice = |salt: usize| (number * 7919 + salt * 104_729) % 1_000_003;
    let mut mention = |text: &mut String, label: &str, words: &str, referent: Option<String>, value: Option<String>| {
        let start = text.chars().count();
        text.push_str(words);
        let end = text.chars().count();
        let id = format!("m{}", annotations.len());
        let mut one = json!({"id": id, "label": label, "spans": [{"start": start, "end": end, "text": words}]});
        if let Some(referent) = referent {
            one["referent"] = json!(referent);
        }
        if let Some(value) = value {
            one["attributes"] = json!([{"name": "value", "value": value}]);
        }
        annotations.push(one);
        id
    };
    let mut frames = Vec::new();
    for trip in 0..3 {
        let (who, place) = (dice(trip) % PEOPLE, dice(trip + 10) % PLACES);
        let day = format!("2030-{:02}-{:02}", dice(trip + 20) % 12 + 1, dice(trip + 30) % 28 + 1);
        let who = mention(&mut text, "person", &format!("Orang {who}"), Some(format!("p{who}")), None);
        text.push_str(" berlayar ke ");
        let place = mention(&mut text, "place", &format!("Kota{place}"), Some(format!("l{place}")), None);
        text.push_str(" pada ");
        let date = mention(&mut text, "date", &day, None, Some(day.clone()));
        text.push_str(". ");
        let status = ["planned", "ongoing", "completed"][dice(trip + 40) % 3];
        let role = |role: &str, id: &str| json!({"role": role, "annotation": id});
        let mut frame = json!({
            "id": format!("f{trip}"), "label": "trip", "spans": [],
            "attributes": [{"name": "status", "value": status}],
            "roles": [role("traveller", &who), role("destination", &place), role("departure", &date)],
        });
        if trip < 2 {
            frame["referent"] = json!(format!("t{}", dice(trip + 50) % TRIPS));
        }
        frames.push(frame);
        for _ in 0..12 {
            let _ =
                write!(text, "Di pelabuhan ombak memecah batu karang dan angin membawa bau garam {}. ", dice(60) % 97);
        }
    }
    let start = text.chars().count();
    let claim = format!("kapal nomor {} akan tiba lebih awal dari rencana", dice(70) % 300);
    text.push_str(&claim);
    let end = text.chars().count();
    text.push_str(", kata ");
    let who = dice(80) % PEOPLE;
    let who = mention(&mut text, "person", &format!("Orang {who}"), Some(format!("p{who}")), None);
    text.push('.');
    let polarity = ["positive", "negative"][dice(90) % 2];
    frames.push(json!({
        "id": "c0", "label": "claim", "spans": [{"start": start, "end": end, "text": claim}],
        "attributes": [{"name": "polarity", "value": polarity}],
        "roles": [{"role": "claimant", "annotation": who}, {"role": "about", "annotation": "f0"}],
    }));
    annotations.extend(frames);
    let mut referents = Vec::new();
    if number == 0 {
        let mut all = |count: usize, letter: &str, label: &str, name: &str| {
            referents.extend(
                (0..count)
                    .map(|at| json!({"id": format!("{letter}{at}"), "label": label, "name": format!("{name}{at}")})),
            );
        };
        all(PEOPLE, "p", "person", "Orang ");
        all(PLACES, "l", "place", "Kota");
        all(TRIPS, "t", "trip", "Pelayaran ");
    }
    let published = format!("2030-{:02}-{:02}", number % 12 + 1, number % 28 + 1);
    json!({
        "jejak_jsonl": 1,
        "article": {
            "id": format!("{number:03}"), "sha256": sha256_hex(text.as_bytes()), "offset_unit": "code-point",
            "language": "id", "title": format!("Berita {number}"), "publisher": format!("Kabar {}", number % 40),
            "published": published,
        },
        "text": text,
        "sets": [{"annotator": "a", "progress": "done", "annotations": annotations, "referents": referents}],
    })
    .to_string()
}
