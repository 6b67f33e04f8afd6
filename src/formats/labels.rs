//! The labels of a file beside those of a project: which are meant, and which are new.

use std::collections::{BTreeMap, BTreeSet};

use super::ExchangeDocument;
use crate::model::{
    AttributeDef, AttributeKind, Cardinality, ChoiceDef, Color, Colors, Filler, Kind, LabelDef, Name, Pattern, RoleDef,
    Schema, Titles, Value, ValueKind,
};

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

    /// The labels that `schema` knows without some of their attributes, roles or values, each as it is there and with them.
    /// `values` are those of attributes with a choice. A label that is no frame gets no roles.
    #[must_use]
    pub fn fuller_labels(
        &self,
        schema: &Schema,
        values: &BTreeMap<(Name, Name), BTreeSet<Name>>,
    ) -> Vec<(LabelDef, LabelDef)> {
        let fuller = schema.labels.iter().filter_map(|before| {
            let mut after = before.clone();
            if let Some(used) = self.labels.get(&before.name) {
                let as_used = used.label(&before.name, 0);
                let new = |attribute: &AttributeDef| before.attributes.iter().all(|known| known.name != attribute.name);
                after.attributes.extend(as_used.attributes.into_iter().filter(new));
                if before.kind == Kind::Frame {
                    let exists = |name: &Name| schema.label(name).is_some() || self.labels.contains_key(name);
                    let new = |role: &RoleDef| before.roles.iter().all(|known| known.name != role.name);
                    let roles = as_used.roles.into_iter().filter(new);
                    after.roles.extend(roles.map(|role| RoleDef {
                        fillers: role.fillers.iter().filter(|name| exists(name)).cloned().collect(),
                        ..role
                    }));
                }
            }
            for attribute in &mut after.attributes {
                let AttributeKind::Choice(choices) = &mut attribute.kind else { continue };
                for value in values.get(&(before.name.clone(), attribute.name.clone())).into_iter().flatten() {
                    if choices.iter().all(|choice| choice.name != *value) {
                        choices.push(ChoiceDef { title: Titles::of(value), ..ChoiceDef::named(value.clone()) });
                    }
                }
            }
            (after != *before).then(|| (before.clone(), after))
        });
        fuller.collect()
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
            aliases: Vec::new(),
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
            aliases: Vec::new(),
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
            aliases: Vec::new(),
            docs: BTreeMap::new(),
        }
    }
}
