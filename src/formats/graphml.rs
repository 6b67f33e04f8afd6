//! GraphML: referents, trips, claims and what fills them as one network, with what was judged of two as edges.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use quick_xml::escape::escape;

use super::loss::reduce;
use super::raw_document::quote;
use super::{
    AnnotatorSet, AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, Loss, OffsetUnit, Pieces,
    Sink, Writer,
};
use crate::key;
use crate::model::{Annotation, Filler, Id, Kind, Name, Role, Value};

/// See the module.
pub(super) struct GraphMl;

const FILE: &str = "network.graphml";

/// The facts about nodes and edges: the name of each, which has them, and its type.
const KEYS: [(&str, &str); 12] = [
    ("kind", "node"),
    ("label", "node"),
    ("name", "node"),
    ("annotator", "node"),
    ("article", "node"),
    ("published", "node"),
    ("at", "node"),
    ("attributes", "node"),
    ("values", "node"),
    ("external", "node"),
    ("role", "edge"),
    ("verdict", "edge"),
];

static INFO: FormatInfo = FormatInfo {
    name: "graphml",
    title: key!("format-graphml"),
    extension: "graphml",
    file: Some(FILE),
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities {
        kinds: &[Kind::Entity, Kind::Frame],
        metadata: &["published"],
        spanless: true,
        fragments: true,
        attributes: true,
        roles: true,
        role_words: true,
        role_values: true,
        referents: true,
        judgements: true,
        ids: true,
        ..Capabilities::SPANS
    },
    several_sets: true,
    unmentioned: true,
    reads: false,
    reference: "http://graphml.graphdrawing.org/",
    notes: key!("format-graphml-notes"),
};

impl Format for GraphMl {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| true);
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        let unit = cx.options.unit.unwrap_or(OffsetUnit::CodePoint);
        Box::new(GraphMlWriter { cx, unit })
    }
}

struct GraphMlWriter<'a> {
    cx: Context<'a>,
    unit: OffsetUnit,
}

/// A node with its facts; one that is empty is left out.
fn node(out: &mut String, id: &str, facts: &[(&str, &str)]) {
    // Memory takes whatever it is given.
    let _ = writeln!(out, "    <node id=\"{}\">", escape(id));
    data(out, facts);
    out.push_str("    </node>\n");
}

fn edge(out: &mut String, (from, to): (&str, &str), facts: &[(&str, &str)]) {
    let _ = writeln!(out, "    <edge source=\"{}\" target=\"{}\">", escape(from), escape(to));
    data(out, facts);
    out.push_str("    </edge>\n");
}

fn data(out: &mut String, facts: &[(&str, &str)]) {
    for (key, value) in facts.iter().filter(|(_, value)| !value.is_empty()) {
        let _ = writeln!(out, "      <data key=\"{key}\">{}</data>", escape(legal(value)));
    }
}

/// A text without characters that no XML has.
fn legal(text: &str) -> String {
    text.chars()
        .filter(|c| !c.is_control() || matches!(c, '\t' | '\n'))
        .filter(|c| !matches!(c, '\u{fffe}' | '\u{ffff}'))
        .collect()
}

fn of_referent(annotator: &Name, id: Id) -> String {
    format!("{annotator}/{id}")
}

fn of_record(article: &str, annotator: &Name, id: Id) -> String {
    format!("{annotator}/{article}/{id}")
}

fn pairs(attributes: &[(Name, String)]) -> String {
    attributes.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join(" | ")
}

/// Roles that no node fills: words and values.
fn values(roles: &[Role], words: impl Fn(&Role) -> Option<String>) -> String {
    let value = |role: &Role| {
        let said = match &role.filler {
            Filler::Annotation(_) => return None,
            Filler::Span(_) => words(role)?,
            Filler::Value(Value::Date(date)) => date.to_string(),
            Filler::Value(Value::Text(text)) => text.clone(),
        };
        Some(format!("{}={said}", role.name))
    };
    roles.iter().filter_map(value).collect::<Vec<_>>().join(" | ")
}

