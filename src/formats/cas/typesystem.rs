//! The types that an export uses, and what those of a file say about its features.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fmt::Write as _;

use super::names::feature;
use crate::formats::{Context, ExchangeDocument};
use crate::model::{Annotation, Kind, Schema};

/// The types that are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::formats) enum Type {
    Meta,
    Entity,
    Frame,
    Zone,
    /// A label of the whole article.
    Document,
    /// Bare words in a role.
    Words,
    /// A filled role of an entity, of a frame, and so on.
    EntityLink,
    FrameLink,
    ZoneLink,
    DocumentLink,
}

/// A type's namespace, as a prefix and in full.
pub(super) const NAMESPACES: [(&str, &str); 3] = [
    ("meta", "de.tudarmstadt.ukp.dkpro.core.api.metadata.type"),
    ("ner", "de.tudarmstadt.ukp.dkpro.core.api.ner.type"),
    ("custom", "webanno.custom"),
];

const STRING: &str = "uima.cas.String";
const ANNOTATION: &str = "uima.tcas.Annotation";

impl Type {
    const ALL: [Self; 10] = [
        Self::Meta,
        Self::Entity,
        Self::Frame,
        Self::Zone,
        Self::Document,
        Self::Words,
        Self::EntityLink,
        Self::FrameLink,
        Self::ZoneLink,
        Self::DocumentLink,
    ];

    /// Of an annotation.
    pub(in crate::formats) fn of(record: &Annotation, schema: &Schema) -> Self {
        match schema.kind(&record.label) {
            Kind::Entity => Self::Entity,
            Kind::Frame => Self::Frame,
            Kind::Document if record.at.is_empty() => Self::Document,
            Kind::Zone | Kind::Document => Self::Zone,
        }
    }

    /// The namespace, and the name in it.
    pub(super) fn place(self) -> (usize, &'static str) {
        match self {
            Self::Meta => (0, "DocumentMetaData"),
            Self::Entity => (1, "NamedEntity"),
            Self::Frame => (2, "Frame"),
            Self::Zone => (2, "Zone"),
            Self::Document => (2, "DocumentLabel"),
            Self::Words => (2, "Words"),
            // As INCEpTION calls the links of the feature `roles` of a layer.
            Self::EntityLink => (1, "NamedEntityRolesLink"),
            Self::FrameLink => (2, "FrameRolesLink"),
            Self::ZoneLink => (2, "ZoneRolesLink"),
            Self::DocumentLink => (2, "DocumentLabelRolesLink"),
        }
    }

    /// With its namespace's prefix, and the name in it.
    pub(super) fn tag(self) -> (&'static str, &'static str) {
        let (space, name) = self.place();
        (NAMESPACES[space].0, name)
    }

    pub(in crate::formats) fn name(self) -> String {
        let (space, name) = self.place();
        format!("{}.{name}", NAMESPACES[space].1)
    }

    fn parent(self) -> &'static str {
        match self {
            Self::Meta => "uima.tcas.DocumentAnnotation",
            Self::Document => "uima.cas.AnnotationBase",
            Self::EntityLink | Self::FrameLink | Self::ZoneLink | Self::DocumentLink => "uima.cas.TOP",
            Self::Entity | Self::Frame | Self::Zone | Self::Words => ANNOTATION,
        }
    }

    /// The feature that holds an annotation's label.
    pub(in crate::formats) fn label(self) -> &'static str {
        if self == Self::Entity { "value" } else { "label" }
    }

    /// The type of its filled roles.
    pub(in crate::formats) fn link(self) -> Self {
        match self {
            Self::Entity => Self::EntityLink,
            Self::Zone => Self::ZoneLink,
            Self::Document => Self::DocumentLink,
            _ => Self::FrameLink,
        }
    }

    fn features(self) -> Vec<(&'static str, Range)> {
        let text = |names: &[&'static str]| names.iter().map(|&name| (name, Range::Text)).collect::<Vec<_>>();
        match self {
            Self::Meta => text(&["documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"])
                .into_iter()
                .chain([("isLastSegment", Range::Flag)])
                .collect(),
            Self::Words => Vec::new(),
            Self::EntityLink | Self::FrameLink | Self::ZoneLink | Self::DocumentLink => {
                let mut features = text(&["role", "value", "date"]);
                features.insert(1, ("target", Range::Annotation));
                features
            }
            Self::Entity => {
                text(&["value", "identifier", "id", "note"]).into_iter().chain([("roles", Range::Links)]).collect()
            }
            Self::Frame | Self::Zone | Self::Document => {
                text(&["label", "id", "note"]).into_iter().chain([("roles", Range::Links)]).collect()
            }
        }
    }
}

/// The content of a feature.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Range {
    Text,
    Flag,
    Annotation,
    Links,
}

/// The types of an export: each with the features of attributes that it has beside its own.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Types(BTreeMap<Type, BTreeSet<String>>);

impl Types {
    /// With a feature for each attribute of the schema.
    pub(super) fn of_schema(cx: &Context<'_>) -> Self {
        let mut types = Self::default();
        for label in &cx.corpus.schema.labels {
            let kind = match label.kind {
                Kind::Entity => Type::Entity,
                Kind::Frame => Type::Frame,
                Kind::Zone => Type::Zone,
                Kind::Document => Type::Document,
            };
            for attribute in &label.attributes {
                types.0.entry(kind).or_default().insert(feature(&attribute.name, kind.label()).into_owned());
            }
        }
        types
    }

