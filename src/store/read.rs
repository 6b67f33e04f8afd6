//! The text of a file of records becomes its content; what is not understood is kept as it stands.

use std::sync::Arc;

use crate::lang::Message;
use crate::model::noun;
use foldhash::{HashSet, HashSetExt};
use ron::value::RawValue;
use serde::de::DeserializeOwned;
use sha2::{Digest, Sha256};

use super::OpenError;
use super::content::{Content, OUTLINE, SET_KIND};
use super::layout::FileKey;
use super::raw;
use super::ron_text;
use crate::message;
use crate::model::record::{ForKind, Layout, LineContext, Recorded};
use crate::model::{Id, Name, Problem, RecordId, RecordKey, RecordKind, RecordType, Schema};
use crate::say;
use crate::text::{Text, hex};

/// The context in which a file is understood: the schema, and for a set its article's text.
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
    let kinds: Vec<RecordKind> = RecordKind::of_file(key.records().kind()).collect();
    let main = kinds.iter().find(|kind| matches!(kind.layout(), Layout::Line(_)));
    let main = main.expect("every file of records has a list that it is about");
    let read = main.with(ReadFile { file: &file, key, content, context, kinds: &kinds, problems })?;
    raw::conflicts(&read.extra, problems);
    for problem in &mut problems[first..] {
        problem.file = Some(file.clone());
        if let FileKey::Set((article, _), _) = key {
            problem.article = Some(article.to_string());
        }
    }
    // A number may have become another one since; that the text is the same says more.
    let same_text = context.text.is_some_and(|text| text.sha256() == read.sha256);
    let article = if let FileKey::Set((article, _), _) = key { Some(&**article) } else { None };
    let is = [("article", article.filter(|_| !same_text)), ("annotator", key.maker().map(Name::as_str))];
    for (field, is) in is {
        let said = read.extra.iter().find(|(name, _)| name == field);
        if let (Some((_, said)), Some(is)) = (said, is)
            && ron_text::value::<String>(said).ok().as_deref() != Some(is)
        {
            let why = message!("file-says-other", field = noun(field), said = said, is = is);
            return Err(OpenError::Malformed { file, line: 1, column: 1, why });
        }
    }
    let known = |name: &str| {
        let in_head =
            |kind: &RecordKind| matches!(kind.layout(), Layout::HeadLine(own) | Layout::HeadField(own) if own == name);
        ["jejak", "article", "annotator", SET_KIND, "sha256", OUTLINE].contains(&name) || kinds.iter().any(in_head)
    };
    let extra = read.extra.into_iter().filter(|(name, _)| !known(name)).collect();
    Ok(Content { extra, ..read })
}

/// Reads a file that is about a kind of record.
struct ReadFile<'a, 'p> {
    file: &'a str,
    key: &'a FileKey,
    content: &'a str,
    context: &'a Context<'a>,
    /// All kinds that stand in it.
    kinds: &'a [RecordKind],
    problems: &'p mut Vec<Problem>,
}

impl ForKind for ReadFile<'_, '_> {
    type Out = Result<Content, OpenError>;

    fn call<T: Recorded + RecordType>(self) -> Self::Out {
        let Layout::Line(list) = T::LAYOUT else { return Ok(Content::empty()) };
        let parsed = ron_text::parse::<T::Line>(self.file, self.content, list)?;
        let header = |name: &str| parsed.header.iter().find(|(field, _)| field == name).map(|(_, value)| *value);
        let sha256 = header("sha256").and_then(|value| ron_text::value::<String>(value).ok()).unwrap_or_default();
        let outline = header(OUTLINE).and_then(|value| ron_text::value::<String>(value).ok()).unwrap_or_default();
        let reading = LineContext {
            schema: self.context.schema,
            text: self.context.text,
            maker: self.key.maker(),
            outline: outline.clone(),
            sha256,
            placer: None,
            problems: std::mem::take(self.problems),
        };
        let kind = header(SET_KIND).filter(|_| matches!(self.key, FileKey::Set(..)));
        let kind = kind.map(|value| field_value(self.file, &noun("kind"), value)).transpose()?;
        let mut all = Collector::new(&parsed.header, parsed.records.len(), reading);
        all.content.kind = kind;
        all.content.outline = outline;
        let lines: Vec<&T::Line> = parsed.records.iter().filter_map(|(_, line)| line.as_ref().ok()).collect();
        T::prepare(&lines, &mut all.reading);
        for kind in self.kinds.iter().filter(|kind| **kind != T::KIND) {
            let (Layout::HeadLine(name) | Layout::HeadField(name)) = kind.layout() else { continue };
            let Some(value) = header(name) else { continue };
            kind.with(ReadHead { file: self.file, content: self.content, value, all: &mut all })?;
        }
        for (line, record) in parsed.records {
            match record {
                Ok(record) => all.add::<T>(line, record, None),
                Err(failed) => all.keep::<T>(line, failed.raw, &failed.why),
            }
        }
        *self.problems = all.reading.problems;
        Ok(all.content)
    }
}

/// Reads the records of a kind that stands in a file's head.
struct ReadHead<'a, 'b> {
    file: &'a str,
    content: &'a str,
    value: &'a str,
    all: &'a mut Collector<'b>,
}

impl ForKind for ReadHead<'_, '_> {
    type Out = Result<(), OpenError>;

