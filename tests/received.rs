//! A project received from a stranger writes nowhere else: whatever was planted in it, in a clone or after, files outside
//! stay as they are, each refusal is one sentence that names the path, and the rest opens.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the stranger.

#[path = "store/project.rs"]
mod project;

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt as _, symlink};
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use jejak::edit::{Desk, Remarks};
use jejak::model::{Name, Target};
use jejak::store::{Access, Event, OpenError, Session, scan};
use jejak::text::{Span, sha256_hex};
use project::{article, make_older};

/// How long anything may take before it counts as hanging.
const PATIENCE: Duration = Duration::from_secs(60);

/// What stands outside: nobody but the test writes it.
const SECRET: &str = "ssh-ed25519 AAAA kunci ratu\n";

fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "user.name=Orang", "-c", "user.email=orang@example.org"]).args(arguments);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A stranger's project, its clone, and a folder outside of both.
struct World {
    root: tempfile::TempDir,
    project: PathBuf,
    outside: PathBuf,
}

impl World {
    /// Makes the project with one article and annotators `a` and `b`, lets the stranger plant in it, and clones it.
    fn new(plant: impl FnOnce(&Path, &Path)) -> Self {
        let root = tempfile::tempdir().unwrap();
        let (origin, outside) = (root.path().join("origin"), root.path().join("outside"));
        fs::create_dir(&outside).unwrap();
        fs::write(outside.join("keys"), SECRET).unwrap();
        fs::write(outside.join("empty"), "").unwrap();
        let made = make_older(1);
        for annotator in ["a", "b"] {
            work(made.path(), annotator);
        }
        fs::remove_dir_all(made.path().join(".jejak")).unwrap();
        copy(made.path(), &origin);
        git(&origin, &["init", "-q"]);
        plant(&origin, &outside);
        git(&origin, &["add", "-A", "-f", "."]);
        git(&origin, &["commit", "-q", "-m", "untuk semua"]);
        git(root.path(), &["clone", "-q", "origin", "clone"]);
        Self { project: root.path().join("clone"), outside, root }
    }
}

/// Makes everything in a folder an hour old: of what was changed just now, nothing is kept.
fn age(folder: &Path) {
    let mut touch = Command::new("find");
    touch.arg(folder).args(["-type", "f", "-exec", "touch", "-d", "1 hour ago", "{}", "+"]);
    assert!(touch.status().unwrap().success());
}

fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap();
    assert!(status.success());
}

/// Everything in a folder: kind and permissions, time of change, how many names, and what stands in it.
fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (u32, i64, i64, Vec<u8>)> {
    let mut all = BTreeMap::new();
    let mut paths = vec![folder.to_owned()];
    while let Some(path) = paths.pop() {
        let found = fs::symlink_metadata(&path).unwrap();
        let mut content = Vec::new();
        if found.is_dir() {
            paths.extend(fs::read_dir(&path).unwrap().map(|entry| entry.unwrap().path()));
        } else if found.is_file() {
            content = fs::read(&path).unwrap();
        }
        all.insert(path, (found.mode(), found.mtime(), found.mtime_nsec(), content));
    }
    all
}

/// What came of a session's work.
#[derive(Debug, Default)]
struct Said {
    opened: bool,
    /// Whether the session said at its end that all is saved.
    saved: bool,
    sentences: Vec<String>,
}

