//! Changes that workers make ready, while the session goes on and others write to the files.

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use jejak::edit::{self, Edit, SetEditor, Transaction};
use jejak::model::{ArticleId, LabelDef, Name, RecordFile, Schema};
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
        project.load(&known)?;
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

#[test]
fn a_file_that_an_import_only_read_is_read_when_it_is_opened() {
    let dir = make(2);
    let m = Name::new("m");
    let mut other = open(dir.path(), "m");
    label(&mut other, "000", "person", 0, 5);
    label(&mut other, "001", "person", 0, 5);
    other.close().unwrap();
    let mut session = open(dir.path(), "a");
    let sets = [("000", &m), ("001", &m)];
    session.run(|link| import(link, &sets, |project| place(project, "001", &m))).unwrap();
    assert_eq!((records(&session, "000", &m), records(&session, "001", &m)), (None, Some(2)));
    session.flush().unwrap();
    let referents = session.corpus().referents(&m).is_some();
    let mut other = open(dir.path(), "m");
    label(&mut other, "000", "place", 11, 15);
    label(&mut other, "001", "place", 6, 10);
    other.close().unwrap();
    // The files are looked at in their order.
    let of_one = |event: &Event| matches!(event, Event::External { articles, .. } if articles[..] == [article("001")]);
    wait(&mut session, of_one);
    session.load(&article("000"), std::slice::from_ref(&m)).unwrap();
    assert_eq!((records(&session, "000", &m), records(&session, "001", &m)), (Some(2), Some(3)));
    assert!(referents, "a set that came has the referents that its records are of");
}

#[test]
fn a_file_that_is_mended_when_an_import_reads_it_is_no_problem_any_more() {
    let dir = make(1);
    let a = Name::new("a");
    let mut session = open(dir.path(), "a");
    label(&mut session, "000", "person", 0, 5);
    session.close().unwrap();
    let file = dir.path().join(set_file(dir.path(), "a", "000"));
    let good = fs::read(&file).unwrap();
    fs::write(&file, "(jejak: 1, annotations: [").unwrap();
    let mut session = open(dir.path(), "a");
    session.load(&article("000"), std::slice::from_ref(&a)).unwrap();
    assert_eq!((session.unreadable().count(), session.problems().len()), (1, 1));
    fs::write(&file, good).unwrap();
    session.run(|link| import(link, &[("000", &a)], |project| place(project, "000", &a))).unwrap();
    assert_eq!(records(&session, "000", &a), Some(2));
    assert_eq!((session.unreadable().count(), session.problems()), (0, &[][..]));
}

#[test]
fn conflicts_that_a_worker_settles_are_no_problem_any_more() {
    let dir = make(1);
    let a = Name::new("a");
    let mut session = open(dir.path(), "a");
    label(&mut session, "000", "person", 0, 5);
    session.close().unwrap();
    let file = dir.path().join(set_file(dir.path(), "a", "000"));
    let base = fs::read_to_string(&file).unwrap();
    let noted = |note: &str| base.replace(", origin: ", &format!(", note: {note:?}, origin: "));
    let raw = |text: &str| RawFile::read("000.ron", text).unwrap();
    let merged = jejak::review::merge3(&raw(&base), &raw(&noted("satu")), &raw(&noted("dua")));
    fs::write(&file, merged.file.write()).unwrap();
    let left = |session: &Session| session.problems().iter().filter(|it| it.code == "merge-conflict").count();
    for opened in [true, false] {
        let mut session = open(dir.path(), "a");
        if opened {
            session.load(&article("000"), std::slice::from_ref(&a)).unwrap();
            assert_eq!(left(&session), 1);
        }
        let settle = |project: &WorkingCopy| {
            let key = (article("000"), a.clone());
            let conflict = project.corpus().set(&key.0, &key.1).unwrap().conflicts()[0].clone();
            edit::settle_conflict(project.corpus(), &RecordFile::Set(key.clone()), &conflict, None, &a).edits
        };
        session.run(|link| import(link, &[("000", &a)], settle)).unwrap();
        assert_eq!(left(&session), 0, "{opened}: {:?}", session.problems());
        session.undo().unwrap();
        assert_eq!(left(&session), 1);
        session.close().unwrap();
    }
}

