//! Power cuts: a child process works on a project and says what is saved; it is killed, or the disk refuses. Whatever
//! it said is there afterwards, and every file parses.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::print_stdout)] // A test may stop at once; the child speaks on its output.

#[path = "common/dice.rs"]
mod dice;
#[path = "common/disk.rs"]
mod disk;
#[path = "store/project.rs"]
mod project;

use std::hash::{DefaultHasher, Hash, Hasher};
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use dice::Dice;
use disk::Disk;
use jejak::edit::{CommentEditor, SetEditor, Transaction};
use jejak::model::{Corpus, Name, Target};
use jejak::store::{Access, SaveState, Session, check_files};
use jejak::text::Span;
use project::{article, make};

const KILLS: u64 = 200;
const ARTICLES: [&str; 3] = ["000", "001", "002"];

/// Everything in the sets, as one number.
fn digest(corpus: &Corpus) -> u64 {
    let mut hasher = DefaultHasher::new();
    for id in ARTICLES {
        if let Some(set) = corpus.set(&article(id), &Name::new("a")).filter(|set| !set.is_empty()) {
            for record in set.iter() {
                record.hash(&mut hasher);
            }
            set.progress().hash(&mut hasher);
        }
    }
    corpus.comments(&Name::new("a")).filter(|all| !all.is_empty()).hash(&mut hasher);
    hasher.finish()
}

fn open(dir: &Path) -> Session {
    let mut session = Session::open(dir, &Name::new("a"), Access::Write).unwrap();
    for id in ARTICLES {
        session.load(&article(id), &[Name::new("a")]).unwrap();
    }
    session
}

/// Something random to do.
fn work(session: &Session, dice: &mut Dice) -> Transaction {
    let id = article(ARTICLES[dice.roll(3) as usize]);
    let editor = SetEditor::new(session.corpus(), (id.clone(), Name::new("a")));
    let set = session.corpus().set(&id, &Name::new("a")).unwrap();
    let some = set.iter().nth(dice.roll(set.len().max(1) as u64) as usize).map(|record| record.id);
    match (dice.roll(10), some) {
        (0, Some(some)) => editor.delete(&[some]),
        (3, Some(some)) => editor.relabel(&[some], &Name::new("claim")),
        (1..3, Some(some)) => editor.note(some, &format!("catatan {}", dice.roll(1 << 40))),
        (4, _) => {
            let said = format!("tanya {}", dice.roll(1 << 40));
            CommentEditor::new(session.corpus(), &Name::new("a")).add(&id, Target::Words, Vec::new(), &said).0
        }
        _ => {
            let at = dice.roll(40) as u32;
            editor.label(&Name::new("trip"), vec![Span::new(at % 4, at % 4 + 1)]).0
        }
    }
}

/// The work of the child: it tells what it is about to do, does it, and tells when it is saved. It ends where saving fails.
fn work_and_tell(dir: &Path, seed: u64) {
    let mut dice = Dice(seed);
    let mut session = open(dir);
    let mut step = 0_u64;
    // The harness has begun a line of its own.
    println!("\ndo {step} {}", digest(session.corpus()));
    println!("saved {step}");
    loop {
        for _ in 0..=dice.roll(3) {
            let (mut after, mut undo) = (session.corpus().clone(), None);
            let transaction = match dice.roll(8) {
                0 if session.history().to_undo().is_some() => {
                    undo = Some(true);
                    session.history().to_undo().unwrap().inverse()
                }
                1 if session.history().to_redo().is_some() => {
                    undo = Some(false);
                    Transaction::clone(session.history().to_redo().unwrap())
                }
                _ => work(&session, &mut dice),
            };
            transaction.apply(&mut after).unwrap();
            step += 1;
            println!("do {step} {}", digest(&after));
            match undo {
                Some(true) => drop(session.undo().unwrap()),
                Some(false) => drop(session.redo().unwrap()),
                None => drop(session.commit(transaction).unwrap()),
            }
        }
        if dice.roll(6) == 0 && session.flush().is_err() {
            println!("refused");
            return;
        }
        loop {
            session.poll();
            match session.save_state() {
                SaveState::Saved => break,
                SaveState::Failed(why) => {
                    println!("refused: {why}");
                    return;
                }
                _ => std::thread::yield_now(),
            }
        }
        println!("saved {step}");
    }
}