/// Opens as this annotator, labels, comments, undoes and redoes, and closes.
fn work(dir: &Path, annotator: &str) -> Said {
    let mut said = Said::default();
    let who = Name::new(annotator);
    let mut session = match Session::open(dir, &who, Access::Write) {
        Ok(session) => session,
        Err(error) => {
            said.sentences.push(error.to_string());
            return said;
        }
    };
    said.opened = true;
    let id = article("000");
    let mut errors = Vec::new();
    match session.load(&id, std::slice::from_ref(&who)) {
        Ok(()) => {
            let desk = Desk::new(session.corpus(), (id.clone(), who.clone()));
            let (label, _) = desk.label(&Name::new("person"), vec![Span::new(0, 5)]);
            errors.extend(session.commit(label).err());
        }
        Err(error) => errors.push(error),
    }
    let (comment, _) = Remarks::new(session.corpus(), &who).say(&id, Target::Words, Vec::new(), "tanya");
    errors.extend(session.commit(comment).err());
    errors.extend(session.undo().err());
    errors.extend(session.redo().err());
    errors.extend(session.flush().err());
    for event in session.poll() {
        if let Event::Failed(why) = event {
            said.sentences.push(why);
        }
    }
    said.sentences.extend(session.problems().iter().map(ToString::to_string));
    match session.close() {
        Ok(()) => said.saved = errors.is_empty(),
        Err(error) => errors.push(error),
    }
    said.sentences.extend(errors.iter().map(ToString::to_string));
    said
}

/// As [`work`], on a thread that may not hang.
fn work_in_time(dir: &Path, annotator: &'static str, name: &str) -> Said {
    let (done, finished) = channel();
    let dir = dir.to_owned();
    std::thread::spawn(move || done.send(work(&dir, annotator)));
    finished.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{name}: the session hangs, or has panicked"))
}

/// What a command of the real program says; it may not hang.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.args(arguments).current_dir(folder).env("USER", "zed").stdin(Stdio::null());
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        if start.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("jejak {arguments:?} hangs");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().unwrap()
}

/// Lets every command loose on the project; each that refuses says so in one sentence that names `path`.
fn commands(world: &World, path: &str, name: &str) {
    let root = world.root.path();
    fs::write(root.join("baru.txt"), "Raka pulang dari Muara pada hari Senin.\n").unwrap();
    let line = "{\"text\": \"Wati tiba di Teluk.\", \"entities\": [{\"id\": 1, \"label\": \"person\", \"start_offset\": 0, \
                \"end_offset\": 4}], \"relations\": []}\n";
    fs::write(root.join("luar.jsonl"), line).unwrap();
    let all: [&[&str]; 8] = [
        &["check", "clone"],
        &["stats", "clone"],
        &["comments", "clone"],
        &["agreement", "clone", "--sets", "a,b", "--quick"],
        &["add", "clone", "baru.txt", "--annotator", "zed"],
        &["import", "clone", "--format", "doccano", "--annotator", "zed", "luar.jsonl"],
        &["adjudicate", "clone", "--sets", "a,b"],
        &["export", "clone", "--format", "jejak-jsonl", "--set", "a", "--out", "-"],
    ];
    for arguments in all {
        let output = run(root, arguments);
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(!said.contains("panicked"), "{name}: {arguments:?}: {said}");
        match output.status.code() {
            Some(0 | 1) => {}
            // In a folder of sets that is none there is nobody; `check` says why.
            Some(2) => {
                // Edits that wait in a journal are told of beside it, or are why an export is refused.
                let mut refused = said.lines().filter(|line| line.starts_with("jejak: "));
                let refused = (refused.next().unwrap_or_default(), refused.next());
                assert!(
                    refused.1.is_none()
                        && [path, "there is no ", "jejak recover"].iter().any(|why| refused.0.contains(why)),
                    "{name}: {arguments:?} refuses otherwise: {said}"
                );
            }
            code => panic!("{name}: {arguments:?} ended with {code:?}: {said}"),
        }
    }
}

/// What is planted, and what may become of it.
struct Case {
    name: &'static str,
    /// The path that whoever refuses names.
    path: &'static str,
    /// Whether a session of `zed` opens, and whether all that it does is saved.
    opens: bool,
    saves: bool,
    plant: fn(&Path, &Path),
}

/// Puts a link to `target` at `path`, in place of what is there.
fn link(project: &Path, path: &str, target: &Path) {
    let at = project.join(path);
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    if at.is_dir() {
        fs::remove_dir_all(&at).unwrap();
    } else {
        let _ = fs::remove_file(&at);
    }
    symlink(target, at).unwrap();
}

