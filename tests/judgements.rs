//! Judgements, what a person said about two referents: in files, the journal, exchange files, merges and lint.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use jejak::dataset::{self, DatasetTarget, Plan};
use jejak::edit::{self, Edit, Transaction};
use jejak::exchange::{Allowed, ImportOutcome, PendingImport};
use jejak::formats::{ImportFiles, Memory, NameMap, ReadOptions, format};
use jejak::ingest::Draft;
use jejak::model::{Id, Name, Origin, RecordFile, Referent, Schema, Timestamp, Verdict};
use jejak::review::merge3;
use jejak::store::{Access, RawFile, Session};
use proptest::prelude::*;
use proptest::test_runner::Config;

const FILE: &str = "sets/a/referents.ron";

fn id(text: &str) -> Id {
    text.parse().unwrap()
}

fn referent(called: &str, name: &str) -> Arc<Referent> {
    let origin = Origin { at: Timestamp::from_seconds(1_700_000_000), ..Origin::hand(&"a".into()) };
    Arc::new(Referent { id: id(called), ..Referent::new(&"person".into(), name, origin) })
}

fn add(called: &str, name: &str) -> Edit {
    Edit::new(RecordFile::Referents("a".into()), None, Some(referent(called, name)))
}

fn open(dir: &Path) -> Session {
    Session::open(dir, &"a".into(), Access::Write).unwrap()
}

/// A project with an article and these referents of a.
fn project(dir: &Path, referents: &[(&str, &str)]) -> Session {
    let schema: Schema = ron::from_str(include_str!("../assets/schemas/trips.ron")).unwrap();
    Session::create(dir, "Contoh", schema).unwrap();
    let mut session = open(dir);
    let draft = Draft {
        text: "Ratu Sari tiba di Bandar Laut.".into(),
        title: "Berita".into(),
        source: "x.txt".into(),
        ..Draft::default()
    };
    session.add_articles(vec![draft]).unwrap();
    let edits: Vec<Edit> = referents.iter().map(|(called, name)| add(called, name)).collect();
    if !edits.is_empty() {
        session.commit(Transaction { edits, ..Transaction::new("begin", &"a".into()) }).unwrap();
    }
    session
}

/// Everything that is said of referents.
fn state(session: &Session) -> String {
    let (corpus, who) = (session.corpus(), Name::new("a"));
    format!("{:?}\n{:?}", corpus.referents(&who), corpus.judgements(&who).into_iter().flatten().collect::<Vec<_>>())
}

/// Says it, where it contradicts nothing; true where it was said.
fn judge(session: &mut Session, one: &str, other: &str, verdict: Verdict, note: &str) -> bool {
    let made = edit::judge(session.corpus(), &"a".into(), (id(one), id(other)), verdict, note);
    let said = made.is_ok();
    if let Ok(made) = made {
        session.commit(made).unwrap();
    }
    said
}

/// Ends as in a crash once everything is in the journal.
fn crash(mut session: Session) {
    while !session.in_journal() {
        session.poll();
        std::thread::yield_now();
    }
    drop(session);
}

fn bytes(dir: &Path) -> String {
    fs::read_to_string(dir.join(FILE)).unwrap_or_default()
}

#[test]
fn one_judgement_about_two_counts_and_undo_gives_the_bytes_before() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = project(dir.path(), &[("p1", "Sari"), ("p2", "Ratu")]);
    session.flush().unwrap();
    let before = bytes(dir.path());
    assert!(!before.contains("judgements"), "a file without them is as it was: {before}");
    judge(&mut session, "p2", "p1", Verdict::NotSame, " beda orang ");
    judge(&mut session, "p1", "p2", Verdict::NotSame, "beda orang");
    session.flush().unwrap();
    let said = bytes(dir.path());
    let line = "of: (Referent(\"p1\"), Referent(\"p2\")), verdict: NotSame, note: \"beda orang\", origin: (by: \"a\"";
    assert!(said.contains(line) && said.matches("verdict").count() == 1, "{said}");
    judge(&mut session, "p2", "p1", Verdict::Supports, "");
    session.flush().unwrap();
    let line = "of: (Referent(\"p2\"), Referent(\"p1\")), verdict: Supports, origin";
    assert!(bytes(dir.path()).contains(line), "{}", bytes(dir.path()));
    assert_eq!(bytes(dir.path()).matches("verdict").count(), 1, "it stands in place of the other");
    let made = edit::unjudge(session.corpus(), &"a".into(), (id("p1"), id("p2")));
    session.commit(made).unwrap();
    session.flush().unwrap();
    assert_eq!(bytes(dir.path()), before);
    session.undo().unwrap().unwrap();
    session.undo().unwrap().unwrap();
    session.flush().unwrap();
    assert_eq!(bytes(dir.path()), said);
    session.undo().unwrap().unwrap();
    session.close().unwrap();
    assert_eq!(bytes(dir.path()), before);
}

