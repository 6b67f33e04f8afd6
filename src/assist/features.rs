//! The features of a token: some forty templates of what it looks like and what stands around it.

use std::ops::Range;

use foldhash::fast::FixedState;

use super::lexicon::Lexicon;
use super::tokens::{Token, Tokens, join};
use crate::text::Text;

type Map<T> = std::collections::HashMap<u64, T, FixedState>;

/// The writing of words in an article, and the lines that are headlines.
pub(super) struct Around<'a> {
    tokens: &'a Tokens,
    /// Occurrences inside sentences with a capital, and without, by the word in lower case.
    written: Map<(u16, u16)>,
    lexicon: &'a Lexicon,
    minus: Option<&'a Lexicon>,
    /// True for words that the gazetteer knows as a place, by their number, where it is asked.
    places: Vec<bool>,
}

/// Words of a name of a place at the most.
const PLACE_WORDS: usize = 3;

impl<'a> Around<'a> {
    /// An article; `minus` is what the lexicon has from this article itself.
    pub fn new(
        text: &Text,
        tokens: &'a Tokens,
        lexicon: &'a Lexicon,
        minus: Option<&'a Lexicon>,
        gazetteer: bool,
    ) -> Self {
        let mut written: Map<(u16, u16)> = Map::default();
        for sentence in &tokens.sentences {
            for token in tokens.all[sentence.clone()].iter().skip(1).filter(|token| token.wordlike) {
                let (capital, small) = written.entry(token.lower).or_default();
                let count = if token.capital { capital } else { small };
                *count = count.saturating_add(1);
            }
        }
        let places = if gazetteer { places(text, tokens) } else { Vec::new() };
        Self { tokens, written, lexicon, minus, places }
    }

    /// The features of the tokens of a sentence, one list after the other.
    pub fn sentence(&self, sentence: &Range<usize>) -> Vec<Vec<u64>> {
        let tokens = &self.tokens.all[sentence.clone()];
        let headline = is_headline(tokens);
        let mut hits: Vec<u64> = vec![0; tokens.len()];
        let mut at = 0;
        while at < tokens.len() {
            match self.lexicon.hit(self.tokens, sentence.start + at, sentence.end, self.minus) {
                Some(hit) => {
                    let bucket = (hit.score * 4.0) as u64;
                    for inside in 0..hit.tokens {
                        let part = match (inside, hit.tokens) {
                            (0, 1) => 4,
                            (0, _) => 1,
                            (it, all) if it + 1 == all => 3,
                            _ => 2,
                        };
                        hits[at + inside] = 1 + part + 8 * u64::from(hit.label) + 512 * bucket;
                    }
                    at += hit.tokens;
                }
                None => at += 1,
            }
        }
        let runs = runs(tokens);
        (0..tokens.len()).map(|at| self.token(sentence.start, tokens, at, (headline, &runs, &hits))).collect()
    }

