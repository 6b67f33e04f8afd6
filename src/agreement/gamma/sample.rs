//! Random annotations: the chance models of γ.

use super::dissimilarity::Stretch;
use crate::agreement::random::Random;

/// The model of random annotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Chance {
    /// The paper's: each annotator of a sample is one of the real ones, chosen at random, whose units are all shifted
    /// around the text by a random amount, no two by nearly the same.
    Shifted,
    /// pygamma-agreement's default: number of units, gaps and lengths drawn from normal distributions with the mean and
    /// the deviation of the real ones, labels by how common they are.
    Statistical,
}

/// Draws random annotations that resemble the real ones.
pub(super) enum Sampler<'a> {
    Shifted { annotators: &'a [Vec<Stretch>], end: f64, clearance: f64 },
    Statistical { annotators: usize, count: Normal, gap: Normal, length: Normal, labels: Vec<u32> },
}

/// Mean and deviation of a normal distribution.
pub(super) struct Normal {
    mean: f64,
    deviation: f64,
}

impl Normal {
    fn of(values: &[f64]) -> Normal {
        let mean = mean(values);
        let squares: Vec<f64> = values.iter().map(|value| (value - mean).powi(2)).collect();
        Normal { mean, deviation: self::mean(&squares).sqrt() }
    }

    fn draw(&self, random: &mut Random) -> f64 {
        random.normal(self.mean, self.deviation)
    }
}

impl<'a> Sampler<'a> {
    /// A sampler for real annotations, which hold at least one unit.
    pub(super) fn new(annotators: &'a [Vec<Stretch>], chance: Chance) -> Sampler<'a> {
        let units = || annotators.iter().flatten();
        let lengths: Vec<f64> = units().map(Stretch::length).collect();
        match chance {
            Chance::Shifted => {
                let end = units().map(|unit| unit.end).fold(0.0, f64::max);
                Sampler::Shifted { annotators, end, clearance: mean(&lengths) / 2.0 }
            }
            Chance::Statistical => {
                let counts: Vec<f64> = annotators.iter().map(|units| units.len() as f64).collect();
                Sampler::Statistical {
                    annotators: annotators.len(),
                    count: Normal::of(&counts),
                    gap: Normal::of(&gaps(annotators)),
                    length: Normal::of(&lengths),
                    labels: units().map(|unit| unit.label).collect(),
                }
            }
        }
    }

    /// One random annotation with at least one unit.
    pub(super) fn draw(&self, random: &mut Random) -> Vec<Vec<Stretch>> {
        loop {
            let drawn = match self {
                Sampler::Shifted { annotators, end, clearance } => shifted(annotators, *end, *clearance, random),
                Sampler::Statistical { annotators, count, gap, length, labels } => {
                    (0..*annotators).map(|_| statistical(count, gap, length, labels, random)).collect()
                }
            };
            if drawn.iter().any(|units| !units.is_empty()) {
                return drawn;
            }
        }
    }
}

/// Each annotator becomes a random real one, shifted around the stretch from 0 to the end of the last unit. A unit that is
/// shifted across the end goes on beyond it rather than being cut.
fn shifted(annotators: &[Vec<Stretch>], end: f64, clearance: f64, random: &mut Random) -> Vec<Vec<Stretch>> {
    let mut free = vec![(0.0, end)];
    annotators
        .iter()
        .map(|_| {
            let shift = pick(&free, end, random);
            free = free
                .iter()
                .flat_map(|&(from, to)| [(from, to.min(shift - clearance)), (from.max(shift + clearance), to)])
                .filter(|(from, to)| from < to)
                .collect();
            let real = &annotators[random.below(annotators.len())];
            real.iter()
                .map(|unit| {
                    let shift = if unit.start + shift > end { shift - end } else { shift };
                    Stretch { start: unit.start + shift, end: unit.end + shift, label: unit.label }
                })
                .collect()
        })
        .collect()
}

/// A whole number from the stretches that are still free, or from the whole where none is.
fn pick(free: &[(f64, f64)], end: f64, random: &mut Random) -> f64 {
    let mut place = random.unit() * free.iter().map(|(from, to)| to - from).sum::<f64>();
    for &(from, to) in free {
        if place < to - from {
            return (from + place).floor();
        }
        place -= to - from;
    }
    (random.unit() * end).floor()
}

/// One annotator's units, drawn one after the other.
fn statistical(count: &Normal, gap: &Normal, length: &Normal, labels: &[u32], random: &mut Random) -> Vec<Stretch> {
    let count = count.draw(random).abs() as usize;
    let mut end = 0.0;
    (0..count)
        .map(|_| {
            let start = end + gap.draw(random);
            // A length of exactly nothing would have no dissimilarity.
            end = start + length.draw(random).abs().max(f64::MIN_POSITIVE.sqrt());
            Stretch { start, end, label: labels[random.below(labels.len())] }
        })
        .collect()
}

/// The gaps before each annotator's units. Overlapping units have negative gaps. One gap of nothing is always among them, so
/// that a text with a single unit has one.
fn gaps(annotators: &[Vec<Stretch>]) -> Vec<f64> {
    let mut gaps = vec![0.0];
    for units in annotators {
        let mut sorted = units.clone();
        sorted.sort_by(|a, b| a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end)));
        gaps.extend(sorted.first().map(|unit| unit.start).filter(|&start| start > 0.0));
        gaps.extend(sorted.windows(2).map(|pair| pair[1].start - pair[0].end));
    }
    gaps
}

/// The mean; 0 of nothing.
pub(super) fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}
