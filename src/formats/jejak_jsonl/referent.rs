//! Referents in a line.

use crate::lang::Message;
use crate::message;
use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::parts::{AttributeJson, OriginJson, RoleJson, attribute_lines, origin, origin_line, role_line};
use crate::formats::ImportContext;
use crate::model::{Filler, Id, Name, Referent, Role, Value};

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferentJson<'a> {
    pub id: Id,
    pub label: Name,
    #[serde(borrow, default)]
    pub name: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<AttributeJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub external: Vec<ExternalLine<'a>>,
    #[serde(borrow, default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleJson<'a>>,
    #[serde(borrow, default, skip_serializing_if = "str::is_empty")]
    pub note: Cow<'a, str>,
    #[serde(borrow, default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<OriginJson<'a>>,
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ExternalLine<'a> {
    pub register: Name,
    #[serde(borrow)]
    pub id: Cow<'a, str>,
}

pub(super) fn referent_line(referent: &Referent) -> ReferentJson<'_> {
    let external =
        |(register, id): &'_ (Name, String)| ExternalLine { register: register.clone(), id: id.clone().into() };
    ReferentJson {
        id: referent.id,
        label: referent.label.clone(),
        name: (&*referent.name).into(),
        attributes: attribute_lines(&referent.attributes),
        external: referent.external.iter().map(external).collect(),
        roles: referent.roles.iter().map(|role| role_line(role, None)).collect(),
        note: (&*referent.note).into(),
        origin: Some(origin_line(&referent.origin)),
    }
}

pub(super) fn referent(line: ReferentJson<'_>, reading: &ImportContext<'_>) -> Result<Referent, Message> {
    let role = |line: &RoleJson<'_>| -> Result<Role, Message> {
        let filler = match line {
            RoleJson { referent: Some(id), .. } => Filler::Annotation(*id),
            RoleJson { date: Some(date), .. } => Filler::Value(Value::Date(date.clone())),
            RoleJson { value: Some(value), .. } => Filler::Value(Value::Text(value.clone().into_owned())),
            _ => return Err(message!("referent-role-by-nothing", name = line.role)),
        };
        Ok(Role { name: reading.name(&line.role), filler })
    };
    Ok(Referent {
        id: line.id,
        label: reading.name(&line.label),
        name: line.name.into_owned(),
        attributes: line.attributes.into_iter().map(|one| (one.name, one.value.into_owned())).collect(),
        external: line.external.into_iter().map(|one| (one.register, one.id.into_owned())).collect(),
        roles: line.roles.iter().map(role).collect::<Result<_, _>>()?,
        note: line.note.into_owned(),
        origin: line.origin.map(|line| origin(line, reading)).transpose()?.unwrap_or_else(|| reading.origin("")),
    })
}
