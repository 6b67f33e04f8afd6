//! Text in zones, where it does not count: what stands there is left out before anything is measured.

use std::borrow::Cow;
use std::collections::HashSet;
use std::sync::Arc;

use crate::agreement::Unit;
use crate::model::{Annotation, AnnotationSet, Filler, Id, Kind, Schema};
use crate::text::{Span, Text};

/// The choice whether text in zones counts in the figures of mentions, words, trips and claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum ZoneText {
    /// It counts like any other.
    #[default]
    Counts,
    /// It is left out, with all that stands in it alone.
    LeftOut,
}

/// The stretches of a text that do not count.
#[derive(Debug, Default)]
pub(super) struct LeftOut {
    /// In bytes, sorted and apart.
    stretches: Vec<Span>,
    /// The same in code points.
    characters: Vec<(u32, u32)>,
}

impl LeftOut {
    /// The zones of all of these sets.
    pub fn of<'a>(schema: &Schema, text: &Text, sets: impl Iterator<Item = &'a AnnotationSet>) -> Self {
        let zones = sets.flat_map(AnnotationSet::iter).filter(|record| schema.kind(&record.label) == Kind::Zone);
        let mut spans: Vec<Span> = zones.flat_map(|record| record.at.iter().copied()).collect();
        spans.sort_unstable_by_key(|span| (span.start, span.end));
        let mut stretches: Vec<Span> = Vec::new();
        for span in spans {
            match stretches.last_mut() {
                Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
                _ => stretches.push(span),
            }
        }
        let characters = stretches.iter().map(|span| text.to_chars(*span)).collect();
        Self { stretches, characters }
    }

    /// True where everything counts.
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// Says whether any of a stretch, in bytes, does not count.
    pub fn touches(&self, start: u32, end: u32) -> bool {
        let first = self.stretches.partition_point(|span| span.end <= start);
        self.stretches.get(first).is_some_and(|span| span.start < end)
    }

    /// Says whether nothing of these fragments counts; fragments that are none count.
    fn holds(&self, at: &[Span]) -> bool {
        let held = |span: &Span| self.stretches.iter().any(|stretch| stretch.contains(*span));
        !at.is_empty() && at.iter().all(held)
    }

    /// A set without the mentions and frames of which nothing counts, and without what they fill. Zones and statements about
    /// the article stay.
    pub fn without<'s>(&self, schema: &Schema, set: &'s AnnotationSet) -> Cow<'s, AnnotationSet> {
        if self.is_empty() {
            return Cow::Borrowed(set);
        }
        let goes = |record: &Annotation| {
            matches!(schema.kind(&record.label), Kind::Entity | Kind::Frame) && self.holds(&record.at)
        };
        let gone: HashSet<Id> = set.iter().filter(|record| goes(record)).map(|record| record.id).collect();
        let fills = |filler: &Filler| match filler {
            Filler::Annotation(id) => !gone.contains(id),
            Filler::Span(at) => !self.holds(at),
            Filler::Value(_) => true,
        };
        let whole = |record: &Annotation| record.roles.iter().all(|role| fills(&role.filler));
        if gone.is_empty() && set.iter().all(|record| whole(record)) {
            return Cow::Borrowed(set);
        }
        let kept = set.iter().filter(|record| !gone.contains(&record.id)).map(|record| match whole(record) {
            true => record.clone(),
            false => {
                let mut less = Annotation::clone(record);
                less.roles.retain(|role| fills(&role.filler));
                Arc::new(less)
            }
        });
        Cow::Owned(AnnotationSet::new(kept, set.progress()))
    }

    /// An offset in code points, as if what does not count were not there.
    pub fn squeezed(&self, offset: u32) -> u32 {
        let before = self.characters.iter().take_while(|(start, _)| *start < offset);
        offset - before.map(|(start, end)| end.min(&offset) - start).sum::<u32>()
    }

    /// A unit in code points, likewise.
    pub fn squeezed_unit(&self, unit: &Unit) -> Unit {
        Unit { start: self.squeezed(unit.start), end: self.squeezed(unit.end), ..*unit }
    }
}
