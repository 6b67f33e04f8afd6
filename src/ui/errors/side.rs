//! The right side: the error that is looked at, gold beside prediction.

use eframe::egui::{self, RichText, Stroke};

use super::list;
use super::state::Errors;
use crate::figures::Deviation;
use crate::t;
use crate::ui::commands::{self, Command, Direction, ErrorsCommand, error_kind_name};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;
use crate::ui::workspace::deviation_ui::{because, slot};

/// Shows it, and where it stands `alone`, without the list, also why there is nothing; gives what was asked for.
pub fn ui(
    ui: &mut egui::Ui,
    errors: &Errors,
    work: &Workspace,
    alone: bool,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    ui.add_space(4.0);
    let walk = errors.walk();
    let Some((at, error)) = walk.at().zip(walk.current()) else {
        if alone {
            ui.label(RichText::new(list::nothing(errors)).color(theme.weak));
        }
        return;
    };
    ui.label(RichText::new(t!("errors-at", at = at + 1, count = walk.len())).color(theme.weak));
    ui.horizontal_wrapped(|ui| {
        for (title, direction) in
            [(t!("feedback-previous"), Direction::Back), (t!("feedback-next"), Direction::Forward)]
        {
            let command = ErrorsCommand::Step(direction).into();
            if ui.button(commands::with_key(title, &command)).clicked() {
                commands.push(command);
            }
        }
    });
    ui.separator();
    egui::ScrollArea::vertical().show(ui, |ui| {
        ui.label(RichText::new(error_kind_name(error.kind)).size(15.0));
        ui.label(t!("feedback-slot", slot = slot(&error.slot), name = error.title));
        ui.add_space(6.0);
        let names = [errors.gold(work).to_string(), errors.whose().map_or(String::new(), ToString::to_string)];
        for side in [0, 1] {
            reading(ui, error, side, &names[side], theme);
            ui.add_space(6.0);
        }
        if let Some(why) = &error.why {
            ui.label(RichText::new(because(why)).color(theme.weak));
            ui.add_space(6.0);
        }
        let title = work.session.corpus().article(&error.article).map_or("", |article| &article.title);
        ui.label(RichText::new(format!("{}  {title}", error.article)).color(theme.weak));
        ui.add_space(6.0);
        ui.label(RichText::new(t!("errors-look-only")).color(theme.weak).small());
    });
}

/// One side: its name with the line that it has under the words, and what it says.
fn reading(ui: &mut egui::Ui, error: &Deviation, side: usize, name: &str, theme: &Theme) {
    let color = if side == 0 { theme.gold } else { theme.people[1 % theme.people.len()] };
    egui::Frame::group(ui.style()).fill(theme.ground).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            let (rect, _) = ui.allocate_exact_size(egui::vec2(20.0, 12.0), egui::Sense::hover());
            let y = rect.center().y;
            if side == 0 {
                ui.painter().hline(rect.x_range(), y, Stroke::new(3.0, color));
            } else {
                for part in 0..3 {
                    let left = rect.left() + part as f32 * 7.0;
                    ui.painter().hline(left..=left + 5.0, y, Stroke::new(2.0, color));
                }
            }
            ui.label(RichText::new(name).color(theme.weak));
        });
        let said = &error.said[side];
        let nothing = said.is_empty();
        let said = RichText::new(if nothing { t!("feedback-nothing") } else { said }).size(17.0);
        ui.add(egui::Label::new(if nothing { said.color(theme.weak) } else { said }).wrap());
        // The words that it rests on, where they are not what is said.
        if !nothing && !error.words[side].is_empty() && !error.said[side].contains(&error.words[side]) {
            ui.add(egui::Label::new(RichText::new(format!("“{}”", error.words[side])).color(theme.weak)).wrap());
        }
    });
}
