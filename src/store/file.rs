//! A file of records in memory: what stands in it, and how it is read and written.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hasher};
use std::io;
use std::sync::Arc;
use std::time::SystemTime;

use ron::value::RawValue;
use sha2::{Digest, Sha256};

use super::OpenError;
use super::disk::{Disk, Found};
use super::layout::FileKey;
use super::line::{AnnotationLine, ArticleLine, ReferentLine, Unit};
use super::place::Placer;
use super::raw;
use super::record::{Record, RecordKey, Swap};
use super::ron_text::{self, Failed};
use super::stem::Stem;
use crate::model::{AnnotationSet, Comment, Decision, Id, Name, Problem, Progress, Schema, SetKey};
use crate::say;
use crate::text::Text;

/// What stands in a file of records.
#[derive(Debug, Clone)]
pub(super) struct Content {
    /// Annotations, referents or articles, in the order of the file.
    pub records: Vec<Record>,
    /// The line of each record, from 1, as it was read.
    pub lines: Vec<u32>,
    /// Of a set: how far the annotator is.
    pub progress: Progress,
    /// Of a set: SHA-256 of the text that it was written for.
    pub sha256: String,
    /// Header fields that this version does not know.
    pub extra: Vec<(String, String)>,
    /// Records that this version does not know, as they stand.
    pub kept: Vec<String>,
    /// Decisions that this version does not know, as they stand.
    pub kept_decisions: Vec<String>,
}

impl Content {
    /// What stands in a file that is not there.
    pub fn empty() -> Self {
        Self {
            records: Vec::new(),
            lines: Vec::new(),
            progress: Progress::New,
            sha256: String::new(),
            extra: Vec::new(),
            kept: Vec::new(),
            kept_decisions: Vec::new(),
        }
    }

    /// How much work stands in it: records, those that this version does not know, and what an annotator said of the
    /// whole.
    pub fn held(&self) -> usize {
        let said = usize::from(self.progress != Progress::New);
        self.records.len() + self.kept.len() + self.kept_decisions.len() + self.extra.len() + said
    }

    /// All records by key, but the state.
    pub fn by_key(&self) -> BTreeMap<RecordKey, &Record> {
        self.records.iter().map(|record| (record.key(), record)).collect()
    }

    /// The state as a record.
    fn progress_record(&self) -> Option<Record> {
        (self.progress != Progress::New).then_some(Record::Progress(self.progress))
    }

    /// What would turn this into `other`, by record.
    pub fn diff(&self, other: &Self) -> Vec<Swap> {
        let old = self.by_key();
        let mut swaps = Vec::new();
        for record in &other.records {
            let before = old.get(&record.key()).copied();
            if before != Some(record) {
                swaps.push(Swap { before: before.cloned(), after: Some(record.clone()) });
            }
        }
        let there: HashSet<RecordKey> = other.records.iter().map(Record::key).collect();
        let gone = self.records.iter().filter(|record| !there.contains(&record.key()));
        swaps.extend(gone.map(|record| Swap { before: Some(record.clone()), after: None }));
        if self.progress != other.progress {
            swaps.push(Swap { before: self.progress_record(), after: other.progress_record() });
        }
        swaps
    }

    /// Puts records in place of others, whatever is there; new ones go to the end in the order in which they come.
    pub fn apply(&mut self, swaps: &[(RecordKey, Option<Record>)]) {
        self.lines.clear();
        let mut after: HashMap<&RecordKey, &Option<Record>> = swaps.iter().map(|(key, after)| (key, after)).collect();
        if let Some(progress) = after.remove(&RecordKey::Progress) {
            self.progress = match progress {
                Some(Record::Progress(progress)) => *progress,
                _ => Progress::New,
            };
        }
        if after.is_empty() {
            return;
        }
        self.records.retain_mut(|record| match after.remove(&record.key()) {
            None => true,
            Some(None) => false,
            Some(Some(new)) => {
                *record = new.clone();
                true
            }
        });
        self.records.extend(swaps.iter().filter_map(|(key, _)| after.remove(key)?.clone()));
    }

    /// The set that these records are.
    pub fn set(&self) -> AnnotationSet {
        let records = self.records.iter().filter_map(|record| match record {
            Record::Annotation(record) => Some(record.clone()),
            _ => None,
        });
        let decisions = self.records.iter().filter_map(|record| match record {
            Record::Decision(decision) => Some(decision.clone()),
            _ => None,
        });
        AnnotationSet::new(records, self.progress).with_decisions(decisions)
    }

