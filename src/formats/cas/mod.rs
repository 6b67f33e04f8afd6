//! UIMA CAS as INCEpTION writes and reads it, in its two files: XMI beside a type system, and JSON that holds its own.
//!
//! A mention is a `NamedEntity`, whose `value` is the label. Frames, zones and labels of whole articles are layers of
//! their own with a feature `label`. Every attribute is a string feature. Roles are one link feature, `roles`, as slots
//! are in INCEpTION: each link has a `role` and leads to an annotation, or to bare words, or has a `value` or a `date`.
//! A record without a span stands at the beginning and has no width.

mod json;
mod marks;
mod model;
mod names;
mod typesystem;
mod write;
mod xmi;

use crate::key;
use std::collections::HashSet;
use std::sync::Arc;

pub(super) use json::CasJson;
pub(super) use xmi::CasXmi;

use super::loss::{place, reduce};
use super::{Capabilities, Context, ExchangeDocument, FormatInfo, Loss, Lost, OffsetUnit};
use crate::model::{Annotation, Filler, Id, Kind, Schema};

/// The description that both files have in common; each gives its own name, title, extension, reference and notes.
const INFO: FormatInfo = FormatInfo {
    name: "",
    title: key!("format-cas-xmi"),
    extension: "",
    file: None,
    unit: Some(OffsetUnit::Utf16),
    capabilities: Capabilities {
        metadata: &["title", "url", "language"],
        spanless: true,
        attributes: true,
        roles: true,
        role_words: true,
        role_values: true,
        notes: true,
        ids: true,
        ..Capabilities::SPANS
    },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "",
    notes: key!("format-cas-xmi-notes"),
};

pub(super) use marks::article as article_of;
pub(super) use model::{Held, Structure};
pub(super) use names::feature;
pub(super) use typesystem::Type;

/// Says whether a record is a label of the whole article: it has no place, and no link can lead to it.
fn is_whole(record: &Annotation, schema: &Schema) -> bool {
    record.at.is_empty() && schema.kind(&record.label) == Kind::Document
}

/// Reduces what these layers cannot carry: links to what `unlinked` says has no place, bare words of several fragments,
/// and
/// attributes that have several values.
pub(super) fn reduce_page(
    page: &mut ExchangeDocument,
    capabilities: &Capabilities,
    cx: &Context<'_>,
    loss: &mut Loss,
    unlinked: impl Fn(&Annotation) -> bool,
) {
    reduce(page, capabilities, cx, loss, |_| false);
    let (article, text) = (page.id.clone(), page.text.clone());
    for layer in &mut page.sets {
        let wholes: HashSet<Id> =
            layer.records.iter().filter(|record| unlinked(record)).map(|record| record.id).collect();
        for record in &mut layer.records {
            let leads = |filler: &Filler| matches!(filler, Filler::Annotation(id) if wholes.contains(id));
            let parted = |filler: &Filler| matches!(filler, Filler::Span(at) if at.len() > 1);
            let roles = record.roles.iter().any(|role| leads(&role.filler) || parted(&role.filler));
            let several = record.attributes.windows(2).filter(|pair| pair[0].0 == pair[1].0).count();
            if !roles && several == 0 {
                continue;
            }
            let count = |which: &dyn Fn(&Filler) -> bool| record.roles.iter().filter(|r| which(&r.filler)).count();
            loss.note(Lost::Role, count(&leads), || place(&article, &text, record));
            loss.note(Lost::Fragments, count(&parted), || place(&article, &text, record));
            loss.note(Lost::Attribute, several, || place(&article, &text, record));
            let after = Arc::make_mut(record);
            after.attributes.dedup_by(|next, first| next.0 == first.0);
            after.roles.retain(|role| !leads(&role.filler));
            for role in &mut after.roles {
                if let Filler::Span(at) = &mut role.filler
                    && let (Some(first), Some(last)) = (at.first(), at.last())
                {
                    *at = vec![crate::text::Span::new(first.start, last.end)];
                }
            }
        }
    }
}
