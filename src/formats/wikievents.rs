//! WikiEvents: JSON Lines of texts with entity mentions and events whose arguments they are.

use crate::key;
use crate::lang::Message;
use crate::message;
use std::collections::HashMap;
use std::io;
use std::sync::{Mutex, PoisonError};

use serde::Serialize;

use super::frames::{self, Fillers, align, reduce_frames, tokenise};
use super::json::{
    EXTENSIONS, Json, JsonRecord, first_values, json_line, list, name, number, records_of, scalar, text,
};
use super::loss::rename;
use super::raw_document::{RawAnnotation, RawDocument, RawFiller, RawNames, RawSet};
use super::references::References;
use super::tokens::covered;
use super::{
    AnyWriter, ArticleMetadata, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext,
    ImportFiles, Item, Loss, OffsetUnit, Pieces, Writer,
};
use crate::model::{Filler, Id, Kind, Name, Problem, Role};
use crate::text::Span;

/// See the module.
pub(super) struct WikiEvents;

const FILE: &str = "wikievents.jsonl";

static INFO: FormatInfo = FormatInfo {
    name: "wikievents",
    title: key!("format-wikievents"),
    extension: "jsonl",
    file: Some(FILE),
    unit: None,
    capabilities: Capabilities {
        kinds: &[Kind::Entity, Kind::Frame],
        roles: true,
        role_words: true,
        ..Capabilities::SPANS
    },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "Li, Ji & Han 2021, https://aclanthology.org/2021.naacl-main.69/",
    notes: key!("format-wikievents-notes"),
};

impl Format for WikiEvents {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce_frames(page, &INFO.capabilities, Fillers::Entities, cx, loss);
        align(page, cx, loss);
        let schema = &cx.corpus.schema;
        let mut numbers = [0; 2];
        rename(page, loss, |_, record| {
            let frame = schema.kind(&record.label) == Kind::Frame;
            numbers[usize::from(frame)] += 1;
            let (letter, number) = if frame { ('e', numbers[1]) } else { ('t', numbers[0]) };
            format!("{letter}{number}").parse().expect("a letter and a number are an id")
        });
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(WikiEventsWriter { cx })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let (keys, texts): (Vec<&str>, Vec<&str>) = source.with_extension(&EXTENSIONS).into_iter().partition(|file| {
            let first = first_values(source, file, 1);
            first.first().is_some_and(|first| first.get("clusters").is_some() && first.get("text").is_none())
        });
        let clusters: Mutex<HashMap<String, Vec<Vec<String>>>> = Mutex::default();
        records_of(source, keys, false, reading, out, |record, _, _| {
            let doc = ["doc_key", "doc_id"].map(|field| name(&record.value, field));
            let members =
                |cluster: &Json<'_>| cluster.as_array().unwrap_or_default().iter().filter_map(scalar).collect();
            let found: Vec<Vec<String>> = list(&record.value, "clusters")?.iter().map(members).collect();
            let mut all = clusters.lock().unwrap_or_else(PoisonError::into_inner);
            all.entry(doc.into_iter().find(|doc| !doc.is_empty()).unwrap_or_default()).or_default().extend(found);
            Ok(())
        });
        let clusters = clusters.into_inner().unwrap_or_else(PoisonError::into_inner);
        records_of(source, texts, false, reading, out, |record, reading, out| article(record, &clusters, reading, out));
    }
}

struct WikiEventsWriter<'a> {
    cx: Context<'a>,
}

/// A token and its place in code points.
type WikiToken<'a> = (&'a str, u32, u32);

#[derive(Serialize)]
struct WikiLine<'a> {
    doc_id: &'a str,
    tokens: Vec<&'a str>,
    text: &'a str,
    sentences: Vec<(Vec<WikiToken<'a>>, &'a str)>,
    entity_mentions: Vec<Mention<'a>>,
    relation_mentions: [(); 0],
    event_mentions: Vec<WikiEvent<'a>>,
}

