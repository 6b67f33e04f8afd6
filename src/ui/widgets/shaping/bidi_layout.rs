//! Layout word by word, for what egui would put in the wrong order or in the wrong places.
//!
//! The order of words on a line is that of the Unicode Bidirectional Algorithm (UAX #9); within a word egui's shaper
//! knows the direction. Lines are broken after spaces, and anywhere between graphemes of scripts without spaces.

use std::ops::Range;
use std::sync::Arc;

use eframe::egui::epaint::text::{FontsView, Galley, Glyph};
use unicode_bidi::{Level, ParagraphBidiInfo};
use unicode_segmentation::UnicodeSegmentation;

use super::shaped::{Cell, Format, Line, Shaped, is_rtl, rtl_script, share_ligatures};

/// The unit of shaping: a word, a space, a sign.
struct Atom {
    bytes: Range<usize>,
    level: Level,
    galley: Arc<Galley>,
    width: f32,
    /// Each grapheme's first byte in the block and its right edge from the atom's start in reading direction.
    graphemes: Vec<(usize, f32)>,
    /// True where a line may end after it.
    breaks_after: bool,
    space: bool,
}

/// Shapes a block word by word.
pub fn shape(fonts: &mut FontsView<'_>, text: &str, format: &Format) -> Shaped {
    let bidi = ParagraphBidiInfo::new(text, None);
    let rtl = bidi.paragraph_level.is_rtl();
    let atoms = atoms(fonts, text, format, &bidi.levels);
    let start_x = if rtl { format.width } else { 0.0 };
    let galley = fonts.layout_job(format.job(if text.is_empty() { "" } else { " " }, f32::INFINITY));
    let mut shaped = Shaped { cells: Vec::new(), lines: Vec::new(), rows: Vec::new(), galley, rtl, start_x };
    for range in lines(&atoms, format.width) {
        place(&mut shaped, text, &bidi, &atoms[range], format);
    }
    if shaped.lines.is_empty() {
        shaped.lines.push(Line { bytes: 0..0, cells: 0..0 });
    }
    shaped
}

/// Cuts a text into atoms and shapes each.
fn atoms(fonts: &mut FontsView<'_>, text: &str, format: &Format, levels: &[Level]) -> Vec<Atom> {
    let mut atoms = Vec::new();
    let mut words = text.split_word_bound_indices().map(|(at, _)| at).skip(1).peekable();
    let (mut start, mut before) = (0, None);
    // Cut between words, where the direction changes, and where signs of another script, hence of another font, stand
    // within right-to-left letters; but never within a grapheme, as the ends of words sometimes are.
    for (at, cluster) in text.grapheme_indices(true) {
        let level = levels[at];
        let kind = (level, level.is_rtl().then(|| cluster.chars().find_map(rtl_script)));
        let mut cut = before.is_some_and(|before| before != kind);
        while words.next_if(|&word| word <= at).is_some() {
            cut = true;
        }
        if cut && at > start {
            push(fonts, text, format, start..at, levels[start], &mut atoms);
            start = at;
        }
        before = Some(kind);
    }
    if start < text.len() {
        push(fonts, text, format, start..text.len(), levels[start], &mut atoms);
    }
    atoms
}

/// Shapes one atom, or the graphemes of it where its glyphs can't be told apart otherwise.
fn push(
    fonts: &mut FontsView<'_>,
    text: &str,
    format: &Format,
    bytes: Range<usize>,
    level: Level,
    out: &mut Vec<Atom>,
) {
    let word = &text[bytes.clone()];
    if word.is_empty() {
        return;
    }
    let galley = if level.is_rtl() && !word.chars().any(is_rtl) {
        fonts.layout_job(format.job(&word.chars().map(mirrored).collect::<String>(), f32::INFINITY))
    } else {
        fonts.layout_job(format.job(word, f32::INFINITY))
    };
    let glyphs = galley.rows.first().map_or(&[][..], |row| &row.glyphs);
    let width: f32 = glyphs.iter().map(|glyph| glyph.advance_width).sum();
    let single = word.graphemes(true).nth(1).is_none();
    let rtl_letters = level.is_rtl() && word.chars().any(is_rtl);
    let graphemes = if single {
        vec![(bytes.start, width)]
    } else if rtl_letters && width <= format.width {
        edges(word, bytes.start, &joined(word, glyphs))
    } else if !level.is_rtl() && width <= format.width && glyphs.len() == word.chars().count() {
        let mut advances = glyphs.iter().map(|glyph| glyph.advance_width);
        let each: Vec<f32> =
            word.graphemes(true).map(|cluster| advances.by_ref().take(cluster.chars().count()).sum()).collect();
        edges(word, bytes.start, &each)
    } else {
        for (i, cluster) in word.grapheme_indices(true) {
            push(fonts, text, format, bytes.start + i..bytes.start + i + cluster.len(), level, out);
        }
        return;
    };
    let first = word.chars().next().unwrap_or(' ');
    let space = first.is_whitespace() && first != '\u{a0}' && first != '\u{202f}';
    let breaks_after = space || word.ends_with(['-', '\u{2010}', '\u{2013}', '\u{2014}', '\u{200b}']);
    let breaks_after = breaks_after || word.chars().next_back().is_some_and(unspaced);
    out.push(Atom { bytes, level, galley, width, graphemes, breaks_after, space });
}