    /// The file's text: the same content gives the same bytes.
    pub fn write(&self, key: &FileKey, text: Option<&Text>) -> String {
        let mut header = vec![("jejak", ron_text::VERSION.to_string())];
        let quoted = |text: &str| ron_text::line(&text);
        match key {
            FileKey::Set((article, annotator), _) => {
                header.push(("article", quoted(article)));
                header.push(("annotator", quoted(annotator)));
                header.push(("sha256", quoted(&text.map_or_else(|| self.sha256.clone(), Text::sha256))));
                if self.progress != Progress::New {
                    header.push(("progress", ron_text::line(&self.progress)));
                }
            }
            FileKey::Referents(annotator) | FileKey::Comments(annotator) => {
                header.push(("annotator", quoted(annotator)));
            }
            FileKey::Articles => {}
        }
        header.extend(self.extra.iter().map(|(name, value)| (name.as_str(), value.clone())));
        let is_decision = |record: &&Record| matches!(record, Record::Decision(_));
        let (mut decisions, mut records): (Vec<&Record>, Vec<&Record>) = self.records.iter().partition(is_decision);
        if !decisions.is_empty() || !self.kept_decisions.is_empty() {
            decisions.sort_by_cached_key(|record| record.key());
            let lines =
                decisions.into_iter().map(|record| record.line(text)).chain(self.kept_decisions.iter().cloned());
            let lines: String = lines.map(|line| format!("  {line},\n")).collect();
            header.push(("decisions", format!("[\n{lines} ]")));
        }
        match key {
            FileKey::Set(..) => records.sort_by_cached_key(|record| match record {
                Record::Annotation(record) => {
                    let extent = record.extent();
                    (extent.map(|at| at.start), std::cmp::Reverse(extent.map_or(0, |at| at.end)), Some(record.id))
                }
                _ => (None, std::cmp::Reverse(0), None),
            }),
            FileKey::Referents(_) => records.sort_by_cached_key(|record| record.key()),
            // By article, then as they were written: a new one stands beside those that it is read with.
            FileKey::Comments(_) => records.sort_by_cached_key(|record| match record {
                Record::Comment(comment) => Some((comment.article.clone(), comment.origin.at, comment.id)),
                _ => None,
            }),
            // The list of articles has an order of its own.
            FileKey::Articles => {}
        }
        let lines = records.into_iter().map(|record| record.line(text)).chain(self.kept.iter().cloned());
        ron_text::write(&header, list_of(key), lines)
    }
}

fn list_of(key: &FileKey) -> &'static str {
    match key {
        FileKey::Set(..) => "annotations",
        FileKey::Referents(_) => "referents",
        FileKey::Comments(_) => "comments",
        FileKey::Articles => "articles",
    }
}

/// What is needed to understand a file: the schema, and for a set its article's text.
pub(super) struct Context<'a> {
    pub schema: &'a Schema,
    pub text: Option<&'a Text>,
}

/// Reads a file's text.
///
/// # Errors
/// If it is not a file of records, is newer, or belongs somewhere else. Single records that are not what they should be
/// are kept as they stand and told in `problems`.
pub(super) fn read(
    key: &FileKey,
    content: &str,
    context: &Context<'_>,
    problems: &mut Vec<Problem>,
) -> Result<Content, OpenError> {
    let file = key.path();
    let first = problems.len();
    let read = match key {
        FileKey::Articles => articles(&file, content, problems),
        FileKey::Referents(_) => referents(&file, content, context, problems),
        FileKey::Comments(_) => comments(&file, content, problems),
        FileKey::Set((_, annotator), _) => set(&file, content, annotator, context, problems),
    }?;
    raw::conflicts(&read.extra, problems);
    for problem in &mut problems[first..] {
        problem.file = Some(file.clone());
        if let FileKey::Set((article, _), _) = key {
            problem.article = Some(article.to_string());
        }
    }
    // A number may have become another one since; that the text is the same says more.
    let same_text = context.text.is_some_and(|text| text.sha256() == read.sha256);
    let is = [("article", key.article().filter(|_| !same_text)), ("annotator", key.maker().map(Name::as_str))];
    for (field, is) in is {
        let said = read.extra.iter().find(|(name, _)| name == field);
        if let (Some((_, said)), Some(is)) = (said, is)
            && ron::from_str::<String>(said).ok().as_deref() != Some(is)
        {
            let why = format!("the file says that its {field} is {said}, and it lies where that of \"{is}\" does");
            return Err(OpenError::Malformed { file, line: 1, column: 1, why });
        }
    }
    let known = ["jejak", "article", "annotator", "sha256", "progress", "decisions"];
    let extra = read.extra.into_iter().filter(|(name, _)| !known.contains(&name.as_str())).collect();
    Ok(Content { extra, ..read })
}