proptest! {
    #![proptest_config(Config { cases: 24, failure_persistence: None, ..Config::default() })]

    /// Whatever is said, done again, taken back or cut off by a crash: it is there the next time, and undo gives the
    /// bytes before.
    #[test]
    fn what_is_said_is_there_the_next_time(
        acts in prop::collection::vec((0..9_u8, 0..4_usize, 0..4_usize, 0..7_usize), 1..24),
    ) {
        let home = tempfile::tempdir().unwrap();
        let dir = home.path();
        let mut session = project(dir, &[("r0", "x"), ("r1", "y")]);
        for (n, (act, one, other, verdict)) in acts.into_iter().enumerate() {
            let (one, other) = (format!("r{one}"), format!("r{other}"));
            match act {
                0 => {
                    let there = session.corpus().referents(&"a".into()).and_then(|all| all.get(&id(&one))).cloned();
                    let after = there.is_none().then(|| referent(&one, "baru"));
                    session.commit(edit::referent(&"a".into(), there, after)).unwrap();
                }
                1..=3 if one != other => {
                    judge(&mut session, &one, &other, Verdict::ALL[verdict], &format!("catatan {}", n % 2));
                }
                4 => {
                    let made = edit::unjudge(session.corpus(), &"a".into(), (id(&one), id(&other)));
                    session.commit(made).unwrap();
                }
                5 => drop(session.undo().unwrap()),
                6 => drop(session.redo().unwrap()),
                7 => {
                    let before = state(&session);
                    crash(session);
                    session = open(dir);
                    prop_assert_eq!(state(&session), before);
                }
                8 => session.flush().unwrap(),
                _ => {}
            }
        }
        let before = state(&session);
        session.close().unwrap();
        let written = bytes(dir);
        let mut session = open(dir);
        prop_assert!(session.problems().is_empty(), "{:?}", session.problems());
        prop_assert_eq!(state(&session), before);
        if judge(&mut session, "r0", "r1", Verdict::Unsure, "lain") {
            session.flush().unwrap();
            prop_assert!(bytes(dir) != written);
            session.undo().unwrap().unwrap();
        }
        session.close().unwrap();
        // A file that was not there stays, with nothing in it.
        prop_assert!(bytes(dir) == written || written.is_empty(), "{}", bytes(dir));
    }

    /// Any project → jejak-jsonl → project has what was said of referents; the same once more is not news.
    #[test]
    fn jejak_jsonl_brings_it_along(
        said in prop::collection::vec((0..4_usize, 0..4_usize, 0..7_usize, 0..2_usize), 0..12),
    ) {
        let home = tempfile::tempdir().unwrap();
        let (here, there) = (home.path().join("here"), home.path().join("there"));
        let mut session = project(&here, &[("r0", "w"), ("r1", "x"), ("r2", "y"), ("r3", "z")]);
        let mut pairs = BTreeSet::new();
        for (one, other, verdict, note) in said.into_iter().filter(|(one, other, ..)| one != other) {
            let pair = (one.min(other), one.max(other));
            let (one, other) = (format!("r{one}"), format!("r{other}"));
            if judge(&mut session, &one, &other, Verdict::ALL[verdict], ["", "catatan"][note]) {
                pairs.insert(pair);
            }
        }
        let before = state(&session);
        session.close().unwrap();
        let file = exported(&here);
        let mut session = project(&there, &[]);
        prop_assert_eq!(bring_in(&mut session, &file).about_referents, pairs.len());
        prop_assert_eq!(state(&session), before);
        prop_assert_eq!(bring_in(&mut session, &file).about_referents, 0);
        session.flush().unwrap();
        prop_assert_eq!(exported(&there), file);
        session.undo().unwrap().unwrap();
        prop_assert!(session.corpus().judgements(&"a".into()).is_none_or(BTreeMap::is_empty));
    }

    /// A merge takes what one side alone has said, whichever side it is, and keeps every referent that is spoken of.
    #[test]
    fn merges_are_by_judgement(
        base in judgements(), ours in changes(), theirs in changes(), gone in 0..6_usize,
    ) {
        let all: BTreeSet<usize> = (0..5).collect();
        let changed = |changes: &[(usize, Option<usize>)]| {
            let mut records = base.clone();
            for (key, verdict) in changes {
                match verdict {
                    Some(verdict) => records.insert(*key, *verdict),
                    None => records.remove(key),
                };
            }
            records
        };
        let (ours, theirs) = (changed(&ours), changed(&theirs));
        // Our side takes a referent away that nobody had spoken of.
        let spoken = |records: &BTreeMap<usize, usize>| -> BTreeSet<usize> {
            records.keys().flat_map(|key| [key % 5, (key + 1) % 5]).collect()
        };
        let mut kept = all.clone();
        if !spoken(&base).contains(&gone) && !spoken(&ours).contains(&gone) {
            kept.remove(&gone);
        }
        let files = [raw(&base, &all), raw(&ours, &kept), raw(&theirs, &all)];
        for (mine, other) in [(1, 2), (2, 1)] {
            let merged = merge3(&files[0], &files[mine], &files[other]);
            for key in base.keys().chain(ours.keys()).chain(theirs.keys()) {
                let side = |records: &BTreeMap<usize, usize>| records.get(key).copied();
                let (was, our, their) = (side(&base), side(&ours), side(&theirs));
                let name = format!("j{key}");
                let is = merged.file.list("judgements").iter().find(|(id, _)| *id == name).map(|(_, line)| line.clone());
                let line = |verdict: Option<usize>| verdict.map(|verdict| judgement(*key, verdict));
                match () {
                    () if our == their || their == was => prop_assert_eq!(is, line(our)),
                    () if our == was => prop_assert_eq!(is, line(their)),
                    () => {
                        let told = merged.conflicts.iter().any(|said| said.split(':').next() == Some(&*name));
                        prop_assert!(told, "{:?}", merged.conflicts);
                    }
                }
            }
            let there = |n: usize| merged.file.list("referents").iter().any(|(id, _)| *id == format!("r{n}"));
            let judged: BTreeSet<usize> = spoken(&theirs);
            prop_assert!(judged.into_iter().all(there), "{}", merged.file.write());
            prop_assert_eq!(there(gone), gone < 5 && (kept.contains(&gone) || spoken(&theirs).contains(&gone)));
            // The outcome is a file that a project reads.
            let again = RawFile::read(FILE, &merged.file.write()).unwrap();
            prop_assert_eq!(again.list("judgements"), merged.file.list("judgements"));
        }
    }
}

