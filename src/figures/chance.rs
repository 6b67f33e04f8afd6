//! The chance level of trips, claims and other frames: what two would agree on if the second annotator's had been put together
//! at random, within the article.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::frames::{FrameTopics, paired};
use super::key::{Sums, Topic};
use crate::agreement::random::Random;
use crate::model::{Annotation, AnnotationSet, Filler, Id, Kind, Name, Schema};
use crate::review::align;
use crate::text::{Span, Text};

/// Shufflings of an article.
const SHUFFLINGS: u64 = 20;

/// Adds the frames that are paired, and the fillers of roles that are right, as the mean of seeded shufflings of the second
/// annotator's frames.
pub(super) fn measure(schema: &Schema, text: &Text, sets: [&AnnotationSet; 2], sums: &mut Sums) {
    let is_frame = |record: &Arc<Annotation>| schema.kind(&record.label) == Kind::Frame;
    if !sets.iter().any(|set| set.iter().any(is_frame)) {
        return;
    }
    for number in 0..SHUFFLINGS {
        let other = shuffled(schema, sets[1], &mut Random::new(number, 0));
        let sets = [sets[0], &other];
        let topics = FrameTopics { frames: Topic::FramesByChance, paired_roles: None, roles: Topic::RoleByChance };
        paired(&align(schema, text, &sets), sets, &topics, 1.0 / SHUFFLINGS as f64, sums);
    }
}

/// The parts of all frames of one label.
#[derive(Default)]
struct Parts {
    frames: Vec<Id>,
    triggers: Vec<Vec<Span>>,
    /// The fillers of each role, and the values of each attribute, as they are dealt.
    fillers: BTreeMap<Name, Vec<Filler>>,
    values: BTreeMap<Name, Vec<Vec<String>>>,
}

/// A set in which the parts of its frames are dealt anew among the frames of their label: triggers, what fills each role,
/// and the values of each attribute. Every frame has as many of each as before.
fn shuffled(schema: &Schema, set: &AnnotationSet, random: &mut Random) -> AnnotationSet {
    let mut labels: BTreeMap<&Name, Parts> = BTreeMap::new();
    for record in set.iter().filter(|record| schema.kind(&record.label) == Kind::Frame) {
        let parts = labels.entry(&record.label).or_default();
        parts.frames.push(record.id);
        parts.triggers.push(record.at.clone());
        for role in &record.roles {
            parts.fillers.entry(role.name.clone()).or_default().push(role.filler.clone());
        }
    }
    for (label, parts) in &mut labels {
        let attributes = schema.label(label).into_iter().flat_map(|def| &def.attributes);
        for attribute in attributes {
            let of =
                |id: &Id| set.get(*id).expect("it was just read").attribute_values(&attribute.name).cloned().collect();
            parts.values.insert(attribute.name.clone(), parts.frames.iter().map(of).collect());
        }
        shuffle(&mut parts.triggers, random);
        parts.fillers.values_mut().for_each(|fillers| shuffle(fillers, random));
        parts.values.values_mut().for_each(|values| shuffle(values, random));
    }
    let dealt = set.iter().map(|record| {
        let Some(parts) = labels.get_mut(&record.label) else { return record.clone() };
        let mut dealt = Annotation::clone(record);
        dealt.at = parts.triggers.pop().expect("one for each frame");
        for role in &mut dealt.roles {
            let fillers = parts.fillers.get_mut(&role.name).expect("every role was read");
            role.filler = fillers.pop().expect("one for each place");
        }
        for (name, values) in &mut parts.values {
            dealt.attributes.retain(|(other, _)| other != name);
            let values = values.pop().expect("one for each frame");
            dealt.attributes.extend(values.into_iter().map(|value| (name.clone(), value)));
        }
        dealt.attributes.sort();
        Arc::new(dealt)
    });
    AnnotationSet::new(dealt.collect::<Vec<_>>(), set.progress())
}

/// Fisher and Yates.
fn shuffle<T>(parts: &mut [T], random: &mut Random) {
    for last in (1..parts.len()).rev() {
        parts.swap(last, random.below(last + 1));
    }
}
