//! The best alignment of more than two annotators.

use super::dissimilarity::{Dissimilarity, Stop, Stretch, Tuples};
use std::cell::Cell;
use std::collections::BTreeMap;

/// The steps that all searches of one text may take together: a partial alignment that is extended, or a unit that
/// joins a tuple. What takes more is aligned in turns. It is a second or so.
pub(super) const MOST: usize = 16_000_000;

/// The reason why a search came to no end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Halt {
    /// It is time to stop.
    Stopped,
    /// It takes more than may be spent, or there are more tuples than can be looked at.
    TooLarge,
}

/// Extensions of partial alignments tried at one unit for an alignment that is shown; beyond that the worst partial
/// alignments are dropped and the result is not proven best any more.
pub(super) const THOROUGH: usize = 100_000;

/// The same for an alignment of which there are many, such as those of random samples.
pub(super) const QUICK: usize = 10_000;

/// Tuples considered at one unit at the most.
const TUPLES: usize = 4_000;

/// The number of units after the leftmost open one that an alignment may take (the bits of a [`TakenUnits`]).
const WINDOW: usize = 127;

/// The set of taken units from the leftmost open one on: bit `i` is the unit `i` after it.
type TakenUnits = u128;

/// Partial alignments are extended at their leftmost open unit, by each tuple that it could be in. Partial alignments
/// that have taken the same units are one, at the least cost. Costs are counted above the least that each unit could
/// cost wherever it goes, so that partial alignments of different reach compare and hopeless ones are seen early
/// (branch and bound).
pub(super) struct Search<'a> {
    dissimilarity: &'a Dissimilarity,
    /// All units by start: annotator, index there, place.
    units: Vec<(usize, usize, Stretch)>,
    annotators: usize,
    /// Length of the longest unit.
    longest: f64,
    /// The steps that are left.
    left: &'a Cell<usize>,
    stop: Stop<'a>,
}

/// Units that may be aligned with each other, all of different annotators.
struct Tuple {
    /// Places in [`Search::units`], ascending.
    members: Vec<usize>,
    /// The same, seen from the first.
    bits: TakenUnits,
    /// Its disorder, later that above the least of its members.
    cost: f64,
}

/// One way to have come to a partial alignment: the step before, or [`FIRST`], and a tuple of a unit's choices. There
/// are millions of them, so they are small.
struct SearchStep {
    before: u32,
    unit: u32,
    tuple: u32,
}

/// No step before.
const FIRST: u32 = u32::MAX;

