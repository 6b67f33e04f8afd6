//! Records as they stand in files: one line each, what is empty left out.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::edit::{Edit, Focus, Transaction};
use crate::model::{
    Annotation, Article, ArticleId, Change, Comment, Date, Decision, Drift, DriftedSpan, Filler, Id, LabelDef, Name,
    Origin, Progress, Referent, Role, Timestamp, Value, digest,
};
use crate::text::{Anchor, Span, Text};

/// What the numbers beside a quote count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Bytes of UTF-8: in the journal, which is read without the text.
    Bytes,
    /// Code points: in every file that others read.
    Chars,
}

/// Start, end and words of a fragment.
pub(super) type SpanLine = (u32, u32, String);

/// An annotation in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnnotationLine {
    pub id: Id,
    pub label: Name,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub at: Vec<SpanLine>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<(Name, String)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<(Name, FillerLine)>,
    #[serde(default, skip_serializing_if = "Option::is_none", with = "bare")]
    pub referent: Option<Id>,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    pub origin: Origin,
    /// Fragments that had no place when this was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drift: Vec<SpanLine>,
    /// Bare words of roles that had no place when this was written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub drifted_roles: Vec<(Name, SpanLine)>,
}

/// What fills a role, in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum FillerLine {
    Annotation(Id),
    Referent(Id),
    Span(Vec<SpanLine>),
    Date(Date),
    Text(String),
}

/// A referent in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReferentLine {
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

/// What is known about an article, in a file.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ArticleLine {
    pub id: ArticleId,
    pub title: String,
    pub file: String,
    pub sha256: String,
    pub chars: u32,
    pub words: u32,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub publisher: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub published: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub url: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub language: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source: String,
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub source_sha256: String,
}

/// An id that stands bare where it is there, and whose field is left out where it is not.
mod bare {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use crate::model::Id;

    pub fn serialize<S: Serializer>(id: &Option<Id>, serializer: S) -> Result<S::Ok, S::Error> {
        id.expect("the field is left out where there is none").serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Id>, D::Error> {
        Id::deserialize(deserializer).map(Some)
    }
}

impl AnnotationLine {
    /// The line of an annotation on `text`.
    pub fn new(record: &Annotation, text: &Text, unit: Unit) -> Self {
        let span = |span: &Span| match (unit, text.as_str().get(span.range())) {
            (Unit::Chars, Some(quote)) => {
                (text.byte_to_char(span.start), text.byte_to_char(span.end), quote.to_owned())
            }
            // Where the text is another one there is nothing to count.
            (_, quote) => (span.start, span.end, quote.unwrap_or_default().to_owned()),
        };
        let drifted = |span: &DriftedSpan| (span.start, span.end, span.quote.clone());
        let drift = record.drift.as_deref();
        Self {
            id: record.id,
            label: record.label.clone(),
            at: record.at.iter().map(span).collect(),
            attributes: record.attributes.clone(),
            roles: roles_line(&record.roles, FillerLine::Annotation, |spans| spans.iter().map(span).collect()),
            referent: record.referent,
            note: record.note.clone(),
            origin: record.origin.clone(),
            drift: drift.map_or(Vec::new(), |drift| drift.spans.iter().map(drifted).collect()),
            drifted_roles: drift.map_or(Vec::new(), |drift| {
                drift.roles.iter().map(|(role, span)| (role.clone(), drifted(span))).collect()
            }),
        }
    }

