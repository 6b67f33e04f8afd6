//! Work that gets the whole project until it is done.

use std::path::PathBuf;

use super::open_project::Workspace;
use crate::model::ArticleId;
use crate::ui::widgets::jobs::Ticket;

/// The work with a project that is lent.
pub type Work = Box<dyn FnOnce(&mut Workspace, &Ticket) -> Report + Send>;

/// Work that gets the whole project until it is done.
pub struct Loan {
    /// The work, as people read it.
    pub title: &'static str,
    /// The noun of what progress counts.
    pub counted: &'static str,
    /// The sentence where the project can only be read; none where that is enough.
    pub read_only: Option<&'static str>,
    /// The work itself.
    pub work: Work,
}

/// The sentences at the end.
pub struct Report {
    /// The outcome, in a sentence or two.
    pub summary: String,
    /// More of it, one line each; the first few are shown.
    pub lines: Vec<String>,
    /// True where it stays until it is put away.
    pub serious: bool,
    /// The place where the project lies that comes back, where it is another than the one that was lent, and which
    /// article of it is shown.
    pub moved: Option<(PathBuf, Option<ArticleId>)>,
}

impl Report {
    /// A sentence that is shown for a while.
    pub fn said(summary: impl Into<String>) -> Self {
        Self { summary: summary.into(), lines: Vec::new(), serious: false, moved: None }
    }

    /// A sentence about something that failed, and why.
    pub fn failed(summary: impl Into<String>, why: String) -> Self {
        Self { summary: summary.into(), lines: vec![why], serious: true, moved: None }
    }
}
