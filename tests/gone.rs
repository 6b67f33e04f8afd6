//! The project's folder goes away, or parts of it, while somebody works: nothing is called saved that is not, nothing
//! is emptied, no folder is made where none was, and what was acknowledged is there when the project is opened again.
#![cfg(unix)]
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.
#![allow(clippy::print_stdout)] // A skipped test says so.

#[path = "store/project.rs"]
mod project;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jejak::edit::SetEditor;
use jejak::model::{Id, Name};
use jejak::store::{Access, Event, SaveState, Session};
use jejak::text::Span;
use project::{article, make_older};

/// How soon the truth has to be told, with room for a machine that has other things to do.
const SOON: Duration = Duration::from_secs(20);

fn who() -> Name {
    Name::new("a")
}

/// Somebody at work in a project of two articles.
struct Work {
    /// Where the project's folder lies, and everything else of the test.
    root: tempfile::TempDir,
    project: PathBuf,
    session: Session,
    /// The labelled words, in order.
    ids: Vec<Id>,
    events: Vec<Event>,
}

impl Work {
    fn begin() -> Self {
        Self::at(tempfile::tempdir().unwrap(), "project")
    }

    fn at(root: tempfile::TempDir, name: &str) -> Self {
        let project = root.path().join(name);
        let made = make_older(2);
        fs::create_dir_all(&project).unwrap();
        let inside = format!("{}/.", made.path().display());
        assert!(Command::new("cp").args(["-a", &inside]).arg(&project).status().unwrap().success());
        let session = open(&project);
        let mut work = Self { root, project, session, ids: Vec::new(), events: Vec::new() };
        work.label();
        work.saved();
        work
    }

    /// Labels one more word.
    fn label(&mut self) {
        let editor = SetEditor::new(self.session.corpus(), (article("000"), who()));
        let at = self.ids.len() as u32 % 4;
        let (label, id) = editor.label(&Name::new("trip"), vec![Span::new(at, at + 1)]);
        self.session.commit(label).unwrap();
        self.ids.push(id);
    }

    /// Waits until it is so.
    fn until(&mut self, what: &str, mut so: impl FnMut(&mut Session, &[Event]) -> bool) {
        let start = Instant::now();
        loop {
            self.events.extend(self.session.poll());
            if so(&mut self.session, &self.events) {
                return;
            }
            let state = self.session.save_state();
            assert!(start.elapsed() < SOON, "not in time: {what}; {state:?}; {:?}", self.events);
            std::thread::sleep(Duration::from_millis(5));
        }
    }

    fn saved(&mut self) {
        self.until("saved", |session, _| session.save_state() == SaveState::Saved);
    }

    /// Waits until the session says that it cannot save, in one sentence with these words.
    fn failed(&mut self, words: &str) {
        self.until(words, |session, _| match session.save_state() {
            SaveState::Failed(why) => {
                let why = why.to_string();
                why.contains(words) && !why.contains('\n')
            }
            _ => false,
        });
    }

    /// Ends as in a crash, and says what is there when the project is opened in `dir`.
    fn crash(self, dir: &Path) {
        let Self { session, ids, root, .. } = self;
        drop(session);
        holds(dir, &ids, ids.len());
        drop(root);
    }
}

fn open(dir: &Path) -> Session {
    let mut session = Session::open(dir, &who(), Access::Write).unwrap();
    session.load(&article("000"), &[who()]).unwrap();
    session
}

/// Asserts that a project has all of these annotations, and that so many steps can be undone.
fn holds(dir: &Path, ids: &[Id], steps: usize) {
    let session = open(dir);
    let set = session.corpus().set(&article("000"), &who()).unwrap();
    let missing: Vec<&Id> = ids.iter().filter(|id| set.get(**id).is_none()).collect();
    assert!(missing.is_empty(), "{missing:?} of {ids:?} are lost; {:?}", session.problems());
    assert_eq!(session.history().depth().0, steps, "{:?}", session.problems());
    assert_eq!(session.corpus().articles().len(), 2);
    session.close().unwrap();
}

/// Everything in a folder but what is the program's own.
fn files(folder: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                all.insert(path.clone(), Vec::new());
                folders.push(path);
            } else {
                all.insert(path.clone(), fs::read(&path).unwrap());
            }
        }
    }
    all
}

/// A folder that goes away and comes back: how it goes, how it comes back, and what is said meanwhile.
struct Away {
    name: &'static str,
    go: fn(&Path, &Path),
    back: fn(&Path, &Path),
    said: &'static str,
}

