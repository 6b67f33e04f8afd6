//! Real files are dirty and some are hostile: what can be read comes in, the rest is said, nothing panics.

use jejak::formats::{ExportFolder, FORMATS, ImportFiles, Memory, Sink, format, readers};
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::{Read, corpus_of, golden, read, write};

fn source(files: &[(&str, &str)]) -> ImportFiles {
    let files = files.iter().map(|(name, content)| ((*name).to_owned(), content.as_bytes().to_vec())).collect();
    ImportFiles::from(Memory { files })
}

/// Each annotation as `label “words” [role>words …]`, then each problem.
fn shown(read: &Read) -> Vec<String> {
    let mut said = Vec::new();
    for page in &read.pages {
        for record in page.sets.iter().flat_map(|layer| &layer.records) {
            let words: Vec<&str> = record.at.iter().map(|span| page.text.slice(*span)).collect();
            let drift = if record.drift.is_some() { " drifted" } else { "" };
            said.push(format!("{} “{}”{drift} {}", record.label, words.join("/"), record.roles.len()));
        }
    }
    said.extend(read.problems.iter().map(ToString::to_string));
    said
}

/// Format, files, and what comes of them.
type Case<'a> = (&'a str, Vec<(&'a str, &'a str)>, Vec<&'a str>);

