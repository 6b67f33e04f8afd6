//! Parts of lines that several kinds of record share.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::formats::ImportContext;
use crate::model::{Date, DriftedSpan, Filler, Id, Name, Origin, Role, Timestamp, Value, Via};
use crate::text::{Span, Text};

/// A record by whose it is and what it is called.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct KeyJson {
    pub of: Name,
    pub id: Id,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpanJson<'a> {
    pub start: i64,
    pub end: i64,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub text: Option<Cow<'a, str>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AttributeJson<'a> {
    pub name: Name,
    #[serde(borrow)]
    pub value: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, Default)]
#[serde(deny_unknown_fields)]
pub(super) struct RoleJson<'a> {
    #[serde(borrow)]
    pub role: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<Cow<'a, str>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub spans: Vec<SpanJson<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<Date>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub value: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub referent: Option<Id>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OriginJson<'a> {
    pub by: Name,
    pub at: Timestamp,
    pub via: ViaJson,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Cow<'a, str>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<Name>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub score: Option<u16>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub changed: bool,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub adopted: Vec<Name>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub reason: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub gap: Cow<'a, str>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum ViaJson {
    Hand,
    Import,
    Suggestion,
    Decision,
}

pub(super) fn span_lines<'a>(at: &[Span], text: &'a Text) -> Vec<SpanJson<'a>> {
    let line = |span: &Span| SpanJson {
        start: text.byte_to_char(span.start).into(),
        end: text.byte_to_char(span.end).into(),
        text: Some(text.slice(*span).into()),
    };
    at.iter().map(line).collect()
}

pub(super) fn drifted_line(span: &DriftedSpan) -> SpanJson<'_> {
    SpanJson { start: span.start.into(), end: span.end.into(), text: Some((&*span.quote).into()) }
}

/// Offsets of fragments, and what they say where all of them say it.
pub(super) fn places(spans: &[SpanJson<'_>]) -> (Vec<(i64, i64)>, Option<String>) {
    let said: Option<Vec<&str>> = spans.iter().map(|span| span.text.as_deref()).collect();
    let quote = said.filter(|said| !said.is_empty()).map(|said| said.join(" "));
    (spans.iter().map(|span| (span.start, span.end)).collect(), quote)
}

pub(super) fn attribute_lines(attributes: &[(Name, String)]) -> Vec<AttributeJson<'_>> {
    attributes.iter().map(|(name, value)| AttributeJson { name: name.clone(), value: value.into() }).collect()
}

/// A role of an annotation, or of a referent where there is no text.
pub(super) fn role_line<'a>(role: &'a Role, text: Option<&'a Text>) -> RoleJson<'a> {
    let mut line = RoleJson { role: role.name.as_str().into(), ..RoleJson::default() };
    match (&role.filler, text) {
        (Filler::Annotation(id), Some(_)) => line.annotation = Some(id.to_string().into()),
        (Filler::Annotation(id), None) => line.referent = Some(*id),
        (Filler::Span(at), Some(text)) => line.spans = span_lines(at, text),
        (Filler::Span(_), None) => {}
        (Filler::Value(Value::Date(date)), _) => line.date = Some(date.clone()),
        (Filler::Value(Value::Text(value)), _) => line.value = Some(value.into()),
    }
    line
}

pub(super) fn origin_line(origin: &Origin) -> OriginJson<'_> {
    let mut line = OriginJson {
        by: origin.by.clone(),
        at: origin.at,
        via: ViaJson::Hand,
        file: None,
        source: None,
        score: None,
        changed: false,
        adopted: Vec::new(),
        reason: Cow::Borrowed(""),
        gap: Cow::Borrowed(""),
    };
    match &origin.via {
        Via::Hand => {}
        Via::Import { file } => {
            line.via = ViaJson::Import;
            line.file = Some(file.into());
        }
        Via::Suggestion { source, score, changed } => {
            line.via = ViaJson::Suggestion;
            line.source = Some(source.clone());
            line.score = Some(*score);
            line.changed = *changed;
        }
        Via::Decision { adopted, reason, gap } => {
            line.via = ViaJson::Decision;
            line.adopted.clone_from(adopted);
            line.reason = reason.into();
            line.gap = gap.into();
        }
    }
    line
}

/// An origin as one JSON object.
pub(in crate::formats) fn origin_json(origin: &Origin) -> String {
    serde_json::to_string(&origin_line(origin)).unwrap_or_default()
}

pub(super) fn origin(line: OriginJson<'_>, reading: &ImportContext<'_>) -> Result<Origin, Message> {
    let via = match line.via {
        ViaJson::Hand => Via::Hand,
        ViaJson::Import => Via::Import { file: line.file.unwrap_or_default().into_owned() },
        ViaJson::Suggestion => Via::Suggestion {
            source: line.source.ok_or(message!("suggestion-no-source"))?,
            score: line.score.unwrap_or(0),
            changed: line.changed,
        },
        ViaJson::Decision => {
            Via::Decision { adopted: line.adopted, reason: line.reason.into_owned(), gap: line.gap.into_owned() }
        }
    };
    Ok(Origin { by: reading.name(&line.by), at: line.at, via })
}
