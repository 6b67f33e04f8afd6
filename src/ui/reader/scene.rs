//! The input of the reader's drawing, and what the mouse did there.

use eframe::egui::Pos2;

use super::ghost::Ghost;
use super::tracks::Tracks;
use crate::model::{Annotation, AnnotationSet, Id, Schema};
use crate::store::settings::Spacing;
use crate::text::{Span, Text};
use crate::ui::widgets::theme::Theme;

/// The things drawn; borrowed for the frame.
pub struct Scene<'a> {
    /// The article.
    pub text: &'a Text,
    /// The annotations that `Reader::new`, `Reader::rebuild` and `Reader::apply` were told of.
    pub set: &'a AnnotationSet,
    /// The labels and what they mean.
    pub schema: &'a Schema,
    /// The colours.
    pub theme: &'a Theme,
    /// The language of the labels' titles, ISO 639-1.
    pub language: &'a str,
    /// Annotations drawn with an outline.
    pub selected: &'a [Id],
    /// The frame whose card is open: what fills its roles bears the roles' names.
    pub open_frame: Option<Id>,
    /// Places found or about to be labelled, sorted.
    pub hits: &'a [Span],
    /// The one of `hits` that is looked at.
    pub current_hit: Option<usize>,
    /// The room between lines.
    pub spacing: Spacing,
    /// Height of the running text's font in points.
    pub font_size: f32,
    /// True where labels are named under the words, where there is room.
    pub show_labels: bool,
    /// The statements of several people, on rows of their own.
    pub tracks: Option<&'a Tracks>,
    /// The words of an annotation for those who hear it: label and words, then who it is, its roles and its note.
    pub heard: &'a dyn Fn(&Annotation) -> Vec<String>,
    /// Suggestions, by place.
    pub ghosts: &'a [Ghost],
    /// The one of them that keys are about.
    pub current_ghost: Option<usize>,
}

/// The events of a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// The caret was placed with the mouse.
    Caret,
    /// The caret was placed, or words selected, by what a person hears or feels the text with.
    Placed,
    /// A selection with the mouse is finished; already snapped to words, or with Alt to graphemes.
    Selected(Span),
    /// A piece was selected to come to what is selected.
    Piece(Span),
    /// An edge of an annotation's fragment was dragged.
    Edge {
        /// The annotation.
        id: Id,
        /// The fragment as it was.
        from: Span,
        /// The fragment as it is meant.
        to: Span,
    },
    /// A click with Shift on an annotation, while others are selected: those between are meant, too.
    Range(Id),
    /// A click without dragging. Clicking a stack of annotations again goes through it, the shortest first.
    Clicked {
        /// The annotation that is meant, if there is one.
        id: Option<Id>,
        /// The grapheme that was clicked.
        byte: u32,
        /// True where it was a double click, which selects the word too.
        double: bool,
    },
    /// A click of the second mouse button.
    Context {
        /// The annotation that is meant, if there is one: the shortest.
        id: Option<Id>,
        /// The grapheme that was clicked.
        byte: u32,
        /// The place on the screen, in points.
        pos: Pos2,
    },
}
