//! Optimal pairing of large knots of few edges: by shortest augmenting paths (Jonker and Volgenant 1987) over the edges
//! that there are, in memory of their number.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::PossiblePair;

/// Gains become whole numbers up to this, so that sums of a million of them are exact.
const GREATEST: f64 = (1u64 << 40) as f64;

/// So many places are looked at before it is asked again whether to stop.
const STEP: usize = 1 << 12;

/// Nobody, or not yet.
const NONE: u32 = u32::MAX;

/// The pairing of greatest total gain, to one part in 2⁴⁰ of the greatest gain; none where `stop` said so. `lefts` and
/// `rights` are the sizes of the two sides; of equal edges one counts, and all must gain something.
pub(super) fn solve(
    lefts: usize,
    rights: usize,
    edges: &[PossiblePair],
    stop: &dyn Fn() -> bool,
) -> Option<Vec<(u32, u32)>> {
    let greatest = edges.iter().map(|edge| edge.gain).fold(0.0, f64::max);
    let mut paths = Paths::new(lefts, rights, edges, GREATEST / greatest);
    for left in 0..lefts as u32 {
        if (left as usize).is_multiple_of(STEP) && stop() {
            return None;
        }
        paths.augment(left, stop)?;
    }
    let pairs = paths.partner.iter().take(rights).enumerate().filter(|(_, left)| **left != NONE);
    Some(pairs.map(|(right, &left)| (left, right as u32)).collect())
}

/// The pairing so far. Each left has, beside its edges, a place of its own beyond the rights, where it goes to stay
/// alone: so every left has a place, and costs are what is lost of the greatest gain.
struct Paths {
    /// The beginning of the edges of each left.
    starts: Vec<u32>,
    /// Right and cost of each edge, edges of one left together.
    edges: Vec<(u32, i64)>,
    rights: usize,
    /// The left in each place.
    partner: Vec<u32>,
    /// The worth of each left and each place: no edge costs less than both together, and those of pairs cost just that.
    left_worth: Vec<i64>,
    place_worth: Vec<i64>,
    /// The distance of each place in the search for a path, and the left by which it is reached.
    far: Vec<i64>,
    by: Vec<u32>,
    /// Places that were reached, and those of them whose distance is final.
    reached: Vec<u32>,
    done: Vec<u32>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
}

impl Paths {
    fn new(lefts: usize, rights: usize, edges: &[PossiblePair], scale: f64) -> Self {
        let mut starts = vec![0u32; lefts + 1];
        for edge in edges {
            starts[edge.left as usize + 1] += 1;
        }
        for at in 0..lefts {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut sorted = vec![(0, 0); edges.len()];
        for edge in edges {
            let at = &mut next[edge.left as usize];
            sorted[*at as usize] = (edge.right, (GREATEST - edge.gain * scale) as i64);
            *at += 1;
        }
        let places = rights + lefts;
        Self {
            starts,
            edges: sorted,
            rights,
            partner: vec![NONE; places],
            left_worth: vec![0; lefts],
            place_worth: vec![0; places],
            far: vec![i64::MAX; places],
            by: vec![NONE; places],
            reached: Vec::new(),
            done: Vec::new(),
            heap: BinaryHeap::new(),
        }
    }

    /// Gives a left a place, moving others on where that is better for all together.
    fn augment(&mut self, left: u32, stop: &dyn Fn() -> bool) -> Option<()> {
        self.reach(left, 0);
        let end = loop {
            let Reverse((far, place)) = self.heap.pop()?;
            if far > self.far[place as usize] {
                continue;
            }
            let there = self.partner[place as usize];
            if there == NONE {
                break place;
            }
            self.done.push(place);
            if self.done.len().is_multiple_of(STEP) && stop() {
                return None;
            }
            self.reach(there, far);
        };
        let length = self.far[end as usize];
        self.left_worth[left as usize] += length;
        for place in std::mem::take(&mut self.done) {
            let nearer = length - self.far[place as usize];
            self.place_worth[place as usize] -= nearer;
            self.left_worth[self.partner[place as usize] as usize] += nearer;
        }
        let mut place = end;
        loop {
            let mover = self.by[place as usize];
            // The mover was reached through the place where it was before.
            let before = self.partner_place(mover, place);
            self.partner[place as usize] = mover;
            match before {
                Some(before) => place = before,
                None => break,
            }
        }
        for place in self.reached.drain(..) {
            self.far[place as usize] = i64::MAX;
        }
        self.heap.clear();
        Some(())
    }

    /// Looks at all places of a left that is itself so far away.
    fn reach(&mut self, left: u32, far: i64) {
        let (from, to) = (self.starts[left as usize] as usize, self.starts[left as usize + 1] as usize);
        let alone = ((self.rights + left as usize) as u32, GREATEST as i64);
        for at in from..=to {
            let (place, cost) = if at < to { self.edges[at] } else { alone };
            let distance = far + cost - self.left_worth[left as usize] - self.place_worth[place as usize];
            let known = &mut self.far[place as usize];
            if distance < *known {
                if *known == i64::MAX {
                    self.reached.push(place);
                }
                *known = distance;
                self.by[place as usize] = left;
                self.heap.push(Reverse((distance, place)));
            }
        }
    }

    /// The place that a left has now, other than the one that it goes to; none where it has none.
    fn partner_place(&self, left: u32, to: u32) -> Option<u32> {
        let (from, end) = (self.starts[left as usize] as usize, self.starts[left as usize + 1] as usize);
        let alone = (self.rights + left as usize) as u32;
        let places = self.edges[from..end].iter().map(|edge| edge.0).chain([alone]);
        places.into_iter().find(|&place| place != to && self.partner[place as usize] == left)
    }
}
