use std::fmt;

use crate::lang::Message;
use crate::message;
use crate::model::{AttributeKind, Name, Schema};
use crate::say;

/// A part of a schema that has a name: `person`, `trip.traveller`, `trip.status`, `trip.status=planned`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SchemaPlace {
    /// A label.
    Label(Name),
    /// A role of a label.
    Role(Name, Name),
    /// An attribute of a label.
    Attribute(Name, Name),
    /// A value of an attribute of a label.
    Value(Name, Name, Name),
}

impl fmt::Display for SchemaPlace {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Label(label) => label.fmt(f),
            Self::Role(label, name) | Self::Attribute(label, name) => write!(f, "{label}.{name}"),
            Self::Value(label, attribute, value) => write!(f, "{label}.{attribute}={value}"),
        }
    }
}

impl SchemaPlace {
    /// The place of a text such as `trip.status=planned`; `role:` or `attribute:` before it says which one is meant where a
    /// label has both of one name. A label that the schema lacks is a place, too: annotations may have it.
    ///
    /// # Errors
    /// If the schema has no such place, with the nearest name.
    pub fn find(schema: &Schema, text: &str) -> Result<Self, Message> {
        let (only, rest) = match text.split_once(':') {
            Some((only @ ("role" | "attribute"), rest)) => (Some(only), rest),
            _ => (None, text),
        };
        if only.is_none() && schema.label(text).is_some() {
            return Ok(Self::Label(text.into()));
        }
        // Names may have dots in them: the longest label that fits is meant.
        let of_label = |label: &&crate::model::LabelDef| {
            let label = label.name.as_str();
            rest.strip_prefix(label).is_some_and(|after| after.starts_with('.'))
        };
        let labels = schema.labels.iter().filter(of_label);
        let Some(label) = labels.max_by_key(|label| label.name.len()) else {
            return match rest.split_once('.') {
                Some((label, _)) => Err(no_such(label, schema.labels.iter().map(|label| &label.name))),
                None => Ok(Self::Label(text.into())),
            };
        };
        let part = &rest[label.name.len() + 1..];
        if only != Some("role")
            && let Some((attribute, value)) = part.split_once('=')
        {
            let names = label.attributes.iter().map(|attribute| &attribute.name);
            let found = label.attribute(attribute).ok_or_else(|| no_such(attribute, names))?;
            return Ok(Self::Value(label.name.clone(), found.name.clone(), value.into()));
        }
        let role = label.role(part).filter(|_| only != Some("attribute"));
        let attribute = label.attribute(part).filter(|_| only != Some("role"));
        match (role, attribute) {
            (Some(_), Some(_)) => Err(message!("schema-place-both", label = label.name, name = part)),
            (Some(role), None) => Ok(Self::Role(label.name.clone(), role.name.clone())),
            (None, Some(attribute)) => Ok(Self::Attribute(label.name.clone(), attribute.name.clone())),
            (None, None) => {
                let roles = label.roles.iter().map(|role| &role.name);
                Err(no_such(part, roles.chain(label.attributes.iter().map(|attribute| &attribute.name))))
            }
        }
    }

    /// The name of the part itself.
    #[must_use]
    pub fn name(&self) -> &Name {
        match self {
            Self::Label(name) | Self::Role(_, name) | Self::Attribute(_, name) | Self::Value(_, _, name) => name,
        }
    }

    /// The label that it is or belongs to.
    #[must_use]
    pub fn label(&self) -> &Name {
        match self {
            Self::Label(label) | Self::Role(label, _) | Self::Attribute(label, _) | Self::Value(label, ..) => label,
        }
    }

    /// The place beside it that has another name.
    #[must_use]
    pub fn beside(&self, name: &Name) -> Self {
        let name = name.clone();
        match self {
            Self::Label(_) => Self::Label(name),
            Self::Role(label, _) => Self::Role(label.clone(), name),
            Self::Attribute(label, _) => Self::Attribute(label.clone(), name),
            Self::Value(label, attribute, _) => Self::Value(label.clone(), attribute.clone(), name),
        }
    }

    /// The names of this and of all like it: labels, roles of its label, and so on.
    #[must_use]
    pub fn names<'s>(&self, schema: &'s Schema) -> Vec<&'s Name> {
        let label = schema.label(self.label());
        match self {
            Self::Label(_) => schema.labels.iter().map(|label| &label.name).collect(),
            Self::Role(..) => label.into_iter().flat_map(|label| &label.roles).map(|role| &role.name).collect(),
            Self::Attribute(..) => {
                label.into_iter().flat_map(|label| &label.attributes).map(|attribute| &attribute.name).collect()
            }
            Self::Value(_, attribute, _) => match label.and_then(|label| label.attribute(attribute)).map(|it| &it.kind)
            {
                Some(AttributeKind::Choice(choices)) => choices.iter().map(|choice| &choice.name).collect(),
                _ => Vec::new(),
            },
        }
    }

    /// Looks whether the schema has it.
    ///
    /// # Errors
    /// If it does not, with the nearest name.
    pub(super) fn check(&self, schema: &Schema) -> Result<(), Message> {
        let names = self.names(schema);
        if names.contains(&self.name()) { Ok(()) } else { Err(no_such(self.name(), names.into_iter())) }
    }
}

/// The sentence that there is no such name.
fn no_such<'n>(name: &str, there: impl Iterator<Item = &'n Name> + Clone) -> Message {
    let listed: Vec<&str> = there.map(Name::as_str).collect();
    let sentence = match &listed[..] {
        [] => message!("schema-place-none", name = name),
        _ => message!("schema-place-unknown", name = name, there = listed.join(", ")),
    };
    match say::nearest(name, listed.iter().copied()) {
        Some(nearest) => message!("import-nearest", sentence = sentence, nearest = nearest),
        None => sentence,
    }
}
