//! The annotations of several sets of one article as groups of the same thing, and their referents as clusters of groups.

use std::collections::HashMap;

use super::referents::{Called, Clusters, ReferentGroups, pair};
use crate::model::{AnnotationSet, Id};

/// One thing, as each of the sets has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// The annotation in each set, in the order in which the sets were given; none where a set lacks it.
    pub members: Vec<Option<Id>>,
    /// True where it is a trip, a claim or another frame.
    pub frame: bool,
}

/// The annotations of several sets of one article, aligned.
#[derive(Debug, Clone, Default)]
pub struct Alignment {
    /// Every annotation of every set is in exactly one group. In reading order: what has no span comes first, then by
    /// start, the longer first, as the first set that has it says.
    pub groups: Vec<Group>,
    /// The referents that these annotations are about, aligned as clusters of groups.
    pub referents: ReferentGroups,
    of: Vec<HashMap<Id, u32>>,
    /// The referent of each annotation that has one, set by set.
    about: Vec<HashMap<Id, Id>>,
    /// The names of each set's referents, where they are known.
    called: Vec<Called>,
}

impl Alignment {
    /// Puts groups together with the group of each set's annotations, and aligns the referents by them.
    pub(super) fn new(
        groups: Vec<Group>,
        of: Vec<HashMap<Id, u32>>,
        sets: &[&AnnotationSet],
        called: Vec<Called>,
    ) -> Self {
        let about = |set: &&AnnotationSet| set.iter().filter_map(|it| Some((it.id, it.referent?))).collect();
        let about = sets.iter().map(about).collect();
        let mut alignment = Self { groups, referents: ReferentGroups::default(), of, about, called };
        alignment.referents = align_referents(&alignment, sets);
        alignment
    }

    /// The same without the last set, which was laid over the others: what those alone are aligned as. `sets` are all of them.
    pub(crate) fn without_last(&self, sets: &[&AnnotationSet]) -> Self {
        let all = sets.len().saturating_sub(1);
        let kept = self.groups.iter().enumerate();
        let kept = kept.filter(|(_, group)| group.members[..all].iter().any(Option::is_some));
        let mut numbers = vec![0; self.groups.len()];
        let mut groups = Vec::with_capacity(self.groups.len());
        for (at, group) in kept {
            numbers[at] = groups.len() as u32;
            groups.push(Group { members: group.members[..all].to_vec(), frame: group.frame });
        }
        let of = self.of[..all].iter();
        let of = of.map(|of| of.iter().map(|(id, group)| (*id, numbers[*group as usize])).collect()).collect();
        Self::new(groups, of, &sets[..all], Vec::new())
    }

    /// Says whether two annotations, each with its set, are one filler of a role: the same thing, or mentions of the same
    /// referent in the eyes of both sets.
    #[must_use]
    pub fn same_filler(&self, one: (usize, Id), other: (usize, Id)) -> bool {
        let groups = [one, other].map(|(set, id)| self.group_of(set, id));
        if groups[0] == groups[1] {
            return true;
        }
        let about = |(set, id): (usize, Id)| self.about.get(set)?.get(&id).copied();
        let referents = [one, other].map(about);
        let [Some(_), Some(_)] = referents else { return false };
        let clusters = [0, 1].map(|at| self.referents.group_of([one, other][at].0, referents[at]?));
        if clusters[0].is_none() || clusters[0] != clusters[1] {
            return false;
        }
        // An annotator who marks the other's mention too, and takes it for somebody else, does not mean the same.
        let agrees = |(set, _): (usize, Id), referent: Option<Id>, group: Option<usize>| {
            let theirs = group.and_then(|group| self.groups[group].members.get(set).copied().flatten());
            theirs.is_none_or(|id| about((set, id)) == referent)
        };
        agrees(one, referents[0], groups[1]) && agrees(other, referents[1], groups[0])
    }

    /// The cluster of an annotation's referent in the eyes of the `set`-th set.
    pub(super) fn referent_of(&self, set: usize, id: Id) -> Option<usize> {
        self.referents.group_of(set, *self.about.get(set)?.get(&id)?)
    }

    /// The group of an annotation of the `set`-th set; none where the set does not have it.
    #[must_use]
    pub fn group_of(&self, set: usize, id: Id) -> Option<usize> {
        self.of.get(set)?.get(&id).map(|&group| group as usize)
    }
}

impl Alignment {
    /// Takes another word for which records of the last set belong to which groups.
    pub(super) fn relink(&mut self, sets: &[&AnnotationSet], members: impl Iterator<Item = Option<Id>>) {
        let Some(last) = self.of.last_mut() else { return };
        let members: Vec<Option<Id>> = members.collect();
        *last = members.iter().enumerate().filter_map(|(group, id)| Some(((*id)?, group as u32))).collect();
        for (group, id) in self.groups.iter_mut().zip(members) {
            *group.members.last_mut().expect("a group has a place for every set") = id;
        }
        self.referents = align_referents(self, sets);
    }
}

/// Aligns the referents of an article's annotators.
///
/// Two referents are as alike as the groups of annotations that are about them: φ₄ of CEAF (Luo 2005), 2·|a∩b| ÷ (|a|+|b|),
/// paired by best total, the annotators one after the other. Referents that no group shares are never the same.
fn align_referents(alignment: &Alignment, sets: &[&AnnotationSet]) -> ReferentGroups {
    let mut clusters: Vec<Clusters> = vec![Clusters::new(); sets.len()];
    for (set, record) in sets.iter().enumerate().flat_map(|(set, all)| all.iter().map(move |it| (set, it))) {
        let (Some(referent), Some(group)) = (record.referent, alignment.group_of(set, record.id)) else { continue };
        clusters[set].entry(referent).or_default().push(group as u64);
    }
    pair(clusters, &alignment.called)
}
