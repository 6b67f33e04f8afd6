//! The side of a conflict that a merge kept aside, as a record again.

use super::ron_text;
use super::session::Session;
use crate::model::record::{ForKind, Layout, LineContext, Recorded};
use crate::model::{
    Conflict, ConflictOf, Id, Problem, Record, RecordFile, RecordId, RecordKey, RecordKind, RecordType, SetKey,
};

/// The other side of a conflict.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TheirSide {
    /// The name of the record that both changed.
    pub key: RecordKey,
    /// Their record; none where they deleted it.
    pub record: Option<Record>,
}

impl Session {
    /// The other side of a conflict of a set that is loaded; none where this version cannot read it, or where it is about
    /// what is no record: then the file has to be looked at.
    #[must_use]
    pub fn their_side(&self, set: &SetKey, conflict: &Conflict) -> Option<TheirSide> {
        let file = RecordFile::Set(set.clone());
        let kinds = RecordKind::of_file(file.kind()).filter(|kind| *kind != RecordKind::Conflict);
        let kinds: Vec<RecordKind> = kinds.collect();
        match &conflict.of {
            ConflictOf::Field(name) => {
                let is_field = |kind: &RecordKind| matches!(kind.layout(), Layout::HeadField(own) if own == name);
                let kind = kinds.into_iter().find(is_field)?;
                let record = self.record_of(set, kind, conflict.theirs.as_ref()?)?;
                Some(TheirSide { key: RecordKey { kind, id: RecordId::Only }, record: Some(record) })
            }
            ConflictOf::Record(name) => match &conflict.theirs {
                Some(theirs) => {
                    let record = kinds.into_iter().find_map(|kind| self.record_of(set, kind, theirs))?;
                    Some(TheirSide { key: record.key(), record: Some(record) })
                }
                None => {
                    let id = RecordId::Id(name.parse::<Id>().ok()?);
                    // The record of a field has no id.
                    let listed = kinds.into_iter().filter(|kind| !matches!(kind.layout(), Layout::HeadField(_)));
                    let keys = listed.map(|kind| RecordKey { kind, id: id.clone() });
                    let key = keys.into_iter().find(|key| self.corpus.record(&file, key).is_some())?;
                    Some(TheirSide { key, record: None })
                }
            },
        }
    }

    fn record_of(&self, (article, maker): &SetKey, kind: RecordKind, raw: &str) -> Option<Record> {
        let text = self.corpus.text(article)?;
        let reading = LineContext {
            schema: &self.corpus.schema,
            text: Some(text),
            maker: Some(maker),
            sha256: text.sha256(),
            placer: None,
            problems: Vec::new(),
        };
        kind.with(ReadOne { raw, reading })
    }

    /// Says anew of the sets whose conflicts a change was about how many of them are left.
    pub(super) fn recount_conflicts<'a>(&mut self, sets: impl IntoIterator<Item = &'a SetKey>) {
        for (article, maker) in sets {
            let Some(known) = self.corpus.article(article) else { continue };
            let path = super::layout::FileKey::set(known, maker).path();
            self.problems.retain(|it| it.code != super::raw::CONFLICT || it.file.as_deref() != Some(&path));
            let left = self.corpus.set(article, maker).map_or(0, |set| set.conflicts().len());
            if left > 0 {
                let problem = super::raw::left_to_decide(left).at(&path, None);
                self.problems.push(Problem { article: Some(article.to_string()), ..problem });
            }
        }
    }
}

/// Reads a record of a kind by itself.
struct ReadOne<'a, 'b> {
    raw: &'a str,
    reading: LineContext<'b>,
}

impl ForKind for ReadOne<'_, '_> {
    type Out = Option<Record>;

    fn call<T: Recorded + RecordType>(mut self) -> Option<Record> {
        let line: T::Line = ron_text::value(self.raw).ok()?;
        T::check(&line).ok()?;
        T::prepare(&[&line], &mut self.reading);
        Some(T::record(std::sync::Arc::new(T::read(line, &mut self.reading))))
    }
}
