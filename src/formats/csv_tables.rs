//! Flat tables: articles, mentions, a table for each frame label with a column for each role, links, referents, judgements.

use crate::key;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::io;

use super::loss::reduce;
use super::raw_document::quote;
use super::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, Loss, OffsetUnit, Pieces, Sink, Writer,
};
use crate::model::{Annotation, AttributeKind, Filler, Id, Kind, LabelDef, Name, Origin, Progress, Value, Via};
use crate::say::Names;

/// See the module.
pub(super) struct Csv;

static INFO: FormatInfo = FormatInfo {
    name: "csv",
    title: key!("format-csv"),
    extension: "csv",
    file: None,
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities { judgements: true, ..Capabilities::ANNOTATIONS },
    several_sets: true,
    unmentioned: true,
    reads: false,
    reference: "https://www.rfc-editor.org/rfc/rfc4180",
    notes: key!("format-csv-notes"),
};

impl Format for Csv {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| true);
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        let unit = cx.options.unit.unwrap_or(OffsetUnit::CodePoint);
        let mut names = Names::default();
        let frames = cx.corpus.schema.labels.iter().filter(|label| label.kind == Kind::Frame);
        let tables = frames.map(|label| (&label.name, format!("frame-{}.csv", names.give(&label.name)))).collect();
        Box::new(CsvWriter { cx, unit, tables })
    }
}

struct CsvWriter<'a> {
    cx: Context<'a>,
    unit: OffsetUnit,
    /// The name of each frame label's table.
    tables: HashMap<&'a Name, String>,
}

/// Adds a cell that no spreadsheet takes for a formula (OWASP, CSV injection), quoted where it must be.
fn cell(row: &mut Vec<u8>, cell: &str) {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠']);
    let quoted = cell.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
    row.extend_from_slice(if quoted { b"\"" } else { b"" });
    row.extend_from_slice(if formula { b"'" } else { b"" });
    match quoted {
        true => row.extend_from_slice(cell.replace('"', "\"\"").as_bytes()),
        false => row.extend_from_slice(cell.as_bytes()),
    }
    row.extend_from_slice(if quoted { b"\"" } else { b"" });
}

fn put<'c>(table: &mut Vec<u8>, cells: impl IntoIterator<Item = &'c str>) {
    for (index, said) in cells.into_iter().enumerate() {
        table.extend_from_slice(if index > 0 { b"," } else { b"" });
        cell(table, said);
    }
    table.extend_from_slice(b"\r\n");
}

const RECORD: [&str; 16] = [
    "article",
    "annotator",
    "id",
    "kind",
    "label",
    "start",
    "end",
    "text",
    "fragments",
    "attributes",
    "referent",
    "name",
    "note",
    "by",
    "at",
    "via",
];

impl CsvWriter<'_> {
    /// The label of a record that has a table of its own.
    fn frame(&self, record: &Annotation) -> Option<&LabelDef> {
        self.cx.corpus.schema.label(&record.label).filter(|label| label.kind == Kind::Frame)
    }

    /// The date that a record says in a form that can be counted with, where its label has one.
    fn date(&self, record: &Annotation) -> Option<String> {
        let def = self.cx.corpus.schema.label(&record.label)?;
        let dates = def.attributes.iter().filter(|attribute| attribute.kind == AttributeKind::Date);
        let said = |name: &Name| record.attributes.iter().find(|(known, _)| known == name);
        dates.filter_map(|attribute| said(&attribute.name)).map(|(_, value)| value.clone()).next()
    }

    fn record(&self, page: &ExchangeDocument, layer: &super::AnnotatorSet, record: &Annotation) -> Vec<String> {
        let of = |byte| self.unit.of_byte(&page.text, byte).to_string();
        let extent = record.extent();
        let fragments: Vec<String> =
            record.at.iter().map(|span| format!("{}–{}", of(span.start), of(span.end))).collect();
        let referent = record.referent.and_then(|id| layer.referents.iter().find(|one| one.id == id));
        let kind = self.cx.corpus.schema.kind(&record.label).name();
        vec![
            page.id.clone(),
            layer.annotator.to_string(),
            record.id.to_string(),
            kind.to_owned(),
            record.label.to_string(),
            extent.map_or(String::new(), |extent| of(extent.start)),
            extent.map_or(String::new(), |extent| of(extent.end)),
            quote(&page.text, &record.at),
            fragments.join(" "),
            pairs(&record.attributes),
            record.referent.map_or(String::new(), |id| id.to_string()),
            referent.map_or(String::new(), |referent| referent.name.clone()),
            record.note.clone(),
            record.origin.by.to_string(),
            record.origin.at.to_string(),
            via(&record.origin),
        ]
    }
}

