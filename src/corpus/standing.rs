//! Judgements followed through: what is the same as the same is the same, and what was said of one holds of all that are it.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::model::{Id, Judgement, Judgements, Verdict};

/// The state of judgement about referents: what was said, and what follows from it.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The least referent of those that are the same.
    class: HashMap<Id, Id>,
    /// Of two classes, what was said, the last one last.
    said: BTreeMap<(Id, Id), Vec<Said>>,
    /// For each referent, those that were said to be the same, and by which judgement.
    same: HashMap<Id, Vec<(Id, Id)>>,
}

/// A judgement that two things are something else than the same.
#[derive(Debug, Clone, Copy)]
struct Said {
    verdict: Verdict,
    by: Id,
    of: (Id, Id),
}

impl Standing {
    /// The standing of these judgements.
    #[must_use]
    pub fn of(judgements: &Judgements) -> Self {
        let mut standing = Self::default();
        let said = || judgements.values().map(|judgement| &**judgement);
        for Judgement { id, of: (one, other), .. } in said().filter(|it| it.verdict == Verdict::Same) {
            standing.same.entry(*one).or_default().push((*other, *id));
            standing.same.entry(*other).or_default().push((*one, *id));
        }
        let starts: BTreeSet<Id> = standing.same.keys().copied().collect();
        for start in starts {
            if standing.class.contains_key(&start) {
                continue;
            }
            let mut ahead = vec![start];
            while let Some(id) = ahead.pop() {
                if standing.class.insert(id, start).is_none() {
                    ahead.extend(standing.same.get(&id).into_iter().flatten().map(|(next, _)| *next));
                }
            }
        }
        let mut others: Vec<&Judgement> = said().filter(|it| it.verdict != Verdict::Same).collect();
        others.sort_by_key(|judgement| (judgement.origin.at, judgement.id));
        for Judgement { id, of, verdict, .. } in others {
            let (one, other) = (standing.class(of.0), standing.class(of.1));
            let said = Said { verdict: *verdict, by: *id, of: *of };
            standing.said.entry((one.min(other), one.max(other))).or_default().push(said);
        }
        standing
    }

    /// The least of those that are the same as a referent, itself where there is no other.
    #[must_use]
    pub fn class(&self, id: Id) -> Id {
        self.class.get(&id).copied().unwrap_or(id)
    }

    /// The relation of two referents, said or followed; none where it is open.
    #[must_use]
    pub fn between(&self, one: Id, other: Id) -> Option<Verdict> {
        let (one, other) = (self.class(one), self.class(other));
        if one == other {
            return Some(Verdict::Same);
        }
        self.said.get(&(one.min(other), one.max(other)))?.last().map(|said| said.verdict)
    }

    /// The classes that something else than sameness was said of, and the last thing that was.
    pub(super) fn said(&self) -> impl Iterator<Item = (Id, Id, Verdict)> {
        self.said.iter().filter_map(|((one, other), said)| Some((*one, *other, said.last()?.verdict)))
    }

    /// The judgements that a new one would contradict, in the order that leads from one referent to the other; none where it
    /// contradicts nothing. What was said of the very same two may be said anew.
    #[must_use]
    pub fn chain(&self, one: Id, other: Id, verdict: Verdict) -> Vec<Id> {
        let is_these = |of: (Id, Id)| of == (one, other) || of == (other, one);
        if verdict == Verdict::Unsure {
            return Vec::new();
        }
        if verdict.denies_identity() {
            // A judgement of these two themselves may be made anew.
            return self.path(one, other, true);
        }
        let (mine, theirs) = (self.class(one), self.class(other));
        let between = self.said.get(&(mine.min(theirs), mine.max(theirs))).into_iter().flatten();
        let mut denied = between.filter(|said| said.verdict.denies_identity() && !is_these(said.of));
        let Some(said) = denied.next().filter(|_| mine != theirs) else { return Vec::new() };
        let (near, far) = if self.class(said.of.0) == mine { said.of } else { (said.of.1, said.of.0) };
        [self.path(one, near, false), vec![said.by], self.path(far, other, false)].concat()
    }

    /// The judgements by which two referents are the same, the fewest; none where they are not, or `around` leaves
    /// only what was said of these two themselves.
    fn path(&self, one: Id, other: Id, around: bool) -> Vec<Id> {
        let mut came: HashMap<Id, (Id, Id)> = HashMap::new();
        let mut ahead = VecDeque::from([one]);
        while let Some(id) = ahead.pop_front() {
            if id == other {
                break;
            }
            for (next, by) in self.same.get(&id).into_iter().flatten() {
                let direct = around && id == one && *next == other;
                if !direct && *next != one && !came.contains_key(next) {
                    came.insert(*next, (id, *by));
                    ahead.push_back(*next);
                }
            }
        }
        let (mut path, mut at) = (Vec::new(), other);
        while let Some((before, by)) = came.get(&at) {
            path.push(*by);
            at = *before;
        }
        path.reverse();
        path
    }
}
