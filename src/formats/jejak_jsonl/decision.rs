//! Decisions of review in a line.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::parts::{KeyJson, OriginJson, origin, origin_line};
use crate::formats::ImportContext;
use crate::model::{Decision, Id, Name, Slot};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionJson<'a> {
    pub id: Id,
    pub slot: SlotJson,
    /// The attribute or role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotation: Vec<Id>,
    pub of: Vec<KeyJson>,
    #[serde(borrow)]
    pub inputs: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nothing: bool,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginJson<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SlotJson {
    Presence,
    Extent,
    Label,
    Attribute,
    Role,
    Identity,
}

pub(super) fn decision_line(decision: &Decision) -> DecisionJson<'_> {
    let (slot, name) = match &decision.slot {
        Slot::Presence => (SlotJson::Presence, None),
        Slot::Extent => (SlotJson::Extent, None),
        Slot::Label => (SlotJson::Label, None),
        Slot::Attribute(name) => (SlotJson::Attribute, Some(name.clone())),
        Slot::Role(name) => (SlotJson::Role, Some(name.clone())),
        Slot::Identity => (SlotJson::Identity, None),
    };
    DecisionJson {
        id: decision.id,
        slot,
        name,
        annotation: decision.annotation.clone(),
        of: decision.of.iter().map(|(of, id)| KeyJson { of: of.clone(), id: *id }).collect(),
        inputs: (&*decision.inputs).into(),
        nothing: decision.nothing,
        origin: Some(origin_line(&decision.origin)),
    }
}

pub(super) fn decision(
    line: DecisionJson<'_>,
    file: &str,
    reading: &ImportContext<'_>,
) -> Result<Arc<Decision>, Message> {
    let named = || line.name.clone().ok_or(message!("decision-no-name"));
    Ok(Arc::new(Decision {
        id: line.id,
        slot: match line.slot {
            SlotJson::Presence => Slot::Presence,
            SlotJson::Extent => Slot::Extent,
            SlotJson::Label => Slot::Label,
            SlotJson::Attribute => Slot::Attribute(named()?),
            SlotJson::Role => Slot::Role(named()?),
            SlotJson::Identity => Slot::Identity,
        },
        annotation: line.annotation,
        of: line.of.into_iter().map(|KeyJson { of, id }| (of, id)).collect(),
        inputs: line.inputs.into_owned(),
        nothing: line.nothing,
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin(file)),
    }))
}
