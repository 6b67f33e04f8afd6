//! Two models on the same articles: by how much their figures differ, and how often that much would differ by luck.

use std::collections::BTreeMap;

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::catalogue::CATALOGUE;
use super::figure::Scope;
use super::key::Topic;
use super::report::Report;
use super::scoped::Layout;
use super::spec::{Each, FigureSpec, From, Reason};
use crate::agreement::Undefined;
use crate::agreement::bootstrap::{FEWEST, Interval, percentiles};
use crate::agreement::random::Random;
use crate::lang::Key;

/// Exchanges of the two that are tried, and drawings of articles.
const EXCHANGES: usize = 10_000;
const DRAWINGS: usize = 1_000;

/// A figure of two models on the same articles.
#[derive(Debug, Clone, PartialEq)]
pub struct ModelDifference {
    /// The name of the figure, and its title for people.
    pub name: &'static str,
    /// The title of the figure.
    pub title: Key,
    /// The value of the first and of the second, over the articles in which both are scored.
    pub values: [f64; 2],
    /// The 95 % interval of the second's less the first's, over articles: both are drawn together, with expanded percentiles
    /// (Efron and Tibshirani 1993; Hesterberg 2015).
    pub interval: Result<Interval, Reason>,
    /// The share of exchanges of the two models, article by article at random, after which they differ at least as much:
    /// approximate randomisation (Noreen 1989; Yeh 2000), (1 + as much) ÷ (1 + exchanges).
    pub p: f64,
    /// The articles in which both are scored.
    pub articles: usize,
}

impl ModelDifference {
    /// The second's value less the first's.
    #[must_use]
    pub fn difference(&self) -> f64 {
        self.values[1] - self.values[0]
    }
}

impl Report {
    /// Compares the figures of two pairs that have gold in common; those that are undefined for either, or are not sums over
    /// articles, are left out. The same every time.
    #[must_use]
    pub fn versus(&self, first: usize, second: usize) -> Vec<ModelDifference> {
        let told = |spec: &&FigureSpec| {
            let timed = matches!(spec.topics[0], Topic::Gamma | Topic::GammaCat);
            matches!(spec.each, Each::All | Each::Label) && !timed
        };
        let specs: Vec<&'static FigureSpec> = CATALOGUE.iter().filter(told).collect();
        let both = |at: &usize| {
            let scored = |pair: usize| self.entries[*at].pairs.get(pair).is_some_and(Option::is_some);
            scored(first) && scored(second)
        };
        let articles: Vec<usize> = (0..self.entries.len()).filter(both).collect();
        let scoped = [first, second].map(|pair| self.scoped(Scope { pair: Some(pair), article: None }));
        let sums = |layout: &Layout, side: usize| {
            let columns = scoped[side].columns(From::Pairs);
            let mut sums: BTreeMap<usize, Vec<f64>> =
                articles.iter().map(|at| (*at, vec![0.0; layout.width])).collect();
            for &(column, place) in &layout.places {
                for &(article, value) in columns.get(column).into_iter().flatten() {
                    if let Some(sums) = sums.get_mut(&(article as usize)) {
                        sums[place] += value;
                    }
                }
            }
            sums.into_values().collect::<Vec<_>>()
        };
        let one = |spec: &&'static FigureSpec| {
            let none = &self.columns.none;
            let layout = self.layout(spec, none, none, 2);
            let sides = [0, 1].map(|side| sums(&layout, side));
            let figure = |sums: &[f64]| {
                let parts = layout.split(sums);
                let found = (spec.figure)(&parts, 2).ok().filter(|_| !self.not_predicted(spec, &parts));
                found.map(|figure| figure.value)
            };
            compared(&sides, layout.width, figure).map(|(values, interval, p)| ModelDifference {
                name: spec.name,
                title: spec.title,
                values,
                interval,
                p,
                articles: articles.len(),
            })
        };
        specs.par_iter().filter_map(one).collect()
    }
}

