//! Whoever imported records name: renamed everywhere, or left out with all that is theirs.

use std::path::Path;

use crate::{TEXT, files, jejak, pending};

/// Work of Ana, of Budi and of who decided between them, which names Ana wherever a record can name somebody.
fn work() -> String {
    let origin = |by: &str| format!(r#""origin":{{"by":"{by}","at":"2031-03-03T08:00:00Z","via":"hand"}}"#);
    let decided = r#""origin":{"by":"ana","at":"2031-03-03T09:00:00Z","via":"decision","adopted":["ana"]}"#;
    let (ana, budi) = (origin("ana"), origin("budi"));
    let person = |id: &str, end: usize, more: &str, origin: &str| {
        let span = format!(r#"{{"start":0,"end":{end}}}"#);
        format!(r#"{{"id":"{id}","label":"person","spans":[{span}]{more},{origin}}}"#)
    };
    let about = r#","referent":"f1""#;
    let place = format!(r#"{{"id":"q2","label":"PLC","spans":[{{"start":22,"end":32}}],{budi}}}"#);
    let (of_ana, of_budi, of_gold) =
        (person("p1", 4, about, &ana), person("q1", 10, "", &ana), person("g1", 4, "", decided));
    let referent = |id: &str, label: &str, more: &str, origin: &str| {
        format!(r#"{{"id":"{id}","label":"{label}","name":"Dewi"{more},{origin}}}"#)
    };
    let (f1, f2, f3) =
        (referent("f1", "person", "", &ana), referent("f2", "person", "", &ana), referent("f3", "PLC", "", &ana));
    let to = |id: &str, label: &str, to: &str| {
        let role = format!(r#","roles":[{{"role":"near","referent":"{to}"}}]"#);
        referent(id, label, &role, &ana)
    };
    let f4 = to("f4", "person", "f3");
    let judged = |id: &str, one: &str, other: &str| {
        format!(r#"{{"id":"{id}","of":["{one}","{other}"],"verdict":"not-same",{ana}}}"#)
    };
    let decision = format!(
        r#"{{"id":"d1","slot":"presence","annotation":["g1"],"of":[{{"of":"ana","id":"p1"}},{{"of":"budi","id":"q1"}}],"inputs":"0",{decided}}}"#
    );
    let comment = |by: &str, id: &str, more: &str, origin: &str| {
        format!(r#"{{"by":"{by}","id":"{id}","text":"Benar?"{more},{origin}}}"#)
    };
    let comments = [
        comment("ana", "c1", "", &ana),
        comment("budi", "c2", r#","to":["ana"],"answers":{"of":"ana","id":"c1"}"#, &budi),
        comment("budi", "c3", r#","annotation":{"of":"ana","id":"p1"}"#, &ana),
    ];
    let page = format!(
        r#"{{"jejak_jsonl":1,"text":"{TEXT}","sets":[{{"annotator":"ana","annotations":[{of_ana}],"referents":[{f1}]}},{{"annotator":"budi","annotations":[{of_budi},{place}]}},{{"annotator":"gold","annotations":[{of_gold}],"decisions":[{decision}]}}],"comments":[{}]}}"#,
        comments.join(",")
    );
    let (j1, j2) = (judged("j1", "f2", "f3"), judged("j2", "f2", "f4"));
    let project = format!(
        r#"{{"jejak_jsonl":1,"project":{{"referents":[{{"annotator":"ana","referents":[{f2},{f3}],"judgements":[{j1}]}},{{"annotator":"budi","referents":[{f2},{f3},{f4}],"judgements":[{j1},{j2}]}}],"comments":[{}]}}}}"#,
        comment("ana", "c4", r#","article":"909""#, &ana)
    );
    format!("{page}\n{project}\n")
}

/// The sets of a new project into which the work comes with these arguments, as one text, and what the command says.
fn imported(content: &str, arguments: &[&str]) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("kerja.jsonl"), content).unwrap();
    assert_eq!(jejak(folder.path(), &["new", "p"]).0, 0);
    let call = [&["import", "p", "kerja.jsonl", "--format", "jejak-jsonl", "--into-gold"], arguments].concat();
    let (code, said) = jejak(folder.path(), &call);
    assert_eq!(code, 0, "{said}");
    let sets = files(&folder.path().join("p/sets"));
    let texts: Vec<String> = sets
        .iter()
        .map(|(name, bytes)| {
            let name = Path::new(name).strip_prefix(folder.path()).unwrap().display().to_string();
            format!("{name}\n{}", String::from_utf8_lossy(bytes))
        })
        .collect();
    (texts.concat(), said)
}

#[test]
fn an_annotator_is_renamed_wherever_a_record_names_one() {
    let (before, _) = imported(&work(), &[]);
    let (after, _) = imported(&work(), &["--map", "annotator:ana=siti"]);
    assert!(!after.contains("\"ana\""), "{after}");
    let count = |text: &str, name: &str| text.matches(&format!("\"{name}\"")).count();
    assert_eq!(count(&after, "siti"), count(&before, "ana"), "{after}");
    assert!(after.contains("of: [(\"budi\""), "sorted by annotator: {after}");
    let (same, _) = imported(&work(), &["--map", "annotator:ana=ana"]);
    assert_eq!(same.replace('\\', "/"), before.replace('\\', "/"));
}

#[test]
fn an_annotator_who_is_left_out_brings_nothing() {
    let (after, said) = imported(&work(), &["--leave-out", "annotator:ana"]);
    assert!(!after.contains("sets/ana"), "{after}");
    assert!(after.contains("sets/budi") && after.contains("sets/gold"), "{after}");
    assert!(said.contains("left out: 1\n"), "{said}");
    assert!(said.contains("comments: 2 added"), "{said}");
}

#[test]
fn referents_of_no_article_get_the_names_of_labels_too() {
    let (after, _) = imported(&work(), &["--map", "PLC=place"]);
    assert!(!after.contains("PLC") && after.contains("label: \"place\""), "{after}");
    let (after, said) = imported(&work(), &["--leave-out", "PLC"]);
    assert!(!after.contains("PLC"), "{after}");
    assert!(!after.contains("\"f3\""), "nothing is about a referent that is not there: {after}");
    assert!(after.contains("\"j2\"") && !after.contains("\"j1\""), "{after}");
    assert!(said.contains("left out: 3\n") && said.contains("records about two referents: 1\n"), "{said}");
}

#[test]
fn what_is_told_apart_by_files_is_their_annotators_to_the_last_record() {
    let folder = tempfile::tempdir().unwrap();
    for who in ["ana", "budi"] {
        let dir = folder.path().join("kerja").join(who);
        std::fs::create_dir_all(&dir).unwrap();
        std::fs::write(dir.join("1.txt"), TEXT).unwrap();
        std::fs::write(dir.join("1.ann"), "T1\tPER 0 4\tDewi\nN1\tReference T1 Wikidata:Q1\tDewi\n").unwrap();
    }
    assert_eq!(jejak(folder.path(), &["new", "p"]).0, 0);
    let (code, said) = jejak(folder.path(), &["import", "p", "kerja", "--format", "brat"]);
    assert_eq!(code, 0, "{said}");
    for who in ["ana", "budi"] {
        let file = folder.path().join(format!("p/sets/{who}/referents.ron"));
        let referents = std::fs::read_to_string(file).unwrap();
        assert!(referents.contains(&format!("by: \"{who}\"")), "{referents}");
    }
}

#[test]
fn brackets_in_names_of_folders_are_no_number_of_a_page() {
    let line = |label: &str| format!(r#"{{"text":"{TEXT}","label":[[0,4,"{label}"]]}}"#);
    let (ana, budi) = (format!("[{}]", line("P")), format!("[{}]", line("Q")));
    let read = pending("doccano", &[("berita[1]/ana.json", &ana), ("berita[1]/budi.json", &budi)], None);
    let sets: Vec<String> = read.sets().keys().map(ToString::to_string).collect();
    assert_eq!(sets, ["ana", "budi"]);
    let both = |label: &str| format!("[{},{}]", line(label), line(label).replace("Kamis", "Jumat"));
    let (ana, budi) = (both("P"), both("Q"));
    let read = pending("doccano", &[("ana.json", &ana), ("budi.json", &budi)], None);
    let sets: Vec<String> = read.sets().keys().map(ToString::to_string).collect();
    assert_eq!(sets, ["ana", "budi"], "pages of one file");
}
