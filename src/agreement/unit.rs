//! A labelled stretch of text, the continuum that it lies on, and its projection onto tokens.

/// A labelled stretch `[start, end)` of a text.
///
/// The unit of the offsets is the caller's (tokens, bytes, code points), the same within one call. An empty unit counts as
/// one offset long where overlap is asked for, so that two equal empty units still meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Unit {
    /// First offset.
    pub start: u32,
    /// Offset after the last.
    pub end: u32,
    /// The label, numbered by the caller.
    pub label: u32,
    /// The fragments that it is of, as a number that equal fragments share; 0 where it is all from start to end.
    pub shape: u32,
}

impl Unit {
    /// A unit from its parts.
    pub fn new(start: u32, end: u32, label: u32) -> Unit {
        Unit { start, end, label, shape: 0 }
    }

    /// Number of offsets covered.
    pub fn len(&self) -> u32 {
        self.end.saturating_sub(self.start)
    }

    /// Says whether no offset is covered.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The same offsets, whatever the label.
    pub fn same_extent(&self, other: &Unit) -> bool {
        self.start == other.start && self.end == other.end && self.shape == other.shape
    }

    /// Says whether the two share at least one offset.
    pub fn overlaps(&self, other: &Unit) -> bool {
        self.start < other.reach() && other.start < self.reach()
    }

    /// The end, or one after the start for an empty unit.
    pub(super) fn reach(&self) -> u32 {
        self.end.max(self.start.saturating_add(1))
    }
}

/// One text as several annotators unitized it: the input of [`alpha_u`](super::alpha_u::alpha_u) and
/// [`gamma`](super::gamma::gamma).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Continuum {
    /// Length of the text; offsets run from 0 to here.
    pub length: u32,
    /// The units of each annotator, in any order.
    pub annotators: Vec<Vec<Unit>>,
}

impl Continuum {
    /// Several texts of the same annotators, one after the other, as one continuum.
    pub fn join<'a>(articles: impl IntoIterator<Item = &'a Continuum>) -> Continuum {
        let mut joined = Continuum::default();
        for article in articles {
            joined.annotators.resize(joined.annotators.len().max(article.annotators.len()), Vec::new());
            for (all, units) in joined.annotators.iter_mut().zip(&article.annotators) {
                all.extend(
                    units
                        .iter()
                        .map(|unit| Unit::new(unit.start + joined.length, unit.end + joined.length, unit.label)),
                );
            }
            joined.length += article.length;
        }
        joined
    }

    /// Number of units of all annotators.
    pub fn units(&self) -> usize {
        self.annotators.iter().map(Vec::len).sum()
    }
}

/// The labels that [`token_labels`] gives to tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenLabels {
    /// `0` outside, `1 + label` inside.
    Label,
    /// `0` outside, `1 + 2·label` on the first token of a unit, `2 + 2·label` on the others (the BIO scheme).
    Bio,
}

/// The labels of `tokens` tokens, given units in tokens: the input of token-level κ and α
/// ([`items::Ratings::pair`](super::items::Ratings::pair)).
///
/// A token in several units takes the label of the innermost, i.e. of the one that starts last and, among those, ends first;
/// among equal ones that of the highest number. Tokens beyond the end are ignored.
pub fn token_labels(units: &[Unit], tokens: usize, tags: TokenLabels) -> Vec<u32> {
    let mut order: Vec<&Unit> = units.iter().collect();
    order.sort_by_key(|unit| (unit.start, std::cmp::Reverse(unit.end), unit.label));
    let mut labels = vec![0; tokens];
    for unit in order {
        let start = (unit.start as usize).min(tokens);
        let end = (unit.end as usize).min(tokens).max(start);
        match tags {
            TokenLabels::Label => labels[start..end].fill(1 + unit.label),
            TokenLabels::Bio => {
                labels[start..end].fill(2 + 2 * unit.label);
                if let Some(first) = labels[start..end].first_mut() {
                    *first = 1 + 2 * unit.label;
                }
            }
        }
    }
    labels
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_unit_names_the_token() {
        let units = [Unit::new(1, 5, 0), Unit::new(2, 3, 1), Unit::new(1, 9, 2)];
        assert_eq!(token_labels(&units, 7, TokenLabels::Label), [0, 1, 2, 1, 1, 3, 3]);
        assert_eq!(token_labels(&units[..2], 6, TokenLabels::Bio), [0, 1, 3, 2, 2, 0]);
    }

    #[test]
    fn touching_units_do_not_overlap_and_equal_empty_units_do() {
        assert!(!Unit::new(0, 4, 0).overlaps(&Unit::new(4, 8, 0)));
        assert!(Unit::new(4, 4, 0).overlaps(&Unit::new(4, 4, 1)));
        assert!(Unit::new(0, 5, 0).overlaps(&Unit::new(4, 8, 0)));
    }
}
