//! WebAnno TSV 3.3: a token a line, with the annotations of each layer in columns of their own.
//!
//! The layers are those of [`super::cas`], and what they mean is read there. An annotation of several tokens, one that
//! shares its place with another of its layer, and one that fills a role have a number in brackets. Where an
//! annotation begins or ends inside a token, the token has lines of parts; where it does in white space, that white space
//! is a token.

mod escape;
mod old;
mod read;
mod write;

use crate::key;
use std::cmp::Reverse;
use std::sync::Arc;

use super::cas::{Type, reduce_page};
use super::loss::{place, rename};
use super::parallel_read::files;
use super::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss,
    Lost, OffsetUnit, Pieces, Writer,
};
use crate::model::{Annotation, Filler};
use crate::text::{Span, Text};

pub(super) use old::old_lines;

/// See the module.
pub(super) struct WebAnnoTsv;

static INFO: FormatInfo = FormatInfo {
    name: "webanno-tsv3",
    title: key!("format-webanno-tsv3"),
    extension: "tsv",
    file: None,
    unit: Some(OffsetUnit::Utf16),
    capabilities: Capabilities {
        spanless: true,
        attributes: true,
        roles: true,
        role_words: true,
        notes: true,
        ..Capabilities::SPANS
    },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "https://inception-project.github.io/releases/36.3/docs/user-guide.html#sect_webannotsv",
    notes: key!("format-webanno-tsv3-notes"),
};

impl Format for WebAnnoTsv {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce_page(page, &INFO.capabilities, cx, loss, |_| false);
        let (article, text, schema) = (page.id.clone(), page.text.clone(), &cx.corpus.schema);
        if text.is_empty() {
            loss.note(Lost::Article, 1, || format!("article {article}"));
        }
        for layer in &mut page.sets {
            for record in &mut layer.records {
                trim(record, &text, &mut |what, record| loss.note(what, 1, || place(&article, &text, record)));
                clean(record, &mut |what, record| loss.note(what, 1, || place(&article, &text, record)));
            }
            layer.records.sort_by_key(|record| {
                let extent = record.extent();
                (extent.map(|at| at.start), Reverse(extent.map(|at| at.end)), Type::of(record, schema))
            });
        }
        rename(page, loss, |index, _| (index + 1).to_string().parse().expect("digits are an id"));
    }

    fn leaves_out(&self, page: &ExchangeDocument) -> bool {
        page.text.is_empty()
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(WebAnnoTsvWriter { cx, unit: cx.options.unit.unwrap_or(OffsetUnit::Utf16) })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        files(source, source.with_extension(&["tsv"]), reading, out, |file, reading, out| {
            let content = source.text(file)?;
            let older = old_lines(content.trim_start_matches('\u{feff}'));
            let read = if older { old::article } else { read::article };
            read(file, &content, reading, out)
        });
    }
}

struct WebAnnoTsvWriter<'a> {
    cx: Context<'a>,
    unit: OffsetUnit,
}

impl Writer for WebAnnoTsvWriter<'_> {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> std::io::Result<()> {
        if page.text.is_empty() {
            return Ok(());
        }
        let schema = &self.cx.corpus.schema;
        pieces.whole_text(pieces.name("tsv"), |lines| write::article(page, schema, self.unit, lines));
        Ok(())
    }
}

/// Takes white space off the ends of what a record marks: a token of white space is none.
fn trim(record: &mut Arc<Annotation>, text: &Text, lost: &mut dyn FnMut(Lost, &Annotation)) {
    let trimmed = |span: &Span| {
        let words = text.slice(*span);
        let start = span.start + (words.len() - words.trim_start().len()) as u32;
        text.whole_graphemes(Span::new(start, start + words.trim().len() as u32))
    };
    let dirty = |at: &[Span]| at.iter().any(|span| trimmed(span) != *span);
    let in_roles = record.roles.iter().any(|role| matches!(&role.filler, Filler::Span(at) if dirty(at)));
    if !dirty(&record.at) && !in_roles {
        return;
    }
    let tidy = |at: &[Span]| Annotation::tidy(at.iter().map(trimmed).filter(|span| !span.is_empty()).collect());
    let mut after = Annotation::clone(record);
    after.at = tidy(&record.at);
    if after.at != record.at {
        lost(Lost::Alignment, record);
    }
    after.roles.retain_mut(|role| {
        let Filler::Span(at) = &mut role.filler else { return true };
        let kept = tidy(at);
        if kept != *at {
            lost(if kept.is_empty() { Lost::RoleWords } else { Lost::Alignment }, record);
        }
        *at = kept;
        !at.is_empty()
    });
    *record = Arc::new(after);
}

/// Takes carriage returns, for which there is no escape, out of what a record says.
fn clean(record: &mut Arc<Annotation>, lost: &mut dyn FnMut(Lost, &Annotation)) {
    let dirty = |text: &str| text.contains('\r');
    let names = record.roles.iter().map(|role| role.name.as_str()).chain([record.label.as_str(), &record.note]);
    if !names.chain(record.attributes.iter().map(|(_, value)| value.as_str())).any(dirty) {
        return;
    }
    let mut after = Annotation::clone(record);
    let mut put = |what, text: &str| -> Option<String> {
        dirty(text).then(|| {
            lost(what, record);
            text.replace('\r', " ")
        })
    };
    if let Some(note) = put(Lost::Note, &after.note) {
        after.note = note;
    }
    if let Some(label) = put(Lost::Name, &after.label) {
        after.label = label.trim().into();
    }
    for (_, value) in &mut after.attributes {
        if let Some(cleaned) = put(Lost::Attribute, value) {
            *value = cleaned;
        }
    }
    for role in &mut after.roles {
        if let Some(name) = put(Lost::Name, &role.name) {
            role.name = name.as_str().into();
        }
    }
    *record = Arc::new(after);
}
