//! Rows, columns and cells of the table of trips.

use std::collections::BTreeSet;

use crate::corpus::{Conflict, FrameKey, Item, TripKey};
use crate::model::{ArticleId, Id};
use crate::ui::commands::{ColumnsBy, RowsBy};
use crate::ui::corpus::signs::StateSign;

/// The rows and columns that are wanted.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Default)]
pub struct Wanted {
    pub rows: RowsBy,
    pub columns: ColumnsBy,
    /// True where cells say how many there are, and not what.
    pub counts: bool,
    /// True where only trips are wanted that articles conflict about.
    pub conflicts_only: bool,
    /// The rows whose slots are shown.
    pub unfolded: BTreeSet<RowKey>,
}

/// The name of a row, by which it is found again in other rows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RowKey {
    /// A referent.
    Referent(Id),
    /// A frame that no referent joins, by article and id.
    Frame(String, Id),
    /// Others, by their words.
    Words(String),
}

/// One column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The name by which it is found again.
    pub key: String,
    pub title: String,
    pub detail: String,
    /// A further line.
    pub day: String,
    pub(super) year: Option<i16>,
}

/// The kinds of rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowKind {
    /// A referent, or a group of trips.
    Joined,
    /// A trip that no referent joins.
    Unjoined,
    /// A line over those.
    Section,
    /// A slot of the row above.
    Slot,
    /// A trip that may be the one of the row above, or is nearly so.
    Proposal(Box<Proposal>),
}

/// A trip that may be another one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// Its row.
    pub with: RowKey,
    /// Its frames.
    pub items: Vec<Item>,
    /// True where it is a near miss, and the row says why it is none.
    pub near: bool,
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    pub kind: RowKind,
    pub key: RowKey,
    pub title: String,
    pub detail: String,
    /// By column; only those that say something.
    pub cells: Vec<Cell>,
    /// All its frames.
    pub items: Vec<Item>,
    pub unfolded: bool,
    /// All that articles say of it that cannot be right together.
    pub conflicts: Vec<Conflict>,
}

/// The words of an article about a trip.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    pub column: usize,
    pub title: String,
    pub detail: String,
    pub sign: StateSign,
    /// True where another article contradicts it.
    pub conflict: bool,
    pub items: Vec<Item>,
}

/// All rows and columns.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Rows {
    pub columns: Vec<Column>,
    pub rows: Vec<Row>,
    /// The top of each row and the bottom of the last, points.
    pub tops: Vec<f32>,
    pub joined: usize,
    pub unjoined: usize,
    /// The trips that articles conflict about.
    pub conflicts: usize,
    /// The articles that the filter keeps, and those of them without a column.
    pub articles: (usize, usize),
}

impl RowKind {
    /// The height, points.
    pub fn height(&self) -> f32 {
        match self {
            Self::Joined | Self::Unjoined => 40.0,
            Self::Section | Self::Slot => 28.0,
            Self::Proposal(_) => 34.0,
        }
    }
}

impl RowKey {
    /// The trip; none where it is a group of trips.
    pub fn frame_key(&self) -> Option<FrameKey> {
        match self {
            Self::Referent(id) => Some(FrameKey::Referent(*id)),
            Self::Frame(article, id) => Some(FrameKey::Frame(ArticleId::new(article)?, *id)),
            Self::Words(_) => None,
        }
    }
}

impl Row {
    /// True where a row of other rows is this one.
    pub fn is(&self, other: &Self) -> bool {
        self.key == other.key
            && match (&self.kind, &other.kind) {
                (RowKind::Slot, RowKind::Slot) => self.title == other.title,
                (RowKind::Proposal(one), RowKind::Proposal(other)) => one.with == other.with,
                (RowKind::Slot | RowKind::Proposal(_), _) | (_, RowKind::Slot | RowKind::Proposal(_)) => false,
                _ => true,
            }
    }

    /// The trip that it is; none where it is another kind of row.
    pub fn trip(&self) -> Option<TripKey> {
        match (&self.key, &self.kind) {
            (RowKey::Referent(id), RowKind::Joined) => Some(TripKey::Joined(*id)),
            (RowKey::Frame(..), RowKind::Unjoined) => self.items.first().map(|item| TripKey::Frame(*item)),
            _ => None,
        }
    }

    /// The cell of a column.
    pub fn cell(&self, column: usize) -> Option<&Cell> {
        self.cells.iter().find(|cell| cell.column == column)
    }
}
