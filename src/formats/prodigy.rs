//! Prodigy: JSON Lines of tasks with tokens, spans and relations.

use crate::key;
use crate::lang::Message;
use crate::message;
use std::collections::HashMap;
use std::io;
use std::sync::atomic::{AtomicUsize, Ordering};

use serde::Serialize;
use serde_json::{Map, Value};

use super::json::{
    Json, JsonRecord, about_object, about_of, json_line, list, name, offset, records, scalar, text, whole,
};
use super::loss::{drop_roles_without_span, reduce};
use super::raw_document::{RawAnnotation, RawDocument, RawFiller, RawNames, RawSet};
use super::tokens::{covered, sentences};
use super::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss,
    OffsetUnit, Pieces, Writer,
};
use crate::model::{Annotation, Filler, Id, Kind, Problem};
use crate::text::{Span, Text};

/// See the module.
pub(super) struct Prodigy;

const FILE: &str = "prodigy.jsonl";

static INFO: FormatInfo = FormatInfo {
    name: "prodigy",
    title: key!("format-prodigy"),
    extension: "jsonl",
    file: Some(FILE),
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities {
        metadata: Capabilities::ALL_METADATA,
        kinds: &[Kind::Entity, Kind::Frame, Kind::Zone],
        roles: true,
        ids: true,
        ..Capabilities::SPANS
    },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "https://prodi.gy/docs/api-interfaces#relations",
    notes: key!("format-prodigy-notes"),
};

impl Format for Prodigy {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
        drop_roles_without_span(page, loss, |_| false);
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(ProdigyWriter { unit: cx.options.unit.unwrap_or(OffsetUnit::CodePoint) })
    }

    /// Sessions are called by the data set and the person: what all of them begin with is the data set.
    fn person<'n>(&self, said: &'n str, all: &[&str]) -> &'n str {
        let rest = |length: usize| all.iter().all(|name| name.len() > length && name.starts_with(&said[..length]));
        let mut ends = said.match_indices('-').map(|(at, _)| at + 1).filter(|&length| all.len() > 1 && rest(length));
        &said[ends.next_back().unwrap_or(0)..]
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let left_out = [AtomicUsize::new(0), AtomicUsize::new(0)];
        records(source, reading, out, |record, reading, out| article(record, &left_out, reading, out));
        for (answer, count) in LEFT_OUT.iter().zip(left_out).map(|(answer, count)| (answer, count.into_inner())) {
            if count > 0 {
                let message = message!("prodigy-answer", count = count, answer = answer);
                out(Item::Problem(Problem::warning("answer", message)));
            }
        }
    }
}

struct ProdigyWriter {
    unit: OffsetUnit,
}

#[derive(Serialize)]
struct ProdigyTask<'a> {
    text: &'a str,
    meta: Map<String, Value>,
    tokens: Vec<ProdigyToken<'a>>,
    spans: Vec<&'a ProdigyMark<'a>>,
    relations: Vec<ProdigyRelation<'a>>,
    answer: &'static str,
}

#[derive(Serialize)]
struct ProdigyToken<'a> {
    text: &'a str,
    start: u32,
    end: u32,
    id: usize,
    ws: bool,
}

#[derive(Serialize)]
struct ProdigyMark<'a> {
    id: String,
    start: u32,
    end: u32,
    /// First and last token, where the span begins and ends with one.
    #[serde(skip_serializing_if = "Option::is_none")]
    token_start: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    token_end: Option<usize>,
    label: &'a str,
}

#[derive(Serialize)]
struct ProdigyRelation<'a> {
    head: Option<usize>,
    child: Option<usize>,
    head_span: &'a ProdigyMark<'a>,
    child_span: &'a ProdigyMark<'a>,
    label: &'a str,
}

impl ProdigyWriter {
    fn marked<'a>(&self, record: &'a Annotation, text: &Text, tokens: &[Span]) -> ProdigyMark<'a> {
        let extent = record.extent().unwrap_or(Span::new(0, 0));
        let over = covered(tokens, extent);
        let begins = tokens.get(over.start).is_some_and(|token| token.start == extent.start);
        let last =
            over.end.checked_sub(1).filter(|&last| tokens.get(last).is_some_and(|token| token.end == extent.end));
        let last = last.filter(|_| begins);
        ProdigyMark {
            id: record.id.to_string(),
            start: self.unit.of_byte(text, extent.start),
            end: self.unit.of_byte(text, extent.end),
            token_start: last.map(|_| over.start),
            token_end: last,
            label: &record.label,
        }
    }
}

impl Writer for ProdigyWriter {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let text = &page.text;
        let bounds = sentences(text).concat();
        let token = |(id, token): (usize, &Span)| ProdigyToken {
            text: text.slice(*token),
            start: self.unit.of_byte(text, token.start),
            end: self.unit.of_byte(text, token.end),
            id,
            ws: text.as_str()[token.end as usize..].starts_with(char::is_whitespace),
        };
        let tokens = bounds.iter().enumerate().map(token).collect();
        let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
        let spans: HashMap<Id, ProdigyMark<'_>> =
            records.iter().map(|record| (record.id, self.marked(record, text, &bounds))).collect();
        let mut relations = Vec::new();
        for record in records {
            for role in &record.roles {
                let Filler::Annotation(to) = role.filler else { continue };
                let (head_span, child_span) = (&spans[&record.id], &spans[&to]);
                let (head, child) = (head_span.token_end, child_span.token_end);
                relations.push(ProdigyRelation { head, child, head_span, child_span, label: &role.name });
            }
        }
        let task = ProdigyTask {
            text: text.as_str(),
            meta: about_object(&page.id, &page.about),
            tokens,
            spans: records.iter().map(|record| &spans[&record.id]).collect(),
            relations,
            answer: "accept",
        };
        json_line(pieces.append(FILE), &task)
    }
}

