//! Tags of tokens, in whatever scheme: IOB1, IOB2, IO, BIOES, BILOU, BMES, with the letter before or after the label, or alone.

/// The letters that say where in a mention a token stands.
const LETTERS: &str = "BIESLUMWO";
/// The signs between a letter and a label.
const SIGNS: [char; 4] = ['-', '_', ':', '/'];
/// The label of mentions of which a file says none.
pub(super) const UNNAMED: &str = "mention";

/// The way in which a column writes its tags.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TagStyle {
    /// `B-PER`, with this sign.
    Before(char),
    /// `PER-B`, with this sign.
    After(char),
    /// `B` and `I` without a label.
    Letters,
    /// A label alone: each run of it is a mention.
    Bare,
}

/// A tag's letter, in capitals, and its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tag {
    pub letter: char,
    pub label: String,
}

/// The tags of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Tags {
    pub style: TagStyle,
    /// True where every letter is small, and so the labels are.
    pub small: bool,
}

/// The counts of a column's cells, by what they may be.
#[derive(Debug, Default, Clone)]
pub(super) struct TagCounts {
    pub cells: usize,
    /// `O`, alone.
    pub outside: usize,
    /// Signs that nothing is there.
    pub nothing: usize,
    before: [usize; SIGNS.len()],
    after: [usize; SIGNS.len()],
    letters: usize,
    capitals: usize,
    begun: bool,
}

/// True for the sign of a token outside of mentions.
pub(super) fn is_outside(cell: &str) -> bool {
    matches!(cell, "O" | "o")
}

/// True for signs that nothing is there.
pub(super) fn is_nothing(cell: &str) -> bool {
    matches!(cell, "" | "_" | "-" | "*" | "--" | "–")
}

fn letter(text: &str) -> Option<char> {
    let mut all = text.chars();
    let one = all.next().filter(|_| all.next().is_none())?.to_ascii_uppercase();
    LETTERS.contains(one).then_some(one)
}

/// The letter and the label of a tag with this sign between them.
fn before(cell: &str, sign: char) -> Option<(char, &str)> {
    let (first, label) = cell.split_once(sign)?;
    Some((letter(first).filter(|_| !label.is_empty())?, label))
}

fn after(cell: &str, sign: char) -> Option<(char, &str)> {
    let (label, last) = cell.rsplit_once(sign)?;
    Some((letter(last).filter(|_| !label.is_empty())?, label))
}

impl TagCounts {
    pub fn of<'c>(cells: impl Iterator<Item = &'c str>) -> Self {
        let mut counts = Self::default();
        cells.for_each(|cell| counts.add(cell));
        counts
    }

    fn add(&mut self, cell: &str) {
        self.cells += 1;
        self.outside += usize::from(is_outside(cell));
        self.nothing += usize::from(is_nothing(cell));
        if is_nothing(cell) {
            return;
        }
        let mut marked = false;
        for (at, sign) in SIGNS.into_iter().enumerate() {
            if before(cell, sign).is_some() {
                self.before[at] += 1;
                marked = true;
            }
            if let Some((letter, _)) = after(cell, sign) {
                self.after[at] += 1;
                marked = marked || letter != 'O';
            }
        }
        if let Some(letter) = letter(cell).filter(|letter| *letter != 'O') {
            self.letters += 1;
            self.begun = self.begun || matches!(letter, 'B' | 'S' | 'U');
            marked = true;
        }
        let small = if is_outside(cell) || SIGNS.iter().any(|sign| before(cell, *sign).is_some()) {
            cell.starts_with(|c: char| c.is_ascii_lowercase())
        } else {
            cell.ends_with(|c: char| c.is_ascii_lowercase())
        };
        self.capitals += usize::from((marked || is_outside(cell)) && !small);
    }

    fn most(&self) -> (usize, TagStyle) {
        let of = |counts: &[usize; SIGNS.len()], style: fn(char) -> TagStyle| {
            let (at, count) = counts.iter().enumerate().rev().max_by_key(|(_, count)| **count).unwrap_or((0, &0));
            (*count, style(SIGNS[at]))
        };
        let (before, after) = (of(&self.before, TagStyle::Before), of(&self.after, TagStyle::After));
        if before.0 >= after.0 { before } else { after }
    }

    /// True where the cells are tags with letters, whatever few of them are otherwise.
    pub fn are_tags(&self) -> bool {
        let marked = self.most().0;
        let with_labels = marked > 0 && (marked + self.outside) * 10 >= (self.cells - self.nothing) * 9;
        let alone = self.begun && self.outside > 0 && self.letters + self.outside == self.cells - self.nothing;
        let empty = self.outside > 0 && self.outside * 10 >= self.cells * 9;
        with_labels || alone || empty
    }

    /// True where there is no tag with a label or a letter.
    pub fn is_unmarked(&self) -> bool {
        self.most().0 == 0 && self.letters == 0
    }

    /// The way in which the column writes tags.
    pub fn tags(&self) -> Tags {
        let (marked, style) = self.most();
        let style = match style {
            _ if self.begun && self.letters > marked => TagStyle::Letters,
            style if marked > 0 && marked >= self.letters => style,
            _ => TagStyle::Bare,
        };
        Tags { style, small: self.capitals == 0 && style != TagStyle::Bare }
    }
}

