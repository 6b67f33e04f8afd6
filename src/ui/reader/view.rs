//! The part of the article that is on the screen, and the layouts of just that part.
//!
//! The place is held as a block and an offset into it, never as a distance from the top: what is above may turn out
//! higher or lower than estimated, and the words that are being read stay where they are.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Galley, TextOptions};
use eframe::egui::{Pos2, Rect, pos2, vec2};

use super::decorated::{Decorated, Metrics};
use super::gesture::Edge;
use super::heights::{Heights, estimate, natural_widths};
use super::index::{BlockMark, BlockMarks, Blocks};
use super::label_style::LabelStyles;
use super::lanes::LineDecorator;
use super::runs::{self, Run};
use super::scene::Scene;
use super::scripts::Scripts;
use crate::model::Id;
use crate::text::{Span, Text};
use crate::ui::widgets::shaping::{Format, Shaped, shape};
use crate::ui::widgets::theme::Look;

/// Longest line in heights of the font: some 85 letters.
const COLUMN_EMS: f32 = 43.0;
/// Left of the column: paragraph numbers and the names of zones.
const GUTTER: f32 = 100.0;
/// Right of the column, beside the scroll bar.
const MARGIN: f32 = 28.0;
/// The middle of the handle of an edge, above the bottom of its line.
const HANDLE_ABOVE: f32 = 3.0;
/// Blocks above the screen, and as many below it, that a screen reader is told of.
const BEYOND: usize = 8;
/// Above the first and below the last paragraph.
const TOP: f32 = 14.0;
const BOTTOM: f32 = 48.0;

/// A block as it was laid out.
pub struct Laid {
    pub shaped: Shaped,
    /// Nothing where labels have changed since.
    decorated: Option<Decorated>,
    /// Number of the paragraph, at its first block.
    pub number: Option<Arc<Galley>>,
    /// The lines as a screen reader has them, made when one listens.
    runs: OnceCell<Vec<Run>>,
}

impl Laid {
    pub fn decorated(&self) -> Option<&Decorated> {
        self.decorated.as_ref()
    }

    /// The lines of this block, `span`, as a screen reader has them.
    pub fn runs(&self, text: &Text, span: Span) -> &[Run] {
        self.runs.get_or_init(|| runs::of(text, span, &self.shaped))
    }
}

/// A block that is on the screen: which, and where the top left of its column is.
#[derive(Debug, Clone, Copy)]
pub struct Shown {
    pub block: usize,
    pub origin: Pos2,
}

/// A place on the screen as a place in the text.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// The grapheme that is there or nearest.
    pub byte: u32,
    /// The boundary between graphemes that is nearest.
    pub boundary: u32,
    /// True where the pointer is on the words of the grapheme and not only nearest to them.
    pub inside: bool,
}

/// The inputs of the labels' styles.
#[derive(Debug, Clone, PartialEq)]
struct DecorationKey {
    look: Look,
    language: String,
    names: bool,
    /// The open frame and the record that it was, by address: a changed record is another one.
    frame: Option<(Id, usize)>,
    schema: usize,
    tracks: Option<u64>,
}

/// The content: borrowed together wherever blocks are laid out.
#[derive(Clone, Copy)]
pub struct Page<'a> {
    pub text: &'a Text,
    pub blocks: &'a Blocks,
    pub marks: &'a BlockMarks,
}

/// The part of an article that is on the screen.
pub struct View {
    pub rect: Rect,
    pub shown: Vec<Shown>,
    /// True where a screen reader listens: what stands just above and below is laid out, too.
    pub listened: bool,
    /// The blocks that it is told of, those on the screen among them.
    pub told: Vec<Shown>,
    /// The scripts that were met, and those without a font.
    pub scripts: Scripts,
    format: Option<Format>,
    metrics: Option<Metrics>,
    decoration: Option<DecorationKey>,
    pub styles: LabelStyles,
    atlas: f32,
    options: Option<TextOptions>,
    natural: Vec<f32>,
    pub heights: Heights,
    laid: HashMap<usize, Laid>,
    top: usize,
    offset: f32,
    pub reveal: Option<Span>,
}

