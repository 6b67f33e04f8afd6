//! Ways through the text and through lists.

/// A direction in a text, a list or a queue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    /// Towards the end.
    Forward,
    /// Towards the start.
    Back,
}

/// The fate of the selection when the caret moves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Selection {
    /// Its other end stays: it grows or shrinks.
    Extended,
    /// It is given up.
    Dropped,
}

/// The distance of a caret's motion.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Step {
    /// One grapheme cluster.
    Grapheme,
    /// To where the next word starts, or back to where this one does.
    Word,
    /// To where the next sentence starts, or back to where this one does.
    Sentence,
    /// One line on the screen up or down.
    Line,
    /// To where the next paragraph starts, or back to where this one does.
    Paragraph,
    /// As many lines as are visible.
    Page,
    /// To the end or start of the line on the screen.
    Edge,
    /// To the end or start of the text.
    Text,
}

/// A step in a direction of the text (logical, also where it is written from right to left).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Motion {
    /// The distance.
    pub step: Step,
    /// Towards the end of the text.
    pub forward: bool,
}
