//! `project.ron` and `schema.ron`: made once, read at open, changed by people.

use crate::lang::{InWords, Message};
use std::path::Path;
use std::sync::Arc;

use ron::value::RawValue;
use serde::{Deserialize, Serialize};

use super::content::Content;
use super::disk::Disk;
use super::file::{self, Stamp};
use super::folder::{here, open_folder};
use super::layout::FileKey;
use super::project_file::{ProjectFile, new_file};
use super::read::Context;
use super::{OpenError, StoreError, atomic, cache, lock, people, raw};
use crate::message;
use crate::model::{
    BuiltInSchema, Conflict, Corpus, Problem, Project, RecordFile, RecordType, Schema, SchemaTextError,
};
use crate::say;
use crate::text::sha256_hex;

/// The largest of these files that is read, bytes.
const MAX_BYTES: u64 = 16 << 20;

const IGNORED: &str = "# What the program needs while it works, and never to read the project.\n/.jejak/\n.*.tmp\n";

const ATTRIBUTES: &str = "\
# Texts are kept byte by byte; sets are merged by record, where the merge driver is installed:
# git config merge.jejak.driver \"jejak merge %O %A %B %P\"
articles/** -text
*.ron text eol=lf
articles.ron merge=jejak
project.ron merge=jejak
sets/**/*.ron merge=jejak
";

/// Makes a project folder without articles.
///
/// # Errors
/// If there is a project already, the schema contradicts itself, or the folder cannot be written.
pub(super) fn create(dir: &Path, title: &str, schema: &Schema) -> Result<(), StoreError> {
    let io = |file: &str| {
        let file = dir.join(file).display().to_string();
        move |why| OpenError::Io { file, why }
    };
    std::fs::create_dir_all(dir).map_err(io(""))?;
    let disk = open_folder(dir)?;
    if disk.look("project.ron").map_err(io("project.ron"))?.is_some() {
        return Err(OpenError::AlreadyThere { dir: dir.to_owned() }.into());
    }
    schema.validate().map_err(|why| StoreError::NotSaved(why.in_words()))?;
    let schema = schema_file(schema);
    let project = new_file(&Project { title: title.to_owned(), ..Project::default() });
    let articles = Content::empty().write(&FileKey::Articles, None);
    // The project's own file last: without it there is no project, and the rest can be made again.
    let files = [
        (".gitignore", IGNORED),
        (".gitattributes", ATTRIBUTES),
        ("schema.ron", &schema),
        ("articles.ron", &articles),
        ("project.ron", &project),
    ];
    for (file, content) in files {
        if file.starts_with('.') && disk.look(file).map_err(io(file))?.is_some() {
            continue;
        }
        atomic::write_in(&disk, file, content.as_bytes()).map_err(io(file))?;
    }
    Ok(())
}

/// The schema's file; where it is one that comes with the program, as that was written by hand.
fn schema_file(schema: &Schema) -> String {
    let built_in = BuiltInSchema::named(&schema.name).and_then(BuiltInSchema::by_hand);
    let by_hand = built_in.filter(|text| ron::from_str::<Schema>(text).is_ok_and(|built_in| built_in == *schema));
    by_hand.map_or_else(|| pretty(schema) + "\n", str::to_owned)
}

/// The files of a project that hold no records, as they stand; where one cannot be read, as it would be made now.
pub(super) fn files(disk: &dyn Disk, corpus: &Corpus) -> Vec<(&'static str, String)> {
    let or_made = |file: &'static str, made: &dyn Fn() -> String| (file, text(disk, file).unwrap_or_else(|_| made()));
    vec![
        or_made(".gitignore", &|| IGNORED.to_owned()),
        or_made(".gitattributes", &|| ATTRIBUTES.to_owned()),
        or_made("schema.ron", &|| schema_file(&corpus.schema)),
        or_made("project.ron", &|| new_file(&corpus.project)),
    ]
}

/// Makes `schema.ron` say `new` where it says `old`. What a person wrote into it stays as it was wherever labels stay the
/// same; a schema that the file had before comes back as it was written then.
///
/// # Errors
/// If the file says something else by now, cannot be read or written, or the schema would contradict itself.
pub(super) fn change_schema(disk: &dyn Disk, old: &Schema, new: &Schema) -> Result<(), StoreError> {
    here(disk)?;
    new.validate().map_err(|why| StoreError::NotSaved(message!("schema-not-changed", why = why)))?;
    let _lock = lock::writing(disk).map_err(|why| OpenError::Io { file: "schema.ron".into(), why })?;
    let there = text(disk, "schema.ron")?;
    let schema: Schema = parse("schema.ron", &there)?;
    if schema == *new {
        return Ok(());
    }
    if schema != *old {
        return Err(StoreError::NotSaved(message!("schema-changed-by")));
    }
    let says = |content: &String| ron::from_str::<Schema>(content).is_ok_and(|read| read == *new);
    let before = cache::read_in(disk, &kept_as(new)).and_then(|bytes| String::from_utf8(bytes).ok());
    if let Err(why) = cache::write_in(disk, &kept_as(old), there.as_bytes()) {
        tracing::info!("the text of the schema is not kept: {why}");
    }
    let content =
        before.filter(&says).or_else(|| spliced(&there, old, new).filter(&says)).unwrap_or_else(|| pretty(new) + "\n");
    atomic::write_in(disk, "schema.ron", content.as_bytes())
        .map_err(|why| OpenError::Io { file: "schema.ron".into(), why })?;
    Ok(())
}

