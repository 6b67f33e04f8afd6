//! One line of the catalogue of figures, and the reasons why a figure has no value.

use std::fmt;

use super::key::Topic;
use crate::agreement::{Coefficient, Prf, Undefined};
use crate::lang::{Key, Message};
use crate::message;

/// The sums that a figure is made of: a list of numbers for each of its topics.
pub(super) type SumLists<'a> = &'a [Vec<f64>];

/// The subjects for which one line of the catalogue gives figures.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Each {
    /// One figure.
    All,
    /// One for all labels, one for each label.
    Label,
    /// One for each label and none for all.
    Single,
    /// One for each role of each label.
    Role,
    /// One for each attribute of each label.
    Attribute,
}

/// The sums that it takes where all annotators are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    /// Those of all pairs, added up.
    Pairs,
    /// Those of all annotators together.
    Joint,
}

/// The share of items on which two agree, that of chance, and the number of items; given the number of annotators.
pub(super) type AgreeingShare = fn(SumLists, usize) -> Option<(f64, f64, usize)>;

/// The figures of the catalogue that are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Told {
    /// Those that one looks at first.
    First,
    /// Those that say more of what others say.
    More,
}

/// One line of the catalogue.
pub(super) struct FigureSpec {
    /// Its name, by which files and other programs know it; names of labels, roles and attributes follow it.
    pub name: &'static str,
    /// Its name for people: in English the same.
    pub title: Key,
    pub definition: Key,
    pub source: &'static str,
    pub each: Each,
    pub from: From,
    pub topics: &'static [Topic],
    /// The items that are counted.
    pub items: Key,
    /// True where it is shown only where predictions are compared with gold.
    pub evaluation: bool,
    /// The figures that it is told among.
    pub told: Told,
    /// True where it is told only where somebody marked anything of the kind.
    pub present: bool,
    /// The figure, given the number of annotators that the sums are of (more than two: pairs of several).
    pub figure: fn(SumLists, usize) -> Result<Coefficient, Reason>,
    /// Of a share of items that agree: that share, the one of chance, and the number of items; where there is none, F1 counts
    /// as one.
    pub share: Option<AgreeingShare>,
    /// Precision and recall, where it has them.
    pub sides: Option<fn(SumLists) -> Prf>,
}

/// The reason why there is no value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Reason {
    /// The data does not allow it.
    Data(#[from] Undefined),
    /// The coefficient is one of two annotators.
    TwoOnly,
    /// It is computed only where it is asked for.
    NotAsked,
    /// Predictions have nothing of the kind anywhere, and gold has.
    NotPredicted,
    /// The time was over before any article was done.
    OutOfTime,
    /// An interval over articles needs several.
    OneArticle,
    /// Resampling would take too long.
    TooLarge,
}

impl Reason {
    /// The reason in words, as they stand after a colon.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::Data(why) => why.message(),
            Self::TwoOnly => message!("undefined-two-only"),
            Self::NotAsked => message!("undefined-not-asked"),
            Self::NotPredicted => message!("undefined-not-predicted"),
            Self::OutOfTime => message!("undefined-out-of-time"),
            Self::OneArticle => message!("undefined-one-article"),
            Self::TooLarge => message!("undefined-too-large"),
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