#[derive(Serialize)]
struct WikiPlace<'a> {
    start: usize,
    end: usize,
    text: &'a str,
    sent_idx: usize,
}

#[derive(Serialize)]
struct Mention<'a> {
    #[serde(flatten)]
    place: WikiPlace<'a>,
    id: String,
    entity_type: &'a str,
    mention_type: &'static str,
}

#[derive(Serialize)]
struct WikiEvent<'a> {
    id: String,
    event_type: &'a str,
    trigger: WikiPlace<'a>,
    arguments: Vec<WikiArgument<'a>>,
}

#[derive(Serialize)]
struct WikiArgument<'a> {
    entity_id: String,
    role: &'a str,
    text: &'a str,
}

impl Writer for WikiEventsWriter<'_> {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let schema = &self.cx.corpus.schema;
        let sentences = tokenise(page);
        let tokens = sentences.concat();
        let starts: Vec<u32> = sentences.iter().map(|sentence| sentence[0].start).collect();
        let said = |span: Span| page.text.slice(span);
        let called = |id: Id| format!("{}-{}", page.id, id.to_string().to_uppercase());
        let place = |span: Span| {
            let over = covered(&tokens, span);
            let sent_idx = starts.partition_point(|&start| start <= span.start).saturating_sub(1);
            WikiPlace { start: over.start, end: over.end, text: said(span), sent_idx }
        };
        let (mut entity_mentions, mut event_mentions) = (Vec::new(), Vec::new());
        let mut mention = |id: String, entity_type, span| {
            entity_mentions.push(Mention { place: place(span), id, entity_type, mention_type: "UNK" });
        };
        let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
        let extents: HashMap<Id, Span> =
            records.iter().filter_map(|record| Some((record.id, record.extent()?))).collect();
        for record in records {
            let Some(extent) = record.extent() else { continue };
            if schema.kind(&record.label) != Kind::Frame {
                mention(called(record.id), &record.label, extent);
                continue;
            }
            let mut bare = 0;
            let mut argument = |role: &'_ Role| -> Option<(String, Span)> {
                match &role.filler {
                    Filler::Annotation(id) => Some((called(*id), *extents.get(id)?)),
                    // Bare words are mentions without a type.
                    Filler::Span(at) => {
                        let span = frames::extent(at)?;
                        bare += 1;
                        let id = format!("{}-A{bare}", called(record.id));
                        mention(id.clone(), "", span);
                        Some((id, span))
                    }
                    Filler::Value(_) => None,
                }
            };
            let mut arguments = Vec::new();
            for role in &record.roles {
                let filler = argument(role);
                arguments.extend(filler.map(|(entity_id, span)| WikiArgument {
                    entity_id,
                    role: &role.name,
                    text: said(span),
                }));
            }
            event_mentions.push(WikiEvent {
                id: called(record.id),
                event_type: &record.label,
                trigger: place(extent),
                arguments,
            });
        }
        let offset = |byte| page.text.byte_to_char(byte);
        let told = sentences.iter().map(|sentence| {
            let places = sentence.iter().map(|token| (said(*token), offset(token.start), offset(token.end)));
            (places.collect(), said(Span::new(sentence[0].start, sentence[sentence.len() - 1].end)))
        });
        let line = WikiLine {
            doc_id: &page.id,
            tokens: tokens.iter().map(|token| said(*token)).collect(),
            text: page.text.as_str(),
            sentences: told.collect(),
            entity_mentions,
            relation_mentions: [],
            event_mentions,
        };
        json_line(pieces.append(FILE), &line)
    }
}

/// The places of the tokens in code points, as the sentences say them.
fn places(value: &Json<'_>) -> Result<Vec<(i64, i64)>, Message> {
    let mut places = Vec::new();
    for sentence in list(value, "sentences")? {
        for token in sentence.get(0).and_then(Json::as_array).ok_or(message!("wiki-sentence"))? {
            let place = |at: usize| token.get(at).and_then(Json::as_i64);
            places.push((place(1).ok_or(message!("wiki-token"))?, place(2).ok_or(message!("wiki-token"))?));
        }
    }
    Ok(places)
}

