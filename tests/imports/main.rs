//! Imports that cannot hurt: whose sets become, what is asked first, what names mean, how files are recognised.
#![allow(clippy::unwrap_used)] // A helper of a test fails it as an assertion does.

mod own_files;
mod people;
mod project;
mod undone;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::process::Command;

use jejak::exchange::{PendingImport, proposal, proposed_name};
use jejak::formats::{ImportFiles, Memory, NameMap, NamedPart, ReadOptions, format, recognize};
use jejak::model::{Name, Schema};

const TEXT: &str = "Dewi Laras terbang ke Kota Pasir hari Kamis.";

fn jejak(folder: &Path, arguments: &[&str]) -> (i32, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_jejak"));
    let output = command.current_dir(folder).args(arguments).output().unwrap();
    let said = [output.stdout, output.stderr].concat();
    (output.status.code().unwrap(), String::from_utf8(said).unwrap())
}

fn memory(files: &[(&str, &str)]) -> ImportFiles {
    let files = files.iter().map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec())).collect();
    ImportFiles::from(Memory { files })
}

fn pending(name: &str, files: &[(&str, &str)], annotator: Option<&str>) -> PendingImport {
    let annotator = annotator.map(Name::new);
    PendingImport::read(format(name).unwrap(), &memory(files), annotator.as_ref(), &ReadOptions::default(), &mut |_| {
        true
    })
    .unwrap()
}

/// Every file below a folder with its content, but for the program's own.
fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(path) = waiting.pop() {
        for entry in std::fs::read_dir(path).unwrap().flatten() {
            let path = entry.path();
            match path.is_dir() {
                true if path.ends_with(".jejak") => {}
                true => waiting.push(path),
                false => {
                    found.insert(path.display().to_string(), std::fs::read(&path).unwrap());
                }
            }
        }
    }
    found
}

