//! The sums of one article: what its annotators have in common, two at a time and all together.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use super::chance;
use super::frames;
use super::gamma::GammaMentions;
use super::key::{KeyedSum, SHIFT, Sums, Topic};
use super::zones::{LeftOut, ZoneText};
use crate::agreement::alpha_u::alpha_u;
use crate::agreement::identity::identity;
use crate::agreement::items::Ratings;
use crate::agreement::spans::{Pairing, span_scores, span_scores_of};
use crate::agreement::unit::{Continuum, TokenLabels, token_labels};
use crate::agreement::{Prf, Unit};
use crate::model::{Annotation, AnnotationSet, Id, Kind, Name, Schema};
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
    /// The choice whether text in zones counts.
    pub zones: ZoneText,
    /// True where the first annotator is gold, whose zones alone they are then.
    pub evaluation: bool,
    /// True where the chance level of frames is computed.
    pub chance: bool,
}

/// Measures an article; a set is none where the annotator has not begun it. `aligned` is the alignment of the sets that are
/// there, where it is known.
pub(super) fn measure(
    frame: &Frame,
    text: &Text,
    sets: &[Option<&AnnotationSet>],
    aligned: Option<Alignment>,
) -> ArticleMeasure {
    let left_out = frame.left_out(text, sets);
    let kept: Vec<Option<Cow<AnnotationSet>>> =
        sets.iter().map(|set| set.map(|set| left_out.without(frame.schema, set))).collect();
    let aligned = aligned.filter(|_| left_out.is_empty());
    let mut labels: Vec<Name> = frame.schema.labels.iter().map(|label| label.name.clone()).collect();
    let known = labels.len() as u32;
    let words: Vec<(u32, u32)> = text.words().map(|word| (word.start, word.end)).collect();
    let counted: Vec<(u32, u32)> =
        words.iter().copied().filter(|&(start, end)| !left_out.touches(start, end)).collect();
    let ground = Ground { text, words: &words, counted: &counted, left_out: &left_out };
    let mut annotators: Vec<Option<Annotator>> = Vec::with_capacity(sets.len());
    for set in &kept {
        let set = set.as_deref();
        annotators.push(set.map(|set| Annotator::new(frame.schema, &ground, set, &mut labels, known)));
    }
    let labels = &labels;
    let begun: Vec<(usize, &Annotator)> =
        annotators.iter().enumerate().filter_map(|(place, annotator)| Some((place, annotator.as_ref()?))).collect();
    let places: Vec<usize> = begun.iter().map(|(place, _)| *place).collect();
    let mut aligned = aligned;
    let pair = |&(a, b): &(usize, usize)| {
        let (first, second) = (annotators[a].as_ref()?, annotators[b].as_ref()?);
        let aligned = aligned.take_if(|_| places == [a, b]);
        Some(pair(frame, &ground, labels, (first, second), aligned))
    };
    let mut measured = ArticleMeasure { pairs: frame.pairs.iter().map(pair).collect(), ..ArticleMeasure::default() };
    if begun.len() >= 2 {
        // Two are their pair.
        let alone = frame.pairs.iter().position(|&(a, b)| places == [a, b]);
        let alone = alone.and_then(|pair| measured.pairs[pair].as_ref());
        measured.joint = joint(frame, &ground, labels, &annotators, &begun, alone.ok_or(aligned));
    }
    if frame.gamma {
        let units = |it: Option<Annotator>| it.map(|annotator| annotator.characters);
        let mentions =
            GammaMentions { length: ground.length(), annotators: annotators.into_iter().map(units).collect() };
        measured.mentions = Some(mentions).filter(GammaMentions::some);
    }
    measured
}

impl Frame<'_> {
    /// The text that does not count.
    fn left_out(&self, text: &Text, sets: &[Option<&AnnotationSet>]) -> LeftOut {
        let whose = if self.evaluation { &sets[..1] } else { sets };
        match self.zones {
            ZoneText::Counts => LeftOut::default(),
            ZoneText::LeftOut => LeftOut::of(self.schema, text, whose.iter().flatten().copied()),
        }
    }
}

/// The text that sets are about.
struct Ground<'a> {
    text: &'a Text,
    /// All words, in bytes.
    words: &'a [(u32, u32)],
    /// Those that count.
    counted: &'a [(u32, u32)],
    left_out: &'a LeftOut,
}

impl Ground<'_> {
    /// Code points that count.
    fn length(&self) -> u32 {
        self.left_out.squeezed(self.text.chars())
    }
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
    /// The words in its zones, by the number of their label.
    zones: BTreeMap<u32, BTreeSet<u32>>,
}

