//! One small project in every format, as files that can be looked at; `JEJAK_BLESS=1` writes them again.

use std::path::{Path, PathBuf};

use jejak::formats::{FORMATS, ImportFiles, Options, format};

use crate::{Read, corpus_of, read, write};

pub fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/formats").join(name)
}

/// The project that every golden file is made of.
pub fn source() -> Read {
    let read = read(format("jejak-jsonl").unwrap(), &ImportFiles::of_paths(&[folder("source")]).unwrap());
    assert!(read.problems.is_empty(), "{:?}", read.problems);
    assert_eq!(read.pages.len(), 3);
    read
}

#[test]
fn every_format_writes_its_golden_files() {
    let source = source();
    let corpus = corpus_of(&source);
    corpus.schema.validate().unwrap();
    let mut wrong = Vec::new();
    for format in FORMATS {
        let name = format.info().name;
        let (mut memory, loss) = write(*format, &corpus, &source.pages, &Options::default());
        memory.files.insert("LOSS".into(), (loss.join("\n") + "\n").into_bytes());
        let folder = folder(name);
        if std::env::var_os("JEJAK_BLESS").is_some() {
            let _ = std::fs::remove_dir_all(&folder);
            for (file, bytes) in &memory.files {
                let path = folder.join(file);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                #[allow(clippy::disallowed_methods)] // A test's own data.
                std::fs::write(path, bytes).unwrap();
            }
        }
        for (file, bytes) in &memory.files {
            let there = std::fs::read(folder.join(file)).unwrap_or_default();
            if there != *bytes {
                wrong.push(format!("{name}/{file} is not:\n{}", String::from_utf8_lossy(bytes)));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn cards_are_sound() {
    let mut names: Vec<&str> = FORMATS.iter().map(|format| format.info().name).collect();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), FORMATS.len());
    for format in FORMATS {
        let card = format.info();
        assert!(
            !card.title.text().is_empty() && !card.reference.is_empty() && !card.extension.is_empty(),
            "{}",
            card.name
        );
    }
}
