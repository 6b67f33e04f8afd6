//! How fast many articles are at hand: `cargo bench --bench corpus` prints `name value unit`, the median of several runs.
//!
//! 10,000 articles, 40,000 frames, 100,000 mentions; the project is made anew, on the disk of the build folder.
#![allow(clippy::unwrap_used, clippy::print_stdout, clippy::disallowed_methods)] // A bench may stop at once, prints, and makes its own files.

#[path = "made/clock.rs"]
mod clock;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant, SystemTime};

use eframe::egui::{Context, Event, Key, Modifiers, Pos2, RawInput, Rect, vec2};
use jejak::corpus::concordance::{Search, find};
use jejak::corpus::register::{Deed, Party, Register, carry_out};
use jejak::corpus::{Claims, Filter, Index, Trips};
use jejak::edit::Standing;
use jejak::edit::{Edit, Transaction};
use jejak::exchange::{Allowed, PendingImport};
use jejak::formats::{ImportFiles, Memory, NameMap, ReadOptions, format};
use jejak::model::{Annotation, ArticleId, Name, Schema};
use jejak::store::settings::Settings;
use jejak::store::{Access, Session, Snapshot};
use jejak::text::{Fold, sha256_hex};
use jejak::ui::App;
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
    concordance(&dir, &index);
    edit(&dir, index);
    merge();
    frames(&dir);
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

/// The time to the first hits of a word, and to all: in every article, and in few.
fn concordance(dir: &Path, index: &Index) {
    for (name, line) in
        [("often", "pelabuhan"), ("seldom", "kota499"), ("pattern", "/ombak \\w+ batu/"), ("label", "label:place")]
    {
        let search = Search::parse(line, Fold::default(), index).unwrap();
        let snapshot = Snapshot::open(dir).unwrap();
        report(&format!("corpus.find_first_{name}"), 5, || {
            find(&snapshot, index, &search, &|_| true, &mut |_| false);
        });
        let mut hits = 0;
        report(&format!("corpus.find_all_{name}"), 3, || {
            hits = 0;
            let unread = find(&snapshot, index, &search, &|_| true, &mut |more| {
                hits += more.len();
                true
            });
            assert!(unread.is_empty());
        });
        println!("corpus.hits_{name} {hits} places");
    }
}

/// One of two who are mentioned 5,000 times, in a project of their own.
fn merge() {
    const EACH: usize = 50;
    let dir = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench-corpus-merge");
    let lines = (0..100).map(|number| {
        let words = ["Ratu Sari", "Ratu S."];
        let text = (0..EACH).map(|at| words[at % 2]).collect::<Vec<_>>().join(" tiba. ");
        let place = |at: usize| (0..at).map(|at| words[at % 2].len() + " tiba. ".len()).sum::<usize>();
        let mention = |at: usize| {
            let (start, words) = (place(at), words[at % 2]);
            let span = json!({"start": start, "end": start + words.len(), "text": words});
            json!({"id": format!("m{at}"), "label": "person", "spans": [span], "referent": format!("p{}", at % 2)})
        };
        let person = |at: usize| json!({"id": format!("p{at}"), "label": "person", "name": words[at]});
        let referents: Vec<_> = (0..2).filter(|_| number == 0).map(person).collect();
        json!({
            "jejak_jsonl": 1,
            "article": {"id": format!("{number:03}"), "sha256": sha256_hex(text.as_bytes()), "offset_unit": "code-point",
                        "language": "id"},
            "text": text,
            "sets": [{"annotator": "a", "progress": "in-progress", "referents": referents,
                      "annotations": (0..EACH).map(mention).collect::<Vec<_>>()}],
        })
        .to_string()
    });
    filled(&dir, &lines.collect::<Vec<_>>());
    let index = Index::build(Snapshot::open(&dir).unwrap(), &me(), &mut |_, _| true).unwrap().unwrap();
    let register = Register::of(&index, &|_| true);
    let both: Vec<Party> = register.entries.iter().map(|entry| Party::of(&index, entry)).collect();
    let [into, from] = <[Party; 2]>::try_from(both).unwrap();
    let deed = Deed::Join(Box::new([into, from]));
    let mut session = Session::open(&dir, &me(), Access::Write).unwrap();
    let mut times = Vec::new();
    for _ in 0..5 {
        let start = Instant::now();
        let changed = session.run(|link| carry_out(link, link.annotator(), &deed)).unwrap();
        times.push(start.elapsed());
        assert_eq!(changed, 100 * EACH / 2);
        session.undo().unwrap();
    }
    // The first one reads the articles.
    println!("corpus.merge_unread {:.3} ms", times[0].as_secs_f64() * 1e3);
    times.remove(0);
    times.sort_unstable();
    println!("corpus.merge {:.3} ms", times[times.len() / 2].as_secs_f64() * 1e3);
    session.close().unwrap();
}