impl Tags {
    /// True where a cell that is not empty can be a tag of this column.
    pub fn fits(self, cell: &str) -> bool {
        match self.style {
            TagStyle::Before(sign) => before(cell, sign).is_some(),
            TagStyle::After(sign) => after(cell, sign).is_some(),
            TagStyle::Letters => letter(cell).is_some(),
            TagStyle::Bare => cell.chars().all(|c| c.is_uppercase() || matches!(c, '-' | '_')),
        }
    }

    /// The tag of a cell; none outside of mentions.
    pub fn tag(self, cell: &str) -> Option<Tag> {
        if is_outside(cell) || is_nothing(cell) {
            return None;
        }
        let found = match self.style {
            TagStyle::Before(sign) => before(cell, sign),
            TagStyle::After(sign) => after(cell, sign),
            TagStyle::Letters => letter(cell).map(|letter| (letter, UNNAMED)),
            TagStyle::Bare => None,
        };
        // A tag without a letter: each run of it is a mention.
        let (letter, label) = found.unwrap_or(('I', cell));
        let label = if self.small { label.to_uppercase() } else { label.to_owned() };
        (letter != 'O').then_some(Tag { letter, label })
    }
}

/// A mention of one column: its tokens, from and to, and its label.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Mention {
    pub from: usize,
    /// The last of them.
    pub to: usize,
    pub label: String,
}

/// A tag that goes on with a mention that is not there: its token and itself.
pub(super) type Orphan = (usize, Tag);

/// The mentions of a column, sentence by sentence, whatever their scheme; and what no scheme allows.
#[derive(Default)]
pub(super) struct Decoder {
    pub mentions: Vec<Mention>,
    open: Option<Mention>,
    orphans: Vec<Orphan>,
    begun: usize,
}

impl Decoder {
    /// Takes the tag of a token.
    pub fn take(&mut self, token: usize, tag: Option<Tag>) {
        let Some(tag) = tag else { return self.sentence() };
        let inside = matches!(tag.letter, 'I' | 'E' | 'L' | 'M');
        let last = matches!(tag.letter, 'E' | 'L' | 'S' | 'U' | 'W');
        let goes_on = self.open.as_ref().is_some_and(|open| open.label == tag.label);
        match &mut self.open {
            Some(open) if goes_on && inside => open.to = token,
            _ => {
                if inside {
                    self.orphans.push((token, tag.clone()));
                }
                self.begun += usize::from(!inside && !goes_on);
                self.sentence();
                self.open = Some(Mention { from: token, to: token, label: tag.label });
            }
        }
        if last {
            self.sentence();
        }
    }

    /// Ends a sentence, and a mention.
    pub fn sentence(&mut self) {
        self.mentions.extend(self.open.take());
    }

    /// The tags that begin a mention though they say that it goes on. In IOB1 every mention begins so, unless one of its
    /// label touches it; then none is one.
    pub fn orphans(&mut self) -> Vec<Orphan> {
        let orphans = std::mem::take(&mut self.orphans);
        if self.begun > 0 { orphans } else { Vec::new() }
    }
}
