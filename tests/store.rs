//! Projects on disk: what is saved is there again, whatever happens in between.
#![allow(clippy::unwrap_used, clippy::disallowed_methods)] // A test may stop at once, and here it plays the other program.

mod common;

#[path = "store/project.rs"]
mod project;

#[path = "store/random.rs"]
mod random;

#[path = "store/trash.rs"]
mod trash;

#[path = "store/workers.rs"]
mod workers;

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use jejak::edit::{self, SetEditor};
use jejak::model::{Filler, Name, Progress, Value};
use jejak::store::{
    Access, Added, Adder, Event, NewText, OpenError, SaveState, Session, StoreError, check_files, scan,
};
use jejak::text::Span;
use project::{article, draft, make, schema, set_file, stem, text};

fn open(dir: &Path, annotator: &str) -> Session {
    Session::open(dir, &Name::new(annotator), Access::Write).unwrap()
}

fn editor<'a>(session: &'a Session, id: &str) -> SetEditor<'a> {
    SetEditor::new(session.corpus(), (article(id), session.annotator().clone()))
}

/// Labels bytes `start..end` of an article in the session's own set.
fn label(session: &mut Session, id: &str, name: &str, start: u32, end: u32) -> jejak::model::Id {
    let annotator = session.annotator().clone();
    session.load(&article(id), &[annotator]).unwrap();
    let (transaction, made) = editor(session, id).label(&Name::new(name), vec![Span::new(start, end)]);
    session.commit(transaction).unwrap();
    made
}

/// Everything about the loaded sets of article 000 that a person could see.
fn state(session: &mut Session, id: &str) -> String {
    let annotator = session.annotator().clone();
    session.load(&article(id), std::slice::from_ref(&annotator)).unwrap();
    let set = session.corpus().set(&article(id), &annotator).unwrap();
    let mut out = format!("{:?}\n", set.progress());
    for record in set.iter() {
        out.push_str(&format!("{record:?}\n"));
    }
    for comment in session.corpus().comments(&annotator).into_iter().flatten() {
        out.push_str(&format!("{comment:?}\n"));
    }
    out
}

