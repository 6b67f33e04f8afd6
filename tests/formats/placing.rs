//! Marks that do not stand where a file says: nothing is dropped, and nothing is moved far.

use std::collections::BTreeMap;

use jejak::formats::{ImportFiles, Memory, format};

use crate::read;

const TEXT: &str = "Ratu Sari tiba di Bandar Laut. Kemarin hujan turun di sana, dan lusa akan turun lagi di kota itu. Ratu Sari pulang.";

fn placed(name: &str, file: &str, content: &str) -> (Vec<String>, Vec<String>) {
    let mut files = BTreeMap::from([(file.to_owned(), content.as_bytes().to_vec())]);
    if name == "brat" {
        files.insert("a.txt".into(), TEXT.into());
    }
    let read = read(format(name).unwrap(), &ImportFiles::from(Memory { files }));
    let mut marks = Vec::new();
    for page in &read.pages {
        for record in page.sets.iter().flat_map(|layer| &layer.records) {
            let words: Vec<&str> = record.at.iter().map(|span| page.text.slice(*span)).collect();
            let gone = record.drift.as_ref().map_or(String::new(), |drift| {
                let spans = drift.spans.iter().map(|span| format!(" ?{}-{}{}", span.start, span.end, span.quote));
                spans.collect()
            });
            let referent = record.referent.map_or("", |_| " @");
            marks.push(format!("{} {}{gone}{referent}", record.label, words.join("|")));
        }
    }
    marks.sort();
    (marks, read.problems.iter().map(|problem| problem.code.to_owned()).collect())
}

