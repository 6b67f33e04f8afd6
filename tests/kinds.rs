//! Kinds of sets: what a commenter, a model, a computed set and a second adjudicated one leave as it is, how kinds are
//! kept, changed, merged and exported, and how older projects come by them.

#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays somebody with an editor.

mod common;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use jejak::model::{Name, SetKind};
use jejak::store::{Access, SaveState, Session, read_project};

use common::copy;

/// Exit code, results, messages.
fn jejak(arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = Command::new(env!("CARGO_BIN_EXE_jejak")).args(arguments).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
}

/// The same of a command that does what it is told, whatever it finds.
fn done(arguments: &[&str]) -> String {
    let (code, results, messages) = jejak(arguments);
    assert!(matches!(code, Some(0 | 1)), "{arguments:?}: {messages}");
    results
}

/// The sample project in a folder of its own, with what its two annotators agree on merged into gold.
struct Project {
    folder: tempfile::TempDir,
}

impl Project {
    fn new() -> Self {
        let project = Self { folder: tempfile::tempdir().unwrap() };
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("projects/perjalanan"), &project.dir());
        done(&["adjudicate", project.path().as_str()]);
        project
    }

    fn dir(&self) -> PathBuf {
        self.folder.path().join("trips")
    }

    fn path(&self) -> String {
        self.dir().to_str().unwrap().to_owned()
    }

    /// A path beside the project.
    fn beside(&self, name: &str) -> String {
        self.folder.path().join(name).to_str().unwrap().to_owned()
    }

    fn kind(&self, name: &str) -> SetKind {
        read_project(&self.dir()).unwrap().kind(name)
    }

    /// The heads of all sets of a maker.
    fn heads(&self, name: &str) -> Vec<String> {
        let files = fs::read_dir(self.dir().join("sets").join(name)).unwrap().flatten();
        let sets = files.filter(|file| !matches!(file.file_name().to_str(), Some("referents.ron" | "comments.ron")));
        sets.map(|file| fs::read_to_string(file.path()).unwrap().split(" annotations: [").next().unwrap().to_owned())
            .collect()
    }

    /// Agreement, review, progress, the card of a data set, and counts.
    fn seen(&self) -> Vec<(&'static str, String)> {
        let (path, figures, data) = (self.path(), self.beside("figures"), self.beside("data"));
        for folder in [&figures, &data] {
            let _ = fs::remove_dir_all(folder);
        }
        done(&["agreement", &path, "--quick", "--out", &figures]);
        done(&["export", &path, "--format", "jejak-jsonl", "--out", &data]);
        let card = fs::read_to_string(Path::new(&data).join("README.md")).unwrap();
        let (_, agreed) = card.split_once("\n## Agreement").expect("two persons have worked on it");
        let mut files: Vec<PathBuf> = fs::read_dir(figures).unwrap().map(|file| file.unwrap().path()).collect();
        files.sort();
        let tables: Vec<String> = files.iter().map(|file| fs::read_to_string(file).unwrap()).collect();
        let mut stats: serde_json::Value = serde_json::from_str(&done(&["stats", &path, "--json"])).unwrap();
        // Threads are counted whoever began them.
        stats.as_object_mut().unwrap().remove("comments");
        vec![
            ("agreement", done(&["agreement", &path, "--quick", "--json"])),
            ("tables and progress", tables.concat()),
            ("review", done(&["adjudicate", &path, "--dry-run"])),
            ("card", agreed.split("\n## ").next().unwrap().to_owned()),
            ("stats", stats.to_string()),
        ]
    }
}

fn commenter(project: &Project) {
    let comments = "(\n jejak: 1,\n annotator: \"citra\",\n comments: [\n  (id: \"q1\", article: \"000\", text: \"Apa \
                    ini?\", origin: (by: \"citra\", at: \"2031-03-03T08:00:00Z\")),\n ],\n)\n";
    fs::create_dir_all(project.dir().join("sets/citra")).unwrap();
    fs::write(project.dir().join("sets/citra/comments.ron"), comments).unwrap();
    assert!(done(&["comments", &project.path()]).contains("Apa ini?"));
}

fn model(project: &Project) {
    let (path, file) = (project.path(), project.beside("b.jsonl"));
    done(&["export", &path, "--format", "jejak-jsonl", "--set", "b", "--out", &file]);
    let call = ["import", &path, "--format", "jejak-jsonl", "--map", "annotator:b=tagger", "--kind", "model", &file];
    done(&call);
    assert_eq!(project.kind("tagger"), SetKind::Model);
    assert!(project.heads("tagger").iter().all(|head| head.contains("\n kind: Model,\n")));
}

