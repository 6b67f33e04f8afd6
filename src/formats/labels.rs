//! The labels of a file beside those of a project: which are meant, and which are new.

use crate::lang::Message;
use crate::message;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::ExchangeDocument;
use crate::model::{
    AttributeDef, AttributeKind, Cardinality, Color, Colors, Filler, Kind, LabelDef, Name, Pattern, RoleDef, Schema,
    Titles, Value, ValueKind,
};

/// A map from labels of files to labels of the project.
#[derive(Debug, Clone, Default)]
pub struct LabelMap(BTreeMap<String, Name>);

impl FromIterator<(Name, Name)> for LabelMap {
    /// From labels of the files and what they mean.
    fn from_iter<I: IntoIterator<Item = (Name, Name)>>(pairs: I) -> Self {
        Self(pairs.into_iter().map(|(from, to)| (from.to_string(), to)).collect())
    }
}

impl LabelMap {
    /// From `FILE=project` pairs.
    ///
    /// # Errors
    /// The first pair that is none, in one sentence.
    pub fn of_pairs(pairs: &[String]) -> Result<Self, Message> {
        let mut map = BTreeMap::new();
        for pair in pairs {
            let (from, to) = pair.split_once('=').ok_or_else(|| message!("label-pair", pair = pair))?;
            if from.trim().is_empty() || to.trim().is_empty() {
                return Err(message!("label-pair", pair = pair));
            }
            map.insert(from.trim().to_owned(), to.trim().into());
        }
        Ok(Self(map))
    }

    /// The pairs: a label of the files, and what it means.
    pub fn pairs(&self) -> impl Iterator<Item = (&str, &Name)> {
        self.0.iter().map(|(from, to)| (from.as_str(), to))
    }

    /// The project's label: as the map says, else of the same name, else of the same name but for case.
    #[must_use]
    pub fn label(&self, schema: &Schema, label: &Name) -> Name {
        if let Some(mapped) = self.0.get(label.as_str()) {
            return mapped.clone();
        }
        if schema.label(label).is_some() {
            return label.clone();
        }
        let folded = label.to_lowercase();
        let same = schema.labels.iter().find(|known| known.name.to_lowercase() == folded);
        same.map_or_else(|| label.clone(), |known| known.name.clone())
    }

    /// Gives every record and referent of a page the project's label.
    pub fn apply(&self, schema: &Schema, page: &mut ExchangeDocument) {
        for layer in &mut page.sets {
            for record in &mut layer.records {
                let label = self.label(schema, &record.label);
                if label != record.label {
                    Arc::make_mut(record).label = label;
                }
            }
            for referent in &mut layer.referents {
                let label = self.label(schema, &referent.label);
                if label != referent.label {
                    Arc::make_mut(referent).label = label;
                }
            }
        }
    }
}

/// The labels that documents use.
#[derive(Debug, Default)]
pub struct Usage {
    labels: BTreeMap<Name, LabelUsage>,
}

#[derive(Debug, Default)]
struct LabelUsage {
    with_span: bool,
    attributes: BTreeSet<Name>,
    /// In each role: labels, whether bare words, which values.
    roles: BTreeMap<Name, (BTreeSet<Name>, bool, BTreeSet<bool>)>,
}

impl Usage {
    /// Takes a page into account.
    pub fn add(&mut self, page: &ExchangeDocument) {
        for layer in &page.sets {
            let labels: std::collections::HashMap<_, &Name> =
                layer.records.iter().map(|record| (record.id, &record.label)).collect();
            for record in &layer.records {
                let used = self.labels.entry(record.label.clone()).or_default();
                used.with_span |= !record.at.is_empty() || record.drift.is_some();
                for (attribute, _) in &record.attributes {
                    used.attributes.insert(attribute.clone());
                }
                for role in &record.roles {
                    let (fillers, words, values) = used.roles.entry(role.name.clone()).or_default();
                    match &role.filler {
                        Filler::Annotation(id) => fillers.extend(labels.get(id).map(|&label| label.clone())),
                        Filler::Span(_) => *words = true,
                        Filler::Value(value) => {
                            values.insert(matches!(value, Value::Date(_)));
                        }
                    }
                }
            }
        }
    }

