//! Nothing is waited for and nothing is read without end: pipes, devices, sockets, folders, files that are too large
//! and files that grow, given to every command that reads files, each with a time after which it counts as hanging.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and makes its own files.

#[path = "store/project.rs"]
mod project;

use std::fs::File;
use std::io::{Read as _, Write as _};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use jejak::formats::{ImportFiles, readers};
use jejak::ingest::{Limits, Reading, list, read};
use jejak::store::settings::Settings;
use jejak::store::{cache, fingerprint};

/// Longer than anything here takes on a slow machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// Every kind of thing that is no file to be read, with what is said of it.
const THINGS: [(&str, &str); 5] = [
    ("pipe", "it is not a regular file"),
    ("device", "it is not a regular file"),
    ("socket", "it is not a regular file"),
    ("folder", "it is a folder, not a file"),
    ("huge", "bytes, more than the"),
];

fn pipe(path: &Path) {
    assert!(Command::new("mkfifo").arg(path).status().unwrap().success());
}

/// Makes one of [`THINGS`].
fn make(thing: &str, path: &Path) {
    match thing {
        "pipe" => pipe(path),
        "device" => symlink("/dev/zero", path).unwrap(),
        "socket" => drop(UnixListener::bind(path).unwrap()),
        "folder" => std::fs::create_dir(path).unwrap(),
        // Sparse: it takes no room.
        "huge" => File::create(path).unwrap().set_len(1 << 40).unwrap(),
        _ => panic!("there is no {thing}"),
    }
}

/// The program's answer: exit code, stdout, stderr.
type Said = (i32, String, String);

fn jejak(folder: &Path, arguments: &[&str]) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.args(arguments).current_dir(folder).env("USER", "sari").stdin(Stdio::null());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let (mut out, mut err) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
    let reading = std::thread::spawn(move || {
        let mut said = String::new();
        out.read_to_string(&mut said).unwrap();
        said
    });
    let start = Instant::now();
    let code = loop {
        if let Some(status) = child.try_wait().unwrap() {
            break status.code().unwrap();
        }
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{arguments:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    };
    let mut errors = String::new();
    err.read_to_string(&mut errors).unwrap();
    (code, reading.join().unwrap(), errors)
}

/// Does something that may hang, which fails the test.
fn in_time<T: Send + 'static>(what: &str, work: impl FnOnce() -> T + Send + 'static) -> T {
    let (done, result) = std::sync::mpsc::channel();
    std::thread::spawn(move || done.send(work()));
    result.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{what} hangs"))
}

/// A folder with a project `trips` of one article.
fn desk() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("good.txt"), "Budi tiba di Bandar.\n").unwrap();
    let (code, ..) = jejak(folder.path(), &["new", "trips", "good.txt"]);
    assert_eq!(code, 0);
    folder
}

/// Every command that is given a file by name, with `FILE` where it stands.
fn commands() -> Vec<Vec<&'static str>> {
    let mut commands = vec![
        vec!["show", "FILE"],
        vec!["merge", "FILE", "ours.ron", "ours.ron"],
        vec!["merge", "ours.ron", "FILE", "ours.ron"],
        vec!["merge", "ours.ron", "ours.ron", "FILE"],
        vec!["new", "other", "--schema", "FILE"],
    ];
    for format in readers() {
        commands.push(vec!["import", "trips", "--annotator", "b", "--format", format.info().name, "FILE"]);
    }
    commands
}

#[test]
fn commands_refuse_in_one_sentence_that_names_the_file() {
    let desk = desk();
    std::fs::copy(desk.path().join("trips/articles.ron"), desk.path().join("ours.ron")).unwrap();
    let before = std::fs::read(desk.path().join("ours.ron")).unwrap();
    for (thing, why) in THINGS {
        make(thing, &desk.path().join(thing));
        for command in commands() {
            if thing == "folder" && command[0] == "import" {
                continue;
            }
            let words: Vec<&str> = command.iter().map(|word| if *word == "FILE" { thing } else { word }).collect();
            let (code, out, err) = jejak(desk.path(), &words);
            assert_eq!(code, 2, "{words:?}: {out}{err}");
            assert!(out.is_empty() && err.lines().count() == 1, "{words:?}: {out}{err}");
            assert!(err.starts_with(&format!("jejak: {thing}: ")) && err.contains(why), "{words:?}: {err}");
            assert!(!desk.path().join("other").exists(), "{words:?} has made something");
        }
    }
    assert_eq!(std::fs::read(desk.path().join("ours.ron")).unwrap(), before);
    assert_eq!(jejak(desk.path(), &["check", "trips"]).0, 0);
    assert!(!desk.path().join("trips/sets/b").exists());
}