/// Moves something of the project outside and leaves a link in its place.
fn moved(project: &Path, path: &str, outside: &Path) {
    let target = outside.join(path.replace('/', "-"));
    copy(&project.join(path), &target);
    link(project, path, &target);
}

fn fifo(project: &Path, path: &str) {
    let at = project.join(path);
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    assert!(Command::new("mkfifo").arg(at).status().unwrap().success());
}

fn socket(project: &Path, path: &str) {
    let at = project.join(path);
    fs::create_dir_all(at.parent().unwrap()).unwrap();
    // The name stays when nobody listens any more.
    drop(UnixListener::bind(at).unwrap());
}

/// What git carries.
const COMMITTED: &[Case] = &[
    Case {
        name: "the journal is a link",
        path: ".jejak/zed/journal",
        opens: false,
        saves: false,
        plant: |project, outside| link(project, ".jejak/zed/journal", &outside.join("keys")),
    },
    Case {
        name: "the journal is a link to nothing",
        path: ".jejak/zed/journal",
        opens: false,
        saves: false,
        plant: |project, outside| link(project, ".jejak/zed/journal", &outside.join("new")),
    },
    Case {
        name: "who holds the lock is a link",
        path: ".jejak/zed/lock.who",
        opens: true,
        saves: true,
        plant: |project, outside| link(project, ".jejak/zed/lock.who", &outside.join("keys")),
    },
    Case {
        name: "the lock is a link",
        path: ".jejak/zed/lock",
        opens: false,
        saves: false,
        plant: |project, outside| link(project, ".jejak/zed/lock", &outside.join("empty")),
    },
    Case {
        name: "the lock is a link to nothing",
        path: ".jejak/zed/lock",
        opens: false,
        saves: false,
        plant: |project, outside| link(project, ".jejak/zed/lock", &outside.join("new")),
    },
    Case {
        name: "the program's folder is a link",
        path: ".jejak",
        opens: false,
        saves: false,
        plant: |project, outside| link(project, ".jejak", outside),
    },
    Case {
        name: "the annotator's folder is a link",
        path: ".jejak/zed",
        opens: false,
        saves: false,
        plant: |project, outside| link(project, ".jejak/zed", outside),
    },
    Case {
        name: "the texts are a link",
        path: "articles",
        opens: true,
        saves: false,
        plant: |project, outside| moved(project, "articles", outside),
    },
    Case {
        name: "a text is a link",
        path: "articles/000.txt",
        opens: true,
        saves: false,
        plant: |project, outside| moved(project, "articles/000.txt", outside),
    },
    Case {
        name: "the next text is a link",
        path: "articles/001.txt",
        opens: true,
        saves: true,
        plant: |project, outside| link(project, "articles/001.txt", &outside.join("keys")),
    },
    Case {
        name: "the annotator's sets are a link",
        path: "sets/zed",
        opens: true,
        saves: false,
        plant: |project, outside| link(project, "sets/zed", outside),
    },
    Case {
        name: "all sets are a link",
        path: "sets",
        opens: true,
        saves: false,
        plant: |project, outside| moved(project, "sets", outside),
    },
    Case {
        name: "another's sets are a link",
        path: "sets/a",
        opens: true,
        saves: true,
        plant: |project, outside| moved(project, "sets/a", outside),
    },
    Case {
        name: "a set is a link",
        path: "sets/zed/000.ron",
        opens: true,
        saves: false,
        plant: |project, outside| link(project, "sets/zed/000.ron", &outside.join("keys")),
    },
    Case {
        name: "a set is a link to another set",
        path: "sets/zed/000.ron",
        opens: true,
        saves: false,
        plant: |project, _| link(project, "sets/zed/000.ron", Path::new("../a/000.ron")),
    },
    Case {
        name: "the comments are a link",
        path: "sets/zed/comments.ron",
        opens: true,
        saves: false,
        plant: |project, outside| link(project, "sets/zed/comments.ron", &outside.join("new")),
    },
    Case {
        name: "the referents are a link",
        path: "sets/zed/referents.ron",
        opens: true,
        saves: true,
        plant: |project, outside| link(project, "sets/zed/referents.ron", &outside.join("keys")),
    },
    Case {
        name: "the list of articles is a link",
        path: "articles.ron",
        opens: false,
        saves: false,
        plant: |project, outside| moved(project, "articles.ron", outside),
    },
    Case {
        name: "the project's own file is a link",
        path: "project.ron",
        opens: false,
        saves: false,
        plant: |project, outside| moved(project, "project.ron", outside),
    },
    Case {
        name: "the schema is a link",
        path: "schema.ron",
        opens: false,
        saves: false,
        plant: |project, outside| moved(project, "schema.ron", outside),
    },
    Case {
        name: "the lock of all files is a link",
        path: ".jejak/write.lock",
        opens: true,
        saves: false,
        plant: |project, outside| link(project, ".jejak/write.lock", &outside.join("empty")),
    },
    Case {
        name: "what could not be merged is a link",
        path: ".jejak/zed/conflicts.ron",
        opens: true,
        saves: true,
        plant: |project, outside| link(project, ".jejak/zed/conflicts.ron", &outside.join("keys")),
    },
    Case {
        name: "the caches are a link",
        path: ".jejak/.cache",
        opens: true,
        saves: true,
        plant: |project, outside| link(project, ".jejak/.cache", outside),
    },
    Case {
        name: "a cache is a link",
        path: ".jejak/.cache/",
        opens: true,
        saves: true,
        plant: |project, outside| {
            // Which file it is, the program says itself.
            let quick = ["agreement", ".", "--sets", "a,b", "--quick"];
            age(project);
            assert_eq!(run(project, &quick).status.code(), Some(0));
            let caches: Vec<PathBuf> =
                fs::read_dir(project.join(".jejak/.cache")).unwrap().map(|it| it.unwrap().path()).collect();
            assert!(!caches.is_empty(), "figures are kept");
            for cache in caches {
                link(project, cache.strip_prefix(project).unwrap().to_str().unwrap(), &outside.join("keys"));
            }
        },
    },
    Case {
        name: "git's list is a link",
        path: ".gitignore",
        opens: true,
        saves: true,
        plant: |project, outside| link(project, ".gitignore", &outside.join("keys")),
    },
    Case {
        name: "names of files in the making are links",
        path: ".000.ron.tmp",
        opens: true,
        saves: true,
        plant: |project, outside| {
            let names = ["sets/zed/.000.ron.tmp", "sets/zed/.comments.ron.tmp", ".articles.ron.tmp"];
            let own = [".jejak/zed/.journal.tmp", ".jejak/zed/.lock.who.tmp", "articles/.001.txt.tmp"];
            for name in names.into_iter().chain(own) {
                link(project, name, &outside.join("keys"));
            }
        },
    },
    Case {
        name: "a journal from elsewhere is a link",
        path: ".jejak/zed/journal.elsewhere",
        opens: true,
        saves: true,
        plant: |project, outside| link(project, ".jejak/zed/journal.elsewhere", &outside.join("keys")),
    },
];

