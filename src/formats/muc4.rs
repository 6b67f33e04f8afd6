//! MUC-4 templates in the JSON of GTT: for each article a list of templates, each role with the words that fill it.

use crate::key;
use crate::lang::Message;
use crate::message;
use std::io;

use serde_json::{Map, Value, json};

use super::frames::{Fillers, reduce_frames, words};
use super::json::{JsonRecord, json_line, list, name, records, text};
use super::loss::{place, rename};
use super::raw_document::{RawAnnotation, RawDocument, RawFiller, RawSet};
use super::{
    AnyWriter, ArticleMetadata, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext,
    ImportFiles, Item, Loss, Lost, OffsetUnit, Pieces, Writer,
};
use crate::model::{Annotation, Kind, Name, Problem, Role};

/// See the module.
pub(super) struct Muc4;

const FILE: &str = "muc4.jsonl";
/// The fields of a template beside its roles.
const TYPE: &str = "incident_type";

static INFO: FormatInfo = FormatInfo {
    name: "muc4",
    title: key!("format-muc4"),
    extension: "jsonl",
    file: Some(FILE),
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities { kinds: &[Kind::Frame], spanless: true, role_words: true, ..Capabilities::SPANS },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "Du, Rush & Cardie 2021, https://aclanthology.org/2021.naacl-main.70/",
    notes: key!("format-muc4-notes"),
};

impl Format for Muc4 {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce_frames(page, &INFO.capabilities, Fillers::Words, cx, loss);
        let (article, text) = (page.id.clone(), page.text.clone());
        for record in page.sets.iter_mut().flat_map(|layer| &mut layer.records) {
            let mut after = Annotation::clone(record);
            let mut lost = |what, n: usize| loss.note(what, n, || place(&article, &text, record));
            lost(Lost::Trigger, usize::from(!after.at.is_empty()));
            after.at.clear();
            for role in &mut after.roles {
                // A role of this name would be taken for the type.
                if role.name == TYPE {
                    lost(Lost::Name, 1);
                    role.name = format!("{TYPE}_").as_str().into();
                }
            }
            // Roles are told one by one, each with all that fills it.
            let mut order: Vec<Name> = Vec::new();
            for role in &after.roles {
                if !order.contains(&role.name) {
                    order.push(role.name.clone());
                }
            }
            let rank = |role: &Role| order.iter().position(|name| *name == role.name);
            lost(Lost::RoleOrder, usize::from(!after.roles.is_sorted_by_key(rank)));
            after.roles.sort_by_key(rank);
            *record = std::sync::Arc::new(after);
        }
        rename(page, loss, |index, _| format!("m{}", index + 1).parse().expect("a letter and a number are an id"));
    }

    fn writer<'a>(&self, _: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(Muc4Writer)
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        records(source, reading, out, article);
    }
}

struct Muc4Writer;

impl Writer for Muc4Writer {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let template = |record: &Annotation| {
            let mut template = Map::new();
            template.insert(TYPE.into(), record.label.as_str().into());
            for (role, span) in words(record) {
                let entity = json!([[page.text.slice(span), page.text.byte_to_char(span.start)]]);
                if let Value::Array(entities) = template.entry(role.as_str()).or_insert_with(|| json!([])) {
                    entities.push(entity);
                }
            }
            Value::from(template)
        };
        let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
        let templates: Vec<Value> = records.iter().map(|record| template(record)).collect();
        let line = json!({"docid": page.id, "doctext": page.text.as_str(), "templates": templates});
        json_line(pieces.append(FILE), &line)
    }
}

/// Bytes that are searched for words without a place in one article: so a text that has none of them costs seconds, not days.
const SEARCH_BYTES: u64 = 1 << 28;

fn article(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let content = text(value, "doctext")?;
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let mut marks = Vec::new();
    let (mut further, mut searched) = (0, 0);
    for (number, template) in (1..).zip(list(value, "templates")?) {
        let Some(fields) = template.as_object() else {
            problem(message!("muc-object", number = number));
            continue;
        };
        let label = name(template, TYPE);
        let mut roles = Vec::new();
        for (role, entities) in fields.iter().filter(|(role, _)| role != TYPE) {
            for entity in entities.as_array().into_iter().flatten() {
                // Each mention is its words and where they begin; some files have the words alone.
                let first = entity.get(0);
                let said = first.and_then(|first| first.as_str().or_else(|| first.get(0)?.as_str()));
                let Some(said) = said else {
                    problem(message!("muc-no-words", role = role, number = number));
                    continue;
                };
                let start = first.and_then(|first| first.get(1)?.as_i64());
                let start = start.or_else(|| {
                    let at = (searched < SEARCH_BYTES).then(|| content.find(said))?;
                    searched += at.unwrap_or(content.len()) as u64;
                    Some(content[..at?].chars().count() as i64)
                });
                let Some(start) = start else {
                    problem(message!("muc-not-found", role = role, number = number, said = said));
                    continue;
                };
                further += entity.as_array().map_or(0, <[_]>::len).saturating_sub(1);
                let end = start.saturating_add(said.chars().count() as i64);
                roles.push((reading.name(role), RawFiller::Words(vec![(start, end)], Some(said.to_owned()))));
            }
        }
        marks.push(RawAnnotation { id: format!("m{number}"), label, roles, line: *line, ..RawAnnotation::default() });
    }
    if further > 0 {
        problem(message!("muc-further", further = further));
    }
    let sets = vec![RawSet { marks, ..RawSet::default() }];
    let (id, about) = (name(value, "docid"), ArticleMetadata::default());
    let unit = reading.unit.unwrap_or(OffsetUnit::CodePoint);
    RawDocument { file, line: *line, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}
