//! The articles in an order, with the agreement in each: plain data made on a worker.

use crate::figures::Report;
use crate::ui::commands::{ArticleOrder, ArticleSort};

/// The articles in an order, with the figure that they are compared by.
pub struct ArticleTable {
    /// The value of the figure in each article, in the project's order.
    pub values: Vec<Option<f64>>,
    /// The places of articles, from top to bottom.
    pub order: Vec<usize>,
}

impl ArticleTable {
    /// The table of a pair, or of everybody; articles without a value come last, whichever way.
    #[must_use]
    pub fn of(report: &Report, pair: Option<usize>, family: &str, sort: ArticleSort) -> Self {
        let values = report.in_articles(pair, family);
        let mut order: Vec<usize> = (0..report.standing.len()).collect();
        let open = |at: usize| report.standing[at].open;
        match sort.by {
            ArticleOrder::Project => {}
            ArticleOrder::Title => order.sort_by_cached_key(|&at| report.standing[at].title.to_lowercase()),
            ArticleOrder::Agreement => order.sort_by(|&a, &b| {
                let [a, b] = [a, b].map(|at| values[at].unwrap_or(f64::INFINITY));
                a.total_cmp(&b)
            }),
            ArticleOrder::Open => order.sort_by_key(|&at| std::cmp::Reverse(open(at))),
        }
        if sort.backwards {
            order.reverse();
            let lacks = |at: &usize| match sort.by {
                ArticleOrder::Agreement => values[*at].is_none(),
                ArticleOrder::Open => open(*at).is_none(),
                ArticleOrder::Project | ArticleOrder::Title => false,
            };
            order.sort_by_key(lacks);
        }
        Self { values, order }
    }
}