/// What git does not carry, and other means of sharing a folder do.
const MADE_LATER: &[Case] = &[
    Case {
        name: "the journal has a second name, and is no journal",
        path: ".jejak/zed/journal",
        opens: true,
        saves: true,
        plant: |project, outside| {
            fs::create_dir_all(project.join(".jejak/zed")).unwrap();
            fs::hard_link(outside.join("keys"), project.join(".jejak/zed/journal")).unwrap();
        },
    },
    Case {
        name: "the journal has a second name",
        path: ".jejak/zed/journal",
        opens: true,
        saves: true,
        plant: |project, outside| {
            assert!(work(project, "zed").saved);
            fs::hard_link(project.join(".jejak/zed/journal"), outside.join("journal")).unwrap();
        },
    },
    Case {
        name: "what could not be merged has a second name",
        path: ".jejak/zed/conflicts.ron",
        opens: true,
        saves: true,
        plant: |project, outside| {
            fs::create_dir_all(project.join(".jejak/zed")).unwrap();
            fs::hard_link(outside.join("keys"), project.join(".jejak/zed/conflicts.ron")).unwrap();
        },
    },
    Case {
        name: "the lock has a second name",
        path: ".jejak/zed/lock",
        opens: true,
        saves: true,
        plant: |project, outside| {
            fs::create_dir_all(project.join(".jejak/zed")).unwrap();
            fs::hard_link(outside.join("keys"), project.join(".jejak/zed/lock")).unwrap();
        },
    },
    Case {
        name: "a set has a second name",
        path: "sets/zed/000.ron",
        opens: true,
        saves: true,
        plant: |project, outside| {
            assert!(work(project, "zed").saved);
            fs::hard_link(project.join("sets/zed/000.ron"), outside.join("set")).unwrap();
        },
    },
    Case {
        name: "the lock is a pipe",
        path: ".jejak/zed/lock",
        opens: false,
        saves: false,
        plant: |project, _| fifo(project, ".jejak/zed/lock"),
    },
    Case {
        name: "the lock is a socket",
        path: ".jejak/zed/lock",
        opens: false,
        saves: false,
        plant: |project, _| socket(project, ".jejak/zed/lock"),
    },
    Case {
        name: "the lock of all files is a pipe",
        path: ".jejak/write.lock",
        opens: true,
        saves: false,
        plant: |project, _| fifo(project, ".jejak/write.lock"),
    },
    Case {
        name: "the journal is a pipe",
        path: ".jejak/zed/journal",
        opens: false,
        saves: false,
        plant: |project, _| fifo(project, ".jejak/zed/journal"),
    },
    Case {
        name: "the journal is a socket",
        path: ".jejak/zed/journal",
        opens: false,
        saves: false,
        plant: |project, _| socket(project, ".jejak/zed/journal"),
    },
    Case {
        name: "a set is a pipe",
        path: "sets/zed/000.ron",
        opens: true,
        saves: false,
        plant: |project, _| fifo(project, "sets/zed/000.ron"),
    },
    Case {
        name: "a set is a socket",
        path: "sets/zed/000.ron",
        opens: true,
        saves: false,
        plant: |project, _| socket(project, "sets/zed/000.ron"),
    },
    Case {
        name: "the comments are a pipe",
        path: "sets/zed/comments.ron",
        opens: true,
        saves: false,
        plant: |project, _| fifo(project, "sets/zed/comments.ron"),
    },
    Case {
        name: "a text is a pipe",
        path: "articles/000.txt",
        opens: true,
        saves: false,
        plant: |project, _| {
            fs::remove_file(project.join("articles/000.txt")).unwrap();
            fifo(project, "articles/000.txt");
        },
    },
    Case {
        name: "the list of articles is a pipe",
        path: "articles.ron",
        opens: false,
        saves: false,
        plant: |project, _| {
            fs::remove_file(project.join("articles.ron")).unwrap();
            fifo(project, "articles.ron");
        },
    },
];

