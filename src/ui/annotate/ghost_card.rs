//! A suggested trip or claim as a card, so that one sees what a key would take along.

use eframe::egui::{self, RichText, Stroke};

use crate::model::{AttributeKind, Kind};
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
    let out = work.left_out(ghost);
    ui.add_space(6.0);
    let frame = egui::Frame::new().fill(theme.ground).inner_margin(8.0);
    let shown = frame.corner_radius(4.0).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let (label, words) = (work.label_title(&ghost.label, language), card::short(&card::quote(text, &ghost.at), 40));
        ui.add(egui::Label::new(RichText::new(t!("ghost-card", label = label, words = words)).strong()).wrap());
        let roles = ghost.roles.iter().map(|role| {
            let title = def.role(&role.name).map_or(role.name.as_str(), |def| def.title.get(language));
            (title, card::short(&card::filler(text, set, &role.filler), 60))
        });
        let attributes = ghost.attributes.iter().map(|(name, value)| {
            let def = def.attribute(name);
            let choice = def.and_then(|def| match &def.kind {
                AttributeKind::Choice(choices) => choices.iter().find(|choice| *choice.name == **value),
                AttributeKind::Flag | AttributeKind::Text | AttributeKind::Date => None,
            });
            let value = choice.map_or(value.as_str(), |choice| choice.title.get(language));
            (def.map_or(name.as_str(), |def| def.title.get(language)), value.to_owned())
        });
        for (at, (title, value)) in roles.chain(attributes).enumerate() {
            if part(ui, theme, (title, &value), out.contains(&at), at) {
                commands.push(AnnotateCommand::Choose(at).into());
            }
        }
        ui.add(egui::Label::new(RichText::new(t!("ghost-card-about")).color(theme.weak)).wrap());
        ui.horizontal_wrapped(|ui| {
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
    // Dashed, as all that waits for a key.
    let edge = shown.response.rect.shrink(0.5);
    let corners = [edge.left_top(), edge.right_top(), edge.right_bottom(), edge.left_bottom(), edge.left_top()];
    ui.painter().extend(egui::Shape::dashed_line(&corners, Stroke::new(1.0, theme.weak), 3.0, 3.0));
    ui.add_space(6.0);
    commands
}

/// Shows a part of it with its key, struck where it is not to come along; says whether it was clicked.
fn part(ui: &mut egui::Ui, theme: &Theme, (title, value): (&str, &str), out: bool, at: usize) -> bool {
    let words = RichText::new(t!("say-value-set", title = title, value = value));
    let words = if out { words.strikethrough().color(theme.weak) } else { words.color(theme.text) };
    let key = commands::key_of(&AnnotateCommand::Choose(at).into());
    ui.horizontal(|ui| {
        if !key.is_empty() {
            ui.label(RichText::new(&key).small().color(theme.weak));
        }
        let button = egui::Button::selectable(false, words).wrap();
        let button = ui.add(button).on_hover_text(if out { t!("ghost-part-in") } else { t!("ghost-part-out") });
        button.clicked()
    })
    .inner
}
