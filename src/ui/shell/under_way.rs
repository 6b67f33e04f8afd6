//! Long work that is under way, with progress and cancel in the status line.

use eframe::egui::{self, RichText};

use crate::t;
use crate::ui::widgets::jobs::Job;
use crate::ui::workspace::long_work::WorkEnd;

/// The work that is under way.
pub struct UnderWay {
    pub(super) job: Job<WorkEnd>,
    /// The work, as people read it.
    pub(super) title: &'static str,
    /// The noun of what progress counts.
    pub(super) counted: &'static str,
}

impl UnderWay {
    /// The work, as people read it.
    pub fn title(&self) -> &'static str {
        self.title
    }

    /// Shows how far it is, with a way to stop.
    pub fn ui(&self, ui: &mut egui::Ui) {
        let (done, total) = self.job.counts();
        let mut text = self.title.to_owned();
        if total > 0 {
            text.push(' ');
            text.push_str(&t!("under-way-at", done = done, total = total, things = self.counted));
        }
        ui.label(RichText::new(text).strong());
        if ui.small_button(t!("cancel")).clicked() {
            self.job.cancel();
        }
        ui.separator();
        ui.ctx().request_repaint_after_secs(0.1);
    }
}
