//! W3C Web Annotation: a JSON-LD page of annotations for each article, beside its text.

mod read;

use crate::key;
use std::borrow::Cow;
use std::io;
use std::sync::Arc;

use serde::Serialize;
use serde_json::json;

use crate::formats::loss::{drop_roles_without_span, place, reduce};
use crate::formats::parallel_read::files;
use crate::formats::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss,
    Lost, OffsetUnit, Pieces, Writer,
};
use crate::model::{Annotation, Filler, Id, Timestamp, Via};
use crate::text::{Anchor, Span, Text};
use read::OWN;

/// See the module.
pub(super) struct W3c;

static INFO: FormatInfo = FormatInfo {
    name: "w3c",
    title: key!("format-w3c"),
    extension: "jsonld",
    file: None,
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities {
        metadata: &["title", "url", "language"],
        kinds: Capabilities::ALL_KINDS,
        fragments: true,
        attributes: true,
        roles: true,
        notes: true,
        provenance: true,
        ids: true,
        ..Capabilities::SPANS
    },
    several_sets: true,
    unmentioned: false,
    reads: true,
    reference: "https://www.w3.org/TR/annotation-model/",
    notes: key!("format-w3c-notes"),
};

impl Format for W3c {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
        drop_roles_without_span(page, loss, |_| true);
        let (article, text) = (&page.id, &page.text);
        for record in page.sets.iter_mut().flat_map(|layer| &mut layer.records) {
            if record.origin.via != Via::Hand {
                loss.note(Lost::Provenance, 1, || place(article, text, record));
                Arc::make_mut(record).origin.via = Via::Hand;
            }
        }
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        let unit = cx.options.unit.unwrap_or(OffsetUnit::CodePoint);
        Box::new(W3cWriter { unit })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let of_kind = |name: &&str| [".jsonld", ".json", ".jsonl"].iter().any(|end| name.to_lowercase().ends_with(end));
        files(source, source.names().filter(of_kind).collect(), reading, out, |file, reading, out| {
            read::articles(file, source, reading, out)
        });
    }
}

struct W3cWriter {
    unit: OffsetUnit,
}

/// One annotation, in the order in which the model's examples have its members.
#[derive(Serialize)]
struct W3cAnnotation<'a> {
    id: String,
    r#type: &'static str,
    motivation: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    creator: Option<Person<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    created: Option<&'a str>,
    body: Vec<AnnotationBody<'a>>,
    target: W3cTarget<'a>,
}

#[derive(Serialize)]
struct Person<'a> {
    r#type: &'static str,
    name: &'a str,
}

#[derive(Serialize)]
struct AnnotationBody<'a> {
    r#type: &'static str,
    purpose: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<Cow<'a, str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum W3cTarget<'a> {
    /// The article as a whole, or another annotation.
    Whole(Cow<'a, str>),
    One(W3cPlace<'a>),
    Several(Vec<W3cPlace<'a>>),
}

#[derive(Serialize)]
struct W3cPlace<'a> {
    source: &'a str,
    selector: [Selector; 2],
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector {
    #[serde(rename = "TextPositionSelector")]
    Position { start: u32, end: u32 },
    #[serde(rename = "TextQuoteSelector")]
    Quote { exact: String, prefix: String, suffix: String },
}

fn text_body<'a>(purpose: &'static str, value: impl Into<Cow<'a, str>>) -> AnnotationBody<'a> {
    AnnotationBody { r#type: "TextualBody", purpose, value: Some(value.into()), source: None }
}

impl W3cWriter {
    fn place<'a>(&self, source: &'a str, text: &Text, span: Span) -> W3cPlace<'a> {
        let Anchor { quote, before, after } = Anchor::of(text, span);
        let (start, end) = (self.unit.of_byte(text, span.start), self.unit.of_byte(text, span.end));
        let selector =
            [Selector::Position { start, end }, Selector::Quote { exact: quote, prefix: before, suffix: after }];
        W3cPlace { source, selector }
    }

    fn item<'a>(
        &self,
        record: &'a Annotation,
        id: String,
        created: &'a str,
        source: &'a str,
        text: &Text,
    ) -> W3cAnnotation<'a> {
        let mut body = vec![text_body("tagging", record.label.as_str())];
        let attributes = record.attributes.iter().map(|(name, value)| format!("{name}={value}"));
        body.extend(attributes.map(|said| text_body("describing", said)));
        if !record.note.is_empty() {
            body.push(text_body("commenting", record.note.as_str()));
        }
        let target = match &record.at[..] {
            [] => W3cTarget::Whole(source.into()),
            [span] => W3cTarget::One(self.place(source, text, *span)),
            several => W3cTarget::Several(several.iter().map(|span| self.place(source, text, *span)).collect()),
        };
        W3cAnnotation {
            id,
            r#type: "Annotation",
            motivation: "tagging",
            creator: Some(Person { r#type: "Person", name: &record.origin.by }),
            created: Some(created),
            body,
            target,
        }
    }
}

impl Writer for W3cWriter {
    type Drawn = ();
    type State = ();

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let source = pieces.name("txt");
        let mut head = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("{OWN}{}", page.id),
            "type": "AnnotationPage",
        });
        let about = &page.about;
        for (name, value) in [("label", &about.title), ("language", &about.language), ("via", &about.url)] {
            if !value.is_empty() {
                head[name] = value.as_str().into();
            }
        }
        // One annotation a line.
        pieces.whole(source.clone()).extend_from_slice(page.text.as_str().as_bytes());
        let bytes = pieces.own("jsonld");
        serde_json::to_writer(&mut *bytes, &head)?;
        bytes.pop();
        bytes.extend_from_slice(b",\"items\":[");
        let mut first = true;
        let mut put = |item: &W3cAnnotation<'_>| -> io::Result<()> {
            bytes.extend_from_slice(if first { b"\n" } else { b",\n" });
            first = false;
            Ok(serde_json::to_writer(&mut *bytes, item)?)
        };
        // The moment that was written last: telling the calendar is slow, and records made together share it.
        let mut moment = (Timestamp::from_seconds(0), Timestamp::from_seconds(0).to_string());
        for layer in &page.sets {
            let id = |id: Id| format!("{OWN}{}:{}:{id}", page.id, layer.annotator);
            for record in &layer.records {
                if moment.0 != record.origin.at {
                    moment = (record.origin.at, record.origin.at.to_string());
                }
                put(&self.item(record, id(record.id), &moment.1, &source, &page.text))?;
            }
            for record in &layer.records {
                for (index, role) in record.roles.iter().enumerate() {
                    let Filler::Annotation(to) = role.filler else { continue };
                    let link = AnnotationBody {
                        r#type: "SpecificResource",
                        purpose: "linking",
                        value: None,
                        source: Some(id(to)),
                    };
                    put(&W3cAnnotation {
                        id: format!("{}:{}", id(record.id), index + 1),
                        r#type: "Annotation",
                        motivation: "linking",
                        creator: None,
                        created: None,
                        body: vec![text_body("tagging", role.name.as_str()), link],
                        target: W3cTarget::Whole(id(record.id).into()),
                    })?;
                }
            }
        }
        bytes.extend_from_slice(b"\n]}\n");
        Ok(())
    }
}
