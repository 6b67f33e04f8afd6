//! brat standoff: a `.txt` and an `.ann` file for each article, and an `annotation.conf`.
//!
//! A mention or zone is a text-bound annotation (T). A frame is an event (E) on a trigger of its own; one without a
//! trigger whose two roles are filled by annotations is a relation (R). Attributes are A, notes are `#`, referents are
//! N lines: one for each outside register, and one of the register `jejak` that carries the referent's id and name.
//! Equiv lines (`*`) say the same as shared referents.

mod names;
mod read;
mod write;

use crate::key;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::loss::{drop_roles_without_span, place, reduce, rename, unknown_origin};
use super::parallel_read::files;
use super::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss,
    Lost, OffsetUnit,
};
use crate::message;
use crate::model::{Annotation, Filler, Id, Kind, Name, Problem, Referent, Role, Schema};
use names::{BratNames, plain};
use write::SELF;

/// See the module.
pub(super) struct Brat;

static INFO: FormatInfo = FormatInfo {
    name: "brat",
    title: key!("format-brat"),
    extension: "ann",
    file: None,
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities {
        kinds: &[Kind::Entity, Kind::Frame, Kind::Zone],
        fragments: true,
        attributes: true,
        roles: true,
        referents: true,
        notes: true,
        ..Capabilities::SPANS
    },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "https://brat.nlplab.org/standoff.html",
    notes: key!("format-brat-notes"),
};

/// Says whether a frame without a span can be a relation: two different roles, each filled by an annotation.
fn is_relation(record: &Annotation) -> bool {
    let targets = record.roles.iter().all(|role| matches!(role.filler, Filler::Annotation(_)));
    record.at.is_empty() && record.roles.len() == 2 && targets && record.roles[0].name != record.roles[1].name
}

/// Says whether nothing of a record needs to be written otherwise: as of most, which are then not copied.
fn is_plain(record: &Annotation, schema: &Schema) -> bool {
    let named = |name: &str| !name.is_empty() && name.chars().all(names::fits);
    let role = |role: &Role| named(&role.name) && !role.name.ends_with(|c: char| c.is_ascii_digit());
    let roles = record.roles.is_empty() || schema.kind(&record.label) == Kind::Frame && record.roles.iter().all(role);
    named(&record.label) && record.note.is_empty() && record.attributes.is_empty() && roles
}

fn one_line(note: &str) -> String {
    note.split(['\n', '\r', '\t']).map(str::trim).collect::<Vec<_>>().join(" ").trim().to_owned()
}