impl GraphMlWriter<'_> {
    fn is_frame(&self, record: &Annotation) -> bool {
        self.cx.corpus.schema.kind(&record.label) == Kind::Frame
    }

    /// The node of what fills a role: the referent of a mention, else the record itself.
    fn end(&self, page: &ExchangeDocument, layer: &AnnotatorSet, record: &Annotation) -> String {
        match record.referent.filter(|id| !self.is_frame(record) && layer.referents.iter().any(|one| one.id == *id)) {
            Some(id) => of_referent(&layer.annotator, id),
            None => of_record(&page.id, &layer.annotator, record.id),
        }
    }

    fn set(&self, out: &mut String, page: &ExchangeDocument, layer: &AnnotatorSet) {
        let by_id: BTreeMap<Id, &Annotation> = layer.records.iter().map(|record| (record.id, &**record)).collect();
        let frames: Vec<&Annotation> =
            layer.records.iter().map(|record| &**record).filter(|it| self.is_frame(it)).collect();
        let filled = frames.iter().flat_map(|frame| frame.targets()).filter_map(|id| by_id.get(&id).copied());
        let alone: BTreeSet<Id> = filled
            .filter(|record| !self.is_frame(record) && self.end(page, layer, record).matches('/').count() == 2)
            .map(|record| record.id)
            .collect();
        for record in frames.iter().copied().chain(alone.iter().filter_map(|id| by_id.get(id).copied())) {
            let words = |role: &Role| match &role.filler {
                Filler::Span(at) => Some(quote(&page.text, at)),
                _ => None,
            };
            let of = |byte| self.unit.of_byte(&page.text, byte).to_string();
            let places: Vec<String> =
                record.at.iter().map(|span| format!("{}–{}", of(span.start), of(span.end))).collect();
            let facts = [
                ("kind", if self.is_frame(record) { "frame" } else { "mention" }),
                ("label", &*record.label),
                ("name", &quote(&page.text, &record.at)),
                ("annotator", &layer.annotator),
                ("article", &page.id),
                ("published", &page.about.published),
                ("at", &places.join(" ")),
                ("attributes", &pairs(&record.attributes)),
                ("values", &values(&record.roles, words)),
            ];
            let own = of_record(&page.id, &layer.annotator, record.id);
            node(out, &own, &facts);
        }
        for frame in frames {
            let own = of_record(&page.id, &layer.annotator, frame.id);
            if let Some(id) = frame.referent.filter(|id| layer.referents.iter().any(|one| one.id == *id)) {
                edge(out, (&own, &of_referent(&layer.annotator, id)), &[("role", "is")]);
            }
            for role in &frame.roles {
                let Filler::Annotation(id) = role.filler else { continue };
                let Some(filler) = by_id.get(&id) else { continue };
                edge(out, (&own, &self.end(page, layer, filler)), &[("role", &role.name)]);
            }
        }
    }
}

impl Writer for GraphMlWriter<'_> {
    type Drawn = ();
    type State = ();

    fn begin(&self, (): &mut (), sink: &mut dyn Sink) -> io::Result<()> {
        let mut out = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n",
        );
        for (key, of) in KEYS {
            let _ = writeln!(out, "  <key id=\"{key}\" for=\"{of}\" attr.name=\"{key}\" attr.type=\"string\"/>");
        }
        out.push_str("  <graph id=\"corpus\" edgedefault=\"directed\">\n");
        sink.append(FILE, out.as_bytes())
    }

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let mut out = String::new();
        for layer in &page.sets {
            self.set(&mut out, page, layer);
        }
        pieces.append(FILE).extend_from_slice(out.as_bytes());
        Ok(())
    }

    fn end(&self, (): &mut (), sink: &mut dyn Sink) -> io::Result<()> {
        let mut out = String::new();
        for annotator in self.cx.annotators {
            let Some(all) = self.cx.corpus.referents(annotator) else { continue };
            for referent in all.values() {
                let facts = [
                    ("kind", "referent"),
                    ("label", &*referent.label),
                    ("name", &*referent.name),
                    ("annotator", annotator),
                    ("attributes", &pairs(&referent.attributes)),
                    ("values", &values(&referent.roles, |_| None)),
                    ("external", &pairs(&referent.external)),
                ];
                node(&mut out, &of_referent(annotator, referent.id), &facts);
            }
            for referent in all.values() {
                for role in &referent.roles {
                    let Filler::Annotation(id) = role.filler else { continue };
                    if all.contains_key(&id) {
                        let ends = [referent.id, id].map(|id| of_referent(annotator, id));
                        edge(&mut out, (&ends[0], &ends[1]), &[("role", &role.name)]);
                    }
                }
            }
            for judgement in self.cx.corpus.judgements(annotator).into_iter().flat_map(BTreeMap::values) {
                if all.contains_key(&judgement.of.0) && all.contains_key(&judgement.of.1) {
                    let ends = [judgement.of.0, judgement.of.1].map(|id| of_referent(annotator, id));
                    edge(&mut out, (&ends[0], &ends[1]), &[("verdict", &judgement.verdict.to_string())]);
                }
            }
        }
        out.push_str("  </graph>\n</graphml>\n");
        sink.append(FILE, out.as_bytes())
    }
}