fn play(case: &Case, world: &World) {
    let name = case.name;
    let before = snapshot(&world.outside);
    let plain = fs::symlink_metadata(world.project.join(case.path)).is_ok_and(|it| it.is_file() || it.is_dir());
    // A cache and a file in the making are named by what they are called in full.
    let named = !plain && !case.path.ends_with('/');

    let checked = run(world.root.path(), &["check", "clone"]);
    let out = String::from_utf8_lossy(&checked.stdout);
    match checked.status.code() {
        // Without its own files it is no project to look at.
        Some(2) => assert!(String::from_utf8_lossy(&checked.stderr).contains(case.path), "{name}: {checked:?}"),
        _ if named => assert!(
            out.lines().any(|line| line.contains(case.path) && line.contains("(not-a-file)")),
            "{name}: check does not name it: {out}"
        ),
        _ => {}
    }

    let said = work_in_time(&world.project, "zed", name);
    assert_eq!((said.opened, said.saved), (case.opens, case.saves), "{name}: {:#?}", said.sentences);
    for sentence in &said.sentences {
        assert!(!sentence.trim().contains('\n'), "{name}: more than one sentence: {sentence}");
    }
    if !said.saved {
        assert!(said.sentences.iter().any(|it| it.contains(case.path)), "{name}: {:#?}", said.sentences);
    }
    if said.opened {
        assert!(scan(&world.project).is_ok(), "{name}: the rest is there");
    } else {
        assert_eq!(said.sentences.len(), 1, "{name}: {:#?}", said.sentences);
    }
    if said.saved {
        let set = fs::read_to_string(world.project.join("sets/zed/000.ron")).unwrap();
        assert!(set.contains("\"person\""), "{name}: {set}");
        assert!(fs::symlink_metadata(world.project.join("sets/zed/000.ron")).unwrap().is_file(), "{name}");
    }
    commands(world, case.path, name);
    assert_eq!(snapshot(&world.outside), before, "{name}: something outside has changed");
}

