//! Painting, from back to front: fills, finds and selection; bars; text; names; outlines; caret.
//!
//! Shapes with straight edges go into one mesh, which costs egui nothing to tessellate.

use eframe::egui::epaint::Mesh;
use eframe::egui::{Color32, CornerRadius, Galley, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::decorated::{Decorated, Metrics};
use super::scene::Scene;
use super::view::{Page, View};
use crate::model::Pattern;
use crate::text::Span;
use crate::ui::widgets::theme::{Theme, mix, with_alpha};

/// The parts painted beside the scene.
pub struct Hand<'a> {
    /// The selection, as a person means it, piece by piece.
    pub selection: &'a [Span],
    /// The place of the caret.
    pub caret: u32,
    /// True where the keys go to the reader.
    pub focused: bool,
}

impl View {
    /// Paints what [`View::lay_out`] laid out.
    pub fn paint(&self, painter: &Painter, page: Page<'_>, scene: &Scene<'_>, hand: &Hand<'_>) {
        let theme = scene.theme;
        let mut back = Mesh::default();
        let mut bars = Brush { mesh: Mesh::default(), scale: painter.pixels_per_point() };
        self.fills(&mut back, scene);
        self.hits(&mut back, page, scene);
        for &piece in hand.selection {
            self.each_rect(page, piece, |rect| back.add_colored_rect(rect, theme.selection));
        }
        for shown in &self.shown {
            let Some(decorated) = self.laid(shown.block).and_then(super::view::Laid::decorated) else { continue };
            let by = shown.origin.to_vec2();
            for bar in &decorated.bars {
                let look = &self.styles[bar.look];
                let color =
                    if bar.linked || !self.open(scene) { look.color } else { mix(look.color, theme.ground, 0.45) };
                let rect = bar.rect.translate(by);
                match bar.connector {
                    true => bars.dots(rect.left(), rect.right(), rect.center().y - 0.5, 1.0, 2.0, color),
                    false => bars.pattern(rect, look.pattern, color),
                }
            }
            for bar in &decorated.track_bars {
                let rect = bar.rect.translate(by);
                match bar.connector {
                    true => bars.dots(rect.left(), rect.right(), rect.center().y - 0.5, 1.0, 2.0, bar.color),
                    false => bars.pattern(rect, bar.pattern, bar.color),
                }
            }
            for &(look, _, top, bottom) in &decorated.zones {
                let x = shown.origin.x - 10.0;
                let rect = Rect::from_min_max(pos2(x, shown.origin.y + top), pos2(x + 2.0, shown.origin.y + bottom));
                back.add_colored_rect(rect, self.styles[look].color);
            }
        }
        painter.add(Shape::mesh(back));
        painter.add(Shape::mesh(bars.mesh));
        for shown in &self.shown {
            let Some(laid) = self.laid(shown.block) else { continue };
            let Some(decorated) = laid.decorated() else { continue };
            painter.galley(shown.origin, decorated.galley.clone(), theme.text);
            self.gutter(painter, shown.origin, laid, decorated, theme);
            self.names(painter, shown.origin, decorated, scene);
        }
        self.outlines(painter, page, scene);
        if let Some(rect) = self.caret_rect(page, hand.caret) {
            let color = if hand.focused { theme.caret } else { with_alpha(theme.caret, 90) };
            let x = (rect.left() - 0.75).round();
            let bar = Rect::from_min_max(pos2(x, rect.top() + 1.0), pos2(x + 2.0, rect.bottom() - 1.0));
            painter.rect_filled(bar, CornerRadius::ZERO, color);
        }
    }

    /// True where the roles of a frame are shown.
    fn open(&self, scene: &Scene<'_>) -> bool {
        scene.open_frame.is_some_and(|id| self.styles.role(id).is_some())
    }

    fn fills(&self, mesh: &mut Mesh, scene: &Scene<'_>) {
        let open = self.open(scene);
        for shown in &self.shown {
            let Some(decorated) = self.laid(shown.block).and_then(super::view::Laid::decorated) else { continue };
            for bar in &decorated.bars {
                let (Some(fill), look) = (bar.fill, &self.styles[bar.look]) else { continue };
                if open && !bar.linked {
                    continue; // With a card open only what belongs to it stands out.
                }
                mesh.add_colored_rect(fill.translate(shown.origin.to_vec2()), look.fill);
            }
        }
    }