fn computed(project: &Project) {
    done(&["probable", &project.path(), "--as", "mungkin"]);
    assert_eq!(project.kind("mungkin"), SetKind::Computed);
    assert!(project.heads("mungkin").iter().all(|head| head.contains("\n kind: Computed,\n")));
}

fn adjudicated(project: &Project) {
    done(&["adjudicate", &project.path(), "--gold", "putusan", "--strategy", "prefer:a"]);
    assert_eq!(project.kind("putusan"), SetKind::Adjudicated);
    assert!(project.heads("putusan").iter().all(|head| head.contains("\n kind: Adjudicated,\n")));
}

#[test]
fn whoever_is_not_a_person_changes_nothing_that_is_about_persons() {
    let project = Project::new();
    let alone = project.seen();
    let figure = |name: &str| -> serde_json::Value {
        let lines = alone[0].1.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        lines.into_iter().find(|line| line["figure"] == name).unwrap_or_else(|| panic!("{name}"))
    };
    let strict = figure("mentions strict")["value"].as_f64().unwrap();
    assert!((strict - 0.969).abs() < 0.0005, "{strict}");
    assert!(figure("words fleiss")["value"].is_f64(), "{}", figure("words fleiss"));
    type Addition = fn(&Project);
    let others: [(&str, Addition); 4] =
        [("commenter", commenter), ("model", model), ("computed", computed), ("adjudicated", adjudicated)];
    for (who, add) in others {
        // Once with this one alone, once with all that came before, too.
        let fresh = Project::new();
        for project in [&fresh, &project] {
            add(project);
            for ((what, before), (_, after)) in alone.iter().zip(project.seen()) {
                assert_eq!(*before, after, "{what} with {who}");
            }
            assert_eq!(jejak(&["check", &project.path()]).1.matches("set-kind").count(), 0);
        }
    }
    let path = project.path();
    // The set that was exported is adjudicated, and is nobody's to agree with.
    let data = project.beside("putusan");
    done(&["export", &path, "--format", "jejak-jsonl", "--set", "putusan", "--out", &data]);
    let card = fs::read_to_string(Path::new(&data).join("README.md")).unwrap();
    assert!(!card.contains("1.000") && card.contains("| a, b |"), "{card}");
    // Whoever is named is compared all the same.
    let asked = done(&["agreement", &path, "--quick", "--json", "--sets", "b,tagger"]);
    assert!(asked.contains("\"value\":1.0"), "{asked}");
    assert!(done(&["stats", &path, "--json", "--sets", "tagger,mungkin"]).contains("\"tagger\":{"));
    assert!(done(&["evaluate", &path, "--quick", "--pred", "tagger"]).contains("mentions strict"));
    // Somebody who only comments has no set to compare.
    let (code, _, why) = jejak(&["agreement", &path, "--sets", "a,citra"]);
    assert!(code == Some(2) && why.contains("citra"), "{why}");
}

