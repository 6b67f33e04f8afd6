//! Mentions by what they look like and what stands around them, learned from finished work alone.

use super::crf::{Crf, Sequence};
use super::features::Around;
use super::lesson::{Lesson, Page, named};
use super::lexicon::Lexicon;
use super::suggestion::{Source, Suggestion};
use crate::model::{Name, Schema};
use std::sync::Arc;

/// The name of the source.
pub(super) const NAME: &str = "tagger";

/// A field for the mentions of a schema.
#[derive(Debug, Clone)]
pub(super) struct Tagger {
    labels: Vec<Name>,
    crf: Crf,
    lexicon: Arc<Lexicon>,
    gazetteer: bool,
    /// Mentions that it has learned from.
    mentions: usize,
}

impl Tagger {
    /// Learns from lessons in their order, over all of them so many times; none where there is nothing to learn, or where `going`
    /// says that nobody wants it any more.
    pub fn of(
        schema: &Schema,
        lexicon: &Arc<Lexicon>,
        lessons: &[Lesson],
        (passes, gazetteer): (usize, bool),
        going: &(dyn Fn() -> bool + Sync),
    ) -> Option<Self> {
        let labels = named(schema);
        let mut crf = Crf::new(labels.len());
        let mut lines: Vec<(Sequence, Vec<usize>)> = Vec::new();
        for lesson in lessons {
            if !going() {
                return None;
            }
            let own = Lexicon::of(&labels, std::iter::once(lesson));
            let around = Around::new(&lesson.text, &lesson.tokens, lexicon, Some(&own), gazetteer);
            let tags = tags(&labels, lesson);
            for sentence in &lesson.tokens.sentences {
                if !lesson.counts(lesson.tokens.span(sentence)) {
                    continue;
                }
                let features = around.sentence(sentence);
                let sequence = crf.sequence(features.iter().map(|it| &it[..]));
                lines.push((sequence, tags[sentence.clone()].to_vec()));
            }
        }
        if lines.iter().all(|(_, tags)| tags.iter().all(|&tag| tag == 0)) {
            return None;
        }
        for _ in 0..passes {
            for (sequence, tags) in &lines {
                if !going() {
                    return None;
                }
                crf.learn(sequence, tags);
            }
        }
        let mentions = lines.iter().flat_map(|(_, tags)| tags).filter(|tag| !tag.is_multiple_of(2)).count();
        Some(Self { labels, crf, lexicon: lexicon.clone(), gazetteer, mentions })
    }
}

impl Tagger {
    /// The share of its certainty that the lexicon keeps where the tagger does not agree: the more this one has seen, the less.
    pub fn leaves(&self) -> f32 {
        const HALF: f32 = 200.0;
        let mentions = self.mentions as f32;
        1.0 - 0.5 * mentions / (mentions + HALF)
    }
}

/// The tags of a lesson's tokens: of nested mentions the outer one counts.
fn tags(labels: &[Name], lesson: &Lesson) -> Vec<usize> {
    let mut tags = vec![0; lesson.tokens.all.len()];
    // By place, the longer first.
    for record in lesson.set.iter() {
        let (Some(label), [at]) = (labels.iter().position(|label| *label == record.label), &record.at[..]) else {
            continue;
        };
        let Some(range) = lesson.tokens.range(*at) else { continue };
        if tags[range.clone()].iter().all(|&tag| tag == 0) {
            let begun = range.start;
            for token in range {
                tags[token] = 2 * label + if token == begun { 1 } else { 2 };
            }
        }
    }
    tags
}

impl Source for Tagger {
    fn name(&self) -> &'static str {
        NAME
    }

    fn suggest(&self, page: &Page<'_>) -> Vec<Suggestion> {
        let around = Around::new(page.text, &page.tokens, &self.lexicon, None, self.gazetteer);
        let mut found = Vec::new();
        for sentence in &page.tokens.sentences {
            let features = around.sentence(sentence);
            let sequence = self.crf.known(features.iter().map(|it| &it[..]));
            found.extend(self.crf.find(&sequence).into_iter().map(|it| {
                let tokens = sentence.start + it.tokens.start..sentence.start + it.tokens.end;
                Suggestion::new(NAME, &self.labels[it.label], vec![page.tokens.span(&tokens)], it.probability)
            }));
        }
        found
    }
}
