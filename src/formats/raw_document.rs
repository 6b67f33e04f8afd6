//! The way of every reader: from annotations as a file has them to a document whose every record is sound.

use crate::lang::Message;
use crate::message;
use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::units::Counting;
use super::{AnnotatorSet, ArticleMetadata, ExchangeDocument, ImportContext, Item, OffsetUnit, RawText};
use crate::model::{
    Annotation, Drift, DriftedSpan, Filler, Id, Name, Origin, Problem, Progress, Referent, Role, SetKind, Value,
};
use crate::text::{Span, Text};

/// An annotation as a file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct RawAnnotation {
    /// The name in the file; empty where it has none.
    pub id: String,
    pub label: String,
    /// Its fragments in the file's unit.
    pub at: Vec<(i64, i64)>,
    /// The words of the fragments, joined by a space, where the file gives them.
    pub quote: Option<String>,
    pub attributes: Vec<(Name, String)>,
    pub roles: Vec<(Name, RawFiller)>,
    pub referent: Option<Id>,
    pub note: String,
    pub origin: Option<Origin>,
    /// The fragments that had drifted already.
    pub drift: Drift,
    /// Line in the file, from 1; 0 where it is not known.
    pub line: u32,
}

/// The offset of a mark that has none, or one that is no number.
pub(super) const NO_OFFSET: i64 = i64::MIN;

/// The filler of a role, as a file has it.
#[derive(Debug, Clone)]
pub(super) enum RawFiller {
    /// Another annotation, by what the file calls it.
    Annotation(String),
    /// Bare words: fragments and what they say.
    Words(Vec<(i64, i64)>, Option<String>),
    Value(Value),
}

/// Annotations by what the file calls them, of several the first.
#[derive(Default)]
pub(super) struct RawNames(HashMap<String, usize>);

impl RawNames {
    pub(super) fn of(marks: &[RawAnnotation]) -> Self {
        let mut named = Self::default();
        for (index, mark) in marks.iter().enumerate() {
            named.add(&mark.id, index);
        }
        named
    }

    pub(super) fn add(&mut self, name: &str, index: usize) {
        if !name.is_empty() && !self.0.contains_key(name) {
            self.0.insert(name.to_owned(), index);
        }
    }

    pub(super) fn index(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }
}

/// One set as a file has it.
#[derive(Debug, Clone, Default)]
pub(super) struct RawSet {
    /// The annotator, where the file says so.
    pub annotator: Option<Name>,
    /// Its kind, where the file says so.
    pub kind: Option<SetKind>,
    /// The annotator's progress, where the file says it.
    pub progress: Option<Progress>,
    pub marks: Vec<RawAnnotation>,
    pub referents: Vec<Arc<Referent>>,
}

/// An article as a file has it.
pub(super) struct RawDocument<'a> {
    pub file: &'a str,
    /// Line, from 1; 0 where it is not known.
    pub line: u32,
    /// The article's name in the file; may be empty.
    pub id: String,
    pub about: ArticleMetadata,
    pub content: &'a str,
    /// The unit of offsets, unless the quotes of most annotations say otherwise.
    pub unit: OffsetUnit,
    pub sets: Vec<RawSet>,
    /// True where roles may be filled by annotations that are not there.
    pub dangling: bool,
}

impl RawDocument<'_> {
    /// Finds the unit, places every mark, resolves every name, and hands over the page after its problems.
    pub fn finish(self, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let raw = RawText::new(self.content);
        if let Some(at) = raw.text.as_str().find('\0') {
            let at = raw.text.byte_to_char(at as u32);
            let problem = Problem::error("not-text", message!("text-nul", at = at));
            return out(Item::Problem(problem.at(self.file, (self.line > 0).then_some(self.line))));
        }
        let quoted: Vec<(&[(i64, i64)], &str)> = (self.sets.iter())
            .flat_map(|set| &set.marks)
            .filter(|mark| !mark.at.is_empty())
            .filter_map(|mark| Some((mark.at.as_slice(), mark.quote.as_deref()?)))
            .collect();
        let (counting, fits) = raw.detect(self.unit, &quoted);
        if fits > 0 && (counting.unit != self.unit || counting.crlf_as_one) {
            let message = message!("offsets-count", counting = counting, fits = fits, quotes = quoted.len());
            out(Item::Problem(Problem::warning("unit", message).at(self.file, (self.line > 0).then_some(self.line))));
        }
        if quoted.is_empty() && reading.unit.is_none() {
            let marks = self.sets.iter().flat_map(|set| &set.marks).filter(|mark| !mark.at.is_empty());
            let spans: Vec<(i64, i64)> = marks.flat_map(|mark| mark.at.iter().copied()).take(CUT_SPANS).collect();
            if let Some(message) = doubt(&raw, self.unit, &spans) {
                out(Item::Problem(
                    Problem::warning("unit", message).at(self.file, (self.line > 0).then_some(self.line)),
                ));
            }
        }
        let mut placer = RawPlacer {
            file: self.file,
            raw: &raw,
            counting,
            all_fit: fits == quoted.len(),
            dangling: self.dangling,
            reading,
            out: &mut *out,
        };
        let sets = self.sets.into_iter().map(|set| placer.layer(set)).collect();
        out(Item::Document(Box::new(ExchangeDocument {
            id: self.id,
            file: self.file.to_owned(),
            about: self.about,
            text: raw.text,
            sets,
            comments: Vec::new(),
        })));
    }
}

