//! The article view: text with its annotations, caret and selection.
//!
//! Only what is visible is laid out. Everything about places is in bytes of the article's text.
//!
//! From the text to the screen: [`index`] cuts it into blocks and knows which annotations are in each, [`shape`] (or
//! [`bidi_layout`]) makes lines of glyphs of a block, [`lanes`] puts bars and names under them as [`label_style`] has them,
//! [`view`] keeps what is visible laid out and [`heights`] how far down everything is, [`paint`] paints.

mod access;
mod bidi_layout;
mod caret;
mod heights;
mod index;
mod label_style;
mod lanes;
mod mouse;
mod paint;
mod shape;
mod tracks;
mod view;

use std::ops::Range;
use std::sync::Arc;

use eframe::egui;
use egui::{Pos2, Rect};

use self::index::{BlockMarks, Blocks};
use self::mouse::Mouse;
use self::paint::Hand;
use self::view::{Page, View};
use crate::edit::Transaction;
use crate::model::{Annotation, AnnotationSet, Id, Schema, SetKey};
use crate::text::{Span, Text};
use crate::ui::widgets::theme::Theme;

pub use self::paint::bar;
pub use self::tracks::{Track, TrackMark, Tracks};

/// View state of one article: caret, selection, scroll position, layouts of what is visible, and where the
/// annotations stand.
pub struct Reader {
    text: Text,
    blocks: Blocks,
    marks: BlockMarks,
    /// Where the selection began, and where the caret is.
    anchor: u32,
    caret: u32,
    /// What the selection means.
    meaning: Option<Span>,
    /// How far from the left the caret goes up and down.
    goal: Option<f32>,
    view: View,
    mouse: Mouse,
    /// Where it was shown: layouts beyond the screen need its fonts.
    ctx: Option<egui::Context>,
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
    /// What several people say, on rows of their own.
    pub tracks: Option<&'a Tracks>,
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

/// As many words of a text as fit on one line of this width, in the order in which they are read; none where egui's own
/// layout has them in that order, which is where nothing is written from right to left.
#[must_use]
pub fn one_line(ctx: &egui::Context, text: &str, font_size: f32, width: f32) -> Option<Arc<egui::Galley>> {
    if text.is_ascii() || !shape::has_rtl(text) {
        return None;
    }
    let format = shape::Format { font_size, width, pixels_per_point: ctx.pixels_per_point() };
    Some(lanes::first_line(ctx.fonts_mut(|fonts| shape::shape(fonts, text, &format))))
}

/// Draws the letters that most articles need into the font atlas ahead of time, so that the first article opens as fast
/// as the next one. Costs a few milliseconds, once for each font size.
pub fn warm(ctx: &egui::Context, font_size: f32) {
    let names = lanes::name_size(font_size);
    // A glyph is drawn once for each part of a pixel that it may begin at: four in a row begin at different ones.
    let text: String = (' '..='~').flat_map(|c| [c; 4]).collect();
    ctx.fonts_mut(|fonts| {
        for size in [font_size, names] {
            drop(fonts.layout_no_wrap(text.clone(), egui::FontId::proportional(size), egui::Color32::PLACEHOLDER));
        }
    });
}

impl Reader {
    /// The view of an article, at its top.
    #[must_use]
    pub fn new(text: &Text, set: &AnnotationSet, _schema: &Schema) -> Self {
        let blocks = Blocks::new(text);
        let marks = BlockMarks::new(&blocks, set);
        Self {
            text: text.clone(),
            blocks,
            marks,
            anchor: 0,
            caret: 0,
            meaning: None,
            goal: None,
            view: View::new(),
            mouse: Mouse::default(),
            ctx: None,
        }
    }

    /// Learns anew where everything stands, after a change from outside; keeps caret and place as far as they exist.
    pub fn rebuild(&mut self, text: &Text, set: &AnnotationSet, _schema: &Schema) {
        self.text = text.clone();
        self.blocks = Blocks::new(text);
        self.marks = BlockMarks::new(&self.blocks, set);
        self.view.forget(&self.blocks);
        let (anchor, caret) = (text.grapheme_floor(self.anchor), text.grapheme_floor(self.caret));
        (self.anchor, self.caret, self.goal) = (anchor, caret, None);
        self.meaning = self.meaning.and_then(|span| text.check(span));
    }

    /// Learns what a transaction, already applied, changed in the set of `key`: work only where it touched.
    pub fn apply(&mut self, transaction: &Transaction, key: &SetKey, _text: &Text, _schema: &Schema) {
        for edit in &transaction.edits {
            let Some((before, after)) = edit.sides::<Annotation>() else { continue };
            if edit.set() != Some(key) {
                continue;
            }
            for (record, add) in [(before, false), (after, true)] {
                let Some(record) = record else { continue };
                self.marks.put(&self.blocks, record, add, |blocks| self.view.undress(blocks));
            }
        }
    }