fn judgements() -> impl Strategy<Value = BTreeMap<usize, usize>> {
    prop::collection::btree_map(0..10_usize, 0..7_usize, 0..6)
}

fn changes() -> impl Strategy<Value = Vec<(usize, Option<usize>)>> {
    prop::collection::vec((0..10_usize, prop::option::of(0..7_usize)), 0..5)
}

/// The line of a judgement about two of five referents.
fn judgement(key: usize, verdict: usize) -> String {
    let (one, other) = (key % 5, (key + 1) % 5);
    format!(
        "(id: \"j{key}\", of: (Referent(\"r{one}\"), Referent(\"r{other}\")), verdict: {:?}, origin: (by: \"a\", at: \
         \"2031-03-03T08:00:00Z\"))",
        Verdict::ALL[verdict]
    )
}

fn file(judgements: &BTreeMap<usize, usize>, referents: &BTreeSet<usize>) -> String {
    let origin = "origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\")";
    let lines: String = judgements.iter().map(|(key, verdict)| format!("  {},\n", judgement(*key, *verdict))).collect();
    let judgements = if lines.is_empty() { String::new() } else { format!(" judgements: [\n{lines} ],\n") };
    let referent = |n: &usize| format!("  (id: \"r{n}\", label: \"person\", name: \"nama {n}\", {origin}),\n");
    let referents: String = referents.iter().map(referent).collect();
    format!("(\n jejak: 1,\n annotator: \"a\",\n{judgements} referents: [\n{referents} ],\n)\n")
}

fn raw(judgements: &BTreeMap<usize, usize>, referents: &BTreeSet<usize>) -> RawFile {
    let content = file(judgements, referents);
    let raw = RawFile::read(FILE, &content).unwrap();
    assert_eq!(raw.write(), content);
    raw
}

