//! Transactions as the journal has them: a line each, what is empty left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde::{Deserialize, Serialize, Serializer};

use crate::edit::{Edit, Focus, Transaction};
use crate::model::record::{FillerLine, RecordLine, Renumber};
use crate::model::{Annotation, ArticleId, Filler, Id, Name, RecordFile, Timestamp, digest};
use crate::text::{Anchor, Span, Text};

/// A transaction in the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct TransactionWire {
    pub title: String,
    pub by: Name,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub focus: Vec<(ArticleId, Name, Vec<Id>)>,
    pub edits: Vec<EditWire>,
    /// SHA-256 of each text that spans are places in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub texts: Vec<(ArticleId, String)>,
    /// The words before and after each span, by its first and last byte.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub around: Around,
}

/// An edit in the journal; no record, or one, on either side.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct EditWire {
    pub at: RecordFile,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub before: Vec<RecordLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<RecordLine>,
}

/// For each article its spans, by first and last byte, with what stands before and after them.
pub(super) type Around = Vec<(ArticleId, Vec<(u32, u32, String, String)>)>;

/// Spans of one transaction whose surroundings go into the journal; a bulk change has more, and its words must do.
const MAX_AROUND: usize = 1_000;

impl EditWire {
    fn new(edit: &Edit, texts: &HashMap<ArticleId, Text>) -> Self {
        let text = edit.set().and_then(|(article, _)| texts.get(article));
        let side = |record| RecordLine::new(record, text);
        Self {
            at: edit.at.clone(),
            before: edit.before.iter().map(side).collect(),
            after: edit.after.iter().map(side).collect(),
        }
    }

    fn edit(self) -> Option<Edit> {
        let side = |lines: Vec<RecordLine>| match lines.into_iter().next() {
            None => Some(None),
            Some(line) => line.trust().map(Some),
        };
        Some(Edit { at: self.at, before: side(self.before)?, after: side(self.after)? })
    }

    fn has_spans(&self) -> bool {
        self.before.iter().chain(&self.after).any(|line| matches!(line, RecordLine::Annotation(_)))
    }
}

/// A transaction on its way into the journal, as [`TransactionWire`] is read from it.
#[derive(Serialize)]
pub(super) struct TransactionOut<'a> {
    title: &'a str,
    by: &'a Name,
    at: Timestamp,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    focus: Vec<(&'a ArticleId, &'a Name, Vec<Id>)>,
    edits: Edits<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    texts: &'a Vec<(ArticleId, String)>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    around: Around,
}

/// Edits, one put into words after the other.
struct Edits<'a> {
    edits: &'a [Edit],
    texts: &'a HashMap<ArticleId, Text>,
}

impl Serialize for Edits<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.edits.iter().map(|edit| EditWire::new(edit, self.texts)))
    }
}

impl<'a> TransactionOut<'a> {
    /// The journal's form of a transaction, with the words of each span taken from `texts`.
    pub fn new(transaction: &'a Transaction, texts: &'a HashMap<ArticleId, Text>) -> Self {
        let focus = transaction.focus.iter();
        Self {
            title: &transaction.title,
            by: &transaction.by,
            at: transaction.at,
            focus: focus
                .map(|focus| (&focus.article, &focus.annotator, focus.annotation.into_iter().collect()))
                .collect(),
            edits: Edits { edits: &transaction.edits, texts },
            texts: &transaction.texts,
            around: around(transaction, texts),
        }
    }
}

impl TransactionWire {
    /// SHA-256 of the text of an article that spans are places in; none where an older version wrote the line.
    pub fn text(&self, article: &ArticleId) -> Option<&str> {
        self.texts.iter().find(|(of, _)| of == article).map(|(_, sha256)| sha256.as_str())
    }

    /// The articles whose annotations are changed.
    pub fn articles(&self) -> BTreeSet<&ArticleId> {
        let edits = self.edits.iter().filter(|edit| edit.has_spans());
        edits.filter_map(|edit| edit.at.set()).map(|(article, _)| article).collect()
    }

