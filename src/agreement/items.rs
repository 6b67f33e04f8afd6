//! Agreement on items that are all labelled: κ, π, α and their kin, for tokens, document labels or attributes.
//!
//! All of them come from the same few sums, so one pass over the data serves them all, and sums of articles can be added.

use super::{Coefficient, Undefined};
use std::ops::AddAssign;

/// Sums over items × raters, from which coefficients are computed.
///
/// Categories and raters are numbered from 0 without large holes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ratings {
    raters: usize,
    /// Items with at least two ratings.
    items: usize,
    /// Items that some rater left out.
    incomplete: usize,
    /// Σ over items of the ordered pairs of equal ratings ÷ (ratings − 1): the diagonal of the coincidence matrix.
    agreeing: f64,
    /// Ratings of each category among items with at least two ratings.
    values: Vec<u64>,
    /// Ratings by category and rater, all items.
    marginals: Vec<u64>,
}

impl Ratings {
    /// No items yet, for so many raters.
    pub fn new(raters: usize) -> Ratings {
        Ratings { raters, ..Ratings::default() }
    }

    /// Items × raters, `None` where a rater left the item out. The first row says how many raters there are.
    pub fn of<Row: AsRef<[Option<u32>]>>(rows: &[Row]) -> Ratings {
        let mut ratings = Ratings::new(rows.first().map_or(0, |row| row.as_ref().len()));
        for row in rows {
            ratings.add(row.as_ref());
        }
        ratings
    }

    /// Two of the raters, over the items that both rated: the input for Cohen's κ where ratings are missing. A row that is too
    /// short for either counts as not rated.
    pub fn between<Row: AsRef<[Option<u32>]>>(rows: &[Row], a: usize, b: usize) -> Ratings {
        let mut ratings = Ratings::new(2);
        for row in rows {
            let pair = [a, b].map(|rater| row.as_ref().get(rater).copied().flatten());
            if pair.iter().all(Option::is_some) {
                ratings.add(&pair);
            }
        }
        ratings
    }

    /// Two raters who labelled every item, such as the tokens of an article
    /// ([`token_labels`](super::unit::token_labels)). Items beyond the shorter side are ignored.
    pub fn pair(a: &[u32], b: &[u32]) -> Ratings {
        let confusion = ConfusionCounts::of(a, b);
        let size = confusion.size;
        let mut ratings = Ratings::new(2);
        ratings.grow(size);
        for (first, row) in confusion.counts.chunks(size.max(1)).enumerate() {
            ratings.agreeing += 2.0 * row[first] as f64;
            for (second, &count) in row.iter().enumerate() {
                ratings.items += count as usize;
                ratings.values[first] += count;
                ratings.values[second] += count;
                ratings.marginals[2 * first] += count;
                ratings.marginals[2 * second + 1] += count;
            }
        }
        ratings
    }

    /// Takes one item in; ratings beyond the number of raters are ignored.
    pub fn add(&mut self, item: &[Option<u32>]) {
        let item = &item[..item.len().min(self.raters)];
        let rated = item.iter().flatten().count();
        self.incomplete += usize::from(rated < self.raters);
        self.grow(item.iter().flatten().map(|&category| category as usize + 1).max().unwrap_or(0));
        let mut equal = 0;
        for (rater, category) in item.iter().enumerate().filter_map(|(rater, rating)| Some((rater, (*rating)?))) {
            self.marginals[category as usize * self.raters + rater] += 1;
            if rated >= 2 {
                self.values[category as usize] += 1;
                equal += item.iter().flatten().filter(|&&other| other == category).count() - 1;
            }
        }
        if rated >= 2 {
            self.items += 1;
            self.agreeing += equal as f64 / (rated - 1) as f64;
        }
    }

    /// The sums as plain numbers, which add up over articles as the ratings do: items, items that some rater left out, agreeing
    /// pairs; then for each category its ratings among items with two ratings, and its ratings by each rater.
    pub fn to_sums(&self) -> Vec<f64> {
        let mut sums = vec![self.items as f64, self.incomplete as f64, self.agreeing];
        for (value, by_rater) in self.values.iter().zip(self.marginals.chunks(self.raters.max(1))) {
            sums.push(*value as f64);
            sums.extend(by_rater.iter().map(|&count| count as f64));
        }
        sums
    }

