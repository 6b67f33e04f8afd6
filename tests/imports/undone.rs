//! An import that was taken back leaves nothing that counts.

use std::collections::HashMap;
use std::path::Path;

use jejak::exchange::Allowed;
use jejak::figures::{ReportRequest, measure_project};
use jejak::formats::NameMap;
use jejak::model::Name;
use jejak::store::{Access, Loader, Session, scan};

use crate::project::project;
use crate::{TEXT, jejak, pending};

const OTHER: &str = "Hujan turun di kota itu.";

/// Sets of two people: one marks the first word of both articles, the other found nothing in the second.
fn bring_in(session: &mut Session) {
    let set = |who: &str, marks: &str| format!(r#"{{"annotator":"{who}","progress":"done","annotations":[{marks}]}}"#);
    let mark = r#"{"id":"p1","label":"person","spans":[{"start":0,"end":4}]}"#;
    let line =
        |text: &str, sets: [String; 2]| format!(r#"{{"jejak_jsonl":1,"text":"{text}","sets":[{}]}}"#, sets.join(","));
    let lines = [line(TEXT, [set("budi", mark), set("cita", mark)]), line(OTHER, [set("budi", mark), set("cita", "")])];
    let read = pending("jejak-jsonl", &[("a.jsonl", &lines.join("\n"))], None).allowing(Allowed::ALL);
    let link = session.link();
    let worker = std::thread::spawn(move || {
        read.bring_in(&link, &NameMap::default(), true, &mut |_, _| true).map(|outcome| outcome.is_some())
    });
    while !worker.is_finished() {
        session.poll();
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(worker.join().unwrap().unwrap());
}

/// Whoever counts, in every place that counts: as the files have it, and as they are with what is in memory.
fn counted(dir: &Path, session: Option<&Session>) -> Vec<String> {
    let mut found = Vec::new();
    let mut sets = |from: &str, scan: jejak::store::Scan| {
        found.push(format!("{from} makers {:?}", scan.makers()));
        for scanned in scan {
            let sets: Vec<String> =
                scanned.sets.iter().map(|set| format!("{} {}", set.annotator, set.set.len())).collect();
            found.push(format!("{from} {} {sets:?}", scanned.article.id));
        }
    };
    let live = session.map(|session| {
        let snapshot = session.snapshot();
        sets("memory", snapshot.scan().unwrap());
        snapshot.corpus().sets().map(|(key, set)| (key.clone(), set.clone())).collect::<HashMap<_, _>>()
    });
    if session.is_none() {
        sets("files", scan(dir).unwrap());
        let (corpus, loader) = Loader::open(dir).unwrap();
        found.push(format!(
            "set counts {:?}",
            loader.set_counts().into_iter().filter(|(_, sets)| *sets > 0).collect::<Vec<_>>()
        ));
        for (article, who) in corpus.articles().iter().flat_map(|article| ["budi", "cita"].map(|who| (article, who))) {
            found.push(format!("{} {who} {:?}", article.id, loader.summary(article, &who.into())));
        }
    }
    let annotators = ["budi", "cita"].map(Name::new).to_vec();
    let request = ReportRequest { annotators, live: live.unwrap_or_default(), ..ReportRequest::default() };
    let report = measure_project(dir, &request, &mut |_, _| true).unwrap().unwrap();
    found.extend(report.standing.iter().map(|standing| format!("{} {:?}", standing.article, standing.sets)));
    found
}

#[test]
fn nothing_of_an_undone_import_counts_and_all_of_it_comes_back() {
    let folder = tempfile::tempdir().unwrap();
    project(folder.path(), &[TEXT, OTHER]);
    let dir = folder.path().join("p");
    let nothing = counted(&dir, None);
    let open = || Session::open(&dir, &Name::new("ana"), Access::Write).unwrap();
    let mut session = open();
    let nothing_in_memory = counted(&dir, Some(&session));
    bring_in(&mut session);
    session.flush().unwrap();
    let all = counted(&dir, None);
    let all_in_memory = counted(&dir, Some(&session));
    assert!(all.iter().any(|line| line.contains("cita 0")), "looked at and empty counts: {all:?}");
    session.undo().unwrap().unwrap();
    assert_eq!(counted(&dir, Some(&session)), nothing_in_memory, "before the files are written");
    session.flush().unwrap();
    assert_eq!(counted(&dir, Some(&session)), nothing_in_memory);
    assert_eq!(counted(&dir, None), nothing);
    session.close().unwrap();
    let mut session = open();
    assert_eq!(counted(&dir, None), nothing, "opened again");
    let (_, said) = jejak(folder.path(), &["people", "p"]);
    assert!(["budi", "cita"].iter().all(|who| said.contains(&format!("{who}  person       0 sets"))), "{said}");
    let (_, said) = jejak(folder.path(), &["agreement", "p"]);
    assert!(!said.contains("budi") && !said.contains("cita"), "{said}");
    session.redo().unwrap().unwrap();
    assert_eq!(counted(&dir, Some(&session)), all_in_memory);
    session.flush().unwrap();
    assert_eq!(counted(&dir, None), all);
    session.close().unwrap();
    drop(open());
    assert_eq!(counted(&dir, None), all, "opened again");
}
