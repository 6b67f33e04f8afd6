//! The values that annotators give to each slot of one thing, put together where they are the same.

use std::collections::BTreeSet;
use std::fmt;

use super::alignment::Alignment;
use super::filler::{FilledRole, FillerKey};
use super::halves::Halves;
use super::likeness::{hash, normal_attribute};
use crate::model::{Annotation, AnnotationSet, Filler, Id, Name, Schema, Slot, Value};
use crate::text::{Span, sha256_hex};

/// The value that somebody gives to a slot; ids are those of their own set and of their own referents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SlotValue {
    /// True where it is there.
    Presence(bool),
    /// Its fragments, in bytes; empty for a frame without trigger.
    Extent(Vec<Span>),
    /// Its label.
    Label(Name),
    /// The values of an attribute, sorted; empty where it is not set.
    Attribute(Vec<String>),
    /// The fillers of a role in their order; empty where nothing fills it.
    Role(Vec<Filler>),
    /// Its referent.
    Identity(Option<Id>),
}

/// A reading, and who has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reading {
    /// Indices of the annotators, in their order.
    pub by: Vec<usize>,
    /// The value of the first of them; the others say the same in their own ids.
    pub said: SlotValue,
}

/// One slot with its readings.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotRow {
    /// The slot.
    pub slot: Slot,
    /// Different readings, the one of the first annotator first.
    pub readings: Vec<Reading>,
    /// Indices of the annotators who say less than others of a role because they lack the frames that those fill it with: the
    /// presence of such a frame is a question of its own, and this one follows it.
    pub silent: Vec<usize>,
    /// A digest of all that was said, by whom; empty where all say the same and nothing was ever decided.
    pub inputs: String,
}

impl SlotRow {
    /// The number of annotators who have a say.
    #[must_use]
    pub fn voters(&self) -> usize {
        self.readings.iter().map(|reading| reading.by.len()).sum()
    }

    /// The share of annotators who have the most common reading, 0 to 1.
    #[must_use]
    pub fn agreement(&self) -> f64 {
        let most = self.readings.iter().map(|reading| reading.by.len()).max().unwrap_or(0);
        most as f64 / self.voters().max(1) as f64
    }

    /// The reading of an annotator; none where they have no say.
    #[must_use]
    pub fn reading_of(&self, annotator: usize) -> Option<usize> {
        self.readings.iter().position(|reading| reading.by.contains(&annotator))
    }
}

/// The source of an article's rows.
pub(super) struct RowSource<'a> {
    pub schema: &'a Schema,
    pub alignment: &'a Alignment,
    /// The annotators' names and sets.
    pub voters: Vec<(&'a Name, &'a AnnotationSet)>,
    /// True where each of them says who or what anything is.
    pub identifies: Vec<bool>,
    /// True where anything has been decided about the article.
    pub decided: bool,
    /// Frames that some of them split.
    pub halves: &'a Halves,
}

impl<'a> RowSource<'a> {
    pub fn new(
        schema: &'a Schema,
        alignment: &'a Alignment,
        voters: Vec<(&'a Name, &'a AnnotationSet)>,
        halves: &'a Halves,
        decided: bool,
    ) -> Self {
        // An annotator who names no referent at all has not said that the mentions are about nobody.
        let identifies = voters.iter().map(|(_, set)| set.iter().any(|record| record.referent.is_some())).collect();
        Self { schema, alignment, voters, identifies, decided, halves }
    }

    /// Says whether the rows of a group have no place for something that an adjudicated record has.
    pub fn lacks(&self, rows: &[SlotRow], members: &[Option<Id>], record: &Annotation) -> bool {
        let attribute = |name: &Name| rows.iter().any(|row| matches!(&row.slot, Slot::Attribute(it) if it == name));
        let role = |name: &Name| rows.iter().any(|row| matches!(&row.slot, Slot::Role(it) if it == name));
        let identity = || rows.iter().any(|row| row.slot == Slot::Identity);
        let identified = || members.iter().zip(&self.identifies).any(|(member, says)| member.is_some() && *says);
        rows.len() > 1
            && (record.attributes.iter().any(|(name, _)| !attribute(name))
                || record.roles.iter().any(|filled| !role(&filled.name))
                || (record.referent.is_some() && !identity() && identified()))
    }

