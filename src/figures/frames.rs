//! Trips, claims and other frames of two annotators: paired frames with their roles and attributes, and the scores that the
//! literature on events and templates uses.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use super::key::{Sums, Topic};
use crate::agreement::Prf;
use crate::agreement::events::{EventArgument, EventMention, Unfilled, event_scores};
use crate::agreement::items::ScaleSums;
use crate::agreement::templates::{self, Same, Template, role_filler_scores, template_scores};
use crate::model::{Annotation, AnnotationSet, AttributeDef, AttributeKind, Filler, Id, Name, Schema, Value};
use crate::review::{Alignment, FillerKey, normal_text};
use crate::text::{Span, Text};

/// Adds what two annotators' frames have in common; the first annotator counts as gold.
pub(super) fn measure(schema: &Schema, text: &Text, alignment: &Alignment, sets: [&AnnotationSet; 2], sums: &mut Sums) {
    let mut frames: [Vec<&Annotation>; 2] = Default::default();
    for records in pairs(alignment, sets) {
        for (frames, record) in frames.iter_mut().zip(records) {
            frames.extend(record);
        }
        if let [Some(a), Some(b)] = records {
            attributes(schema, [a, b], sums);
        }
    }
    let topics = FrameTopics { frames: Topic::Frames, paired_roles: Some(Topic::Role), roles: Topic::RoleWhole };
    paired(alignment, sets, &topics, 1.0, sums);
    if frames.iter().any(|frames| !frames.is_empty()) {
        literature(text, sets, &frames, sums);
    }
}

/// The frames of each group, as both have them.
fn pairs<'a>(
    alignment: &'a Alignment,
    sets: [&'a AnnotationSet; 2],
) -> impl Iterator<Item = [Option<&'a Annotation>; 2]> {
    let frames = alignment.groups.iter().filter(|group| group.frame);
    frames.map(move |group| [0, 1].map(|side| group.members[side].and_then(|id| sets[side].get(id)).map(|it| &**it)))
}

/// The subjects that paired frames are counted under.
pub(super) struct FrameTopics {
    /// Frames that are paired.
    pub frames: Topic,
    /// Fillers of paired frames alone.
    pub paired_roles: Option<Topic>,
    /// Fillers of all frames.
    pub roles: Topic,
}

/// Adds the frames that are paired, and what fills their roles, each counted as `share`.
pub(super) fn paired(
    alignment: &Alignment,
    sets: [&AnnotationSet; 2],
    topics: &FrameTopics,
    share: f64,
    sums: &mut Sums,
) {
    let none = sums.none();
    let one = |there: bool| if there { share } else { 0.0 };
    for records in pairs(alignment, sets) {
        let there = records.map(|record| record.is_some());
        let counts = Prf::new(one(there[0] && there[1]), one(there[1]), one(there[0]));
        sums.prf(topics.frames, &none, &none, &counts);
        let labels: BTreeSet<&Name> = records.iter().flatten().map(|record| &record.label).collect();
        for label in labels {
            let of = records.map(|record| record.is_some_and(|record| record.label == *label));
            sums.prf(topics.frames, label, &none, &Prf::new(one(of[0] && of[1]), one(of[1]), one(of[0])));
        }
        if let [Some(a), Some(b)] = records {
            for RoleMatch { role, fillers, left } in match_roles(alignment, [a, b]) {
                let [of_gold, all] = fillers.map(|count| share * count as f64);
                let counts = Prf::new(of_gold - share * left[0] as f64, all, of_gold);
                topics.paired_roles.iter().for_each(|topic| sums.prf(*topic, &a.label, role, &counts));
                if a.label == b.label {
                    sums.prf(topics.roles, &a.label, role, &counts);
                }
            }
            if a.label == b.label {
                continue;
            }
        }
        // A frame that has none of its label opposite is missing or too much, role by role.
        for (side, record) in records.iter().enumerate().filter_map(|(side, record)| Some((side, (*record)?))) {
            for role in &record.roles {
                let counts = if side == 0 { Prf::new(0.0, 0.0, share) } else { Prf::new(0.0, share, 0.0) };
                sums.prf(topics.roles, &record.label, &role.name, &counts);
            }
        }
    }
}

