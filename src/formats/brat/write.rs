//! A reduced page as a text and its lines.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;
use std::io::{self, Write as _};

use super::names::BratNames;
use crate::formats::raw_document::quote;
use crate::formats::{AnnotatorSet, Context, ExchangeDocument, Pieces, Sink, Writer};
use crate::model::{Annotation, AttributeKind, Filler, Id, Kind, Name, Schema};

/// The register of Jejak's own referents.
pub(super) const SELF: &str = "jejak";

/// The declarations of the configuration.
#[derive(Default)]
pub(super) struct BratConfig {
    entities: BTreeSet<Name>,
    /// Roles of each frame label.
    events: BTreeMap<Name, BTreeSet<Name>>,
    relations: BTreeMap<Name, (Name, Name)>,
    /// Values of each attribute; none where it is a flag.
    attributes: BTreeMap<Name, BTreeSet<String>>,
}

pub(super) struct BratWriter<'a> {
    pub(super) cx: Context<'a>,
    pub(super) names: BratNames,
}

impl Writer for BratWriter<'_> {
    type Drawn = ();
    type State = BratConfig;

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        pieces.own("txt").extend_from_slice(page.text.as_str().as_bytes());
        let ann = pieces.own("ann");
        if let Some(layer) = page.sets.first() {
            self.layer(page, layer, ann);
        }
        Ok(())
    }

    fn put(&self, seen: &mut BratConfig, page: &ExchangeDocument, (): (), _: &mut dyn Sink) -> io::Result<()> {
        for record in page.sets.first().map_or(&[][..], |layer| &layer.records) {
            seen.add(record, &self.cx.corpus.schema, &self.names);
        }
        Ok(())
    }

    fn end(&self, seen: &mut BratConfig, sink: &mut dyn Sink) -> io::Result<()> {
        sink.whole("annotation.conf", seen.configuration().as_bytes())?;
        match self.names.visual(&self.cx.corpus.schema) {
            Some(visual) => sink.whole("visual.conf", visual.as_bytes()),
            None => Ok(()),
        }
    }
}

impl BratWriter<'_> {
    /// Writing to memory cannot fail, so its results are not looked at.
    fn layer(&self, page: &ExchangeDocument, layer: &AnnotatorSet, ann: &mut Vec<u8>) {
        let (text, schema, names) = (&page.text, &self.cx.corpus.schema, &self.names);
        // Triggers are numbered after the mentions, whose numbers are their ids.
        let mut trigger = layer.records.iter().filter(|record| is_mention(record, names)).count();
        let (mut attributes, mut notes, mut references) = (0, 0, 0);
        let mut members: BTreeMap<Id, Vec<String>> = BTreeMap::new();
        for record in &layer.records {
            let name = record.id.to_string().to_uppercase();
            if record.at.is_empty() {
                let _ = write!(ann, "{name}\t{}", record.label);
                for role in &record.roles[..2] {
                    if let Filler::Annotation(id) = role.filler {
                        let _ = write!(ann, " {}:{}", role.name, id.to_string().to_uppercase());
                    }
                }
                ann.push(b'\n');
            } else {
                let bound = if is_mention(record, names) {
                    name.clone()
                } else {
                    trigger += 1;
                    format!("T{trigger}")
                };
                let _ = write!(ann, "{bound}\t{}", record.label);
                for (index, span) in record.at.iter().enumerate() {
                    let (start, end) = (text.byte_to_char(span.start), text.byte_to_char(span.end));
                    let _ = write!(ann, "{}{start} {end}", if index == 0 { ' ' } else { ';' });
                }
                let _ = writeln!(ann, "\t{}", quote(text, &record.at).replace(['\n', '\t'], " "));
                if !is_mention(record, names) {
                    let _ = write!(ann, "{name}\t{}:{bound}", record.label);
                    let mut times: HashMap<&str, usize> = HashMap::new();
                    for role in &record.roles {
                        let Filler::Annotation(id) = role.filler else { continue };
                        let count = times.entry(role.name.as_str()).or_default();
                        *count += 1;
                        let _ = write!(ann, " {}", role.name);
                        if *count > 1 {
                            let _ = write!(ann, "{count}");
                        }
                        let _ = write!(ann, ":{}", id.to_string().to_uppercase());
                    }
                    ann.push(b'\n');
                }
            }
            for (attribute, value) in &record.attributes {
                attributes += 1;
                let _ = write!(ann, "A{attributes}\t{attribute} {name}");
                if !(value == AttributeKind::SET && is_flag(schema, attribute)) {
                    let _ = write!(ann, " {value}");
                }
                ann.push(b'\n');
            }
            if !record.note.is_empty() {
                notes += 1;
                let _ = writeln!(ann, "#{notes}\tAnnotatorNotes {name}\t{}", record.note);
            }
            if let Some(id) = record.referent
                && let Some(referent) = layer.referents.iter().find(|one| one.id == id)
            {
                references += 1;
                let _ = writeln!(ann, "N{references}\tReference {name} {SELF}:{id}\t{}", referent.name);
                for (register, outside) in &referent.external {
                    references += 1;
                    let _ = writeln!(ann, "N{references}\tReference {name} {register}:{outside}\t{}", referent.name);
                }
                members.entry(id).or_default().push(name);
            }
        }
        for members in members.values().filter(|members| members.len() > 1) {
            let _ = writeln!(ann, "*\tEquiv {}", members.join(" "));
        }
    }
}

