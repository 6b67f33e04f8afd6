//! Signs that are painted, since no letter of the reading font has them.

use crate::corpus::{Frame, Scheme};
use crate::model::{Sense, Verdict};
use eframe::egui::{Color32, CornerRadius, Painter, Pos2, Rect, Shape, Stroke, StrokeKind, pos2, vec2};

/// A state of a trip, as its sign tells it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum StateSign {
    /// Planned or expected.
    Outline,
    /// Ongoing.
    Half,
    /// Completed.
    Full,
    /// Cancelled, denied or not done.
    Struck,
    /// Nothing is said.
    None,
}

impl StateSign {
    /// The sign of a frame's state, by the sense that the schema gives it.
    pub fn of(scheme: &Scheme<'_>, frame: &Frame) -> Self {
        match scheme.sense(frame) {
            Some(Sense::Underway) => Self::Half,
            Some(Sense::Over) => Self::Full,
            Some(Sense::Off) => Self::Struck,
            _ if scheme.state.is_some_and(|state| frame.attribute(&state.name).is_some()) => Self::Outline,
            _ => Self::None,
        }
    }
}

/// Paints the sign of a state, 12 × 8 points around `center`.
pub fn state(painter: &Painter, center: Pos2, sign: StateSign, color: Color32) {
    let rect = Rect::from_center_size(center, vec2(11.0, 7.0));
    let edge = |painter: &Painter| {
        painter.rect_stroke(rect, CornerRadius::same(2), Stroke::new(1.2, color), StrokeKind::Inside)
    };
    match sign {
        StateSign::None => {}
        StateSign::Outline => {
            edge(painter);
        }
        StateSign::Half => {
            edge(painter);
            painter.rect_filled(Rect::from_min_max(rect.min, pos2(rect.center().x, rect.max.y)), 1.0, color);
        }
        StateSign::Full => {
            painter.rect_filled(rect, 2.0, color);
        }
        StateSign::Struck => {
            edge(painter);
            let y = rect.center().y;
            painter.line_segment([pos2(rect.left() - 2.0, y), pos2(rect.right() + 2.0, y)], Stroke::new(1.4, color));
        }
    }
}

/// Paints ≠, 10 points around `center`.
pub fn unequal(painter: &Painter, center: Pos2, color: Color32) {
    let stroke = Stroke::new(1.5, color);
    for y in [-2.0, 2.0] {
        painter.line_segment([center + vec2(-4.5, y), center + vec2(4.5, y)], stroke);
    }
    painter.line_segment([center + vec2(-2.5, 5.0), center + vec2(2.5, -5.0)], stroke);
}

/// Paints a chevron, to the right or, where it is open, downwards.
pub fn chevron(painter: &Painter, center: Pos2, open: bool, color: Color32) {
    let points = match open {
        true => [vec2(-4.0, -2.0), vec2(0.0, 2.0), vec2(4.0, -2.0)],
        false => [vec2(-2.0, -4.0), vec2(2.0, 0.0), vec2(-2.0, 4.0)],
    };
    painter.add(Shape::line(points.map(|point| center + point).to_vec(), Stroke::new(1.5, color)));
}

/// Paints lines at 45°, every 8 points, in `rect`.
pub fn hatch(painter: &Painter, rect: Rect, color: Color32) {
    let painter = painter.with_clip_rect(rect.intersect(painter.clip_rect()));
    let mut x = rect.left() - rect.height();
    while x < rect.right() {
        painter.line_segment([pos2(x, rect.bottom()), pos2(x + rect.height(), rect.top())], Stroke::new(1.0, color));
        x += 8.0;
    }
}

/// Paints a disc, or a ring around nothing.
pub fn disc(painter: &Painter, center: Pos2, full: bool, color: Color32) {
    match full {
        true => painter.circle_filled(center, 4.0, color),
        false => painter.circle_stroke(center, 4.0, Stroke::new(1.4, color)),
    };
}

/// Paints the sign of an answer about two claims: =, +, −, a clock, a struck circle.
pub fn verdict(painter: &Painter, center: Pos2, verdict: Verdict, color: Color32) {
    let stroke = Stroke::new(1.6, color);
    let across = |y: f32| {
        painter.line_segment([center + vec2(-4.5, y), center + vec2(4.5, y)], stroke);
    };
    match verdict {
        Verdict::Same => {
            across(-2.0);
            across(2.0);
        }
        Verdict::Supports => {
            across(0.0);
            painter.line_segment([center + vec2(0.0, -4.5), center + vec2(0.0, 4.5)], stroke);
        }
        Verdict::Contradicts => across(0.0),
        Verdict::OtherTime => {
            painter.circle_stroke(center, 5.0, stroke);
            painter.add(Shape::line(vec![center + vec2(0.0, -3.0), center, center + vec2(2.5, 1.5)], stroke));
        }
        Verdict::Unrelated | Verdict::NotSame | Verdict::Unsure => {
            painter.circle_stroke(center, 5.0, stroke);
            painter.line_segment([center + vec2(-3.5, 3.5), center + vec2(3.5, -3.5)], stroke);
        }
    }
}
