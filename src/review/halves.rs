//! Frames that one annotator splits: what is one trip for some is two for others, and one question.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use super::alignment::Alignment;
use super::filler::FillerKey;
use super::frames::TELLING;
use super::likeness::{hash, normal};
use crate::model::{Annotation, AnnotationSet, Filler, Id, Name};

/// The frames of an article that some annotators split.
#[derive(Debug, Clone, Default)]
pub(super) struct Halves {
    /// The unit of what is one frame for others, by the unit of a half that they lack.
    pub whole_of: BTreeMap<usize, usize>,
    /// The first of several halves that a whole is split into by the same annotators, by each of the others: whether it is
    /// split so is one question.
    pub first_of: BTreeMap<usize, usize>,
    /// The units of the frames that both have, by each part that some lack, where some divide what is one thing into several frames
    /// and others into another number of them.
    pub uneven: BTreeMap<usize, Vec<usize>>,
    /// The other halves of an annotator's frame, as long as it is not settled that there are several.
    pub joined: HashMap<(usize, Id), Vec<Id>>,
    /// Undivided frames of annotators, where it is settled that there are several, and frames that are divided otherwise than it is
    /// settled: what fills them says nothing of a half.
    pub undivided: HashSet<(usize, Id)>,
}

impl Halves {
    /// Finds them: a half is a frame that some lack, while whoever has it has the other half, too, where another has
    /// one frame of the same label that has all of its fillers. A single filler must be one that the other half lacks: two
    /// trips of one traveller are two.
    pub fn find(alignment: &Alignment, voters: &[(&Name, &AnnotationSet)]) -> Self {
        let record = |group: usize, voter: usize| {
            let id = alignment.groups[group].members[voter]?;
            voters[voter].1.get(id).map(|record| &**record)
        };
        let frames: Vec<usize> = (0..alignment.groups.len()).filter(|&at| alignment.groups[at].frame).collect();
        let has = |group: usize, voter: usize| alignment.groups[group].members[voter].is_some();
        let lacks = |group: &usize| {
            let there = (0..voters.len()).filter(|&voter| has(*group, voter)).count();
            there > 0 && there < voters.len()
        };
        let mut found = Self::default();
        if !frames.iter().any(lacks) {
            return found;
        }
        // Frames by whatever fills them.
        let mut holders: HashMap<u64, Vec<usize>> = HashMap::new();
        for &group in &frames {
            let mut keys: Vec<u64> = (0..voters.len())
                .filter_map(|voter| Some((voter, record(group, voter)?)))
                .flat_map(|(voter, record)| {
                    record.roles.iter().flat_map(move |role| keys(alignment, voter, &role.filler))
                })
                .collect();
            keys.sort_unstable();
            keys.dedup();
            keys.into_iter().for_each(|key| holders.entry(key).or_default().push(group));
        }
        for half in frames.iter().copied().filter(lacks) {
            let first = (0..voters.len()).find_map(|voter| Some((voter, record(half, voter)?)));
            let Some((voter, filler)) = first.and_then(|(voter, it)| Some((voter, &it.roles.first()?.filler))) else {
                continue;
            };
            let near = keys(alignment, voter, filler).into_iter().filter_map(|key| holders.get(&key));
            let near = near.filter(|near| near.len() <= TELLING).flatten().copied();
            let mut near: Vec<usize> =
                near.filter(|&whole| whole != half && !found.whole_of.contains_key(&whole)).collect();
            near.sort_unstable();
            near.dedup();
            let whole = near.into_iter().find(|&whole| {
                let sides = |voter: usize| (record(whole, voter), record(half, voter));
                let split: Vec<(usize, &Annotation, &Annotation)> =
                    (0..voters.len()).filter_map(|voter| Some((voter, sides(voter).0?, sides(voter).1?))).collect();
                let mut one = (0..voters.len()).filter_map(|voter| match sides(voter) {
                    (Some(one), None) => Some((voter, one)),
                    _ => None,
                });
                let splits = |voter: usize| has(half, voter) <= has(whole, voter);
                let apart = |(by, one): (usize, &Annotation)| {
                    split.iter().all(|&(voter, other, half)| is_half(alignment, (by, one), (voter, other, half)))
                };
                !split.is_empty() && (0..voters.len()).all(splits) && one.any(apart)
            });
            let Some(whole) = whole else { continue };
            found.whole_of.insert(half, whole);
            for voter in 0..voters.len() {
                if let (Some(one), Some(other)) = (record(whole, voter), record(half, voter)) {
                    found.joined.entry((voter, one.id)).or_default().push(other.id);
                }
            }
        }
        for half in frames.iter().copied().filter(lacks) {
            if found.whole_of.contains_key(&half) {
                continue;
            }
            let Some((parts, left)) = (Divided { alignment, voters, found: &found, half }).find(&frames, &holders)
            else {
                continue;
            };
            for half in left {
                found.whole_of.insert(half, parts[0]);
                found.uneven.insert(half, parts.clone());
            }
        }
        let mut firsts: HashMap<(usize, Vec<bool>), usize> = HashMap::new();
        for (&half, &whole) in &found.whole_of {
            let by = (0..voters.len()).map(|voter| has(half, voter)).collect();
            let first = *firsts.entry((whole, by)).or_insert(half);
            if first != half {
                found.first_of.insert(half, first);
            }
        }
        found
    }

