//! The preview of the same label for all equal strings, painted.

use eframe::egui::{self, Modifiers, RichText};

use crate::t;
use crate::ui::annotate::label_all::{LabelAll, Verb};
use crate::ui::widgets::dialog::{self, Reply};
use crate::ui::widgets::jobs::Jobs;
use crate::ui::workspace::{Workspace, card};

impl LabelAll {
    /// Shows the preview; [`Reply::Done`] when it is confirmed and [`LabelAll::transaction`] is wanted.
    pub fn ui(&mut self, ctx: &egui::Context, work: &Workspace, jobs: &Jobs) -> Reply {
        let reply = dialog::ask(ctx, "replicate", 620.0, Modifiers::NONE, |ui, mut reply| {
            if reply == Reply::Done && (self.job.is_some() || self.chosen() == 0) {
                reply = Reply::Open;
            }
            let words = card::short(&self.words, 60);
            ui.heading(match self.verb == Verb::Delete {
                true => t!("delete-all-heading", words = words, label = self.label),
                false => t!("label-all-heading", words = words, label = self.label),
            });
            let before = (self.fold, self.corpus);
            ui.horizontal(|ui| {
                ui.radio_value(&mut self.corpus, false, t!("label-all-here"));
                ui.radio_value(&mut self.corpus, true, t!("label-all-everywhere"));
                ui.separator();
                ui.checkbox(&mut self.fold.case, t!("label-all-case"));
                ui.checkbox(&mut self.fold.words, t!("label-all-words"));
            });
            if before != (self.fold, self.corpus) {
                self.search_again(jobs, work);
            }
            ui.separator();
            self.list(ui);
            ui.separator();
            let chosen = self.chosen();
            ui.horizontal(|ui| {
                let busy = self.job.is_some();
                let act = match self.verb == Verb::Delete {
                    true => t!("delete-all-act", count = chosen),
                    false => t!("label-all-act", count = chosen),
                };
                let act = ui.add_enabled(chosen > 0 && !busy, egui::Button::new(act));
                if act.clicked() {
                    reply = Reply::Done;
                }
                if ui.button(t!("cancel-esc")).clicked() {
                    reply = Reply::Closed;
                }
                if let Some(job) = &self.job {
                    let (done, total) = job.counts();
                    ui.spinner();
                    ui.label(t!("job-at", job = job.title, done = done, total = total));
                }
            });
            reply
        });
        if reply == Reply::Closed
            && let Some(job) = &self.job
        {
            job.cancel();
        }
        reply
    }

    fn list(&mut self, ui: &mut egui::Ui) {
        if self.hits.is_empty() && self.job.is_none() {
            ui.label(if self.verb == Verb::Delete { t!("delete-all-none") } else { t!("label-all-none") });
            return;
        }
        let height = ui.spacing().interact_size.y;
        egui::ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]).show_rows(
            ui,
            height,
            self.hits.len(),
            |ui, rows| {
                for hit in &mut self.hits[rows] {
                    ui.horizontal(|ui| {
                        let line = |text: &str| text.replace('\n', " ");
                        let name = format!("{} {}", hit.article, line(&hit.around.quote));
                        let check = ui.checkbox(&mut hit.chosen, hit.article.to_string());
                        check.widget_info(|| {
                            egui::WidgetInfo::selected(egui::Role::CheckBox, true, hit.chosen, name.clone())
                        });
                        ui.spacing_mut().item_spacing.x = 0.0;
                        ui.label(RichText::new(line(&hit.around.before)).weak());
                        ui.label(RichText::new(line(&hit.around.quote)).strong());
                        ui.add(egui::Label::new(RichText::new(line(&hit.around.after)).weak()).truncate());
                    });
                }
            },
        );
    }
}
