//! W3C Web Annotation: a JSON-LD page of annotations for each article, beside its text.

use std::io;
use std::sync::Arc;

use serde_json::{Value, json};

use super::loss::{drop_roles_without_span, place, reduce};
use super::{Card, Carries, Context, Format, Loss, Lost, Page, Sink, Unit, Writer};
use crate::model::{Annotation, Filler, Id, Via};
use crate::text::{Anchor, Span, Text};

/// See the module.
pub(super) struct W3c;

static CARD: Card = Card {
    name: "w3c",
    title: "W3C Web Annotation: JSON-LD with positions and quotes",
    extension: "jsonld",
    file: None,
    unit: Some(Unit::CodePoint),
    carries: Carries {
        metadata: &["title", "url", "language"],
        kinds: Carries::ALL_KINDS,
        fragments: true,
        attributes: true,
        roles: true,
        notes: true,
        provenance: true,
        ids: true,
        ..Carries::SPANS
    },
    several_sets: true,
    reads: false,
    reference: "https://www.w3.org/TR/annotation-model/",
    notes: "Each fragment is a target with a TextPositionSelector and a TextQuoteSelector; roles are linking annotations. \
            Of where a record came from, who and when are kept.",
};

impl Format for W3c {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn reduce(&self, page: &mut Page, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &CARD.carries, cx, loss, |_| false);
        drop_roles_without_span(page, loss, |_| true);
        let (article, text) = (&page.id, &page.text);
        for record in page.sets.iter_mut().flat_map(|layer| &mut layer.records) {
            if record.origin.via != Via::Hand {
                loss.note(Lost::Provenance, 1, || place(article, text, record));
                Arc::make_mut(record).origin.via = Via::Hand;
            }
        }
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn Writer + 'a> {
        Box::new(Out { unit: cx.options.unit.unwrap_or(Unit::CodePoint) })
    }
}

struct Out {
    unit: Unit,
}

impl Out {
    fn target(&self, source: &str, text: &Text, span: Span) -> Value {
        let anchor = Anchor::of(text, span);
        json!({
            "source": source,
            "selector": [
                {
                    "type": "TextPositionSelector",
                    "start": self.unit.of_byte(text, span.start),
                    "end": self.unit.of_byte(text, span.end),
                },
                {"type": "TextQuoteSelector", "exact": anchor.quote, "prefix": anchor.before, "suffix": anchor.after},
            ],
        })
    }

    fn annotation(&self, record: &Annotation, id: &dyn Fn(Id) -> String, source: &str, text: &Text) -> Value {
        let mut body = vec![json!({"type": "TextualBody", "purpose": "tagging", "value": record.label.as_str()})];
        for (name, value) in &record.attributes {
            body.push(json!({"type": "TextualBody", "purpose": "describing", "value": format!("{name}={value}")}));
        }
        if !record.note.is_empty() {
            body.push(json!({"type": "TextualBody", "purpose": "commenting", "value": record.note}));
        }
        let mut targets: Vec<Value> = record.at.iter().map(|span| self.target(source, text, *span)).collect();
        let target = match targets.len() {
            0 => source.into(),
            1 => targets.remove(0),
            _ => targets.into(),
        };
        json!({
            "id": id(record.id),
            "type": "Annotation",
            "motivation": "tagging",
            "creator": {"type": "Person", "name": record.origin.by.as_str()},
            "created": record.origin.at.to_string(),
            "body": body,
            "target": target,
        })
    }
}

impl Writer for Out {
    fn article(&mut self, page: &Page, sink: &mut dyn Sink) -> io::Result<()> {
        let source = format!("{}.txt", page.id);
        let mut items = Vec::new();
        for layer in &page.sets {
            let id = |id: Id| format!("urn:jejak:{}:{}:{id}", page.id, layer.annotator);
            for record in &layer.records {
                items.push(self.annotation(record, &id, &source, &page.text));
            }
            for record in &layer.records {
                for (index, role) in record.roles.iter().enumerate() {
                    let Filler::Annotation(to) = role.filler else { continue };
                    items.push(json!({
                        "id": format!("{}:{}", id(record.id), index + 1),
                        "type": "Annotation",
                        "motivation": "linking",
                        "body": [
                            {"type": "TextualBody", "purpose": "tagging", "value": role.name.as_str()},
                            {"type": "SpecificResource", "purpose": "linking", "source": id(to)},
                        ],
                        "target": id(record.id),
                    }));
                }
            }
        }
        let mut annotations = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("urn:jejak:{}", page.id),
            "type": "AnnotationPage",
        });
        let about = &page.about;
        for (name, value) in [("label", &about.title), ("language", &about.language), ("via", &about.url)] {
            if !value.is_empty() {
                annotations[name] = value.as_str().into();
            }
        }
        annotations["items"] = items.into();
        let mut bytes = serde_json::to_vec_pretty(&annotations)?;
        bytes.push(b'\n');
        sink.whole(&source, page.text.as_str().as_bytes())?;
        sink.whole(&format!("{}.jsonld", page.id), &bytes)
    }
}
