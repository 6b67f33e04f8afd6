//! The list of what merges left to decide in annotation sets: all of the project's, found on a worker.

use std::sync::Arc;

use crate::model::{Conflict, SetKey};
use crate::store::Loaded;
use crate::t;
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::workspace::Workspace;

/// The open list.
#[derive(Default)]
pub struct ConflictList {
    finding: Option<Job<Option<Found>>>,
    sets: Option<Vec<SetKey>>,
    /// Files of other kinds in which a merge left something to decide.
    pub(super) elsewhere: Vec<String>,
    pub(super) at: usize,
    pub(super) unseen: bool,
}

struct Found {
    sets: Vec<SetKey>,
    loaded: Vec<Loaded>,
    elsewhere: Vec<String>,
}

impl ConflictList {
    /// True while sets are read.
    pub fn busy(&self) -> bool {
        self.finding.is_some()
    }

    pub(super) fn counts(&self) -> (u64, u64) {
        self.finding.as_ref().map_or((0, 0), Job::counts)
    }

    /// The conflicts that are left now; none while they are looked for.
    pub(super) fn rows(&self, work: &Workspace) -> Option<Vec<(SetKey, Arc<Conflict>)>> {
        let corpus = work.session.corpus();
        let of = |key: &SetKey| {
            let conflicts = corpus.set(&key.0, &key.1).map_or(&[][..], |set| set.conflicts());
            conflicts.iter().map(|conflict| (key.clone(), conflict.clone())).collect::<Vec<_>>()
        };
        Some(self.sets.as_ref()?.iter().flat_map(of).collect())
    }

    /// Takes what the worker has found, and sees to it that it looks.
    ///
    /// # Errors
    /// One sentence, where the project cannot be read.
    pub fn follow(&mut self, jobs: &Jobs, work: &mut Workspace) -> Result<(), String> {
        if self.sets.is_none() && self.finding.is_none() {
            self.finding = Some(find(jobs, work));
        }
        let Some(found) = Job::over(&mut self.finding) else { return Ok(()) };
        let Some(Found { sets, loaded, elsewhere }) = found.flatten() else {
            self.sets = Some(Vec::new());
            return Err(t!("conflicts-failed").to_owned());
        };
        loaded.into_iter().for_each(|loaded| work.session.accept(loaded));
        (self.sets, self.elsewhere, self.unseen) = (Some(sets), elsewhere, true);
        Ok(())
    }
}

/// Reads all sets once, and keeps those in which something is left to decide.
fn find(jobs: &Jobs, work: &Workspace) -> Job<Option<Found>> {
    let mut snapshot = work.session.snapshot();
    jobs.start(t!("conflicts-reading"), move |ticket| {
        let scan = snapshot.scan().ok()?;
        let total = scan.corpus().articles().len() as u64;
        let left = scan.problems().iter().filter(|problem| problem.code == "merge-conflict");
        let elsewhere = left.filter_map(|problem| problem.file.clone()).collect();
        let mut found = Found { sets: Vec::new(), loaded: Vec::new(), elsewhere };
        for (done, scanned) in scan.enumerate() {
            if !ticket.progress(done as u64, total) {
                return None;
            }
            let with = scanned.sets.iter().filter(|set| !set.set.conflicts().is_empty());
            let names: Vec<_> = with.map(|set| set.annotator.clone()).collect();
            if names.is_empty() {
                continue;
            }
            let (_, loaded) = snapshot.read(&scanned.article, &names)?;
            found.loaded.extend(loaded);
            found.sets.extend(names.into_iter().map(|name| (scanned.article.id.clone(), name)));
        }
        Some(found)
    })
}
