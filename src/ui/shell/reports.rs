//! Traces of earlier runs: failures that no window was there to show, and reports of panics, which a person
//! may look at, give away or delete.

use std::path::PathBuf;

use crate::diagnostics;
use crate::say;
use crate::t;
use crate::ui::shell::app::App;
use crate::ui::shell::left_behind::{ReportDialog, Unshown};
use crate::ui::shell::overlay::Overlay;
use crate::ui::widgets::jobs::{Job, Outcome};

/// The result of a job that is done; none while it runs, and where it broke off, which is told elsewhere.
fn finished<T: Send + 'static>(job: &mut Option<Job<T>>) -> Option<T> {
    let outcome = job.as_ref()?.poll();
    if !matches!(outcome, Outcome::Running) {
        *job = None;
    }
    if let Outcome::Done(result) = outcome { Some(result) } else { None }
}

impl App {
    /// Looks in the user's data folder for what earlier runs left, to tell of it. Sentences about what fails after the
    /// window is gone go to `unshown`.
    pub fn look_back(&mut self, folder: PathBuf, unshown: Unshown) {
        let theirs = folder.clone();
        self.left_behind.unshown = unshown;
        self.left_behind.folder = Some(folder);
        self.left_behind.looking = Some(self.jobs.start(t!("reports-looking"), move |_| {
            (diagnostics::take_left(&theirs), !diagnostics::unseen(&theirs).is_empty())
        }));
    }

    /// Keeps up with what is read and deleted.
    pub(in crate::ui) fn poll_left_behind(&mut self) {
        if let Some((sentences, reports)) = finished(&mut self.left_behind.looking) {
            for sentence in sentences {
                self.fail(t!("reports-last-time", why = sentence));
            }
            if reports {
                self.notices.broke_off(t!("reports-offered"));
            }
        }
        if let Some(reports) = finished(&mut self.left_behind.listing) {
            if reports.is_empty() {
                self.say(t!("reports-none"));
            } else {
                let seen: Vec<PathBuf> = reports.iter().map(|report| report.file.clone()).collect();
                self.change_reports("", move || diagnostics::put_away(&seen));
                // The person looks now, and under these names they lie from now on.
                self.overlay = Some(Overlay::Reports(Box::new(ReportDialog { reports })));
                self.notices.looked_at();
            }
        }
        match finished(&mut self.left_behind.changing) {
            Some(Ok(done)) if !done.is_empty() => self.say(done),
            Some(Err(why)) => self.fail(why),
            _ => {}
        }
    }

    /// Reads all reports, to show them.
    pub(in crate::ui) fn show_reports(&mut self) {
        match self.left_behind.folder.clone() {
            Some(folder) => {
                self.left_behind.listing =
                    Some(self.jobs.start(t!("reports-looking"), move |_| diagnostics::list(&folder)));
            }
            None => self.say(t!("reports-none")),
        }
    }

    fn change_reports(&mut self, done: &str, change: impl FnOnce() -> std::io::Result<()> + Send + 'static) {
        let done = done.to_owned();
        self.left_behind.changing = Some(self.jobs.start_kept(t!("reports-changing"), move |_| match change() {
            Ok(()) => Ok(done),
            Err(why) => Err(t!("reports-not-changed", why = say::io(&why))),
        }));
    }

    /// Deletes all reports, those too that came since they were shown.
    pub(super) fn delete_reports(&mut self) {
        if let Some(folder) = self.left_behind.folder.clone() {
            self.change_reports(t!("reports-deleted"), move || {
                let files: Vec<PathBuf> = diagnostics::list(&folder).into_iter().map(|report| report.file).collect();
                diagnostics::remove(&files)
            });
        }
    }

    /// Keeps the failures that closing brought for whoever ran the window, as no window shows them any more.
    pub(in crate::ui) fn keep_unshown(&self, shown_before: &[String]) {
        let failures = self.notices.all().iter().filter(|notice| notice.failed).map(|notice| notice.text.clone());
        self.left_behind.unshown.borrow_mut().extend(failures.filter(|text| !shown_before.contains(text)));
    }
}