impl<'a> Annotator<'a> {
    /// Labels from `known` on are not the schema's: they share a number among tokens, so that numbers mean the same in
    /// every article.
    fn new(schema: &Schema, ground: &Ground<'_>, set: &'a AnnotationSet, labels: &mut Vec<Name>, known: u32) -> Self {
        let units = mentions(schema, set, labels);
        let tokens = in_words(&fragments(schema, set, Kind::Entity, labels), ground.counted);
        let characters = |unit: &Unit| {
            let (start, end) = ground.text.to_chars(Span::new(unit.start, unit.end));
            ground.left_out.squeezed_unit(&Unit::new(start, end, unit.label))
        };
        let characters = units.iter().map(characters).collect();
        let mut zones: BTreeMap<u32, BTreeSet<u32>> = BTreeMap::new();
        for unit in in_words(&fragments(schema, set, Kind::Zone, labels), ground.words) {
            zones.entry(unit.label).or_default().extend(unit.start..unit.end);
        }
        Self { zones, set, characters, tokens: by_name(tokens, ground.counted.len(), labels, known), units }
    }
}

fn pair(
    frame: &Frame,
    ground: &Ground<'_>,
    labels: &[Name],
    (a, b): (&Annotator, &Annotator),
    aligned: Option<Alignment>,
) -> Pair {
    let text = ground.text;
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
    unitizing(labels, &[a, b], ground, &mut sums);

    let alignment = aligned.unwrap_or_else(|| align(frame.schema, text, &[a.set, b.set]));
    let mut links = Vec::new();
    let mut unset: Vec<(Name, f64)> = Vec::new();
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
        if !group.frame {
            let records = records.map(|record| record.map(|record| &**record));
            plain(frame.schema, records, &mut unset, &mut sums);
        }
        if let [Some(first), Some(second)] = records.map(|record| record.and_then(|record| record.extent())) {
            boundary(text, first, second, &mut sums);
        }
    }
    let [first, second] = clusters.map(|clusters| clusters.into_values().collect::<Vec<_>>());
    sums.identity(&identity(&first, &second));
    for (label, count) in unset {
        frames::unset(frame.schema, &label, count, &mut sums);
    }
    zones(labels, [a, b], &mut sums);
    frames::measure(frame.schema, text, &alignment, [a.set, b.set], &mut sums);
    if frame.chance {
        chance::measure(frame.schema, text, [a.set, b.set], &mut sums);
    }
    Pair { sums: sums.finish(), links, alignment }
}

/// Adds what two say of one thing that is no frame: a zone or a statement about the article is there or not, and attributes
/// of what both have are compared.
/// Pairs of one label without any attribute are counted in `unset`: most mentions have none.
fn plain(schema: &Schema, records: [Option<&Annotation>; 2], unset: &mut Vec<(Name, f64)>, sums: &mut Sums) {
    let none = sums.none();
    if let [Some(a), Some(b)] = records
        && a.label == b.label
        && a.attributes.is_empty()
        && b.attributes.is_empty()
    {
        match unset.iter_mut().find(|(label, _)| *label == a.label) {
            Some((_, count)) => *count += 1.0,
            None => unset.push((a.label.clone(), 1.0)),
        }
    } else if let [Some(a), Some(b)] = records {
        frames::attributes(schema, [a, b], sums);
    }
    for label in records.iter().flatten().map(|record| &record.label).collect::<BTreeSet<_>>() {
        let topic = match schema.kind(label) {
            Kind::Zone => Topic::Zones,
            Kind::Document => Topic::Documents,
            Kind::Entity | Kind::Frame => continue,
        };
        let of = |side: usize| records[side].filter(|record| record.label == *label);
        let there = |side: usize| f64::from(u8::from(of(side).is_some()));
        let same = matches!([of(0), of(1)], [Some(a), Some(b)] if a.at == b.at);
        let counts = Prf::new(f64::from(u8::from(same)), there(1), there(0));
        sums.prf(topic, &none, &none, &counts);
        sums.prf(topic, label, &none, &counts);
    }
}

/// Adds the words that two take into zones.
fn zones(labels: &[Name], [a, b]: [&Annotator; 2], sums: &mut Sums) {
    if a.zones.is_empty() && b.zones.is_empty() {
        return;
    }
    let none = sums.none();
    let counts = |a: &BTreeSet<u32>, b: &BTreeSet<u32>| {
        Prf::new(a.intersection(b).count() as f64, b.len() as f64, a.len() as f64)
    };
    let whole = |of: &Annotator| of.zones.values().flatten().copied().collect();
    sums.prf(Topic::ZoneWords, &none, &none, &counts(&whole(a), &whole(b)));
    let nothing = BTreeSet::new();
    for label in a.zones.keys().chain(b.zones.keys()).collect::<BTreeSet<_>>() {
        let words = [a, b].map(|of| of.zones.get(label).unwrap_or(&nothing));
        sums.prf(Topic::ZoneWords, &labels[*label as usize], &none, &counts(words[0], words[1]));
    }
}

