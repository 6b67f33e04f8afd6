//! The Dashboard view: sections on the left, the explanation of a figure on the right, and the figures between them.

use eframe::egui;

use super::state::Dashboard;
use super::{sections, side};
use crate::ui::commands::Command;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::article_view::Over;
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::panels::Panels;

/// Shows what stands left and right of the figures.
pub fn panels(ui: &mut egui::Ui, cx: &Cx<'_>, dashboard: &mut Dashboard, panels: Panels, commands: &mut Vec<Command>) {
    let width = ui.ctx().content_rect().width();
    if panels.list {
        let panel = egui::Panel::left(("sections", width as u32 / 200)).default_size((width * 0.2).clamp(150.0, 240.0));
        panel.size_range(130.0..=(width * 0.4).max(140.0)).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            side::sections(ui, dashboard, cx.workspace, cx.theme);
        });
    }
    if panels.details {
        let panel =
            egui::Panel::right(("explained", width as u32 / 200)).default_size((width * 0.26).clamp(200.0, 340.0));
        panel.size_range(180.0..=(width * 0.42).max(200.0)).show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            side::explained(ui, dashboard, cx.theme, commands);
        });
    }
}

/// Shows the section that is looked at.
pub fn page(ui: &mut egui::Ui, dashboard: &mut Dashboard, theme: &Theme, over: &Over) -> Vec<Command> {
    let mut commands = Vec::new();
    if matches!(over, Over::Nothing) {
        dashboard.keys(ui.ctx(), &mut commands);
    }
    dashboard.area = Some(sections::ui(ui, dashboard, theme, &mut commands));
    commands
}
