//! All claims, the same ones as one, with what stands for and against each.

use eframe::egui::{self, Align2, FontId, RichText, Stroke, pos2};

use super::state::{ClaimBoard, articles, numbers as numbers_of, title};
use crate::corpus::{ClaimLine, Index, Item};
use crate::model::Verdict;
use crate::t;
use crate::ui::commands::{self, ClaimsCommand, Command, CorpusCommand};
use crate::ui::corpus::signs;
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;

const ROW: f32 = 32.0;
/// The width of a column of numbers, points.
const NUMBER: f32 = 92.0;

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, board: &mut ClaimBoard, index: &Index, theme: &Theme, commands: &mut Vec<Command>) {
    let unseen = std::mem::take(&mut board.unseen);
    ui.horizontal_wrapped(|ui| {
        ui.add_space(8.0);
        ui.label(RichText::new(t!("claims-all")).size(15.0));
        ui.weak(t!("claims-all-hint", count = board.lists.lines.len()));
        let only: Command = CorpusCommand::Claims(ClaimsCommand::ContradictedOnly).into();
        let name = commands::with_key(t!("command-claims-contradicted"), &only);
        if ui.selectable_label(board.contradicted_only, name).clicked() {
            commands.push(only);
        }
    });
    let rows = board.rows();
    let numbers = numbers(ui.available_width());
    head(ui, numbers, theme);
    if rows.is_empty() {
        ui.weak(t!("claims-none-contradicted"));
        return;
    }
    let area = egui::ScrollArea::vertical().id_salt("all claims").auto_shrink([false, false]);
    area.show_rows(ui, ROW, rows.len(), |ui, shown| {
        if unseen && !shown.contains(&board.at()) {
            list_row::scroll_to(ui, &shown, board.at(), ROW, Some(egui::Align::Center));
        }
        for at in shown {
            if row(
                ui,
                index,
                (rows[at], &board.lists.frames(rows[at]).collect::<Vec<Item>>()),
                (board.at() == at, numbers),
                theme,
            )
            .clicked()
            {
                commands.push(CorpusCommand::Claims(ClaimsCommand::At(at)).into());
            }
        }
    });
}

/// The columns of numbers that there is room for.
fn numbers(width: f32) -> usize {
    (((width - 260.0) / NUMBER).floor().max(0.0) as usize).min(5)
}

fn head(ui: &mut egui::Ui, numbers: usize, theme: &Theme) {
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), 24.0), egui::Sense::hover());
    let small = FontId::proportional(11.0);
    let painter = ui.painter();
    let left = rect.right() - numbers as f32 * NUMBER;
    painter.text(
        pos2(rect.left() + 16.0, rect.center().y),
        Align2::LEFT_CENTER,
        t!("claims-claim"),
        small.clone(),
        theme.weak,
    );
    let titles = [
        t!("claims-same"),
        t!("claims-supports"),
        t!("claims-contradicts"),
        t!("claims-other-time"),
        t!("claims-publishers"),
    ];
    for (at, title) in ordered(titles).into_iter().take(numbers).enumerate() {
        let right = pos2(left + (at + 1) as f32 * NUMBER - 12.0, rect.center().y);
        painter.text(right, Align2::RIGHT_CENTER, title, small.clone(), theme.weak);
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.weak));
}

/// The number of contradictions comes first, where there is little room.
fn ordered<T: Copy>([same, supports, contradicts, other_time, publishers]: [T; 5]) -> [T; 5] {
    [contradicts, supports, same, other_time, publishers]
}

fn row(
    ui: &mut egui::Ui,
    index: &Index,
    (row, items): (&ClaimLine, &[Item]),
    (chosen, numbers): (bool, usize),
    theme: &Theme,
) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let (title, articles) = (title(index, items), articles(index, items));
    let counts = ordered(numbers_of(row));
    let name = || format!("{title}, {articles}, {}", t!("claims-contradicted-by", count = row.contradicts));
    let painter = list_row::ground(ui, &response, chosen, name, theme);
    let (body, small) = (egui::TextStyle::Body.resolve(ui.style()), FontId::proportional(11.0));
    let left = rect.right() - numbers as f32 * NUMBER;
    let room = left - rect.left() - 30.0;
    let y = rect.center().y;
    let shown = painter.layout_no_wrap(articles, small, theme.weak);
    let beside = shown.size().x.min(room * 0.4);
    list_row::paint(&painter, pos2(rect.left() + 16.0, y), room - beside - 12.0, &title, body.clone(), theme.text);
    painter.galley(pos2(left - 12.0 - beside, y - shown.size().y / 2.0), shown, theme.weak);
    for (at, count) in counts.into_iter().take(numbers).enumerate() {
        let right = pos2(left + (at + 1) as f32 * NUMBER - 12.0, y);
        let contradicts = at == 0 && count > 0;
        let ink = if contradicts { theme.bad } else { theme.text };
        match count {
            0 => painter.text(right, Align2::RIGHT_CENTER, "·", body.clone(), theme.weak),
            count => painter.text(right, Align2::RIGHT_CENTER, count.to_string(), body.clone(), ink),
        };
        if contradicts {
            signs::verdict(&painter, right - egui::vec2(24.0, 0.0), Verdict::Contradicts, theme.bad);
        }
    }
    painter.hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    response
}
