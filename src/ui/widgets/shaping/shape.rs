//! From the text of a block to lines of glyphs, whatever the script.
//!
//! A block is shaped as one run of one format, so that kerning and joining are undisturbed and labels change nothing.
//! Where that would be wrong (right-to-left letters; scripts whose glyphs are not one for each character) it is laid
//! out word by word ([`super::bidi_layout`]).

use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Galley};
use unicode_segmentation::UnicodeSegmentation;

use super::bidi_layout;
use super::shaped::{Cell, Format, Line, Shaped, has_rtl, share_ligatures};

/// Shapes the text of a block.
pub fn shape(fonts: &mut FontsView<'_>, text: &str, format: &Format) -> Shaped {
    let Some(thinned) = Thinned::of(text) else { return shape_all(fonts, text, format) };
    let mut shaped = shape_all(fonts, &thinned.text, format);
    for cell in &mut shaped.cells {
        cell.byte = thinned.place(cell.byte);
    }
    for line in &mut shaped.lines {
        line.bytes = thinned.place(line.bytes.start)..thinned.place(line.bytes.end);
    }
    shaped
}

/// A text without most of the marks that stand on one letter: thousands of them are drawn at one place, where nobody can tell
/// them apart, and would each take as much memory as a letter.
struct Thinned {
    text: String,
    /// The place where bytes were left out: the place in this text, and how many up to there.
    gaps: Vec<(u32, u32)>,
}

impl Thinned {
    /// A grapheme of more bytes than this is thinned; what anybody writes is far shorter.
    const MOST: usize = 1024;
    /// The number of its bytes that are kept, at the least.
    const KEPT: usize = 64;

    /// None where there is nothing to thin.
    fn of(text: &str) -> Option<Self> {
        // A letter with marks is one character of ASCII at the most.
        let long = |run: &[u8]| run.len() + 1 >= Self::MOST;
        if text.len() <= Self::MOST || !text.as_bytes().split(u8::is_ascii).any(long) {
            return None;
        }
        let mut thinned = Self { text: String::new(), gaps: Vec::new() };
        let mut left_out = 0;
        for (at, cluster) in text.grapheme_indices(true) {
            if cluster.len() <= Self::MOST {
                thinned.text.push_str(cluster);
                continue;
            }
            // With the last one kept, what follows is as far from joining it as before.
            let first = (Self::KEPT..).find(|&at| cluster.is_char_boundary(at)).unwrap_or(cluster.len());
            let last = cluster.char_indices().next_back().map_or(first, |(last, _)| last);
            thinned.text.push_str(&cluster[..first]);
            thinned.text.push_str(&cluster[last..]);
            left_out += (last - first) as u32;
            thinned.gaps.push(((at + last) as u32 - left_out, left_out));
        }
        (!thinned.gaps.is_empty()).then_some(thinned)
    }

    /// The place in the whole text of a place in this one.
    fn place(&self, byte: u32) -> u32 {
        let before = self.gaps.partition_point(|gap| gap.0 <= byte).checked_sub(1);
        byte + before.map_or(0, |gap| self.gaps[gap].1)
    }
}

fn shape_all(fonts: &mut FontsView<'_>, text: &str, format: &Format) -> Shaped {
    if !text.is_ascii() && has_rtl(text) {
        return bidi_layout::shape(fonts, text, format);
    }
    let galley = fonts.layout_job(format.job(text, format.width));
    match from_galley(text, galley) {
        Some(shaped) => shaped,
        None => bidi_layout::shape(fonts, text, format),
    }
}

/// Reads the graphemes' places off a galley; none where its glyphs are not one for each character in order.
fn from_galley(text: &str, galley: Arc<Galley>) -> Option<Shaped> {
    let glyphs: usize = galley.rows.iter().map(|row| row.glyphs.len()).sum();
    let ascii = text.is_ascii();
    let chars = if ascii { text.len() } else { text.chars().count() };
    if glyphs != chars {
        return None;
    }
    let mut cells = Vec::with_capacity(chars);
    let mut lines = Vec::with_capacity(galley.rows.len());
    let mut byte = 0;
    for row in &galley.rows {
        let (first_byte, first_cell) = (byte, cells.len());
        let mut rest = &row.glyphs[..];
        while let Some(glyph) = rest.first() {
            let (bytes, count) = if ascii { (1, 1) } else { grapheme_at(&text[byte..])? };
            if count > rest.len() {
                return None; // A line break inside a grapheme.
            }
            let (these, after) = rest.split_at(count);
            let right = match after.first() {
                Some(next) => next.pos.x,
                None => glyph.pos.x + these.iter().map(|glyph| glyph.advance_width).sum::<f32>(),
            };
            let (left, right) = (row.pos.x + glyph.pos.x, row.pos.x + right);
            cells.push(Cell { byte: byte as u32, left, right: right.max(left), rtl: false });
            byte += bytes;
            rest = after;
        }
        in_order(&mut cells[first_cell..]);
        lines.push(Line { bytes: first_byte as u32..byte as u32, cells: first_cell..cells.len() });
    }
    if !ascii || text.contains('f') {
        lines.iter().for_each(|line: &Line| share_ligatures(text, &mut cells[line.cells.clone()]));
    }
    let rows = galley.rows.iter().cloned().enumerate().collect();
    Some(Shaped { cells, lines, rows, galley, rtl: false, start_x: 0.0 })
}

/// Ends each grapheme of a line where the next begins: a mark on nothing (such as on a soft hyphen) is drawn aside, over
/// the letter after it, and would take that letter's place.
fn in_order(cells: &mut [Cell]) {
    let mut edge = f32::INFINITY;
    for cell in cells.iter_mut().rev() {
        cell.right = cell.right.min(edge);
        cell.left = cell.left.min(cell.right);
        edge = cell.left;
    }
}

/// Bytes and characters of the first grapheme.
fn grapheme_at(text: &str) -> Option<(usize, usize)> {
    let first = text.graphemes(true).next()?;
    Some((first.len(), first.chars().count()))
}
