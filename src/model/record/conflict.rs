use std::sync::Arc;

use ron::value::RawValue;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded};
use super::line::SpanUnit;
use crate::lang::Message;
use crate::message;
use crate::model::conflict::ConflictFile;
use crate::model::corpus::Corpus;
use crate::model::{Conflict, ConflictOf};
use crate::text::Text;

/// A conflict in a file, as a merge writes it. It may stand in the head of every file of records.
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
        corpus.conflicts(file).iter().find(|conflict| conflict.id() == *id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        corpus.conflicts(file).to_vec()
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        let conflicts = match (file, apart(file)) {
            (RecordFile::Set(key), _) => corpus.set_mut(key).conflicts_mut(),
            (_, Some(file)) => Arc::make_mut(corpus.conflicts.entry(file).or_default()),
            (_, None) => return,
        };
        let place = conflicts.iter().position(|conflict| conflict.id() == *id);
        match (place, after) {
            (Some(at), Some(after)) => conflicts[at] = after,
            (Some(at), None) => drop(conflicts.remove(at)),
            (None, Some(after)) => conflicts.push(after),
            (None, None) => {}
        }
    }
}

/// A file that is no set and may have conflicts.
fn apart(file: &RecordFile) -> Option<ConflictFile> {
    match file {
        RecordFile::Articles => Some(ConflictFile::Articles),
        RecordFile::Referents(maker) => Some(ConflictFile::Referents(maker.clone())),
        RecordFile::Comments(who) => Some(ConflictFile::Comments(who.clone())),
        RecordFile::Runs(who) => Some(ConflictFile::Runs(who.clone())),
        RecordFile::Set(_) | RecordFile::Schema => None,
    }
}

impl Corpus {
    /// The things that a merge left to decide in a file that is loaded, in the order of the file.
    #[must_use]
    pub fn conflicts(&self, file: &RecordFile) -> &[Arc<Conflict>] {
        match file {
            RecordFile::Set((article, annotator)) => self.set(article, annotator).map_or(&[], |set| set.conflicts()),
            file => self.conflicts_apart(file).map_or(&[], |all| all),
        }
    }

    /// The loaded files but for sets in which a merge left something to decide.
    #[must_use]
    pub fn files_with_conflicts(&self) -> Vec<RecordFile> {
        let file = |file: &ConflictFile| match file {
            ConflictFile::Articles => RecordFile::Articles,
            ConflictFile::Referents(maker) => RecordFile::Referents(maker.clone()),
            ConflictFile::Comments(who) => RecordFile::Comments(who.clone()),
            ConflictFile::Runs(who) => RecordFile::Runs(who.clone()),
        };
        self.conflicts.iter().filter(|(_, all)| !all.is_empty()).map(|(of, _)| file(of)).collect()
    }

    /// The conflicts of a file that is no set, as they are shared by clones; none where it never had any.
    pub(in crate::model) fn conflicts_apart(&self, file: &RecordFile) -> Option<&Arc<Vec<Arc<Conflict>>>> {
        self.conflicts.get(&apart(file)?)
    }

    /// Takes the conflicts of a file that is no set as another corpus has them.
    pub(in crate::model) fn take_conflicts(&mut self, file: &RecordFile, other: &Self) {
        let Some(of) = apart(file) else { return };
        match other.conflicts.get(&of).cloned() {
            Some(all) => drop(self.conflicts.insert(of, all)),
            None => drop(self.conflicts.remove(&of)),
        }
    }

    /// Forgets the conflicts of a file that is no set, before it is read anew.
    pub(super) fn forget_conflicts(&mut self, file: &RecordFile) {
        if let Some(of) = apart(file) {
            self.conflicts.remove(&of);
        }
    }
}
