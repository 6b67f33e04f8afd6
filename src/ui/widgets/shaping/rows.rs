//! Rows of glyphs that were shaped, put to their places.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::epaint::text::Galley;
use eframe::egui::{self, Color32, Rect};

use super::shape::shape;
use super::shaped::{Format, Shaped, has_rtl};

/// As many words of a text as fit on one line of this width, in the order in which they are read; none where egui's own
/// layout has them in that order, which is where nothing is written from right to left.
#[must_use]
pub fn one_line(ctx: &egui::Context, text: &str, font_size: f32, width: f32) -> Option<Arc<egui::Galley>> {
    if text.is_ascii() || !has_rtl(text) {
        return None;
    }
    let format = Format { font_size, width, pixels_per_point: ctx.pixels_per_point() };
    Some(first_line(ctx.fonts_mut(|fonts| shape(fonts, text, &format))))
}

/// The glyphs of the first line alone.
fn first_line(mut shaped: Shaped) -> Arc<Galley> {
    shaped.rows.retain(|(line, _)| *line == 0);
    moved(&shaped, &[0.0], &[])
}

/// The glyphs with their lines moved apart, and those of some stretches in a colour of their own.
pub fn moved(shaped: &Shaped, tops: &[f32], colored: &[(Range<u32>, Color32)]) -> Arc<Galley> {
    let mut galley = Galley::clone(&shaped.galley);
    galley.rows.clear();
    (galley.num_vertices, galley.num_indices) = (0, 0);
    let (mut rect, mut mesh_bounds) = (Rect::NOTHING, Rect::NOTHING);
    for (line, row) in &shaped.rows {
        let mut row = row.clone();
        row.pos.y = tops[*line];
        for (bytes, color) in colored {
            color_row(shaped, *line, &mut row, bytes, *color);
        }
        rect |= row.rect();
        mesh_bounds |= row.visuals.mesh_bounds.translate(row.pos.to_vec2());
        galley.num_vertices += row.visuals.mesh.vertices.len();
        galley.num_indices += row.visuals.mesh.indices.len();
        galley.rows.push(row);
    }
    (galley.rect, galley.mesh_bounds) = (rect, mesh_bounds);
    Arc::new(galley)
}

/// Gives the glyphs of a stretch a colour.
fn color_row(
    shaped: &Shaped,
    line: usize,
    row: &mut eframe::egui::epaint::text::PlacedRow,
    bytes: &Range<u32>,
    color: Color32,
) {
    let stretches = shaped.stretches(line, bytes);
    if stretches.is_empty() {
        return;
    }
    let left = row.pos.x;
    let inner = Arc::make_mut(&mut row.row);
    let glyphs = inner.visuals.glyph_vertex_range.clone();
    for quad in inner.visuals.mesh.vertices[glyphs].chunks_mut(4) {
        let center = left + quad.iter().map(|vertex| vertex.pos.x).sum::<f32>() / quad.len() as f32;
        if stretches.iter().any(|&(from, until)| from <= center && center <= until) {
            quad.iter_mut().for_each(|vertex| vertex.color = color);
        }
    }
}