#[test]
fn what_a_stranger_committed_leads_nowhere() {
    for case in COMMITTED {
        play(case, &World::new(case.plant));
    }
}

#[test]
fn what_git_does_not_carry_leads_nowhere_either() {
    for case in MADE_LATER {
        let world = World::new(|_, _| {});
        (case.plant)(&world.project, &world.outside);
        play(case, &world);
    }
}

#[test]
fn whoever_only_reads_is_told_and_reads() {
    for path in [".jejak/zed/journal", ".jejak/zed/lock", ".jejak/zed", ".jejak"] {
        let world = World::new(|project, outside| link(project, path, &outside.join("keys")));
        let session = Session::open(&world.project, &Name::new("zed"), Access::Read).unwrap();
        assert_eq!(session.corpus().articles().len(), 1, "{path}");
        if !path.ends_with("lock") {
            let said: Vec<String> = session.problems().iter().map(ToString::to_string).collect();
            assert!(said.iter().any(|it| it.contains(path)), "{path}: {said:?}");
        }
    }
}

/// A clone in which `zed` and another program changed one record at once, with something planted where the other's is kept.
#[test]
fn what_could_not_be_merged_is_kept_in_the_project_or_said() {
    type Plant = fn(&Path, &Path);
    let plants: [(&str, Plant); 3] = [
        ("link", |own, outside| symlink(outside.join("keys"), own.join("conflicts.ron")).unwrap()),
        ("second name", |own, outside| fs::hard_link(outside.join("keys"), own.join("conflicts.ron")).unwrap()),
        ("pipe", |own, _| assert!(Command::new("mkfifo").arg(own.join("conflicts.ron")).status().unwrap().success())),
    ];
    for (name, plant) in plants {
        let world = World::new(|_, _| {});
        let who = Name::new("zed");
        assert!(work(&world.project, "zed").saved);
        plant(&world.project.join(".jejak/zed"), &world.outside);
        let before = snapshot(&world.outside);
        let mut session = Session::open(&world.project, &who, Access::Write).unwrap();
        session.load(&article("000"), std::slice::from_ref(&who)).unwrap();
        let id = session.corpus().set(&article("000"), &who).unwrap().iter().next().unwrap().id;
        let path = world.project.join("sets/zed/000.ron");
        let theirs = fs::read_to_string(&path).unwrap().replace(", origin: (", ", note: \"punya orang\", origin: (");
        let note = Desk::new(session.corpus(), (article("000"), who.clone())).note(id, "punya zed");
        session.commit(note).unwrap();
        fs::write(&path, theirs).unwrap();
        session.flush().unwrap();
        session.poll();
        let said: Vec<String> = session.problems().iter().map(ToString::to_string).collect();
        assert!(said.iter().any(|it| it.contains("conflicts.ron") && it.contains("punya orang")), "{name}: {said:?}");
        session.close().unwrap();
        assert!(fs::read_to_string(&path).unwrap().contains("punya zed"), "{name}");
        assert_eq!(snapshot(&world.outside), before, "{name}");
    }
}

