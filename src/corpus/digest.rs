//! The digest of an article: all that tables over many articles need to know of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use jiff::civil::Date as Day;

use super::days::Days;
use super::fold::folded;
use crate::model::{
    Annotation, AnnotationSet, Article, AttributeKind, Filler, Id, Kind, LabelDef, Name, Progress, Role, Schema, Value,
};
use crate::text::{Span, Text};

/// One article as one maker marked it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The facts known about it: id, title, publisher, date, SHA-256 of the text.
    pub article: Arc<Article>,
    /// The day on which it was published; none where nothing or only a month is said.
    pub published: Option<Day>,
    /// The progress of the maker; none where there is no set, so that nobody looked.
    pub progress: Option<Progress>,
    /// Entities, by place.
    pub mentions: Box<[Mention]>,
    /// Trips, claims and other frames: those without words first, then by place.
    pub frames: Box<[Frame]>,
    /// Zones: label and place.
    pub zones: Box<[(Name, Box<[Span]>)]>,
    /// Labels of the whole article.
    pub labels: Box<[Name]>,
    /// The text as [`folded`] has it, for search; offsets in it are not those of the text.
    pub text: Arc<str>,
}

/// An attribute and its value.
pub type Attribute = (Name, Box<str>);

/// One entity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its name in its set.
    pub id: Id,
    /// Its label.
    pub label: Name,
    /// Its fragments, bytes of the article's text.
    pub at: Box<[Span]>,
    /// Its words, fragments joined by ` … `.
    pub words: Box<str>,
    /// The thing that it is.
    pub referent: Option<Id>,
    /// Attributes and values.
    pub attributes: Box<[Attribute]>,
    /// The days that an attribute of it says.
    pub days: Option<Days>,
}

/// One trip, claim or other frame.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Its name in its set.
    pub id: Id,
    /// Its label.
    pub label: Name,
    /// The fragments of its own words; none where it has none.
    pub at: Box<[Span]>,
    /// Its own words.
    pub words: Box<str>,
    /// The thing that it is: the trip or claim that it tells of.
    pub referent: Option<Id>,
    /// Attributes and values.
    pub attributes: Box<[Attribute]>,
    /// The filled roles, in the order of the schema.
    pub slots: Box<[Slot]>,
    /// From the first to the last day that its slots say.
    pub days: Option<Days>,
}

/// A role of a frame that is filled.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The role.
    pub role: Name,
    /// The fillers, in their order.
    pub fillers: Box<[SlotFiller]>,
}

/// One filler of a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SlotFiller {
    /// The kind of filler.
    pub of: FillerOf,
    /// Its words, or the value as it is written.
    pub words: Box<str>,
    /// The fragments of its words; none of a value.
    pub at: Box<[Span]>,
    /// The thing that it is.
    pub referent: Option<Id>,
    /// The days that it means.
    pub days: Option<Days>,
}

/// The kind of a filler.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FillerOf {
    /// A mention of the same article.
    Mention(Id),
    /// A frame of the same article.
    Frame(Id),
    /// An annotation that is not there.
    Missing(Id),
    /// Bare words.
    Words,
    /// A value.
    Value,
}

impl Digest {
    /// The digest of an article as a set has it.
    #[must_use]
    pub fn of(schema: &Schema, article: &Arc<Article>, text: &Text, set: Option<&AnnotationSet>) -> Self {
        Self::with(schema, article, text, set, || folded(text.as_str()).into())
    }

    /// The same, with the folded text as it is known.
    pub(super) fn with(
        schema: &Schema,
        article: &Arc<Article>,
        text: &Text,
        set: Option<&AnnotationSet>,
        folded: impl FnOnce() -> Arc<str>,
    ) -> Self {
        let (mut mentions, mut frames, mut zones, mut labels) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        for record in set.into_iter().flat_map(AnnotationSet::iter) {
            let def = schema.label(&record.label);
            match def.map_or(Kind::Entity, |def| def.kind) {
                Kind::Entity => mentions.push(mention(def, text, record)),
                Kind::Frame => frames.extend(set.map(|set| frame(schema, def, (text, set), record))),
                Kind::Zone => zones.push((record.label.clone(), record.at.clone().into())),
                Kind::Document => labels.push(record.label.clone()),
            }
        }
        Self {
            article: article.clone(),
            published: published(article),
            progress: set.map(AnnotationSet::progress),
            mentions: mentions.into(),
            frames: frames.into(),
            zones: zones.into(),
            labels: labels.into(),
            text: folded(),
        }
    }

    /// An article that cannot be read.
    pub(super) fn unread(article: &Arc<Article>) -> Self {
        Self {
            article: article.clone(),
            published: published(article),
            progress: None,
            mentions: Box::default(),
            frames: Box::default(),
            zones: Box::default(),
            labels: Box::default(),
            text: Arc::default(),
        }
    }

    /// The mention of this id.
    #[must_use]
    pub fn mention(&self, id: Id) -> Option<&Mention> {
        self.mentions.iter().find(|mention| mention.id == id)
    }

    /// The frame of this id.
    #[must_use]
    pub fn frame(&self, id: Id) -> Option<&Frame> {
        self.frames.iter().find(|frame| frame.id == id)
    }