impl FileKey {
    fn article(&self) -> Option<&str> {
        if let Self::Set((article, _), _) = self { Some(article) } else { None }
    }
}

/// Collects the records of a file, and keeps those that cannot be understood.
struct Collector<'a> {
    content: Content,
    ids: HashSet<RecordKey>,
    problems: &'a mut Vec<Problem>,
}

impl<'a> Collector<'a> {
    fn new(header: Vec<(String, &str)>, count: usize, problems: &'a mut Vec<Problem>) -> Self {
        let extra = header.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
        let content = Content { extra, records: Vec::with_capacity(count), ..Content::empty() };
        Self { content, ids: HashSet::with_capacity(count), problems }
    }

    fn keep(&mut self, line: u32, failed: &Failed<'_>) {
        let why = &failed.why;
        let message =
            format!("a record is not what this version knows ({why}): it is kept as it stands, and not shown");
        self.problems.push(Problem { line: Some(line), ..Problem::error("unknown-record", message) });
        self.content.kept.push(failed.raw.to_owned());
    }

    /// An id for a record whose own one is taken: always the same for the same record in the same place, so that what
    /// points to it still does the next time.
    fn other_id(&mut self, line: u32, id: Id, content: &str) -> Id {
        let mut seed = format!("{id} {content}");
        let id_of = |seed: &str| -> Id {
            let digest = Sha256::digest(seed.as_bytes());
            let hex: String = digest.iter().take(5).map(|byte| format!("{byte:02x}")).collect();
            format!("d{hex}").parse().expect("hexadecimal digits are the digits of an id")
        };
        let mut other = id_of(&seed);
        while self.ids.contains(&RecordKey::Id(other)) {
            seed.push(' ');
            other = id_of(&seed);
        }
        let message = format!("the id {id} is used twice: the second record is called {other} here");
        let problem = Problem { annotation: Some(id.to_string()), ..Problem::error("duplicate-id", message) };
        self.problems.push(Problem { line: Some(line), ..problem });
        other
    }

    fn push(&mut self, line: u32, record: Record) {
        self.ids.insert(record.key());
        self.content.lines.push(line);
        self.content.records.push(record);
    }
}

fn articles(file: &str, content: &str, problems: &mut Vec<Problem>) -> Result<Content, OpenError> {
    let parsed = ron_text::parse::<ArticleLine>(file, content, "articles")?;
    let mut all = Collector::new(parsed.header, parsed.records.len(), problems);
    for (line, record) in parsed.records {
        match record {
            Ok(record) if all.ids.contains(&RecordKey::Article(record.id.clone())) => {
                let raw = ron_text::line(&record);
                let why = format!("there is another article {}", record.id);
                all.keep(line, &Failed { raw: &raw, why });
            }
            Ok(record) => all.push(line, Record::Article(Arc::new(record.into()))),
            Err(failed) => all.keep(line, &failed),
        }
    }
    Ok(all.content)
}

fn referents(
    file: &str,
    content: &str,
    context: &Context<'_>,
    problems: &mut Vec<Problem>,
) -> Result<Content, OpenError> {
    let parsed = ron_text::parse::<ReferentLine>(file, content, "referents")?;
    let mut all = Collector::new(parsed.header, parsed.records.len(), problems);
    for (line, record) in parsed.records {
        let record = match record {
            Ok(record) => record,
            Err(failed) => {
                all.keep(line, &failed);
                continue;
            }
        };
        let raw = ron_text::line(&record);
        let Some(mut record) = record.referent() else {
            all.keep(line, &Failed { raw: &raw, why: "a referent's role is filled by words of a text".into() });
            continue;
        };
        if all.ids.contains(&RecordKey::Id(record.id)) {
            record.id = all.other_id(line, record.id, &raw);
        }
        if let Some(label) = context.schema.label(&record.label) {
            record.label = label.name.clone();
        }
        all.push(line, Record::Referent(Arc::new(record)));
    }
    Ok(all.content)
}

fn comments(file: &str, content: &str, problems: &mut Vec<Problem>) -> Result<Content, OpenError> {
    let parsed = ron_text::parse::<Comment>(file, content, "comments")?;
    let mut all = Collector::new(parsed.header, parsed.records.len(), problems);
    for (line, record) in parsed.records {
        match record {
            Ok(mut record) => {
                if all.ids.contains(&RecordKey::Id(record.id)) {
                    record.id = all.other_id(line, record.id, &ron_text::line(&record));
                }
                all.push(line, Record::Comment(Arc::new(record)));
            }
            Err(failed) => all.keep(line, &failed),
        }
    }
    Ok(all.content)
}