const AWAY: &[Away] = &[
    Away {
        name: "renamed",
        go: |project, aside| fs::rename(project, aside).unwrap(),
        back: |project, aside| fs::rename(aside, project).unwrap(),
        said: "the project's folder is gone",
    },
    Away {
        name: "another one in its place",
        go: |project, aside| {
            fs::rename(project, aside).unwrap();
            fs::create_dir(project).unwrap();
        },
        back: |project, aside| {
            fs::remove_dir(project).unwrap();
            fs::rename(aside, project).unwrap();
        },
        said: "another one stands in its place",
    },
    Away {
        name: "a copy in its place",
        go: |project, aside| {
            fs::rename(project, aside).unwrap();
            assert!(Command::new("cp").arg("-a").args([aside, project]).status().unwrap().success());
        },
        back: |project, aside| {
            fs::remove_dir_all(project).unwrap();
            fs::rename(aside, project).unwrap();
        },
        said: "another one stands in its place",
    },
    Away {
        name: "a file in its place",
        go: |project, aside| {
            fs::rename(project, aside).unwrap();
            fs::write(project, "x").unwrap();
        },
        back: |project, aside| {
            fs::remove_file(project).unwrap();
            fs::rename(aside, project).unwrap();
        },
        said: "",
    },
];

#[test]
fn a_folder_that_goes_away_and_comes_back() {
    for away in AWAY {
        for idle in [true, false] {
            let name = away.name;
            let mut work = Work::begin();
            let (project, aside) = (work.project.clone(), work.root.path().join("aside"));
            (away.go)(&project, &aside);
            let there = project.is_dir().then(|| files(&project));
            if !idle {
                work.label();
            }
            work.failed(away.said);
            // Long enough for files to be written and looked at.
            std::thread::sleep(Duration::from_secs(2));
            work.failed(away.said);
            assert_eq!(project.is_dir().then(|| files(&project)), there, "{name}: something was written in its place");
            assert!(!work.events.iter().any(|it| matches!(it, Event::Vanished { .. })), "{name}: {:?}", work.events);
            let set = work.session.corpus().set(&article("000"), &who()).unwrap();
            assert_eq!(set.len(), work.ids.len(), "{name}: nothing is emptied");
            (away.back)(&project, &aside);
            work.saved();
            work.label();
            work.saved();
            let mended = work.events.iter().filter(|it| matches!(it, Event::Mended)).count();
            assert_eq!(mended, 1, "{name}: {:?}", work.events);
            if idle {
                work.session.flush().unwrap();
            }
            work.crash(&project);
        }
    }
}

#[test]
fn what_was_acknowledged_is_in_the_folder_wherever_it_was_moved() {
    let mut work = Work::begin();
    work.label();
    work.saved();
    let aside = work.root.path().join("aside");
    fs::rename(&work.project, &aside).unwrap();
    work.label();
    work.failed("the project's folder is gone");
    let error = work.session.flush().unwrap_err().to_string();
    assert!(error.contains("gone"), "{error}");
    // The work since was never called saved.
    work.ids.pop();
    let project = work.project.clone();
    work.crash(&aside);
    assert!(!project.exists(), "no folder is made where none is");
}

#[test]
fn a_folder_that_is_deleted_can_be_saved_elsewhere() {
    for idle in [true, false] {
        let mut work = Work::begin();
        remove(&work.project);
        if !idle {
            work.label();
        }
        work.failed("the project's folder is gone");
        assert!(work.session.flush().is_err());
        let set = work.session.corpus().set(&article("000"), &who()).unwrap();
        assert_eq!(set.len(), work.ids.len());
        std::thread::sleep(Duration::from_secs(1));
        assert!(!work.project.exists(), "no folder is made where none is");
        let elsewhere = work.root.path().join("elsewhere");
        work.session.copier().write(&elsewhere, &mut |_| true).unwrap();
        let session = open(&elsewhere);
        let set = session.corpus().set(&article("000"), &who()).unwrap();
        assert!(work.ids.iter().all(|id| set.get(*id).is_some()));
    }
}

/// A mount that is undone at the end.
struct Mount(PathBuf);

