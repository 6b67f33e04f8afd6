//! γ and γ_cat (Mathet, Widlöcher and Métivier 2015, "The Unified and Holistic Method Gamma (γ) for Inter-Annotator
//! Agreement Measure and Alignment"; Mathet 2017, "The Agreement Measure γ_cat"): agreement on where units are and what
//! they are, with overlaps and nesting allowed, from the best alignment of the annotators' units.
//!
//! γ = 1 − (disorder of the best alignment) ÷ (mean disorder of the best alignments of random annotations). The
//! expected part is sampled with a seed. With two annotators the best alignment is an assignment; with more it is
//! searched for, and where that takes more than a fixed number of steps, all alignments of the text, observed and
//! random, are made in turns: the better the annotators agree the nearer to the best, with a bound of what is missing
//! ([`Gamma::gap`]).

mod align;
mod dissimilarity;
mod sample;
mod search;
mod turns;

pub use align::{UnitAlignment, best_alignment};
pub use dissimilarity::Dissimilarity;
pub use sample::Chance;

use align::{Aligner, Way};
use dissimilarity::Stretch;
use sample::mean;
use search::Halt;
use std::cell::Cell;

use super::random::Random;
use super::unit::Continuum;
use super::{Coefficient, Undefined, Unit};
use rayon::iter::{IndexedParallelIterator, IntoParallelRefIterator, ParallelIterator};

/// Settings of γ.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaSettings {
    /// The dissimilarity of units.
    pub dissimilarity: Dissimilarity,
    /// The model of chance.
    pub chance: Chance,
    /// Number of random samples; 30 is the usual least.
    pub samples: usize,
    /// Seed of the samples: the same seed gives the same figure.
    pub seed: u64,
}

impl Default for GammaSettings {
    fn default() -> GammaSettings {
        GammaSettings { dissimilarity: Dissimilarity::default(), chance: Chance::Shifted, samples: 30, seed: 1 }
    }
}

/// γ and what it is made of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gamma {
    /// γ, and the number of units of all annotators.
    pub figure: Coefficient,
    /// Disorder of the best alignment.
    pub observed: f64,
    /// Mean disorder of the best alignments of the samples.
    pub expected: f64,
    /// Standard error of that mean.
    pub expected_error: f64,
    /// γ_cat, and the number of pairs of aligned units: agreement on the labels of what is aligned; unaligned units do
    /// not count (as in the paper).
    pub category: Result<Coefficient, Undefined>,
    /// True where the observed alignment is proven best. With two annotators it always is; with more it is unless there
    /// are so many, or units pile up so densely, that the search takes too long.
    pub exact: bool,
    /// The most by which γ would be higher with the best alignment; 0 where it is proven best.
    pub gap: f64,
    /// True where all samples' alignments are proven best. Where it is false, chance looks a little more disordered
    /// than it is.
    pub expected_exact: bool,
}

/// γ of one text. On texts with one or two units it says little: its chance model then has next to nothing to go by.
///
/// # Errors
/// Fewer than two annotators, no units, no sample asked for, or an empty unit.
pub fn gamma(continuum: &Continuum, settings: &GammaSettings) -> Result<Gamma, Undefined> {
    gamma_of_stream(continuum, settings, 0)
}

/// As [`gamma`]; none where `stop`, which is asked every few milliseconds, says so.
pub fn gamma_until(
    continuum: &Continuum,
    settings: &GammaSettings,
    stop: &dyn Fn() -> bool,
) -> Option<Result<Gamma, Undefined>> {
    stream_until(continuum, settings, 0, stop)
}

/// γ of each of many texts, on all processors. Equal to [`gamma`] but for the random numbers, which depend on the
/// text's place in the list and not on the number of processors.
pub fn gamma_each(continua: &[Continuum], settings: &GammaSettings) -> Vec<Result<Gamma, Undefined>> {
    let each = continua.par_iter().enumerate();
    each.map(|(index, continuum)| gamma_of_stream(continuum, settings, index as u64)).collect()
}

