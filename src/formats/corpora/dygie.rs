//! `DyGIE++`: sentences of tokens with entities, relations, events and clusters, each by the tokens of the whole document.

use std::collections::HashMap;

use super::info::reads_only;
use crate::formats::json::{EXTENSIONS, Json, JsonRecord, list, name, records_of, scalar, whole};
use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawFiller, RawSet};
use crate::formats::references::References;
use crate::formats::tokens::Joined;
use crate::formats::{ArticleMetadata, Capabilities, Format, FormatInfo, ImportContext, ImportFiles, Item, OffsetUnit};
use crate::key;
use crate::lang::Message;
use crate::message;
use crate::model::{Kind, Problem};

/// See the module.
pub(in crate::formats) struct Dygie;

static INFO: FormatInfo = FormatInfo {
    capabilities: Capabilities {
        kinds: &[Kind::Entity, Kind::Frame],
        roles: true,
        role_words: true,
        referents: true,
        ..Capabilities::SPANS
    },
    ..reads_only(
        "dygie",
        key!("format-dygie"),
        "jsonl",
        "https://github.com/dwadden/dygiepp/blob/master/doc/data.md",
        key!("format-dygie-notes"),
    )
};

/// The label of words that a cluster or relation has and no entity.
const MENTION: &str = "mention";

impl Format for Dygie {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        records_of(source, source.with_extension(&EXTENSIONS), false, reading, out, article);
    }
}

#[derive(Default)]
struct Spans {
    joined: Joined,
    marks: Vec<RawAnnotation>,
    by_tokens: HashMap<(i64, i64), usize>,
    line: u32,
}

impl Spans {
    /// The first mark of these tokens; a mention without a label where there is none.
    fn mark(&mut self, tokens: (i64, i64)) -> Option<usize> {
        if let Some(&at) = self.by_tokens.get(&tokens) {
            return Some(at);
        }
        self.joined.place(tokens.0, tokens.1).map(|_| self.add(tokens, MENTION))
    }

    /// Adds a mark of these tokens; where there are none, without a place.
    fn add(&mut self, tokens: (i64, i64), label: &str) -> usize {
        let at = vec![self.joined.place(tokens.0, tokens.1).unwrap_or((NO_OFFSET, NO_OFFSET))];
        let id = format!("m{}", self.marks.len() + 1);
        self.by_tokens.entry(tokens).or_insert(self.marks.len());
        self.marks.push(RawAnnotation { id, label: label.to_owned(), at, line: self.line, ..RawAnnotation::default() });
        self.marks.len() - 1
    }
}

fn pair(value: &Json<'_>, at: usize) -> Option<(i64, i64)> {
    Some((whole(value.get(at)?)?, whole(value.get(at + 1)?)?))
}

fn article(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let mut spans = Spans { line: *line, ..Spans::default() };
    for sentence in list(value, "sentences")? {
        spans.joined.sentence();
        for token in sentence.as_array().ok_or(message!("rams-sentence"))? {
            spans.joined.token(&scalar(token).ok_or(message!("rams-token"))?);
        }
    }
    let mut wrong = Vec::new();
    let mut not_placed = |one: &Json<'_>| wrong.push(message!("dygie-place", value = one));
    let of_sentences = |field| -> Result<Vec<&Json<'_>>, Message> {
        Ok(list(value, field)?.iter().filter_map(Json::as_array).flatten().collect())
    };
    for one in of_sentences("ner")? {
        match pair(one, 0).zip(one.get(2).and_then(scalar)) {
            Some((tokens, label)) => {
                spans.add(tokens, &label);
            }
            None => not_placed(one),
        }
    }
    for one in of_sentences("events")? {
        let (mut event, mut roles) = (None, Vec::new());
        for (number, part) in one.as_array().unwrap_or_default().iter().enumerate() {
            if number == 0 {
                // The trigger is one token, or in some data sets a span of them.
                let first = part.get(0).and_then(whole);
                let (last, label) = match part.get(2).and_then(scalar) {
                    Some(label) => (part.get(1).and_then(whole), label),
                    None => (first, part.get(1).and_then(scalar).unwrap_or_default()),
                };
                let place = first.zip(last).and_then(|(first, last)| spans.joined.place(first, last));
                event = place.map(|at| (at, label));
                continue;
            }
            let role = part.get(2).and_then(scalar).unwrap_or_default();
            let Some(tokens) = pair(part, 0).filter(|_| !role.is_empty()) else {
                not_placed(part);
                continue;
            };
            let filler = match spans.by_tokens.get(&tokens) {
                Some(&at) => Some(RawFiller::Annotation(spans.marks[at].id.clone())),
                None => spans.joined.place(tokens.0, tokens.1).map(|at| RawFiller::Words(vec![at], None)),
            };
            match filler {
                Some(filler) => roles.push((reading.name(&role), filler)),
                None => not_placed(part),
            }
        }
        match event {
            Some((at, label)) => {
                let id = format!("m{}", spans.marks.len() + 1);
                let at = vec![at];
                spans.marks.push(RawAnnotation { id, label, at, roles, line: *line, ..RawAnnotation::default() });
            }
            None => not_placed(one),
        }
    }
    for one in of_sentences("relations")? {
        let ends = pair(one, 0).zip(pair(one, 2));
        let kind = one.get(4).and_then(scalar).filter(|kind| !kind.is_empty());
        let ends = ends.and_then(|(from, to)| Some((spans.mark(from)?, spans.mark(to)?)));
        match ends.zip(kind) {
            Some(((from, to), kind)) => {
                let to = RawFiller::Annotation(spans.marks[to].id.clone());
                spans.marks[from].roles.push((reading.name(&kind), to));
            }
            None => not_placed(one),
        }
    }
    let mut referents = References::default();
    let doc = name(value, "doc_key");
    for cluster in list(value, "clusters")? {
        let members = cluster.as_array().unwrap_or_default().iter();
        let members: Vec<usize> = members.filter_map(|one| spans.mark(pair(one, 0)?)).collect();
        let words = members.first().map(|&at| spans.marks[at].at[0]);
        let words = words.and_then(|(start, end)| spans.joined.text.get(start as usize..end as usize));
        let words = words.unwrap_or_default().to_owned();
        referents.join_named(&members, &words, &mut spans.marks, reading, file);
    }
    for why in wrong {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    }
    let sets = vec![RawSet { marks: spans.marks, referents: referents.all(), ..RawSet::default() }];
    let (about, content, unit) = (ArticleMetadata::default(), spans.joined.text.as_str(), OffsetUnit::Byte);
    RawDocument { file, line: *line, id: doc, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}
