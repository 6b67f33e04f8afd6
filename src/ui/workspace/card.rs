//! The content of the right side, as plain data: built from the corpus, painted by [`crate::ui::annotate::card_ui`].

use crate::check::{self, Subject};
use crate::model::{
    Annotation, AnnotationSet, AttributeDef, Date, Filler, Id, Kind, LabelDef, Name, RoleDef, Schema, Value, Via,
};
use crate::t;
use crate::text::{Span, Text};
use crate::ui::commands::Direction;

/// One line of the list of trips and claims.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The frame.
    pub id: Id,
    /// Its label.
    pub label: Name,
    /// Its trigger, or that it has none.
    pub title: String,
    /// Its fillers in a few words: `Raka → Bandar Laut · 2024-06`.
    pub summary: String,
    /// Required roles and attributes that are empty.
    pub missing: usize,
}

/// Everything about one annotation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Details {
    /// The chosen one.
    pub id: Id,
    /// Its label's name.
    pub label: Name,
    /// The words of its fragments, with an ellipsis between them.
    pub quote: String,
    /// True where it has roles.
    pub frame: bool,
    /// One for each attribute of the label, then those that the label does not have.
    pub attributes: Vec<Attribute>,
    /// One for each role of the label, then those that the label does not have.
    pub roles: Vec<Slot>,
    /// The referent's name.
    pub referent: Option<String>,
    /// The proposal for it, where something is missing that its words tell.
    pub proposed: Option<Proposal>,
    /// The statement of the annotator about it.
    pub note: String,
    /// The origin, in words.
    pub origin: String,
    /// The problems with it, each in a sentence.
    pub wrong: Vec<String>,
    /// Frames whose role it fills: id, role and title.
    pub fills: Vec<(Id, Name, String)>,
}

/// Something that is proposed for an annotation; nothing of it stands in the set until a person takes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Proposal {
    /// A value for an attribute that takes a date.
    Date {
        /// The attribute.
        attribute: Name,
        /// The value.
        date: Date,
    },
    /// Somebody or something that has a name like the words.
    Known {
        /// The referent.
        referent: Id,
        /// Its name.
        name: String,
    },
    /// A new referent that is called as the words are.
    New(String),
}

/// One attribute with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attribute {
    /// Its name.
    pub name: Name,
    /// The new value.
    pub value: Option<String>,
    /// The statement of the schema of it; none where the schema does not know it.
    pub def: Option<AttributeDef>,
}

/// One role with its fillers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its name.
    pub name: Name,
    /// The statement of the schema of it; none where the schema does not know it.
    pub def: Option<RoleDef>,
    /// The fillers of it.
    pub fillers: Vec<Filled>,
    /// True where it has fewer fillers than the schema wants.
    pub missing: bool,
}

/// One filler.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filled {
    /// Its place among all filled roles of the frame.
    pub index: usize,
    /// In words.
    pub text: String,
    /// The annotation that it is, if it is one.
    pub target: Option<Id>,
    /// True where it points nowhere.
    pub broken: bool,
    /// The label of the annotation that it is.
    pub label: Option<Name>,
    /// The day or the person that it is, where its words do not say that by themselves.
    pub says: String,
    /// True where that is proposed only.
    pub waits: bool,
}

/// The words of an annotation's fragments.
#[must_use]
pub fn quote(text: &Text, at: &[Span]) -> String {
    let parts: Vec<&str> = at.iter().map(|&span| text.slice(span)).collect();
    parts.join(" … ").replace('\n', " ")
}

/// A text cut to `most` code points, with an ellipsis where something was cut.
#[must_use]
pub fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((cut, _)) => format!("{}…", text[..cut].trim_end()),
    }
}

/// The name of an annotation in lists: its words, or its label where it has none.
#[must_use]
pub fn title(text: &Text, record: &Annotation) -> String {
    match record.drift.as_ref().and_then(|drift| drift.spans.first()) {
        _ if !record.at.is_empty() => short(&quote(text, &record.at), 80),
        Some(lost) => t!("card-lost", words = short(&lost.quote, 60)),
        None => t!("record-bare", label = record.label),
    }
}

