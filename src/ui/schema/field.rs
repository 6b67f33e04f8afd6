//! The lines of the form: what it is, and its field.

use eframe::egui::{self, RichText};

use crate::model::Titles;
use crate::t;

/// The width of what stands before a field.
pub const BEFORE: f32 = 110.0;

/// A line of the form: what it is, and its field.
pub fn line(ui: &mut egui::Ui, what: &str, content: impl FnOnce(&mut egui::Ui, egui::Id)) {
    ui.horizontal_wrapped(|ui| {
        let size = egui::vec2(BEFORE, ui.spacing().interact_size.y);
        let label = ui.allocate_ui_with_layout(size, egui::Layout::left_to_right(egui::Align::Center), |ui| {
            ui.set_min_width(BEFORE);
            ui.label(RichText::new(what).weak())
        });
        content(ui, label.inner.id);
    });
}

/// Fields for a text in both languages.
pub fn titles(ui: &mut egui::Ui, titles: &mut Titles, id: egui::Id, width: f32) {
    for language in ["en", "id"] {
        let mut text = titles.said(language).to_owned();
        let field = egui::TextEdit::singleline(&mut text).desired_width(width).hint_text(language_title(language));
        let field = field.show(ui).response.response.labelled_by(id).on_hover_text(language_title(language));
        if field.changed() {
            titles.set(language, &text);
        }
    }
}

fn language_title(language: &str) -> &'static str {
    if language == "en" { t!("schema-english") } else { t!("schema-indonesian") }
}

/// A field for one key; one that is taken is refused.
pub fn key(ui: &mut egui::Ui, key: &mut Option<char>, taken: &[char], id: egui::Id) {
    let mut text = key.map(String::from).unwrap_or_default();
    let field = egui::TextEdit::singleline(&mut text).desired_width(24.0).show(ui).response.response.labelled_by(id);
    let typed = text.chars().last();
    let clash = typed.is_some_and(|typed| taken.contains(&typed));
    if field.changed() && !clash {
        *key = typed.filter(|typed| !typed.is_whitespace() && !typed.is_control());
    }
    let taken: String = taken.iter().flat_map(|key| [*key, ' ']).collect();
    match clash {
        true => {
            let bad = ui.visuals().error_fg_color;
            ui.label(RichText::new(t!("schema-key-taken")).color(bad))
        }
        false => ui.weak(t!("schema-keys-taken", keys = taken.trim_end())),
    };
}
