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
    /// The same by category: with [`Ratings::values`] all that a figure of one category against all others needs.
    alike: Vec<f64>,
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
            ratings.alike[first] += 2.0 * row[first] as f64;
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
                let same = item.iter().flatten().filter(|&&other| other == category).count() - 1;
                self.alike[category as usize] += same as f64 / (rated - 1) as f64;
                equal += same;
            }
        }
        if rated >= 2 {
            self.items += 1;
            self.agreeing += equal as f64 / (rated - 1) as f64;
        }
    }

    /// The sums as plain numbers, which add up over articles as the ratings do: items, items that some rater left out, agreeing
    /// pairs; then for each category its ratings among items with two ratings, those of them that agree, and its ratings by
    /// each rater.
    pub fn to_sums(&self) -> Vec<f64> {
        let mut sums = vec![self.items as f64, self.incomplete as f64, self.agreeing];
        debug_assert_eq!(sums.len(), HEAD);
        let values = self.values.iter().zip(&self.alike);
        for ((value, alike), by_rater) in values.zip(self.marginals.chunks(self.raters.max(1))) {
            sums.extend([*value as f64, *alike]);
            sums.extend(by_rater.iter().map(|&count| count as f64));
        }
        sums
    }

    /// The inverse of [`Ratings::to_sums`], for as many raters; categories that are missing at the end count as empty.
    pub fn from_sums(raters: usize, sums: &[f64]) -> Ratings {
        let head = |at: usize| sums.get(at).copied().unwrap_or(0.0);
        let mut ratings = Ratings { items: head(0) as usize, incomplete: head(1) as usize, ..Ratings::new(raters) };
        ratings.agreeing = head(2);
        for category in sums.get(HEAD..).unwrap_or_default().chunks(2 + raters) {
            let counts = |at: usize| category.get(at).copied().unwrap_or(0.0) as u64;
            ratings.values.push(counts(0));
            ratings.alike.push(category.get(1).copied().unwrap_or(0.0));
            ratings.marginals.extend((2..2 + raters).map(counts));
        }
        ratings
    }

    /// Makes room for this many categories.
    fn grow(&mut self, categories: usize) {
        if categories > self.values.len() {
            self.values.resize(categories, 0);
            self.alike.resize(categories, 0.0);
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
        for (mine, theirs) in self.alike.iter_mut().zip(&other.alike) {
            *mine += theirs;
        }
        for (mine, theirs) in self.values.iter_mut().zip(&other.values) {
            *mine += theirs;
        }
        for (mine, theirs) in self.marginals.iter_mut().zip(&other.marginals) {
            *mine += theirs;
        }
    }
}

/// The number of numbers of [`Ratings::to_sums`] before those of the first category.
pub const HEAD: usize = 3;

/// One category against all others: the sums of [`Ratings`] taken down to yes and no.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Against {
    /// Ratings of all categories, among items with at least two ratings.
    pub total: f64,
    /// Those that are of the category.
    pub yes: f64,
    /// Those of them whose other ratings are of it, too: the diagonal of the coincidence matrix.
    pub both: f64,
}

impl Against {
    /// Positive specific agreement: given that one rater says yes, the share of the others who do (Cicchetti and Feinstein
    /// 1990; Dice 1945). With two raters 2a ÷ (2a + b + c); it is F1.
    ///
    /// # Errors
    /// Nobody says yes.
    pub fn positive(&self) -> Result<Coefficient, Undefined> {
        specific(self.both, self.yes)
    }

    /// Negative specific agreement: given that one rater says no, the share of the others who do. With two raters
    /// 2d ÷ (2d + b + c).
    ///
    /// # Errors
    /// Nobody says no.
    pub fn negative(&self) -> Result<Coefficient, Undefined> {
        let no = self.total - self.yes;
        specific(no - (self.yes - self.both), no)
    }

    /// Krippendorff's α of yes and no (Krippendorff 2004, ch. 11): 1 − (n − 1) × disagreeing ÷ (n_yes × n_no), from the
    /// coincidence matrix.
    ///
    /// # Errors
    /// No ratings, or all say the same.
    pub fn alpha(&self) -> Result<Coefficient, Undefined> {
        let (no, differing) = (self.total - self.yes, self.yes - self.both);
        match () {
            () if self.total <= 0.0 => Err(Undefined::NoItems),
            () if self.yes <= 0.0 || no <= 0.0 => Err(Undefined::OneCategoryOnly),
            () => Ok(Coefficient {
                value: 1.0 - (self.total - 1.0) * differing / (self.yes * no),
                items: self.yes.round() as usize,
            }),
        }
    }
}

fn specific(agreeing: f64, of: f64) -> Result<Coefficient, Undefined> {
    if of > 0.0 {
        Ok(Coefficient { value: agreeing / of, items: of.round() as usize })
    } else {
        Err(Undefined::NoItems)
    }
}

