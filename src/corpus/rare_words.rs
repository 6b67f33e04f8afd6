//! Texts that have rare words in common: those about one matter, whoever says it and of whomever it is said.

use std::collections::{BTreeSet, HashMap, HashSet};

/// Words are alike by a run of so many letters: what a language puts before and behind a stem does not count.
const RUN: usize = 7;

/// Rare words that two texts have in common at least.
const LEAST: usize = 2;

/// The share of texts that a rare word stands in at most, one in so many, and the most of them whatever their number.
const RARE: (usize, usize) = (8, 16);

/// The pairs of texts, each given by its words, that have two rare words in common, the first of each pair before the second.
pub(super) fn pairs<'a>(texts: impl ExactSizeIterator<Item = &'a BTreeSet<String>>) -> HashSet<(usize, usize)> {
    let most = (texts.len() / RARE.0).clamp(2, RARE.1);
    let mut places: HashMap<&str, Vec<(usize, usize)>> = HashMap::new();
    for (text, words) in texts.enumerate() {
        for (at, word) in words.iter().enumerate() {
            for run in runs(word) {
                places.entry(run).or_default().push((text, at));
            }
        }
    }
    let mut common: HashMap<(usize, usize), BTreeSet<usize>> = HashMap::new();
    for places in places.into_values() {
        let rare = places.chunk_by(|one, next| one.0 == next.0).count() <= most;
        for (at, (one, word)) in places.iter().enumerate().filter(|_| rare) {
            for (other, _) in places[at + 1..].iter().filter(|(other, _)| other != one) {
                common.entry((*one, *other)).or_default().insert(*word);
            }
        }
    }
    common.into_iter().filter(|(_, words)| words.len() >= LEAST).map(|(pair, _)| pair).collect()
}

/// The runs of letters of a word; the whole word where it is short.
fn runs(word: &str) -> impl Iterator<Item = &str> {
    let ends: Vec<usize> = word.char_indices().map(|(at, _)| at).chain([word.len()]).collect();
    let length = RUN.min(ends.len() - 1);
    (0..ends.len() - length).map(move |at| &word[ends[at]..ends[at + length]])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> BTreeSet<String> {
        text.split(' ').map(str::to_owned).collect()
    }

    #[test]
    fn two_rare_words_join_in_whatever_form() {
        let texts = [
            "mercusuar diperbaiki nelayan",
            "nelayan menunggu perbaikan mercusuar",
            "nelayan pulang",
            "kapal menebar jaring",
            "kapal tiba",
        ];
        let texts: Vec<BTreeSet<String>> = texts.into_iter().map(words).collect();
        // One word alone, and a word that most have, join nothing.
        assert_eq!(pairs(texts.iter()), HashSet::from([(0, 1)]));
        assert_eq!(runs("kapal").collect::<Vec<_>>(), ["kapal"]);
        assert_eq!(runs("pelabuhan").collect::<Vec<_>>(), ["pelabuh", "elabuha", "labuhan"]);
    }
}
