//! A file of records in memory: what stands in it, and how it is written.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use super::layout::FileKey;
use super::ron_text;
use crate::edit::Edit;
use crate::model::record::{ForRecord, Layout, Recorded, SpanUnit};
use crate::model::{
    Annotation, AnnotationSet, Filler, Progress, Project, Record, RecordFile, RecordKey, RecordKind, RecordType,
    SetKind,
};
use crate::text::{Outline, Text};

/// The field in the head of a set that says its kind; a person's set need not say it.
pub(super) const SET_KIND: &str = "kind";

/// The field in the head of a set that has the outline of its text; one with no places in it needs none.
pub(super) const OUTLINE: &str = "outline";

/// The content in a file of records.
#[derive(Debug, Clone)]
pub(super) struct Content {
    /// Its records: those of its head, then those that it is about, in the order of the file.
    pub records: Vec<Record>,
    /// The line of each record, from 1, as it was read.
    pub lines: Vec<u32>,
    /// Of a set: SHA-256 of the text that it was written for.
    pub sha256: String,
    /// Of a set: the outline of that text as it stands in the file; empty where the file has none.
    pub outline: String,
    /// Of a set: the kind that its header says; none where it says nothing.
    pub kind: Option<SetKind>,
    /// Header fields that this version does not know.
    pub extra: Vec<(String, String)>,
    /// Records that this version does not know, as they stand in the list of a kind.
    pub kept: Vec<(RecordKind, String)>,
}

impl Content {
    /// The content in a file that is not there.
    pub fn empty() -> Self {
        Self {
            records: Vec::new(),
            lines: Vec::new(),
            sha256: String::new(),
            outline: String::new(),
            kind: None,
            extra: Vec::new(),
            kept: Vec::new(),
        }
    }

    /// The same with the kind that a project says of a set's maker, where the file says none.
    pub fn with_kind(mut self, key: &FileKey, project: &Project) -> Self {
        if let FileKey::Set((_, maker), _) = key {
            self.kind = self.kind.or_else(|| Some(project.kind(maker)));
        }
        self
    }

    /// The amount of work in it: records, those that this version does not know, and fields.
    pub fn held(&self) -> usize {
        self.records.len() + self.kept.len() + self.extra.len()
    }

    /// True where nobody has said anything in it: neither a record, nor how far one is. So is a set from which an import or a
    /// first mark was taken back, and counts as one that is not there.
    pub fn is_blank(&self) -> bool {
        self.held() == 0
    }

    /// True where a record of it has a place in the text.
    fn has_places(&self) -> bool {
        let placed = |filler: &Filler| matches!(filler, Filler::Span(_));
        self.of::<Annotation>().any(|it| !it.at.is_empty() || it.roles.iter().any(|role| placed(&role.filler)))
    }

    /// The number of records that it has, known or not, beside those that are a field of its head.
    pub fn count(&self) -> usize {
        let listed = |record: &&Record| !matches!(record.key().kind.layout(), Layout::HeadField(_));
        self.records.iter().filter(listed).count() + self.kept.len()
    }

    /// All records by key.
    pub fn by_key(&self) -> BTreeMap<RecordKey, &Record> {
        self.records.iter().map(|record| (record.key(), record)).collect()
    }

    /// The edits that would turn this into `other`, by record; both are what stands in `file`.
    pub fn diff(&self, other: &Self, file: &RecordFile) -> Vec<Edit> {
        let old = self.by_key();
        let edit = |before: Option<&Record>, after: Option<&Record>| Edit {
            at: file.clone(),
            before: before.cloned(),
            after: after.cloned(),
        };
        let mut edits = Vec::new();
        for record in &other.records {
            let before = old.get(&record.key()).copied();
            if before != Some(record) {
                edits.push(edit(before, Some(record)));
            }
        }
        let there: HashSet<RecordKey> = other.records.iter().map(Record::key).collect();
        let gone = self.records.iter().filter(|record| !there.contains(&record.key()));
        edits.extend(gone.map(|record| edit(Some(record), None)));
        edits
    }