/// How far the annotator of a set is, as its header says.
fn progress(file: &str, header: &[(String, &str)]) -> Result<Progress, OpenError> {
    let value = header.iter().find(|(field, _)| field == "progress").map(|(_, value)| ron::from_str(value));
    value.unwrap_or(Ok(Progress::New)).map_err(|error| {
        let why = format!("the state of the set is not what this version knows: {}", say::ron(&error.code));
        OpenError::Malformed { file: file.into(), line: 1, column: 1, why }
    })
}

/// How far the annotator of a set is and how many records its file has, without a look at the records themselves; none
/// where there is no file.
///
/// # Errors
/// As [`load`].
pub(super) fn summary(disk: &dyn Disk, key: &FileKey) -> Result<Option<(Progress, usize)>, OpenError> {
    let file = key.path();
    let found = disk.read(&file, key.max_bytes()).map_err(|why| OpenError::Io { file: file.clone(), why })?;
    let Some((bytes, _)) = found else { return Ok(None) };
    let parsed = ron_text::parse::<serde::de::IgnoredAny>(&file, utf8(&file, &bytes)?, "annotations")?;
    Ok(Some((progress(&file, &parsed.header)?, parsed.records.len())))
}

fn set(
    file: &str,
    content: &str,
    annotator: &Name,
    context: &Context<'_>,
    problems: &mut Vec<Problem>,
) -> Result<Content, OpenError> {
    let parsed = ron_text::parse::<AnnotationLine>(file, content, "annotations")?;
    let text = context.text.expect("a set is read after its text");
    let header = |name: &str| parsed.header.iter().find(|(field, _)| field == name).map(|(_, value)| *value);
    let sha256 = header("sha256").and_then(|value| ron::from_str::<String>(value).ok()).unwrap_or_default();
    let progress = progress(file, &parsed.header)?;
    let decisions = match header("decisions") {
        None => Vec::new(),
        Some(value) => decisions(file, content, value)?,
    };
    let mut placer = Placer::new(text, Unit::Chars, context.schema);
    if sha256 != text.sha256() {
        let message = "the text has changed since these annotations were saved: each was looked for by its words";
        problems.push(Problem::warning("text-changed", message));
        placer = placer.learn(parsed.records.iter().filter_map(|(_, record)| record.as_ref().ok()));
    }
    let mut all = Collector::new(parsed.header, parsed.records.len(), problems);
    all.content.sha256 = sha256;
    all.content.progress = progress;
    for (line, raw, decision) in decisions {
        let decision = match decision {
            Ok(decision) if !all.ids.contains(&RecordKey::Decision(decision.id)) => decision,
            other => {
                let why = other.map_or_else(|why| why, |decision| format!("the id {} is taken", decision.id));
                let message = format!(
                    "a decision is not what this version knows ({why}): it is kept as it stands, and not counted"
                );
                all.problems.push(Problem { line: Some(line), ..Problem::error("unknown-record", message) });
                all.content.kept_decisions.push(raw.to_owned());
                continue;
            }
        };
        all.push(line, Record::Decision(Arc::new(decision)));
    }
    for (line, record) in parsed.records {
        let mut record = match record {
            Ok(record) => record,
            Err(failed) => {
                all.keep(line, &failed);
                continue;
            }
        };
        if all.ids.contains(&RecordKey::Id(record.id)) {
            record.id = all.other_id(line, record.id, &ron_text::line(&record));
        }
        let first = all.problems.len();
        let mut record = placer.annotation(record, all.problems);
        for problem in &mut all.problems[first..] {
            problem.line = Some(line);
        }
        if record.origin.by == *annotator {
            record.origin.by = annotator.clone();
        }
        all.push(line, Record::Annotation(Arc::new(record)));
    }
    Ok(all.content)
}

/// A decision as it stands in a file: its line, itself, and what it says or why that is not understood.
type RawDecision<'a> = (u32, &'a str, Result<Decision, String>);

