//! Jejak's own record: one article a line with text, annotations, trips, claims, referents and provenance; lossless both
//! ways. The fields are documented in `assets/formats/jejak-jsonl.schema.json`.
//!
//! Each line stands for itself: it repeats the referents that its annotations lead to. A last line without an article
//! holds what belongs to the project: its schema and the referents that no article mentions.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashSet};
use std::io;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::incoming::{Incoming, Mark, Marks, Target};
use super::{
    About, Card, Carries, Context, Format, Item, Layer, Loss, Page, Reading, Sink, Source, Unit, Whole, Writer,
};
use crate::model::{
    Annotation, Date, Drift, DriftedSpan, Filler, Id, Kind, LabelDef, Name, Origin, Problem, Progress, Referent, Role,
    Schema, Timestamp, Value, Via,
};
use crate::text::{Span, Text};

/// See the module.
pub(super) struct JejakJsonl;

const VERSION: u32 = 1;
const FILE: &str = "jejak.jsonl";

static CARD: Card = Card {
    name: "jejak-jsonl",
    title: "Jejak's own record: everything, one article a line",
    extension: "jsonl",
    file: Some(FILE),
    unit: Some(Unit::CodePoint),
    carries: Carries::EVERYTHING,
    several_sets: true,
    unmentioned: true,
    reads: true,
    reference: "assets/formats/jejak-jsonl.schema.json",
    notes: "Nothing is lost. Every line but the last is one article and stands for itself.",
};

impl Format for JejakJsonl {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn reduce(&self, _: &mut Page, _: &Context<'_>, _: &mut Loss) {}

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn Writer + 'a> {
        Box::new(Out { cx, mentioned: HashSet::new(), line: Vec::new() })
    }

    fn read(&self, source: &Source, reading: &Reading<'_>, out: &mut dyn FnMut(Item)) {
        for file in source.with_extension(&["jsonl", "ndjson"]) {
            let done = source.lines(file, &mut |number, line| {
                let problem = |why: String| Item::Problem(Problem::error("line", why).at(file, Some(number)));
                match line {
                    Ok(line) if line.trim().is_empty() => {}
                    Ok(line) => {
                        if let Err(why) = read_line(file, number, line, reading, out) {
                            out(problem(why));
                        }
                    }
                    Err(why) => out(problem(why)),
                }
            });
            if let Err(error) = done {
                out(Item::Problem(Problem::error("file", error.to_string()).at(file, None)));
            }
        }
    }
}

// The shape of a line.

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    jejak_jsonl: u32,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    article: Option<ArticleLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    sets: Vec<SetLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    project: Option<ProjectLine<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ArticleLine<'a> {
    #[serde(borrow, default)]
    id: Cow<'a, str>,
    #[serde(borrow, default)]
    title: Cow<'a, str>,
    #[serde(borrow, default)]
    publisher: Cow<'a, str>,
    #[serde(borrow, default)]
    published: Cow<'a, str>,
    #[serde(borrow, default)]
    url: Cow<'a, str>,
    #[serde(borrow, default)]
    language: Cow<'a, str>,
    #[serde(borrow, default)]
    source: Cow<'a, str>,
    #[serde(borrow, default)]
    source_sha256: Cow<'a, str>,
    #[serde(borrow, default)]
    sha256: Cow<'a, str>,
    #[serde(borrow, default)]
    offset_unit: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SetLine<'a> {
    annotator: Option<Name>,
    #[serde(default)]
    progress: ProgressLine,
    #[serde(borrow, default)]
    annotations: Vec<AnnotationLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    referents: Vec<ReferentLine<'a>>,
}

