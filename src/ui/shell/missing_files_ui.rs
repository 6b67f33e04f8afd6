//! The question what it means that files are gone.

use eframe::egui::{self, Key, Modifiers};

use super::missing_files::ARTICLES;
use crate::store::Session;
use crate::t;
use crate::ui::commands::ProjectCommand;
use crate::ui::shell::answers::Answer;
use crate::ui::widgets::dialog;

/// The number of files that are named.
const NAMED: usize = 8;

/// Shows the question; gives what was answered.
pub fn ui(ctx: &egui::Context, session: &Session) -> Option<Answer> {
    let files: Vec<(String, usize)> = session.vanished().collect();
    let can_write = !session.read_only();
    let list = files.iter().any(|(file, _)| file == ARTICLES);
    let can_take_out = files.len() > usize::from(list);
    let does = |command: ProjectCommand| Answer::Left(Some(command.into()));
    // Left without a command, it is asked another time.
    let mut said = ctx.input_mut(|input| {
        if can_write && input.consume_key(Modifiers::NONE, Key::Enter) {
            Some(does(ProjectCommand::WriteMissing))
        } else if can_take_out && input.consume_key(Modifiers::COMMAND, Key::Delete) {
            Some(does(ProjectCommand::TakeOutMissing))
        } else {
            input.consume_key(Modifiers::NONE, Key::Escape).then_some(Answer::Left(None))
        }
    });
    let modal = dialog::modal(ctx, "gone", 560.0, |ui| {
        dialog::heading(ui, t!("gone-title", count = files.len()));
        ui.add_space(2.0);
        for (file, records) in files.iter().take(NAMED) {
            ui.label(t!("gone-file", file = file, count = *records));
        }
        if files.len() > NAMED {
            ui.label(t!("and-more", count = files.len() - NAMED));
        }
        ui.add_space(2.0);
        ui.label(t!("gone-why"));
        if can_take_out {
            ui.label(t!("gone-take-out-hint"));
        }
        if list {
            ui.label(t!("gone-list", file = ARTICLES));
        }
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| {
            let choices = [
                (t!("gone-write-act"), does(ProjectCommand::WriteMissing), can_write),
                (t!("gone-take-out-act"), does(ProjectCommand::TakeOutMissing), can_take_out),
                (t!("gone-later-act"), Answer::Left(None), true),
            ];
            for (title, meant, can) in choices {
                if ui.add_enabled(can, egui::Button::new(title)).clicked() {
                    said = Some(meant);
                }
            }
        });
    });
    if modal.should_close() { Some(Answer::Left(None)) } else { said }
}
