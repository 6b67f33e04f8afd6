//! Two claims beside each other, and the five answers.

use std::collections::HashSet;

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{self, Align, FontId, Layout, RichText, Sense, Stroke, vec2};

use super::state::{ANSWERS, ClaimBoard, Side, answer, judged, reason};
use crate::corpus::folded;
use crate::model::Verdict;
use crate::say;
use crate::t;
use crate::text::word_segments;
use crate::ui::commands::{self, ClaimsCommand, Command, CorpusCommand};
use crate::ui::corpus::evidence::{Texts, in_context};
use crate::ui::corpus::signs;
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

/// Shows it; gives what was asked for.
pub fn ui(
    ui: &mut egui::Ui,
    board: &ClaimBoard,
    (texts, work): (&Texts, &Workspace),
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let (Some(pair), Some(sides)) = (board.pair(), &board.sides) else {
        ui.add_space(40.0);
        ui.vertical_centered(|ui| ui.label(t!("claims-no-pairs")));
        return;
    };
    // The answers keep their place at the foot, however long the claims are.
    egui::Panel::bottom("claims-answers")
        .frame(egui::Frame::new().fill(theme.panel).inner_margin(egui::Margin::symmetric(12, 8)))
        .show(ui, |ui| answers(ui, (pair.proposed, judged(pair)), commands));
    ui.horizontal_wrapped(|ui| {
        ui.add_space(8.0);
        ui.label(RichText::new(t!("claims-question")).size(15.0));
        ui.label(RichText::new(reason(pair)).color(theme.weak));
        ui.label(RichText::new(t!("claims-common")).color(theme.weak));
    });
    ui.separator();
    egui::ScrollArea::vertical().id_salt("claims-board").auto_shrink([false, false]).show(ui, |ui| {
        let narrow = ui.available_width() < 520.0;
        let mut each = |ui: &mut egui::Ui, at: usize| {
            let chosen = board.right == (at == 1);
            let response = side(ui, &sides[at], (chosen, &board.common), (texts, work), theme);
            if response.double_clicked() {
                commands.push(CorpusCommand::Claims(ClaimsCommand::Side(at == 1)).into());
                commands.push(CorpusCommand::Open.into());
            } else if response.clicked() {
                commands.push(CorpusCommand::Claims(ClaimsCommand::Side(at == 1)).into());
            }
        };
        match narrow {
            true => (0..2).for_each(|at| each(ui, at)),
            false => ui.columns(2, |columns| (0..2).for_each(|at| each(&mut columns[at], at))),
        }
    });
}

/// A claim in its sentence, and the lines that are compared.
fn side(
    ui: &mut egui::Ui,
    side: &Side,
    (chosen, common): (bool, &HashSet<String>),
    (texts, work): (&Texts, &Workspace),
    theme: &Theme,
) -> egui::Response {
    let top = ui.cursor().min;
    let shown = egui::Frame::new().inner_margin(10).show(ui, |ui| {
        ui.set_width(ui.available_width());
        ui.horizontal(|ui| {
            ui.label(RichText::new(side.quote.article.to_string()).size(15.0));
            ui.label(RichText::new(&side.quote.source).size(11.0).color(theme.weak));
        });
        ui.add_space(4.0);
        let text = texts.get(work, &side.quote.article);
        let parts = text.map(|text| in_context(text, &side.quote.at)).unwrap_or_default();
        let color = theme.label(side.quote.label.as_ref().and_then(|name| work.session.corpus().schema.label(name)));
        let job = match parts.is_empty() {
            true => {
                let why = texts.failed(&side.quote.article).unwrap_or("…");
                LayoutJob::simple(why.to_owned(), FontId::proportional(15.0), theme.weak, ui.available_width())
            }
            false => quoted(&parts, common, color, theme, ui.available_width()),
        };
        // A column would have its lines filled out to both edges.
        ui.with_layout(Layout::top_down(Align::LEFT), |ui| ui.add(egui::Label::new(job).selectable(false)));
        ui.add_space(8.0);
        for (name, value) in &side.lines {
            ui.horizontal_top(|ui| {
                let name = egui::Label::new(RichText::new(name).color(theme.weak)).truncate();
                ui.allocate_ui_with_layout(vec2(96.0, 20.0), Layout::left_to_right(Align::Center), |ui| {
                    ui.set_min_width(96.0);
                    ui.add(name);
                });
                ui.add(egui::Label::new(&*say::visible(value)).selectable(false).wrap());
            });
        }
    });
    let rect = egui::Rect::from_min_max(top, shown.response.rect.max);
    let id = ui.scope_id().with(("claim", &*side.quote.article, side.quote.item));
    let response = ui.interact(rect, id, Sense::click());
    let name = || format!("{}, {}", side.quote.article, side.quote.source);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, name()));
    if chosen {
        ui.painter().rect_stroke(rect.shrink(1.0), 4.0, Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
    }
    response
}

/// The claim in its sentence; words that both have are underlined.
fn quoted(
    parts: &[(String, bool)],
    common: &HashSet<String>,
    color: egui::Color32,
    theme: &Theme,
    width: f32,
) -> LayoutJob {
    let mut job = LayoutJob::default();
    job.wrap.max_width = width.max(40.0);
    let font = FontId::proportional(15.0);
    for (part, is_claim) in parts {
        let plain = TextFormat::simple(font.clone(), if *is_claim { theme.text } else { theme.weak });
        if !is_claim {
            job.append(&say::visible(part), 0.0, plain);
            continue;
        }
        let mut done = 0;
        for (at, word) in word_segments(part) {
            if common.contains(&folded(word)) {
                job.append(&say::visible(&part[done..at]), 0.0, plain.clone());
                let line = TextFormat { underline: Stroke::new(2.0, color), ..plain.clone() };
                job.append(word, 0.0, line);
                done = at + word.len();
            }
        }
        job.append(&say::visible(&part[done..]), 0.0, plain);
    }
    job
}

/// The five answers; the proposed one has an edge, and what was answered before is chosen.
fn answers(ui: &mut egui::Ui, (proposed, judged): (Option<Verdict>, Option<Verdict>), commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        for verdict in ANSWERS {
            let command: Command = CorpusCommand::Claims(ClaimsCommand::Judge(verdict)).into();
            let key = commands::key_of(&command);
            let title = format!("     {}  {key}", answer(verdict));
            let chosen = judged == Some(verdict);
            let mut button = egui::Button::new(title).selected(chosen).min_size(vec2(0.0, 28.0));
            let accent = ui.visuals().hyperlink_color;
            if judged.is_none() && proposed == Some(verdict) {
                button = button.stroke(Stroke::new(2.0, accent));
            }
            let response = ui.add(button);
            let ink = ui.visuals().text_color();
            signs::verdict(ui.painter(), response.rect.left_center() + vec2(14.0, 0.0), verdict, ink);
            if response.clicked() {
                commands.push(command);
            }
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| match (judged, proposed) {
            (Some(verdict), _) => drop(ui.weak(t!("claims-judged", verdict = answer(verdict)))),
            (None, Some(verdict)) => drop(ui.weak(t!("claims-proposed", verdict = answer(verdict)))),
            (None, None) => {}
        });
    });
}
