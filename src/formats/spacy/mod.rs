//! spaCy's `DocBin`: documents as spaCy keeps them, with entities, a span group and categories.
//!
//! A mention, zone or trigger is a span of the group `sc`; of those that are mentions, those that do not overlap are the
//! document's entities too. A label of the whole article is a category. Tokens are the words of UAX #29, each other
//! segment that is not white space, and white space where it is more than one space after a word, as spaCy has it: so
//! the text comes back letter by letter.

mod docbin;
mod strings;
mod training;

use crate::key;
use crate::lang::Message;
use crate::message;
use std::cmp::Reverse;
use std::collections::HashMap;
use std::io::{self, Write};
use std::sync::Arc;

use self::docbin::{Document, Iob, SpacyDocument, SpacyToken, SpanRow};
use super::json::{EXTENSIONS, records_of};
use super::loss::{place, reduce, rename};
use super::parallel_read::{Give, items};
use super::raw_document::{RawAnnotation, RawDocument, RawSet};
use super::references::{KNOWLEDGE, References};
use super::tokens::covered;
use super::{
    AnyWriter, ArticleMetadata, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext,
    ImportFiles, Item, Loss, Lost, Nested, OffsetUnit, Options, Pieces, Sink, Writer,
};
use crate::model::{Annotation, Kind, Name, Problem};
use crate::text::{Span, Text, word_segments};

/// See the module.
pub(super) struct Spacy;

const FILE: &str = "jejak.spacy";

static INFO: FormatInfo = FormatInfo {
    name: "spacy",
    title: key!("format-spacy"),
    extension: "spacy",
    file: Some(FILE),
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities { metadata: Capabilities::ALL_METADATA, ..Capabilities::SPANS },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "https://spacy.io/api/data-formats#binary-training",
    notes: key!("format-spacy-notes"),
};

impl Format for Spacy {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
        let (article, text) = (page.id.clone(), page.text.clone());
        let solid: Vec<Span> = tokens(&text).into_iter().filter(|token| token.solid).map(|token| token.at).collect();
        for layer in &mut page.sets {
            let mut cats: Vec<Name> = Vec::new();
            layer.records.retain_mut(|record| {
                let mut lost = |what, record: &Annotation| loss.note(what, 1, || place(&article, &text, record));
                let Some(extent) = record.extent() else {
                    // A document has a category once.
                    let again = cats.contains(&record.label);
                    if again {
                        lost(Lost::DocumentLabel, record);
                    }
                    cats.push(record.label.clone());
                    return !again;
                };
                let over = covered(&solid, extent);
                if over.is_empty() {
                    let what = match cx.corpus.schema.kind(&record.label) {
                        Kind::Entity => Lost::Mention,
                        Kind::Frame => Lost::Frame,
                        Kind::Zone => Lost::Zone,
                        Kind::Document => Lost::DocumentLabel,
                    };
                    lost(what, record);
                    return false;
                }
                let widened = Span::new(solid[over.start].start, solid[over.end - 1].end);
                if widened != extent {
                    lost(Lost::Alignment, record);
                    Arc::make_mut(record).at = vec![widened];
                }
                true
            });
            layer.records.sort_by_key(|record| {
                let extent = record.extent();
                (extent.map(|span| span.start), extent.map(|span| Reverse(span.end)), record.id)
            });
        }
        rename(page, loss, |index, _| format!("m{}", index + 1).parse().expect("a letter and a number are an id"));
    }

    fn variants(&self) -> Vec<Options> {
        [Nested::Outermost, Nested::Innermost].map(|nested| Options { nested, ..Options::default() }).into()
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(SpacyWriter { cx })
    }

    fn preview(&self, page: &ExchangeDocument, cx: &Context<'_>) -> String {
        let all = tokens(&page.text);
        let document = document(page, &all, cx);
        let span = |span: &SpanRow<'_>| {
            let (from, until) = (span.tokens.0 as usize, span.tokens.1 as usize - 1);
            let words = page.text.slice(Span::new(all[from].at.start, all[until].at.end));
            serde_json::json!({"start": span.chars.0, "end": span.chars.1, "label": span.label, "text": words})
        };
        let ent = |token: &SpacyToken<'_>| match token.iob {
            Iob::Begins => format!("{} B-{}", token.text, token.label),
            Iob::Inside => format!("{} I-{}", token.text, token.label),
            Iob::Outside => token.text.to_owned(),
        };
        let shown = serde_json::json!({
            "user_data": document.user_data.iter().map(|(name, said)| format!("{name}: {said}")).collect::<Vec<_>>(),
            "cats": document.cats.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>(),
            "spans": {"sc": document.spans.iter().map(span).collect::<Vec<_>>()},
            "tokens": document.tokens.iter().map(ent).collect::<Vec<_>>(),
        });
        serde_json::to_string_pretty(&shown).unwrap_or_default()
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let json = |file: &&str| EXTENSIONS.iter().any(|end| file.to_lowercase().ends_with(&format!(".{end}")));
        let cut = |give: &mut Give<'_, _>| {
            for file in source.with_extension(&["spacy"]).into_iter().filter(|file| !json(file)) {
                let mut each = |found: SpacyDocument| {
                    let bytes = found.text.len() as u64;
                    give.piece((file, found), bytes);
                };
                if let Err(why) = docbin::read(|| source.open(file), &mut each) {
                    give.problem(Problem::error("file", why).at(file, None));
                }
            }
        };
        items(source, reading, out, cut, |(file, found), reading, out| take(file, found, reading, out));
        records_of(source, source.names().filter(json).collect(), false, reading, out, training::article);
    }
}

