//! The letters of a PDF with their places, as its pages are drawn.

use std::time::Instant;

use hayro_interpret::font::{Glyph, GlyphRun};
use hayro_interpret::hayro_cmap::{BfString, WritingMode};
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::Dict;
use hayro_interpret::kurbo::{Affine, BezPath, Point, Rect, Vec2};
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, DrawMode, DrawProps, Image, ImageDrawProps, InterpreterCache,
    InterpreterSettings, SoftMask, TransformExt as _, interpret_page,
};

use super::layout::{Letter, Page};

/// Units of a font's square.
const EM: f64 = 1_000.0;

/// The pages of a document, and what was met while they were drawn.
#[derive(Default)]
pub(super) struct Drawn {
    pub pages: Vec<Page>,
    /// Letters of which the file does not say what they are.
    pub unknown: usize,
    /// Letters that stand askew: stamps, lines down the side.
    pub askew: usize,
    /// Letters that the file itself calls no part of the text: headers, footers, page numbers.
    pub artifacts: usize,
}

/// The sign by which drawing is ended before its time: there are too many letters, or it takes too long.
pub(super) struct EndedEarly;

/// Draws all pages. Ends by unwinding with [`EndedEarly`] where a bound is passed, for no drawing can say that it wants no more.
pub(super) fn draw(pdf: &Pdf, most_letters: usize, until: Instant) -> Drawn {
    let mut drawn = Drawn::default();
    let cache = InterpreterCache::new();
    let mut letters = 0;
    for page in pdf.pages().iter() {
        let (width, height) = page.render_dimensions();
        let (width, height) = (f64::from(width), f64::from(height));
        let turn = page.initial_transform(true).to_kurbo();
        let whole = Rect::new(0.0, 0.0, width, height);
        let mut context = Context::new(turn, whole, &cache, pdf.xref(), InterpreterSettings::default());
        let mut device = LetterDevice {
            page: Page { width, height, ..Page::default() },
            drawn: &mut drawn,
            marked: Vec::new(),
            left: most_letters - letters,
            until,
        };
        interpret_page(page, &mut context, &mut device);
        let page = device.page;
        letters += page.letters.len();
        drawn.pages.push(page);
    }
    drawn
}

struct LetterDevice<'d> {
    page: Page,
    drawn: &'d mut Drawn,
    /// Marked parts that are open: true for those that are no part of the text.
    marked: Vec<bool>,
    left: usize,
    until: Instant,
}

impl LetterDevice<'_> {
    fn look_at_the_bounds(&self) {
        if self.page.letters.len() > self.left || Instant::now() > self.until {
            std::panic::resume_unwind(Box::new(EndedEarly));
        }
    }

    fn letter(&mut self, glyph: &Glyph, place: Affine) {
        let at = place * Point::ZERO;
        let vector = |x, y| -> Vec2 { place * Point::new(x, y) - at };
        let advance = match glyph {
            Glyph::Outline(outline) => outline.advance_width().map_or(EM / 2.0, f64::from),
            Glyph::Type3(_) => EM / 2.0,
        };
        let (along, up) = (vector(advance, 0.0), vector(0.0, EM));
        let size = up.hypot();
        let is_inside =
            (-1.0..=self.page.width + 1.0).contains(&at.x) && (-1.0..=self.page.height + 1.0).contains(&at.y);
        if !is_inside || !size.is_finite() || size < 0.5 {
            return;
        }
        let text = match glyph.as_unicode() {
            Some(BfString::Char(char)) => char.to_string(),
            Some(BfString::String(text)) => text,
            None => {
                self.drawn.unknown += 1;
                '\u{fffd}'.to_string()
            }
        };
        if along.y.abs() > along.x.abs() * 0.1 || along.x < 0.0 {
            self.drawn.askew += usize::from(!text.trim().is_empty());
            return;
        }
        if self.marked.iter().any(|&is_artifact| is_artifact) {
            self.drawn.artifacts += usize::from(!text.trim().is_empty());
            return;
        }
        self.page.letters.push(Letter { text, x: at.x, y: at.y, width: along.x, size });
    }
}

impl<'a> Device<'a> for LetterDevice<'_> {
    fn draw_glyph_run(&mut self, run: &GlyphRun<'_, 'a>, props: DrawProps<'a>, _: &DrawMode) {
        self.look_at_the_bounds();
        if run.writing_mode() == WritingMode::Vertical {
            self.drawn.askew += run.glyphs().len();
            return;
        }
        for glyph in run.glyphs() {
            self.letter(glyph, props.transform * glyph.transform());
        }
    }

    fn draw_image(&mut self, _: Image<'a, '_>, _: ImageDrawProps<'a>) {
        self.page.has_pictures = true;
        self.look_at_the_bounds();
    }

    fn begin_marked_content(&mut self, tag: &[u8], _: Option<&Dict<'_>>) {
        self.marked.push(tag == b"Artifact");
        self.look_at_the_bounds();
    }

    fn end_marked_content(&mut self) {
        self.marked.pop();
    }

    fn draw_path(&mut self, _: &BezPath, _: DrawProps<'a>, _: &DrawMode) {
        self.look_at_the_bounds();
    }

    fn push_clip_path(&mut self, _: &ClipPath) {
        self.look_at_the_bounds();
    }

    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'a>>, _: BlendMode) {
        self.look_at_the_bounds();
    }

    fn pop_clip(&mut self) {}

    fn pop_transparency_group(&mut self) {}
}
