//! The parts of the dashboard.

use crate::t;

/// A part of the dashboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // Their titles say what they are.
pub enum Section {
    Overview,
    Labels,
    Matrix,
    Confusion,
    Boundaries,
    Progress,
    Reliability,
    Time,
    Suggestions,
}

impl Section {
    /// All of them, in the order in which they are listed.
    pub const ALL: [Self; 9] = [
        Self::Overview,
        Self::Labels,
        Self::Matrix,
        Self::Confusion,
        Self::Boundaries,
        Self::Progress,
        Self::Reliability,
        Self::Time,
        Self::Suggestions,
    ];

    /// As people read it.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Overview => t!("section-overview"),
            Self::Labels => t!("section-labels"),
            Self::Matrix => t!("section-matrix"),
            Self::Confusion => t!("section-confusion"),
            Self::Boundaries => t!("section-boundaries"),
            Self::Progress => t!("section-progress"),
            Self::Reliability => t!("section-reliability"),
            Self::Time => t!("section-time"),
            Self::Suggestions => t!("suggestions-title"),
        }
    }

    /// The name of its file.
    #[must_use]
    pub fn file(self) -> &'static str {
        match self {
            Self::Overview => "figures",
            Self::Labels => "labels",
            Self::Matrix => "matrix",
            Self::Confusion => "confusion",
            Self::Boundaries => "boundaries",
            Self::Progress => "progress",
            Self::Reliability => "reliability",
            Self::Time => "time",
            Self::Suggestions => "suggestions",
        }
    }
}