/// Values, interval of the difference and p, from what each article adds to the sums of either side.
fn compared(
    sides: &[Vec<Vec<f64>>; 2],
    width: usize,
    figure: impl Fn(&[f64]) -> Option<f64>,
) -> Option<([f64; 2], Result<Interval, Reason>, f64)> {
    let total = |side: &Vec<Vec<f64>>| {
        side.iter().fold(vec![0.0; width], |mut total, sums| {
            add(&mut total, sums, 1.0);
            total
        })
    };
    let totals = [total(&sides[0]), total(&sides[1])];
    let values = [figure(&totals[0])?, figure(&totals[1])?];
    let (difference, articles) = (values[1] - values[0], sides[0].len());
    let mut random = Random::new(17, 0);
    let mut as_much = 0;
    for _ in 0..EXCHANGES {
        let mut exchanged = totals.clone();
        let mut bits = 0;
        for (at, both) in sides[0].iter().zip(&sides[1]).enumerate() {
            if at % 64 == 0 {
                bits = random.next_u64();
            }
            if bits >> (at % 64) & 1 == 1 {
                for (total, (own, others)) in exchanged.iter_mut().zip([both, (both.1, both.0)]) {
                    add(total, own, -1.0);
                    add(total, others, 1.0);
                }
            }
        }
        let found = figure(&exchanged[0]).zip(figure(&exchanged[1]));
        as_much += usize::from(found.is_none_or(|(one, other)| (other - one).abs() >= difference.abs() - 1e-12));
    }
    let p = (1 + as_much) as f64 / (1 + EXCHANGES) as f64;
    let interval = match articles {
        1 => Err(Reason::OneArticle),
        few if few < FEWEST => Err(Undefined::FewArticles.into()),
        _ => {
            let mut drawn = Vec::with_capacity(DRAWINGS);
            for _ in 0..DRAWINGS {
                let mut totals = [vec![0.0; width], vec![0.0; width]];
                for _ in 0..articles {
                    let at = random.below(articles);
                    for side in [0, 1] {
                        add(&mut totals[side], &sides[side][at], 1.0);
                    }
                }
                drawn.extend(figure(&totals[1]).zip(figure(&totals[0])).map(|(second, first)| second - first));
            }
            percentiles(drawn, articles).ok_or(Reason::Data(Undefined::NoItems))
        }
    };
    Some((values, interval, p))
}

fn add(total: &mut [f64], sums: &[f64], times: f64) {
    for (total, sum) in total.iter_mut().zip(sums) {
        *total += times * sum;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(sums: &[f64]) -> Option<f64> {
        (sums[1] > 0.0).then(|| sums[0] / sums[1])
    }

    #[test]
    fn p_is_that_of_all_exchanges() {
        // Six articles of ten items; the second model is right in one item more, each time. Of all 64 exchanges the two
        // without a change of signs differ as much.
        let side = |right: f64| -> Vec<Vec<f64>> { (0..6).map(|_| vec![right, 10.0]).collect() };
        let (values, interval, p) = compared(&[side(7.0), side(8.0)], 2, share).expect("defined");
        assert_eq!(values, [0.7, 0.8]);
        assert!((p - 2.0 / 64.0).abs() < 0.006, "{p}");
        let interval = interval.expect("six articles");
        assert!((interval.low - 0.1).abs() < 1e-9 && (interval.high - 0.1).abs() < 1e-9 && interval.articles == 6);
    }

    #[test]
    fn equal_models_differ_by_luck_alone() {
        let sides: Vec<Vec<f64>> = (0..8).map(|at| vec![f64::from(at % 3) + 4.0, 10.0]).collect();
        let mut other = sides.clone();
        other.rotate_left(1);
        let (_, interval, p) = compared(&[sides, other], 2, share).expect("defined");
        let interval = interval.expect("eight articles");
        assert!(p > 0.5 && interval.low < 0.0 && interval.high > 0.0, "{p} {interval:?}");
    }
}
