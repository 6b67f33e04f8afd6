//! Scores of event frames with triggers and arguments, as used with ACE, RAMS (Ebner et al. 2020) and WikiEvents (Li, Ji and
//! Han 2021): triggers found and typed, arguments found and given their role.

use super::Prf;
use super::assign::{PossiblePair, best_pairs};
use std::collections::BTreeMap;
use std::ops::AddAssign;

/// An event (a trip, a claim) with its trigger and arguments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventMention {
    /// Its type, numbered by the caller.
    pub kind: u32,
    /// Extent of the trigger, `[start, end)`.
    pub trigger: (u32, u32),
    /// Its arguments. An argument that is given twice counts twice.
    pub arguments: Vec<EventArgument>,
}

/// The filler of a role of an event.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EventArgument {
    /// The role, numbered by the caller.
    pub role: u32,
    /// Extent of the filler, `[start, end)`.
    pub extent: (u32, u32),
}

/// The worth of a pair of events (or templates) without any filler on either side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfilled {
    /// Nothing: scores count fillers alone, as the papers define them.
    Ignored,
    /// One: "no filler" counts as a filler, as the library metametric does it. It flatters sets with many bare events.
    CountsAsOne,
}

impl Unfilled {
    /// Returns the number of fillers that a frame with `fillers` counts as having.
    pub(super) fn size(self, fillers: usize) -> f64 {
        if fillers == 0 && self == Unfilled::CountsAsOne { 1.0 } else { fillers as f64 }
    }
}

/// The four scores.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct EventScores {
    /// A trigger is right if its extent is.
    pub trigger_identification: Prf,
    /// A trigger is right if its extent and type are.
    pub trigger_classification: Prf,
    /// An argument is right if its extent is and the trigger and type of its event are.
    pub argument_identification: Prf,
    /// … and its role is.
    pub argument_classification: Prf,
}

impl AddAssign<&EventScores> for EventScores {
    fn add_assign(&mut self, other: &EventScores) {
        self.trigger_identification += &other.trigger_identification;
        self.trigger_classification += &other.trigger_classification;
        self.argument_identification += &other.argument_identification;
        self.argument_classification += &other.argument_classification;
    }
}

/// Scores the events of one article. Several events on the same trigger are paired so that most arguments fit.
pub fn event_scores(gold: &[EventMention], predicted: &[EventMention], unfilled: Unfilled) -> EventScores {
    let sizes = |events: &[EventMention]| events.iter().map(|event| unfilled.size(event.arguments.len())).sum::<f64>();
    let extents = |event: &EventMention| sorted(event.arguments.iter().map(|argument| argument.extent));
    let roles = |event: &EventMention| sorted(event.arguments.iter().copied());
    let arguments = |correct| Prf::new(correct, sizes(predicted), sizes(gold));
    let triggers = |correct: usize| Prf::new(correct as f64, predicted.len() as f64, gold.len() as f64);
    EventScores {
        trigger_identification: triggers(common(
            &sorted(gold.iter().map(|event| event.trigger)),
            &sorted(predicted.iter().map(|event| event.trigger)),
        )),
        trigger_classification: triggers(common(
            &sorted(gold.iter().map(|event| (event.trigger, event.kind))),
            &sorted(predicted.iter().map(|event| (event.trigger, event.kind))),
        )),
        argument_identification: arguments(fitting(gold, predicted, unfilled, extents)),
        argument_classification: arguments(fitting(gold, predicted, unfilled, roles)),
    }
}

/// Arguments that fit under the best pairing of events of the same trigger and type.
fn fitting<T: Ord>(
    gold: &[EventMention],
    predicted: &[EventMention],
    unfilled: Unfilled,
    key: impl Fn(&EventMention) -> Vec<T>,
) -> f64 {
    let key = &key;
    let keys = |events: &[EventMention]| events.iter().map(key).collect::<Vec<_>>();
    let (keys_gold, keys_predicted) = (keys(gold), keys(predicted));
    let mut same: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (index, event) in predicted.iter().enumerate() {
        same.entry((event.trigger, event.kind)).or_default().push(index);
    }
    let mut gains = BTreeMap::new();
    for (g, event) in gold.iter().enumerate() {
        for &p in same.get(&(event.trigger, event.kind)).into_iter().flatten() {
            let (of_gold, of_predicted) = (&keys_gold[g], &keys_predicted[p]);
            let bare = of_gold.is_empty() && of_predicted.is_empty();
            gains.insert((g, p), if bare { unfilled.size(0) } else { common(of_gold, of_predicted) as f64 });
        }
    }
    let edges: Vec<PossiblePair> =
        gains.iter().map(|(&(g, p), &gain)| PossiblePair { left: g as u32, right: p as u32, gain }).collect();
    best_pairs(gold.len(), predicted.len(), &edges).iter().map(|pair| gains[pair]).sum()
}

fn sorted<T: Ord>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut items: Vec<T> = items.collect();
    items.sort_unstable();
    items
}

/// Size of the intersection of two sorted lists, with repetitions.
pub(super) fn common<T: Ord>(a: &[T], b: &[T]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => {
                (i, j, count) = (i + 1, j + 1, count + 1);
            }
        }
    }
    count
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(kind: u32, trigger: u32, arguments: &[(u32, u32)]) -> EventMention {
        let argument = |&(role, start): &(u32, u32)| EventArgument { role, extent: (start, start + 1) };
        EventMention { kind, trigger: (trigger, trigger + 1), arguments: arguments.iter().map(argument).collect() }
    }

    #[test]
    fn a_wrong_role_is_identified_and_a_wrong_type_is_not() {
        let gold = [event(0, 5, &[(0, 1), (1, 2)]), event(1, 9, &[(0, 3)])];
        let predicted = [event(0, 5, &[(0, 1), (0, 2)]), event(0, 9, &[(0, 3)])];
        let scores = event_scores(&gold, &predicted, Unfilled::Ignored);
        assert_eq!(scores.trigger_identification, Prf::new(2.0, 2.0, 2.0));
        assert_eq!(scores.trigger_classification, Prf::new(1.0, 2.0, 2.0));
        assert_eq!(scores.argument_identification, Prf::new(2.0, 3.0, 3.0));
        assert_eq!(scores.argument_classification, Prf::new(1.0, 3.0, 3.0));
    }

    #[test]
    fn two_events_of_one_trigger_find_their_own() {
        let (ankara, moscow) = (event(0, 5, &[(0, 1), (1, 2)]), event(0, 5, &[(0, 7), (1, 8)]));
        let scores = event_scores(&[ankara.clone(), moscow.clone()], &[moscow, ankara], Unfilled::Ignored);
        assert_eq!(scores.argument_classification.f1(), Ok(1.0));
    }
}
