//! Rows of lists: what one stands on, and a line of text cut with an ellipsis where it is too long.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{self, Color32, FontId, Galley, Painter, Pos2};

use crate::ui::widgets::theme::Theme;

/// Paints `text` in one line whose left end is vertically centred on `at`, at most `width` points wide. What would turn the
/// rest of the line round, or is no character that can be seen, is shown by its number.
pub fn paint(painter: &Painter, at: Pos2, width: f32, text: &str, font: FontId, color: Color32) -> Arc<Galley> {
    let text = &*crate::say::visible(text);
    if let Some(galley) = crate::ui::widgets::shaping::one_line(painter.ctx(), text, font.size, width) {
        painter.galley(at - galley.size().y / 2.0 * egui::Vec2::Y, galley.clone(), color);
        return galley;
    }
    let mut job = LayoutJob::simple_singleline(text.to_owned(), font, color);
    job.wrap = TextWrapping::truncate_at_width(width.max(1.0));
    let galley = painter.layout_job(job);
    painter.galley(at - galley.size().y / 2.0 * egui::Vec2::Y, galley.clone(), color);
    galley
}

/// Brings a row into view of a list that paints only `rows`, before any of them is painted; where it is among them, as
/// little as is needed.
pub fn scroll_to(ui: &egui::Ui, rows: &Range<usize>, at: usize, height: f32, align: Option<egui::Align>) {
    let offset = (at as f32 - rows.start as f32) * (height + ui.spacing().item_spacing.y);
    let min = ui.cursor().min + egui::vec2(0.0, offset);
    ui.scroll_to_rect(egui::Rect::from_min_size(min, egui::vec2(1.0, height)), align);
}

/// Tells a screen reader of a row of a list: its name, and that it is the chosen one.
pub fn tell(row: &egui::Response, chosen: bool, name: impl Fn() -> String) {
    row.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ListBoxOption, true, name()));
    row.ctx.accesskit_node_builder(row.id, |node| node.set_selected(chosen));
}

/// The ring around what has the keyboard, inside its edge.
pub fn focus_ring(painter: &Painter, row: &egui::Response, theme: &Theme) {
    if row.has_focus() {
        let stroke = egui::Stroke::new(2.0, theme.accent);
        painter.rect_stroke(row.rect, 4.0, stroke, egui::StrokeKind::Inside);
    }
}

/// Names a row of a list for those who hear it, and paints what it stands on; gives what paints within it.
pub fn plain_ground(
    ui: &egui::Ui,
    row: &egui::Response,
    chosen: bool,
    name: impl Fn() -> String,
    theme: &Theme,
) -> Painter {
    tell(row, chosen, name);
    let painter = ui.painter().with_clip_rect(row.rect.intersect(ui.clip_rect()));
    if chosen {
        painter.rect_filled(row.rect, 4.0, theme.selection);
    } else if row.hovered() {
        painter.rect_filled(row.rect, 4.0, theme.raised);
    }
    focus_ring(&painter, row, theme);
    painter
}

/// As [`plain_ground`], with an edge where the row is chosen.
pub fn ground(ui: &egui::Ui, row: &egui::Response, chosen: bool, name: impl Fn() -> String, theme: &Theme) -> Painter {
    let painter = plain_ground(ui, row, chosen, name, theme);
    if chosen {
        let edge = egui::Rect::from_min_size(row.rect.min, egui::vec2(3.0, row.rect.height()));
        painter.rect_filled(edge, 1.0, theme.accent);
    }
    painter
}

/// The height of a row of two lines.
pub const TWO_LINES: f32 = 40.0;

/// A row of two lines that can be clicked: `head`, and below it `detail` in small letters, `indent` points from the left.
pub fn two_lines(
    ui: &mut egui::Ui,
    indent: f32,
    chosen: bool,
    (head, detail): (&str, &str),
    theme: &Theme,
) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), TWO_LINES), egui::Sense::click());
    let painter = plain_ground(ui, &response, chosen, || format!("{head}, {detail}"), theme);
    let [body, small] = [egui::TextStyle::Body, egui::TextStyle::Small].map(|style| style.resolve(ui.style()));
    let (left, width) = (rect.left() + indent, rect.width() - indent - 8.0);
    paint(&painter, egui::pos2(left, rect.top() + 12.0), width, head, body, theme.text);
    paint(&painter, egui::pos2(left, rect.bottom() - 11.0), width, detail, small, theme.weak);
    response
}
