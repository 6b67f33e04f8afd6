//! A project that is opened on a worker, and the one that is asked for meanwhile.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use eframe::egui;

use crate::model::{Name, SetKind};
use crate::store::{Access, Loader, Release, Session, same_folder, sample};
use crate::t;
use crate::ui::commands::{Command, ProjectCommand};
use crate::ui::exchange::import;
use crate::ui::exchange::new_project::NewProject;
use crate::ui::shell::app::{App, Making, Opening};
use crate::ui::shell::overlay::{Next, Overlay};
use crate::ui::widgets::jobs::Outcome;

impl App {
    /// Opens a project. Whoever has no name yet reads it as a visitor, and is asked for one at the first mark.
    pub fn open(&mut self, ctx: &egui::Context, dir: &Path, access: Access) {
        // A path from the folder that the program was begun in means nothing from another one.
        let absolute = std::path::absolute(dir);
        let dir = absolute.as_deref().unwrap_or(dir);
        let access = if self.settings.annotator.is_empty() { Access::Read } else { access };
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

    /// The project that is open stays until the other one is there, for that may not open at all; the same folder has to be
    /// let go of first.
    fn begin_opening(&mut self, other: Option<Session>, dir: &Path, access: Access) {
        let open = self.work.take_if(|work| work.session.root() == dir).map(|work| work.session);
        let dir = dir.to_owned();
        let annotator = Some(Name::new(&self.settings.annotator)).filter(|name| !name.is_empty());
        let theirs = dir.clone();
        let letting_go = std::mem::take(&mut self.letting_go);
        let root = self.work.as_ref().map(|work| work.session.root().to_owned());
        let same = Arc::new(AtomicBool::new(false));
        let found_same = same.clone();
        let job = self.jobs.start(t!("opening", path = dir.display()), move |ticket| {
            // The folder that is wanted may be one that is just being let go of.
            letting_go.into_iter().for_each(Release::wait);
            // Of both, the one that came and is not wanted any more has nothing to be written.
            let old = open.or(other);
            if root.is_some_and(|root| same_folder(&root, &theirs)) {
                found_same.store(true, Ordering::Release);
                return Ok(None);
            }
            let annotator = annotator.unwrap_or_else(|| visited(&theirs));
            Session::open_instead(old, (&theirs, &annotator), access, &|| !ticket.cancelled())
        });
        self.opening = Some(Opening { dir, access, job, same, next: None });
    }

    /// True while the project that is open is to be written, for it is left then.
    pub(super) fn is_leaving(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Closing(_) | Overlay::Leaving(_)))
    }

    /// Asks anew for what was to come once the open project is written, where another one has replaced that: it tells of
    /// nothing any more.
    pub(super) fn leave_again(&mut self, ctx: &egui::Context) {
        let next = match self.overlay.take() {
            Some(Overlay::Closing(closing)) => closing.next,
            Some(Overlay::Leaving(leaving)) => leaving.next,
            other => return self.overlay = other,
        };
        match next {
            Next::Open(dir, access) => self.open(ctx, &dir, access),
            Next::Out => ctx.send_viewport_cmd(egui::ViewportCommand::Close),
        }
    }

    /// Makes a project, to open it then.
    pub(super) fn make(&mut self, project: NewProject) {
        let dir = std::path::absolute(&project.dir).unwrap_or_else(|_| project.dir.clone());
        let articles = project.articles.clone();
        let job = self.jobs.start_kept(t!("job-making-project", path = dir.display()), move |_| project.make());
        self.making = Some(Making { dir, articles, job });
    }

    /// Opens the project that was just made.
    pub(super) fn poll_making(&mut self, ctx: &egui::Context) {
        let Some(Making { job, .. }) = &self.making else { return };
        let outcome = job.poll();
        if matches!(outcome, Outcome::Running) {
            return;
        }
        let Some(Making { dir, articles, .. }) = self.making.take() else { return };
        match outcome {
            Outcome::Done(Ok(())) => {
                self.begin_with = (!articles.is_empty()).then(|| (dir.clone(), articles));
                if self.settings.annotator.is_empty() {
                    // A project of one's own is worked in: for that one has a name.
                    self.waiting = Some((dir, Access::Write));
                    self.overlay = Some(Overlay::name(&self.settings));
                } else {
                    self.open(ctx, &dir, Access::Write);
                }
            }
            Outcome::Done(Err(why)) => self.fail(why),
            Outcome::Running | Outcome::Broken => {}
        }
    }

    /// Brings the articles into a project that was just made which it is to begin with.
    pub(super) fn add_first(&mut self, dir: &Path) {
        if let Some((_, articles)) = self.begin_with.take_if(|(made, _)| made == dir) {
            self.undertake(import::add(articles));
        }
    }

    /// True where a project is open that another one is about to replace: nothing is changed in it any more.
    pub(super) fn is_replaced(&self, command: &Command) -> bool {
        let harmless = matches!(
            command,
            Command::Window(_)
                | Command::Project(
                    ProjectCommand::Open | ProjectCommand::OpenAt(_) | ProjectCommand::New | ProjectCommand::Save
                )
        );
        self.opening.is_some() && self.work.is_some() && !harmless
    }

    /// Lets a project go that another one has replaced.
    pub(super) fn let_go(&mut self, old: Session) {
        let (release, gone) = old.release();
        drop(self.jobs.start_kept(t!("job-letting-go"), move |_| release()));
        self.letting_go.push(gone);
    }

    /// Takes the project that was being opened, once it is there, unless another one is wanted by now.
    pub(super) fn poll_opening(&mut self, ctx: &egui::Context) {
        let Some(opening) = &self.opening else { return };
        let outcome = opening.job.poll();
        if matches!(outcome, Outcome::Running) {
            return;
        }
        let Some(Opening { dir, access, same, next, .. }) = self.opening.take() else { return };
        if next.is_none() && same.load(Ordering::Acquire) {
            // The open project by another path: it is let go of first.
            let old = self.work.take().map(|work| work.session);
            self.begin_opening(old, &dir, access);
            return self.leave_again(ctx);
        }
        match (next, outcome) {
            (Some((next, access)), outcome) => {
                let other = if let Outcome::Done(Ok(other)) = outcome { other } else { None };
                self.begin_opening(other, &next, access);
                if self.work.is_none() {
                    self.leave_again(ctx);
                }
            }
            (None, Outcome::Done(result)) => self.opened(ctx, dir, result.transpose()),
            (None, Outcome::Broken | Outcome::Running) => self.opened(ctx, dir, None),
        }
    }
}

/// The annotator whose work a visitor without a name reads: somebody of the sample project, or of one whose annotators see each
/// other's sets; else nobody.
fn visited(dir: &Path) -> Name {
    let nobody = || Name::new("visitor");
    let Ok((corpus, loader)) = Loader::open(dir) else { return nobody() };
    let shown = corpus.project.open_sets || corpus.articles().first().is_some_and(|article| sample::holds(article));
    let mut makers = loader.makers().into_iter().filter(|_| shown);
    makers.find(|name| corpus.project.kind(name) == SetKind::Person).unwrap_or_else(nobody)
}
