//! Lines become annotations on a text: every fragment is checked against its quote, and found again where it has moved.

use std::cell::Cell;

use super::line::{AnnotationLine, FillerLine, SpanLine, SpanUnit};
use crate::message;
use crate::model::{Annotation, Drift, DriftedSpan, Filler, Problem, Role, Schema, Value};
use crate::text::{Anchor, Span, Text, place};

/// Bytes of text that may be searched for the quotes of one file; what is left then counts as drifted.
const SEARCH: u64 = 1 << 31;

/// Quotes of at least this many bytes tell how far the text around them has moved, if they stand in it only once.
const TELLING: usize = 12;

/// Places lines of one file in a text.
pub(crate) struct Placer<'a> {
    text: &'a Text,
    unit: SpanUnit,
    schema: &'a Schema,
    /// The place where stretches of the text have moved to: old start, in `unit`, and by how much; sorted.
    shifts: Vec<(u32, i64)>,
    /// The number of more quotes that may be searched for.
    searches: Cell<u64>,
}

impl<'a> Placer<'a> {
    /// For lines whose numbers count `unit`s of `text`.
    pub fn new(text: &'a Text, unit: SpanUnit, schema: &'a Schema) -> Self {
        let searches = Cell::new(SEARCH / u64::from(text.len().max(1)));
        Self { text, unit, schema, shifts: Vec::new(), searches }
    }

