//! Lines of text as a screen reader has them: stretches of one direction of writing, letter by letter.

use eframe::egui::Id;
use eframe::egui::accesskit::{Node, NodeId, Role, TextDirection};

use crate::text::{Span, Text, word_segments};
use crate::ui::widgets::shaping::{Cell, Shaped};

/// Letters of a run at the most: AccessKit counts words' places in a byte, and the end of a paragraph comes to them.
const MOST: usize = 254;

/// The lines that a screen reader knows of since the last frame.
pub struct Told {
    /// The root of the lines' ids: another for another text, so that no line is taken for one of an article before.
    pub root: Id,
    pub lines: Vec<ToldLine>,
}

/// A line that a screen reader knows of, or a part of one.
pub struct ToldLine {
    pub node: NodeId,
    pub block: usize,
    /// Its place among those of its block.
    pub run: usize,
    pub span: Span,
}

impl Told {
    pub fn new(text: &Text) -> Self {
        Self { root: Id::unique(("jejak lines", text.sha256())), lines: Vec::new() }
    }
}

/// A stretch of a line in one direction of writing.
#[derive(Debug)]
pub struct Run {
    /// Its bytes in the article, with the line feed that ends its paragraph.
    pub span: Span,
    /// The line of its block.
    pub line: usize,
    /// Its left and right edge, from the left of the column, in points.
    pub edges: (f32, f32),
    rtl: bool,
    /// The first byte of each letter.
    starts: Vec<u32>,
    value: String,
    lengths: Vec<u8>,
    positions: Vec<f32>,
    widths: Vec<f32>,
    words: Vec<u8>,
}

impl Run {
    /// The place of a byte among its letters; beyond them, their number.
    pub fn letter_at(&self, byte: u32) -> usize {
        self.starts.partition_point(|&start| start < byte)
    }

    /// The byte that a letter begins at; where there are fewer letters, the end of them.
    pub fn byte_of(&self, letter: usize) -> u32 {
        self.starts.get(letter).copied().unwrap_or(self.span.end)
    }

    /// Writes it into its node, all but its place in the window.
    pub fn describe(&self, node: &mut Node) {
        node.set_role(Role::TextRun);
        node.set_text_direction(if self.rtl { TextDirection::RightToLeft } else { TextDirection::LeftToRight });
        node.set_value(self.value.as_str());
        node.set_character_lengths(self.lengths.as_slice());
        node.set_character_positions(self.positions.as_slice());
        node.set_character_widths(self.widths.as_slice());
        node.set_word_starts(self.words.as_slice());
    }

    /// Adds a letter of these bytes; what a byte cannot count of one with very many marks is left unsaid.
    fn push(&mut self, text: &Text, span: Span, place: (f32, f32)) {
        let content = text.slice(span);
        let said = (0..=content.len().min(255)).rev().find(|&end| content.is_char_boundary(end)).unwrap_or(0);
        self.value.push_str(&content[..said]);
        self.lengths.push(said as u8);
        self.starts.push(span.start);
        self.positions.push(place.0);
        self.widths.push(place.1);
        self.span.end = span.end;
    }
}

/// The runs of the block `span`, which is shaped so; in the order of the text.
pub fn of(text: &Text, span: Span, shaped: &Shaped) -> Vec<Run> {
    let mut words = word_segments(text.slice(span))
        .filter(|(_, word)| word.contains(char::is_alphanumeric))
        .map(|(at, _)| span.start + at as u32)
        .peekable();
    let mut runs = Vec::new();
    for (index, line) in shaped.lines.iter().enumerate() {
        let cells = &shaped.cells[line.cells.clone()];
        let mut from = 0;
        for stretch in cells.chunk_by(|a, b| a.rtl == b.rtl).flat_map(|same| same.chunks(MOST)) {
            let after = cells.get(from + stretch.len()).map_or(line.bytes.end, |cell| cell.byte);
            runs.push(run(text, span.start, index, stretch, after));
            from += stretch.len();
        }
    }
    let ends = text.as_str().as_bytes().get(span.end as usize) == Some(&b'\n');
    if runs.is_empty() {
        let line = run(text, span.start, 0, &[], 0);
        runs.push(Run { edges: (shaped.start_x, shaped.start_x), rtl: shaped.rtl, ..line });
    }
    if ends && let Some(last) = runs.last_mut() {
        let right = last.edges.1 - last.edges.0;
        last.push(text, Span::new(span.end, span.end + 1), (right, 0.0));
    }
    for run in &mut runs {
        while let Some(word) = words.next_if(|&word| word < run.span.end) {
            let at = run.letter_at(word);
            if let Ok(at) = u8::try_from(at) {
                run.words.push(at);
            }
        }
    }
    runs
}

fn run(text: &Text, start: u32, line: usize, cells: &[Cell], after: u32) -> Run {
    let left = cells.iter().map(|cell| cell.left).reduce(f32::min).unwrap_or(0.0);
    let right = cells.iter().map(|cell| cell.right).fold(left, f32::max);
    let first = start + cells.first().map_or(after, |cell| cell.byte);
    let rtl = cells.first().is_some_and(|cell| cell.rtl);
    let mut run = Run {
        span: Span::new(first, first),
        line,
        edges: (left, right),
        rtl,
        starts: Vec::with_capacity(cells.len()),
        value: String::new(),
        lengths: Vec::with_capacity(cells.len()),
        positions: Vec::with_capacity(cells.len()),
        widths: Vec::with_capacity(cells.len()),
        words: Vec::new(),
    };
    for (at, cell) in cells.iter().enumerate() {
        let end = cells.get(at + 1).map_or(after, |next| next.byte);
        let place = if rtl { right - cell.right } else { cell.left - left };
        run.push(text, Span::new(start + cell.byte, start + end), (place, cell.right - cell.left));
    }
    run
}
