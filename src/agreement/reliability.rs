//! Reliability of annotators and probable truth: the model of Dawid and Skene (1979), "Maximum Likelihood Estimation
//! of Observer Error-Rates Using the EM Algorithm".

use super::Undefined;

/// The estimate. Probabilities are in `[0, 1]`.
#[derive(Clone, Debug, PartialEq)]
pub struct ReliabilityEstimate {
    /// The share of each category.
    pub prior: Vec<f64>,
    /// `confusion[rater][truth][given]`: how often the rater gives a label where another is true.
    pub confusion: Vec<Vec<Vec<f64>>>,
    /// `posterior[item][category]`: how probable each label of an item is. An item that nobody rated has the prior.
    pub posterior: Vec<Vec<f64>>,
    /// Log-likelihood of the ratings under the estimate.
    pub log_likelihood: f64,
    /// Number of rounds taken.
    pub rounds: usize,
    /// True where the estimate had come to rest within the rounds allowed.
    pub converged: bool,
}

impl ReliabilityEstimate {
    /// The most probable label of an item and its probability; the smaller label where two are equally probable.
    pub fn label(&self, item: usize) -> Option<(u32, f64)> {
        let shares = self.posterior.get(item)?.iter().copied().enumerate();
        let best = shares.reduce(|best, next| if next.1 > best.1 { next } else { best })?;
        Some((best.0 as u32, best.1))
    }

    /// Returns how often a rater is right, over the probable truth: Σ prior × diagonal.
    pub fn accuracy(&self, rater: usize) -> Option<f64> {
        let table = self.confusion.get(rater)?;
        Some(self.prior.iter().enumerate().map(|(category, share)| share * table[category][category]).sum())
    }
}

/// Added to every cell of a rater's table and of the prior before they are normalised, so that what a rater never did is not
/// held impossible; a hundredth of a rating, too little to sway what was seen.
pub const SMOOTHING: f64 = 0.01;

/// Rounds allowed.
const ROUNDS: usize = 500;

/// The estimate has come to rest when the log-likelihood grows by less than this per item.
const REST: f64 = 1e-9;

/// Estimates truth and reliability from items × raters by expectation–maximisation, started from the majority's shares.
///
/// `None` is a missing rating. Categories run from 0 to the greatest that occurs. Sums are in log space. Deterministic.
///
/// # Errors
/// No ratings, fewer than two raters, no item with two ratings, or one category only.
pub fn dawid_skene<Row: AsRef<[Option<u32>]>>(rows: &[Row]) -> Result<ReliabilityEstimate, Undefined> {
    dawid_skene_counted(rows, &vec![1.0; rows.len()])
}

/// As [`dawid_skene`], where each row stands for so many items that were rated alike: what is estimated depends on nothing
/// else, and a corpus has far fewer ways of rating an item than items. Rows without a count count as one.
///
/// # Errors
/// As for [`dawid_skene`].
pub fn dawid_skene_counted<Row: AsRef<[Option<u32>]>>(
    rows: &[Row],
    counts: &[f64],
) -> Result<ReliabilityEstimate, Undefined> {
    let raters = rows.iter().map(|row| row.as_ref().len()).max().unwrap_or(0);
    let ratings = || rows.iter().flat_map(|row| row.as_ref().iter().flatten().copied());
    let greatest = ratings().max().ok_or(Undefined::NoItems)?;
    if raters < 2 {
        return Err(Undefined::OneRater);
    }
    if !rows.iter().any(|row| row.as_ref().iter().flatten().count() >= 2) {
        return Err(Undefined::NothingShared);
    }
    if ratings().min() == Some(greatest) {
        return Err(Undefined::OneCategoryOnly);
    }
    let size = greatest as usize + 1;
    let given = |row: &Row| {
        let ratings = row.as_ref().iter().enumerate();
        ratings.filter_map(|(rater, rating)| Some((rater, (*rating)? as usize))).collect()
    };
    let items: Vec<Item> = rows.iter().map(given).collect();
    Ok(fit(&items, counts, [raters, size], SMOOTHING))
}

/// The ratings of one item, each with its rater; a rater may give several.
type Item = Vec<(usize, usize)>;

