//! All that was learned of a maker, and what is suggested by it.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::choose::chosen;
use super::dates::{self, Dates};
use super::frames::{self, Frames};
use super::lesson::{Lesson, Page};
use super::lexicon::{self, Lexicon};
use super::rejection::Rejection;
use super::suggestion::{Source, Suggestion};
use super::tagger::{self, Tagger};
use super::zones::{self, Zones};
use crate::model::{Name, Schema};
use crate::text::Span;

/// The sources that learn or know by themselves, by name, in the order in which they are asked.
pub const SOURCES: [&str; 5] = [lexicon::NAME, tagger::NAME, dates::NAME, zones::NAME, frames::NAME];

/// Passes over the finished articles: more of them where there are few.
const PASSES: usize = 2;
const PASSES_OF_FEW: usize = 6;
const FEW: usize = 20;

/// The sources that are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    /// Names of sources, of [`SOURCES`].
    pub sources: Vec<String>,
    /// True where the tagger may look up names of places.
    pub gazetteer: bool,
}

impl Default for Wanted {
    fn default() -> Self {
        Self { sources: SOURCES.map(str::to_owned).to_vec(), gazetteer: true }
    }
}

impl Wanted {
    /// True where a source is wanted.
    #[must_use]
    pub fn has(&self, source: &str) -> bool {
        self.sources.iter().any(|it| it == source)
    }
}

/// Everything that was learned from a maker's work, to be swapped in as a whole.
#[derive(Debug, Clone)]
pub struct Learned {
    lexicon: Arc<Lexicon>,
    tagger: Option<Arc<Tagger>>,
    zones: Zones,
    frames: Frames,
    wanted: Wanted,
}

impl Learned {
    /// Learns from work in its order: words and zones from all of it, what mentions look like from what is finished. None where
    /// `going` says that nobody wants it any more.
    #[must_use]
    pub fn of(schema: &Schema, lessons: &[Lesson], wanted: &Wanted, going: &(dyn Fn() -> bool + Sync)) -> Option<Self> {
        let lexicon = Arc::new(lexicon::lexicon(schema, lessons.iter()));
        let finished: Vec<Lesson> = lessons.iter().filter(|lesson| lesson.is_finished()).cloned().collect();
        let passes = if finished.len() <= FEW { PASSES_OF_FEW } else { PASSES };
        let tagger = match wanted.has(tagger::NAME) {
            true => {
                // The lexicon that the tagger learned with stays as it is while words come.
                let words = Arc::new(lexicon::lexicon(schema, finished.iter()));
                Tagger::of(schema, &words, &finished, (passes, wanted.gazetteer), going).map(Arc::new)
            }
            false => None,
        };
        let zones = Zones::of(schema, lessons.iter());
        let frames = Frames::of(schema, lessons.iter());
        going().then(|| Self { lexicon, tagger, zones, frames, wanted: wanted.clone() })
    }

    /// Learns the words, zones and frames of work anew, where what is finished is the same as before: what mentions look like is
    /// kept.
    #[must_use]
    pub(super) fn again(&self, schema: &Schema, lessons: &[Lesson]) -> Self {
        Self {
            lexicon: Arc::new(lexicon::lexicon(schema, lessons.iter())),
            tagger: self.tagger.clone(),
            zones: Zones::of(schema, lessons.iter()),
            frames: self.frames.again(schema, lessons.iter()),
            wanted: self.wanted.clone(),
        }
    }

    /// Suggestions for an article, by place.
    #[must_use]
    pub fn suggest(&self, page: &Page<'_>, rejected: &BTreeSet<Rejection>) -> Vec<Suggestion> {
        self.suggest_with(page, Vec::new(), rejected)
    }

    /// The same, with what other sources have said of the article.
    #[must_use]
    pub fn suggest_with(
        &self,
        page: &Page<'_>,
        others: Vec<Suggestion>,
        rejected: &BTreeSet<Rejection>,
    ) -> Vec<Suggestion> {
        let tagger = self.tagger.as_deref().map(|it| it as &dyn Source);
        let sources: [Option<&dyn Source>; 5] =
            [Some(&*self.lexicon), tagger, Some(&Dates), Some(&self.zones), Some(&self.frames)];
        let wanted = sources.into_iter().flatten().filter(|source| self.wanted.has(source.name()));
        let mut found: Vec<Suggestion> = wanted.flat_map(|source| source.suggest(page)).collect();
        self.weigh(page, &mut found);
        found.extend(others);
        chosen(page, found, rejected)
    }

    /// Suggestions of frames for an article in which the mentions stand that fill them, with what other sources have said of it.
    #[must_use]
    pub fn suggest_frames(
        &self,
        page: &Page<'_>,
        others: Vec<Suggestion>,
        rejected: &BTreeSet<Rejection>,
    ) -> Vec<Suggestion> {
        let mut found = if self.wanted.has(frames::NAME) { self.frames.suggest(page) } else { Vec::new() };
        found.extend(others);
        chosen(page, found, rejected)
    }

    /// Makes the lexicon less sure where a tagger that has seen much does not agree; words that are marked on the page itself
    /// stay as they are.
    fn weigh(&self, page: &Page<'_>, found: &mut [Suggestion]) {
        let Some(tagger) = &self.tagger else { return };
        let leaves = tagger.leaves();
        let here: HashSet<(&Name, &str)> = page
            .set
            .iter()
            .filter_map(|record| match record.at[..] {
                [at] => Some((&record.label, page.text.slice(at))),
                _ => None,
            })
            .collect();
        let agrees: HashSet<(Name, Vec<Span>)> = (found.iter().filter(|it| it.source == *tagger::NAME))
            .map(|it| (it.label.clone(), it.at.clone()))
            .collect();
        for one in found.iter_mut().filter(|it| it.source == *lexicon::NAME) {
            let marked = one.extent().is_some_and(|at| here.contains(&(&one.label, page.text.slice(at))));
            if !marked && !agrees.contains(&(one.label.clone(), one.at.clone())) {
                one.score = (f32::from(one.score) * leaves).round() as u16;
            }
        }
    }
}