    /// The annotation of a line of the journal, its spans taken on trust.
    pub fn trusted(self) -> Annotation {
        let drifted = |(start, end, quote)| DriftedSpan { start, end, quote };
        let spans = |spans: Vec<SpanLine>| spans.into_iter().map(|(start, end, _)| Span::new(start, end)).collect();
        let drift = Drift {
            spans: self.drift.into_iter().map(drifted).collect(),
            roles: self.drifted_roles.into_iter().map(|(role, span)| (role, drifted(span))).collect(),
        };
        let role = |(name, filler)| {
            let filler = match filler {
                FillerLine::Annotation(id) | FillerLine::Referent(id) => Filler::Annotation(id),
                FillerLine::Span(at) => Filler::Span(spans(at)),
                FillerLine::Date(date) => Filler::Value(Value::Date(date)),
                FillerLine::Text(text) => Filler::Value(Value::Text(text)),
            };
            Role { name, filler }
        };
        Annotation {
            id: self.id,
            label: self.label,
            at: spans(self.at),
            attributes: self.attributes,
            roles: self.roles.into_iter().map(role).collect(),
            referent: self.referent,
            note: self.note,
            origin: self.origin,
            drift: (drift != Drift::default()).then(|| Box::new(drift)),
        }
    }
}

fn roles_line(
    roles: &[Role],
    pointer: fn(Id) -> FillerLine,
    spans: impl Fn(&[Span]) -> Vec<SpanLine>,
) -> Vec<(Name, FillerLine)> {
    let filler = |filler: &Filler| match filler {
        Filler::Annotation(id) => pointer(*id),
        Filler::Span(at) => FillerLine::Span(spans(at)),
        Filler::Value(Value::Date(date)) => FillerLine::Date(date.clone()),
        Filler::Value(Value::Text(text)) => FillerLine::Text(text.clone()),
    };
    roles.iter().map(|role| (role.name.clone(), filler(&role.filler))).collect()
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

    /// The referent of a line; none where a role is filled as only an annotation's can be.
    pub fn referent(self) -> Option<Referent> {
        let role = |(name, filler)| {
            let filler = match filler {
                FillerLine::Referent(id) => Filler::Annotation(id),
                FillerLine::Date(date) => Filler::Value(Value::Date(date)),
                FillerLine::Text(text) => Filler::Value(Value::Text(text)),
                FillerLine::Annotation(_) | FillerLine::Span(_) => return None,
            };
            Some(Role { name, filler })
        };
        Some(Referent {
            id: self.id,
            label: self.label,
            name: self.name,
            attributes: self.attributes,
            external: self.external,
            roles: self.roles.into_iter().map(role).collect::<Option<_>>()?,
            note: self.note,
            origin: self.origin,
        })
    }
}

impl From<&Article> for ArticleLine {
    fn from(article: &Article) -> Self {
        let Article {
            id,
            title,
            file,
            sha256,
            chars,
            words,
            publisher,
            published,
            url,
            language,
            source,
            source_sha256,
        } = article.clone();
        Self { id, title, file, sha256, chars, words, publisher, published, url, language, source, source_sha256 }
    }
}

impl From<ArticleLine> for Article {
    fn from(line: ArticleLine) -> Self {
        let ArticleLine {
            id,
            title,
            file,
            sha256,
            chars,
            words,
            publisher,
            published,
            url,
            language,
            source,
            source_sha256,
        } = line;
        Self { id, title, file, sha256, chars, words, publisher, published, url, language, source, source_sha256 }
    }
}

/// A transaction in the journal.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct Deed {
    pub title: String,
    pub by: Name,
    pub at: Timestamp,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    focus: Vec<(ArticleId, Name, Vec<Id>)>,
    edits: Vec<EditLine>,
    /// SHA-256 of each text that spans are places in.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    texts: Vec<(ArticleId, String)>,
    /// The words before and after each span, by its first and last byte.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    around: Around,
}

/// For each article its spans, by first and last byte, with what stands before and after them.
type Around = Vec<(ArticleId, Vec<(u32, u32, String, String)>)>;

/// Spans of one transaction whose surroundings go into the journal; a bulk change has more, and its words must do.
const MAX_AROUND: usize = 1_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
enum EditLine {
    Annotation(ArticleId, Name, Vec<AnnotationLine>, Vec<AnnotationLine>),
    Decision(ArticleId, Name, Vec<Decision>, Vec<Decision>),
    Referent(Name, Vec<ReferentLine>, Vec<ReferentLine>),
    Comment(Name, Vec<Comment>, Vec<Comment>),
    Article(Vec<ArticleLine>, Vec<ArticleLine>),
    Label(Vec<LabelDef>, Vec<LabelDef>),
    Progress(ArticleId, Name, Progress, Progress),
}

impl Deed {
    /// The journal's form of a transaction, with the words of each span taken from `texts`.
    pub fn new(transaction: &Transaction, texts: &HashMap<ArticleId, Text>) -> Self {
        let none = Text::new("");
        let edit = |edit: &Edit| match edit {
            Edit::Annotation { set: (article, annotator), change } => {
                let text = texts.get(article).unwrap_or(&none);
                let side = |side: &Option<Arc<Annotation>>| {
                    side.iter().map(|record| AnnotationLine::new(record, text, Unit::Bytes)).collect()
                };
                EditLine::Annotation(article.clone(), annotator.clone(), side(&change.before), side(&change.after))
            }
            Edit::Referent { annotator, change } => {
                let side = |side: &Option<Arc<Referent>>| side.iter().map(|record| ReferentLine::new(record)).collect();
                EditLine::Referent(annotator.clone(), side(&change.before), side(&change.after))
            }
            Edit::Comment { by, change } => {
                let side = |side: &Option<Arc<Comment>>| side.iter().map(|record| Comment::clone(record)).collect();
                EditLine::Comment(by.clone(), side(&change.before), side(&change.after))
            }
            Edit::Article { change } => {
                let side = |side: &Option<Arc<Article>>| side.iter().map(|record| (&**record).into()).collect();
                EditLine::Article(side(&change.before), side(&change.after))
            }
            Edit::Label { change } => {
                let side = |side: &Option<Arc<LabelDef>>| side.iter().map(|label| LabelDef::clone(label)).collect();
                EditLine::Label(side(&change.before), side(&change.after))
            }
            Edit::Decision { set: (article, annotator), change } => {
                let side = |side: &Option<Arc<Decision>>| side.iter().map(|record| Decision::clone(record)).collect();
                EditLine::Decision(article.clone(), annotator.clone(), side(&change.before), side(&change.after))
            }
            Edit::Progress { set: (article, annotator), before, after } => {
                EditLine::Progress(article.clone(), annotator.clone(), *before, *after)
            }
        };
        let focus = transaction.focus.iter();
        Self {
            title: transaction.title.clone(),
            by: transaction.by.clone(),
            at: transaction.at,
            focus: focus
                .map(|focus| (focus.article.clone(), focus.annotator.clone(), focus.annotation.into_iter().collect()))
                .collect(),
            edits: transaction.edits.iter().map(edit).collect(),
            texts: transaction.texts.clone(),
            around: around(transaction, texts),
        }
    }

