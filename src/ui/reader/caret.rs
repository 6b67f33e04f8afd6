//! Moving the caret without a mouse.

use super::article::Reader;
use super::view::Page;
use crate::text::Text;
use crate::ui::commands::{Motion, Step};
use crate::ui::widgets::shaping::Shaped;

impl Reader {
    /// The place where the caret would be after `motion`.
    pub(super) fn moved(&mut self, text: &Text, motion: Motion) -> u32 {
        let (at, forward) = (self.caret, motion.forward);
        let lines_goal = self.goal.take();
        match motion.step {
            Step::Grapheme if forward => text.next_grapheme(at),
            Step::Grapheme => text.prev_grapheme(at),
            Step::Word if forward => {
                let after = text.word_at(at).filter(|word| word.holds(at)).map_or(at, |word| word.end);
                text.word_from(after).map_or(text.len(), |word| word.start)
            }
            Step::Word => match text.word_at(at).filter(|word| word.start < at) {
                Some(word) => word.start,
                None => text.word_until(at).map_or(0, |word| word.start),
            },
            Step::Sentence if forward => text.next_sentence(at),
            Step::Sentence => text.prev_sentence(at),
            Step::Paragraph => paragraph(text, at, forward),
            Step::Text => {
                if forward {
                    text.len()
                } else {
                    0
                }
            }
            Step::Edge => self.edge(text, at, forward),
            Step::Line => self.lines(text, at, forward, lines_goal, Reach::Lines(1)),
            Step::Page => {
                let reach = Reach::Points(self.view.rect.height().max(100.0) * 0.85);
                self.lines(text, at, forward, lines_goal, reach)
            }
        }
    }

    /// The block of a byte, shaped: as it is on the screen, else anew.
    fn with_block<R>(&self, text: &Text, block: usize, read: impl FnOnce(&Shaped, u32, &str) -> R) -> Option<R> {
        let span = self.blocks.span(text, block);
        let content = text.slice(span);
        if let Some(laid) = self.view.laid(block) {
            return Some(read(&laid.shaped, span.start, content));
        }
        let ctx = self.ctx.as_ref()?;
        let shaped = ctx.fonts_mut(|fonts| self.view.shape_only(fonts, content))?;
        Some(read(&shaped, span.start, content))
    }

    fn edge(&self, text: &Text, at: u32, forward: bool) -> u32 {
        let found = self.with_block(text, self.blocks.at(at), |shaped, start, content| {
            let index = shaped.line_at(at - start);
            let line = &shaped.lines[index];
            if !forward {
                return start + line.bytes.start;
            }
            let wrapped = index + 1 < shaped.lines.len();
            let last = shaped.cells[line.cells.clone()].last().filter(|_| wrapped);
            // The end of a wrapped line is the start of the next: stay before the space that was wrapped at.
            let space = last.filter(|cell| content[cell.byte as usize..].starts_with(char::is_whitespace));
            start + space.map_or(line.bytes.end, |cell| cell.byte)
        });
        found.unwrap_or(at)
    }

    /// So many lines up or down, as near as may be to the height in the line that the caret began at.
    fn lines(&mut self, text: &Text, at: u32, forward: bool, goal: Option<f32>, reach: Reach) -> u32 {
        let mut block = self.blocks.at(at);
        let here = self.with_block(text, block, |shaped, start, _| {
            let line = shaped.line_at(at - start);
            (line, shaped.lines.len(), shaped.caret_x(line, at - start))
        });
        let Some((mut line, mut count, x)) = here else { return paragraph(text, at, forward) };
        let goal = goal.unwrap_or(x);
        self.goal = Some(goal);
        let mut left = match reach {
            Reach::Lines(lines) => lines as f32,
            Reach::Points(points) => points,
        };
        while left > 0.0 {
            left -= match reach {
                Reach::Lines(_) => 1.0,
                Reach::Points(_) => (self.view.heights.of(block) / count as f32).max(1.0),
            };
            if forward && line + 1 < count {
                line += 1;
            } else if !forward && line > 0 {
                line -= 1;
            } else {
                let next = if forward { block + 1 } else { block.wrapping_sub(1) };
                if next >= self.blocks.len() {
                    return if forward { text.len() } else { 0 };
                }
                let Some(lines) = self.with_block(text, next, |shaped, _, _| shaped.lines.len()) else { break };
                (block, count) = (next, lines);
                line = if forward { 0 } else { lines - 1 };
            }
        }
        let found = self.with_block(text, block, |shaped, start, content| {
            start + shaped.hit(content, line.min(shaped.lines.len() - 1), goal).boundary
        });
        found.unwrap_or(at)
    }

    /// The meaning of the selection now: snapped to words, or with `raw` to graphemes.
    pub(super) fn mean(&mut self, raw: bool) {
        let rough = self.raw_selection();
        self.meaning = rough.and_then(|span| if raw { self.text.snap_raw(span) } else { self.text.snap(span) });
    }

    /// The content.
    pub(super) fn page(&self) -> Page<'_> {
        Page { text: &self.text, blocks: &self.blocks, marks: &self.marks }
    }
}

/// The distance up or down.
#[derive(Clone, Copy)]
enum Reach {
    Lines(usize),
    Points(f32),
}

/// The start of the next paragraph that is not empty, or of this one, or of the one before.
fn paragraph(text: &Text, at: u32, forward: bool) -> u32 {
    let here = text.paragraph_at(at);
    let filled = |&index: &usize| !text.paragraph(index).is_empty();
    if forward {
        return (here + 1..text.paragraphs()).find(filled).map_or(text.len(), |index| text.paragraph(index).start);
    }
    let start = text.paragraph(here).start;
    if start < at { start } else { (0..here).rev().find(filled).map_or(0, |index| text.paragraph(index).start) }
}