/// The name of the referent that a record is about.
fn called(layer: &super::AnnotatorSet, record: &Annotation) -> Option<String> {
    let id = record.referent?;
    let referent = layer.referents.iter().find(|referent| referent.id == id)?;
    Some(referent.name.clone()).filter(|name| !name.is_empty())
}

/// The name of the column of a role, which no other column has.
fn column(role: &str) -> String {
    if RECORD.contains(&role) { format!("role {role}") } else { role.to_owned() }
}

fn pairs(attributes: &[(Name, String)]) -> String {
    attributes.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" | ")
}

fn via(origin: &Origin) -> String {
    match &origin.via {
        Via::Hand => "hand".into(),
        Via::Import { file } => format!("import {file}"),
        Via::Suggestion { source, score, changed } => {
            format!("suggestion {source} {score}{}", if *changed { " changed" } else { "" })
        }
        Via::Decision { adopted, reason, gap } => {
            let adopted: Vec<&str> = adopted.iter().map(Name::as_str).collect();
            format!("decision {} {reason} {gap}", adopted.join("+")).trim_end().to_owned()
        }
    }
}

impl Writer for CsvWriter<'_> {
    type Drawn = ();
    /// The labels whose table has its header.
    type State = BTreeSet<Name>;

    fn begin(&self, _: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let about: Vec<&str> = super::ArticleMetadata::default().fields().iter().map(|(name, _)| *name).collect();
        header(sink, "articles.csv", &[&["article", "annotator", "progress"][..], &about].concat())?;
        header(sink, "mentions.csv", &RECORD)?;
        header(sink, "links.csv", &["article", "annotator", "from", "role", "to", "text", "name", "value"])
    }

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        for layer in &page.sets {
            let progress = match layer.progress {
                Progress::New => "new",
                Progress::InProgress => "in-progress",
                Progress::Done => "done",
            };
            let row = [&*page.id, &layer.annotator, progress];
            put(pieces.append("articles.csv"), row.into_iter().chain(page.about.fields().map(|(_, value)| value)));
            let by_id: BTreeMap<_, _> = layer.records.iter().map(|record| (record.id, record)).collect();
            for record in &layer.records {
                let mut cells = self.record(page, layer, record);
                let mut roles: BTreeMap<&Name, Vec<String>> = BTreeMap::new();
                for role in &record.roles {
                    let (mut to, mut words, mut value) = (String::new(), String::new(), String::new());
                    let mut name = String::new();
                    match &role.filler {
                        Filler::Annotation(id) => {
                            to = id.to_string();
                            let filler = by_id.get(id);
                            words = filler.map_or(String::new(), |record| quote(&page.text, &record.at));
                            name = filler.and_then(|record| called(layer, record)).unwrap_or_default();
                            value = filler.and_then(|record| self.date(record)).unwrap_or_default();
                        }
                        Filler::Span(at) => words = quote(&page.text, at),
                        Filler::Value(Value::Date(date)) => value = date.to_string(),
                        Filler::Value(Value::Text(text)) => value.clone_from(text),
                    }
                    // The name or the date, as far as one is known; else the words.
                    let shown = [&name, &value, &words, &to].into_iter().find(|text| !text.is_empty());
                    roles.entry(&role.name).or_default().push(shown.cloned().unwrap_or_default());
                    let link = [&*page.id, &layer.annotator, &cells[2], &role.name, &to, &words, &name, &value];
                    put(pieces.append("links.csv"), link);
                }
                let Some(def) = self.frame(record) else {
                    put(pieces.append("mentions.csv"), cells.iter().map(String::as_str));
                    continue;
                };
                cells.extend(def.roles.iter().map(|role| roles.remove(&role.name).unwrap_or_default().join(" | ")));
                let other = roles.into_iter().map(|(name, said)| format!("{name}: {}", said.join(" | ")));
                cells.push(other.collect::<Vec<_>>().join(" | "));
                put(pieces.append(self.tables[&def.name].clone()), cells.iter().map(String::as_str));
            }
        }
        Ok(())
    }

    fn put(&self, begun: &mut Self::State, page: &ExchangeDocument, (): (), sink: &mut dyn Sink) -> io::Result<()> {
        for record in page.sets.iter().flat_map(|layer| &layer.records) {
            let Some(def) = self.frame(record).filter(|def| !begun.contains(&def.name)) else { continue };
            begun.insert(def.name.clone());
            let columns: Vec<String> = def.roles.iter().map(|role| column(&role.name)).collect();
            let columns: Vec<&str> = columns.iter().map(String::as_str).collect();
            header(sink, &self.tables[&def.name], &[&RECORD[..], &columns, &["other roles"]].concat())?;
        }
        Ok(())
    }

    fn end(&self, _: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        let columns =
            ["annotator", "id", "label", "name", "attributes", "external", "roles", "note", "by", "at", "via"];
        header(sink, "referents.csv", &columns)?;
        let mut rows = Vec::new();
        for annotator in self.cx.annotators {
            for referent in self.cx.corpus.referents(annotator).into_iter().flat_map(|all| all.values()) {
                let role = |role: &crate::model::Role| match &role.filler {
                    Filler::Annotation(id) => format!("{}={id}", role.name),
                    Filler::Value(Value::Date(date)) => format!("{}={date}", role.name),
                    Filler::Value(Value::Text(text)) => format!("{}={text}", role.name),
                    Filler::Span(_) => role.name.to_string(),
                };
                let roles: Vec<String> = referent.roles.iter().map(role).collect();
                let (id, at, origin) = (referent.id.to_string(), referent.origin.at.to_string(), via(&referent.origin));
                let (attributes, external) = (pairs(&referent.attributes), pairs(&referent.external));
                let row = [
                    annotator,
                    &*id,
                    &referent.label,
                    &referent.name,
                    &attributes,
                    &external,
                    &roles.join(" | "),
                    &referent.note,
                    &referent.origin.by,
                    &at,
                    &origin,
                ];
                put(&mut rows, row);
            }
        }
        sink.append("referents.csv", &rows)?;
        self.judgements(sink)
    }
}

