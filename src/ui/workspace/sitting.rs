//! Things that are kept in mind of suggestions while one looks at them.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::assist::Suggestion;
use crate::model::{ArticleId, Id, Name};
use crate::text::Span;

/// A suggestion as it is told from others of its article.
pub(super) type Key = (Name, Name, Vec<Span>);

/// The suggestion as it is told from others.
pub(super) fn key(ghost: &Suggestion) -> Key {
    (ghost.source.clone(), ghost.label.clone(), ghost.at.clone())
}

/// The suggestions that were seen since the project was opened.
#[derive(Default)]
pub(super) struct Sitting {
    /// The run of each article.
    pub(super) runs: HashMap<ArticleId, Id>,
    /// Suggestions that were on the screen or answered.
    pub(super) seen: HashMap<ArticleId, HashSet<Key>>,
    /// The suggestion that keys are about, and since when: seconds of the window's clock.
    pub(super) current: Option<(Key, f64)>,
    /// The window's clock in this frame, in seconds.
    pub(super) now: f64,
    /// Parts of a suggested trip or claim that are not to come along: its roles, then its attributes.
    pub(super) left_out: Option<(Key, BTreeSet<usize>)>,
}
