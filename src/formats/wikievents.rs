//! WikiEvents: JSON Lines of texts with entity mentions and events whose arguments they are.

use std::collections::HashMap;
use std::io;

use serde_json::{Value, json};

use super::frames::{Fillers, align, reduce_frames, tokenise, words};
use super::incoming::{Incoming, Mark, Marks, Target};
use super::json::{Json, Record, json_line, list, name, number, records, text};
use super::loss::rename;
use super::tokens::covered;
use super::{
    About, AnyWriter, Card, Carries, Context, Format, Item, Loss, Page, Pieces, Reading, Source, Unit, Writer,
};
use crate::model::{Filler, Id, Kind, Problem};
use crate::text::Span;

/// See the module.
pub(super) struct WikiEvents;

const FILE: &str = "wikievents.jsonl";

static CARD: Card = Card {
    name: "wikievents",
    title: "WikiEvents: trips and claims as events, entities as their arguments",
    extension: "jsonl",
    file: Some(FILE),
    unit: None,
    carries: Carries { kinds: &[Kind::Entity, Kind::Frame], roles: true, role_words: true, ..Carries::SPANS },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "Li, Ji & Han 2021, https://aclanthology.org/2021.naacl-main.69/",
    notes: "Offsets count tokens of the article, whose places in the text stand beside them; spans are widened to whole \
            tokens. Frames need words of their own, and only entities and bare words fill their roles. Bare words are \
            entity mentions without a type.",
};

impl Format for WikiEvents {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn reduce(&self, page: &mut Page, cx: &Context<'_>, loss: &mut Loss) {
        reduce_frames(page, &CARD.carries, Fillers::Entities, cx, loss);
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
        Box::new(Out { cx })
    }

    fn read(&self, source: &Source, reading: &Reading<'_>, out: &mut dyn FnMut(Item)) {
        records(source, reading, out, article);
    }
}

struct Out<'a> {
    cx: Context<'a>,
}

impl Writer for Out<'_> {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &Page, pieces: &mut Pieces) -> io::Result<()> {
        let schema = &self.cx.corpus.schema;
        let sentences = tokenise(page);
        let tokens = sentences.concat();
        let starts: Vec<u32> = sentences.iter().map(|sentence| sentence[0].start).collect();
        let sentence_of = |span: Span| starts.partition_point(|&start| start <= span.start).saturating_sub(1);
        let called = |id: Id| format!("{}-{}", page.id, id.to_string().to_uppercase());
        let place = |span: Span| {
            let over = covered(&tokens, span);
            json!({"start": over.start, "end": over.end, "text": page.text.slice(span), "sent_idx": sentence_of(span)})
        };
        let mention = |id: &str, kind: &str, span: Span| {
            let mut one = place(span);
            (one["id"], one["entity_type"], one["mention_type"]) = (id.into(), kind.into(), "UNK".into());
            one
        };
        let (mut entities, mut events) = (Vec::new(), Vec::new());
        let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
        let extents: HashMap<Id, Span> =
            records.iter().filter_map(|record| Some((record.id, record.extent()?))).collect();
        for record in records {
            let Some(extent) = record.extent() else { continue };
            if schema.kind(&record.label) != Kind::Frame {
                entities.push(mention(&called(record.id), &record.label, extent));
                continue;
            }
            // Bare words are mentions without a type.
            let mut bare: Vec<(Span, String)> = Vec::new();
            for (number, (_, span)) in (1..).zip(words(record)) {
                let id = format!("{}-A{number}", called(record.id));
                entities.push(mention(&id, "", span));
                bare.push((span, id));
            }
            let mut bare = bare.into_iter();
            let arguments: Vec<Value> = (record.roles.iter())
                .filter_map(|role| {
                    let (id, span) = match &role.filler {
                        Filler::Annotation(id) => (called(*id), *extents.get(id)?),
                        Filler::Span(_) => bare.next().map(|(span, id)| (id, span))?,
                        Filler::Value(_) => return None,
                    };
                    Some(json!({"entity_id": id, "role": role.name.as_str(), "text": page.text.slice(span)}))
                })
                .collect();
            events.push(json!({
                "id": called(record.id),
                "event_type": record.label.as_str(),
                "trigger": place(extent),
                "arguments": arguments,
            }));
        }
        let said = |span: &Span| page.text.slice(*span);
        let offset = |byte| page.text.byte_to_char(byte);
        let told: Vec<Value> = (sentences.iter())
            .map(|sentence| {
                let places: Vec<Value> =
                    sentence.iter().map(|token| json!([said(token), offset(token.start), offset(token.end)])).collect();
                let whole = Span::new(sentence[0].start, sentence[sentence.len() - 1].end);
                json!([places, said(&whole)])
            })
            .collect();
        let line = json!({
            "doc_id": page.id,
            "tokens": tokens.iter().map(said).collect::<Vec<_>>(),
            "text": page.text.as_str(),
            "sentences": told,
            "entity_mentions": entities,
            "relation_mentions": [],
            "event_mentions": events,
        });
        json_line(pieces.append(FILE), &line)
    }
}

