use std::cmp::Ordering;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::kind::{FileKind, Layout, RecordFile, RecordId, Recorded, Renumber};
use super::line::SpanUnit;
use crate::model::corpus::Corpus;
use crate::model::{ArticleId, Dismissal, Dismissed, Id, Origin, Quote};
use crate::text::Text;

/// A dismissal in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct DismissalLine {
    id: Id,
    of: DismissedLine,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    note: String,
    origin: Origin,
}

/// The thing that is dismissed, with referents as roles name them, by which a merge sees that they are needed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum DismissedLine {
    Words {
        article: ArticleId,
        digest: String,
        at: Quote,
    },
    Finding {
        code: String,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        about: Vec<String>,
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        referents: Vec<Pointer>,
    },
}

/// A referent as roles name it.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
enum Pointer {
    Referent(Id),
}

impl From<Dismissed> for DismissedLine {
    fn from(of: Dismissed) -> Self {
        match of {
            Dismissed::Words { article, digest, at } => Self::Words { article, digest, at },
            Dismissed::Finding { code, about, referents } => {
                Self::Finding { code, about, referents: referents.into_iter().map(Pointer::Referent).collect() }
            }
        }
    }
}

impl From<DismissedLine> for Dismissed {
    fn from(of: DismissedLine) -> Self {
        match of {
            DismissedLine::Words { article, digest, at } => Self::Words { article, digest, at },
            DismissedLine::Finding { code, about, referents } => {
                let referents = referents.into_iter().map(|Pointer::Referent(id)| id).collect();
                Self::Finding { code, about, referents }
            }
        }
    }
}

impl Recorded for Dismissal {
    type Line = DismissalLine;

    const NOUN: &'static str = "dismissal";
    const FILE: FileKind = FileKind::Referents;
    const LAYOUT: Layout = Layout::HeadLine("dismissals");

    fn id(&self) -> RecordId {
        RecordId::Id(self.id)
    }

    fn line(&self, _: Option<&Text>, _: SpanUnit) -> DismissalLine {
        let Self { id, of, note, origin } = self.clone();
        DismissalLine { id, of: of.into(), note, origin }
    }

    fn line_id(line: &DismissalLine) -> RecordId {
        RecordId::Id(line.id)
    }

    fn trust(line: DismissalLine) -> Self {
        let DismissalLine { id, of, note, origin } = line;
        Self { id, of: of.into(), note, origin }
    }

    fn order(&self, other: &Self) -> Ordering {
        self.id.cmp(&other.id)
    }

    fn rename(line: &mut DismissalLine, id: Id) -> bool {
        line.id = id;
        true
    }

    fn repoint(line: &mut DismissalLine, name: &dyn Fn(Id) -> Id) {
        if let DismissedLine::Finding { referents, .. } = &mut line.of {
            for Pointer::Referent(id) in referents {
                *id = name(*id);
            }
        }
    }

    fn article(&self) -> Option<&ArticleId> {
        match &self.of {
            Dismissed::Words { article, .. } => Some(article),
            Dismissed::Finding { .. } => None,
        }
    }

    fn renumber(line: &mut DismissalLine, number: Renumber<'_>) {
        if let DismissedLine::Words { article, digest, .. } = &mut line.of {
            *article = number(article, digest);
        }
    }

    fn find(corpus: &Corpus, file: &RecordFile, id: &RecordId) -> Option<Arc<Self>> {
        let (RecordFile::Referents(maker), RecordId::Id(id)) = (file, id) else { return None };
        corpus.dismissals(maker)?.get(id).cloned()
    }

    fn all(corpus: &Corpus, file: &RecordFile) -> Vec<Arc<Self>> {
        let RecordFile::Referents(maker) = file else { return Vec::new() };
        corpus.dismissals(maker).map_or_else(Vec::new, |all| all.values().cloned().collect())
    }

    fn put(corpus: &mut Corpus, file: &RecordFile, id: &RecordId, after: Option<Arc<Self>>) {
        if let (RecordFile::Referents(maker), RecordId::Id(id)) = (file, id) {
            corpus.put_dismissal(maker, *id, after);
        }
    }
}