    /// SHA-256 of the text of an article that spans are places in; none where an older version wrote the line.
    pub fn text(&self, article: &ArticleId) -> Option<&str> {
        self.texts.iter().find(|(of, _)| of == article).map(|(_, sha256)| sha256.as_str())
    }

    /// The articles whose annotations are changed.
    pub fn articles(&self) -> BTreeSet<&ArticleId> {
        let articles = self.edits.iter().filter_map(|edit| match edit {
            EditLine::Annotation(article, ..) => Some(article),
            _ => None,
        });
        articles.collect()
    }

    /// How each span on the text of an article is found again, by its first and last byte.
    pub fn anchors(&self, article: &ArticleId) -> HashMap<(u32, u32), Anchor> {
        let mut anchors: HashMap<(u32, u32), Anchor> = HashMap::new();
        for edit in &self.edits {
            let EditLine::Annotation(of, _, before, after) = edit else { continue };
            if of != article {
                continue;
            }
            for line in before.iter().chain(after) {
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
    pub fn renumbered(mut self, number: &dyn Fn(&ArticleId, &str) -> ArticleId) -> Self {
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
            match edit {
                EditLine::Annotation(article, ..)
                | EditLine::Decision(article, ..)
                | EditLine::Progress(article, ..) => put(article),
                EditLine::Comment(_, before, after) => {
                    for comment in before.iter_mut().chain(after).filter(|comment| !comment.digest.is_empty()) {
                        comment.article = number(&comment.article, &comment.digest);
                    }
                }
                EditLine::Article(before, after) => {
                    for line in before.iter_mut().chain(after) {
                        line.id = number(&line.id, digest(&line.sha256));
                    }
                }
                EditLine::Referent(..) | EditLine::Label(..) => {}
            }
        }
        self
    }

    /// The transaction; none where a record in it is not what this version knows.
    pub fn transaction(self) -> Option<Transaction> {
        fn change<L, R>(before: Vec<L>, after: Vec<L>, record: impl Fn(L) -> Option<R>) -> Option<Change<R>> {
            let side = |side: Vec<L>| match side.into_iter().next() {
                None => Some(None),
                Some(line) => Some(Some(Arc::new(record(line)?))),
            };
            Some(Change { before: side(before)?, after: side(after)? })
        }
        let edit = |edit| {
            Some(match edit {
                EditLine::Annotation(article, annotator, before, after) => Edit::Annotation {
                    set: (article, annotator),
                    change: change(before, after, |line: AnnotationLine| Some(line.trusted()))?,
                },
                EditLine::Referent(annotator, before, after) => {
                    Edit::Referent { annotator, change: change(before, after, ReferentLine::referent)? }
                }
                EditLine::Comment(by, before, after) => Edit::Comment { by, change: change(before, after, Some)? },
                EditLine::Article(before, after) => {
                    Edit::Article { change: change(before, after, |line: ArticleLine| Some(line.into()))? }
                }
                EditLine::Label(before, after) => Edit::Label { change: change(before, after, Some)? },
                EditLine::Decision(article, annotator, before, after) => {
                    Edit::Decision { set: (article, annotator), change: change(before, after, Some)? }
                }
                EditLine::Progress(article, annotator, before, after) => {
                    Edit::Progress { set: (article, annotator), before, after }
                }
            })
        };
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
            edits: self.edits.into_iter().map(edit).collect::<Option<_>>()?,
            texts: self.texts,
        })
    }
}

/// The words around the spans of a transaction, as far as the journal keeps it.
fn around(transaction: &Transaction, texts: &HashMap<ArticleId, Text>) -> Around {
    let mut spans: BTreeMap<&ArticleId, BTreeSet<(u32, u32)>> = BTreeMap::new();
    let mut count = 0;
    for edit in &transaction.edits {
        let Edit::Annotation { set: (article, _), change } = edit else { continue };
        for record in change.before.iter().chain(&change.after) {
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