#[test]
fn a_new_project_is_not_made_through_links() {
    for path in ["schema.ron", "articles.ron", "project.ron", ".gitignore", ".gitattributes"] {
        let world = World::new(|_, _| {});
        let dir = world.project.join("baru");
        fs::create_dir(&dir).unwrap();
        symlink(world.outside.join("new"), dir.join(path)).unwrap();
        let before = snapshot(&world.outside);
        let output = run(&world.project, &["new", "baru", "--title", "Baru"]);
        let said = String::from_utf8_lossy(&output.stderr);
        if path.starts_with('.') {
            assert_eq!(output.status.code(), Some(0), "{path}: {said}");
        } else {
            assert_eq!((output.status.code(), said.lines().count()), (Some(2), 1), "{path}: {said}");
            assert!(said.contains("baru"), "{said}");
        }
        assert_eq!(snapshot(&world.outside), before, "{path}");
    }
}

#[test]
fn a_project_behind_a_link_works_as_ever() {
    let world = World::new(|_, _| {});
    let behind = world.root.path().join("behind");
    symlink(&world.project, &behind).unwrap();
    let said = work(&behind, "zed");
    assert!(said.saved && said.sentences.is_empty(), "{:?}", said.sentences);
    assert_eq!(run(world.root.path(), &["check", "behind"]).status.code(), Some(0));
    // And behind another one, above it.
    let above = world.root.path().join("above");
    symlink(world.root.path(), &above).unwrap();
    assert!(work(&above.join("clone"), "zed").saved);
    assert!(world.project.join("sets/zed/000.ron").is_file());
}

/// Edits that a stranger left in a journal, kept in the files or not.
fn with_journal(kept: bool) -> World {
    World::new(|project, _| {
        let who = Name::new("zed");
        let mut session = Session::open(project, &who, Access::Write).unwrap();
        session.load(&article("000"), std::slice::from_ref(&who)).unwrap();
        let desk = Desk::new(session.corpus(), (article("000"), who.clone()));
        let (label, _) = desk.label(&Name::new("place"), vec![Span::new(0, 5)]);
        session.commit(label).unwrap();
        if kept {
            session.close().unwrap();
        } else {
            while session.save_state() != jejak::store::SaveState::Saved {
                std::thread::sleep(Duration::from_millis(2));
            }
            drop(session);
            assert!(!project.join("sets/zed").exists(), "the edits are in the journal alone");
        }
    })
}

#[test]
fn edits_in_a_strangers_journal_wait_until_a_person_takes_them_in() {
    let world = with_journal(false);
    let who = Name::new("zed");
    let checked = run(world.root.path(), &["check", "clone"]);
    assert!(String::from_utf8_lossy(&checked.stdout).contains("(journal-elsewhere)"), "{checked:?}");
    // Whoever only reads is told as well, and changes nothing.
    let reader = Session::open(&world.project, &who, Access::Read).unwrap();
    assert!(reader.problems().iter().any(|problem| problem.code == "journal-elsewhere"), "{:?}", reader.problems());
    drop(reader);
    assert!(world.project.join(".jejak/zed/journal").exists());

    let mut session = Session::open(&world.project, &who, Access::Write).unwrap();
    session.load(&article("000"), std::slice::from_ref(&who)).unwrap();
    assert!(session.corpus().set(&article("000"), &who).unwrap().is_empty());
    assert_eq!(session.history().depth(), (0, 0), "a stranger's work is no work to undo");
    let told: Vec<_> = session.problems().iter().map(|it| (it.code, it.file.clone().unwrap_or_default())).collect();
    assert_eq!(told, [("journal-elsewhere", ".jejak/zed/journal.elsewhere".to_owned())]);
    assert_eq!(session.elsewhere(), [(".jejak/zed/journal.elsewhere".to_owned(), 1)]);
    session.close().unwrap();
    assert!(!world.project.join("sets/zed").exists(), "nothing of it is written");

    // It waits on, and comes in where a person says so.
    let mut session = Session::open(&world.project, &who, Access::Write).unwrap();
    assert_eq!(session.bring_in_elsewhere().unwrap(), 1);
    session.close().unwrap();
    assert!(fs::read_to_string(world.project.join("sets/zed/000.ron")).unwrap().contains("\"place\""));
    let mut session = Session::open(&world.project, &who, Access::Write).unwrap();
    assert!(session.problems().is_empty(), "{:?}", session.problems());
    assert!(session.undo().unwrap().is_some(), "it is undone as any other change");
    session.close().unwrap();
}

