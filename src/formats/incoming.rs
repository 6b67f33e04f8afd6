//! What every reader shares: from marks as a file has them to a page whose every record is sound.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::units::Counting;
use super::{About, Item, Layer, Page, Raw, Reading, Unit};
use crate::model::{
    Annotation, Drift, DriftedSpan, Filler, Id, Name, Origin, Problem, Progress, Referent, Role, Value,
};
use crate::text::{Anchor, Span, Text, place};

/// An annotation as a file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Mark {
    /// What the file calls it; empty where it has no name.
    pub id: String,
    pub label: String,
    /// Its fragments in the file's unit.
    pub at: Vec<(i64, i64)>,
    /// What the fragments say, joined by a space, where the file says so.
    pub quote: Option<String>,
    pub attributes: Vec<(Name, String)>,
    pub roles: Vec<(Name, Target)>,
    pub referent: Option<Id>,
    pub note: String,
    pub origin: Option<Origin>,
    /// What had drifted already.
    pub drift: Drift,
    /// Line in the file, from 1; 0 where it is not known.
    pub line: u32,
}

/// What fills a role, as a file has it.
#[derive(Debug, Clone)]
pub(super) enum Target {
    /// Another annotation, by what the file calls it.
    Mark(String),
    /// Bare words: fragments and what they say.
    Words(Vec<(i64, i64)>, Option<String>),
    Value(Value),
}

/// One set as a file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct Marks {
    /// Whose it is, where the file says so.
    pub annotator: Option<Name>,
    pub progress: Progress,
    pub marks: Vec<Mark>,
    pub referents: Vec<Arc<Referent>>,
}

/// An article as a file has it.
pub(super) struct Incoming<'a> {
    pub file: &'a str,
    /// Line, from 1; 0 where it is not known.
    pub line: u32,
    /// What the file calls the article; may be empty.
    pub id: String,
    pub about: About,
    pub content: &'a str,
    pub unit: Unit,
    pub sets: Vec<Marks>,
    /// Whether roles may be filled by annotations that are not there.
    pub dangling: bool,
}

impl Incoming<'_> {
    /// Finds the unit, places every mark, resolves every name, and hands over the page after its problems.
    pub fn finish(self, reading: &Reading<'_>, out: &mut dyn FnMut(Item)) {
        let raw = Raw::new(self.content);
        if let Some(at) = raw.text.as_str().find('\0') {
            let at = raw.text.byte_to_char(at as u32);
            let problem = Problem::error("not-text", format!("the text is no text: character {at} is a NUL"));
            return out(Item::Problem(problem.at(self.file, (self.line > 0).then_some(self.line))));
        }
        let quoted: Vec<(&[(i64, i64)], &str)> = (self.sets.iter())
            .flat_map(|set| &set.marks)
            .filter(|mark| !mark.at.is_empty())
            .filter_map(|mark| Some((mark.at.as_slice(), mark.quote.as_deref()?)))
            .collect();
        let declared = reading.unit.unwrap_or(self.unit);
        let (counting, fits) = raw.detect(declared, &quoted);
        if fits > 0 && (counting.unit != declared || counting.crlf_as_one) {
            let message = format!("offsets count {counting}: so {fits} of {} quotes fit", quoted.len());
            out(Item::Problem(Problem::warning("unit", message).at(self.file, (self.line > 0).then_some(self.line))));
        }
        let mut placer =
            Placer { file: self.file, raw: &raw, counting, dangling: self.dangling, reading, out: &mut *out };
        let sets = self.sets.into_iter().map(|set| placer.layer(set)).collect();
        out(Item::Page(Box::new(Page { id: self.id, about: self.about, text: raw.text, sets, comments: Vec::new() })));
    }
}

struct Placer<'a, 'r> {
    file: &'a str,
    raw: &'a Raw,
    counting: Counting,
    dangling: bool,
    reading: &'a Reading<'r>,
    out: &'a mut dyn FnMut(Item),
}