/// The name under which the text of a schema is kept for the day when it comes back.
fn kept_as(schema: &Schema) -> String {
    format!("schema-{}.ron", &sha256_hex(pretty(schema).as_bytes())[..16])
}

/// The text of a schema's file with the labels of another schema: those that are the same stay as they are written, with
/// what stands before them.
fn spliced(there: &str, old: &Schema, new: &Schema) -> Option<String> {
    #[derive(Deserialize)]
    struct Labels<'a> {
        #[serde(borrow)]
        labels: Vec<&'a RawValue>,
    }
    let Labels { labels } = ron::from_str(there).ok()?;
    let places: Vec<std::ops::Range<usize>> = (labels.iter())
        .map(|label| {
            let raw = label.trim().get_ron();
            let start = raw.as_ptr() as usize - there.as_ptr() as usize;
            start..start + raw.len()
        })
        .collect();
    let (first, last) = (places.first()?.clone(), places.last()?.clone());
    if places.len() != old.labels.len() {
        return None;
    }
    let line = there[..first.start].rfind('\n').map_or(0, |at| at + 1);
    let indent: String = there[line..first.start].chars().take_while(|c| c.is_whitespace()).collect();
    let mut text = there[..first.start].to_owned();
    for (at, label) in new.labels.iter().enumerate() {
        let known = old.labels.iter().position(|known| known == label);
        match known.filter(|&known| known > 0 && at > 0) {
            Some(known) => text.push_str(&there[places[known - 1].end..places[known].start]),
            None if at > 0 => text.extend([",\n", &indent]),
            None => {}
        }
        match known {
            Some(known) => text.push_str(&there[places[known].clone()]),
            None => text.push_str(&pretty(label).replace('\n', &format!("\n{indent}"))),
        }
    }
    text.push_str(&there[last.end..]);
    Some(text)
}

fn pretty(value: &impl Serialize) -> String {
    let style = ron::ser::PrettyConfig::new().new_line("\n").indentor("    ").struct_names(false).compact_maps(true);
    ron::ser::to_string_pretty(value, style).expect("names, numbers and lists can be said in RON")
}

/// A project as it says of itself, without texts and sets.
pub(super) struct Opened {
    pub corpus: Corpus,
    /// The file of its settings, with the fields that this version does not know.
    pub settings: ProjectFile,
    /// The list of articles as it stands, and its file.
    pub articles: Content,
    pub stamp: Stamp,
}

/// Reads what a project says of itself, its schema and its list of articles.
///
/// # Errors
/// If it is no project, or one of these files is not what it should be.
pub(super) fn open(disk: &dyn Disk, problems: &mut Vec<Problem>) -> Result<Opened, OpenError> {
    let there = disk.look("project.ron").map_err(|why| OpenError::Io { file: "project.ron".into(), why })?;
    if there.is_none() {
        return Err(OpenError::NotAProject { dir: disk.path().to_owned() });
    }
    let settings = people::load(disk)?;
    let content = text(disk, "schema.ron")?;
    let schema = Schema::of_text(&content).map_err(|error| match error {
        SchemaTextError::Newer { version } => newer("schema.ron", version, Schema::VERSION),
        SchemaTextError::At { line, column, why } => malformed("schema.ron", line, column, why),
    })?;
    let mut corpus = Corpus::new(settings.project.clone(), Arc::new(schema));
    let context = Context { schema: &corpus.schema, text: None };
    let (articles, stamp) = file::load(disk, &FileKey::Articles, &context, problems)?;
    // Every project has one: without it nobody knows what the texts and sets are about.
    let missing = || OpenError::Io { file: FileKey::Articles.path(), why: file::missing() };
    let stamp = stamp.ok_or_else(missing)?;
    corpus.load_articles(articles.of().cloned().collect());
    let conflicts = articles.of::<Conflict>().cloned().map(Conflict::record);
    corpus.load_records(&RecordFile::Articles, conflicts);
    if !corpus.project.conflicts.is_empty() {
        problems.push(raw::left_to_decide(corpus.project.conflicts.len()).at("project.ron", None));
    }
    Ok(Opened { corpus, settings, articles, stamp })
}

fn text(disk: &dyn Disk, file: &str) -> Result<String, OpenError> {
    file::text(disk, file, MAX_BYTES)
}

fn parse<T: for<'de> Deserialize<'de>>(file: &str, content: &str) -> Result<T, OpenError> {
    ron::from_str(content)
        .map_err(|error| malformed(file, error.span.start.line, error.span.start.col, say::ron(&error.code)))
}

fn malformed(file: &str, line: usize, column: usize, why: Message) -> OpenError {
    OpenError::Malformed { file: file.to_owned(), line, column, why }
}

fn newer(file: &str, version: u32, known: u32) -> OpenError {
    OpenError::Newer { file: file.to_owned(), version, known }
}
