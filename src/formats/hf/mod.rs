//! A folder that `datasets.load_dataset` reads: Parquet, and JSON Lines where they are asked for, a row for each article
//! and set, with the card's YAML and Croissant beside them.

mod card;
mod columns;
mod parquet;
mod table;

use crate::key;
use std::cmp::Reverse;
use std::io;

use self::columns::{JSONL, PARQUET, columns};
use self::parquet::{ParquetRows, Shredded};
use self::table::{ColumnShape, DataCell};
use super::jejak_jsonl::origin_json;
use super::loss::{place, reduce};
use super::tokens::{covered, sentences};
use super::{
    AnnotatorSet, AnyWriter, Capabilities, Context, DatasetExtras, ExchangeDocument, Finished, Format, FormatInfo,
    Loss, Lost, Nested, OffsetUnit, Options, Pieces, Sink, Tables, Writer,
};
use crate::model::{Annotation, Filler, Kind, Name, Origin, Progress, Referent, Role, Value};
use crate::text::{Span, Text};

/// See the module.
pub(super) struct HuggingFace;

static INFO: FormatInfo = FormatInfo {
    name: "hf",
    title: key!("format-hf"),
    extension: "parquet",
    file: None,
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities::ANNOTATIONS,
    several_sets: true,
    unmentioned: false,
    reads: false,
    reference: "https://huggingface.co/docs/datasets/repository_structure",
    notes: key!("format-hf-notes"),
};

impl Format for HuggingFace {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        let (article, text, schema) = (page.id.clone(), page.text.clone(), &cx.corpus.schema);
        for layer in &mut page.sets {
            layer.records.retain(|record| {
                let known = schema.label(&record.label).is_some();
                loss.note(Lost::Mention, usize::from(!known), || place(&article, &text, record));
                known
            });
        }
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(HuggingFaceWriter { cx, columns: columns(&cx.corpus.schema) })
    }

    fn preview(&self, page: &ExchangeDocument, cx: &Context<'_>) -> String {
        let columns = columns(&cx.corpus.schema);
        let mut out = Vec::new();
        for layer in &page.sets {
            table::json_record(&columns, &row(page, layer, cx), &mut out);
            out.push(b'\n');
        }
        String::from_utf8_lossy(&out).into_owned()
    }

    fn variants(&self) -> Vec<Options> {
        [Tables::Parquet, Tables::ParquetAndJsonLines].map(|tables| Options { tables, ..Options::default() }).into()
    }

    fn dataset_extras(&self, finished: &Finished<'_>) -> DatasetExtras {
        card::dataset_extras(finished)
    }
}

struct HuggingFaceWriter<'a> {
    cx: Context<'a>,
    columns: Vec<(&'static str, ColumnShape)>,
}

impl HuggingFaceWriter<'_> {
    fn json_lines(&self) -> bool {
        self.cx.options.tables == Tables::ParquetAndJsonLines
    }

    fn rows<'r>(&self, rows: &'r mut Option<ParquetRows>) -> io::Result<&'r mut ParquetRows> {
        let known = match rows.take() {
            Some(rows) => rows,
            None => ParquetRows::new(&self.columns)?,
        };
        Ok(rows.insert(known))
    }
}

impl Writer for HuggingFaceWriter<'_> {
    /// The rows of an article.
    type Drawn = Vec<Shredded>;
    /// The file of rows, once there is one.
    type State = Option<ParquetRows>;

    fn begin(&self, _: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        // Without any article there still is a file.
        if self.json_lines() { sink.append(JSONL, b"") } else { Ok(()) }
    }

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<Vec<Shredded>> {
        let mut rows = Vec::new();
        for layer in &page.sets {
            let row = row(page, layer, &self.cx);
            rows.push(Shredded::of(&self.columns, &row));
            if self.json_lines() {
                let lines = pieces.append(JSONL);
                table::json_record(&self.columns, &row, lines);
                lines.push(b'\n');
            }
        }
        Ok(rows)
    }

    fn put(
        &self,
        rows: &mut Self::State,
        _: &ExchangeDocument,
        drawn: Vec<Shredded>,
        sink: &mut dyn Sink,
    ) -> io::Result<()> {
        let rows = self.rows(rows)?;
        for row in drawn {
            rows.add(row)?;
        }
        let bytes = rows.take();
        if bytes.is_empty() { Ok(()) } else { sink.append(PARQUET, &bytes) }
    }

    fn end(&self, rows: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let rows = self.rows(rows)?;
        rows.finish()?;
        sink.append(PARQUET, &rows.take())
    }
}