impl Placer<'_, '_> {
    fn problem(&mut self, code: &'static str, line: u32, message: String) {
        (self.out)(Item::Problem(Problem::warning(code, message).at(self.file, (line > 0).then_some(line))));
    }

    fn layer(&mut self, set: Marks) -> Layer {
        let ids = self.ids(&set.marks);
        let by_name: HashMap<&str, Id> =
            set.marks.iter().zip(&ids).rev().map(|(mark, id)| (mark.id.as_str(), *id)).collect();
        let annotator = set.annotator.unwrap_or_else(|| self.reading.annotator.clone());
        let mut records = Vec::with_capacity(set.marks.len());
        let mut gone = HashSet::new();
        for (mark, id) in set.marks.iter().zip(&ids) {
            match self.record(mark, *id, &by_name) {
                Some(record) => records.push(record),
                None => {
                    gone.insert(*id);
                }
            }
        }
        if !gone.is_empty() {
            for record in &mut records {
                record.roles.retain(|role| !matches!(&role.filler, Filler::Annotation(id) if gone.contains(id)));
            }
        }
        records.sort_by_key(|record| {
            let extent = record.extent();
            (extent.map(|span| span.start), std::cmp::Reverse(extent.map(|span| span.end)), record.id)
        });
        let records = records.into_iter().map(Arc::new).collect();
        Layer { annotator, progress: set.progress, records, referents: set.referents, decisions: Vec::new() }
    }

    /// A name for each mark: its own where it can be one and is free, else a numbered one.
    fn ids(&mut self, marks: &[Mark]) -> Vec<Id> {
        let own = |mark: &Mark| mark.id.parse().or_else(|_| mark.id.to_lowercase().parse::<Id>()).ok();
        let mut taken = HashSet::with_capacity(marks.len());
        let first: Vec<Option<Id>> = marks.iter().map(|mark| own(mark).filter(|id| taken.insert(*id))).collect();
        let mut number = 0;
        let mut ids = Vec::with_capacity(marks.len());
        let mut names = HashSet::new();
        for (mark, id) in marks.iter().zip(first) {
            if !mark.id.is_empty() && !names.insert(mark.id.as_str()) {
                let message = format!("\"{}\" is the name of two annotations; the first is meant by it", mark.id);
                self.problem("duplicate-id", mark.line, message);
            }
            ids.push(id.unwrap_or_else(|| {
                loop {
                    number += 1;
                    let id = format!("m{number}").parse().expect("a letter and a number are an id");
                    if taken.insert(id) {
                        break id;
                    }
                }
            }));
        }
        ids
    }

    /// The record of a mark; none, and a problem, where there is nothing to make it of.
    fn record(&mut self, mark: &Mark, id: Id, by_name: &HashMap<&str, Id>) -> Option<Annotation> {
        let label = mark.label.trim();
        if label.is_empty() {
            self.problem("no-label", mark.line, format!("annotation {} has no label and was left out", mark.id));
            return None;
        }
        let mut drift = mark.drift.clone();
        let at = self.fragments(mark, &mut drift.spans)?;
        let mut roles = Vec::with_capacity(mark.roles.len());
        for (name, target) in &mark.roles {
            roles.extend(self.role(mark, name, target, by_name, &mut drift));
        }
        let mut attributes = mark.attributes.clone();
        attributes.sort_by(|a, b| a.0.cmp(&b.0));
        let origin = mark.origin.clone().unwrap_or_else(|| self.reading.origin(self.file));
        Some(Annotation {
            id,
            label: self.reading.name(label),
            at,
            attributes,
            roles,
            referent: mark.referent,
            note: mark.note.clone(),
            origin,
            drift: (drift != Drift::default()).then(|| Box::new(drift)),
        })
    }

