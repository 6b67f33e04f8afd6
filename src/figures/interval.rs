//! Bootstrap intervals of many figures from one drawing of articles.

use super::spec::Reason;
use crate::agreement::Undefined;
use crate::agreement::bootstrap::{FEWEST, Interval, percentiles};
use crate::agreement::quantile::wilson;
use crate::agreement::random::Random;

/// The number of drawings of articles, and the seed that makes the drawing the same every time.
pub const RESAMPLES: usize = 1_000;
const SEED: u64 = 1;

/// More things than this are not drawn: beyond it, neighbouring articles are drawn together.
const MOST: usize = 1_000;

/// The number of times that each block of articles was drawn, in each resample.
///
/// Articles are drawn with replacement, since the items of one article resemble each other (Efron and Tibshirani 1993). Where
/// there are very many, blocks of neighbours are drawn: the interval is as wide, and what neighbours share is held together.
#[derive(Debug)]
pub(super) struct Draws {
    blocks: usize,
    articles: usize,
    /// Resample after resample, a count for each block.
    counts: Vec<f64>,
}

impl Draws {
    /// Draws for so many articles.
    pub fn new(articles: usize) -> Self {
        let blocks = articles.min(MOST);
        let mut random = Random::new(SEED, 0);
        let mut counts = vec![0.0; blocks * RESAMPLES];
        if blocks > 0 {
            for resample in counts.chunks_mut(blocks) {
                for _ in 0..blocks {
                    resample[random.below(blocks)] += 1.0;
                }
            }
        }
        Self { blocks, articles, counts }
    }

    /// The block of an article.
    fn block(&self, article: usize) -> usize {
        article * self.blocks / self.articles.max(1)
    }

    /// The 95 % interval of a figure, given what each article adds to its `width` sums: article, sum, value.
    pub fn interval(
        &self,
        width: usize,
        entries: impl Iterator<Item = (usize, usize, f64)>,
        figure: impl Fn(&[f64]) -> Result<f64, Reason>,
    ) -> Result<Interval, Reason> {
        // Column after column, so that a resample is a product of two lists of numbers for each column.
        let mut sums = vec![0.0; self.blocks * width];
        let mut there = vec![false; self.articles];
        for (article, column, value) in entries {
            if let Some(there) = there.get_mut(article) {
                *there = true;
            }
            sums[column * self.blocks + self.block(article)] += value;
        }
        let articles = there.iter().filter(|there| **there).count();
        match articles {
            0 => return Err(Undefined::NoItems.into()),
            1 => return Err(Reason::OneArticle),
            _ if articles < FEWEST => return Err(Undefined::FewArticles.into()),
            _ => {}
        }
        let mut values = Vec::with_capacity(RESAMPLES);
        let mut reason = Reason::OneArticle;
        let mut total = vec![0.0; width];
        for counts in self.counts.chunks(self.blocks.max(1)) {
            for (total, column) in total.iter_mut().zip(sums.chunks(self.blocks.max(1))) {
                *total = product(counts, column);
            }
            match figure(&total) {
                Ok(value) => values.push(value),
                Err(why) => reason = why,
            }
        }
        percentiles(values, articles).ok_or(reason)
    }
}

/// An interval that is at least as wide as that of as many items which don't depend on each other: given the share of items on
/// which two agree, that of chance, and the number of items. Where a few articles are all (nearly) without a fault, drawing
/// them says that there are none; Wilson's interval does not.
pub(super) fn at_least_wilson(interval: Interval, (share, chance, items): (f64, f64, usize)) -> Interval {
    if items == 0 || chance >= 1.0 {
        return interval;
    }
    let (low, high) = wilson(share, items as f64);
    let corrected = |share: f64| (share - chance) / (1.0 - chance);
    Interval { low: interval.low.min(corrected(low)), high: interval.high.max(corrected(high)), ..interval }
}

/// Σ of the products of two equally long lists, in eight sums side by side, which is what processors are fast at.
fn product(a: &[f64], b: &[f64]) -> f64 {
    let mut sums = [0.0; 8];
    let (whole, rest) = (a.chunks_exact(8).zip(b.chunks_exact(8)), a.len() / 8 * 8);
    for (a, b) in whole {
        for lane in 0..8 {
            sums[lane] += a[lane] * b[lane];
        }
    }
    let rest: f64 = a[rest..].iter().zip(&b[rest..]).map(|(a, b)| a * b).sum();
    sums.iter().sum::<f64>() + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mean(sums: &[f64]) -> Result<f64, Reason> {
        if sums[1] > 0.0 { Ok(sums[0] / sums[1]) } else { Err(Undefined::NoItems.into()) }
    }

    #[test]
    fn the_interval_of_a_mean_is_that_of_the_normal_law_with_and_without_blocks() {
        for articles in [400, 10_000] {
            let mut random = Random::new(5, 0);
            let drawn: Vec<f64> = (0..articles).map(|_| random.normal(10.0, 4.0)).collect();
            let entries = || drawn.iter().enumerate().flat_map(|(at, &value)| [(at, 0, value), (at, 1, 1.0)]);
            let found = Draws::new(articles).interval(2, entries(), mean).expect("defined");
            let width = 2.0 * 1.96 * 4.0 / (articles as f64).sqrt();
            assert!(((found.high - found.low) / width - 1.0).abs() < 0.1, "{found:?} {width}");
            assert_eq!(Draws::new(articles).interval(2, entries(), mean), Ok(found));
        }
    }

    #[test]
    fn one_article_has_no_interval() {
        let draws = Draws::new(3);
        assert_eq!(draws.interval(2, [(1, 0, 4.0), (1, 1, 1.0)].into_iter(), mean), Err(Reason::OneArticle));
        assert_eq!(draws.interval(2, std::iter::empty(), mean), Err(Undefined::NoItems.into()));
        let some = |articles: usize| (0..articles).flat_map(|at| [(at, 0, at as f64), (at, 1, 1.0)]);
        assert_eq!(draws.interval(2, some(3), mean), Err(Undefined::FewArticles.into()));
        // Only articles that have anything of a figure count for it.
        let draws = Draws::new(20);
        assert_eq!(draws.interval(2, some(4), mean), Err(Undefined::FewArticles.into()));
        assert_eq!(draws.interval(2, some(5), mean).map(|found| found.articles), Ok(5));
    }
}