    fn hits(&self, mesh: &mut Mesh, page: Page<'_>, scene: &Scene<'_>) {
        let (Some(first), Some(last)) = (self.shown.first(), self.shown.last()) else { return };
        let from = page.blocks.span(page.text, first.block).start;
        let until = page.blocks.span(page.text, last.block).end;
        let start = scene.hits.partition_point(|hit| hit.end <= from);
        for (index, &hit) in scene.hits.iter().enumerate().skip(start).take_while(|(_, hit)| hit.start <= until) {
            let current = scene.current_hit == Some(index);
            self.each_rect(page, hit, |rect| {
                if current {
                    mesh.add_colored_rect(rect.expand(2.0), scene.theme.caret);
                    mesh.add_colored_rect(rect, scene.theme.ground);
                }
                mesh.add_colored_rect(rect, if current { scene.theme.current_hit } else { scene.theme.hit });
            });
        }
    }

    /// Number of the paragraph and names of its zones, left of the column.
    fn gutter(&self, painter: &Painter, origin: Pos2, laid: &super::view::Laid, decorated: &Decorated, theme: &Theme) {
        let (mut right, mut below) = (origin.x - 16.0, 0.0);
        let y = |galley: &Galley| origin.y + (decorated.row - galley.size().y) * 0.6;
        if let Some(number) = &laid.number {
            painter.galley(pos2(right - number.size().x, y(number)), number.clone(), theme.weak);
            right -= number.size().x + 6.0;
        }
        for &(look, _, top, _) in &decorated.zones {
            let name = &self.styles[look].name;
            // Where the window is too narrow the bar says it alone, and the pointer learns the name.
            if right - name.size().x > self.rect.left() + 2.0 {
                painter.galley(pos2(right - name.size().x, y(name) + top + below), name.clone(), theme.weak);
            }
            below += name.size().y;
        }
    }

    fn names(&self, painter: &Painter, origin: Pos2, decorated: &Decorated, scene: &Scene<'_>) {
        let (by, theme, open) = (origin.to_vec2(), scene.theme, self.open(scene));
        for name in decorated.names.iter().filter(|name| name.boxed.is_none()) {
            painter.galley(name.pos + by, name.galley.clone(), if open { theme.weak } else { name.color });
        }
        for (pos, galley) in &decorated.more {
            let rect = Rect::from_min_size(*pos + by, galley.size()).expand2(vec2(3.0, 0.0));
            painter.rect_filled(rect, CornerRadius::same(3), theme.raised);
            painter.galley(*pos + by, galley.clone(), theme.text);
        }
        let boxed = |pos: Pos2, galley: &std::sync::Arc<Galley>, color: Color32| {
            let rect = Rect::from_min_size(pos + by, galley.size()).expand2(vec2(3.0, -1.0));
            painter.rect_filled(rect, CornerRadius::same(3), color);
            painter.galley(pos + by, galley.clone(), theme.ground);
        };
        for name in &decorated.names {
            if let Some(color) = name.boxed {
                boxed(name.pos, &name.galley, color);
            }
        }
        for name in &decorated.track_names {
            boxed(name.pos, &name.galley, name.color);
        }
    }

    /// Around the selected annotations.
    fn outlines(&self, painter: &Painter, page: Page<'_>, scene: &Scene<'_>) {
        let stroke = Stroke::new(1.5, scene.theme.outline);
        for record in scene.selected.iter().filter_map(|&id| scene.set.get(id)) {
            for &span in &record.at {
                self.each_rect(page, span, |rect| {
                    painter.rect_stroke(rect.expand2(vec2(2.0, 0.5)), 3.0, stroke, StrokeKind::Outside);
                });
            }
        }
        self.handles(page, scene, |_, center| {
            let top = center - vec2(0.0, 6.0);
            painter.line_segment([top, center], stroke);
            painter.circle(center, 3.5, scene.theme.outline, Stroke::new(1.0, scene.theme.ground));
        });
    }
}