    /// The referents that its mentions and frames are of, each once.
    #[must_use]
    pub fn referents(&self) -> BTreeSet<Id> {
        let mentions = self.mentions.iter().filter_map(|mention| mention.referent);
        mentions.chain(self.frames.iter().filter_map(|frame| frame.referent)).collect()
    }

    /// True where a zone holds the whole of a span.
    #[must_use]
    pub fn in_zone(&self, span: Span) -> bool {
        let holds = |zone: &Span| zone.start <= span.start && span.end <= zone.end;
        self.zones.iter().any(|(_, at)| at.iter().any(holds))
    }
}

impl Frame {
    /// The fillers of a role, in their order.
    #[must_use]
    pub fn fillers(&self, role: &str) -> &[SlotFiller] {
        self.slots.iter().find(|slot| slot.role == *role).map_or(&[], |slot| &slot.fillers)
    }

    /// The first value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        value(&self.attributes, name)
    }
}

impl Mention {
    /// The first value of an attribute.
    #[must_use]
    pub fn attribute(&self, name: &str) -> Option<&str> {
        value(&self.attributes, name)
    }
}

fn value<'a>(attributes: &'a [Attribute], name: &str) -> Option<&'a str> {
    attributes.iter().find(|(attribute, _)| *attribute == *name).map(|(_, value)| &**value)
}

/// The day on which an article was published: none where it is not known to the day.
pub(super) fn published(article: &Article) -> Option<Day> {
    let days = Days::parse(&article.published)?;
    days.from.filter(|from| days.until == Some(*from))
}

fn words(text: &Text, at: &[Span]) -> Box<str> {
    match at {
        [one] => text.slice(*one).into(),
        _ => at.iter().map(|span| text.slice(*span)).collect::<Vec<_>>().join(" … ").into(),
    }
}

fn attributes(record: &Annotation) -> Box<[Attribute]> {
    record.attributes.iter().map(|(name, value)| (name.clone(), value.as_str().into())).collect()
}

/// The days that the first attribute for dates says.
fn days_of(def: Option<&LabelDef>, record: &Annotation) -> Option<Days> {
    let dates = def?.attributes.iter().filter(|attribute| attribute.kind == AttributeKind::Date);
    dates.filter_map(|attribute| Days::parse(record.attribute(&attribute.name)?)).next()
}

fn mention(def: Option<&LabelDef>, text: &Text, record: &Annotation) -> Mention {
    Mention {
        id: record.id,
        label: record.label.clone(),
        at: record.at.clone().into(),
        words: words(text, &record.at),
        referent: record.referent,
        attributes: attributes(record),
        days: days_of(def, record),
    }
}

fn frame(schema: &Schema, def: Option<&LabelDef>, of: (&Text, &AnnotationSet), record: &Annotation) -> Frame {
    let mut slots: Vec<(Name, Vec<SlotFiller>)> = Vec::new();
    for Role { name, filler } in &record.roles {
        let filler = slot_filler(schema, of, filler);
        match slots.iter_mut().find(|(role, _)| role == name) {
            Some((_, fillers)) => fillers.push(filler),
            None => slots.push((name.clone(), vec![filler])),
        }
    }
    let place = |role: &Name| def.and_then(|def| def.roles.iter().position(|known| known.name == *role));
    slots.sort_by_key(|(role, _)| place(role).unwrap_or(usize::MAX));
    let days = slots.iter().flat_map(|(_, fillers)| fillers).filter_map(|filler| filler.days).reduce(Days::hull);
    Frame {
        id: record.id,
        label: record.label.clone(),
        at: record.at.clone().into(),
        words: words(of.0, &record.at),
        referent: record.referent,
        attributes: attributes(record),
        slots: slots.into_iter().map(|(role, fillers)| Slot { role, fillers: fillers.into() }).collect(),
        days: days_of(def, record).or(days),
    }
}

fn slot_filler(schema: &Schema, (text, set): (&Text, &AnnotationSet), filler: &Filler) -> SlotFiller {
    match filler {
        Filler::Annotation(id) => match set.get(*id) {
            Some(target) => {
                let def = schema.label(&target.label);
                let is_frame = def.is_some_and(|def| def.kind == Kind::Frame);
                SlotFiller {
                    of: if is_frame { FillerOf::Frame(*id) } else { FillerOf::Mention(*id) },
                    words: words(text, &target.at),
                    at: target.at.clone().into(),
                    referent: target.referent,
                    days: days_of(def, target),
                }
            }
            None => SlotFiller { of: FillerOf::Missing(*id), ..bare(Box::default()) },
        },
        Filler::Span(at) => SlotFiller { of: FillerOf::Words, at: at.clone().into(), ..bare(words(text, at)) },
        Filler::Value(Value::Date(date)) => SlotFiller { days: Days::of(date), ..bare(date.as_str().into()) },
        Filler::Value(Value::Text(value)) => bare(value.as_str().into()),
    }
}

fn bare(words: Box<str>) -> SlotFiller {
    SlotFiller { of: FillerOf::Value, words, at: Box::default(), referent: None, days: None }
}
