//! Files in columns, as corpora and programs write them: each with the text and the mentions that stand in it.

use std::collections::BTreeMap;
use std::path::Path;

use jejak::formats::{ImportContext, ImportFiles, Item, Memory, ReadOptions, format};
use jejak::model::{Name, Timestamp};

use crate::common::shared;

/// All that comes of a file: texts, mentions, referents, problems, notes, each a line.
fn told(name: &str, content: &[u8], options: &ReadOptions) -> Vec<String> {
    let files = BTreeMap::from([(name.to_owned(), content.to_vec())]);
    let (gold, mut said) = (Name::new("gold"), Vec::new());
    let reading = ImportContext::with(&gold, Timestamp::from_seconds(0), options);
    format("conll").unwrap().read(&ImportFiles::from(Memory { files }), &reading, &mut |item| match item {
        Item::Document(page) => {
            let text = page.text.as_str().replace('\n', "/");
            let about = page.about.fields().into_iter().filter(|(_, value)| !value.is_empty());
            let about: String = about.map(|(field, value)| format!(" {field}={value}")).collect();
            said.push(format!("{} |{text}|{about}", page.id).trim_start().to_owned());
            for set in &page.sets {
                for record in &set.records {
                    let words: Vec<&str> = record.at.iter().map(|span| page.text.slice(*span)).collect();
                    let more: String =
                        record.attributes.iter().map(|(name, value)| format!(" {name}={value}")).collect();
                    let about = record.referent.map_or(String::new(), |id| format!(" @{id}"));
                    said.push(format!("  {} “{}”{more}{about}", record.label, words.join("…")));
                }
                for referent in &set.referents {
                    let outside: String = referent.external.iter().map(|(name, id)| format!(" {name}:{id}")).collect();
                    said.push(format!("  {}: {} “{}”{outside}", referent.id, referent.label, referent.name));
                }
            }
        }
        Item::Whole(_) => {}
        Item::Problem(problem) => said.push(format!("! {problem}")),
        Item::Note { note, .. } => said.push(format!("= {note}")),
    });
    said
}

/// The cases of a file: `== NAME options`, the file's lines (`→` is a tab), `--`, what comes of it.
fn cases(all: &str) -> Vec<(String, String, Vec<String>)> {
    let mut cases = Vec::new();
    for case in all.split("\n== ").skip(1) {
        let (head, rest) = case.split_once('\n').unwrap();
        let (content, expected) = rest.split_once("\n--\n").unwrap_or_else(|| panic!("{head} expects nothing"));
        let expected = expected.lines().filter(|line| !line.is_empty()).map(str::to_owned).collect();
        cases.push((head.to_owned(), content.replace('→', "\t"), expected));
    }
    cases
}

fn options(words: &[&str]) -> ReadOptions {
    let mut options = ReadOptions::default();
    for word in words {
        match word.split_once(':') {
            Some(("columns", said)) => options.columns = Some(said.parse().unwrap()),
            Some(("per", said)) => options.per = Some(said.parse().unwrap()),
            _ => panic!("{word} is no option"),
        }
    }
    options
}

#[test]
fn columns_are_recognised_as_their_kinds_write_them() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats/columns.txt");
    let all = std::fs::read_to_string(&path).unwrap();
    let (mut now, mut wrong) = (all.split("\n== ").next().unwrap().to_owned(), Vec::new());
    for (head, content, expected) in cases(&all) {
        let words: Vec<&str> = head.split(' ').collect();
        let said = told(words[0], content.as_bytes(), &options(&words[1..]));
        now += &format!("\n== {head}\n{}\n--\n{}\n", content.replace('\t', "→"), said.join("\n"));
        if said != expected {
            wrong.push(format!("{head}\n  is {said:#?}\n  and not {expected:#?}"));
        }
    }
    if std::env::var_os("JEJAK_BLESS").is_some() {
        #[allow(clippy::disallowed_methods)] // The cases themselves are written anew where a person asks for it.
        std::fs::write(path, now).unwrap();
    } else {
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }
}

#[test]
fn a_person_s_word_about_columns_is_understood_or_said_to_be_none() {
    for (said, expected) in [
        ("word=2,tag=5", ""),
        (" word = 1 , outer=3,inner=4", ""),
        ("tag=5", "one column has to be that of words: word=2,tag=5"),
        ("word=1,word=2", "one column has to be that of words: word=2,tag=5"),
        ("word=0", "“word=0” is not a column: word=2,tag=5 says which are what, counted from 1"),
        (
            "word=99999999999999999999",
            "“word=99999999999999999999” is not a column: word=2,tag=5 says which are what, counted from 1",
        ),
        ("word", "“word” is not a column: word=2,tag=5 says which are what, counted from 1"),
    ] {
        let why = said.parse::<jejak::formats::AskedColumns>().map_or_else(|why| why.to_string(), |_| String::new());
        assert_eq!(why, expected, "{said}");
    }
    for (said, expected) in
        [("20", ""), ("blank-lines", ""), ("0", "“0” is neither a number of sentences nor blank-lines")]
    {
        let why = said.parse::<jejak::formats::Per>().map_or_else(|why| why.to_string(), |_| String::new());
        assert_eq!(why, expected, "{said}");
    }
}

