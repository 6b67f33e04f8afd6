//! The Schema view: the labels on the left, the one that is chosen in the middle, what a change would do on the right.

use eframe::egui;

use super::state::SchemaDraft;
use super::{change, form, list};
use crate::t;
use crate::ui::commands::Command;
use crate::ui::workspace::cx::Cx;
use crate::ui::workspace::panels::{Panels, SidePanel};

/// Shows what stands left and right of the form.
pub fn panels(ui: &mut egui::Ui, cx: &Cx<'_>, view: &mut SchemaDraft, panels: Panels, commands: &mut Vec<Command>) {
    if panels.list {
        SidePanel { name: "labels", usual: (0.2, 170.0..=260.0), range: (140.0, 0.4, 150.0) }
            .left(ui, |ui| list::ui(ui, cx, view, commands));
    }
    if panels.details {
        SidePanel { name: "change", usual: (0.3, 240.0..=420.0), range: (220.0, 0.5, 230.0) }
            .right(ui, |ui| change::ui(ui, cx, view, commands));
    }
}

/// Shows the form.
pub fn page(ui: &mut egui::Ui, cx: &Cx<'_>, view: &mut SchemaDraft) -> Vec<Command> {
    let mut commands = Vec::new();
    egui::Frame::new()
        .inner_margin(egui::Margin::symmetric(16, 8))
        .show(ui, |ui| form::ui(ui, cx, view, &mut commands));
    commands
}

/// The hint about the keys that work now.
pub fn hint(view: &SchemaDraft) -> String {
    if view.change().is_some() { t!("hint-schema-change").into() } else { t!("hint-schema").into() }
}
