//! The sources of suggestions: which are asked, and the share of articles that come without. Each change holds at once and is
//! remembered.

use eframe::egui;

use crate::assist::SOURCES;
use crate::store::settings::Settings;
use crate::t;
use crate::ui::commands::WindowCommand as W;
use crate::ui::shell::answers::Answer;
use crate::ui::widgets::dialog::{self, Reply};

/// The shares that can be chosen, in percent.
const SHARES: [u8; 4] = [0, 10, 20, 50];

/// Shows the sources; gives what is changed.
pub fn ui(ctx: &egui::Context, settings: &Settings) -> Option<Answer> {
    let mut closed = dialog::keys(ctx, egui::Modifiers::NONE) != Reply::Open;
    let mut asked: Option<W> = None;
    let suggesting = &settings.suggesting;
    let modal = dialog::modal(ctx, "suggestions", 520.0, |ui| {
        dialog::heading(ui, t!("suggestions-title"));
        ui.label(t!("suggestions-about"));
        ui.add_space(6.0);
        let mut on = suggesting.on;
        if ui.checkbox(&mut on, t!("suggestions-on")).clicked() {
            asked = Some(W::Suggest);
        }
        ui.add_space(6.0);
        egui::Grid::new("sources").num_columns(2).spacing([16.0, 6.0]).show(ui, |ui| {
            for name in SOURCES {
                let Some((title, about)) = source(name) else { continue };
                let mut on = !suggesting.off.contains(name);
                if ui.add_enabled(suggesting.on, egui::Checkbox::new(&mut on, title)).clicked() {
                    asked = Some(W::SuggestSource(name));
                }
                ui.add(egui::Label::new(egui::RichText::new(about).weak()).wrap());
                ui.end_row();
            }
        });
        ui.add_space(6.0);
        ui.label(t!("suggestions-without"));
        ui.horizontal(|ui| {
            for share in SHARES {
                let chosen = suggesting.without == share;
                let title = t!("suggestions-percent", share = u64::from(share));
                if ui.add_enabled(suggesting.on, egui::RadioButton::new(chosen, title)).clicked() {
                    asked = Some(W::SuggestWithout(share));
                }
            }
        });
        ui.add_space(6.0);
        closed |= ui.button(t!("close-esc")).clicked();
    });
    match asked {
        Some(command) => Some(Answer::Stays(command.into())),
        None => (closed || modal.should_close()).then_some(Answer::Left(None)),
    }
}

/// The title of a source that suggests mentions, and what it knows.
fn source(name: &str) -> Option<(&'static str, &'static str)> {
    match name {
        "lexicon" => Some((t!("source-lexicon"), t!("source-lexicon-about"))),
        "tagger" => Some((t!("source-tagger"), t!("source-tagger-about"))),
        "dates" => Some((t!("source-dates"), t!("source-dates-about"))),
        _ => None,
    }
}
