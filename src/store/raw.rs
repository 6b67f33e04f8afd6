//! Files of records as they stand, record by record: for merging them without knowing the texts that they are about.

use crate::message;
use std::collections::HashMap;

use ron::value::RawValue;
use serde::Deserialize;

use super::ron_text::{self, CONFLICTS, PEOPLE};
use super::{OpenError, project_file};
use crate::model::record::Layout;
use crate::model::{Problem, RecordKind};

/// The lists that files of records are about.
fn lists() -> impl Iterator<Item = &'static str> {
    let list = |kind: &RecordKind| if let Layout::Line(list) = kind.layout() { Some(list) } else { None };
    RecordKind::ALL.iter().filter_map(list).chain([PEOPLE])
}

/// True where a list of this name stands in the head of a file of records.
pub fn is_in_head(name: &str) -> bool {
    let own = |kind: &RecordKind| matches!(kind.layout(), Layout::HeadLine(list) if list == name);
    name == CONFLICTS || RecordKind::ALL.iter().any(own)
}

/// A file of records, nothing of it understood but the ids.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RawFile {
    /// Header fields, each as it stands.
    pub header: Vec<(String, String)>,
    /// Lists of records, each record with its id and as it stands: decisions, and what the file is about.
    pub lists: Vec<(String, Vec<(String, String)>)>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
}

/// A record of a list of people.
#[derive(Deserialize)]
struct Person {
    name: String,
}

impl RawFile {
    /// Reads the text of a file called `file` in messages. No text at all is a file without records.
    ///
    /// # Errors
    /// If it is no file of records, or of a newer version.
    pub fn read(file: &str, content: &str) -> Result<Self, OpenError> {
        if content.trim().is_empty() {
            return Ok(Self::default());
        }
        let mut failed = None;
        for list in lists() {
            match ron_text::parse::<Box<RawValue>>(file, content, list) {
                Ok(parsed) => {
                    let raw = parsed.records.into_iter().map(|(_, record)| match record {
                        Ok(record) => record.trim().get_ron().to_owned(),
                        Err(failed) => failed.raw.to_owned(),
                    });
                    let mut raw_file = Self::default();
                    for (name, value) in parsed.header {
                        match ron::from_str::<Vec<Box<RawValue>>>(value) {
                            Ok(records) if is_in_head(&name) => {
                                let records = records.iter().map(|record| record.trim().get_ron().to_owned());
                                raw_file.lists.push((name, named(records)));
                            }
                            _ => raw_file.header.push((name, value.to_owned())),
                        }
                    }
                    let raw: Vec<String> = raw.collect();
                    if list == PEOPLE {
                        return Ok(raw_file.with_people(&raw));
                    }
                    raw_file.lists.push((list.to_owned(), named(raw.into_iter())));
                    return Ok(raw_file);
                }
                Err(error @ OpenError::Newer { .. }) => return Err(error),
                Err(error) => {
                    failed.get_or_insert(error);
                }
            }
        }
        // A project need not say that nobody is listed.
        match ron_text::fields(content) {
            Ok(fields) if fields.iter().any(|(name, _)| name == "title") => {
                let header = fields.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
                Ok(Self { header, ..Self::default() }.with_people(&[]))
            }
            _ => Err(failed.expect("there is a list to look for")),
        }
    }

    /// The same of a `project.ron` with these people: as the newest version writes it, so that what is compared has one
    /// shape.
    fn with_people(mut self, raw: &[String]) -> Self {
        for (_, version) in self.header.iter_mut().filter(|(name, _)| name == "jejak") {
            *version = ron_text::PROJECT_VERSION.to_string();
        }
        let people = raw.iter().map(|raw| project_file::renewed(raw).unwrap_or_else(|| raw.clone()));
        self.lists.push((PEOPLE.to_owned(), named(people)));
        self
    }

    /// The records of a list; none where the file does not have it.
    #[must_use]
    pub fn list(&self, name: &str) -> &[(String, String)] {
        self.lists.iter().find(|(list, _)| list == name).map_or(&[], |(_, records)| records)
    }

    /// The file's text, as the store writes it.
    #[must_use]
    pub fn write(&self) -> String {
        let mut header: Vec<(&str, String)> =
            self.header.iter().map(|(name, value)| (&**name, value.clone())).collect();
        let Some(((list, records), before)) = self.lists.split_last() else { return String::new() };
        for (name, records) in before.iter().filter(|(_, records)| !records.is_empty()) {
            let lines: String = records.iter().map(|(_, record)| format!("  {record},\n")).collect();
            header.push((name, format!("[\n{lines} ]")));
        }
        ron_text::write(&header, list, records.iter().map(|(_, record)| record.clone()))
    }
}

/// Records with their ids; the second of one id is told apart by a number, one without an id by itself.
fn named(records: impl Iterator<Item = String>) -> Vec<(String, String)> {
    let mut seen: HashMap<String, usize> = HashMap::new();
    records
        .map(|record| {
            // On one line, as they are written.
            let record = if record.contains('\n') { one_line(&record) } else { record };
            let id = ron::from_str::<Named>(&record).map(|named| named.id);
            let id = id.or_else(|_| ron::from_str::<Person>(&record).map(|person| person.name));
            let id = id.unwrap_or_else(|_| record.clone());
            let count = seen.entry(id.clone()).or_default();
            *count += 1;
            (if *count > 1 { format!("{id} {count}") } else { id }, record)
        })
        .collect()
}

/// A record that was laid out on several lines: line feeds outside strings only stand between parts.
fn one_line(record: &str) -> String {
    let mut out = String::with_capacity(record.len());
    let (mut quoted, mut escaped) = (false, false);
    for c in record.chars() {
        match c {
            '"' if !escaped => quoted = !quoted,
            '\n' if !quoted => {
                out.push(' ');
                continue;
            }
            _ => {}
        }
        escaped = quoted && c == '\\' && !escaped;
        out.push(c);
    }
    out
}

/// Says that a merge left something to decide in a file with this header.
pub(super) fn conflicts(header: &[(String, String)], problems: &mut Vec<Problem>) {
    let Some((_, value)) = header.iter().find(|(name, _)| name == CONFLICTS) else { return };
    let count = ron::from_str::<Vec<Box<RawValue>>>(value).map_or(1, |records| records.len());
    problems.push(left_to_decide(count));
}

/// The code of the problem that a merge left something to decide.
pub(super) const CONFLICT: &str = "merge-conflict";

/// Says that a merge left this many things to decide.
pub(super) fn left_to_decide(count: usize) -> Problem {
    Problem::error(CONFLICT, message!("merge-left", count = count))
}
