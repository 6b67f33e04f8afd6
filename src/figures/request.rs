//! The request for a report: whose sets are measured, and what of them.

use std::collections::HashMap;
use std::time::Duration;

use super::zones::ZoneText;
use crate::model::{AnnotationSet, Judgements, Name, Referents, SetKey};

/// A request for a report.
#[derive(Debug, Clone, Default)]
pub struct ReportRequest {
    /// The annotators whose sets are measured.
    pub annotators: Vec<Name>,
    /// The adjudicated set, which receives decisions; none where open differences are not looked for.
    pub gold: Option<Name>,
    /// True where the first annotator is gold and the others predict.
    pub evaluation: bool,
    /// The articles that are scored where predictions are compared with gold.
    pub articles_of: ArticlesOf,
    /// The choice whether text in zones counts: in those of anybody who is measured, or where predictions are compared with
    /// gold, in those of gold.
    pub zones: ZoneText,
    /// True where the chance level of frames is computed, which aligns each article many times.
    pub chance: bool,
    /// The most time that γ may take, on all processors, after all the rest; none where it is not computed. Articles
    /// that are not done by then are left out of it, and that is told.
    pub gamma: Option<Duration>,
    /// Sets as they are in memory, where they may be newer than their files.
    pub live: HashMap<SetKey, AnnotationSet>,
    /// Referents and judgements as they are in memory, by maker.
    pub live_judgements: HashMap<Name, (Referents, Judgements)>,
}

/// The articles that are scored where predictions are compared with gold. Gold counts as there where it marks something, or
/// is done; predictions where there is a set of them. One that is not there counts as empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ArticlesOf {
    /// Those that have gold.
    #[default]
    Gold,
    /// Those that have predictions.
    Predictions,
    /// Those that have both.
    Both,
}

impl ArticlesOf {
    /// Says whether an article is scored, given whether there is gold and whether there are predictions.
    pub(super) fn takes(self, [gold, predicted]: [bool; 2]) -> bool {
        match self {
            Self::Gold => gold,
            Self::Predictions => predicted,
            Self::Both => gold && predicted,
        }
    }
}

/// Returns the pairs that are compared, by their places.
pub(super) fn pairs(request: &ReportRequest) -> Vec<(usize, usize)> {
    let everybody = request.annotators.len();
    match request.evaluation {
        true => (1..everybody).map(|second| (0, second)).collect(),
        false => (0..everybody).flat_map(|first| (first + 1..everybody).map(move |second| (first, second))).collect(),
    }
}
