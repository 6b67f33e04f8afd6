//! The meaning of the columns of a file.

use std::borrow::Cow;

use super::rows::Between;
use super::tags::{TagStyle, Tags, is_nothing, is_outside};
use crate::lang::Message;
use crate::message;

/// The meaning of the columns of a file, each counted from 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layout {
    /// The name by which people know files of this kind; empty where they have none.
    pub kind: &'static str,
    pub between: Between,
    /// The columns of most lines.
    pub width: usize,
    pub word: usize,
    pub layers: Layers,
    /// The column of clusters of mentions: `(0`, `0)`.
    pub coref: Option<At>,
    /// The column of remarks such as `SpaceAfter=No`.
    pub misc: Option<usize>,
    /// The column of the sentence's number.
    pub sentence: Option<usize>,
    /// The column of the token's number in its sentence: `2-3` where words are written as one, `8.1` where none is written.
    pub index: Option<usize>,
    /// The cells of the line that names the columns.
    pub header: Option<Vec<String>>,
    /// True where lines have more columns than others and nothing is wrong.
    pub ragged: bool,
    /// True where a person or the file itself says so.
    pub said: bool,
    /// True where most lines have tags, and nothing is taken for one that may be anything.
    pub tagged: bool,
}

/// The columns of tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Layers {
    /// Every column but the first, each for a label.
    Every,
    These(Vec<Layer>),
}

/// A column of tags.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Layer {
    pub name: String,
    pub at: At,
    pub means: Means,
}

/// The content of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Means {
    /// Mentions.
    Mentions(Tags),
    /// Mentions as brackets: `(GPE*`, `*)`.
    Brackets,
    /// More about the mentions of the first column that stand at the same place.
    Detail(Tags),
    /// The identifier of what the mentions of the first column are about.
    Link,
}

/// The place of something in a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum At {
    Column(usize),
    /// The last column, however many there are.
    Last,
    /// The value of a key in a column: `name=B-PER|SpaceAfter=No`.
    Key(usize, String),
}

impl At {
    /// Its cell in a line; where a line ends too early or too late, its last is that of the last column.
    pub fn cell<'c>(&self, cells: &'c [Cow<'_, str>], width: usize) -> &'c str {
        let last = || cells.get(1..).and_then(<[_]>::last).map_or("O", AsRef::as_ref);
        match self {
            Self::Last => last(),
            Self::Column(at) if at + 1 == width && cells.len() != width => last(),
            Self::Column(at) => cells.get(*at).map_or("O", AsRef::as_ref),
            Self::Key(at, key) => cells.get(*at).and_then(|cell| of_key(cell, key)).unwrap_or("O"),
        }
    }

    /// The number of its column, from 1.
    fn number(&self, width: usize) -> usize {
        match self {
            Self::Last => width,
            Self::Column(at) | Self::Key(at, _) => at + 1,
        }
    }

    fn told(&self, name: &Message, width: usize) -> Message {
        match self {
            Self::Key(at, key) => message!("conll-at-key", key = key, number = at + 1),
            _ => message!("conll-at", name = name, number = self.number(width)),
        }
    }
}

/// The value of a key among remarks: `name=B-PER|SpaceAfter=No`.
pub(super) fn of_key<'c>(cell: &'c str, key: &str) -> Option<&'c str> {
    cell.split('|').find_map(|part| part.split_once('=').filter(|(name, _)| *name == key).map(|(_, value)| value))
}

impl Layout {
    /// The layout of lines that are words alone.
    pub fn plain() -> Self {
        Self {
            kind: "",
            between: Between::White,
            width: 1,
            word: 0,
            layers: Layers::These(Vec::new()),
            coref: None,
            misc: None,
            sentence: None,
            index: None,
            header: None,
            ragged: false,
            said: true,
            tagged: false,
        }
    }

    /// The layout of files that say themselves that each label has a column.
    pub fn every() -> Self {
        Self { layers: Layers::Every, ragged: true, ..Self::plain() }
    }

    /// True where a line that may be a comment is a token all the same: it has the columns, and a tag among them.
    pub fn fits(&self, cells: &[Cow<'_, str>]) -> bool {
        let Layers::These(layers) = &self.layers else { return cells.len() > 1 };
        let tagged = |layer: &Layer| {
            let cell = layer.at.cell(cells, self.width);
            match layer.means {
                Means::Mentions(tags) => is_outside(cell) || is_nothing(cell) || tags.fits(cell),
                _ => true,
            }
        };
        cells.len() == self.width && layers.iter().all(tagged)
    }

    /// True for a line that names the columns.
    pub fn is_header(&self, line: &str) -> bool {
        let Some(header) = &self.header else { return false };
        let begins =
            header.first().is_some_and(|name| line.to_lowercase().trim_start_matches('"').starts_with(&**name));
        begins && {
            let cells = self.between.cells(line);
            cells.len() == header.len() && cells.iter().zip(header).all(|(cell, name)| cell.to_lowercase() == *name)
        }
    }

    /// True where it is shown by tags, not by their absence alone where that is asked for, or by clusters.
    pub fn is_sure(&self, marked: bool) -> bool {
        let tagged = |layer: &Layer| match layer.means {
            Means::Mentions(tags) => tags.style != TagStyle::Bare || !marked,
            Means::Brackets => true,
            Means::Detail(_) | Means::Link => false,
        };
        match &self.layers {
            Layers::Every => true,
            Layers::These(layers) => self.tagged && (self.coref.is_some() || layers.iter().any(tagged)),
        }
    }

    /// The layout in a sentence, as it was understood.
    pub fn told(&self) -> Message {
        let mut parts = vec![At::Column(self.word).told(&message!("conll-word"), self.width)];
        if let Layers::These(layers) = &self.layers {
            for layer in layers {
                let name = match &*layer.name {
                    "" => message!("conll-tag"),
                    "outer" => message!("conll-outer"),
                    "inner" => message!("conll-inner"),
                    name if !matches!(layer.at, At::Key(..)) => {
                        parts.push(message!("conll-at", name = name, number = layer.at.number(self.width)));
                        continue;
                    }
                    _ => message!("conll-tag"),
                };
                parts.push(layer.at.told(&name, self.width));
            }
            if layers.is_empty() && self.coref.is_none() {
                parts.push(message!("conll-no-tags"));
            }
        }
        parts.extend(self.coref.as_ref().map(|at| at.told(&message!("conll-coref"), self.width)));
        parts.extend(self.sentence.map(|at| At::Column(at).told(&message!("conll-sentence"), self.width)));
        let listed = parts.into_iter().reduce(|one, other| message!("conll-listed", one = one, other = other));
        let listed = listed.unwrap_or_else(|| message!("conll-no-tags"));
        match self.kind {
            "" => message!("conll-read-columns", columns = listed),
            kind => message!("conll-read", kind = kind, columns = listed),
        }
    }
}