fn prodigy(who: &str, label: &str) -> String {
    format!(r#"{{"text":"{TEXT}","spans":[{{"start":0,"end":10,"label":"{label}"}}],"answer":"accept"{who}}}"#)
}

fn studio(annotations: &[&str]) -> String {
    let one = |who: &&str| {
        format!(
            r#"{{{who}"result":[{{"id":"a","from_name":"label","to_name":"text","type":"labels","value":{{"start":0,"end":4,"text":"Dewi","labels":["PER"]}}}}]}}"#
        )
    };
    let all: Vec<String> = annotations.iter().map(one).collect();
    format!(r#"[{{"data":{{"text":"{TEXT}"}},"annotations":[{}]}}]"#, all.join(","))
}

fn doccano(marks: &str) -> String {
    format!(r#"{{"text":"{TEXT}","label":[{marks}]}}"#)
}

/// The format, files, the name that is asked for, and the sets with the numbers of their annotations.
type Case<'a> = (&'a str, Vec<(&'a str, String)>, Option<&'a str>, &'a [(&'a str, usize)]);

#[test]
fn annotators_in_files_stay_apart() {
    let line = |set: &str| format!(r#"{{"jejak_jsonl":1,"text":"{TEXT}","sets":[{set}]}}"#);
    let named = r#"{"annotator":"hana","annotations":[{"id":"p1","label":"person","spans":[{"start":0,"end":4}]}]}"#;
    let unnamed = r#"{"annotator":null,"annotations":[{"id":"p1","label":"person","spans":[{"start":0,"end":4}]}]}"#;
    let mail = |name: &str| format!(r#""completed_by":{{"id":1,"email":"{name}"}},"#);
    let (ana, budi, other) = (mail("ana@satu.example"), mail("budi@satu.example"), mail("ana@dua.example"));
    let tag = "Dewi B-PER\nLaras I-PER\nterbang O\n";
    let cases: Vec<Case<'_>> = vec![
        // Several annotations of a task.
        ("label-studio", vec![("t.json", studio(&[&ana, &budi]))], Some("x"), &[("ana", 1), ("budi", 1)]),
        (
            "label-studio",
            vec![("t.json", studio(&[&ana, &other]))],
            None,
            &[("ana-dua-example", 1), ("ana-satu-example", 1)],
        ),
        (
            "label-studio",
            vec![("t.json", studio(&["\"completed_by\":4,", "\"completed_by\":5,"]))],
            None,
            &[("user-4", 1), ("user-5", 1)],
        ),
        ("label-studio", vec![("t.json", studio(&["", ""]))], None, &[("user-1", 1), ("user-2", 1)]),
        ("label-studio", vec![("t.json", studio(&[&ana, &ana]))], None, &[("ana", 2)]),
        (
            "label-studio",
            vec![("t.json", studio(&["\"created_username\":\" eric, 3\",", &ana]))],
            None,
            &[("ana", 1), ("eric", 1)],
        ),
        // The only one is called as one says, or as the files say.
        ("label-studio", vec![("t.json", studio(&[&ana]))], Some("x"), &[("x", 1)]),
        ("label-studio", vec![("t.json", studio(&[&ana]))], None, &[("ana", 1)]),
        // Tasks of one annotator each are no task of all.
        (
            "label-studio",
            vec![("a.json", studio(&[&ana])), ("b.json", studio(&[&budi]).replace("Kamis", "Jumat"))],
            Some("x"),
            &[("ana", 1), ("budi", 1)],
        ),
        (
            "prodigy",
            vec![(
                "p.jsonl",
                [prodigy(r#","_annotator_id":"set-ana""#, "A"), prodigy(r#","_session_id":"set-budi""#, "B")]
                    .join("\n"),
            )],
            Some("x"),
            &[("ana", 1), ("budi", 1)],
        ),
        (
            "prodigy",
            vec![(
                "p.jsonl",
                [
                    prodigy(r#","_session_id":"2024-05-01_10-20-30""#, "A"),
                    prodigy(r#","_session_id":"s-2024-05-02_10-20-30""#, "B"),
                ]
                .join("\n"),
            )],
            Some("x"),
            &[("x", 2)],
        ),
        ("prodigy", vec![("p.jsonl", prodigy("", "A"))], Some("x"), &[("x", 1)]),
        ("prodigy", vec![("p.jsonl", prodigy("", "A"))], None, &[("", 1)]),
        // Files and folders of annotators that lie side by side.
        (
            "doccano",
            vec![("ana.jsonl", doccano("[0,4,\"P\"]")), ("budi.jsonl", doccano("[5,10,\"P\"]"))],
            Some("x"),
            &[("ana", 1), ("budi", 1)],
        ),
        (
            "doccano",
            vec![
                ("train.jsonl", doccano("[0,4,\"P\"]")),
                ("test.jsonl", doccano("[0,4,\"P\"]").replace("Kamis", "Jumat")),
            ],
            Some("x"),
            &[("x", 2)],
        ),
        (
            "conll",
            vec![("ana/1.conll", tag.into()), ("budi/1.conll", tag.into()), ("budi/2.conll", "Hujan O\n".into())],
            None,
            &[("ana", 1), ("budi", 1)],
        ),
        // The archives of projects.
        (
            "conll",
            vec![
                ("annotation/1.txt/ana.conll", tag.into()),
                ("annotation/1.txt/INITIAL_CAS.conll", tag.replace("B-PER", "O").replace("I-PER", "O")),
                ("curation/1.txt/CURATION_USER99887766554433.conll", tag.into()),
            ],
            None,
            &[("ana", 1), ("curation", 1)],
        ),
        // A set of our own has a name, and keeps it.
        ("jejak-jsonl", vec![("j.jsonl", line(named))], Some("x"), &[("hana", 1)]),
        ("jejak-jsonl", vec![("j.jsonl", line(unnamed))], Some("x"), &[("x", 1)]),
        (
            "pubannotation",
            vec![(
                "t.json",
                format!(
                    r#"{{"text":"{TEXT}","denotations":[],"tracks":[{{"project":"a","denotations":[{{"id":"T1","span":{{"begin":0,"end":4}},"obj":"P"}}]}},{{"denotations":[{{"id":"T1","span":{{"begin":0,"end":4}},"obj":"Q"}}]}}]}}"#
                ),
            )],
            Some("x"),
            &[("a", 1), ("track-2", 1)],
        ),
    ];
    let mut wrong = Vec::new();
    for (name, files, asked, expected) in cases {
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let read = pending(name, &files, asked);
        let expected: BTreeMap<Name, usize> = expected.iter().map(|&(name, count)| (name.into(), count)).collect();
        if read.sets() != expected {
            wrong.push(format!("{name} {files:?} {asked:?}: {:?}, {:?}", read.sets(), read.problems));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_refused_import_leaves_every_file_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    let write = |name: &str, text: &str| std::fs::write(here.join(name), text).unwrap();
    write("a.jsonl", &doccano("[0,10,\"person\"]"));
    write("b.jsonl", &doccano("[22,32,\"place\"]"));
    write("c.jsonl", &doccano("[22,32,\"place\"]").replace("Kamis", "Jumat"));
    assert_eq!(jejak(here, &["new", "p"]).0, 0);
    let import = |file: &str, name: &str, more: &[&str]| {
        jejak(here, &[&["import", "p", "--annotator", name, "--format", "doccano", file], more].concat())
    };
    // A person's first import, and the next article of the same person.
    assert_eq!(import("a.jsonl", "ana", &[]).0, 0);
    let before = files(here);
    for (name, more, flag) in [
        ("ana", &[][..], "--merge"),
        ("ana", &["--into-gold"], "--merge"),
        ("gold", &[], "--into-gold"),
        ("gold", &["--merge"], "--into-gold"),
    ] {
        let (code, said) = import("b.jsonl", name, more);
        assert!(
            code == 2 && said.contains(flag) && said.trim_end().lines().count() == 1,
            "{name} {more:?}: {code} {said}"
        );
        assert_eq!(files(here), before, "{name} {more:?}");
    }
    assert_eq!(import("c.jsonl", "ana", &[]).0, 0, "nobody has worked on that article");
    assert_eq!(import("a.jsonl", "ana", &[]).0, 0, "the same again is no news");
    assert_eq!(import("b.jsonl", "tagger", &["--kind", "model"]).0, 0);
    assert_eq!(import("b.jsonl", "ana", &["--merge"]).0, 0);
    assert_eq!(import("b.jsonl", "gold", &["--into-gold"]).0, 0);
    assert_eq!(import("b.jsonl", "budi", &[]).0, 0);
}

#[test]
fn the_format_is_recognised_or_named_as_open() {
    let conllu =
        "# text = Dewi tiba\n1\tDewi\tDewi\tPROPN\t_\t_\t2\tnsubj\t_\t_\n2\ttiba\ttiba\tVERB\t_\t_\t0\troot\t_\t_\n";
    for (file, text, expected) in [
        ("a.jsonl", doccano("[0,4,\"P\"]"), "doccano"),
        ("a.jsonl", r#"{"text":"x","entities":[]}"#.into(), "doccano"),
        ("a.json", studio(&[""]), "label-studio"),
        ("a.jsonl", prodigy("", "A"), "prodigy"),
        ("a.jsonl", r#"{"text":"x","label":"POS","answer":"accept"}"#.into(), "prodigy"),
        ("a.json", r#"{"text":"x","denotations":[]}"#.into(), "pubannotation"),
        ("a.json", r#"{"%TYPES":{}}"#.into(), "cas-json"),
        ("a.jsonl", r#"{"jejak_jsonl":1,"text":"x","sets":[]}"#.into(), "jejak-jsonl"),
        ("a.xmi", "<?xml version=\"1.0\"?><xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"></xmi:XMI>".into(), "cas-xmi"),
        ("a.tsv", "#FORMAT=WebAnno TSV 3.3\n".into(), "webanno-tsv3"),
        ("a.txt", "Dewi B-PER\nLaras I-PER\n\ntiba O\n".into(), "conll"),
        ("a.conll", "-DOCSTART- -X- O O\n\nDewi NNP B-NP B-PER\n".into(), "conll"),
        ("a.ann", "T1\tPER 0 4\tDewi\n".into(), "brat"),
        ("a.json", r#"{"doc_id":"1","sentences":[],"event_mentions":[]}"#.into(), "wikievents"),
        // Nothing shows which it is.
        ("a.jsonl", r#"{"text":"x"}"#.into(), "?doccano (a.jsonl), prodigy (a.jsonl)"),
        ("a.txt", "Dewi tiba di Kota Pasir.\nHujan turun.\n".into(), "?no format"),
        ("a.conllu", conllu.into(), "?no format"),
        ("a.json", "[1,2]".into(), "?no format"),
        ("a.tsv", "# http://x\n1\tDewi\tB-PER\tO\n2\ttiba\tO\tO\n".into(), "conll"),
        ("a.csv", "Sentence #,Word,POS,Tag\nSentence: 1,Dewi,NNP,B-per\n,tiba,VBD,O\n".into(), "conll"),
        ("a.csv", "title,text\nDewi,Dewi tiba\n".into(), "?no format"),
        ("a.tsv", "1-1\tDewi\tB-PER\n1-2\ttiba\tO\n".into(), "?no format"),
        ("a.conllu", conllu.replace("nsubj\t_\t_", "nsubj\t_\tNE=B-PER"), "conll"),
    ] {
        let found = recognize(&memory(&[(file, &text)]));
        match (found, expected.strip_prefix('?')) {
            (Ok(found), None) => {
                assert_eq!(found.format.info().name, expected, "{text}");
                assert!(found.why.to_string().contains(file), "{}", found.why);
            }
            (Err(why), Some(named)) => {
                assert!(why.to_string().contains(named) && why.to_string().contains("--format"), "{why}");
            }
            (found, _) => panic!("{file} {text}: {:?}", found.map(|found| found.why)),
        }
    }
    // Files that lie beside say nothing; two formats are named with a file each.
    let beside = [("README.md", "x"), ("a.ann", "T1\tPER 0 4\tDewi\n"), ("a.txt", "Dewi B-PER\n")];
    assert_eq!(recognize(&memory(&beside)).unwrap_or_else(|why| panic!("{why}")).format.info().name, "brat");
    let both = [("a.ann", "T1\tPER 0 4\tDewi\n"), ("b.jsonl", r#"{"text":"x","spans":[]}"#)];
    let Err(why) = recognize(&memory(&both)) else { panic!("two formats") };
    assert!(why.to_string().contains("brat (a.ann), prodigy (b.jsonl)"), "{why}");
}

/// The proposals of a schema for names of files.
fn proposed(schema: &Schema, names: &[&str]) -> Vec<String> {
    let mut marks = Vec::new();
    for name in names {
        marks.push(format!("[0,4,\"{name}\"]"));
    }
    let read = pending("doccano", &[("a.jsonl", &doccano(&marks.join(",")))], Some("x"));
    let names = read.names();
    let map = NameMap::default();
    let told = |name: &jejak::exchange::ForeignName| {
        format!("{}={}", name.name, proposal(name, schema, &map).map_or_else(|| "?".to_owned(), |own| own.to_string()))
    };
    names.iter().filter(|name| name.part == NamedPart::Label).map(told).collect()
}

#[test]
fn usual_names_are_proposed_in_any_schema() {
    let trips = Schema::trips();
    let names = [
        "PER",
        "LOC",
        "ORG",
        "GPE",
        "Pers",
        "LOCATION",
        "ORGANISATION",
        "Orang",
        "Tempat",
        "TIMEX3",
        "I-PER",
        "XYZ",
        "B-LOC",
    ];
    let said = proposed(&trips, &names);
    let expected: BTreeSet<&str> = BTreeSet::from([
        "PER=person",
        "LOC=place",
        "ORG=organization",
        "GPE=place",
        "Pers=person",
        "LOCATION=place",
        "ORGANISATION=organization",
        "Orang=person",
        "Tempat=place",
        "TIMEX3=date",
        "I-PER=person",
        "XYZ=?",
        "B-LOC=place",
    ]);
    assert_eq!(said.iter().map(String::as_str).collect::<BTreeSet<_>>(), expected);
    // The same in a schema that calls them otherwise.
    let mut other = trips;
    other.labels.retain(|label| label.roles.is_empty());
    for (from, to) in [("person", "PERS"), ("place", "Lokasi"), ("organization", "ORG")] {
        let label = other.labels.iter_mut().find(|label| label.name == *from).unwrap();
        (label.name, label.title) = (to.into(), Default::default());
    }
    assert_eq!(proposed(&other, &["PERSON", "LOC", "Company"]), ["Company=ORG", "LOC=Lokasi", "PERSON=PERS"]);
}

#[test]
fn a_new_set_is_called_by_its_file_and_like_nobody_else() {
    let there: Vec<Name> = ["siti", "tagger"].map(Name::from).to_vec();
    for (files, expected) in [
        (&["berita 2.jsonl"][..], "berita-2"),
        (&["tagger.jsonl"], "tagger-2"),
        (&["Siti.conll"], "Siti-2"),
        (&["gold.jsonl"], "gold-2"),
        (&["train.jsonl"], "doccano"),
        (&["x/a.ann", "x/b.ann"], "doccano"),
        (&["con.jsonl"], "con-2"),
        (&["2024.jsonl"], "user-2024"),
    ] {
        assert_eq!(proposed_name(files.iter().copied(), "doccano", &there), *expected, "{files:?}");
    }
}

#[test]
fn content_alone_refuses_an_export() {
    let folder = tempfile::tempdir().unwrap();
    let here = folder.path();
    std::fs::write(here.join("a.jsonl"), doccano("[0,10,\"person\"],[22,32,\"place\"]")).unwrap();
    std::fs::write(here.join("b.txt"), TEXT).unwrap();
    assert_eq!(jejak(here, &["new", "p", "b.txt"]).0, 0);
    assert_eq!(jejak(here, &["import", "p", "--annotator", "ana", "--format", "doccano", "a.jsonl"]).0, 0);
    let export = |format: &str, more: &[&str]| {
        jejak(here, &[&["export", "p", "--format", format, "--set", "ana", "--out", format], more].concat())
    };
    // The origin of records and how they are called is said, and no more.
    let (code, said) = export("brat", &[]);
    assert!(code == 0 && said.contains("provenance: ") && here.join("brat").is_dir(), "{code} {said}");
    // The list of files says what each article came from and where it stands now.
    let manifest = std::fs::read_to_string(here.join("brat/manifest.json")).unwrap();
    let manifest: serde_json::Value = serde_json::from_str(&manifest).unwrap();
    let article = &manifest["parts"][0]["articles"][0];
    assert_eq!(article["source"], "b.txt", "{article}");
    assert_eq!(article["files"], serde_json::json!(["b.ann", "b.txt"]), "{article}");
    // Templates have no mentions.
    let (code, said) = export("muc4", &[]);
    assert!(code == 1 && said.contains("mention: ") && !here.join("muc4").exists(), "{code} {said}");
    let (code, said) = export("muc4", &["--allow-loss=note"]);
    assert!(code == 1 && !here.join("muc4").exists(), "{code} {said}");
    let (code, said) = export("muc4", &["--allow-loss=mention,article"]);
    assert!(code == 0 && here.join("muc4").is_dir(), "{code} {said}");
}