impl View {
    /// The top of an article, before anything is known of the window.
    pub fn new() -> Self {
        Self {
            rect: Rect::NOTHING,
            shown: Vec::new(),
            listened: false,
            told: Vec::new(),
            scripts: Scripts::default(),
            format: None,
            metrics: None,
            decoration: None,
            styles: LabelStyles::default(),
            atlas: 0.0,
            options: None,
            natural: Vec::new(),
            heights: Heights::default(),
            laid: HashMap::new(),
            top: 0,
            offset: -TOP,
            reveal: None,
        }
    }

    /// Forgets what was laid out for another text or another index; the place stays as far as it exists.
    pub fn forget(&mut self, blocks: &Blocks) {
        self.laid.clear();
        self.natural.clear();
        self.format = None;
        self.shown.clear();
        self.top = self.top.min(blocks.len() - 1);
    }

    /// Forgets how blocks are decorated, not how they are shaped.
    pub fn undress(&mut self, blocks: std::ops::Range<usize>) {
        if blocks.len() > self.laid.len() {
            self.laid
                .iter_mut()
                .filter(|(block, _)| blocks.contains(block))
                .for_each(|(_, laid)| laid.decorated = None);
        } else {
            for block in blocks {
                if let Some(laid) = self.laid.get_mut(&block) {
                    laid.decorated = None;
                }
            }
        }
    }

    /// A block that is on the screen or was a moment ago.
    pub fn laid(&self, block: usize) -> Option<&Laid> {
        self.laid.get(&block)
    }

    /// Height of what can be scrolled.
    pub fn total(&self) -> f64 {
        self.heights.total() + f64::from(TOP + BOTTOM)
    }

    /// The distance of the top of the screen from the top of the article.
    pub fn position(&self) -> f64 {
        self.heights.top(self.top) + f64::from(self.offset + TOP)
    }

    /// Scrolls by so many points, down where positive.
    pub fn scroll_by(&mut self, points: f32) {
        self.offset += points;
    }

    /// Scrolls so that this height is at the top of the screen.
    pub fn scroll_to(&mut self, y: f64) {
        let y = y - f64::from(TOP);
        if y < 0.0 {
            (self.top, self.offset) = (0, y as f32);
        } else {
            (self.top, self.offset) = self.heights.find(y);
        }
    }

    /// Lays out what is visible in `rect`.
    pub fn lay_out(&mut self, fonts: &mut FontsView<'_>, page: Page<'_>, scene: &Scene<'_>, rect: Rect, scale: f32) {
        self.rect = rect;
        self.fit(fonts, page, scene, scale);
        let (Some(format), Some(metrics)) = (self.format, self.metrics) else { return };
        let height = rect.height();
        let pen = &mut Pen { fonts, page, scene, format, metrics };
        if let Some(span) = self.reveal.take() {
            self.bring_in(pen, span, height);
        }
        let last = page.blocks.len() - 1;
        self.normalise(pen, last);
        let mut bottom = self.fill(pen, last, height);
        if bottom < height - BOTTOM && (self.top > 0 || self.offset > -TOP) {
            // Too far down: the end of the text belongs at the bottom.
            self.offset -= height - BOTTOM - bottom;
            self.normalise(pen, last);
            bottom = self.fill(pen, last, height);
        }
        debug_assert!(bottom >= 0.0);
        self.count(pen);
        let column = self.column(format.width);
        let mut y = rect.top() - self.offset;
        for shown in &mut self.shown {
            let snapped = (y * scale).round() / scale;
            shown.origin = pos2(column, snapped);
            y += self.heights.of(shown.block);
        }
        self.tell(pen, last);
        if self.laid.len() > self.shown.len() * 2 + 64 {
            let (first, after) = (self.top.saturating_sub(16), self.top + self.shown.len() + 16);
            self.laid.retain(|block, _| (first..after).contains(block));
        }
    }

