//! A reduced page as lines.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::fmt::Write as _;

use super::escape::{push_text, push_value};
use crate::formats::cas::{Type, feature};
use crate::formats::tokens::{covered, sentences};
use crate::formats::{ExchangeDocument, OffsetUnit};
use crate::model::{Annotation, Filler, Id, Schema};
use crate::text::{Span, Text};

/// The first line.
const VERSION: &str = "#FORMAT=WebAnno TSV 3.3";

/// The meaning of a column for the annotations of its layer.
enum LayerColumn {
    /// The presence of one.
    Here,
    Label,
    Note,
    Attribute(String),
    Roles,
    Targets,
}

/// An annotation as it is written.
struct TsvAnnotation<'a> {
    layer: Type,
    span: Span,
    /// None where it is bare words in a role.
    record: Option<&'a Annotation>,
    /// The first line that it is on, and on how many.
    first: (usize, Option<usize>),
    lines: usize,
    /// True where it needs a number to be told apart.
    ambiguous: bool,
    number: usize,
}

/// The content of one line: a token, or a part of one.
#[derive(Default)]
struct TsvLine {
    span: Option<Span>,
    marked: Vec<usize>,
}

/// Adds the lines of an article. Writing to a string cannot fail, so its results are not looked at.
pub(super) fn article(page: &ExchangeDocument, schema: &Schema, unit: OffsetUnit, out: &mut String) {
    let records = page.sets.first().map_or(&[][..], |layer| &layer.records);
    let text = &page.text;
    let mut all: Vec<TsvAnnotation<'_>> = Vec::with_capacity(records.len());
    let mut numbers: HashMap<Id, usize> = HashMap::with_capacity(records.len());
    let mark = |layer, span, record| TsvAnnotation {
        layer,
        span,
        record,
        first: (0, None),
        lines: 0,
        ambiguous: false,
        number: 0,
    };
    for record in records {
        numbers.insert(record.id, all.len());
        let span = record.extent().unwrap_or(Span::new(0, 0));
        all.push(mark(Type::of(record, schema), span, Some(&**record)));
    }
    // Bare words that fill roles, in the order of the roles.
    let mut words: HashMap<(Id, usize), usize> = HashMap::new();
    for record in records {
        for (at, role) in record.roles.iter().enumerate() {
            if let Filler::Span(spans) = &role.filler
                && let (Some(first), Some(last)) = (spans.first(), spans.last())
            {
                words.insert((record.id, at), all.len());
                all.push(mark(Type::Words, Span::new(first.start, last.end), None));
            }
        }
    }

    let sentences = divide(text, &all);
    let tokens: Vec<Span> = sentences.iter().flat_map(|(_, tokens)| tokens.iter().copied()).collect();
    let lines = lay_out(&tokens, &mut all);
    let target = |record: &Annotation, at: usize| match &record.roles[at].filler {
        Filler::Annotation(id) => numbers.get(id).copied(),
        Filler::Span(_) => words.get(&(record.id, at)).copied(),
        Filler::Value(_) => None,
    };
    let targets: HashSet<usize> =
        records.iter().flat_map(|record| (0..record.roles.len()).filter_map(|at| target(record, at))).collect();
    let mut number = 0;
    for (at, marked) in all.iter_mut().enumerate() {
        if marked.ambiguous || marked.lines > 1 || targets.contains(&at) {
            number += 1;
            marked.number = number;
        }
    }

    let columns = columns(records, schema, !words.is_empty());
    header(&columns, out);
    let mut names: Vec<(usize, usize)> = Vec::with_capacity(tokens.len());
    for (index, (_, tokens)) in sentences.iter().enumerate() {
        names.extend((1..=tokens.len()).map(|token| (index + 1, token)));
    }
    let pen = TsvPen { text, unit, columns: &columns, all: &all, target: &target, names: &names };
    let mut token = 0;
    for (said, tokens) in &sentences {
        out.push('\n');
        for line in text.slice(*said).split('\n') {
            out.push_str("#Text=");
            push_text(out, line);
            out.push('\n');
        }
        for span in tokens {
            let (whole, parts) = &lines[token];
            pen.line((token, None), *span, &whole.marked, out);
            for (number, part) in parts.iter().enumerate() {
                pen.line((token, Some(number)), part.span.unwrap_or(*span), &part.marked, out);
            }
            token += 1;
        }
    }
}

