use std::cmp::Ordering;
use std::sync::Arc;

use super::kind::{FileKind, Layout, LineContext, RecordFile, RecordId, Recorded};
use super::line::{AnnotationLine, SpanUnit};
use super::place::Placer;
use crate::message;
use crate::model::corpus::Corpus;
use crate::model::set::place;
use crate::model::{Annotation, Id, Problem};
use crate::text::{Outline, Text};

impl Recorded for Annotation {
    type Line = AnnotationLine;

    const NOUN: &'static str = "annotation";
    const FILE: FileKind = FileKind::Set;
    const LAYOUT: Layout = Layout::Line("annotations");

    fn id(&self) -> RecordId {
        RecordId::Id(self.id)
    }

    fn line(&self, text: Option<&Text>, unit: SpanUnit) -> AnnotationLine {
        AnnotationLine::new(self, text, unit)
    }

    fn line_id(line: &AnnotationLine) -> RecordId {
        RecordId::Id(line.id)
    }

    fn trust(line: AnnotationLine) -> Self {
        line.trusted()
    }

    fn prepare(lines: &[&AnnotationLine], reading: &mut LineContext<'_>) {
        let text = reading.text.expect("a set is read after its text");
        let placer = Placer::new(text, SpanUnit::Chars, reading.schema);
        reading.placer = Some(if reading.sha256 == text.sha256() {
            placer
        } else {
            let message = message!("set-text-changed");
            reading.problems.push(Problem::warning("text-changed", message));
            let before = Outline::read(&reading.outline, &reading.sha256);
            placer.moved(before.as_ref(), lines.iter().copied())
        });
    }

    fn read(line: AnnotationLine, reading: &mut LineContext<'_>) -> Self {
        let placer = reading.placer.as_ref().expect("a file is prepared before its lines are read");
        let mut record = placer.annotation(line, &mut reading.problems);
        if let Some(maker) = reading.maker.filter(|maker| **maker == record.origin.by) {
            record.origin.by = maker.clone();
        }
        record
    }

    fn order(&self, other: &Self) -> Ordering {
        place(self).cmp(&place(other))
    }

    fn rename(line: &mut AnnotationLine, id: Id) -> bool {
        line.id = id;
        true
    }

    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let (RecordFile::Set((article, annotator)), RecordId::Id(id)) = (file, id) else { return None };
        corpus.annotation(article, annotator, *id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        let set = file.set().and_then(|(article, annotator)| corpus.set(article, annotator));
        set.map_or_else(Vec::new, |set| set.iter().cloned().collect())
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let (RecordFile::Set(key), RecordId::Id(id)) = (file, id) {
            corpus.set_mut(key).put(*id, after.as_ref());
        }
    }
}
