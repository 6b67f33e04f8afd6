//! Every reader of an exchange format: the first byte says which, the second what the file is called, the rest is the
//! file. A zero byte begins another file, save in one of spaCy's or of Parquet, which has zero bytes of its own.

use std::sync::{Arc, LazyLock};

use jejak::formats::{Context, FORMATS, ImportContext, ImportFiles, Item, Memory, Options, readers};
use jejak::model::{Corpus, Name, Project, Schema, Timestamp};

const NAMES: [&str; 19] = [
    "a.txt",
    "a.ann",
    "a.json",
    "a.jsonl",
    "a.conll",
    "a.tsv",
    "a.xmi",
    "TypeSystem.xml",
    "a.a1",
    "b.txt",
    "../b.json",
    "b",
    "a.spacy",
    "a.csv",
    "a.xml",
    "README.md",
    "dataset_info.json",
    "a.parquet",
    "a.jsonld",
];

/// Made once: what is fuzzed is no schema.
static SCHEMA: LazyLock<Arc<Schema>> = LazyLock::new(|| Arc::new(Schema::trips()));

/// Reads the bytes.
pub fn run(data: &[u8]) {
    let [format, rest @ ..] = data else { return };
    let readers: Vec<_> = readers().collect();
    let format = readers[usize::from(*format) % readers.len()];
    let mut memory = Memory::default();
    let called = |name: u8| NAMES[usize::from(name) % NAMES.len()];
    let binary = rest.first().is_some_and(|name| [".spacy", ".parquet"].iter().any(|end| called(*name).ends_with(end)));
    for file in rest.split(|byte| *byte == 0 && !binary) {
        let [name, content @ ..] = file else { continue };
        memory.files.insert(called(*name).to_owned(), content.to_vec());
    }
    let gold = Name::new("gold");
    let mut pages = Vec::new();
    format.read(
        &ImportFiles::from(memory),
        &ImportContext::new(&gold, Timestamp::from_seconds(0), None),
        &mut |item| {
            if let Item::Document(page) = item {
                for record in page.sets.iter().flat_map(|layer| &layer.records) {
                    assert!(record.at.iter().all(|span| page.text.check(*span).is_some()), "{record:?}");
                }
                pages.push(*page);
            }
        },
    );
    if pages.is_empty() {
        return;
    }
    // An article that came in can be written in every format.
    let corpus = Corpus::new(Project::default(), SCHEMA.clone());
    let (annotators, options) = ([gold], Options::default());
    let cx = Context { corpus: &corpus, annotators: &annotators, options: &options };
    for (number, page) in pages.iter_mut().enumerate() {
        page.id = format!("{number:03}");
    }
    for format in FORMATS {
        let written = jejak::formats::write(*format, pages.iter().cloned(), cx, &mut Memory::default());
        written.expect("memory takes whatever is written");
    }
}