    fn call<T: Recorded + RecordType>(self) -> Self::Out {
        let Self { file, content, value, all } = self;
        if let Layout::HeadField(_) = T::LAYOUT {
            let line = head_field::<T>(file, value)?;
            all.add::<T>(1, line, None);
            return Ok(());
        }
        let before = value.as_ptr() as usize - content.as_ptr() as usize;
        let first = content[..before].matches('\n').count();
        let raw: Vec<&RawValue> = ron::from_str(value).map_err(|error| OpenError::Malformed {
            file: file.into(),
            line: first + error.span.start.line,
            column: error.span.start.col,
            why: message!("records-unknown", noun = noun(T::NOUN), why = say::ron(&error.code)),
        })?;
        let (mut line, mut read_until) = (first + 1, 0);
        for raw in raw {
            let raw = raw.trim().get_ron();
            let at = raw.as_ptr() as usize - value.as_ptr() as usize;
            line += value[read_until..at].matches('\n').count();
            read_until = at;
            let number = u32::try_from(line).unwrap_or(u32::MAX);
            match ron::from_str::<T::Line>(raw) {
                Ok(record) => all.add::<T>(number, record, Some(raw)),
                Err(error) => all.keep::<T>(number, raw, &say::ron(&error.code)),
            }
        }
        Ok(())
    }
}

/// The line of a record that is a field of a file's head.
///
/// # Errors
/// If the field is not what this version knows.
pub(super) fn head_field<T: Recorded>(file: &str, value: &str) -> Result<T::Line, OpenError> {
    field_value(file, &noun(T::NOUN), value)
}

/// The value of a field in the head of a set, called `noun` for people.
fn field_value<T: DeserializeOwned>(file: &str, noun: &Message, value: &str) -> Result<T, OpenError> {
    ron_text::value(value).map_err(|error| {
        let why = message!("head-unknown", noun = noun, why = say::ron(&error.code));
        OpenError::Malformed { file: file.into(), line: 1, column: 1, why }
    })
}

/// Collects the records of a file, and keeps those that cannot be understood.
struct Collector<'a> {
    content: Content,
    keys: HashSet<RecordKey>,
    reading: LineContext<'a>,
}

impl<'a> Collector<'a> {
    fn new(header: &[(String, &str)], count: usize, reading: LineContext<'a>) -> Self {
        let extra = header.iter().map(|(name, value)| (name.clone(), (*value).to_owned())).collect();
        let records = Vec::with_capacity(count);
        let content = Content { extra, records, sha256: reading.sha256.clone(), ..Content::empty() };
        Self { content, keys: HashSet::with_capacity(count), reading }
    }

    fn keep<T: Recorded + RecordType>(&mut self, line: u32, raw: &str, why: &Message) {
        let message = match T::LAYOUT {
            Layout::Line(_) => message!("record-unknown", why = why),
            _ => message!("head-record-unknown", noun = noun(T::NOUN), why = why),
        };
        self.reading.problems.push(Problem { line: Some(line), ..Problem::error("unknown-record", message) });
        self.content.kept.push((T::KIND, raw.to_owned()));
    }

    /// Takes a record in, under another id where its own is taken; one that cannot be is kept as it stands, `raw` or as
    /// it would be written.
    fn add<T: Recorded + RecordType>(&mut self, line: u32, mut record: T::Line, raw: Option<&str>) {
        let key = |id: RecordId| RecordKey { kind: T::KIND, id };
        let as_it_stands = |record: &T::Line| raw.map_or_else(|| ron_text::line(record), str::to_owned);
        if let Err(why) = T::check(&record) {
            return self.keep::<T>(line, &as_it_stands(&record), &why);
        }
        let own = key(T::line_id(&record));
        if self.keys.contains(&own) {
            let raw = as_it_stands(&record);
            let RecordId::Id(id) = own.id else {
                return self.keep::<T>(line, &raw, &message!("record-twice", own = own));
            };
            let other = self.other_id(id, &raw, key);
            if !T::rename(&mut record, other) {
                return self.keep::<T>(line, &raw, &message!("id-taken", id = id));
            }
            let message = message!("id-twice", id = id, other = other);
            let problem = Problem { annotation: Some(id.to_string()), ..Problem::error("duplicate-id", message) };
            self.reading.problems.push(Problem { line: Some(line), ..problem });
        }
        let first = self.reading.problems.len();
        let read = T::read(record, &mut self.reading);
        for problem in &mut self.reading.problems[first..] {
            problem.line = Some(line);
        }
        self.keys.insert(key(read.id()));
        self.content.lines.push(line);
        self.content.records.push(T::record(Arc::new(read)));
    }

    /// An id for a record whose own one is taken: always the same for the same record in the same place, so that what
    /// points to it still does the next time.
    fn other_id(&self, id: Id, content: &str, key: impl Fn(RecordId) -> RecordKey) -> Id {
        let mut seed = format!("{id} {content}");
        let id_of = |seed: &str| -> Id {
            let digest = Sha256::digest(seed.as_bytes());
            format!("d{}", hex(&digest[..5])).parse().expect("hexadecimal digits are the digits of an id")
        };
        let mut other = id_of(&seed);
        while self.keys.contains(&key(RecordId::Id(other))) {
            seed.push(' ');
            other = id_of(&seed);
        }
        other
    }
}
