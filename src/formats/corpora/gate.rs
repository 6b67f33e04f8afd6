//! GATE's XML: a text with nodes, and sets of annotations between them.

use std::collections::HashMap;

use super::info::reads_only;
use crate::formats::parallel_read::files;
use crate::formats::raw_document::{NO_OFFSET, RawAnnotation, RawDocument, RawSet};
use crate::formats::references::References;
use crate::formats::xml::{XmlPiece, walk};
use crate::formats::{ArticleMetadata, Capabilities, Format, FormatInfo, ImportContext, ImportFiles, Item, OffsetUnit};
use crate::key;
use crate::lang::Message;
use crate::message;
use crate::model::Kind;

/// See the module.
pub(in crate::formats) struct Gate;

static INFO: FormatInfo = FormatInfo {
    capabilities: Capabilities {
        kinds: &[Kind::Entity, Kind::Zone],
        attributes: true,
        referents: true,
        ids: true,
        ..Capabilities::SPANS
    },
    several_sets: true,
    ..reads_only(
        "gate",
        key!("format-gate"),
        "xml",
        "https://gate.ac.uk/sale/tao/splitch5.html",
        key!("format-gate-notes"),
    )
};

/// Elements within each other.
const DEPTH: usize = 16;
/// Types that say where words and sentences are, and no more.
const TOKENS: [&str; 6] = ["Token", "SpaceToken", "Sentence", "Split", "DEFAULT_TOKEN", "paragraph"];
/// The set of the tags of the page that the text came from.
const MARKUP: &str = "Original markups";
/// Features that lead to annotations of the same thing.
const MATCHES: &str = "matches";

impl Format for Gate {
    fn info(&self) -> &'static FormatInfo {
        &INFO
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        files(source, source.with_extension(&["xml"]), reading, out, |file, reading, out| {
            article(file, &source.text(file)?, reading, out)
        });
    }
}

#[derive(Default)]
struct GateDocument {
    text: String,
    /// The byte of each node.
    nodes: HashMap<String, i64>,
    /// Sets with the marks of each; a mark's place is that of nodes.
    sets: Vec<(String, Vec<GateMark>)>,
    url: String,
}

#[derive(Default)]
struct GateMark {
    id: String,
    label: String,
    ends: (String, String),
    features: Vec<(String, String)>,
}

fn parsed(xml: &str) -> Result<GateDocument, Message> {
    let mut document = GateDocument::default();
    let mut path: Vec<&str> = Vec::new();
    let (mut name, mut said) = (String::new(), String::new());
    walk(xml, DEPTH, |piece| {
        match piece {
            XmlPiece::Open(0, root) if root.parts().1 != "GateDocument" => return Err(message!("gate-not")),
            XmlPiece::Open(_, tag) => {
                let called = tag.parts().1;
                path.push(called);
                match called {
                    "Node" => {
                        document.nodes.insert(tag.value("id")?, document.text.len() as i64);
                    }
                    "AnnotationSet" => document.sets.push((tag.value("Name")?, Vec::new())),
                    "Annotation" => {
                        let ends = (tag.value("StartNode")?, tag.value("EndNode")?);
                        let mark =
                            GateMark { id: tag.value("Id")?, label: tag.value("Type")?, ends, ..GateMark::default() };
                        if document.sets.is_empty() {
                            document.sets.push(Default::default());
                        }
                        if let Some((_, marks)) = document.sets.last_mut() {
                            marks.push(mark);
                        }
                    }
                    "Name" | "Value" => said.clear(),
                    _ => {}
                }
            }
            XmlPiece::Text(text) if path.contains(&"TextWithNodes") => document.text.push_str(&text),
            XmlPiece::Text(text) => said.push_str(&text),
            XmlPiece::Close(_) => match path.pop() {
                Some("Name") => name = std::mem::take(&mut said),
                Some("Value") => {
                    let value = std::mem::take(&mut said);
                    let feature = (std::mem::take(&mut name), value.trim().to_owned());
                    if path.contains(&"GateDocumentFeatures") {
                        if feature.0 == "gate.SourceURL" && !feature.1.starts_with("created from") {
                            document.url = feature.1;
                        }
                    } else if let Some(mark) = document.sets.last_mut().and_then(|(_, marks)| marks.last_mut()) {
                        mark.features.push(feature);
                    }
                }
                _ => {}
            },
        }
        Ok(())
    })?;
    Ok(document)
}

fn article(file: &str, xml: &str, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) -> Result<(), Message> {
    let document = parsed(xml)?;
    let mut sets = Vec::new();
    for (name, found) in document.sets.into_iter().filter(|(name, _)| name != MARKUP) {
        let mut marks: Vec<RawAnnotation> = Vec::new();
        let mut matches: Vec<(usize, Vec<String>)> = Vec::new();
        for mark in found.into_iter().filter(|mark| !TOKENS.contains(&&*mark.label)) {
            let node = |node: &str| document.nodes.get(node).copied();
            // A node that is not there is no place.
            let at = (node(&mark.ends.0).unwrap_or(NO_OFFSET), node(&mark.ends.1).unwrap_or(NO_OFFSET));
            let mut attributes = Vec::new();
            for (feature, value) in mark.features {
                if feature == MATCHES {
                    let ids = value.split(|c: char| !c.is_ascii_digit()).filter(|id| !id.is_empty());
                    matches.push((marks.len(), ids.map(str::to_owned).collect()));
                } else if !value.is_empty() {
                    attributes.push((reading.name(&feature), value));
                }
            }
            marks.push(RawAnnotation {
                id: mark.id,
                label: mark.label,
                at: vec![at],
                attributes,
                ..RawAnnotation::default()
            });
        }
        let by_id: HashMap<String, usize> = marks.iter().enumerate().map(|(at, mark)| (mark.id.clone(), at)).collect();
        let mut referents = References::default();
        for (first, others) in matches {
            let others = others.iter().filter_map(|id| by_id.get(id).copied()).filter(|at| *at != first);
            let members: Vec<usize> = std::iter::once(first).chain(others).collect();
            if members.len() > 1 {
                let (start, end) = marks[first].at[0];
                let words = document.text.get(start as usize..end as usize).unwrap_or_default();
                referents.join_named(&members, words, &mut marks, reading, file);
            }
        }
        let annotator = Some(name).filter(|name| !name.is_empty()).map(|name| reading.name(&name));
        sets.push(RawSet { annotator, marks, referents: referents.all(), ..RawSet::default() });
    }
    // A document that has named sets has no annotations of its own, but for those that are there.
    if sets.len() > 1 {
        sets.retain(|set| set.annotator.is_some() || !set.marks.is_empty());
    }
    let stem = file.rsplit('/').next().unwrap_or(file);
    let id = stem.rsplit_once('.').map_or(stem, |(stem, _)| stem).to_owned();
    let about = ArticleMetadata { url: document.url, ..ArticleMetadata::default() };
    let (content, unit) = (document.text.as_str(), OffsetUnit::Byte);
    RawDocument { file, line: 0, id, about, content, unit, sets, dangling: false }.finish(reading, out);
    Ok(())
}