/// Polls until `done`, for ten seconds at the most.
fn wait(session: &mut Session, mut done: impl FnMut(&Event) -> bool) -> Vec<Event> {
    let start = Instant::now();
    let mut all = Vec::new();
    while start.elapsed() < Duration::from_secs(10) {
        for event in session.poll() {
            let stop = done(&event);
            all.push(event);
            if stop {
                return all;
            }
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    panic!("nothing of the kind within ten seconds: {all:?}");
}

#[test]
fn a_day_of_work_is_there_the_next_day() {
    let dir = make(3);
    let mut session = open(dir.path(), "a");
    let who = label(&mut session, "000", "person", 0, 5);
    label(&mut session, "000", "place", 11, 15);
    let (transaction, trip) = editor(&session, "000").label(&Name::new("trip"), vec![Span::new(6, 10)]);
    session.commit(transaction).unwrap();
    let fill = editor(&session, "000").fill(trip, &Name::new("traveller"), &Filler::Annotation(who));
    session.commit(fill).unwrap();
    let date = Filler::Value(Value::Date("2024-06-18/2024-06-19".parse().unwrap()));
    let fill = editor(&session, "000").fill(trip, &Name::new("departure"), &date);
    session.commit(fill).unwrap();
    let done = editor(&session, "000").progress(Progress::Done);
    session.commit(done).unwrap();
    wait(&mut session, |event| matches!(event, Event::Saved));
    assert_eq!(session.save_state(), SaveState::Saved);
    session.undo().unwrap().unwrap();
    session.redo().unwrap().unwrap();
    let before = state(&mut session, "000");
    session.close().unwrap();

    let file = fs::read_to_string(dir.path().join(set_file(dir.path(), "a", "000"))).unwrap();
    assert!(file.starts_with("(\n jejak: 1,\n article: \"000\",\n annotator: \"a\",\n sha256: \""), "{file}");
    assert_eq!(file.lines().filter(|line| line.starts_with("  (id: ")).count(), 3);
    assert!(!file.contains("note"), "what is empty is left out");

    let mut session = open(dir.path(), "a");
    assert_eq!(state(&mut session, "000"), before);
    assert_eq!(session.history().depth(), (6, 0));
    for _ in 0..6 {
        session.undo().unwrap().unwrap();
    }
    assert!(session.undo().unwrap().is_none());
    assert!(session.corpus().set(&article("000"), &Name::new("a")).unwrap().is_empty());
    session.close().unwrap();
    let mut session = open(dir.path(), "a");
    assert_eq!(session.history().depth(), (0, 6));
    for _ in 0..6 {
        session.redo().unwrap().unwrap();
    }
    assert_eq!(state(&mut session, "000"), before);
    session.close().unwrap();
    assert_eq!(fs::read_to_string(dir.path().join(set_file(dir.path(), "a", "000"))).unwrap(), file, "the same bytes");
}

/// Every file of a folder of test data, and what the project has in its place.
fn assert_same_files(data: &Path, project: &Path) {
    for entry in fs::read_dir(data).unwrap().flatten() {
        let here = project.join(entry.file_name());
        if entry.path().is_dir() {
            assert_same_files(&entry.path(), &here);
        } else {
            let (should, is) = (fs::read_to_string(entry.path()).unwrap(), fs::read_to_string(&here).unwrap());
            assert_eq!(is, should, "{}", here.display());
        }
    }
}

#[test]
fn a_journal_of_the_first_version_is_read_and_undone() {
    // Written by that version, with an edit of every kind of record that it knew, and what it made of the files.
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/store/old_journal");
    let old = fs::read_to_string(data.join("journal")).unwrap();
    let dir = tempfile::tempdir().unwrap();
    fs::create_dir(dir.path().join("articles")).unwrap();
    for file in ["project.ron", "schema.ron", "articles.ron", "articles/000-f645a750.txt"] {
        fs::copy(data.join("before").join(file), dir.path().join(file)).unwrap();
    }
    open(dir.path(), "a").close().unwrap();
    let journal = dir.path().join(".jejak/a/journal");
    // A journal counts where it was written: its first line says where.
    let head = fs::read_to_string(&journal).unwrap().lines().next().unwrap().to_owned();
    let (_, lines) = old.split_once('\n').unwrap();
    fs::write(&journal, format!("{head}\n{lines}")).unwrap();
    let mut session = open(dir.path(), "a");
    assert_eq!(session.problems(), []);
    assert_eq!(session.history().depth(), (4, 0));
    session.flush().unwrap();
    assert_same_files(&data.join("after"), dir.path());
    for _ in 0..3 {
        session.undo().unwrap().unwrap();
    }
    session.flush().unwrap();
    let files = ["schema.ron", "sets/a/000-f645a750.ron", "sets/a/referents.ron", "sets/a/comments.ron"];
    for file in files {
        let is = fs::read_to_string(dir.path().join(file)).unwrap();
        assert!(!is.contains("id: \"") && !is.contains("boilerplate"), "{file}: {is}");
    }
    for _ in 0..3 {
        session.redo().unwrap().unwrap();
    }
    session.close().unwrap();
    assert_same_files(&data.join("after"), dir.path());
}

#[test]
fn what_a_crash_kept_from_the_files_comes_from_the_journal() {
    let dir = make(2);
    let mut session = open(dir.path(), "a");
    label(&mut session, "000", "person", 0, 5);
    label(&mut session, "001", "person", 0, 5);
    wait(&mut session, |event| matches!(event, Event::Saved));
    let before = (state(&mut session, "000"), state(&mut session, "001"));
    // Dropped and not closed: the files are not written, as after a crash.
    drop(session);
    assert!(!dir.path().join(set_file(dir.path(), "a", "000")).exists());
    let mut session = Session::open(dir.path(), &Name::new("a"), Access::Read).unwrap();
    assert_eq!((state(&mut session, "000"), state(&mut session, "001")), before);
    drop(session);
    let mut session = open(dir.path(), "a");
    assert_eq!((state(&mut session, "000"), state(&mut session, "001")), before);
    session.close().unwrap();
    assert!(dir.path().join(set_file(dir.path(), "a", "000")).exists());
    fs::remove_dir_all(dir.path().join(".jejak")).unwrap();
    let mut session = open(dir.path(), "a");
    assert_eq!((state(&mut session, "000"), state(&mut session, "001")), before, "the journal is not needed");
}

#[test]
fn a_second_window_is_told_who_has_the_first() {
    let dir = make(1);
    let first = open(dir.path(), "a");
    let error = Session::open(dir.path(), &Name::new("a"), Access::Write).unwrap_err();
    assert!(
        matches!(&error, OpenError::Locked { by, .. } if by.to_string().contains(&std::process::id().to_string())),
        "{error}"
    );
    let mut reader = Session::open(dir.path(), &Name::new("a"), Access::Read).unwrap();
    assert!(reader.read_only());
    assert_eq!(reader.save_state(), SaveState::ReadOnly);
    reader.load(&article("000"), &[Name::new("a")]).unwrap();
    let (transaction, _) = editor(&reader, "000").label(&Name::new("person"), vec![Span::new(0, 5)]);
    assert!(matches!(reader.commit(transaction), Err(StoreError::ReadOnly)));
    open(dir.path(), "b").close().unwrap();
    drop(first);
    open(dir.path(), "a").close().unwrap();
}

#[test]
fn articles_are_added_once() {
    let dir = make(0);
    let mut session = open(dir.path(), "a");
    let drafts = vec![draft("Satu", &text(1)), draft("Dua", &text(2)), draft("Satu lagi", &text(1))];
    let added = session.add_articles(drafts).unwrap();
    assert!(matches!(&added[0], Added::Added { id, like: None, .. } if &**id == "000"), "{added:?}");
    assert!(matches!(&added[2], Added::Skipped { same_as, .. } if &**same_as == "000"));
    let near = format!("{} Tambahan.", text(2));
    let added = session.add_articles(vec![draft("Dua", &near), draft("Satu", &text(1))]).unwrap();
    assert!(matches!(&added[0], Added::Added { like: Some((id, alike)), .. } if &**id == "001" && *alike > 0.7));
    assert!(matches!(&added[1], Added::Skipped { .. }));
    session.undo().unwrap();
    assert_eq!(session.corpus().articles().len(), 2);
    session.redo().unwrap();
    session.close().unwrap();
    let mut session = open(dir.path(), "a");
    assert_eq!(session.corpus().articles().len(), 3);
    session.load(&article("002"), &[]).unwrap();
    assert_eq!(session.corpus().text(&article("002")).unwrap().as_str(), near);
    let mut changed = session.corpus().articles()[0].as_ref().clone();
    changed.publisher = "Harian \"Laut\"".into();
    let change = edit::describe(&session.corpus().articles()[0].clone(), changed.clone(), &Name::new("a"));
    session.commit(change).unwrap();
    session.close().unwrap();
    assert_eq!(*open(dir.path(), "b").corpus().articles()[0].as_ref(), changed);
    assert!(matches!(
        Session::create(dir.path(), "x", schema()),
        Err(StoreError::File(OpenError::AlreadyThere { .. }))
    ));
}

#[test]
fn adding_tells_how_far_it_is_and_leaves_nothing_behind_where_it_is_stopped() {
    let dir = make(0);
    let mut session = open(dir.path(), "a");
    let drafts = || (0..300).map(|n| draft(&format!("{n}"), &format!("{}{n}", text(n)))).collect::<Vec<_>>();
    // At the first, in the middle, and when all are written and not yet safe.
    for stop in [0, 150, 300] {
        let going = &mut |done: usize, total: usize| (done, total) != (stop, 300);
        assert!(session.run(|link| Adder::new(link).add(drafts(), "add", going)).unwrap().is_none());
        let left = fs::read_dir(dir.path().join("articles")).map_or(0, Iterator::count);
        assert_eq!((session.corpus().articles().len(), left), (0, 0), "{stop}");
    }
    let mut told = Vec::new();
    let going = &mut |done: usize, total: usize| {
        told.push((done, total));
        true
    };
    let added = session.run(|link| Adder::new(link).add(drafts(), "add", going)).unwrap().unwrap();
    assert!(added.iter().all(|added| matches!(added, Added::Added { .. })));
    assert_eq!(told, (0..=300).map(|done| (done, 300)).collect::<Vec<_>>());
    session.close().unwrap();
    let mut session = open(dir.path(), "a");
    for n in [0, 64, 299] {
        let id = article(&format!("{n:03}"));
        session.load(&id, &[]).unwrap();
        assert_eq!(session.corpus().text(&id).unwrap().as_str(), format!("{}{n}", text(n)));
    }
}

#[test]
fn texts_whose_articles_are_refused_do_not_stay() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    let drafts = || (1..80).map(|n| draft(&format!("{n}"), &format!("{}{n}", text(n)))).collect::<Vec<_>>();
    // The text of one that was taken back lies there still, and is not this call's to take away.
    session.add_articles(drafts().drain(..1).collect()).unwrap();
    session.undo().unwrap();
    let files = || fs::read_dir(dir.path().join("articles")).unwrap().count();
    assert_eq!(files(), 2);
    let before = session.corpus().articles()[0].clone();
    let other = Arc::new(jejak::model::Article { title: "Lain".into(), ..before.as_ref().clone() });
    let unfit = edit::describe(&other, before.as_ref().clone(), &Name::new("a")).edits;
    let refused = session.run(|link| {
        let mut adder = Adder::new(link);
        let project = adder.begin()?;
        let texts = drafts().into_iter().map(NewText::from).collect();
        let new = adder.write(&project, texts, &mut |_, _| true)?.unwrap();
        adder.commit("add", project, new, &mut |_, _| Ok(unfit.clone()))
    });
    refused.unwrap_err();
    assert_eq!((session.corpus().articles().len(), files()), (1, 2));
    session.add_articles(drafts()).unwrap();
    assert_eq!((session.corpus().articles().len(), files()), (80, 80));
}

#[test]
fn changes_from_outside_and_from_here_are_both_kept() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    let first = label(&mut session, "000", "person", 0, 5);
    let second = label(&mut session, "000", "place", 11, 15);
    session.flush().unwrap();
    let path = dir.path().join(set_file(dir.path(), "a", "000"));
    let outside = fs::read_to_string(&path).unwrap();

    // Outside, the first record becomes an organization; here, at the same time, the second gets a note.
    let line = outside.lines().find(|line| line.contains(&first.to_string())).unwrap();
    let theirs = outside.replace(line, &line.replace("person", "organization"));
    let note = editor(&session, "000").note(second, "pelabuhan");
    session.commit(note).unwrap();
    fs::write(&path, &theirs).unwrap();
    let events = wait(&mut session, |event| matches!(event, Event::External { .. }));
    assert!(matches!(events.last(), Some(Event::External { articles, applied, .. })
        if articles == &[article("000")] && applied.iter().map(|done| done.edits.len()).sum::<usize>() == 1));
    let get = |session: &Session, id| session.corpus().annotation(&article("000"), &Name::new("a"), id).cloned();
    assert_eq!(get(&session, first).unwrap().label, "organization");
    session.flush().unwrap();
    let merged = fs::read_to_string(&path).unwrap();
    assert!(merged.contains("pelabuhan") && merged.contains("organization"), "{merged}");

    // Both change one record: ours stands, theirs is kept aside.
    fs::write(&path, merged.replace("pelabuhan", "bandar")).unwrap();
    let note = editor(&session, "000").note(second, "dermaga");
    session.commit(note).unwrap();
    session.close().unwrap();
    assert!(fs::read_to_string(&path).unwrap().contains("dermaga"));
    let aside = fs::read_to_string(dir.path().join(".jejak/a/conflicts.ron")).unwrap();
    assert!(aside.contains("bandar"), "{aside}");
    let session = open(dir.path(), "a");
    assert!(session.problems().iter().any(|problem| problem.code == "conflict"));
}