#[test]
fn a_strangers_journal_without_waiting_edits_is_nothing() {
    let world = with_journal(true);
    let who = Name::new("zed");
    let mut session = Session::open(&world.project, &who, Access::Write).unwrap();
    assert!(session.problems().is_empty(), "{:?}", session.problems());
    assert_eq!(session.history().depth(), (0, 0));
    session.load(&article("000"), std::slice::from_ref(&who)).unwrap();
    assert_eq!(session.corpus().set(&article("000"), &who).unwrap().len(), 1, "what is in the files is work");
    assert!(session.undo().unwrap().is_none());
    session.close().unwrap();
}

#[test]
fn a_journal_of_an_older_version_or_with_a_forged_beginning_is_not_believed() {
    for forged in [true, false] {
        let world = with_journal(false);
        let journal = world.project.join(".jejak/zed/journal");
        let content = fs::read_to_string(&journal).unwrap();
        let (head, rest) = content.split_once('\n').unwrap();
        assert!(head.contains("Place("), "{head}");
        let other = "0 Place(\"1-1\")";
        let other = format!("{} {other}\n", &sha256_hex(other.as_bytes())[..12]);
        fs::write(&journal, if forged { other + rest } else { rest.to_owned() }).unwrap();
        let session = Session::open(&world.project, &Name::new("zed"), Access::Write).unwrap();
        assert!(session.problems().iter().any(|it| it.code == "journal-elsewhere"), "{:?}", session.problems());
        assert_eq!(session.history().depth(), (0, 0));
    }
}

#[test]
fn a_strangers_cache_is_not_believed() {
    let world = World::new(|_, _| {});
    let quick = ["agreement", ".", "--sets", "a,b", "--json"];
    age(&world.project);
    let before = run(&world.project, &quick);
    assert_eq!(before.status.code(), Some(0), "{before:?}");
    assert!(world.project.join(".jejak/.cache").is_dir(), "figures are kept");
    // The copy has another set under the same size and time of change, by which a cache is known to be right.
    let copied = world.root.path().join("copy");
    copy(&world.project, &copied);
    let set = copied.join("sets/b/000.ron");
    let changed = fs::metadata(&set).unwrap().modified().unwrap();
    let content = fs::read_to_string(&set).unwrap();
    let other = content.replace("label: \"person\"", "label: \"claim_\"").replace("claim_\"", "place\" ");
    assert!(other != content && other.len() == content.len());
    fs::write(&set, other).unwrap();
    fs::File::options().write(true).open(&set).unwrap().set_modified(changed).unwrap();
    let believed = run(&copied, &quick);
    fs::remove_dir_all(copied.join(".jejak/.cache")).unwrap();
    let counted = run(&copied, &quick);
    assert_eq!(String::from_utf8_lossy(&believed.stdout), String::from_utf8_lossy(&counted.stdout));
    assert_ne!(before.stdout, counted.stdout, "the sets do differ");
}

#[test]
fn a_folder_that_is_no_project_is_not_made_one() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("keys"), SECRET).unwrap();
    let before = snapshot(folder.path());
    let error = Session::open(folder.path(), &Name::new("zed"), Access::Write).unwrap_err();
    assert!(matches!(error, OpenError::NotAProject { .. }), "{error}");
    assert_eq!(snapshot(folder.path()), before);
}
