//! The change of records where the schema changes: other names, and what nothing has any more.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::place::SchemaPlace;
use super::which::Which;
use crate::edit::Edit;
use crate::model::{Annotation, AnnotationSet, Filler, Id, Kind, Name, Referent, Role, Schema, SetKey, Slot};

/// The new names of what records have; none where it is taken away. What is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recoding {
    labels: BTreeMap<Name, Option<Name>>,
    roles: BTreeMap<(Name, Name), Option<Name>>,
    attributes: BTreeMap<(Name, Name), Option<Name>>,
    values: BTreeMap<(Name, Name, Name), Option<Name>>,
    split: Option<(Name, Which, Name)>,
}

/// The edits of one set, and what they are.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SetRecoded {
    /// The edits, as records stand before and after.
    pub edits: Vec<Edit>,
    /// Annotations that get other names.
    pub changed: usize,
    /// Annotations that are taken away.
    pub gone: usize,
    /// Annotations that become one with another of the same label on the same words: the one that goes, the one that stays.
    pub joined: Vec<(Id, Id)>,
    /// Annotations that stand on the same words as another one of the same label, but say something else.
    pub twice: usize,
}

/// Roles, attributes and label by their new names.
type Parts = (Name, Vec<(Name, String)>, Vec<Role>);

impl Recoding {
    pub(super) fn set(&mut self, place: &SchemaPlace, to: Option<&Name>) {
        let to = to.cloned();
        match place.clone() {
            SchemaPlace::Label(label) => drop(self.labels.insert(label, to)),
            SchemaPlace::Role(label, role) => drop(self.roles.insert((label, role), to)),
            SchemaPlace::Attribute(label, attribute) => drop(self.attributes.insert((label, attribute), to)),
            SchemaPlace::Value(label, attribute, value) => drop(self.values.insert((label, attribute, value), to)),
        }
    }

    pub(super) fn split(&mut self, label: &Name, which: &Which, to: &Name) {
        self.split = Some((label.clone(), which.clone(), to.clone()));
    }

    /// The label that is split, and the new one.
    #[must_use]
    pub fn split_label(&self) -> Option<(&Name, &Name)> {
        self.split.as_ref().map(|(label, _, to)| (label, to))
    }

    /// True where no record changes.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The slot by its new name in a record of this label; none where it is taken away.
    #[must_use]
    pub fn slot(&self, label: &Name, slot: &Slot) -> Option<Slot> {
        let key = |name: &Name| (label.clone(), name.clone());
        match slot {
            Slot::Role(name) => self.roles.get(&key(name)).map_or(Some(slot.clone()), |to| to.clone().map(Slot::Role)),
            Slot::Attribute(name) => {
                self.attributes.get(&key(name)).map_or(Some(slot.clone()), |to| to.clone().map(Slot::Attribute))
            }
            Slot::Presence | Slot::Extent | Slot::Label | Slot::Identity => Some(slot.clone()),
        }
    }

    /// True where a record of this label may change.
    fn concerns(&self, label: &Name) -> bool {
        let is = |of: &Name| of == label;
        self.labels.contains_key(label)
            || self.split.as_ref().is_some_and(|(of, ..)| is(of))
            || self.roles.keys().any(|(of, _)| is(of))
            || self.attributes.keys().any(|(of, _)| is(of))
            || self.values.keys().any(|(of, ..)| is(of))
    }

    fn role(&self, label: &Name, role: &Name) -> Option<Name> {
        let to = self.roles.get(&(label.clone(), role.clone()));
        to.map_or_else(|| Some(role.clone()), Clone::clone)
    }

    /// The parts of something with a label, by their new names; none where it goes with its label.
    fn parts(&self, label: &Name, attributes: &[(Name, String)], roles: &[Role]) -> Option<Parts> {
        let to = self.labels.get(label).map_or_else(|| Some(label.clone()), Clone::clone)?;
        let attribute = |(name, value): &(Name, String)| {
            let key = (label.clone(), name.clone());
            let to = self.attributes.get(&key).map_or_else(|| Some(name.clone()), Clone::clone)?;
            let key = (key.0, key.1, value.as_str().into());
            match self.values.get(&key) {
                Some(value) => Some((to, value.as_ref()?.to_string())),
                None => Some((to, value.clone())),
            }
        };
        let mut attributes: Vec<(Name, String)> = attributes.iter().filter_map(attribute).collect();
        attributes.sort_by(|one, other| one.0.cmp(&other.0));
        attributes.dedup();
        let role = |filled: &Role| Some(Role { name: self.role(label, &filled.name)?, filler: filled.filler.clone() });
        Some((to, attributes, each_once(roles.iter().filter_map(role).collect())))
    }

    /// A referent by its new names; none where it goes with its label.
    #[must_use]
    pub fn referent(&self, referent: &Referent) -> Option<Referent> {
        let (label, attributes, roles) = self.parts(&referent.label, &referent.attributes, &referent.roles)?;
        Some(Referent { label, attributes, roles, ..referent.clone() })
    }

    fn annotation(&self, key: &SetKey, record: &Annotation) -> Option<Annotation> {
        let (mut label, attributes, roles) = self.parts(&record.label, &record.attributes, &record.roles)?;
        if let Some((of, which, to)) = &self.split
            && *of == record.label
            && which.has(key, record)
        {
            label = to.clone();
        }
        let mut drift = record.drift.clone();
        if let Some(drift) = &mut drift {
            let role = |(name, span): &(Name, _)| Some((self.role(&record.label, name)?, Clone::clone(span)));
            drift.roles = drift.roles.iter().filter_map(role).collect();
        }
        Some(Annotation { label, attributes, roles, drift, ..record.clone() })
    }