struct RawPlacer<'a, 'r> {
    file: &'a str,
    raw: &'a RawText,
    counting: Counting,
    /// True where the quote of every mark stands at its offsets, which is known since these were counted.
    all_fit: bool,
    dangling: bool,
    reading: &'a ImportContext<'r>,
    out: &'a mut dyn FnMut(Item),
}

/// The place of words, as a file gives it.
struct RawWords<'m> {
    /// The name for people.
    what: &'m str,
    at: &'m [(i64, i64)],
    quote: Option<&'m str>,
    /// True where the quote is known to stand there.
    fits: bool,
    line: u32,
}

impl RawPlacer<'_, '_> {
    fn problem(&mut self, code: &'static str, line: u32, message: Message) {
        (self.out)(Item::Problem(Problem::warning(code, message).at(self.file, (line > 0).then_some(line))));
    }

    fn layer(&mut self, mut set: RawSet) -> AnnotatorSet {
        let names: Vec<String> = set.marks.iter_mut().map(|mark| std::mem::take(&mut mark.id)).collect();
        let ids = Self::ids(&names);
        let by_name = self.by_name(&names, &ids, &set.marks);
        let bare = set.marks.is_empty();
        let annotator = set.annotator.filter(|name| !name.trim().is_empty());
        let annotator = annotator.unwrap_or_else(|| self.reading.annotator.clone());
        let mut records = Vec::with_capacity(set.marks.len());
        let mut gone = HashSet::new();
        for ((mark, name), id) in set.marks.into_iter().zip(&names).zip(ids) {
            match self.record(mark, (name, id), &annotator, &by_name) {
                Some(record) => records.push(record),
                None => {
                    gone.insert(id);
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
        // A file that has an article says that nothing is to be marked in it, and not that nobody has looked; one whose marks
        // were left out says neither.
        let looked_at = if bare { Progress::InProgress } else { Progress::New };
        AnnotatorSet {
            annotator,
            kind: set.kind,
            progress: set.progress.unwrap_or(looked_at),
            records,
            referents: set.referents,
            decisions: Vec::new(),
        }
    }

    /// An id for each mark: its own name where it can be one and is free, else a numbered one.
    fn ids(names: &[String]) -> Vec<Id> {
        let own = |name: &String| name.parse().or_else(|_| name.to_lowercase().parse::<Id>()).ok();
        let mut taken = HashSet::with_capacity(names.len());
        let own: Vec<Option<Id>> = names.iter().map(|name| own(name).filter(|id| taken.insert(*id))).collect();
        let mut number = 0;
        let mut numbered = || loop {
            number += 1;
            let id = format!("m{number}").parse().expect("a letter and a number are an id");
            if taken.insert(id) {
                break id;
            }
        };
        own.into_iter().map(|id| id.unwrap_or_else(&mut numbered)).collect()
    }

    /// The marks by what the file calls them.
    fn by_name<'n>(&mut self, names: &'n [String], ids: &[Id], marks: &[RawAnnotation]) -> HashMap<&'n str, Id> {
        let mut by_name = HashMap::with_capacity(names.len());
        for ((name, id), mark) in names.iter().zip(ids).zip(marks) {
            if name.is_empty() {
                continue;
            }
            match by_name.entry(name.as_str()) {
                Entry::Vacant(free) => {
                    free.insert(*id);
                }
                Entry::Occupied(_) => {
                    let message = message!("name-twice", name = name);
                    self.problem("duplicate-id", mark.line, message);
                }
            }
        }
        by_name
    }

    /// The record of a mark; none, and a problem, where there is nothing to make it of.
    fn record(
        &mut self,
        mark: RawAnnotation,
        (name, id): (&str, Id),
        annotator: &Name,
        by_name: &HashMap<&str, Id>,
    ) -> Option<Annotation> {
        let label = mark.label.trim();
        if label.is_empty() {
            self.problem("no-label", mark.line, message!("mark-no-label", name = name));
            return None;
        }
        let (mut drift, line) = (mark.drift, mark.line);
        let quote = mark.quote.as_deref();
        let words = RawWords { what: &mark.label, at: &mark.at, quote, fits: self.all_fit, line };
        let at = self.fragments(&words, &mut drift.spans);
        let mut roles = Vec::with_capacity(mark.roles.len());
        for (role, target) in mark.roles {
            roles.extend(self.role(role, target, (name, line), by_name, &mut drift));
        }
        let mut attributes = mark.attributes;
        attributes.sort_by(|a, b| a.0.cmp(&b.0));
        let origin = mark.origin.unwrap_or_else(|| Origin { by: annotator.clone(), ..self.reading.origin(self.file) });
        Some(Annotation {
            id,
            label: self.reading.name(label),
            at,
            attributes,
            roles,
            referent: mark.referent,
            note: mark.note,
            origin,
            drift: (drift != Drift::default()).then(|| Box::new(drift)),
        })
    }

    /// The places of words, where they have some; what their quote says wins over their offsets.
    fn fragments(&mut self, words: &RawWords<'_>, drift: &mut Vec<DriftedSpan>) -> Vec<Span> {
        if words.at.is_empty() {
            return Vec::new();
        }
        if let Some(quote) = words.quote.filter(|quote| !words.fits && !self.holds(words.at, quote)) {
            return self.by_quote(words, quote, drift);
        }
        let (what, line) = (words.what, words.line);
        let mut at = Vec::with_capacity(words.at.len());
        for &(start, end) in words.at {
            // A mark that has no place is kept without one: somebody has made it.
            let (code, why) = match self.raw.span(self.counting, start, end) {
                _ if start == NO_OFFSET || end == NO_OFFSET => ("no-number", message!("mark-no-number", what = what)),
                None => ("outside", message!("mark-outside", what = what, start = start, end = end)),
                Some(span) if span.is_empty() => ("empty-span", message!("mark-no-words", what = what, start = start)),
                Some(span) => {
                    at.push((span, start, end));
                    continue;
                }
            };
            self.problem(code, line, why);
            drift.push(drifted(start, end, words.quote.filter(|_| words.at.len() == 1).unwrap_or_default()));
        }
        let mut spans = Vec::with_capacity(at.len());
        for (span, start, end) in at {
            let whole = self.raw.text.whole_graphemes(span);
            if whole != span {
                self.problem("cut-character", line, message!("mark-cut", what = what, start = start, end = end));
            }
            spans.push(whole);
        }
        Annotation::tidy(spans)
    }

    /// True where fragments say a quote, or the one that there is says more than it: the offsets know better.
    fn holds(&self, at: &[(i64, i64)], quote: &str) -> bool {
        if self.raw.says(self.counting, at, quote) {
            return true;
        }
        let [(start, end)] = at else { return false };
        let said = self.raw.span(self.counting, *start, *end).map(|span| self.raw.text.slice(span));
        let most = 4 * quote.len() + LITTLE_MORE;
        said.is_some_and(|said| !quote.trim().is_empty() && said.len() <= most && said.contains(quote.trim()))
    }

    /// Returns the place of a quote near its offsets, where it stands there once, as whole words; else it has drifted.
    fn by_quote(&mut self, words: &RawWords<'_>, quote: &str, drift: &mut Vec<DriftedSpan>) -> Vec<Span> {
        let (start, end) = (words.at[0].0, words.at[words.at.len() - 1].1);
        if start == NO_OFFSET {
            self.problem("no-number", words.line, message!("mark-no-number", what = words.what));
            drift.push(drifted(start, end, quote));
            return Vec::new();
        }
        // An end that no number tells is where the words end.
        let end = if end == NO_OFFSET { start.saturating_add(self.raw.length(self.counting, quote)) } else { end };
        let near = if start < 0 { 0 } else { self.raw.byte(self.counting, start).unwrap_or(self.raw.text.len()) };
        let shown: String = quote.chars().take(40).collect();
        if let Some(span) = nearby(&self.raw.text, quote, near) {
            let message = message!("mark-nearby", shown = shown, start = start, end = end);
            self.problem("re-anchored", words.line, message);
            return vec![span];
        }
        let message = message!("mark-drifted", shown = shown, start = start, end = end);
        self.problem("drifted", words.line, message);
        drift.push(drifted(start, end, quote));
        Vec::new()
    }

    /// Resolves the filler of a role of the annotation of this name and line.
    fn role(
        &mut self,
        role: Name,
        target: RawFiller,
        (mark, line): (&str, u32),
        by_name: &HashMap<&str, Id>,
        drift: &mut Drift,
    ) -> Option<Role> {
        let filler = match target {
            RawFiller::Value(value) => Filler::Value(value),
            RawFiller::Words(at, quote) => {
                let words = RawWords { what: &role, at: &at, quote: quote.as_deref(), fits: false, line };
                let mut drifted = Vec::new();
                let at = self.fragments(&words, &mut drifted);
                drift.roles.extend(drifted.into_iter().map(|span| (role.clone(), span)));
                if at.is_empty() {
                    return None;
                }
                Filler::Span(at)
            }
            RawFiller::Annotation(target) => match by_name.get(target.as_str()) {
                Some(&id) => Filler::Annotation(id),
                None => match target.parse() {
                    Ok(id) if self.dangling => Filler::Annotation(id),
                    _ => {
                        let message = message!("filled-by-gone", role = role, mark = mark, target = target);
                        self.problem("no-target", line, message);
                        return None;
                    }
                },
            },
        };
        Some(Role { name: role, filler })
    }
}

/// Spans of an article that are looked at where nothing says what their offsets count.
const CUT_SPANS: usize = 200;

/// The doubt about a unit in which some spans cut words, where none does in another one.
fn doubt(raw: &RawText, unit: OffsetUnit, spans: &[(i64, i64)]) -> Option<Message> {
    // (In a text of one byte a character every unit counts alike.)
    if raw.text.as_str().is_ascii() || spans.is_empty() {
        return None;
    }
    let cut = |unit: OffsetUnit| {
        let counting = Counting { unit, crlf_as_one: false };
        let whole = |&&(start, end): &&(i64, i64)| {
            raw.span(counting, start, end).is_none_or(|span| !span.is_empty() && !raw.text.has_whole_words(span))
        };
        spans.iter().filter(whole).count()
    };
    let here = cut(unit);
    let other = (here > 0).then(|| OffsetUnit::ALL.into_iter().find(|other| *other != unit && cut(*other) == 0))??;
    let (unit, other) = (unit.name(), other.name());
    Some(message!("offsets-doubt", unit = unit, cut = here, all = spans.len(), other = other))
}

/// Bytes on either side of an offset within which a quote is near it: a few words.
const NEAR: u32 = 64;
/// Bytes beyond a quote's own that offsets may hold and still be meant by it.
const LITTLE_MORE: usize = 64;

/// A fragment that has no place.
fn drifted(start: i64, end: i64, quote: &str) -> DriftedSpan {
    let offset = |offset: i64| u32::try_from(offset.max(0)).unwrap_or(u32::MAX);
    DriftedSpan { start: offset(start), end: offset(end), quote: quote.to_owned() }
}

/// The only place near a byte where a quote stands, beginning and ending where words do.
fn nearby(text: &Text, quote: &str, near: u32) -> Option<Span> {
    let all = text.as_str();
    let bound = |mut byte: usize| {
        while !all.is_char_boundary(byte) {
            byte -= 1;
        }
        byte
    };
    let from = bound(near.saturating_sub(NEAR) as usize);
    let until = bound((near as usize + quote.len() + NEAR as usize).min(all.len()));
    let mut found = None;
    let around = all.get(from..until).filter(|_| !quote.is_empty())?;
    for (at, _) in around.match_indices(quote) {
        let span = Span::new((from + at) as u32, (from + at + quote.len()) as u32);
        if text.check(span).is_some() && text.has_whole_words(span) && found.replace(span).is_some() {
            return None;
        }
    }
    found
}

/// Returns the words of these fragments, joined by a space.
pub(super) fn quote(text: &Text, at: &[Span]) -> String {
    match at {
        [span] => text.slice(*span).to_owned(),
        _ => at.iter().map(|span| text.slice(*span)).collect::<Vec<_>>().join(" "),
    }
}