fn exported(dir: &Path) -> String {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("x.jsonl");
    let plan = Plan::new(format("jejak-jsonl").unwrap(), vec!["a".into()]);
    let survey = dataset::survey(dir, &plan, &mut |_, _| true).unwrap();
    assert!(survey.loss.counts().is_empty() && survey.problems.is_empty(), "{survey:?}");
    dataset::make(dir, &plan, &survey, DatasetTarget::File(&file), &mut |_, _| true).unwrap();
    fs::read_to_string(file).unwrap()
}

fn bring_in(session: &mut Session, file: &str) -> ImportOutcome {
    bring_in_as(session, "a", file, &[])
}

fn bring_in_as(session: &mut Session, annotator: &str, file: &str, renamed: &[(&str, &str)]) -> ImportOutcome {
    let source = ImportFiles::from(Memory { files: [("x.jsonl".to_owned(), file.as_bytes().to_vec())].into() });
    let read = PendingImport::read(
        format("jejak-jsonl").unwrap(),
        &source,
        Some(&annotator.into()),
        &ReadOptions::default(),
        &mut |_| true,
    );
    let names = renamed.iter().map(|&(from, to)| (from.into(), Some(to.into()))).collect();
    let read = read.unwrap().called(&names).unwrap();
    let read = read.allowing(Allowed::ALL);
    session.run(|link| read.bring_in(link, &NameMap::default(), true, &mut |_, _| true)).unwrap().unwrap()
}

#[test]
fn an_imported_judgement_follows_its_referents() {
    let home = tempfile::tempdir().unwrap();
    let (here, there) = (home.path().join("here"), home.path().join("there"));
    let mut session = project(&here, &[("p1", "Sari"), ("p2", "Ratu")]);
    judge(&mut session, "p1", "p2", Verdict::Contradicts, "");
    session.close().unwrap();
    let file = exported(&here);
    // Another referent has the name of one of them.
    let mut session = project(&there, &[("p1", "Orang lain")]);
    assert_eq!(bring_in(&mut session, &file).about_referents, 1);
    let corpus = session.corpus();
    let (all, referents) = (corpus.judgements(&"a".into()).unwrap(), corpus.referents(&"a".into()).unwrap());
    let said = all.values().next().unwrap();
    let names = [said.of.0, said.of.1].map(|id| referents[&id].name.as_str());
    assert_eq!(BTreeSet::from(names), BTreeSet::from(["Sari", "Ratu"]));
}

#[test]
fn an_imported_judgement_goes_to_whoever_has_the_sets() {
    let home = tempfile::tempdir().unwrap();
    let here = home.path().join("here");
    let mut session = project(&here, &[("p1", "Sari"), ("p2", "Ratu")]);
    judge(&mut session, "p1", "p2", Verdict::Unsure, "");
    session.close().unwrap();
    let file = exported(&here);
    let sets = |names: &[&str]| -> String {
        let sets: Vec<_> = names.iter().map(|name| serde_json::json!({ "annotator": name })).collect();
        let mut lines: Vec<serde_json::Value> = file.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        lines[0]["sets"] = sets.into();
        lines.iter().map(|line| format!("{line}\n")).collect()
    };
    // A set that has a name keeps it, and what belongs to it; one that is called otherwise takes that along.
    for (names, renamed, whose, other) in
        [(&["a"][..], &[("a", "c")][..], "c", "a"), (&["a"], &[], "a", "c"), (&["a", "b"], &[], "a", "c")]
    {
        let mut session = project(&home.path().join(format!("{whose}{}", names.len())), &[]);
        assert_eq!(bring_in_as(&mut session, "c", &sets(names), renamed).about_referents, 1);
        let has = |name: &str| session.corpus().judgements(&name.into()).map_or(0, std::collections::BTreeMap::len);
        assert_eq!((has(whose), has(other)), (1, 0), "{names:?}");
    }
}

#[test]
fn other_formats_say_that_they_lose_it() {
    let dir = tempfile::tempdir().unwrap();
    let mut session = project(dir.path(), &[("p1", "Sari"), ("p2", "Ratu")]);
    judge(&mut session, "p1", "p2", Verdict::Unsure, "");
    session.close().unwrap();
    let plan = Plan::new(format("brat").unwrap(), vec!["a".into()]);
    let survey = dataset::survey(dir.path(), &plan, &mut |_, _| true).unwrap();
    let said: Vec<String> = survey.loss.sentences().collect();
    assert!(said.iter().any(|line| line.contains("records about two referents are left out")), "{said:?}");
}

