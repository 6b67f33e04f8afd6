use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded};
use super::line::SpanUnit;
use crate::model::corpus::Corpus;
use crate::model::{Id, Judgement, Origin, Verdict};
use crate::text::Text;

/// A judgement in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct JudgementLine {
    id: Id,
    of: (Pointer, Pointer),
    verdict: Verdict,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    origin: Origin,
}

/// A referent as roles name it, by which a merge sees that it is needed.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Pointer {
    Referent(Id),
}

impl Recorded for Judgement {
    type Line = JudgementLine;

    const NOUN: &'static str = "judgement";
    const FILE: FileKind = FileKind::Referents;
    const LAYOUT: Layout = Layout::HeadLine("judgements");

    fn id(&self) -> RecordId {
        RecordId::Id(self.id)
    }

    fn line(&self, _: Option<&Text>, _: SpanUnit) -> JudgementLine {
        let Self { id, of: (one, other), verdict, note, origin } = self.clone();
        JudgementLine { id, of: (Pointer::Referent(one), Pointer::Referent(other)), verdict, note, origin }
    }

    fn line_id(line: &JudgementLine) -> RecordId {
        RecordId::Id(line.id)
    }

    fn trust(line: JudgementLine) -> Self {
        let JudgementLine { id, of: (Pointer::Referent(one), Pointer::Referent(other)), verdict, note, origin } = line;
        Self { id, of: (one, other), verdict, note, origin }
    }

    fn order(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }

    fn rename(line: &mut JudgementLine, id: Id) -> bool {
        line.id = id;
        true
    }

    fn repoint(line: &mut JudgementLine, name: &dyn Fn(Id) -> Id) {
        for Pointer::Referent(id) in [&mut line.of.0, &mut line.of.1] {
            *id = name(*id);
        }
    }

    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let (RecordFile::Referents(maker), RecordId::Id(id)) = (file, id) else { return None };
        corpus.judgements(maker)?.get(id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        let RecordFile::Referents(maker) = file else { return Vec::new() };
        corpus.judgements(maker).map_or_else(Vec::new, |all| all.values().cloned().collect())
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let (RecordFile::Referents(maker), RecordId::Id(id)) = (file, id) {
            corpus.put_judgement(maker, *id, after);
        }
    }
}
