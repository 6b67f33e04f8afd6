//! View state of one article, and its drawing.

use std::ops::Range;

use eframe::egui::{self, Pos2, Rect};

use super::decorated;
use super::gesture::Mouse;
use super::index::{BlockMarks, Blocks};
use super::paint::Hand;
use super::runs::Told;
use super::scene::{Event, Scene};
use super::view::{Page, View};
use crate::edit::Transaction;
use crate::model::{Annotation, AnnotationSet, Id, Schema, SetKey};
use crate::text::{Span, Text};
use crate::ui::commands::{Motion, Step};

/// Height of the articles' font in points, before zoom.
pub const FONT_SIZE: f32 = 17.0;

/// View state of one article: caret, selection, scroll position, layouts of what is visible, and where the
/// annotations stand.
pub struct Reader {
    pub(super) text: Text,
    pub(super) blocks: Blocks,
    pub(super) marks: BlockMarks,
    /// The place where the selection began, and where the caret is.
    pub(super) anchor: u32,
    pub(super) caret: u32,
    /// The meaning of the selection.
    pub(super) meaning: Option<Span>,
    /// Pieces that were selected before it, and still are.
    pub(super) pieces: Vec<Span>,
    /// The distance from the left at which the caret goes up and down.
    pub(super) goal: Option<f32>,
    pub(super) view: View,
    pub(super) mouse: Mouse,
    pub(super) told: Told,
    /// The place where it was shown: layouts beyond the screen need its fonts.
    pub(super) ctx: Option<egui::Context>,
}

