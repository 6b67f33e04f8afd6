//! A change of the schema as it is filled in.

use crate::edit::{SchemaChange, SchemaPlace, Which};
use crate::model::{AttributeKind, Name, Schema};
use crate::t;
use crate::ui::commands::SchemaRequest;

/// A change that goes through all sets, as it is filled in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Asked {
    /// Another name.
    Rename(SchemaPlace, String),
    /// One with another beside it.
    Merge(SchemaPlace, Name),
    /// A new label for annotations with a value: label, attribute, value, name.
    Split(Name, Name, String, String),
    /// Taken away.
    Delete(SchemaPlace),
}

impl Asked {
    /// The change with what is likely filled in; none where there is nothing to merge with or to split by.
    pub fn of(request: SchemaRequest, schema: &Schema) -> Option<Self> {
        Some(match request {
            SchemaRequest::Rename(place) => {
                let name = place.name().to_string();
                Self::Rename(place, name)
            }
            SchemaRequest::Merge(place) => {
                let other = beside(&place, schema).into_iter().next()?;
                Self::Merge(place, other)
            }
            SchemaRequest::Split(label) => {
                let (attribute, values) = choices(schema, &label).into_iter().next()?;
                let value = values.first()?.to_string();
                Self::Split(label, attribute, value.clone(), value)
            }
            SchemaRequest::Delete(place) => Self::Delete(place),
        })
    }

    /// The change; none where it is not filled in yet, or would change nothing.
    pub fn change(&self) -> Option<SchemaChange> {
        Some(match self {
            Self::Rename(place, to) if to.is_empty() || **place.name() == **to => return None,
            Self::Rename(place, to) => SchemaChange::Rename { place: place.clone(), to: to.as_str().into() },
            Self::Merge(place, into) => SchemaChange::Merge { place: place.clone(), into: into.clone() },
            Self::Split(_, _, _, to) if to.is_empty() => return None,
            Self::Split(label, attribute, value, to) => SchemaChange::Split {
                label: label.clone(),
                which: Which::Value { attribute: attribute.clone(), value: value.clone() },
                to: to.as_str().into(),
            },
            Self::Delete(place) => SchemaChange::Delete { place: place.clone() },
        })
    }
}

/// The names beside a place that it can be merged into: of labels those of its kind.
pub fn beside(place: &SchemaPlace, schema: &Schema) -> Vec<Name> {
    let own = place.name();
    let fits = |name: &&Name| match place {
        SchemaPlace::Label(label) => schema.kind(name) == schema.kind(label),
        SchemaPlace::Role(..) | SchemaPlace::Attribute(..) | SchemaPlace::Value(..) => true,
    };
    place.names(schema).into_iter().filter(|name| *name != own).filter(fits).cloned().collect()
}

/// The attributes of a label that have values to choose from, with these.
pub fn choices(schema: &Schema, label: &Name) -> Vec<(Name, Vec<Name>)> {
    let attributes = schema.label(label).into_iter().flat_map(|label| &label.attributes);
    let chosen = attributes.filter_map(|attribute| match &attribute.kind {
        AttributeKind::Choice(choices) => {
            Some((attribute.name.clone(), choices.iter().map(|choice| choice.name.clone()).collect()))
        }
        _ => None,
    });
    chosen.collect()
}

/// A change in words.
pub fn title(change: &SchemaChange) -> String {
    match change {
        SchemaChange::Rename { place, to } => t!("schema-title-rename", place = place, to = to),
        SchemaChange::Merge { place, into } => t!("schema-title-merge", place = place, into = into),
        SchemaChange::Split { label, to, .. } => t!("schema-title-split", label = label, to = to),
        SchemaChange::Delete { place } => t!("schema-title-delete", place = place),
        SchemaChange::Define(_) => t!("schema-title-define").to_owned(),
    }
}
