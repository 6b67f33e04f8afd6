//! Records with roles and spans as they stand in files: one line each, what is empty left out.

use serde::{Deserialize, Serialize};

use crate::model::{Annotation, Date, Drift, DriftedSpan, Filler, Id, Name, Origin, Role, Value};
use crate::text::{Span, Text};

/// The unit of the numbers beside a quote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SpanUnit {
    /// Bytes of UTF-8: in the journal, which is read without the text.
    Bytes,
    /// Code points: in every file that others read.
    Chars,
}

/// Start, end and words of a fragment.
pub(crate) type SpanLine = (u32, u32, String);

/// An annotation in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct AnnotationLine {
    pub id: Id,
    pub label: Name,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<SpanLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<(Name, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<(Name, FillerLine)>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub referent: Option<Id>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub origin: Origin,
    /// Fragments that had no place when this was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drift: Vec<SpanLine>,
    /// Bare words of roles that had no place when this was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drifted_roles: Vec<(Name, SpanLine)>,
}

/// An id that stands bare where it is there, and whose field is left out where it is not.
mod bare {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::Id;

    pub fn serialize<S: Serializer>(id: &Option<Id>, serializer: S) -> Result<S::Ok, S::Error> {
        id.expect("the field is left out where there is none").serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Id>, D::Error> {
        Id::deserialize(deserializer).map(Some)
    }
}

/// The fillers of a role, in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(crate) enum FillerLine {
    Annotation(Id),
    Referent(Id),
    Span(Vec<SpanLine>),
    Date(Date),
    Text(String),
}

pub(super) fn roles_line(
    roles: &[Role],
    pointer: fn(Id) -> FillerLine,
    spans: impl Fn(&[Span]) -> Vec<SpanLine>,
) -> Vec<(Name, FillerLine)> {
    let filler = |filler: &Filler| match filler {
        Filler::Annotation(id) => pointer(*id),
        Filler::Span(at) => FillerLine::Span(spans(at)),
        Filler::Value(Value::Date(date)) => FillerLine::Date(date.clone()),
        Filler::Value(Value::Text(text)) => FillerLine::Text(text.clone()),
    };
    roles.iter().map(|role| (role.name.clone(), filler(&role.filler))).collect()
}

impl AnnotationLine {
    /// The line of an annotation on `text`.
    pub fn new(record: &Annotation, text: Option<&Text>, unit: SpanUnit) -> Self {
        let span = |span: &Span| match (unit, text.and_then(|text| Some((text, text.as_str().get(span.range())?)))) {
            (SpanUnit::Chars, Some((text, quote))) => {
                (text.byte_to_char(span.start), text.byte_to_char(span.end), quote.to_owned())
            }
            // Where the text is another one there is nothing to count.
            (_, quote) => (span.start, span.end, quote.map_or_else(String::new, |(_, quote)| quote.to_owned())),
        };
        let drifted = |span: &DriftedSpan| (span.start, span.end, span.quote.clone());
        let drift = record.drift.as_deref();
        Self {
            id: record.id,
            label: record.label.clone(),
            at: record.at.iter().map(span).collect(),
            attributes: record.attributes.clone(),
            roles: roles_line(&record.roles, FillerLine::Annotation, |spans| spans.iter().map(span).collect()),
            referent: record.referent,
            note: record.note.clone(),
            origin: record.origin.clone(),
            drift: drift.map_or(Vec::new(), |drift| drift.spans.iter().map(drifted).collect()),
            drifted_roles: drift.map_or(Vec::new(), |drift| {
                drift.roles.iter().map(|(role, span)| (role.clone(), drifted(span))).collect()
            }),
        }
    }

    /// The annotation of a line of the journal, its spans taken on trust.
    pub fn trusted(self) -> Annotation {
        let drifted = |(start, end, quote)| DriftedSpan { start, end, quote };
        let spans = |spans: Vec<SpanLine>| spans.into_iter().map(|(start, end, _)| Span::new(start, end)).collect();
        let drift = Drift {
            spans: self.drift.into_iter().map(drifted).collect(),
            roles: self.drifted_roles.into_iter().map(|(role, span)| (role, drifted(span))).collect(),
        };
        let role = |(name, filler)| {
            let filler = match filler {
                FillerLine::Annotation(id) | FillerLine::Referent(id) => Filler::Annotation(id),
                FillerLine::Span(at) => Filler::Span(spans(at)),
                FillerLine::Date(date) => Filler::Value(Value::Date(date)),
                FillerLine::Text(text) => Filler::Value(Value::Text(text)),
            };
            Role { name, filler }
        };
        Annotation {
            id: self.id,
            label: self.label,
            at: spans(self.at),
            attributes: self.attributes,
            roles: self.roles.into_iter().map(role).collect(),
            referent: self.referent,
            note: self.note,
            origin: self.origin,
            drift: (drift != Drift::default()).then(|| Box::new(drift)),
        }
    }
}
