//! The way in which files are read: bounds, and what a person says about them.

use crate::lang::Message;
use crate::message;

use super::columns::TableColumn;
use super::limits::Limits;

/// The order of day and month in dates such as 05/06/2024.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayOrder {
    /// 5 June.
    DayFirst,
    /// 6 May.
    MonthFirst,
}

/// Bounds of reading, and what a person says about the files.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Reading {
    /// The bounds.
    pub limits: Limits,
    /// Columns of tables and keys of records that have other names than those that are known.
    pub columns: ColumnNames,
    /// The order of day and month where a date does not tell; none where nobody said.
    pub day_order: Option<DayOrder>,
}

/// Names of columns as a person gives them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ColumnNames(Vec<(String, TableColumn)>);

impl ColumnNames {
    /// Reads `title=Titel,date=Datum`.
    ///
    /// # Errors
    /// One sentence, where something else stands there.
    pub fn of(said: &str) -> Result<Self, Message> {
        let mut names = Vec::new();
        for pair in said.split(',').filter(|pair| !pair.trim().is_empty()) {
            let (what, name) = pair.split_once('=').ok_or_else(|| message!("columns-pair", pair = pair.trim()))?;
            let column = TableColumn::named(what.trim())
                .ok_or_else(|| message!("columns-unknown", name = what.trim(), known = TableColumn::known()))?;
            names.push((name.trim().to_lowercase(), column));
        }
        Ok(Self(names))
    }

    /// The meaning of a column of this name, as the person said.
    pub(super) fn meaning(&self, name: &str) -> Option<TableColumn> {
        let name = name.trim().to_lowercase();
        self.0.iter().find(|(known, _)| *known == name).map(|(_, column)| *column)
    }
}