/// Not a test: what a child process runs, as the other tests start it.
#[test]
fn child() {
    let Some(dir) = std::env::var_os("JEJAK_KILL_DIR") else { return };
    let number = |name: &str| std::env::var(name).ok().and_then(|text| text.parse::<u64>().ok());
    if let Some(limit) = number("JEJAK_KILL_LIMIT") {
        limit_files(limit);
    }
    work_and_tell(Path::new(&dir), number("JEJAK_KILL_SEED").unwrap());
}

/// No file of this process may grow beyond `bytes`; writing more is an error and not a signal.
#[allow(unsafe_code)] // There is no safe way to set a limit of the process.
fn limit_files(bytes: u64) {
    let limit = libc::rlimit { rlim_cur: bytes, rlim_max: bytes };
    // SAFETY: both calls only read their arguments, and nothing else in this process has set a handler.
    unsafe {
        assert_ne!(libc::signal(libc::SIGXFSZ, libc::SIG_IGN), libc::SIG_ERR);
        assert_eq!(libc::setrlimit(libc::RLIMIT_FSIZE, &raw const limit), 0);
    }
}

fn start(dir: &Path, seed: u64, limit: Option<u64>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "child", "--nocapture", "--test-threads=1"]);
    command.env("JEJAK_KILL_DIR", dir).env("JEJAK_KILL_SEED", seed.to_string());
    if let Some(limit) = limit {
        command.env("JEJAK_KILL_LIMIT", limit.to_string());
    }
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// The report of a child: the states that it went through from the last one on that was saved.
fn said(lines: &str) -> Vec<u64> {
    let mut states = Vec::new();
    for line in lines.lines() {
        let words: Vec<&str> = line.split(' ').collect();
        match words[..] {
            ["do", step, digest] => states.push((step.parse::<u64>().unwrap(), digest.parse::<u64>().unwrap())),
            ["saved", step] => {
                let saved: u64 = step.parse().unwrap();
                states.retain(|(step, _)| *step >= saved);
            }
            _ => {}
        }
    }
    states.into_iter().map(|(_, digest)| digest).collect()
}

fn check(dir: &Path, states: &[u64], what: &str) {
    let mut session = open(dir);
    assert!(states.contains(&digest(session.corpus())), "{what}: work that was said to be saved is not there");
    assert!(session.problems().is_empty(), "{what}: {:?}", session.problems());
    session.flush().unwrap();
    check_files(dir, &mut |_, _| true, &mut |problem| panic!("{what}: {problem}")).unwrap();
}

#[test]
fn nothing_that_was_saved_is_lost_to_a_kill() {
    let dir = make(ARTICLES.len());
    let mut dice = Dice(0x9e37_79b9_7f4a_7c15);
    let mut saved = 0;
    for kill in 0..KILLS {
        let mut child = start(dir.path(), dice.roll(u64::MAX) | 1, None);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = String::new();
        // From here on it works; before that there is nothing to lose.
        while !lines.contains("saved 0\n") {
            assert_ne!(out.read_line(&mut lines).unwrap(), 0, "the child ended by itself: {lines}");
        }
        std::thread::sleep(Duration::from_micros(dice.roll(25_000)));
        child.kill().unwrap();
        child.wait().unwrap();
        out.read_to_string(&mut lines).unwrap();
        // The last line may be torn.
        let whole = lines.rfind('\n').map_or("", |end| &lines[..end]);
        saved += whole.matches("saved").count();
        check(dir.path(), &said(whole), &format!("kill {kill}"));
    }
    println!("{KILLS} kills, {saved} times saved");
    assert!(saved > KILLS as usize, "the children must have come to work at all");
}

const KILLS_BESIDE: u64 = 60;

