//! Words that were marked before: each place of equal words is offered again, with who or what they are.

use foldhash::fast::FixedState;

use super::lesson::{Lesson, Page, named};
use super::suggestion::{Source, Suggestion};
use super::tokens::{Token, Tokens, join};
use crate::model::{Id, Name, Schema};
use crate::text::Span;

type Map<T> = std::collections::HashMap<u64, T, FixedState>;

/// Tokens beyond which words are not looked for again.
const LONGEST: usize = 12;

/// Share of a sighting that is added to those that were left alone, so that one sighting alone is not certain.
const DOUBT: f32 = 0.1;

/// The name of the source.
pub(super) const NAME: &str = "lexicon";

/// The readings of some words.
#[derive(Debug, Clone, Default)]
struct Entry {
    /// Places where the words stand in what was looked at, marked or not.
    seen: u32,
    readings: Vec<Reading>,
}

/// One label that the words had.
#[derive(Debug, Clone, Default)]
struct Reading {
    label: u16,
    count: u32,
    /// The referents that it was, and how often.
    referents: Vec<(Option<Id>, u32)>,
    /// Attributes that it had, and how often.
    attributes: Vec<(Vec<(Name, String)>, u32)>,
}

/// The words that a maker marked, with what was made of them.
#[derive(Debug, Clone, Default)]
pub(super) struct Lexicon {
    labels: Vec<Name>,
    exact: Map<Entry>,
    /// The same without regard to case: used where the text has a capital.
    folded: Map<Entry>,
    /// Lengths in tokens of what begins with a word, a bit each.
    lengths: Map<u16>,
}

/// The meaning of a place in a text by the lexicon.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Hit {
    pub tokens: usize,
    pub label: u16,
    pub score: f32,
}

fn key(tokens: &[Token], of: impl Fn(&Token) -> u64) -> u64 {
    tokens.iter().fold(tokens.len() as u64, |key, token| join(key, of(token)))
}

fn count<T: PartialEq>(all: &mut Vec<(T, u32)>, one: T) {
    match all.iter_mut().find(|(there, _)| *there == one) {
        Some((_, count)) => *count += 1,
        None => all.push((one, 1)),
    }
}

/// The most frequent one; of equals the latest.
fn most<T>(all: &[(T, u32)]) -> Option<&T> {
    all.iter().max_by_key(|(_, count)| *count).map(|(it, _)| it)
}

