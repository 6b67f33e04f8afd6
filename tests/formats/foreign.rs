//! Files that other programs wrote: what of them comes in, and that it comes out again.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jejak::formats::{Context, ExchangeDocument, ImportFiles, Loss, Lost, Options, Usage, format, unknown_origin};
use jejak::model::{Corpus, Name, Project, Schema};

use crate::{common, read, write};

/// Format, files below the folder of foreign ones, and what may be lost when they are written again.
const CASES: [(&str, &str, &[Lost]); 17] = [
    ("brat", "formats/brat/tutorial-news", &[Lost::Provenance]),
    ("brat", "formats/brat/BioNLP-ST_2011/BioNLP-ST_2011_GE", &[Lost::Provenance]),
    ("brat", "formats/brat/BioNLP-ST_2011/BioNLP-ST_2011_ID", &[Lost::Provenance]),
    ("brat", "formats/brat/BioNLP-ST_2011/BioNLP-ST_2011_EPI", &[Lost::Provenance]),
    ("brat", "formats/brat/BioNLP-ST_2011/BioNLP-ST_2011_REL", &[Lost::Provenance]),
    ("conll", "idner-news-2k/dev.txt", &[Lost::Provenance, Lost::Spacing]),
    ("conll", "idner-news-2k/test.txt", &[Lost::Provenance, Lost::Spacing]),
    ("doccano", "formats/doccano/backend/data_import/tests/data/relation_extraction", &[Lost::Provenance]),
    ("doccano", "formats/doccano/backend/data_import/tests/data/sequence_labeling", &[Lost::Provenance]),
    ("doccano", "formats/doccano/backend/data_import/tests/data/intent", &[Lost::Provenance]),
    // (What has no place in the files is kept, and goes with the next export.)
    ("pubannotation", "formats/textae/dev", &[Lost::Provenance, Lost::Metadata, Lost::Mention, Lost::Frame]),
    ("label-studio", "formats/label-studio/tests/data", &[Lost::Provenance]),
    ("cas-json", "formats/cas/tests/test_files/json", &[Lost::Provenance, Lost::Attribute]),
    ("cas-xmi", "formats/cas/tests/test_files/json", &[Lost::Provenance, Lost::Attribute]),
    ("cas-xmi", "formats/cas/tests/test_files/xmi", &[Lost::Provenance, Lost::Attribute]),
    ("cas-xmi", "formats/webanno-tsv3", &[Lost::Provenance, Lost::Reference, Lost::Referent]),
    // (Chains are referents, for which there is no room.)
    ("webanno-tsv3", "formats/webanno-tsv3", &[Lost::Provenance, Lost::Reference, Lost::Referent]),
];

fn corpus(pages: &[ExchangeDocument]) -> Corpus {
    let mut usage = Usage::default();
    pages.iter().for_each(|page| usage.add(page));
    let mut schema =
        Schema { jejak_schema: 1, name: "foreign".into(), title: Default::default(), open: false, labels: Vec::new() };
    schema.labels = usage.new_labels(&schema, &[]);
    if !schema.labels.is_empty() {
        schema.validate().unwrap();
    }
    Corpus::new(Project::default(), Arc::new(schema))
}

