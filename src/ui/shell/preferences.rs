//! The preferences of the person: language, look, size, keys. Each change holds at once and is remembered.

use eframe::egui;

use crate::lang::Language;
use crate::store::settings::{Settings, Spacing};
use crate::t;
use crate::ui::commands::{self, Command, WindowCommand as W};
use crate::ui::shell::answers::Answer;
use crate::ui::widgets::dialog::{self, Reply};

/// The sizes that can be chosen, in percent.
const ZOOM: std::ops::RangeInclusive<u16> = 60..=300;

/// The heights of articles' letters that can be chosen, points.
const TEXT: std::ops::RangeInclusive<u16> = 11..=40;

/// Shows the preferences; gives what is changed.
pub fn ui(ctx: &egui::Context, settings: &Settings) -> Option<Answer> {
    let mut closed = dialog::keys(ctx, egui::Modifiers::NONE) != Reply::Open;
    let mut asked: Option<W> = None;
    let modal = dialog::modal(ctx, "preferences", 560.0, |ui| {
        dialog::heading(ui, t!("preferences-title"));
        egui::Grid::new("preferences").num_columns(2).spacing([16.0, 8.0]).show(ui, |ui| {
            let label = ui.label(t!("language-title"));
            let spoken = Language::of_code(&settings.window);
            let shown = spoken.map_or(t!("language-system"), Language::name);
            let list = egui::ComboBox::from_id_salt("spoken").selected_text(shown).width(220.0).show_ui(ui, |ui| {
                let each = [None].into_iter().chain(Language::ALL.map(Some));
                for language in each {
                    let name = language.map_or(t!("language-system"), Language::name);
                    if ui.selectable_label(spoken == language, name).clicked() {
                        asked = Some(W::Speak(language));
                    }
                }
            });
            list.response.labelled_by(label.id);
            ui.end_row();
            ui.label(t!("command-label-language"));
            ui.horizontal(|ui| {
                for (code, language) in [("en", Language::English), ("id", Language::Indonesian)] {
                    let on = settings.language == code;
                    if ui.radio(on, language.name()).clicked() && !on {
                        asked = Some(W::LabelLanguage);
                    }
                }
            });
            ui.end_row();
            ui.label(t!("preferences-theme"));
            ui.horizontal(|ui| {
                for (dark, name) in [
                    (None, t!("language-system")),
                    (Some(false), t!("preferences-light")),
                    (Some(true), t!("preferences-dark")),
                ] {
                    if ui.radio(settings.dark == dark, name).clicked() {
                        asked = Some(W::SetTheme(dark));
                    }
                }
            });
            ui.end_row();
            ui.label("");
            ui.horizontal(|ui| {
                for (on, name, command) in [
                    (settings.high_contrast, t!("command-high-contrast"), W::HighContrast),
                    (settings.still, t!("command-still"), W::Still),
                ] {
                    let mut on = on;
                    if ui.checkbox(&mut on, name).clicked() {
                        asked = Some(command);
                    }
                }
            });
            ui.end_row();
            let label = ui.label(t!("preferences-zoom"));
            ui.horizontal(|ui| {
                let mut zoom = settings.zoom;
                let field = egui::DragValue::new(&mut zoom).range(ZOOM).suffix(" %").speed(1.0);
                let field = ui.add(field).labelled_by(label.id);
                // While it is dragged the window would grow under the pointer.
                if field.changed() && !field.dragged() || field.drag_stopped() {
                    asked = Some(W::SetZoom(zoom));
                }
                for command in [W::Smaller, W::Larger, W::UsualSize] {
                    let entry = commands::find(&Command::Window(command));
                    if ui.button(entry.map_or("", commands::Entry::title)).clicked() {
                        asked = Some(command);
                    }
                }
            });
            ui.end_row();
            let label = ui.label(t!("preferences-text-size"));
            ui.horizontal(|ui| {
                let mut size = settings.text_size;
                let field = egui::DragValue::new(&mut size).range(TEXT).speed(0.1);
                if ui.add(field).labelled_by(label.id).changed() {
                    asked = Some(W::SetTextSize(size));
                }
                let title = |spacing: Spacing| {
                    let entry = commands::find(&Command::Window(W::Spacing(spacing)));
                    entry.map_or("", commands::Entry::title)
                };
                let list = egui::ComboBox::from_id_salt("spacing").selected_text(title(settings.spacing)).width(220.0);
                let list = list.show_ui(ui, |ui| {
                    for spacing in [Spacing::Compact, Spacing::Usual, Spacing::Wide] {
                        if ui.selectable_label(settings.spacing == spacing, title(spacing)).clicked() {
                            asked = Some(W::Spacing(spacing));
                        }
                    }
                });
                list.response.labelled_by(label.id);
            });
            ui.end_row();
            ui.label(t!("preferences-text"));
            let mut names = settings.label_names;
            if ui.checkbox(&mut names, t!("command-label-names")).clicked() {
                asked = Some(W::LabelNames);
            }
            ui.end_row();
            ui.label(t!("column-annotator"));
            if ui.button(&settings.annotator).on_hover_text(t!("annotator-hint")).clicked() {
                asked = Some(W::ChangeName);
            }
            ui.end_row();
            ui.label(t!("keys-title"));
            let other = match settings.keys.len() {
                0 => t!("preferences-keys-usual").to_owned(),
                count => t!("preferences-keys-own", count = count),
            };
            if ui.button(other).clicked() {
                asked = Some(W::Keymap);
            }
            ui.end_row();
        });
        ui.add_space(6.0);
        closed |= ui.button(t!("close-esc")).clicked();
    });
    match asked {
        Some(command @ (W::ChangeName | W::Keymap)) => Some(Answer::Left(Some(command.into()))),
        Some(command) => Some(Answer::Stays(command.into())),
        None => (closed || modal.should_close()).then_some(Answer::Left(None)),
    }
}