#[test]
fn people_shows_and_changes_kinds_and_settings() {
    let project = Project::new();
    commenter(&project);
    let path = project.path();
    let shown = done(&["people", &path, "a=model"]);
    let head = |shown: &str, name: &str| shown.lines().find(|line| line.starts_with(name)).unwrap().to_owned();
    assert!(head(&shown, "a ").contains("model") && head(&shown, "b ").ends_with(", compared"), "{shown}");
    assert!(head(&shown, "citra").contains("person") && head(&shown, "citra").contains(" 0 sets"), "{shown}");
    assert!(head(&shown, "gold").contains("adjudicated"), "{shown}");
    assert!(project.heads("a").iter().all(|head| head.contains("\n kind: Model,\n")));
    let (code, _, why) = jejak(&["agreement", &path]);
    assert!(code == Some(2) && why.contains("two annotators"), "{why}");
    done(&["people", &path, "a=person"]);
    assert!(project.heads("a").iter().all(|head| !head.contains("kind:")));

    // Settings of the project hold where nothing else is said.
    let left = |dir: &str| -> u64 {
        let json: serde_json::Value = serde_json::from_str(&done(&["adjudicate", dir, "--dry-run", "--json"])).unwrap();
        json["left"].as_u64().unwrap()
    };
    let unanimous = left(&path);
    let json = done(&["people", &path, "--compare", "b,a", "--strategy", "prefer:a", "--gold", "putusan", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!((&json["strategy"], &json["gold"]), (&"prefer:a".into(), &"putusan".into()));
    assert!(left(&path) < unanimous);
    done(&["adjudicate", &path]);
    assert!(project.dir().join("sets/putusan").exists());
    assert_eq!(project.kind("gold"), SetKind::Adjudicated, "the one that received decisions stays what it was");
    let file = fs::read_to_string(project.dir().join("project.ron")).unwrap();
    for line in [" jejak: 2,", " compared: [\"b\", \"a\"],", " strategy: \"prefer:a\",", " gold: \"putusan\","] {
        assert!(file.lines().any(|said| said == line), "{line}: {file}");
    }
    for (wrong, said) in [
        (["people", &path, "nobody=model"].as_slice(), "no annotator \"nobody\""),
        (&["people", &path, "a=robot"], "person, adjudicated, model, computed"),
        (&["people", &path, "a"], "NAME=KIND"),
        (&["people", &path, "--gold", "a"], "its sets are person"),
        (&["adjudicate", &path, "--gold", "a"], "its sets are person"),
        (&["people", &path, "--compare", "a,putusan"], "receives decisions"),
    ] {
        let (code, _, why) = jejak(wrong);
        assert!(code == Some(2) && why.contains(said), "{said}: {why}");
    }
}

#[test]
fn a_session_gives_its_sets_their_kind_and_keeps_what_others_have_set() {
    let project = Project::new();
    let mut session = Session::open(&project.dir(), &Name::new("a"), Access::Write).unwrap();
    let listed = |name: &str| fs::read_to_string(project.dir().join("project.ron")).unwrap().contains(name);
    done(&["people", &project.path(), "b=model"]);
    session.change_project(|settings| settings.open_sets = true).unwrap();
    assert!(listed("open_sets: true") && listed("(name: \"b\", kind: Model)"));
    assert_eq!(session.corpus().project.kind("b"), SetKind::Model);
    session.change_project_soon(|settings| settings.set_kind(&Name::new("b"), SetKind::Person));
    session.close().unwrap();
    assert_eq!(project.kind("b"), SetKind::Person);
    assert!(project.heads("b").iter().all(|head| !head.contains("kind:")));
}

#[test]
fn settings_that_cannot_be_written_are_not_called_saved_and_are_tried_again() {
    let project = Project::new();
    let file = project.dir().join("project.ron");
    let whole = fs::read_to_string(&file).unwrap();
    let mut session = Session::open(&project.dir(), &Name::new("a"), Access::Write).unwrap();
    let until = |session: &mut Session, what: &str, fits: &dyn Fn(&SaveState) -> bool| {
        let start = Instant::now();
        loop {
            session.poll();
            let state = session.save_state();
            if fits(&state) {
                return;
            }
            assert!(start.elapsed() < Duration::from_secs(60), "{what}: {state:?}");
            std::thread::sleep(Duration::from_millis(5));
        }
    };
    let failed = |state: &SaveState| matches!(state, SaveState::Failed(why) if why.to_string().contains("project.ron"));
    let never_saved = |state: &SaveState| {
        assert_ne!(*state, SaveState::Saved);
        failed(state)
    };
    // Tried again by itself, with all that was changed meanwhile.
    fs::write(&file, "torn").unwrap();
    session.change_project_soon(|settings| settings.open_sets = true);
    until(&mut session, "the first change fails", &never_saved);
    session.change_project_soon(|settings| settings.set_kind(&Name::new("b"), SetKind::Model));
    assert!(!session.in_journal() && session.flush().is_err());
    assert!(failed(&session.save_state()) && fs::read_to_string(&file).unwrap() == "torn");
    assert!(session.change_project(|settings| settings.title = "Lain".to_owned()).is_err());
    fs::write(&file, &whole).unwrap();
    until(&mut session, "both are saved", &|state| *state == SaveState::Saved);
    let now = read_project(&project.dir()).unwrap();
    assert!(now.open_sets && now.kind("b") == SetKind::Model && now.title != "Lain" && session.in_journal());
    assert!(project.heads("b").iter().all(|head| head.contains("\n kind: Model,\n")));
    // Written at once where somebody asks for it.
    fs::write(&file, "torn").unwrap();
    session.change_project_soon(|settings| settings.open_sets = false);
    until(&mut session, "it fails", &never_saved);
    fs::write(&file, &whole).unwrap();
    session.close().unwrap();
    assert!(!read_project(&project.dir()).unwrap().open_sets);
}

#[test]
fn an_older_project_opens_and_is_migrated_when_it_is_written() {
    let project = Project::new();
    computed(&project);
    let path = project.path();
    // As an older version has it: names alone, and sets that say nothing.
    fs::write(project.dir().join("project.ron"), "(\n jejak: 1,\n title: \"Perjalanan\",\n people: [\"a\"],\n)\n")
        .unwrap();
    for maker in ["gold", "mungkin"] {
        for file in fs::read_dir(project.dir().join("sets").join(maker)).unwrap().flatten() {
            let content = fs::read_to_string(file.path()).unwrap();
            let old: String = content.split_inclusive('\n').filter(|line| !line.starts_with(" kind: ")).collect();
            fs::write(file.path(), old).unwrap();
        }
    }
    let kinds = [("a", SetKind::Person), ("b", SetKind::Person), ("gold", SetKind::Adjudicated)];
    for (name, kind) in kinds.into_iter().chain([("mungkin", SetKind::Computed)]) {
        assert_eq!(project.kind(name), kind, "{name}");
    }
    let before = fs::read_to_string(project.dir().join("project.ron")).unwrap();
    assert!(before.contains("jejak: 1"), "reading migrates nothing");
    done(&["people", &path, "--strategy", "majority:60:2"]);
    let after = fs::read_to_string(project.dir().join("project.ron")).unwrap();
    assert!(after.contains(" jejak: 2,\n") && after.contains("(name: \"mungkin\", kind: Computed)"), "{after}");
    assert!(after.contains("(name: \"a\", kind: Person)"), "{after}");
}

#[test]
fn lists_of_people_are_merged_person_by_person() {
    let folder = tempfile::tempdir().unwrap();
    let file = |name: &str, content: &str| {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let base = file("base", "(\n jejak: 1,\n title: \"Trips\",\n people: [\"a\"],\n)\n");
    let side = |settings: &str, maker: &str| {
        format!(
            "(\n jejak: 2,\n title: \"Trips\",\n{settings} people: [\n  (name: \"a\", kind: Person),\n{maker} ],\n)\n"
        )
    };
    let ours = file("ours", &side("", "  (name: \"m\", kind: Model),\n"));
    let theirs = file("theirs", &side(" open_sets: true,\n", "  (name: \"x\", kind: Computed),\n"));
    let (code, _, messages) = jejak(&["merge", &base, &ours, &theirs, "project.ron"]);
    assert_eq!(code, Some(0), "{messages}");
    let merged = fs::read_to_string(&ours).unwrap();
    for line in ["open_sets: true", "\"a\", kind: Person", "\"m\", kind: Model", "\"x\", kind: Computed"] {
        assert_eq!(merged.matches(line).count(), 1, "{line}: {merged}");
    }
    // Two kinds for one person are a conflict, which stays in the file and is told.
    let ours = file("ours", &side("", "  (name: \"m\", kind: Model),\n"));
    let theirs = file("theirs", &side("", "  (name: \"m\", kind: Computed),\n"));
    let (code, _, messages) = jejak(&["merge", &base, &ours, &theirs, "project.ron"]);
    assert!(code == Some(1) && messages.contains("m: changed on both sides"), "{messages}");
    let project = Project::new();
    fs::copy(&ours, project.dir().join("project.ron")).unwrap();
    assert_eq!(project.kind("m"), SetKind::Model);
    let (_, problems, _) = jejak(&["check", &project.path()]);
    assert!(problems.contains("project.ron") && problems.contains("merge-conflict"), "{problems}");
}

#[test]
fn check_names_a_set_that_says_another_kind_than_the_project() {
    let project = Project::new();
    model(&project);
    let file = project.dir().join("project.ron");
    let listed = fs::read_to_string(&file).unwrap();
    fs::write(&file, listed.replace("(name: \"tagger\", kind: Model)", "(name: \"tagger\", kind: Person)")).unwrap();
    let (code, problems, _) = jejak(&["check", &project.path()]);
    let named: Vec<&str> = problems.lines().filter(|line| line.contains("set-kind")).collect();
    assert_eq!((code, named.len()), (Some(1), project.heads("tagger").len()), "{problems}");
    assert!(named[0].starts_with("sets/tagger/") && named[0].contains("its kind is model"), "{}", named[0]);
    // Where the list says nothing, a set speaks for itself.
    fs::write(&file, listed.replace("  (name: \"tagger\", kind: Model),\n", "")).unwrap();
    assert_eq!(project.kind("tagger"), SetKind::Model);
}

#[test]
fn kinds_go_along_with_sets_and_are_not_changed_by_an_import() {
    let (one, other) = (Project::new(), Project::new());
    model(&one);
    let file = one.beside("sets.jsonl");
    done(&["export", &one.path(), "--format", "jejak-jsonl", "--set", "a,tagger", "--out", &file]);
    assert!(fs::read_to_string(&file).unwrap().contains("{\"name\":\"tagger\",\"kind\":\"model\"}"));
    done(&["import", &other.path(), "--format", "jejak-jsonl", "--annotator", "a", &file]);
    assert_eq!((other.kind("a"), other.kind("tagger")), (SetKind::Person, SetKind::Model));
    // Predictions do not go among what a person marked.
    let single = one.beside("b.jsonl");
    let (code, _, why) =
        jejak(&["import", &other.path(), "--format", "jejak-jsonl", "--annotator", "b", "--kind", "model", &single]);
    assert!(code == Some(2) && why.contains("its sets are person"), "{why}");
}
