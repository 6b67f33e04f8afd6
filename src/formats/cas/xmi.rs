//! XMI: a file for each article, and one type system for all of them.

use crate::key;
use crate::lang::Message;
use crate::message;
use std::collections::HashMap;
use std::io;
use std::sync::Arc;

use super::marks::article;
use super::model::{Held, Structure};
use super::typesystem::{self, KnownFeatures, NAMESPACES, Type, TypeDescriptions, Types};
use super::write::{Encode, SOFA, structures};
use super::{INFO, is_whole, reduce_page};
use crate::formats::loss::place;
use crate::formats::parallel_read::files;
use crate::formats::xml::{Tag, XmlPiece, walk};
use crate::formats::{
    AnyWriter, Context, ExchangeDocument, Format, FormatInfo, ImportContext, ImportFiles, Item, Loss, Lost, OffsetUnit,
    Pieces, Sink, Writer,
};
use crate::model::{Filler, Problem, Value};
use crate::say;
use crate::text::Text;

/// See the module.
pub(in crate::formats) struct CasXmi;

const TYPES: &str = "TypeSystem.xml";

static XMI: FormatInfo = FormatInfo {
    name: "cas-xmi",
    title: key!("format-cas-xmi"),
    extension: "xmi",
    reference: "https://docs.oasis-open.org/uima/v1.0/uima-v1.0.html",
    notes: key!("format-cas-xmi-notes"),
    ..INFO
};

impl Format for CasXmi {
    fn info(&self) -> &'static FormatInfo {
        &XMI
    }

    fn reduce(&self, page: &mut ExchangeDocument, cx: &Context<'_>, loss: &mut Loss) {
        reduce_page(page, &INFO.capabilities, cx, loss, |record| is_whole(record, &cx.corpus.schema));
        clean_page(page, loss);
    }

    fn writer<'a>(&self, cx: Context<'a>) -> Box<dyn AnyWriter + 'a> {
        let unit = cx.options.unit.unwrap_or(OffsetUnit::Utf16);
        Box::new(XmiWriter { cx, unit })
    }

    fn read(&self, source: &ImportFiles, reading: &ImportContext<'_>, out: &mut dyn FnMut(Item)) {
        let mut said = TypeDescriptions::default();
        for file in source.names().filter(|name| name.to_lowercase().ends_with(".xml")) {
            if let Err(why) = source.text(file).and_then(|xml| read_types(&xml, &mut said)) {
                out(Item::Problem(Problem::error("file", why).at(file, None)));
            }
        }
        let known = KnownFeatures::from(said);
        let names: Vec<&str> =
            source.with_extension(&["xmi"]).into_iter().filter(|name| !name.to_lowercase().ends_with(".xml")).collect();
        if names.is_empty() {
            out(Item::Problem(Problem::error("no-text", message!("xmi-none"))));
        }
        files(source, names, reading, out, |file, reading, out| {
            article(file, &read_xmi(&source.text(file)?, &known)?, OffsetUnit::Utf16, reading, out)
        });
    }
}

// Characters that XML 1.0 has no room for.

/// A text without characters that XML cannot hold; each takes as much room as what stands for it, and breaks graphemes
/// as that does.
fn clean(text: &str) -> Option<String> {
    let dirty = text.bytes().any(|byte| byte < 0x20 && !say::is_xml(char::from(byte)))
        || text.contains(['\u{fffe}', '\u{ffff}']);
    let stands_for = |c: char| {
        if say::is_xml(c) {
            c
        } else if c.is_ascii() {
            '\t'
        } else {
            '\u{fffd}'
        }
    };
    dirty.then(|| text.chars().map(stands_for).collect())
}

