//! Coefficients and scores of agreement between annotators.
//!
//! Pure functions on plain inputs: units with offsets, items × raters, clusters of mention ids. Labels, roles, mentions and
//! raters are small numbers that the caller hands out; offsets may be tokens, bytes or code points, as long as one call
//! uses one of them. No function here reads, prints or panics on data.
//!
//! | family | functions | input |
//! |---|---|---|
//! | [`spans`] | precision, recall, F1 in the four schemes of SemEval-2013 task 9.1 | units |
//! | [`items`] | κ (Cohen, Fleiss, Conger), π, α nominal, S, AC1 | items × raters |
//! | [`alpha_u`] | Krippendorff's unitizing α | units on a continuum |
//! | [`alpha_textual`] | the same for text, gaps and confusions included | units on a continuum |
//! | [`gamma`] | γ and γ_cat | units on a continuum |
//! | [`identity`] | MUC, B³, CEAF, BLANC, LEA | clusters of mentions |
//! | [`events`] | triggers and arguments | event frames |
//! | [`templates`] | CEAF-REE, CEAF-RME | templates of role fillers |
//! | [`reliability`] | Dawid–Skene | items × raters |
//! | [`mace`] | MACE | items × raters |
//! | [`bootstrap`] | 95 % intervals | sums per article |
//! | [`quantile`] | the normal law, Student's, the score interval of a share | numbers |
//!
//! What can be summed over articles is: every count type implements `AddAssign<&Self>`, so a figure for a corpus, a label
//! or a bootstrap sample is a sum followed by one cheap division.
//! Where a figure has no meaning the answer is an [`Undefined`] with the reason, never NaN and never a flattering 1.0.

pub mod alpha_textual;
pub mod alpha_u;
pub mod assign;
pub mod bootstrap;
pub mod events;
pub mod gamma;
pub mod identity;
pub mod items;
pub mod mace;
pub mod prf;
pub mod quantile;
pub mod random;
pub mod reliability;
pub mod spans;
pub mod templates;
pub mod unit;

use std::fmt;

use crate::lang::Message;
use crate::message;

pub use prf::Prf;
pub use unit::Unit;

/// A figure and the number of items (units, tokens, pairs; each function says which) that it rests on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coefficient {
    /// The value.
    pub value: f64,
    /// The number of items that it rests on.
    pub items: usize,
}

/// The reason why a figure has no value for this data.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, thiserror::Error)]
pub enum Undefined {
    /// Nothing was rated or marked.
    NoItems,
    /// Fewer than two annotators.
    OneRater,
    /// No item was rated by two annotators.
    NothingShared,
    /// A chance-corrected figure where chance alone explains everything.
    OneCategoryOnly,
    /// The coefficient needs every item rated by every annotator.
    MissingRatings,
    /// Unitizing α allows no overlap of units (α_U: of units with the same label) by the same annotator.
    OverlappingUnits,
    /// A unit is empty or lies outside the continuum.
    UnitOutside,
    /// Precision where nothing was predicted.
    NothingPredicted,
    /// Recall where the gold standard is empty.
    NothingInGold,
    /// Units were marked, but no two of them were aligned closely enough to compare their labels.
    NothingAligned,
    /// The expected disagreement is zero.
    NoExpectedDisagreement,
    /// Too few articles for an interval.
    FewArticles,
}

impl Undefined {
    /// The reason in words, as they stand after a colon.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::NoItems => message!("undefined-no-items"),
            Self::OneRater => message!("undefined-one-rater"),
            Self::NothingShared => message!("undefined-nothing-shared"),
            Self::OneCategoryOnly => message!("undefined-one-category"),
            Self::MissingRatings => message!("undefined-missing-ratings"),
            Self::OverlappingUnits => message!("undefined-overlapping-units"),
            Self::UnitOutside => message!("undefined-unit-outside"),
            Self::NothingPredicted => message!("undefined-nothing-predicted"),
            Self::NothingInGold => message!("undefined-nothing-in-gold"),
            Self::NothingAligned => message!("undefined-nothing-aligned"),
            Self::NoExpectedDisagreement => message!("undefined-no-expected-disagreement"),
            Self::FewArticles => message!("undefined-few-articles"),
        }
    }
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.message().fmt(f)
    }
}
