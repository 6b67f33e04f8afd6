//! The writing of settings: on a worker, one after the other, the latest last.

use crate::lang::Message;
use std::path::PathBuf;

use crate::store::settings::Settings;
use crate::t;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};

/// Settings as they are on disk, and on their way there.
pub struct Remembered {
    /// The place where they lie; nowhere where the system has no place for them.
    folder: Option<PathBuf>,
    /// The settings that the last job was to write.
    written: Settings,
    writing: Option<Job<Result<(), Message>>>,
}

impl Remembered {
    /// Settings that were just read from this folder.
    pub fn new(folder: Option<PathBuf>, settings: &Settings) -> Self {
        Self { folder, written: settings.clone(), writing: None }
    }

    /// Begins to write settings where others stand on disk, unless some are being written: then they come next.
    pub fn follow(&mut self, jobs: &Jobs, settings: &Settings) {
        let Some(folder) = self.folder.clone().filter(|_| self.writing.is_none() && self.written != *settings) else {
            return;
        };
        self.written = settings.clone();
        let settings = settings.clone();
        self.writing = Some(jobs.start_kept(t!("job-settings"), move |_| settings.save(&folder)));
    }

    /// Keeps up with the writing; gives one sentence where it failed.
    pub fn poll(&mut self, jobs: &Jobs, settings: &Settings) -> Option<String> {
        let outcome = self.writing.as_ref()?.poll();
        if matches!(outcome, Outcome::Running) {
            return None;
        }
        self.writing = None;
        self.follow(jobs, settings);
        match outcome {
            Outcome::Done(Err(why)) => Some(why.told()),
            _ => None,
        }
    }

    /// True while settings are being written.
    pub fn busy(&self) -> bool {
        self.writing.is_some()
    }
}