#[derive(Serialize, Deserialize, Default, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum ProgressLine {
    #[default]
    New,
    InProgress,
    Done,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AnnotationLine<'a> {
    #[serde(borrow, default)]
    id: Cow<'a, str>,
    label: Name,
    /// Written for readers outside; the schema decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    kind: Option<KindLine>,
    #[serde(borrow, default)]
    spans: Vec<SpanLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<AttributeLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<RoleLine<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    referent: Option<Id>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    drifted: Vec<SpanLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    drifted_roles: Vec<RoleLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    origin: Option<OriginLine<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum KindLine {
    Entity,
    Frame,
    Zone,
    Document,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct SpanLine<'a> {
    start: i64,
    end: i64,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    text: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct AttributeLine<'a> {
    name: Name,
    #[serde(borrow)]
    value: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RoleLine<'a> {
    #[serde(borrow)]
    role: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    annotation: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    spans: Vec<SpanLine<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    date: Option<Date>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    value: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    referent: Option<Id>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct OriginLine<'a> {
    by: Name,
    at: Timestamp,
    via: ViaLine,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    file: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    source: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    score: Option<u16>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    changed: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    adopted: Vec<Name>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    reason: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    gap: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
enum ViaLine {
    Hand,
    Import,
    Suggestion,
    Decision,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ReferentLine<'a> {
    id: Id,
    label: Name,
    #[serde(borrow, default)]
    name: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<AttributeLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    external: Vec<ExternalLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    roles: Vec<RoleLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    origin: Option<OriginLine<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ExternalLine<'a> {
    register: Name,
    #[serde(borrow)]
    id: Cow<'a, str>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct ProjectLine<'a> {
    #[serde(default)]
    title: String,
    #[serde(default)]
    people: Vec<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    labels: Vec<LabelDef>,
    /// Referents that no article mentions.
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    referents: Vec<Referents<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Referents<'a> {
    annotator: Name,
    #[serde(borrow)]
    referents: Vec<ReferentLine<'a>>,
}

// Writing.

struct Out<'a> {
    cx: Context<'a>,
    /// Referents that some line holds.
    mentioned: HashSet<(Name, Id)>,
    line: Vec<u8>,
}

impl Out<'_> {
    fn put(&mut self, line: &Line<'_>, sink: &mut dyn Sink) -> io::Result<()> {
        self.line.clear();
        serde_json::to_writer(&mut self.line, line)?;
        self.line.push(b'\n');
        sink.append(FILE, &self.line)
    }
}

impl Writer for Out<'_> {
    fn article(&mut self, page: &Page, sink: &mut dyn Sink) -> io::Result<()> {
        for layer in &page.sets {
            self.mentioned.extend(layer.referents.iter().map(|referent| (layer.annotator.clone(), referent.id)));
        }
        let about = &page.about;
        let article = ArticleLine {
            id: (&*page.id).into(),
            title: (&*about.title).into(),
            publisher: (&*about.publisher).into(),
            published: (&*about.published).into(),
            url: (&*about.url).into(),
            language: (&*about.language).into(),
            source: (&*about.source).into(),
            source_sha256: (&*about.source_sha256).into(),
            sha256: page.text.sha256().into(),
            offset_unit: Unit::CodePoint.name().into(),
        };
        let schema = &*self.cx.corpus.schema;
        let line = Line {
            jejak_jsonl: VERSION,
            article: Some(article),
            text: Some(page.text.as_str().into()),
            sets: page.sets.iter().map(|layer| set_line(layer, &page.text, schema)).collect(),
            project: None,
        };
        self.put(&line, sink)
    }

    fn end(&mut self, sink: &mut dyn Sink) -> io::Result<()> {
        let corpus = self.cx.corpus;
        let mut referents = Vec::new();
        for annotator in self.cx.annotators {
            let Some(all) = corpus.referents(annotator) else { continue };
            let rest = all.values().filter(|one| !self.mentioned.contains(&(annotator.clone(), one.id)));
            let rest: Vec<_> = rest.map(|one| referent_line(one)).collect();
            if !rest.is_empty() {
                referents.push(Referents { annotator: annotator.clone(), referents: rest });
            }
        }
        let project = ProjectLine {
            title: corpus.project.title.clone(),
            people: corpus.project.people.clone(),
            labels: corpus.schema.labels.clone(),
            referents,
        };
        let line = Line { jejak_jsonl: VERSION, article: None, text: None, sets: Vec::new(), project: Some(project) };
        self.put(&line, sink)
    }
}

