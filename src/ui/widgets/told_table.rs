//! Tables as those have them who hear the window: rows and columns with their numbers, and heads as heads.

use eframe::egui::accesskit::Role;
use eframe::egui::{Color32, Grid, Id, RichText, Ui, UiBuilder};

/// Says that a part of the window is a table of so many rows and columns, heads among them.
pub fn table(ui: &Ui, rows: usize, columns: usize) {
    ui.ctx().accesskit_node_builder(ui.unique_id(), |node| {
        node.set_role(Role::Table);
        node.set_row_count(rows);
        node.set_column_count(columns);
    });
}

/// A row of a table, for what is put into it.
pub fn row(ui: &mut Ui, at: usize) -> Ui {
    let inner = ui.new_child(UiBuilder::new().id_salt(("row", at)));
    ui.ctx().accesskit_node_builder(inner.unique_id(), |node| {
        node.set_role(Role::Row);
        node.set_row_index(at);
    });
    inner
}

/// The sorts of cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// A value.
    Cell,
    /// The head of a column.
    Column,
    /// The head of a row.
    Row,
}

/// Says that a part of the window, or a widget, is a cell there.
pub fn cell(ui: &Ui, id: Id, (row, column): (usize, usize), sort: Sort) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_role(match sort {
            Sort::Cell => Role::Cell,
            Sort::Column => Role::ColumnHeader,
            Sort::Row => Role::RowHeader,
        });
        node.set_row_index(row);
        node.set_column_index(column);
    });
}

/// Shows a table of words: its heads in a weak colour, where it has any, and its rows.
pub fn words(ui: &mut Ui, id: &str, heads: &[&str], rows: &[Vec<String>], weak: Color32) {
    let columns = rows.first().map_or(heads.len(), Vec::len);
    let first = usize::from(!heads.is_empty());
    Grid::new(id).striped(true).num_columns(columns).show(ui, |ui| {
        table(ui, rows.len() + first, columns);
        for (column, head) in heads.iter().enumerate() {
            let shown = ui.label(RichText::new(*head).color(weak));
            called(ui, shown.id, head);
            cell(ui, shown.id, (0, column), Sort::Column);
        }
        if first > 0 {
            ui.end_row();
        }
        for (at, row) in rows.iter().enumerate() {
            for (column, words) in row.iter().enumerate() {
                let shown = ui.label(words);
                called(ui, shown.id, words);
                cell(ui, shown.id, (at + first, column), Sort::Cell);
            }
            ui.end_row();
        }
    });
}

/// Calls a cell by its words: what is a value of a label would be that of the cell.
fn called(ui: &Ui, id: Id, words: &str) {
    ui.ctx().accesskit_node_builder(id, |node| {
        node.set_label(words);
        node.clear_value();
    });
}