    /// The inverse of [`Ratings::to_sums`], for as many raters; categories that are missing at the end count as empty.
    pub fn from_sums(raters: usize, sums: &[f64]) -> Ratings {
        let head = |at: usize| sums.get(at).copied().unwrap_or(0.0);
        let mut ratings = Ratings { items: head(0) as usize, incomplete: head(1) as usize, ..Ratings::new(raters) };
        ratings.agreeing = head(2);
        for category in sums.get(3..).unwrap_or_default().chunks(1 + raters) {
            let counts = |at: usize| category.get(at).copied().unwrap_or(0.0) as u64;
            ratings.values.push(counts(0));
            ratings.marginals.extend((1..=raters).map(counts));
        }
        ratings
    }

    /// Makes room for this many categories.
    fn grow(&mut self, categories: usize) {
        if categories > self.values.len() {
            self.values.resize(categories, 0);
            self.marginals.resize(categories * self.raters, 0);
        }
    }

    /// Share of rater pairs that agree, over all items with at least two ratings (each item weighs as much as it has ratings).
    ///
    /// # Errors
    /// No item has two ratings.
    pub fn observed(&self) -> Result<Coefficient, Undefined> {
        match self.comparable() {
            Ok(()) | Err(Undefined::OneCategoryOnly) => Ok(self.figure(self.agreeing / self.total())),
            Err(reason) => Err(reason),
        }
    }

    /// The share of pairs that would agree by chance, if everybody drew labels from the pooled distribution; 0 of nothing.
    pub fn chance(&self) -> f64 {
        self.pooled().map(|share| share * share).filter(|square| square.is_finite()).sum()
    }

    /// Krippendorff's α for nominal data, any number of raters, missing ratings allowed: 1 − D_o/D_e from the coincidence
    /// matrix (Krippendorff 2004, "Content Analysis", ch. 11; 2011, "Computing Krippendorff's Alpha-Reliability").
    /// Items with one rating do not count.
    ///
    /// # Errors
    /// No item has two ratings, or all ratings are of one category.
    pub fn alpha(&self) -> Result<Coefficient, Undefined> {
        self.comparable()?;
        let total = self.total();
        let squares: f64 = self.values.iter().map(|&count| (count as f64).powi(2)).sum();
        let disagreement = total - self.agreeing;
        Ok(self.figure(1.0 - (total - 1.0) * disagreement / (total * total - squares)))
    }

    /// Fleiss' κ (Fleiss 1971); with two raters it is Scott's π (Scott 1955). Chance is the pooled distribution of labels.
    ///
    /// # Errors
    /// Missing ratings (there is no one definition then), fewer than two ratings, or one category only.
    pub fn fleiss_kappa(&self) -> Result<Coefficient, Undefined> {
        self.corrected(self.pooled().map(|share| share * share).sum())
    }

    /// Cohen's κ (Cohen 1960) for two raters and its extension to more by Conger (1980), also known as the exact κ of Davies
    /// and Fleiss (1982). Chance is each rater's own distribution of labels.
    ///
    /// # Errors
    /// Missing ratings, fewer than two raters, or one category only.
    pub fn cohen_kappa(&self) -> Result<Coefficient, Undefined> {
        let raters = self.raters as f64;
        let mut chance = 0.0;
        for row in self.marginals.chunks(self.raters.max(1)) {
            let sum: f64 = row.iter().map(|&count| count as f64).sum();
            let squares: f64 = row.iter().map(|&count| (count as f64).powi(2)).sum();
            chance += sum * sum - squares;
        }
        self.corrected(chance / (raters * (raters - 1.0) * (self.items as f64).powi(2)))
    }

    /// S (Bennett, Alpert and Goldstein 1954), the free-marginal κ of Randolph (2005). Chance is equal over the categories
    /// that occur.
    ///
    /// # Errors
    /// As for [`Ratings::fleiss_kappa`].
    pub fn s(&self) -> Result<Coefficient, Undefined> {
        self.corrected(1.0 / self.categories() as f64)
    }

    /// AC1 (Gwet 2008): stays high where one label dominates and annotators agree, where κ falls (the κ paradox).
    ///
    /// # Errors
    /// As for [`Ratings::fleiss_kappa`].
    pub fn ac1(&self) -> Result<Coefficient, Undefined> {
        let spread: f64 = self.pooled().map(|share| share * (1.0 - share)).sum();
        self.corrected(spread / (self.categories() as f64 - 1.0))
    }

    /// (observed − chance) ÷ (1 − chance).
    fn corrected(&self, chance: f64) -> Result<Coefficient, Undefined> {
        self.comparable()?;
        if self.incomplete > 0 {
            return Err(Undefined::MissingRatings);
        }
        Ok(self.figure((self.agreeing / self.total() - chance) / (1.0 - chance)))
    }

