//! Label Studio: a list of tasks with annotations, and the labelling configuration that shows them.

use crate::key;
use crate::lang::Message;
use crate::message;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io;

use serde::{Serialize, Serializer};
use serde_json::{Map, Value, json};

use super::json::{Json, JsonRecord, about_object, about_of, list, name, offset, records, scalar};
use super::loss::{drop_roles_without_span, reduce};
use super::raw_document::{RawAnnotation, RawDocument, RawFiller, RawNames, RawSet};
use super::{
    AnyWriter, Capabilities, Context, ExchangeDocument, Format, FormatInfo, ImportContext, Item, Loss, Lost,
    OffsetUnit, Pieces, Sink, Source, Writer,
};
use crate::model::{Filler, Name, Problem, SetKind};
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

/// Names of controls that are not attributes.
const LABEL: &str = "label";
const NOTE: &str = "note";
const DOCUMENT: &str = "document";

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

    fn read(&self, source: &Source, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        records(source, reading, out, article);
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
    text: &'a str,
}

/// The result of a region, under the name of the kind of control that gives it.
struct RegionResult<'a> {
    kind: &'static str,
    values: Vec<&'a str>,
}

impl Serialize for RegionResult<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map([(self.kind, &self.values)])
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
            let place = |span: Span| {
                let of = |byte| self.unit.of_byte(&page.text, byte);
                StudioPlace { start: of(span.start), end: of(span.end), text: page.text.slice(span) }
            };
            let mut region = |from: &str, kind: &'static str, said: Vec<&'_ str>| {
                let said = RegionResult { kind, values: said };
                let value = RegionValue { place: extent.map(place), said };
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
                region(NOTE, "textarea", vec![&record.note])?;
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

/// Returns the name of the choices of an attribute, apart from the controls that have names of their own.
fn control(attribute: &str) -> String {
    if [LABEL, NOTE, DOCUMENT].contains(&attribute) { format!("{attribute}_") } else { attribute.to_owned() }
}

fn attribute(control: &str) -> &str {
    control.strip_suffix('_').filter(|name| [LABEL, NOTE, DOCUMENT].contains(name)).unwrap_or(control)
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

fn article(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let mut problem = |why: Message| {
        let line = (*line > 0).then_some(*line);
        out(Item::Problem(Problem::warning("annotation", why).at(file, line)));
    };
    let data = value.get("data").ok_or_else(|| message!("json-no-field", field = "data"))?;
    let all = ["annotations", "completions", "predictions"].map(|field| list(value, field).map(|all| (field, all)));
    let mut annotations = Vec::new();
    for one in all {
        let (field, one) = one?;
        let wanted = annotations.is_empty();
        let one = one.iter().filter(|one| one.get("was_cancelled").and_then(Json::as_bool) != Some(true));
        annotations.extend(one.filter(|_| wanted).map(|one| (field == "predictions", one)));
    }
    // Nobody has looked at a task that was skipped, or is still to be done: it has no set.
    let mut sets: Vec<RawSet> = Vec::new();
    let mut named = None;
    for (number, (predicted, annotation)) in annotations.iter().enumerate() {
        let result = list(annotation, "result")?;
        // The text is where the regions say, else under its usual name.
        named = named.or(result.iter().find_map(|region| data.get(&*name(region, "to_name")).and_then(Json::as_str)));
        let mut regions = Regions { line: *line, ..Regions::default() };
        for region in result {
            if let Err(why) = regions.add(region, reading) {
                problem(why);
            }
        }
        let mut marks = regions.marks;
        marks.retain(|mark| {
            let labelled = !mark.label.is_empty();
            if !labelled {
                problem(message!("studio-no-label", id = mark.id));
            }
            labelled
        });
        let unsaid = (annotations.len() > 1).then(|| (number + 1).to_string());
        let maker = if *predicted { version(annotation) } else { annotator(annotation) };
        let annotator = maker.or(unsaid).map(|name| reading.name(&name));
        let kind = predicted.then_some(SetKind::Model);
        // An annotator who went over a task twice has one set of it.
        match sets.iter_mut().find(|set| set.annotator == annotator) {
            Some(set) => set.marks.extend(marks),
            None => sets.push(RawSet { annotator, kind, marks, ..RawSet::default() }),
        }
    }
    let usual = || data.get("text").and_then(Json::as_str);
    let content = usual().or(named).ok_or(message!("studio-no-text"))?;
    let (id, about) = about_of(Some(data));
    let unit = reading.unit.unwrap_or(OffsetUnit::CodePoint);
    RawDocument { file, line: *line, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}

/// The annotator of an annotation: by address or name where they are given, else by number.
fn annotator(annotation: &Json<'_>) -> Option<String> {
    let given = |said: String| Some(said.trim().to_owned()).filter(|said| !said.is_empty());
    match annotation.get("completed_by") {
        Some(person @ Json::Object(_)) => {
            let full = || given(format!("{} {}", name(person, "first_name"), name(person, "last_name")));
            let called = ["email", "username"].into_iter().find_map(|field| given(name(person, field)));
            called.or_else(full).or_else(|| given(name(person, "id")))
        }
        Some(other) => scalar(other).and_then(given),
        // Older versions: an address, a comma, a number.
        None => given(name(annotation, "created_username").split(',').next().unwrap_or_default().to_owned()),
    }
}

/// The model of a prediction, where it says which.
fn version(prediction: &Json<'_>) -> Option<String> {
    Some(name(prediction, "model_version")).filter(|name| !name.is_empty() && name != "undefined")
}

/// The regions of a result, as its entries tell of them.
#[derive(Default)]
struct Regions {
    marks: Vec<RawAnnotation>,
    named: RawNames,
    line: u32,
}

impl Regions {
    /// Adds what one entry of a result says to the region that it is about.
    fn add(&mut self, entry: &Json<'_>, reading: &ImportContext<'_>) -> Result<(), Message> {
        let kind = name(entry, "type");
        if kind == "relation" {
            return self.relate(entry, reading);
        }
        let id = name(entry, "id");
        let value = entry.get("value").ok_or_else(|| message!("studio-no-value", id = id))?;
        let at = match value.get("start") {
            Some(_) => vec![(offset(value, "start"), offset(value, "end"))],
            None => Vec::new(),
        };
        let from = name(entry, "from_name");
        let said = || -> Result<Vec<String>, Message> {
            let said = list(value, &kind)?.iter().map(|one| one.as_str().map(str::to_owned));
            said.collect::<Option<_>>().ok_or_else(|| message!("studio-value", id = id))
        };
        let quote = value.get("text").and_then(Json::as_str).map(str::to_owned);
        let there = self.named.index(&id);
        let placed = !at.is_empty();
        let new = RawAnnotation { id: id.clone(), at, quote, line: self.line, ..RawAnnotation::default() };
        match kind.as_str() {
            "labels" => {
                let mut labels = said()?.into_iter();
                let Some(first) = labels.next() else { return Ok(()) };
                // A region with several labels is several annotations.
                let more: Vec<RawAnnotation> =
                    labels.map(|label| RawAnnotation { id: String::new(), label, ..new.clone() }).collect();
                self.region(there, new).label = first;
                self.marks.extend(more);
            }
            "choices" if !placed && (from == DOCUMENT || there.is_none()) => {
                for (number, label) in said()?.into_iter().enumerate() {
                    let id = if number == 0 { id.clone() } else { String::new() };
                    self.region(None, RawAnnotation { id, label, line: self.line, ..RawAnnotation::default() });
                }
            }
            "choices" => {
                let name = reading.name(attribute(&from));
                let said = said()?.into_iter().map(|value| (name.clone(), value));
                self.region(there, new).attributes.extend(said);
            }
            "textarea" if placed || there.is_some() => {
                let note = said()?.join("\n");
                self.region(there, new).note = note;
            }
            _ => return Err(message!("studio-type", id = id, kind = kind)),
        }
        Ok(())
    }

    /// The region that is there, else a new one.
    fn region(&mut self, there: Option<usize>, new: RawAnnotation) -> &mut RawAnnotation {
        let at = there.unwrap_or_else(|| {
            self.named.add(&new.id, self.marks.len());
            self.marks.push(new);
            self.marks.len() - 1
        });
        &mut self.marks[at]
    }

    fn relate(&mut self, relation: &Json<'_>, reading: &ImportContext<'_>) -> Result<(), Message> {
        let (from, to) = (name(relation, "from_id"), name(relation, "to_id"));
        let mut roles: Vec<&str> = list(relation, "labels")?.iter().filter_map(Json::as_str).collect();
        if roles.is_empty() {
            roles.push("relation");
        }
        let at = self.named.index(&from).ok_or_else(|| message!("studio-relation", from = from))?;
        for role in roles {
            self.marks[at].roles.push((reading.name(role), RawFiller::Annotation(to.clone())));
        }
        Ok(())
    }
}