fn gamma_of_stream(continuum: &Continuum, settings: &GammaSettings, stream: u64) -> Result<Gamma, Undefined> {
    stream_until(continuum, settings, stream, &|| false).expect("nobody stops it")
}

fn stream_until(
    continuum: &Continuum,
    settings: &GammaSettings,
    stream: u64,
    stop: &dyn Fn() -> bool,
) -> Option<Result<Gamma, Undefined>> {
    if continuum.annotators.len() < 2 {
        return Some(Err(Undefined::OneRater));
    }
    if continuum.units() == 0 || settings.samples == 0 {
        return Some(Err(Undefined::NoItems));
    }
    if continuum.annotators.iter().flatten().any(Unit::is_empty) {
        return Some(Err(Undefined::UnitOutside));
    }
    let annotators: Vec<Vec<Stretch>> =
        continuum.annotators.iter().map(|units| units.iter().map(Stretch::of).collect()).collect();
    let dissimilarity = &settings.dissimilarity;
    let left = Cell::new(search::MOST);
    // Observed and expected units are aligned in one way, or else one would look better for its way.
    for way in [Way::Search(&left), Way::Turns] {
        let aligner = Aligner { dissimilarity, way, stop };
        match aligned(&annotators, settings, stream, aligner) {
            Ok(found) => return Some(found),
            Err(Halt::TooLarge) => {}
            Err(Halt::Stopped) => return None,
        }
    }
    None
}

/// γ by one way of aligning.
fn aligned(
    annotators: &[Vec<Stretch>],
    settings: &GammaSettings,
    stream: u64,
    aligner: Aligner,
) -> Result<Result<Gamma, Undefined>, Halt> {
    let dissimilarity = &settings.dissimilarity;
    let units = annotators.iter().map(Vec::len).sum();
    let best = aligner.align(annotators, search::THOROUGH)?;
    let best = aligner.bounded(annotators, best)?;
    let mut random = Random::new(settings.seed, stream);
    let sampler = sample::Sampler::new(annotators, settings.chance);
    let mut disorders = Vec::with_capacity(settings.samples);
    let mut categories = Vec::with_capacity(settings.samples);
    let mut expected_exact = true;
    for _ in 0..settings.samples {
        let sample = sampler.draw(&mut random);
        let category = match &sample[..] {
            [first, second] => {
                let paired = aligner.paired(first, second)?;
                disorders.push(paired.disorder(first.len() + second.len()));
                let mut category = CategoryDisorder::default();
                for &(left, right) in &paired.pairs {
                    category.add(&first[left], &second[right], 1.0, dissimilarity);
                }
                category.mean()
            }
            _ => {
                let alignment = aligner.align(&sample, search::QUICK)?;
                expected_exact &= alignment.exact;
                disorders.push(alignment.disorder);
                category_disorder(&sample, &alignment, dissimilarity)
            }
        };
        categories.extend(category.map(|(disorder, _)| disorder));
    }
    let expected = mean(&disorders);
    let variance = disorders.iter().map(|disorder| (disorder - expected).powi(2)).sum::<f64>();
    let freedom = (disorders.len().max(2) - 1) as f64;
    if expected <= 0.0 {
        return Ok(Err(Undefined::NoExpectedDisagreement));
    }
    Ok(Ok(Gamma {
        figure: Coefficient { value: 1.0 - best.disorder / expected, items: units },
        observed: best.disorder,
        expected,
        expected_error: (variance / freedom / disorders.len() as f64).sqrt(),
        category: gamma_cat(annotators, &best, dissimilarity, &categories),
        exact: best.exact,
        gap: best.gap / expected,
        expected_exact,
    }))
}