    /// Puts records in place of others, whatever is there; new ones go to the end in the order in which they come.
    pub fn apply(&mut self, changes: &[(RecordKey, Option<Record>)]) {
        self.lines.clear();
        let mut after: HashMap<&RecordKey, &Option<Record>> = changes.iter().map(|(key, after)| (key, after)).collect();
        self.records.retain_mut(|record| match after.remove(&record.key()) {
            None => true,
            Some(None) => false,
            Some(Some(new)) => {
                *record = new.clone();
                true
            }
        });
        self.records.extend(changes.iter().filter_map(|(key, _)| after.remove(key)?.clone()));
    }

    /// The records of a type, in the order of the file.
    pub fn of<T: RecordType>(&self) -> impl Iterator<Item = &Arc<T>> {
        self.records.iter().filter_map(T::of)
    }

    /// The set that these records are.
    pub fn set(&self) -> AnnotationSet {
        let progress = self.of::<Progress>().next().map_or(Progress::New, |progress| **progress);
        AnnotationSet::new(self.of().cloned(), progress)
            .with_decisions(self.of().cloned())
            .with_conflicts(self.of().cloned())
    }

    /// The file's text: the same content gives the same bytes.
    pub fn write(&self, key: &FileKey, text: Option<&Text>) -> String {
        let mut header = vec![("jejak", ron_text::VERSION.to_string())];
        let quoted = |text: &str| ron_text::line(&text);
        if let FileKey::Set((article, _), _) = key {
            header.push(("article", quoted(article)));
        }
        if let Some(maker) = key.maker() {
            header.push(("annotator", quoted(maker)));
        }
        if let FileKey::Set(..) = key {
            if let Some(kind) = self.kind.filter(|kind| *kind != SetKind::Person) {
                header.push((SET_KIND, ron_text::line(&kind)));
            }
            header.push(("sha256", quoted(&text.map_or_else(|| self.sha256.clone(), Text::sha256))));
            if self.has_places() {
                let outline = text.map_or_else(|| self.outline.clone(), Outline::written);
                header.extend((!outline.is_empty()).then(|| (OUTLINE, quoted(&outline))));
            }
        }
        let kinds: Vec<RecordKind> = RecordKind::of_file(key.records().kind()).collect();
        for kind in &kinds {
            if let Layout::HeadField(name) = kind.layout() {
                header.extend(self.lines_of(*kind, text).into_iter().map(|line| (name, line)));
            }
        }
        header.extend(self.extra.iter().map(|(name, value)| (name.as_str(), value.clone())));
        let (mut list, mut records) = ("", Vec::new());
        for kind in kinds {
            match kind.layout() {
                Layout::HeadLine(name) => {
                    let lines = self.lines_of(kind, text);
                    if !lines.is_empty() {
                        let lines: String = lines.into_iter().map(|line| format!("  {line},\n")).collect();
                        header.push((name, format!("[\n{lines} ]")));
                    }
                }
                Layout::Line(name) => (list, records) = (name, self.lines_of(kind, text)),
                Layout::HeadField(_) | Layout::Apart => {}
            }
        }
        ron_text::write(&header, list, records.into_iter())
    }

    /// The lines of a kind in their order, those that this version does not know last.
    fn lines_of(&self, kind: RecordKind, text: Option<&Text>) -> Vec<String> {
        let mut lines = kind.with(Lines { content: self, text });
        lines.extend(self.kept.iter().filter(|(of, _)| *of == kind).map(|(_, raw)| raw.clone()));
        lines
    }
}

struct Lines<'a> {
    content: &'a Content,
    text: Option<&'a Text>,
}

impl crate::model::record::ForKind for Lines<'_> {
    type Out = Vec<String>;

    fn call<T: Recorded + RecordType>(self) -> Vec<String> {
        let mut records: Vec<&Arc<T>> = self.content.of::<T>().collect();
        records.sort_by(|a, b| a.order(b));
        records.into_iter().map(|record| ron_text::line(&record.line(self.text, SpanUnit::Chars))).collect()
    }
}

/// A record on one line, as it stands in files: places are code points of the text, bytes where there is none.
#[must_use]
pub fn as_line(record: &Record, text: Option<&Text>) -> String {
    struct Line<'a>(Option<&'a Text>);
    impl ForRecord for Line<'_> {
        type Out = String;
        fn call<T: Recorded + RecordType>(self, record: &Arc<T>) -> String {
            ron_text::line(&record.line(self.0, SpanUnit::Chars))
        }
    }
    record.with(Line(text))
}
