//! Links, pipes, sockets and second names that a stranger planted in a project.

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::{Path, PathBuf};
use std::process::Command;

use jejak::edit::SetEditor;
use jejak::model::Name;
use jejak::store::{Access, Session, scan};

use self::End::{Refused, Saved, Unsaved};
use self::Plant::{As, Link, LinkToFolder, Moved, Pipe, SecondName, Shared, Socket};
use crate::project::article;
use crate::world::{World, age, commands, copy, run, snapshot, work, work_in_time};

/// A plant, and the end of a session of `zed` on it.
struct Case {
    name: &'static str,
    /// The path that whoever refuses names.
    path: &'static str,
    end: End,
    plant: Plant,
}

const fn case(name: &'static str, path: &'static str, end: End, plant: Plant) -> Case {
    Case { name, path, end, plant }
}

#[derive(Clone, Copy, PartialEq)]
enum End {
    /// No session opens.
    Refused,
    /// A session opens, and says that it cannot save everything.
    Unsaved,
    /// A session opens and saves everything.
    Saved,
}

/// The thing that stands at the path of a case, in place of what was there.
enum Plant {
    /// A link to this name outside.
    Link(&'static str),
    /// A link to the folder outside.
    LinkToFolder,
    /// A link to what was there, which is moved outside.
    Moved,
    Pipe,
    Socket,
    /// A file outside under a second name.
    SecondName,
    /// A file of the project after work, which gets this second name outside.
    Shared(&'static str),
    /// Something else.
    As(fn(&Path, &Path)),
}

impl Case {
    fn plant(&self, project: &Path, outside: &Path) {
        let at = project.join(self.path);
        let room = || {
            fs::create_dir_all(at.parent().unwrap()).unwrap();
            let _ = fs::remove_file(&at);
        };
        match self.plant {
            Link(target) => link(project, self.path, &outside.join(target)),
            LinkToFolder => link(project, self.path, outside),
            Moved => {
                let target = outside.join(self.path.replace('/', "-"));
                copy(&at, &target);
                link(project, self.path, &target);
            }
            Pipe => {
                room();
                assert!(Command::new("mkfifo").arg(&at).status().unwrap().success());
            }
            Socket => {
                room();
                // The name stays when nobody listens any more.
                drop(UnixListener::bind(&at).unwrap());
            }
            SecondName => {
                room();
                fs::hard_link(outside.join("keys"), &at).unwrap();
            }
            Shared(name) => {
                assert!(work(project, "zed").saved);
                fs::hard_link(&at, outside.join(name)).unwrap();
            }
            As(plant) => plant(project, outside),
        }
    }
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

/// The plants that git carries.
const COMMITTED: &[Case] = &[
    case("the journal is a link", ".jejak/zed/journal", Refused, Link("keys")),
    case("the journal is a link to nothing", ".jejak/zed/journal", Refused, Link("new")),
    case("who holds the lock is a link", ".jejak/zed/lock.who", Saved, Link("keys")),
    case("the lock is a link", ".jejak/zed/lock", Refused, Link("empty")),
    case("the lock is a link to nothing", ".jejak/zed/lock", Refused, Link("new")),
    case("the program's folder is a link", ".jejak", Refused, LinkToFolder),
    case("the annotator's folder is a link", ".jejak/zed", Refused, LinkToFolder),
    case("the texts are a link", "articles", Unsaved, Moved),
    case("a text is a link", "articles/000.txt", Unsaved, Moved),
    case("the next text is a link", "articles/001.txt", Saved, Link("keys")),
    case("the annotator's sets are a link", "sets/zed", Unsaved, LinkToFolder),
    case("all sets are a link", "sets", Unsaved, Moved),
    case("another's sets are a link", "sets/a", Saved, Moved),
    case("a set is a link", "sets/zed/000.ron", Unsaved, Link("keys")),
    case(
        "a set is a link to another set",
        "sets/zed/000.ron",
        Unsaved,
        As(|project, _| link(project, "sets/zed/000.ron", Path::new("../a/000.ron"))),
    ),
    case("the comments are a link", "sets/zed/comments.ron", Unsaved, Link("new")),
    case("the referents are a link", "sets/zed/referents.ron", Saved, Link("keys")),
    case("the list of articles is a link", "articles.ron", Refused, Moved),
    case("the project's own file is a link", "project.ron", Refused, Moved),
    case("the schema is a link", "schema.ron", Refused, Moved),
    case("the lock of all files is a link", ".jejak/write.lock", Unsaved, Link("empty")),
    case("what could not be merged is a link", ".jejak/zed/conflicts.ron", Saved, Link("keys")),
    case("the caches are a link", ".jejak/.cache", Saved, LinkToFolder),
    case(
        "a cache is a link",
        ".jejak/.cache/",
        Saved,
        As(|project, outside| {
            // The program itself says which file it is.
            let quick = ["agreement", ".", "--sets", "a,b", "--quick"];
            age(project);
            assert_eq!(run(project, &quick).status.code(), Some(0));
            let caches: Vec<PathBuf> =
                fs::read_dir(project.join(".jejak/.cache")).unwrap().map(|it| it.unwrap().path()).collect();
            assert!(!caches.is_empty(), "figures are kept");
            for cache in caches {
                link(project, cache.strip_prefix(project).unwrap().to_str().unwrap(), &outside.join("keys"));
            }
        }),
    ),
    case("git's list is a link", ".gitignore", Saved, Link("keys")),
    case(
        "names of files in the making are links",
        ".000.ron.tmp",
        Saved,
        As(|project, outside| {
            let names = ["sets/zed/.000.ron.tmp", "sets/zed/.comments.ron.tmp", ".articles.ron.tmp"];
            let own = [".jejak/zed/.journal.tmp", ".jejak/zed/.lock.who.tmp", "articles/.001.txt.tmp"];
            for name in names.into_iter().chain(own) {
                link(project, name, &outside.join("keys"));
            }
        }),
    ),
    case("a journal from elsewhere is a link", ".jejak/zed/journal.elsewhere", Saved, Link("keys")),
];

/// The plants that git does not carry, and other means of sharing a folder do.
const MADE_LATER: &[Case] = &[
    case("the journal has a second name, and is not a journal", ".jejak/zed/journal", Saved, SecondName),
    case("the journal has a second name", ".jejak/zed/journal", Saved, Shared("journal")),
    case("what could not be merged has a second name", ".jejak/zed/conflicts.ron", Saved, SecondName),
    case("the lock has a second name", ".jejak/zed/lock", Saved, SecondName),
    case("a set has a second name", "sets/zed/000.ron", Saved, Shared("set")),
    case("the lock is a pipe", ".jejak/zed/lock", Refused, Pipe),
    case("the lock is a socket", ".jejak/zed/lock", Refused, Socket),
    case("the lock of all files is a pipe", ".jejak/write.lock", Unsaved, Pipe),
    case("the journal is a pipe", ".jejak/zed/journal", Refused, Pipe),
    case("the journal is a socket", ".jejak/zed/journal", Refused, Socket),
    case("a set is a pipe", "sets/zed/000.ron", Unsaved, Pipe),
    case("a set is a socket", "sets/zed/000.ron", Unsaved, Socket),
    case("the comments are a pipe", "sets/zed/comments.ron", Unsaved, Pipe),
    case("a text is a pipe", "articles/000.txt", Unsaved, Pipe),
    case("the list of articles is a pipe", "articles.ron", Refused, Pipe),
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
        // Without its own files it is not a project to look at.
        Some(2) => assert!(String::from_utf8_lossy(&checked.stderr).contains(case.path), "{name}: {checked:?}"),
        _ if named => assert!(
            out.lines().any(|line| line.contains(case.path) && line.contains("(not-a-file)")),
            "{name}: check does not name it: {out}"
        ),
        _ => {}
    }

    let said = work_in_time(&world.project, "zed", name);
    assert_eq!((said.opened, said.saved), (case.end != Refused, case.end == Saved), "{name}: {:#?}", said.sentences);
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
        play(case, &World::new(|project, outside| case.plant(project, outside)));
    }
}

#[test]
fn what_git_does_not_carry_leads_nowhere_either() {
    for case in MADE_LATER {
        let world = World::new(|_, _| {});
        case.plant(&world.project, &world.outside);
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

/// A clone in which `zed` and another program changed one record at once, with something planted where the other's is
/// kept.
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
        let note = SetEditor::new(session.corpus(), (article("000"), who.clone())).note(id, "punya zed");
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
