//! Competence of annotators and probable truth by MACE (Hovy, Berg-Kirkpatrick, Vaswani and Hovy 2013, "Learning Whom to Trust
//! with MACE"): each rating is either the truth or a guess out of the annotator's own habits.
//!
//! Beside the tables of Dawid and Skene it has one number for each annotator that can be compared across labels: the share of
//! ratings that are no guesses.

use super::Undefined;
use super::random::Random;

/// The estimate. All are shares, 0 to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct MaceEstimate {
    /// For each rater the share of ratings that are no guesses.
    pub competence: Vec<f64>,
    /// `guesses[rater][category]`: what the rater's guesses are.
    pub guesses: Vec<Vec<f64>>,
    /// `posterior[item][category]`: how probable each label of an item is.
    pub posterior: Vec<Vec<f64>>,
    /// Log-likelihood of the ratings under the estimate.
    pub log_likelihood: f64,
}

/// Beginnings that are tried, seeded; the one that explains the ratings best is kept. As in the publication.
const RESTARTS: u64 = 10;

/// Rounds of expectation–maximisation from each beginning.
const ROUNDS: usize = 100;

/// Added, divided by the number of categories, to what was counted, as in the publication.
const SMOOTHING: f64 = 0.1;

/// Estimates truth and competence from items × raters, each row standing for so many items that were rated alike.
/// Deterministic.
///
/// # Errors
/// No ratings, fewer than two raters, no item with two ratings, or one category only.
pub fn mace<Row: AsRef<[Option<u32>]>>(rows: &[Row], counts: &[f64]) -> Result<MaceEstimate, Undefined> {
    let raters = rows.iter().map(|row| row.as_ref().len()).max().unwrap_or(0);
    let ratings = || rows.iter().flat_map(|row| row.as_ref().iter().flatten().copied());
    let greatest = ratings().max().ok_or(Undefined::NoItems)?;
    match () {
        () if raters < 2 => return Err(Undefined::OneRater),
        () if !rows.iter().any(|row| row.as_ref().iter().flatten().count() >= 2) => {
            return Err(Undefined::NothingShared);
        }
        () if ratings().min() == Some(greatest) => return Err(Undefined::OneCategoryOnly),
        () => {}
    }
    let mut best: Option<MaceEstimate> = None;
    for start in 0..RESTARTS {
        let mut estimate = begin(raters, greatest as usize + 1, rows.len(), start);
        for _ in 0..ROUNDS {
            round(&mut estimate, rows, counts);
        }
        if best.as_ref().is_none_or(|best| estimate.log_likelihood > best.log_likelihood) {
            best = Some(estimate);
        }
    }
    best.ok_or(Undefined::NoItems)
}

/// A beginning: the first is even, the others are drawn around it.
fn begin(raters: usize, categories: usize, items: usize, start: u64) -> MaceEstimate {
    let mut random = Random::new(13, start);
    let mut draw = |around: f64| if start == 0 { around } else { around * (0.5 + random.unit()) };
    let competence = (0..raters).map(|_| draw(0.5)).collect();
    let guesses = (0..raters).map(|_| {
        let mut shares: Vec<f64> = (0..categories).map(|_| draw(1.0)).collect();
        let sum: f64 = shares.iter().sum();
        shares.iter_mut().for_each(|share| *share /= sum);
        shares
    });
    MaceEstimate {
        competence,
        guesses: guesses.collect(),
        posterior: vec![vec![0.0; categories]; items],
        log_likelihood: f64::NEG_INFINITY,
    }
}

