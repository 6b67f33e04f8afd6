//! A block with everything that is drawn in it, and the measures of that.

use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Galley};
use eframe::egui::{Color32, Pos2, Rect};

use crate::model::{Id, Pattern};

/// Sizes that everything is measured in, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Height of the running text's font.
    pub font_size: f32,
    /// Height of a line of text without lanes.
    pub row: f32,
    /// Height of a lane.
    pub lane: f32,
    /// Below the lanes of a line.
    pub gap: f32,
    /// Below a paragraph.
    pub paragraph_gap: f32,
    /// Height of the font of names; 0 where none are written.
    pub name_size: f32,
    /// Height of a row of a person's readings.
    pub track: f32,
    /// Height of the font of names there.
    pub track_name: f32,
}

/// Height of the font of names beside a reading font of this height.
pub fn name_size(font_size: f32) -> f32 {
    (font_size * 0.58).clamp(8.5, 20.0)
}

impl Metrics {
    /// Lanes beyond these become a count.
    pub const LANES: usize = 5;
    /// Translucent fills over each other.
    pub const FILLS: usize = 2;
    /// Height of a bar.
    pub const BAR: f32 = 3.0;

    pub fn new(fonts: &mut FontsView<'_>, font_size: f32, names: bool) -> Self {
        let row = fonts.row_height(&eframe::egui::FontId::proportional(font_size)).round();
        let track_name = name_size(font_size);
        let name_size = if names { track_name } else { 0.0 };
        Self {
            font_size,
            row,
            lane: if names { (Self::BAR + name_size * 1.36).round() } else { Self::BAR + 3.0 },
            gap: (font_size * 0.2).round(),
            paragraph_gap: (font_size * 0.45).round(),
            name_size,
            track: (Self::BAR + track_name * 1.36 + 3.0).round(),
            track_name,
        }
    }

    /// Lanes that a line takes where so many annotations lie over each other.
    pub fn lanes(&self, depth: usize) -> usize {
        if depth > Self::LANES { Self::LANES + 1 } else { depth.max(1) }
    }

    /// Height of a block of so many lines with one lane each.
    pub fn block_height(&self, lines: usize) -> f32 {
        lines as f32 * (self.row + self.lane + self.gap) + self.paragraph_gap
    }

    /// Height of a block without a character: a gap, since nothing can be marked in it.
    pub fn blank_height(&self) -> f32 {
        (self.row * 0.7).round()
    }
}

/// A bar under a piece of an annotation. All places are from the top left of the block's column.
#[derive(Debug, Clone)]
pub struct Bar {
    pub id: Id,
    /// Index into [`LabelStyles`].
    pub look: usize,
    pub rect: Rect,
    /// Behind the words; nothing beyond two fills over each other.
    pub fill: Option<Rect>,
    /// A thin line between two fragments instead of a bar under one.
    pub connector: bool,
    /// True where it fills a role of the frame whose card is open.
    pub linked: bool,
}

/// The words under a bar.
#[derive(Debug, Clone)]
pub struct Name {
    pub id: Id,
    pub pos: Pos2,
    pub galley: Arc<Galley>,
    pub color: Color32,
    /// Boxed and above everything: a role of the open frame.
    pub boxed: Option<Color32>,
}

/// A block with everything that is drawn in it.
#[derive(Debug)]
pub struct Decorated {
    /// Top of each line of text.
    pub tops: Vec<f32>,
    /// Height of the text on a line.
    pub row: f32,
    pub height: f32,
    /// The glyphs, moved to their places.
    pub galley: Arc<Galley>,
    pub bars: Vec<Bar>,
    pub names: Vec<Name>,
    /// The number of annotations that found no lane: place and text.
    pub more: Vec<(Pos2, Arc<Galley>)>,
    /// Readings of several people.
    pub track_bars: Vec<TrackBar>,
    pub track_names: Vec<TrackName>,
    /// Zones in this block, each with the height from top to bottom that it covers.
    pub zones: Vec<(usize, Id, f32, f32)>,
    /// The words of a screen reader for the annotations.
    pub spoken: String,
}

/// A bar of a row. Places are from the top left of the block's column.
#[derive(Debug, Clone)]
pub struct TrackBar {
    pub rect: Rect,
    pub pattern: Pattern,
    pub color: Color32,
    /// Between two fragments.
    pub connector: bool,
}

/// The words under a bar.
#[derive(Debug, Clone)]
pub struct TrackName {
    pub pos: Pos2,
    pub galley: Arc<Galley>,
    pub color: Color32,
}

impl Decorated {
    pub fn memory(&self) -> usize {
        self.bars.capacity() * size_of::<Bar>()
            + self.names.capacity() * size_of::<Name>()
            + self.tops.capacity() * 4
            + self.galley.rows.capacity() * size_of::<eframe::egui::epaint::text::PlacedRow>()
            + self.spoken.capacity()
    }
}