    /// The places of a mark, where it has some; what its quote says wins over its offsets.
    fn fragments(&mut self, mark: &Mark, drift: &mut Vec<DriftedSpan>) -> Option<Vec<Span>> {
        if mark.at.is_empty() {
            return Some(Vec::new());
        }
        let fits = mark.quote.as_deref().is_none_or(|quote| self.raw.says(self.counting, &mark.at, quote));
        if !fits {
            let quote = mark.quote.as_deref().unwrap_or_default();
            return Some(self.by_quote(mark, quote, drift));
        }
        let mut at = Vec::with_capacity(mark.at.len());
        for &(start, end) in &mark.at {
            let Some(span) = self.raw.span(self.counting, start, end) else {
                let message = format!("{} at {start}–{end} lies outside the text and was left out", mark.label);
                self.problem("outside", mark.line, message);
                return None;
            };
            if span.is_empty() {
                let message = format!("{} at {start} has no words and was left out", mark.label);
                self.problem("empty-span", mark.line, message);
                return None;
            }
            let whole = self.raw.text.whole_graphemes(span);
            if whole != span {
                let message = format!("{} at {start}–{end} cut a character and was widened", mark.label);
                self.problem("cut-character", mark.line, message);
            }
            at.push(whole);
        }
        Some(Annotation::tidy(at))
    }

    /// Where a mark's quote stands nearest to its offsets; else it has drifted.
    fn by_quote(&mut self, mark: &Mark, quote: &str, drift: &mut Vec<DriftedSpan>) -> Vec<Span> {
        let (start, end) = (mark.at[0].0, mark.at[mark.at.len() - 1].1);
        let near = self.raw.byte(self.counting, start).unwrap_or(self.raw.text.len());
        let anchor = Anchor { quote: quote.to_owned(), ..Anchor::default() };
        let shown: String = quote.chars().take(40).collect();
        if let Some(span) = place(&self.raw.text, &anchor, near) {
            let message = format!("“{shown}” does not stand at {start}–{end}; it was found nearby");
            self.problem("re-anchored", mark.line, message);
            return vec![span];
        }
        let message = format!("“{shown}” does not stand at {start}–{end} nor anywhere else: kept as drifted");
        self.problem("drifted", mark.line, message);
        let offset = |offset: i64| u32::try_from(offset.max(0)).unwrap_or(u32::MAX);
        drift.push(DriftedSpan { start: offset(start), end: offset(end), quote: quote.to_owned() });
        Vec::new()
    }

    fn role(
        &mut self,
        mark: &Mark,
        name: &Name,
        target: &Target,
        by_name: &HashMap<&str, Id>,
        drift: &mut Drift,
    ) -> Option<Role> {
        let filler = match target {
            Target::Value(value) => Filler::Value(value.clone()),
            Target::Words(at, quote) => {
                let words = Mark {
                    label: name.to_string(),
                    at: at.clone(),
                    quote: quote.clone(),
                    line: mark.line,
                    ..Mark::default()
                };
                let mut drifted = Vec::new();
                let at = self.fragments(&words, &mut drifted)?;
                drift.roles.extend(drifted.into_iter().map(|span| (name.clone(), span)));
                if at.is_empty() {
                    return None;
                }
                Filler::Span(at)
            }
            Target::Mark(target) => match by_name.get(target.as_str()) {
                Some(&id) => Filler::Annotation(id),
                None => match target.parse() {
                    Ok(id) if self.dangling => Filler::Annotation(id),
                    _ => {
                        let message = format!("{name} of {} is filled by {target}, which is not there", mark.id);
                        self.problem("no-target", mark.line, message);
                        return None;
                    }
                },
            },
        };
        Some(Role { name: name.clone(), filler })
    }
}

/// What stands in these fragments, joined by a space.
pub(super) fn quote(text: &Text, at: &[Span]) -> String {
    match at {
        [span] => text.slice(*span).to_owned(),
        _ => at.iter().map(|span| text.slice(*span)).collect::<Vec<_>>().join(" "),
    }
}
