//! Token classification as data sets of Hugging Face have it: rows of tokens and tags, as JSON Lines, JSON or Parquet; tags are
//! names, or numbers of names that the card, `dataset_info.json` or the Parquet file tells. Rows of GLiNER are read, too.

use std::sync::atomic::{AtomicUsize, Ordering};

use super::info::reads_only;
use super::names::ClassNames;
use super::parquet;
use super::tags::mentions;
use crate::formats::json::{EXTENSIONS, Json, JsonRecord, about_of, list, name, records_of, scalar, whole};
use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawSet};
use crate::formats::tokens::Joined;
use crate::formats::{Capabilities, Format, FormatInfo, ImportContext, ImportFiles, Item, OffsetUnit};
use crate::key;
use crate::lang::Message;
use crate::message;
use crate::model::{Kind, Problem};

/// See the module.
pub(in crate::formats) struct HuggingFaceTokens;

static INFO: FormatInfo = FormatInfo {
    capabilities: Capabilities { kinds: &[Kind::Entity], ..Capabilities::SPANS },
    ..reads_only(
        "hf-tokens",
        key!("format-hf-tokens"),
        "jsonl",
        "https://huggingface.co/docs/transformers/tasks/token_classification",
        key!("format-hf-tokens-notes"),
    )
};

/// Columns of tokens, and of their tags.
pub(in crate::formats) const TOKENS: [&str; 3] = ["tokens", "words", "tokenized_text"];
pub(in crate::formats) const TAGS: [&str; 9] =
    ["ner_tags", "tags", "labels", "ner", "ner_labels", "ner_tag", "fine_ner_tags", "bio_tags", "label"];

/// Files beside the rows that are no rows.
const BESIDE: [&str; 4] = ["dataset_info.json", "dataset_infos.json", "config.json", "features.json"];

impl Format for HuggingFaceTokens {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let names = ClassNames::of(source);
        let nameless = AtomicUsize::new(0);
        let short = |file: &str| file.rsplit('/').next().unwrap_or(file).to_owned();
        let ends = |file: &str, end: &str| file.to_lowercase().ends_with(end);
        let rows: Vec<&str> = (source.with_extension(&EXTENSIONS).into_iter())
            .filter(|file| !BESIDE.contains(&&*short(file)) && !ends(file, ".parquet"))
            .collect();
        records_of(source, rows, true, reading, out, |record, reading, out| {
            row(record, &names, &nameless, reading, out)
        });
        for file in source.names().filter(|file| ends(file, ".parquet")) {
            let mut number = 0;
            let read = parquet::rows(source, file, &mut |told, value| {
                number += 1;
                let names = if told.is_empty() { &names } else { told };
                // Rows are read as records of JSON are.
                let text = value.to_string();
                let value = serde_json::from_str::<Json<'_>>(&text).unwrap_or(Json::Null);
                let file = format!("{file}[{number}]");
                if let Err(why) = row(&JsonRecord { file: &file, line: 0, value }, names, &nameless, reading, out) {
                    out(Item::Problem(Problem::error("record", why).at(&file, None)));
                }
            });
            if let Err(why) = read {
                out(Item::Problem(Problem::error("file", why).at(file, None)));
            }
        }
        let nameless = nameless.into_inner();
        if nameless > 0 {
            out(Item::Problem(Problem::error("names", message!("hf-numbers", count = nameless))));
        }
    }
}

fn row(
    record: &JsonRecord<'_>,
    names: &ClassNames,
    nameless: &AtomicUsize,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let column = TOKENS.into_iter().find(|column| value.get(*column).is_some());
    let column = column.ok_or_else(|| message!("json-no-field", field = TOKENS[0]))?;
    let mut joined = Joined::default();
    for token in list(value, column)? {
        joined.token(&scalar(token).ok_or(message!("rams-token"))?);
    }
    let said = TAGS.into_iter().find(|column| matches!(value.get(*column), Some(Json::Array(_))));
    let mut marks: Vec<RawAnnotation> = Vec::new();
    if let Some(column) = said {
        let tags = list(value, column)?;
        if tags.iter().any(|tag| matches!(tag, Json::Array(_))) {
            // GLiNER: first and last token with a label.
            for one in tags {
                let place = one.get(0).and_then(whole).zip(one.get(1).and_then(whole));
                let place = place.and_then(|(first, last)| joined.place(first, last));
                let label = one.get(2).and_then(scalar).unwrap_or_default();
                let at = place.unwrap_or((NO_OFFSET, NO_OFFSET));
                marks.push(RawAnnotation { label, at: vec![at], line: *line, ..RawAnnotation::default() });
            }
        } else {
            if tags.len() != joined.places.len() {
                return Err(message!("hf-lengths", tokens = joined.places.len(), tags = tags.len()));
            }
            let numbers = tags.iter().any(|tag| matches!(tag, Json::Number(_)));
            let classes = names.column(column);
            if numbers && classes.is_none() {
                nameless.fetch_add(1, Ordering::Relaxed);
                return Ok(());
            }
            let tag = |tag: &Json<'_>| match (tag, classes) {
                (Json::Number(number), Some(classes)) => {
                    let at = number.as_i64();
                    // (A number below 0 is no class: such tokens are not scored.)
                    let name = at.and_then(|at| usize::try_from(at).ok()).map(|at| classes.get(at).cloned());
                    name.unwrap_or_else(|| Some("O".to_owned())).ok_or_else(|| message!("hf-class", number = number))
                }
                (other, _) => Ok(scalar(other).unwrap_or_default()),
            };
            let tags: Vec<String> = tags.iter().map(tag).collect::<Result<_, _>>()?;
            for (over, label) in mentions(tags.iter().map(String::as_str)) {
                let (start, end) = (joined.places[over.start].0, joined.places[over.end - 1].1);
                let label = label.to_owned();
                marks.push(RawAnnotation { label, at: vec![(start, end)], line: *line, ..RawAnnotation::default() });
            }
        }
    }
    let (_, about) = about_of(Some(value));
    let id = ["id", "doc_id", "guid"].map(|field| name(value, field)).into_iter().find(|id| !id.is_empty());
    let sets = vec![RawSet { marks, ..RawSet::default() }];
    let (id, unit, content) = (id.unwrap_or_default(), OffsetUnit::Byte, joined.text.as_str());
    RawDocument { file, line: *line, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}
