//! One line of text painted where it is wanted, cut with an ellipsis where it is too long.

use std::sync::Arc;

use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Color32, FontId, Galley, Painter, Pos2};

/// Paints `text` in one line whose left end is vertically centred on `at`, at most `width` points wide.
pub fn paint(painter: &Painter, at: Pos2, width: f32, text: &str, font: FontId, color: Color32) -> Arc<Galley> {
    if let Some(galley) = super::reader::one_line(painter.ctx(), text, font.size, width) {
        painter.galley(at - galley.size().y / 2.0 * eframe::egui::Vec2::Y, galley.clone(), color);
        return galley;
    }
    let mut job = LayoutJob::simple_singleline(text.replace('\n', " "), font, color);
    job.wrap = TextWrapping::truncate_at_width(width.max(1.0));
    let galley = painter.layout_job(job);
    painter.galley(at - galley.size().y / 2.0 * eframe::egui::Vec2::Y, galley.clone(), color);
    galley
}