/// Estimates from the ratings of `raters` in `size` categories.
fn fit(items: &[Item], counts: &[f64], [raters, size]: [usize; 2], smoothing: f64) -> ReliabilityEstimate {
    let mut estimate = ReliabilityEstimate {
        prior: vec![0.0; size],
        confusion: vec![vec![vec![0.0; size]; size]; raters],
        posterior: items.iter().map(|item| majority(item, size)).collect(),
        log_likelihood: f64::NEG_INFINITY,
        rounds: 0,
        converged: false,
    };
    let all: f64 = (0..items.len()).map(|index| count_of(counts, index)).sum();
    while estimate.rounds < ROUNDS && !estimate.converged {
        maximise(&mut estimate, items, counts, smoothing);
        let before = estimate.log_likelihood;
        expect(&mut estimate, items, counts);
        estimate.rounds += 1;
        estimate.converged = (estimate.log_likelihood - before).abs() < REST * all;
    }
    estimate
}

/// Each category's share of an item's ratings; even where there are none.
fn majority(item: &Item, size: usize) -> Vec<f64> {
    let mut shares = vec![0.0; size];
    for &(_, category) in item {
        shares[category] += 1.0;
    }
    if item.is_empty() {
        shares.fill(1.0);
    }
    normalise(&mut shares);
    shares
}

fn normalise(shares: &mut [f64]) {
    let sum: f64 = shares.iter().sum();
    for share in shares {
        *share /= sum;
    }
}

fn count_of(counts: &[f64], row: usize) -> f64 {
    counts.get(row).copied().unwrap_or(1.0)
}

/// The M step: prior and tables from the posteriors.
fn maximise(estimate: &mut ReliabilityEstimate, items: &[Item], counts: &[f64], smoothing: f64) {
    estimate.prior.fill(smoothing);
    for row in estimate.confusion.iter_mut().flatten() {
        row.fill(smoothing);
    }
    let rated = items.iter().zip(&estimate.posterior).enumerate().filter(|(_, (item, _))| !item.is_empty());
    for (index, (item, posterior)) in rated {
        let count = count_of(counts, index);
        for (truth, share) in posterior.iter().map(|share| share * count).enumerate() {
            estimate.prior[truth] += share;
            for &(rater, given) in item {
                estimate.confusion[rater][truth][given] += share;
            }
        }
    }
    normalise(&mut estimate.prior);
    for row in estimate.confusion.iter_mut().flatten() {
        normalise(row);
    }
}