    /// Lays out what is told beyond the screen: as much above as below.
    fn tell(&mut self, pen: &mut Pen<'_, '_, '_>, last: usize) {
        self.told.clear();
        let (Some(&first), Some(&end)) = (self.shown.first(), self.shown.last()) else { return };
        if !self.listened {
            return;
        }
        self.told.extend_from_slice(&self.shown);
        let (mut above, mut below) = (first, end);
        for _ in 0..BEYOND {
            if above.block > 0 {
                above.block -= 1;
                above.origin.y -= self.ensure(pen, above.block);
                self.told.insert(0, above);
            }
            if below.block < last {
                below.origin.y += self.heights.of(below.block);
                below.block += 1;
                self.ensure(pen, below.block);
                self.told.push(below);
            }
        }
    }

    /// Left edge of the column: in the middle where there is room.
    fn column(&self, width: f32) -> f32 {
        let rect = self.rect;
        let free = rect.width() - width - MARGIN;
        rect.left() + (free / 2.0).max(GUTTER.min(free)).max(8.0).round()
    }

    /// Sees whether what was laid out still fits the window, the font and the theme.
    fn fit(&mut self, fonts: &mut FontsView<'_>, page: Page<'_>, scene: &Scene<'_>, scale: f32) {
        let room = self.rect.width() - GUTTER - MARGIN;
        let width = room.clamp(scene.font_size * 6.0, scene.font_size * COLUMN_EMS).floor();
        let format = Format { font_size: scene.font_size, width, pixels_per_point: scale };
        let metrics = Metrics::new(fonts, scene.font_size, scene.show_labels, scene.spacing, scale);
        // The atlas was emptied: kept glyphs would show what has taken their place.
        let atlas = fonts.font_atlas_fill_ratio();
        // Other options (a theme has its own) make a new atlas, too, which may be as full again by now.
        let stale = atlas < self.atlas || self.options != Some(*fonts.options());
        (self.atlas, self.options) = (atlas, Some(*fonts.options()));
        let refit = self.format != Some(format) || self.metrics != Some(metrics) || stale;
        if refit {
            let share = self.heights_share();
            self.laid.clear();
            self.decoration = None;
            if self.natural.len() != page.blocks.len() {
                self.natural = natural_widths(page.text, page.blocks, fonts);
            }
            let estimated = estimate(page.text, page.blocks, &self.natural, &metrics, width);
            self.heights = Heights::new(estimated);
            (self.format, self.metrics) = (Some(format), Some(metrics));
            if let Some(share) = share {
                let pen = &mut Pen { fonts, page, scene, format, metrics };
                self.decorate(pen);
                self.offset = share * self.ensure(pen, self.top);
            }
        }
        let pen = &mut Pen { fonts, page, scene, format, metrics };
        self.decorate(pen);
    }

    /// The distance into its block at which the top of the screen is, as a share of the block's height.
    fn heights_share(&self) -> Option<f32> {
        let height = self.laid.get(&self.top)?.decorated.as_ref()?.height;
        (self.offset > 0.0 && height > 0.0).then_some(self.offset / height)
    }

    /// Sees whether the labels still look as they did.
    fn decorate(&mut self, pen: &mut Pen<'_, '_, '_>) {
        let Scene { theme, language, schema, set, open_frame, show_labels, tracks, .. } = *pen.scene;
        let tracks = tracks.map(|tracks| tracks.revision);
        let frame = open_frame.and_then(|id| Some((id, Arc::as_ptr(set.get(id)?) as usize)));
        let same = self.decoration.as_ref().is_some_and(|key| {
            key.look == theme.look
                && key.language == language
                && key.names == show_labels
                && key.frame == frame
                && key.schema == std::ptr::from_ref(schema) as usize
                && key.tracks == tracks
        });
        if same {
            return;
        }
        self.styles = LabelStyles::new(pen.fonts, schema, theme, language, pen.metrics.name_size);
        if let Some((id, _)) = frame {
            self.styles.open(pen.fonts, set, schema, language, id);
        }
        self.laid.values_mut().for_each(|laid| laid.decorated = None);
        let (look, language, names) = (theme.look, language.to_owned(), show_labels);
        self.decoration =
            Some(DecorationKey { look, language, names, frame, schema: std::ptr::from_ref(schema) as usize, tracks });
    }

