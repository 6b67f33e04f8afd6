//! A project that is opened on a worker, and the one that is asked for meanwhile.

use std::path::Path;

use eframe::egui;

use crate::model::Name;
use crate::store::{Access, Session};
use crate::t;
use crate::ui::shell::app::{App, Opening};
use crate::ui::shell::overlay::{Next, Overlay};
use crate::ui::widgets::jobs::Outcome;

impl App {
    /// Opens a project, once the annotator's name is known.
    pub fn open(&mut self, ctx: &egui::Context, dir: &Path, access: Access) {
        if self.settings.annotator.is_empty() {
            self.waiting = Some((dir.to_owned(), access));
            self.overlay = Some(Overlay::name(&self.settings));
            return;
        }
        if let Some(under_way) = &self.under_way {
            let title = under_way.title();
            self.fail(t!("open-later", work = title));
            return;
        }
        match self.work {
            Some(_) => self.leave_project(ctx, Next::Open(dir.to_owned(), access)),
            None => self.open_now(dir, access),
        }
    }

    /// Opens a project in place of the one that is open, which is written as far as it is to be. One that is being opened
    /// is stopped, and let go of before this one is begun: both may be the same folder.
    pub(in crate::ui) fn open_now(&mut self, dir: &Path, access: Access) {
        match &mut self.opening {
            Some(opening) => {
                opening.job.cancel();
                opening.next = Some((dir.to_owned(), access));
            }
            None => self.begin_opening(None, dir, access),
        }
    }

    fn begin_opening(&mut self, other: Option<Session>, dir: &Path, access: Access) {
        let old = self.work.take().map(|work| work.session).or(other);
        let (dir, annotator) = (dir.to_owned(), Name::new(&self.settings.annotator));
        let theirs = dir.clone();
        let job = self.jobs.start(t!("opening", path = dir.display()), move |ticket| {
            Session::open_instead(old, (&theirs, &annotator), access, &|| !ticket.cancelled())
        });
        self.opening = Some(Opening { dir, job, next: None });
    }

    /// Takes the project that was being opened, once it is there, unless another one is wanted by now.
    pub(super) fn poll_opening(&mut self, ctx: &egui::Context) {
        let Some(opening) = &self.opening else { return };
        let outcome = opening.job.poll();
        if matches!(outcome, Outcome::Running) {
            return;
        }
        let Some(Opening { dir, next, .. }) = self.opening.take() else { return };
        match (next, outcome) {
            (Some((next, access)), Outcome::Done(Ok(other))) => self.begin_opening(other, &next, access),
            (Some((next, access)), _) => self.begin_opening(None, &next, access),
            (None, Outcome::Done(result)) => self.opened(ctx, dir, result.transpose()),
            (None, Outcome::Broken | Outcome::Running) => self.opened(ctx, dir, None),
        }
    }
}