impl Lexicon {
    /// Learns from work, in its order.
    pub fn of<'a>(labels: &[Name], lessons: impl Iterator<Item = &'a Lesson> + Clone) -> Self {
        let mut lexicon = Self { labels: labels.to_vec(), ..Self::default() };
        for lesson in lessons.clone() {
            lexicon.mark(lesson);
        }
        for lesson in lessons {
            lexicon.see(lesson);
        }
        lexicon
    }

    fn mark(&mut self, lesson: &Lesson) {
        for record in lesson.set.iter() {
            let (Some(label), [at]) = (self.labels.iter().position(|label| *label == record.label), &record.at[..])
            else {
                continue;
            };
            let Some(range) = lesson.tokens.range(*at).filter(|range| range.len() <= LONGEST) else { continue };
            let tokens = &lesson.tokens.all[range];
            *self.lengths.entry(tokens[0].lower).or_default() |= 1 << tokens.len();
            for entry in [
                self.exact.entry(key(tokens, |token| token.word)).or_default(),
                self.folded.entry(key(tokens, |token| token.lower)).or_default(),
            ] {
                let label = label as u16;
                let at = entry.readings.iter().position(|reading| reading.label == label).unwrap_or_else(|| {
                    entry.readings.push(Reading { label, ..Reading::default() });
                    entry.readings.len() - 1
                });
                let reading = &mut entry.readings[at];
                reading.count += 1;
                count(&mut reading.referents, record.referent);
                count(&mut reading.attributes, record.attributes.clone());
            }
        }
    }

    /// Counts the places of what is known.
    fn see(&mut self, lesson: &Lesson) {
        let all = &lesson.tokens.all;
        for at in 0..all.len() {
            let Some(&lengths) = self.lengths.get(&all[at].lower) else { continue };
            for length in (1..=LONGEST).filter(|length| lengths & (1 << length) != 0 && at + length <= all.len()) {
                let tokens = &all[at..at + length];
                if !lesson.counts(Span::new(tokens[0].span.start, tokens[length - 1].span.end)) {
                    continue;
                }
                if let Some(entry) = self.exact.get_mut(&key(tokens, |token| token.word)) {
                    entry.seen += 1;
                }
                if let Some(entry) = self.folded.get_mut(&key(tokens, |token| token.lower)) {
                    entry.seen += 1;
                }
            }
        }
    }

    /// The entries of some tokens here and in another lexicon: as they are written, else in any case where there is a capital.
    fn entries<'a>(&'a self, minus: Option<&'a Self>, tokens: &[Token]) -> Option<(&'a Entry, Option<&'a Entry>)> {
        let exact = key(tokens, |token| token.word);
        if let Some(entry) = self.exact.get(&exact) {
            return Some((entry, minus.and_then(|minus| minus.exact.get(&exact))));
        }
        let folded = key(tokens, |token| token.lower);
        let entry = self.folded.get(&folded).filter(|_| tokens.iter().any(|token| token.capital))?;
        Some((entry, minus.and_then(|minus| minus.folded.get(&folded))))
    }

    /// The reading that is most likely, with its share.
    fn best(entry: &Entry, minus: Option<&Entry>) -> Option<(u16, f32)> {
        let less = |label: u16| {
            let reading = minus?.readings.iter().find(|reading| reading.label == label)?;
            Some(reading.count)
        };
        let seen = entry.seen.saturating_sub(minus.map_or(0, |minus| minus.seen)) as f32;
        let counts = entry.readings.iter().map(|it| (it.label, it.count.saturating_sub(less(it.label).unwrap_or(0))));
        // Of equals the label that stands first in the schema.
        let (label, count) = counts.max_by_key(|(label, count)| (*count, std::cmp::Reverse(*label)))?;
        let count = count as f32;
        (count > 0.0).then(|| (label, count / (seen.max(count) + DOUBT)))
    }

    /// The longest words at a place that are known, without what another lexicon has of them.
    pub fn hit(&self, tokens: &Tokens, at: usize, end: usize, minus: Option<&Self>) -> Option<Hit> {
        let lengths = *self.lengths.get(&tokens.all[at].lower)?;
        (1..=LONGEST.min(end - at)).rev().filter(|length| lengths & (1 << length) != 0).find_map(|length| {
            let (entry, less) = self.entries(minus, &tokens.all[at..at + length])?;
            let (label, score) = Self::best(entry, less)?;
            Some(Hit { tokens: length, label, score })
        })
    }
}

impl Source for Lexicon {
    fn name(&self) -> &'static str {
        NAME
    }

    fn suggest(&self, page: &Page<'_>) -> Vec<Suggestion> {
        let tokens = &page.tokens;
        let mut found = Vec::new();
        for sentence in &tokens.sentences {
            for at in sentence.clone() {
                let Some(&lengths) = self.lengths.get(&tokens.all[at].lower) else { continue };
                for length in (1..=LONGEST.min(sentence.end - at)).filter(|length| lengths & (1 << length) != 0) {
                    let Some((entry, _)) = self.entries(None, &tokens.all[at..at + length]) else { continue };
                    let Some((label, score)) = Self::best(entry, None) else { continue };
                    let Some(reading) = entry.readings.iter().find(|it| it.label == label) else { continue };
                    let span = tokens.span(&(at..at + length));
                    found.push(Suggestion {
                        attributes: most(&reading.attributes).cloned().unwrap_or_default(),
                        referent: most(&reading.referents).copied().flatten(),
                        ..Suggestion::new(NAME, &self.labels[usize::from(label)], vec![span], score)
                    });
                }
            }
        }
        found
    }
}

/// The lexicon of a schema: mentions by their words.
pub(super) fn lexicon<'a>(schema: &Schema, lessons: impl Iterator<Item = &'a Lesson> + Clone) -> Lexicon {
    Lexicon::of(&named(schema), lessons)
}
