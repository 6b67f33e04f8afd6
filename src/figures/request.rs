//! The request for a report: whose sets are measured, and what of them.

use std::collections::HashMap;
use std::time::Duration;

use crate::model::{AnnotationSet, Name, SetKey};

/// A request for a report.
#[derive(Debug, Clone, Default)]
pub struct ReportRequest {
    /// The annotators whose sets are measured.
    pub annotators: Vec<Name>,
    /// The adjudicated set, which receives decisions; none where open differences are not looked for.
    pub gold: Option<Name>,
    /// True where the first annotator is gold and the second one predicts.
    pub evaluation: bool,
    /// The most time that γ may take, on all processors, after all the rest; none where it is not computed. Articles
    /// that are not done by then are left out of it, and that is told.
    pub gamma: Option<Duration>,
    /// Sets as they are in memory, where they may be newer than their files.
    pub live: HashMap<SetKey, AnnotationSet>,
}

/// Returns the pairs that are compared, by their places.
pub(super) fn pairs(request: &ReportRequest) -> Vec<(usize, usize)> {
    let everybody = request.annotators.len();
    match request.evaluation {
        true => vec![(0, 1)],
        false => (0..everybody).flat_map(|first| (first + 1..everybody).map(move |second| (first, second))).collect(),
    }
}