#[test]
fn files_of_other_programs_come_in_and_go_out_again() {
    let mut report = String::new();
    let mut wrong = Vec::new();
    for (name, path, may_go) in CASES {
        let Some(files) = common::shared("corpora").map(|folder| folder.join(path)) else { return };
        let format = format(name).unwrap();
        let first = read(format, &ImportFiles::of_paths(&[files]).unwrap());
        let records = first.pages.iter().flat_map(|page| &page.sets).flat_map(|layer| &layer.records);
        let roles: usize = records.clone().map(|record| record.roles.len()).sum();
        let _ = writeln!(
            report,
            "{name} {path}: {} articles, {} annotations, {roles} roles, {} problems",
            first.pages.len(),
            records.count(),
            first.problems.len()
        );
        for problem in &first.problems {
            let _ = writeln!(report, "  {problem}");
        }
        let corpus = corpus(&first.pages);
        let annotators = [Name::new("gold")];
        let options = Options::default();
        let cx = Context { corpus: &corpus, annotators: &annotators, options: &options };
        let mut loss = Loss::default();
        let mut expected: Vec<ExchangeDocument> = first.pages.iter().flat_map(apart).collect();
        // Articles have no names of their own in some formats, and in some the same in several folders; they get some
        // here, as a project's have.
        let mut taken = std::collections::HashSet::new();
        for (number, page) in expected.iter_mut().enumerate() {
            if page.id.is_empty() || !taken.insert(page.id.clone()) {
                page.id = format!("{number:03}");
            }
        }
        let named = expected.clone();
        expected.iter_mut().for_each(|page| format.reduce(page, &cx, &mut loss));
        for (what, count) in loss.counts() {
            if !may_go.contains(what) && *what != Lost::Id {
                wrong.push(format!("{name} {path}: {} {count:?}", what.name()));
            }
        }
        let (memory, _) = write(format, &corpus, &named, &options);
        let mut second = read(format, &ImportFiles::from(memory));
        blank(&mut expected);
        blank(&mut second.pages);
        expected.retain(|page| !format.leaves_out(page));
        expected.sort_by(|a, b| a.id.cmp(&b.id));
        second.pages.sort_by(|a, b| a.id.cmp(&b.id));
        if second.pages != expected {
            let differ = second.pages.iter().zip(&expected).find(|(a, b)| a != b);
            wrong.push(format!("{name} {path}: comes back otherwise: {differ:?}"));
        }
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats/foreign.txt");
    bless_or_compare(&file, &report, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// The sets of a page as pages of the one annotator whom a format that has no place for names writes.
fn apart(page: &ExchangeDocument) -> Vec<ExchangeDocument> {
    let alone = |layer: &jejak::formats::AnnotatorSet| {
        let mut layer = layer.clone();
        for record in &mut layer.records {
            Arc::make_mut(record).origin.by = "gold".into();
        }
        ExchangeDocument {
            sets: vec![jejak::formats::AnnotatorSet { annotator: "gold".into(), kind: None, ..layer }],
            ..page.clone()
        }
    };
    if page.sets.is_empty() { vec![page.clone()] } else { page.sets.iter().map(alone).collect() }
}

fn bless_or_compare(file: &PathBuf, report: &str, wrong: &mut Vec<String>) {
    if std::env::var_os("JEJAK_BLESS").is_some() {
        #[allow(clippy::disallowed_methods)] // A test's own data.
        std::fs::write(file, report).unwrap();
    } else if std::fs::read_to_string(file).unwrap_or_default() != report {
        wrong.push(format!("{} is not:\n{report}", file.display()));
    }
}

fn blank(pages: &mut [ExchangeDocument]) {
    for layer in pages.iter_mut().flat_map(|page| &mut page.sets) {
        for record in &mut layer.records {
            Arc::make_mut(record).origin = unknown_origin(&layer.annotator);
        }
        for referent in &mut layer.referents {
            Arc::make_mut(referent).origin = unknown_origin(&layer.annotator);
        }
    }
}

#[test]
fn lines_of_tokens_say_what_the_cas_beside_them_says() {
    let Some(folder) = common::shared("corpora").map(|folder| folder.join("formats/webanno-tsv3")) else { return };
    let mut unlike = Vec::new();
    let mut folders: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    for folder in folders.iter().filter(|folder| folder.join("reference.xmi").exists()) {
        let said = |name: &str, file: &str| -> Vec<String> {
            let read = read(format(name).unwrap(), &ImportFiles::of_paths(&[folder.join(file)]).unwrap());
            let mut said = Vec::new();
            for page in &read.pages {
                for record in page.sets.iter().flat_map(|layer| &layer.records) {
                    let words: Vec<&str> = record.at.iter().map(|span| page.text.slice(*span)).collect();
                    let mut roles: Vec<&str> = record.roles.iter().map(|role| role.name.as_str()).collect();
                    roles.sort_unstable();
                    // Lines cannot begin or end in white space; some layers were renamed in the lines after they were
                    // written.
                    let label = match record.label.split('_').next().unwrap() {
                        "NamedEntity" => "Span",
                        label => label,
                    };
                    let values: Vec<&str> = record.attributes.iter().map(|(_, value)| value.as_str()).collect();
                    said.push(format!("{label} “{}” {values:?} {roles:?}", words.join("/").trim()));
                }
            }
            said.sort();
            said
        };
        let (lines, cas) = (said("webanno-tsv3", "reference.tsv"), said("cas-xmi", "reference.xmi"));
        if lines != cas {
            unlike.push(format!("{}\n  {lines:?}\n  {cas:?}", folder.file_name().unwrap().to_string_lossy()));
        }
    }
    assert!(unlike.is_empty(), "{}", unlike.join("\n"));
}
