//! Ghosts: dots under words that a source would mark, with a hollow tag. The colour of the words stays as it is; strong ones differ
//! in their dots, not in their colour alone.

use eframe::egui::{Align2, Color32, CornerRadius, FontId, Painter, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

use super::decorated::{Decorated, name_size};
use super::ghost::Ghost;
use super::paint::Brush;
use super::scene::Scene;
use super::view::{Laid, Page, View};
use crate::model::{Kind, Name};

/// From the start of one dot to that of the next, in points.
const STRONG: f32 = 5.0;
const WEAK: f32 = 9.0;
const DOT: f32 = 2.0;

impl View {
    /// Paints the ghosts that are on the screen.
    pub(super) fn ghosts(&self, painter: &Painter, page: Page<'_>, scene: &Scene<'_>) {
        let (Some(first), Some(last)) = (self.shown.first(), self.shown.last()) else { return };
        let from = page.blocks.span(page.text, first.block).start;
        let until = page.blocks.span(page.text, last.block).end;
        let on_screen = |ghost: &(usize, &Ghost)| ghost.1.at.iter().any(|span| span.end > from && span.start < until);
        let mut dots = Brush::new(painter.pixels_per_point());
        let mut taken: Vec<Rect> = self.names_on_screen().collect();
        let shown: Vec<(usize, &Ghost)> = scene.ghosts.iter().enumerate().filter(on_screen).collect();
        for (_, ghost) in shown.iter().filter(|(_, ghost)| !ghost.zone) {
            let color = scene.theme.label(scene.schema.label(&ghost.label));
            let top = self.ghost_top(scene, ghost);
            let pitch = if ghost.strong { STRONG } else { WEAK };
            for &span in &ghost.at {
                self.each_rect(page, span, |rect| {
                    dots.dots(rect.left(), rect.right(), rect.top() + top, DOT, pitch - DOT, color);
                });
            }
        }
        let zones = || shown.iter().filter(|(_, ghost)| ghost.zone);
        let first: Vec<Option<Rect>> =
            zones().map(|(_, ghost)| self.ghost_zone(page, scene, ghost, &mut dots)).collect();
        dots.paint(painter);
        // Tags lie over the dots: a long one has no room beside them.
        for ((at, ghost), first) in zones().zip(first) {
            self.zone_tag(painter, scene, (ghost, scene.current_ghost == Some(*at)), first);
        }
        // The one that keys are about has its tag whatever is in its way.
        let words = || shown.iter().filter(|(_, ghost)| !ghost.zone);
        let current = words().filter(|(at, _)| scene.current_ghost == Some(*at));
        let others = words().filter(|(at, _)| scene.current_ghost != Some(*at));
        for (at, ghost) in current.chain(others) {
            self.ghost_tag(painter, page, scene, (ghost, scene.current_ghost == Some(*at)), &mut taken);
        }
    }

    /// The dots of a ghost from the top of its line: below the line of a mention that is there already.
    fn ghost_top(&self, scene: &Scene<'_>, ghost: &Ghost) -> f32 {
        let Some(metrics) = self.metrics() else { return 0.0 };
        let bar = |label: &Name| matches!(scene.schema.kind(label), Kind::Entity | Kind::Frame);
        let marked = ghost.at.iter().any(|span| scene.set.within(*span).any(|record| bar(&record.label)));
        metrics.lanes_top + if marked && metrics.lanes > 1 { metrics.lane } else { 0.0 }
    }

    /// A zone: a dashed bar left of its paragraphs; gives its first line.
    fn ghost_zone(&self, page: Page<'_>, scene: &Scene<'_>, ghost: &Ghost, dots: &mut Brush) -> Option<Rect> {
        let metrics = self.metrics()?;
        let color = scene.theme.label(scene.schema.label(&ghost.label));
        let mut lines: Vec<Rect> = Vec::new();
        for &span in &ghost.at {
            self.each_rect(page, span, |rect| lines.push(rect));
        }
        let column = self.text_left();
        for line in &lines {
            for part in 0..4 {
                let top = line.top() + metrics.line * part as f32 / 4.0;
                dots.dots(column - 11.0, column - 8.0, top, 3.0, 0.0, color);
            }
        }
        lines.first().copied()
    }

    /// The left edge of the text.
    fn text_left(&self) -> f32 {
        self.shown.first().map_or(0.0, |shown| shown.origin.x)
    }

    /// The name of a zone in the gutter, beside its first line.
    fn zone_tag(&self, painter: &Painter, scene: &Scene<'_>, (ghost, current): (&Ghost, bool), first: Option<Rect>) {
        let (Some(metrics), Some(first)) = (self.metrics(), first) else { return };
        let color = scene.theme.label(scene.schema.label(&ghost.label));
        let size = name_size(metrics.font_size).min(12.0);
        let ink = if current { scene.theme.text } else { color };
        let galley = painter.layout_no_wrap(ghost.tag.clone(), FontId::proportional(size), ink);
        // Left of the paragraph's number, as the names of zones are; where there is no room for that, over it.
        let width = galley.size().x + 6.0;
        let left = (self.text_left() - 38.0 - width).max(self.rect.left() + 2.0);
        let tag = Rect::from_min_size(pos2(left, first.top() + 4.0), vec2(width, size + 3.0));
        edge(painter, scene, tag, current, color);
        painter.galley(Align2::CENTER_CENTER.anchor_size(tag.center(), galley.size()).min, galley, ink);
    }

    fn ghost_tag(
        &self,
        painter: &Painter,
        page: Page<'_>,
        scene: &Scene<'_>,
        (ghost, current): (&Ghost, bool),
        taken: &mut Vec<Rect>,
    ) {
        let (theme, Some(metrics)) = (scene.theme, self.metrics()) else { return };
        let mut first: Option<Rect> = None;
        for &span in &ghost.at {
            self.each_rect(page, span, |rect| {
                first.get_or_insert(rect);
                if current {
                    let stroke = Stroke::new(2.0, theme.accent);
                    painter.rect_stroke(rect.expand2(vec2(3.0, 1.0)), 4.0, stroke, StrokeKind::Outside);
                }
            });
        }
        let Some(words) = first else { return };
        if metrics.name_size <= 0.0 && !current {
            return;
        }
        let color = scene.theme.label(scene.schema.label(&ghost.label));
        let size = name_size(metrics.font_size).min(12.0);
        let ink = if current { theme.text } else { color };
        let galley = painter.layout_no_wrap(ghost.tag.clone(), FontId::proportional(size), ink);
        // Its edges lie in the room that letters leave above and below.
        let height = size + 2.0;
        let top = words.top() + metrics.lanes_top + metrics.lane;
        let width = galley.size().x + 6.0;
        let left = words.left().min(self.rect.right() - width - 16.0).max(self.rect.left());
        let tag = Rect::from_min_size(pos2(left, top), vec2(width, height));
        if !current && taken.iter().any(|other| other.intersects(tag)) {
            return;
        }
        taken.push(tag);
        edge(painter, scene, tag, current, color);
        painter.galley(Align2::CENTER_CENTER.anchor_size(tag.center(), galley.size()).min, galley, ink);
    }

    /// The names of annotations that are on the screen.
    fn names_on_screen(&self) -> impl Iterator<Item = Rect> + '_ {
        let decorated = self.shown.iter().filter_map(|shown| {
            let decorated: &Decorated = self.laid(shown.block).and_then(Laid::decorated)?;
            Some((shown.origin.to_vec2(), decorated))
        });
        decorated.flat_map(|(by, decorated)| {
            decorated.names.iter().map(move |name| Rect::from_min_size(name.pos + by, name.galley.size()))
        })
    }
}

/// A hollow tag: dashed, or with the ring of what keys are about.
fn edge(painter: &Painter, scene: &Scene<'_>, tag: Rect, current: bool, color: Color32) {
    painter.rect_filled(tag, CornerRadius::same(2), scene.theme.ground);
    if current {
        painter.rect_stroke(tag, 2.0, Stroke::new(1.5, scene.theme.accent), StrokeKind::Inside);
    } else {
        let edge = tag.shrink(0.5);
        let corners = [edge.left_top(), edge.right_top(), edge.right_bottom(), edge.left_bottom(), edge.left_top()];
        painter.extend(Shape::dashed_line(&corners, Stroke::new(1.0, color), 2.0, 2.0));
    }
}