#[test]
fn the_terminal_and_pipes_from_other_programs_are_refused_too() {
    let desk = desk();
    let mut child = Command::new(env!("CARGO_BIN_EXE_jejak"));
    child.args(["show", "/dev/stdin"]).stdin(Stdio::piped()).stderr(Stdio::piped());
    let mut child = child.spawn().unwrap();
    // Nothing is written into it and it stays open.
    let held = child.stdin.take();
    let output = in_time("show /dev/stdin", move || child.wait_with_output().unwrap());
    drop(held);
    assert_eq!(output.status.code(), Some(2));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "jejak: /dev/stdin: it is not a regular file\n");
    let (code, _, err) = jejak(desk.path(), &["show", "/dev/null"]);
    assert_eq!((code, &*err), (2, "jejak: /dev/null: it is not a regular file\n"));
}

#[test]
fn articles_that_are_no_files_are_named_and_the_rest_is_added() {
    let desk = desk();
    let mut words = vec!["add".to_owned(), "trips".to_owned()];
    let mut expected = Vec::new();
    for (thing, why) in THINGS.into_iter().filter(|(thing, _)| *thing != "folder") {
        for extension in jejak::ingest::extensions() {
            let name = format!("{thing}.{extension}");
            make(thing, &desk.path().join(&name));
            expected.push((name.clone(), why));
            words.push(name);
        }
    }
    std::fs::write(desk.path().join("new.txt"), "Siti pulang.\n").unwrap();
    words.push("new.txt".into());
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let (code, out, err) = jejak(desk.path(), &words);
    assert_eq!((code, &*err), (1, ""), "{out}");
    let lines: Vec<&str> = out.lines().collect();
    assert_eq!(lines.len(), expected.len() + 1, "{out}");
    for (line, (name, why)) in lines.iter().zip(expected) {
        assert!(line.starts_with(&format!("failed {name}: ")) && line.contains(why), "{line}");
    }
    assert_eq!(lines.last().unwrap(), &"added 001 \"Siti pulang.\" 13 characters");
}

/// A folder with something good called `good.EXTENSION`, and everything else that a walk may meet; gives the names of
/// what is to be left out.
fn mixed(folder: &Path, extension: &str) -> Vec<String> {
    std::fs::create_dir_all(folder.join("deep")).unwrap();
    let mut left_out = Vec::new();
    for thing in ["pipe", "device", "socket"] {
        let name = format!("deep/{thing}.{extension}");
        make(thing, &folder.join(&name));
        left_out.push(name);
    }
    symlink(folder, folder.join("deep/circle")).unwrap();
    symlink("round", folder.join("round")).unwrap();
    left_out.extend(["deep/circle".to_owned(), "round".to_owned()]);
    left_out.sort();
    left_out
}

#[test]
fn walks_name_what_they_leave_out_and_come_to_an_end() {
    let desk = desk();
    let folder = desk.path().join("mixed");
    let left_out = mixed(&folder, "txt");
    std::fs::write(folder.join("good.txt"), "Wati di Muara.\n").unwrap();
    let (code, out, _) = jejak(desk.path(), &["add", "trips", "mixed"]);
    let failed: Vec<&str> = out.lines().filter_map(|line| line.strip_prefix("failed mixed/")).collect();
    let mut names: Vec<&str> = failed.iter().map(|line| line.split(": ").next().unwrap()).collect();
    names.sort_unstable();
    assert_eq!((code, names), (1, left_out.iter().map(String::as_str).collect()), "{out}");
    assert!(out.contains("added 001 \"Wati di Muara.\""), "{out}");

    let folder = desk.path().join("brat");
    let left_out = mixed(&folder, "ann");
    std::fs::write(folder.join("good.txt"), "Joko di Teluk.\n").unwrap();
    std::fs::write(folder.join("good.ann"), "T1\tperson 0 4\tJoko\n").unwrap();
    // The text of annotations that can be read is a pipe.
    std::fs::write(folder.join("half.ann"), "T1\tperson 0 4\tJoko\n").unwrap();
    pipe(&folder.join("half.txt"));
    let words = ["import", "trips", "--format", "brat", "--annotator", "b", "brat"];
    let (code, out, err) = jejak(desk.path(), &words);
    for name in left_out.iter().map(String::as_str).chain(["half.txt"]) {
        assert!(out.lines().any(|line| line.starts_with(&format!("{name}: it is "))), "{name}: {out}{err}");
    }
    assert!(out.contains("articles: 1 added, 0 known; annotations: 1 added"), "{out}{err}");
    assert_eq!(code, 1);
}

/// A file that another thread writes into as fast as it can, for as long as this lives.
struct Growing {
    stop: Arc<AtomicBool>,
    thread: Option<std::thread::JoinHandle<()>>,
}

impl Growing {
    fn begin(path: PathBuf) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let mut file = File::create(path).unwrap();
        file.write_all(&b"(kata demi kata\n".repeat(1 << 10)).unwrap();
        let theirs = stop.clone();
        let thread = std::thread::spawn(move || {
            let piece = b"kata demi kata,\n".repeat(1 << 12);
            // Beyond half a gigabyte it begins again: the disk is not to be filled.
            for n in 0_u32.. {
                if theirs.load(Ordering::Relaxed) {
                    break;
                }
                if n % (1 << 13) == 0 {
                    file.set_len(1 << 10).unwrap();
                }
                file.write_all(&piece).unwrap();
            }
        });
        Self { stop, thread: Some(thread) }
    }
}

