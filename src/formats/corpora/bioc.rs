//! `BioC`: collections of documents as XML, each of passages with annotations and relations; and the same as JSON.

use super::info::reads_only;
use crate::formats::json::{EXTENSIONS, Json, JsonRecord, list, name, records_of, scalar, whole};
use crate::formats::parallel_read::files;
use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawFiller, RawSet};
use crate::formats::references::References;
use crate::formats::xml::{XmlPiece, walk};
use crate::formats::{ArticleMetadata, Capabilities, Format, FormatInfo, ImportContext, ImportFiles, Item, OffsetUnit};
use crate::key;
use crate::lang::Message;
use crate::message;
use crate::model::{Kind, Problem};
use crate::text::{Span, Text};

/// See the module.
pub(in crate::formats) struct BioC;

static INFO: FormatInfo = FormatInfo {
    unit: Some(OffsetUnit::CodePoint),
    capabilities: Capabilities {
        metadata: &["title"],
        kinds: &[Kind::Entity, Kind::Frame],
        fragments: true,
        attributes: true,
        roles: true,
        referents: true,
        ids: true,
        ..Capabilities::SPANS
    },
    ..reads_only("bioc", key!("format-bioc"), "xml", "https://bioc.sourceforge.net/", key!("format-bioc-notes"))
};

/// Elements within each other.
const DEPTH: usize = 16;

impl Format for BioC {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let json = |file: &str| EXTENSIONS.iter().any(|end| file.to_lowercase().ends_with(&format!(".{end}")));
        let (json, xml): (Vec<&str>, Vec<&str>) =
            source.with_extension(&["xml", "json", "jsonl", "ndjson"]).into_iter().partition(|file| json(file));
        files(source, xml, reading, out, |file, reading, out| {
            let documents = parsed(&source.text(file)?)?;
            documents.into_iter().for_each(|document| document.finish(file, 0, reading, out));
            Ok(())
        });
        records_of(source, json, false, reading, out, record);
    }
}

/// Key and value of what is said beside.
type Infons = Vec<(String, String)>;

#[derive(Default)]
struct BioCDocument {
    id: String,
    passages: Vec<Passage>,
    relations: Vec<Relation>,
}

#[derive(Default)]
struct Passage {
    infons: Infons,
    offset: i64,
    text: String,
    annotations: Vec<Marked>,
}

#[derive(Default)]
struct Marked {
    id: String,
    infons: Infons,
    /// Offset and length.
    locations: Vec<(i64, i64)>,
    text: String,
}

#[derive(Default)]
struct Relation {
    id: String,
    infons: Infons,
    /// The annotation and its role.
    nodes: Vec<(String, String)>,
}