    /// The fillers of a role: of an annotator's frame, and of the other halves that belong to it, then as they stand in the
    /// text.
    pub fn fillers(
        &self,
        alignment: &Alignment,
        (voter, set): (usize, &AnnotationSet),
        record: &Annotation,
        role: &Name,
    ) -> Vec<Filler> {
        let mut fillers: Vec<Filler> = record.fillers(role).cloned().collect();
        let mut more = false;
        let others = self.joined.get(&(voter, record.id)).into_iter().flatten();
        for other in others.filter_map(|id| set.get(*id)) {
            for filler in other.fillers(role) {
                let key = FillerKey::of(voter, filler);
                if !fillers.iter().any(|there| FillerKey::of(voter, there).is(&key, alignment)) {
                    fillers.push(filler.clone());
                    more = true;
                }
            }
        }
        if more {
            fillers.sort_by_key(|filler| match filler {
                Filler::Annotation(id) => set.get(*id).and_then(|record| record.extent()),
                Filler::Span(at) => at.first().copied(),
                Filler::Value(_) => None,
            });
        }
        fillers
    }

    /// Says whether an annotator's frame says something of a role: an undivided one says nothing of a half.
    pub fn has_say(&self, voter: usize, record: &Annotation) -> bool {
        !self.undivided.contains(&(voter, record.id))
    }

    /// The halves of a whole.
    pub fn of(&self, whole: usize) -> impl Iterator<Item = usize> {
        self.whole_of.iter().filter(move |(_, it)| **it == whole).map(|(half, _)| *half)
    }
}

/// A part that some lack, of what others may have divided otherwise.
struct Divided<'a> {
    alignment: &'a Alignment,
    voters: &'a [(&'a Name, &'a AnnotationSet)],
    found: &'a Halves,
    half: usize,
}

