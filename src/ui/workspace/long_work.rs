//! Work on the project that takes a while: on a worker, with a way to the session, which goes on meanwhile.

use std::path::PathBuf;

use crate::store::{Link, Session};
use crate::ui::widgets::jobs::Ticket;

/// The work itself.
pub type Work = Box<dyn FnOnce(&Link, &Ticket) -> WorkEnd + Send>;

/// Work on the project that takes a while.
pub struct LongWork {
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
pub struct WorkEnd {
    /// The outcome, in a sentence or two.
    pub summary: String,
    /// More of it, one line each; the first few are shown.
    pub lines: Vec<String>,
    /// True where it stays until it is put away.
    pub serious: bool,
    /// The copy of the project that is worked on from now on, and where it lies.
    pub moved: Option<(PathBuf, Box<Session>)>,
}

impl WorkEnd {
    /// A sentence that is shown for a while.
    pub fn said(summary: impl Into<String>) -> Self {
        Self { summary: summary.into(), lines: Vec::new(), serious: false, moved: None }
    }

    /// A sentence about something that failed, and why.
    pub fn failed(summary: impl Into<String>, why: String) -> Self {
        Self { summary: summary.into(), lines: vec![why], serious: true, moved: None }
    }
}
