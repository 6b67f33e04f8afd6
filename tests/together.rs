//! Several sessions and programs in one folder, and what a damaged or foreign journal leaves: nothing that was said to
//! be saved goes away without a word.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

#[path = "store/project.rs"]
mod project;

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use jejak::edit::SetEditor;
use jejak::model::{Id, Name, Progress};
use jejak::store::{Access, Event, SaveState, Session};
use jejak::text::Span;
use project::{article, draft, make_older};

fn open(dir: &Path, annotator: &str) -> Session {
    let mut session = Session::open(dir, &Name::new(annotator), Access::Write).unwrap();
    session.load(&article("000"), &[Name::new(annotator)]).unwrap();
    session
}

fn label(session: &mut Session, start: u32, end: u32) -> Id {
    let editor = SetEditor::new(session.corpus(), (article("000"), session.annotator().clone()));
    let (transaction, id) = editor.label(&Name::new("person"), vec![Span::new(start, end)]);
    session.commit(transaction).unwrap();
    id
}

fn has(session: &Session, id: Id) -> bool {
    session.corpus().annotation(&article("000"), session.annotator(), id).is_some()
}

/// Polls until `done`, for ten seconds at the most.
fn wait(session: &mut Session, mut done: impl FnMut(&Session, &[Event]) -> bool) {
    let start = Instant::now();
    let mut all = Vec::new();
    while start.elapsed() < Duration::from_secs(10) {
        all.extend(session.poll());
        if done(session, &all) {
            return;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("it does not come about: {all:?}");
}

fn saved(session: &mut Session) {
    wait(session, |session, _| session.save_state() == SaveState::Saved);
}

fn jejak(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    command.args(arguments).current_dir(dir).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

#[test]
fn articles_that_several_programs_add_at_once_are_all_there() {
    let home = tempfile::tempdir().unwrap();
    assert!(jejak(home.path(), &["new", "trips"]).status().unwrap().success());
    let names = ["satu", "dua", "tiga", "empat"];
    for name in names {
        fs::write(home.path().join(format!("{name}.txt")), format!("Berita {name} dari Bandar Laut.")).unwrap();
    }
    let add = |name: &&str| jejak(home.path(), &["add", "trips", &format!("{name}.txt"), "--annotator", name]).spawn();
    let running: Vec<_> = names.iter().map(|name| add(name).unwrap()).collect();
    for one in running {
        let output = one.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    let list = fs::read_to_string(home.path().join("trips/articles.ron")).unwrap();
    assert_eq!(list.matches("(id: ").count(), names.len(), "{list}");
    let check = jejak(home.path(), &["check", "trips"]).output().unwrap();
    assert!(check.status.success(), "{check:?}");
}

#[test]
fn articles_that_a_session_has_not_heard_of_keep_their_numbers() {
    let dir = make_older(1);
    let mut first = open(dir.path(), "a");
    let mut second = open(dir.path(), "b");
    second.add_articles(vec![draft("Dua", "Raka pulang dari Muara.")]).unwrap();
    second.close().unwrap();
    first.add_articles(vec![draft("Tiga", "Wati tiba di Teluk.")]).unwrap();
    first.close().unwrap();
    let session = open(dir.path(), "a");
    let titles: Vec<&str> = session.corpus().articles().iter().map(|article| article.title.as_str()).collect();
    assert_eq!(titles, ["Artikel 0", "Dua", "Tiga"]);
}

#[test]
fn labels_that_several_imports_add_to_the_schema_are_all_there() {
    let home = tempfile::tempdir().unwrap();
    assert!(jejak(home.path(), &["new", "trips"]).status().unwrap().success());
    let names = ["kapal", "kereta", "pesawat", "perahu"];
    for name in names {
        let line = format!("{{\"text\": \"Ratu naik {name}.\", \"label\": [[0, 4, \"{name}\"]]}}\n");
        fs::write(home.path().join(format!("{name}.jsonl")), line).unwrap();
    }
    let import = |name: &&str| {
        let file = format!("{name}.jsonl");
        let arguments = ["import", "trips", "--format", "doccano", "--annotator", name, &file, "--extend-schema"];
        jejak(home.path(), &arguments).spawn()
    };
    let running: Vec<_> = names.iter().map(|name| (name, import(name).unwrap())).collect();
    let done: Vec<&str> = running
        .into_iter()
        .filter_map(|(name, one)| one.wait_with_output().unwrap().status.success().then_some(*name))
        .collect();
    let schema = fs::read_to_string(home.path().join("trips/schema.ron")).unwrap();
    // A program that finds the schema changed by another says so and may be asked again; one that says it is done has
    // it there.
    assert!(!done.is_empty());
    for name in done {
        assert!(schema.contains(&format!("\"{name}\"")), "{name} is said to be there: {schema}");
    }
}

#[test]
fn a_second_session_that_came_over_a_deleted_lock_keeps_its_edits() {
    let dir = make_older(1);
    let mut first = open(dir.path(), "a");
    label(&mut first, 0, 5);
    saved(&mut first);
    fs::remove_file(dir.path().join(".jejak/a/lock")).unwrap();
    // The first may take its place again at once: then nobody else gets in, which is as good.
    let Ok(mut second) = Session::open(dir.path(), &Name::new("a"), Access::Write) else { return };
    second.load(&article("000"), &[Name::new("a")]).unwrap();
    let theirs = label(&mut second, 6, 10);
    saved(&mut second);
    // As in a crash: its files are not written.
    drop(second);
    label(&mut first, 11, 15);
    saved(&mut first);
    first.close().unwrap();
    let mut again = open(dir.path(), "a");
    if !has(&again, theirs) {
        assert!(again.elsewhere().iter().any(|(_, edits)| *edits > 0), "it waits beside: {:?}", again.problems());
        again.bring_in_elsewhere().unwrap();
    }
    assert!(has(&again, theirs));
}

#[test]
fn a_file_that_is_gone_when_the_project_is_closed_is_written_again() {
    let dir = make_older(1);
    let mut session = open(dir.path(), "a");
    let made = label(&mut session, 0, 5);
    session.flush().unwrap();
    fs::remove_file(dir.path().join("sets/a/000.ron")).unwrap();
    wait(&mut session, |_, events| events.iter().any(|event| matches!(event, Event::Vanished { .. })));
    assert!(matches!(session.save_state(), SaveState::Gone(_)), "{:?}", session.save_state());
    session.close().unwrap();
    assert!(has(&open(dir.path(), "a"), made));
}

#[test]
fn that_somebody_looked_and_found_nothing_is_work_too() {
    let dir = make_older(1);
    let mut session = open(dir.path(), "a");
    let editor = SetEditor::new(session.corpus(), (article("000"), Name::new("a")));
    let done = editor.progress(Progress::Done);
    session.commit(done).unwrap();
    session.flush().unwrap();
    fs::remove_file(dir.path().join("sets/a/000.ron")).unwrap();
    wait(&mut session, |_, events| events.iter().any(|event| matches!(event, Event::Vanished { .. })));
    assert_eq!(session.corpus().set(&article("000"), &Name::new("a")).unwrap().progress(), Progress::Done);
}

#[test]
fn a_journal_whose_last_line_was_changed_is_kept_and_told() {
    let dir = make_older(1);
    let mut session = open(dir.path(), "a");
    label(&mut session, 0, 5);
    saved(&mut session);
    drop(session);
    let path = dir.path().join(".jejak/a/journal");
    let mut journal = fs::read(&path).unwrap();
    let at = journal.len() - 20;
    journal[at] ^= 1;
    fs::write(&path, &journal).unwrap();
    let session = open(dir.path(), "a");
    assert!(session.problems().iter().any(|problem| problem.code == "journal-damaged"), "{:?}", session.problems());
    assert_eq!(fs::read(dir.path().join(".jejak/a/journal.damaged")).unwrap(), journal);
}

/// A copy of a project in which edits wait in the journal of the folder that it was copied from.
fn copied() -> (tempfile::TempDir, Id) {
    let dir = make_older(1);
    let mut session = open(dir.path(), "a");
    let made = label(&mut session, 0, 5);
    saved(&mut session);
    drop(session);
    let copy = tempfile::tempdir().unwrap();
    let status = Command::new("cp").arg("-r").arg(dir.path().join(".")).arg(copy.path()).status().unwrap();
    assert!(status.success());
    (copy, made)
}

#[test]
fn edits_from_elsewhere_that_cannot_come_in_leave_nothing_behind() {
    let (copy, made) = copied();
    let text = copy.path().join("articles/000.txt");
    let words = fs::read(&text).unwrap();
    fs::write(&text, b"\xff").unwrap();
    let mut session = Session::open(copy.path(), &Name::new("a"), Access::Write).unwrap();
    session.bring_in_elsewhere().unwrap_err();
    assert_eq!(session.history().depth(), (0, 0));
    let waits = session.problems().iter().find(|problem| problem.code == "not-recovered");
    assert!(waits.is_some_and(|problem| problem.to_string().contains("000")), "{:?}", session.problems());
    session.close().unwrap();
    fs::write(&text, words).unwrap();
    let mut session = open(copy.path(), "a");
    assert!(!has(&session, made));
    assert_eq!(session.bring_in_elsewhere().unwrap(), 1);
    assert!(has(&session, made) && session.elsewhere().is_empty());
}

#[test]
fn undo_of_edits_from_elsewhere_knows_the_text_that_they_were_made_on() {
    let (copy, made) = copied();
    let mut session = open(copy.path(), "a");
    session.bring_in_elsewhere().unwrap();
    session.close().unwrap();
    let text = copy.path().join("articles/000.txt");
    let words = fs::read_to_string(&text).unwrap();
    fs::write(&text, format!("IKLAN\n\n{words}")).unwrap();
    let mut session = open(copy.path(), "a");
    let refused = session.undo().unwrap_err().to_string();
    assert!(refused.contains("has changed since"), "{refused}");
    assert!(has(&session, made));
}

#[test]
fn a_copy_has_no_record_that_was_deleted_before() {
    let dir = make_older(1);
    let mut session = open(dir.path(), "a");
    let made = label(&mut session, 0, 5);
    session.flush().unwrap();
    let deleted = SetEditor::new(session.corpus(), (article("000"), Name::new("a"))).delete(&[made]);
    session.commit(deleted).unwrap();
    let copy = tempfile::tempdir().unwrap();
    let copied = session.copier().write(&copy.path().join("copy"), &mut |_| true).unwrap();
    assert_eq!((copied.articles, copied.missing.len(), copied.unread.len()), (1, 0, 0), "{copied:?}");
    assert!(!has(&open(&copy.path().join("copy"), "a"), made));
}

#[test]
fn a_text_that_cannot_be_read_again_at_once_is_later() {
    let dir = make_older(1);
    let mut session = open(dir.path(), "a");
    label(&mut session, 0, 5);
    session.flush().unwrap();
    let set = dir.path().join("sets/a/000.ron");
    fs::remove_file(&set).unwrap();
    wait(&mut session, |_, events| events.iter().any(|event| matches!(event, Event::Vanished { .. })));
    let text = dir.path().join("articles/000.txt");
    let longer = format!("IKLAN\n\n{}", fs::read_to_string(&text).unwrap());
    fs::write(&text, &longer).unwrap();
    let told =
        |event: &Event| matches!(event, Event::External { message, .. } if message.to_string().contains("was changed"));
    wait(&mut session, |_, events| events.iter().any(told));
    assert_ne!(session.corpus().text(&article("000")).unwrap().as_str(), longer, "what the file held is asked first");
    session.restore("sets/a/000.ron");
    wait(&mut session, |session, _| session.corpus().text(&article("000")).is_some_and(|text| text.as_str() == longer));
}
