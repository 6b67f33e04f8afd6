//! Lint of judgements, in codes of their own:
//!
//! | code | severity | meaning |
//! |---|---|---|
//! | `dangling-judgement` | error | a judgement is about a referent that is not there |
//! | `own-judgement` | error | a judgement is about one referent and itself |
//! | `judged-twice` | error | two judgements about the same referents say different things |
//! | `contradictory-judgement` | error | two referents are the same by way of others, and a judgement denies it |

use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap, VecDeque};

use crate::lang::Message;
use crate::message;
use crate::model::{Id, Judgement, Judgements, Problem, Referents, Verdict};

/// The problems with an annotator's judgements, by id.
pub(super) fn check(judgements: &Judgements, referents: Option<&Referents>) -> Vec<(Id, Problem)> {
    let mut problems = Vec::new();
    let mut say = |judgement: &Judgement, code: &'static str, message: Message| {
        let annotation = Some(judgement.id.to_string());
        problems.push((judgement.id, Problem { annotation, ..Problem::error(code, message) }));
    };
    let called = |id: Id| match referents.and_then(|all| all.get(&id)) {
        Some(referent) => format!("\"{}\"", super::excerpt(&referent.name)),
        None => id.to_string(),
    };
    let mut first: BTreeMap<(Id, Id), &Judgement> = BTreeMap::new();
    let mut same: HashMap<Id, Vec<(Id, Id)>> = HashMap::new();
    for judgement in judgements.values() {
        let (id, (one, other)) = (judgement.id, judgement.of);
        for gone in [one, other].into_iter().filter(|id| referents.is_none_or(|all| !all.contains_key(id))) {
            let message = message!("check-dangling-judgement", id = id, referent = gone);
            say(judgement, "dangling-judgement", message);
        }
        if one == other {
            say(judgement, "own-judgement", message!("check-own-judgement", id = id, referent = called(one)));
            continue;
        }
        let before = first.entry(judgement.pair()).or_insert(judgement);
        if before.verdict != judgement.verdict {
            let message = message!(
                "check-judged-twice",
                id = id,
                says = judgement.verdict.message(),
                one = called(one),
                other = called(other),
                first = before.id,
                said = before.verdict.message(),
            );
            say(judgement, "judged-twice", message);
        }
        if judgement.verdict == Verdict::Same {
            same.entry(one).or_default().push((other, id));
            same.entry(other).or_default().push((one, id));
        }
    }
    let groups = groups(&same);
    let group = |id: Id| groups.get(&id);
    for judgement in judgements.values().filter(|judgement| judgement.verdict.denies_identity()) {
        let (one, other) = judgement.of;
        // One that is denied outright was told above.
        let outright = first.get(&judgement.pair()).is_some_and(|first| first.verdict == Verdict::Same);
        if one == other || outright || group(one).is_none() || group(one) != group(other) {
            continue;
        }
        let by: Vec<String> = path(&same, one, other).iter().map(Id::to_string).collect();
        let message = message!(
            "check-contradictory-judgement",
            one = called(one),
            other = called(other),
            by = by.join(", "),
            id = judgement.id,
            says = judgement.verdict.message(),
        );
        say(judgement, "contradictory-judgement", message);
    }
    problems
}

/// The number of the group of each referent that is the same as another.
fn groups(same: &HashMap<Id, Vec<(Id, Id)>>) -> HashMap<Id, usize> {
    let mut groups = HashMap::new();
    for (number, start) in same.keys().enumerate() {
        let mut ahead = vec![*start];
        while let Some(id) = ahead.pop() {
            if let Entry::Vacant(free) = groups.entry(id) {
                free.insert(number);
                ahead.extend(same[&id].iter().map(|(next, _)| *next));
            }
        }
    }
    groups
}

/// The judgements of the shortest way from one referent to another.
fn path(same: &HashMap<Id, Vec<(Id, Id)>>, from: Id, to: Id) -> Vec<Id> {
    let mut came: HashMap<Id, (Id, Id)> = HashMap::new();
    let mut ahead = VecDeque::from([from]);
    while let Some(id) = ahead.pop_front().filter(|id| *id != to) {
        for (next, by) in same.get(&id).into_iter().flatten() {
            if *next != from && !came.contains_key(next) {
                came.insert(*next, (id, *by));
                ahead.push_back(*next);
            }
        }
    }
    let mut by = Vec::new();
    let mut at = to;
    while let Some((before, judgement)) = came.get(&at) {
        by.push(*judgement);
        at = *before;
    }
    by.reverse();
    by
}