fn clean_page(page: &mut ExchangeDocument, loss: &mut Loss) {
    let article = page.id.clone();
    for name in page.about.clone().fields().map(|(name, _)| name) {
        let field = page.about.field_mut(name).expect("the name came from the fields");
        if let Some(cleaned) = clean(field) {
            loss.note(Lost::Metadata, 1, || format!("{name} of article {article}"));
            *field = cleaned;
        }
    }
    if let Some(cleaned) = clean(page.text.as_str()) {
        loss.note(Lost::Character, 1, || format!("article {article}"));
        page.text = Text::new(&cleaned);
    }
    for record in page.sets.iter_mut().flat_map(|layer| &mut layer.records) {
        let said =
            [&record.note, record.label.as_str()].into_iter().chain(record.attributes.iter().map(|(_, v)| v.as_str()));
        let values = record.roles.iter().map(|role| match &role.filler {
            Filler::Value(Value::Text(value)) => value.as_str(),
            _ => role.name.as_str(),
        });
        if said.chain(values).all(|text| clean(text).is_none()) {
            continue;
        }
        let mut lost = |what| loss.note(what, 1, || place(&article, &page.text, record));
        let mut after = crate::model::Annotation::clone(record);
        let mut put = |what, text: &mut String| {
            if let Some(cleaned) = clean(text) {
                lost(what);
                *text = cleaned;
            }
        };
        put(Lost::Note, &mut after.note);
        after.attributes.iter_mut().for_each(|(_, value)| put(Lost::Attribute, value));
        for role in &mut after.roles {
            if let Filler::Value(Value::Text(value)) = &mut role.filler {
                put(Lost::RoleValue, value);
            }
            let mut name = role.name.to_string();
            put(Lost::Name, &mut name);
            role.name = name.as_str().into();
        }
        let mut label = after.label.to_string();
        put(Lost::Name, &mut label);
        after.label = label.as_str().into();
        *record = Arc::new(after);
    }
}

// Writing.

struct XmiWriter<'a> {
    cx: Context<'a>,
    unit: OffsetUnit,
}

struct Xml<'a>(&'a mut Vec<u8>);

impl Xml<'_> {
    fn put(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    fn name(&mut self, feature: &str) {
        self.put(" ");
        self.put(feature);
        self.put("=\"");
    }

    /// A value of an attribute, whose white space other than the blank has to be written as numbers.
    fn value(&mut self, text: &str) {
        let mut from = 0;
        for (at, byte) in text.bytes().enumerate() {
            let written = match byte {
                b'&' => "&amp;",
                b'<' => "&lt;",
                b'>' => "&gt;",
                b'"' => "&quot;",
                b'\n' => "&#10;",
                b'\r' => "&#13;",
                b'\t' => "&#9;",
                _ => continue,
            };
            self.put(&text[from..at]);
            self.put(written);
            from = at + 1;
        }
        self.put(&text[from..]);
        self.put("\"");
    }

    fn ids(&mut self, ids: impl Iterator<Item = u32>) {
        for (index, id) in ids.enumerate() {
            if index > 0 {
                self.put(" ");
            }
            self.put(itoa::Buffer::new().format(id));
        }
    }
}

impl Encode for Xml<'_> {
    fn begin(&mut self, id: u32, of: Type) {
        let (prefix, name) = of.tag();
        for part in ["<", prefix, ":", name] {
            self.put(part);
        }
        self.number("xmi:id", id);
    }

    fn number(&mut self, feature: &str, number: u32) {
        self.name(feature);
        self.put(itoa::Buffer::new().format(number));
        self.put("\"");
    }

    fn text(&mut self, feature: &str, text: &str) {
        self.name(feature);
        self.value(text);
    }

    fn flag(&mut self, feature: &str, flag: bool) {
        self.text(feature, if flag { "true" } else { "false" });
    }

    fn reference(&mut self, feature: &str, id: u32) {
        self.number(feature, id);
    }

    fn references(&mut self, feature: &str, _: Type, _: u32, first: u32, count: u32) {
        self.name(feature);
        self.ids(first..first + count);
        self.put("\"");
    }

    fn end(&mut self) {
        self.put("/>\n");
    }
}