/// The name of a filler.
#[must_use]
pub fn filler(text: &Text, set: &AnnotationSet, filler: &Filler) -> String {
    match filler {
        Filler::Annotation(id) => {
            set.get(*id).map_or_else(|| t!("card-not-there", id = id), |record| title(text, record))
        }
        Filler::Span(at) => short(&quote(text, at), 80),
        Filler::Value(Value::Date(date)) => date.to_string(),
        Filler::Value(Value::Text(value)) => format!("“{value}”"),
    }
}

/// The roles and attributes that a record lacks, by name.
#[must_use]
pub fn missing(def: &LabelDef, record: &Annotation) -> Vec<Name> {
    let roles =
        def.roles.iter().filter(|role| record.fillers(&role.name).count() < usize::from(role.cardinality.least));
    let attributes = def.attributes.iter().filter(|it| it.required && record.attribute(&it.name).is_none());
    roles.map(|role| role.name.clone()).chain(attributes.map(|attribute| attribute.name.clone())).collect()
}

/// The trips and claims of a set, in reading order; those without trigger last.
#[must_use]
pub fn frames(schema: &Schema, set: &AnnotationSet) -> Vec<Id> {
    let frames = set.iter().filter(|record| schema.kind(&record.label) == Kind::Frame);
    let (bare, triggered): (Vec<_>, Vec<_>) = frames.partition(|record| record.at.is_empty());
    triggered.into_iter().chain(bare).map(|record| record.id).collect()
}

/// A trip or claim in the list of them; none where it is not there.
#[must_use]
pub fn row(schema: &Schema, text: &Text, set: &AnnotationSet, id: Id) -> Option<Row> {
    let record = set.get(id)?;
    Some(Row {
        id,
        label: record.label.clone(),
        title: title(text, record),
        summary: summary(text, set, record),
        missing: schema.label(&record.label).map_or(0, |def| missing(def, record).len()),
    })
}

fn summary(text: &Text, set: &AnnotationSet, record: &Annotation) -> String {
    let mut parts: Vec<String> = Vec::new();
    for role in record.roles.iter().take(5) {
        parts.push(short(&filler(text, set, &role.filler), 28));
    }
    let values = record.attributes.iter().take(2).map(|(_, value)| value.clone());
    parts.extend(values);
    parts.join(" · ")
}

/// Everything about one annotation, or none where it is not there.
#[must_use]
pub fn details(subject: &Subject<'_>, id: Id) -> Option<Details> {
    let Subject { schema, text, set, referents, .. } = *subject;
    let record = set.get(id)?;
    let def = schema.label(&record.label);
    let known = def.map_or(&[][..], |def| &def.attributes);
    let mut attributes: Vec<Attribute> = known
        .iter()
        .map(|def| Attribute {
            name: def.name.clone(),
            value: record.attribute(&def.name).map(str::to_owned),
            def: Some(def.clone()),
        })
        .collect();
    let unknown = record.attributes.iter().filter(|(name, _)| known.iter().all(|def| def.name != *name));
    attributes.extend(unknown.map(|(name, value)| Attribute {
        name: name.clone(),
        value: Some(value.clone()),
        def: None,
    }));
    Some(Details {
        id,
        label: record.label.clone(),
        quote: title(text, record),
        frame: def.is_some_and(|def| def.kind == Kind::Frame),
        attributes,
        roles: slots(text, set, record, def),
        referent: record.referent.map(|id| {
            let name = referents.and_then(|all| all.get(&id)).map(|referent| referent.name.clone());
            name.unwrap_or_else(|| t!("card-not-there", id = id))
        }),
        proposed: None,
        note: record.note.clone(),
        origin: origin(record),
        wrong: wrong(subject, record),
        fills: fills(text, set, record),
    })
}

