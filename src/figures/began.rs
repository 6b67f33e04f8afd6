//! Records that began as suggestions: figures of a source on gold that began with it are not independent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::lang::Message;
use crate::message;
use crate::model::{Annotation, AnnotationSet, Corpus, Name, Via};
use crate::store::Loader;

/// The records of a set, and those that began as suggestions of a source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Began {
    /// All records.
    pub records: usize,
    /// Records that a person accepted from a source, as they were or changed; for gold, records whose adopted readings were.
    pub sources: BTreeMap<Name, usize>,
}

impl Began {
    /// Adds records of an article; `other` gives the set of another maker there, whose readings they may have adopted.
    pub fn add<'r, 's>(
        &mut self,
        records: impl Iterator<Item = &'r Arc<Annotation>>,
        other: impl Fn(&Name) -> Option<&'s AnnotationSet>,
    ) {
        for record in records {
            self.records += 1;
            for source in sources(record, &other) {
                *self.sources.entry(source.clone()).or_default() += 1;
            }
        }
    }

    /// Adds those of another article.
    pub fn merge(&mut self, other: Self) {
        self.records += other.records;
        for (source, count) in other.sources {
            *self.sources.entry(source).or_default() += count;
        }
    }

    /// Reads a set of a project in all articles, and those of `makers` whose readings it has adopted there. What cannot be read
    /// is left out: the figures tell of it.
    #[must_use]
    pub fn of(corpus: &Corpus, loader: &Loader, set: &Name, makers: &[Name]) -> Self {
        let mut began = Self::default();
        for article in corpus.articles() {
            let Ok(loaded) = loader.read(article, std::slice::from_ref(set)) else { continue };
            let Some(found) = loaded.found(set) else { continue };
            let adopted: BTreeSet<&Name> = found.iter().flat_map(|record| adopted(record)).collect();
            let whose: Vec<Name> =
                makers.iter().filter(|name| *name != set && adopted.contains(name)).cloned().collect();
            let others = if whose.is_empty() { None } else { loader.read(article, &whose).ok() };
            began.add(found.iter(), |name| match name == set {
                true => Some(found),
                false => others.as_ref().and_then(|others| others.found(name)),
            });
        }
        began
    }

    /// A sentence for each source, the one with the most records first; none where all was made by hand.
    #[must_use]
    pub fn sentences(&self, set: &str) -> Vec<Message> {
        let mut sources: Vec<(&Name, &usize)> = self.sources.iter().collect();
        sources.sort_by_key(|(source, count)| (std::cmp::Reverse(**count), (*source).clone()));
        let told = |(source, count): (&Name, &usize)| {
            message!("began-as-suggestions", count = *count, records = self.records, name = set, source = source)
        };
        sources.into_iter().map(told).collect()
    }
}

/// The makers whose readings a record has adopted.
fn adopted(record: &Annotation) -> &[Name] {
    match &record.origin.via {
        Via::Decision { adopted, .. } => adopted,
        _ => &[],
    }
}

/// The sources that a record began with: its own, else those of the readings that it adopted, each once.
fn sources<'s>(record: &Annotation, other: &impl Fn(&Name) -> Option<&'s AnnotationSet>) -> Vec<Name> {
    let suggested = |via: &Via| match via {
        // Computed, and nobody's acceptance.
        Via::Suggestion { source, .. } if **source != *Via::DAWID_SKENE => Some(source.clone()),
        _ => None,
    };
    let Via::Decision { adopted, .. } = &record.origin.via else {
        return suggested(&record.origin.via).into_iter().collect();
    };
    let same = |it: &Annotation| it.label == record.label && it.at == record.at;
    let readings = adopted.iter().filter_map(|name| other(name)?.iter().find(|it| same(it)));
    let mut found: Vec<Name> = readings.filter_map(|it| suggested(&it.origin.via)).collect();
    found.sort();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Origin, Progress};
    use crate::text::Span;

    #[test]
    fn gold_begins_with_the_readings_that_it_adopted() {
        let made = |at: u32, via: Via| {
            let origin = Origin { via, ..Origin::hand(&"a".into()) };
            Arc::new(Annotation::new(&"person".into(), vec![Span::new(at, at + 4)], origin))
        };
        let tagger = |score| Via::Suggestion { source: "tagger".into(), score, changed: false };
        let adopted = |names: &[&str]| {
            let adopted = names.iter().map(|name| Name::new(name)).collect();
            Via::Decision { adopted, reason: String::new(), gap: String::new() }
        };
        let a = AnnotationSet::new([made(0, tagger(900)), made(10, Via::Hand)], Progress::Done);
        let b = AnnotationSet::new([made(0, tagger(950)), made(20, tagger(500))], Progress::Done);
        let gold = [
            (0, adopted(&["a", "b"])),
            (10, adopted(&["a"])),
            (20, adopted(&["b"])),
            (30, tagger(400)),
            (40, adopted(&[])),
        ];
        let gold = AnnotationSet::new(gold.map(|(at, via)| made(at, via)), Progress::Done);
        let mut began = Began::default();
        began.add(gold.iter(), |name| match name.as_str() {
            "a" => Some(&a),
            "b" => Some(&b),
            _ => None,
        });
        assert_eq!((began.records, began.sources.get("tagger")), (5, Some(&3)));
        let said: Vec<String> = began.sentences("gold").iter().map(ToString::to_string).collect();
        assert_eq!(
            said,
            ["3 of 5 records of gold began as suggestions of tagger; figures of that source are not independent"]
        );
    }
}