impl Mount {
    fn new(arguments: &[&str], at: &Path) -> Option<Self> {
        let mut mount = Command::new("mount");
        mount.args(arguments).arg(at).stderr(Stdio::null());
        mount.status().is_ok_and(|status| status.success()).then(|| Self(at.to_owned()))
    }
}

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).stderr(Stdio::null()).status();
    }
}

#[test]
fn a_folder_that_another_is_mounted_over() {
    let mut work = Work::begin();
    let Some(over) = Mount::new(&["-t", "tmpfs", "-o", "size=1m", "tmpfs"], &work.project) else {
        println!("skipped: nothing can be mounted here");
        return;
    };
    work.label();
    work.failed("another one stands in its place");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(fs::read_dir(&work.project).unwrap().count(), 0, "nothing is written into what lies over it");
    drop(over);
    work.saved();
    let project = work.project.clone();
    work.crash(&project);
}

#[test]
fn a_folder_that_is_unmounted_and_mounted_again() {
    let root = tempfile::tempdir().unwrap();
    let (disk, at) = (root.path().join("disk"), root.path().join("project"));
    fs::create_dir_all(&disk).unwrap();
    fs::create_dir_all(&at).unwrap();
    let bind = ["--bind", disk.to_str().unwrap()];
    let Some(mounted) = Mount::new(&bind, &at) else {
        println!("skipped: nothing can be mounted here");
        return;
    };
    let mut work = Work::at(root, "project");
    drop(mounted);
    work.label();
    work.failed("another one stands in its place");
    std::thread::sleep(Duration::from_secs(2));
    assert_eq!(fs::read_dir(&at).unwrap().count(), 0, "nothing is written where it was mounted");
    let again = Mount::new(&bind, &at).unwrap();
    work.saved();
    work.crash(&disk);
    drop(again);
}

/// Removes a folder as `rm -rf` does, again where something was made in it meanwhile.
fn remove(folder: &Path) {
    while let Err(error) = fs::remove_dir_all(folder) {
        assert_eq!(error.kind(), std::io::ErrorKind::DirectoryNotEmpty, "{error}");
    }
}

/// The deed of another program to the journal, or to the folder that it lies in.
type Deed = fn(&Path);

const TAKEN: &[(&str, Deed)] = &[
    ("rm -rf .jejak", |project| remove(&project.join(".jejak"))),
    ("the annotator's folder", |project| remove(&project.join(".jejak/a"))),
    (".jejak moved away", |project| fs::rename(project.join(".jejak"), project.join("old")).unwrap()),
    ("the lock", |project| fs::remove_file(project.join(".jejak/a/lock")).unwrap()),
    ("the journal", |project| fs::remove_file(project.join(".jejak/a/journal")).unwrap()),
    ("a copy of the journal", |project| {
        let (journal, copy) = (project.join(".jejak/a/journal"), project.join(".jejak/a/.sync-copy"));
        fs::copy(&journal, &copy).unwrap();
        fs::rename(copy, journal).unwrap();
    }),
    ("half a copy of the journal", |project| {
        let (journal, copy) = (project.join(".jejak/a/journal"), project.join(".jejak/a/.sync-copy"));
        let content = fs::read(&journal).unwrap();
        fs::write(&copy, &content[..content.len() / 2]).unwrap();
        fs::rename(copy, journal).unwrap();
    }),
    ("something else in place of the journal", |project| {
        let (journal, other) = (project.join(".jejak/a/journal"), project.join(".jejak/a/.sync-other"));
        fs::write(&other, "bukan jurnal\n").unwrap();
        fs::rename(other, journal).unwrap();
    }),
    ("the journal cut to nothing", |project| {
        fs::File::options().write(true).open(project.join(".jejak/a/journal")).unwrap().set_len(0).unwrap();
    }),
    ("the journal cut in half", |project| {
        let journal = project.join(".jejak/a/journal");
        let len = fs::metadata(&journal).unwrap().len();
        fs::File::options().write(true).open(journal).unwrap().set_len(len / 2).unwrap();
    }),
    ("the journal made longer", |project| {
        let journal = project.join(".jejak/a/journal");
        let len = fs::metadata(&journal).unwrap().len();
        fs::File::options().write(true).open(journal).unwrap().set_len(len + 100).unwrap();
    }),
];

