//! The side of a conflict that a merge kept aside, as a record again, and both in words.

use super::layout::FileKey;
use super::session::Session;
use super::{content, project_file, raw, renumber, ron_text};
use crate::model::record::{ForKind, Layout, LineContext, Recorded};
use crate::model::{
    ArticleId, Conflict, ConflictOf, Id, Problem, Project, Record, RecordFile, RecordId, RecordKey, RecordKind,
    RecordType,
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
    /// The other side of a conflict of a file that is loaded; none where this version cannot read it, or where it is about
    /// what is no record: then the file has to be looked at.
    #[must_use]
    pub fn their_side(&self, file: &RecordFile, conflict: &Conflict) -> Option<TheirSide> {
        let kinds = RecordKind::of_file(file.kind()).filter(|kind| *kind != RecordKind::Conflict);
        let kinds: Vec<RecordKind> = kinds.collect();
        match &conflict.of {
            ConflictOf::Field(name) => {
                let is_field = |kind: &RecordKind| matches!(kind.layout(), Layout::HeadField(own) if own == name);
                let kind = kinds.into_iter().find(is_field)?;
                let record = self.record_of(file, kind, conflict.theirs.as_ref()?)?;
                Some(TheirSide { key: RecordKey { kind, id: RecordId::Only }, record: Some(record) })
            }
            ConflictOf::Record(name) => match &conflict.theirs {
                Some(theirs) => {
                    let record = kinds.into_iter().find_map(|kind| self.record_of(file, kind, theirs))?;
                    Some(TheirSide { key: record.key(), record: Some(record) })
                }
                None => {
                    let id = match file {
                        RecordFile::Articles => RecordId::Article(ArticleId::new(name)?),
                        _ => RecordId::Id(name.parse::<Id>().ok()?),
                    };
                    // The record of a field has no id.
                    let listed = kinds.into_iter().filter(|kind| !matches!(kind.layout(), Layout::HeadField(_)));
                    let mut keys = listed.map(|kind| RecordKey { kind, id: id.clone() });
                    // A record that both have deleted by now is of whatever kind.
                    let there = keys.clone().find(|key| self.corpus.record(file, key).is_some());
                    let key = there.or_else(|| keys.next().filter(|_| file.set().is_none()))?;
                    Some(TheirSide { key, record: None })
                }
            },
        }
    }

    /// The settings of the project where what both sides of a merge changed is as theirs have it; none where this version
    /// cannot read that.
    #[must_use]
    pub fn their_settings(&self, conflict: &Conflict) -> Option<Project> {
        project_file::with_theirs(&self.corpus.project, conflict)
    }

    fn record_of(&self, file: &RecordFile, kind: RecordKind, raw: &str) -> Option<Record> {
        let (text, maker) = match file {
            RecordFile::Set((article, maker)) => (Some(self.corpus.text(article)?), Some(maker)),
            RecordFile::Referents(maker) | RecordFile::Comments(maker) | RecordFile::Runs(maker) => (None, Some(maker)),
            RecordFile::Articles | RecordFile::Schema => (None, None),
        };
        let reading = LineContext {
            schema: &self.corpus.schema,
            text,
            maker,
            sha256: text.map(crate::text::Text::sha256).unwrap_or_default(),
            outline: String::new(),
            placer: None,
            problems: Vec::new(),
        };
        let record = kind.with(ReadOne { raw, reading })?;
        renumber::found_again(&self.corpus, vec![record]).pop()
    }

    /// Says anew of the files whose conflicts a change was about how many of them are left.
    pub(super) fn recount_conflicts<'a>(&mut self, files: impl IntoIterator<Item = &'a RecordFile>) {
        for file in files {
            let Some(path) = FileKey::of(file).map(|key| self.placed(key).path()) else { continue };
            let left = self.corpus.conflicts(file).len();
            self.say_left(&path, left, file.set().map(|(article, _)| article.clone()));
        }
    }

    /// Says anew how many conflicts are left in the settings.
    pub(super) fn recount_settings(&mut self) {
        self.say_left(project_file::FILE, self.corpus.project.conflicts.len(), None);
    }

    fn say_left(&mut self, path: &str, left: usize, article: Option<ArticleId>) {
        self.problems.retain(|it| it.code != raw::CONFLICT || it.file.as_deref() != Some(path));
        if left > 0 {
            let problem = raw::left_to_decide(left).at(path, None);
            self.problems.push(Problem { article: article.map(|article| article.to_string()), ..problem });
        }
    }
}

/// The fields in which two versions of a record that is in no text differ, each with what both say, as far as can be in
/// words; when and by whom they were changed only where nothing else differs. One that is deleted has no field.
#[must_use]
pub fn differing_fields(sides: [Option<&Record>; 2]) -> Vec<(String, [String; 2])> {
    let lines = sides.map(|side| side.map(|record| content::as_line(record, None)).unwrap_or_default());
    let fields = lines.each_ref().map(|line| ron_text::fields(line).unwrap_or_default());
    let mut names: Vec<&String> = Vec::new();
    for (name, _) in fields.iter().flatten().filter(|(name, _)| name != "id") {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let value = |side: usize, name: &String| {
        let found = fields[side].iter().find(|(field, _)| field == name);
        found.map_or(String::new(), |(_, value)| in_words(value))
    };
    let both = |name: &&String| ((*name).clone(), [value(0, name), value(1, name)]);
    let mut differing: Vec<_> = names.iter().map(both).filter(|(_, [ours, theirs])| ours != theirs).collect();
    if differing.iter().any(|(name, _)| name != "origin") {
        differing.retain(|(name, _)| name != "origin");
    }
    differing
}

/// A value of a file in words, where it is some; as it stands otherwise.
#[must_use]
pub fn in_words(value: &str) -> String {
    type Words = Vec<(u32, u32, String)>;
    let text = || ron_text::value::<String>(value).ok();
    let texts = || Some(ron_text::value::<Vec<String>>(value).ok()?.join(", "));
    let pairs = || {
        let pairs = ron_text::value::<Vec<(String, String)>>(value).ok()?;
        Some(pairs.iter().map(|(name, value)| format!("{name}: {value}")).collect::<Vec<_>>().join(", "))
    };
    let words = || {
        let words = ron_text::value::<Words>(value).ok()?;
        Some(words.into_iter().map(|(.., words)| words).collect::<Vec<_>>().join(" … "))
    };
    text().or_else(texts).or_else(pairs).or_else(words).unwrap_or_else(|| value.to_owned())
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