    /// Adds a feature for each attribute that a page uses; says whether any was new.
    pub(super) fn add(&mut self, page: &ExchangeDocument, schema: &Schema) -> bool {
        let mut new = false;
        for record in page.sets.iter().flat_map(|layer| &layer.records) {
            for (attribute, _) in &record.attributes {
                let of = Type::of(record, schema);
                let name = feature(attribute, of.label());
                let there = self.0.entry(of).or_default();
                if !there.contains(&*name) {
                    new |= there.insert(name.into_owned());
                }
            }
        }
        new
    }

    fn features(&self, of: Type) -> Vec<(&str, Range)> {
        let own = of.features();
        let attributes = self.0.get(&of).into_iter().flatten().map(|name| (name.as_str(), Range::Text));
        // `identifier` is a feature of named entities already.
        let new: Vec<_> = attributes.filter(|(name, _)| !own.iter().any(|(known, _)| known == name)).collect();
        own.into_iter().chain(new).collect()
    }

    /// As UIMA describes a type system in XML.
    pub(super) fn xml(&self) -> String {
        let mut xml = String::from(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
        );
        for of in Type::ALL {
            let _ = write!(
                xml,
                "<typeDescription>\n <name>{}</name>\n <description/>\n <supertypeName>{}</supertypeName>\n <features>\n",
                of.name(),
                of.parent()
            );
            for (name, range) in self.features(of) {
                let range = match range {
                    Range::Text => STRING.to_owned(),
                    Range::Flag => "uima.cas.Boolean".to_owned(),
                    Range::Annotation => ANNOTATION.to_owned(),
                    Range::Links => format!(
                        "uima.cas.FSArray</rangeTypeName><elementType>{}</elementType><multipleReferencesAllowed>false",
                        of.link().name()
                    ),
                };
                let close = if range.ends_with("false") { "multipleReferencesAllowed" } else { "rangeTypeName" };
                let _ = writeln!(
                    xml,
                    "  <featureDescription><name>{name}</name><description/><rangeTypeName>{range}</{close}></featureDescription>"
                );
            }
            xml.push_str(" </features>\n</typeDescription>\n");
        }
        xml + "</types>\n</typeSystemDescription>\n"
    }

    /// As `%TYPES` of CAS JSON.
    pub(super) fn json(&self) -> String {
        let mut types = serde_json::Map::new();
        for of in Type::ALL {
            let mut one = serde_json::Map::new();
            one.insert("%NAME".into(), of.name().into());
            one.insert("%SUPER_TYPE".into(), of.parent().into());
            for (name, range) in self.features(of) {
                let range = match range {
                    Range::Text => STRING.to_owned(),
                    Range::Flag => "uima.cas.Boolean".to_owned(),
                    Range::Annotation => ANNOTATION.to_owned(),
                    Range::Links => format!("{}[]", of.link().name()),
                };
                one.insert(name.into(), serde_json::json!({"%NAME": name, "%RANGE": range}));
            }
            types.insert(of.name(), one.into());
        }
        serde_json::Value::Object(types).to_string()
    }
}

/// The content of a feature of a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    /// A text, number or truth value.
    Plain,
    /// Several of them.
    Plains,
    /// Another feature structure, or several.
    References,
}

/// The descriptions of type systems, as they stand there.
#[derive(Debug, Default)]
pub(super) struct TypeDescriptions {
    /// The type that each is a kind of.
    pub(super) parents: HashMap<String, String>,
    /// The contents of the features of each.
    pub(super) ranges: HashMap<String, HashMap<String, String>>,
}

impl TypeDescriptions {
    fn of_range(&self, range: &str) -> Held {
        let plain = |name: &str| {
            let primitive = ["String", "Boolean", "Byte", "Short", "Integer", "Long", "Float", "Double"];
            name.strip_prefix("uima.cas.").is_some_and(|name| primitive.contains(&name))
                || self.parents.get(name).is_some_and(|parent| parent == STRING)
        };
        let list =
            range.strip_suffix("Array").or_else(|| range.strip_suffix("List")).or_else(|| range.strip_suffix("[]"));
        match list {
            _ if plain(range) => Held::Plain,
            Some(of) if plain(of) => Held::Plains,
            _ => Held::References,
        }
    }
}

/// The contents of a file's features, by type.
#[derive(Debug, Default)]
pub(super) struct KnownFeatures {
    by_name: HashMap<String, usize>,
    types: Vec<Features>,
}

/// The features of a type that are not those of its parent.
#[derive(Debug, Default)]
struct Features {
    own: BTreeMap<String, Held>,
    parent: Option<usize>,
}

impl From<TypeDescriptions> for KnownFeatures {
    fn from(said: TypeDescriptions) -> Self {
        let mut known = Self::default();
        for name in said.ranges.keys().chain(said.parents.keys()) {
            let next = known.by_name.len();
            known.by_name.entry(name.clone()).or_insert(next);
        }
        known.types.resize_with(known.by_name.len(), Features::default);
        for (name, &at) in &known.by_name {
            let own = said.ranges.get(name).into_iter().flatten();
            known.types[at] = Features {
                own: own.map(|(feature, range)| (feature.clone(), said.of_range(range))).collect(),
                parent: said.parents.get(name).and_then(|parent| known.by_name.get(parent)).copied(),
            };
        }
        known
    }
}

impl KnownFeatures {
    /// The number of a type, where a type system describes it.
    pub(super) fn number(&self, kind: &str) -> Option<usize> {
        self.by_name.get(kind).copied()
    }

    /// Returns the content of a feature of the type of this number; none where no type system says so.
    pub(super) fn held(&self, mut kind: Option<usize>, feature: &str) -> Option<Held> {
        // A circle of parents ends here too.
        for _ in 0..32 {
            let features = &self.types[kind?];
            if let Some(held) = features.own.get(feature) {
                return Some(*held);
            }
            kind = features.parent;
        }
        None
    }
}