/// The E step: posteriors from prior and tables, and the log-likelihood.
fn expect(estimate: &mut ReliabilityEstimate, items: &[Item], counts: &[f64]) {
    let prior: Vec<f64> = estimate.prior.iter().map(|share| share.ln()).collect();
    let mut tables = estimate.confusion.clone();
    for share in tables.iter_mut().flatten().flatten() {
        *share = share.ln();
    }
    estimate.log_likelihood = 0.0;
    for (index, (item, posterior)) in items.iter().zip(&mut estimate.posterior).enumerate() {
        for (truth, share) in posterior.iter_mut().enumerate() {
            let evidence = item.iter().map(|&(rater, given)| tables[rater][truth][given]);
            *share = prior[truth] + evidence.sum::<f64>();
        }
        let greatest = posterior.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let sum: f64 = posterior.iter().map(|share| (share - greatest).exp()).sum();
        let log_sum = greatest + sum.ln();
        estimate.log_likelihood += count_of(counts, index) * log_sum;
        for share in posterior.iter_mut() {
            *share = (*share - log_sum).exp();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::random::Random;
    use super::*;

    /// 400 items of three categories, rated by annotators who are right this often; some ratings are missing.
    fn simulated(accuracies: &[f64]) -> (Vec<u32>, Vec<Vec<Option<u32>>>) {
        let mut random = Random::new(11, 0);
        let truth: Vec<u32> = (0..400).map(|_| random.below(3) as u32).collect();
        let rate = |random: &mut Random, &truth: &u32, accuracy: f64| match random.unit() {
            draw if draw < 0.1 => None,
            _ if random.unit() < accuracy => Some(truth),
            _ => Some((truth + 1 + random.below(2) as u32) % 3),
        };
        let rows = truth.iter().map(|truth| accuracies.iter().map(|&share| rate(&mut random, truth, share)).collect());
        let rows = rows.collect();
        (truth, rows)
    }

    #[test]
    fn a_careless_rater_is_found_and_outvoted() {
        let accuracies = [0.95, 0.9, 0.4];
        let (truth, rows) = simulated(&accuracies);
        let estimate = dawid_skene(&rows).expect("defined");
        assert!(estimate.converged);
        for (rater, accuracy) in accuracies.iter().enumerate() {
            let found = estimate.accuracy(rater).expect("a rater");
            assert!((found - accuracy).abs() < 0.07, "{rater}: {found}");
        }
        let right =
            (0..truth.len()).filter(|&item| estimate.label(item).map(|best| best.0) == Some(truth[item])).count();
        assert!(right > 360, "{right} of 400");
    }

    /// Table 1 of Dawid and Skene (1979): 45 patients, rated 1 to 4 by five anaesthetists, three times by the first.
    const ANAESTHETISTS: &str = "\
        1111111 3334334 1122122 2223121 2223222 2223322 1222111 3333433 2222223 2322223 4444444 2223343 1111111 \
        2223212 1211111 1112111 1111111 1111111 2222221 2221322 2222222 2222221 2223222 2212222 1111111 1111111 \
        2322222 1111111 1111111 1121121 1111111 3333233 1111111 2222222 2223232 4334343 2212232 2323233 3333432 \
        1111111 1111111 1212111 2322222 1211111 2222222";

    #[test]
    fn the_published_example_comes_out_to_its_digits() {
        let item = |row: &str| {
            let category = |c: char| c.to_digit(10).expect("a digit") as usize - 1;
            row.chars().enumerate().map(|(at, c)| (at.saturating_sub(2), category(c))).collect::<Item>()
        };
        let items: Vec<Item> = ANAESTHETISTS.split_whitespace().map(item).collect();
        let estimate = fit(&items, &[], [5, 4], 1e-12);
        assert!(estimate.converged);
        let digits = |shares: &[f64]| shares.iter().map(|share| (share * 100.0).round() as u32).collect::<Vec<_>>();
        // Proportions of the four classes of patients.
        assert_eq!(digits(&estimate.prior), [40, 42, 11, 7]);
        // The tables of the five observers, in hundredths.
        let tables = [
            [[89, 11, 0, 0], [7, 88, 5, 0], [0, 34, 66, 0], [0, 0, 56, 44]],
            [[83, 17, 0, 0], [5, 63, 31, 0], [0, 0, 100, 0], [0, 0, 0, 100]],
            [[100, 0, 0, 0], [11, 79, 11, 0], [0, 40, 20, 40], [0, 0, 67, 33]],
            [[94, 6, 0, 0], [5, 84, 10, 0], [0, 0, 80, 20], [0, 0, 33, 67]],
            [[100, 0, 0, 0], [16, 73, 11, 0], [0, 21, 79, 0], [0, 0, 33, 67]],
        ];
        for (found, table) in estimate.confusion.iter().zip(tables) {
            assert_eq!(found.iter().map(|row| digits(row)).collect::<Vec<_>>(), table);
        }
        // Nearly nothing comes of what holds nothing impossible.
        let smoothed = fit(&items, &[], [5, 4], SMOOTHING);
        assert_eq!(digits(&smoothed.prior), [40, 42, 11, 7]);
    }

    #[test]
    fn a_row_that_counts_twice_is_two_rows() {
        let rows = [[Some(0), Some(0)], [Some(1), Some(1)], [Some(0), Some(1)], [Some(0), Some(1)]];
        let (all, counted) = (dawid_skene(&rows), dawid_skene_counted(&rows[..3], &[1.0, 1.0, 2.0]));
        let (all, counted) = (all.expect("defined"), counted.expect("defined"));
        assert!((all.accuracy(0).expect("a rater") - counted.accuracy(0).expect("a rater")).abs() < 1e-9);
        assert!((all.log_likelihood - counted.log_likelihood).abs() < 1e-9);
    }

    #[test]
    fn undefined_has_its_reason() {
        assert_eq!(dawid_skene::<Vec<_>>(&[]), Err(Undefined::NoItems));
        assert_eq!(dawid_skene(&[[Some(1)]]), Err(Undefined::OneRater));
        assert_eq!(dawid_skene(&[[Some(1), None], [None, Some(0)]]), Err(Undefined::NothingShared));
        assert_eq!(dawid_skene(&[[Some(1), Some(1)]]), Err(Undefined::OneCategoryOnly));
    }
}