/// Draws the letters that most articles need into the font atlas ahead of time, so that the first article opens as fast
/// as the next one. Costs a few milliseconds, once for each font size.
pub fn warm(ctx: &egui::Context, font_size: f32) {
    let names = decorated::name_size(font_size);
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
            pieces: Vec::new(),
            goal: None,
            view: View::new(),
            mouse: Mouse::default(),
            told: Told::new(text),
            ctx: None,
        }
    }

    /// Learns anew where everything stands, after a change from outside; keeps caret and place as far as they exist.
    pub fn rebuild(&mut self, text: &Text, set: &AnnotationSet, _schema: &Schema) {
        self.text = text.clone();
        self.told = Told::new(text);
        self.blocks = Blocks::new(text);
        self.marks = BlockMarks::new(&self.blocks, set);
        self.view.forget(&self.blocks);
        let (anchor, caret) = (text.grapheme_floor(self.anchor), text.grapheme_floor(self.caret));
        (self.anchor, self.caret, self.goal) = (anchor, caret, None);
        self.meaning = self.meaning.and_then(|span| text.check(span));
        self.pieces.retain(|&span| text.check(span).is_some());
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
        let mut events = Vec::new();
        self.listen(ui, &response, &mut events);
        let scale = ui.pixels_per_point();
        let page = Page { text: &self.text, blocks: &self.blocks, marks: &self.marks };
        let view = &mut self.view;
        ui.fonts_mut(|fonts| view.lay_out(fonts, page, scene, rect, scale));
        self.pointer(ui, &response, scene, &mut events);
        let painter = ui.painter_at(rect);
        painter.rect_filled(rect, 0.0, scene.theme.ground);
        let selection = self.selected_pieces();
        let hand = Hand { selection: &selection, caret: self.caret, focused: response.has_focus() };
        self.view.paint(&painter, self.page(), scene, &hand);
        self.view.ghosts(&painter, self.page(), scene);
        self.scroll_bar(ui, rect, id, scene);
        self.rest(ui, &response, scene);
        self.tell(ui, &response, scene);
        events
    }

    /// The annotations that the pointer rests on, the shortest first.
    #[must_use]
    pub fn rested_on(&self) -> &[Id] {
        &self.mouse.rested_on
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

    /// The place of the caret.
    #[must_use]
    pub fn caret(&self) -> u32 {
        self.caret
    }

    /// The selection as a person means it: snapped to words, unless it was made with Alt or by [`Reader::select`].
    #[must_use]
    pub fn selection(&self) -> Option<Span> {
        self.meaning
    }

    /// All that is selected: the selection, and the pieces that were selected before it; in the order of the text, joined
    /// where they touch.
    #[must_use]
    pub fn selected_pieces(&self) -> Vec<Span> {
        Annotation::tidy(self.pieces.iter().copied().chain(self.meaning).collect())
    }

    /// True where the selection is more than what was dragged over: it was grown to whole words.
    #[must_use]
    pub fn selection_grew(&self) -> bool {
        let sides = self.meaning.zip(self.raw_selection());
        sides.is_some_and(|(meant, rough)| meant.start < rough.start || meant.end > rough.end)
    }

    /// The text between the ends of the selection.
    #[must_use]
    pub fn raw_selection(&self) -> Option<Span> {
        (self.anchor != self.caret).then(|| Span::new(self.anchor.min(self.caret), self.anchor.max(self.caret)))
    }

    /// Selects exactly this span, grown to whole graphemes, and puts the caret at its end.
    pub fn select(&mut self, span: Span) {
        let span = self.text.whole_graphemes(Span::new(span.start, span.end.min(self.text.len())));
        (self.anchor, self.caret, self.goal) = (span.start, span.end, None);
        self.pieces.clear();
        self.meaning = (!span.is_empty()).then_some(span);
    }

    /// Selects nothing; the caret stays.
    pub fn clear_selection(&mut self) {
        self.anchor = self.caret;
        self.meaning = None;
        self.pieces.clear();
    }

    /// Puts the caret before the grapheme of this byte and selects nothing.
    pub fn set_caret(&mut self, byte: u32) {
        let byte = self.text.grapheme_floor(byte);
        (self.anchor, self.caret, self.goal, self.meaning) = (byte, byte, None, None);
        self.pieces.clear();
    }

    /// Moves the caret; with `extend` the other end of the selection stays, and the selection is what is meant by it
    /// (exact where it moves by graphemes). The caret is brought into view.
    pub fn move_caret(&mut self, text: &Text, motion: Motion, extend: bool) {
        self.caret = self.moved(text, motion);
        if extend {
            self.mean(motion.step == Step::Grapheme);
        } else {
            self.clear_selection();
        }
        self.reveal(Span::new(self.caret, self.caret));
    }

    /// Scrolls in the next frame just so far that this span is visible, or the start of it where it is too long.
    pub fn reveal(&mut self, span: Span) {
        self.view.reveal = Some(span);
    }

    /// True where a part of a span that is not empty was on the screen in the last frame, or is brought there in the next one.
    #[must_use]
    pub fn in_view(&self, span: Span) -> bool {
        let coming = self.view.reveal.is_some_and(|place| place.start <= span.end && span.start <= place.end);
        // Nothing has been drawn yet: nothing can have been scrolled away.
        let seen = |rect: &Rect| self.view.rect.y_range().contains(rect.center().y);
        coming || self.view.shown.is_empty() || self.rect_of(span).iter().any(seen)
    }

    /// True where all of a span was on the screen in the last frame.
    #[must_use]
    pub fn on_screen(&self, span: Span) -> bool {
        let rects = self.rect_of(span);
        let seen = |rect: &Rect| self.view.rect.y_range().contains(rect.center().y);
        let ends = [Span::new(span.start, span.start + 1), Span::new(span.end - 1, span.end)];
        !rects.is_empty()
            && rects.iter().all(seen)
            && ends.iter().all(|&end| !self.rect_of(self.text.whole_graphemes(end)).is_empty())
    }

    /// A script of the article that no font here has, each once: its name, a font that has it, and the Debian package of that.
    pub fn lacks_font(&mut self) -> Option<(String, String, &'static str)> {
        self.view.scripts.lacking()
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

    /// The place where the visible part of a span was drawn in the last frame, in points: one rectangle for each line
    /// and direction of writing.
    #[must_use]
    pub fn rect_of(&self, span: Span) -> Vec<Rect> {
        let mut rects = Vec::new();
        self.view.each_rect(self.page(), span, |rect| rects.push(rect));
        rects
    }

    /// The place where the caret would be drawn before `byte`: a line without width, if it is on the screen.
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
