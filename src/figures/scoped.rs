//! The sums of a scope, from which figures are told, and their places in it.

use std::ops::Range;

use super::spec::From;
use super::table::{ArticleSums, SumRow};

/// The places of a figure's sums.
pub(super) struct Layout {
    /// Columns with the place of each.
    pub places: Vec<(usize, usize)>,
    pub width: usize,
    /// The beginning of each topic, and how long it is.
    pub starts: Vec<usize>,
    pub widths: Vec<usize>,
}

impl Layout {
    /// The sums of each topic.
    pub fn split(&self, sums: &[f64]) -> Vec<Vec<f64>> {
        self.starts.iter().zip(&self.widths).map(|(&start, &width)| sums[start..start + width].to_vec()).collect()
    }
}

/// The sums of some pairs and articles: for each column the articles that have anything in it.
#[derive(Debug)]
pub(super) struct Scoped {
    pub pairs: Vec<Vec<(u32, f64)>>,
    /// All annotators together; none where a single pair is looked at, which is together already.
    pub joint: Option<Vec<Vec<(u32, f64)>>>,
    /// The number of annotators.
    pub raters: usize,
}

impl Scoped {
    /// The sums of these pairs in these articles, in so many columns.
    pub fn of_pairs(entries: &[ArticleSums], width: usize, articles: Range<usize>, pairs: Range<usize>) -> Self {
        let mut scoped = Self { pairs: vec![Vec::new(); width], joint: None, raters: 2 };
        for article in articles {
            // An article that cannot be read has no pairs.
            let rows = entries[article].pairs.get(pairs.clone()).into_iter().flatten().flatten();
            for (row, _) in rows {
                add(&mut scoped.pairs, article, row);
            }
        }
        scoped
    }

    /// The same with those of all `raters` together.
    pub fn with_everybody(self, entries: &[ArticleSums], articles: Range<usize>, raters: usize) -> Self {
        let mut joint = vec![Vec::new(); self.pairs.len()];
        for article in articles {
            add(&mut joint, article, &entries[article].joint);
        }
        Self { joint: Some(joint), raters, ..self }
    }

    /// The sums that a figure takes.
    pub fn columns(&self, from: From) -> &[Vec<(u32, f64)>] {
        match from {
            From::Pairs => &self.pairs,
            From::Joint => self.together(),
        }
    }

    /// The sums of everybody together.
    pub fn together(&self) -> &[Vec<(u32, f64)>] {
        self.joint.as_ref().unwrap_or(&self.pairs)
    }
}

fn add(columns: &mut [Vec<(u32, f64)>], article: usize, row: &SumRow) {
    for (column, value) in row.iter() {
        match columns[column].last_mut() {
            Some((last, sum)) if *last as usize == article => *sum += value,
            _ => columns[column].push((article as u32, value)),
        }
    }
}