impl Drop for Growing {
    fn drop(&mut self) {
        self.stop.store(true, Ordering::Relaxed);
        let _ = self.thread.take().unwrap().join();
    }
}

#[test]
fn a_file_that_grows_is_not_followed() {
    let desk = desk();
    std::fs::copy(desk.path().join("trips/articles.ron"), desk.path().join("ours.ron")).unwrap();
    for name in ["growing.txt", "growing.jsonl", "growing.csv"] {
        let _growing = Growing::begin(desk.path().join(name));
        let (code, out, err) = jejak(desk.path(), &["add", "trips", name]);
        assert!(code <= 1 && (out + &err).contains(name), "{name}");
    }
    let _growing = Growing::begin(desk.path().join("growing"));
    for command in commands().into_iter().filter(|command| command[0] != "import" || command[5] == "doccano") {
        let words: Vec<&str> = command.iter().map(|word| if *word == "FILE" { "growing" } else { word }).collect();
        let (code, out, err) = jejak(desk.path(), &words);
        assert_eq!(code, 2, "{words:?}: {out}{err}");
        assert!((out + &err).contains("growing"), "{words:?}");
    }
}

#[test]
fn readers_refuse_what_the_program_is_not_asked_about_in_words() {
    for (thing, why) in THINGS {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().to_owned();
        make(thing, &root.join("settings.ron"));
        std::fs::create_dir_all(root.join(".jejak/.cache")).unwrap();
        make(thing, &root.join(".jejak/.cache/figures"));
        let of = root.clone();
        let settings = in_time(thing, move || Settings::load(&of));
        assert!(settings.unwrap_err().to_string().contains("settings.ron cannot be read"), "{thing}");
        let of = root.clone();
        assert_eq!(in_time(thing, move || cache::read(&of, "figures")), None, "{thing}");
        make(thing, &root.join("project.ron"));
        let of = root.clone();
        let refused = in_time(thing, move || fingerprint(&of)).unwrap_err().to_string();
        assert!(refused.contains("project.ron"), "{thing}: {refused}");
        if thing == "folder" {
            continue;
        }
        let path = root.join("a.jsonl");
        make(thing, &path);
        let of = path.clone();
        assert!(
            in_time(thing, move || read(&of, &Reading::default(), &mut |_| true))
                .unwrap_err()
                .why
                .to_string()
                .contains(why)
        );
        let of = path.clone();
        let refused = in_time(thing, move || ImportFiles::of_paths(&[of]).map(drop)).unwrap_err().to_string();
        assert!(refused.contains("a.jsonl: ") && refused.contains(why), "{refused}");
        let (files, failures) = in_time(thing, move || list(&[root], &Limits::default()));
        assert_eq!(files.len() + failures.len(), 3, "{thing}: {failures:?}");
    }
}

/// Whatever the moment, what was being added is there whole or not at all, and can be added again.
#[test]
fn an_add_that_is_killed_leaves_nothing_half_there() {
    const COUNT: usize = 1_500;
    let folder = tempfile::tempdir().unwrap();
    let line = |n: usize| format!("{{\"text\": \"Berita nomor {n} dari Bandar.\"}}\n");
    std::fs::write(folder.path().join("many.jsonl"), (0..COUNT).map(line).collect::<String>()).unwrap();
    for round in 0..4_u64 {
        let project = format!("round{round}");
        assert_eq!(jejak(folder.path(), &["new", &project]).0, 0);
        let mut add = Command::new(env!("CARGO_BIN_EXE_jejak"));
        add.args(["add", &project, "many.jsonl"]).current_dir(folder.path()).env("USER", "sari");
        let mut add = add.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(100 + 150 * round));
        // It may be done already.
        let _ = add.kill();
        add.wait().unwrap();
        assert_eq!(jejak(folder.path(), &["recover", &project]).0, 0);
        let (code, out, err) = jejak(folder.path(), &["check", &project]);
        assert_eq!(code, 0, "{out}{err}");
        let (_, out, err) = jejak(folder.path(), &["add", &project, "many.jsonl"]);
        let (added, skipped) = (out.matches("added ").count(), out.matches("skipped ").count());
        assert_eq!(added + skipped, COUNT, "{err}");
        assert!(added == COUNT || skipped == COUNT, "a batch is there whole or not at all: {added}, {skipped}");
        let (_, out, _) = jejak(folder.path(), &["stats", &project, "--json"]);
        assert!(out.contains(&format!("\"articles\":{COUNT}")), "{}", &out[..200.min(out.len())]);
        assert_eq!(
            files(&folder.path().join(&project).join("articles")),
            COUNT,
            "each text once, and nothing beside them"
        );
    }
}

fn files(folder: &Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries.map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { 1 }).sum()
}