#[test]
fn what_this_version_does_not_know_survives() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    label(&mut session, "000", "person", 0, 5);
    session.close().unwrap();
    let path = dir.path().join(set_file(dir.path(), "a", "000"));
    let plain = fs::read_to_string(&path).unwrap();
    let odd = "(id: \"new1\", label: \"person\", mood: Happy(\"very\"), at: [], origin: (by: \"a\", at: \"x\"))";
    let newer = plain
        .replace(" annotations: [", " weather: (rain: 2, wind: [\"N\", \"W\"]),\n annotations: [")
        .replace(" ],\n)", &format!("  {odd},\n ],\n)"));
    fs::write(&path, &newer).unwrap();
    let mut session = open(dir.path(), "a");
    label(&mut session, "000", "place", 11, 15);
    let problem = session.problems().iter().find(|problem| problem.code == "unknown-record").unwrap().clone();
    assert_eq!(
        (problem.file.as_deref(), problem.line),
        (Some(&*set_file(dir.path(), "a", "000")), Some(11)),
        "{problem}"
    );
    session.close().unwrap();
    let kept = fs::read_to_string(&path).unwrap();
    assert!(kept.contains(odd) && kept.contains(" weather: (rain: 2, wind: [\"N\", \"W\"]),\n"), "{kept}");
    assert!(kept.contains("\"place\""));

    // A set of a newer version is left alone, and so is one that does not parse; the rest of the project works.
    for broken in [plain.replace("jejak: 1", "jejak: 9"), plain.replace("origin", "origin origin"), "\0\u{1}".into()] {
        fs::write(&path, &broken).unwrap();
        let mut session = open(dir.path(), "a");
        session.load(&article("000"), &[Name::new("a")]).unwrap();
        assert!(
            session.problems().iter().any(|it| it.file.as_deref() == Some(&*set_file(dir.path(), "a", "000"))),
            "{broken}"
        );
        let (transaction, _) = editor(&session, "000").label(&Name::new("person"), vec![Span::new(0, 5)]);
        assert!(matches!(session.commit(transaction), Err(StoreError::File(_))));
        session.close().unwrap();
        assert_eq!(fs::read_to_string(&path).unwrap(), broken);
    }
    let project = dir.path().join("project.ron");
    let newer = fs::read_to_string(&project).unwrap().replace("jejak: 2,", "jejak: 3, later: (),");
    fs::write(&project, newer).unwrap();
    let error = Session::open(dir.path(), &Name::new("a"), Access::Write).unwrap_err();
    assert!(matches!(error, OpenError::Newer { version: 3, .. }), "{error}");
}

