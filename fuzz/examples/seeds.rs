//! Files to begin with, made of those of the tests, for each target: `cargo run --manifest-path fuzz/Cargo.toml --example
//! seeds`. A fuzzer that begins with nothing needs hours to find the first quotation mark of a format.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jejak::formats::FORMATS;

/// What the target `formats` calls files, as far as the tests have such.
const NAMES: [(&str, u8); 8] =
    [("txt", 0), ("ann", 1), ("json", 2), ("jsonl", 3), ("conll", 4), ("tsv", 5), ("xmi", 6), ("spacy", 12)];
/// What the target `ingest` calls them.
const ARTICLES: [(&str, u8); 8] =
    [("txt", 0), ("md", 1), ("html", 2), ("json", 3), ("jsonl", 4), ("csv", 5), ("tsv", 6), ("docx", 7)];

fn main() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let data = here.join("../tests/data");
    let number = |names: &[(&str, u8)], file: &Path| {
        let extension = file.extension()?.to_str()?;
        names.iter().find(|(name, _)| *name == extension).map(|(_, number)| *number)
    };
    let readers = FORMATS.iter().filter(|format| format.card().reads);
    for (index, format) in (0..).zip(readers) {
        // Files of one name are one article: one is begun after the other by a zero byte.
        let mut articles: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
        for file in files(&data.join("formats").join(format.card().name)) {
            let Some(name) = number(&NAMES, &file) else { continue };
            let article = articles.entry(file.with_extension("")).or_default();
            article.push(if article.is_empty() { index } else { 0 });
            article.push(name);
            article.extend(read(&file));
        }
        articles.iter().for_each(|(file, content)| put(here, "formats", file, content));
    }
    for file in files(&data.join("ingest")) {
        if let Some(name) = number(&ARTICLES, &file) {
            put(here, "ingest", &file, &[&[name], read(&file).as_slice()].concat());
        }
    }
    for file in files(&here.join("../projects")) {
        if file.extension().is_some_and(|extension| extension == "ron") {
            put(here, "sets", &file, &read(&file));
        }
    }
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(inside) = std::fs::read_dir(folder) else { return Vec::new() };
    inside
        .flatten()
        .flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] })
        .collect()
}

fn read(file: &Path) -> Vec<u8> {
    std::fs::read(file).expect("a file of the tests can be read")
}

fn put(here: &Path, target: &str, file: &Path, content: &[u8]) {
    let folder = here.join("corpus").join(target);
    std::fs::create_dir_all(&folder).expect("the folder of the corpus can be made");
    let parts: Vec<_> = file.iter().rev().take(3).map(|part| part.to_string_lossy()).collect();
    let name = parts.join("-");
    std::fs::write(folder.join(name), content).expect("a seed can be written");
}