#[test]
fn a_journal_that_is_taken_away_is_written_anew() {
    for &(name, take) in TAKEN {
        for idle in [true, false] {
            let mut work = Work::begin();
            let project = work.project.clone();
            let journal = project.join(".jejak/a/journal");
            if idle {
                // With nothing left to write, nobody comes by the journal by chance.
                work.session.flush().unwrap();
                let kept = || fs::read_to_string(&journal).is_ok_and(|content| content.ends_with("Kept\n"));
                work.until("the journal says that all is kept", |_, _| kept());
            }
            take(&project);
            if idle {
                // Nothing more is done: what was acknowledged is made safe again all the same.
                let ids = work.ids.clone();
                work.until(name, |_, _| {
                    let content = fs::read_to_string(&journal).unwrap_or_default();
                    content.ends_with('\n') && ids.iter().all(|id| content.contains(&id.to_string()))
                });
            } else {
                work.label();
            }
            work.saved();
            // The files may have it, too; here the journal alone is asked.
            let _ = fs::remove_dir_all(project.join("sets/a"));
            let Work { session, ids, root, .. } = work;
            drop(session);
            let content = fs::read_to_string(&journal).unwrap();
            assert!(ids.iter().all(|id| content.contains(&id.to_string())), "{name}: {content}");
            drop(root);
        }
    }
}

#[test]
fn after_a_journal_was_taken_away_everything_is_there() {
    for &(name, take) in TAKEN {
        let mut work = Work::begin();
        take(&work.project);
        work.label();
        work.saved();
        take_again(&work.project, take);
        work.label();
        work.saved();
        println!("{name}");
        let project = work.project.clone();
        work.crash(&project);
    }
}

/// As `take`, a second time, with nothing in its way.
fn take_again(project: &Path, take: Deed) {
    let _ = fs::remove_dir_all(project.join("old"));
    take(project);
}

#[test]
fn a_clean_up_by_git_empties_nothing() {
    let git = |project: &Path, arguments: &[&str]| {
        let mut git = Command::new("git");
        git.current_dir(project).args(["-c", "user.name=A", "-c", "user.email=a@example.org"]).args(arguments);
        git.env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1").stdout(Stdio::null());
        assert!(git.status().unwrap().success(), "git {arguments:?}");
    };
    let mut work = Work::begin();
    let project = work.project.clone();
    git(&project, &["init", "-q"]);
    git(&project, &["add", "project.ron", "schema.ron", "articles.ron", "articles", ".gitignore", ".gitattributes"]);
    git(&project, &["commit", "-q", "-m", "awal"]);
    work.session.flush().unwrap();
    assert!(project.join("sets/a/000.ron").exists());
    // A session that writes its journal anew meanwhile may be in git's way.
    let clean = || Command::new("git").current_dir(&project).args(["clean", "-q", "-fdx"]).status().unwrap().success();
    assert!((0..20).any(|_| clean()));
    assert!(!project.join("sets").exists());
    work.until("it is asked", |_, events| {
        events.iter().any(|it| matches!(it, Event::Vanished { file, records: 1 } if file == "sets/a/000.ron"))
    });
    let set = work.session.corpus().set(&article("000"), &who()).unwrap();
    assert_eq!(set.len(), 1, "nothing is emptied before a person says so");
    work.session.restore("sets/a/000.ron");
    work.until("it is there again", |_, _| project.join("sets/a/000.ron").exists());
    work.label();
    work.saved();
    work.crash(&project);
}

#[test]
fn of_two_who_work_under_one_name_only_one_says_saved() {
    let mut first = Work::begin();
    first.session.flush().unwrap();
    let project = first.project.clone();
    remove(&project.join(".jejak"));
    // The first to come has the place: either may.
    let second = Session::open(&project, &who(), Access::Write);
    let Ok(mut second) = second else {
        println!("the first had its place again before the second came");
        return;
    };
    second.load(&article("000"), &[who()]).unwrap();
    first.failed("another window or program works under the same name");
    let editor = SetEditor::new(second.corpus(), (article("000"), who()));
    let (label, theirs) = editor.label(&Name::new("person"), vec![Span::new(0, 5)]);
    second.commit(label).unwrap();
    first.label();
    let start = Instant::now();
    while second.save_state() != SaveState::Saved {
        second.poll();
        assert!(start.elapsed() < SOON, "{:?}", second.save_state());
        std::thread::sleep(Duration::from_millis(5));
        assert!(matches!(first.session.save_state(), SaveState::Failed(_)), "two say saved under one name");
    }
    first.failed("another window or program works under the same name");
    // The second ends as in a crash, with its edit in the journal alone or in the file.
    drop(second);
    first.saved();
    first.session.flush().unwrap();
    let aside = fs::read_dir(project.join(".jejak/a")).unwrap().map(|it| it.unwrap().path());
    let aside: Vec<PathBuf> = aside.filter(|it| it.to_string_lossy().contains("journal.elsewhere")).collect();
    let set = fs::read_to_string(project.join("sets/a/000.ron")).unwrap();
    let kept = aside.iter().any(|it| fs::read_to_string(it).unwrap().contains(&theirs.to_string()));
    assert!(kept || set.contains(&theirs.to_string()), "what the second was told is saved is lost: {set}");
    let ids = first.ids.clone();
    drop(first.session);
    let session = open(&project);
    let set = session.corpus().set(&article("000"), &who()).unwrap();
    assert!(ids.iter().all(|id| set.get(*id).is_some()));
}

