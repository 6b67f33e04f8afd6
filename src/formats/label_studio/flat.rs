//! The short forms of an export: a record (JSON-MIN) or a row (CSV, TSV) for each annotation of a task, with its data, the
//! values of each control under the control's name, and whose it is.

use std::borrow::Cow;

use super::config::Labelling;
use super::controls::entries;
use super::tasks::{StudioKeys, StudioTask, marks, page_of, person_of};
use crate::formats::json::{Json, JsonRecord, about_of, name};
use crate::formats::raw_document::{RawAnnotation, RawSet};
use crate::formats::{ImportContext, ImportFiles, Item};
use crate::lang::Message;
use crate::message;
use crate::model::Problem;
use crate::say;

/// Fields by which a record or row of this kind is told from others.
pub(in crate::formats) const SIGNS: [&str; 2] = ["annotation_id", "annotator"];

/// Hands over the article of a record.
pub(super) fn article(
    record: &JsonRecord<'_>,
    texts: &StudioKeys<'_>,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    if SIGNS.iter().all(|sign| value.get(*sign).is_none()) {
        return Err(message!("json-no-field", field = "data"));
    }
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let entries = entries(value, texts.labelling);
    let all: Vec<&Json<'_>> = entries.iter().collect();
    let text = texts.text(value, &all).ok_or(message!("studio-no-text"))?;
    let (content, page) = (text.0, page_of(text));
    let marks = marks(&entries, (*line, page.as_ref()), reading, &mut problem);
    let marks: Vec<RawAnnotation> = marks.into_iter().map(|mark| RawAnnotation { id: String::new(), ..mark }).collect();
    let annotator = value.get("annotator").and_then(person_of).map(|name| reading.name(&name));
    let sets = vec![RawSet { annotator, marks, ..RawSet::default() }];
    let (_, about) = about_of(Some(value));
    StudioTask { file, line: *line, id: name(value, "id"), about, content, page, sets }.finish(reading, out);
    Ok(())
}

/// The files that are tables.
pub(super) fn tables(source: &ImportFiles) -> Vec<&str> {
    source.names().filter(|name| [".csv", ".tsv"].iter().any(|end| name.to_lowercase().ends_with(end))).collect()
}

/// The sign that parts the cells of a row whose first one this is.
pub(in crate::formats) fn delimiter(head: &str) -> u8 {
    let count = |sign: char| head.matches(sign).count();
    let signs = [('\t', b'\t'), (',', b','), (';', b';')];
    signs.into_iter().max_by_key(|(sign, byte)| (count(*sign), *byte == b',')).map_or(b',', |(_, byte)| byte)
}

/// Hands over the articles of a table, or says why it cannot be read.
pub(super) fn table(
    file: &str,
    source: &ImportFiles,
    labelling: &Labelling,
    reading: &ImportContext<'_>,
    out: &mut dyn FnMut(Item),
) -> Result<(), Message> {
    let content = source.text(file)?;
    let content = content.trim_start_matches('\u{feff}');
    let head = content.lines().next().unwrap_or_default();
    let mut rows = csv::ReaderBuilder::new().delimiter(delimiter(head)).flexible(true).from_reader(content.as_bytes());
    let header = rows.headers().map_err(|error| say::table(&error))?.clone();
    let mut cells = Vec::new();
    for row in rows.records() {
        match row {
            Ok(row) => cells.push(row),
            Err(error) => out(Item::Problem(Problem::error("line", say::table(&error)).at(file, None))),
        }
    }
    let first: Vec<Json<'_>> = cells.iter().take(16).map(|row| row_record(&header, row)).collect();
    let texts = StudioKeys::of_records(labelling, &first);
    for row in &cells {
        let line = row.position().map_or(0, |place| u32::try_from(place.line()).unwrap_or(0));
        if let Err(why) = article(&JsonRecord { file, line, value: row_record(&header, row) }, &texts, reading, out) {
            out(Item::Problem(Problem::error("line", why).at(file, Some(line))));
        }
    }
    Ok(())
}

/// A row as a record; a cell that is a list or an object is written as JSON.
fn row_record<'c>(header: &'c csv::StringRecord, row: &'c csv::StringRecord) -> Json<'c> {
    let fields = header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()).map(|(field, cell)| {
        let value = Some(cell).filter(|cell| cell.starts_with(['[', '{']));
        let value = value.and_then(|cell| serde_json::from_str::<Json<'_>>(cell).ok());
        (Cow::Borrowed(field), value.unwrap_or(Json::String(Cow::Borrowed(cell))))
    });
    Json::Object(fields.collect())
}
