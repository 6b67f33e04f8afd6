use std::collections::BTreeMap;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{ArticleId, Id, Name, Origin};

/// The suggestions that a person was shown in one article at one sitting, and what became of them.
///
/// It is written with the answers that it counts and undone with them. No figure about the article itself is made of it.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Run {
    /// Its name among its person's runs.
    pub id: Id,
    /// The article.
    pub article: ArticleId,
    /// The first digits of the SHA-256 of the article's text, by which it is found again where it has another number now.
    pub digest: String,
    /// The version of the program whose sources these were.
    pub program: String,
    /// The work that the sources had learned from when the latest answer was given.
    #[serde(default, skip_serializing_if = "Learning::is_nothing")]
    pub learned: Learning,
    /// The fate of suggestions by source and label, sorted by both.
    pub fates: Vec<Fate>,
    /// The person, and the time of the latest answer.
    pub origin: Origin,
}

/// The work that sources have learned from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Learning {
    /// The articles with annotations.
    pub articles: u32,
    /// Those of them that were done.
    pub done: u32,
    /// Annotations in them.
    pub annotations: u32,
    /// The first digits of a SHA-256 over articles, labels and places of those annotations: the same where the sources knew the
    /// same.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub digest: String,
}

impl Learning {
    fn is_nothing(&self) -> bool {
        *self == Self::default()
    }
}

/// Suggestions of one source for one label, and what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fate {
    /// The source.
    pub source: Name,
    /// The label that was suggested.
    pub label: Name,
    /// The number that was on the screen or answered.
    pub offered: u32,
    /// Accepted as they were.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub accepted: u32,
    /// Accepted with another label, other words or other roles.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub corrected: u32,
    /// Rejected.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub rejected: u32,
    /// Keys and clicks that the answers took.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub gestures: u32,
    /// Keys and clicks that the annotations which came of it take by hand.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub by_hand: u32,
    /// Milliseconds from when keys were about a suggestion until it was accepted or corrected, for those that were answered one by
    /// one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub times: Vec<u32>,
}

impl Fate {
    fn none(source: &Name, label: &Name) -> Self {
        let (source, label) = (source.clone(), label.clone());
        Self {
            source,
            label,
            offered: 0,
            accepted: 0,
            corrected: 0,
            rejected: 0,
            gestures: 0,
            by_hand: 0,
            times: Vec::new(),
        }
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
fn is_zero(number: &u32) -> bool {
    *number == 0
}

/// One person's runs, by id.
pub type Runs = BTreeMap<Id, Arc<Run>>;

impl Run {
    /// The fate of a source's suggestions for a label, which is counted from now on where it was not yet.
    pub fn fate(&mut self, source: &Name, label: &Name) -> &mut Fate {
        let place = self.fates.binary_search_by(|fate| (&fate.source, &fate.label).cmp(&(source, label)));
        let at = place.unwrap_or_else(|at| {
            self.fates.insert(at, Fate::none(source, label));
            at
        });
        &mut self.fates[at]
    }
}