/// A piece of a text as spaCy sees it.
struct SpacyPiece {
    at: Span,
    /// True where one space follows that belongs to no token.
    space: bool,
    /// True where it is more than white space.
    solid: bool,
}

/// The tokens of a text; with the spaces that follow them they are all of it.
fn tokens(text: &Text) -> Vec<SpacyPiece> {
    let mut pieces: Vec<SpacyPiece> = Vec::new();
    for (at, segment) in word_segments(text.as_str()) {
        let mut span = Span::new(at as u32, (at + segment.len()) as u32);
        let solid = !segment.starts_with(char::is_whitespace);
        if let Some(rest) = segment.strip_prefix(' ')
            // A mark that stands on the space goes with it.
            && rest.chars().next().is_none_or(char::is_whitespace)
            && let Some(before) = pieces.last_mut().filter(|before| !before.space)
        {
            before.space = true;
            span.start += 1;
        }
        if !span.is_empty() {
            pieces.push(SpacyPiece { at: span, space: false, solid });
        }
    }
    pieces
}

struct SpacyWriter<'a> {
    cx: Context<'a>,
}

impl Writer for SpacyWriter<'_> {
    type Drawn = Vec<SpacyPiece>;
    type State = docbin::DocBinWriter;

    fn draw(&self, _: usize, page: &ExchangeDocument, _: &mut Pieces) -> io::Result<Vec<SpacyPiece>> {
        Ok(tokens(&page.text))
    }

    fn put(
        &self,
        bin: &mut Self::State,
        page: &ExchangeDocument,
        pieces: Vec<SpacyPiece>,
        _: &mut dyn Sink,
    ) -> io::Result<()> {
        bin.add(&document(page, &pieces, &self.cx))
    }

    fn end(&self, bin: &mut Self::State, sink: &mut dyn Sink) -> io::Result<()> {
        struct Append<'a>(&'a mut dyn Sink);
        impl Write for Append<'_> {
            fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
                self.0.append(FILE, bytes)?;
                Ok(bytes.len())
            }

            fn flush(&mut self) -> io::Result<()> {
                Ok(())
            }
        }
        std::mem::take(bin).finish(&mut Append(sink))
    }
}

