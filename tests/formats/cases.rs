//! Files as other programs write them: recognised, and each annotation with its words, beside what is expected.
//!
//! Every folder of `tests/data/foreign` is one import in the shape that another program gives it, with `expected` beside; the
//! same is said of the cases that people bring together outside, in `tests/data/formats/cases.txt`.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use jejak::formats::{ImportFiles, format, recognize};
use jejak::model::{Filler, SetKind};

use crate::{Read, common, read};

/// Files below the folder of cases, and the format where it cannot be seen.
const CASES: &[(&str, &str)] = &[
    ("files/doccano/annotations_user.jsonl", ""),
    ("files/doccano/cats.jsonl", ""),
    ("files/doccano/data_label.jsonl", ""),
    ("files/doccano/entities.jsonl", ""),
    ("files/doccano/label.jsonl", ""),
    ("files/doccano/labels.json", ""),
    ("files/doccano/labels.jsonl", ""),
    ("files/events/docee.json", ""),
    ("files/events/dygie.jsonl", ""),
    ("files/events/maven.jsonl", ""),
    ("files/events/maven_arg.jsonl", ""),
    ("files/events/muc4.jsonl", ""),
    ("files/events/muc4_nooff.json", ""),
    ("files/events/rams.jsonlines", ""),
    ("files/events/wikievents.jsonl", ""),
    ("files/inception/v2.tsv", ""),
    ("files/inception/v3.1.tsv", ""),
    ("files/inception/v3.2.tsv", ""),
    ("files/inception/v3.3.tsv", ""),
    ("files/inception/v3.tsv", ""),
    ("files/ls/cancelled_first.json", ""),
    ("files/ls/completions_old.json", ""),
    ("files/ls/full.json", ""),
    ("files/ls/hypertext.json", ""),
    ("files/ls/note_text_key.json", ""),
    ("files/ls/note_textarea_key.json", ""),
    ("files/ls/one_per_line.jsonl", ""),
    ("files/ls/other_key.json", ""),
    ("files/ls/perregion.json", ""),
    ("files/ls/predictions_only.json", ""),
    ("files/ls/single_task.json", ""),
    ("files/other/bad_doccano.jsonl", ""),
    ("files/other/crlf_doccano.jsonl", ""),
    ("files/other/crlf_ls.json", ""),
    ("files/other/crlf_prodigy.jsonl", ""),
    ("files/other/crlf_pub.json", ""),
    ("files/other/gliner.json", ""),
    ("files/other/hf_ints.jsonl", ""),
    ("files/other/hf_tokens.jsonl", ""),
    ("files/other/inline.xml", ""),
    ("files/other/pubann.json", ""),
    ("files/other/pubann_list.json", ""),
    ("files/other/spacy_v2_tuples.json", ""),
    ("files/prodigy/rel_reject_sessions.jsonl", ""),
    ("files/spacy/attrs_min.spacy", ""),
    ("files/spacy/attrs_noent.spacy", ""),
    ("files/spacy/empty.spacy", ""),
    ("files/spacy/ents_kb.spacy", ""),
    ("files/spacy/missing.spacy", ""),
    ("files/spacy/pretok.spacy", ""),
    ("files/spacy/spangroups_cats.spacy", ""),
    ("files/brat/bionlp", "brat"),
    ("files/brat/bom_counted", ""),
    ("files/brat/bom_notcounted", ""),
    ("files/brat/crlf_bom", ""),
    ("files/brat/lone", ""),
    ("files/brat/nil", ""),
    ("files/brat/plain/doc.ann", ""),
    ("files/brat/utf16", ""),
    ("reports/01-brat-incomplete-line", ""),
    ("reports/02-doccano-data-key", ""),
    ("reports/03-doccano-escaped-slash", ""),
    ("reports/04-ls-crlf-emoji", ""),
    ("reports/05-ls-end-beyond", ""),
    ("reports/06-ls-html-ner", ""),
    ("reports/07-ls-whitespace-runs", ""),
    ("reports/09-ls-other-text-key", ""),
    ("reports/11-brat-newline", ""),
    ("reports/12-brat-off-by-one", ""),
    ("reports/14-brat-dos", ""),
    ("reports/18-tsv-gap", ""),
    ("reports/20-tsv-space-underscore", ""),
    ("reports/21-tsv-token-with-space", ""),
    ("reports/40-odd-labels", ""),
    ("reports/42-relations", ""),
    ("reports/43-jsonl-dirty", ""),
    ("reports/83-empty-value", ""),
    ("reports/85-brat-folders", ""),
    ("reports/92-many-labels", ""),
    ("reports/95-ls-two-annotators", ""),
    ("reports/96-ls-json-min", ""),
    ("reports/97-ls-global-offsets", ""),
    ("reports/99-brat-notes-tabs/a.ann", ""),
    ("reports/99-brat-notes-tabs/xmi.zip", ""),
];

