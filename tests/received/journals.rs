//! Journals and caches that came with a project: what was written elsewhere is not believed.

use std::fs;
use std::time::Duration;

use jejak::edit::SetEditor;
use jejak::model::Name;
use jejak::store::{Access, Session};
use jejak::text::{Span, sha256_hex};

use crate::project::article;
use crate::world::{World, age, copy, run};

/// Edits that a stranger left in a journal, kept in the files or not.
fn with_journal(kept: bool) -> World {
    World::new(|project, _| {
        let who = Name::new("zed");
        let mut session = Session::open(project, &who, Access::Write).unwrap();
        session.load(&article("000"), std::slice::from_ref(&who)).unwrap();
        let editor = SetEditor::new(session.corpus(), (article("000"), who.clone()));
        let (label, _) = editor.label(&Name::new("place"), vec![Span::new(0, 5)]);
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
    assert_eq!(session.history().depth(), (0, 0), "a stranger's work is not for this person to undo");
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
