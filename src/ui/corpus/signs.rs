//! Signs that are painted, since no letter of the reading font has them.

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
    /// The sign of a value of the attribute `status`.
    pub fn of(status: &str) -> Self {
        match status {
            "" | "unknown" => Self::None,
            "ongoing" => Self::Half,
            "completed" => Self::Full,
            "cancelled" | "denied" | "not-done" | "postponed" => Self::Struck,
            _ => Self::Outline,
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