#[test]
fn a_decision_that_this_version_does_not_know_survives_and_the_rest_counts() {
    let dir = make(1);
    let mut session = open(dir.path(), "gold");
    label(&mut session, "000", "person", 0, 5);
    session.close().unwrap();
    let path = dir.path().join(set_file(dir.path(), "gold", "000"));
    let good = "(id: \"d1\", slot: Label, of: [(\"a\", \"k1\")], inputs: \"00\", origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\"))";
    let odd = "(id: \"d2\", slot: Mood, of: [], inputs: \"00\", origin: (by: \"a\", at: \"2031-03-03T08:00:00Z\"))";
    let plain = fs::read_to_string(&path).unwrap();
    let list = format!(" decisions: [\n  {good},\n  {odd},\n  {good},\n ],\n annotations: [");
    fs::write(&path, plain.replace(" annotations: [", &list)).unwrap();
    let mut session = open(dir.path(), "gold");
    label(&mut session, "000", "place", 11, 15);
    let told: Vec<Option<u32>> = session.problems().iter().map(|problem| problem.line).collect();
    let first = plain.lines().position(|line| line.contains("annotations: [")).unwrap() as u32 + 2;
    assert_eq!(told, [Some(first + 1), Some(first + 2)], "{:?}", session.problems());
    let set = session.corpus().set(&article("000"), &Name::new("gold")).unwrap();
    assert_eq!((set.decisions().len(), set.len()), (1, 2));
    session.close().unwrap();
    let kept = fs::read_to_string(&path).unwrap();
    assert_eq!((kept.matches(good).count(), kept.matches(odd).count()), (2, 1), "{kept}");
    assert!(kept.contains("\"place\""));
}

