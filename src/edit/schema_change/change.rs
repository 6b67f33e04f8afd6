use std::collections::BTreeMap;
use std::sync::Arc;

use super::changed::{Changed, choices_mut, label_mut, remember};
use super::merge::merge;
use super::place::SchemaPlace;
use super::recode::Recoding;
use super::which::Which;
use crate::lang::Message;
use crate::message;
use crate::model::{AttributeKind, LabelDef, Name, RoleDef, Schema, Titles};

/// A change of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SchemaChange {
    /// Another name; the old one stays as an alias.
    Rename {
        /// The part that gets it.
        place: SchemaPlace,
        /// The new name.
        to: Name,
    },
    /// Two parts that become one; the first one's name stays as an alias of the other.
    Merge {
        /// The part that goes.
        place: SchemaPlace,
        /// The name of the one that stays, beside it.
        into: Name,
    },
    /// Some annotations of a label that get another label, which is new.
    Split {
        /// The label.
        label: Name,
        /// The annotations.
        which: Which,
        /// The name of the new label.
        to: Name,
    },
    /// A part that is taken away, with everything that has it.
    Delete {
        /// The part.
        place: SchemaPlace,
    },
    /// Other definitions under the names that are there, and new ones: titles, guidelines, keys, colours, cardinality, order.
    Define(Arc<Schema>),
}

impl SchemaChange {
    /// The schema that it makes of another.
    ///
    /// # Errors
    /// If it names what the schema lacks, or the schema would contradict itself.
    pub fn schema(&self, schema: &Schema) -> Result<Changed, Message> {
        let mut after = Changed { schema: schema.clone(), follows: Vec::new() };
        match self {
            Self::Rename { place, to } => {
                place.check(schema)?;
                let to = name(to)?;
                if place.names(schema).contains(&&to) {
                    return Err(message!("schema-name-taken", name = to));
                }
                rename(&mut after.schema, place, &to);
            }
            Self::Merge { place, into } => merge(&mut after, place, into)?,
            Self::Split { label, which, to } => split(&mut after.schema, label, which, to)?,
            Self::Delete { place } => {
                place.check(schema)?;
                delete(&mut after, place)?;
            }
            Self::Define(new) => {
                if let Some(place) = missing(schema, new) {
                    return Err(message!("schema-define-lacks", place = place));
                }
                after.schema = Schema::clone(new);
            }
        }
        after.schema.validate().map_err(|error| error.what)?;
        Ok(after)
    }

    /// The title of its transaction.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Rename { place, to } => format!("rename {place} to {to}"),
            Self::Merge { place, into } => format!("merge {place} into {into}"),
            Self::Split { label, to, .. } => format!("split {to} off {label}"),
            Self::Delete { place } => format!("delete {place} from the schema"),
            Self::Define(_) => "change the schema".to_owned(),
        }
    }

    /// The change of records.
    #[must_use]
    pub fn recoding(&self) -> Recoding {
        let mut recoding = Recoding::default();
        match self {
            Self::Rename { place, to } | Self::Merge { place, into: to } => recoding.set(place, Some(to)),
            Self::Delete { place } => recoding.set(place, None),
            Self::Split { label, which, to } => recoding.split(label, which, to),
            Self::Define(_) => {}
        }
        recoding
    }
}

/// A name that a part of a schema can have.
fn name(name: &Name) -> Result<Name, Message> {
    let wrong = |char: char| char.is_control() || char.is_whitespace() || matches!(char, '.' | '=' | ':' | '"');
    match name.is_empty() || name.chars().any(wrong) {
        true => Err(message!("schema-name-wrong", name = name)),
        false => Ok(name.clone()),
    }
}

/// Gives something another name, and keeps the old one beside it.
fn renamed(name: &mut Name, aliases: &mut Vec<Name>, to: &Name) {
    aliases.retain(|alias| alias != to);
    remember(aliases, std::mem::replace(name, to.clone()));
}

