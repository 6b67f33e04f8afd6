//! RAMS: JSON Lines of tokens with events and the words that fill their roles.

use crate::key;
use crate::lang::Message;
use crate::message;
use std::collections::HashMap;
use std::io;

use serde_json::json;

use super::frames::{Fillers, align, reduce_frames, space_tokens, words};
use super::json::{Json, JsonRecord, json_line, list, name, records};
use super::loss::rename;
use super::raw_document::{RawAnnotation, RawDocument, RawFiller, RawSet};
use super::tokens::covered;
use super::{
    AnyWriter, ArticleMetadata, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext,
    ImportFiles, Item, Loss, Lost, OffsetUnit, Pieces, Writer,
};
use crate::model::{Kind, Problem};
use crate::text::Span;

/// See the module.
pub(super) struct Rams;

const FILE: &str = "rams.jsonl";

static INFO: FormatInfo = FormatInfo {
    name: "rams",
    title: key!("format-rams"),
    extension: "jsonl",
    file: Some(FILE),
    unit: None,
    capabilities: Capabilities { metadata: &["url"], kinds: &[Kind::Frame], role_words: true, ..Capabilities::SPANS },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "Ebner et al. 2020, https://aclanthology.org/2020.acl-main.718/",
    notes: key!("format-rams-notes"),
};

impl Format for Rams {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce_frames(page, &INFO.capabilities, Fillers::Words, cx, loss);
        align(page, cx, loss);
        space_tokens(page, loss);
        let article = page.id.clone();
        // Two frames on the same words are one event to whoever reads the links.
        for layer in &mut page.sets {
            let text = &page.text;
            layer.records.dedup_by(|next, first| {
                let same = next.at == first.at;
                if same {
                    loss.note(Lost::Overlap, 1, || super::loss::place(&article, text, next));
                }
                same
            });
        }
        rename(page, loss, |index, _| format!("e{}", index + 1).parse().expect("a letter and a number are an id"));
    }

    fn leaves_out(&self, page: &ExchangeDocument) -> bool {
        page.text.as_str().trim().is_empty()
    }

    fn writer<'a>(&self, _: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(RamsWriter)
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        records(source, reading, out, article);
    }
}

struct RamsWriter;

impl Writer for RamsWriter {
    /// The reduced text holds the tokens: a sentence a line, parted by spaces.
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        if page.text.as_str().trim().is_empty() {
            return Ok(());
        }
        let mut tokens: Vec<Span> = Vec::new();
        let mut sentences: Vec<Vec<&str>> = Vec::new();
        let mut at = 0;
        for line in page.text.as_str().split('\n') {
            let mut sentence = Vec::new();
            for token in line.split(' ') {
                tokens.push(Span::new(at, at + token.len() as u32));
                at += token.len() as u32 + 1;
                sentence.push(token);
            }
            sentences.push(sentence);
        }
        let over = |span: Span| {
            let over = covered(&tokens, span);
            (over.start, over.end.saturating_sub(1))
        };
        let (mut spans, mut triggers, mut links) = (Vec::new(), Vec::new(), Vec::new());
        let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
        for (event, record) in (1..).zip(records) {
            let Some(extent) = record.extent() else { continue };
            let (first, last) = over(extent);
            triggers.push(json!([first, last, [[record.label.as_str(), 1.0]]]));
            for (number, (role, span)) in (1..).zip(words(record)) {
                let label = format!("evt{event:03}arg{number:02}{role}");
                let (from, until) = over(span);
                spans.push(json!([from, until, [[label, 1.0]]]));
                links.push(json!([[first, last], [from, until], label]));
            }
        }
        let line = json!({
            "doc_key": page.id,
            "sentences": sentences,
            "ent_spans": spans,
            "evt_triggers": triggers,
            "gold_evt_links": links,
            "source_url": page.about.url,
        });
        json_line(pieces.append(FILE), &line)
    }
}

/// `evt089arg02place` is the role `place`.
fn role(label: &str) -> &str {
    let digits = |rest: &str| rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let Some(rest) = label.strip_prefix("evt") else { return label };
    let rest = &rest[rest.len() - digits(rest)..];
    let Some(rest) = rest.strip_prefix("arg") else { return label };
    let role = &rest[rest.len() - digits(rest)..];
    if role.is_empty() { label } else { role }
}

fn article(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let mut content = String::new();
    let mut places: Vec<(i64, i64)> = Vec::new();
    for (index, sentence) in list(value, "sentences")?.iter().enumerate() {
        let tokens = sentence.as_array().ok_or(message!("rams-sentence"))?;
        for (at, token) in tokens.iter().enumerate() {
            content.push_str(if at > 0 {
                " "
            } else if index > 0 {
                "\n"
            } else {
                ""
            });
            let start = content.len() as i64;
            content.push_str(token.as_str().ok_or(message!("rams-token"))?);
            places.push((start, content.len() as i64));
        }
    }
    if places.is_empty() {
        return Err(message!("rams-sentences"));
    }
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let pair =
        |value: Option<&Json<'_>>| -> Option<(i64, i64)> { Some((value?.get(0)?.as_i64()?, value?.get(1)?.as_i64()?)) };
    let place = |(first, last): (i64, i64)| -> Option<(i64, i64)> {
        let token = |at: i64| usize::try_from(at).ok().and_then(|at| places.get(at));
        Some((token(first)?.0, token(last)?.1))
    };
    let mut marks: Vec<RawAnnotation> = Vec::new();
    let mut by_tokens: HashMap<(i64, i64), usize> = HashMap::new();
    for trigger in list(value, "evt_triggers")? {
        let tokens = pair(Some(trigger));
        let label = trigger.get(2).and_then(|types| types.get(0)?.get(0)?.as_str()).unwrap_or_default();
        match tokens.and_then(|tokens| Some((tokens, place(tokens)?))) {
            Some((tokens, at)) => {
                by_tokens.entry(tokens).or_insert(marks.len());
                let id = format!("e{}", marks.len() + 1);
                marks.push(RawAnnotation {
                    id,
                    label: label.to_owned(),
                    at: vec![at],
                    line: *line,
                    ..RawAnnotation::default()
                });
            }
            None => problem(message!("rams-trigger", label = label)),
        }
    }
    for link in list(value, "gold_evt_links")? {
        let said = link.get(2).and_then(Json::as_str).unwrap_or_default();
        let event = pair(link.get(0)).and_then(|tokens| by_tokens.get(&tokens));
        match (event, pair(link.get(1)).and_then(place)) {
            (Some(&event), Some(at)) => {
                marks[event].roles.push((reading.name(role(said)), RawFiller::Words(vec![at], None)));
            }
            (None, _) => problem(message!("rams-event", said = said)),
            (_, None) => problem(message!("rams-tokens", said = said)),
        }
    }
    let about = ArticleMetadata { url: name(value, "source_url"), ..ArticleMetadata::default() };
    let sets = vec![RawSet { marks, ..RawSet::default() }];
    let id = name(value, "doc_key");
    // Places were counted here.
    RawDocument { file, line: *line, id, about, content: &content, unit: OffsetUnit::Byte, sets, dangling: false }
        .finish(reading, out);
    Ok(())
}
