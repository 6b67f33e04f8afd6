//! The left side: whose errors they are, how many of each kind, and the list of those that are walked through.

use eframe::egui::{self, Align2, RichText};

use super::state::Errors;
use crate::figures::{Deviation, DeviationKind, ScoredArticles, ZoneText};
use crate::model::Slot;
use crate::t;
use crate::ui::commands::{self, Command, ErrorsCommand, error_kind_name};
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

const KIND: f32 = 24.0;
const ROW: f32 = 40.0;

/// Shows it; gives what was asked for.
pub fn ui(ui: &mut egui::Ui, errors: &Errors, work: &Workspace, theme: &Theme, commands: &mut Vec<Command>) {
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        let title = match errors.whose() {
            Some(whose) => t!("errors-of", name = whose),
            None => t!("errors").to_owned(),
        };
        ui.label(RichText::new(title).size(15.0));
        let whose = ErrorsCommand::Whose.into();
        if ui.small_button(t!("errors-other")).on_hover_text(commands::key_of(&whose)).clicked() {
            commands.push(whose);
        }
    });
    if let Some((done, total)) = errors.progress() {
        ui.horizontal(|ui| {
            ui.weak(t!("queue-at", work = t!("errors-job"), done = done, total = total));
            if ui.small_button(t!("stop")).clicked() {
                commands.push(ErrorsCommand::Stop.into());
            }
        });
    }
    let Some(found) = &errors.found else { return };
    if found.whose.is_some() {
        let ScoredArticles { gold, predicted, scored } = found.articles;
        ui.weak(t!("scored-articles", gold = gold, predicted = predicted, scored = scored));
    }
    if errors.zones == ZoneText::LeftOut {
        ui.weak(t!("zones-left-out"));
    }
    for sentence in found.unread.iter().take(3) {
        ui.label(RichText::new(format!("! {}", sentence.told())).color(theme.bad));
    }
    ui.add_space(4.0);
    for kind in DeviationKind::ALL {
        kind_row(ui, errors, kind, theme, commands);
    }
    if !found.not_predicted.is_empty() {
        let parts: Vec<String> = found.not_predicted.iter().map(crate::lang::Message::told).collect();
        ui.label(RichText::new(t!("errors-not-predicted", parts = parts.join(", "))).color(theme.weak).small());
    }
    let words = errors.filter.words();
    if !words.is_empty() {
        ui.horizontal_wrapped(|ui| {
            ui.label(t!("errors-only", what = words));
            let all = ErrorsCommand::All.into();
            if ui.small_button(t!("command-errors-all")).on_hover_text(commands::key_of(&all)).clicked() {
                commands.push(all);
            }
        });
    }
    ui.separator();
    rows(ui, errors, work, theme, commands);
}

/// One kind with its number; a click lists only that.
fn kind_row(ui: &mut egui::Ui, errors: &Errors, kind: DeviationKind, theme: &Theme, commands: &mut Vec<Command>) {
    let count = errors.counts.get(&kind).copied().unwrap_or(0);
    let command: Command = ErrorsCommand::Kind(Some(kind)).into();
    let (rect, row) = ui.allocate_exact_size(egui::vec2(ui.available_width(), KIND), egui::Sense::click());
    let chosen = errors.filter.kinds.contains(&kind);
    let name = error_kind_name(kind);
    let painter = list_row::ground(ui, &row, chosen, || format!("{name}, {count}"), theme);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let ink = if count > 0 { theme.text } else { theme.weak };
    let y = rect.center().y;
    painter.text(egui::pos2(rect.left() + 10.0, y), Align2::LEFT_CENTER, commands::key_of(&command), small, theme.weak);
    list_row::paint(&painter, egui::pos2(rect.left() + 26.0, y), rect.width() - 80.0, name, body.clone(), ink);
    painter.text(egui::pos2(rect.right() - 8.0, y), Align2::RIGHT_CENTER, count.to_string(), body, ink);
    if row.clicked() {
        commands.push(command);
    }
}

/// The errors that are walked through.
fn rows(ui: &mut egui::Ui, errors: &Errors, work: &Workspace, theme: &Theme, commands: &mut Vec<Command>) {
    let walk = errors.walk();
    if walk.len() == 0 {
        ui.add_space(4.0);
        ui.label(nothing(errors));
        return;
    }
    let area = egui::ScrollArea::vertical().id_salt("errors").auto_shrink([false, false]);
    area.show_rows(ui, ROW, walk.len(), |ui, rows| {
        if errors.fresh
            && let Some(at) = walk.at().filter(|at| !rows.contains(at))
        {
            list_row::scroll_to(ui, &rows, at, ROW, Some(egui::Align::Center));
        }
        for at in rows {
            if row(ui, &walk.list()[at], walk.at() == Some(at), work, theme).clicked() {
                commands.push(ErrorsCommand::GoTo(at).into());
            }
        }
    });
}

/// The reason why there is nothing to walk through.
pub fn nothing(errors: &Errors) -> String {
    match &errors.found {
        None => t!("comparing").to_owned(),
        Some(found) if found.whose.is_none() => t!("errors-no-model").to_owned(),
        Some(found) if found.articles.gold == 0 => t!("errors-no-gold").to_owned(),
        Some(found) if found.all.is_empty() => t!("errors-none").to_owned(),
        Some(_) => t!("errors-none-fits").to_owned(),
    }
}

fn row(ui: &mut egui::Ui, error: &Deviation, chosen: bool, work: &Workspace, theme: &Theme) -> egui::Response {
    let (rect, row) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::click());
    let kind = error_kind_name(error.kind);
    let said = error.said.each_ref().map(|said| if said.is_empty() { t!("feedback-nothing") } else { said.as_str() });
    let slot = match &error.slot {
        Slot::Attribute(name) | Slot::Role(name) => format!(" {name}"),
        Slot::Presence | Slot::Extent | Slot::Label | Slot::Identity => String::new(),
    };
    let detail = format!("{} · {kind}{slot} · {} / {}", error.article, said[0], said[1]);
    let painter = list_row::ground(ui, &row, chosen, || format!("{}, {detail}", error.title), theme);
    let body = egui::TextStyle::Body.resolve(ui.style());
    let small = egui::TextStyle::Small.resolve(ui.style());
    let (left, width) = (rect.left() + 10.0, rect.width() - 18.0);
    list_row::paint(&painter, egui::pos2(left, rect.top() + 12.0), width, &error.title, body, theme.text);
    list_row::paint(&painter, egui::pos2(left, rect.bottom() - 10.0), width, &detail, small, theme.weak);
    let title = work.session.corpus().article(&error.article).map_or("", |article| &article.title);
    row.on_hover_text(title)
}