impl Writer for XmiWriter<'_> {
    type Drawn = ();
    /// The types of the schema, and those of records beside.
    type State = Types;

    fn begin(&self, types: &mut Types, _: &mut dyn Sink) -> io::Result<()> {
        *types = Types::of_schema(&self.cx);
        Ok(())
    }

    fn draw(&self, _: usize, page: &ExchangeDocument, pieces: &mut Pieces) -> io::Result<()> {
        let schema = &self.cx.corpus.schema;
        let xml = pieces.own("xmi");
        let mut xml = Xml(xml);
        xml.put("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"");
        for (prefix, namespace) in std::iter::once(("cas", "uima.cas")).chain(NAMESPACES) {
            for part in [" xmlns:", prefix, "=\"http:///", &namespace.replace('.', "/"), ".ecore\""] {
                xml.put(part);
            }
        }
        xml.put(" xmi:version=\"2.0\">\n<cas:NULL xmi:id=\"0\"/>\n");
        let members = structures(page, schema, self.unit, &mut xml);
        xml.put("<cas:Sofa");
        xml.number("xmi:id", SOFA);
        xml.put(" sofaNum=\"1\" sofaID=\"_InitialView\" mimeType=\"text\"");
        xml.text("sofaString", page.text.as_str());
        xml.put("/>\n<cas:View");
        xml.number("sofa", SOFA);
        xml.name("members");
        xml.ids(members.into_iter());
        xml.put("\"/>\n</xmi:XMI>\n");
        Ok(())
    }

    fn put(&self, types: &mut Types, page: &ExchangeDocument, (): (), _: &mut dyn Sink) -> io::Result<()> {
        types.add(page, &self.cx.corpus.schema);
        Ok(())
    }

    fn end(&self, types: &mut Types, sink: &mut dyn Sink) -> io::Result<()> {
        sink.whole(TYPES, types.xml().as_bytes())
    }
}

// Reading.

/// Elements inside each other; no CAS needs more than three.
const DEPTH: usize = 16;

fn read_xmi<'x>(xml: &'x str, known: &KnownFeatures) -> Result<Vec<Structure<'x>>, Message> {
    let mut spaces: HashMap<&str, String> = HashMap::new();
    let mut all: Vec<Structure<'x>> = Vec::new();
    let mut lists: HashMap<&str, usize> = HashMap::new();
    let mut inner: Option<(&str, String)> = None;
    walk(xml, DEPTH, |piece| {
        match piece {
            XmlPiece::Open(0, root) => {
                if root.parts().1 != "XMI" {
                    return Err(message!("xmi-not"));
                }
                for attribute in root.attributes() {
                    let (key, uri) = attribute?;
                    if let Some(prefix) = key.strip_prefix("xmlns:") {
                        let path = uri.strip_prefix("http:///").and_then(|rest| rest.strip_suffix(".ecore"));
                        let package = path.unwrap_or("").replace('/', ".");
                        spaces.insert(prefix, if package == "uima.noNamespace" { String::new() } else { package });
                    }
                }
            }
            XmlPiece::Open(1, tag) => {
                all.push(structure(tag, &spaces)?);
                lists.clear();
            }
            XmlPiece::Open(2, tag) => inner = Some((tag.parts().1, String::new())),
            XmlPiece::Open(..) => return Err(message!("xmi-list")),
            XmlPiece::Text(text) => {
                if let Some((_, said)) = &mut inner {
                    said.push_str(&text);
                }
            }
            XmlPiece::Close(2) => {
                if let (Some((feature, said)), Some(one)) = (inner.take(), all.last_mut()) {
                    // The elements of one list may stand among those of others.
                    let list = *lists.entry(feature).or_insert_with(|| {
                        one.features.push((feature.into(), Held::Texts(Vec::new())));
                        one.features.len() - 1
                    });
                    if let Held::Texts(texts) = &mut one.features[list].1 {
                        texts.push(said.into());
                    }
                }
            }
            XmlPiece::Close(_) => {}
        }
        Ok(())
    })?;
    resolve(&mut all, known);
    Ok(all)
}

