//! The names of files before anything comes in: what they are, what the schema lacks, what they may mean.

use std::collections::{BTreeMap, BTreeSet};

use crate::formats::{ExchangeDocument, Meaning, NameMap, NamedPart};
use crate::lang::Message;
use crate::message;
use crate::model::{AttributeKind, Kind, Name, Schema};
use crate::say;

/// Values of one attribute beyond which they are free text, which nobody maps.
const MOST_VALUES: usize = 100;

/// A name of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeignName {
    /// The part that has it.
    pub part: NamedPart,
    /// The label in the files that has it, or that it is.
    pub label: Name,
    /// The attribute in the files whose value it is, where it is a value.
    pub attribute: Option<Name>,
    /// The name.
    pub name: Name,
    /// The number of times that it comes.
    pub count: usize,
}

impl ForeignName {
    /// The name as a map gives it: with its label, where it is not one.
    #[must_use]
    pub fn key(&self) -> String {
        let Self { label, name, .. } = self;
        match (&self.attribute, self.part) {
            (Some(attribute), _) => format!("{label}.{attribute}.{name}"),
            (None, NamedPart::Role | NamedPart::Attribute) => format!("{label}.{name}"),
            (None, _) => name.to_string(),
        }
    }

    /// The name as a map may give it for all labels.
    fn bare(&self) -> String {
        self.attribute.as_ref().map_or_else(|| self.name.to_string(), |attribute| format!("{attribute}.{}", self.name))
    }

    /// The meaning that it has in a project; none where it is left out, or something that has it is.
    #[must_use]
    pub fn meaning(&self, schema: &Schema, map: &NameMap) -> Option<Name> {
        let label = map.label(schema, &self.label)?;
        match (self.part, &self.attribute) {
            (NamedPart::Role, _) => map.role(schema, &self.label, &self.name),
            (NamedPart::Attribute, _) => map.attribute(schema, &self.label, &self.name),
            (NamedPart::Value, Some(attribute)) => {
                map.attribute(schema, &self.label, attribute)?;
                map.value(schema, &self.label, attribute, &self.name)
            }
            _ => Some(label),
        }
    }

    /// The names that the schema has for it, where it has any: the labels, the roles of the label that is meant, and so on.
    #[must_use]
    pub fn choices<'s>(&self, schema: &'s Schema, map: &NameMap) -> Vec<&'s Name> {
        let label = map.definition(schema, &self.label);
        match (self.part, &self.attribute) {
            (NamedPart::Role, _) => label.into_iter().flat_map(|label| &label.roles).map(|role| &role.name).collect(),
            (NamedPart::Attribute, _) => {
                label.into_iter().flat_map(|label| &label.attributes).map(|attribute| &attribute.name).collect()
            }
            (NamedPart::Value, Some(attribute)) => {
                match map.attribute_definition(schema, &self.label, attribute).map(|attribute| &attribute.kind) {
                    Some(AttributeKind::Choice(choices)) => choices.iter().map(|choice| &choice.name).collect(),
                    _ => Vec::new(),
                }
            }
            _ => schema.labels.iter().map(|label| &label.name).collect(),
        }
    }

    /// True where the schema has no such name: a label, or what a label that it has lacks.
    #[must_use]
    pub fn is_lacking(&self, schema: &Schema, map: &NameMap) -> bool {
        let Some(meaning) = self.meaning(schema, map) else { return false };
        let choices = self.choices(schema, map);
        let counts = match (self.part, &self.attribute) {
            (NamedPart::Role | NamedPart::Attribute, _) => map.definition(schema, &self.label).is_some(),
            // Free text can be anything.
            (NamedPart::Value, Some(_)) => !choices.is_empty(),
            _ => true,
        };
        counts && !choices.contains(&&meaning)
    }

    /// True where the schema can get it: a label that is no frame has no roles.
    #[must_use]
    pub fn can_be_added(&self, schema: &Schema, map: &NameMap) -> bool {
        let frame = || map.definition(schema, &self.label).is_none_or(|label| label.kind == Kind::Frame);
        self.part != NamedPart::Role || frame()
    }
}

/// The names of files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ForeignNames(Vec<ForeignName>);

/// The names in annotations of one label, counted.
#[derive(Default)]
struct LabelCounts<'a> {
    count: usize,
    roles: BTreeMap<&'a Name, usize>,
    attributes: BTreeMap<&'a Name, (usize, BTreeMap<&'a str, usize>)>,
}