    /// Learns from quotes that stand in the text only once how far its parts have moved, where the lines were made for
    /// another text.
    pub fn learn<'b>(mut self, lines: impl Iterator<Item = &'b AnnotationLine>) -> Self {
        let all = self.text.as_str();
        for (start, _, quote) in lines.flat_map(|line| &line.at).filter(|span| span.2.len() >= TELLING) {
            if self.searches.get() == 0 {
                break;
            }
            self.searches.set(self.searches.get() - 1);
            let mut found = all.match_indices(quote.as_str());
            if let (Some((at, _)), None) = (found.next(), found.next()) {
                let now = match self.unit {
                    SpanUnit::Bytes => at as u32,
                    SpanUnit::Chars => self.text.byte_to_char(at as u32),
                };
                self.shifts.push((*start, i64::from(now) - i64::from(*start)));
            }
        }
        self.shifts.sort_unstable();
        self
    }

    /// The place where what was at `old` should be now, as the nearest stretch that is known to have moved says; in
    /// `unit`.
    fn expected(&self, old: u32) -> u32 {
        let after = self.shifts.partition_point(|&(start, _)| start <= old);
        let near = [after.checked_sub(1), Some(after)];
        let near = near.into_iter().flatten().filter_map(|index| self.shifts.get(index));
        let shift = near.min_by_key(|(start, _)| start.abs_diff(old)).map_or(0, |&(_, shift)| shift);
        u32::try_from((i64::from(old) + shift).max(0)).unwrap_or(u32::MAX)
    }

    fn byte(&self, at: u32) -> Option<u32> {
        match self.unit {
            SpanUnit::Bytes => (self.text.as_str().is_char_boundary(at as usize)).then_some(at),
            SpanUnit::Chars => self.text.char_to_byte(at),
        }
    }

    /// The bytes of a fragment, and whether it was found where it was looked for.
    fn find(&self, (start, _, quote): &SpanLine) -> Option<(Span, bool)> {
        let expected = self.expected(*start);
        let byte = self.byte(expected);
        if let Some(byte) = byte.filter(|&byte| self.text.as_str()[byte as usize..].starts_with(quote.as_str())) {
            let span = Span::new(byte, byte + quote.len() as u32);
            return (!quote.is_empty()).then_some((span, expected == *start));
        }
        self.searches.set(self.searches.get().checked_sub(1)?);
        let near = byte.unwrap_or(self.text.len().min(expected));
        place(self.text, &Anchor { quote: quote.clone(), ..Anchor::default() }, near).map(|span| (span, false))
    }

    /// The annotation of a line, and what is wrong with it.
    pub fn annotation(&self, mut line: AnnotationLine, problems: &mut Vec<Problem>) -> Annotation {
        let id = line.id;
        let mut about = |problem: Problem| {
            problems.push(Problem { annotation: Some(id.to_string()), ..problem });
        };
        let mut drift = Drift::default();
        let mut fragments = |spans: Vec<SpanLine>, said: bool| {
            let mut at = Vec::with_capacity(spans.len());
            let mut lost = Vec::new();
            for span in spans {
                // A drifted span is put nowhere but where its words stand by themselves.
                let fits = |(found, _): &(Span, bool)| said || self.text.check(*found).is_some();
                match self.find(&span).filter(fits) {
                    Some((found, there)) => {
                        if !there && said {
                            about(Problem::warning(
                                "moved",
                                message!("span-moved", words = short(&span.2), id = id, place = span.0),
                            ));
                        }
                        if self.text.check(found).is_none() {
                            about(Problem::warning(
                                "splits-grapheme",
                                message!("span-in-letter", words = short(&span.2), id = id),
                            ));
                            at.push(self.text.whole_graphemes(found));
                            continue;
                        }
                        at.push(found);
                    }
                    None => {
                        if said {
                            let outside = self.byte(span.1).is_none() || span.1 <= span.0;
                            about(match outside {
                                true => Problem::error(
                                    "span-outside",
                                    message!(
                                        "span-outside",
                                        id = id,
                                        from = span.0,
                                        until = span.1,
                                        words = short(&span.2)
                                    ),
                                ),
                                false => Problem::error(
                                    "quote-differs",
                                    message!("span-unplaced", words = short(&span.2), id = id),
                                ),
                            });
                        }
                        lost.push(DriftedSpan { start: span.0, end: span.1, quote: span.2 });
                    }
                }
            }
            (Annotation::tidy(at), lost)
        };
        let (mut at, lost) = fragments(std::mem::take(&mut line.at), true);
        drift.spans = lost;
        // Words that had drifted once may stand in the text again.
        let (again, lost) = fragments(std::mem::take(&mut line.drift), false);
        at.extend(again);
        drift.spans.extend(lost);
        let mut roles = Vec::with_capacity(line.roles.len());
        for (name, filler) in std::mem::take(&mut line.roles) {
            let filler = match filler {
                FillerLine::Annotation(id) | FillerLine::Referent(id) => Filler::Annotation(id),
                FillerLine::Date(date) => Filler::Value(Value::Date(date)),
                FillerLine::Text(text) => Filler::Value(Value::Text(text)),
                FillerLine::Span(spans) => {
                    let (at, lost) = fragments(spans, true);
                    drift.roles.extend(lost.into_iter().map(|span| (name.clone(), span)));
                    if at.is_empty() {
                        continue;
                    }
                    Filler::Span(at)
                }
            };
            roles.push(Role { name, filler });
        }
        for (name, span) in std::mem::take(&mut line.drifted_roles) {
            let (at, lost) = fragments(vec![span], false);
            drift.roles.extend(lost.into_iter().map(|span| (name.clone(), span)));
            if !at.is_empty() {
                roles.push(Role { name, filler: Filler::Span(at) });
            }
        }
        let mut record = line.trusted();
        record.attributes.sort_by(|a, b| a.0.cmp(&b.0));
        record.at = Annotation::tidy(at);
        record.roles = roles;
        record.drift = (drift != Drift::default()).then(|| Box::new(drift));
        self.share_names(&mut record);
        record
    }

    /// Names that the schema has are shared with it: a hundred thousand annotations hold one copy.
    fn share_names(&self, record: &mut Annotation) {
        let Some(label) = self.schema.label(&record.label) else { return };
        record.label = label.name.clone();
        for (name, _) in &mut record.attributes {
            if let Some(attribute) = label.attribute(name) {
                *name = attribute.name.clone();
            }
        }
        for role in &mut record.roles {
            if let Some(def) = label.role(&role.name) {
                role.name = def.name.clone();
            }
        }
    }
}

/// A quote cut to what fits a sentence, on one line.
fn short(quote: &str) -> String {
    let line = |quote: &str| quote.replace(char::is_control, " ");
    match quote.char_indices().nth(40) {
        Some((at, _)) => format!("{}…", line(&quote[..at])),
        None => line(quote),
    }
}
