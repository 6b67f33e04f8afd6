//! The choice of the figure that a section is about.

use eframe::egui;

use super::state::Dashboard;
use crate::figures::Report;
use crate::t;
use crate::ui::commands::{Command, DashboardCommand};

/// The choice of the figure that a section shows; gives its title.
pub fn choice(ui: &mut egui::Ui, dashboard: &Dashboard, report: &Report, commands: &mut Vec<Command>) -> &'static str {
    let chosen = report.families().find(|(family, _)| *family == dashboard.family);
    let chosen = chosen.map_or(dashboard.family, |(_, title)| title.text());
    egui::ComboBox::from_label(t!("column-figure")).selected_text(chosen).show_ui(ui, |ui| {
        for (family, title) in report.families() {
            if ui.selectable_label(dashboard.family == family, title.text()).clicked() {
                commands.push(DashboardCommand::Family(family).into());
            }
        }
    });
    chosen
}
