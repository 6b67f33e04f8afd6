//! Jejak's own record: one article a line with text, annotations, trips, claims, referents and provenance; lossless both
//! ways. The fields are documented in `assets/formats/jejak-jsonl.schema.json`.
//!
//! Each line stands for itself: it repeats the referents that its annotations lead to, and has the comments on its article.
//! A last line without an article holds what belongs to the project: what it says of itself, its schema, the referents that
//! no article mentions, and the comments that are about no article.

mod annotation;
mod beside;
mod comment;
mod decision;
mod dismissal;
mod judgement;
mod line;
mod parts;
mod project;
mod referent;
mod set;

pub(super) use parts::origin_json;

use super::json::lines;
use super::parallel_read::{Give, items};
use super::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss,
    OffsetUnit,
};
use crate::key;

/// See the module.
pub(super) struct JejakJsonl;

static INFO: FormatInfo = FormatInfo {
    name: "jejak-jsonl",
    title: key!("format-jejak-jsonl"),
    extension: "jsonl",
    file: Some(line::FILE),
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities::EVERYTHING,
    several_sets: true,
    unmentioned: true,
    reads: true,
    reference: "assets/formats/jejak-jsonl.schema.json",
    notes: key!("format-jejak-jsonl-notes"),
};

impl Format for JejakJsonl {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, _: &mut ExchangeDocument, _: &Context<'_>, _: &mut Loss) {}

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(line::JejakJsonlWriter { cx })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let files = source.with_extension(&["jsonl", "ndjson"]);
        let cut = |give: &mut Give<'_, _>| files.into_iter().for_each(|file| lines(source, file, give));
        items(source, reading, out, cut, |piece, reading, out| {
            piece.with(out, |piece, out| line::line(piece, reading, out));
        });
    }
}
