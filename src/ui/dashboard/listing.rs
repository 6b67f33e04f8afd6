//! Lists whose rows can be clicked.

use eframe::egui::{self, Sense};
use egui_extras::{Column, TableBuilder};

/// A list of this name, with its first column: it takes the room that the others leave, and has at least so many points.
pub fn table<'a>(ui: &'a mut egui::Ui, name: &str, least: f32) -> TableBuilder<'a> {
    TableBuilder::new(ui)
        .id_salt(name)
        .striped(true)
        .sense(Sense::click())
        .cell_layout(egui::Layout::left_to_right(egui::Align::Center))
        .column(Column::remainder().at_least(least).clip(true))
}

/// The height of a row, points.
pub fn row_height(ui: &egui::Ui) -> f32 {
    ui.text_style_height(&egui::TextStyle::Body) + 8.0
}