#[test]
fn what_can_be_read_comes_in_and_the_rest_is_said() {
    let deep = "[".repeat(100_000);
    let deep_line = format!("{{\"text\":\"a\",\"entities\":{deep}");
    let cases: Vec<Case<'_>> = vec![
        (
            "brat",
            // UTF-16 offsets behind an astral character.
            vec![("a.txt", "🛬 Ratu Sari tiba"), ("a.ann", "T1\tPerson 3 12\tRatu Sari\nT2\tArrive 13 17\ttiba\n")],
            vec![
                "Person “Ratu Sari” 0",
                "Arrive “tiba” 0",
                "a.ann:1: offsets count UTF-16 units: so 2 of 2 quotes fit",
            ],
        ),
        (
            "brat",
            // Line ends of two bytes that the offsets count as one, and trailing blanks.
            vec![("a.txt", "Ratu\r\nSari\r\ntiba"), ("a.ann", "T1\tPerson 10 14\ttiba\r\nT2\tPlace 5 9\tSari  \r\n")],
            vec![
                "Place “Sari” 0",
                "Person “tiba” 0",
                "a.ann:1: offsets count code points with CR LF as one: so 2 of 2 quotes fit",
            ],
        ),
        (
            "brat",
            vec![
                ("a.txt", "Ratu Sari tiba"),
                (
                    "a.ann",
                    "T1\tP 0 99999999999999999999\tx\nT2\tP -4 3\tRatu\nT3\tP 9 2\tzebra\nT4\tP 0 4\tRatu\nT4\tP 5 9\tSari\nE1\tP:T9\nA1\n",
                ),
                ("b.ann", "T1\tP 0 1\tx\n"),
            ],
            vec![
                "P “” drifted 0",
                "P “Ratu” 0",
                "P “Ratu” 0",
                "P “Sari” 0",
                "a.ann:1: “P 0 99999999999999999999” has no offsets",
                "a.ann:7: there is no tab after the first word",
                "a.ann:6: E1 has trigger T9, which is not there",
                "a.ann:5: \"T4\" is the name of two annotations; the first is meant by it",
                "a.ann:2: “Ratu” does not stand at -4–3; it was found nearby",
                "a.ann:3: “zebra” does not stand at 9–2, nor nearby: kept as drifted",
                "b.ann: there is no .txt file of the same name beside it",
            ],
        ),
        (
            "conll",
            vec![("a.conll", "Ratu B-PER\r\nSari I-PER \r\ndi I-LOC\r\nB\u{fffd} O O\r\n\r\n# O\r\nLaut B-LOC\r\n")],
            vec![
                "PER “Ratu Sari” 0",
                "LOC “di” 0",
                "LOC “Laut” 0",
                "a.conll:4: the line has 3 columns where others have 2",
                "a.conll:3: I-LOC continues no mention, so it begins one",
            ],
        ),
        (
            "doccano",
            vec![(
                "a.jsonl",
                "{\"text\":\"Ratu\",\"label\":[[0,4,\"PER\"],[0,9,\"PER\"],[NaN]]}\nnull\n{\"text\":\"Ratu\",\"label\":[[0,4,\"PER \"],[0,9,\"PER\"],[1,1,\"X\"],[0]]}\n",
            )],
            vec![
                "PER “” drifted 0",
                "X “” drifted 0",
                "PER “Ratu” 0",
                "a.jsonl:1: column 50: a value is expected",
                "a.jsonl:2: there is no \"text\"",
                "a.jsonl:3: label: [0] is not [start, end, label]",
                "a.jsonl:3: PER at 0–9 lies outside the text and is kept without a place",
                "a.jsonl:3: X at 1 has no words and is kept without a place",
            ],
        ),
        (
            "doccano",
            vec![(
                "a.json",
                r#"[{"text":"a"}, null, [1], -1, 1.5, "x", true, {"text":"Ratu","label":[[0,4,"P"]]}, {"text":"#,
            )],
            vec![
                "P “Ratu” 0",
                "a.json[2]: there is no \"text\"",
                "a.json[3]: there is no \"text\"",
                "a.json[4]: there is no \"text\"",
                "a.json[5]: there is no \"text\"",
                "a.json[6]: there is no \"text\"",
                "a.json[7]: there is no \"text\"",
                "a.json[9]: column 8: it ends too early",
                "a.json: the list ends too early",
            ],
        ),
        ("doccano", vec![("a.jsonl", deep_line.as_str())], vec!["a.jsonl:1: column 150: it is nested too deeply"]),
        (
            // Entities of its own, that grow or lead elsewhere.
            "cas-xmi",
            vec![
                (
                    "a.xmi",
                    "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;\">]><xmi:XMI>&b;</xmi:XMI>",
                ),
                ("b.xmi", "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><xmi:XMI/>"),
                ("c.xmi", "<x:XMI xmlns:x=\"y\"><a b=\"&c;\"/></x:XMI>"),
                ("d.xmi", "<x:XMI xmlns:x=\"y\"><a b=\"&#xD800;\"/></x:XMI>"),
                ("e.xmi", "<x:XMI><a><b><c/></b></a></x:XMI>"),
                ("f.xmi", "<x:XMI><a>"),
            ],
            vec![
                "a.xmi: it has a document type declaration, which is not read",
                "b.xmi: it has a document type declaration, which is not read",
                "c.xmi: the XML is broken: &c; is not known",
                "d.xmi: the XML is broken: an & stands for no character that is known",
                "e.xmi: an element of a list has elements",
                "f.xmi: the XML is broken: it ends too early",
            ],
        ),
        (
            // Places outside, circles, names given twice, numbers without end.
            "cas-xmi",
            vec![(
                "a.xmi",
                "<x:XMI xmlns:cas=\"http:///uima/cas.ecore\" xmlns:c=\"http:///custom.ecore\">\
                 <c:Span xmi:id=\"2\" sofa=\"1\" begin=\"-4\" end=\"4\"/><c:Span xmi:id=\"2\" sofa=\"1\" begin=\"0\" end=\"99\"/>\
                 <c:Span xmi:id=\"3\" sofa=\"1\" begin=\"99999999999999999999\" end=\"4\"/>\
                 <c:Span xmi:id=\"4\" sofa=\"1\" begin=\"0\" end=\"4\" Governor=\"4\" Dependent=\"9\" next=\"4\"/>\
                 <c:Span xmi:id=\"5\" sofa=\"1\" begin=\"0\" end=\"4\" links=\"6\"/><c:Link xmi:id=\"6\" role=\"r\" target=\"5\"/>\
                 <cas:FSArray xmi:id=\"7\" elements=\"7 7\"/><c:Span xmi:id=\"8\" sofa=\"1\" begin=\"0\" end=\"4\" first=\"7\"/>\
                 <cas:Sofa xmi:id=\"1\" sofaID=\"_InitialView\" sofaString=\"Ratu Sari\"/></x:XMI>",
            )],
            vec![
                "Span “” drifted 0",
                "Span “” 2",
                "Span “” drifted 0",
                "Span “Ratu” 1",
                "Span “Ratu” 0",
                "a.xmi: Span 3 has no begin",
                "a.xmi: Dependent of 4 is filled by 9, which is not there",
                "a.xmi: \"2\" is the name of two annotations; the first is meant by it",
                "a.xmi: Span at -4–4 lies outside the text and is kept without a place",
                "a.xmi: Span at 0–99 lies outside the text and is kept without a place",
            ],
        ),
        (
            "cas-json",
            vec![
                (
                    "a.json",
                    "{\"%FEATURE_STRUCTURES\":[{\"%ID\":1,\"%TYPE\":\"uima.cas.Sofa\",\"sofaString\":\"\\ud800\"}]}",
                ),
                ("b.json", "{\"%FEATURE_STRUCTURES\":[{\"%ID\":NaN}]}"),
                (
                    "c.json",
                    "{\"%FEATURE_STRUCTURES\":[{\"%ID\":1,\"%TYPE\":\"uima.cas.Sofa\",\"sofaString\":\"Ratu\"},\
                     {\"%ID\":2,\"%TYPE\":\"T\",\"@sofa\":1,\"begin\":1e400,\"end\":2}]}",
                ),
                (
                    "d.json",
                    "{\"%FEATURE_STRUCTURES\":[{\"%ID\":1,\"%TYPE\":\"uima.cas.Sofa\",\"sofaString\":\"🛬 Ratu\"},\
                     {\"%ID\":2,\"%TYPE\":\"T\",\"@sofa\":1,\"begin\":3,\"end\":7,\"@x\":2,\"@y\":77,\"z\":[null,{}]},\
                     {\"%ID\":3,\"%TYPE\":\"T\",\"@sofa\":1,\"begin\":1,\"end\":7}]}",
                ),
            ],
            vec![
                "T “” drifted 0",
                "T “Ratu” 1",
                "a.json: column 78: a text has a \\u that stands for half a character",
                "b.json: column 32: a value is expected",
                "c.json: column 122: a number is too large",
                "d.json: y of 2 is filled by 77, which is not there",
                "d.json: T at 1–7 lies outside the text and is kept without a place",
            ],
        ),
        (
            "webanno-tsv3",
            vec![
                ("a.tsv", "Ratu\n"),
                (
                    "b.tsv",
                    "#FORMAT=WebAnno TSV 3.3\n#T_SP=a.Span|value\n#T_SP=a.Host|ROLE_a.Host:links_a.Link|a.Span\n#what\n\n\n#Text=Ratu Sari\n\
                     1-1\t0-4\tRatu\tP[1]|Q\tr;s\t1-2;9-9\t\n1-2\t5-99999999999999999999\tSari\tP[1]\t_\t_\t\n1-2\t5-9\tSari\tP[1]\t_\n1-3\t-5-9\tSari\n",
                ),
            ],
            vec![
                "P “Ratu Sari” 0",
                "Q “Ratu” 0",
                "Host “Ratu” 1",
                "a.tsv: it does not begin with #FORMAT=WebAnno TSV 3.3",
                "b.tsv:4: this is not a line of a header",
                "b.tsv:9: “5-99999999999999999999” is not a place: a place is begin-end",
                "b.tsv:10: the line has 1 columns fewer than the header says",
                "b.tsv:11: “-5-9” is not a place: a place is begin-end",
                "b.tsv:8: a slot is filled by an annotation that is not there",
                "b.tsv: s of 3 is not filled",
            ],
        ),
        (
            "wikievents",
            vec![(
                "a.jsonl",
                "{\"doc_id\":\"d\",\"text\":\"Ratu tiba\",\"sentences\":[[[[\"Ratu\",0,4],[\"tiba\",5,9]],\"\"]],\
                 \"entity_mentions\":[{\"id\":\"d-T1\",\"entity_type\":\"PER\",\"start\":0,\"end\":1},{\"id\":\"d-T2\",\"entity_type\":\"PER\",\"start\":-1,\"end\":0}],\
                 \"event_mentions\":[{\"id\":\"d-E1\",\"event_type\":\"Go\",\"trigger\":{\"start\":1,\"end\":2,\"text\":\"tiba\"},\
                 \"arguments\":[{\"entity_id\":\"d-T1\",\"role\":\"who\"},{\"entity_id\":\"d-T9\",\"role\":\"where\"}]},{\"id\":\"d-E2\",\"event_type\":\"Go\"}]}\n\
                 {\"text\":\"a\",\"sentences\":[[[[\"a\"]]]]}\n",
            )],
            vec![
                "PER “Ratu” 0",
                "Go “tiba” 1",
                "a.jsonl:1: entity d-T2: there are no tokens from -1 to 0",
                "a.jsonl:1: event d-E2: there is no \"start\"",
                "a.jsonl:1: where of E1 is filled by T9, which is not there",
                "a.jsonl:2: a token has no place",
            ],
        ),
        (
            "rams",
            vec![(
                "a.jsonl",
                "{\"sentences\":[[\"Ratu\",\"tiba\"],[\".\"]],\"evt_triggers\":[[1,1,[[\"go\",1.0]]],[7,9,[[\"x\",1.0]]]],\
                 \"gold_evt_links\":[[[1,1],[0,0],\"evt089arg02place\"],[[1,1],[5,5],\"a\"],[[0,0],[0,0],\"b\"]]}\n{\"sentences\":[]}\n",
            )],
            vec![
                "go “tiba” 1",
                "a.jsonl:1: the trigger of \"x\" has no place among the tokens",
                "a.jsonl:1: \"a\" is filled by tokens that are not there",
                "a.jsonl:1: \"b\" belongs to an event that is not there",
                "a.jsonl:2: there are no \"sentences\"",
            ],
        ),
        (
            "muc4",
            vec![(
                "a.jsonl",
                "{\"docid\":\"d\",\"doctext\":\"ratu sari tiba\",\"templates\":[{\"incident_type\":\"attack\",\"PerpInd\":[[[\"ratu sari\",0],[\"sari\",5]],[[\"zebra\",3]],[[\"tiba\"]],[[]]]},7]}\n",
            )],
            vec![
                "attack “” drifted 2",
                "a.jsonl:1: PerpInd of template 1 has a filler without words",
                "a.jsonl:1: template 2 is not an object",
                "a.jsonl:1: 1 further mentions of what fills roles were left out",
                "a.jsonl:1: “zebra” does not stand at 3–8, nor nearby: kept as drifted",
            ],
        ),
        (
            "jejak-jsonl",
            vec![(
                "a.jsonl",
                "{\"jejak_jsonl\":9,\"text\":\"a\"}\n{\"jejak_jsonl\":1,\"text\":\"Ratu\",\"sets\":[{\"annotator\":null,\"annotations\":[{\"id\":\"a\",\"label\":\"trip\",\"roles\":[{\"role\":\"about\",\"annotation\":\"a\"}]}]}]}\n{\"jejak_jsonl\":1,\"text\":\"a\",\"colour\":1}\n",
            )],
            vec![
                "trip “” 1",
                "a.jsonl:1: the line has version 9, and versions up to 1 are read",
                "a.jsonl:3: column 36: the field \"colour\" is not known here; known are jejak_jsonl, article, text, sets, comments, project",
            ],
        ),
    ];
    let mut wrong = Vec::new();
    for (name, files, expected) in cases {
        let read = read(format(name).unwrap(), &source(&files));
        if shown(&read) != expected {
            wrong.push(format!("{name}: {:#?}", shown(&read)));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn an_export_stays_in_its_folder_and_is_whole_or_not_there() {
    let home = tempfile::tempdir().unwrap();
    let target = home.path().join("out");
    let mut folder = Box::new(ExportFolder::create(&target).unwrap());
    assert!(folder.whole("../x.txt", b"").is_err());
    assert!(folder.append("/x.txt", b"").is_err());
    folder.whole("a/b.txt", b"1").unwrap();
    assert!(!target.exists());
    drop(folder);
    assert_eq!(std::fs::read_dir(home.path()).unwrap().count(), 0, "given up, nothing is left");
    let mut folder = Box::new(ExportFolder::create(&target).unwrap());
    folder.append("a.txt", b"1").unwrap();
    folder.append("a.txt", b"2").unwrap();
    folder.finish().unwrap();
    assert_eq!(std::fs::read(target.join("a.txt")).unwrap(), b"12");
    assert!(ExportFolder::create(&target).is_err(), "what stands there is not written over");
}

/// Golden files with a few bytes changed at random: no panic, and every record that comes in is sound.
#[test]
fn whatever_is_in_a_file_what_comes_in_is_sound() {
    let golden = golden::source();
    let corpus = corpus_of(&golden);
    for format in FORMATS.iter().filter(|format| format.info().reads) {
        let (memory, _) = write(*format, &corpus, &golden.pages, &Default::default());
        let change = (
            0..10_000_usize,
            0..12_usize,
            prop::sample::select(vec!["", "9", "-", "\t", "\"", "🛬", "\u{301}", "\n", "1e9", "{", "T1", "null"]),
        );
        let mut runner = TestRunner::new(Config { cases: 200, failure_persistence: None, ..Config::default() });
        let outcome = runner.run(&(0..8_usize, prop::collection::vec(change, 1..4)), |(file, changes)| {
            let mut files = memory.files.clone();
            let file = files.keys().nth(file % files.len()).unwrap().clone();
            let content = files.get_mut(&file).unwrap();
            for (at, len, by) in changes {
                let at = at % (content.len() + 1);
                let end = (at + len).min(content.len());
                content.splice(at..end, by.bytes());
            }
            let read = read(*format, &ImportFiles::from(Memory { files }));
            for page in &read.pages {
                for record in page.sets.iter().flat_map(|layer| &layer.records) {
                    for span in &record.at {
                        prop_assert!(page.text.check(*span).is_some(), "{record:?}");
                    }
                }
            }
            Ok(())
        });
        if let Err(error) = outcome {
            panic!("{}: {error}", format.info().name);
        }
    }
}

/// Files made to break a reader, and those that did: with every reader, under their own name and the reader's.
#[test]
fn no_file_breaks_a_reader() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats/hostile");
    let mut files = std::collections::BTreeMap::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let entry = entry.unwrap();
        files.insert(entry.file_name().into_string().unwrap(), std::fs::read(entry.path()).unwrap());
    }
    assert!(!files.is_empty());
    for format in readers() {
        let all = read(format, &ImportFiles::from(Memory { files: files.clone() }));
        for (name, content) in &files {
            let named = format!("{name}.{}", format.info().extension);
            let one = [(named, content.clone()), ("a.txt".to_owned(), b"Ratu".to_vec())];
            let alone = read(format, &ImportFiles::from(Memory { files: one.into_iter().collect() }));
            for page in all.pages.iter().chain(&alone.pages) {
                for record in page.sets.iter().flat_map(|layer| &layer.records) {
                    assert!(record.at.iter().all(|span| page.text.check(*span).is_some()), "{name}: {record:?}");
                }
            }
        }
    }
}
