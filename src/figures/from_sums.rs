//! Figures from the sums of their topics.

use super::spec::{Reason, SumLists};
use crate::agreement::items::{Against, HEAD, Ratings};
use crate::agreement::{Coefficient, Prf, Undefined};

/// The words of one label against all others; where the first topic is empty, those of any label against words of none.
pub(super) fn against(parts: SumLists, raters: usize) -> Against {
    let total = categories(parts, raters).map(|category| category[0]).sum();
    if parts[0].is_empty() {
        let marked = categories(parts, raters).skip(1);
        let (yes, both) = marked.fold((0.0, 0.0), |(yes, both), category| (yes + category[0], both + category[1]));
        return Against { total, yes, both };
    }
    Against { total, yes: part(parts, 0, 0), both: part(parts, 0, 1) }
}

/// For each category of words, the first being none: its ratings, and those of them that agree.
pub(super) fn categories(parts: SumLists, raters: usize) -> impl Iterator<Item = [f64; 2]> {
    let each = parts[1].get(HEAD..).unwrap_or_default().chunks(2 + raters);
    each.map(|category| [0, 1].map(|at| category.get(at).copied().unwrap_or(0.0)))
}

pub(super) fn part(parts: SumLists, topic: usize, at: usize) -> f64 {
    parts.get(topic).and_then(|parts| parts.get(at)).copied().unwrap_or(0.0)
}

/// Counts that credit both sides alike.
pub(super) fn counts(parts: SumLists) -> Prf {
    Prf::new(part(parts, 0, 0), part(parts, 0, 1), part(parts, 0, 2))
}

/// All four sums of scores that credit the sides differently.
pub(super) fn full(parts: SumLists) -> Prf {
    Prf {
        correct_predicted: part(parts, 0, 0),
        predicted: part(parts, 0, 1),
        correct_gold: part(parts, 0, 2),
        gold: part(parts, 0, 3),
    }
}

/// F1, resting on what both sides have: the larger of the two.
pub(super) fn f1(sums: &Prf) -> Result<Coefficient, Reason> {
    Ok(Coefficient { value: sums.f1()?, items: sums.gold.max(sums.predicted) as usize })
}

/// The mean over articles; where no article has a value, the usual reason for that.
pub(super) fn mean(parts: SumLists, usual: Undefined) -> Result<Coefficient, Reason> {
    let (sum, count, without) = (part(parts, 0, 0), part(parts, 0, 1), part(parts, 0, 2));
    match count {
        count if count > 0.0 => Ok(Coefficient { value: sum / count, items: count as usize }),
        _ if without > 0.0 => Err(usual.into()),
        _ => Err(Undefined::NoItems.into()),
    }
}

/// As [`mean`], of something that is not always computed.
pub(super) fn request(parts: SumLists, usual: Undefined) -> Result<Coefficient, Reason> {
    mean(parts, usual).map_err(|why| if why == Reason::Data(Undefined::NoItems) { Reason::NotAsked } else { why })
}

/// The share of words on which annotators agree, that of chance, and the number of words.
pub(super) fn words_share(parts: SumLists, raters: usize) -> Option<(f64, f64, usize)> {
    let ratings = Ratings::from_sums(raters, &parts[0]);
    let observed = ratings.observed().ok()?;
    Some((observed.value, ratings.chance(), observed.items))
}

/// κ from triples: both say the value, the first does, the second does.
pub(super) fn kappa_of_values(values: &[f64], raters: usize) -> Result<Coefficient, Reason> {
    let (observed, chance, items) = agreeing_values(values, raters)?;
    if chance >= 1.0 {
        return Err(Undefined::OneCategoryOnly.into());
    }
    Ok(Coefficient { value: (observed - chance) / (1.0 - chance), items })
}

/// The share of values on which two agree, that of chance, and the number of values; from triples.
pub(super) fn agreeing_values(values: &[f64], raters: usize) -> Result<(f64, f64, usize), Reason> {
    let (mut items, mut agreeing, mut cohen, mut scott) = (0.0, 0.0, 0.0, 0.0);
    for value in values.chunks(3) {
        let at = |index: usize| value.get(index).copied().unwrap_or(0.0);
        items += at(1);
        agreeing += at(0);
        cohen += at(1) * at(2);
        scott += (at(1) + at(2)).powi(2);
    }
    if items == 0.0 {
        return Err(Undefined::NoItems.into());
    }
    let chance = if raters == 2 { cohen } else { scott / 4.0 } / (items * items);
    Ok((agreeing / items, chance, items as usize))
}

/// The ratings of words in articles that all annotators have begun, of which the second topic has the sums. Two annotators have
/// no others.
pub(super) fn complete(parts: SumLists, raters: usize) -> Ratings {
    Ratings::from_sums(raters, if raters == 2 { &parts[0] } else { &parts[1] })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kappa_of_values_is_that_of_ratings() {
        // 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no: the textbook's κ of 0.4.
        let sums = [20.0, 25.0, 30.0, 15.0, 25.0, 20.0];
        let kappa = kappa_of_values(&sums, 2).expect("two values");
        assert!((kappa.value - 0.4).abs() < 1e-9 && kappa.items == 50);
        assert_eq!(kappa_of_values(&[7.0, 7.0, 7.0], 2), Err(Undefined::OneCategoryOnly.into()));
    }
}
