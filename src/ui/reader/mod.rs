//! The article view: text with its annotations, caret and selection.
//!
//! Only what is visible is laid out. Everything about places is in bytes of the article's text.

use std::ops::Range;

use eframe::egui;
use egui::{Pos2, Rect};

use super::theme::Theme;
use crate::edit::Transaction;
use crate::model::{AnnotationSet, Id, Schema, SetKey};
use crate::text::{Span, Text};

/// View state of one article: caret, selection, scroll position, layouts of what is visible, and where the
/// annotations stand.
pub struct Reader {
    anchor: u32,
    caret: u32,
}

/// What is drawn; borrowed for the frame.
pub struct Scene<'a> {
    /// The article.
    pub text: &'a Text,
    /// The annotations that [`Reader::new`], [`Reader::rebuild`] and [`Reader::apply`] were told of.
    pub set: &'a AnnotationSet,
    /// What the labels are.
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
    /// Which of `hits` is looked at.
    pub current_hit: Option<usize>,
    /// Height of the running text's font in points.
    pub font_size: f32,
    /// Whether names or keys of labels are written under the bars.
    pub show_labels: bool,
}

/// What happened in a frame.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Event {
    /// The caret was placed with the mouse.
    Caret,
    /// A selection with the mouse is finished; already snapped to words, or with Alt to graphemes.
    Selected(Span),
    /// A click without dragging. Clicking a stack of annotations again goes through it, the shortest first.
    Clicked {
        /// The annotation that is meant, if there is one.
        id: Option<Id>,
        /// The grapheme that was clicked.
        byte: u32,
        /// Whether it was a double click, which selects the word too.
        double: bool,
    },
    /// A click of the second mouse button.
    Context {
        /// The annotation that is meant, if there is one: the shortest.
        id: Option<Id>,
        /// The grapheme that was clicked.
        byte: u32,
        /// Where on the screen, in points.
        pos: Pos2,
    },
}

/// How far a caret moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// One grapheme cluster.
    Grapheme,
    /// To where the next word starts, or back to where this one does.
    Word,
    /// To where the next sentence starts, or back to where this one does.
    Sentence,
    /// One line on the screen up or down.
    Line,
    /// To where the next paragraph starts, or back to where this one does.
    Paragraph,
    /// As many lines as are visible.
    Page,
    /// To the end or start of the line on the screen.
    Edge,
    /// To the end or start of the text.
    Text,
}

/// A step in a direction of the text (logical, also where it is written from right to left).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Motion {
    /// How far.
    pub step: Step,
    /// Towards the end of the text.
    pub forward: bool,
}

impl Reader {
    /// The view of an article, at its top.
    #[must_use]
    pub fn new(_text: &Text, _set: &AnnotationSet, _schema: &Schema) -> Self {
        Self { anchor: 0, caret: 0 }
    }

    /// Learns anew where everything stands, after a change from outside; keeps caret and place as far as they exist.
    pub fn rebuild(&mut self, _text: &Text, _set: &AnnotationSet, _schema: &Schema) {}

    /// Learns what a transaction, already applied, changed in the set of `key`: work only where it touched.
    pub fn apply(&mut self, _transaction: &Transaction, _key: &SetKey, _text: &Text, _schema: &Schema) {}

    /// Draws the article into the space that is left and says what the mouse did.
    pub fn show(&mut self, ui: &mut egui::Ui, scene: &Scene<'_>) -> Vec<Event> {
        egui::ScrollArea::vertical().show(ui, |ui| ui.label(scene.text.as_str()));
        Vec::new()
    }

    /// Where the caret stands.
    #[must_use]
    pub fn caret(&self) -> u32 {
        self.caret
    }

    /// What is selected as a person means it: snapped to words, unless it was made with Alt or by [`Reader::select`].
    #[must_use]
    pub fn selection(&self) -> Option<Span> {
        self.raw_selection()
    }

    /// What lies between the ends of the selection.
    #[must_use]
    pub fn raw_selection(&self) -> Option<Span> {
        (self.anchor != self.caret).then(|| Span::new(self.anchor.min(self.caret), self.anchor.max(self.caret)))
    }

    /// Selects exactly this span and puts the caret at its end.
    pub fn select(&mut self, span: Span) {
        (self.anchor, self.caret) = (span.start, span.end);
    }

    /// Selects nothing; the caret stays.
    pub fn clear_selection(&mut self) {
        self.anchor = self.caret;
    }

    /// Puts the caret before this byte and selects nothing.
    pub fn set_caret(&mut self, byte: u32) {
        (self.anchor, self.caret) = (byte, byte);
    }

    /// Moves the caret; with `extend` the other end of the selection stays.
    pub fn move_caret(&mut self, _text: &Text, _motion: Motion, _extend: bool) {}

    /// Scrolls in the next frame just so far that this span is visible, or the start of it where it is too long.
    pub fn reveal(&mut self, _span: Span) {}

    /// Gives the reader the keyboard.
    pub fn request_focus(&self, _ctx: &egui::Context) {}

    /// Bytes that the view holds beyond the text and the annotations themselves.
    #[must_use]
    pub fn memory(&self) -> usize {
        size_of::<Self>()
    }

    /// The paragraphs that were visible in the last frame.
    #[must_use]
    pub fn visible(&self) -> Range<usize> {
        0..0
    }

    /// Where the visible part of a span was drawn in the last frame, in points: one rectangle for each line and
    /// direction of writing.
    #[must_use]
    pub fn rect_of(&self, _span: Span) -> Vec<Rect> {
        Vec::new()
    }
}
