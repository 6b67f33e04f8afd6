//! The state of the mouse, from one frame to the next.

use eframe::egui::Pos2;

use crate::model::Id;
use crate::text::Span;

/// The state of the mouse.
#[derive(Debug, Default)]
pub struct Mouse {
    /// The selection that it is dragging.
    pub selecting: Option<Drag>,
    /// The edge of the selected annotation that was pressed.
    pub edge: Option<Edge>,
    /// The stack that was clicked last, and which of it was meant.
    pub stack: Vec<Id>,
    pub turn: usize,
    /// The place in the thumb of the scroll bar at which it was taken.
    pub thumb: f32,
    /// The annotations under the pointer, the shortest first, since it moved there; nothing once a key or a click has meant something.
    pub pointed: Vec<Id>,
    /// The annotations that the pointer rests on.
    pub rested_on: Vec<Id>,
    /// The place of the last press: the pointer trembles a little around it.
    pub pressed: Option<Pos2>,
    /// The last click, and how many there were in quick succession.
    pub last: Option<Click>,
}

/// The kinds of selection that the mouse drags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Drag {
    /// Words.
    Words,
    /// Words that come to those that are there.
    Piece,
    /// Whole paragraphs, from this one on.
    Paragraphs(usize),
    /// An edge of an annotation.
    Edge(Edge),
}

/// An edge of an annotation's fragment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Edge {
    pub id: Id,
    /// The fragment as it was.
    pub piece: Span,
    /// True for its first edge in reading order.
    pub start: bool,
}

/// A click that the next press may follow quickly enough to be one gesture with it.
#[derive(Debug, Clone, Copy)]
pub struct Click {
    /// The time when it was let go, in seconds of the window's time.
    pub at: f64,
    pub pos: Pos2,
    /// 1 for a click alone, 2 for the second of a double click.
    pub count: u8,
}
