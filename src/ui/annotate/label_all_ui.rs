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
            dialog::heading(
                ui,
                match self.verb == Verb::Delete {
                    true => t!("delete-all-heading", words = words, label = self.label),
                    false => t!("label-all-heading", words = words, label = self.label),
                },
            );
            if self.verb == Verb::Label {
                ui.weak(self.carried());
            }
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
            let zones = self.in_zones();
            if self.verb == Verb::Label && zones > 0 {
                ui.checkbox(&mut self.zones, t!("label-all-zones", count = zones));
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

    /// The identity and the attributes that come with the label, in words.
    fn carried(&self) -> String {
        let is = self.referent.iter().map(|name| t!("label-all-is", name = name));
        let attributes = self.attributes().map(|(name, value)| format!("{name} {value}"));
        let all: Vec<String> = is.chain(attributes).collect();
        if all.is_empty() { t!("label-all-bare").to_owned() } else { t!("label-all-carries", all = all.join(" · ")) }
    }

    fn list(&mut self, ui: &mut egui::Ui) {
        let listed = self.listed();
        if listed.is_empty() && self.job.is_none() {
            ui.label(if self.verb == Verb::Delete { t!("delete-all-none") } else { t!("label-all-none") });
            return;
        }
        let height = ui.spacing().interact_size.y;
        egui::ScrollArea::vertical().max_height(320.0).auto_shrink([false, true]).show_rows(
            ui,
            height,
            listed.len(),
            |ui, rows| {
                for &at in &listed[rows] {
                    let hit = &mut self.hits[at];
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