fn is_mention(record: &Annotation, names: &BratNames) -> bool {
    !record.at.is_empty() && names.kind(&record.label) != Kind::Frame
}

fn is_flag(schema: &Schema, attribute: &str) -> bool {
    let kinds = schema.labels.iter().filter_map(|label| label.attribute(attribute)).map(|def| &def.kind);
    let mut kinds = kinds.peekable();
    kinds.peek().is_some() && kinds.all(|kind| *kind == AttributeKind::Flag)
}

impl BratConfig {
    fn add(&mut self, record: &Annotation, schema: &Schema, names: &BratNames) {
        let label = &record.label;
        if record.at.is_empty() {
            let [from, to] = [0, 1].map(|at| record.roles[at].name.clone());
            self.relations.insert(label.clone(), (from, to));
        } else if is_mention(record, names) {
            if !self.entities.contains(label) {
                self.entities.insert(label.clone());
            }
        } else {
            let roles = self.events.entry(label.clone()).or_default();
            let filled = record.roles.iter().filter(|role| matches!(role.filler, Filler::Annotation(_)));
            roles.extend(filled.map(|role| role.name.clone()));
        }
        for (attribute, value) in &record.attributes {
            let values = self.attributes.entry(attribute.clone()).or_default();
            let flag = value == AttributeKind::SET && is_flag(schema, attribute);
            if !flag && !values.contains(value) {
                values.insert(value.clone());
            }
        }
    }

    fn configuration(&self) -> String {
        let mut conf = String::from("[entities]\n\n");
        for label in &self.entities {
            let _ = writeln!(conf, "{label}");
        }
        conf.push_str("\n[relations]\n\n");
        for (label, (from, to)) in &self.relations {
            let _ = writeln!(conf, "{label}\t{from}:<ANY>, {to}:<ANY>");
        }
        conf.push_str("\n[events]\n\n");
        for (label, roles) in &self.events {
            let roles: Vec<String> = roles.iter().map(|role| format!("{role}*:<ANY>")).collect();
            let _ = writeln!(conf, "{label}\t{}", roles.join(", "));
        }
        conf.push_str("\n[attributes]\n\n");
        for (attribute, values) in &self.attributes {
            let _ = write!(conf, "{attribute}\tArg:<ANY>");
            if !values.is_empty() {
                let values: Vec<&str> = values.iter().map(String::as_str).collect();
                let _ = write!(conf, ", Value:{}", values.join("|"));
            }
            conf.push('\n');
        }
        conf
    }
}