impl<'a> Search<'a> {
    pub(super) fn new(
        annotators: &[Vec<Stretch>],
        dissimilarity: &'a Dissimilarity,
        left: &'a Cell<usize>,
        stop: Stop<'a>,
    ) -> Search<'a> {
        let all = annotators.iter().enumerate();
        let mut units: Vec<(usize, usize, Stretch)> = all
            .flat_map(|(who, units)| units.iter().enumerate().map(move |(index, unit)| (who, index, *unit)))
            .collect();
        units.sort_by(|a, b| a.2.start.total_cmp(&b.2.start).then(a.2.end.total_cmp(&b.2.end)).then(a.0.cmp(&b.0)));
        let longest = units.iter().map(|(_, _, unit)| unit.length()).fold(0.0, f64::max);
        Search { dissimilarity, units, annotators: annotators.len(), longest, left, stop }
    }

    /// Pays for work, as far as that is allowed.
    fn spend(&self, steps: usize) -> Result<(), Halt> {
        self.left.set(self.left.get().checked_sub(steps).ok_or(Halt::TooLarge)?);
        Ok(())
    }

    /// The tuples of the best alignment, the sum of their disorders, and whether it is proven best.
    pub(super) fn run(self, work: usize) -> Result<(Tuples, f64, bool), Halt> {
        let mut choices: Vec<Vec<Tuple>> = Vec::with_capacity(self.units.len());
        for at in 0..self.units.len() {
            if (self.stop)() {
                return Err(Halt::Stopped);
            }
            choices.push(self.tuples_from(at)?);
        }
        let mut least = vec![f64::INFINITY; self.units.len()];
        for tuple in choices.iter().flatten() {
            for &member in &tuple.members {
                least[member] = least[member].min(tuple.cost / tuple.members.len() as f64);
            }
        }
        for tuple in choices.iter_mut().flatten() {
            tuple.cost -= tuple.members.iter().map(|&member| least[member]).sum::<f64>();
        }
        for tuples in &mut choices {
            tuples.sort_by(|a, b| a.cost.total_cmp(&b.cost).then_with(|| a.members.cmp(&b.members)));
        }
        // A quick, narrow search first: what it finds is the bound of the wide one.
        let (mut tuples, mut above, mut complete) = self.search(&choices, work / 100, f64::INFINITY)?;
        if !complete {
            let wide = self.search(&choices, work, above)?;
            complete = wide.2;
            // Nothing to be found within the bound can only be for want of work.
            if !wide.0.is_empty() {
                (tuples, above) = (wide.0, wide.1);
            }
        }
        Ok((tuples, above + least.iter().sum::<f64>(), complete))
    }

    /// The best alignment that costs at most `bound`, if any, and whether nothing was dropped for want of `work`.
    fn search(&self, choices: &[Vec<Tuple>], work: usize, bound: f64) -> Result<(Tuples, f64, bool), Halt> {
        let bound = bound + 1e-9;
        let mut complete = true;
        let mut steps: Vec<SearchStep> = Vec::new();
        let mut open: BTreeMap<usize, BTreeMap<TakenUnits, (f64, u32)>> = BTreeMap::new();
        open.entry(0).or_default().insert(0, (0.0, FIRST));
        while let Some((at, layer)) = open.pop_first() {
            let Some(tuples) = choices.get(at) else {
                let (cost, last) = layer.into_values().next().unwrap_or((0.0, FIRST));
                return Ok((self.follow(choices, &steps, last), cost, complete));
            };
            if (self.stop)() {
                return Err(Halt::Stopped);
            }
            let mut states: Vec<(TakenUnits, f64, u32)> =
                layer.into_iter().map(|(taken, (cost, before))| (taken, cost, before)).collect();
            let width = (work / tuples.len()).max(4);
            if states.len() > width {
                complete = false;
                states.sort_by(|a, b| a.1.total_cmp(&b.1).then(a.0.cmp(&b.0)));
                states.truncate(width);
            }
            for (taken, cost, before) in states {
                let within = tuples.iter().take_while(|tuple| cost + tuple.cost <= bound).count();
                self.spend(within)?;
                for (index, tuple) in tuples[..within].iter().enumerate().filter(|(_, it)| taken & it.bits == 0) {
                    let now = (taken | tuple.bits) >> 1;
                    let skip = now.trailing_ones();
                    let (next, now) = (at + 1 + skip as usize, now.checked_shr(skip).unwrap_or(0));
                    let entry = open.entry(next).or_default().entry(now).or_insert((f64::INFINITY, FIRST));
                    if cost + tuple.cost < entry.0 {
                        *entry = (cost + tuple.cost, steps.len() as u32);
                        steps.push(SearchStep { before, unit: at as u32, tuple: index as u32 });
                    }
                }
            }
        }
        Ok((Vec::new(), 0.0, complete))
    }

    /// Follows the steps back.
    fn follow(&self, choices: &[Vec<Tuple>], steps: &[SearchStep], mut last: u32) -> Tuples {
        let mut tuples = Vec::new();
        while let Some(step) = steps.get(last as usize) {
            let mut tuple = vec![None; self.annotators];
            for &place in &choices[step.unit as usize][step.tuple as usize].members {
                let (annotator, index, _) = self.units[place];
                tuple[annotator] = Some(index);
            }
            tuples.push(tuple);
            last = step.before;
        }
        tuples.reverse();
        tuples
    }

    /// Every tuple worth considering whose leftmost unit is this one.
    ///
    /// A tuple of which one unit could leave at no cost is never needed. With n annotators, the unit's dissimilarities
    /// to the others in the tuple, less 1 each, must stay below the n(n−1)/2 of a tuple of its own.
    fn tuples_from(&self, at: usize) -> Result<Vec<Tuple>, Halt> {
        let all_pairs = (self.annotators * (self.annotators.max(2) - 1) / 2) as f64;
        let most = all_pairs + self.annotators as f64 - 1.0;
        let (who, _, first) = self.units[at];
        // A unit that starts beyond this is too far even if it is as long as the longest.
        let reach = (most / self.dissimilarity.position).sqrt() * (first.length() + self.longest);
        let later = at + 1..self.units.len();
        let near: Vec<usize> = later
            .take_while(|&other| self.units[other].2.start - first.start <= reach)
            .filter(|&other| self.units[other].0 != who && self.dissimilarity_at(at, other) <= most)
            .collect();
        let mut tuples = vec![(vec![at], 0.0)];
        for &place in &near {
            if place - at > WINDOW || tuples.len() > TUPLES {
                return Err(Halt::TooLarge);
            }
            self.spend(tuples.len())?;
            // Each tuple so far, with this unit too.
            for index in 0..tuples.len() {
                let (members, sum): &(Vec<usize>, f64) = &tuples[index];
                if members.iter().any(|&member| self.units[member].0 == self.units[place].0) {
                    continue;
                }
                let joined: f64 = members.iter().map(|&member| self.dissimilarity_at(member, place)).sum();
                // Those that join later may each bring this unit 1 nearer.
                let later = (self.annotators - members.len() - 1) as f64;
                if joined - members.len() as f64 <= all_pairs + later {
                    let longer = members.iter().copied().chain([place]).collect();
                    tuples.push((longer, sum + joined));
                }
            }
        }
        let needed = |members: &[usize]| {
            members.len() == 1 || members.iter().all(|&unit| self.belongs(unit, members, all_pairs))
        };
        let tuple = |(members, sum): (Vec<usize>, f64)| {
            let pairs = members.len() * (members.len() - 1) / 2;
            let bits = members.iter().fold(0, |bits, &member| bits | 1 << (member - at));
            Tuple { members, bits, cost: (sum + all_pairs - pairs as f64) / all_pairs.max(1.0) }
        };
        Ok(tuples.into_iter().filter(|(members, _)| needed(members)).map(tuple).collect())
    }

    fn dissimilarity_at(&self, a: usize, b: usize) -> f64 {
        self.dissimilarity.between(&self.units[a].2, &self.units[b].2)
    }

    /// Says whether taking the unit out of the tuple would cost something.
    fn belongs(&self, unit: usize, members: &[usize], all_pairs: f64) -> bool {
        let others = members.iter().filter(|&&other| other != unit);
        others.map(|&other| self.dissimilarity_at(unit, other) - 1.0).sum::<f64>() < all_pairs
    }
}
