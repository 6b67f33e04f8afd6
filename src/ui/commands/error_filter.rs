//! The choice of a model's errors that are walked through.

use crate::figures::{Deviation, DeviationKind};
use crate::model::{ArticleId, Kind, Name, Slot};
use crate::t;

/// The errors that are wanted; what is empty narrows nothing down.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ErrorFilter {
    /// Only errors of these kinds.
    pub kinds: Vec<DeviationKind>,
    /// Only of mentions, of trips and claims, of zones, or of statements about the article.
    pub of: Option<Kind>,
    /// Only in this slot.
    pub slot: Option<Slot>,
    /// Only of things that either side calls so.
    pub label: Option<Name>,
    /// Only where gold has the first label and predictions the second; an empty one is nothing.
    pub met: Option<[Name; 2]>,
    /// Only in this article.
    pub article: Option<ArticleId>,
}

impl ErrorFilter {
    /// Says whether an error is wanted, of whatever kind it is.
    #[must_use]
    pub fn takes(&self, error: &Deviation) -> bool {
        let called = |side: usize, label: &Name| match &error.labels[side] {
            Some(own) => own == label,
            None => label.is_empty(),
        };
        self.of.is_none_or(|of| error.of == of)
            && self.slot.as_ref().is_none_or(|slot| error.slot == *slot)
            && self.label.as_ref().is_none_or(|label| called(0, label) || called(1, label))
            && self.met.as_ref().is_none_or(|[gold, other]| called(0, gold) && called(1, other))
            && self.article.as_ref().is_none_or(|article| error.article == *article)
    }

    /// Says whether errors of a kind are wanted.
    #[must_use]
    pub fn takes_kind(&self, kind: DeviationKind) -> bool {
        self.kinds.is_empty() || self.kinds.contains(&kind)
    }

    /// The filter in a few words, without kinds; empty where everything passes.
    #[must_use]
    pub fn words(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        words.extend(self.of.map(|of| {
            let of = match of {
                Kind::Entity => t!("mentions"),
                Kind::Frame => t!("frames"),
                Kind::Zone => t!("figure-zones"),
                Kind::Document => t!("figure-documents"),
            };
            of.to_owned()
        }));
        words.extend(self.slot.as_ref().map(ToString::to_string));
        words.extend(self.label.as_ref().map(ToString::to_string));
        if let Some(met) = &self.met {
            let [gold, other] = met
                .each_ref()
                .map(|it| if it.is_empty() { t!("confusion-nothing").to_owned() } else { it.to_string() });
            words.push(t!("errors-met", given = other, truth = gold));
        }
        words.extend(self.article.as_ref().map(ToString::to_string));
        words.join(", ")
    }
}

/// The name of a kind of error, as people read it.
#[must_use]
pub fn error_kind_name(kind: DeviationKind) -> &'static str {
    match kind {
        DeviationKind::Missing => t!("kind-missing"),
        DeviationKind::Spurious => t!("kind-spurious"),
        DeviationKind::Boundary => t!("kind-boundary"),
        DeviationKind::Label => t!("label"),
        DeviationKind::Attribute => t!("attribute"),
        DeviationKind::Role => t!("role"),
        DeviationKind::Identity => t!("kind-identity"),
    }
}