    fn token(
        &self,
        start: usize,
        tokens: &[Token],
        at: usize,
        (headline, runs, hits): (bool, &[Range<usize>], &[u64]),
    ) -> Vec<u64> {
        const NONE: u64 = 0x5eed;
        let mut out = Vec::with_capacity(56);
        let mut template = 0_u64;
        let mut add = |value: u64| {
            template += 1;
            if value != 0 {
                out.push(join(template, value));
            }
        };
        let near = |by: isize, of: fn(&Token) -> u64| {
            at.checked_add_signed(by).and_then(|at| tokens.get(at)).map_or(NONE + by.unsigned_abs() as u64, of)
        };
        let lower: fn(&Token) -> u64 = |it| it.lower;
        let shape: fn(&Token) -> u64 = |it| it.shape;
        let short: fn(&Token) -> u64 = |it| it.short;
        let token = &tokens[at];
        add(1);
        add(token.word);
        add(token.lower);
        add(token.shape);
        add(token.short);
        for affix in token.prefixes.iter().chain(&token.suffixes) {
            add(*affix);
        }
        add(near(-1, lower));
        add(near(1, lower));
        add(near(-2, lower));
        add(near(2, lower));
        add(near(-1, short));
        add(near(1, short));
        add(join(near(-1, lower), token.lower));
        add(join(token.lower, near(1, lower)));
        add(join(near(-1, lower), near(1, lower)));
        add(join(near(-2, lower), near(-1, lower)));
        add(join(near(1, lower), near(2, lower)));
        add(join(near(-1, shape), token.shape));
        add(join(token.shape, near(1, shape)));
        add(join(join(near(-1, short), token.short), near(1, short)));
        add(join(near(-1, lower), token.short));
        add(join(token.short, near(1, lower)));
        add(join(near(-1, |it| it.suffixes[2]), token.short));
        add(join(token.short, near(1, |it| it.suffixes[2])));
        // The words just outside the run of capitals, its length, and the place in it.
        let run = &runs[at];
        let outside = |at: Option<usize>| at.and_then(|at| tokens.get(at)).map_or(NONE, |token| token.lower);
        if run.is_empty() {
            (0..7).for_each(|_| add(0));
        } else {
            let place = (at - run.start).min(3) as u64;
            let before = outside(run.start.checked_sub(1));
            add(join(before, 7));
            add(join(before, place + 1));
            add(join(outside(Some(run.end)), 7));
            add(join(run.len().min(6) as u64, place));
            add(join(tokens[run.start].lower, 3));
            add(join(tokens[run.end - 1].lower, place.min(1)));
            add(join(outside(run.start.checked_sub(2)), before));
        }
        let flags = u64::from(headline) * 2 + u64::from(at == 0);
        add(join(flags, token.short));
        let (capital, small) = self.written.get(&token.lower).copied().unwrap_or_default();
        let often = |count: u16| u64::from(count.min(2));
        add(join(1 + often(capital) * 3 + often(small), u64::from(token.capital) * 2 + u64::from(at == 0)));
        add(hits[at]);
        add(if hits[at] == 0 { 0 } else { hits[at] % 512 });
        add(join(hits[at], join(hits.get(at + 1).copied().unwrap_or(0), 3)));
        add(join(at.checked_sub(1).map_or(0, |at| hits[at]), join(hits[at], 5)));
        add(u64::from(self.places.get(start + at).copied().unwrap_or(false)));
        out
    }
}

/// The run of words with a capital that each token is in; an empty one where it is in none. A small word of one or two
/// letters, or a sign within a name, may stand in it.
fn runs(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut runs = vec![0..0; tokens.len()];
    let mut at = 0;
    while at < tokens.len() {
        if !(tokens[at].capital && tokens[at].wordlike) {
            at += 1;
            continue;
        }
        let mut end = at + 1;
        while end < tokens.len() && tokens[end].capital {
            end += 1;
        }
        for run in &mut runs[at..end] {
            *run = at..end;
        }
        at = end;
    }
    runs
}

/// True where most words begin with a capital: there a capital says little.
fn is_headline(tokens: &[Token]) -> bool {
    let words = tokens.iter().filter(|token| token.wordlike).count();
    let capitals = tokens.iter().filter(|token| token.wordlike && token.capital).count();
    words >= 3 && capitals * 10 >= words * 7
}

/// The tokens that are part of a name that the gazetteer knows.
fn places(text: &Text, tokens: &Tokens) -> Vec<bool> {
    let mut places = vec![false; tokens.all.len()];
    for sentence in &tokens.sentences {
        for at in sentence.clone().filter(|at| tokens.all[*at].capital) {
            for end in (at + 1..=(at + PLACE_WORDS).min(sentence.end)).rev() {
                if !crate::gazetteer::gazetteer().named(text.slice(tokens.span(&(at..end)))).is_empty() {
                    places[at..end].fill(true);
                    break;
                }
            }
        }
    }
    places
}
