//! The reports of panics, as a person may look at them, give them away or delete them.

use std::path::Path;

use eframe::egui::{self, RichText};

use crate::t;
use crate::ui::commands::WindowCommand;
use crate::ui::shell::answers::Answer;
use crate::ui::shell::left_behind::ReportDialog;
use crate::ui::widgets::dialog::{self, Reply};

/// Shows the reports; gives what is wanted with them.
pub fn ui(ctx: &egui::Context, shown: &ReportDialog, folder: Option<&Path>) -> Option<Answer> {
    let mut closed = dialog::keys(ctx, egui::Modifiers::NONE) != Reply::Open;
    let mut delete = false;
    let modal = dialog::modal(ctx, "reports", 760.0, |ui| {
        dialog::heading(ui, t!("reports-title"));
        ui.label(t!("reports-about"));
        ui.add_space(6.0);
        egui::ScrollArea::vertical().max_height(ctx.content_rect().height() - 260.0).show(ui, |ui| {
            for report in &shown.reports {
                ui.add(egui::Label::new(RichText::new(report.text.as_str()).monospace().small()).wrap());
                ui.separator();
            }
        });
        ui.horizontal_wrapped(|ui| {
            if ui.button(t!("command-copy")).clicked() {
                let all: Vec<&str> = shown.reports.iter().map(|report| report.text.as_str()).collect();
                ui.ctx().copy_text(all.join("\n"));
            }
            if let Some(folder) = folder
                && ui.button(t!("reports-folder")).clicked()
            {
                dialog::open_folder(ui.ctx(), folder);
            }
            delete = ui.button(t!("delete")).clicked();
            closed |= ui.button(t!("close-esc")).clicked();
        });
    });
    if delete {
        return Some(Answer::Left(Some(WindowCommand::DeleteReports.into())));
    }
    (closed || modal.should_close()).then_some(Answer::Left(None))
}
