//! The probable truth, by the reliability of annotators: one more set to look at, which nobody has adopted.

use std::collections::HashMap;

use super::article::{pattern_name, patterns};
use super::look::Reliability;
use crate::model::{Annotation, AnnotationSet, Filler, Id, Name, Origin, Role, Schema, Timestamp, Via};
use crate::review::align;
use crate::text::Text;

/// The name that computed records give for their source.
pub const SOURCE: &str = Via::DAWID_SKENE;

/// The annotations of an article that are there more probably than not, each with its most probable label. Everything else
/// of it is what the most reliable of those annotators says who give it that label. Every record says that it was computed,
/// in the name of `by`, and how probable its label is, in thousandths. Referents, which are each annotator's own, are left
/// out, and so are role fillers that are not probably there.
#[must_use]
pub fn probable(
    schema: &Schema,
    text: &Text,
    sets: &[Option<&AnnotationSet>],
    reliability: &Reliability,
    by: &Name,
) -> Vec<Annotation> {
    let begun: Vec<(usize, &AnnotationSet)> =
        sets.iter().enumerate().filter_map(|(place, set)| Some((place, (*set)?))).collect();
    let here: Vec<&AnnotationSet> = begun.iter().map(|(_, set)| *set).collect();
    let alignment = align(schema, text, &here);
    let mut chosen: Vec<(usize, usize, Annotation)> = Vec::new();
    let mut made: HashMap<usize, Id> = HashMap::new();
    for (group, ratings) in patterns(schema, &alignment, &here).enumerate() {
        let mut row = vec![None; sets.len()];
        for (&(place, _), &rating) in begun.iter().zip(&ratings) {
            row[place] = Some(rating);
        }
        let Some(&known) = reliability.patterns.get(&pattern_name(&row)) else { continue };
        let Some((label, share)) = reliability.estimate.label(known).filter(|best| best.0 > 0) else { continue };
        let says_so = (0..begun.len()).filter(|&voter| ratings[voter] == label);
        let accuracy = |voter: &usize| reliability.accuracy.get(begun[*voter].0).copied().unwrap_or(0.0);
        // Of equally reliable ones the first.
        let best = says_so.reduce(|best, next| if accuracy(&next) > accuracy(&best) { next } else { best });
        let record = best.and_then(|voter| Some((voter, here[voter].get(alignment.groups[group].members[voter]?)?)));
        let Some((voter, record)) = record else { continue };
        let via = Via::Suggestion { source: Name::new(SOURCE), score: (share * 1000.0).round() as u16, changed: false };
        let origin = Origin { by: by.clone(), at: Timestamp::now(), via };
        let copy = Annotation { id: Id::random(), referent: None, note: String::new(), origin, ..(**record).clone() };
        made.insert(group, copy.id);
        chosen.push((group, voter, copy));
    }
    let mut all = Vec::with_capacity(chosen.len());
    for (_, voter, mut record) in chosen {
        let ours = |role: Role| {
            let filler = match role.filler {
                Filler::Annotation(id) => Filler::Annotation(*made.get(&alignment.group_of(voter, id)?)?),
                other => other,
            };
            Some(Role { name: role.name, filler })
        };
        record.roles = record.roles.into_iter().filter_map(ours).collect();
        all.push(record);
    }
    all
}