/// CPU time of the drawing thread for a frame of each pane in the real window, while one goes down its rows.
fn frames(dir: &Path) {
    let home = tempfile::tempdir().unwrap();
    let settings = home.path().join("settings");
    Settings { annotator: "a".into(), welcomed: true, dark: Some(false), ..Settings::default() }
        .save(&settings)
        .unwrap();
    let ctx = Context::default();
    ctx.enable_accesskit();
    let mut app = App::new(&ctx, Some(settings));
    app.open(&ctx, dir, Access::Write);
    let mut time = 0.0;
    let mut frame = |app: &mut App, events: Vec<Event>| {
        time += 1.0 / 60.0;
        let screen_rect = Some(Rect::from_min_size(Pos2::ZERO, vec2(1280.0, 800.0)));
        let input = RawInput { screen_rect, time: Some(time), events, focused: true, ..RawInput::default() };
        let start = clock::now();
        let mut output = ctx.run_ui(input, |ui| app.frame(ui));
        drop(ctx.tessellate(std::mem::take(&mut output.shapes), output.pixels_per_point));
        let spent = clock::now() - start;
        // Nothing is painted here.
        output.textures_delta.clear();
        spent
    };
    let settle = |app: &mut App, frame: &mut dyn FnMut(&mut App, Vec<Event>) -> f64| {
        let start = Instant::now();
        loop {
            frame(app, Vec::new());
            if !app.busy() {
                break;
            }
            assert!(start.elapsed() < Duration::from_secs(120), "the window is busy without end");
            std::thread::sleep(Duration::from_millis(5));
        }
        for _ in 0..3 {
            frame(app, Vec::new());
        }
    };
    settle(&mut app, &mut frame);
    frame(&mut app, vec![press(Key::F11)]);
    settle(&mut app, &mut frame);
    for (digit, name) in ["trips", "timeline", "claims", "register", "concordance", "map"].iter().enumerate() {
        frame(&mut app, vec![Event::Text((digit + 1).to_string())]);
        settle(&mut app, &mut frame);
        if *name == "concordance" {
            frame(&mut app, vec![Event::Text("/".to_owned())]);
            frame(&mut app, vec![Event::Text("pelabuhan".to_owned())]);
            settle(&mut app, &mut frame);
            frame(&mut app, vec![press(Key::Escape)]);
            settle(&mut app, &mut frame);
        }
        let mut times: Vec<f64> = (0..200).map(|_| frame(&mut app, vec![press(Key::ArrowDown)])).collect();
        times.sort_unstable_by(f64::total_cmp);
        println!("corpus.frame_{name} {:.3} ms", times[100]);
        println!("corpus.frame_{name}_p99 {:.3} ms", times[197]);
        settle(&mut app, &mut frame);
    }
}

fn press(key: Key) -> Event {
    Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
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
    filled(&dir, &(0..ARTICLES).map(article).collect::<Vec<_>>());
    dir
}

/// A project with these articles, whose files were written long ago.
fn filled(dir: &Path, lines: &[String]) {
    let _ = fs::remove_dir_all(dir);
    let schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).unwrap();
    Session::create(dir, "Banyak", schema).unwrap();
    let mut session = Session::open(dir, &me(), Access::Write).unwrap();
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