    /// The way in which each span on the text of an article is found again, by its first and last byte.
    pub fn anchors(&self, article: &ArticleId) -> HashMap<(u32, u32), Anchor> {
        let mut anchors: HashMap<(u32, u32), Anchor> = HashMap::new();
        for edit in &self.edits {
            if edit.at.set().is_none_or(|(of, _)| of != article) {
                continue;
            }
            for line in edit.before.iter().chain(&edit.after) {
                let RecordLine::Annotation(line) = line else { continue };
                let words = line.roles.iter().filter_map(|(_, filler)| match filler {
                    FillerLine::Span(spans) => Some(spans),
                    _ => None,
                });
                for (start, end, quote) in line.at.iter().chain(words.flatten()) {
                    anchors.entry((*start, *end)).or_default().quote.clone_from(quote);
                }
            }
        }
        for (start, end, before, after) in self.around.iter().filter(|(of, _)| of == article).flat_map(|(_, all)| all) {
            if let Some(anchor) = anchors.get_mut(&(*start, *end)) {
                anchor.before.clone_from(before);
                anchor.after.clone_from(after);
            }
        }
        anchors
    }

    /// The same with the numbers that its articles have now, as `number` says of a number and the first digits of a
    /// hash.
    pub fn renumbered(mut self, number: Renumber<'_>) -> Self {
        let numbers: HashMap<ArticleId, ArticleId> =
            self.texts.iter().map(|(id, sha256)| (id.clone(), number(id, digest(sha256)))).collect();
        let put = |id: &mut ArticleId| {
            if let Some(now) = numbers.get(id) {
                *id = now.clone();
            }
        };
        self.focus.iter_mut().for_each(|(article, ..)| put(article));
        self.texts.iter_mut().for_each(|(article, _)| put(article));
        self.around.iter_mut().for_each(|(article, _)| put(article));
        for edit in &mut self.edits {
            if let RecordFile::Set((article, _)) = &mut edit.at {
                put(article);
            }
            edit.before.iter_mut().chain(&mut edit.after).for_each(|line| line.renumber(number));
        }
        self
    }

    /// The transaction; none where a record in it is not what this version knows.
    pub fn transaction(self) -> Option<Transaction> {
        let focus = self.focus.into_iter().next();
        Some(Transaction {
            title: self.title,
            by: self.by,
            at: self.at,
            focus: focus.map(|(article, annotator, ids)| Focus {
                article,
                annotator,
                annotation: ids.first().copied(),
            }),
            edits: self.edits.into_iter().map(EditWire::edit).collect::<Option<_>>()?,
            texts: self.texts,
        })
    }
}

/// The words around the spans of a transaction, as far as the journal keeps it.
fn around(transaction: &Transaction, texts: &HashMap<ArticleId, Text>) -> Around {
    let mut spans: BTreeMap<&ArticleId, BTreeSet<(u32, u32)>> = BTreeMap::new();
    let mut count = 0;
    for edit in &transaction.edits {
        let Some((article, _)) = edit.set() else { continue };
        let Some((before, after)) = edit.sides::<Annotation>() else { continue };
        for record in before.into_iter().chain(after) {
            let words = record.roles.iter().filter_map(|role| match &role.filler {
                Filler::Span(at) => Some(at),
                Filler::Annotation(_) | Filler::Value(_) => None,
            });
            let places = record.at.iter().chain(words.flatten()).map(|span| (span.start, span.end));
            let of = spans.entry(article).or_default();
            for place in places {
                count += usize::from(of.insert(place));
            }
        }
        if count > MAX_AROUND {
            return Vec::new();
        }
    }
    let around = |(article, places): (&ArticleId, BTreeSet<(u32, u32)>)| {
        let text = texts.get(article)?;
        let one = |(start, end): (u32, u32)| {
            text.as_str().get(start as usize..end as usize)?;
            let anchor = Anchor::of(text, Span::new(start, end));
            Some((start, end, anchor.before, anchor.after))
        };
        let all: Vec<_> = places.into_iter().filter_map(one).collect();
        (!all.is_empty()).then(|| (article.clone(), all))
    };
    spans.into_iter().filter_map(around).collect()
}
