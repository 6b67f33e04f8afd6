//! The names of a file beside those of a project: what each label, role, attribute and value means there.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::{AnnotatorSet, ExchangeDocument, Mentioned, Whole};
use crate::lang::Message;
use crate::message;
use crate::model::{Annotation, AttributeDef, AttributeKind, Filler, Id, LabelDef, Name, Referent, Role, Schema};

/// A part of a file that has a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NamedPart {
    /// A label.
    Label,
    /// A role of a label.
    Role,
    /// An attribute of a label.
    Attribute,
    /// A value of an attribute.
    Value,
    /// An annotator, whose sets bear the name.
    Annotator,
}

impl NamedPart {
    /// All of them, in the order in which they are told.
    pub const ALL: [Self; 5] = [Self::Label, Self::Role, Self::Attribute, Self::Value, Self::Annotator];

    /// The word by which options name it: `role`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::Role => "role",
            Self::Attribute => "attribute",
            Self::Value => "value",
            Self::Annotator => "annotator",
        }
    }
}

/// The meaning of a name of the files.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Meaning {
    /// This name of the project.
    Is(Name),
    /// Nothing: what has it does not come in.
    LeftOut,
}

/// A map from names of files to names of the project. Roles and attributes may be named with their label, `LABEL.ROLE`, and
/// values with their attribute and its label, `LABEL.ATTRIBUTE.VALUE`; without a label the name holds for all labels.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameMap(BTreeMap<(NamedPart, String), Meaning>);

impl NameMap {
    /// From pairs `FILE=project`, with the part of what is no label before it (`role:FILE=project`), and from names that are
    /// left out.
    ///
    /// # Errors
    /// The first pair that is none, in one sentence.
    pub fn of_pairs(pairs: &[String], left_out: &[String]) -> Result<Self, Message> {
        let mut map = Self::default();
        for pair in pairs {
            let (part, rest) = part_of(pair);
            let (from, to) = rest.split_once('=').ok_or_else(|| message!("label-pair", pair = pair))?;
            if from.trim().is_empty() || to.trim().is_empty() {
                return Err(message!("label-pair", pair = pair));
            }
            map.set(part, from.trim(), Meaning::Is(to.trim().into()));
        }
        for name in left_out {
            let (part, name) = part_of(name);
            map.set(part, name.trim(), Meaning::LeftOut);
        }
        Ok(map)
    }

    /// Gives a name of the files a meaning.
    pub fn set(&mut self, part: NamedPart, from: &str, meaning: Meaning) {
        self.0.insert((part, from.to_owned()), meaning);
    }

    /// The names of the files that have a meaning of their own.
    pub fn entries(&self) -> impl Iterator<Item = (NamedPart, &str, &Meaning)> {
        self.0.iter().map(|((part, from), meaning)| (*part, from.as_str(), meaning))
    }

    /// The annotators whose sets get another name, and those whose sets are left out, with none.
    #[must_use]
    pub fn annotators(&self) -> BTreeMap<Name, Option<Name>> {
        let named = self.entries().filter(|(part, ..)| *part == NamedPart::Annotator);
        let meaning = |meaning: &Meaning| match meaning {
            Meaning::Is(to) => Some(to.clone()),
            Meaning::LeftOut => None,
        };
        named.map(|(_, from, said)| (from.into(), meaning(said))).collect()
    }

    fn said(&self, part: NamedPart, names: &[String]) -> Option<&Meaning> {
        if self.0.is_empty() {
            return None;
        }
        names.iter().find_map(|name| self.0.get(&(part, name.clone())))
    }

    /// The project's label: as the map says, else of the same name, else of the same name but for case, else the one that had
    /// the name before; none where it is left out.
    #[must_use]
    pub fn label(&self, schema: &Schema, label: &Name) -> Option<Name> {
        let said = self.said(NamedPart::Label, &[label.to_string()]);
        meant(said, label, schema.labels.iter().map(|known| (&known.name, &known.aliases)))
    }

    /// The project's role for a role that a label of the files has; none where it is left out.
    #[must_use]
    pub fn role(&self, schema: &Schema, label: &Name, role: &Name) -> Option<Name> {
        let said = self.said(NamedPart::Role, &[format!("{label}.{role}"), role.to_string()]);
        let known = self.definition(schema, label).into_iter().flat_map(|label| &label.roles);
        meant(said, role, known.map(|known| (&known.name, &known.aliases)))
    }