fn structure<'x>(tag: Tag<'x>, spaces: &HashMap<&str, String>) -> Result<Structure<'x>, Message> {
    let (prefix, local) = tag.parts();
    let kind = match spaces.get(prefix).map_or("", String::as_str) {
        "" => local.into(),
        package => [package, ".", local].concat().into(),
    };
    let mut one = Structure { kind, features: Vec::with_capacity(8), id: 0 };
    for attribute in tag.attributes() {
        let (key, value) = attribute?;
        match key {
            "xmi:id" => one.id = value.parse().map_err(|_| message!("xmi-id", id = cut(&value)))?,
            _ if key.contains(':') => {}
            _ => one.features.push((key.into(), Held::Text(value))),
        }
    }
    Ok(one)
}

fn cut(text: &str) -> String {
    text.chars().take(40).collect()
}

/// Tells references from texts: as the type system says; without it, features of these names and any that name nothing
/// but links.
fn resolve(all: &mut [Structure<'_>], known: &KnownFeatures) {
    const ONE: [&str; 6] = ["sofa", "target", "Governor", "Dependent", "next", "first"];
    let links: std::collections::HashSet<i64> = (all.iter())
        .filter(|one| one.held("begin").is_none() && (one.held("target").is_some() || one.held("role").is_some()))
        .map(|one| one.id)
        .collect();
    // Structures of one type mostly stand together.
    let mut last = (String::new(), None);
    for one in all {
        if last.0 != one.kind {
            last = (one.kind.to_string(), known.number(&one.kind));
        }
        let kind = last.1;
        let list = one.kind.ends_with("FSArray") || one.kind.ends_with("FSList");
        one.features.retain_mut(|(feature, held)| {
            let Held::Text(text) = held else { return true };
            let holds = known.held(kind, feature);
            // Without a type system, nothing tells an empty text from an empty list.
            if text.is_empty() && holds.is_none() && feature != "sofaString" {
                return false;
            }
            let ids = || text.split(' ').map(|id| id.parse::<i64>().ok()).collect::<Option<Vec<_>>>();
            let refers = match holds {
                Some(typesystem::Held::Plains) => {
                    *held = Held::Texts(text.split_whitespace().map(|text| text.to_owned().into()).collect());
                    return true;
                }
                Some(typesystem::Held::Plain) => None,
                Some(typesystem::Held::References) => ids(),
                None if list || ONE.contains(&&**feature) => ids(),
                None => ids().filter(|ids| ids.iter().all(|id| links.contains(id))),
            };
            if let Some(ids) = refers {
                *held = Held::References(ids);
            }
            true
        });
    }
}

/// Adds what a type system says; a file that is no type system says nothing.
fn read_types(xml: &str, known: &mut TypeDescriptions) -> Result<(), Message> {
    if !xml.contains("typeSystemDescription") {
        return Ok(());
    }
    let mut path: Vec<&str> = Vec::new();
    let mut said = String::new();
    let (mut name, mut parent, mut feature, mut range) = (String::new(), String::new(), String::new(), String::new());
    walk(xml, DEPTH, |piece| {
        match piece {
            XmlPiece::Open(_, tag) => {
                path.push(tag.parts().1);
                said.clear();
            }
            XmlPiece::Text(text) => said.push_str(&text),
            XmlPiece::Close(_) => {
                let inner = path.pop().unwrap_or_default();
                let outer = path.last().copied().unwrap_or_default();
                let text = said.trim().to_owned();
                match (outer, inner) {
                    ("typeDescription", "name") => name = text,
                    ("typeDescription", "supertypeName") => parent = text,
                    ("featureDescription", "name") => feature = text,
                    ("featureDescription", "rangeTypeName") => range = text,
                    (_, "featureDescription") => {
                        let features = known.ranges.entry(name.clone()).or_default();
                        features.insert(std::mem::take(&mut feature), std::mem::take(&mut range));
                    }
                    (_, "typeDescription") => {
                        known.parents.insert(std::mem::take(&mut name), std::mem::take(&mut parent));
                    }
                    _ => {}
                }
                said.clear();
            }
        }
        Ok(())
    })
}
