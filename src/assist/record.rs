//! The fate of suggestions, by source and label: read off what a maker has accepted, changed and rejected, so that it is undone
//! with that, and needs no log of its own.

use std::collections::BTreeMap;

use super::rejection::rejected_from;
use crate::model::{Annotation, Corpus, Name, Timestamp, Via};

/// Suggestions of one source for one label, as a maker took them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// Accepted as they were.
    pub right: usize,
    /// Accepted with another label or other words, or rejected.
    pub wrong: usize,
    /// Moments of the answers, each with true where it was right.
    answers: Vec<(Timestamp, bool)>,
}

impl Tally {
    /// Answers that the present precision rests on, at the most and at the least.
    const LATEST: usize = 12;
    const ENOUGH: usize = 6;

    fn note(&mut self, at: Timestamp, right: bool) {
        if right {
            self.right += 1;
        } else {
            self.wrong += 1;
        }
        self.answers.push((at, right));
    }

    /// True where fewer than one in three of the latest answers was right: the source says nothing for this label then.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        let latest = &self.answers[self.answers.len().saturating_sub(Self::LATEST)..];
        let right = latest.iter().filter(|(_, right)| *right).count();
        latest.len() >= Self::ENOUGH && right * 3 < latest.len()
    }
}

/// The fate of the suggestions of every source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Record {
    tallies: BTreeMap<(Name, Name), Tally>,
}

impl Record {
    /// Reads it off a maker's annotations and dismissals.
    #[must_use]
    pub fn of<'a>(annotations: impl Iterator<Item = &'a Annotation>, corpus: &Corpus, maker: &Name) -> Self {
        let mut all: Vec<((Name, Name), Timestamp, bool)> = Vec::new();
        for record in annotations {
            if let Via::Suggestion { source, changed, .. } = &record.origin.via {
                all.push(((source.clone(), record.label.clone()), record.origin.at, !changed));
            }
        }
        for (_, dismissal) in corpus.dismissals(maker).into_iter().flatten() {
            if let Some(about) = rejected_from(&dismissal.of) {
                all.push((about, dismissal.origin.at, false));
            }
        }
        all.sort();
        let mut record = Self::default();
        for (of, at, right) in all {
            record.tallies.entry(of).or_default().note(at, right);
        }
        record
    }

    /// The labels that a source was answered for, with what became of them.
    pub fn labels(&self, source: &str) -> impl Iterator<Item = (&Name, &Tally)> {
        self.tallies.iter().filter(move |((of, _), _)| *of == *source).map(|((_, label), tally)| (label, tally))
    }

    /// The certainty of a source that nobody has answered yet.
    pub const UNKNOWN: f32 = 0.75;

    /// The share of a source's suggestions for a label that were right, as far as it was answered: three of four before that, which
    /// counts as much as four answers.
    #[must_use]
    pub fn precision(&self, source: &Name, label: &Name) -> f32 {
        const ANSWERS: f32 = 4.0;
        let (right, all) = (self.tallies.get(&(source.clone(), label.clone())))
            .map_or((0.0, 0.0), |tally| (tally.right as f32, (tally.right + tally.wrong) as f32));
        (right + Self::UNKNOWN * ANSWERS) / (all + ANSWERS)
    }

    /// True where a source says nothing for a label.
    #[must_use]
    pub fn is_silent(&self, source: &Name, label: &Name) -> bool {
        self.tallies.get(&(source.clone(), label.clone())).is_some_and(Tally::is_silent)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_that_was_wrong_in_two_of_three_of_the_latest_answers_is_silent() {
        let tally = |answers: &str| {
            let mut tally = Tally::default();
            answers.chars().for_each(|it| tally.note(Timestamp::from_seconds(0), it == '+'));
            tally.is_silent()
        };
        for (answers, silent) in
            [("-----", false), ("------", true), ("++----", false), ("+-----", true), ("++++++++++++---------", true)]
        {
            assert_eq!(tally(answers), silent, "{answers}");
        }
        assert!(!tally("---------++++++++"), "what was long ago does not count");
    }
}
