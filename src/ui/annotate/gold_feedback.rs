//! Mine versus gold: an annotator steps through the differences, with the reasons of the decisions.

use eframe::egui::{self, RichText};

use crate::t;
use crate::ui::commands::{self, AnnotateCommand, Command, CommentsCommand, Direction, WindowCommand};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::{card, deviation_ui};

/// Shows the difference that is looked at; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, work: &Workspace, theme: &Theme) -> Vec<Command> {
    let mut commands = Vec::new();
    let own = work.key().filter(|(_, whose)| whose == work.annotator());
    let Some(walk) = work.feedback.as_ref().filter(|walk| own.is_some_and(|(article, _)| article == walk.article))
    else {
        return commands;
    };
    let Some((at, lesson)) = walk.walk.at().zip(walk.walk.current()) else { return commands };
    egui::Frame::group(ui.style()).fill(theme.raised).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal_wrapped(|ui| {
            ui.label(RichText::new(t!("feedback-head", at = at + 1, count = walk.walk.len())).strong());
            ui.label(t!(
                "feedback-slot",
                slot = deviation_ui::slot(&lesson.slot),
                name = card::short(&lesson.title, 80)
            ));
        });
        deviation_ui::ui(ui, lesson, [t!("feedback-gold"), t!("feedback-you")], false, theme);
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
