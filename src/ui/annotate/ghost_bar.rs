//! The bar at the foot of the article: how many suggestions wait, and what takes them or turns them down. It stands there whenever
//! suggestions are on, so that it never moves the text.

use std::sync::Arc;

use eframe::egui::{self, RichText};

use crate::assist::Suggestion;
use crate::model::Kind;
use crate::t;
use crate::ui::commands::{self, AnnotateCommand, Command, GhostCommand, WindowCommand};
use crate::ui::reader;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::{Workspace, card};

/// Below this width in points only what takes and turns down has room.
const NARROW: f32 = 540.0;

/// The suggestions of the open article as the reader draws them, and the one that the keys are about.
pub fn marks(work: &Workspace, language: &str) -> (Arc<Vec<reader::Ghost>>, Option<usize>) {
    let accept = commands::key_of(&AnnotateCommand::Accept.into());
    let at = work.ghost();
    let mark = |index: usize, ghost: &Suggestion| {
        let value = work.date_suggested(ghost).or_else(|| work.who_suggested(ghost));
        let title = value.unwrap_or_else(|| work.label_title(&ghost.label, language));
        let tag = match at == Some(index) {
            true => t!("ghost-tag-key", title = title, key = &accept),
            false => t!("ghost-tag", title = title),
        };
        let label = work.label_title(&ghost.label, language);
        let spoken = work.page().map_or(String::new(), |(text, _)| card::short(&card::quote(text, &ghost.at), 40));
        let spoken = t!("ghost-spoken", label = label, words = spoken);
        let zone = work.session.corpus().schema.kind(&ghost.label) == Kind::Zone;
        reader::Ghost { at: ghost.at.clone(), zone, label: ghost.label.clone(), strong: ghost.is_strong(), tag, spoken }
    };
    (work.ghost_marks((at, language, &accept), mark), at)
}

/// Shows the bar, with the number of strong ones on the screen; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, work: &Workspace, theme: &Theme, strong: usize) -> Vec<Command> {
    let mut commands = Vec::new();
    if !work.assisted() {
        return commands;
    }
    let panel = egui::Panel::bottom("suggestions").frame(egui::Frame::new().fill(theme.panel).inner_margin(6.0));
    panel.show(ui, |ui| {
        ui.horizontal(|ui| {
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                // In a narrow window the menu and the palette have it.
                if ui.available_width() > NARROW && ui.button(t!("ghosts-sources")).clicked() {
                    commands.push(WindowCommand::Suggestions.into());
                }
                ui.with_layout(egui::Layout::left_to_right(egui::Align::Center), |ui| {
                    let ghosts = work.ghosts();
                    match (work.ghost().and_then(|at| ghosts.get(at)), work.silence()) {
                        (Some(ghost), _) => waiting(ui, work, (ghost, strong), &mut commands),
                        (None, silence) => {
                            let why = silence.map_or(t!("ghosts-nothing"), |silence| silence.told());
                            ui.add(egui::Label::new(RichText::new(why).color(theme.weak)).truncate());
                        }
                    }
                });
            });
        });
    });
    commands
}

fn waiting(ui: &mut egui::Ui, work: &Workspace, (ghost, strong): (&Suggestion, usize), commands: &mut Vec<Command>) {
    // In a narrow window the buttons are their verbs.
    let wide = ui.available_width() > NARROW - 100.0;
    let (count, counted) = (work.ghosts().len(), t!("ghosts-counted", count = work.ghosts().len()));
    ui.label(if wide { counted.clone() } else { count.to_string() }).on_hover_text(counted);
    let Some((text, _)) = work.page() else { return };
    let of = |command: GhostCommand| Command::Annotate(AnnotateCommand::Ghost(command));
    let words = card::short(&card::quote(text, &ghost.at), 18);
    let accept: Command = AnnotateCommand::Accept.into();
    let reject = of(GhostCommand::Reject);
    let all = of(GhostCommand::AcceptStrong);
    let title = match wide {
        true => t!("ghosts-accept-words", words = words),
        false => t!("ghosts-accept").to_owned(),
    };
    let mut button = |ui: &mut egui::Ui, title: &str, key: &Command, command: Command| {
        if ui.button(commands::with_key(title, key)).clicked() {
            commands.push(command);
        }
    };
    button(ui, &title, &accept, of(GhostCommand::Accept));
    button(ui, t!("ghosts-reject"), &reject, reject.clone());
    let zones = work.suggested_zones().len();
    if zones > 0 {
        let all = of(GhostCommand::AcceptZones);
        button(ui, &t!("ghosts-zones", count = zones), &all, all.clone());
    }
    if strong > 0 && (wide || zones == 0) {
        let wide = wide && zones == 0;
        let title = if wide { t!("ghosts-accept-strong", count = strong) } else { t!("ghosts-all", count = strong) };
        button(ui, &title, &all, all.clone());
    }
    // The list has a key, and makes way first.
    if ui.available_width() > 120.0 {
        let list = of(GhostCommand::List);
        button(ui, t!("ghosts-list"), &list, list.clone());
    }
}
