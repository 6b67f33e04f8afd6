//! The sums of one article: what its annotators have in common, two at a time and all together.

use std::collections::BTreeMap;

use super::frames;
use super::gamma::GammaMentions;
use super::key::{KeyedSum, SHIFT, Sums, Topic};
use crate::agreement::Unit;
use crate::agreement::alpha_u::alpha_u;
use crate::agreement::identity::identity;
use crate::agreement::items::Ratings;
use crate::agreement::spans::{Pairing, span_scores, span_scores_of};
use crate::agreement::unit::{Continuum, TokenLabels, token_labels};
use crate::model::{AnnotationSet, Id, Kind, Name, Schema};
use crate::review::{Alignment, align};
use crate::text::{Span, Text};

/// The measure of one article.
#[derive(Debug, Default)]
pub(super) struct ArticleMeasure {
    /// For each pair of annotators; none where not both have begun the article.
    pub pairs: Vec<Option<Pair>>,
    /// All annotators who have begun it together.
    pub joint: Vec<KeyedSum>,
    /// The units that γ is to be computed of; none where there is nothing to compare, or it is not asked for.
    pub mentions: Option<GammaMentions>,
}

/// The measure of one article for two annotators; the first counts as gold where a figure has two sides.
#[derive(Debug, Default)]
pub(super) struct Pair {
    pub sums: Vec<KeyedSum>,
    /// The referent that each of the two gives to an aligned annotation, where either gives one: for identity across
    /// articles.
    pub links: Vec<[Option<Id>; 2]>,
    /// Annotations of one thing.
    alignment: Alignment,
}

/// The part of a measurement that is the same for all articles.
pub(super) struct Frame<'a> {
    pub schema: &'a Schema,
    /// Pairs of annotators, by their places.
    pub pairs: &'a [(usize, usize)],
    /// True where γ is to be computed.
    pub gamma: bool,
}

/// Measures an article; a set is none where the annotator has not begun it.
pub(super) fn measure(frame: &Frame, text: &Text, sets: &[Option<&AnnotationSet>]) -> ArticleMeasure {
    let mut labels: Vec<Name> = frame.schema.labels.iter().map(|label| label.name.clone()).collect();
    let known = labels.len() as u32;
    let words: Vec<(u32, u32)> = text.words().map(|word| (word.start, word.end)).collect();
    let mut annotators: Vec<Option<Annotator>> = Vec::with_capacity(sets.len());
    for set in sets {
        annotators.push(set.map(|set| Annotator::new(frame.schema, text, set, &words, &mut labels, known)));
    }
    let labels = &labels;
    let begun: Vec<(usize, &Annotator)> =
        annotators.iter().enumerate().filter_map(|(place, annotator)| Some((place, annotator.as_ref()?))).collect();
    let pair = |&(a, b): &(usize, usize)| {
        let (a, b) = (annotators[a].as_ref()?, annotators[b].as_ref()?);
        Some(pair(frame, text, labels, a, b))
    };
    let mut measured = ArticleMeasure { pairs: frame.pairs.iter().map(pair).collect(), ..ArticleMeasure::default() };
    if begun.len() >= 2 {
        let places: Vec<usize> = begun.iter().map(|(place, _)| *place).collect();
        // Two are their pair.
        let alone = frame.pairs.iter().position(|&(a, b)| places == [a, b]);
        let alone = alone.and_then(|pair| measured.pairs[pair].as_ref());
        measured.joint = joint(frame, text, labels, &annotators, &begun, alone);
    }
    if frame.gamma {
        let units = |it: Option<Annotator>| it.map(|annotator| annotator.characters);
        let mentions = GammaMentions { length: text.chars(), annotators: annotators.into_iter().map(units).collect() };
        measured.mentions = Some(mentions).filter(GammaMentions::some);
    }
    measured
}

/// One annotator's work in the terms of the coefficients.
struct Annotator<'a> {
    set: &'a AnnotationSet,
    /// Mentions, in bytes.
    units: Vec<Unit>,
    /// The same in code points.
    characters: Vec<Unit>,
    /// The label of each word.
    tokens: Vec<u32>,
}