/// The sentences, each with the text that it is written with and its tokens. Together they are the whole text, but for
/// the line feed that is understood between two of them.
fn divide(text: &Text, all: &[TsvAnnotation<'_>]) -> Vec<(Span, Vec<Span>)> {
    let sentences = sentences(text);
    let tokens: Vec<Span> = sentences.concat();
    // White space is a token where something begins or ends in it, and before the first token, since nothing else tells
    // what stands there. The n-th is the one before the n-th token.
    let mut needed: BTreeSet<usize> = BTreeSet::from([0]);
    for span in all.iter().map(|marked| marked.span).filter(|span| !span.is_empty()) {
        let from = tokens.partition_point(|token| token.end <= span.start);
        let until = tokens.partition_point(|token| token.end < span.end);
        needed.extend((tokens.get(from).is_none_or(|token| token.start > span.start)).then_some(from));
        needed.extend((tokens.get(until).is_none_or(|token| token.start >= span.end)).then_some(until));
    }
    let mut divided: Vec<(Span, Vec<Span>)> = Vec::with_capacity(sentences.len());
    let (mut number, mut end) = (0, 0);
    let space = |number: usize, from: u32, until: u32| {
        (from < until && needed.contains(&number)).then_some(Span::new(from, until))
    };
    for sentence in &sentences {
        for (index, token) in sentence.iter().enumerate() {
            let space = space(number, end, token.start);
            match divided.last_mut() {
                Some((_, tokens)) if index > 0 || space.is_some() => tokens.extend(space.into_iter().chain([*token])),
                _ => divided.push((*token, space.into_iter().chain([*token]).collect())),
            }
            (number, end) = (number + 1, token.end);
        }
    }
    if let Some(space) = space(number, end, text.len()) {
        match divided.last_mut() {
            Some((_, tokens)) => tokens.push(space),
            None => divided.push((space, vec![space])),
        }
    }
    let starts: Vec<u32> = divided.iter().map(|(_, tokens)| tokens[0].start).collect();
    for (index, (said, _)) in divided.iter_mut().enumerate() {
        let end = starts.get(index + 1).map_or(text.len(), |&next| {
            let fed = text.as_str().as_bytes()[next as usize - 1] == b'\n';
            next - u32::from(fed)
        });
        *said = Span::new(starts[index], end);
    }
    divided
}

/// Puts the annotations on tokens and parts of them: for each token what stands on it as a whole, and its parts.
fn lay_out(tokens: &[Span], all: &mut [TsvAnnotation<'_>]) -> Vec<(TsvLine, Vec<TsvLine>)> {
    let mut lines: Vec<(TsvLine, Vec<TsvLine>)> = Vec::new();
    lines.resize_with(tokens.len(), Default::default);
    for (at, marked) in all.iter_mut().enumerate() {
        let over = if marked.span.is_empty() { 0..1 } else { covered(tokens, marked.span) };
        marked.lines = over.len();
        for token in over.clone() {
            let (span, (whole, parts)) = (tokens[token], &mut lines[token]);
            let part = Span::new(marked.span.start.max(span.start), marked.span.end.min(span.end));
            let number = (part != span).then(|| {
                parts.iter().position(|line| line.span == Some(part)).unwrap_or_else(|| {
                    parts.push(TsvLine { span: Some(part), marked: Vec::new() });
                    parts.len() - 1
                })
            });
            if token == over.start {
                marked.first = (token, number);
            }
            number.map_or(whole, |number| &mut parts[number]).marked.push(at);
        }
    }
    for line in lines.iter().flat_map(|(whole, parts)| std::iter::once(whole).chain(parts)) {
        for &at in &line.marked {
            let layer = all[at].layer;
            all[at].ambiguous |= line.marked.iter().filter(|&&other| all[other].layer == layer).count() > 1;
        }
    }
    lines
}

/// The layers that an article uses, and the features of each that it uses.
fn columns(records: &[std::sync::Arc<Annotation>], schema: &Schema, words: bool) -> BTreeMap<Type, Vec<LayerColumn>> {
    let mut used: BTreeMap<Type, (bool, bool, BTreeSet<String>)> = BTreeMap::new();
    for record in records {
        let layer = Type::of(record, schema);
        let (note, roles, attributes) = used.entry(layer).or_default();
        *note |= !record.note.is_empty();
        *roles |= !record.roles.is_empty();
        for (name, _) in &record.attributes {
            let name = feature(name, layer.label());
            if !attributes.contains(&*name) {
                attributes.insert(name.into_owned());
            }
        }
    }
    let mut columns: BTreeMap<Type, Vec<LayerColumn>> = BTreeMap::new();
    for (layer, (note, roles, attributes)) in used {
        let columns = columns.entry(layer).or_default();
        columns.push(LayerColumn::Label);
        columns.extend(note.then_some(LayerColumn::Note));
        columns.extend(attributes.into_iter().map(LayerColumn::Attribute));
        if roles {
            columns.extend([LayerColumn::Roles, LayerColumn::Targets]);
        }
    }
    if words {
        columns.insert(Type::Words, vec![LayerColumn::Here]);
    }
    columns
}

fn header(columns: &BTreeMap<Type, Vec<LayerColumn>>, out: &mut String) {
    out.push_str(VERSION);
    out.push('\n');
    for (layer, columns) in columns {
        let name = layer.name();
        let _ = write!(out, "#T_SP={name}");
        for column in columns {
            let _ = match column {
                LayerColumn::Here => write!(out, "|"),
                LayerColumn::Label => write!(out, "|{}", layer.label()),
                LayerColumn::Note => write!(out, "|note"),
                LayerColumn::Attribute(feature) => write!(out, "|{feature}"),
                LayerColumn::Roles => write!(out, "|ROLE_{name}:roles_{}", layer.link().name()),
                LayerColumn::Targets => write!(out, "|uima.tcas.Annotation"),
            };
        }
        out.push('\n');
    }
    out.push('\n');
}

struct TsvPen<'p> {
    text: &'p Text,
    unit: OffsetUnit,
    columns: &'p BTreeMap<Type, Vec<LayerColumn>>,
    all: &'p [TsvAnnotation<'p>],
    /// The filler of a role of a record, by its number.
    target: &'p dyn Fn(&Annotation, usize) -> Option<usize>,
    /// Of each token, the number of its sentence and its number in it, from 1.
    names: &'p [(usize, usize)],
}

