//! Content as it is compared: values and words without regard to how they are written, extents by what they share.

use std::hash::{DefaultHasher, Hash, Hasher};

use crate::model::{Annotation, AttributeKind, Filler, Name, Schema, Value};
use crate::text::Span;

/// The same number for the same content, within one run of the program.
pub(super) fn hash(content: &impl Hash) -> u64 {
    let mut hasher = DefaultHasher::new();
    content.hash(&mut hasher);
    hasher.finish()
}

/// The fillers of a record's roles, each with a number for its role; where the schema says that order counts in a role,
/// the number is that of the place, too.
pub(super) fn numbered_roles<'a>(schema: &Schema, record: &'a Annotation) -> impl Iterator<Item = (u64, &'a Filler)> {
    let label = schema.label(&record.label);
    record.roles.iter().enumerate().map(move |(index, role)| {
        let ordered = label.and_then(|label| label.role(&role.name)).is_some_and(|role| role.ordered);
        let before = || record.roles[..index].iter().filter(|other| other.name == role.name).count();
        (hash(&(&role.name, if ordered { before() } else { 0 })), &role.filler)
    })
}

/// A value as it is compared: a date is its days whether it was written as one or not, words are taken without regard
/// to case and space.
pub(crate) fn normal(value: &Value) -> Value {
    match value {
        Value::Date(_) => value.clone(),
        Value::Text(text) => match text.parse() {
            Ok(date) => Value::Date(date),
            Err(_) => Value::Text(normal_text(text)),
        },
    }
}

/// Words without regard to case and space.
pub(crate) fn normal_text(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// An attribute's value as it is compared: free text without regard to case and space.
pub(super) fn normal_attribute(schema: &Schema, record: &Annotation, name: &Name, value: &str) -> String {
    let kind = schema.label(&record.label).and_then(|label| label.attribute(name)).map(|it| &it.kind);
    if matches!(kind, Some(AttributeKind::Text)) { normal_text(value) } else { value.to_owned() }
}

/// Characters that two lists of fragments share, over those that either covers (Jaccard 1901); both lists are in code
/// points, and the answer is 0 where either is empty.
pub(super) fn overlap(a: &[Span], b: &[Span]) -> f64 {
    let covered = |at: &[Span]| at.iter().map(|span| span.len()).sum::<u32>();
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        shared += x.intersection(*y).map_or(0, Span::len);
        if x.end <= y.end {
            i += 1;
        } else {
            j += 1;
        }
    }
    let either = covered(a) + covered(b) - shared;
    if either == 0 { 0.0 } else { f64::from(shared) / f64::from(either) }
}