#[test]
fn records_that_do_not_fit_are_told_with_their_place_and_never_dropped() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    let trip = label(&mut session, "000", "trip", 6, 10);
    label(&mut session, "000", "person", 0, 5);
    session.close().unwrap();
    let path = dir.path().join(set_file(dir.path(), "a", "000"));
    let plain = fs::read_to_string(&path).unwrap();
    let line = plain.lines().find(|line| line.contains("\"trip\"")).unwrap();
    let more = [
        line.replace("(6, 10,", "(7, 11,"),
        line.replace(&trip.to_string(), "gone1")
            .replace("(6, 10,", "(99999, 100000,")
            .replace("pergi", "x")
            .replace("tiba", "hilang tak berbekas"),
    ];
    fs::write(&path, plain.replace(" ],\n)", &format!("{}\n{}\n ],\n)", more[0], more[1]))).unwrap();
    let mut session = open(dir.path(), "a");
    session.load(&article("000"), &[Name::new("a")]).unwrap();
    let codes: Vec<_> = session.problems().iter().map(|it| (it.code, it.line)).collect();
    let last = plain.lines().count() as u32;
    assert_eq!(
        codes,
        [("duplicate-id", Some(last - 1)), ("moved", Some(last - 1)), ("span-outside", Some(last))],
        "{:?}",
        session.problems()
    );
    let set = session.corpus().set(&article("000"), &Name::new("a")).unwrap();
    assert_eq!(set.len(), 4);
    let lost = set.get("gone1".parse().unwrap()).unwrap();
    assert!(lost.at.is_empty());
    assert_eq!(lost.drift.as_ref().unwrap().spans[0].start, 99999);
    let before = state(&mut session, "000");
    label(&mut session, "000", "place", 11, 15);
    session.undo().unwrap();
    session.close().unwrap();
    let mut session = open(dir.path(), "a");
    assert_eq!(state(&mut session, "000"), before);
    let mut told = 0;
    check_files(dir.path(), &mut |_, _| true, &mut |_| told += 1).unwrap();
    assert!(told > 0);
    let scanned: Vec<_> = scan(dir.path()).unwrap().collect();
    assert_eq!(scanned[0].sets[0].set.len(), 4);
}

