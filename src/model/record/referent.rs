use crate::lang::Message;
use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::{FileKind, Layout, LineContext, RecordFile, RecordId, Recorded};
use super::line::{FillerLine, SpanUnit, roles_line};
use crate::message;
use crate::model::corpus::Corpus;
use crate::model::{Filler, Id, Name, Origin, Referent, Role, Value};
use crate::text::Text;

impl Recorded for Referent {
    type Line = ReferentLine;

    const NOUN: &'static str = "referent";
    const FILE: FileKind = FileKind::Referents;
    const LAYOUT: Layout = Layout::Line("referents");

    fn id(&self) -> RecordId {
        RecordId::Id(self.id)
    }

    fn line(&self, _: Option<&Text>, _: SpanUnit) -> ReferentLine {
        ReferentLine::new(self)
    }

    fn line_id(line: &ReferentLine) -> RecordId {
        RecordId::Id(line.id)
    }

    fn check(line: &ReferentLine) -> Result<(), Message> {
        let of_text = |filler: &FillerLine| matches!(filler, FillerLine::Annotation(_) | FillerLine::Span(_));
        match line.roles.iter().any(|(_, filler)| of_text(filler)) {
            true => Err(message!("referent-by-words")),
            false => Ok(()),
        }
    }

    fn trust(line: ReferentLine) -> Self {
        line.referent()
    }

    fn read(line: ReferentLine, reading: &mut LineContext<'_>) -> Self {
        let mut record = Self::trust(line);
        if let Some(label) = reading.schema.label(&record.label) {
            record.label = label.name.clone();
        }
        record
    }

    fn order(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }

    fn rename(line: &mut ReferentLine, id: Id) -> bool {
        line.id = id;
        true
    }

    fn repoint(line: &mut ReferentLine, name: &dyn Fn(Id) -> Id) {
        for (_, filler) in &mut line.roles {
            if let FillerLine::Referent(to) = filler {
                *to = name(*to);
            }
        }
    }

    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let (RecordFile::Referents(maker), RecordId::Id(id)) = (file, id) else { return None };
        corpus.referents(maker)?.get(id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        let RecordFile::Referents(maker) = file else { return Vec::new() };
        corpus.referents(maker).map_or_else(Vec::new, |all| all.values().cloned().collect())
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let (RecordFile::Referents(maker), RecordId::Id(id)) = (file, id) {
            corpus.put_referent(maker, *id, after);
        }
    }
}

/// A referent in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReferentLine {
    pub id: Id,
    pub label: Name,
    pub name: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<(Name, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub external: Vec<(Name, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<(Name, FillerLine)>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub origin: Origin,
}

impl ReferentLine {
    /// The line of a referent.
    pub fn new(record: &Referent) -> Self {
        Self {
            id: record.id,
            label: record.label.clone(),
            name: record.name.clone(),
            attributes: record.attributes.clone(),
            external: record.external.clone(),
            roles: roles_line(&record.roles, FillerLine::Referent, |_| Vec::new()),
            note: record.note.clone(),
            origin: record.origin.clone(),
        }
    }

    /// The referent of a line whose roles are filled as only a referent's can be.
    fn referent(self) -> Referent {
        let role = |(name, filler)| {
            let filler = match filler {
                FillerLine::Referent(id) => Filler::Annotation(id),
                FillerLine::Date(date) => Filler::Value(Value::Date(date)),
                FillerLine::Text(text) => Filler::Value(Value::Text(text)),
                FillerLine::Annotation(_) | FillerLine::Span(_) => return None,
            };
            Some(Role { name, filler })
        };
        Referent {
            id: self.id,
            label: self.label,
            name: self.name,
            attributes: self.attributes,
            external: self.external,
            roles: self.roles.into_iter().filter_map(role).collect(),
            note: self.note,
            origin: self.origin,
        }
    }
}