/// One round: how probable each label of each item is, and how probable each rating is no guess; then the shares anew.
fn round<Row: AsRef<[Option<u32>]>>(estimate: &mut MaceEstimate, rows: &[Row], counts: &[f64]) {
    let (raters, categories) = (estimate.competence.len(), estimate.guesses[0].len());
    let smoothing = SMOOTHING / categories as f64;
    let mut meant = vec![smoothing; raters];
    let mut guessed = vec![vec![smoothing; categories]; raters];
    estimate.log_likelihood = 0.0;
    for (index, (row, posterior)) in rows.iter().zip(&mut estimate.posterior).enumerate() {
        let count = counts.get(index).copied().unwrap_or(1.0);
        let rated = || row.as_ref().iter().enumerate().filter_map(|(rater, rating)| Some((rater, (*rating)? as usize)));
        for (truth, share) in posterior.iter_mut().enumerate() {
            *share = rated().fold(1.0 / categories as f64, |product, (rater, given)| {
                let competence = estimate.competence[rater];
                let meant = if given == truth { competence } else { 0.0 };
                product * (meant + (1.0 - competence) * estimate.guesses[rater][given])
            });
        }
        let sum: f64 = posterior.iter().sum::<f64>().max(f64::MIN_POSITIVE);
        posterior.iter_mut().for_each(|share| *share /= sum);
        estimate.log_likelihood += count * sum.ln();
        for (rater, given) in rated() {
            let competence = estimate.competence[rater];
            let guess = (1.0 - competence) * estimate.guesses[rater][given];
            let truly = posterior[given] * competence / (competence + guess).max(f64::MIN_POSITIVE);
            meant[rater] += count * truly;
            guessed[rater][given] += count * (1.0 - truly);
        }
    }
    for rater in 0..raters {
        let guesses: f64 = guessed[rater].iter().sum();
        estimate.competence[rater] = meant[rater] / (meant[rater] + guesses);
        estimate.guesses[rater] = guessed[rater].iter().map(|share| share / guesses).collect();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_guesses_is_found_and_outvoted() {
        let mut random = Random::new(3, 0);
        let competences = [0.95, 0.8, 0.6, 0.0];
        let truth: Vec<u32> = (0..600).map(|_| random.below(4) as u32).collect();
        let mut rate = |truth: u32, competence: f64| {
            // The last one calls everything 1 or 2.
            let guess = 1 + random.below(2) as u32;
            Some(if random.unit() < competence { truth } else { guess })
        };
        let rows: Vec<Vec<Option<u32>>> =
            truth.iter().map(|truth| competences.iter().map(|share| rate(*truth, *share)).collect()).collect();
        let estimate = mace(&rows, &[]).expect("defined");
        for (found, expected) in estimate.competence.iter().zip(competences) {
            assert!((found - expected).abs() < 0.07, "{:?}", estimate.competence);
        }
        assert!((estimate.guesses[3][1] - 0.5).abs() < 0.1, "{:?}", estimate.guesses);
        let best = |shares: &Vec<f64>| (0..4).max_by(|a, b| shares[*a].total_cmp(&shares[*b])).map(|best| best as u32);
        let right = estimate.posterior.iter().zip(&truth).filter(|(shares, truth)| best(shares) == Some(**truth));
        assert!(right.count() > 560);
    }

    #[test]
    fn rows_that_count_are_rows_and_what_is_undefined_says_why() {
        let rows = [[Some(0), Some(0)], [Some(1), Some(1)], [Some(0), Some(1)], [Some(0), Some(1)]];
        let (all, counted) = (mace(&rows, &[]), mace(&rows[..3], &[1.0, 1.0, 2.0]));
        let (all, counted) = (all.expect("defined"), counted.expect("defined"));
        assert!((all.competence[0] - counted.competence[0]).abs() < 1e-9);
        assert_eq!(mace::<Vec<_>>(&[], &[]), Err(Undefined::NoItems));
        assert_eq!(mace(&[[Some(1)]], &[]), Err(Undefined::OneRater));
        assert_eq!(mace(&[[Some(1), None]], &[]), Err(Undefined::NothingShared));
        assert_eq!(mace(&[[Some(1), Some(1)]], &[]), Err(Undefined::OneCategoryOnly));
    }
}
