//! Label Studio: a list of tasks with annotations, and the labelling configuration that shows them.

mod config;
mod controls;
mod flat;
mod html;
mod names;
mod nodes;
mod read;
mod regions;
mod tasks;

use crate::key;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use self::names::{DOCUMENT, LABEL, NOTE, TEXT_AREA, control};
use super::json::about_object;
use super::loss::{drop_roles_without_span, reduce};
use super::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss,
    Lost, OffsetUnit, Pieces, Sink, Writer,
};
use crate::model::{Filler, Name};
use crate::say::{is_xml, xml_value};
use crate::text::Span;

/// See the module.
pub(super) struct LabelStudio;

const TASKS: &str = "tasks.json";
const CONFIG: &str = "config.xml";

static INFO: FormatInfo = FormatInfo {
    name: "label-studio",
    title: key!("format-label-studio"),
    extension: "json",
    file: None,
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities {
        metadata: Capabilities::ALL_METADATA,
        attributes: true,
        roles: true,
        notes: true,
        ids: true,
        ..Capabilities::SPANS
    },
    several_sets: false,
    unmentioned: false,
    reads: true,
    reference: "https://labelstud.io/guide/task_format",
    notes: key!("format-label-studio-notes"),
};

impl Format for LabelStudio {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce(page, &INFO.capabilities, cx, loss, |_| false);
        drop_roles_without_span(page, loss, |_| false);
        // The configuration is XML, and can name what has such characters only in another way than the tasks do.
        for record in page.sets.iter().flat_map(|layer| &layer.records) {
            let roles = record.roles.iter().map(|role| &*role.name);
            let attributes = record.attributes.iter().flat_map(|(name, value)| [&**name, value]);
            let names = roles.chain(attributes).chain([&*record.label]);
            let other = names.filter(|name| !name.chars().all(is_xml)).count();
            loss.note(Lost::Name, other, || format!("\"{}\" in article {}", record.label, page.id));
        }
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        let unit = cx.options.unit.unwrap_or(OffsetUnit::CodePoint);
        Box::new(LabelStudioWriter { cx, unit })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        read::tasks(source, reading, out);
    }
}

/// The declarations of the configuration.
#[derive(Default)]
struct StudioConfig {
    labels: BTreeSet<Name>,
    documents: BTreeSet<Name>,
    roles: BTreeSet<Name>,
    attributes: BTreeMap<Name, BTreeSet<String>>,
    notes: bool,
    /// True where there is any task.
    begun: bool,
}

struct LabelStudioWriter<'a> {
    cx: Context<'a>,
    unit: OffsetUnit,
}

#[derive(Serialize)]
struct Region<'a> {
    id: &'a str,
    from_name: &'a str,
    to_name: &'static str,
    r#type: &'static str,
    value: RegionValue<'a>,
    origin: &'static str,
}

#[derive(Serialize)]
struct RegionValue<'a> {
    #[serde(flatten, skip_serializing_if = "Option::is_none")]
    place: Option<StudioPlace<'a>>,
    #[serde(flatten)]
    said: RegionResult<'a>,
}

#[derive(Serialize)]
struct StudioPlace<'a> {
    start: u32,
    end: u32,
    /// The words; none where a text that somebody wrote has their name.
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<&'a str>,
}

/// The result of a region, under the name of the kind of control that gives it; what is written into a text area is its text.
struct RegionResult<'a> {
    kind: &'static str,
    values: Vec<&'a str>,
}

impl Serialize for RegionResult<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = if self.kind == TEXT_AREA { "text" } else { self.kind };
        serializer.collect_map([(name, &self.values)])
    }
}

#[derive(Serialize)]
struct StudioRelation<'a> {
    r#type: &'static str,
    from_id: &'a str,
    to_id: &'a str,
    direction: &'static str,
    labels: [&'a str; 1],
}

/// Adds an entry to a result.
fn put(task: &mut Vec<u8>, first: &mut bool, entry: &impl Serialize) -> io::Result<()> {
    if !std::mem::take(first) {
        task.push(b',');
    }
    Ok(serde_json::to_writer(task, entry)?)
}