    /// The edits of a set: what has other names now, what is taken away, and the roles that it filled. `schema` is the one
    /// after the change.
    #[must_use]
    pub fn annotations(&self, schema: &Schema, key: &SetKey, set: &AnnotationSet) -> SetRecoded {
        let mut recoded = SetRecoded::default();
        let mut after: HashMap<Id, Option<Annotation>> = HashMap::new();
        for record in set.iter().filter(|record| self.concerns(&record.label)) {
            match self.annotation(key, record) {
                Some(to) if to == **record => {}
                to => drop(after.insert(record.id, to)),
            }
        }
        if after.is_empty() {
            return recoded;
        }
        recoded.gone = after.values().filter(|to| to.is_none()).count();
        recoded.changed = after.len() - recoded.gone;
        if !self.labels.is_empty() {
            join(schema, set, &mut after, &mut recoded);
        }
        let kept: HashMap<Id, Id> = recoded.joined.iter().copied().collect();
        let gone: Vec<Id> = after.iter().filter(|(_, to)| to.is_none()).map(|(id, _)| *id).collect();
        let refilled: HashSet<Id> = gone.iter().flat_map(|id| set.referrers(*id)).map(|record| record.id).collect();
        for id in refilled {
            let now = after.remove(&id).unwrap_or_else(|| set.get(id).map(|record| Annotation::clone(record)));
            let now = now.map(|mut record| {
                let filled = std::mem::take(&mut record.roles).into_iter().filter_map(|role| match role.filler {
                    Filler::Annotation(to) if gone.contains(&to) => {
                        kept.get(&to).map(|to| Role { filler: Filler::Annotation(*to), ..role })
                    }
                    _ => Some(role),
                });
                record.roles = each_once(filled.collect());
                record
            });
            after.insert(id, now);
        }
        let mut after: Vec<(Id, Option<Annotation>)> = after.into_iter().collect();
        after.sort_unstable_by_key(|(id, _)| *id);
        let edit = |(id, to): (Id, Option<Annotation>)| Edit::new(key.clone(), set.get(id).cloned(), to.map(Arc::new));
        recoded.edits = after.into_iter().map(edit).collect();
        recoded
    }
}

/// Fillers in their order, each once in its role.
fn each_once(roles: Vec<Role>) -> Vec<Role> {
    let mut once: Vec<Role> = Vec::with_capacity(roles.len());
    for role in roles {
        if !once.contains(&role) {
            once.push(role);
        }
    }
    once
}

/// Joins annotations that have the same label on the same words by now, where neither says what the other does not say
/// likewise.
fn join(schema: &Schema, set: &AnnotationSet, after: &mut HashMap<Id, Option<Annotation>>, recoded: &mut SetRecoded) {
    let mut changed: Vec<Id> = after.iter().filter(|(_, to)| to.is_some()).map(|(id, _)| *id).collect();
    changed.sort_unstable();
    for id in changed {
        let Some(Some(record)) = after.get(&id).cloned() else { continue };
        let counts = matches!(schema.kind(&record.label), Kind::Entity | Kind::Zone);
        let Some(first) = record.at.first().filter(|_| counts) else { continue };
        let now = |other: &Arc<Annotation>| match after.get(&other.id) {
            Some(to) => to.clone(),
            None => Some(Annotation::clone(other)),
        };
        let others = set.at(first.start).into_iter().filter(|other| other.id != id).filter_map(now);
        // Two that were of one label before stood twice already.
        let apart = |other: &Annotation| {
            let before = |id: Id| set.get(id).map(|record| &record.label);
            before(other.id) != before(id)
        };
        let mut others = others.filter(apart);
        let Some(other) = others.find(|other| other.label == record.label && other.at == record.at) else {
            continue;
        };
        match joined(&other, &record) {
            Some(both) => {
                after.insert(id, None);
                if set.get(other.id).is_none_or(|before| **before != both) {
                    after.insert(other.id, Some(both));
                }
                recoded.joined.push((id, other.id));
            }
            None => recoded.twice += 1,
        }
    }
    // A chain of three ends at the one that stays.
    let kept: HashMap<Id, Id> = recoded.joined.iter().copied().collect();
    for (_, to) in &mut recoded.joined {
        while let Some(next) = kept.get(to) {
            *to = *next;
        }
    }
}

/// One annotation that says what both say; none where they say different things.
fn joined(one: &Annotation, other: &Annotation) -> Option<Annotation> {
    let values = |of: &Annotation, name: &Name| of.attribute_values(name).cloned().collect::<Vec<_>>();
    let differs = |name: &Name| {
        let (ours, theirs) = (values(one, name), values(other, name));
        !ours.is_empty() && ours != theirs
    };
    let referents = one.referent.is_some() && other.referent.is_some() && one.referent != other.referent;
    let notes = !one.note.is_empty() && !other.note.is_empty() && one.note != other.note;
    let drift = one.drift.is_some() || other.drift.is_some();
    if referents || notes || drift || other.attributes.iter().any(|(name, _)| differs(name)) {
        return None;
    }
    let mut both = one.clone();
    let new = other.attributes.iter().filter(|(name, _)| one.attribute(name).is_none());
    both.attributes.extend(new.cloned());
    both.attributes.sort_by(|one, other| one.0.cmp(&other.0));
    both.referent = one.referent.or(other.referent);
    if both.note.is_empty() {
        both.note.clone_from(&other.note);
    }
    Some(both)
}
