//! Decisions of review in a line.

use std::borrow::Cow;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::parts::{KeyLine, OriginLine, origin, origin_line};
use crate::formats::Reading;
use crate::model::{Decision, Id, Name, Slot};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DecisionLine<'a> {
    pub id: Id,
    pub slot: SlotLine,
    /// Which attribute or role.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<Name>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub annotation: Vec<Id>,
    pub of: Vec<KeyLine>,
    #[serde(borrow)]
    pub inputs: Cow<'a, str>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub nothing: bool,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginLine<'a>>,
}

#[derive(Serialize, Deserialize, Clone, Copy)]
#[serde(rename_all = "kebab-case")]
pub(super) enum SlotLine {
    Presence,
    Extent,
    Label,
    Attribute,
    Role,
    Identity,
}

pub(super) fn decision_line(decision: &Decision) -> DecisionLine<'_> {
    let (slot, name) = match &decision.slot {
        Slot::Presence => (SlotLine::Presence, None),
        Slot::Extent => (SlotLine::Extent, None),
        Slot::Label => (SlotLine::Label, None),
        Slot::Attribute(name) => (SlotLine::Attribute, Some(name.clone())),
        Slot::Role(name) => (SlotLine::Role, Some(name.clone())),
        Slot::Identity => (SlotLine::Identity, None),
    };
    DecisionLine {
        id: decision.id,
        slot,
        name,
        annotation: decision.annotation.clone(),
        of: decision.of.iter().map(|(of, id)| KeyLine { of: of.clone(), id: *id }).collect(),
        inputs: (&*decision.inputs).into(),
        nothing: decision.nothing,
        origin: Some(origin_line(&decision.origin)),
    }
}

pub(super) fn decision(line: DecisionLine<'_>, file: &str, reading: &Reading<'_>) -> Result<Arc<Decision>, String> {
    let named = || line.name.clone().ok_or("a decision does not say about which attribute or role it is");
    Ok(Arc::new(Decision {
        id: line.id,
        slot: match line.slot {
            SlotLine::Presence => Slot::Presence,
            SlotLine::Extent => Slot::Extent,
            SlotLine::Label => Slot::Label,
            SlotLine::Attribute => Slot::Attribute(named()?),
            SlotLine::Role => Slot::Role(named()?),
            SlotLine::Identity => Slot::Identity,
        },
        annotation: line.annotation,
        of: line.of.into_iter().map(|KeyLine { of, id }| (of, id)).collect(),
        inputs: line.inputs.into_owned(),
        nothing: line.nothing,
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin(file)),
    }))
}
