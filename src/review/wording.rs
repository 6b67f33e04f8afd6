//! Records and values of an article in words, for people.

use super::slot::SlotValue;
use crate::message;
use crate::model::{Annotation, AnnotationSet, ArticleId, Corpus, Filler, Id, Name, Slot, Value};
use crate::text::Span;

/// Puts what sets of an article hold into words.
#[derive(Clone, Copy)]
pub(super) struct Wording<'a> {
    pub corpus: &'a Corpus,
    pub article: &'a ArticleId,
}

impl Wording<'_> {
    /// A record by its label and words; one without words by what fills its roles.
    pub fn called(&self, who: &Name, record: &Annotation, exact: Exact) -> String {
        /// Fillers that are named.
        const NAMED: usize = 3;
        if !record.at.is_empty() {
            return format!("{} {}", record.label, self.quote(&record.at, exact));
        }
        let set = self.corpus.set(self.article, who);
        let words = |filler: &Filler| match filler {
            Filler::Annotation(id) => Some(set?.get(*id)?.at.clone()).filter(|at| !at.is_empty()),
            Filler::Span(at) => Some(at.clone()),
            Filler::Value(_) => None,
        };
        let fillers = record.roles.iter().filter_map(|role| words(&role.filler)).take(NAMED);
        let fillers: Vec<String> = fillers.map(|at| self.quote(&at, exact)).collect();
        match fillers.is_empty() {
            true => message!("record-bare", label = record.label).told(),
            false => message!("record-wordless", label = record.label, fillers = fillers.join(", ")).told(),
        }
    }

    fn quote(&self, at: &[Span], exact: Exact) -> String {
        const LONGEST: usize = 60;
        let text = self.corpus.text(self.article);
        let words = |span: &Span| text.and_then(|text| text.as_str().get(span.range())).unwrap_or("…");
        let all: String = at.iter().map(words).collect::<Vec<_>>().join(" … ");
        let short: String = all.chars().take(LONGEST).map(|c| if c.is_whitespace() { ' ' } else { c }).collect();
        let quote = if short.len() < all.len() { format!("\"{short}…\"") } else { format!("\"{short}\"") };
        let (Exact::Places, Some(text), Some(first)) = (exact, text, at.first()) else { return quote };
        let index = text.paragraph_at(first.start);
        let paragraph = text.paragraph(index);
        let equal = text.slice(paragraph).match_indices(words(first)).map(|(at, _)| paragraph.start + at as u32);
        let places: Vec<u32> = equal.collect();
        let nth = places.iter().position(|&at| at == first.start).map_or(1, |at| at + 1);
        match places.len() > 1 {
            true => message!("words-nth", nth = nth, words = quote, paragraph = index + 1).told(),
            false => message!("words-of-paragraph", words = quote, paragraph = index + 1).told(),
        }
    }

    /// Puts somebody's value into words.
    pub fn words(&self, who: &Name, said: &SlotValue, exact: Exact) -> String {
        match said {
            SlotValue::Presence(true) => message!("reading-there").told(),
            SlotValue::Presence(false) => message!("reading-not-there").told(),
            SlotValue::Extent(at) if at.is_empty() => String::new(),
            SlotValue::Extent(at) => self.quote(at, exact),
            SlotValue::Label(label) => label.to_string(),
            SlotValue::Attribute(values) => values.join(", "),
            SlotValue::Role(fillers) => {
                let said = fillers.iter().map(|filler| self.filler(who, filler, exact));
                said.collect::<Vec<_>>().join(", ")
            }
            SlotValue::Identity(referent) => referent.map_or(String::new(), |id| self.referent_name(who, id, exact)),
        }
    }

    fn filler(&self, who: &Name, filler: &Filler, exact: Exact) -> String {
        match filler {
            Filler::Annotation(id) => match self.corpus.annotation(self.article, who, *id) {
                Some(record) => self.called(who, record, exact),
                None => message!("filler-gone").told(),
            },
            Filler::Span(at) => self.quote(at, exact),
            Filler::Value(Value::Date(date)) => date.to_string(),
            Filler::Value(Value::Text(text)) => text.clone(),
        }
    }

    /// A referent by its name; exactly, by another mention of it, too.
    fn referent_name(&self, who: &Name, id: Id, exact: Exact) -> String {
        let referent = self.corpus.referents(who).and_then(|all| all.get(&id));
        let name = referent.map(|referent| referent.name.clone()).filter(|name| !name.is_empty());
        let name = name.unwrap_or_else(|| message!("referent-unnamed").told());
        if exact == Exact::Words {
            return name;
        }
        let set = self.corpus.set(self.article, who);
        let mentions = set.into_iter().flat_map(AnnotationSet::iter).filter(|record| record.referent == Some(id));
        let mentions = mentions.take(2).map(|record| self.called(who, record, exact));
        message!("referent-with", name = name, mentions = mentions.collect::<Vec<_>>().join(", ")).told()
    }
}

/// The exactness with which something is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Exact {
    /// By its words.
    Words,
    /// By its words and their places.
    Places,
}

/// Returns the value of a record's slot.
pub(super) fn held(record: &Annotation, slot: &Slot) -> SlotValue {
    match slot {
        Slot::Presence => SlotValue::Presence(true),
        Slot::Extent => SlotValue::Extent(record.at.clone()),
        Slot::Label => SlotValue::Label(record.label.clone()),
        Slot::Attribute(name) => SlotValue::Attribute(record.attribute_values(name).cloned().collect()),
        Slot::Role(name) => SlotValue::Role(record.fillers(name).cloned().collect()),
        Slot::Identity => SlotValue::Identity(record.referent),
    }
}
