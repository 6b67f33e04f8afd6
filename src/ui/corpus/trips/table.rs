//! The table of trips, of which only the rows and columns in view are painted.

use std::ops::Range;

use eframe::egui::{self, FontId, Painter, Pos2, Rect, Sense, Stroke, StrokeKind, pos2, vec2};

use super::row::{Cell, Row, RowKind};
use super::state::Trips;
use crate::t;
use crate::ui::commands::{self, Command, CorpusCommand, TripsCommand};
use crate::ui::corpus::signs;
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::{Theme, mix, with_alpha};

/// The height of the heads of columns, points.
const HEAD: f32 = 40.0;
/// The least width of a column, points.
const COLUMN: f32 = 148.0;
/// The width of the answers to a proposal, points.
const ANSWERS: f32 = 260.0;

/// The table in a frame.
struct Table<'a> {
    ui: &'a egui::Ui,
    trips: &'a Trips,
    theme: &'a Theme,
    /// The whole place.
    all: Rect,
    /// The place of the cells.
    body: Rect,
    /// The widths of the first column and of each other one.
    first: f32,
    column: f32,
    /// The part that is in view begins here.
    offset: egui::Vec2,
    fonts: [FontId; 2],
}

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, trips: &mut Trips, theme: &Theme, may_change: bool, commands: &mut Vec<Command>) {
    let all = ui.available_rect_before_wrap();
    let count = trips.rows.columns.len();
    let first = (all.width() * 0.24).clamp(120.0, 240.0);
    let column = ((all.width() - first) / count.max(1) as f32).clamp(COLUMN, 240.0);
    let size = vec2(count as f32 * column, trips.rows.tops.last().copied().unwrap_or(0.0));
    let place = Rect::from_min_max(all.min + vec2(first, HEAD), all.max);
    let mut area = egui::ScrollArea::both().id_salt("trips").auto_shrink([false, false]);
    if std::mem::take(&mut trips.unseen) {
        let (x, y) = brought(trips, place, column);
        area = area.horizontal_scroll_offset(x).vertical_scroll_offset(y);
    }
    let scope = egui::UiBuilder::new().max_rect(place);
    let scrolled = ui.scope_builder(scope, |ui| area.show(ui, |ui| ui.allocate_space(size))).inner;
    let (offset, body) = (scrolled.state.clamped_offset(), scrolled.inner_rect);
    trips.view = Some(Rect::from_min_size(offset.to_pos2(), body.size()));
    let fonts = [egui::TextStyle::Body.resolve(ui.style()), FontId::proportional(11.0)];
    let table = Table { ui, trips, theme, all, body, first, column, offset, fonts };
    let shown = in_view(&trips.rows.tops, &(offset.y..offset.y + body.height()));
    for at in shown.clone() {
        table.row(at, commands);
    }
    table.heads();
    let lines = shown.filter(|at| may_change && table.is_proposal(*at)).map(|at| (at, table.line(at)));
    let lines: Vec<(usize, Rect)> = lines.collect();
    let clip = Rect::from_min_max(pos2(all.left(), body.top()), body.right_bottom());
    for (at, line) in lines {
        answers(ui, (at, line, clip), commands);
    }
}

/// The rows that are in view.
fn in_view(tops: &[f32], shown: &Range<f32>) -> Range<usize> {
    let rows = tops.len().saturating_sub(1);
    let first = tops.partition_point(|top| *top <= shown.start).saturating_sub(1);
    let last = tops.partition_point(|top| *top < shown.end).min(rows);
    first.min(last)..last
}

/// The offsets with which the cell that is looked at is in view, as near to those there were as can be.
fn brought(trips: &Trips, place: Rect, width: f32) -> (f32, f32) {
    let (row, column) = trips.at();
    let view = trips.view.unwrap_or_else(|| Rect::from_min_size(Pos2::ZERO, place.size()));
    let top = trips.rows.tops.get(row).copied().unwrap_or(0.0);
    let bottom = trips.rows.tops.get(row + 1).copied().unwrap_or(top);
    let y = view.top().min(top).max(bottom - view.height());
    let x = column.map_or(view.left(), |column| {
        let left = column as f32 * width;
        view.left().min(left).max(left + width - view.width())
    });
    (x.max(0.0), y.max(0.0))
}