impl<'a> Annotator<'a> {
    /// Labels from `known` on are not the schema's: they share a number among tokens, so that numbers mean the same in
    /// every article.
    fn new(
        schema: &Schema,
        text: &Text,
        set: &'a AnnotationSet,
        words: &[(u32, u32)],
        labels: &mut Vec<Name>,
        known: u32,
    ) -> Self {
        let units = mentions(schema, set, labels);
        let shared = |unit: Unit| Unit { label: unit.label.min(known), ..unit };
        let tokens: Vec<Unit> = in_words(&units, words).into_iter().map(shared).collect();
        let characters = |unit: &Unit| {
            let (start, end) = text.to_chars(Span::new(unit.start, unit.end));
            Unit::new(start, end, unit.label)
        };
        let characters = units.iter().map(characters).collect();
        Self { set, characters, tokens: token_labels(&tokens, words.len(), TokenLabels::Label), units }
    }
}

fn pair(frame: &Frame, text: &Text, labels: &[Name], a: &Annotator, b: &Annotator) -> Pair {
    let mut sums = Sums::default();
    let none = sums.none();
    sums.spans(&none, &span_scores(&a.units, &b.units, Pairing::Optimal));
    let mut present: Vec<u32> = a.units.iter().chain(&b.units).map(|unit| unit.label).collect();
    present.sort_unstable();
    present.dedup();
    for label in present {
        let name = &labels[label as usize];
        sums.spans(name, &span_scores_of(label, &a.units, &b.units, Pairing::Optimal));
    }
    sums.list(Topic::Words, &none, Ratings::pair(&a.tokens, &b.tokens).to_sums());
    unitizing(labels, &[a, b], text, &mut sums);

    let alignment = align(frame.schema, &[a.set, b.set]);
    let mut links = Vec::new();
    let mut clusters: [BTreeMap<Id, Vec<u32>>; 2] = Default::default();
    for (number, group) in alignment.groups.iter().enumerate() {
        let records = [(0, a), (1, b)].map(|(side, of)| group.members[side].and_then(|id| of.set.get(id)));
        let referents = records.map(|record| record.and_then(|record| record.referent));
        for (clusters, referent) in clusters.iter_mut().zip(referents) {
            if let Some(referent) = referent {
                clusters.entry(referent).or_default().push(number as u32);
            }
        }
        if referents.iter().any(Option::is_some) {
            links.push(referents);
        }
        let label = |side: usize| records[side].map_or(&none, |record| &record.label);
        sums.add(Topic::Confusion, [label(0), label(1), &none], 0, 1.0);
        if let [Some(first), Some(second)] = records.map(|record| record.and_then(|record| record.extent())) {
            boundary(text, first, second, &mut sums);
        }
    }
    let [first, second] = clusters.map(|clusters| clusters.into_values().collect::<Vec<_>>());
    sums.identity(&identity(&first, &second));
    frames::measure(frame.schema, text, &alignment, [a.set, b.set], &mut sums);
    Pair { sums: sums.finish(), links, alignment }
}

/// Measures all who have begun the article together; where that is one pair, with what is known of it.
fn joint(
    frame: &Frame,
    text: &Text,
    labels: &[Name],
    annotators: &[Option<Annotator>],
    begun: &[(usize, &Annotator)],
    alone: Option<&Pair>,
) -> Vec<KeyedSum> {
    let mut sums = Sums::default();
    let none = sums.none();
    let mut ratings = Ratings::new(annotators.len());
    let mut row = vec![None; annotators.len()];
    for word in 0..begun[0].1.tokens.len() {
        for &(place, annotator) in begun {
            row[place] = Some(annotator.tokens[word]);
        }
        ratings.add(&row);
    }
    sums.list(Topic::Words, &none, ratings.to_sums());
    if begun.len() == annotators.len() {
        sums.list(Topic::Complete, &none, ratings.to_sums());
    }
    let all: Vec<&Annotator> = begun.iter().map(|(_, annotator)| *annotator).collect();
    let sets: Vec<&AnnotationSet> = all.iter().map(|annotator| annotator.set).collect();
    let aligned;
    let alignment = match alone {
        Some(pair) => {
            sums.again(&pair.sums, Topic::AlphaU);
            &pair.alignment
        }
        None => {
            unitizing(labels, &all, text, &mut sums);
            aligned = align(frame.schema, &sets);
            &aligned
        }
    };
    for ratings in patterns(frame.schema, alignment, &sets) {
        let mut row = vec![None; annotators.len()];
        for ((place, _), rating) in begun.iter().zip(ratings) {
            row[*place] = Some(rating);
        }
        sums.add(Topic::Pattern, [&pattern_name(&row), &none, &none], 0, 1.0);
    }
    sums.finish()
}

