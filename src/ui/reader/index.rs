//! Where things stand: the blocks that a text is laid out in, and the annotations' fragments in each of them.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::{Annotation, AnnotationSet, Id};
use crate::text::{Span, Text};

/// What is laid out at once: a paragraph, or a part of one that is very long.
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

    /// Like [`Blocks::at`], quick where the block is `near` or soon after.
    fn at_near(&self, byte: u32, near: usize) -> usize {
        let mut block = near;
        for _ in 0..4 {
            let next = self.starts.get(block + 1).copied().unwrap_or(u32::MAX);
            match self.starts[block] <= byte {
                true if byte < next => return block,
                true => block += 1,
                false => break,
            }
        }
        self.at(byte)
    }

    /// The blocks that `span` touches.
    pub fn of(&self, span: Span) -> Range<usize> {
        self.of_near(span, 0)
    }

    fn of_near(&self, span: Span, near: usize) -> Range<usize> {
        let first = self.at_near(span.start, near);
        let last = if span.is_empty() { first } else { self.at_near(span.end - 1, first) };
        first..last + 1
    }

    pub fn memory(&self) -> usize {
        self.starts.capacity() * 4
    }
}

/// Where a paragraph that goes on too long from `start` is cut: after the last space that fits, else between graphemes.
fn cut(text: &Text, start: u32) -> u32 {
    let end = text.grapheme_floor(start + Blocks::LONGEST);
    let part = text.slice(Span::new(start, end));
    let after_space = part.rfind(' ').map(|at| start + at as u32 + 1);
    let at = after_space.filter(|&at| at > start + Blocks::LONGEST / 2 && text.is_grapheme_boundary(at)).unwrap_or(end);
    // A single grapheme longer than a block is kept whole.
    if at > start { at } else { text.next_grapheme(start) }
}

/// One fragment of an annotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark {
    pub id: Id,
    /// The whole fragment, also where it goes on in another block.
    pub span: Span,
}

/// The fragments of all annotations by block.
#[derive(Debug, Default)]
pub struct Marks {
    /// All fragments as they were at the last full index, by block.
    flat: Vec<Mark>,
    /// Where each block's fragments begin in `flat`, and the end of the last.
    starts: Vec<u32>,
    /// The fragments of blocks that were changed since.
    touched: HashMap<usize, Vec<Mark>>,
    /// Fragments over very many blocks, kept once.
    wide: Vec<Mark>,
}

impl Marks {
    /// Over more blocks than this a fragment is `wide`.
    const WIDE: usize = 64;

    pub fn new(blocks: &Blocks, set: &AnnotationSet) -> Self {
        let mut wide = Vec::new();
        let mut placed: Vec<(u32, Mark)> = Vec::with_capacity(set.len());
        let (mut near, mut sorted) = (0, true);
        for record in set.iter() {
            for &span in &record.at {
                let mark = Mark { id: record.id, span };
                let range = blocks.of_near(span, near);
                if range.len() > Self::WIDE {
                    wide.push(mark);
                    continue;
                }
                sorted &= near <= range.start && range.len() == 1;
                near = range.start;
                placed.extend(range.map(|block| (block as u32, mark)));
            }
        }
        if !sorted {
            placed.sort_by_key(|&(block, _)| block);
        }
        let mut starts = vec![0_u32; blocks.len() + 1];
        for &(block, _) in &placed {
            starts[block as usize + 1] += 1;
        }
        for block in 0..blocks.len() {
            starts[block + 1] += starts[block];
        }
        let flat = placed.into_iter().map(|(_, mark)| mark).collect();
        Self { flat, starts, touched: HashMap::new(), wide }
    }

    /// The fragments that begin, end or go on in `block`, without those over very many blocks.
    pub fn own(&self, block: usize) -> &[Mark] {
        match self.touched.get(&block) {
            Some(marks) => marks,
            None => &self.flat[self.starts[block] as usize..self.starts[block + 1] as usize],
        }
    }

    /// The fragments over very many blocks.
    pub fn wide(&self) -> &[Mark] {
        &self.wide
    }

    /// Adds or removes the fragments of a record; calls `changed` for each block that looks different then.
    pub fn put(&mut self, blocks: &Blocks, record: &Annotation, add: bool, mut changed: impl FnMut(Range<usize>)) {
        for &span in &record.at {
            let mark = Mark { id: record.id, span };
            let range = blocks.of(span);
            changed(range.clone());
            if range.len() > Self::WIDE {
                edit(&mut self.wide, mark, add);
                continue;
            }
            for block in range {
                if !self.touched.contains_key(&block) {
                    let own = self.own(block).to_vec();
                    self.touched.insert(block, own);
                }
                edit(self.touched.entry(block).or_default(), mark, add);
            }
        }
    }

    pub fn memory(&self) -> usize {
        let touched: usize = self.touched.values().map(|marks| marks.capacity() * size_of::<Mark>() + 40).sum();
        (self.flat.capacity() + self.wide.capacity()) * size_of::<Mark>() + self.starts.capacity() * 4 + touched
    }
}

fn edit(marks: &mut Vec<Mark>, mark: Mark, add: bool) {
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