/// One role of two paired frames.
pub(super) struct RoleMatch<'a> {
    pub role: &'a Name,
    /// The number of fillers in each frame.
    pub fillers: [usize; 2],
    /// The number of those that the other frame lacks.
    pub left: [usize; 2],
}

/// Pairs the fillers of each role of two paired frames: the same annotation first, then another mention of the same referent,
/// which is the same filler.
pub(super) fn match_roles<'a>(alignment: &Alignment, records: [&'a Annotation; 2]) -> Vec<RoleMatch<'a>> {
    let mut roles: BTreeMap<&Name, [Vec<FillerKey>; 2]> = BTreeMap::new();
    for (side, record) in records.into_iter().enumerate() {
        for role in &record.roles {
            roles.entry(&role.name).or_default()[side].push(FillerKey::of(side, &role.filler));
        }
    }
    let one = |(role, [gold, mut predicted]): (&'a Name, [Vec<FillerKey>; 2])| {
        let fillers = [gold.len(), predicted.len()];
        let mut left = gold;
        for same in [FillerKey::is, FillerKey::same] {
            left.retain(|one| {
                let at = predicted.iter().position(|other| same(one, other, alignment));
                at.map(|at| predicted.swap_remove(at)).is_none()
            });
        }
        RoleMatch { role, fillers, left: [left.len(), predicted.len()] }
    };
    roles.into_iter().map(one).collect()
}

/// Adds every attribute that the label has, whether it is set or not: that nobody set it is agreement, too.
pub(super) fn attributes(schema: &Schema, [a, b]: [&Annotation; 2], sums: &mut Sums) {
    let Some(label) = schema.label(&a.label).filter(|label| label.name == b.label) else { return };
    let none = sums.none();
    for attribute in &label.attributes {
        let said =
            |record: &Annotation| normal_values(record, &attribute.name).map_or(none.clone(), |it| Name::new(&it));
        let (first, second) = (said(a), said(b));
        let mut add = |value: &Name, part| sums.add(Topic::Attribute, [&label.name, &attribute.name, value], part, 1.0);
        if first == second {
            add(&first, 0);
        }
        add(&first, 1);
        add(&second, 2);
        if attribute.ordered
            && let (Some(first), Some(second)) = (rank(attribute, a), rank(attribute, b))
        {
            let scale = ScaleSums::of(first, second);
            for (part, value) in scale.sums.into_iter().enumerate() {
                sums.add(Topic::Ordered, [&label.name, &attribute.name, &none], part as u32, value);
            }
        }
    }
}

/// The values of an attribute as they are compared; none where it is not set.
pub(super) fn normal_values(record: &Annotation, attribute: &Name) -> Option<String> {
    let mut values: Vec<String> = record.attribute_values(attribute).map(|value| normal_text(value)).collect();
    values.sort();
    (!values.is_empty()).then(|| values.join(", "))
}

/// Adds so many pairs of a label where neither says anything of any attribute, as [`attributes`] does one by one.
pub(super) fn unset(schema: &Schema, label: &Name, count: f64, sums: &mut Sums) {
    let none = sums.none();
    for attribute in schema.label(label).iter().flat_map(|label| &label.attributes) {
        for part in 0..3 {
            sums.add(Topic::Attribute, [label, &attribute.name, &none], part, count);
        }
    }
}

/// The place of a value on the scale of an attribute whose values are ordered; none where it is not set, or not one value.
fn rank(attribute: &AttributeDef, record: &Annotation) -> Option<f64> {
    let AttributeKind::Choice(choices) = &attribute.kind else { return None };
    let mut values = record.attribute_values(&attribute.name);
    let (value, more) = (values.next()?, values.next());
    let place = choices.iter().position(|choice| choice.name == **value)?;
    more.is_none().then_some(place as f64)
}

/// Numbers for what has no number yet.
struct Numbers<T>(HashMap<T, u32>);

