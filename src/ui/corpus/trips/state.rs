//! The cell that is looked at in the table of trips, and how it stays the same one when the rows are made anew.

use eframe::egui;

use super::evidence;
use super::row::{Cell, Row, RowKey, RowKind, Rows, Wanted};
use crate::corpus::{Conflict, Index};
use crate::t;
use crate::ui::commands::{ColumnsBy, RowsBy, Towards};
use crate::ui::corpus::evidence::Evidence;

/// View state of the table of trips.
#[derive(Default)]
pub struct Trips {
    wanted: Wanted,
    pub(super) rows: Rows,
    /// The row that is looked at.
    row: usize,
    /// The column that is looked at; none is the row as a whole.
    column: Option<usize>,
    /// True where the cell is still to be brought into view.
    pub(super) unseen: bool,
    /// The trip that is marked, to be one with another.
    marked: Option<RowKey>,
    /// The part of the table that was in view.
    pub(super) view: Option<egui::Rect>,
    /// Counts up with every look elsewhere.
    looks: u64,
}

impl Trips {
    /// The rows and columns that are wanted.
    pub fn wanted(&self) -> Wanted {
        self.wanted.clone()
    }

    /// True where there are no trips.
    pub fn is_empty(&self) -> bool {
        self.rows.rows.is_empty()
    }

    /// A number that is another one where something else is looked at.
    pub fn stamp(&self) -> u64 {
        self.looks
    }

    /// Takes rows that were made anew; the cell that is looked at stays where it still is.
    pub fn take(&mut self, rows: Rows) {
        let row = self.current().cloned();
        let column = self.column.and_then(|at| self.rows.columns.get(at)).map(|column| column.key.clone());
        self.rows = rows;
        let found = row.and_then(|row| self.rows.rows.iter().position(|one| one.is(&row)));
        let last = self.rows.rows.len().saturating_sub(1);
        self.row = found.unwrap_or(self.row.min(last));
        if self.current().is_some_and(|row| row.kind == RowKind::Section) {
            self.row = (self.row + 1).min(last);
        }
        self.column = column.and_then(|key| self.rows.columns.iter().position(|column| column.key == key));
        self.looks += 1;
    }

    /// The row that is looked at.
    pub fn current(&self) -> Option<&Row> {
        self.rows.rows.get(self.row)
    }

    /// The row and column that are looked at.
    pub fn at(&self) -> (usize, Option<usize>) {
        (self.row, self.column)
    }

    /// The cell that is looked at.
    pub fn cell(&self) -> Option<&Cell> {
        self.current()?.cell(self.column?)
    }

    /// The name of the row that is looked at.
    pub fn key(&self) -> Option<&RowKey> {
        self.current().map(|row| &row.key)
    }

    /// Looks at a row by its name.
    pub fn seek(&mut self, key: &RowKey) {
        if self.key() != Some(key)
            && let Some(row) = self.rows.rows.iter().position(|row| row.key == *key)
        {
            self.look(row, None);
        }
    }

    /// Looks at a row, and at a column of it.
    pub fn look(&mut self, row: usize, column: Option<usize>) {
        if self.rows.rows.get(row).is_some_and(|row| row.kind != RowKind::Section) {
            (self.row, self.column) = (row, column.filter(|column| *column < self.rows.columns.len()));
            self.unseen = true;
            self.looks += 1;
        }
    }

    /// Goes from the cell that is looked at.
    pub fn go(&mut self, towards: Towards) {
        let (row, column, last) = (self.row, self.column, self.rows.rows.len().saturating_sub(1));
        let columns = self.rows.columns.len();
        let page = self.view.map_or(10, |view| (view.height() / 40.0) as usize).max(1);
        let (row, column) = match towards {
            Towards::Up => (row.saturating_sub(1), column),
            Towards::Down => (row + 1, column),
            Towards::PageUp => (row.saturating_sub(page), column),
            Towards::PageDown => (row + page, column),
            Towards::First => (0, column),
            Towards::Last => (last, column),
            Towards::Left => (row, column.and_then(|column| column.checked_sub(1))),
            Towards::Right => (row, Some(column.map_or(0, |column| column + 1)).filter(|at| *at < columns).or(column)),
        };
        let row = row.min(last);
        // The line over trips that are not joined is passed over.
        let section = |at: usize| self.rows.rows.get(at).is_some_and(|row| row.kind == RowKind::Section);
        let row = match section(row) {
            true if row < self.row => row.saturating_sub(1),
            true => (row + 1).min(last),
            false => row,
        };
        self.look(row, column);
    }

    /// Shows the slots of the row that is looked at, or no longer.
    pub fn unfold(&mut self) {
        let Some(key) = self.current().filter(|row| row.kind != RowKind::Section).map(|row| row.key.clone()) else {
            return;
        };
        if !self.wanted.unfolded.remove(&key) {
            self.wanted.unfolded.insert(key);
        }
    }

