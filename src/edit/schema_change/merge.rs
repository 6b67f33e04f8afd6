//! Two parts of a schema that become one.

use super::changed::{Changed, choices_mut, label_mut, remember};
use super::place::SchemaPlace;
use crate::lang::Message;
use crate::message;
use crate::model::{AttributeDef, AttributeKind, Cardinality, LabelDef, Name, RoleDef};

/// Makes one of two parts: what the part that goes has, the other one gets.
pub(super) fn merge(after: &mut Changed, place: &SchemaPlace, into: &Name) -> Result<(), Message> {
    place.beside(into).check(&after.schema)?;
    if place.name() == into {
        return Err(message!("schema-merge-itself", name = into));
    }
    if let SchemaPlace::Label(label) = place
        && after.schema.label(label).is_none()
    {
        // Annotations may have a label that the schema never had.
        let target = label_mut(&mut after.schema, into).expect("it was just found");
        remember(&mut target.aliases, label.clone());
        return Ok(());
    }
    place.check(&after.schema)?;
    let schema = &mut after.schema;
    match place {
        SchemaPlace::Label(from) => {
            let gone = taken(&mut schema.labels, |label| label.name == *from);
            for role in schema.labels.iter_mut().flat_map(|label| &mut label.roles) {
                refill(&mut role.fillers, from, into);
            }
            let target = label_mut(schema, into).expect("it was just found");
            labels(target, gone, &mut after.follows, (from, into))?;
        }
        SchemaPlace::Role(label, from) => {
            let roles = &mut label_mut(schema, label).expect("it was just found").roles;
            let gone = taken(roles, |role| role.name == *from);
            let target = roles.iter_mut().find(|role| role.name == *into).expect("it was just found");
            let most = target.cardinality.most.zip(gone.cardinality.most).map(|(one, other)| one.saturating_add(other));
            if most != target.cardinality.most {
                after.follows.push(message!("schema-follows-more", role = target.name));
            }
            target.cardinality.most = most;
            fill(target, gone);
        }
        SchemaPlace::Attribute(label, from) => {
            let attributes = &mut label_mut(schema, label).expect("it was just found").attributes;
            let gone = taken(attributes, |attribute| attribute.name == *from);
            let target = attributes.iter_mut().find(|attribute| attribute.name == *into).expect("it was just found");
            remember(&mut target.aliases, gone.name.clone());
            same_values(target, gone)?;
        }
        SchemaPlace::Value(label, attribute, from) => {
            let choices = choices_mut(schema, label, attribute).expect("it was just found");
            let gone = taken(choices, |choice| choice.name == *from);
            let target = choices.iter_mut().find(|choice| choice.name == *into).expect("it was just found");
            gone.aliases.into_iter().chain([gone.name]).for_each(|name| remember(&mut target.aliases, name));
        }
    }
    Ok(())
}

/// Takes the one that is known to be there out of a list.
fn taken<T>(list: &mut Vec<T>, is: impl Fn(&T) -> bool) -> T {
    let at = list.iter().position(is).expect("it was just found");
    list.remove(at)
}

/// Names of one label that become those of another, each once.
fn refill(fillers: &mut Vec<Name>, from: &Name, into: &Name) {
    let Some(at) = fillers.iter().position(|filler| filler == from) else { return };
    match fillers.contains(into) {
        true => drop(fillers.remove(at)),
        false => fillers[at] = into.clone(),
    }
}

/// Gives a label what two labels have: attributes and roles of either, none of them needed that only one had.
fn labels(
    target: &mut LabelDef,
    gone: LabelDef,
    follows: &mut Vec<Message>,
    (from, into): (&Name, &Name),
) -> Result<(), Message> {
    if target.kind != gone.kind {
        return Err(message!("schema-merge-kinds", from = from, into = into));
    }
    for attribute in &mut target.attributes {
        if attribute.required && gone.attribute(&attribute.name).is_none_or(|other| !other.required) {
            attribute.required = false;
            follows.push(message!("schema-follows-optional", name = attribute.name));
        }
    }
    for role in &mut target.roles {
        let least = gone.role(&role.name).map_or(0, |other| other.cardinality.least);
        if role.cardinality.least > least {
            role.cardinality.least = least;
            follows.push(message!("schema-follows-optional", name = role.name));
        }
    }
    for attribute in gone.attributes {
        match target.attributes.iter_mut().find(|known| known.name == attribute.name) {
            Some(known) => same_values(known, attribute)?,
            None => {
                follows.push(message!("schema-follows-attribute", name = attribute.name, label = into));
                target.attributes.push(AttributeDef { required: false, ..attribute });
            }
        }
    }
    for mut role in gone.roles {
        refill(&mut role.fillers, from, into);
        match target.roles.iter_mut().find(|known| known.name == role.name) {
            Some(known) => {
                known.cardinality.most =
                    known.cardinality.most.zip(role.cardinality.most).map(|(one, other)| one.max(other));
                fill(known, role);
            }
            None => {
                follows.push(message!("schema-follows-role", name = role.name, label = into));
                let key = role.key.filter(|&key| target.roles.iter().all(|known| known.key != Some(key)));
                let cardinality = Cardinality { least: 0, ..role.cardinality };
                target.roles.push(RoleDef { key, cardinality, ..role });
            }
        }
    }
    gone.aliases.into_iter().chain([gone.name]).for_each(|name| remember(&mut target.aliases, name));
    Ok(())
}

/// A role that takes what another one takes, too.
fn fill(target: &mut RoleDef, gone: RoleDef) {
    let new = gone.fillers.into_iter().filter(|filler| !target.fillers.contains(filler)).collect::<Vec<_>>();
    target.fillers.extend(new);
    target.spans |= gone.spans;
    let new = gone.values.into_iter().filter(|value| !target.values.contains(value)).collect::<Vec<_>>();
    target.values.extend(new);
    target.cardinality.least = target.cardinality.least.min(gone.cardinality.least);
    if gone.name != target.name {
        remember(&mut target.aliases, gone.name);
    }
    gone.aliases.into_iter().for_each(|name| remember(&mut target.aliases, name));
}

/// An attribute that takes the values of another one, too.
fn same_values(target: &mut AttributeDef, gone: AttributeDef) -> Result<(), Message> {
    match (&mut target.kind, gone.kind) {
        (AttributeKind::Choice(choices), AttributeKind::Choice(others)) => {
            for other in others {
                match choices.iter_mut().find(|choice| choice.name == other.name) {
                    Some(choice) => other.aliases.into_iter().for_each(|name| remember(&mut choice.aliases, name)),
                    None => choices.push(other),
                }
            }
        }
        (one, other) if *one == other => {}
        // Whatever the other one had is a text.
        (AttributeKind::Text, _) => {}
        _ => return Err(message!("schema-merge-attributes", one = gone.name, other = target.name)),
    }
    target.required &= gone.required;
    Ok(())
}