impl<T: Eq + Hash> Numbers<T> {
    fn of(&mut self, thing: T) -> u32 {
        let next = self.0.len() as u32;
        *self.0.entry(thing).or_insert(next)
    }
}

/// Event scores (RAMS, WikiEvents) and template scores (MUC-4): equal triggers and words count there, not aligned ones.
fn literature(text: &Text, sets: [&AnnotationSet; 2], frames: &[Vec<&Annotation>; 2], sums: &mut Sums) {
    let mut names = Numbers(HashMap::new());
    let mut strings = Numbers(HashMap::new());
    let mut events: [Vec<EventMention>; 2] = Default::default();
    let mut all: [Vec<Template>; 2] = Default::default();
    for side in [0, 1] {
        let mut by_referent: HashMap<Id, Vec<u32>> = HashMap::new();
        for record in sets[side].iter() {
            if let (Some(referent), false) = (record.referent, record.at.is_empty()) {
                by_referent.entry(referent).or_default().push(strings.of(words(text, &record.at)));
            }
        }
        for frame in &frames[side] {
            let (mut arguments, mut fillers) = (Vec::new(), Vec::new());
            for role in &frame.roles {
                let number = names.of(role.name.clone());
                let filler = match &role.filler {
                    Filler::Annotation(id) => sets[side].get(*id),
                    Filler::Span(_) | Filler::Value(_) => None,
                };
                let at: &[Span] = match &role.filler {
                    Filler::Span(at) => at,
                    _ => filler.map_or(&[], |record| &record.at),
                };
                if let (Some(first), Some(last)) = (at.first(), at.last()) {
                    arguments.push(EventArgument { role: number, extent: (first.start, last.end) });
                }
                let mentions = match (&role.filler, filler.and_then(|record| by_referent.get(&record.referent?))) {
                    (_, Some(mentions)) => mentions.clone(),
                    (Filler::Value(Value::Text(value)), _) => vec![strings.of(scored(value))],
                    (Filler::Value(Value::Date(date)), _) => vec![strings.of(date.to_string())],
                    _ if at.is_empty() => continue,
                    _ => vec![strings.of(words(text, at))],
                };
                fillers.push(templates::TemplateEntity { role: number, mentions });
            }
            let kind = names.of(frame.label.clone());
            // A frame without words has no trigger that could be found.
            if let Some(trigger) = frame.extent().map(|extent| (extent.start, extent.end)) {
                events[side].push(EventMention { kind, trigger, arguments });
            }
            all[side].push(Template { kind, fillers });
        }
    }
    let scores = event_scores(&events[0], &events[1], Unfilled::Ignored);
    let none = sums.none();
    for (topic, score) in [
        (Topic::TriggerFound, scores.trigger_identification),
        (Topic::TriggerTyped, scores.trigger_classification),
        (Topic::ArgumentFound, scores.argument_identification),
        (Topic::ArgumentTyped, scores.argument_classification),
        (Topic::RoleFillers, role_filler_scores(&all[0], &all[1], Same::Any)),
        (Topic::Templates, template_scores(&all[0], &all[1], Same::Any, Unfilled::Ignored)),
    ] {
        sums.prf(topic, &none, &none, &score);
    }
}

fn words(text: &Text, at: &[Span]) -> String {
    scored(&at.iter().map(|span| text.slice(*span)).collect::<Vec<_>>().join(" "))
}

/// A string as the scorer of GTT (Du, Rush and Cardie 2021) compares it: in lower case, without punctuation, English articles
/// and superfluous white space. One that has nothing else stays as it is.
fn scored(string: &str) -> String {
    const ARTICLES: [&str; 3] = ["a", "an", "the"];
    let lower = string.to_lowercase();
    let plain: String = lower.chars().filter(|c| !c.is_ascii_punctuation()).collect();
    let words: Vec<&str> = plain.split_whitespace().filter(|word| !ARTICLES.contains(word)).collect();
    if words.is_empty() { normal_text(string) } else { words.join(" ") }
}