#[test]
fn git_merges_and_check_names_what_cannot_be() {
    let dir = tempfile::tempdir().unwrap();
    let project = dir.path().join("p");
    let mut session = self::project(&project, &[]);
    session.flush().unwrap();
    drop(session);
    let all: BTreeSet<usize> = (0..5).collect();
    let said = |pairs: &[(usize, usize)]| -> BTreeMap<usize, usize> { pairs.iter().copied().collect() };
    let [base, ours, theirs] = ["base", "ours", "theirs"].map(|name| dir.path().join(name));
    fs::write(&base, file(&said(&[]), &all)).unwrap();
    // r0 is r1, and r1 is r2, …
    fs::write(&ours, file(&said(&[(0, 0), (1, 0)]), &all)).unwrap();
    // … and r2 is not r3, and r3 contradicts r4; here nobody knows anything of r5.
    fs::write(&theirs, file(&said(&[(2, 1), (3, 4)]), &all)).unwrap();
    let run = |args: &[&str]| Command::new(env!("CARGO_BIN_EXE_jejak")).args(args).current_dir(dir.path()).output();
    let merged = run(&["merge", "base", "ours", "theirs", FILE]).unwrap();
    assert!(merged.status.success(), "{merged:?}");
    let content = fs::read_to_string(&ours).unwrap();
    let lines = |content: &str| content.lines().map(str::to_owned).collect::<BTreeSet<String>>();
    assert_eq!(lines(&content), lines(&file(&said(&[(0, 0), (1, 0), (2, 1), (3, 4)]), &all)));

    let put = |content: &str| {
        fs::create_dir_all(project.join("sets/a")).unwrap();
        fs::write(project.join(FILE), content).unwrap();
        String::from_utf8(run(&["check", "p"]).unwrap().stdout).unwrap()
    };
    let clean = put(&content);
    assert!(!clean.contains("judgement"), "{clean}");
    let line = |id: &str, one: &str, other: &str, verdict: &str| {
        judgement(0, 0)
            .replace("\"j0\"", &format!("{id:?}"))
            .replace("Referent(\"r0\"), Referent(\"r1\")", &format!("Referent({one:?}), Referent({other:?})"))
            .replace("Same", verdict)
    };
    for (more, told) in [
        (
            line("k1", "r0", "r2", "Contradicts"),
            "5: error: \"nama 0\" and \"nama 2\" are the same by the judgements j0, j1, but judgement k1 says \
             \"contradicts\" (contradictory-judgement)",
        ),
        (line("k1", "r0", "r2", "Unsure"), ""),
        (
            line("k1", "r2", "r3", "Same"),
            "judgement k1 says \"the same\" of \"nama 2\" and \"nama 3\", and judgement j2 says \"not the same\" \
             (judged-twice)",
        ),
        (
            line("k1", "r2", "r9", "NotSame"),
            "judgement k1 is about the referent r9, which is not there (dangling-judgement)",
        ),
        (line("k1", "r2", "r2", "NotSame"), "judgement k1 is about \"nama 2\" and itself (own-judgement)"),
        (line("j1", "r0", "r3", "Unsure"), "the id j1 is used twice"),
        (line("k1", "r0", "r3", "Perhaps"), "a judgement is not what this version knows"),
    ] {
        let content = content.replacen(" judgements: [\n", &format!(" judgements: [\n  {more},\n"), 1);
        let found = put(&content);
        assert!(found.contains(told), "{more}: {found}");
        assert!(!told.is_empty() || !found.contains("judgement"), "{more}: {found}");
    }
}

/// The facts of a node or an edge, by key.
type Facts = BTreeMap<String, String>;

/// An edge: both ends and its facts.
type Edge = (String, String, Facts);

