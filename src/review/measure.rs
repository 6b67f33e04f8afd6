//! What two sets of an article have in common, as sums for the figures of [`crate::agreement`].

use std::collections::{BTreeMap, HashMap};
use std::ops::AddAssign;

use super::align::{align, normal};
use super::exact::hash;
use crate::agreement::identity::{Identity, identity};
use crate::agreement::items::Ratings;
use crate::agreement::spans::{Pairing, SpanScores, span_scores, span_scores_of};
use crate::agreement::unit::{Tags, token_labels};
use crate::agreement::{Prf, Unit};
use crate::model::{AnnotationSet, Filler, Id, Kind, Name, Schema};
use crate::text::Text;

/// The sums of one article and two annotators; sums of several articles can be added. The first annotator counts as gold
/// where a figure has two sides.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Common {
    /// Mentions (entities) in the four schemes of SemEval-2013 task 9.1.
    pub spans: SpanScores,
    /// The same by label.
    pub by_label: BTreeMap<Name, SpanScores>,
    /// Words (UAX #29) by the label of the innermost mention that they are in, or by none: for κ, π and α.
    pub words: Tokens,
    /// Frames that the alignment pairs: matched against all.
    pub frames: Prf,
    /// By role of the matched frames: fillers that are aligned, or equal where they are words or values.
    pub roles: BTreeMap<Name, Prf>,
    /// By attribute of the matched frames: equal values.
    pub attributes: BTreeMap<Name, Prf>,
    /// Referents as clusters of aligned mentions, within the article.
    pub identity: Identity,
}

/// Ratings of two annotators that start empty.
#[derive(Debug, Clone, PartialEq)]
pub struct Tokens(pub Ratings);

impl Default for Tokens {
    fn default() -> Self {
        Self(Ratings::new(2))
    }
}

impl AddAssign<&Self> for Common {
    fn add_assign(&mut self, other: &Self) {
        fn add<T: Default + for<'a> AddAssign<&'a T>>(all: &mut BTreeMap<Name, T>, more: &BTreeMap<Name, T>) {
            for (name, sums) in more {
                *all.entry(name.clone()).or_default() += sums;
            }
        }
        self.spans += &other.spans;
        add(&mut self.by_label, &other.by_label);
        self.words.0 += &other.words.0;
        self.frames += &other.frames;
        add(&mut self.roles, &other.roles);
        add(&mut self.attributes, &other.attributes);
        self.identity += &other.identity;
    }
}

/// Compares two sets of an article.
#[must_use]
pub fn measure(schema: &Schema, text: &Text, first: &AnnotationSet, second: &AnnotationSet) -> Common {
    let mut labels: Vec<Name> = Vec::new();
    let (a, b) = (mentions(schema, first, &mut labels), mentions(schema, second, &mut labels));
    let mut common = Common { spans: span_scores(&a, &b, Pairing::Optimal), ..Common::default() };
    for (number, label) in labels.iter().enumerate() {
        common.by_label.insert(label.clone(), span_scores_of(number as u32, &a, &b, Pairing::Optimal));
    }
    let words = words(text);
    let tokens = |units: &[Unit]| token_labels(&in_words(units, &words), words.len(), Tags::Label);
    common.words = Tokens(Ratings::pair(&tokens(&a), &tokens(&b)));
    frames(schema, [first, second], &mut common);
    common
}

/// The mentions as units of bytes, with the number of their label in `labels`.
fn mentions(schema: &Schema, set: &AnnotationSet, labels: &mut Vec<Name>) -> Vec<Unit> {
    let entities = set.iter().filter(|record| schema.kind(&record.label) == Kind::Entity);
    let unit = |record: &std::sync::Arc<crate::model::Annotation>| {
        let extent = record.extent()?;
        let number = labels.iter().position(|label| *label == record.label).unwrap_or_else(|| {
            labels.push(record.label.clone());
            labels.len() - 1
        });
        Some(Unit::new(extent.start, extent.end, number as u32))
    };
    entities.filter_map(unit).collect()
}

/// First byte and end of each word.
fn words(text: &Text) -> Vec<(u32, u32)> {
    let mut words = Vec::new();
    let mut at = 0;
    while let Some(word) = text.word_from(at) {
        words.push((word.start, word.end));
        at = word.end.max(at + 1);
        if at >= text.len() {
            break;
        }
        at = text.grapheme_ceil(at);
    }
    words
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

fn frames(schema: &Schema, sets: [&AnnotationSet; 2], common: &mut Common) {
    let alignment = align(schema, &sets);
    let key = |side: usize, filler: &Filler| match filler {
        Filler::Annotation(id) => hash(&alignment.group_of(side, *id)),
        Filler::Span(at) => hash(at),
        Filler::Value(value) => hash(&normal(value)),
    };
    let mut clusters: [HashMap<Id, Vec<u32>>; 2] = Default::default();
    for (number, group) in alignment.groups.iter().enumerate() {
        let records = [0, 1].map(|side| group.members[side].and_then(|id| sets[side].get(id)));
        for (side, record) in records.iter().enumerate() {
            if let Some(referent) = record.and_then(|record| record.referent) {
                clusters[side].entry(referent).or_default().push(number as u32);
            }
        }
        if !group.frame {
            continue;
        }
        let both = if let [Some(_), Some(_)] = records { 1.0 } else { 0.0 };
        let there = |side: usize| f64::from(u8::from(records[side].is_some()));
        common.frames += &Prf::new(both, there(1), there(0));
        let [Some(a), Some(b)] = records else { continue };
        let mut roles: BTreeMap<&Name, [Vec<u64>; 2]> = BTreeMap::new();
        let mut attributes: BTreeMap<&Name, [Vec<u64>; 2]> = BTreeMap::new();
        for (side, record) in [a, b].into_iter().enumerate() {
            for role in &record.roles {
                roles.entry(&role.name).or_default()[side].push(key(side, &role.filler));
            }
            for (name, value) in &record.attributes {
                attributes.entry(name).or_default()[side].push(hash(value));
            }
        }
        for (name, [a, b]) in roles {
            *common.roles.entry(name.clone()).or_default() += &shared(&a, b);
        }
        for (name, [a, b]) in attributes {
            *common.attributes.entry(name.clone()).or_default() += &shared(&a, b);
        }
    }
    let [a, b] = clusters.map(|clusters| clusters.into_values().collect::<Vec<_>>());
    common.identity = identity(&a, &b);
}

/// How many of the one stand among the other, each once.
fn shared(gold: &[u64], mut predicted: Vec<u64>) -> Prf {
    let all = predicted.len();
    let found = gold.iter().filter(|one| {
        let at = predicted.iter().position(|other| other == *one);
        at.map(|at| predicted.swap_remove(at)).is_some()
    });
    Prf::new(found.count() as f64, all as f64, gold.len() as f64)
}
