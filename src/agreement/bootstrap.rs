//! The interval of a figure: percentile bootstrap over articles (Efron and Tibshirani 1993).

use super::Undefined;
use super::random::Random;
use std::ops::AddAssign;

/// A 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// The 2.5th percentile of the resampled figures.
    pub low: f64,
    /// The 97.5th percentile.
    pub high: f64,
    /// The number of resamples that had a value; the others were undefined and do not count.
    pub resamples: usize,
}

/// The 95 % interval of a figure over articles, from the sums of each article (such as [`Prf`](super::Prf),
/// [`SpanScores`](super::spans::SpanScores) or [`Ratings`](super::items::Ratings)).
///
/// Articles, not items, are drawn with replacement, since the items of one article resemble each other. A resample costs one
/// addition per article and one call of `figure`. The same seed gives the same interval.
///
/// # Errors
/// No article, or `figure`'s own reason where no resample has a value.
pub fn interval<S: Default + for<'a> AddAssign<&'a S>>(
    articles: &[S],
    resamples: usize,
    seed: u64,
    figure: impl Fn(&S) -> Result<f64, Undefined>,
) -> Result<Interval, Undefined> {
    if articles.is_empty() {
        return Err(Undefined::NoItems);
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
    percentiles(values).ok_or(reason)
}

/// The interval between the 2.5th and the 97.5th percentile of resampled figures; none of none.
pub fn percentiles(mut values: Vec<f64>) -> Option<Interval> {
    values.sort_unstable_by(f64::total_cmp);
    let (low, high) = (percentile(&values, 0.025)?, percentile(&values, 0.975)?);
    Some(Interval { low, high, resamples: values.len() })
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
        let articles = [Prf::new(1.0, 1.0, 1.0), Prf::default(), Prf::default()];
        let found = interval(&articles, 500, 3, Prf::f1).expect("some resamples have a span");
        assert!(found.resamples < 500 && found.low == 1.0);
        assert_eq!(interval(&articles[1..], 50, 3, Prf::f1), Err(Undefined::NoItems));
        assert_eq!(interval(&[], 50, 3, Prf::f1), Err(Undefined::NoItems));
    }
}