/// Nodes by id and edges of a GraphML file.
fn network(xml: &str) -> (BTreeMap<String, Facts>, Vec<Edge>) {
    use quick_xml::events::Event;
    let (mut nodes, mut edges, mut keys) = (BTreeMap::new(), Vec::new(), BTreeSet::new());
    let (mut facts, mut key, mut ends) = (Facts::new(), None, (String::new(), String::new()));
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        let event = reader.read_event().unwrap();
        if let Event::Start(tag) | Event::Empty(tag) = &event {
            let attribute = |name: &str| {
                let found = tag
                    .try_get_attribute(name)
                    .unwrap()
                    .map(|it| it.normalized_value(quick_xml::XmlVersion::Implicit1_0).unwrap().into_owned());
                found.unwrap_or_default()
            };
            match tag.name().as_ref() {
                "key" => assert!(keys.insert(attribute("id"))),
                "node" => (facts, ends) = (Facts::new(), (attribute("id"), String::new())),
                "edge" => (facts, ends) = (Facts::new(), (attribute("source"), attribute("target"))),
                "data" => {
                    assert!(keys.contains(&attribute("key")));
                    key = Some(attribute("key"));
                }
                _ => {}
            }
        }
        match event {
            Event::Text(text) => {
                if let Some(key) = &key {
                    facts.entry(key.clone()).or_insert_with(String::new).push_str(&text.xml10_content());
                }
            }
            Event::GeneralRef(entity) => {
                let said = quick_xml::escape::resolve_predefined_entity(&entity.xml10_content()).unwrap();
                facts.get_mut(key.as_ref().unwrap()).unwrap().push_str(said);
            }
            Event::End(tag) => match tag.name().as_ref() {
                "data" => key = None,
                "node" => {
                    let before = nodes.insert(ends.0.clone(), std::mem::take(&mut facts));
                    assert!(before.is_none(), "two nodes {}", ends.0);
                }
                "edge" => edges.push((ends.0.clone(), ends.1.clone(), std::mem::take(&mut facts))),
                _ => {}
            },
            Event::Eof => return (nodes, edges),
            _ => {}
        }
    }
}

#[test]
fn a_network_has_referents_frames_and_judgements_and_every_edge_has_both_ends() {
    let home = tempfile::tempdir().unwrap();
    let project = home.path().join("p");
    jejak::store::sample::unpack_into(&project).unwrap();
    let mut session = open(&project);
    let named = |session: &Session, name: &str| {
        let all = session.corpus().referents(&"a".into()).unwrap();
        all.values().find(|referent| referent.name == name).unwrap().id
    };
    let of = (named(&session, "Ratih ke Nordskar, Maret 2025"), named(&session, "Ratih ke Nordskar, April 2025"));
    let made = edit::judge(session.corpus(), &"a".into(), of, Verdict::NotSame, "satu batal, satu jadi").unwrap();
    session.commit(made).unwrap();
    let referents = session.corpus().referents(&"a".into()).unwrap().len();
    session.close().unwrap();
    let export = |format: &str| {
        let out = home.path().join(format);
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_jejak"))
            .args([
                "export",
                project.to_str().unwrap(),
                "--format",
                format,
                "--set",
                "a",
                "--allow-loss",
                "--out",
                out.to_str().unwrap(),
            ])
            .output()
            .unwrap();
        assert_eq!(done.status.code(), Some(0), "{}", String::from_utf8_lossy(&done.stderr));
        out
    };
    let (nodes, edges) = network(&fs::read_to_string(export("graphml").join("network.graphml")).unwrap());
    for (from, to, facts) in &edges {
        assert!(nodes.contains_key(from) && nodes.contains_key(to), "{from} {to} {facts:?}");
    }
    let count = |kind: &str| nodes.values().filter(|facts| facts["kind"] == kind).count();
    assert_eq!(count("referent"), referents);
    assert!(count("frame") > 20 && count("mention") > 0);
    let between = |from: &str, to: &str| -> Vec<String> {
        let named = |node: &str| nodes[node].get("name").cloned().unwrap_or_default();
        let is = |(a, b, _): &&Edge| (named(a) == from && named(b) == to) || (named(b) == from && named(a) == to);
        edges.iter().filter(is).flat_map(|(_, _, facts)| facts.values().cloned()).collect()
    };
    assert_eq!(between("Ratih ke Nordskar, Maret 2025", "Ratih ke Nordskar, April 2025"), ["not the same"]);
    assert_eq!(between("Ratih ke Nordskar, Maret 2025", "Ratih Senjakala"), ["traveller"]);
    assert_eq!(between("bertolak", "Ratih ke Nordskar, April 2025"), ["is"]);
    // The same judgement as a row of a table.
    let table = fs::read_to_string(export("csv").join("judgements.csv")).unwrap();
    assert!(table.contains("not the same") && table.contains("satu batal, satu jadi"), "{table}");
    assert_eq!(table.lines().count(), 2);
}