/// Right edges from widths.
fn edges(word: &str, start: usize, widths: &[f32]) -> Vec<(usize, f32)> {
    let mut edge = 0.0;
    let starts = word.grapheme_indices(true).map(|(i, _)| start + i);
    let sum = |(byte, width): (usize, &f32)| {
        edge += *width;
        (byte, edge)
    };
    starts.zip(widths).map(sum).collect()
}

/// The width of each grapheme of a right-to-left word, from glyphs that stand from left to right and only say which
/// character their cluster begins with. Letters within a ligature get no width here.
fn joined(word: &str, glyphs: &[Glyph]) -> Vec<f32> {
    let firsts: Vec<char> = word.graphemes(true).filter_map(|cluster| cluster.chars().next()).collect();
    let mut widths = vec![0.0; firsts.len()];
    let mut next = 0;
    // Marks and what egui adds to make up the number have no advance width, hence nothing to say here.
    for glyph in glyphs.iter().rev().filter(|glyph| glyph.advance_width > 0.0) {
        let found = firsts[next..].iter().position(|&first| first == glyph.chr).map(|i| next + i);
        let here = found.unwrap_or(next.saturating_sub(1));
        widths[here] += glyph.advance_width;
        next = (here + 1).max(next).min(firsts.len());
    }
    widths
}

/// The atoms of each line.
fn lines(atoms: &[Atom], width: f32) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let (mut start, mut x, mut good) = (0, 0.0, None);
    let mut index = 0;
    while index < atoms.len() {
        let atom = &atoms[index];
        let full = x + atom.width > width + 0.5 && !atom.space && index > start;
        if full {
            let end = good.filter(|&good| good > start).unwrap_or(index);
            lines.push(start..end);
            (start, x, good) = (end, 0.0, None);
            index = end;
            continue;
        }
        x += atom.width;
        index += 1;
        let glued =
            atoms.get(index).is_some_and(|next| !next.space && atom.galley.text().ends_with(unspaced) && closes(next));
        if atom.breaks_after && !glued {
            good = Some(index);
        }
    }
    if start < atoms.len() {
        lines.push(start..atoms.len());
    }
    lines
}

/// True where an atom may not begin a line.
fn closes(atom: &Atom) -> bool {
    const CLOSING: &str = "、。，．！？；：」』）】〉》〕…‥ー々%)]}”’,.;:!?ๆฯ";
    atom.galley.text().starts_with(|c| CLOSING.contains(c))
}

/// Puts the atoms of one line where they belong.
fn place(shaped: &mut Shaped, text: &str, bidi: &ParagraphBidiInfo<'_>, atoms: &[Atom], format: &Format) {
    let (Some(first), Some(last)) = (atoms.first(), atoms.last()) else { return };
    let (start, end) = (first.bytes.start, last.bytes.end);
    let (levels, runs) = bidi.visual_runs(start..end);
    let line = shaped.lines.len();
    let first_cell = shaped.cells.len();
    let total: f32 = atoms.iter().map(|atom| atom.width).sum();
    // Spaces at the end of a right-to-left line hang out to the left.
    let mut x = if shaped.rtl { format.width - total } else { 0.0 };
    for run in runs {
        let rtl = levels[run.start].is_rtl();
        let from = atoms.partition_point(|atom| atom.bytes.start < run.start);
        let until = atoms.partition_point(|atom| atom.bytes.start < run.end);
        for index in from..until {
            let atom = &atoms[if rtl { until - 1 - (index - from) } else { index }];
            let mut edge = 0.0;
            for &(byte, next) in &atom.graphemes {
                let (left, right) = if atom.level.is_rtl() && rtl {
                    (x + atom.width - next, x + atom.width - edge)
                } else {
                    (x + edge, x + next)
                };
                shaped.cells.push(Cell { byte: byte as u32, left, right: right.max(left), rtl });
                edge = next;
            }
            for row in &atom.galley.rows {
                let mut row = row.clone();
                // Letters between pixels are blurred.
                row.pos.x = ((row.pos.x + x) * format.pixels_per_point).round() / format.pixels_per_point;
                shaped.rows.push((line, row));
            }
            x += atom.width;
        }
    }
    shaped.cells[first_cell..].sort_unstable_by_key(|cell| cell.byte);
    share_ligatures(text, &mut shaped.cells[first_cell..]);
    debug_assert!(text.is_char_boundary(start) && text.is_char_boundary(end));
    shaped.lines.push(Line { bytes: start as u32..end as u32, cells: first_cell..shaped.cells.len() });
}

/// True where a character belongs to a script that is written without spaces between words.
fn unspaced(c: char) -> bool {
    matches!(c as u32, 0x0e00..=0x0eff | 0x1000..=0x109f | 0x1780..=0x17ff | 0x2e80..=0x312f | 0x3130..=0xa4cf
        | 0xf900..=0xfaff | 0xff00..=0xff60 | 0x2_0000..=0x3_ffff)
}

/// The bracket that is drawn for a bracket in right-to-left text.
fn mirrored(c: char) -> char {
    const PAIRS: &str = "()[]{}<>«»‹›";
    let Some(index) = PAIRS.chars().position(|other| other == c) else { return c };
    PAIRS.chars().nth(index ^ 1).unwrap_or(c)
}