/// The problems with a record, beside what its slots and attributes show as empty anyway.
fn wrong(subject: &Subject<'_>, record: &Annotation) -> Vec<String> {
    let shown = ["missing-role", "missing-attribute", "empty-frame"];
    let problems = check::check_record(subject, record).into_iter().filter(|problem| !shown.contains(&problem.code));
    // The card shows the record: the message alone says what is wrong with it.
    problems.map(|problem| problem.message.part("what").unwrap_or(&problem.message).told()).collect()
}

fn slots(text: &Text, set: &AnnotationSet, record: &Annotation, def: Option<&LabelDef>) -> Vec<Slot> {
    let known = def.map_or(&[][..], |def| &def.roles);
    let mut names: Vec<&Name> = known.iter().map(|role| &role.name).collect();
    for role in &record.roles {
        if !names.contains(&&role.name) {
            names.push(&role.name);
        }
    }
    let slot = |name: &Name| {
        let filled = record.roles.iter().enumerate().filter(|(_, role)| role.name == *name);
        let fillers: Vec<Filled> = filled
            .map(|(index, role)| {
                let target = match role.filler {
                    Filler::Annotation(id) => Some(id),
                    Filler::Span(_) | Filler::Value(_) => None,
                };
                let record = target.and_then(|id| set.get(id));
                let words = filler(text, set, &role.filler);
                // Bare words stand in quotes: they are no annotation.
                let words = if let Filler::Span(_) = role.filler { format!("“{words}”") } else { words };
                let label = record.map(|record| record.label.clone());
                Filled {
                    index,
                    text: words,
                    target,
                    broken: target.is_some() && record.is_none(),
                    label,
                    says: String::new(),
                    waits: false,
                }
            })
            .collect();
        let def = known.iter().find(|role| role.name == *name).cloned();
        let missing = def.as_ref().is_some_and(|def| fillers.len() < usize::from(def.cardinality.least));
        Slot { name: name.clone(), def, fillers, missing }
    };
    names.into_iter().map(slot).collect()
}

fn fills(text: &Text, set: &AnnotationSet, record: &Annotation) -> Vec<(Id, Name, String)> {
    let mut fills = Vec::new();
    for frame in set.referrers(record.id) {
        for role in frame.roles.iter().filter(|role| role.filler == Filler::Annotation(record.id)) {
            fills.push((frame.id, role.name.clone(), title(text, frame)));
        }
    }
    fills
}

fn origin(record: &Annotation) -> String {
    let (by, at) = (&record.origin.by, record.origin.at);
    match &record.origin.via {
        Via::Hand => t!("origin-hand", by = by, at = at),
        Via::Import { file } => t!("origin-imported", by = by, at = at, file = file),
        Via::Suggestion { source, score, changed } => {
            let score = format!("{:.0}", f32::from(*score) / 10.0);
            match changed {
                true => t!("origin-suggested-changed", by = by, at = at, source = source, score = score),
                false => t!("origin-suggested", by = by, at = at, source = source, score = score),
            }
        }
        Via::Decision { adopted, reason, .. } => {
            let from: Vec<&str> = adopted.iter().map(Name::as_str).collect();
            t!("origin-decided", by = by, at = at, readings = from.join(", "), reason = reason)
        }
    }
}

/// The role to arm: the first required one that lacks a filler, in the order of the schema; `beside` a role the next such one
/// after it, or before it. Nothing else is armed by itself.
#[must_use]
pub fn next_role(def: &LabelDef, record: &Annotation, beside: Option<(&Name, Direction)>) -> Option<Name> {
    let lacks = |role: &&RoleDef| record.fillers(&role.name).count() < usize::from(role.cardinality.least);
    let at = |name: &Name| def.roles.iter().position(|role| role.name == *name).unwrap_or(def.roles.len());
    let role = match beside {
        None => def.roles.iter().find(lacks),
        Some((name, Direction::Forward)) => def.roles.iter().skip(at(name) + 1).find(lacks),
        Some((name, Direction::Back)) => def.roles.iter().take(at(name)).rfind(lacks),
    };
    role.map(|role| role.name.clone())
}