fn jejak(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.current_dir(dir).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// Lets a command run for a while and kills it then; gives what it printed where it was quicker.
fn run_or_kill(mut command: Command, after: Duration) -> Option<String> {
    let mut child = command.spawn().unwrap();
    let start = std::time::Instant::now();
    while start.elapsed() < after {
        if child.try_wait().unwrap().is_some() {
            let out = child.wait_with_output().unwrap();
            assert!(out.status.code().is_some_and(|code| code < 2), "{}", String::from_utf8_lossy(&out.stderr));
            return Some(String::from_utf8(out.stdout).unwrap());
        }
        std::thread::sleep(Duration::from_millis(1));
    }
    child.kill().unwrap();
    child.wait().unwrap();
    None
}

/// How many annotations a maker has in article 000, as the files have them.
fn count(dir: &Path, maker: &str) -> usize {
    let scanned = jejak::store::scan(dir).unwrap().next().unwrap();
    scanned.sets.iter().find(|set| &*set.annotator == maker).map_or(0, |set| set.set.len())
}

/// While one annotator labels, relabels, deletes and undoes, other processes import and adjudicate in the same folder;
/// all of them are killed at any moment.
#[test]
fn nothing_that_was_saved_is_lost_to_kills_of_several_at_once() {
    let home = tempfile::tempdir().unwrap();
    let made = make(ARTICLES.len());
    let dir = made.path();
    let mut session = Session::open(dir, &Name::new("b"), Access::Write).unwrap();
    session.load(&article("000"), &[Name::new("b")]).unwrap();
    for at in 0..4 {
        let editor = SetEditor::new(session.corpus(), (article("000"), Name::new("b")));
        let (transaction, _) = editor.label(&Name::new("trip"), vec![Span::new(at, at + 1)]);
        session.commit(transaction).unwrap();
    }
    session.close().unwrap();
    let file = home.path().join("b.jsonl");
    let (file, project) = (file.to_str().unwrap(), dir.to_str().unwrap());
    let export = ["export", project, "--format", "jejak-jsonl", "--set", "b", "--out", file];
    assert!(jejak(home.path(), &export).status().unwrap().success());
    // The imported set comes from one who has no set here.
    let foreign = std::fs::read_to_string(file).unwrap().replace("\"b\"", "\"m\"");
    jejak::store::atomic::write(Path::new(file), foreign.as_bytes()).unwrap();
    let mut dice = Dice(0x1234_5678_9abc_def1);
    let (mut saved, mut imported, mut merged, mut cut) = (0, 0, 0, 0);
    for kill in 0..KILLS_BESIDE {
        let what = format!("kill {kill}");
        let mut child = start(dir, dice.roll(u64::MAX) | 1, None);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = String::new();
        while !lines.contains("saved 0\n") {
            assert_ne!(out.read_line(&mut lines).unwrap(), 0, "the child ended by itself: {lines}");
        }
        let whole = count(dir, "m");
        let time = |dice: &mut Dice| Duration::from_micros(2_000 + dice.roll(120_000));
        let import = jejak(home.path(), &["import", project, "--format", "jejak-jsonl", file]);
        let adjudicate = jejak(home.path(), &["adjudicate", project, "--sets", "a,b"]);
        // A child that ends by itself would wait for its reader.
        let reader = std::thread::spawn(move || {
            let mut rest = String::new();
            out.read_to_string(&mut rest).unwrap();
            rest
        });
        let done = run_or_kill(import, time(&mut dice));
        // Some of them come to their end on the slowest machine.
        let patience = if kill % 6 == 0 { Duration::from_secs(60) } else { time(&mut dice) };
        let gold = run_or_kill(adjudicate, patience);
        child.kill().unwrap();
        child.wait().unwrap();
        lines.push_str(&reader.join().unwrap());
        let (there, lines) = (count(dir, "m"), lines.rfind('\n').map_or("", |end| &lines[..end]));
        if done.is_some() {
            imported += 1;
            assert_eq!(there, 4, "{what}: an import that came to its end is in the files");
        }
        assert!(there >= whole, "{what}: what was imported before stays");
        merged += usize::from(gold.is_some());
        cut += usize::from(done.is_none()) + usize::from(gold.is_none());
        saved += lines.matches("saved").count();
        let recover = jejak(home.path(), &["recover", project]).output().unwrap();
        assert!(recover.status.success(), "{what}: {recover:?}");
        assert!([0, 4].contains(&count(dir, "m")), "{what}: an import is there as a whole or not at all");
        check(dir, &said(lines), &what);
    }
    println!("{KILLS_BESIDE} rounds, {saved} times saved, {imported} imports, {merged} merges, {cut} of both killed");
    assert!(saved > KILLS_BESIDE as usize && imported > 0 && merged > 0 && cut > 0, "each must have come to work");
}

#[test]
fn nothing_that_was_saved_is_lost_to_a_limit_on_file_sizes() {
    let mut refused = 0;
    for (seed, limit) in [(12, 6_000), (22, 9_000), (33, 14_000), (44, 20_000), (55, 30_000)] {
        let dir = make(ARTICLES.len());
        let child = start(dir.path(), seed, Some(limit));
        let out = child.wait_with_output().unwrap();
        let lines = String::from_utf8(out.stdout).unwrap();
        refused += usize::from(lines.contains("refused"));
        check(dir.path(), &said(&lines), &format!("limit {limit}"));
    }
    assert_eq!(refused, 5, "every child must have met the limit");
}

/// A project of three articles on a small disk.
fn on_small_disk() -> Option<(Disk, PathBuf)> {
    let disk = Disk::mount("size=200k")?;
    let dir = disk.path().join("project");
    Session::create(&dir, "Uji", project::schema()).unwrap();
    let mut session = Session::open(&dir, &Name::new("maker"), Access::Write).unwrap();
    let drafts = (0..3).map(|n| project::draft("x", &project::text(n))).collect();
    session.add_articles(drafts).unwrap();
    session.close().unwrap();
    Some((disk, dir))
}

#[test]
fn nothing_that_was_saved_is_lost_to_a_full_disk() {
    for seed in 1..=5 {
        let Some((disk, dir)) = on_small_disk() else {
            println!("skipped: no disk of a chosen size can be mounted here");
            return;
        };
        let out = start(&dir, seed * 77, None).wait_with_output().unwrap();
        let (lines, errors) = (String::from_utf8(out.stdout).unwrap(), String::from_utf8_lossy(&out.stderr));
        assert!(lines.contains("refused"), "the disk must have been full: {lines}{errors}");
        disk.resize("size=20m");
        check(&dir, &said(&lines), &format!("full disk {seed}"));
    }
}

#[test]
fn what_a_full_disk_refuses_is_saved_once_there_is_room() {
    let Some((disk, dir)) = on_small_disk() else {
        println!("skipped: no disk of a chosen size can be mounted here");
        return;
    };
    let mut session = open(&dir);
    let mut dice = Dice(5);
    while session.flush().is_ok() {
        for _ in 0..50 {
            let transaction = work(&session, &mut dice);
            session.commit(transaction).unwrap();
        }
    }
    assert!(matches!(session.save_state(), SaveState::Failed(_)));
    let transaction = work(&session, &mut dice);
    session.commit(transaction).unwrap();
    assert!(matches!(session.save_state(), SaveState::Failed(_)), "nothing is called saved until it is");
    disk.resize("size=20m");
    session.flush().unwrap();
    assert_eq!(session.save_state(), SaveState::Saved);
    let state = digest(session.corpus());
    session.close().unwrap();
    assert_eq!(digest(open(&dir).corpus()), state);
}

#[test]
fn a_folder_that_cannot_be_written_opens_for_reading() {
    let Some(disk) = Disk::mount("size=4m") else {
        println!("skipped: no disk of a chosen kind can be mounted here");
        return;
    };
    let dir = disk.path().join("project");
    Session::create(&dir, "Uji", project::schema()).unwrap();
    disk.resize("ro");
    let mut session = Session::open(&dir, &Name::new("a"), Access::Write).unwrap();
    assert!(session.read_only());
    assert_eq!(session.problems()[0].code, "read-only");
    assert!(session.flush().is_err());
    session.close().unwrap();
}
