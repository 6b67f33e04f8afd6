//! Article files that people bring together outside: what becomes of each, beside what is expected of it.

use std::fmt::Write as _;
use std::path::Path;

use jejak::ingest::{Limits, Reading, list, read};

use crate::{common, readable};

/// Folders below the folder of cases.
const FOLDERS: [&str; 9] = [
    "files/articles",
    "files/html",
    "reports/50-csv-semicolon",
    "reports/51-line-ends",
    "reports/53-encodings",
    "reports/54-scripts",
    "reports/56-html",
    "reports/60-docx",
    "reports/105-html2",
];
/// Characters of an article that are shown.
const SHOWN: usize = 400;

#[test]
fn cases_from_outside_come_in_as_is_expected() {
    let Some(cases) = common::shared("cases") else { return };
    let mut report = String::new();
    for folder in FOLDERS {
        let (files, failures) = list(&[cases.join(folder)], &Limits::default());
        let files = files.into_iter().chain(failures.iter().map(|failure| failure.source.clone().into()));
        for file in files {
            let _ = writeln!(report, "== {}", file.strip_prefix(&cases).unwrap().display());
            let said = readable(&read(&file, &Reading::default(), &mut |_| true));
            let mut shown = 0;
            for line in said.lines() {
                shown = if line.starts_with("article ") { 0 } else { shown + line.chars().count() };
                if shown <= SHOWN || !line.starts_with('|') {
                    let _ = writeln!(report, "{line}");
                }
            }
        }
    }
    let expected = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/articles/cases.txt");
    if std::env::var_os("JEJAK_BLESS").is_some() {
        std::fs::create_dir_all(expected.parent().unwrap()).unwrap();
        std::fs::write(&expected, &report).unwrap();
    }
    let there = std::fs::read_to_string(&expected).unwrap_or_default();
    for (here, there) in report.split("\n== ").zip(there.split("\n== ")) {
        assert_eq!(here, there);
    }
    assert_eq!(report.len(), there.len());
}
