//! MAVEN, of sentences of tokens with the triggers of events, and MAVEN-ARG, of documents with entities and events whose arguments
//! they are.

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
pub(in crate::formats) struct Maven;

static INFO: FormatInfo = FormatInfo {
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities {
        metadata: &["title"],
        kinds: &[Kind::Entity, Kind::Frame],
        roles: true,
        role_words: true,
        referents: true,
        ..Capabilities::SPANS
    },
    ..reads_only(
        "maven",
        key!("format-maven"),
        "jsonl",
        "Wang et al. 2020 and 2024, https://github.com/THU-KEG/MAVEN-Argument",
        key!("format-maven-notes"),
    )
};

impl Format for Maven {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        records_of(source, source.with_extension(&EXTENSIONS), false, reading, out, article);
    }
}

/// The text of an article, and the place of a mention in it.
enum MavenText<'v> {
    /// Each sentence with the number of its first token.
    Tokens(Joined, Vec<i64>),
    Document(&'v str),
}

impl MavenText<'_> {
    fn place(&self, mention: &Json<'_>) -> Option<(i64, i64)> {
        let offset = |at: usize| mention.get("offset").and_then(|offset| offset.get(at)).and_then(whole);
        let (start, end) = (offset(0)?, offset(1)?);
        match self {
            Self::Document(_) => Some((start, end)),
            Self::Tokens(joined, firsts) => {
                let sentence = usize::try_from(mention.get("sent_id").and_then(whole)?).ok()?;
                let first = *firsts.get(sentence)?;
                joined.place(first.checked_add(start)?, first.checked_add(end)?.checked_sub(1)?)
            }
        }
    }
}

fn article(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let text = match value.get("document") {
        Some(document) => {
            MavenText::Document(document.as_str().ok_or_else(|| message!("json-not-text", field = "document"))?)
        }
        None => {
            let (mut joined, mut firsts) = (Joined::default(), Vec::new());
            for sentence in list(value, "content")? {
                joined.sentence();
                firsts.push(joined.places.len() as i64);
                for token in list(sentence, "tokens")? {
                    joined.token(&scalar(token).ok_or(message!("rams-token"))?);
                }
            }
            if joined.places.is_empty() {
                return Err(message!("rams-sentences"));
            }
            MavenText::Tokens(joined, firsts)
        }
    };
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let mut marks: Vec<RawAnnotation> = Vec::new();
    let mut referents = References::default();
    // The first mention of each entity, by which arguments call it.
    let mut entities: HashMap<String, String> = HashMap::new();
    for entity in list(value, "entities")? {
        let label = name(entity, "type");
        let first = marks.len();
        for mention in list(entity, "mention")? {
            let id = name(mention, "id");
            let quote = mention.get("mention").and_then(scalar);
            let at = vec![text.place(mention).unwrap_or((NO_OFFSET, NO_OFFSET))];
            let label = label.clone();
            marks.push(RawAnnotation { id, label, at, quote, line: *line, ..RawAnnotation::default() });
        }
        let members: Vec<usize> = (first..marks.len()).collect();
        if let Some(mark) = marks.get(first) {
            entities.insert(name(entity, "id"), mark.id.clone());
        }
        if members.len() > 1 {
            referents.join(&members, &mut marks, reading, file);
        }
    }
    for event in list(value, "events")? {
        let label = name(event, "type");
        let mut roles = Vec::new();
        for (role, fillers) in event.get("argument").and_then(Json::as_object).into_iter().flatten() {
            for filler in fillers.as_array().unwrap_or_default() {
                let entity = entities.get(&name(filler, "entity_id"));
                let words =
                    || text.place(filler).map(|at| RawFiller::Words(vec![at], filler.get("content").and_then(scalar)));
                match entity.map(|id| RawFiller::Annotation(id.clone())).or_else(words) {
                    Some(filler) => roles.push((reading.name(role), filler)),
                    None => problem(message!("docee-argument", value = filler)),
                }
            }
        }
        let first = marks.len();
        for mention in list(event, "mention")? {
            let id = name(mention, "id");
            let quote = mention.get("trigger_word").and_then(scalar);
            let at = vec![text.place(mention).unwrap_or((NO_OFFSET, NO_OFFSET))];
            // The arguments of an event are said once, of all its mentions.
            let roles = if marks.len() == first { std::mem::take(&mut roles) } else { Vec::new() };
            let label = label.clone();
            marks.push(RawAnnotation { id, label, at, quote, roles, line: *line, ..RawAnnotation::default() });
        }
        let members: Vec<usize> = (first..marks.len()).collect();
        if members.len() > 1 {
            referents.join(&members, &mut marks, reading, file);
        }
    }
    let (content, unit) = match &text {
        MavenText::Document(document) => (*document, reading.unit.unwrap_or(OffsetUnit::CodePoint)),
        MavenText::Tokens(joined, _) => (joined.text.as_str(), OffsetUnit::Byte),
    };
    let about = ArticleMetadata { title: name(value, "title"), ..ArticleMetadata::default() };
    let sets = vec![RawSet { marks, referents: referents.all(), ..RawSet::default() }];
    RawDocument { file, line: *line, id: name(value, "id"), about, content, unit, sets, dangling: false }
        .finish(reading, out);
    Ok(())
}
