//! Judgements followed through: what is the same as the same is the same, and what was said of one holds of all that are it.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};

use crate::model::judgement::unordered;
use crate::model::{Filler, Id, Judgement, Judgements, Referent, Referents, Verdict};

/// The state of judgement about referents: what was said, and what follows from it.
#[derive(Debug, Clone, Default)]
pub struct Standing {
    /// The least referent of those that are the same.
    class: HashMap<Id, Id>,
    /// Of two classes, what was said, the last one last.
    said: BTreeMap<(Id, Id), Vec<Said>>,
    /// For each referent, those that were said to be the same, and by which judgement.
    same: HashMap<Id, Vec<(Id, Option<Id>)>>,
}

/// A statement about two things, by a judgement or by a role of one of them.
#[derive(Debug, Clone, Copy)]
struct Said {
    verdict: Verdict,
    by: Option<Id>,
    of: (Id, Id),
}

impl Standing {
    /// The standing of these judgements.
    #[must_use]
    pub fn of(judgements: &Judgements) -> Self {
        Self::follow(said_in(judgements))
    }

    /// The standing of these judgements, and of what roles of referents say of two that nobody judged.
    #[must_use]
    pub fn with_roles(judgements: &Judgements, referents: &Referents) -> Self {
        let judged: BTreeSet<(Id, Id)> = judgements.values().map(|judgement| judgement.pair()).collect();
        let by_role = referents.values().flat_map(|referent| stated(referent));
        let by_role = by_role.filter(|said| !judged.contains(&unordered(said.of)));
        Self::follow(by_role.chain(said_in(judgements)).collect())
    }

    /// Follows statements through, of which a later one about the same two counts.
    fn follow(all: Vec<Said>) -> Self {
        let mut standing = Self::default();
        for Said { by, of: (one, other), .. } in all.iter().filter(|it| it.verdict == Verdict::Same) {
            standing.same.entry(*one).or_default().push((*other, *by));
            standing.same.entry(*other).or_default().push((*one, *by));
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
        for said in all.into_iter().filter(|it| it.verdict != Verdict::Same) {
            let classes = unordered((standing.class(said.of.0), standing.class(said.of.1)));
            standing.said.entry(classes).or_default().push(said);
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
        self.said.get(&unordered((one, other)))?.last().map(|said| said.verdict)
    }

    /// The pairs of which something was said, just these two.
    pub fn pairs(&self) -> impl Iterator<Item = (Id, Id)> {
        let same = self.same.iter().flat_map(|(one, all)| all.iter().map(|(other, _)| (*one, *other)));
        let same = same.filter(|(one, other)| one < other);
        same.chain(self.said.values().flatten().map(|said| unordered(said.of)))
    }

    /// The judgement that says of two, or of those that are the same as they, that they are not one.
    #[must_use]
    pub fn denial(&self, one: Id, other: Id) -> Option<Id> {
        let classes = unordered((self.class(one), self.class(other)));
        self.said.get(&classes)?.iter().filter(|said| said.verdict.denies_identity()).find_map(|said| said.by)
    }

    /// The classes that something else than sameness was said of, and the last thing that was.
    pub fn said(&self) -> impl Iterator<Item = (Id, Id, Verdict)> {
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
        let between = self.said.get(&unordered((mine, theirs))).into_iter().flatten();
        let mut denied = between.filter(|said| said.verdict.denies_identity() && !is_these(said.of));
        let Some(said) = denied.next().filter(|_| mine != theirs) else { return Vec::new() };
        let (near, far) = if self.class(said.of.0) == mine { said.of } else { (said.of.1, said.of.0) };
        [self.path(one, near, false), said.by.into_iter().collect(), self.path(far, other, false)].concat()
    }

    /// The judgements by which two referents are the same, the fewest; none where they are not, or `around` leaves
    /// only what was said of these two themselves.
    fn path(&self, one: Id, other: Id, around: bool) -> Vec<Id> {
        let mut came: HashMap<Id, (Id, Option<Id>)> = HashMap::new();
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
            path.extend(*by);
            at = *before;
        }
        path.reverse();
        path
    }
}

/// Judgements as statements: in the order in which they were made.
fn said_in(judgements: &Judgements) -> Vec<Said> {
    let mut all: Vec<&Judgement> = judgements.values().map(|judgement| &**judgement).collect();
    all.sort_by_key(|judgement| (judgement.origin.at, judgement.id));
    all.into_iter().map(|it| Said { verdict: it.verdict, by: Some(it.id), of: it.of }).collect()
}

/// The statements of a referent's roles about others.
fn stated(referent: &Referent) -> impl Iterator<Item = Said> {
    referent.roles.iter().filter_map(|role| match role.filler {
        Filler::Annotation(other) => {
            Some(Said { verdict: Verdict::of_role(&role.name)?, by: None, of: (referent.id, other) })
        }
        _ => None,
    })
}
