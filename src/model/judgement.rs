use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Id, Origin};
use crate::lang::Message;
use crate::message;

/// A person's statement about two of their referents, kept so that it is not asked again.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Judgement {
    /// Its name among its maker's judgements.
    pub id: Id,
    /// The two referents; the one that supports the other first, else the one of the lower id.
    pub of: (Id, Id),
    /// The relation between them.
    pub verdict: Verdict,
    /// The statement of the person about it.
    pub note: String,
    /// The person who said it, and when.
    pub origin: Origin,
}

/// The relation between two referents; the last four are of claims.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Verdict {
    /// One thing.
    Same,
    /// Two things.
    NotSame,
    /// One thing or two: it was looked at, and cannot be told.
    Unsure,
    /// Two claims, of which the first supports the second.
    Supports,
    /// Two claims that cannot both be true.
    Contradicts,
    /// Two claims that speak of different times, and can both be true.
    OtherTime,
    /// Two claims that have nothing to do with each other.
    Unrelated,
}

impl Verdict {
    /// Every verdict.
    pub const ALL: [Self; 7] =
        [Self::Same, Self::NotSame, Self::Unsure, Self::Supports, Self::Contradicts, Self::OtherTime, Self::Unrelated];

    /// The verdict that a role of this name states, between two records or two referents; none where it states another relation.
    #[must_use]
    pub fn of_role(name: &str) -> Option<Self> {
        match name {
            "same-as" => Some(Self::Same),
            "supports" => Some(Self::Supports),
            "contradicts" => Some(Self::Contradicts),
            _ => None,
        }
    }

    /// True where it is the same whichever of the two is named first.
    #[must_use]
    pub fn is_mutual(self) -> bool {
        self != Self::Supports
    }

    /// True where the two cannot be one thing.
    #[must_use]
    pub fn denies_identity(self) -> bool {
        !matches!(self, Self::Same | Self::Unsure)
    }

    /// The verdict in words.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Same => message!("verdict-same"),
            Self::NotSame => message!("verdict-not-same"),
            Self::Unsure => message!("verdict-unsure"),
            Self::Supports => message!("verdict-supports"),
            Self::Contradicts => message!("verdict-contradicts"),
            Self::OtherTime => message!("verdict-other-time"),
            Self::Unrelated => message!("verdict-unrelated"),
        }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}

/// One annotator's judgements, by id.
pub type Judgements = BTreeMap<Id, Arc<Judgement>>;

impl Judgement {
    /// A new judgement about two referents.
    #[must_use]
    pub fn new((one, other): (Id, Id), verdict: Verdict, origin: Origin) -> Self {
        let of = if verdict.is_mutual() { unordered((one, other)) } else { (one, other) };
        Self { id: Id::random(), of, verdict, note: String::new(), origin }
    }

    /// The two referents, the one of the lower id first: the same however they are named.
    #[must_use]
    pub fn pair(&self) -> (Id, Id) {
        unordered(self.of)
    }
}

/// Two referents, the one of the lower id first.
pub(crate) fn unordered((one, other): (Id, Id)) -> (Id, Id) {
    (one.min(other), one.max(other))
}