fn set_line<'a>(layer: &'a Layer, text: &'a Text, schema: &Schema) -> SetLine<'a> {
    SetLine {
        annotator: Some(layer.annotator.clone()),
        progress: match layer.progress {
            Progress::New => ProgressLine::New,
            Progress::InProgress => ProgressLine::InProgress,
            Progress::Done => ProgressLine::Done,
        },
        annotations: layer.records.iter().map(|record| annotation_line(record, text, schema)).collect(),
        referents: layer.referents.iter().map(|referent| referent_line(referent)).collect(),
    }
}

fn annotation_line<'a>(record: &'a Annotation, text: &'a Text, schema: &Schema) -> AnnotationLine<'a> {
    AnnotationLine {
        id: record.id.to_string().into(),
        label: record.label.clone(),
        kind: schema.label(&record.label).map(|label| match label.kind {
            Kind::Entity => KindLine::Entity,
            Kind::Frame => KindLine::Frame,
            Kind::Zone => KindLine::Zone,
            Kind::Document => KindLine::Document,
        }),
        spans: span_lines(&record.at, text),
        attributes: attribute_lines(&record.attributes),
        roles: record.roles.iter().map(|role| role_line(role, Some(text))).collect(),
        referent: record.referent,
        note: (&*record.note).into(),
        drifted: record.drift.iter().flat_map(|drift| &drift.spans).map(drifted_line).collect(),
        drifted_roles: record.drift.iter().flat_map(|drift| &drift.roles).map(drifted_role).collect(),
        origin: Some(origin_line(&record.origin)),
    }
}

fn drifted_role((role, span): &(Name, DriftedSpan)) -> RoleLine<'_> {
    RoleLine { role: role.as_str().into(), spans: vec![drifted_line(span)], ..RoleLine::default() }
}

fn span_lines<'a>(at: &[Span], text: &'a Text) -> Vec<SpanLine<'a>> {
    let line = |span: &Span| SpanLine {
        start: text.byte_to_char(span.start).into(),
        end: text.byte_to_char(span.end).into(),
        text: Some(text.slice(*span).into()),
    };
    at.iter().map(line).collect()
}

fn drifted_line(span: &DriftedSpan) -> SpanLine<'_> {
    SpanLine { start: span.start.into(), end: span.end.into(), text: Some((&*span.quote).into()) }
}

fn attribute_lines(attributes: &[(Name, String)]) -> Vec<AttributeLine<'_>> {
    attributes.iter().map(|(name, value)| AttributeLine { name: name.clone(), value: value.into() }).collect()
}

/// A role of an annotation, or of a referent where there is no text.
fn role_line<'a>(role: &'a Role, text: Option<&'a Text>) -> RoleLine<'a> {
    let mut line = RoleLine { role: role.name.as_str().into(), ..RoleLine::default() };
    match (&role.filler, text) {
        (Filler::Annotation(id), Some(_)) => line.annotation = Some(id.to_string().into()),
        (Filler::Annotation(id), None) => line.referent = Some(*id),
        (Filler::Span(at), Some(text)) => line.spans = span_lines(at, text),
        (Filler::Span(_), None) => {}
        (Filler::Value(Value::Date(date)), _) => line.date = Some(date.clone()),
        (Filler::Value(Value::Text(value)), _) => line.value = Some(value.into()),
    }
    line
}

fn origin_line(origin: &Origin) -> OriginLine<'_> {
    let mut line = OriginLine {
        by: origin.by.clone(),
        at: origin.at,
        via: ViaLine::Hand,
        file: None,
        source: None,
        score: None,
        changed: false,
        adopted: Vec::new(),
        reason: Cow::Borrowed(""),
        gap: Cow::Borrowed(""),
    };
    match &origin.via {
        Via::Hand => {}
        Via::Import { file } => {
            line.via = ViaLine::Import;
            line.file = Some(file.into());
        }
        Via::Suggestion { source, score, changed } => {
            line.via = ViaLine::Suggestion;
            line.source = Some(source.clone());
            line.score = Some(*score);
            line.changed = *changed;
        }
        Via::Decision { adopted, reason, gap } => {
            line.via = ViaLine::Decision;
            line.adopted.clone_from(adopted);
            line.reason = reason.into();
            line.gap = gap.into();
        }
    }
    line
}

