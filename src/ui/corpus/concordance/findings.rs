//! The things that are not consistent, as a worker found them, and the one that is looked at.

use std::sync::Arc;

use crate::corpus::consistency::{Finding, consistency};
use crate::corpus::{Digest, Filter, Index};
use crate::store::Snapshot;
use crate::t;
use crate::ui::commands::Towards;
use crate::ui::widgets::jobs::{Job, Jobs};

/// The findings and the number of those that are right; none where the search was stopped.
type Outcome = Option<(Vec<Finding>, usize)>;

/// View state of the findings.
#[derive(Default)]
pub struct Findings {
    all: Vec<Arc<Finding>>,
    /// The number of those that were said to be right.
    pub right: usize,
    at: usize,
    running: Option<Job<Outcome>>,
    begun: Option<u64>,
    /// True where the one that is looked at is still to be brought into view.
    pub(super) unseen: bool,
}

impl Findings {
    /// True while they are looked for.
    pub fn busy(&self) -> bool {
        self.running.is_some()
    }

    /// Takes what the worker found, and lets one look anew where the data has changed.
    pub fn follow(
        &mut self,
        jobs: &Jobs,
        snapshot: impl Fn() -> Snapshot,
        index: &Arc<Index>,
        (filter, stamp): (&Arc<Filter>, u64),
    ) {
        if let Some(Some(Some((found, right)))) = Job::over(&mut self.running) {
            let before = self.current().map(|finding| finding.key());
            self.all = found.into_iter().map(Arc::new).collect();
            self.right = right;
            let again = before.and_then(|key| self.all.iter().position(|finding| finding.key() == key));
            self.at = again.unwrap_or(self.at.min(self.all.len().saturating_sub(1)));
        }
        if self.begun == Some(stamp) {
            return;
        }
        self.begun = Some(stamp);
        let (snapshot, index, filter) = (snapshot(), index.clone(), filter.clone());
        self.running = Some(jobs.start(t!("consistency-job"), move |ticket| {
            let kept = filter.apply(&index).articles;
            let keep = |digest: &Digest| index.place(&digest.article.id).is_some_and(|at| kept[at]);
            consistency(&snapshot, &index, &keep, &|| !ticket.cancelled())
        }));
    }

    /// All of them, by rule.
    pub fn all(&self) -> &[Arc<Finding>] {
        &self.all
    }

    /// The number of the one that is looked at.
    pub fn at(&self) -> usize {
        self.at
    }

    /// The one that is looked at.
    pub fn current(&self) -> Option<&Arc<Finding>> {
        self.all.get(self.at)
    }

    /// Looks at one.
    pub fn look(&mut self, at: usize) {
        self.at = at.min(self.all.len().saturating_sub(1));
        self.unseen = true;
    }

    /// Goes from the one that is looked at.
    pub fn go(&mut self, towards: Towards) {
        let last = self.all.len().saturating_sub(1);
        self.look(match towards {
            Towards::Up => self.at.saturating_sub(1),
            Towards::Down => self.at + 1,
            Towards::PageUp => self.at.saturating_sub(8),
            Towards::PageDown => self.at + 8,
            Towards::First => 0,
            Towards::Last => last,
            Towards::Left | Towards::Right => self.at,
        });
    }
}
