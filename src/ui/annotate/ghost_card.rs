//! A suggested trip or claim as a card, so that one sees what a key would take along.

use eframe::egui::{self, RichText, Stroke};

use crate::model::Kind;
use crate::t;
use crate::ui::commands::{self, AnnotateCommand, Command, GhostCommand};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::{Workspace, card};

/// Shows the suggestion that keys are about, where it is a trip or a claim; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, work: &Workspace, theme: &Theme, language: &str) -> Vec<Command> {
    let mut commands: Vec<Command> = Vec::new();
    let (ghosts, Some((text, set))) = (work.ghosts(), work.page()) else { return commands };
    let Some(ghost) = work.ghost().and_then(|at| ghosts.get(at)) else { return commands };
    let def = work.session.corpus().schema.label(&ghost.label);
    let Some(def) = def.filter(|def| def.kind == Kind::Frame) else { return commands };
    let frame = egui::Frame::new().fill(theme.ground).stroke(Stroke::new(1.0, theme.line)).inner_margin(8.0);
    frame.corner_radius(4.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let (label, words) = (work.label_title(&ghost.label, language), card::short(&card::quote(text, &ghost.at), 40));
        ui.label(RichText::new(t!("ghost-card", label = label, words = words)).strong());
        for role in &ghost.roles {
            let title = def.role(&role.name).map_or(role.name.as_str(), |def| def.title.get(language));
            let value = card::short(&card::filler(text, set, &role.filler), 60);
            ui.add(egui::Label::new(t!("say-value-set", title = title, value = value)).wrap());
        }
        for (name, value) in &ghost.attributes {
            let title = def.attribute(name).map_or(name.as_str(), |def| def.title.get(language));
            ui.add(egui::Label::new(t!("say-value-set", title = title, value = value)).wrap());
        }
        ui.label(RichText::new(t!("ghost-card-about")).color(theme.weak));
        ui.horizontal(|ui| {
            let of = |command: GhostCommand| Command::Annotate(AnnotateCommand::Ghost(command));
            let (accept, reject): (Command, Command) = (AnnotateCommand::Accept.into(), of(GhostCommand::Reject));
            if ui.button(commands::with_key(t!("ghosts-accept"), &accept)).clicked() {
                commands.push(of(GhostCommand::Accept));
            }
            if ui.button(commands::with_key(t!("ghosts-reject"), &reject)).clicked() {
                commands.push(reject);
            }
        });
    });
    ui.add_space(6.0);
    commands
}
