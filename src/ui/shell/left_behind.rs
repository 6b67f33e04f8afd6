//! Traces of earlier runs, as they are read.

use std::cell::RefCell;
use std::path::PathBuf;
use std::rc::Rc;

use crate::diagnostics::PanicReport;
use crate::ui::widgets::jobs::Job;

/// Sentences about failures that came when the window was gone, for whoever ran it.
pub type Unshown = Rc<RefCell<Vec<String>>>;

/// The reading and the deleting of what earlier runs left.
#[derive(Default)]
pub struct LeftBehind {
    /// The user's data folder; none where nothing is kept.
    pub(super) folder: Option<PathBuf>,
    pub(super) looking: Option<Job<(Vec<String>, bool)>>,
    pub(super) listing: Option<Job<Vec<PanicReport>>>,
    pub(super) changing: Option<Job<Result<String, String>>>,
    /// The place for failures at exit.
    pub(in crate::ui) unshown: Unshown,
}

/// The reports of panics, as they may be given away.
pub struct ReportDialog {
    pub(super) reports: Vec<PanicReport>,
}

impl LeftBehind {
    /// True where something is on its way.
    pub fn busy(&self) -> bool {
        self.looking.is_some() || self.listing.is_some() || self.changing.is_some()
    }
}
