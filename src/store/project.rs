//! `project.ron` and `schema.ron`: made once, read at open, changed by people.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::file::{self, Content, Context, Stamp};
use super::layout::FileKey;
use super::record::Record;
use super::{OpenError, StoreError, atomic, ron_text};
use crate::model::{Article, Corpus, LabelDef, Name, Problem, Project, Schema};

/// The largest of these files that is read, bytes.
const MAX_BYTES: u64 = 16 << 20;

/// The schema that comes with the program, as it was written by hand.
const TRIPS: &str = include_str!("../../assets/schemas/trips.ron");

const IGNORED: &str = "# What the program needs while it works, and never to read the project.\n/.jejak/\n.*.tmp\n";

const ATTRIBUTES: &str = "\
# Texts are kept byte by byte; sets are merged by record, where the merge driver is installed:
# git config merge.jejak.driver \"jejak merge %O %A %B\"
articles/** -text
*.ron text eol=lf
articles.ron merge=jejak
sets/**/*.ron merge=jejak
";

#[derive(Serialize, Deserialize)]
struct ProjectFile {
    jejak: u32,
    title: String,
    #[serde(default)]
    people: Vec<Name>,
}

/// Makes a project folder without articles.
///
/// # Errors
/// If there is a project already, the schema contradicts itself, or the folder cannot be written.
pub(super) fn create(dir: &Path, title: &str, schema: &Schema) -> Result<(), StoreError> {
    if dir.join("project.ron").exists() {
        return Err(OpenError::AlreadyThere { dir: dir.to_owned() }.into());
    }
    schema.validate().map_err(|why| StoreError::NotSaved(why.to_string()))?;
    let style = ron::ser::PrettyConfig::new().new_line("\n").indentor(" ").struct_names(false);
    let pretty =
        || ron::ser::to_string_pretty(schema, style.clone()).expect("a schema holds nothing that RON cannot say");
    let by_hand = ron::from_str::<Schema>(TRIPS).is_ok_and(|trips| trips == *schema);
    let schema = if by_hand { TRIPS.to_owned() } else { pretty() + "\n" };
    let project = ProjectFile { jejak: ron_text::VERSION, title: title.to_owned(), people: Vec::new() };
    let project = ron::ser::to_string_pretty(&project, style).expect("names and numbers can be said in RON") + "\n";
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
        let path = dir.join(file);
        if file.starts_with('.') && path.exists() {
            continue;
        }
        atomic::write(&path, content.as_bytes())
            .map_err(|why| OpenError::Io { file: path.display().to_string(), why })?;
    }
    Ok(())
}

/// Adds labels to a project's `schema.ron`, which else stays as it was written.
///
/// # Errors
/// If the project or its schema cannot be read or written, or the schema would contradict itself.
pub(super) fn add_labels(dir: &Path, labels: &[LabelDef]) -> Result<(), StoreError> {
    let (corpus, ..) = open(dir, &mut Vec::new())?;
    let mut schema = Schema::clone(&corpus.schema);
    schema.labels.extend(labels.iter().cloned());
    schema.validate().map_err(|why| StoreError::NotSaved(why.to_string()))?;
    let style = ron::ser::PrettyConfig::new().new_line("\n").indentor(" ").struct_names(false);
    let said = |ron: ron::Result<String>| ron.expect("a schema holds nothing that RON cannot say");
    let old = text(dir, "schema.ron")?;
    // Before the bracket that closes the labels, the last one; else the whole file is written anew.
    let inserted = old.rfind(']').map(|at| {
        let comma = if old[..at].trim_end().ends_with([',', '[']) { "" } else { "," };
        let new: Vec<String> =
            labels.iter().map(|label| said(ron::ser::to_string_pretty(label, style.clone()))).collect();
        format!("{}{comma}\n{},\n{}", old[..at].trim_end(), new.join(",\n"), &old[at..])
    });
    let kept = inserted.filter(|content| ron::from_str::<Schema>(content).is_ok_and(|read| read == schema));
    let content = kept.unwrap_or_else(|| said(ron::ser::to_string_pretty(&schema, style.clone())) + "\n");
    atomic::write(&dir.join("schema.ron"), content.as_bytes())
        .map_err(|why| OpenError::Io { file: "schema.ron".into(), why })?;
    Ok(())
}

/// Reads what a project says of itself, its schema and its list of articles.
///
/// # Errors
/// If it is no project, or one of these files is not what it should be.
pub(super) fn open(dir: &Path, problems: &mut Vec<Problem>) -> Result<(Corpus, Content, Option<Stamp>), OpenError> {
    if !dir.join("project.ron").is_file() {
        return Err(OpenError::NotAProject { dir: dir.to_owned() });
    }
    #[derive(Deserialize)]
    struct Version {
        jejak: u32,
    }
    #[derive(Deserialize)]
    struct SchemaVersion {
        jejak_schema: u32,
    }
    let content = text(dir, "project.ron")?;
    let Version { jejak } = parse("project.ron", &content)?;
    newer("project.ron", jejak, ron_text::VERSION)?;
    let ProjectFile { title, people, .. } = parse("project.ron", &content)?;
    let content = text(dir, "schema.ron")?;
    let SchemaVersion { jejak_schema } = parse("schema.ron", &content)?;
    newer("schema.ron", jejak_schema, Schema::VERSION)?;
    let schema: Schema = parse("schema.ron", &content)?;
    let wrong = |error: crate::model::SchemaError| malformed("schema.ron", 1, 1, error.to_string());
    schema.validate().map_err(wrong)?;
    let mut corpus = Corpus::new(Project { title, people }, Arc::new(schema));
    let context = Context { schema: &corpus.schema, text: None };
    let (articles, stamp) = file::load(dir, &FileKey::Articles, &context, problems)?;
    corpus.load_articles(list(&articles));
    Ok((corpus, articles, stamp))
}

/// The articles of `articles.ron`.
pub(super) fn list(content: &Content) -> Vec<Arc<Article>> {
    let article = |record: &Record| match record {
        Record::Article(article) => Some(article.clone()),
        _ => None,
    };
    content.records.iter().filter_map(article).collect()
}

fn text(dir: &Path, file: &str) -> Result<String, OpenError> {
    let io = |why| OpenError::Io { file: file.to_owned(), why };
    let missing = || io(std::io::Error::new(std::io::ErrorKind::NotFound, "the file is not there"));
    let (bytes, _) = file::bytes(&dir.join(file), MAX_BYTES).map_err(io)?.ok_or_else(missing)?;
    file::utf8(file, &bytes).map(str::to_owned)
}

fn parse<T: for<'de> Deserialize<'de>>(file: &str, content: &str) -> Result<T, OpenError> {
    ron::from_str(content)
        .map_err(|error| malformed(file, error.span.start.line, error.span.start.col, error.code.to_string()))
}

fn malformed(file: &str, line: usize, column: usize, why: String) -> OpenError {
    OpenError::Malformed { file: file.to_owned(), line, column, why }
}

fn newer(file: &str, version: u32, known: u32) -> Result<(), OpenError> {
    let newer = OpenError::Newer { file: file.to_owned(), version, known };
    if version > known { Err(newer) } else { Ok(()) }
}
