//! The queue of pairs, by the reason why they are asked about; those that were judged come last.

use eframe::egui::{self, FontId, RichText};

use super::state::{ClaimBoard, claim_name, judged, reason};
use crate::corpus::{Index, Item};
use crate::t;
use crate::ui::commands::{ClaimsCommand, Command, CorpusCommand};
use crate::ui::corpus::signs;
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;

const ROW: f32 = 40.0;

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, board: &mut ClaimBoard, index: &Index, theme: &Theme, commands: &mut Vec<Command>) {
    let (done, all) = board.progress();
    ui.add_space(6.0);
    ui.horizontal(|ui| {
        ui.label(RichText::new(t!("over-pairs")).size(15.0));
        ui.weak(t!("claims-progress", judged = done, all = all));
    });
    let share = if all == 0 { 0.0 } else { done as f32 / all as f32 };
    let (bar, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 6.0), egui::Sense::hover());
    ui.painter().rect_filled(bar.shrink2(egui::vec2(0.0, 1.0)), 2.0, theme.line);
    let done = egui::Rect::from_min_size(bar.min + egui::vec2(0.0, 1.0), egui::vec2(bar.width() * share, 4.0));
    ui.painter().rect_filled(done, 2.0, theme.good);
    ui.add_space(4.0);
    let unseen = std::mem::take(&mut board.unseen) && !board.overview;
    let area = egui::ScrollArea::vertical().id_salt("pairs").auto_shrink([false, false]);
    area.show_rows(ui, ROW, all, |ui, rows| {
        if unseen && !rows.contains(&board.at()) {
            list_row::scroll_to(ui, &rows, board.at(), ROW, Some(egui::Align::Center));
        }
        for at in rows {
            if row(ui, board, index, at, theme).clicked() {
                commands.push(CorpusCommand::Claims(ClaimsCommand::At(at)).into());
            }
        }
    });
}

fn row(ui: &mut egui::Ui, board: &ClaimBoard, index: &Index, at: usize, theme: &Theme) -> egui::Response {
    let pair = &board.lists.pairs[at];
    let items = board.lists.items(pair);
    let (rect, row) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let ids = articles(index, items);
    let words = index.frame(items.0).map_or(String::new(), |frame| claim_name(index, frame));
    let said = judged(pair).map_or(reason(pair), super::state::answer);
    let chosen = board.at() == at && !board.overview;
    let painter = list_row::ground(ui, &row, chosen, || format!("{ids}, {said}, {words}"), theme);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let sign = egui::pos2(rect.left() + 14.0, rect.top() + 12.0);
    match judged(pair) {
        Some(verdict) => signs::verdict(&painter, sign, verdict, theme.text),
        None => signs::disc(&painter, sign, false, theme.weak),
    }
    let (left, width) = (rect.left() + 28.0, rect.width() - 34.0);
    let small = FontId::proportional(11.0);
    let head = list_row::paint(&painter, egui::pos2(left, rect.top() + 12.0), width, &ids, body, theme.text);
    let after = left + head.size().x + 8.0;
    let room = rect.right() - after - 6.0;
    list_row::paint(&painter, egui::pos2(after, rect.top() + 12.0), room, said, small.clone(), theme.weak);
    list_row::paint(&painter, egui::pos2(left, rect.bottom() - 11.0), width, &words, small, theme.weak);
    row
}

fn articles(index: &Index, (one, other): (Item, Item)) -> String {
    let id = |item| &index.digest_of(item).article.id;
    format!("{} · {}", id(one), id(other))
}
