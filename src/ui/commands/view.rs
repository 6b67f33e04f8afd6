//! The sides of the work that the window can show: each has panels of its own and one key.

use eframe::egui::{self, RichText};

use crate::ui::commands::{self, Command};

/// A side of the work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum View {
    /// Marking an article.
    Annotate,
    /// Deciding where annotators differ.
    Review,
    /// How well they agree, in figures.
    Dashboard,
}

impl View {
    /// All of them, left to right.
    pub const ALL: [Self; 3] = [Self::Annotate, Self::Review, Self::Dashboard];
}

/// The tabs in the menu line.
pub fn tabs(ui: &mut egui::Ui, shown: View, commands: &mut Vec<Command>) {
    ui.separator();
    for view in View::ALL {
        let command = Command::Show(view);
        let Some(entry) = commands::find(&command) else { continue };
        let title = RichText::new(entry.title());
        let tab = ui.selectable_label(view == shown, if view == shown { title.strong() } else { title });
        if tab.on_hover_text(commands::key_of(&command)).clicked() {
            commands.push(command);
        }
    }
    ui.separator();
}