/// A bar of this pattern, as the rows of readings have them.
pub fn bar(painter: &Painter, rect: Rect, pattern: Pattern, color: Color32) {
    let mut brush = Brush { mesh: Mesh::default(), scale: painter.pixels_per_point() };
    brush.pattern(rect, pattern, color);
    painter.add(Shape::mesh(brush.mesh));
}

/// Draws bars into a mesh, on whole pixels.
pub(super) struct Brush {
    mesh: Mesh,
    scale: f32,
}

impl Brush {
    /// A brush for a screen with so many pixels to a point.
    pub fn new(scale: f32) -> Self {
        Self { mesh: Mesh::default(), scale }
    }

    /// Puts what was drawn onto the screen.
    pub fn paint(self, painter: &Painter) {
        painter.add(Shape::mesh(self.mesh));
    }

    fn rect(&mut self, left: f32, right: f32, top: f32, height: f32, color: Color32) {
        let snap = |v: f32| (v * self.scale).round() / self.scale;
        let top = snap(top);
        let height = snap(height).max(1.0 / self.scale);
        let rect = Rect::from_min_max(pos2(snap(left), top), pos2(snap(right), top + height));
        self.mesh.add_colored_rect(rect, color);
    }

    pub fn dots(&mut self, left: f32, right: f32, top: f32, size: f32, gap: f32, color: Color32) {
        self.dashes(left, right, top, size, &[(size, gap)], color);
    }

    /// Dashes of these lengths, each with the gap after it, over and over.
    fn dashes(&mut self, left: f32, right: f32, top: f32, height: f32, dashes: &[(f32, f32)], color: Color32) {
        let mut x = left;
        for &(dash, gap) in dashes.iter().cycle() {
            if x >= right {
                break;
            }
            self.rect(x, (x + dash).min(right), top, height, color);
            x += dash + gap;
        }
    }

    fn pattern(&mut self, rect: Rect, pattern: Pattern, color: Color32) {
        let (left, right, top) = (rect.left(), rect.right(), rect.top());
        match pattern {
            Pattern::Solid => self.rect(left, right, top, 2.0, color),
            Pattern::Thick => self.rect(left, right, top, 3.5, color),
            Pattern::Dashed => self.dashes(left, right, top, 2.0, &[(7.0, 3.0)], color),
            Pattern::Dotted => self.dots(left, right, top, 2.0, 2.0, color),
            Pattern::DashDot => self.dashes(left, right, top, 2.0, &[(7.0, 2.0), (2.0, 2.0)], color),
            Pattern::Double => {
                self.rect(left, right, top, 1.0, color);
                self.rect(left, right, top + 2.0, 1.0, color);
            }
            Pattern::Wavy => self.wave(left, right, top + Metrics::BAR / 2.0, color),
        }
    }

    /// A zigzag line, faded out towards its edges so that slanted lines are smooth.
    fn wave(&mut self, left: f32, right: f32, middle: f32, color: Color32) {
        const STEP: f32 = 3.0;
        const HEIGHT: f32 = 1.4;
        let clear = Color32::TRANSPARENT;
        let (mut x, mut up) = (left, true);
        while x < right {
            let next = (x + STEP).min(right);
            let (from, to) = if up { (HEIGHT, -HEIGHT) } else { (-HEIGHT, HEIGHT) };
            let to = from + (to - from) * (next - x) / STEP;
            let base = self.mesh.vertices.len() as u32;
            for (dy, color) in [(-1.4, clear), (-0.6, color), (0.6, color), (1.4, clear)] {
                self.mesh.colored_vertex(pos2(x, middle + from + dy), color);
                self.mesh.colored_vertex(pos2(next, middle + to + dy), color);
            }
            for strip in 0..3 {
                let at = base + strip * 2;
                self.mesh.add_triangle(at, at + 1, at + 2);
                self.mesh.add_triangle(at + 1, at + 3, at + 2);
            }
            (x, up) = (next, !up);
        }
    }
}