impl Writer for LabelStudioWriter<'_> {
    type Drawn = ();
    type State = StudioConfig;

    fn draw(&self, number: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let task = pieces.append(TASKS);
        task.extend_from_slice(if number == 0 { b"[\n" } else { b",\n" });
        let mut data = Map::from_iter([("text".to_owned(), Value::from(page.text.as_str()))]);
        data.extend(about_object(&page.id, &page.about));
        let head = json!({"id": number + 1, "data": data});
        serde_json::to_writer(&mut *task, &head)?;
        task.pop();
        task.extend_from_slice(b",\"annotations\":[{\"result\":[");
        let mut first = true;
        for record in page.sets.first().map_or(&[][..], |layer| &layer.records) {
            let id = record.id.to_string();
            let extent = record.extent();
            let place = |span: Span, kind: &str| {
                let of = |byte| self.unit.of_byte(&page.text, byte);
                let text = (kind != TEXT_AREA).then(|| page.text.slice(span));
                StudioPlace { start: of(span.start), end: of(span.end), text }
            };
            let mut region = |from: &str, kind: &'static str, said: Vec<&'_ str>| {
                let said = RegionResult { kind, values: said };
                let value = RegionValue { place: extent.map(|span| place(span, kind)), said };
                let region =
                    Region { id: &id, from_name: from, to_name: "text", r#type: kind, value, origin: "manual" };
                put(task, &mut first, &region)
            };
            if record.at.is_empty() {
                region(DOCUMENT, "choices", vec![&record.label])?;
            } else {
                region(LABEL, "labels", vec![&record.label])?;
            }
            let mut attributes: BTreeMap<&Name, Vec<&str>> = BTreeMap::new();
            for (attribute, value) in &record.attributes {
                attributes.entry(attribute).or_default().push(value);
            }
            for (attribute, values) in attributes {
                region(&control(attribute), "choices", values)?;
            }
            if !record.note.is_empty() {
                region(NOTE, TEXT_AREA, vec![&record.note])?;
            }
            for role in &record.roles {
                if let Filler::Annotation(to) = role.filler {
                    let (to, labels) = (to.to_string(), [role.name.as_str()]);
                    let relation =
                        StudioRelation { r#type: "relation", from_id: &id, to_id: &to, direction: "right", labels };
                    put(task, &mut first, &relation)?;
                }
            }
        }
        task.extend_from_slice(b"]}]}");
        Ok(())
    }

    fn put(&self, seen: &mut StudioConfig, page: &ExchangeDocument, (): (), _: &mut dyn Sink) -> io::Result<()> {
        seen.begun = true;
        for record in page.sets.first().map_or(&[][..], |layer| &layer.records) {
            let labels = if record.at.is_empty() { &mut seen.documents } else { &mut seen.labels };
            if !labels.contains(&record.label) {
                labels.insert(record.label.clone());
            }
            for (attribute, value) in &record.attributes {
                let values = seen.attributes.entry(attribute.clone()).or_default();
                if !values.contains(value) {
                    values.insert(value.clone());
                }
            }
            seen.notes |= !record.note.is_empty();
            for role in record.roles.iter().filter(|role| matches!(role.filler, Filler::Annotation(_))) {
                if !seen.roles.contains(&role.name) {
                    seen.roles.insert(role.name.clone());
                }
            }
        }
        Ok(())
    }

    fn end(&self, seen: &mut StudioConfig, sink: &mut dyn Sink) -> io::Result<()> {
        sink.append(TASKS, if seen.begun { b"\n]\n" } else { b"[]\n" })?;
        sink.whole(CONFIG, seen.configuration(self.cx.corpus).as_bytes())
    }
}

impl StudioConfig {
    fn configuration(&self, corpus: &crate::model::Corpus) -> String {
        let quoted = xml_value;
        let mut xml = String::from("<View>\n  <Labels name=\"label\" toName=\"text\">\n");
        for label in &self.labels {
            let color = corpus.schema.label(label).map(|label| label.colors.light.0);
            let color = color.map_or(String::new(), |[r, g, b]| format!(" background=\"#{r:02x}{g:02x}{b:02x}\""));
            let _ = writeln!(xml, "    <Label value=\"{}\"{color}/>", quoted(label));
        }
        xml.push_str("  </Labels>\n  <Text name=\"text\" value=\"$text\" granularity=\"word\"/>\n");
        let mut choices = |name: &str, region: bool, values: &mut dyn Iterator<Item = &str>| {
            let region = if region { " perRegion=\"true\"" } else { "" };
            let _ = writeln!(xml, "  <Choices name=\"{}\" toName=\"text\" choice=\"multiple\"{region}>", quoted(name));
            for value in values {
                let _ = writeln!(xml, "    <Choice value=\"{}\"/>", quoted(value));
            }
            xml.push_str("  </Choices>\n");
        };
        for (attribute, values) in &self.attributes {
            choices(&control(attribute), true, &mut values.iter().map(String::as_str));
        }
        if !self.documents.is_empty() {
            choices(DOCUMENT, false, &mut self.documents.iter().map(Name::as_str));
        }
        if self.notes {
            xml.push_str("  <TextArea name=\"note\" toName=\"text\" perRegion=\"true\" editable=\"true\"/>\n");
        }
        if !self.roles.is_empty() {
            xml.push_str("  <Relations>\n");
            for role in &self.roles {
                let _ = writeln!(xml, "    <Relation value=\"{}\"/>", quoted(role));
            }
            xml.push_str("  </Relations>\n");
        }
        xml + "</View>\n"
    }
}