impl Format for Brat {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        let schema = &cx.corpus.schema;
        let names = BratNames::of(schema);
        drop_half_relations(page, schema, loss);
        reduce(page, &INFO.capabilities, cx, loss, |record| {
            is_relation(record) && schema.kind(&record.label) == Kind::Frame
        });
        drop_roles_without_span(page, loss, is_relation);
        let (article, text) = (page.id.clone(), page.text.clone());
        for layer in &mut page.sets {
            for record in &mut layer.records {
                if is_plain(record, schema) {
                    continue;
                }
                let mut after = Annotation::clone(record);
                let mut lost = |what, n: usize| loss.note(what, n, || place(&article, &text, record));
                after.label = names.label(&record.label);
                lost(Lost::Name, usize::from(after.label != record.label));
                after.note = one_line(&record.note);
                lost(Lost::Note, usize::from(after.note != record.note));
                // Only events and relations have arguments; R lines cannot have a referent's place in the text.
                if schema.kind(&record.label) != Kind::Frame {
                    lost(Lost::Role, after.roles.len());
                    after.roles.clear();
                }
                for role in &mut after.roles {
                    let name: Name = plain(&role.name, !record.at.is_empty()).into();
                    lost(Lost::Name, usize::from(name != role.name));
                    role.name = name;
                }
                for (name, value) in &mut after.attributes {
                    let written = Name::from(plain(name, false));
                    let said = match value.split_whitespace().collect::<Vec<_>>().join("_") {
                        said if said.is_empty() => "_".to_owned(),
                        said => said,
                    };
                    lost(Lost::Name, usize::from(written != *name));
                    lost(Lost::Attribute, usize::from(said != *value));
                    (*name, *value) = (written, said);
                }
                after.attributes.sort_by(|a, b| a.0.cmp(&b.0));
                *record = Arc::new(after);
            }
        }
        let mut numbers = [0; 3];
        rename(page, loss, |_, record| {
            let (kind, letter) = match (names.kind(&record.label), record.at.is_empty()) {
                (_, true) => (2, 'r'),
                (Kind::Frame, _) => (1, 'e'),
                _ => (0, 't'),
            };
            numbers[kind] += 1;
            format!("{letter}{}", numbers[kind]).parse().expect("a letter and a number are an id")
        });
        // In the order that records have now: a referent is called as the first of those about it.
        page.sets.iter_mut().for_each(|layer| reduce_referents(layer, loss));
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        Box::new(write::BratWriter { cx, names: BratNames::of(&cx.corpus.schema) })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let texts: Vec<&str> = source.names().filter(|name| name.ends_with(".txt")).collect();
        let none = texts.is_empty();
        files(source, texts, reading, out, |name, reading, out| {
            if let Err((file, why)) = read::article(name.trim_end_matches(".txt"), source, reading, out) {
                out(Item::Problem(Problem::error("file", why).at(&file, None)));
            }
            Ok(())
        });
        for name in source.names().filter(|name| name.ends_with(".ann") || name.ends_with(".a1")) {
            let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
            if !source.has(&format!("{stem}.txt")) {
                let why = message!("brat-no-text");
                out(Item::Problem(Problem::error("no-text", why).at(name, None)));
            }
        }
        if none {
            out(Item::Problem(Problem::error("no-text", message!("brat-no-texts"))));
        }
    }
}

/// Relations hold between mentions, zones and events that are written; others cannot be.
fn drop_half_relations(page: &mut ExchangeDocument, schema: &Schema, loss: &mut Loss) {
    let (article, text) = (page.id.clone(), page.text.clone());
    for layer in &mut page.sets {
        let written = standing(layer, |record| schema.kind(&record.label) != Kind::Document);
        layer.records.retain(|record| {
            let half = is_relation(record) && !record.targets().all(|id| written.contains(&id));
            let frame = half && schema.kind(&record.label) == Kind::Frame;
            if frame {
                loss.note(Lost::Frame, 1, || place(&article, &text, record));
            }
            !frame
        });
    }
}

fn standing(layer: &super::AnnotatorSet, also: impl Fn(&Annotation) -> bool) -> BTreeSet<Id> {
    layer.records.iter().filter(|record| !record.at.is_empty() && also(record)).map(|record| record.id).collect()
}

/// Of referents, the name and the identifiers outside are kept, for those that a record is about.
fn reduce_referents(layer: &mut super::AnnotatorSet, loss: &mut Loss) {
    let mut labels: HashMap<Id, Name> = HashMap::new();
    for record in &mut layer.records {
        let Some(id) = record.referent else { continue };
        if record.at.is_empty() || !layer.referents.iter().any(|one| one.id == id) {
            loss.note(Lost::Reference, 1, || format!("referent {id}"));
            Arc::make_mut(record).referent = None;
        } else {
            labels.entry(id).or_insert_with(|| record.label.clone());
        }
    }
    let whose = layer.annotator.clone();
    layer.referents.retain_mut(|referent| {
        let Some(label) = labels.get(&referent.id) else {
            loss.note_referent(Lost::Referent, &whose, referent.id, 1);
            return false;
        };
        let mut after = Referent::new(label, &one_line(&referent.name), unknown_origin(&whose));
        after.id = referent.id;
        for (register, id) in &referent.external {
            let (register, id) = (plain(register, false), id.split_whitespace().collect::<String>());
            if register != SELF && !id.is_empty() {
                after.external.push((register.into(), id));
            }
        }
        loss.note_referent(Lost::Provenance, &whose, referent.id, usize::from(after.origin != referent.origin));
        after.origin = referent.origin.clone();
        loss.note_referent(Lost::ReferentDetail, &whose, referent.id, usize::from(after != **referent));
        after.origin = unknown_origin(&whose);
        *referent = Arc::new(after);
        true
    });
}
