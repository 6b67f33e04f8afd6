//! Annotations in a line.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::parts::{
    AttributeJson, OriginJson, RoleJson, SpanJson, attribute_lines, drifted_line, origin, origin_line, places,
    role_line, span_lines,
};
use crate::formats::ImportContext;
use crate::formats::raw_document::{RawAnnotation, RawFiller};
use crate::model::{Annotation, Drift, DriftedSpan, Id, Kind, Name, Schema, Value};
use crate::text::Text;

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnotationJson<'a> {
    #[serde(borrow, default)]
    pub id: Cow<'a, str>,
    pub label: Name,
    /// Written for readers outside; the schema decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<KindJson>,
    #[serde(borrow, default)]
    pub spans: Vec<SpanJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleJson<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referent: Option<Id>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub drifted: Vec<SpanJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub drifted_roles: Vec<RoleJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginJson<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum KindJson {
    Entity,
    Frame,
    Zone,
    Document,
}

pub(super) fn annotation_line<'a>(record: &'a Annotation, text: &'a Text, schema: &Schema) -> AnnotationJson<'a> {
    AnnotationJson {
        id: record.id.to_string().into(),
        label: record.label.clone(),
        kind: schema.label(&record.label).map(|label| match label.kind {
            Kind::Entity => KindJson::Entity,
            Kind::Frame => KindJson::Frame,
            Kind::Zone => KindJson::Zone,
            Kind::Document => KindJson::Document,
        }),
        spans: span_lines(&record.at, text),
        attributes: attribute_lines(&record.attributes),
        roles: record.roles.iter().map(|role| role_line(role, Some(text))).collect(),
        referent: record.referent,
        note: (&*record.note).into(),
        drifted: record.drift.iter().flat_map(|drift| &drift.spans).map(drifted_line).collect(),
        drifted_roles: record.drift.iter().flat_map(|drift| &drift.roles).map(drifted_role).collect(),
        origin: Some(origin_line(&record.origin)),
    }
}

fn drifted_role((role, span): &(Name, DriftedSpan)) -> RoleJson<'_> {
    RoleJson { role: role.as_str().into(), spans: vec![drifted_line(span)], ..RoleJson::default() }
}

pub(super) fn mark(
    line: AnnotationJson<'_>,
    number: u32,
    reading: &ImportContext<'_>,
) -> Result<RawAnnotation, Message> {
    let (at, quote) = places(&line.spans);
    let drifted = |span: &SpanJson<'_>| DriftedSpan {
        start: u32::try_from(span.start).unwrap_or(0),
        end: u32::try_from(span.end).unwrap_or(0),
        quote: span.text.as_deref().unwrap_or_default().to_owned(),
    };
    Ok(RawAnnotation {
        label: line.label.to_string(),
        at,
        quote,
        attributes: line.attributes.into_iter().map(|one| (reading.name(&one.name), one.value.into_owned())).collect(),
        roles: line.roles.iter().map(|role| target(role, reading)).collect::<Result<_, _>>()?,
        referent: line.referent,
        note: line.note.into_owned(),
        origin: line.origin.map(|line| origin(line, reading)).transpose()?,
        drift: Drift {
            spans: line.drifted.iter().map(drifted).collect(),
            roles: (line.drifted_roles.iter())
                .flat_map(|role| role.spans.iter().map(|span| (reading.name(&role.role), drifted(span))))
                .collect(),
        },
        line: number,
        id: line.id.into_owned(),
    })
}

fn target(line: &RoleJson<'_>, reading: &ImportContext<'_>) -> Result<(Name, RawFiller), Message> {
    let name = reading.name(&line.role);
    let target = match line {
        RoleJson { annotation: Some(id), .. } => RawFiller::Annotation(id.clone().into_owned()),
        RoleJson { date: Some(date), .. } => RawFiller::Value(Value::Date(date.clone())),
        RoleJson { value: Some(value), .. } => RawFiller::Value(Value::Text(value.clone().into_owned())),
        RoleJson { spans, .. } if !spans.is_empty() => {
            let (at, quote) = places(spans);
            RawFiller::Words(at, quote)
        }
        _ => return Err(message!("role-by-nothing", name = name)),
    };
    Ok((name, target))
}
