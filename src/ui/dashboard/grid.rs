//! A table of numbers with a shade for each: annotators by annotators, labels by labels. The number stands in every cell, so
//! that the shade is never the only cue.

use eframe::egui::{self, Align2, RichText, Sense, TextStyle};

use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::{Theme, contrast, mix};
use crate::ui::widgets::told_table::{self, Sort};

/// One cell.
pub struct Cell {
    /// The content.
    pub text: String,
    /// The strength of its shade, 0 to 1.
    pub share: f32,
    /// The remark about it.
    pub told: String,
    /// True where it leads anywhere.
    pub leads: bool,
}

/// Shows a grid; gives the row and column of a cell that was clicked.
pub fn ui(
    ui: &mut egui::Ui,
    rows: &[String],
    columns: &[String],
    cell: impl Fn(usize, usize) -> Cell,
    theme: &Theme,
) -> Option<(usize, usize)> {
    let font = TextStyle::Body.resolve(ui.style());
    let small = egui::FontId { size: font.size * 0.85, ..font.clone() };
    let height = font.size * 1.9;
    // Columns are as wide as there is room for, and never too narrow for a number of three digits.
    let side = (font.size * 8.5).min(ui.available_width() * 0.3);
    let width = (ui.available_width() - side - 4.0) / columns.len().max(1) as f32;
    let width = width.clamp(font.size * 2.6, font.size * 4.4);
    let size = egui::vec2(side + width * columns.len() as f32, height * (rows.len() as f32 + 1.0));
    let (whole, _) = ui.allocate_exact_size(size, Sense::hover());
    let origin = whole.min;
    let mut table = ui.new_child(egui::UiBuilder::new().id_salt("grid").max_rect(whole));
    let ui = &mut table;
    told_table::table(ui, rows.len() + 1, columns.len() + 1);
    let heads = told_table::row(ui, 0);
    for (at, title) in columns.iter().enumerate() {
        let left = origin.x + side + width * at as f32;
        let rect = egui::Rect::from_min_size(egui::pos2(left, origin.y), egui::vec2(width, height));
        head(&heads, rect, (0, at + 1), title, Sort::Column);
        list_row::paint(
            ui.painter(),
            egui::pos2(left + 4.0, origin.y + height / 2.0),
            width - 8.0,
            title,
            small.clone(),
            theme.weak,
        );
    }
    let mut clicked = None;
    for (row, title) in rows.iter().enumerate() {
        let top = origin.y + height * (row as f32 + 1.0);
        let line = told_table::row(ui, row + 1);
        let rect = egui::Rect::from_min_size(egui::pos2(origin.x, top), egui::vec2(side, height));
        head(&line, rect, (row + 1, 0), title, Sort::Row);
        list_row::paint(
            ui.painter(),
            egui::pos2(origin.x + 4.0, top + height / 2.0),
            side - 8.0,
            title,
            font.clone(),
            theme.text,
        );
        for (column, heading) in columns.iter().enumerate() {
            let it = cell(row, column);
            let corner = egui::pos2(origin.x + side + width * column as f32, top);
            let rect = egui::Rect::from_min_size(corner, egui::vec2(width, height)).shrink(1.0);
            let id = ui.scope_id().with((row, column));
            let sense = if it.leads { Sense::click() } else { Sense::hover() };
            let response = line.interact(rect, id, sense);
            let shade = mix(theme.ground, theme.accent, it.share.clamp(0.0, 1.0) * 0.85);
            ui.painter().rect_filled(rect, 2.0, shade);
            if row == column {
                ui.painter().rect_stroke(rect, 2.0, egui::Stroke::new(1.0, theme.weak), egui::StrokeKind::Inside);
            }
            if response.hovered() && it.leads || response.has_focus() {
                ui.painter().rect_stroke(rect, 2.0, egui::Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
            }
            let ink =
                if contrast(theme.text, shade) >= contrast(theme.ground, shade) { theme.text } else { theme.ground };
            ui.painter().text(rect.center(), Align2::CENTER_CENTER, &it.text, font.clone(), ink);
            let named = format!("{title}, {heading}: {}", it.text);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Cell, true, &named));
            told_table::cell(ui, response.id, (row + 1, column + 1), Sort::Cell);
            if response.clicked() {
                clicked = Some((row, column));
            }
            response.on_hover_ui(|ui| {
                ui.label(RichText::new(&it.told));
            });
        }
    }
    clicked
}

/// Names a head, which is painted alone.
fn head(line: &egui::Ui, rect: egui::Rect, at: (usize, usize), title: &str, sort: Sort) {
    let head = line.interact(rect, line.scope_id().with(("head", at)), Sense::hover());
    head.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, title));
    told_table::cell(line, head.id, at, sort);
}
