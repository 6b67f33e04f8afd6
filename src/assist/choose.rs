//! The suggestions that are shown: none that contradicts what is there, what was rejected, or a better one.

use std::collections::BTreeSet;

use super::frames;
use super::lesson::{Page, headline, left_out, silent_zones, zones};
use super::lexicon;
use super::rejection::Rejection;
use super::suggestion::Suggestion;
use crate::model::{Annotation, AnnotationSet, Kind, Name, Schema};
use crate::text::{Span, Text};

/// A mention within another one is suggested from this certainty on.
const NESTED: u16 = 850;

/// Chooses what is shown, by place.
pub(super) fn chosen(page: &Page<'_>, found: Vec<Suggestion>, rejected: &BTreeSet<Rejection>) -> Vec<Suggestion> {
    let mut all: Vec<Suggestion> = Vec::with_capacity(found.len());
    for one in found {
        // Two sources that say the same are surer than one of them.
        match all.iter_mut().find(|it| it.label == one.label && it.at == one.at) {
            Some(there) => {
                let doubt = |score: u16| 1.0 - f32::from(score) / 1000.0;
                let both = ((1.0 - doubt(there.score) * doubt(one.score)) * 1000.0).round() as u16;
                // Of equally sure ones the words that were marked before say who it is.
                if one.source == *lexicon::NAME {
                    *there = one;
                }
                there.score = both.min(990);
            }
            None => all.push(one),
        }
    }
    let kind = |label: &Name| page.schema.kind(label);
    let here = Here::of(page.schema, page.text, page.set);
    let mut excluded = silent_zones(page.schema, page.set);
    let headline = headline(page.schema);
    let sure = all.iter().filter(|it| {
        let there = it.extent().and_then(|at| page.text.check(at));
        let wanted = |at| !is_rejected(page.text, &it.label, at, rejected);
        kind(&it.label) == Kind::Zone && Some(&it.label) != headline && it.is_strong() && there.is_some_and(wanted)
    });
    excluded.extend(sure.flat_map(|it| it.at.iter().copied()));
    all.retain(|it| it.score >= Suggestion::SHOWN && here.fits(it, &excluded, rejected));
    // Better ones first; of equals the longer, then the first.
    all.sort_by_key(|it| {
        let extent = it.extent().unwrap_or(Span::new(0, 0));
        (std::cmp::Reverse(weight(it)), std::cmp::Reverse(extent.len()), extent.start, it.label.clone())
    });
    let mut chosen: Vec<Suggestion> = Vec::new();
    for one in all {
        let Some(extent) = one.extent() else { continue };
        let stands = |other: &Suggestion| {
            let Some(there) = other.extent().filter(|there| there.overlaps(extent)) else { return false };
            if kind(&other.label) != kind(&one.label) {
                return false;
            }
            // Claims are about trips, and hold the words of them.
            if kind(&one.label) == Kind::Frame && other.label != one.label {
                return false;
            }
            let nested = there != extent && (there.contains(extent) || extent.contains(there));
            !(nested && one.label != other.label && one.score >= NESTED && one.source == *lexicon::NAME)
        };
        if !chosen.iter().any(stands) {
            chosen.push(one);
        }
    }
    chosen
        .sort_by_key(|it| (it.extent().map_or(0, |at| at.start), it.extent().map_or(0, |at| at.end), it.label.clone()));
    chosen
}

/// The weight of a suggestion among those that stand in its way: longer words are more often the whole name.
fn weight(suggestion: &Suggestion) -> u32 {
    let length = suggestion.extent().map_or(0, Span::len).min(40);
    u32::from(suggestion.score) * (100 + length) / 100
}

fn is_rejected(text: &Text, label: &Name, extent: Span, rejected: &BTreeSet<Rejection>) -> bool {
    rejected.contains(&Rejection { label: label.clone(), words: text.slice(extent).to_owned() })
}

/// Suggestions that still stand, of those that were made when an article was as it was a while ago.
#[must_use]
pub fn standing(
    (schema, text, set): (&Schema, &Text, &AnnotationSet),
    rejected: &BTreeSet<Rejection>,
    suggestions: &[Suggestion],
) -> Vec<Suggestion> {
    let excluded = silent_zones(schema, set);
    let here = Here::of(schema, text, set);
    suggestions.iter().filter(|it| here.fits(it, &excluded, rejected)).cloned().collect()
}

/// An article as it is marked by now.
struct Here<'a> {
    schema: &'a Schema,
    text: &'a Text,
    set: &'a AnnotationSet,
    zones: Vec<Span>,
    /// The zones in which no trip or claim is told.
    left_out: Vec<Span>,
}

impl<'a> Here<'a> {
    fn of(schema: &'a Schema, text: &'a Text, set: &'a AnnotationSet) -> Self {
        Self { schema, text, set, zones: zones(schema, set), left_out: left_out(schema, set) }
    }

    fn fits(&self, suggestion: &Suggestion, excluded: &[Span], rejected: &BTreeSet<Rejection>) -> bool {
        let Some(extent) = suggestion.extent() else { return false };
        if suggestion.at.iter().any(|at| self.text.check(*at).is_none()) {
            return false;
        }
        if is_rejected(self.text, &suggestion.label, extent, rejected) {
            return false;
        }
        let in_zone = || excluded.iter().any(|zone| zone.overlaps(extent));
        match self.schema.kind(&suggestion.label) {
            Kind::Zone => !self.zones.iter().any(|zone| zone.overlaps(extent)),
            Kind::Frame => {
                !self.left_out.iter().any(|zone| zone.overlaps(extent))
                    && !frames::begun(self.set, &suggestion.label, extent)
            }
            Kind::Entity => {
                !in_zone() && !self.set.within(extent).any(|record| self.stands_in_the_way(record, suggestion, extent))
            }
            Kind::Document => false,
        }
    }

    /// True where a mention is there already that says something else of the same words.
    fn stands_in_the_way(&self, record: &Annotation, suggestion: &Suggestion, extent: Span) -> bool {
        if self.schema.kind(&record.label) != Kind::Entity {
            return false;
        }
        let Some(there) = record.extent().filter(|there| there.overlaps(extent)) else { return false };
        let nested = there != extent && (there.contains(extent) || extent.contains(there));
        !(nested && record.label != suggestion.label && suggestion.score >= NESTED)
    }
}
