use std::sync::Arc;

use ron::value::RawValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded};
use super::line::SpanUnit;
use crate::lang::Message;
use crate::message;
use crate::model::corpus::Corpus;
use crate::model::{Conflict, ConflictOf};
use crate::text::Text;

/// A conflict in a file, as a merge writes it.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ConflictLine {
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "plain", deserialize_with = "some")]
    id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "plain", deserialize_with = "some")]
    field: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none", serialize_with = "plain", deserialize_with = "some")]
    theirs: Option<Box<RawValue>>,
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    deleted: bool,
}

/// A value that is there, without a `Some` around it.
fn plain<T: Serialize, S: Serializer>(value: &Option<T>, serializer: S) -> Result<S::Ok, S::Error> {
    match value {
        Some(value) => value.serialize(serializer),
        None => serializer.serialize_none(),
    }
}

/// A value that is there, without a `Some` around it.
fn some<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<Option<T>, D::Error> {
    T::deserialize(deserializer).map(Some)
}

impl ConflictLine {
    fn of(&self) -> Option<ConflictOf> {
        match (&self.id, &self.field) {
            (Some(id), None) => Some(ConflictOf::Record(id.clone())),
            (None, Some(field)) => Some(ConflictOf::Field(field.clone())),
            _ => None,
        }
    }

    fn theirs(&self) -> Option<String> {
        self.theirs.as_ref().map(|raw| raw.get_ron().trim().to_owned())
    }
}

fn called(of: &ConflictOf, theirs: Option<&str>) -> RecordId {
    RecordId::Conflict(format!("{} {}", of.name(), theirs.unwrap_or("deleted")))
}

impl Recorded for Conflict {
    type Line = ConflictLine;

    const NOUN: &'static str = "conflict";
    const FILE: FileKind = FileKind::Set;
    const LAYOUT: Layout = Layout::HeadLine("conflicts");

    /// Two merges may leave two things to decide about one record.
    fn id(&self) -> RecordId {
        called(&self.of, self.theirs.as_deref())
    }

    fn line(&self, _: Option<&Text>, _: SpanUnit) -> ConflictLine {
        let (id, field) = match self.of.clone() {
            ConflictOf::Record(id) => (Some(id), None),
            ConflictOf::Field(field) => (None, Some(field)),
        };
        let theirs = self.theirs.as_deref().and_then(|theirs| RawValue::from_ron(theirs).ok()).map(ToOwned::to_owned);
        ConflictLine { id, field, deleted: theirs.is_none(), theirs }
    }

    fn line_id(line: &ConflictLine) -> RecordId {
        let of = line.of().unwrap_or(ConflictOf::Field(String::new()));
        called(&of, line.theirs().as_deref())
    }

    fn check(line: &ConflictLine) -> Result<(), Message> {
        match line.of().is_some() && line.deleted == line.theirs.is_none() {
            true => Ok(()),
            false => Err(message!("conflict-unclear")),
        }
    }

    fn trust(line: ConflictLine) -> Self {
        let theirs = line.theirs();
        Self { of: line.of().unwrap_or(ConflictOf::Field(String::new())), theirs }
    }

    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let (article, annotator) = file.set()?;
        corpus.set(article, annotator)?.conflicts().iter().find(|conflict| conflict.id() == *id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        let set = file.set().and_then(|(article, annotator)| corpus.set(article, annotator));
        set.map_or_else(Vec::new, |set| set.conflicts().to_vec())
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        let Some(key) = file.set() else { return };
        let conflicts = corpus.set_mut(key).conflicts_mut();
        let place = conflicts.iter().position(|conflict| conflict.id() == *id);
        match (place, after) {
            (Some(at), Some(after)) => conflicts[at] = after,
            (Some(at), None) => drop(conflicts.remove(at)),
            (None, Some(after)) => conflicts.push(after),
            (None, None) => {}
        }
    }
}