/// The answers to a proposal, at the right of its line; no place for them hides none of the words.
fn answers(ui: &mut egui::Ui, (at, line, clip): (usize, Rect, Rect), commands: &mut Vec<Command>) {
    let place = Rect::from_min_max(pos2(line.right() - ANSWERS, line.top()), line.max).shrink2(vec2(6.0, 3.0));
    if line.width() < ANSWERS * 2.0 {
        return;
    }
    let layout = egui::Layout::right_to_left(egui::Align::Center);
    let scope = egui::UiBuilder::new().id_salt(("answers", at)).max_rect(place).layout(layout);
    ui.scope_builder(scope, |ui| {
        ui.set_clip_rect(clip.intersect(ui.clip_rect()));
        let answers = [
            (TripsCommand::Unsure, t!("command-trips-unsure")),
            (TripsCommand::NotSame, t!("command-trips-not-same")),
            (TripsCommand::Join, t!("command-trips-join")),
        ];
        for (command, title) in answers {
            let command: Command = CorpusCommand::Trips(command).into();
            if ui.small_button(commands::with_key(title, &command)).clicked() {
                commands.push(CorpusCommand::Trips(TripsCommand::At(at, None)).into());
                commands.push(command);
            }
        }
    });
}

impl Table<'_> {
    fn is_proposal(&self, row: usize) -> bool {
        matches!(self.trips.rows.rows[row].kind, RowKind::Proposal(ref proposal) if !proposal.near)
    }

    /// A trip that may be the one of the row above, over all columns.
    fn proposal(&self, at: usize, commands: &mut Vec<Command>) {
        let (painter, theme, line, row) = (self.below_heads(), self.theme, self.line(at), &self.trips.rows.rows[at]);
        let near = !self.is_proposal(at);
        let chosen = self.trips.at().0 == at;
        let id = self.ui.scope_id().with(("proposal", at));
        let response = self.ui.interact(line.intersect(painter.clip_rect()), id, Sense::click());
        let name = || format!("{} {}", row.title, row.detail);
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RowHeader, true, chosen, name()));
        if response.clicked() {
            commands.push(CorpusCommand::Trips(TripsCommand::At(at, None)).into());
        }
        let ground = match (chosen, near) {
            (true, _) => theme.selection,
            (false, true) => theme.ground,
            (false, false) => mix(theme.ground, theme.selection, 0.4),
        };
        painter.rect_filled(line, 0.0, ground);
        if chosen {
            painter.rect_filled(Rect::from_min_size(line.min, vec2(3.0, line.height())), 0.0, theme.accent);
        }
        let answers = if near || line.width() < ANSWERS * 2.0 { 0.0 } else { ANSWERS };
        let (left, width) = (line.left() + 28.0, line.width() - 40.0 - answers);
        let [_, small] = self.fonts.clone();
        let ink = if near && !chosen { theme.weak } else { theme.text };
        list_row::paint(&painter, pos2(left, line.top() + 10.0), width, &row.title, small.clone(), ink);
        list_row::paint(&painter, pos2(left, line.bottom() - 9.0), width, &row.detail, small, theme.weak);
    }

    fn left(&self, column: usize) -> f32 {
        self.all.left() + self.first + column as f32 * self.column - self.offset.x
    }

    fn line(&self, row: usize) -> Rect {
        let tops = &self.trips.rows.tops;
        let top = self.all.top() + HEAD - self.offset.y;
        Rect::from_x_y_ranges(self.all.left()..=self.body.right(), top + tops[row]..=top + tops[row + 1])
    }

    /// Paints below the heads of columns.
    fn below_heads(&self) -> Painter {
        let clip = Rect::from_min_max(pos2(self.all.left(), self.body.top()), self.body.right_bottom());
        self.ui.painter().with_clip_rect(clip.intersect(self.ui.clip_rect()))
    }

    /// The columns that are in view.
    fn columns(&self) -> Range<usize> {
        let count = self.trips.rows.columns.len();
        let first = (self.offset.x / self.column).floor().max(0.0) as usize;
        let last = ((self.offset.x + self.body.width()) / self.column).ceil().max(0.0) as usize;
        first.min(count)..last.min(count)
    }

    fn row(&self, at: usize, commands: &mut Vec<Command>) {
        let (painter, line, row) = (self.below_heads(), self.line(at), &self.trips.rows.rows[at]);
        match row.kind {
            RowKind::Section => self.section(&painter, line, row),
            RowKind::Proposal(_) => self.proposal(at, commands),
            RowKind::Joined | RowKind::Unjoined | RowKind::Slot => {
                // The cells first: the first column lies over them where the table is scrolled.
                for column in self.columns() {
                    if self.cell(at, column).clicked() {
                        commands.push(CorpusCommand::Trips(TripsCommand::At(at, Some(column))).into());
                    }
                }
                self.row_head(&painter, at, commands);
            }
        }
        painter.hline(line.x_range(), line.bottom() - 0.5, Stroke::new(1.0, self.theme.line));
    }

    /// The line over trips that are not joined.
    fn section(&self, painter: &Painter, line: Rect, row: &Row) {
        let [body, small] = self.fonts.clone();
        painter.rect_filled(line, 0.0, self.theme.panel);
        let left = pos2(line.left() + 12.0, line.center().y);
        let head = list_row::paint(painter, left, 300.0, &row.title, body, self.theme.text);
        let after = left + vec2(head.size().x + 12.0, 0.0);
        list_row::paint(painter, after, line.right() - after.x - 8.0, &row.detail, small, self.theme.weak);
    }

    fn row_head(&self, painter: &Painter, at: usize, commands: &mut Vec<Command>) {
        let (row, theme, line) = (&self.trips.rows.rows[at], self.theme, self.line(at));
        let (chosen_row, chosen_column) = self.trips.at();
        let chosen = chosen_row == at;
        let head = Rect::from_min_size(line.min, vec2(self.first, line.height()));
        let id = self.ui.scope_id().with(("trip", at));
        let response = self.ui.interact(head.intersect(painter.clip_rect()), id, Sense::click());
        let marked = self.trips.is_marked(row);
        let said = if marked { t!("trips-marked") } else { "" };
        let name = || {
            [&*row.title, &*row.detail, said].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        };
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RowHeader, true, chosen, name()));
        if response.clicked() {
            let unfold = response.interact_pointer_pos().is_some_and(|pos| pos.x < head.left() + 26.0);
            commands.push(CorpusCommand::Trips(TripsCommand::At(at, None)).into());
            if unfold && row.kind != RowKind::Slot || response.double_clicked() {
                commands.push(CorpusCommand::Trips(TripsCommand::Unfold).into());
            }
        }
        let ground = if chosen && chosen_column.is_none() { theme.selection } else { theme.ground };
        painter.rect_filled(head, 0.0, ground);
        if row.kind == RowKind::Unjoined {
            signs::hatch(painter, head, with_alpha(theme.weak, 70));
        }
        if chosen {
            painter.rect_filled(Rect::from_min_size(head.min, vec2(3.0, head.height())), 0.0, theme.accent);
        }
        if marked {
            painter.rect_stroke(head.shrink(3.0), 3.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
        }
        let (left, width) = (head.left() + 28.0, head.width() - 36.0);
        let [body, small] = self.fonts.clone();
        if row.kind == RowKind::Slot {
            list_row::paint(painter, pos2(left + 8.0, head.center().y), width - 8.0, &row.title, small, theme.weak);
            return;
        }
        signs::chevron(painter, pos2(head.left() + 15.0, head.top() + 13.0), row.unfolded, theme.weak);
        list_row::paint(painter, pos2(left, head.top() + 12.0), width, &row.title, body, theme.text);
        list_row::paint(painter, pos2(left, head.bottom() - 11.0), width, &row.detail, small, theme.weak);
    }

    fn cell(&self, at: usize, column: usize) -> egui::Response {
        let (row, theme, line) = (&self.trips.rows.rows[at], self.theme, self.line(at));
        let painter = self.ui.painter().with_clip_rect(self.body.intersect(self.ui.clip_rect()));
        let left = self.left(column);
        let place = Rect::from_x_y_ranges(left..=left + self.column, line.y_range());
        let inside = place.shrink2(vec2(2.0, 1.0));
        let id = self.ui.scope_id().with(("cell", at, column));
        let response = self.ui.interact(place.intersect(self.body), id, Sense::click());
        let looked_at = self.trips.at() == (at, Some(column));
        let cell = row.cell(column);
        let name = || cell.map_or_else(|| t!("trips-cell-empty").to_owned(), |cell| self.cell_name(cell));
        response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Cell, true, looked_at, name()));
        if let Some(cell) = cell {
            if response.hovered() {
                painter.rect_filled(inside, 3.0, theme.raised);
            }
            if cell.conflict {
                painter.rect_filled(inside, 3.0, with_alpha(theme.bad, 28));
                signs::unequal(&painter, pos2(inside.right() - 11.0, inside.top() + 11.0), theme.bad);
            }
            self.cell_words(&painter, place, cell);
        }
        if looked_at {
            painter.rect_stroke(inside, 3.0, Stroke::new(2.0, theme.accent), StrokeKind::Inside);
        }
        painter.vline(place.left(), line.y_range(), Stroke::new(1.0, theme.line));
        response
    }

    /// The name of a cell for those who hear it.
    fn cell_name(&self, cell: &Cell) -> String {
        let of = &self.trips.rows.columns[cell.column];
        let conflict = if cell.conflict { t!("trips-cell-conflict") } else { "" };
        let parts = [&*of.title, &*cell.title, &*cell.detail, conflict];
        parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
    }

    /// The two rows of a cell: where; sign, days and state.
    fn cell_words(&self, painter: &Painter, place: Rect, cell: &Cell) {
        let [body, small] = self.fonts.clone();
        let (left, room, theme) = (place.left() + 9.0, place.width() - 16.0, self.theme);
        let title = |y: f32, width: f32| list_row::paint(painter, pos2(left, y), width, &cell.title, body, theme.text);
        let at_sign = if cell.conflict { 18.0 } else { 0.0 };
        if cell.detail.is_empty() {
            title(place.center().y, room - at_sign);
            return;
        }
        title(place.top() + 12.0, room - at_sign);
        let y = place.bottom() - 11.0;
        let shift = if cell.sign == signs::StateSign::None { 0.0 } else { 17.0 };
        signs::state(painter, pos2(left + 5.5, y), cell.sign, theme.text);
        list_row::paint(painter, pos2(left + shift, y), room - shift, &cell.detail, small, theme.weak);
    }

    /// The heads of columns, over what is scrolled.
    fn heads(&self) {
        let (theme, [body, small]) = (self.theme, self.fonts.clone());
        let strip = Rect::from_min_size(self.all.min, vec2(self.all.width(), HEAD));
        let painter = self.ui.painter();
        painter.rect_filled(strip, 0.0, theme.ground);
        let cells = Rect::from_x_y_ranges(self.body.x_range(), strip.y_range());
        let right = painter.with_clip_rect(cells.intersect(self.ui.clip_rect()));
        for column in self.columns() {
            let of = &self.trips.rows.columns[column];
            let place = Rect::from_min_size(pos2(self.left(column), strip.top()), vec2(self.column, HEAD));
            right.vline(place.left(), strip.y_range(), Stroke::new(1.0, theme.line));
            let (left, y) =
                (place.left() + 9.0, if of.detail.is_empty() { place.center().y } else { place.top() + 12.0 });
            let day = right.layout_no_wrap(of.day.clone(), small.clone(), theme.weak);
            let room = self.column - 24.0 - day.size().x;
            list_row::paint(&right, pos2(left, y), room, &of.title, body.clone(), theme.text);
            right.galley(pos2(place.right() - 8.0 - day.size().x, y - day.size().y / 2.0), day, theme.weak);
            let under = pos2(left, place.bottom() - 11.0);
            list_row::paint(&right, under, self.column - 16.0, &of.detail, small.clone(), theme.weak);
            let id = self.ui.scope_id().with(("head", column));
            let head = self.ui.interact(place.intersect(right.clip_rect()), id, Sense::hover());
            let name = || format!("{} {}", of.title, of.day);
            head.widget_info(|| egui::WidgetInfo::labeled(egui::Role::ColumnHeader, true, name()));
            if !of.detail.is_empty() {
                head.on_hover_text(&of.detail);
            }
        }
        let corner = Rect::from_min_size(strip.min, vec2(self.first, HEAD));
        painter.rect_filled(corner, 0.0, theme.ground);
        let rows = &self.trips.rows;
        let count = t!("trips-count", count = rows.joined + rows.unjoined);
        let (left, width) = (corner.left() + 12.0, corner.width() - 16.0);
        list_row::paint(painter, pos2(left, corner.top() + 12.0), width, &count, body, theme.text);
        let sums = t!("trips-sums", joined = rows.joined, unjoined = rows.unjoined, conflicts = rows.conflicts);
        list_row::paint(painter, pos2(left, corner.bottom() - 11.0), width, &sums, small, theme.weak);
        painter.hline(self.all.x_range(), strip.bottom(), Stroke::new(1.0, theme.weak));
    }
}