impl CsvWriter<'_> {
    /// The table of judgements; a project without any has none.
    fn judgements(&self, sink: &mut dyn Sink) -> io::Result<()> {
        let mut rows = Vec::new();
        for annotator in self.cx.annotators {
            let name = |id: Id| {
                let known = self.cx.corpus.referents(annotator).and_then(|all| all.get(&id));
                known.map_or_else(String::new, |referent| referent.name.clone())
            };
            for said in self.cx.corpus.judgements(annotator).into_iter().flat_map(BTreeMap::values) {
                let ids = [said.id, said.of.0, said.of.1].map(|id| id.to_string());
                let (one, other) = (name(said.of.0), name(said.of.1));
                let (at, origin) = (said.origin.at.to_string(), via(&said.origin));
                let verdict = said.verdict.to_string();
                let about = [annotator, &*ids[0], &ids[1], &one, &verdict, &ids[2], &other];
                put(&mut rows, about.into_iter().chain([&*said.note, &said.origin.by, &at, &origin]));
            }
        }
        if rows.is_empty() {
            return Ok(());
        }
        let columns =
            ["annotator", "id", "one", "one name", "verdict", "other", "other name", "note", "by", "at", "via"];
        header(sink, "judgements.csv", &columns)?;
        sink.append("judgements.csv", &rows)
    }
}

fn header(sink: &mut dyn Sink, table: &str, cells: &[&str]) -> io::Result<()> {
    let mut row = Vec::new();
    put(&mut row, cells.iter().copied());
    sink.append(table, &row)
}