#[test]
fn a_text_changed_outside_takes_its_annotations_along() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    let first = label(&mut session, "000", "person", 0, 5);
    let second = label(&mut session, "000", "place", 11, 15);
    session.flush().unwrap();
    let path = dir.path().join(format!("articles/{}.txt", stem(dir.path(), "000")));
    let quote = |session: &Session, id| {
        let record = session.corpus().annotation(&article("000"), &Name::new("a"), id)?;
        let text = session.corpus().text(&article("000"))?;
        record.at.first().map(|&at| text.slice(at).to_owned())
    };
    let words = (quote(&session, first), quote(&session, second));
    let longer = format!("IKLAN ✂\n\n{}", text(0));
    fs::write(&path, &longer).unwrap();
    wait(
        &mut session,
        |event| matches!(event, Event::External { message, .. } if message.to_string().contains("text of article")),
    );
    assert_eq!((quote(&session, first), quote(&session, second)), words);
    let refused = session.undo().unwrap_err().to_string();
    assert!(
        refused.contains("the text of article 000 has changed"),
        "undo would put back places of the old text: {refused}"
    );
    label(&mut session, "000", "place", 20, 24);
    session.close().unwrap();
    let mut session = open(dir.path(), "a");
    session.load(&article("000"), &[Name::new("a")]).unwrap();
    assert_eq!((quote(&session, first), quote(&session, second)), words);
}