    /// The rows of a group: presence first, then what those say who have it, also of what else stands in an adjudicated
    /// record.
    pub fn rows(&self, members: &[Option<Id>], standing: Option<&Annotation>) -> Vec<SlotRow> {
        self.rows_said_by(members, standing, &|_, _| true)
    }

    /// The same where only some annotators have a say in some slots; digests are of what all say.
    pub fn rows_said_by(
        &self,
        members: &[Option<Id>],
        standing: Option<&Annotation>,
        say: &dyn Fn(usize, &Slot) -> bool,
    ) -> Vec<SlotRow> {
        let record = |voter: usize| self.voters[voter].1.get((*members.get(voter)?)?).map(|record| &**record);
        let records: Vec<(usize, &Annotation)> =
            (0..self.voters.len()).filter_map(|voter| Some((voter, record(voter)?))).collect();
        let presence = |voter: usize| {
            let there = record(voter).is_some();
            (voter, SlotValue::Presence(there), u64::from(there))
        };
        let mut rows = vec![self.row(Slot::Presence, &records, (0..self.voters.len()).map(presence), say)];
        if records.is_empty() {
            return rows;
        }
        let mut row = |slot: Slot, said: &dyn Fn(usize, &Annotation) -> (SlotValue, u64)| {
            let each = records.iter().map(|&(voter, record)| {
                let (said, key) = said(voter, record);
                (voter, said, key)
            });
            rows.push(self.row(slot, &records, each, say));
        };
        row(Slot::Extent, &|_, record| (SlotValue::Extent(record.at.clone()), hash(&record.at)));
        row(Slot::Label, &|_, record| (SlotValue::Label(record.label.clone()), hash(&record.label)));
        for name in names(&records, standing, |record| record.attributes.iter().map(|(name, _)| name).collect()) {
            row(Slot::Attribute(name.clone()), &|_, record| {
                let values = values(record, name);
                let normal = |value: &String| normal_attribute(self.schema, record, name, value);
                let key: Vec<String> = values.iter().map(normal).collect();
                (SlotValue::Attribute(values), hash(&key))
            });
        }
        for name in names(&records, standing, |record| record.roles.iter().map(|role| &role.name).collect()) {
            let saying = records.iter().filter(|(voter, record)| self.halves.has_say(*voter, record));
            let each: Vec<(usize, SlotValue, FilledRole)> = saying
                .map(|&(voter, record)| {
                    let fillers = self.halves.fillers(self.alignment, (voter, self.voters[voter].1), record, name);
                    let keys = fillers.iter().map(|filler| FillerKey::of(voter, filler)).collect();
                    let of_one = FilledRole::of(self.schema, self.alignment, (voter, record), name);
                    let filled = of_one.joined_with(keys);
                    (voter, SlotValue::Role(fillers), filled)
                })
                .collect();
            let slot = Slot::Role(name.clone());
            let silent = silent(&each, |voter| say(voter, &slot));
            let heard = |voter: usize, slot: &Slot| say(voter, slot) && !silent.contains(&voter);
            rows.push(SlotRow { silent: silent.clone(), ..self.row(slot, &records, each.iter().cloned(), &heard) });
        }
        let of_all = records.iter().map(|(_, record)| *record).chain(standing);
        let identified = records.iter().any(|(voter, _)| self.identifies[*voter]);
        if identified && of_all.into_iter().any(|record| record.referent.is_some()) {
            let each = records.iter().filter(|(voter, _)| self.identifies[*voter]).map(|&(voter, record)| {
                let group = record.referent.map(|id| self.alignment.referents.group_of(voter, id));
                (voter, SlotValue::Identity(record.referent), hash(&group))
            });
            rows.push(self.row(Slot::Identity, &records, each, say));
        }
        rows
    }

