//! Finished work to learn from.

use std::fmt::Write as _;
use std::sync::Arc;

use jiff::civil;

use super::hints::label_about;
use super::tokens::Tokens;
use crate::model::{
    Annotation, AnnotationSet, ArticleId, AttributeKind, Kind, LabelDef, Name, Progress, Schema, digest,
};
use crate::text::{Span, Text, sha256_hex};
use crate::when;

/// An article as its maker marked it: what stands in it was meant, and what was left alone up to a place was left alone.
#[derive(Debug, Clone)]
pub struct Lesson {
    /// The article.
    pub article: ArticleId,
    /// Its text.
    pub text: Text,
    /// The set.
    pub set: Arc<AnnotationSet>,
    /// The first byte that nobody is known to have looked at.
    pub(super) until: u32,
    /// The first digits of a SHA-256 over labels and places of the annotations.
    pub(super) digest: String,
    pub(super) tokens: Arc<Tokens>,
    /// Text that does not count.
    pub(super) zones: Vec<Span>,
}

impl Lesson {
    /// An article and a set. One that is finished was looked at as a whole. In another one nothing counts as left alone: zones are
    /// marked first, at both ends, and equal words all at once, so that its last annotation does not tell how far its maker is.
    #[must_use]
    pub fn new(schema: &Schema, article: &ArticleId, text: &Text, set: Arc<AnnotationSet>) -> Self {
        let until = match set.progress() {
            Progress::Done => text.len(),
            Progress::New | Progress::InProgress => 0,
        };
        let tokens = Arc::new(Tokens::of(text));
        let zones = silent_zones(schema, &set);
        let digest = digest_of(&set);
        Self { article: article.clone(), text: text.clone(), set, until, digest, tokens, zones }
    }

    /// True where its maker has finished it.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.set.progress() == Progress::Done
    }

    /// True where a stretch was looked at and counts.
    pub(super) fn counts(&self, span: Span) -> bool {
        span.end <= self.until && !self.zones.iter().any(|zone| zone.overlaps(span))
    }
}

/// An article that suggestions are wanted for, with what its maker has marked in it so far.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The labels.
    pub schema: &'a Schema,
    /// The article.
    pub article: &'a ArticleId,
    /// Its text.
    pub text: &'a Text,
    /// The marks that are there already.
    pub set: &'a AnnotationSet,
    /// The day that phrases of time are counted from.
    pub published: Option<civil::Date>,
    pub(super) tokens: Arc<Tokens>,
}

impl<'a> Page<'a> {
    /// An article; `published` as the list of articles says it. Where that says nothing its dateline does.
    #[must_use]
    pub fn new(
        schema: &'a Schema,
        article: &'a ArticleId,
        text: &'a Text,
        set: &'a AnnotationSet,
        published: &str,
    ) -> Self {
        let published = match published.is_empty() {
            true => when::dateline(text.as_str()).map(|line| line.day),
            false => when::anchor(published),
        };
        Self { schema, article, text, set, published, tokens: Arc::new(Tokens::of(text)) }
    }
}

fn digest_of(set: &AnnotationSet) -> String {
    let mut told = String::new();
    for record in set.iter() {
        told.push_str(&record.label);
        for at in &record.at {
            let _ = write!(told, " {} {}", at.start, at.end);
        }
        told.push('\n');
    }
    digest(&sha256_hex(told.as_bytes())).to_owned()
}

/// The zones of a set, in its order.
pub(super) fn zones(schema: &Schema, set: &AnnotationSet) -> Vec<Span> {
    let zones = set.iter().filter(|record| schema.kind(&record.label) == Kind::Zone);
    zones.flat_map(|record| record.at.iter().copied()).collect()
}

/// The zones of a set in which nothing is marked: no headline is one of them, nor a zone in which its maker has marked something.
pub(super) fn silent_zones(schema: &Schema, set: &AnnotationSet) -> Vec<Span> {
    let marked = |at: Span| {
        let inside = |record: &Annotation| {
            schema.kind(&record.label) == Kind::Entity && record.extent().is_some_and(|there| at.contains(there))
        };
        set.within(at).any(|record| inside(record))
    };
    left_out(schema, set).into_iter().filter(|at| !marked(*at)).collect()
}

/// The zones of a set in which nothing is told: all but headlines.
pub(super) fn left_out(schema: &Schema, set: &AnnotationSet) -> Vec<Span> {
    let headline = headline(schema);
    let zones = set.iter().filter(|record| schema.kind(&record.label) == Kind::Zone && Some(&record.label) != headline);
    zones.flat_map(|record| record.at.iter().copied()).collect()
}

/// The zone for headlines, as the schema describes it: they name who and what an article is about.
pub(super) fn headline(schema: &Schema) -> Option<&Name> {
    label_about(schema, Kind::Zone, HEADLINE).map(|def| &def.name)
}

/// Beginnings of words by which a schema tells which zone is for headlines.
pub(super) const HEADLINE: &[&str] = &["headline", "heading", "title", "judul"];

/// The attribute of a label that takes a date, if one does.
pub(super) fn date_attribute(def: &LabelDef) -> Option<&Name> {
    def.attributes.iter().find(|attribute| attribute.kind == AttributeKind::Date).map(|attribute| &attribute.name)
}

/// The labels of mentions that are learned by their words: all that take no date.
pub(super) fn named(schema: &Schema) -> Vec<Name> {
    let mentions = schema.labels.iter().filter(|def| def.kind == Kind::Entity && date_attribute(def).is_none());
    mentions.map(|def| def.name.clone()).collect()
}