#[test]
fn a_set_file_that_vanishes_is_asked_about_and_restored() {
    let mut work = Work::begin();
    work.label();
    work.session.flush().unwrap();
    let file = work.project.join("sets/a/000.ron");
    let before = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    work.until("it is asked", |_, events| events.iter().any(|it| matches!(it, Event::Vanished { records: 2, .. })));
    assert_eq!(work.session.vanished().collect::<Vec<_>>(), [("sets/a/000.ron".to_owned(), 2)]);
    assert_eq!(work.session.corpus().set(&article("000"), &who()).unwrap().len(), 2);
    // Work goes on, and is safe in the journal; but what the file held is not called saved.
    work.label();
    work.until("it is in the journal", |session, _| session.in_journal());
    assert!(matches!(work.session.save_state(), SaveState::Gone(_)));
    std::thread::sleep(Duration::from_secs(1));
    assert!(!file.exists(), "nobody has said yet what it means");
    work.session.restore("sets/a/000.ron");
    assert_eq!(work.session.vanished().count(), 0);
    work.until("it is there again", |_, _| file.exists());
    work.session.undo().unwrap().unwrap();
    work.session.flush().unwrap();
    assert_eq!(fs::read(&file).unwrap(), before, "the same bytes");
    work.session.redo().unwrap().unwrap();
    work.saved();
    let project = work.project.clone();
    work.crash(&project);
}

#[test]
fn a_set_file_that_vanishes_takes_its_records_along_where_a_person_says_so() {
    let mut work = Work::begin();
    work.session.flush().unwrap();
    let file = work.project.join("sets/a/000.ron");
    fs::remove_file(&file).unwrap();
    work.until("it is asked", |_, events| events.iter().any(|it| matches!(it, Event::Vanished { .. })));
    work.session.let_go("sets/a/000.ron");
    work.until("the records are gone", |session, _| {
        session.corpus().set(&article("000"), &who()).is_some_and(jejak::model::AnnotationSet::is_empty)
    });
    work.session.flush().unwrap();
    assert!(!file.exists());
    assert_eq!(work.session.save_state(), SaveState::Saved);
    let project = work.project.clone();
    drop(work.session);
    assert!(open(&project).corpus().set(&article("000"), &who()).unwrap().is_empty());
}

#[test]
fn a_set_file_that_comes_back_by_itself_is_no_question_any_more() {
    let mut work = Work::begin();
    work.session.flush().unwrap();
    let file = work.project.join("sets/a/000.ron");
    let content = fs::read(&file).unwrap();
    fs::remove_file(&file).unwrap();
    work.until("it is asked", |session, _| session.vanished().count() == 1);
    fs::write(&file, content).unwrap();
    work.until("nobody is asked any more", |session, _| session.vanished().count() == 0);
    work.saved();
    let project = work.project.clone();
    work.crash(&project);
}

#[test]
fn nothing_is_asked_about_a_file_that_held_nothing() {
    let mut work = Work::begin();
    work.session.flush().unwrap();
    work.session.undo().unwrap();
    work.session.flush().unwrap();
    let file = work.project.join("sets/a/000.ron");
    assert!(file.exists());
    fs::remove_file(&file).unwrap();
    std::thread::sleep(Duration::from_secs(3));
    work.saved();
    assert!(!work.events.iter().any(|it| matches!(it, Event::Vanished { .. })), "{:?}", work.events);
    assert_eq!(work.session.vanished().count(), 0);
    work.session.redo().unwrap();
    work.session.flush().unwrap();
    assert!(fs::read_to_string(&file).unwrap().contains(&work.ids[0].to_string()));
}