/// The decisions in a set's header, each for itself.
fn decisions<'a>(file: &str, content: &str, value: &'a str) -> Result<Vec<RawDecision<'a>>, OpenError> {
    let before = value.as_ptr() as usize - content.as_ptr() as usize;
    let first = content[..before].matches('\n').count();
    let raw: Vec<&RawValue> = ron::from_str(value).map_err(|error| OpenError::Malformed {
        file: file.into(),
        line: first + error.span.start.line,
        column: error.span.start.col,
        why: format!("the decisions are not what this version knows: {}", say::ron(&error.code)),
    })?;
    let (mut line, mut read_until) = (first + 1, 0);
    let read = |raw: &'a RawValue| {
        let raw = raw.trim().get_ron();
        let at = raw.as_ptr() as usize - value.as_ptr() as usize;
        line += value[read_until..at].matches('\n').count();
        read_until = at;
        let decision = ron::from_str::<Decision>(raw).map_err(|error| say::ron(&error.code));
        (u32::try_from(line).unwrap_or(u32::MAX), raw, decision)
    };
    Ok(raw.into_iter().map(read).collect())
}

/// A set as its file has it.
#[must_use]
pub fn set_to_ron(key: &SetKey, set: &AnnotationSet, text: &Text) -> String {
    let decisions = set.decisions().values().cloned().map(Record::Decision);
    let records = set.iter().cloned().map(Record::Annotation).chain(decisions).collect();
    let content = Content { records, progress: set.progress(), ..Content::empty() };
    content.write(&FileKey::Set(key.clone(), Stem::default()), Some(text))
}

/// The set that a file has, and what is wrong in it: lines of it among that.
///
/// # Errors
/// If it is no file of that set, or of a newer version.
pub fn set_from_ron(
    key: &SetKey,
    content: &str,
    text: &Text,
    schema: &Schema,
) -> Result<(AnnotationSet, Vec<Problem>), OpenError> {
    let mut problems = Vec::new();
    let context = Context { schema, text: Some(text) };
    let content = read(&FileKey::Set(key.clone(), Stem::default()), content, &context, &mut problems)?;
    Ok((content.set(), problems))
}

/// What tells whether a file is still the one that was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stamp {
    /// None where the file system does not say.
    pub modified: Option<SystemTime>,
    pub len: u64,
    /// Of the bytes, for this run of the program.
    pub hash: u64,
}

impl Stamp {
    /// The stamp of a file with these bytes.
    pub fn new(found: &Found, bytes: &[u8]) -> Self {
        let mut hasher = DefaultHasher::new();
        hasher.write(bytes);
        Self { modified: found.modified, len: bytes.len() as u64, hash: hasher.finish() }
    }

    /// Whether the file looks untouched, without reading it.
    pub fn looks_same(stamp: Option<&Self>, disk: &dyn Disk, path: &str) -> bool {
        match (stamp, disk.look(path)) {
            (Some(stamp), Ok(Some(now))) => stamp.len == now.len && stamp.modified == now.modified,
            (None, Ok(None)) => true,
            _ => false,
        }
    }
}

/// Reads a whole file, up to `limit` bytes; none where there is no such file.
///
/// # Errors
/// The system's error, or that it is too large or no plain file.
pub(super) fn bytes(disk: &dyn Disk, path: &str, limit: u64) -> io::Result<Option<(Vec<u8>, Stamp)>> {
    Ok(disk.read(path, limit)?.map(|(bytes, found)| {
        let stamp = Stamp::new(&found, &bytes);
        (bytes, stamp)
    }))
}

/// Reads a file of records; an absent one is empty and has no stamp.
///
/// # Errors
/// If the system refuses, or what [`read`] says.
pub(super) fn load(
    disk: &dyn Disk,
    key: &FileKey,
    context: &Context<'_>,
    problems: &mut Vec<Problem>,
) -> Result<(Content, Option<Stamp>), OpenError> {
    let file = key.path();
    let found = bytes(disk, &file, key.max_bytes()).map_err(|why| OpenError::Io { file: file.clone(), why })?;
    let Some((bytes, stamp)) = found else { return Ok((Content::empty(), None)) };
    Ok((read(key, utf8(&file, &bytes)?, context, problems)?, Some(stamp)))
}

/// The text of bytes that must be UTF-8.
///
/// # Errors
/// If they are not, with the place.
pub(super) fn utf8<'a>(file: &str, bytes: &'a [u8]) -> Result<&'a str, OpenError> {
    std::str::from_utf8(bytes).map_err(|error| {
        let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
        let line = before.split('\n').count();
        let column = before.rsplit('\n').next().map_or(0, |line| line.chars().count()) + 1;
        let why = "here the file is not UTF-8".to_owned();
        OpenError::Malformed { file: file.to_owned(), line, column, why }
    })
}
