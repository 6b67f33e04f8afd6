//! Files to begin with, made of those of the tests, for each target: a fuzzer that begins with nothing needs hours to
//! find the first quotation mark of a format.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use jejak::edit::{CommentEditor, SetEditor};
use jejak::formats::readers;
use jejak::model::{ArticleId, Filler, Name, Progress, Target};
use jejak::store::{Access, Session};
use jejak::text::Span;

use super::place::Place;
use super::project::NAMES as FILES;

/// The names of files for the target `formats`, as far as the tests have such.
const NAMES: [(&str, u8); 12] = [
    ("txt", 0),
    ("ann", 1),
    ("json", 2),
    ("jsonl", 3),
    ("conll", 4),
    ("tsv", 5),
    ("xmi", 6),
    ("spacy", 12),
    ("csv", 13),
    ("xml", 14),
    ("md", 15),
    ("parquet", 17),
];
/// The names for the target `ingest`.
#[rustfmt::skip]
const ARTICLES: [(&str, u8); 20] = [
    ("txt", 0), ("md", 1), ("html", 2), ("json", 3), ("jsonl", 4), ("csv", 5), ("tsv", 6), ("docx", 7), ("odt", 9),
    ("rtf", 10), ("epub", 11), ("eml", 12), ("mhtml", 13), ("srt", 14), ("vtt", 15), ("xml", 16), ("nitf", 17),
    ("newsml", 17), ("rss", 18), ("atom", 18),
];

/// A seed: its target, what it is called, and its bytes.
pub struct Seed {
    /// The target that it is for.
    pub target: &'static str,
    /// Its name.
    pub name: String,
    /// The bytes that the target is given.
    pub bytes: Vec<u8>,
}

/// All seeds; `root` is the folder of the program's sources.
pub fn all(root: &Path) -> Vec<Seed> {
    let data = root.join("tests/data");
    let mut seeds = Vec::new();
    let mut put = |target, file: &Path, bytes: Vec<u8>| {
        let parts: Vec<_> = file.iter().rev().take(3).map(|part| part.to_string_lossy()).collect();
        seeds.push(Seed { target, name: parts.join("-"), bytes });
    };
    let number = |names: &[(&str, u8)], file: &Path| {
        let extension = file.extension()?.to_str()?;
        names.iter().find(|(name, _)| *name == extension).map(|(_, number)| *number)
    };
    for (index, format) in (0..).zip(readers()) {
        // Files of one name are one article: one is begun after the other by a zero byte.
        let mut articles: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
        for file in files(&data.join("formats").join(format.info().name)) {
            let Some(name) = number(&NAMES, &file) else { continue };
            let article = articles.entry(file.with_extension("")).or_default();
            article.push(if article.is_empty() { index } else { 0 });
            article.push(name);
            article.extend(read(&file));
        }
        articles.into_iter().for_each(|(file, content)| put("formats", &file, content));
        // Files in the shape of other programs: what is expected of them begins with their format.
        for expected in files(&data.join("foreign")).into_iter().filter(|file| file.ends_with("expected")) {
            let said = String::from_utf8_lossy(&read(&expected)).into_owned();
            if said.lines().next() != Some(format.info().name) {
                continue;
            }
            let mut content = Vec::new();
            for file in files(&expected.with_file_name("files")) {
                let Some(name) = number(&NAMES, &file) else { continue };
                content.push(if content.is_empty() { index } else { 0 });
                content.push(name);
                content.extend(read(&file));
            }
            put("formats", &expected.with_file_name("files"), content);
        }
    }
    for file in files(&data.join("ingest")) {
        if let Some(name) = number(&ARTICLES, &file) {
            put("ingest", &file, [&[name], read(&file).as_slice()].concat());
        }
    }
    for file in files(&root.join("projects")) {
        if file.extension().is_some_and(|extension| extension == "ron") {
            put("sets", &file, read(&file));
        }
    }
    let (place, journal) = worked();
    let head = journal.iter().position(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    let lines = std::str::from_utf8(&journal[head..]).expect("a journal is text").lines();
    let entries: Vec<&str> = lines.map(|line| line.splitn(3, ' ').nth(2).unwrap_or_default()).collect();
    put("journal", Path::new("here"), [&[0], &journal[head..]].concat());
    put("journal", Path::new("elsewhere"), [&[1], journal.as_slice()].concat());
    put("journal", Path::new("old"), [&[1], &journal[head..]].concat());
    put("journal", Path::new("entries"), [&[2], entries.join("\n").as_bytes()].concat());
    for (number, entry) in entries.iter().enumerate() {
        put("journal", Path::new(&format!("entry-{number}")), [&[2], entry.as_bytes()].concat());
    }
    let mut whole = Vec::new();
    for (number, name) in (0..).zip(FILES) {
        let Ok(content) = std::fs::read(place.project.join(name)) else { continue };
        let one = [&[0, number], content.as_slice()].concat();
        // The schema is long, and the same in all.
        if name != "schema.ron" {
            whole.extend_from_slice(&one);
        }
        put("project", Path::new(&name.replace('/', "-")), one);
    }
    put("project", Path::new("whole"), whole);
    seeds
}

/// The small project after some work, with the journal as it was before the work was in the files.
fn worked() -> (Place, Vec<u8>) {
    let place = Place::new(&BTreeMap::new());
    let (who, id) = (Name::new("a"), ArticleId::numbered(0));
    let mut session = Session::open(&place.project, &who, Access::Write).expect("it opens");
    session.load(&id, std::slice::from_ref(&who)).expect("it loads");
    let key = (id.clone(), who.clone());
    let (label, person) =
        SetEditor::new(session.corpus(), key.clone()).label(&Name::new("person"), vec![Span::new(0, 9)]);
    session.commit(label).expect("it fits");
    let (label, trip) =
        SetEditor::new(session.corpus(), key.clone()).label(&Name::new("trip"), vec![Span::new(15, 19)]);
    session.commit(label).expect("it fits");
    for filler in [Filler::Annotation(person), Filler::Span(vec![Span::new(0, 4)])] {
        let fill = SetEditor::new(session.corpus(), key.clone()).fill(trip, &Name::new("traveller"), &filler);
        session.commit(fill).expect("it fits");
    }
    let note = SetEditor::new(session.corpus(), key.clone()).note(person, "catatan");
    session.commit(note).expect("it fits");
    let (comment, _) = CommentEditor::new(session.corpus(), &who).add(&id, Target::Words, Vec::new(), "tanya");
    session.commit(comment).expect("it fits");
    let done = SetEditor::new(session.corpus(), key).progress(Progress::Done);
    session.commit(done).expect("it fits");
    session.undo().expect("it can be undone");
    session.undo().expect("it can be undone");
    session.redo().expect("it can be done again");
    session.flush().expect("it can be saved");
    let journal = read(&place.project.join(".jejak/a/journal"));
    session.close().expect("it can be saved");
    (place, journal)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let Ok(inside) = std::fs::read_dir(folder) else { return Vec::new() };
    let mut all: Vec<PathBuf> = inside
        .flatten()
        .flat_map(|entry| if entry.path().is_dir() { files(&entry.path()) } else { vec![entry.path()] })
        .collect();
    all.sort();
    all
}

fn read(file: &Path) -> Vec<u8> {
    std::fs::read(file).expect("a file of the tests can be read")
}