    /// The labels that `schema` does not know, each as `known` defines it or else as it is used: with roles a frame,
    /// without any span a label of whole articles, else an entity.
    #[must_use]
    pub fn new_labels(&self, schema: &Schema, known: &[LabelDef]) -> Vec<LabelDef> {
        let unknown = self.labels.iter().filter(|(name, _)| schema.label(name).is_none());
        let all: Vec<&Name> = self.labels.keys().collect();
        let exists = |name: &Name| schema.label(name).is_some() || all.contains(&name);
        unknown
            .enumerate()
            .map(|(number, (name, used))| {
                if let Some(known) = known.iter().find(|label| label.name == *name) {
                    let mut label = known.clone();
                    for role in &mut label.roles {
                        role.fillers.retain(exists);
                    }
                    label.roles.retain(|role| !role.fillers.is_empty() || role.spans || !role.values.is_empty());
                    label.key = label.key.filter(|&key| schema.label_of_key(key).is_none());
                    return label;
                }
                used.label(name, schema.labels.len() + number)
            })
            .collect()
    }
}

/// Colours that differ for most eyes on both grounds (Okabe & Ito 2008, darkened or lightened), with patterns of a
/// different length, so that two labels seldom look alike.
const COLORS: [([u8; 3], [u8; 3]); 7] = [
    ([0, 90, 150], [86, 180, 233]),
    ([170, 60, 0], [255, 140, 70]),
    ([0, 115, 80], [60, 200, 150]),
    ([140, 70, 120], [230, 150, 200]),
    ([120, 95, 0], [240, 200, 60]),
    ([150, 20, 60], [250, 120, 150]),
    ([70, 70, 70], [190, 190, 190]),
];
const PATTERNS: [Pattern; 5] = [Pattern::Solid, Pattern::Dashed, Pattern::Dotted, Pattern::Double, Pattern::Wavy];

impl LabelUsage {
    fn label(&self, name: &Name, number: usize) -> LabelDef {
        let kind = match (self.roles.is_empty(), self.with_span) {
            (false, _) => Kind::Frame,
            (true, true) => Kind::Entity,
            (true, false) => Kind::Document,
        };
        let (light, dark) = COLORS[number % COLORS.len()];
        let attribute = |name: &Name| AttributeDef {
            ordered: false,
            name: name.clone(),
            title: Titles::of(name),
            guide: Titles::default(),
            kind: AttributeKind::Text,
            required: false,
            docs: BTreeMap::new(),
        };
        let role = |(name, (fillers, words, values)): (&Name, &(BTreeSet<Name>, bool, BTreeSet<bool>))| RoleDef {
            name: name.clone(),
            title: Titles::of(name),
            guide: Titles::default(),
            key: None,
            fillers: fillers.iter().cloned().collect(),
            // A role whose fillers are all unknown must be fillable by something.
            spans: *words || (fillers.is_empty() && values.is_empty()),
            values: values.iter().map(|&date| if date { ValueKind::Date } else { ValueKind::Text }).collect(),
            cardinality: Cardinality::default(),
            ordered: false,
            docs: BTreeMap::new(),
        };
        LabelDef {
            name: name.clone(),
            kind,
            title: Titles::of(name),
            guide: Titles::default(),
            key: None,
            colors: Colors { light: Color(light), dark: Color(dark) },
            pattern: PATTERNS[number % PATTERNS.len()],
            attributes: self.attributes.iter().map(attribute).collect(),
            roles: self.roles.iter().map(role).collect(),
            docs: BTreeMap::new(),
        }
    }
}