/// The places of the tokens in code points, as the sentences say them.
fn places(value: &Json<'_>) -> Result<Vec<(i64, i64)>, String> {
    let mut places = Vec::new();
    for sentence in list(value, "sentences")? {
        for token in sentence.get(0).and_then(Json::as_array).ok_or("a sentence has no list of tokens")? {
            let place = |at: usize| token.get(at).and_then(Json::as_i64);
            places.push((place(1).ok_or("a token has no place")?, place(2).ok_or("a token has no place")?));
        }
    }
    Ok(places)
}

fn article(record: &Record<'_>, reading: &Reading<'_>, out: &mut dyn FnMut(Item)) -> Result<(), String> {
    let Record { file, line, value } = record;
    let content = text(value, "text")?;
    let places = places(value)?;
    let mut problem = |why: String| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let place = |one: &Json<'_>| -> Result<(i64, i64), String> {
        let (start, end) = (number(one, "start")?, number(one, "end")?);
        let token = |at: i64| usize::try_from(at).ok().and_then(|at| places.get(at));
        let (first, last) = (token(start), end.checked_sub(1).and_then(token));
        let place = first.zip(last).map(|(first, last)| (first.0, last.1));
        place.ok_or_else(|| format!("there are no tokens from {start} to {end}"))
    };
    let quote = |one: &Json<'_>| one.get("text").and_then(Json::as_str).map(str::to_owned);
    let doc = name(value, "doc_id");
    // `road_ied_8-T12` is called t12 here.
    let short = |id: &str| id.strip_prefix(&format!("{doc}-")).unwrap_or(id).to_owned();
    let mut marks: Vec<Mark> = Vec::new();
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
                marks.push(Mark { id, label, at: vec![at], quote: quote(one), line: *line, ..Mark::default() });
            }
            Err(why) => problem(format!("entity {id}: {why}")),
        }
    }
    for one in list(value, "event_mentions")? {
        let id = name(one, "id");
        let trigger = one.get("trigger").unwrap_or(&Json::Null);
        let at = match place(trigger) {
            Ok(at) => at,
            Err(why) => {
                problem(format!("event {id}: {why}"));
                continue;
            }
        };
        let mut roles = Vec::new();
        for argument in list(one, "arguments")? {
            let (to, role) = (name(argument, "entity_id"), name(argument, "role"));
            let target = match bare.get(&to) {
                Some((at, quote)) => Target::Words(vec![*at], quote.clone()),
                None => Target::Mark(short(&to)),
            };
            roles.push((reading.name(&role), target));
        }
        let (id, label, quote) = (short(&id), name(one, "event_type"), quote(trigger));
        marks.push(Mark { id, label, at: vec![at], quote, roles, line: *line, ..Mark::default() });
    }
    let sets = vec![Marks { marks, ..Marks::default() }];
    let about = About::default();
    let unit = reading.unit.unwrap_or(Unit::CodePoint);
    Incoming { file, line: *line, id: doc, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}
