//! The way in which files are read: bounds, and what a person says about them.

use super::columns::ColumnNames;
use super::dates::DayOrder;
use super::limits::Limits;

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