/// Answers to tasks that say that nothing in them holds.
const LEFT_OUT: [&str; 2] = ["reject", "ignore"];

fn article(
    record: &JsonRecord<'_>,
    left_out: &[AtomicUsize; 2],
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let content = text(value, "text")?;
    let answer = name(value, "answer");
    if let Some(at) = LEFT_OUT.iter().position(|left_out| *left_out == answer) {
        left_out[at].fetch_add(1, Ordering::Relaxed);
        return Ok(());
    }
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let mut marks = Vec::new();
    for (index, span) in list(value, "spans")?.iter().enumerate() {
        match mark(span, index) {
            Ok(mark) => marks.push(RawAnnotation { line: *line, ..mark }),
            Err(why) => problem(why),
        }
    }
    let categories = categories(value, marks.is_empty()).into_iter();
    marks.extend(categories.map(|label| RawAnnotation { label, line: *line, ..RawAnnotation::default() }));
    let relations = list(value, "relations")?;
    let ends = if relations.is_empty() { Ends::default() } else { Ends::of(&marks) };
    for relation in relations {
        let end = |side: &str| ends.find(relation.get(side)?);
        let (head, child, label) = (end("head_span"), end("child_span"), name(relation, "label"));
        match (head, child) {
            (Some(head), Some(child)) if !label.is_empty() => {
                let child = RawFiller::Annotation(marks[child].id.clone());
                marks[head].roles.push((reading.name(&label), child));
            }
            _ => problem(message!("prodigy-relation", label = label)),
        }
    }
    let (id, about) = about_of(value.get("meta"));
    let annotator = annotator(value).map(|name| reading.name(&name));
    let sets = vec![RawSet { annotator, marks, ..RawSet::default() }];
    let unit = reading.unit.unwrap_or(OffsetUnit::CodePoint);
    RawDocument { file, line: *line, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}

/// The labels of the text as a whole: those that were chosen among several, the one that was accepted, and those of spaCy that
/// hold.
fn categories(task: &Json<'_>, bare: bool) -> Vec<String> {
    let chosen = list(task, "accept").unwrap_or_default().iter().filter_map(scalar);
    let alone = Some(name(task, "label")).filter(|label| bare && !label.is_empty());
    let cats = task.get("cats").and_then(Json::as_object).into_iter().flatten();
    let holds = |value: &Json<'_>| match value {
        Json::Number(number) => number.as_f64().is_some_and(|number| number >= 0.5),
        other => other.as_bool() == Some(true),
    };
    let cats = cats.filter(|(_, value)| holds(value)).map(|(label, _)| label.to_string());
    let mut all: Vec<String> = Vec::new();
    for label in chosen.chain(alone).chain(cats) {
        if !all.contains(&label) {
            all.push(label);
        }
    }
    all
}

/// The annotator of a task: its own, else the session's. A session that nobody named is called by the time when it began,
/// which says nothing about who it was.
fn annotator(task: &Json<'_>) -> Option<String> {
    let named = |name: &String| {
        let stamp = name.rsplit_once('_').filter(|(_, time)| time.len() == 8);
        let digits = |text: &str| text.chars().all(|c| c.is_ascii_digit() || c == '-');
        let stamped = stamp.is_some_and(|(day, time)| {
            let day: String = day.chars().rev().take(10).collect();
            day.len() == 10 && digits(&day) && digits(time)
        });
        !name.is_empty() && !stamped
    };
    ["_annotator_id", "_session_id"].map(|field| name(task, field)).into_iter().find(named)
}

/// The ends that relations can join. A relation repeats the spans that it joins; Prodigy's own have no names, and are
/// told by place
/// and label.
#[derive(Default)]
struct Ends {
    named: RawNames,
    by_place: HashMap<(i64, i64), usize>,
    by_label: HashMap<(i64, i64, String), usize>,
}

impl Ends {
    fn of(marks: &[RawAnnotation]) -> Self {
        let mut ends = Self { named: RawNames::of(marks), ..Self::default() };
        for (index, mark) in marks.iter().enumerate() {
            for &(start, end) in &mark.at {
                ends.by_place.entry((start, end)).or_insert(index);
                ends.by_label.entry((start, end, mark.label.clone())).or_insert(index);
            }
        }
        ends
    }

    fn find(&self, span: &Json<'_>) -> Option<usize> {
        let (start, end) = (whole(span.get("start")?)?, whole(span.get("end")?)?);
        let label = name(span, "label");
        let by_place = || match label.as_str() {
            "" => self.by_place.get(&(start, end)).copied(),
            _ => self.by_label.get(&(start, end, label.clone())).copied(),
        };
        self.named.index(&name(span, "id")).or_else(by_place)
    }
}

fn mark(span: &Json<'_>, index: usize) -> Result<RawAnnotation, Message> {
    let id = name(span, "id");
    Ok(RawAnnotation {
        id: if id.is_empty() { format!("s{}", index + 1) } else { id },
        label: text(span, "label")?.to_owned(),
        at: vec![(offset(span, "start"), offset(span, "end"))],
        quote: span.get("text").and_then(Json::as_str).map(str::to_owned),
        ..RawAnnotation::default()
    })
}