/// Measures all who have begun the article together; where that is one pair, with what is known of it, else with their
/// alignment where that is known.
fn joint(
    frame: &Frame,
    ground: &Ground<'_>,
    labels: &[Name],
    annotators: &[Option<Annotator>],
    begun: &[(usize, &Annotator)],
    alone: Result<&Pair, Option<Alignment>>,
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
        Ok(pair) => {
            sums.again(&pair.sums, Topic::AlphaU);
            &pair.alignment
        }
        Err(known) => {
            unitizing(labels, &all, ground, &mut sums);
            aligned = known.unwrap_or_else(|| align(frame.schema, ground.text, &sets));
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
fn unitizing(labels: &[Name], annotators: &[&Annotator], ground: &Ground<'_>, sums: &mut Sums) {
    let none = sums.none();
    let annotators = annotators.iter().map(|annotator| annotator.characters.clone()).collect();
    let continuum = Continuum { length: ground.length(), annotators };
    if continuum.units() == 0 {
        return;
    }
    // α_U has no meaning where somebody has two overlapping units of one label: those labels are left out.
    let overlapping = overlapping(&continuum);
    for &label in &overlapping {
        sums.list(Topic::AlphaU, &labels[label as usize], [0.0, 0.0, 1.0]);
    }
    let kept = |units: &Vec<Unit>| units.iter().filter(|unit| !overlapping.contains(&unit.label)).copied().collect();
    let continuum = Continuum { annotators: continuum.annotators.iter().map(kept).collect(), ..continuum };
    if continuum.units() == 0 {
        sums.list(Topic::AlphaU, &none, [0.0, 0.0, 1.0]);
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

/// The labels of which some annotator has two overlapping units.
fn overlapping(continuum: &Continuum) -> BTreeSet<u32> {
    let mut labels = BTreeSet::new();
    for units in &continuum.annotators {
        let mut units: Vec<(u32, u32, u32)> = units.iter().map(|unit| (unit.label, unit.start, unit.end)).collect();
        units.sort_unstable();
        labels.extend(units.windows(2).filter(|two| two[0].0 == two[1].0 && two[1].1 < two[0].2).map(|two| two[0].0));
    }
    labels
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
            // A stretch before a start, or after an end, belongs to whose extent reaches further out.
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

/// The number of a label in `labels`, which gets it where it is new.
fn number(labels: &mut Vec<Name>, label: &Name) -> u32 {
    let known = labels.iter().position(|known| known == label);
    known.unwrap_or_else(|| {
        labels.push(label.clone());
        labels.len() - 1
    }) as u32
}

/// The annotations of a kind.
fn of_kind<'a>(schema: &Schema, set: &'a AnnotationSet, kind: Kind) -> impl Iterator<Item = &'a Annotation> {
    set.iter().map(|record| &**record).filter(move |record| schema.kind(&record.label) == kind)
}

/// The mentions as units of bytes, with the number of their label in `labels`. One of several fragments is only equal to one
/// of the same fragments.
fn mentions(schema: &Schema, set: &AnnotationSet, labels: &mut Vec<Name>) -> Vec<Unit> {
    let unit = |record: &Annotation| {
        let extent = record.extent()?;
        let shape = if record.at.len() > 1 { shape(&record.at) } else { 0 };
        Some(Unit { shape, ..Unit::new(extent.start, extent.end, number(labels, &record.label)) })
    };
    of_kind(schema, set, Kind::Entity).filter_map(unit).collect()
}

/// A number of fragments, never 0; the same in every run.
fn shape(at: &[Span]) -> u32 {
    // FNV-1a of the offsets.
    let offsets = at.iter().flat_map(|span| [span.start, span.end]);
    let hash = offsets.fold(0x811c_9dc5_u32, |hash, offset| {
        offset.to_le_bytes().iter().fold(hash, |hash, byte| (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193))
    });
    hash.max(1)
}

/// The fragments of all mentions, or of all zones, as units of bytes: the words in a gap belong to none.
fn fragments(schema: &Schema, set: &AnnotationSet, kind: Kind, labels: &mut Vec<Name>) -> Vec<Unit> {
    let mut units = Vec::new();
    for record in of_kind(schema, set, kind) {
        let label = number(labels, &record.label);
        units.extend(record.at.iter().map(|span| Unit::new(span.start, span.end, label)));
    }
    units
}

/// The label of each word: that of the innermost mention, and of two on the same words that whose name comes first in the
/// alphabet, so that the order of a schema decides nothing. Labels from `known` on are not the schema's and share a number.
fn by_name(units: Vec<Unit>, words: usize, labels: &[Name], known: u32) -> Vec<u32> {
    let mut order: Vec<u32> = (0..labels.len() as u32).collect();
    order.sort_by(|a, b| labels[*b as usize].cmp(&labels[*a as usize]));
    let mut rank = vec![0; labels.len()];
    for (at, label) in order.iter().enumerate() {
        rank[*label as usize] = at as u32;
    }
    let ranked: Vec<Unit> = units.into_iter().map(|unit| Unit { label: rank[unit.label as usize], ..unit }).collect();
    let tokens = token_labels(&ranked, words, TokenLabels::Label).into_iter();
    tokens.map(|token| token.checked_sub(1).map_or(0, |rank| 1 + order[rank as usize].min(known))).collect()
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
