//! Files that other programs wrote: what of them comes in, and that it comes out again.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jejak::formats::{Context, Loss, Lost, Options, Page, Source, Usage, format, nowhere};
use jejak::model::{Corpus, Name, Project, Schema};

use crate::{common, read, write};

/// Format, files below the folder of foreign ones, and what may be lost when they are written again.
const CASES: [(&str, &str, &[Lost]); 12] = [
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
    ("pubannotation", "formats/textae/dev", &[Lost::Provenance, Lost::Metadata]),
    ("label-studio", "formats/label-studio/tests/data", &[Lost::Provenance]),
];

fn corpus(pages: &[Page]) -> Corpus {
    let mut usage = Usage::default();
    pages.iter().for_each(|page| usage.add(page));
    let mut schema = Schema { jejak_schema: 1, name: "foreign".into(), title: Default::default(), labels: Vec::new() };
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
        let first = read(format, &Source::of_paths(&[files]).unwrap());
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
        let mut expected = first.pages.clone();
        // Articles of one file have no names of their own in some formats; they get some here, as a project's have.
        for (number, page) in expected.iter_mut().enumerate() {
            page.id = if page.id.is_empty() { format!("{number:03}") } else { page.id.clone() };
        }
        let named = expected.clone();
        expected.iter_mut().for_each(|page| format.reduce(page, &cx, &mut loss));
        for (what, count) in loss.counts() {
            if !may_go.contains(what) && *what != Lost::Id {
                wrong.push(format!("{name} {path}: {} {count:?}", what.name()));
            }
        }
        let (memory, _) = write(format, &corpus, &named, &options);
        let mut second = read(format, &Source::from(memory));
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

fn bless_or_compare(file: &PathBuf, report: &str, wrong: &mut Vec<String>) {
    if std::env::var_os("JEJAK_BLESS").is_some() {
        #[allow(clippy::disallowed_methods)] // A test's own data.
        std::fs::write(file, report).unwrap();
    } else if std::fs::read_to_string(file).unwrap_or_default() != report {
        wrong.push(format!("{} is not:\n{report}", file.display()));
    }
}

fn blank(pages: &mut [Page]) {
    for layer in pages.iter_mut().flat_map(|page| &mut page.sets) {
        for record in &mut layer.records {
            Arc::make_mut(record).origin = nowhere(&layer.annotator);
        }
        for referent in &mut layer.referents {
            Arc::make_mut(referent).origin = nowhere(&layer.annotator);
        }
    }
}