#[test]
fn a_large_step_that_is_not_the_next_any_more_forgets_no_other() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    let large = many(&mut session, "000");
    session.ask_commit(large).unwrap();
    assert!(matches!(answer(&mut session), Event::Changed(..)));
    let set = session.corpus().set(&article("000"), session.annotator()).unwrap();
    let one = set.iter().next().unwrap().id;
    while session.is_busy() {
        session.poll();
    }
    session.ask_undo().unwrap();
    // Before it is made ready, something else is done with what it takes back.
    let deleted = editor(&session, "000").delete(&[one]);
    session.commit(deleted).unwrap();
    assert!(matches!(answer(&mut session), Event::Refused(_)));
    assert_eq!(session.history().depth(), (2, 0));
    session.undo().unwrap().unwrap();
    assert!(session.corpus().annotation(&article("000"), session.annotator(), one).is_some());
}

#[test]
fn a_large_change_that_is_overtaken_is_made_ready_anew() {
    let dir = make(6);
    let mut session = open(dir.path(), "a");
    let ids: Vec<String> = (0..6).map(|n| format!("{n:03}")).collect();
    let mut large = many(&mut session, "000");
    for id in &ids[1..] {
        session.load(&article(id), &[Name::new("a")]).unwrap();
        large.edits.extend(editor(&session, id).label(&Name::new("place"), vec![Span::new(11, 15)]).0.edits);
    }
    // Each states the progress of the article, too: that is the small changes' part here.
    large.edits.retain(|edit| edit.sides::<jejak::model::Annotation>().is_some());
    session.flush().unwrap();
    let (wake, woken) = channel();
    session.on_event(Box::new(move || _ = wake.send(())));
    // Nothing else comes any more.
    while woken.recv_timeout(Duration::from_millis(200)).is_ok() {
        session.poll();
    }
    let count = large.edits.len();
    session.ask_commit(large).unwrap();
    woken.recv_timeout(Duration::from_secs(10)).unwrap();
    session.poll();
    for id in &ids {
        label(&mut session, id, "person", 40, 45);
    }
    let Event::Changed(_, done) = answer(&mut session) else { panic!("it was not tried again") };
    assert_eq!(done.edits.len(), count);
    let all: usize = ids.iter().map(|id| records(&session, id, session.annotator()).unwrap()).sum();
    assert_eq!(all, count + ids.len());
}

#[test]
fn steps_on_an_article_that_is_gone_are_refused_once_and_then_gone() {
    let dir = make(2);
    for large in [false, true] {
        let mut session = open(dir.path(), "a");
        let first = label(&mut session, "000", "person", 0, 5);
        match large {
            true => {
                let large = many(&mut session, "001");
                session.ask_commit(large).unwrap();
                answer(&mut session);
            }
            false => drop(label(&mut session, "001", "person", 0, 5)),
        }
        session.flush().unwrap();
        let list = fs::read(dir.path().join("articles.ron")).unwrap();
        take_out(dir.path(), "001");
        wait(&mut session, |event| matches!(event, Event::External { .. }));
        let asked = session.ask_undo();
        let begun = matches!((large, &asked), (true, Ok(_)) | (false, Err(StoreError::NoArticle(_))));
        assert!(begun, "{:?}", asked.err());
        if large {
            let Event::Refused(error) = answer(&mut session) else { panic!("an article that is gone was changed") };
            assert!(matches!(*error, StoreError::NoArticle(_)), "{error}");
        }
        assert_eq!(session.history().depth(), (1, 0), "{large}");
        session.undo().unwrap().unwrap();
        assert!(session.corpus().annotation(&article("000"), session.annotator(), first).is_none());
        session.close().unwrap();
        fs::write(dir.path().join("articles.ron"), list).unwrap();
    }
}

