//! A stranger's project, its clone, and all that is let loose on it.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use std::sync::mpsc::channel;
use std::time::{Duration, Instant};

use jejak::edit::{CommentEditor, SetEditor};
use jejak::model::{Name, Target};
use jejak::store::{Access, Event, Session};
use jejak::text::Span;

use crate::project::{article, make_older};

/// How long anything may take before it counts as hanging.
pub const PATIENCE: Duration = Duration::from_secs(60);

/// The file that stands outside: nobody but the test writes it.
pub const SECRET: &str = "ssh-ed25519 AAAA kunci ratu\n";

pub fn git(folder: &Path, arguments: &[&str]) {
    let mut git = Command::new("git");
    git.current_dir(folder).args(["-c", "user.name=Orang", "-c", "user.email=orang@example.org"]).args(arguments);
    git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
    let output = git.output().unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
}

/// A stranger's project, its clone, and a folder outside of both.
pub struct World {
    pub root: tempfile::TempDir,
    pub project: PathBuf,
    pub outside: PathBuf,
}

impl World {
    /// Makes the project with one article and annotators `a` and `b`, lets the stranger plant in it, and clones it.
    pub fn new(plant: impl FnOnce(&Path, &Path)) -> Self {
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
pub fn age(folder: &Path) {
    let mut touch = Command::new("find");
    touch.arg(folder).args(["-type", "f", "-exec", "touch", "-d", "1 hour ago", "{}", "+"]);
    assert!(touch.status().unwrap().success());
}

pub fn copy(from: &Path, to: &Path) {
    let status = Command::new("cp").arg("-a").arg(from).arg(to).status().unwrap();
    assert!(status.success());
}

/// Everything in a folder: kind and permissions, time of change, how many names, and what stands in it.
pub fn snapshot(folder: &Path) -> BTreeMap<PathBuf, (u32, i64, i64, Vec<u8>)> {
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

/// The outcome of a session's work.
#[derive(Debug, Default)]
pub struct Said {
    pub opened: bool,
    /// True where the session said at its end that all is saved.
    pub saved: bool,
    pub sentences: Vec<String>,
}

/// Opens as this annotator, labels, comments, undoes and redoes, and closes.
pub fn work(dir: &Path, annotator: &str) -> Said {
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
            let editor = SetEditor::new(session.corpus(), (id.clone(), who.clone()));
            let (label, _) = editor.label(&Name::new("person"), vec![Span::new(0, 5)]);
            errors.extend(session.commit(label).err());
        }
        Err(error) => errors.push(error),
    }
    let (comment, _) = CommentEditor::new(session.corpus(), &who).add(&id, Target::Words, Vec::new(), "tanya");
    errors.extend(session.commit(comment).err());
    errors.extend(session.undo().err());
    errors.extend(session.redo().err());
    errors.extend(session.flush().err());
    for event in session.poll() {
        if let Event::Failed(why) = event {
            said.sentences.push(why.to_string());
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
pub fn work_in_time(dir: &Path, annotator: &'static str, name: &str) -> Said {
    let (done, finished) = channel();
    let dir = dir.to_owned();
    std::thread::spawn(move || done.send(work(&dir, annotator)));
    finished.recv_timeout(PATIENCE).unwrap_or_else(|_| panic!("{name}: the session hangs, or has panicked"))
}

/// The output of a command of the real program; it may not hang.
pub fn run(folder: &Path, arguments: &[&str]) -> Output {
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
pub fn commands(world: &World, path: &str, name: &str) {
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
