//! doccano: JSON Lines of texts with entities and relations.

use crate::key;
use crate::lang::Message;
use crate::message;
use std::io;
use std::sync::Arc;

use serde::Serialize;

use super::json::{
    Json, JsonRecord, about_object, about_of, json_line, list, name, offset, records, scalar, text, whole,
};
use super::loss::{drop_roles_without_span, reduce, rename};
use super::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawFiller, RawNames, RawSet};
use super::raw_sets::RawSets;
use super::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss,
    OffsetUnit, Pieces, Writer,
};
use crate::model::{ArticleId, Comment, Filler, Mark, Name, Origin, Problem, Target};

/// See the module.
pub(super) struct Doccano;

const FILE: &str = "doccano.jsonl";

static INFO: FormatInfo = FormatInfo {
    name: "doccano",
    title: key!("format-doccano"),
    extension: "jsonl",
    file: Some(FILE),
    unit: Some(OffsetUnit::Utf16),
    capabilities: Capabilities { metadata: Capabilities::ALL_METADATA, roles: true, ..Capabilities::SPANS },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "https://doccano.github.io/doccano/",
    notes: key!("format-doccano-notes"),
};

impl Format for Doccano {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
        drop_roles_without_span(page, loss, |_| false);
        let mut numbers = [0; 2];
        rename(page, loss, |_, record| {
            let spanless = record.at.is_empty();
            numbers[usize::from(spanless)] += 1;
            let name = if spanless { format!("m{}", numbers[1]) } else { numbers[0].to_string() };
            name.parse().expect("a letter and digits are an id")
        });
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(DoccanoWriter { unit: cx.options.unit.unwrap_or(OffsetUnit::Utf16) })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        records(source, reading, out, article);
    }
}

struct DoccanoWriter {
    unit: OffsetUnit,
}

#[derive(Serialize)]
struct DoccanoLine<'a> {
    id: usize,
    text: &'a str,
    entities: Vec<Entity<'a>>,
    relations: Vec<DoccanoRelation<'a>>,
    #[serde(rename = "Comments")]
    comments: [(); 0],
    meta: serde_json::Map<String, serde_json::Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cats: Vec<&'a str>,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: u64,
    start_offset: u32,
    end_offset: u32,
    label: &'a str,
}

#[derive(Serialize)]
struct DoccanoRelation<'a> {
    id: usize,
    from_id: u64,
    to_id: u64,
    r#type: &'a str,
}

impl Writer for DoccanoWriter {
    type Drawn = ();
    type State = ();

