//! The Review view: where annotators differ, case by case, down to a gold set.

use eframe::egui;

use super::app::App;
use super::command::Command;
use super::theme::Theme;
use super::work::Work;

/// Shows what stands left and right of the text.
pub fn panels(_ui: &mut egui::Ui, _app: &mut App, _theme: &Theme, _commands: &mut Vec<Command>) {}

/// Shows the open article with what its annotators say.
pub fn page(ui: &mut egui::Ui, _work: &mut Work, _theme: &Theme) -> Vec<Result<Command, String>> {
    ui.centered_and_justified(|ui| ui.label("F2 goes back to annotating."));
    Vec::new()
}