/// The fate of files: the format, each annotation with all that it has, each problem.
fn said(path: &Path, named: &str) -> String {
    let source = match ImportFiles::of_paths(&[path.to_owned()]) {
        Ok(source) => source,
        Err(why) => return format!("! {why}\n"),
    };
    let format = match named {
        "" => match recognize(&source) {
            Ok(recognized) => recognized.format,
            Err(why) => return format!("! {why}\n"),
        },
        named => format(named).unwrap(),
    };
    let mut said = format!("{}\n", format.info().name);
    told(&read(format, &source), &mut said);
    said
}

fn told(read: &Read, said: &mut String) {
    for page in &read.pages {
        let text: String = page.text.as_str().chars().take(100).collect();
        let (id, title) = (&page.id, &page.about.title);
        let title = if title.is_empty() { String::new() } else { format!(" “{title}”") };
        let _ = writeln!(said, "article {id}{title} {text:?}");
        for (who, comment) in &page.comments {
            let _ = writeln!(said, "  comment of {who}: {}", comment.text);
        }
        for layer in &page.sets {
            let kind = if layer.kind == Some(SetKind::Model) { " (model)" } else { "" };
            let _ = writeln!(said, "  set {}{kind}", layer.annotator);
            for record in &layer.records {
                let words: Vec<&str> = record.at.iter().map(|span| page.text.slice(*span)).collect();
                let _ = write!(said, "    {} {} “{}”", record.id, record.label, words.join("/"));
                for span in record.drift.iter().flat_map(|drift| &drift.spans) {
                    let _ = write!(said, " ?{}-{} {:?}", span.start, span.end, span.quote);
                }
                for (attribute, value) in &record.attributes {
                    let _ = write!(said, " {attribute}={value:?}");
                }
                for role in &record.roles {
                    let filler = match &role.filler {
                        Filler::Annotation(id) => id.to_string(),
                        Filler::Span(at) => {
                            let words: Vec<&str> = at.iter().map(|span| page.text.slice(*span)).collect();
                            format!("“{}”", words.join("/"))
                        }
                        Filler::Value(value) => format!("{value:?}"),
                    };
                    let _ = write!(said, " {}>{filler}", role.name);
                }
                if let Some(referent) = record.referent {
                    let _ = write!(said, " @{referent}");
                }
                if !record.note.is_empty() {
                    let _ = write!(said, " note {:?}", record.note);
                }
                said.push('\n');
            }
            for referent in &layer.referents {
                let _ = write!(said, "    @{} {} {:?}", referent.id, referent.label, referent.name);
                for (register, id) in &referent.external {
                    let _ = write!(said, " {register}:{id}");
                }
                said.push('\n');
            }
        }
    }
    for problem in &read.problems {
        let _ = writeln!(said, "! {problem}");
    }
}

fn blessed(file: &Path, said: &str, wrong: &mut Vec<String>) {
    if std::env::var_os("JEJAK_BLESS").is_some() {
        #[allow(clippy::disallowed_methods)] // A test's own data.
        std::fs::write(file, said).unwrap();
    } else if std::fs::read_to_string(file).unwrap_or_default() != said {
        wrong.push(format!("{} is not:\n{said}", file.display()));
    }
}

fn data(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data").join(path)
}

#[test]
fn files_in_the_shape_of_other_programs_come_in_whole() {
    let mut wrong = Vec::new();
    let mut folders: Vec<PathBuf> =
        std::fs::read_dir(data("foreign")).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    assert!(!folders.is_empty());
    for folder in folders {
        let files = folder.join("files");
        blessed(&folder.join("expected"), &said(&files, ""), &mut wrong);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn cases_from_outside_come_in_as_is_expected() {
    let Some(folder) = common::shared("cases") else { return };
    let mut report = String::new();
    for (path, named) in CASES {
        let _ = write!(report, "== {path} ");
        report.push_str(&said(&folder.join(path), named));
    }
    let mut wrong = Vec::new();
    blessed(&data("formats/cases.txt"), &report, &mut wrong);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
