//! Ghosts: what sources suggest for the open article and nobody has taken yet. They are looked for in the background, on a
//! snapshot, and swapped in as a whole.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::Arc;

use super::asked_programs::AskedPrograms;
use super::cached::Cached;
use crate::assist::{Study, Suggestion};
use crate::edit::Transaction;
use crate::lang::Language;
use crate::model::{ArticleId, RecordFile};
use crate::store::settings::Suggesting;
use crate::t;
use crate::ui::reader;
use crate::ui::widgets::jobs::Job;

/// The things that suggestions were looked for by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Wish {
    pub(super) article: ArticleId,
    /// The state of the data.
    pub(super) changes: u64,
    pub(super) suggesting: Suggesting,
    /// The number of changes of the answers of programs so far.
    pub(super) answers: usize,
}

/// The result of one look.
pub(super) struct Found {
    pub(super) study: Arc<Study>,
    pub(super) suggestions: Vec<Suggestion>,
}

/// The reason why an article has no ghosts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Silence {
    /// They are still being looked for.
    Looking,
    /// The maker is done with the article.
    Done,
    /// Nothing can be changed here.
    ReadOnly,
    /// The article is one of those that come without, so that one can see what suggestions do.
    Without,
    /// There is no finished work to learn from.
    NothingLearned,
    /// The sources have nothing to say that is not marked.
    Nothing,
}

impl Silence {
    /// One sentence.
    #[must_use]
    pub fn told(self) -> &'static str {
        match self {
            Self::Looking => t!("ghosts-looking"),
            Self::Done => t!("ghosts-done"),
            Self::ReadOnly => t!("ghosts-read-only"),
            Self::Without => t!("ghosts-without"),
            Self::NothingLearned => t!("ghosts-nothing-learned"),
            Self::Nothing => t!("ghosts-nothing"),
        }
    }
}

/// The title of a source that learns or knows by itself.
#[must_use]
pub fn source_title(name: &str) -> Option<&'static str> {
    match name {
        "lexicon" => Some(t!("source-lexicon")),
        "tagger" => Some(t!("source-tagger")),
        "dates" => Some(t!("source-dates")),
        "zones" => Some(t!("source-zones")),
        "frames" => Some(t!("source-frames")),
        _ => None,
    }
}

/// The suggestions for the open article, and what was learned for them.
#[derive(Default)]
pub struct Ghosts {
    /// The person's settings, as they were followed last.
    pub(super) suggesting: Suggesting,
    pub(super) study: Option<Arc<Study>>,
    /// Articles whose sets have changed since the study read them.
    pub(super) stale: BTreeSet<ArticleId>,
    /// One at the most.
    pub(super) running: Option<(Wish, Job<Option<Found>>)>,
    /// The answers of the person's own programs.
    pub(super) asked: AskedPrograms,
    pub(super) found: Option<(Wish, Arc<Vec<Suggestion>>)>,
    /// Counts up with what was found.
    pub(super) number: u64,
    pub(super) shown: RefCell<Cached<Vec<Suggestion>, (u64, u64)>>,
    /// The same as the reader draws them.
    pub(super) marks: RefCell<Cached<Vec<reader::Ghost>, MarksOf>>,
}

/// The things that what the reader draws was made of: the revision, the number of what was found, the one that keys are about, and
/// the languages and the key of its words.
type MarksOf = (u64, u64, Option<usize>, (Language, String, String));

impl Ghosts {
    /// Notes the sets that a transaction has changed.
    pub(super) fn note(&mut self, applied: &Transaction) {
        let set = |at: &RecordFile| match at {
            RecordFile::Set((article, _)) => Some(article.clone()),
            _ => None,
        };
        self.stale.extend(applied.edits.iter().filter_map(|edit| set(&edit.at)));
    }

    /// Notes that anything may be another now.
    pub(super) fn note_elsewhere(&mut self) {
        self.study = None;
    }

    /// True while they are being looked for.
    #[must_use]
    pub fn busy(&self) -> bool {
        self.running.is_some() || self.asked.running.is_some()
    }
}