    fn draw(&self, number: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let (mut entities, mut relations, mut cats) = (Vec::new(), Vec::new(), Vec::new());
        let named = |id: crate::model::Id| id.to_string().parse::<u64>().unwrap_or_default();
        for record in page.sets.first().map_or(&[][..], |layer| &layer.records) {
            let Some(extent) = record.extent() else {
                cats.push(record.label.as_str());
                continue;
            };
            let (start_offset, end_offset) =
                (self.unit.of_byte(&page.text, extent.start), self.unit.of_byte(&page.text, extent.end));
            entities.push(Entity { id: named(record.id), start_offset, end_offset, label: &record.label });
            for role in &record.roles {
                if let Filler::Annotation(to) = role.filler {
                    let (id, from_id, to_id) = (relations.len() + 1, named(record.id), named(to));
                    relations.push(DoccanoRelation { id, from_id, to_id, r#type: &role.name });
                }
            }
        }
        let line = DoccanoLine {
            id: number + 1,
            text: page.text.as_str(),
            entities,
            relations,
            comments: [],
            meta: about_object(&page.id, &page.about),
            cats,
        };
        json_line(pieces.append(FILE), &line)
    }
}

fn article(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let content = text(value, "text").or_else(|why| text(value, "data").map_err(|_| why))?;
    let (mut id, about) = about_of(value.get("meta").or(Some(value)));
    if id.is_empty() {
        id = name(value, "id");
    }
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let user = |of: &Json<'_>| ["user", "username", "annotator"].map(|field| name(of, field));
    let user = |of: &Json<'_>| user(of).into_iter().find(|name| !name.is_empty()).map(|name| reading.name(&name));
    let whose = user(value);
    let mut sets = RawSets::default();
    for field in ["entities", "label", "labels", "cats", "annotations"] {
        let all = match value.get(field) {
            // One category of a text.
            Some(one @ Json::String(label)) => {
                if label.is_empty() {
                    &[]
                } else {
                    std::slice::from_ref(one)
                }
            }
            _ => list(value, field)?,
        };
        for one in all {
            match mark(one) {
                Ok(mark) => {
                    let annotator = user(one).or_else(|| whose.clone());
                    sets.mark(annotator, RawAnnotation { line: *line, ..mark });
                }
                Err(why) => problem(message!("file-why", file = field, why = why)),
            }
        }
    }
    if sets.is_empty() {
        sets.part(RawSet { annotator: whose.clone(), ..RawSet::default() });
    }
    let mut sets = sets.into_sets();
    let relations = list(value, "relations")?;
    let name_all = |set: &RawSet| RawNames::of(&set.marks);
    let named: Vec<RawNames> = if relations.is_empty() { Vec::new() } else { sets.iter().map(name_all).collect() };
    for relation in relations {
        let (from, to, kind) = (name(relation, "from_id"), name(relation, "to_id"), name(relation, "type"));
        let at = named.iter().enumerate().find_map(|(set, named)| Some((set, named.index(&from)?)));
        match at {
            Some((set, at)) if !kind.is_empty() => {
                sets[set].marks[at].roles.push((reading.name(&kind), RawFiller::Annotation(to)));
            }
            _ => problem(message!("relation-from-gone", id = name(relation, "id"), from = from)),
        }
    }
    let comments = comments(value, whose.as_ref(), file, reading);
    let unit = reading.unit.unwrap_or(OffsetUnit::Utf16);
    let document = RawDocument { file, line: *line, id, about, content, unit, sets, dangling: false };
    document.finish(reading, &mut |item| match item {
        Item::Document(mut page) => {
            page.comments.clone_from(&comments);
            out(Item::Document(page));
        }
        other => out(other),
    });
    Ok(())
}

/// The comments on an article, which say neither who wrote them nor when.
fn comments(
    value: &Json<'_>,
    whose: Option<&Name>,
    file: &str,
    reading: &ImportContext<'_>,
) -> Vec<(Name, Arc<Comment>)> {
    let by = whose.unwrap_or(reading.annotator).clone();
    let all = ["Comments", "comments"].into_iter().flat_map(|field| list(value, field).unwrap_or_default());
    let said = all.filter_map(|comment| scalar(comment).or_else(|| comment.get("text").and_then(scalar)));
    let comment = |(number, text): (usize, String)| Comment {
        id: format!("c{}", number + 1).parse().expect("a letter and a number are an id"),
        article: ArticleId::numbered(0),
        digest: String::new(),
        on: Target::Words,
        to: Vec::new(),
        at: Vec::new(),
        text,
        mark: Mark::None,
        reworded: None,
        origin: Origin { by: by.clone(), ..reading.origin(file) },
    };
    let said = said.filter(|text| !text.trim().is_empty()).enumerate();
    said.map(|said| (by.clone(), Arc::new(comment(said)))).collect()
}

/// An entity as an object or as `[start, end, label]`; a category as a text.
fn mark(value: &Json<'_>) -> Result<RawAnnotation, Message> {
    match value {
        Json::Array(parts) => {
            let [start, end, label, ..] = &parts[..] else { return Err(message!("doccano-entity", value = value)) };
            let label = scalar(label).ok_or_else(|| message!("doccano-entity", value = value))?;
            let at = [start, end].map(|offset| whole(offset).unwrap_or(NO_OFFSET));
            Ok(RawAnnotation { label, at: vec![at.into()], ..RawAnnotation::default() })
        }
        Json::Object(_) => Ok(RawAnnotation {
            id: name(value, "id"),
            // In an export of annotations labels are numbers, as the project has them.
            label: match value.get("label") {
                Some(label @ Json::Number(_)) => scalar(label).unwrap_or_default(),
                _ => text(value, "label")?.to_owned(),
            },
            at: match value.get("start_offset").or(value.get("end_offset")) {
                Some(_) => vec![(offset(value, "start_offset"), offset(value, "end_offset"))],
                None if value.get("user").is_some() => Vec::new(),
                None => return Err(message!("json-no-field", field = "start_offset")),
            },
            ..RawAnnotation::default()
        }),
        other => {
            Ok(RawAnnotation { label: scalar(other).ok_or(message!("doccano-label"))?, ..RawAnnotation::default() })
        }
    }
}