    /// The project's attribute for an attribute that a label of the files has; none where it is left out.
    #[must_use]
    pub fn attribute(&self, schema: &Schema, label: &Name, attribute: &Name) -> Option<Name> {
        let said = self.said(NamedPart::Attribute, &[format!("{label}.{attribute}"), attribute.to_string()]);
        let known = self.definition(schema, label).into_iter().flat_map(|label| &label.attributes);
        meant(said, attribute, known.map(|known| (&known.name, &known.aliases)))
    }

    /// The project's value for a value of an attribute that a label of the files has; none where it is left out.
    #[must_use]
    pub fn value(&self, schema: &Schema, label: &Name, attribute: &Name, value: &str) -> Option<Name> {
        let names = [format!("{label}.{attribute}.{value}"), format!("{attribute}.{value}")];
        let said = self.said(NamedPart::Value, &names);
        let known = match self.attribute_definition(schema, label, attribute).map(|attribute| &attribute.kind) {
            Some(AttributeKind::Choice(choices)) => &choices[..],
            _ => &[],
        };
        meant(said, &value.into(), known.iter().map(|choice| (&choice.name, &choice.aliases)))
    }

    /// The definition of what a label of the files means, where the project has it.
    #[must_use]
    pub fn definition<'s>(&self, schema: &'s Schema, label: &Name) -> Option<&'s LabelDef> {
        schema.label(&self.label(schema, label)?)
    }

    /// The definition of what an attribute of the files means, where the project has it.
    #[must_use]
    pub fn attribute_definition<'s>(
        &self,
        schema: &'s Schema,
        label: &Name,
        attribute: &Name,
    ) -> Option<&'s AttributeDef> {
        let own = self.attribute(schema, label, attribute)?;
        self.definition(schema, label)?.attributes.iter().find(|known| known.name == own)
    }

    /// The map at work with a schema.
    #[must_use]
    pub fn at_work<'a>(&'a self, schema: &'a Schema) -> Renaming<'a> {
        Renaming { map: self, schema, labels: HashMap::new(), left_out: 0 }
    }
}

/// The part that an option names, and the name; a label where it names none.
fn part_of(text: &str) -> (NamedPart, &str) {
    let named = |part: NamedPart| Some((part, text.strip_prefix(part.word())?.strip_prefix(':')?));
    NamedPart::ALL.into_iter().find_map(named).unwrap_or((NamedPart::Label, text))
}

/// The meaning of a name: as is said, else the same, else the same but for case, else what had it before.
fn meant<'n>(
    said: Option<&Meaning>,
    name: &Name,
    known: impl Iterator<Item = (&'n Name, &'n Vec<Name>)> + Clone,
) -> Option<Name> {
    match said {
        Some(Meaning::LeftOut) => None,
        Some(Meaning::Is(to)) => Some(to.clone()),
        None if known.clone().any(|(known, _)| known == name) => Some(name.clone()),
        None => {
            let folded = name.to_lowercase();
            let alike = known.clone().find(|(known, _)| known.to_lowercase() == folded);
            let mut known = known;
            let now = alike.or_else(|| known.find(|(_, before)| before.contains(name)));
            Some(now.map_or(name, |(now, _)| now).clone())
        }
    }
}

/// A map at work: what it was asked for once is known.
pub struct Renaming<'a> {
    map: &'a NameMap,
    schema: &'a Schema,
    labels: HashMap<Name, LabelNames>,
    /// The number of annotations, referents that no article mentions, fillers of roles and values that were left out.
    pub left_out: usize,
}

/// The meaning of a label of the files, its roles and attributes.
struct LabelNames {
    label: Option<Name>,
    roles: HashMap<Name, Option<Name>>,
    attributes: HashMap<Name, AttributeNames>,
}

/// The meaning of an attribute of the files and of its values.
type AttributeNames = (Option<Name>, HashMap<String, Option<Name>>);

