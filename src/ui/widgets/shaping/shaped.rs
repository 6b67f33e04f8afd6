//! A block of text as it stands on the screen: lines of glyphs, and the place of each grapheme in them.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::epaint::text::{Galley, LayoutJob, PlacedRow};
use eframe::egui::{Color32, FontFamily, FontId};

/// The shaper of everything.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Format {
    /// Height of the font in points.
    pub font_size: f32,
    /// Width of the column in points.
    pub width: f32,
    /// Physical pixels for each point.
    pub pixels_per_point: f32,
}

impl Format {
    pub fn font(&self) -> FontId {
        FontId::new(self.font_size, FontFamily::Proportional)
    }

    /// A job whose colour is chosen when it is painted.
    pub fn job(&self, text: &str, width: f32) -> LayoutJob {
        let mut job = LayoutJob::simple(text.to_owned(), self.font(), Color32::PLACEHOLDER, width);
        job.break_on_newline = false;
        job
    }
}

/// One grapheme on the screen.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cell {
    /// Its first byte, from the start of the block.
    pub byte: u32,
    /// Its left edge, from the left of the column, in points.
    pub left: f32,
    /// Its right edge.
    pub right: f32,
    /// True where it is read from right to left.
    pub rtl: bool,
}

/// One line on the screen.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Its bytes, from the start of the block.
    pub bytes: Range<u32>,
    /// Its graphemes in [`Shaped::cells`], in the order of the text.
    pub cells: Range<usize>,
}

/// A block that has been shaped.
#[derive(Debug)]
pub struct Shaped {
    /// Every grapheme in the order of the text.
    pub cells: Vec<Cell>,
    /// Every line, at least one.
    pub lines: Vec<Line>,
    /// The rows to paint: rows of glyphs, each with the line that it is on.
    pub rows: Vec<(usize, PlacedRow)>,
    /// The container of the rows, as egui wants them.
    pub galley: Arc<Galley>,
    /// True where the block as a whole reads from right to left.
    pub rtl: bool,
    /// The place where an empty line begins.
    pub start_x: f32,
}

/// Letters that a ligature swallowed get their share of its width.
pub fn share_ligatures(text: &str, cells: &mut [Cell]) {
    let swallowed = |cell: &Cell| {
        let letter = text[cell.byte as usize..].chars().next().is_some_and(char::is_alphanumeric);
        letter && cell.right - cell.left < 0.01
    };
    let mut at = 1;
    while at < cells.len() {
        if !swallowed(&cells[at]) {
            at += 1;
            continue;
        }
        let first = at - 1;
        while at < cells.len() && swallowed(&cells[at]) && cells[at].rtl == cells[first].rtl {
            at += 1;
        }
        let Cell { left, right, rtl, .. } = cells[first];
        let share = (right - left) / (at - first) as f32;
        for (index, cell) in cells[first..at].iter_mut().enumerate() {
            let index = if rtl { at - first - 1 - index } else { index } as f32;
            (cell.left, cell.right) = (left + share * index, left + share * (index + 1.0));
        }
        at = at.max(first + 2);
    }
}

/// True where a text has letters or controls that are written from right to left.
pub fn has_rtl(text: &str) -> bool {
    text.chars().any(|c| is_rtl(c) || matches!(c, '\u{200f}' | '\u{202b}' | '\u{202e}' | '\u{2067}'))
}

/// True where a character belongs to a script that is written from right to left.
pub fn is_rtl(c: char) -> bool {
    rtl_script(c).is_some()
}

/// The script, written from right to left, that a character belongs to, if one: equal numbers, equal scripts.
pub fn rtl_script(c: char) -> Option<u32> {
    match c as u32 {
        0x0590..=0x05ff | 0xfb1d..=0xfb4f => Some(0),
        0x0600..=0x06ff | 0x0750..=0x077f | 0x0870..=0x08ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Some(1),
        code @ (0x0700..=0x086f | 0x1_0800..=0x1_0fff | 0x1_e800..=0x1_efff) => Some(code >> 5),
        _ => None,
    }
}

impl Shaped {
    /// Stretches less than this apart, in points, are one.
    const TOUCHING: f32 = 0.6;