/// Returns each set's label of each group of an alignment: 0 where it has nothing, 1 + the label's place in the schema,
/// and one number for all labels that the schema does not know.
pub(super) fn patterns<'a>(
    schema: &'a Schema,
    alignment: &'a Alignment,
    sets: &'a [&AnnotationSet],
) -> impl Iterator<Item = Vec<u32>> + 'a {
    let number = |record: &crate::model::Annotation| {
        let place = schema.labels.iter().position(|label| label.name == record.label);
        1 + place.unwrap_or(schema.labels.len()) as u32
    };
    alignment.groups.iter().map(move |group| {
        let rating =
            |(id, set): (&Option<Id>, &&AnnotationSet)| id.and_then(|id| set.get(id)).map_or(0, |it| number(it));
        group.members.iter().zip(sets).map(rating).collect()
    })
}

/// A row of ratings as a name, and back.
pub(super) fn pattern_name(row: &[Option<u32>]) -> Name {
    let one = |rating: &Option<u32>| rating.map_or_else(|| "-".to_owned(), |rating| rating.to_string());
    Name::new(&row.iter().map(one).collect::<Vec<_>>().join(","))
}

/// The inverse of [`pattern_name`].
pub(super) fn pattern_row(name: &str) -> Vec<Option<u32>> {
    name.split(',').map(|rating| rating.parse().ok()).collect()
}

/// α_U of the mentions of some annotators.
fn unitizing(labels: &[Name], annotators: &[&Annotator], text: &Text, sums: &mut Sums) {
    let none = sums.none();
    let annotators = annotators.iter().map(|annotator| annotator.characters.clone()).collect();
    let continuum = Continuum { length: text.chars(), annotators };
    if continuum.units() == 0 {
        return;
    }
    match alpha_u(&continuum) {
        Ok(alpha) => {
            sums.list(Topic::AlphaU, &none, [alpha.figure.value, 1.0, 0.0]);
            for label in &alpha.by_label {
                let name = &labels[label.label as usize];
                match label.value() {
                    Ok(value) => sums.list(Topic::AlphaU, name, [value, 1.0, 0.0]),
                    Err(_) => sums.list(Topic::AlphaU, name, [0.0, 0.0, 1.0]),
                }
            }
        }
        Err(_) => sums.list(Topic::AlphaU, &none, [0.0, 0.0, 1.0]),
    }
}

/// Adds the ends at which two extents of one thing differ, and the words by which.
fn boundary(text: &Text, first: Span, second: Span, sums: &mut Sums) {
    let none = sums.none();
    let sides = [(Topic::Start, "start", first.start, second.start), (Topic::End, "end", first.end, second.end)];
    for (topic, side, a, b) in sides {
        if first == second {
            continue;
        }
        let offset = text.byte_to_char(b) as i32 - text.byte_to_char(a) as i32;
        sums.add(topic, [&none, &none, &none], (SHIFT + offset.clamp(-SHIFT, SHIFT)) as u32, 1.0);
        if offset != 0 {
            let words = edge_words(text.slice(Span::new(a.min(b), a.max(b))));
            // What lies before a start, or after an end, belongs to whose extent reaches further out.
            let first_has_it = (a < b) == (topic == Topic::Start);
            sums.add(Topic::Edge, [&Name::new(side), &Name::new(&words), &none], u32::from(!first_has_it), 1.0);
        }
    }
}

/// The words at an edge, short and in lower case, so that equal cases fall together.
fn edge_words(words: &str) -> String {
    const LONGEST: usize = 24;
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
    if words.chars().count() <= LONGEST {
        return words;
    }
    words.chars().take(LONGEST).chain(['…']).collect()
}

/// The mentions as units of bytes, with the number of their label in `labels`.
fn mentions(schema: &Schema, set: &AnnotationSet, labels: &mut Vec<Name>) -> Vec<Unit> {
    let mut number = |label: &Name| {
        labels.iter().position(|known| known == label).unwrap_or_else(|| {
            labels.push(label.clone());
            labels.len() - 1
        }) as u32
    };
    let entities = set.iter().filter(|record| schema.kind(&record.label) == Kind::Entity);
    let extents = entities.filter_map(|record| Some((record.extent()?, &record.label)));
    extents.map(|(extent, label)| Unit::new(extent.start, extent.end, number(label))).collect()
}

/// Units of bytes as units of the words that they touch.
fn in_words(units: &[Unit], words: &[(u32, u32)]) -> Vec<Unit> {
    let unit = |unit: &Unit| {
        let start = words.partition_point(|&(_, end)| end <= unit.start);
        let end = words.partition_point(|&(start, _)| start < unit.end);
        (start < end).then(|| Unit::new(start as u32, end as u32, unit.label))
    };
    units.iter().filter_map(unit).collect()
}
