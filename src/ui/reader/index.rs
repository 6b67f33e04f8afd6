//! The index of things by place: the blocks that a text is laid out in, and the annotations in each of them.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Annotation, AnnotationSet, Id};
use crate::text::{Span, Text};

/// The unit of layout: a paragraph, or a part of one that is very long.
#[derive(Debug)]
pub struct Blocks {
    /// First byte of each, ascending, at least one.
    starts: Vec<u32>,
}

impl Blocks {
    /// Longest block in bytes: what a frame can lay out without being late.
    const LONGEST: u32 = 4096;

    pub fn new(text: &Text) -> Self {
        let mut starts = Vec::with_capacity(text.paragraphs());
        for index in 0..text.paragraphs() {
            let paragraph = text.paragraph(index);
            let mut start = paragraph.start;
            starts.push(start);
            while paragraph.end - start > Self::LONGEST {
                start = cut(text, start);
                starts.push(start);
            }
        }
        Self { starts }
    }

    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// The bytes of a block, without the line feed that ends its paragraph.
    pub fn span(&self, text: &Text, block: usize) -> Span {
        let start = self.starts[block];
        let Some(&next) = self.starts.get(block + 1) else { return Span::new(start, text.len()) };
        let ends_paragraph = text.as_str().as_bytes()[next as usize - 1] == b'\n';
        Span::new(start, if ends_paragraph { next - 1 } else { next })
    }

    /// The block that holds `byte`; a line feed belongs to the block that it ends.
    pub fn at(&self, byte: u32) -> usize {
        self.starts.partition_point(|&start| start <= byte) - 1
    }

    /// The blocks that `span` touches.
    pub fn of(&self, span: Span) -> Range<usize> {
        let last = if span.is_empty() { span.start } else { span.end - 1 };
        self.at(span.start)..self.at(last) + 1
    }

    pub fn memory(&self) -> usize {
        self.starts.capacity() * 4
    }
}

/// The place where a paragraph that goes on too long from `start` is cut: after the last space that fits, else between
/// graphemes.
fn cut(text: &Text, start: u32) -> u32 {
    let end = text.grapheme_floor(start + Blocks::LONGEST);
    let part = text.slice(Span::new(start, end));
    let after_space = part.rfind(' ').map(|at| start + at as u32 + 1);
    let at = after_space.filter(|&at| at > start + Blocks::LONGEST / 2 && text.is_grapheme_boundary(at)).unwrap_or(end);
    // A single grapheme longer than a block is kept whole.
    if at > start { at } else { text.next_grapheme(start) }
}

/// The place where an annotation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BlockMark {
    pub id: Id,
    /// From its first byte to past its last, over all fragments: there may be gaps, which only the record knows.
    pub span: Span,
}

/// The annotations by block.
#[derive(Debug, Default)]
pub struct BlockMarks {
    /// Annotations within one block as they were at the last full index, by block.
    flat: Vec<BlockMark>,
    /// The place where each block's annotations begin in `flat`, and the end of the last.
    starts: Vec<u32>,
    /// All annotations of blocks that were changed since, or that an annotation goes beyond.
    touched: HashMap<usize, Vec<BlockMark>>,
    /// Annotations over very many blocks, kept once.
    wide: Vec<BlockMark>,
}

impl BlockMarks {
    /// Over more blocks than this an annotation is `wide`.
    const WIDE: usize = 64;

    pub fn new(blocks: &Blocks, set: &AnnotationSet) -> Self {
        let mut marks = Self::default();
        let mut across = Vec::new();
        marks.flat.reserve(set.len());
        marks.starts.reserve(blocks.len() + 1);
        marks.starts.push(0);
        let mut block = 0;
        for (span, id) in set.extents() {
            let mark = BlockMark { id, span };
            while span.start >= blocks.starts.get(block + 1).copied().unwrap_or(u32::MAX) {
                marks.starts.push(marks.flat.len() as u32);
                block += 1;
            }
            match blocks.starts.get(block + 1) {
                Some(&next) if span.end > next => across.push(mark),
                _ => marks.flat.push(mark),
            }
        }
        marks.starts.resize(blocks.len() + 1, marks.flat.len() as u32);
        for mark in across {
            marks.edit(blocks.of(mark.span), mark, true);
        }
        marks
    }

    /// The annotations that begin, end or go on in `block`, without those over very many blocks.
    pub fn own(&self, block: usize) -> &[BlockMark] {
        match self.touched.get(&block) {
            Some(marks) => marks,
            None => &self.flat[self.starts[block] as usize..self.starts[block + 1] as usize],
        }
    }

    /// The annotations over very many blocks.
    pub fn wide(&self) -> &[BlockMark] {
        &self.wide
    }

    /// Adds or removes a record; calls `changed` with the blocks that look different then.
    pub fn put(&mut self, blocks: &Blocks, record: &Annotation, add: bool, changed: impl FnOnce(Range<usize>)) {
        let Some(span) = record.extent() else { return };
        let range = blocks.of(span);
        changed(range.clone());
        self.edit(range, BlockMark { id: record.id, span }, add);
    }

    fn edit(&mut self, blocks: Range<usize>, mark: BlockMark, add: bool) {
        if blocks.len() > Self::WIDE {
            edit(&mut self.wide, mark, add);
            return;
        }
        for block in blocks {
            if !self.touched.contains_key(&block) {
                let own = self.own(block).to_vec();
                self.touched.insert(block, own);
            }
            edit(self.touched.entry(block).or_default(), mark, add);
        }
    }

    pub fn memory(&self) -> usize {
        let touched: usize = self.touched.values().map(|marks| marks.capacity() * size_of::<BlockMark>() + 40).sum();
        (self.flat.capacity() + self.wide.capacity()) * size_of::<BlockMark>() + self.starts.capacity() * 4 + touched
    }
}

fn edit(marks: &mut Vec<BlockMark>, mark: BlockMark, add: bool) {
    if add {
        marks.push(mark);
    } else {
        marks.retain(|&other| other != mark);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_paragraphs_are_cut_and_all_bytes_stay_in_order() {
        let long = format!("satu\n{}\n\n{}", "kata ".repeat(3000), "e\u{301}".repeat(4000));
        let text = Text::new(&long);
        let blocks = Blocks::new(&text);
        assert!(blocks.len() > 6);
        let mut joined = String::new();
        for block in 0..blocks.len() {
            let span = blocks.span(&text, block);
            assert!(span.len() <= Blocks::LONGEST && text.is_grapheme_boundary(span.start));
            assert_eq!(blocks.at(span.start), block);
            joined.push_str(text.slice(span));
        }
        assert_eq!(joined, long.replace('\n', ""));
    }
}