    /// The line of a byte; where one line ends and the next begins, the next.
    pub fn line_at(&self, byte: u32) -> usize {
        self.lines.partition_point(|line| line.bytes.start <= byte).saturating_sub(1)
    }

    /// The place where a caret before `byte` stands on a line, from the left of the column.
    pub fn caret_x(&self, line: usize, byte: u32) -> f32 {
        let cells = &self.cells[self.lines[line].cells.clone()];
        let at = cells.partition_point(|cell| cell.byte < byte);
        match (cells.get(at), cells.last()) {
            (Some(cell), _) if cell.rtl => cell.right,
            (Some(cell), _) => cell.left,
            (None, Some(last)) if last.rtl => last.left,
            (None, Some(last)) => last.right,
            (None, None) => self.start_x,
        }
    }

    /// The content at `x` on a line: the grapheme, and the boundary between graphemes that is nearest.
    pub fn hit(&self, text: &str, line: usize, x: f32) -> Hit {
        let Line { bytes, cells } = &self.lines[line];
        let cells = &self.cells[cells.clone()];
        let distance = |cell: &Cell| (cell.left - x).max(x - cell.right).max(0.0);
        let visible = |cell: &&Cell| cell.right > cell.left;
        let best = cells.iter().enumerate().filter(|(_, cell)| visible(cell)).min_by(|(_, a), (_, b)| {
            // Of two that share an edge the later one, so that a caret's own place leads back to it.
            distance(a).total_cmp(&distance(b)).then(b.byte.cmp(&a.byte))
        });
        let Some((index, cell)) = best else {
            return Hit { grapheme: bytes.start, boundary: bytes.start, inside: false };
        };
        let end = cells.get(index + 1).map_or(bytes.end, |next| next.byte);
        let first_half = (x < (cell.left + cell.right) / 2.0) != cell.rtl;
        let wrapped = end == bytes.end && line + 1 < self.lines.len();
        // The end of a wrapped line is the start of the next: stay on this one, before the space that was wrapped at.
        let stays = wrapped && text[cell.byte as usize..].starts_with(char::is_whitespace);
        let boundary = if first_half || stays { cell.byte } else { end };
        Hit { grapheme: cell.byte, boundary, inside: distance(cell) <= 0.0 }
    }

    /// The stretches from left to right that a range of bytes covers on a line, each `(left, right)`.
    pub fn stretches(&self, line: usize, bytes: &Range<u32>) -> Vec<(f32, f32)> {
        let line = &self.lines[line];
        let cells = &self.cells[line.cells.clone()];
        let from = cells.partition_point(|cell| cell.byte < bytes.start);
        let until = cells.partition_point(|cell| cell.byte < bytes.end);
        let mut found: Vec<(f32, f32)> = Vec::new();
        for cell in &cells[from.min(until)..until] {
            match found.last_mut() {
                Some(last) if (cell.left - last.1).abs() < Self::TOUCHING => last.1 = cell.right,
                Some(last) if (cell.right - last.0).abs() < Self::TOUCHING => last.0 = cell.left,
                _ => found.push((cell.left, cell.right)),
            }
        }
        if found.len() > 1 {
            // Stretches of either direction may touch on the screen and not in the text.
            found.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
            found.dedup_by(|next, last| {
                let touching = next.0 - last.1 < Self::TOUCHING;
                if touching {
                    last.1 = last.1.max(next.1);
                }
                touching
            });
        }
        found
    }

    pub fn memory(&self) -> usize {
        let glyphs: usize = self.rows.iter().map(|(_, row)| row.glyphs.len()).sum();
        // A glyph is 88 bytes, its corners and indices in the mesh 104.
        self.cells.capacity() * size_of::<Cell>() + self.lines.capacity() * size_of::<Line>() + glyphs * 192
    }
}

/// The meaning of a place on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hit {
    /// First byte of the grapheme there, from the start of the block.
    pub grapheme: u32,
    /// The nearest boundary between graphemes.
    pub boundary: u32,
    /// True where the place is on the grapheme and not only nearest to it.
    pub inside: bool,
}