    /// Lays a block out where it is not; gives back its height.
    fn ensure(&mut self, pen: &mut Pen<'_, '_, '_>, block: usize) -> f32 {
        let scripts = &mut self.scripts;
        let laid = self.laid.entry(block).or_insert_with(|| {
            let content = pen.page.text.slice(pen.page.blocks.span(pen.page.text, block));
            scripts.meet(pen.fonts, &pen.format.font(), content);
            pen.shape(block)
        });
        if laid.decorated.is_none() {
            let decorated = pen.decorate(&mut self.styles, &laid.shaped, block);
            self.heights.set(block, decorated.height);
            laid.decorated = Some(decorated);
        }
        self.heights.of(block)
    }

    /// Makes the top block the one that the top of the screen is in.
    fn normalise(&mut self, pen: &mut Pen<'_, '_, '_>, last: usize) {
        while self.offset < 0.0 && self.top > 0 {
            self.top -= 1;
            self.offset += self.ensure(pen, self.top);
        }
        if self.top == 0 {
            self.offset = self.offset.max(-TOP);
        }
        while self.top < last {
            let height = self.ensure(pen, self.top);
            if self.offset < height {
                break;
            }
            self.offset -= height;
            self.top += 1;
        }
    }

    /// Lays out from the top block to the bottom of the screen; gives back where the last block ends.
    fn fill(&mut self, pen: &mut Pen<'_, '_, '_>, last: usize, height: f32) -> f32 {
        self.shown.clear();
        let mut y = -self.offset;
        let mut block = self.top;
        while y < height && block <= last {
            self.shown.push(Shown { block, origin: Pos2::ZERO });
            y += self.ensure(pen, block);
            block += 1;
        }
        y
    }

    /// Numbers the visible paragraphs. After all text is shaped, since a font is slow to change its size.
    fn count(&mut self, pen: &mut Pen<'_, '_, '_>) {
        for shown in &self.shown {
            let Some(laid) = self.laid.get_mut(&shown.block).filter(|laid| laid.number.is_none()) else { continue };
            let start = pen.page.blocks.span(pen.page.text, shown.block).start;
            let paragraph = pen.page.text.paragraph_at(start);
            if pen.page.text.paragraph(paragraph).start == start && !laid.shaped.cells.is_empty() {
                laid.number = Some(self.styles.small(pen.fonts, (paragraph + 1).to_string()));
            }
        }
    }

    /// Scrolls just so far that `span` is visible.
    fn bring_in(&mut self, pen: &mut Pen<'_, '_, '_>, span: Span, height: f32) {
        let block = pen.page.blocks.at(span.start.min(pen.page.text.len()));
        self.ensure(pen, block);
        let Some((shaped, decorated)) = self.laid.get(&block).and_then(|laid| Some((&laid.shaped, laid.decorated()?)))
        else {
            return;
        };
        let start = pen.page.blocks.span(pen.page.text, block).start;
        let first = decorated.tops[shaped.line_at(span.start.max(start) - start)];
        let last_byte = span.end.max(span.start + 1) - 1 - start.min(span.end);
        let last = decorated.tops[shaped.line_at(last_byte.max(span.start.max(start) - start))];
        // With everything that stands below its words.
        let end = shaped.line_at(last_byte.max(span.start.max(start) - start)) + 1;
        let line = decorated.tops.get(end).copied().unwrap_or(decorated.height - pen.metrics.paragraph_gap);
        let line = line - last;
        let margin = (height * 0.12).min(line);
        let here = (self.heights.top(block) - self.heights.top(self.top)) as f32 - self.offset;
        let (above, below) = (here + first, here + last + line);
        let wanted = if above >= margin.min(here.max(0.0)) && below <= height - margin {
            return;
        } else if above < -height || below > height * 2.0 {
            height * 0.3
        } else if above < margin || below - above > height - 2.0 * margin {
            margin
        } else {
            height - margin - (below - above)
        };
        (self.top, self.offset) = (block, first - wanted);
    }