fn article(
    record: &JsonRecord<'_>,
    clusters: &HashMap<String, Vec<Vec<String>>>,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let content = text(value, "text")?;
    let places = places(value)?;
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let place = |one: &Json<'_>| -> Result<(i64, i64), Message> {
        let (start, end) = (number(one, "start")?, number(one, "end")?);
        let token = |at: i64| usize::try_from(at).ok().and_then(|at| places.get(at));
        let (first, last) = (token(start), end.checked_sub(1).and_then(token));
        let place = first.zip(last).map(|(first, last)| (first.0, last.1));
        place.ok_or_else(|| message!("wiki-tokens", start = start, end = end))
    };
    let quote = |one: &Json<'_>| one.get("text").and_then(Json::as_str).map(str::to_owned);
    let doc = name(value, "doc_id");
    // `road_ied_8-T12` is called t12 here.
    let short = |id: &str| id.strip_prefix(&format!("{doc}-")).unwrap_or(id).to_owned();
    let mut marks: Vec<RawAnnotation> = Vec::new();
    // Mentions without a type are bare words.
    let mut bare: HashMap<String, ((i64, i64), Option<String>)> = HashMap::new();
    for one in list(value, "entity_mentions")? {
        let (id, label) = (name(one, "id"), name(one, "entity_type"));
        match place(one) {
            Ok(at) if label.is_empty() => {
                bare.insert(id, (at, quote(one)));
            }
            Ok(at) => {
                let id = short(&id);
                marks.push(RawAnnotation {
                    id,
                    label,
                    at: vec![at],
                    quote: quote(one),
                    line: *line,
                    ..RawAnnotation::default()
                });
            }
            Err(why) => problem(message!("wiki-entity", id = id, why = why)),
        }
    }
    let roles = |one: &Json<'_>| -> Result<Vec<(Name, RawFiller)>, Message> {
        let role = |argument: &Json<'_>| {
            let (to, role) = (name(argument, "entity_id"), name(argument, "role"));
            let target = match bare.get(&to) {
                Some((at, quote)) => RawFiller::Words(vec![*at], quote.clone()),
                None => RawFiller::Annotation(short(&to)),
            };
            (reading.name(&role), target)
        };
        Ok(list(one, "arguments")?.iter().map(role).collect())
    };
    for one in list(value, "event_mentions")? {
        let id = name(one, "id");
        let trigger = one.get("trigger").unwrap_or(&Json::Null);
        let at = match place(trigger) {
            Ok(at) => at,
            Err(why) => {
                problem(message!("wiki-event", id = id, why = why));
                continue;
            }
        };
        let roles = roles(one)?;
        let (id, label, quote) = (short(&id), name(one, "event_type"), quote(trigger));
        marks.push(RawAnnotation { id, label, at: vec![at], quote, roles, line: *line, ..RawAnnotation::default() });
    }
    for one in list(value, "relation_mentions")? {
        let (kind, inner) = (name(one, "relation_type"), name(one, "relation_subtype"));
        let label = if inner.is_empty() { kind } else { format!("{kind}.{inner}") };
        let roles = roles(one)?;
        marks.push(RawAnnotation {
            id: short(&name(one, "id")),
            label,
            roles,
            line: *line,
            ..RawAnnotation::default()
        });
    }
    let named = RawNames::of(&marks);
    let mut referents = References::default();
    for cluster in clusters.get(&doc).into_iter().flatten() {
        let members: Vec<usize> = cluster.iter().filter_map(|id| named.index(&short(id))).collect();
        if members.len() > 1 {
            referents.join(&members, &mut marks, reading, file);
        }
    }
    let sets = vec![RawSet { marks, referents: referents.all(), ..RawSet::default() }];
    let about = ArticleMetadata::default();
    let unit = reading.unit.unwrap_or(OffsetUnit::CodePoint);
    RawDocument { file, line: *line, id: doc, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}
