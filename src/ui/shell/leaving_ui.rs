//! The question what is to become of work that cannot be saved.

use eframe::egui::{self, Key, Modifiers, RichText};

use super::saving::SAME;
use crate::t;
use crate::ui::commands::ProjectCommand as P;
use crate::ui::shell::answers::Answer;
use crate::ui::shell::overlay::Leaving;
use crate::ui::widgets::dialog;

impl Leaving {
    /// Shows the question; gives what was answered.
    pub(super) fn ui(&mut self, ctx: &egui::Context) -> Option<Answer> {
        let now = ctx.input(|input| input.time);
        let since = *self.since.get_or_insert(now);
        let does = |command: P| Answer::Stays(command.into());
        let stay = || Answer::Left(None);
        let mut said = ctx.input_mut(|input| {
            if input.consume_key(Modifiers::COMMAND | Modifiers::SHIFT, Key::S) {
                Some(does(P::SaveCopy))
            } else if input.consume_key(Modifiers::COMMAND, Key::S) {
                Some(does(P::SaveAndLeave))
            } else if input.consume_key(Modifiers::COMMAND, Key::Q) && now - since >= SAME {
                Some(does(P::LeaveUnsaved))
            } else if input.consume_key(Modifiers::NONE, Key::Escape) {
                Some(stay())
            } else {
                None
            }
        });
        let modal = dialog::modal(ctx, "leaving", 620.0, |ui| {
            dialog::heading(ui, t!("leaving-title"));
            ui.add_space(2.0);
            ui.label(RichText::new(t!("leaving-why", why = self.why)).color(ui.visuals().error_fg_color));
            ui.label(if self.in_journal { t!("leaving-journal") } else { t!("leaving-window") });
            if self.trying {
                ui.label(t!("leaving-trying"));
            } else if self.tried > 0 {
                ui.label(t!("leaving-tried", count = self.tried));
            }
            ui.add_space(6.0);
            ui.horizontal_wrapped(|ui| {
                let leave = if self.in_journal { t!("leaving-to-journal") } else { t!("leaving-without") };
                for (title, meant) in [
                    (t!("leaving-again"), does(P::SaveAndLeave)),
                    (t!("leaving-copy"), does(P::SaveCopy)),
                    (leave, does(P::LeaveUnsaved)),
                    (t!("leaving-stay"), stay()),
                ] {
                    if ui.button(title).clicked() {
                        said = Some(meant);
                    }
                }
            });
        });
        if modal.should_close() { Some(stay()) } else { said }
    }
}
