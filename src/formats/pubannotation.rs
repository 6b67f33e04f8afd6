//! PubAnnotation JSON: a file for each article with denotations, relations and attributes, as TextAE edits them.

use crate::key;
use crate::lang::Message;
use crate::message;
use std::borrow::Cow;
use std::io;

use serde::Serialize;

use super::json::{Json, JsonRecord, list, name, offset, records, scalar, text};
use super::loss::{drop_roles_without_span, reduce};
use super::raw_document::{RawAnnotation, RawDocument, RawFiller, RawNames, RawSet};
use super::raw_sets::RawSets;
use super::{
    AnyWriter, ArticleMetadata, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext,
    ImportFiles, Item, Loss, OffsetUnit, Pieces, Writer,
};
use crate::model::{Filler, Kind, Problem};

/// See the module.
pub(super) struct PubAnnotation;

static INFO: FormatInfo = FormatInfo {
    name: "pubannotation",
    title: key!("format-pubannotation"),
    extension: "json",
    file: None,
    unit: Some(OffsetUnit::Utf16),
    capabilities: Capabilities {
        metadata: &["url"],
        kinds: &[Kind::Entity, Kind::Frame, Kind::Zone],
        fragments: true,
        attributes: true,
        roles: true,
        ids: true,
        ..Capabilities::SPANS
    },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "https://www.pubannotation.org/docs/annotation-format/",
    notes: key!("format-pubannotation-notes"),
};

impl Format for PubAnnotation {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
        drop_roles_without_span(page, loss, |_| false);
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(PubAnnotationWriter { unit: cx.options.unit.unwrap_or(OffsetUnit::Utf16) })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        records(source, reading, out, article);
    }
}

struct PubAnnotationWriter {
    unit: OffsetUnit,
}

#[derive(Serialize)]
struct PubArticle<'a> {
    sourcedb: &'static str,
    sourceid: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    target: &'a str,
    text: &'a str,
    denotations: Vec<Denotation<'a>>,
    relations: Vec<Statement<'a>>,
    attributes: Vec<Statement<'a>>,
}

#[derive(Serialize)]
struct Denotation<'a> {
    id: String,
    span: Extent,
    obj: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Extent {
    One(PubPlace),
    Several(Vec<PubPlace>),
}

#[derive(Serialize)]
struct PubPlace {
    begin: u32,
    end: u32,
}

/// A relation or an attribute.
#[derive(Serialize)]
struct Statement<'a> {
    id: String,
    pred: &'a str,
    subj: String,
    obj: Cow<'a, str>,
}

impl Writer for PubAnnotationWriter {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let (mut denotations, mut relations, mut attributes) = (Vec::new(), Vec::new(), Vec::new());
        for record in page.sets.first().map_or(&[][..], |layer| &layer.records) {
            let id = record.id.to_string();
            let place = |span: &crate::text::Span| {
                let of = |byte| self.unit.of_byte(&page.text, byte);
                PubPlace { begin: of(span.start), end: of(span.end) }
            };
            let span = match &record.at[..] {
                [span] => Extent::One(place(span)),
                several => Extent::Several(several.iter().map(place).collect()),
            };
            denotations.push(Denotation { id: id.clone(), span, obj: &record.label });
            for role in &record.roles {
                if let Filler::Annotation(to) = role.filler {
                    let number = format!("R{}", relations.len() + 1);
                    let obj = to.to_string().into();
                    relations.push(Statement { id: number, pred: &role.name, subj: id.clone(), obj });
                }
            }
            for (attribute, value) in &record.attributes {
                let number = format!("A{}", attributes.len() + 1);
                attributes.push(Statement { id: number, pred: attribute, subj: id.clone(), obj: value.into() });
            }
        }
        let article = PubArticle {
            sourcedb: "jejak",
            sourceid: &page.id,
            target: &page.about.url,
            text: page.text.as_str(),
            denotations,
            relations,
            attributes,
        };
        let bytes = pieces.own("json");
        serde_json::to_writer_pretty(&mut *bytes, &article)?;
        bytes.push(b'\n');
        Ok(())
    }
}

fn article(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let content = text(value, "text")?;
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let mut sets = RawSets::default();
    // Tracks are the annotations of several projects on one text: each is a set.
    let tracks = list(value, "tracks")?;
    for (number, track) in std::iter::once(value).chain(tracks).enumerate() {
        let mut marks: Vec<RawAnnotation> = Vec::new();
        for one in list(track, "denotations")?.iter().chain(list(track, "blocks")?) {
            match mark(one, *line) {
                Ok(mark) => marks.push(mark),
                Err(why) => problem(why),
            }
        }
        let named = RawNames::of(&marks);
        for relation in list(track, "relations")? {
            let (from, to, kind) = (name(relation, "subj"), name(relation, "obj"), name(relation, "pred"));
            match named.index(&from) {
                Some(at) if !kind.is_empty() => {
                    marks[at].roles.push((reading.name(&kind), RawFiller::Annotation(to)));
                }
                _ => problem(message!("relation-from-gone", id = name(relation, "id"), from = from)),
            }
        }
        for attribute in list(track, "attributes")?.iter().chain(list(track, "modifications")?) {
            let (about, kind) = (name(attribute, "subj"), name(attribute, "pred"));
            let about = if about.is_empty() { name(attribute, "obj") } else { about };
            let said = attribute.get("obj").and_then(scalar);
            match (named.index(&about), said) {
                (Some(at), Some(said)) if !kind.is_empty() => marks[at].attributes.push((reading.name(&kind), said)),
                _ => problem(message!("attribute-about-gone", id = name(attribute, "id"), about = about)),
            }
        }
        // An article with tracks has no annotations of its own, but for those that are there.
        if number == 0 && marks.is_empty() && !tracks.is_empty() {
            continue;
        }
        let unsaid = || (number > 0).then(|| format!("track-{number}"));
        let project = Some(name(track, "project")).filter(|name| !name.is_empty()).or_else(unsaid);
        let annotator = project.map(|name| reading.name(&name));
        sets.part(RawSet { annotator, marks, ..RawSet::default() });
    }
    let about = ArticleMetadata { url: name(value, "target"), ..ArticleMetadata::default() };
    let id = name(value, "sourceid");
    let (sets, unit) = (sets.into_sets(), reading.unit.unwrap_or(OffsetUnit::Utf16));
    RawDocument { file, line: *line, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}

fn mark(value: &Json<'_>, line: u32) -> Result<RawAnnotation, Message> {
    let id = name(value, "id");
    let place = |span: &Json<'_>| (offset(span, "begin"), offset(span, "end"));
    let at = match value.get("span") {
        Some(Json::Array(spans)) => Ok(spans.iter().map(place).collect()),
        Some(span) => Ok(vec![place(span)]),
        None => Err(message!("json-no-field", field = "span")),
    };
    let at = at.map_err(|why| message!("denotation-why", id = id, why = why))?;
    let label = value.get("obj").and_then(scalar).ok_or_else(|| message!("denotation-obj", id = id))?;
    Ok(RawAnnotation { id, label, at, line, ..RawAnnotation::default() })
}