    /// Shows only trips that articles conflict about, or all again.
    pub fn toggle_conflicts(&mut self) {
        self.wanted.conflicts_only = !self.wanted.conflicts_only;
    }

    /// True where a trip is marked.
    pub(super) fn is_marked(&self, row: &Row) -> bool {
        row.trip().is_some() && self.marked.as_ref() == Some(&row.key)
    }

    /// Marks the trip that is looked at, or no longer.
    pub fn mark(&mut self) {
        let now = self.current().filter(|row| row.trip().is_some()).map(|row| row.key.clone());
        self.marked = if self.marked == now { None } else { now };
    }

    /// Lets go of the mark.
    pub(super) fn unmark(&mut self) {
        self.marked = None;
    }

    /// The rows of the two trips that a join or a judgement is about: those of the proposal, or the marked one and the one that
    /// is looked at.
    pub(super) fn both(&self) -> Option<[&Row; 2]> {
        let row = self.current()?;
        let named = |key: &RowKey| self.rows.rows.iter().find(|row| row.key == *key && row.trip().is_some());
        match &row.kind {
            RowKind::Proposal(proposal) => Some([named(&row.key)?, named(&proposal.with)?]),
            _ => {
                let marked = self.marked.as_ref().filter(|marked| **marked != row.key)?;
                Some([named(marked)?, Some(row).filter(|row| row.trip().is_some())?])
            }
        }
    }

    /// Looks at the next cell of the row that conflicts; gives what conflicts there, and by which rule.
    pub fn why(&mut self) -> Option<String> {
        let row = self.current()?;
        if let RowKind::Proposal(_) = row.kind {
            return Some(format!("{} {}", row.title, row.detail));
        }
        let all: Vec<usize> = row.cells.iter().filter(|cell| cell.conflict).map(|cell| cell.column).collect();
        let next = all.iter().find(|column| self.column.is_none_or(|now| **column > now)).or(all.first()).copied()?;
        let items = &row.cell(next)?.items;
        let of_cell = |conflict: &&Conflict| conflict.of.iter().any(|item| items.contains(item));
        let conflict = row.conflicts.iter().find(of_cell)?;
        let said = t!("trips-why", conflict = conflict.message().told(), rule = conflict.rule.why().told());
        self.look(self.row, Some(next));
        Some(said)
    }

    /// Chooses the rows.
    pub fn rows_by(&mut self, by: RowsBy) {
        self.wanted.rows = by;
    }

    /// Chooses the columns.
    pub fn columns_by(&mut self, by: ColumnsBy) {
        self.wanted.columns = by;
    }

    /// Shows numbers in cells, or what there is.
    pub fn toggle_counts(&mut self) {
        self.wanted.counts = !self.wanted.counts;
    }

    /// The words behind what is looked at.
    pub fn evidence(&self, index: &Index, language: &str) -> Evidence {
        let Some(row) = self.current() else { return Evidence::default() };
        let named = match row.kind {
            RowKind::Slot => row.title.clone(),
            RowKind::Proposal(_) => row.title.clone(),
            RowKind::Joined | RowKind::Unjoined | RowKind::Section => format!("{}, {}", row.title, row.detail),
        };
        let chosen = match &row.kind {
            RowKind::Proposal(proposal) => &proposal.items,
            _ => self.cell().map_or(&[][..], |cell| &cell.items),
        };
        let mut evidence = evidence::of(index, (&row.key, &named), (&row.items, chosen), language);
        let note = |conflict: &Conflict| (conflict.message().told(), conflict.rule.why().told());
        evidence.conflicts = row.conflicts.iter().map(note).collect();
        evidence
    }

    /// The table as tab-separated text.
    pub fn table(&self) -> String {
        let mut lines = Vec::with_capacity(self.rows.rows.len() + 1);
        let heads = self.rows.columns.iter().map(|column| match column.day.is_empty() {
            true => column.title.clone(),
            false => format!("{} {}", column.title, column.day),
        });
        lines.push([String::new(), String::new()].into_iter().chain(heads).collect::<Vec<_>>());
        let of_table = |row: &&Row| !matches!(row.kind, RowKind::Section | RowKind::Proposal(_));
        for row in self.rows.rows.iter().filter(of_table) {
            let cell = |at| match row.cell(at) {
                Some(cell) if cell.detail.is_empty() => cell.title.clone(),
                Some(cell) => format!("{}; {}", cell.title, cell.detail),
                None => String::new(),
            };
            let cells = (0..self.rows.columns.len()).map(cell);
            lines.push([row.title.clone(), row.detail.clone()].into_iter().chain(cells).collect());
        }
        let flat = |cell: &String| cell.replace(['\t', '\n', '\r'], " ");
        let line = |cells: &Vec<String>| cells.iter().map(flat).collect::<Vec<_>>().join("\t");
        lines.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}