/// A set of an article as a row, in the order of [`columns`].
fn row<'a>(page: &'a ExchangeDocument, layer: &'a AnnotatorSet, cx: &Context<'a>) -> Vec<DataCell<'a>> {
    let text = &page.text;
    let schema = &cx.corpus.schema;
    let (tokens, tags) = tagged(text, layer, cx);
    let number = |label: &Name| schema.labels.iter().position(|known| known.name == *label);
    // Records made together have one origin, and telling the calendar is slow.
    let mut last: Option<(&Origin, String)> = None;
    let mut origin = |of: &'a Origin| match &last {
        Some((known, said)) if *known == of => said.clone(),
        _ => last.insert((of, origin_json(of))).1.clone(),
    };
    let annotation = |record: &'a std::sync::Arc<Annotation>| {
        let extent = record.extent();
        let at = |byte: Option<u32>| byte.map_or(DataCell::Int(-1), |byte| text.byte_to_char(byte).into());
        DataCell::Record(vec![
            record.id.to_string().into(),
            DataCell::Int(number(&record.label).map_or(-1, |number| number as i32)),
            at(extent.map(|extent| extent.start)),
            at(extent.map(|extent| extent.end)),
            super::raw_document::quote(text, &record.at).into(),
            fragments(&record.at, text),
            attributes(&record.attributes),
            DataCell::List(record.roles.iter().map(|role| role_cell(role, text)).collect()),
            record.referent.map_or_else(String::new, |id| id.to_string()).into(),
            record.note.as_str().into(),
            origin(&record.origin).into(),
        ])
    };
    let mut row = vec![DataCell::from(page.id.as_str())];
    row.extend(page.about.fields().into_iter().map(|(_, value)| DataCell::from(value)));
    row.extend([
        text.as_str().into(),
        layer.annotator.as_str().into(),
        match layer.progress {
            Progress::New => "new",
            Progress::InProgress => "in-progress",
            Progress::Done => "done",
        }
        .into(),
        tokens,
        tags,
        DataCell::List(layer.records.iter().map(annotation).collect()),
        DataCell::List(layer.referents.iter().map(|referent| referent_cell(referent)).collect()),
    ]);
    row
}

/// The tokens of a text, and the tag of each.
fn tagged<'a>(text: &'a Text, layer: &AnnotatorSet, cx: &Context<'_>) -> (DataCell<'a>, DataCell<'a>) {
    let schema = &cx.corpus.schema;
    let tokens: Vec<Span> = sentences(text).concat();
    let entities: Vec<&Name> =
        schema.labels.iter().filter(|label| label.kind == Kind::Entity).map(|label| &label.name).collect();
    let mut mentions = Vec::new();
    for record in &layer.records {
        let label = entities.iter().position(|label| **label == record.label);
        let over = record.extent().map(|extent| covered(&tokens, extent)).filter(|over| !over.is_empty());
        mentions.extend(label.zip(over));
    }
    match cx.options.nested {
        Nested::Innermost => mentions.sort_by_key(|(label, over)| (over.len(), over.start, *label)),
        Nested::Outermost | Nested::Columns => {
            mentions.sort_by_key(|(label, over)| (Reverse(over.len()), over.start, *label));
        }
    }
    let mut tags = vec![0; tokens.len()];
    for (label, over) in mentions {
        if tags[over.clone()].iter().all(|tag| *tag == 0) {
            for (index, tag) in tags[over].iter_mut().enumerate() {
                *tag = 1 + 2 * label as i32 + i32::from(index > 0);
            }
        }
    }
    let tokens = tokens.iter().map(|token| text.slice(*token).into()).collect();
    (DataCell::List(tokens), DataCell::List(tags.into_iter().map(DataCell::Int).collect()))
}

fn fragments<'a>(at: &[Span], text: &'a Text) -> DataCell<'a> {
    let fragment = |span: &Span| {
        let (start, end) = (text.byte_to_char(span.start), text.byte_to_char(span.end));
        DataCell::Record(vec![start.into(), end.into(), text.slice(*span).into()])
    };
    DataCell::List(at.iter().map(fragment).collect())
}

fn attributes<'a>(attributes: &'a [(Name, String)]) -> DataCell<'a> {
    let cell = |(name, value): &'a (Name, String)| DataCell::Record(vec![name.as_str().into(), value.as_str().into()]);
    DataCell::List(attributes.iter().map(cell).collect())
}

/// Returns the filler of a role: annotation or referent, date, value.
fn filled(filler: &Filler) -> (String, String, &str) {
    match filler {
        Filler::Annotation(id) => (id.to_string(), String::new(), ""),
        Filler::Span(_) => (String::new(), String::new(), ""),
        Filler::Value(Value::Date(date)) => (String::new(), date.to_string(), ""),
        Filler::Value(Value::Text(value)) => (String::new(), String::new(), value),
    }
}

fn role_cell<'a>(role: &'a Role, text: &'a Text) -> DataCell<'a> {
    let (target, date, value) = filled(&role.filler);
    let at = if let Filler::Span(at) = &role.filler { at.as_slice() } else { &[] };
    DataCell::Record(vec![role.name.as_str().into(), target.into(), fragments(at, text), date.into(), value.into()])
}

fn referent_cell<'a>(referent: &'a Referent) -> DataCell<'a> {
    let external =
        |(register, id): &'a (Name, String)| DataCell::Record(vec![register.as_str().into(), id.as_str().into()]);
    let role = |role: &'a Role| {
        let (target, date, value) = filled(&role.filler);
        DataCell::Record(vec![role.name.as_str().into(), target.into(), date.into(), value.into()])
    };
    DataCell::Record(vec![
        referent.id.to_string().into(),
        referent.label.as_str().into(),
        referent.name.as_str().into(),
        attributes(&referent.attributes),
        DataCell::List(referent.external.iter().map(external).collect()),
        DataCell::List(referent.roles.iter().map(role).collect()),
        referent.note.as_str().into(),
        origin_json(&referent.origin).into(),
    ])
}