    /// Draws the article into the space that is left and says what the mouse did.
    pub fn show(&mut self, ui: &mut egui::Ui, scene: &Scene<'_>) -> Vec<Event> {
        let rect = ui.available_rect_before_wrap();
        let id = Self::id();
        let response = ui.interact(rect, id, egui::Sense::click_and_drag());
        ui.advance_cursor_after_rect(rect);
        if self.ctx.is_none() {
            self.ctx = Some(ui.ctx().clone());
        }
        if response.has_focus() {
            let filter = egui::EventFilter { tab: true, horizontal_arrows: true, vertical_arrows: true, escape: true };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
        }
        self.scroll_input(ui, &response, rect.height());
        let scale = ui.pixels_per_point();
        let page = Page { text: &self.text, blocks: &self.blocks, marks: &self.marks };
        let view = &mut self.view;
        ui.fonts_mut(|fonts| view.lay_out(fonts, page, scene, rect, scale));
        let mut events = Vec::new();
        self.pointer(ui, &response, scene, &mut events);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, scene.theme.ground);
        let hand = Hand { selection: self.meaning, caret: self.caret, focused: response.has_focus() };
        self.view.paint(&painter, self.page(), scene, &hand);
        self.scroll_bar(ui, rect, id, scene);
        self.tell(ui, &response);
        events
    }

    /// The widget that has the keyboard while the caret moves.
    #[must_use]
    pub fn id() -> egui::Id {
        egui::Id::unique("jejak reader")
    }

    /// Gives the reader the keyboard.
    pub fn request_focus(&self, ctx: &egui::Context) {
        ctx.memory_mut(|memory| memory.request_focus(Self::id()));
    }

    /// Where the caret stands.
    #[must_use]
    pub fn caret(&self) -> u32 {
        self.caret
    }

    /// What is selected as a person means it: snapped to words, unless it was made with Alt or by [`Reader::select`].
    #[must_use]
    pub fn selection(&self) -> Option<Span> {
        self.meaning
    }

    /// What lies between the ends of the selection.
    #[must_use]
    pub fn raw_selection(&self) -> Option<Span> {
        (self.anchor != self.caret).then(|| Span::new(self.anchor.min(self.caret), self.anchor.max(self.caret)))
    }

    /// Selects exactly this span, grown to whole graphemes, and puts the caret at its end.
    pub fn select(&mut self, span: Span) {
        let span = self.text.whole_graphemes(Span::new(span.start, span.end.min(self.text.len())));
        (self.anchor, self.caret, self.goal) = (span.start, span.end, None);
        self.meaning = (!span.is_empty()).then_some(span);
    }

    /// Selects nothing; the caret stays.
    pub fn clear_selection(&mut self) {
        self.anchor = self.caret;
        self.meaning = None;
    }

    /// Puts the caret before the grapheme of this byte and selects nothing.
    pub fn set_caret(&mut self, byte: u32) {
        let byte = self.text.grapheme_floor(byte);
        (self.anchor, self.caret, self.goal, self.meaning) = (byte, byte, None, None);
    }

    /// Moves the caret; with `extend` the other end of the selection stays, and the selection is what is meant by it
    /// (exact where it moves by graphemes). The caret is brought into view.
    pub fn move_caret(&mut self, text: &Text, motion: Motion, extend: bool) {
        self.caret = self.moved(text, motion);
        if extend {
            self.mean(motion.step == Step::Grapheme);
        } else {
            (self.anchor, self.meaning) = (self.caret, None);
        }
        self.reveal(Span::new(self.caret, self.caret));
    }

    /// Scrolls in the next frame just so far that this span is visible, or the start of it where it is too long.
    pub fn reveal(&mut self, span: Span) {
        self.view.reveal = Some(span);
    }

    /// Bytes that the view holds beyond the text and the annotations themselves.
    #[must_use]
    pub fn memory(&self) -> usize {
        size_of::<Self>() + self.blocks.memory() + self.marks.memory() + self.view.memory()
    }

    /// The paragraphs that were visible in the last frame.
    #[must_use]
    pub fn visible(&self) -> Range<usize> {
        let paragraph = |block: usize| self.text.paragraph_at(self.blocks.span(&self.text, block).start);
        let ends = self.view.shown.first().zip(self.view.shown.last());
        ends.map_or(0..0, |(first, last)| paragraph(first.block)..paragraph(last.block) + 1)
    }

    /// Where the visible part of a span was drawn in the last frame, in points: one rectangle for each line and
    /// direction of writing.
    #[must_use]
    pub fn rect_of(&self, span: Span) -> Vec<Rect> {
        let mut rects = Vec::new();
        self.view.each_rect(self.page(), span, |rect| rects.push(rect));
        rects
    }

    /// Where the caret would be drawn before `byte`: a line without width, if it is on the screen.
    #[must_use]
    pub fn caret_rect(&self, byte: u32) -> Option<Rect> {
        self.view.caret_rect(self.page(), byte)
    }

    /// The boundary between graphemes that is nearest to a place on the screen.
    #[must_use]
    pub fn byte_at(&self, pos: Pos2) -> Option<u32> {
        self.view.place(self.page(), pos).map(|place| place.boundary)
    }
}
