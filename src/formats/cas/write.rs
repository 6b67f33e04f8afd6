//! A reduced page as feature structures, for whoever writes them down.

use std::collections::HashMap;

use super::names::feature;
use super::typesystem::Type;
use crate::formats::{ExchangeDocument, OffsetUnit};
use crate::model::{Filler, Id, Schema, Value};

/// The text itself.
pub(super) const SOFA: u32 = 1;

/// Writes feature structures down.
pub(super) trait Encode {
    fn begin(&mut self, id: u32, of: Type);
    fn number(&mut self, feature: &str, number: u32);
    fn text(&mut self, feature: &str, text: &str);
    fn flag(&mut self, feature: &str, flag: bool);
    fn reference(&mut self, feature: &str, id: u32);
    /// Refers to those from `first` on; `array` is free for the list itself.
    fn references(&mut self, feature: &str, of: Type, array: u32, first: u32, count: u32);
    fn end(&mut self);
}

/// Hands over every feature structure but the text; gives the numbers of those that a view lists.
pub(super) fn structures(page: &ExchangeDocument, schema: &Schema, unit: OffsetUnit, out: &mut dyn Encode) -> Vec<u32> {
    let length = unit.of_byte(&page.text, page.text.len());
    let mut next = SOFA + 1;
    let mut members = vec![next];
    out.begin(next, Type::Meta);
    place(out, Some((0, length)));
    out.text("language", if page.about.language.is_empty() { UNSPECIFIED } else { &page.about.language });
    for (name, said) in
        [("documentTitle", &page.about.title), ("documentId", &page.id), ("documentUri", &page.about.url)]
    {
        if !said.is_empty() {
            out.text(name, said);
        }
    }
    out.flag("isLastSegment", false);
    out.end();
    next += 1;
    let Some(layer) = page.sets.first() else { return members };
    let numbers: HashMap<Id, u32> = (layer.records.iter()).zip(next..).map(|(record, n)| (record.id, n)).collect();
    next += layer.records.len() as u32;
    let of = |byte| unit.of_byte(&page.text, byte);
    for record in &layer.records {
        let (number, kind) = (numbers[&record.id], Type::of(record, schema));
        members.push(number);
        out.begin(number, kind);
        let stands = record.extent().map_or((0, 0), |extent| (of(extent.start), of(extent.end)));
        place(out, (kind != Type::Document).then_some(stands));
        out.text(kind.label(), &record.label);
        out.text("id", &record.id.to_string());
        if !record.note.is_empty() {
            out.text("note", &record.note);
        }
        for (attribute, value) in &record.attributes {
            out.text(&feature(attribute, kind.label()), value);
        }
        let count = record.roles.len() as u32;
        let (array, first) = (next, next + 1);
        if count > 0 {
            out.references("roles", kind.link(), array, first, count);
        }
        out.end();
        if count == 0 {
            continue;
        }
        next = first + count;
        let mut words = Vec::new();
        for (link, role) in (first..).zip(&record.roles) {
            out.begin(link, kind.link());
            out.text("role", &role.name);
            match &role.filler {
                Filler::Annotation(id) => {
                    if let Some(target) = numbers.get(id) {
                        out.reference("target", *target);
                    }
                }
                Filler::Span(at) => {
                    if let (Some(first), Some(last)) = (at.first(), at.last()) {
                        words.push((next, (of(first.start), of(last.end))));
                        out.reference("target", next);
                        next += 1;
                    }
                }
                Filler::Value(Value::Date(date)) => out.text("date", date.as_str()),
                Filler::Value(Value::Text(text)) => out.text("value", text),
            }
            out.end();
        }
        for (number, at) in words {
            members.push(number);
            out.begin(number, Type::Words);
            place(out, Some(at));
            out.end();
        }
    }
    members
}

/// A language that is not known, as UIMA says it.
pub(super) const UNSPECIFIED: &str = "x-unspecified";

fn place(out: &mut dyn Encode, at: Option<(u32, u32)>) {
    out.reference("sofa", SOFA);
    if let Some((begin, end)) = at {
        out.number("begin", begin);
        out.number("end", end);
    }
}