    /// Observed and expected agreement, from which chance-corrected coefficients are computed.
    fn comparable(&self) -> Result<(), Undefined> {
        match () {
            () if self.marginals.iter().all(|&count| count == 0) => Err(Undefined::NoItems),
            () if self.raters < 2 => Err(Undefined::OneRater),
            () if self.items == 0 => Err(Undefined::NothingShared),
            () if self.categories() < 2 => Err(Undefined::OneCategoryOnly),
            () => Ok(()),
        }
    }

    /// Number of ratings that have a partner.
    fn total(&self) -> f64 {
        self.values.iter().sum::<u64>() as f64
    }

    /// The share of each category among them.
    fn pooled(&self) -> impl Iterator<Item = f64> {
        let total = self.total();
        self.values.iter().map(move |&count| count as f64 / total)
    }

    /// Number of categories that occur among them.
    fn categories(&self) -> usize {
        self.values.iter().filter(|&&count| count > 0).count()
    }

    fn figure(&self, value: f64) -> Coefficient {
        Coefficient { value, items: self.items }
    }
}

impl AddAssign<&Ratings> for Ratings {
    /// Adds another article of the same raters; an empty sum takes the number of raters over.
    fn add_assign(&mut self, other: &Ratings) {
        if self.raters == 0 {
            self.raters = other.raters;
        }
        self.grow(other.values.len());
        self.items += other.items;
        self.incomplete += other.incomplete;
        self.agreeing += other.agreeing;
        for (mine, theirs) in self.values.iter_mut().zip(&other.values) {
            *mine += theirs;
        }
        for (mine, theirs) in self.marginals.iter_mut().zip(&other.marginals) {
            *mine += theirs;
        }
    }
}

/// Counts of each label of one rater against each label of the other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ConfusionCounts {
    /// Number of categories, 1 + the greatest.
    pub size: usize,
    /// Row by row: first rater's category × `size` + second rater's.
    pub counts: Vec<u64>,
}

impl ConfusionCounts {
    /// Counts two equally long lists of labels; items beyond the shorter one are ignored.
    pub fn of(a: &[u32], b: &[u32]) -> ConfusionCounts {
        let items = a.len().min(b.len());
        let (a, b) = (&a[..items], &b[..items]);
        let greatest = |labels: &[u32]| labels.iter().copied().max();
        let size = greatest(a).max(greatest(b)).map_or(0, |label| label as usize + 1);
        let mut counts = vec![0; size * size];
        for (&first, &second) in a.iter().zip(b) {
            counts[first as usize * size + second as usize] += 1;
        }
        ConfusionCounts { size, counts }
    }

    /// Returns how often the first rater said `a` where the second said `b`.
    pub fn count(&self, a: u32, b: u32) -> u64 {
        let (a, b) = (a as usize, b as usize);
        if a < self.size && b < self.size { self.counts[a * self.size + b] } else { 0 }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn undefined_has_its_reason() {
        let rows = |text: &str| -> Vec<Vec<Option<u32>>> {
            text.split(' ').map(|row| row.chars().map(|c| c.to_digit(10)).collect()).collect()
        };
        assert_eq!(Ratings::of::<Vec<_>>(&[]).alpha(), Err(Undefined::NoItems));
        assert_eq!(Ratings::of(&rows("1 2 1")).alpha(), Err(Undefined::OneRater));
        assert_eq!(Ratings::of(&rows("1. .2 1.")).alpha(), Err(Undefined::NothingShared));
        assert_eq!(Ratings::of(&rows("11 11")).cohen_kappa(), Err(Undefined::OneCategoryOnly));
        assert_eq!(Ratings::of(&rows("11 12 1.")).fleiss_kappa(), Err(Undefined::MissingRatings));
        assert_eq!(Ratings::between(&rows("11 12 22 1."), 0, 1).cohen_kappa().map(|figure| figure.items), Ok(3));
    }

    #[test]
    fn tokens_items_and_sums_of_articles_say_the_same() {
        let (a, b) = ([0, 1, 1, 2, 0, 0, 3], [0, 1, 2, 2, 0, 1, 3]);
        let rows: Vec<[Option<u32>; 2]> = a.iter().zip(&b).map(|(&a, &b)| [Some(a), Some(b)]).collect();
        let whole = Ratings::pair(&a, &b);
        assert_eq!(whole, Ratings::of(&rows));
        let mut sum = Ratings::default();
        sum += &Ratings::pair(&a[..3], &b[..3]);
        sum += &Ratings::pair(&a[3..], &b[3..]);
        assert_eq!(whole, sum);
        assert_eq!(whole, Ratings::from_sums(2, &whole.to_sums()));
        assert_eq!(ConfusionCounts::of(&a, &b).count(1, 2), 1);
    }
}