/// An origin as one JSON object.
pub(super) fn origin_json(origin: &Origin) -> String {
    serde_json::to_string(&origin_line(origin)).unwrap_or_default()
}

fn referent_line(referent: &Referent) -> ReferentLine<'_> {
    let external =
        |(register, id): &'_ (Name, String)| ExternalLine { register: register.clone(), id: id.clone().into() };
    ReferentLine {
        id: referent.id,
        label: referent.label.clone(),
        name: (&*referent.name).into(),
        attributes: attribute_lines(&referent.attributes),
        external: referent.external.iter().map(external).collect(),
        roles: referent.roles.iter().map(|role| role_line(role, None)).collect(),
        note: (&*referent.note).into(),
        origin: Some(origin_line(&referent.origin)),
    }
}

// Reading.

fn read_line(
    file: &str,
    number: u32,
    line: &str,
    reading: &Reading<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), String> {
    let line: Line = serde_json::from_str(line).map_err(|error| json_error(&error))?;
    if line.jejak_jsonl > VERSION {
        return Err(format!("the line has version {}, and versions up to {VERSION} are read", line.jejak_jsonl));
    }
    if let Some(project) = line.project {
        out(Item::Whole(Box::new(whole(project, reading)?)));
    }
    let Some(content) = line.text else {
        return if line.sets.is_empty() { Ok(()) } else { Err("there are annotations but no text".into()) };
    };
    let mut id = String::new();
    let mut about = About::default();
    let mut unit = Unit::CodePoint;
    if let Some(article) = line.article {
        let named = Unit::ALL.into_iter().find(|unit| unit.name() == article.offset_unit);
        unit = match named {
            Some(unit) => unit,
            None if article.offset_unit.is_empty() => unit,
            None => return Err(format!("\"{}\" is no offset unit", article.offset_unit)),
        };
        if !article.sha256.is_empty() && article.sha256 != crate::text::sha256_hex(content.as_bytes()) {
            let message = "the text is not the one that its sha256 was made of".to_owned();
            out(Item::Problem(Problem::warning("sha256", message).at(file, Some(number))));
        }
        id = article.id.into_owned();
        about = About {
            title: article.title.into_owned(),
            publisher: article.publisher.into_owned(),
            published: article.published.into_owned(),
            url: article.url.into_owned(),
            language: article.language.into_owned(),
            source: article.source.into_owned(),
            source_sha256: article.source_sha256.into_owned(),
        };
    }
    let sets = line.sets.into_iter().map(|set| marks(set, number, reading)).collect::<Result<_, _>>()?;
    Incoming { file, line: number, id, about, content: &content, unit, sets, dangling: true }.finish(reading, out);
    Ok(())
}

/// A parser's error without its line, which is that of the file already.
pub(super) fn json_error(error: &serde_json::Error) -> String {
    let said = error.to_string();
    let said = said.rfind(" at line ").map_or(said.as_str(), |at| &said[..at]);
    format!("column {}: {said}", error.column())
}

fn marks(set: SetLine<'_>, line: u32, reading: &Reading<'_>) -> Result<Marks, String> {
    Ok(Marks {
        annotator: set.annotator,
        progress: match set.progress {
            ProgressLine::New => Progress::New,
            ProgressLine::InProgress => Progress::InProgress,
            ProgressLine::Done => Progress::Done,
        },
        marks: set.annotations.into_iter().map(|one| mark(one, line, reading)).collect::<Result<_, _>>()?,
        referents: set
            .referents
            .into_iter()
            .map(|one| referent(one, reading).map(Arc::new))
            .collect::<Result<_, _>>()?,
    })
}