/// γ_cat from the best alignment and the category disorders of the samples that have any.
fn gamma_cat(
    annotators: &[Vec<Stretch>],
    best: &UnitAlignment,
    dissimilarity: &Dissimilarity,
    samples: &[f64],
) -> Result<Coefficient, Undefined> {
    let mut labels = annotators.iter().flatten().map(|unit| unit.label);
    let first = labels.next();
    if labels.all(|label| Some(label) == first) {
        return Err(Undefined::OneCategoryOnly);
    }
    let (observed, items) = category_disorder(annotators, best, dissimilarity).ok_or(Undefined::NothingAligned)?;
    let expected = mean(samples);
    if expected > 0.0 {
        Ok(Coefficient { value: 1.0 - observed / expected, items })
    } else {
        Err(Undefined::NoExpectedDisagreement)
    }
}

/// Mean d_cat over aligned pairs, each weighted by how well it is placed (max(0, 1 − positional part)) and by
/// 1 ÷ (units aligned together − 1).
#[derive(Default)]
struct CategoryDisorder {
    sum: f64,
    weights: f64,
    pairs: usize,
}

impl CategoryDisorder {
    fn add(&mut self, a: &Stretch, b: &Stretch, share: f64, dissimilarity: &Dissimilarity) {
        let weight = (1.0 - dissimilarity.place(a, b)).max(0.0) * share;
        self.sum += weight * f64::from(a.label != b.label);
        self.weights += weight;
        self.pairs += 1;
    }

    /// The mean, and the number of pairs; none where no pair has any weight.
    fn mean(&self) -> Option<(f64, usize)> {
        (self.weights > 0.0).then(|| (self.sum / self.weights, self.pairs))
    }
}

/// The disorder of the labels of aligned units.
fn category_disorder(
    annotators: &[Vec<Stretch>],
    alignment: &UnitAlignment,
    dissimilarity: &Dissimilarity,
) -> Option<(f64, usize)> {
    let mut category = CategoryDisorder::default();
    for tuple in &alignment.tuples {
        let units: Vec<&Stretch> =
            tuple.iter().zip(annotators).filter_map(|(unit, units)| units.get((*unit)?)).collect();
        for (index, a) in units.iter().enumerate() {
            for b in &units[index + 1..] {
                category.add(a, b, 1.0 / (units.len() - 1) as f64, dissimilarity);
            }
        }
    }
    category.mean()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn continuum(annotators: &[&[(u32, u32, u32)]]) -> Continuum {
        let units = |units: &&[(u32, u32, u32)]| units.iter().map(|&(s, e, l)| Unit::new(s, e, l)).collect();
        Continuum { length: 100, annotators: annotators.iter().map(units).collect() }
    }

    #[test]
    fn undefined_has_its_reason() {
        let of = |continuum: &Continuum| gamma(continuum, &GammaSettings::default());
        assert_eq!(of(&continuum(&[&[(0, 4, 0)]])), Err(Undefined::OneRater));
        assert_eq!(of(&continuum(&[&[], &[]])), Err(Undefined::NoItems));
        assert_eq!(of(&continuum(&[&[(4, 4, 0)], &[]])), Err(Undefined::UnitOutside));
        let one_label = of(&continuum(&[&[(0, 4, 0), (9, 12, 0)], &[(0, 5, 0)]])).expect("two annotators with units");
        assert_eq!(one_label.category, Err(Undefined::OneCategoryOnly));
        let apart = of(&continuum(&[&[(0, 4, 0), (9, 12, 1)], &[]])).expect("two annotators with units");
        assert_eq!(apart.category, Err(Undefined::NothingAligned));
    }

    #[test]
    fn processors_change_nothing() {
        let continua: Vec<Continuum> = (0..9)
            .map(|shift| {
                continuum(&[&[(3, 9, 0), (20, 31, 1), (40, 44, 0)], &[(3 + shift, 9 + shift, 0), (22, 31, 2)]])
            })
            .collect();
        let together = gamma_each(&continua, &GammaSettings::default());
        for (index, continuum) in continua.iter().enumerate() {
            assert_eq!(together[index], gamma_of_stream(continuum, &GammaSettings::default(), index as u64));
        }
        assert_eq!(together[0], gamma(&continua[0], &GammaSettings::default()));
    }
}