/// Sums over values on a scale, rated by two: all that κ with quadratic weights needs.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct ScaleSums {
    /// Items, Σ of the first's ranks, of the second's, of their squares each, and of the squares of their differences.
    pub sums: [f64; 6],
}

impl ScaleSums {
    /// One item.
    pub fn of(first: f64, second: f64) -> Self {
        Self { sums: [1.0, first, second, first * first, second * second, (first - second).powi(2)] }
    }

    /// Weighted κ (Cohen 1968) with weights by the square of the distance on the scale (Fleiss and Cohen 1973): 1 − observed ÷
    /// expected mean square of differences. Chance is each rater's own distribution, or where `pooled`, the one of both.
    ///
    /// # Errors
    /// No items, or no spread on the scale.
    pub fn kappa(&self, pooled: bool) -> Result<Coefficient, Undefined> {
        let [items, first, second, squares, other_squares, differences] = self.sums;
        if items <= 0.0 {
            return Err(Undefined::NoItems);
        }
        let of_squares = (squares + other_squares) / items;
        let product = match pooled {
            true => ((first + second) / (2.0 * items)).powi(2),
            false => first * second / (items * items),
        };
        let expected = of_squares - 2.0 * product;
        if expected <= 1e-12 {
            return Err(Undefined::OneCategoryOnly);
        }
        Ok(Coefficient { value: 1.0 - differences / items / expected, items: items as usize })
    }
}

impl AddAssign<&ScaleSums> for ScaleSums {
    fn add_assign(&mut self, other: &ScaleSums) {
        for (mine, theirs) in self.sums.iter_mut().zip(other.sums) {
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

    #[test]
    fn one_category_against_all_others() {
        // 40 both, 10 and 5 one of them, 45 neither: 80/95 and 90/105 (the 2 × 2 table of Cicchetti and Feinstein's kind).
        let yes_no = Against { total: 200.0, yes: 95.0, both: 80.0 };
        assert!((yes_no.positive().expect("some").value - 80.0 / 95.0).abs() < 1e-12);
        assert!((yes_no.negative().expect("some").value - 90.0 / 105.0).abs() < 1e-12);
        // Two categories only: α of one against the other is α.
        let (a, b) = ([0, 1, 1, 0, 0, 1, 1, 0, 1, 0], [0, 1, 1, 0, 1, 1, 0, 0, 1, 0]);
        let ratings = Ratings::pair(&a, &b);
        let sums = ratings.to_sums();
        let against = Against { total: 20.0, yes: sums[HEAD], both: sums[HEAD + 1] };
        assert!((against.alpha().expect("two").value - ratings.alpha().expect("two").value).abs() < 1e-12);
        assert_eq!(Against::default().alpha(), Err(Undefined::NoItems));
        assert_eq!(Against { total: 4.0, yes: 4.0, both: 4.0 }.alpha(), Err(Undefined::OneCategoryOnly));
    }

    #[test]
    fn krippendorffs_example_by_category() {
        // Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", C: four observers, twelve units, missing data;
        // nominal α is 0.743. Its coincidence matrix has 7, 10, 8, 4, 3 on the diagonal and 9, 13, 10, 5, 3 in the margins.
        let columns = ["11", "22", "33", "33", "22", "12", "44", "11", "22", ".5", "..", ".3"];
        let others = [".1", "32", "33", "33", "22", "34", "44", "21", "22", "55", "11", ".."];
        let rows: Vec<Vec<Option<u32>>> = columns
            .iter()
            .zip(others)
            .map(|(a, b)| a.chars().chain(b.chars()).map(|c| c.to_digit(10)).collect())
            .collect();
        let ratings = Ratings::of(&rows);
        assert!((ratings.alpha().expect("several").value - 0.743).abs() < 5e-4);
        for (category, (alike, value)) in [(7.0, 9), (10.0, 13), (8.0, 10), (4.0, 5), (3.0, 3)].into_iter().enumerate()
        {
            assert!((ratings.alike[category + 1] - alike).abs() < 1e-9, "{category}: {}", ratings.alike[category + 1]);
            assert_eq!(ratings.values[category + 1], value);
        }
    }

    #[test]
    fn quadratic_weights() {
        // 1-1, 2-3, 3-3, 4-2, 5-5 on each rater's own ranks.
        let mut sums = ScaleSums::default();
        for (a, b) in [(1.0, 1.0), (2.0, 3.0), (3.0, 3.0), (4.0, 2.0), (5.0, 5.0)] {
            sums += &ScaleSums::of(a, b);
        }
        // Σx² = 55, Σy² = 48, Σx = 15, Σy = 14: expected 103/5 − 2·15·14/25 = 3.8; observed 5/5.
        assert!((sums.kappa(false).expect("spread").value - (1.0 - 1.0 / 3.8)).abs() < 1e-12);
        assert_eq!(ScaleSums::of(2.0, 2.0).kappa(false), Err(Undefined::OneCategoryOnly));
        assert_eq!(ScaleSums::default().kappa(false), Err(Undefined::NoItems));
    }
}
