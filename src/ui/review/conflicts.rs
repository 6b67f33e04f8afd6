//! The list of what merges left to decide: all of the project's, found on a worker.

use std::sync::Arc;

use crate::model::{Conflict, Name, RecordFile};
use crate::store::{Loaded, Snapshot};
use crate::t;
use crate::ui::commands::ConflictPlace;
use crate::ui::widgets::jobs::{Job, Jobs};
use crate::ui::workspace::Workspace;

/// The open list.
#[derive(Default)]
pub struct ConflictList {
    finding: Option<Job<Option<Found>>>,
    files: Option<Vec<RecordFile>>,
    /// Files in which a merge left to decide what this version cannot read.
    pub(super) elsewhere: Vec<String>,
    pub(super) at: usize,
    pub(super) unseen: bool,
}

struct Found {
    files: Vec<RecordFile>,
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

    /// The conflicts that are left now: of sets, of other files, of the settings; none while they are looked for.
    pub(super) fn rows(&self, work: &Workspace) -> Option<Vec<(ConflictPlace, Arc<Conflict>)>> {
        let corpus = work.session.corpus();
        let of = |file: &RecordFile| {
            let row = |conflict: &Arc<Conflict>| (ConflictPlace::Records(file.clone()), conflict.clone());
            corpus.conflicts(file).iter().map(row).collect::<Vec<_>>()
        };
        let settings = corpus.project.conflicts.iter();
        let settings = settings.map(|conflict| (ConflictPlace::Settings, Arc::new(conflict.clone())));
        Some(self.files.as_ref()?.iter().flat_map(of).chain(settings).collect())
    }

    /// Takes what the worker has found, and sees to it that it looks.
    ///
    /// # Errors
    /// One sentence, where the project cannot be read.
    pub fn follow(&mut self, jobs: &Jobs, work: &mut Workspace) -> Result<(), String> {
        if self.files.is_none() && self.finding.is_none() {
            self.finding = Some(find(jobs, work));
        }
        let Some(found) = Job::over(&mut self.finding) else { return Ok(()) };
        let Some(Found { files, loaded, elsewhere }) = found.flatten() else {
            self.files = Some(Vec::new());
            return Err(t!("conflicts-failed").to_owned());
        };
        loaded.into_iter().for_each(|loaded| work.session.accept(loaded));
        (self.files, self.elsewhere, self.unseen) = (Some(files), elsewhere, true);
        Ok(())
    }
}

/// Reads all sets and other files once, and keeps those in which something is left to decide.
fn find(jobs: &Jobs, work: &Workspace) -> Job<Option<Found>> {
    let mut snapshot = work.session.snapshot();
    jobs.start(t!("conflicts-reading"), move |ticket| {
        let scan = snapshot.scan().ok()?;
        let total = scan.corpus().articles().len() as u64;
        let apart = scan.corpus().files_with_conflicts();
        let mut found = Found { files: Vec::new(), loaded: Vec::new(), elsewhere: scan.unread_conflicts() };
        for (done, scanned) in scan.enumerate() {
            if !ticket.progress(done as u64, total) {
                return None;
            }
            // Referents with conflicts that are not in memory are read with the first article.
            let referents: Vec<_> = apart.iter().filter_map(unread_referents(&snapshot)).collect();
            if done == 0 && !referents.is_empty() {
                found.loaded.extend(snapshot.loader().read_while(&scanned.article, &[], &referents, &|| true).ok()?);
            }
            let with = scanned.sets.iter().filter(|set| !set.set.conflicts().is_empty());
            let names: Vec<_> = with.map(|set| set.annotator.clone()).collect();
            if names.is_empty() {
                continue;
            }
            let (_, loaded) = snapshot.read(&scanned.article, &names)?;
            found.loaded.extend(loaded);
            let file = |name| RecordFile::Set((scanned.article.id.clone(), name));
            found.files.extend(names.into_iter().map(file));
        }
        found.files.extend(apart);
        Some(found)
    })
}

/// The maker of a file of referents that is not in memory.
fn unread_referents(snapshot: &Snapshot) -> impl Fn(&RecordFile) -> Option<Name> {
    |file| match file {
        RecordFile::Referents(maker) => {
            Some(maker.clone()).filter(|maker| snapshot.corpus().referents(maker).is_none())
        }
        _ => None,
    }
}