    /// Shapes a block without labels, for the caret's way through what is not on the screen.
    pub fn shape_only(&self, fonts: &mut FontsView<'_>, content: &str) -> Option<Shaped> {
        Some(shape(fonts, content, &self.format?))
    }

    /// The block, line and place within the column at a place on the screen; the nearest where there is no text.
    fn find(&self, pos: Pos2) -> Option<(&Shown, &Laid, usize, f32)> {
        let below = self.shown.partition_point(|shown| shown.origin.y <= pos.y);
        let shown = self.shown.get(below.saturating_sub(1))?;
        let laid = self.laid.get(&shown.block)?;
        let local = pos - shown.origin;
        let tops = &laid.decorated.as_ref()?.tops;
        let line = tops.partition_point(|&top| top <= local.y).saturating_sub(1);
        Some((shown, laid, line, local.x))
    }

    /// The place in the text at a place on the screen.
    pub fn place(&self, page: Page<'_>, pos: Pos2) -> Option<Place> {
        let (shown, laid, line, x) = self.find(pos)?;
        let span = page.blocks.span(page.text, shown.block);
        let hit = laid.shaped.hit(page.text.slice(span), line, x);
        let decorated = laid.decorated.as_ref()?;
        let y = pos.y - shown.origin.y - decorated.tops[line];
        let inside = hit.inside && (0.0..decorated.row).contains(&y);
        Some(Place { byte: span.start + hit.grapheme, boundary: span.start + hit.boundary, inside })
    }

    /// Calls `each` with the edges of the selected annotation, where one alone is, and the places of their handles below the words.
    pub fn handles(&self, page: Page<'_>, scene: &Scene<'_>, mut each: impl FnMut(Edge, Pos2)) {
        let &[id] = scene.selected else { return };
        let Some(record) = scene.set.get(id) else { return };
        for &piece in &record.at {
            for start in [true, false] {
                let first = if start { piece.start } else { page.text.prev_grapheme(piece.end) };
                let sign = Span::new(first, page.text.next_grapheme(first));
                self.each_rect(page, sign, |rect| {
                    let caret = self.caret_rect(page, first).map_or(rect.left(), |caret| caret.left());
                    let rtl = (caret - rect.right()).abs() < (caret - rect.left()).abs();
                    let x = if start == rtl { rect.right() } else { rect.left() };
                    let line = self.metrics.map_or(rect.height(), |metrics| metrics.line);
                    each(Edge { id, piece, start }, pos2(x, rect.top() + line - HANDLE_ABOVE));
                });
            }
        }
    }

    /// The sizes that everything is measured in; none before the first layout.
    pub fn metrics(&self) -> Option<Metrics> {
        self.metrics
    }

    /// The room below the words of a line, in points.
    pub fn room_below(&self) -> f32 {
        self.metrics.map_or(0.0, |metrics| metrics.line - metrics.row)
    }

    /// True left of the column, where paragraphs have their numbers.
    pub fn in_gutter(&self, pos: Pos2) -> bool {
        self.rect.contains(pos) && self.shown.first().is_some_and(|shown| pos.x < shown.origin.x - 4.0)
    }