/// A reduced page as spaCy has it.
fn document<'a>(page: &'a ExchangeDocument, pieces: &[SpacyPiece], cx: &Context<'a>) -> Document<'a> {
    let text = &page.text;
    let schema = &cx.corpus.schema;
    let mut tokens: Vec<SpacyToken<'a>> = pieces
        .iter()
        .map(|piece| SpacyToken { text: text.slice(piece.at), space: piece.space, iob: Iob::Outside, label: "" })
        .collect();
    let at: Vec<Span> = pieces.iter().map(|piece| piece.at).collect();
    let records = page.sets.first().map(|layer| layer.records.as_slice()).unwrap_or_default();
    let mut spans = Vec::new();
    let mut mentions = Vec::new();
    for record in records {
        let Some(extent) = record.extent() else { continue };
        let over = covered(&at, extent);
        let chars = (text.byte_to_char(extent.start), text.byte_to_char(extent.end));
        spans.push(SpanRow { label: &record.label, tokens: (over.start as u32, over.end as u32), chars });
        if schema.kind(&record.label) == Kind::Entity {
            mentions.push((over, &record.label));
        }
    }
    match cx.options.nested {
        Nested::Innermost => mentions.sort_by_key(|(over, _)| (over.len(), over.start)),
        Nested::Outermost | Nested::Columns => mentions.sort_by_key(|(over, _)| (Reverse(over.len()), over.start)),
    }
    for (over, label) in mentions {
        if tokens[over.clone()].iter().any(|token| token.iob != Iob::Outside) {
            continue;
        }
        for (index, token) in tokens[over].iter_mut().enumerate() {
            token.iob = if index == 0 { Iob::Begins } else { Iob::Inside };
            token.label = label;
        }
    }
    // The labels that hold in their order, then those of the schema that do not: a classifier learns from both.
    let holds = records.iter().filter(|record| record.at.is_empty()).map(|record| record.label.as_str());
    let mut cats: Vec<(&str, f64)> = holds.map(|label| (label, 1.0)).collect();
    for label in schema.labels.iter().filter(|label| label.kind == Kind::Document) {
        if !cats.iter().any(|(name, _)| **name == *label.name) {
            cats.push((&label.name, 0.0));
        }
    }
    let known = std::iter::once(("id", page.id.as_str())).chain(page.about.fields());
    Document { tokens, spans, cats, user_data: known.filter(|(_, value)| !value.is_empty()).collect() }
}

/// Hands a document over as an article.
fn take(file: &str, found: SpacyDocument, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
    let mut id = String::new();
    let mut about = ArticleMetadata::default();
    for (name, value) in found.user_data {
        let field = if name == "id" { Some(&mut id) } else { about.field_mut(&name) };
        if let Some(field) = field {
            *field = value;
        }
    }
    let mut problem = |code, message: Message| out(Item::Problem(Problem::warning(code, message).at(file, None)));
    let start: String = found.text.chars().take(40).collect();
    if found.unknown_spaces {
        problem("spaces", message!("spacy-spaces", start = start));
    }
    if found.outside > 0 {
        problem("outside", message!("spacy-outside", count = found.outside, start = start));
    }
    let cats = found.cats.into_iter().map(|label| RawAnnotation { label, ..RawAnnotation::default() });
    let spans = found.spans.into_iter().map(|(label, start, end)| RawAnnotation {
        label,
        at: vec![(start.into(), end.into())],
        ..RawAnnotation::default()
    });
    let mut marks: Vec<RawAnnotation> = cats.chain(spans).collect();
    let mut referents = References::default();
    let known: HashMap<(i64, i64), String> =
        found.known.into_iter().map(|((start, end), id)| ((start.into(), end.into()), id)).collect();
    let words = if known.is_empty() { None } else { Some(Text::new(&found.text)) };
    for mark in &mut marks {
        let Some(id) = mark.at.first().and_then(|at| known.get(at)) else { continue };
        let offset = |at: i64| words.as_ref().and_then(|text| OffsetUnit::CodePoint.to_byte(text, at));
        let span = offset(mark.at[0].0).zip(offset(mark.at[0].1)).map(|(start, end)| Span::new(start, end));
        let name = span.zip(words.as_ref()).map_or("", |(span, text)| text.slice(span)).to_owned();
        referents.add(mark, (KNOWLEDGE, id.clone()), None, &name, reading, file);
    }
    let sets = vec![RawSet { marks, referents: referents.all(), ..RawSet::default() }];
    let unit = reading.unit.unwrap_or(OffsetUnit::CodePoint);
    RawDocument { file, line: 0, id, about, content: &found.text, unit, sets, dangling: false }.finish(reading, out);
}