fn rename(schema: &mut Schema, place: &SchemaPlace, to: &Name) {
    match place {
        SchemaPlace::Label(from) => {
            for label in &mut schema.labels {
                if label.name == *from {
                    renamed(&mut label.name, &mut label.aliases, to);
                }
                for filler in label.roles.iter_mut().flat_map(|role| &mut role.fillers) {
                    if *filler == *from {
                        *filler = to.clone();
                    }
                }
            }
        }
        SchemaPlace::Role(label, from) => {
            let roles = label_mut(schema, label).into_iter().flat_map(|label| &mut label.roles);
            roles.filter(|role| role.name == *from).for_each(|role| renamed(&mut role.name, &mut role.aliases, to));
        }
        SchemaPlace::Attribute(label, from) => {
            let attributes = label_mut(schema, label).into_iter().flat_map(|label| &mut label.attributes);
            let named = attributes.filter(|attribute| attribute.name == *from);
            named.for_each(|attribute| renamed(&mut attribute.name, &mut attribute.aliases, to));
        }
        SchemaPlace::Value(label, attribute, from) => {
            let choices = choices_mut(schema, label, attribute).into_iter().flatten();
            let named = choices.filter(|choice| choice.name == *from);
            named.for_each(|choice| renamed(&mut choice.name, &mut choice.aliases, to));
        }
    }
}

fn split(schema: &mut Schema, label: &Name, which: &Which, to: &Name) -> Result<(), Message> {
    let place = SchemaPlace::Label(label.clone());
    place.check(schema)?;
    let to = name(to)?;
    if place.names(schema).contains(&&to) {
        return Err(message!("schema-name-taken", name = to));
    }
    let at = schema.labels.iter().position(|known| known.name == *label).expect("it was just found");
    if let Which::Value { attribute, value } = which {
        SchemaPlace::Attribute(label.clone(), attribute.clone()).check(schema)?;
        let value = SchemaPlace::Value(label.clone(), attribute.clone(), value.as_str().into());
        if !value.names(schema).is_empty() {
            value.check(schema)?;
        }
    }
    let new = LabelDef {
        name: to.clone(),
        title: Titles::of(&to),
        key: None,
        aliases: Vec::new(),
        ..schema.labels[at].clone()
    };
    schema.labels.insert(at + 1, new);
    for role in schema.labels.iter_mut().flat_map(|label| &mut label.roles) {
        if let Some(at) = role.fillers.iter().position(|filler| filler == label) {
            role.fillers.insert(at + 1, to.clone());
        }
    }
    Ok(())
}

fn delete(after: &mut Changed, place: &SchemaPlace) -> Result<(), Message> {
    let schema = &mut after.schema;
    match place {
        SchemaPlace::Label(label) => {
            schema.labels.retain(|known| known.name != *label);
            for other in &mut schema.labels {
                for role in &mut other.roles {
                    role.fillers.retain(|filler| filler != label);
                }
                // A role that nothing can fill would contradict the schema.
                let fillable = |role: &RoleDef| !role.fillers.is_empty() || role.spans || !role.values.is_empty();
                if let Some(role) = other.roles.iter().find(|role| !fillable(role)) {
                    return Err(message!("schema-delete-role-first", label = other.name, role = role.name));
                }
            }
        }
        SchemaPlace::Role(label, role) => {
            label_mut(schema, label).into_iter().for_each(|label| label.roles.retain(|known| known.name != *role));
        }
        SchemaPlace::Attribute(label, attribute) => {
            let label = label_mut(schema, label).into_iter();
            label.for_each(|label| label.attributes.retain(|known| known.name != *attribute));
        }
        SchemaPlace::Value(label, attribute, value) => {
            let choices = choices_mut(schema, label, attribute).into_iter();
            choices.for_each(|choices| choices.retain(|known| known.name != *value));
        }
    }
    Ok(())
}

/// The first part of a schema that another one lacks.
fn missing(schema: &Schema, new: &Schema) -> Option<SchemaPlace> {
    let parts = schema.labels.iter().flat_map(|label| {
        let own = SchemaPlace::Label(label.name.clone());
        let roles = label.roles.iter().map(|role| SchemaPlace::Role(label.name.clone(), role.name.clone()));
        let attributes = label.attributes.iter().flat_map(|attribute| {
            let at = |value: &Name| SchemaPlace::Value(label.name.clone(), attribute.name.clone(), value.clone());
            let values = match &attribute.kind {
                AttributeKind::Choice(choices) => choices.iter().map(|choice| at(&choice.name)).collect(),
                _ => Vec::new(),
            };
            std::iter::once(SchemaPlace::Attribute(label.name.clone(), attribute.name.clone())).chain(values)
        });
        std::iter::once(own).chain(roles).chain(attributes).collect::<Vec<_>>()
    });
    let kinds: BTreeMap<&Name, _> = new.labels.iter().map(|label| (&label.name, label.kind)).collect();
    let mut parts = parts;
    parts.find(|place| {
        let other_kind = matches!(place, SchemaPlace::Label(label)
            if kinds.get(label).is_some_and(|kind| *kind != schema.kind(label)));
        other_kind || place.check(new).is_err()
    })
}
