//! `DocEE`: articles with the event that each is about and the words that are its arguments.

use super::info::reads_only;
use crate::formats::json::{Json, JsonRecord, name, records, scalar, whole};
use crate::formats::raw_document::{RawAnnotation, RawDocument, RawFiller, RawSet};
use crate::formats::{
    ArticleMetadata, Capabilities, Format, FormatInfo, ImportContext, ImportFiles, Item, OffsetUnit, RawText,
};
use crate::key;
use crate::lang::Message;
use crate::message;
use crate::model::{Kind, Problem};

/// See the module.
pub(in crate::formats) struct DocEe;

static INFO: FormatInfo = FormatInfo {
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities { metadata: &["title"], kinds: &[Kind::Frame], role_words: true, ..Capabilities::SPANS },
    ..reads_only(
        "docee",
        key!("format-docee"),
        "json",
        "Tong et al. 2022, https://aclanthology.org/2022.naacl-main.291/",
        key!("format-docee-notes"),
    )
};

impl Format for DocEe {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        records(source, reading, out, article);
    }
}

/// An article as a list: title, text, event, and its arguments as JSON within a text.
fn article(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let text = |at: usize| value.get(at).and_then(Json::as_str);
    let (title, content) = text(0).zip(text(1)).ok_or_else(|| message!("docee-list"))?;
    let event = text(2).unwrap_or_default();
    let unpacked;
    let arguments = match value.get(3) {
        Some(Json::String(packed)) if !packed.trim().is_empty() => {
            unpacked = serde_json::from_str::<Json<'_>>(packed).unwrap_or_else(|_| {
                let line = (*line > 0).then_some(*line);
                out(Item::Problem(Problem::warning("annotation", message!("docee-arguments")).at(file, line)));
                Json::Null
            });
            &unpacked
        }
        Some(other) => other,
        None => &Json::Null,
    };
    let raw = RawText::new(content);
    let spans: Vec<_> = (arguments.as_array().unwrap_or_default().iter())
        .map(|one| (one, one.get("start").and_then(whole).zip(one.get("end").and_then(whole))))
        .collect();
    let places: Vec<[(i64, i64); 1]> = spans.iter().map(|(_, at)| [at.unwrap_or((-1, -1))]).collect();
    let quoted: Vec<(&[(i64, i64)], &str)> = (spans.iter().zip(&places))
        .filter_map(|((one, _), at)| Some((at.as_slice(), one.get("text")?.as_str()?)))
        .collect();
    // Words of roles have no say in what offsets count, so they are counted here.
    let (counting, _) = raw.detect(reading.unit.unwrap_or(OffsetUnit::CodePoint), &quoted);
    let mut roles = Vec::new();
    for (one, at) in &spans {
        let role = ["type", "argument", "role"].map(|field| name(one, field)).into_iter().find(|role| !role.is_empty());
        let quote = one.get("text").and_then(scalar);
        let (Some(role), Some(at)) = (role, at) else {
            let line = (*line > 0).then_some(*line);
            out(Item::Problem(Problem::warning("annotation", message!("docee-argument", value = one)).at(file, line)));
            continue;
        };
        roles.push((reading.name(&role), RawFiller::Words(vec![*at], quote)));
    }
    let mark = RawAnnotation { label: event.to_owned(), roles, line: *line, ..RawAnnotation::default() };
    let marks = if event.is_empty() { Vec::new() } else { vec![mark] };
    let about = ArticleMetadata { title: title.to_owned(), ..ArticleMetadata::default() };
    let sets = vec![RawSet { marks, ..RawSet::default() }];
    let (id, unit) = (String::new(), counting.unit);
    RawDocument { file, line: *line, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}
