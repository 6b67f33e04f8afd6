//! Lines become annotations on a text: every fragment is checked against its quote, and found again where it has moved.

use std::cell::Cell;

use super::line::{AnnotationLine, FillerLine, SpanLine, SpanUnit};
use super::shifts;
use crate::message;
use crate::model::{Annotation, Drift, DriftedSpan, Filler, Problem, Role, Schema, Value};
use crate::text::{Moves, Outline, Span, Text, only};

/// Bytes of text that may be searched for the quotes of one file; what is left then counts as drifted.
const SEARCH: u64 = 1 << 31;

/// Quotes of at least this many bytes, a sentence, that stand in a text once are taken to be what was marked in another
/// version of it.
const TELLING: usize = 48;

/// Code points beside its number within which a quote is looked for: a few words.
const NEAR: u32 = 40;

/// Places lines of one file in a text.
pub(crate) struct Placer<'a> {
    text: &'a Text,
    unit: SpanUnit,
    schema: &'a Schema,
    made_for: MadeFor,
    /// The number of more quotes that may be searched for.
    searches: Cell<u64>,
}

/// The text that the lines of a file were made for.
enum MadeFor {
    /// This one.
    This,
    /// Another one, and the way from there to this one.
    Another(Moves),
    /// Another one of which no more is known than what was marked: old start, in the file's unit, and the distance by which
    /// the words have moved; sorted.
    Unknown(Vec<(u32, i64)>),
}

impl<'a> Placer<'a> {
    /// For lines whose numbers count `unit`s of `text`.
    pub fn new(text: &'a Text, unit: SpanUnit, schema: &'a Schema) -> Self {
        let searches = Cell::new(SEARCH / u64::from(text.len().max(1)));
        Self { text, unit, schema, made_for: MadeFor::This, searches }
    }

    /// For lines that were made for another text: of this outline, or known by nothing but the marks in it.
    pub fn moved<'b>(self, before: Option<&Outline>, lines: impl Iterator<Item = &'b AnnotationLine>) -> Self {
        let made_for = match before.filter(|_| self.unit == SpanUnit::Chars) {
            Some(before) => MadeFor::Another(Moves::new(before, self.text)),
            None => MadeFor::Unknown(self.shifts(lines)),
        };
        Self { made_for, ..self }
    }

    /// Learns from all marks together how far the parts of the text have moved.
    fn shifts<'b>(&self, lines: impl Iterator<Item = &'b AnnotationLine>) -> Vec<(u32, i64)> {
        let all = self.text.as_str();
        let marks = lines.flat_map(|line| &line.at).map(|(start, _, quote)| (*start, quote.as_str())).collect();
        let mut places = |quote: &'b str| {
            let Some(left) = self.searches.get().checked_sub(1) else { return Vec::new() };
            self.searches.set(left);
            let now = |at: usize| match self.unit {
                SpanUnit::Bytes => at as u32,
                SpanUnit::Chars => self.text.byte_to_char(at as u32),
            };
            all.match_indices(quote).take(shifts::PLACES).map(|(at, _)| now(at)).collect()
        };
        shifts::shifts(marks, &mut places, &|at, quote| self.stands(at, quote).is_some())
    }

    fn byte(&self, at: u32) -> Option<u32> {
        match self.unit {
            SpanUnit::Bytes => (self.text.as_str().is_char_boundary(at as usize)).then_some(at),
            SpanUnit::Chars => self.text.char_to_byte(at),
        }
    }

    /// The bytes of a quote, where it stands at a place.
    fn stands(&self, at: u32, quote: &str) -> Option<Span> {
        self.text.stands(self.byte(at)?, quote).filter(|_| !quote.is_empty())
    }

    /// The bytes of a fragment, and whether it was found where it was looked for.
    fn find(&self, (start, _, quote): &SpanLine) -> Option<(Span, bool)> {
        let found = match &self.made_for {
            MadeFor::This => match self.stands(*start, quote) {
                Some(span) => Some(span),
                None => self.near(*start, quote),
            },
            MadeFor::Another(moves) => moves.place(self.text, *start, quote),
            MadeFor::Unknown(shifts) => {
                let telling = Some(quote).filter(|quote| quote.len() >= TELLING);
                self.shifted(shifts, *start, quote).or_else(|| self.only(telling?))
            }
        }?;
        Some((found, self.byte(*start) == Some(found.start)))
    }

    /// The place of words that moved as far as those before and after them; of a mark, as all marks together say.
    fn shifted(&self, shifts: &[(u32, i64)], start: u32, quote: &str) -> Option<Span> {
        let after = shifts.partition_point(|&(old, _)| old < start);
        let next = shifts.get(after)?;
        let is_known = next.0 == start;
        let before = after.checked_sub(1).map(|index| &shifts[index]);
        if !is_known && before.is_none_or(|before| before.1 != next.1) {
            return None;
        }
        u32::try_from(i64::from(start) + next.1).ok().and_then(|at| self.stands(at, quote))
    }

    /// The place of words whose number is wrong: where they stand once within a few words, or at all.
    fn near(&self, start: u32, quote: &str) -> Option<Span> {
        let chars = self.text.chars();
        let reach = NEAR + quote.chars().count() as u32;
        let window = (start.saturating_sub(NEAR).min(chars), start.saturating_add(reach).min(chars));
        let window = self.byte(window.0).zip(self.byte(window.1)).map(|(from, until)| Span::new(from, until));
        window.and_then(|window| only(self.text, window, quote)).or_else(|| self.only(quote))
    }

    /// The place of words that stand in the text once.
    fn only(&self, quote: &str) -> Option<Span> {
        self.searches.set(self.searches.get().checked_sub(1)?);
        only(self.text, Span::new(0, self.text.len()), quote)
    }

    /// The place of words that had drifted once: where they stood then, and nowhere else.
    fn back(&self, (start, _, quote): &SpanLine) -> Option<(Span, bool)> {
        // In a file, what drifted in this very text did so since equal words may be others.
        if matches!((&self.made_for, self.unit), (MadeFor::This, SpanUnit::Chars)) {
            return None;
        }
        let there = self.stands(*start, quote).filter(|span| self.text.check(*span).is_some());
        there.filter(|span| self.text.has_whole_words(*span)).map(|span| (span, false))
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
                match if said { self.find(&span) } else { self.back(&span) } {
                    Some((found, there)) => {
                        let words = short(&span.2);
                        if !said {
                            about(Problem::warning("moved", message!("span-back", words = words, id = id)));
                        } else if !there {
                            let message = message!("span-moved", words = words, id = id, place = span.0);
                            about(Problem::warning("moved", message));
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
