//! Byte ↔ code point ↔ UTF-16 in O(log n): a mark every [`STEP`] bytes, then a short count.

/// Bytes between two marks; short enough that counting inside a step is a few vector instructions.
const STEP: usize = 256;
/// Bytes that are counted at once on the way from a mark.
const STRIDE: usize = 32;

#[derive(Clone, Copy)]
struct OffsetMark {
    byte: u32,
    chars: u32,
    utf16: u32,
}

/// The marks of one text. Every method must be given the text that the index was built from.
pub struct Offsets {
    /// Empty where the text is ASCII: all three units are then the same.
    marks: Box<[OffsetMark]>,
}

impl Offsets {
    /// Indexes `text`.
    #[must_use]
    pub fn new(text: &str) -> Self {
        if text.is_ascii() {
            return Self { marks: Box::default() };
        }
        let mut marks = vec![OffsetMark { byte: 0, chars: 0, utf16: 0 }];
        let mut here = marks[0];
        while (here.byte as usize) < text.len() {
            let mut next = (here.byte as usize + STEP).min(text.len());
            while !text.is_char_boundary(next) {
                next += 1;
            }
            let piece = &text.as_bytes()[here.byte as usize..next];
            here = OffsetMark {
                byte: next as u32,
                chars: here.chars + count_chars(piece),
                utf16: here.utf16 + count_utf16(piece),
            };
            marks.push(here);
        }
        Self { marks: marks.into() }
    }

    /// Code points before `byte`.
    #[must_use]
    pub fn chars(&self, text: &str, byte: u32) -> u32 {
        match self.before(|mark| mark.byte <= byte) {
            None => byte,
            Some(mark) => mark.chars + count_chars(&text.as_bytes()[mark.byte as usize..byte as usize]),
        }
    }

    /// UTF-16 units before `byte`.
    #[must_use]
    pub fn utf16(&self, text: &str, byte: u32) -> u32 {
        match self.before(|mark| mark.byte <= byte) {
            None => byte,
            Some(mark) => mark.utf16 + count_utf16(&text.as_bytes()[mark.byte as usize..byte as usize]),
        }
    }

    /// Byte offset of the `index`-th code point; the length of the text for one past the last.
    #[must_use]
    pub fn byte_of_char(&self, text: &str, index: u32) -> Option<u32> {
        let Some(mark) = self.before(|mark| mark.chars <= index) else {
            return (index as usize <= text.len()).then_some(index);
        };
        walk(text, mark.byte, index - mark.chars, count_chars, |_| 1)
    }

    /// Byte offset of the `index`-th UTF-16 unit; none beyond the end or inside a surrogate pair.
    #[must_use]
    pub fn byte_of_utf16(&self, text: &str, index: u32) -> Option<u32> {
        let Some(mark) = self.before(|mark| mark.utf16 <= index) else {
            return (index as usize <= text.len()).then_some(index);
        };
        walk(text, mark.byte, index - mark.utf16, count_utf16, |c| c.len_utf16() as u32)
    }

    fn before(&self, reached: impl Fn(&OffsetMark) -> bool) -> Option<OffsetMark> {
        self.marks.get(self.marks.partition_point(reached).checked_sub(1)?).copied()
    }
}

/// Walks `units` on from `byte`, where a character counts `width` units and a piece of a text `count`.
fn walk(
    text: &str,
    byte: u32,
    mut units: u32,
    count: impl Fn(&[u8]) -> u32,
    width: impl Fn(char) -> u32,
) -> Option<u32> {
    let mut at = byte;
    // Whole strides first: no character counts more units than it has bytes.
    for stride in text.as_bytes()[byte as usize..].chunks_exact(STRIDE) {
        let passed = count(stride);
        if passed >= units {
            break;
        }
        units -= passed;
        at += STRIDE as u32;
    }
    // A character that a stride has cut was counted with its first byte.
    while !text.is_char_boundary(at as usize) {
        at += 1;
    }
    for c in text[at as usize..].chars() {
        if units == 0 {
            return Some(at);
        }
        units = units.checked_sub(width(c))?;
        at += c.len_utf8() as u32;
    }
    (units == 0).then_some(at)
}

fn count_chars(piece: &[u8]) -> u32 {
    piece.iter().filter(|&&byte| byte & 0xC0 != 0x80).count() as u32
}

fn count_utf16(piece: &[u8]) -> u32 {
    piece.iter().map(|&byte| u32::from(byte & 0xC0 != 0x80) + u32::from(byte >= 0xF0)).sum()
}
