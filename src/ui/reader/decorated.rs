//! A block with everything that is drawn in it, and the measures of that.

use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Galley};
use eframe::egui::{Color32, Pos2, Rect};

use crate::model::{Id, Pattern};
use crate::store::settings::Spacing;

/// Sizes that everything is measured in, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Metrics {
    /// Height of the running text's font.
    pub font_size: f32,
    /// Height of a line of text without what stands below it.
    pub row: f32,
    /// Height of a line with the room below it: the same for all, labelled or not, so that no label moves the text.
    pub line: f32,
    /// The first lane, from the top of its line.
    pub lanes_top: f32,
    /// Height of a lane.
    pub lane: f32,
    /// The number of lanes that there is room for; annotations beyond them become a count.
    pub lanes: usize,
    /// The names, from the top of their line.
    pub names_top: f32,
    /// The lanes that names leave free; further ones and names take each other's place.
    pub lanes_above_names: usize,
    /// Below a paragraph.
    pub paragraph_gap: f32,
    /// Height of the font of names; 0 where none are written.
    pub name_size: f32,
    /// True where labels are named; otherwise only the roles of the open frame are.
    pub names: bool,
    /// Height of a row of a person's readings.
    pub track: f32,
    /// Height of the font of names there.
    pub track_name: f32,
}

/// Height of the font of names beside a reading font of this height.
pub fn name_size(font_size: f32) -> f32 {
    (font_size * 11.0 / 17.0).clamp(11.0, 20.0)
}

/// The measures of a spacing beside a font of 17 points.
struct Measures {
    line: f32,
    lanes_top: f32,
    lane: f32,
    lanes: usize,
    names_top: f32,
    lanes_above_names: usize,
    /// Height of the font of names; 0 where there is no room for them.
    name: f32,
}

/// Between the letters of one line and those of the next there are 8, 16 and 24 points.
const fn measures(spacing: Spacing) -> Measures {
    match spacing {
        Spacing::Compact => Measures {
            line: 24.0,
            lanes_top: 20.0,
            lane: 3.0,
            lanes: 3,
            names_top: 0.0,
            lanes_above_names: 3,
            name: 0.0,
        },
        Spacing::Usual => Measures {
            line: 32.0,
            lanes_top: 21.0,
            lane: 4.0,
            lanes: 4,
            names_top: 22.5,
            lanes_above_names: 1,
            name: 11.0,
        },
        Spacing::Wide => Measures {
            line: 40.0,
            lanes_top: 21.0,
            lane: 4.0,
            lanes: 6,
            names_top: 27.0,
            lanes_above_names: 2,
            name: 12.0,
        },
    }
}

impl Metrics {
    /// Translucent fills over each other.
    pub const FILLS: usize = 2;
    /// Height of a bar.
    pub const BAR: f32 = 3.0;

    /// Measures for a window with so many pixels to a point.
    pub fn new(fonts: &mut FontsView<'_>, font_size: f32, names: bool, spacing: Spacing, pixels: f32) -> Self {
        let row = fonts.row_height(&eframe::egui::FontId::proportional(font_size)).round();
        let (of, scale) = (measures(spacing), font_size / 17.0);
        let track_name = name_size(font_size);
        Self {
            font_size,
            row,
            // On whole pixels, so that every line is as crisp as the first.
            line: ((of.line * scale).round().max(row) * pixels).round() / pixels,
            lanes_top: of.lanes_top * scale,
            lane: of.lane * scale,
            lanes: of.lanes,
            names_top: of.names_top * scale,
            lanes_above_names: of.lanes_above_names,
            paragraph_gap: (font_size * 0.45).round(),
            name_size: of.name * scale,
            names,
            track: (Self::BAR + track_name * 1.36 + 3.0).round(),
            track_name,
        }
    }

    /// Height of a block of so many lines.
    pub fn block_height(&self, lines: usize) -> f32 {
        lines as f32 * self.line + self.paragraph_gap
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
    /// The words of a screen reader for the readings of several people.
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