    /// Puts equal readings together: voter, reading, and a key that is equal where readings are.
    fn row<K: PartialEq>(
        &self,
        slot: Slot,
        records: &[(usize, &Annotation)],
        said: impl Iterator<Item = (usize, SlotValue, K)> + Clone,
        say: &dyn Fn(usize, &Slot) -> bool,
    ) -> SlotRow {
        let mut readings: Vec<(K, Reading)> = Vec::new();
        for (voter, said, key) in said.clone().filter(|(voter, ..)| say(*voter, &slot)) {
            match readings.iter_mut().find(|(other, _)| *other == key) {
                Some((_, reading)) => reading.by.push(voter),
                None => readings.push((key, Reading { by: vec![voter], said })),
            }
        }
        let readings: Vec<Reading> = readings.into_iter().map(|(_, reading)| reading).collect();
        // Only what is or was a question needs a digest.
        let asked = readings.len() > 1 || self.decided;
        let inputs = if asked { self.digest(records, said) } else { String::new() };
        SlotRow { slot, readings, silent: Vec::new(), inputs }
    }

    fn digest<K>(&self, records: &[(usize, &Annotation)], said: impl Iterator<Item = (usize, SlotValue, K)>) -> String {
        let line = |(voter, said, _): (usize, SlotValue, K)| {
            // Presence is asked of a thing with a name and a place.
            let record = records.iter().find(|(other, _)| *other == voter).map(|(_, record)| *record);
            let what = match (&said, record) {
                (SlotValue::Presence(true), Some(record)) => format!("{} {}", record.label, spans(&record.at)),
                _ => said.to_string(),
            };
            format!("{}: {what}", self.voters[voter].0)
        };
        let mut lines: Vec<String> = said.map(line).collect();
        lines.sort();
        sha256_hex(lines.join("\n").as_bytes())[..16].to_owned()
    }
}

/// Those who have a say and fill a role with less than another, who is heard, only by what they lack.
fn silent(each: &[(usize, SlotValue, FilledRole)], say: impl Fn(usize) -> bool) -> Vec<usize> {
    let all: Vec<(usize, &FilledRole)> =
        each.iter().filter(|(voter, ..)| say(*voter)).map(|(voter, _, filled)| (*voter, filled)).collect();
    let below = |&(voter, filled): &(usize, &FilledRole), others: &[(usize, &FilledRole)]| {
        others.iter().any(|(_, other)| filled.lacks_only(other, voter))
    };
    let (less, heard): (Vec<_>, Vec<_>) = all.iter().copied().partition(|one| below(one, &all));
    less.iter().filter(|one| below(one, &heard)).map(|(voter, _)| *voter).collect()
}

/// The names that any of the records has.
fn names<'a>(
    records: &[(usize, &'a Annotation)],
    standing: Option<&'a Annotation>,
    of: impl Fn(&'a Annotation) -> Vec<&'a Name>,
) -> BTreeSet<&'a Name> {
    records.iter().map(|(_, record)| *record).chain(standing).flat_map(of).collect()
}

fn values(record: &Annotation, name: &Name) -> Vec<String> {
    let mut values: Vec<String> = record.attribute_values(name).cloned().collect();
    values.sort();
    values
}

fn spans(at: &[Span]) -> String {
    at.iter().map(|span| format!("{}-{}", span.start, span.end)).collect::<Vec<_>>().join(",")
}

/// As digests are made of: ids and byte offsets, part of what is stored, so it never changes.
impl fmt::Display for SlotValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Presence(there) => f.write_str(if *there { "+" } else { "-" }),
            Self::Extent(at) => f.write_str(&spans(at)),
            Self::Label(label) => label.fmt(f),
            Self::Attribute(values) => f.write_str(&values.join("\u{1f}")),
            Self::Role(fillers) => {
                let filler = |filler: &Filler| match filler {
                    Filler::Annotation(id) => id.to_string(),
                    Filler::Span(at) => spans(at),
                    Filler::Value(Value::Date(date)) => date.to_string(),
                    Filler::Value(Value::Text(text)) => text.clone(),
                };
                f.write_str(&fillers.iter().map(filler).collect::<Vec<_>>().join("\u{1f}"))
            }
            Self::Identity(id) => id.map_or(Ok(()), |id| id.fmt(f)),
        }
    }
}