impl TsvPen<'_> {
    /// Adds what a token or a part of it is called.
    fn name(&self, (token, part): (usize, Option<usize>), out: &mut String) {
        let (sentence, number) = self.names[token];
        push_number(out, sentence as u32);
        out.push('-');
        push_number(out, number as u32);
        if let Some(part) = part {
            out.push('.');
            push_number(out, part as u32 + 1);
        }
    }

    fn line(&self, place: (usize, Option<usize>), span: Span, marked: &[usize], out: &mut String) {
        self.name(place, out);
        out.push('\t');
        push_number(out, self.unit.of_byte(self.text, span.start));
        out.push('-');
        push_number(out, self.unit.of_byte(self.text, span.end));
        out.push('\t');
        push_form(out, self.text.slice(span));
        for (layer, columns) in self.columns {
            for column in columns {
                out.push('\t');
                let mut first = true;
                for &at in marked.iter().filter(|&&at| self.all[at].layer == *layer) {
                    if !std::mem::take(&mut first) {
                        out.push('|');
                    }
                    self.value(column, at, out);
                }
                if first {
                    out.push('_');
                }
            }
        }
        out.push_str("\t\n");
    }

    fn value(&self, column: &LayerColumn, at: usize, out: &mut String) {
        let marked = &self.all[at];
        let said = marked.record.and_then(|record| match column {
            LayerColumn::Label => Some(record.label.as_str()),
            LayerColumn::Note => Some(record.note.as_str()).filter(|note| !note.is_empty()),
            LayerColumn::Attribute(name) => {
                let mut attributes = record.attributes.iter();
                let found = attributes.find(|(attribute, _)| feature(attribute, marked.layer.label()) == *name);
                found.map(|(_, value)| value.as_str())
            }
            LayerColumn::Here | LayerColumn::Roles | LayerColumn::Targets => None,
        });
        match (column, marked.record) {
            (LayerColumn::Roles, Some(record)) if record.roles.is_empty() => out.push('_'),
            (LayerColumn::Targets, Some(record)) if record.roles.is_empty() => out.push('*'),
            (LayerColumn::Roles, Some(record)) => {
                for (index, role) in record.roles.iter().enumerate() {
                    out.push_str(if index > 0 { ";" } else { "" });
                    push_value(out, &role.name);
                }
            }
            (LayerColumn::Targets, Some(record)) => {
                for index in 0..record.roles.len() {
                    out.push_str(if index > 0 { ";" } else { "" });
                    match (self.target)(record, index) {
                        Some(to) => {
                            self.name(self.all[to].first, out);
                            let _ = write!(out, "[{}]", self.all[to].number);
                        }
                        None => out.push('*'),
                    }
                }
            }
            _ => match said {
                Some(said) => push_value(out, said),
                None => out.push('*'),
            },
        }
        if marked.number > 0 && !matches!(column, LayerColumn::Targets) {
            let _ = write!(out, "[{}]", marked.number);
        }
    }
}

fn push_number(out: &mut String, number: u32) {
    out.push_str(itoa::Buffer::new().format(number));
}

/// The words of a line; white space that would end it is written as in a line of text.
fn push_form(out: &mut String, form: &str) {
    if form.contains(['\n', '\t']) { push_text(out, form) } else { out.push_str(form) }
}