impl ForeignNames {
    /// The names in pages: labels, then roles, attributes and values.
    pub(super) fn of(pages: &[ExchangeDocument]) -> Self {
        let mut labels: BTreeMap<&Name, LabelCounts<'_>> = BTreeMap::new();
        for record in pages.iter().flat_map(|page| &page.sets).flat_map(|layer| &layer.records) {
            let counts = labels.entry(&record.label).or_default();
            counts.count += 1;
            for role in &record.roles {
                *counts.roles.entry(&role.name).or_default() += 1;
            }
            for (attribute, value) in &record.attributes {
                let (count, values) = counts.attributes.entry(attribute).or_default();
                *count += 1;
                if values.len() <= MOST_VALUES {
                    *values.entry(value).or_default() += 1;
                }
            }
        }
        let mut names = Vec::new();
        for (&label, counts) in &labels {
            let name = |part: NamedPart, attribute: Option<&Name>, name: &str, count: usize| {
                let (label, attribute) = (label.clone(), attribute.cloned());
                ForeignName { part, label, attribute, name: name.into(), count }
            };
            names.push(name(NamedPart::Label, None, label, counts.count));
            names.extend(counts.roles.iter().map(|(role, count)| name(NamedPart::Role, None, role, *count)));
            for (attribute, (count, values)) in &counts.attributes {
                names.push(name(NamedPart::Attribute, None, attribute, *count));
                if values.len() <= MOST_VALUES {
                    let values = values.iter();
                    names.extend(values.map(|(value, count)| name(NamedPart::Value, Some(attribute), value, *count)));
                }
            }
        }
        names.sort_by_key(|name| name.part);
        Self(names)
    }

    /// The names.
    pub fn iter(&self) -> impl Iterator<Item = &ForeignName> {
        self.0.iter()
    }

    /// Those that the schema lacks.
    pub fn lacking<'a>(&'a self, schema: &'a Schema, map: &'a NameMap) -> impl Iterator<Item = &'a ForeignName> {
        self.0.iter().filter(|name| name.is_lacking(schema, map))
    }

    /// The values of attributes, by label and attribute.
    pub(super) fn values(&self) -> BTreeMap<(Name, Name), BTreeSet<Name>> {
        let mut values: BTreeMap<(Name, Name), BTreeSet<Name>> = BTreeMap::new();
        for name in &self.0 {
            if let Some(attribute) = &name.attribute {
                values.entry((name.label.clone(), attribute.clone())).or_default().insert(name.name.clone());
            }
        }
        values
    }

    /// Checks that a map names what the files have and what the schema has, or is to get where `extend` says so: what is
    /// misspelt would change nothing, and nobody would notice. `sets` are the annotators of the files.
    ///
    /// # Errors
    /// The first name that is none, in one sentence with the nearest one.
    pub fn check(&self, map: &NameMap, sets: &[Name], schema: &Schema, extend: bool) -> Result<(), Message> {
        for (part, from, meaning) in map.entries() {
            if part == NamedPart::Annotator {
                let names: BTreeSet<String> = sets.iter().map(Name::to_string).collect();
                if !names.contains(from) {
                    return Err(no_such("import-no-name", part, from, &names));
                }
                continue;
            }
            let named: Vec<&ForeignName> =
                self.0.iter().filter(|name| name.part == part && (name.key() == from || name.bare() == from)).collect();
            if named.is_empty() {
                let there = self.0.iter().filter(|name| name.part == part).map(ForeignName::bare).collect();
                return Err(no_such("import-no-name", part, from, &there));
            }
            let Meaning::Is(to) = meaning else { continue };
            let fits = |name: &&&ForeignName| !name.is_lacking(schema, map);
            if !extend && named.iter().filter(fits).count() == 0 {
                let choices = named.iter().flat_map(|name| name.choices(schema, map));
                let there = choices.map(Name::to_string).collect();
                return Err(no_such("import-not-in-schema", part, to, &there));
            }
        }
        Ok(())
    }
}

/// The sentence that there is no such name among those that are there.
fn no_such(key: &'static str, part: NamedPart, name: &str, there: &BTreeSet<String>) -> Message {
    const MANY: usize = 40;
    let listed: Vec<&str> = there.iter().take(MANY).map(String::as_str).collect();
    let all = if listed.is_empty() { "none".to_owned() } else { listed.join(", ") };
    let all = if there.len() > MANY { format!("{all}, …") } else { all };
    let sentence = match key {
        "import-no-name" => message!("import-no-name", part = part.word(), from = name, there = all),
        _ => message!("import-not-in-schema", part = part.word(), to = name, there = all),
    };
    match say::nearest(name, there.iter().map(String::as_str)) {
        Some(nearest) => message!("import-nearest", sentence = sentence, nearest = nearest),
        None => sentence,
    }
}
