//! Changes that workers make ready, while the session goes on and others write to the files.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use jejak::edit::{self, Edit, SetEditor, Transaction};
use jejak::model::{ArticleId, Name};
use jejak::store::{Added, Adder, Event, Link, NewText, RawFile, Session, StoreError, WorkingCopy};
use jejak::text::Span;

use super::project::{article, draft, make, set_file, text};
use super::{editor, label, open, wait};

/// More labels in an article than are made at once.
fn many(session: &mut Session, id: &str) -> Transaction {
    let annotator = session.annotator().clone();
    session.load(&article(id), &[annotator]).unwrap();
    let text = session.corpus().text(&article(id)).unwrap().as_str();
    let ends: Vec<u32> = text.char_indices().take(70).map(|(at, _)| u32::try_from(at).unwrap()).collect();
    let from = |&start: &u32| ends.iter().filter(move |end| **end > start).map(move |end| vec![Span::new(start, *end)]);
    let (transaction, _) = editor(session, id).label_all(&Name::new("person"), ends.iter().flat_map(from));
    assert!(transaction.edits.len() > 2_000);
    transaction
}

/// The answer to a change that was asked for.
fn answer(session: &mut Session) -> Event {
    wait(session, |event| matches!(event, Event::Changed(..) | Event::Refused(_))).pop().unwrap()
}

/// Brings in edits that `make` makes of a project with these sets, as an import does.
fn import(
    link: &Link,
    sets: &[(&str, &Name)],
    make: impl Fn(&WorkingCopy) -> Vec<Edit>,
) -> Result<Vec<Added>, StoreError> {
    let mut adder = Adder::new(link);
    let project = adder.begin()?;
    let new = adder.write(&project, Vec::new(), &mut |_, _| true)?.unwrap();
    adder.commit("import", project, new, &mut |project, _| {
        let known = |(id, maker): &(&str, &Name)| {
            (project.corpus().article(&article(id)).unwrap().clone(), vec![Name::clone(maker)])
        };
        let known: Vec<_> = sets.iter().map(known).collect();
        project.load(&known, &mut |_| true)?;
        Ok(make(project))
    })
}

/// A new label in a set.
fn place(project: &WorkingCopy, id: &str, maker: &Name) -> Vec<Edit> {
    let editor = SetEditor::new(project.corpus(), (article(id), maker.clone()));
    editor.label(&Name::new("place"), vec![Span::new(11, 15)]).0.edits
}

fn records(session: &Session, id: &str, maker: &Name) -> Option<usize> {
    session.corpus().set(&article(id), maker).map(|set| set.iter().count())
}

/// Takes an article out of the list, as another program does.
fn take_out(dir: &Path, id: &str) {
    let list = dir.join("articles.ron");
    let content = fs::read_to_string(&list).unwrap();
    let left = content.lines().filter(|line| !line.contains(&format!("id: \"{id}\"")));
    let left = left.fold(String::new(), |out, line| out + line + "\n");
    assert_ne!(left, content);
    fs::write(list, left).unwrap();
}

#[test]
fn a_project_is_let_go_of_though_a_worker_knows_it() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    label(&mut session, "000", "person", 0, 5);
    let link = session.link();
    let (done, gone) = channel();
    // One asks again and again, and one only at the end.
    let other = link.clone();
    let asks = std::thread::spawn(move || while other.snapshot().is_ok() {});
    std::thread::spawn(move || done.send(session.close().map_err(|error| error.to_string())));
    gone.recv_timeout(Duration::from_secs(20)).expect("nobody waits for the other one").unwrap();
    asks.join().unwrap();
    assert!(link.snapshot().is_err());
    let error = Adder::new(&link).begin().map(drop).unwrap_err().to_string();
    assert!(error.contains("closed") || error.contains("ended"), "{error}");
}
