//! A finding, and what would mend it.

use std::sync::Arc;

use crate::corpus::concordance::Spot;
use crate::lang::Message;
use crate::message;
use crate::model::{Article, Date, Dismissed, Id, Name, Quote};
use crate::text::Span;

/// A rule that is not kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// Equal words have different labels.
    LabelsDiffer,
    /// Words that are labelled elsewhere stand without a label.
    Unlabelled,
    /// A referent has mentions of several labels.
    ReferentLabels,
    /// A value is none of its label's, or says something else than the words.
    Value,
    /// Somebody travels to two places on one day.
    TwoPlaces,
    /// Claims of one claimant contradict each other.
    Claimant,
}

impl Rule {
    /// Every rule.
    pub const ALL: [Self; 6] =
        [Self::LabelsDiffer, Self::Unlabelled, Self::ReferentLabels, Self::Value, Self::TwoPlaces, Self::Claimant];

    /// The code, which is interface.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::LabelsDiffer => "labels-differ",
            Self::Unlabelled => "unlabelled",
            Self::ReferentLabels => "referent-labels",
            Self::Value => "value",
            Self::TwoPlaces => "two-places",
            Self::Claimant => "claimant",
        }
    }

    /// The rule in words.
    #[must_use]
    pub fn message(self) -> Message {
        match self {
            Self::LabelsDiffer => message!("rule-labels-differ"),
            Self::Unlabelled => message!("rule-unlabelled"),
            Self::ReferentLabels => message!("rule-referent-labels"),
            Self::Value => message!("rule-value"),
            Self::TwoPlaces => message!("rule-two-places"),
            Self::Claimant => message!("rule-claimant"),
        }
    }
}

/// An inconsistency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The rule that is not kept.
    pub rule: Rule,
    /// The words, referent or day that it is about.
    pub about: String,
    /// The things that stand against each other, with how often each is so.
    pub sides: Vec<(String, usize)>,
    /// Examples: the places of the rarest side first.
    pub examples: Vec<Example>,
    /// The referents that it is about.
    pub referents: Vec<Id>,
    /// The change that would mend it; none where a person has to look.
    pub mend: Option<Mend>,
}

/// A place that shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Example {
    /// The article.
    pub article: Arc<Article>,
    /// The annotation; none where there is none.
    pub record: Option<Id>,
    /// The fragments of its words.
    pub at: Box<[Span]>,
    /// The words.
    pub words: String,
    /// The place of words that have no annotation.
    pub quote: Option<Quote>,
}

/// A change that would mend a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mend {
    /// These places get this label.
    Label(Name, Vec<Spot>),
    /// These annotations get this value of an attribute.
    Value(Name, Date, Vec<(Arc<Article>, Id)>),
}

impl Finding {
    /// The mark by which it is known again, as it is dismissed.
    #[must_use]
    pub fn key(&self) -> Dismissed {
        let mut about = vec![self.about.to_lowercase()];
        if self.rule != Rule::Unlabelled {
            let mut sides: Vec<String> = self.sides.iter().map(|(side, _)| side.clone()).collect();
            sides.sort();
            about.extend(sides);
        }
        Dismissed::Finding { code: self.rule.code().to_owned(), about, referents: self.referents.clone() }
    }

    /// The number of places that it is about.
    #[must_use]
    pub fn total(&self) -> usize {
        self.sides.iter().map(|(_, count)| count).sum()
    }
}
