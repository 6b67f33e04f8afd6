//! A whole small project: a zero byte begins a file, the byte behind it says which, and what is not given is as it was made.

use std::collections::BTreeMap;

use super::place::Place;

/// The files that may be given.
pub const NAMES: [&str; 14] = [
    "project.ron",
    "schema.ron",
    "articles.ron",
    "articles/000.txt",
    "sets/a/000.ron",
    "sets/a/referents.ron",
    "sets/a/comments.ron",
    "sets/b/000.ron",
    "sets/b/comments.ron",
    "sets/gold/000.ron",
    ".jejak/a/journal",
    ".jejak/a/conflicts.ron",
    ".jejak/a/journal.elsewhere",
    "sets/a/001.ron",
];

/// Opens the project, works and saves.
pub fn run(data: &[u8]) {
    let mut files = BTreeMap::new();
    for file in data.split(|byte| *byte == 0) {
        let [name, content @ ..] = file else { continue };
        files.insert(NAMES[usize::from(*name) % NAMES.len()].to_owned(), content.to_vec());
    }
    Place::new(&files).live();
}
