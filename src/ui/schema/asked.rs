//! A change of the schema as it is filled in.

use std::collections::BTreeSet;

use crate::edit::{AnnotationKey, SchemaChange, SchemaPlace, Which};
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
    /// A new label for annotations that are ticked: label, annotations, name.
    Ticked(Name, BTreeSet<AnnotationKey>, String),
    /// Taken away.
    Delete(SchemaPlace),
}

impl Asked {
    /// The change with what is likely filled in; none where there is nothing to merge with.
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
                let by_value = choices(schema, &label).into_iter().next();
                match by_value.and_then(|(attribute, values)| Some((attribute, values.first()?.to_string()))) {
                    Some((attribute, value)) => Self::Split(label, attribute, value.clone(), value),
                    None => Self::ticked(label),
                }
            }
            SchemaRequest::Delete(place) => Self::Delete(place),
        })
    }

    /// A split by a list in which nothing is ticked yet.
    pub fn ticked(label: Name) -> Self {
        let name = format!("{label}-2");
        Self::Ticked(label, BTreeSet::new(), name)
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
            Self::Ticked(_, ticked, to) if ticked.is_empty() || to.is_empty() => return None,
            Self::Ticked(label, ticked, to) => SchemaChange::Split {
                label: label.clone(),
                which: Which::Ticked(ticked.clone()),
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
