//! The project lent to a worker: what takes long and needs all of it, with progress and cancel. Nobody writes beside
//! the worker meanwhile, and what came of it is told at the end.

use std::path::PathBuf;

use eframe::egui::{self, RichText};

use crate::model::ArticleId;
use crate::t;
use crate::ui::shell::app::App;
use crate::ui::widgets::jobs::{self, Job, Jobs, Ticket};
use crate::ui::workspace::Workspace;

/// The project while it is with a worker.
pub struct Lent {
    job: Job<(Box<Workspace>, Report)>,
    /// The work, as people read it.
    title: &'static str,
    /// The thing that progress counts.
    counted: &'static str,
}

/// The sentences at the end.
pub struct Report {
    /// The outcome, in a sentence or two.
    pub summary: String,
    /// More of it, one line each; the first few are shown.
    pub lines: Vec<String>,
    /// True where it stays until it is put away.
    pub serious: bool,
    /// Where the project lies that comes back, where it is another than the one that was lent, and which article of it
    /// is shown.
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

/// Gives the project to a worker until it is done.
pub fn lend(
    app: &mut App,
    ctx: &egui::Context,
    title: &'static str,
    counted: &'static str,
    work: impl FnOnce(&mut Workspace, &Ticket) -> Report + Send + 'static,
) {
    let Some(lent) = app.work.take() else {
        app.fail(t!("lend-first"));
        return;
    };
    let mut lent = Box::new(lent);
    let job = Jobs::of(ctx).start(title, move |ticket| {
        let report = work(&mut lent, ticket);
        (lent, report)
    });
    app.lent = Some(Lent { job, title, counted });
}

/// Takes the project back once the worker is done.
pub fn poll(app: &mut App, ctx: &egui::Context) {
    let Some(lent) = &app.lent else { return };
    match lent.job.poll() {
        jobs::Outcome::Running => {}
        jobs::Outcome::Broken => {
            app.lent = None;
            app.fail(t!("lend-broken"));
        }
        jobs::Outcome::Done((mut work, report)) => {
            app.lent = None;
            let Report { summary, lines, serious, moved } = report;
            match moved {
                Some((dir, place)) => app.take(ctx, &dir, work.session, place),
                None => {
                    // The schema may have new labels, and the open article new annotations.
                    work.refresh();
                    work.summarise(ctx);
                    if work.open.is_none()
                        && let Some(first) = work.session.corpus().articles().first().map(|article| article.id.clone())
                    {
                        work.show(ctx, &first, None);
                    }
                    app.work = Some(*work);
                }
            }
            let more: String = lines.iter().take(6).map(|line| format!("\n{line}")).collect();
            match serious {
                true => app.fail(summary + &more),
                false => app.say(summary),
            }
        }
    }
}

impl Lent {
    /// The work with it, as people read it.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// Shows how far it is, with a way to stop.
    pub fn ui(&self, ui: &mut egui::Ui) {
        let (done, total) = self.job.counts();
        ui.add_space(60.0);
        ui.vertical_centered(|ui| {
            ui.label(RichText::new(self.title).heading());
            let share = if total == 0 { 0.0 } else { done as f32 / total as f32 };
            let bar = egui::ProgressBar::new(share).desired_width(320.0).text(t!(
                "lend-at",
                done = done,
                total = total,
                things = self.counted
            ));
            ui.add(bar);
            if ui.button(t!("cancel")).clicked() {
                self.job.cancel();
            }
        });
        ui.ctx().request_repaint_after_secs(0.1);
    }
}