/// The documents of a collection.
fn parsed(xml: &str) -> Result<Vec<BioCDocument>, Message> {
    let mut documents: Vec<BioCDocument> = Vec::new();
    let mut path: Vec<&str> = Vec::new();
    let (mut key, mut said) = (String::new(), String::new());
    walk(xml, DEPTH, |piece| {
        match piece {
            XmlPiece::Open(0, root) if root.parts().1 != "collection" => return Err(message!("bioc-not")),
            XmlPiece::Open(_, tag) => {
                let called = tag.parts().1;
                path.push(called);
                said.clear();
                if called == "document" {
                    documents.push(BioCDocument::default());
                    return Ok(());
                }
                let document = documents.last_mut();
                match called {
                    "passage" | "sentence" => {
                        if let Some(document) = document {
                            document.passages.push(Passage::default());
                        }
                    }
                    "annotation" => {
                        if let Some(passage) = document.and_then(|one| one.passages.last_mut()) {
                            passage.annotations.push(Marked { id: tag.value("id")?, ..Marked::default() });
                        }
                    }
                    "relation" => {
                        if let Some(document) = document {
                            document.relations.push(Relation { id: tag.value("id")?, ..Relation::default() });
                        }
                    }
                    "location" => {
                        let number = |name| Ok::<i64, Message>(tag.value(name)?.trim().parse().unwrap_or(NO_OFFSET));
                        let mark = document.and_then(|one| one.passages.last_mut()?.annotations.last_mut());
                        if let Some(mark) = mark {
                            mark.locations.push((number("offset")?, number("length")?));
                        }
                    }
                    "node" => {
                        if let Some(relation) = document.and_then(|one| one.relations.last_mut()) {
                            relation.nodes.push((tag.value("refid")?, tag.value("role")?));
                        }
                    }
                    "infon" => key = tag.value("key")?,
                    _ => {}
                }
            }
            XmlPiece::Text(text) => said.push_str(&text),
            XmlPiece::Close(_) => {
                let inner = path.pop().unwrap_or_default();
                let outer = path.last().copied().unwrap_or_default();
                let said = std::mem::take(&mut said);
                let Some(document) = documents.last_mut() else { return Ok(()) };
                match (outer, inner) {
                    ("document", "id") => said.trim().clone_into(&mut document.id),
                    ("passage" | "sentence", "offset") => {
                        if let Some(passage) = document.passages.last_mut() {
                            passage.offset = said.trim().parse().unwrap_or(NO_OFFSET);
                        }
                    }
                    ("passage" | "sentence", "text") => {
                        if let Some(passage) = document.passages.last_mut() {
                            passage.text = said;
                        }
                    }
                    ("annotation", "text") => {
                        if let Some(mark) = document.passages.last_mut().and_then(|one| one.annotations.last_mut()) {
                            mark.text = said;
                        }
                    }
                    (_, "infon") => {
                        let infon = (std::mem::take(&mut key), said.trim().to_owned());
                        let infons = match outer {
                            "passage" => document.passages.last_mut().map(|one| &mut one.infons),
                            "annotation" => {
                                let mark = document.passages.last_mut().and_then(|one| one.annotations.last_mut());
                                mark.map(|one| &mut one.infons)
                            }
                            "relation" => document.relations.last_mut().map(|one| &mut one.infons),
                            _ => None,
                        };
                        if let Some(infons) = infons {
                            infons.push(infon);
                        }
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    })?;
    Ok(documents)
}

/// Hands over the documents of a record of JSON: a collection, a document, or what `PubTator` answers.
fn record(record: &JsonRecord<'_>, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let JsonRecord { file, line, value } = record;
    let alone = std::slice::from_ref(value);
    let documents = match ["documents", "PubTator3"].into_iter().find(|field| value.get(*field).is_some()) {
        Some(field) => list(value, field)?,
        None if value.get("passages").is_some() => alone,
        None => return Err(message!("json-no-field", field = "passages")),
    };
    for said in documents {
        let mut document = BioCDocument { id: name(said, "id"), ..BioCDocument::default() };
        document.relations.extend(relations(said)?);
        for passage in list(said, "passages")? {
            let inner = list(passage, "sentences")?;
            for one in std::iter::once(passage).chain(inner) {
                document.relations.extend(relations(one)?);
                document.passages.push(Passage {
                    infons: infons(one),
                    offset: one.get("offset").and_then(whole).unwrap_or(NO_OFFSET),
                    text: name(one, "text"),
                    annotations: list(one, "annotations")?.iter().map(marked).collect::<Result<_, _>>()?,
                });
            }
        }
        document.finish(file, *line, reading, out);
    }
    Ok(())
}

fn infons(of: &Json<'_>) -> Infons {
    let all = of.get("infons").and_then(Json::as_object).into_iter().flatten();
    all.filter_map(|(key, value)| Some((key.to_string(), scalar(value)?))).collect()
}

fn marked(one: &Json<'_>) -> Result<Marked, Message> {
    let number = |place: &Json<'_>, field| place.get(field).and_then(whole).unwrap_or(NO_OFFSET);
    let place = |place: &Json<'_>| (number(place, "offset"), number(place, "length"));
    let locations = list(one, "locations")?.iter().map(place).collect();
    Ok(Marked { id: name(one, "id"), infons: infons(one), locations, text: name(one, "text") })
}

fn relations(of: &Json<'_>) -> Result<Vec<Relation>, Message> {
    let relation = |one: &Json<'_>| {
        let nodes = list(one, "nodes")?.iter().map(|node| (name(node, "refid"), name(node, "role"))).collect();
        Ok(Relation { id: name(one, "id"), infons: infons(one), nodes })
    };
    list(of, "relations")?.iter().map(relation).collect()
}

/// The value of an infon, which is taken out.
fn take(infons: &mut Infons, key: &str) -> String {
    let at = infons.iter().position(|(name, _)| name.eq_ignore_ascii_case(key));
    at.map_or_else(String::new, |at| infons.remove(at).1)
}

impl BioCDocument {
    fn finish(self, file: &str, line: u32, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let mut content = String::new();
        let mut about = ArticleMetadata::default();
        let mut marks: Vec<RawAnnotation> = Vec::new();
        let mut referents = References::default();
        for mut passage in self.passages {
            // The text of a passage is in its sentences, where it has some.
            if !content.is_empty() && !passage.text.is_empty() {
                content.push('\n');
            }
            let start = content.len() as i64;
            content.push_str(&passage.text);
            if about.title.is_empty() && take(&mut passage.infons, "type").eq_ignore_ascii_case("title") {
                passage.text.trim().clone_into(&mut about.title);
            }
            let unit = unit(&passage, reading);
            let text = Text::new(&passage.text);
            for mut one in passage.annotations {
                let label = take(&mut one.infons, "type");
                let place = |(offset, length): &(i64, i64)| {
                    let from = offset.checked_sub(passage.offset)?;
                    let (from, until) = (unit.to_byte(&text, from)?, unit.to_byte(&text, from.checked_add(*length)?)?);
                    Some((start + i64::from(from), start + i64::from(until)))
                };
                let at = one.locations.iter().map(|at| place(at).unwrap_or((NO_OFFSET, NO_OFFSET))).collect();
                let outside = take(&mut one.infons, "identifier");
                let attributes = one.infons.into_iter().filter(|(_, value)| !value.is_empty());
                let attributes = attributes.map(|(key, value)| (reading.name(&key), value)).collect();
                let quote = Some(one.text).filter(|text| !text.is_empty());
                let label = if label.is_empty() { "annotation".to_owned() } else { label };
                let mut mark =
                    RawAnnotation { id: one.id, label, at, quote, attributes, line, ..RawAnnotation::default() };
                if !outside.is_empty() {
                    let (register, id) = outside.split_once(':').unwrap_or(("identifier", &outside));
                    let words = mark.quote.clone().unwrap_or_default();
                    referents.add(&mut mark, (register, id.to_owned()), None, &words, reading, file);
                }
                marks.push(mark);
            }
        }
        for mut relation in self.relations {
            let label = take(&mut relation.infons, "type");
            let label = if label.is_empty() { "relation".to_owned() } else { label };
            let role = |role: &str| if role.is_empty() { reading.name("node") } else { reading.name(role) };
            let nodes = relation.nodes.into_iter();
            let roles = nodes.map(|(to, said)| (role(&said), RawFiller::Annotation(to))).collect();
            let attributes = relation.infons.into_iter().filter(|(_, value)| !value.is_empty());
            let attributes = attributes.map(|(key, value)| (reading.name(&key), value)).collect();
            marks.push(RawAnnotation { id: relation.id, label, roles, attributes, line, ..RawAnnotation::default() });
        }
        let sets = vec![RawSet { marks, referents: referents.all(), ..RawSet::default() }];
        let (id, unit) = (self.id, OffsetUnit::Byte);
        if content.trim().is_empty() {
            let why = message!("no-text");
            return out(Item::Problem(Problem::error("no-text", why).at(file, (line > 0).then_some(line))));
        }
        RawDocument { file, line, id, about, content: &content, unit, sets, dangling: false }.finish(reading, out);
    }
}

/// The unit of a passage's offsets: the one that fits its quotes.
fn unit(passage: &Passage, reading: &ImportContext<'_>) -> OffsetUnit {
    let declared = reading.unit.unwrap_or(OffsetUnit::CodePoint);
    let text = Text::new(&passage.text);
    let fits = |unit: OffsetUnit| {
        let says = |one: &&Marked| {
            let [(offset, length)] = one.locations[..] else { return false };
            let from = offset.saturating_sub(passage.offset);
            let (from, until) = (unit.to_byte(&text, from), unit.to_byte(&text, from.saturating_add(length)));
            let span = from.zip(until).filter(|(from, until)| from <= until);
            span.is_some_and(|(from, until)| text.slice(Span::new(from, until)) == one.text)
        };
        passage.annotations.iter().filter(says).count()
    };
    let others = OffsetUnit::ALL.into_iter().filter(|unit| *unit != declared);
    // Of several that fit as many, the one that is declared.
    let mut best = (declared, fits(declared));
    for unit in others {
        let fitting = fits(unit);
        if fitting > best.1 {
            best = (unit, fitting);
        }
    }
    best.0
}