#[test]
fn numbers_are_given_by_one_until_its_list_is_written() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    let mut other = open(dir.path(), "b");
    let made = Arc::new(AtomicBool::new(false));
    let (wake, woken) = channel();
    session.on_event(Box::new(move || _ = wake.send(std::thread::current().id())));
    let (link, makes) = (session.link(), made.clone());
    let new = |n: usize| vec![NewText::from(draft("Baru", &text(n)))];
    let worker = std::thread::spawn(move || {
        let mut adder = Adder::new(&link);
        let project = adder.begin().unwrap();
        let new = adder.write(&project, new(7), &mut |_, _| true).unwrap().unwrap();
        let edits = &mut |_: &mut WorkingCopy, _: &[Added]| {
            makes.store(true, Ordering::Release);
            Ok(Vec::new())
        };
        adder.commit("add", project, new, edits).unwrap()
    });
    // Until the worker has asked for the change to be put in place.
    loop {
        let asks = woken.recv_timeout(Duration::from_secs(10)).unwrap() == worker.thread().id();
        if asks && made.load(Ordering::Acquire) {
            break;
        }
        session.poll();
    }
    // All that there was before is written by then.
    session.ask_write();
    std::thread::sleep(Duration::from_millis(100));
    session.poll();
    let adds = std::thread::spawn(move || {
        let added = other.add_articles(vec![draft("Lain", &text(8))]).unwrap();
        other.close().unwrap();
        added
    });
    std::thread::sleep(Duration::from_millis(300));
    while !adds.is_finished() || !worker.is_finished() {
        session.poll();
        std::thread::sleep(Duration::from_millis(5));
    }
    let id = |added: Vec<Added>| -> ArticleId {
        match &added[0] {
            Added::Added { id, .. } => id.clone(),
            Added::Skipped { .. } => panic!("{added:?}"),
        }
    };
    assert_eq!((id(worker.join().unwrap()), id(adds.join().unwrap())), (article("001"), article("002")));
}

/// A label of a new name, otherwise as the first one.
fn named(schema: &Schema, name: &str, key: Option<char>) -> LabelDef {
    LabelDef { name: name.into(), key, aliases: Vec::new(), ..schema.labels[0].clone() }
}

#[test]
fn a_label_that_a_person_adds_while_an_import_brings_it_is_nobody_else_s_doing() {
    let new = |label: LabelDef| Edit::new(RecordFile::Schema, None, Some(Arc::new(label)));
    // A person's label is the one that comes, or another one of its name; the import brings one more, or no more.
    for (key, more) in [(None, false), (Some('7'), false), (None, true), (Some('7'), true)] {
        let dir = make(1);
        let mut session = open(dir.path(), "a");
        let (link, (begun, is_begun), (go, may_go)) = (session.link(), channel(), channel());
        let worker = std::thread::spawn(move || {
            let mut adder = Adder::new(&link);
            let project = adder.begin()?;
            let texts = adder.write(&project, Vec::new(), &mut |_, _| true)?.unwrap();
            begun.send(()).unwrap();
            may_go.recv().unwrap();
            let names = ["kapal", "pelabuhan"];
            adder.commit("import", project, texts, &mut |project, _| {
                let schema = &project.corpus().schema;
                let lacks = |name: &&str| schema.label(name).is_none();
                let brought = names[..=usize::from(more)].iter().copied().filter(lacks);
                let edits: Vec<Edit> = brought.map(|name| new(named(schema, name, None))).collect();
                Ok(edits)
            })
        });
        while is_begun.try_recv().is_err() {
            session.poll();
        }
        let by_hand = Transaction {
            edits: vec![new(named(&session.corpus().schema, "kapal", key))],
            ..Transaction::new("label", session.annotator())
        };
        session.commit(by_hand).unwrap();
        go.send(()).unwrap();
        while !worker.is_finished() {
            session.poll();
        }
        worker.join().unwrap().unwrap();
        let has = |session: &Session| {
            let written = fs::read_to_string(dir.path().join("schema.ron")).unwrap();
            assert!(Schema::of_text(&written).unwrap() == *session.corpus().schema, "{key:?} {more}");
            let label = |name: &str| session.corpus().schema.label(name).map(|label| label.key);
            (label("kapal"), label("pelabuhan").is_some())
        };
        assert_eq!(has(&session), (Some(key), more));
        let again = named(&session.corpus().schema, "dermaga", None);
        session
            .commit(Transaction { edits: vec![new(again)], ..Transaction::new("label", session.annotator()) })
            .unwrap();
        assert_eq!(has(&session), (Some(key), more));
        while session.undo().unwrap().is_some() {}
        assert_eq!(has(&session), (None, false));
    }
}