fn mark(line: AnnotationLine<'_>, number: u32, reading: &Reading<'_>) -> Result<Mark, String> {
    let (at, quote) = places(&line.spans);
    let drifted = |span: &SpanLine<'_>| DriftedSpan {
        start: u32::try_from(span.start).unwrap_or(0),
        end: u32::try_from(span.end).unwrap_or(0),
        quote: span.text.as_deref().unwrap_or_default().to_owned(),
    };
    Ok(Mark {
        label: line.label.to_string(),
        at,
        quote,
        attributes: line.attributes.into_iter().map(|one| (reading.name(&one.name), one.value.into_owned())).collect(),
        roles: line.roles.iter().map(|role| target(role, reading)).collect::<Result<_, _>>()?,
        referent: line.referent,
        note: line.note.into_owned(),
        origin: line.origin.map(|line| origin(line, reading)).transpose()?,
        drift: Drift {
            spans: line.drifted.iter().map(drifted).collect(),
            roles: (line.drifted_roles.iter())
                .flat_map(|role| role.spans.iter().map(|span| (reading.name(&role.role), drifted(span))))
                .collect(),
        },
        line: number,
        id: line.id.into_owned(),
    })
}

/// Offsets of fragments, and what they say where all of them say it.
fn places(spans: &[SpanLine<'_>]) -> (Vec<(i64, i64)>, Option<String>) {
    let said: Option<Vec<&str>> = spans.iter().map(|span| span.text.as_deref()).collect();
    let quote = said.filter(|said| !said.is_empty()).map(|said| said.join(" "));
    (spans.iter().map(|span| (span.start, span.end)).collect(), quote)
}

fn target(line: &RoleLine<'_>, reading: &Reading<'_>) -> Result<(Name, Target), String> {
    let name = reading.name(&line.role);
    let target = match line {
        RoleLine { annotation: Some(id), .. } => Target::Mark(id.clone().into_owned()),
        RoleLine { date: Some(date), .. } => Target::Value(Value::Date(date.clone())),
        RoleLine { value: Some(value), .. } => Target::Value(Value::Text(value.clone().into_owned())),
        RoleLine { spans, .. } if !spans.is_empty() => {
            let (at, quote) = places(spans);
            Target::Words(at, quote)
        }
        _ => return Err(format!("role \"{name}\" is filled by nothing")),
    };
    Ok((name, target))
}

fn origin(line: OriginLine<'_>, reading: &Reading<'_>) -> Result<Origin, String> {
    let via = match line.via {
        ViaLine::Hand => Via::Hand,
        ViaLine::Import => Via::Import { file: line.file.unwrap_or_default().into_owned() },
        ViaLine::Suggestion => Via::Suggestion {
            source: line.source.ok_or("a suggestion does not say its source")?,
            score: line.score.unwrap_or(0),
            changed: line.changed,
        },
        ViaLine::Decision => {
            Via::Decision { adopted: line.adopted, reason: line.reason.into_owned(), gap: line.gap.into_owned() }
        }
    };
    Ok(Origin { by: reading.name(&line.by), at: line.at, via })
}

fn referent(line: ReferentLine<'_>, reading: &Reading<'_>) -> Result<Referent, String> {
    let role = |line: &RoleLine<'_>| -> Result<Role, String> {
        let filler = match line {
            RoleLine { referent: Some(id), .. } => Filler::Annotation(*id),
            RoleLine { date: Some(date), .. } => Filler::Value(Value::Date(date.clone())),
            RoleLine { value: Some(value), .. } => Filler::Value(Value::Text(value.clone().into_owned())),
            _ => return Err(format!("role \"{}\" of a referent is filled by nothing", line.role)),
        };
        Ok(Role { name: reading.name(&line.role), filler })
    };
    Ok(Referent {
        id: line.id,
        label: reading.name(&line.label),
        name: line.name.into_owned(),
        attributes: line.attributes.into_iter().map(|one| (one.name, one.value.into_owned())).collect(),
        external: line.external.into_iter().map(|one| (one.register, one.id.into_owned())).collect(),
        roles: line.roles.iter().map(role).collect::<Result<_, _>>()?,
        note: line.note.into_owned(),
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin("")),
    })
}

fn whole(line: ProjectLine<'_>, reading: &Reading<'_>) -> Result<Whole, String> {
    let mut referents = BTreeMap::new();
    for one in line.referents {
        let all: Result<_, String> =
            one.referents.into_iter().map(|line| Ok((line.id, Arc::new(referent(line, reading)?)))).collect();
        referents.insert(one.annotator, all?);
    }
    Ok(Whole { title: line.title, people: line.people, labels: line.labels, referents })
}