impl<'a> Divided<'a> {
    fn record(&self, group: usize, voter: usize) -> Option<&'a Annotation> {
        let id = self.alignment.groups[group].members[voter]?;
        self.voters[voter].1.get(id).map(|record| &**record)
    }

    /// The voters who have a group, and those who do not.
    fn sides(&self, group: usize) -> (Vec<usize>, Vec<usize>) {
        (0..self.voters.len()).partition(|&voter| self.record(group, voter).is_some())
    }

    /// Says whether an annotator's frame has a filler of another one's.
    fn has(&self, (by, record): (usize, &Annotation), role: &Name, key: &FillerKey) -> bool {
        record.fillers(role).any(|it| FillerKey::of(by, it).same(key, self.alignment))
    }

    /// The units of two or more frames that all have, and the parts that some lack, where one annotator's frames have just what
    /// the frames and parts of the others have together, in another number of them.
    /// `holders` are the frames by whatever fills them.
    fn find(&self, frames: &[usize], holders: &HashMap<u64, Vec<usize>>) -> Option<(Vec<usize>, Vec<usize>)> {
        let (by, others) = self.sides(self.half);
        let half = self.record(self.half, *by.first()?)?;
        let near = |&unit: &usize, one: usize| {
            let alike = |voter: usize| self.record(unit, voter).is_some_and(|it| it.label == half.label);
            unit != self.half && alike(one) && by.iter().all(|&voter| alike(voter))
        };
        let keys = half.roles.iter().flat_map(|role| keys(self.alignment, by[0], &role.filler));
        let of_key = keys.filter_map(|key| holders.get(&key)).filter(|units| units.len() <= TELLING);
        let around: BTreeSet<usize> = of_key.flatten().copied().collect();
        others.into_iter().find_map(|one| {
            let near: Vec<usize> = around.iter().copied().filter(|unit| near(unit, one)).collect();
            let held_by = |role: &Name, filler: &Filler| {
                let key = FillerKey::of(by[0], filler);
                let holds = |&&unit: &&usize| self.record(unit, one).is_some_and(|it| self.has((one, it), role, &key));
                near.iter().filter(holds).copied().collect::<Vec<usize>>()
            };
            // A filler that several frames have says nothing of where a part belongs.
            let held: Vec<Vec<usize>> = half.roles.iter().map(|role| held_by(&role.name, &role.filler)).collect();
            let mut parts: Vec<usize> = held.iter().filter(|held| held.len() == 1).flatten().copied().collect();
            parts.sort_unstable();
            parts.dedup();
            let within = |record: &Annotation| {
                let of_one = |role: &Name, filler: &Filler| {
                    let key = FillerKey::of(by[0], filler);
                    parts.iter().any(|&part| self.record(part, one).is_some_and(|it| self.has((one, it), role, &key)))
                };
                record.label == half.label && record.roles.iter().all(|role| of_one(&role.name, &role.filler))
            };
            if parts.len() < 2 || !within(half) {
                return None;
            }
            let like = |&other: &usize| {
                let lacked = self.record(other, one).is_none() && self.sides(other).0 == by;
                let settled = self.found.whole_of.contains_key(&other);
                lacked && !settled && self.record(other, by[0]).is_some_and(within)
            };
            let left: Vec<usize> = frames.iter().copied().filter(|unit| *unit == self.half || like(unit)).collect();
            let ones: Vec<(usize, &Annotation)> =
                parts.iter().filter_map(|&part| Some((one, self.record(part, one)?))).collect();
            let same = by.iter().all(|&voter| {
                let of_voter = parts.iter().chain(&left).filter_map(|&unit| Some((voter, self.record(unit, voter)?)));
                let theirs: Vec<(usize, &Annotation)> =
                    of_voter.flat_map(|one| std::iter::once(one).chain(self.joined_to(one))).collect();
                self.all_within(&theirs, &ones) && self.all_within(&ones, &theirs)
            });
            same.then_some((parts, left))
        })
    }

    /// The other halves of an annotator's frame that were found before.
    fn joined_to(&self, (voter, record): (usize, &Annotation)) -> impl Iterator<Item = (usize, &'a Annotation)> {
        let others = self.found.joined.get(&(voter, record.id)).into_iter().flatten();
        others.filter_map(move |id| Some((voter, &**self.voters[voter].1.get(*id)?)))
    }

    /// Says whether whatever fills these frames fills one of those.
    fn all_within(&self, these: &[(usize, &Annotation)], those: &[(usize, &Annotation)]) -> bool {
        these.iter().all(|(voter, record)| {
            record.roles.iter().all(|role| {
                let key = FillerKey::of(*voter, &role.filler);
                those.iter().any(|&that| self.has(that, &role.name, &key))
            })
        })
    }
}

/// The numbers by which a filler is found: the thing and its referent, the words, the value.
fn keys(alignment: &Alignment, voter: usize, filler: &Filler) -> Vec<u64> {
    match filler {
        Filler::Annotation(id) => {
            let group = alignment.group_of(voter, *id).map(|group| hash(&("group", group)));
            let referent = alignment.referent_of(voter, *id).map(|cluster| hash(&("referent", cluster)));
            group.into_iter().chain(referent).collect()
        }
        Filler::Span(at) => vec![hash(&("words", at))],
        Filler::Value(value) => vec![hash(&("value", normal(value)))],
    }
}

/// Says whether all that a half has is part of another annotator's frame, and not only what the other half has as well.
fn is_half(
    alignment: &Alignment,
    (by, one): (usize, &Annotation),
    (voter, other, half): (usize, &Annotation, &Annotation),
) -> bool {
    let within = |record: &Annotation, by: usize, role: &Name, filler: &Filler| {
        let key = FillerKey::of(voter, filler);
        record.fillers(role).any(|it| FillerKey::of(by, it).same(&key, alignment))
    };
    let mut roles: Vec<&Name> = half.roles.iter().map(|role| &role.name).collect();
    roles.sort_unstable();
    roles.dedup();
    half.label == one.label
        && !half.roles.is_empty()
        && half.roles.iter().all(|role| within(one, by, &role.name, &role.filler))
        && (roles.len() > 1 || half.roles.iter().any(|role| !within(other, voter, &role.name, &role.filler)))
}
