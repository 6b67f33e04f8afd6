//! The part that earlier runs left: failures that no window was there to show, and reports of panics, which a person
//! may look at, give away or delete.

use std::path::PathBuf;

use eframe::egui::{self, RichText};

use crate::diagnostics;
use crate::say;
use crate::t;
use crate::ui::shell::app::App;
use crate::ui::shell::left_behind::{ReportDialog, Unshown};
use crate::ui::shell::overlay::Overlay;
use crate::ui::widgets::dialog;
use crate::ui::widgets::dialog::Reply;
use crate::ui::widgets::jobs::{Job, Jobs, Outcome};

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
    pub fn look_back(&mut self, ctx: &egui::Context, folder: PathBuf, unshown: Unshown) {
        let theirs = folder.clone();
        self.left_behind.unshown = unshown;
        self.left_behind.folder = Some(folder);
        self.left_behind.looking = Some(Jobs::of(ctx).start(t!("reports-looking"), move |_| {
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
            match self.left_behind.folder.clone() {
                Some(folder) if !reports.is_empty() => {
                    let seen: Vec<PathBuf> = reports.iter().map(|report| report.file.clone()).collect();
                    self.change_reports("", move || diagnostics::put_away(&seen));
                    // The person looks now, and under these names they lie from now on.
                    self.overlay = Some(Overlay::Reports(Box::new(ReportDialog { folder, reports })));
                    self.notices.looked_at();
                }
                _ => self.say(t!("reports-none")),
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

    /// Shows the reports and does what is wanted with them.
    pub(in crate::ui) fn reports_ui(&mut self, ctx: &egui::Context, shown: &ReportDialog) -> Reply {
        let mut reply = dialog::keys(ctx, egui::Modifiers::NONE);
        let mut delete = false;
        let modal = dialog::modal(ctx, "reports", 760.0, |ui| {
            ui.heading(t!("reports-title"));
            ui.label(t!("reports-about"));
            ui.add_space(6.0);
            egui::ScrollArea::vertical().max_height(ctx.content_rect().height() - 260.0).show(ui, |ui| {
                for report in &shown.reports {
                    ui.add(egui::Label::new(RichText::new(report.text.as_str()).monospace().small()).wrap());
                    ui.separator();
                }
            });
            ui.horizontal_wrapped(|ui| {
                if ui.button(t!("reports-copy")).clicked() {
                    let all: Vec<&str> = shown.reports.iter().map(|report| report.text.as_str()).collect();
                    ui.ctx().copy_text(all.join("\n"));
                }
                if ui.button(t!("reports-folder")).clicked() {
                    let folder = format!("file://{}", shown.folder.display());
                    ui.ctx().open_url(egui::OpenUrl::new_tab(folder));
                }
                delete = ui.button(t!("reports-delete")).clicked();
                if ui.button(t!("close-esc")).clicked() {
                    reply = Reply::Closed;
                }
            });
        });
        if delete {
            if let Some(folder) = self.left_behind.folder.clone() {
                self.change_reports(t!("reports-deleted"), move || {
                    let files: Vec<PathBuf> =
                        diagnostics::list(&folder).into_iter().map(|report| report.file).collect();
                    diagnostics::remove(&files)
                });
            }
            return Reply::Closed;
        }
        if reply != Reply::Open || modal.should_close() { Reply::Closed } else { Reply::Open }
    }

    /// Keeps the failures that closing brought for whoever ran the window, as no window shows them any more.
    pub(in crate::ui) fn keep_unshown(&self, shown_before: &[String]) {
        let failures = self.notices.all().iter().filter(|notice| notice.failed).map(|notice| notice.text.clone());
        self.left_behind.unshown.borrow_mut().extend(failures.filter(|text| !shown_before.contains(text)));
    }
}
