//! The source of the sample's annotations: each article with marks in its text, and below it what fills the frames.
//!
//! ```text
//! {person#arya|Arya Tanjungbiru} akan {trip#t1|bertolak} ke {place.country#kalvera|Kalvera} pada {a:date=2025-03-11#selasa|Selasa (11/3)}.
//! =====
//! t1 status a:planned b:expected
//! t1 traveller arya
//! a t1 return =2025-03-14
//! b new trip t2
//! ```
//!
//! A mark is `{LABEL.KIND=DATE#HANDLE|words}`; `-` in place of the label makes bare words that a role can be filled
//! with, and a handle given twice makes two fragments of one annotation. `a:` or a leading `a` is that annotator's alone.

use std::collections::HashMap;

use jejak::model::{Annotation, Filler, Id, Name, Origin, Role, Schema, Timestamp, Value, ValueKind, Via};
use jejak::text::{Span, sha256_hex};

/// One article of the source.
pub struct Source {
    /// The text without its marks.
    pub text: String,
    marks: Vec<Mark>,
    lines: Vec<Line>,
}

struct Mark {
    by: Option<String>,
    label: String,
    kind: Option<String>,
    date: Option<String>,
    handle: Option<String>,
    at: Span,
}

/// Words of a line, and whose it is.
pub struct Line {
    by: Option<String>,
    words: Vec<String>,
}

impl Line {
    /// Splits a line into words, taking a leading `a` or `b` off.
    pub fn new(line: &str) -> Self {
        let mut words: Vec<String> = line.split_whitespace().map(str::to_owned).collect();
        let by = ["a", "b"].contains(&words[0].as_str()).then(|| words.remove(0));
        Self { by, words }
    }

    /// The words, where the line is for this annotator.
    pub fn of(&self, annotator: &str) -> Option<&[String]> {
        mine(self.by.as_deref(), annotator).then_some(&self.words)
    }
}

fn mine(by: Option<&str>, annotator: &str) -> bool {
    by.is_none_or(|by| by == annotator)
}

/// A record's name, the same whenever the sample is made again.
pub fn id(what: &str) -> Id {
    format!("s{}", &sha256_hex(what.as_bytes())[..7]).parse().unwrap()
}

/// The hand of an annotator at the time of the sample.
pub fn hand(annotator: &str) -> Origin {
    let at: Timestamp = "2025-04-10T09:00:00Z".parse().unwrap();
    Origin { by: annotator.into(), at, via: Via::Hand }
}

impl Source {
    /// Reads the marks out of the text and the lines below it.
    pub fn parse(source: &str) -> Self {
        let (marked, below) = source.split_once("\n=====\n").unwrap();
        let mut parsed = Self { text: String::new(), marks: Vec::new(), lines: below.lines().map(Line::new).collect() };
        let mut open = Vec::new();
        let mut rest = marked;
        while let Some(at) = rest.find(['{', '}']) {
            parsed.text += &rest[..at];
            let here = parsed.text.len() as u32;
            rest = if rest.as_bytes()[at] == b'{' {
                let (spec, rest) = rest[at + 1..].split_once('|').unwrap();
                open.push(parsed.marks.len());
                parsed.marks.push(Mark::parse(spec, here));
                rest
            } else {
                parsed.marks[open.pop().unwrap()].at.end = here;
                &rest[at + 1..]
            };
        }
        assert!(open.is_empty(), "a mark is not closed");
        parsed.text += rest;
        parsed.text.push('\n');
        parsed
    }

    /// What an annotator marked in article `article`, with the handles of the frames among it.
    pub fn annotations(&self, article: &str, annotator: &str, schema: &Schema) -> Vec<(Option<String>, Annotation)> {
        let mut records: Vec<(Option<String>, Annotation)> = Vec::new();
        let mut bare: HashMap<&str, Vec<Span>> = HashMap::new();
        for mark in self.marks.iter().filter(|mark| mine(mark.by.as_deref(), annotator)) {
            if mark.label == "-" {
                bare.entry(mark.handle.as_deref().unwrap()).or_default().push(mark.at);
            } else if let Some((_, first)) =
                records.iter_mut().find(|(handle, _)| handle.is_some() && *handle == mark.handle)
            {
                assert_eq!(first.label, mark.label.as_str(), "{article} {:?}", mark.handle);
                first.at.push(mark.at);
            } else {
                let mut record = Annotation::new(&mark.label.as_str().into(), vec![mark.at], hand(annotator));
                record.id = id(&format!("{article} {annotator} {} {:?}", mark.label, mark.at));
                for (name, value) in [("kind", &mark.kind), ("value", &mark.date)] {
                    if value.is_some() {
                        record.set_attribute(&name.into(), value.clone());
                    }
                }
                records.push((mark.handle.clone(), record));
            }
        }
        for words in self.lines.iter().filter_map(|line| line.of(annotator)) {
            if let [new, label, handle] = words
                && new == "new"
            {
                let mut record = Annotation::new(&label.as_str().into(), Vec::new(), hand(annotator));
                record.id = id(&format!("{article} {annotator} {handle}"));
                records.push((Some(handle.clone()), record));
            }
        }
        let ids: HashMap<String, Id> =
            records.iter().filter_map(|(handle, record)| Some((handle.clone()?, record.id))).collect();
        for words in self.lines.iter().filter_map(|line| line.of(annotator)).filter(|words| words[0] != "new") {
            let [handle, name, values @ ..] = words else { panic!("{article}: {words:?}") };
            let Some((_, record)) = records.iter_mut().find(|(of, _)| of.as_ref() == Some(handle)) else {
                assert!(self.marks.iter().any(|mark| mark.handle.as_ref() == Some(handle)), "{article}: no {handle}");
                continue;
            };
            let label = schema.label(&record.label).unwrap();
            if label.attribute(name).is_some() {
                let alone = format!("{annotator}:");
                let value = values.iter().find_map(|value| match value.split_once(':') {
                    None => Some(value.clone()),
                    Some(_) => value.strip_prefix(&alone).map(str::to_owned),
                });
                record.set_attribute(&name.as_str().into(), value);
                continue;
            }
            let role = label.role(name).unwrap_or_else(|| panic!("{article}: {} has no {name}", label.name));
            for value in values {
                let filler = if let Some(value) = value.strip_prefix('=') {
                    Filler::Value(match role.values[0] {
                        ValueKind::Date => Value::Date(value.parse().unwrap()),
                        ValueKind::Text => Value::Text(value.to_owned()),
                    })
                } else if let Some(spans) = bare.get(value.as_str()) {
                    Filler::Span(spans.clone())
                } else {
                    Filler::Annotation(
                        *ids.get(value).unwrap_or_else(|| panic!("{article}: {annotator} has no {value}")),
                    )
                };
                record.roles.push(Role { name: Name::new(name), filler });
            }
        }
        records
    }
}

impl Mark {
    fn parse(spec: &str, start: u32) -> Self {
        let (spec, handle) = take(spec, '#');
        let (spec, date) = take(spec, '=');
        let (spec, kind) = take(spec, '.');
        let (by, label) = spec.split_once(':').map_or((None, spec), |(by, label)| (Some(by.to_owned()), label));
        Self { by, label: label.to_owned(), kind, date, handle, at: Span::new(start, start) }
    }
}

fn take(spec: &str, sign: char) -> (&str, Option<String>) {
    spec.split_once(sign).map_or((spec, None), |(before, after)| (before, Some(after.to_owned())))
}
