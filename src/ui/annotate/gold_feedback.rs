//! Mine versus gold: an annotator steps through the differences, with the reasons of the decisions.

use eframe::egui::{self, RichText};

use crate::model::{Name, Slot};
use crate::review::Why;
use crate::t;
use crate::ui::commands::{self, AnnotateCommand, Command, CommentsCommand, Direction, WindowCommand};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::card;

/// Shows the difference that is looked at; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, work: &Workspace, theme: &Theme) -> Vec<Command> {
    let mut commands = Vec::new();
    let own = work.key().filter(|(_, whose)| whose == work.annotator());
    let Some(walk) = work.feedback.as_ref().filter(|walk| own.is_some_and(|(article, _)| article == walk.article))
    else {
        return commands;
    };
    let Some(lesson) = walk.lesson() else { return commands };
    egui::Frame::group(ui.style()).fill(theme.raised).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(t!("feedback-head", at = walk.at + 1, count = walk.len())).strong());
            ui.label(t!("feedback-slot", slot = slot(&lesson.slot), name = card::short(&lesson.title, 80)));
        });
        egui::Grid::new("lesson").num_columns(2).show(ui, |ui| {
            for (who, said) in [(t!("feedback-you"), &lesson.said[1]), (t!("feedback-gold"), &lesson.said[0])] {
                ui.label(RichText::new(who).color(theme.weak));
                let said = if said.is_empty() { t!("feedback-nothing") } else { said };
                ui.add(egui::Label::new(said).wrap());
                ui.end_row();
            }
        });
        if let Some(why) = &lesson.why {
            ui.label(RichText::new(because(why)).color(theme.weak));
        }
        ui.horizontal_wrapped(|ui| {
            for (title, command) in [
                (t!("feedback-next"), Command::Annotate(AnnotateCommand::Difference(Direction::Forward))),
                (t!("feedback-previous"), Command::Annotate(AnnotateCommand::Difference(Direction::Back))),
                (t!("comment-new"), Command::Comments(CommentsCommand::Ask)),
                (t!("close"), Command::Window(WindowCommand::Escape)),
            ] {
                if ui.small_button(title).on_hover_text(commands::key_of(&command)).clicked() {
                    commands.push(command);
                }
            }
        });
    });
    ui.add_space(4.0);
    commands
}

fn slot(slot: &Slot) -> String {
    match slot {
        Slot::Presence => t!("slot-presence").to_owned(),
        Slot::Extent => t!("words").to_owned(),
        Slot::Label => t!("label").to_owned(),
        Slot::Attribute(name) | Slot::Role(name) => format!("“{name}”"),
        Slot::Identity => t!("slot-identity").to_owned(),
    }
}

/// A decision in a sentence.
pub fn because(why: &Why) -> String {
    let adopted: Vec<&str> = why.adopted.iter().map(Name::as_str).collect();
    let (by, adopted) = (&why.by, adopted.join(", "));
    let said = match (adopted.is_empty(), why.reason.is_empty()) {
        (true, true) => t!("because-by", by = by),
        (true, false) => t!("because-by-why", by = by, reason = why.reason),
        (false, true) => t!("because-as", by = by, adopted = adopted),
        (false, false) => t!("because-as-why", by = by, adopted = adopted, reason = why.reason),
    };
    match why.gap.trim_end_matches('.') {
        "" => said,
        gap => format!("{said} {}", t!("because-gap", gap = gap)),
    }
}
