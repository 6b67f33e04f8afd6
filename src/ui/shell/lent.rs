//! The project while it is with a worker.

use eframe::egui::{self, RichText};

use crate::t;
use crate::ui::widgets::jobs::Job;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::loan::Report;

/// The project while it is with a worker.
pub struct Lent {
    pub(super) job: Job<(Box<Workspace>, Report)>,
    /// The work, as people read it.
    pub(super) title: &'static str,
    /// The noun of what progress counts.
    pub(super) counted: &'static str,
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