#[test]
fn marks_without_a_place_are_kept_and_quotes_move_nothing_far() {
    let doccano = |mark: &str| ("doccano", "a.jsonl", format!(r#"{{"text":"{TEXT}","label":[{mark}]}}"#));
    let prodigy =
        |span: &str| ("prodigy", "a.jsonl", format!(r#"{{"text":"{TEXT}","spans":[{{"label":"P",{span}}}]}}"#));
    let brat = |lines: &str| ("brat", "a.ann", lines.to_owned());
    let cases = [
        // Whole numbers, as tables and languages make of them.
        (doccano(r#"[0.0,4.0,"P"]"#), vec!["P Ratu"], vec![]),
        (doccano(r#"["5","9","P"]"#), vec!["P Sari"], vec![]),
        (prodigy(r#""start":"0","end":4.0"#), vec!["P Ratu"], vec![]),
        // Outside, reversed, empty, no number.
        (doccano(r#"[500,600,"P"]"#), vec!["P  ?500-600"], vec!["outside"]),
        (doccano(r#"[-3,4,"P"]"#), vec!["P  ?0-4"], vec!["outside"]),
        (doccano(r#"[9,5,"P"]"#), vec!["P  ?9-5"], vec!["outside"]),
        (doccano(r#"[5,5,"P"]"#), vec!["P  ?5-5"], vec!["empty-span"]),
        (doccano(r#"[4.5,9,"P"],[0,4,"Q"]"#), vec!["P  ?0-9", "Q Ratu"], vec!["no-number"]),
        (prodigy(r#""start":null,"end":9"#), vec!["P  ?0-9"], vec!["no-number"]),
        // Words without a place: kept with them; an end that is missing is where they end.
        (prodigy(r#""start":"x","end":4,"text":"Ratu""#), vec!["P  ?0-4Ratu"], vec!["no-number"]),
        (prodigy(r#""start":5,"end":null,"text":"zebra""#), vec!["P  ?5-10zebra"], vec!["drifted"]),
        // A fragment that has no place leaves the others.
        (brat("T1\tP 0 4;500 510\tRatu Sariputri\n"), vec!["P  ?0-510Ratu Sariputri"], vec!["drifted"]),
        // A quote within its offsets moves nothing.
        (prodigy(r#""start":0,"end":9,"text":"Sari""#), vec!["P Ratu Sari"], vec![]),
        // A quote near its offsets is found; one that is far, or stands there twice or within a word, is not.
        (prodigy(r#""start":7,"end":11,"text":"Sari""#), vec!["P Sari"], vec!["re-anchored"]),
        (prodigy(r#""start":0,"end":6,"text":"pulang""#), vec!["P  ?0-6pulang"], vec!["drifted"]),
        (prodigy(r#""start":66,"end":71,"text":"turun""#), vec!["P  ?66-71turun"], vec!["drifted"]),
        (prodigy(r#""start":10,"end":13,"text":"and""#), vec!["P  ?10-13and"], vec!["drifted"]),
        // Offsets without quotes that cut words as they are read, and none as another unit reads them.
        (
            ("doccano", "a.jsonl", r#"{"text":"🛬 Ratu 🛬 Sari tiba.","label":[[2,6,"P"],[9,13,"P"]]}"#.to_owned()),
            vec!["P  ?9-13", "P  Rat"],
            vec!["unit", "outside"],
        ),
        (
            ("doccano", "a.jsonl", r#"{"text":"🛬 Ratu 🛬 Sari tiba.","label":[[3,7,"P"]]}"#.to_owned()),
            vec!["P Ratu"],
            vec![],
        ),
        // Identifiers that mean nobody.
        (brat("T1\tP 0 4\tRatu\nN1\tReference T1 Wikidata:NULL\tRatu\n"), vec!["P Ratu"], vec![]),
        (brat("T1\tP 0 4\tRatu\nN1\tReference T1 Wikidata:nil\tRatu\n"), vec!["P Ratu"], vec![]),
        (brat("T1\tP 0 4\tRatu\nN1\tReference T1 Wikidata:-\tRatu\n"), vec!["P Ratu"], vec![]),
        (brat("T1\tP 0 4\tRatu\nN1\tReference T1 Wikidata:Q1\tRatu\n"), vec!["P Ratu @"], vec![]),
    ];
    let mut wrong = Vec::new();
    for ((name, file, content), marks, problems) in cases {
        let found = placed(name, file, &content);
        if found.0 != marks || found.1 != problems {
            wrong.push(format!("{name} {content}: {found:?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_told_of_drifted_marks_names_no_place_that_the_file_does_not_give() {
    for span in [r#""start":"x","end":4,"text":"Ratu""#, r#""start":5,"end":null,"text":"zebra""#] {
        let content = format!(r#"{{"text":"{TEXT}","spans":[{{"label":"P",{span}}}]}}"#);
        let files = BTreeMap::from([("a.jsonl".to_owned(), content.into_bytes())]);
        let problems = read(format("prodigy").unwrap(), &ImportFiles::from(Memory { files })).problems;
        let said: Vec<String> = problems.iter().map(|problem| problem.message.to_string()).collect();
        assert!(said.len() == 1 && !said[0].contains("-9223"), "{said:?}");
    }
}

#[test]
fn names_of_annotations_are_those_of_their_part_where_an_annotator_has_several() {
    let part = |label: &str| {
        let region = |id: &str, start: usize, end: usize| {
            format!(
                r#"{{"id":"{id}","from_name":"label","to_name":"text","type":"labels","value":{{"start":{start},"end":{end},"labels":["{label}"]}}}}"#
            )
        };
        let related = r#"{"type":"relation","from_id":"a","to_id":"b","labels":["r"]}"#;
        let regions = format!("{},{},{related}", region("a", 0, 4), region("b", 5, 9));
        format!(r#"{{"completed_by":{{"email":"ana@satu.example"}},"result":[{regions}]}}"#)
    };
    let task = format!(r#"[{{"data":{{"text":"{TEXT}"}},"annotations":[{},{}]}}]"#, part("P"), part("Q"));
    let files = BTreeMap::from([("a.json".to_owned(), task.into_bytes())]);
    let read = read(format("label-studio").unwrap(), &ImportFiles::from(Memory { files }));
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    let [layer] = &read.pages[0].sets[..] else { panic!("one annotator: {:?}", read.pages[0].sets) };
    let mut related = Vec::new();
    for record in &layer.records {
        for target in record.targets() {
            let other = layer.records.iter().find(|other| other.id == target).unwrap();
            related.push(format!("{}-{}", record.label, other.label));
        }
    }
    related.sort();
    assert_eq!(related, ["P-P", "Q-Q"]);
}
