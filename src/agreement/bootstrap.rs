//! The interval of a figure over articles: expanded percentiles of the bootstrap (Efron and Tibshirani 1993; Hesterberg 2015,
//! "What Teachers Should Know About the Bootstrap"), and the jackknife where drawing an article twice would change what is
//! measured.

use super::Undefined;
use super::quantile::{normal_below, student};
use super::random::Random;
use std::ops::AddAssign;

/// Fewer articles than this have no interval: what so few say of others is a guess.
pub const FEWEST: usize = 5;

/// A 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
    /// The number of resamples that had a value; the others were undefined and do not count. 0 where articles were left out
    /// one after another instead ([`jackknife`]).
    pub resamples: usize,
    /// The number of articles that it rests on: those that have anything of what is measured.
    pub articles: usize,
}

/// The 95 % interval of a figure over articles, from the sums of each article (such as [`Prf`](super::Prf),
/// [`SpanScores`](super::spans::SpanScores) or [`Ratings`](super::items::Ratings)).
///
/// Articles, not items, are drawn with replacement, since the items of one article resemble each other. A resample costs one
/// addition per article and one call of `figure`. The same seed gives the same interval.
///
/// # Errors
/// No article, fewer than [`FEWEST`], or `figure`'s own reason where no resample has a value.
pub fn interval<S: Default + for<'a> AddAssign<&'a S>>(
    articles: &[S],
    resamples: usize,
    seed: u64,
    figure: impl Fn(&S) -> Result<f64, Undefined>,
) -> Result<Interval, Undefined> {
    if articles.is_empty() {
        return Err(Undefined::NoItems);
    }
    if articles.len() < FEWEST {
        return Err(Undefined::FewArticles);
    }
    let mut random = Random::new(seed, 0);
    let mut values = Vec::with_capacity(resamples);
    let mut reason = Undefined::NoItems;
    for _ in 0..resamples {
        let mut sum = S::default();
        for _ in articles {
            sum += &articles[random.below(articles.len())];
        }
        match figure(&sum) {
            Ok(value) => values.push(value),
            Err(undefined) => reason = undefined,
        }
    }
    percentiles(values, articles.len()).ok_or(reason)
}

/// The interval between two percentiles of figures that were resampled from so many articles; none of none.
///
/// The percentiles are not the 2.5th and the 97.5th, between which a few articles hold the truth too seldom, but those that
/// widen the interval of a mean by √(n ÷ (n − 1)) and from the normal law to Student's: Φ(−√(n ÷ (n − 1)) · t) (Hesterberg
/// 2015, 4.3).
pub fn percentiles(mut values: Vec<f64>, articles: usize) -> Option<Interval> {
    values.sort_unstable_by(f64::total_cmp);
    let share = expanded(articles);
    let (low, high) = (percentile(&values, share)?, percentile(&values, 1.0 - share)?);
    Some(Interval { low, high, resamples: values.len(), articles })
}

/// The share of resamples below an expanded interval.
fn expanded(articles: usize) -> f64 {
    let count = articles.max(2) as f64;
    normal_below(-(count / (count - 1.0)).sqrt() * student(count - 1.0))
}

/// The interval of a figure from its values without one article (or one group of articles) after another: the jackknife
/// (Tukey 1958) with Student's law. None of fewer than two values.
///
/// Drawing articles with replacement takes some of them twice, and the things of one article are then joined across two: a
/// figure of identity across articles rises by that alone. Leaving out joins nothing.
pub fn jackknife(value: f64, without: &[f64], articles: usize) -> Option<Interval> {
    let count = without.len() as f64;
    if count < 2.0 {
        return None;
    }
    let mean = without.iter().sum::<f64>() / count;
    let squares: f64 = without.iter().map(|value| (value - mean).powi(2)).sum();
    let half = student(count - 1.0) * (squares * (count - 1.0) / count).sqrt();
    Some(Interval { low: value - half, high: value + half, resamples: 0, articles })
}

/// The mean of figures that cannot be summed (γ, α_U), for [`interval`]: one per article, each of the same weight.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    /// One article's figure.
    pub fn of(value: f64) -> Mean {
        Mean { sum: value, count: 1 }
    }

    /// The mean.
    ///
    /// # Errors
    /// There is no figure.
    pub fn value(&self) -> Result<f64, Undefined> {
        if self.count == 0 { Err(Undefined::NoItems) } else { Ok(self.sum / self.count as f64) }
    }
}

impl AddAssign<&Mean> for Mean {
    fn add_assign(&mut self, other: &Mean) {
        self.sum += other.sum;
        self.count += other.count;
    }
}

/// A percentile of sorted values, interpolated between neighbours.
fn percentile(sorted: &[f64], share: f64) -> Option<f64> {
    let place = share * sorted.len().checked_sub(1)? as f64;
    let (below, above) = (sorted[place.floor() as usize], sorted[place.ceil() as usize]);
    Some(below + (above - below) * place.fract())
}

#[cfg(test)]
mod tests {
    use super::super::Prf;
    use super::*;

    #[test]
    fn the_interval_of_a_mean_is_that_of_the_normal_law() {
        let mut random = Random::new(5, 0);
        let articles: Vec<Mean> = (0..400).map(|_| Mean::of(random.normal(10.0, 4.0))).collect();
        let found = interval(&articles, 2000, 1, Mean::value).expect("defined");
        // 1.96 standard errors of 4/√400 on either side of the mean.
        assert!((found.high - found.low - 2.0 * 1.96 * 0.2).abs() < 0.08, "{found:?}");
        assert!(found.low < 10.2 && found.high > 9.8, "{found:?}");
        assert_eq!(interval(&articles, 2000, 1, Mean::value), Ok(found));
    }

    #[test]
    fn undefined_resamples_do_not_count() {
        let none = Prf::default();
        let articles = [Prf::new(1.0, 1.0, 1.0), none, none, none, none];
        let found = interval(&articles, 500, 3, Prf::f1).expect("some resamples have a span");
        assert!(found.resamples < 500 && found.low == 1.0);
        assert_eq!(interval(&[none; 5], 50, 3, Prf::f1), Err(Undefined::NoItems));
        assert_eq!(interval(&articles[1..], 50, 3, Prf::f1), Err(Undefined::FewArticles));
        assert_eq!(interval(&[], 50, 3, Prf::f1), Err(Undefined::NoItems));
    }

    #[test]
    fn few_articles_reach_further_than_percentiles() {
        // Hesterberg 2015, table 5, has α'/2 for n of 5, 10, 20 as 0.0010, 0.0086 and 0.0159.
        for (articles, share) in [(5, 0.0010), (10, 0.0086), (20, 0.0159), (100_000, 0.025)] {
            assert!((expanded(articles) - share).abs() < 2e-4, "{articles}: {}", expanded(articles));
        }
    }

    #[test]
    fn the_jackknife_of_a_mean_is_its_standard_error() {
        let values = [2.0, 4.0, 4.0, 5.0, 10.0_f64];
        let without: Vec<f64> = values.iter().map(|value| (25.0 - value) / 4.0).collect();
        let found = jackknife(5.0, &without, 5).expect("several");
        // s² = 9, so the standard error is 3 ÷ √5, and t with four degrees of freedom 2.776.
        assert!((found.high - 5.0 - 2.776 * 3.0 / 5_f64.sqrt()).abs() < 2e-3, "{found:?}");
        assert_eq!(jackknife(1.0, &[1.0], 5), None);
    }
}