/// Files as other programs write them, with what is known about each.
const FILES: [(&str, &[&str]); 28] = [
    ("files/conll/bilou.txt", &["PER “Sari”", "LOC “Uni Emirat Arab”"]),
    ("files/conll/bom_tab.txt", &["PER “Sari”", "LOC “New Delhi”"]),
    ("files/conll/chinese_char.txt", &["|王芳到北京。|", "PER “王芳”", "LOC “北京”"]),
    ("files/conll/conll2003_iob1.txt", &["PER “Sari”", "PER “Budi”", "LOC “New Delhi”", "ORG “Reuters”"]),
    ("files/conll/conll2003_iob2.txt", &["PER “Sari”", "PER “Budi”", "LOC “New Delhi”"]),
    (
        "files/conll/conll2012.v4_gold_conll",
        &[
            "PERSON “Sari” @ref1",
            "GPE “New Delhi” @ref2",
            "mention “Ia” @ref1",
            "ref1: PERSON “Sari”",
            "ref2: GPE “New Delhi”",
        ],
    ),
    (
        "files/conll/conllu_name.conllu",
        &["d1 |Finn Eilersen avstår, bevisst./Vamos al mar.|", "PER “Finn Eilersen”", "LOC “mar”"],
    ),
    ("files/conll/csv_tokens.csv", &["|Sari tiba Oslo/Ia pulang|", "per “Sari”", "geo “Oslo”"]),
    ("files/conll/dashlabel.txt", &["PER-NAM “Sari”", "GPE-NAM “New Delhi”"]),
    ("files/conll/emoji.txt", &["PER “Sari”", "PER “محمد علي”", "LOC “caf"]),
    ("files/conll/empty_token.txt", &["PER “Sari”", "LOC “Oslo”"]),
    (
        "files/conll/germeval.tsv",
        &["ORG “Badische Zeitung”", "OTH “Berlinale”", "LOCpart “Berlinale”", "ORG “Universität Wien”", "LOC “Wien”"],
    ),
    (
        "files/conll/hipe.tsv",
        &["|Die Stadt Zürich.| published=1850-01-01", "loc “Stadt Zürich” fine-lit=loc.adm.town @ref1", "loc “Zürich”"],
    ),
    ("files/conll/idcomments.conll", &["PER “Sari”", "|Oslo ramai # tagar|", "LOC “Oslo”"]),
    ("files/conll/io_bare.txt", &["PER “Sari Budi”", "LOC “New Delhi”"]),
    ("files/conll/io_prefixed.txt", &["PER “Sari”", "LOC “New Delhi”"]),
    ("files/conll/iobes.txt", &["PER “Sari”", "LOC “New Delhi”"]),
    ("files/conll/lower_bio.txt", &["PER “Sari”", "LOC “New Delhi”"]),
    ("files/conll/nodoc_ids_docstart_id.txt", &["d1 |Sari|", "PER “Sari”", "d2 |Oslo|", "LOC “Oslo”"]),
    ("files/conll/two_cols_space.txt", &["PER “Sari”", "LOC “New Delhi”"]),
    ("files/conll/two_cols_tab_crlf.txt", &["PER “Sari”", "LOC “New Delhi”"]),
    ("files/conll/wnut_annot.txt", &["location “Empire State Building”"]),
    ("files/doccano/labels.jsonl", &["! labels.jsonl: it is not read as columns"]),
    ("reports/30-conll-untyped-BI/a.conll", &["mention “tumor necrosis factor”", "mention “beta beta”"]),
    ("reports/31-conll-hyphen-label/a.conll", &["ARGM-LOC “He went”", "ARGM-TIME “Now then”"]),
    ("reports/33-conll-IOB1/a.conll", &["PER “Mira Holt”", "PER “Arga”", "LOC “New Lembur”", "ORG “Kota”"]),
    ("reports/34-conll-BMES/a.conll", &["|新加坡在米拉海|", "LOC “新加坡”", "PER “米拉”", "LOC “海”"]),
    ("reports/35-conll-underscore-tag/a.conll", &["PER “Mira Holt”", "LOC “Lembur”"]),
];

#[test]
fn files_of_other_programs_come_in_as_they_mean_it() {
    let Some(folder) = shared("cases") else { return };
    let mut wrong = Vec::new();
    for (file, expected) in FILES {
        let name = file.rsplit('/').next().unwrap();
        let said = told(name, &std::fs::read(folder.join(file)).unwrap(), &ReadOptions::default());
        let found = |line: &&&str| said.iter().any(|one| one.contains(**line));
        let missing: Vec<&&str> = expected.iter().filter(|line| !found(line)).collect();
        let mentions = |line: &&String| line.starts_with("  ") && !line.starts_with("  ref");
        let count = expected.iter().filter(|line| line.contains('“') && !line.starts_with("ref")).count();
        if !missing.is_empty() || said.iter().filter(mentions).count() != count {
            wrong.push(format!("{file} lacks {missing:?}: {said:#?}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