    /// The annotation whose bar or name is at a place on the screen.
    pub fn bar_at(&self, pos: Pos2) -> Option<Id> {
        let (shown, laid, ..) = self.find(pos)?;
        let decorated = laid.decorated.as_ref()?;
        let local = pos - shown.origin.to_vec2();
        let name = decorated
            .names
            .iter()
            .rev()
            .find(|name| Rect::from_min_size(name.pos, name.galley.size()).expand(1.0).contains(local));
        let on_bar = || decorated.bars.iter().find(|bar| bar.rect.expand2(vec2(0.0, 2.5)).contains(local));
        name.map(|name| name.id).or_else(|| on_bar().map(|bar| bar.id))
    }

    /// The place where the caret before `byte` is drawn, if that is on the screen.
    pub fn caret_rect(&self, page: Page<'_>, byte: u32) -> Option<Rect> {
        let block = page.blocks.at(byte);
        let shown = self.shown.iter().find(|shown| shown.block == block)?;
        let laid = self.laid.get(&block)?;
        let decorated = laid.decorated.as_ref()?;
        let local = byte - page.blocks.span(page.text, block).start;
        let line = laid.shaped.line_at(local);
        let corner = shown.origin + vec2(laid.shaped.caret_x(line, local), decorated.tops[line]);
        Some(Rect::from_min_size(corner, vec2(0.0, decorated.row)))
    }

    /// Calls `draw` with the rectangle of each visible stretch of `span`.
    pub fn each_rect(&self, page: Page<'_>, span: Span, mut draw: impl FnMut(Rect)) {
        for shown in &self.shown {
            let whole = page.blocks.span(page.text, shown.block);
            if whole.start > span.end {
                break;
            }
            let Some(here) = span.intersection(whole) else { continue };
            let Some(laid) = self.laid.get(&shown.block) else { continue };
            let Some(decorated) = &laid.decorated else { continue };
            let bytes = here.start - whole.start..here.end - whole.start;
            let last = laid.shaped.line_at(bytes.end - 1);
            for line in laid.shaped.line_at(bytes.start)..=last {
                for (left, right) in laid.shaped.stretches(line, &bytes) {
                    let corner = shown.origin + vec2(left, decorated.tops[line]);
                    draw(Rect::from_min_size(corner, vec2(right - left, decorated.row)));
                }
            }
        }
    }

    pub fn memory(&self) -> usize {
        let laid: usize = self
            .laid
            .values()
            .map(|laid| laid.shaped.memory() + laid.decorated.as_ref().map_or(0, Decorated::memory) + size_of::<Laid>())
            .sum();
        laid + self.heights.memory() + self.natural.capacity() * 4 + self.shown.capacity() * size_of::<Shown>()
    }
}

/// The inputs of a block's layout.
struct Pen<'a, 'f, 'p> {
    fonts: &'a mut FontsView<'f>,
    page: Page<'p>,
    scene: &'a Scene<'p>,
    format: Format,
    metrics: Metrics,
}

impl Pen<'_, '_, '_> {
    fn shape(&mut self, block: usize) -> Laid {
        let Page { text, blocks, .. } = self.page;
        let span = blocks.span(text, block);
        let shaped = shape(self.fonts, text.slice(span), &self.format);
        Laid { shaped, decorated: None, number: None, runs: OnceCell::new() }
    }

    fn decorate(&mut self, styles: &mut LabelStyles, shaped: &Shaped, block: usize) -> Decorated {
        let Page { text, blocks, marks } = self.page;
        let span = blocks.span(text, block);
        let mut own: Vec<BlockMark> = marks.own(block).to_vec();
        own.extend(marks.wide().iter().filter(|mark| mark.span.overlaps(span)));
        own.extend(styles.bare(span));
        let (set, metrics, width) = (self.scene.set, self.metrics, self.format.width);
        LineDecorator { set, tracks: self.scene.tracks, styles, metrics, width }
            .decorate(self.fonts, shaped, span.start, &own)
    }
}
