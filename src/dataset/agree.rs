//! How well the annotators of a data set agree, for its card.

use crate::agreement::spans::Scheme;
use crate::model::{Name, Schema};
use crate::review::{Common, measure};
use crate::store::Scanned;

/// What each two annotators have in common, over the articles that both have a set of.
#[derive(Debug, Default)]
pub(super) struct Agreement {
    pairs: Vec<(Name, Name, usize, Common)>,
}

/// A pair and its figures; none where one is undefined.
pub(super) struct Row<'a> {
    pub first: &'a Name,
    pub second: &'a Name,
    pub articles: usize,
    /// F1 of mentions with the same extent and label.
    pub mentions: Option<f64>,
    /// Cohen's κ of words.
    pub words: Option<f64>,
    /// F1 of aligned frames.
    pub frames: Option<f64>,
}

impl Agreement {
    /// Between each two of these; the adjudicated set is no annotator's.
    pub fn between(annotators: &[Name]) -> Self {
        let people: Vec<&Name> = annotators.iter().filter(|name| ***name != *"gold").collect();
        let mut pairs = Vec::new();
        for (at, first) in people.iter().enumerate() {
            for second in &people[at + 1..] {
                pairs.push((Name::clone(first), Name::clone(second), 0, Common::default()));
            }
        }
        Self { pairs }
    }

    /// Takes an article into account.
    pub fn add(&mut self, schema: &Schema, scanned: &Scanned) {
        let Some(text) = &scanned.text else { return };
        let set = |name: &Name| scanned.sets.iter().find(|set| set.annotator == *name).map(|set| &set.set);
        for (first, second, articles, common) in &mut self.pairs {
            if let (Some(first), Some(second)) = (set(first), set(second)) {
                *articles += 1;
                *common += &measure(schema, text, first, second);
            }
        }
    }

    /// The pairs that have an article in common.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let shared = self.pairs.iter().filter(|(_, _, articles, _)| *articles > 0);
        shared.map(|(first, second, articles, common)| Row {
            first,
            second,
            articles: *articles,
            mentions: common.spans[Scheme::Strict].f1().ok(),
            words: common.words.0.cohen_kappa().ok().map(|figure| figure.value),
            frames: common.frames.f1().ok(),
        })
    }
}
