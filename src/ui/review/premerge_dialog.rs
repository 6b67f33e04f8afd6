//! The question before what is agreed goes into the adjudicated set.

use eframe::egui::{self, Modifiers};

use crate::model::Name;
use crate::t;
use crate::ui::commands::Scope;
use crate::ui::widgets::dialog;
use crate::ui::widgets::dialog::Reply;

/// The question before it.
pub struct PremergeDialog {
    /// Records of the open article that would change.
    pub here: usize,
    /// Records of all articles that are compared by now.
    pub all: usize,
    /// True where articles are still being compared.
    pub counting: bool,
    /// The owner of the set that would change.
    pub gold: Name,
    /// The answer.
    pub scope: Scope,
}

impl PremergeDialog {
    /// Shows it.
    pub fn ui(&mut self, ctx: &egui::Context) -> Reply {
        let mut reply = match dialog::keys(ctx, Modifiers::COMMAND) {
            Reply::Done => {
                self.scope = Scope::Project;
                Reply::Done
            }
            _ => dialog::keys(ctx, Modifiers::NONE),
        };
        let modal = dialog::modal(ctx, "premerge", 480.0, |ui| {
            ui.heading(t!("premerge-title"));
            ui.label(t!("premerge-here", count = self.here, gold = self.gold));
            ui.label(match self.counting {
                true => t!("premerge-all-counting", count = self.all),
                false => t!("premerge-all", count = self.all),
            });
            ui.weak(t!("premerge-hint"));
            ui.add_space(6.0);
            ui.horizontal_wrapped(|ui| {
                if ui.add_enabled(self.here > 0, egui::Button::new(t!("premerge-this"))).clicked() {
                    reply = Reply::Done;
                }
                if ui.add_enabled(self.all > 0, egui::Button::new(t!("premerge-everywhere"))).clicked() {
                    self.scope = Scope::Project;
                    reply = Reply::Done;
                }
                if ui.button(t!("cancel-esc")).clicked() {
                    reply = Reply::Closed;
                }
            });
        });
        if modal.should_close() { Reply::Closed } else { reply }
    }
}