#[test]
fn an_undo_that_fits_no_more_is_refused_once_and_then_gone() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    let first = label(&mut session, "000", "person", 0, 5);
    let second = label(&mut session, "000", "place", 11, 15);
    session.flush().unwrap();
    // Another program takes out what the last step made.
    let path = dir.path().join(set_file(dir.path(), "a", "000"));
    let file = fs::read_to_string(&path).unwrap();
    let left = file.lines().filter(|line| !line.contains(&second.to_string()));
    fs::write(&path, left.fold(String::new(), |out, line| out + line + "\n")).unwrap();
    wait(&mut session, |event| matches!(event, Event::External { .. }));
    assert!(session.undo().is_err());
    assert_eq!(session.history().depth().0, 1, "what can never be undone does not stand before what can");
    session.undo().unwrap().unwrap();
    assert!(session.corpus().annotation(&article("000"), &Name::new("a"), first).is_none());
    // The same after a restart: it is not on the stack of the journal either.
    session.redo().unwrap().unwrap();
    session.close().unwrap();
    let mut session = open(dir.path(), "a");
    assert_eq!(session.history().depth(), (1, 0));
    session.undo().unwrap().unwrap();
    assert!(session.undo().unwrap().is_none());
}

#[test]
fn no_article_leads_out_of_the_project() {
    let dir = make(1);
    let path = dir.path().join("articles.ron");
    let secret = dir.path().parent().unwrap().join("jejak-secret.txt");
    fs::write(&secret, "x").unwrap();
    let list = fs::read_to_string(&path).unwrap();
    for file in ["../jejak-secret.txt", "/etc/passwd", "articles/../../jejak-secret.txt"] {
        fs::write(&path, list.replace(&format!("articles/{}.txt", stem(dir.path(), "000")), file)).unwrap();
        let mut session = open(dir.path(), "a");
        let error = session.load(&article("000"), &[]).unwrap_err().to_string();
        assert!(error.contains("leads out of the project"), "{error}");
    }
    fs::write(&path, list.replace("\"000\"", "\"../../x\"")).unwrap();
    let session = open(dir.path(), "a");
    assert!(session.corpus().articles().is_empty());
    assert_eq!(session.problems()[0].code, "unknown-record");
    fs::remove_file(secret).unwrap();
}

#[test]
fn hostile_files_are_told_and_nothing_else_suffers() {
    let dir = make(1);
    let mut session = open(dir.path(), "a");
    label(&mut session, "000", "person", 0, 5);
    session.close().unwrap();
    let path = dir.path().join(set_file(dir.path(), "b", "000"));
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    let deep = format!("(jejak: 1, annotations: [{}", "(".repeat(1_000_000));
    let long = format!("(jejak: 1, annotations: [\"{}\"])", "a".repeat(100 << 20));
    let many = format!("(jejak: 1, annotations: [{}])", "1,".repeat(2_000_000));
    for (name, content) in [("deep", deep), ("long", long), ("many", many)] {
        fs::write(&path, content).unwrap();
        let mut session = open(dir.path(), "a");
        session.load(&article("000"), &[Name::new("a"), Name::new("b")]).unwrap();
        assert!(
            session.problems().iter().any(|it| it.file.as_deref() == Some(&*set_file(dir.path(), "b", "000"))),
            "{name}"
        );
        assert_eq!(session.corpus().set(&article("000"), &Name::new("a")).unwrap().len(), 1, "{name}");
    }
    fs::remove_file(&path).unwrap();
    #[cfg(unix)]
    {
        // A pipe that nobody writes into, and links that lead round in a circle.
        let set = set_file(dir.path(), "b", "000");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
        std::os::unix::fs::symlink(".", dir.path().join("sets/b/001")).unwrap();
        let mut session = open(dir.path(), "a");
        session.load(&article("000"), &[Name::new("b")]).unwrap();
        assert!(session.problems().iter().any(|it| it.message.to_string().contains(&format!("{set} is a pipe"))));
        let mut problems = Vec::new();
        check_files(dir.path(), &mut |_, _| true, &mut |problem| problems.push(problem)).unwrap();
        let codes: Vec<_> = problems.iter().map(|it| (it.code, it.file.as_deref().unwrap_or_default())).collect();
        let named = [("not-a-file", &*set), ("not-a-file", "sets/b/001"), ("unreadable", &*set)];
        assert_eq!(codes, named, "{problems:?}");
    }
}