impl Renaming<'_> {
    /// Gives everything in pages and beside them the project's names, and takes out what is left out.
    pub fn apply(&mut self, pages: &mut [ExchangeDocument], whole: &mut Whole) {
        let before = Mentioned::of(pages, whole);
        pages.iter_mut().flat_map(|page| &mut page.sets).for_each(|layer| self.layer(layer));
        for referents in whole.referents.values_mut() {
            let all = referents.len();
            referents.retain(|_, referent| self.label(&referent.label).label.is_some());
            self.left_out += all - referents.len();
            referents.values_mut().for_each(|referent| self.referent(referent));
        }
        // A record about a referent that went is about nothing.
        let left = Mentioned::of(pages, whole);
        let gone = |whose: &Name, id: Id| before.has(whose, id) && !left.has(whose, id);
        whole.beside.retain(|(whose, record)| !record.points_to(&|id| gone(whose, id)));
        for (whose, referents) in &mut whole.referents {
            let about = |role: &Role| matches!(role.filler, Filler::Annotation(id) if gone(whose, id));
            for referent in referents.values_mut().filter(|referent| referent.roles.iter().any(about)) {
                Arc::make_mut(referent).roles.retain(|role| !about(role));
            }
        }
    }

    fn layer(&mut self, layer: &mut AnnotatorSet) {
        let before = layer.records.len();
        if layer.records.iter().any(|record| self.label(&record.label).label.is_none()) {
            layer.retain(|record| self.label(&record.label).label.is_some());
            self.left_out += before - layer.records.len();
        }
        layer.records.iter_mut().for_each(|record| self.rename(record));
        layer.referents.iter_mut().for_each(|referent| self.referent(referent));
    }

    fn referent(&mut self, referent: &mut Arc<Referent>) {
        if let Some(label) = self.label(&referent.label).label.clone().filter(|label| *label != referent.label) {
            Arc::make_mut(referent).label = label;
        }
    }

    fn label(&mut self, label: &Name) -> &mut LabelNames {
        let (map, schema) = (self.map, self.schema);
        if !self.labels.contains_key(label) {
            let names =
                LabelNames { label: map.label(schema, label), roles: HashMap::new(), attributes: HashMap::new() };
            self.labels.insert(label.clone(), names);
        }
        self.labels.get_mut(label).expect("it was put there")
    }

    fn rename(&mut self, record: &mut Arc<Annotation>) {
        let (map, schema) = (self.map, self.schema);
        let old = record.label.clone();
        let names = self.label(&old);
        let label = names.label.clone().unwrap_or_else(|| old.clone());
        let mut role = |name: &Name| -> Option<Name> {
            names.roles.entry(name.clone()).or_insert_with(|| map.role(schema, &old, name)).clone()
        };
        let roles: Vec<Option<Name>> = record.roles.iter().map(|filled| role(&filled.name)).collect();
        let drifted: Vec<Option<Name>> =
            record.drift.iter().flat_map(|drift| &drift.roles).map(|(name, _)| role(name)).collect();
        let mut value = |(name, value): &(Name, String)| -> Option<(Name, String)> {
            let (own, values) = (names.attributes.entry(name.clone()))
                .or_insert_with(|| (map.attribute(schema, &old, name), HashMap::new()));
            let own = own.clone()?;
            let said = match values.get(value) {
                Some(said) => said.clone(),
                None => {
                    let said = map.value(schema, &old, name, value);
                    // Free text is different each time.
                    if values.len() < 256 {
                        values.insert(value.clone(), said.clone());
                    }
                    said
                }
            };
            Some((own, said?.to_string()))
        };
        let attributes: Vec<Option<(Name, String)>> = record.attributes.iter().map(&mut value).collect();
        let same_roles = record.roles.iter().zip(&roles).all(|(filled, name)| name.as_ref() == Some(&filled.name));
        let drift = record.drift.iter().flat_map(|drift| &drift.roles);
        let same_drift = drift.zip(&drifted).all(|((is, _), now)| now.as_ref() == Some(is));
        let same_attributes = record.attributes.iter().zip(&attributes).all(|(is, now)| now.as_ref() == Some(is));
        if label == old && same_roles && same_attributes && same_drift {
            return;
        }
        let gone = roles.iter().filter(|name| name.is_none()).count()
            + attributes.iter().filter(|attribute| attribute.is_none()).count();
        self.left_out += gone;
        let record = Arc::make_mut(record);
        record.label = label;
        let filled = std::mem::take(&mut record.roles).into_iter().zip(roles);
        record.roles = filled.filter_map(|(role, name)| Some(Role { name: name?, ..role })).collect();
        record.attributes = attributes.into_iter().flatten().collect();
        record.attributes.sort_by(|a, b| a.0.cmp(&b.0));
        record.attributes.dedup();
        if let Some(drift) = &mut record.drift {
            let moved = std::mem::take(&mut drift.roles).into_iter().zip(drifted);
            drift.roles = moved.filter_map(|((_, span), name)| Some((name?, span))).collect();
        }
    }
}
