//! The articles with everybody's progress and their agreement, in any order; a click leads to the first difference.

use eframe::egui::{self, RichText, Sense};
use egui_extras::Column;

use super::article_table::ArticleTable;
use super::shown::Shown;
use super::state::Dashboard;
use super::{behind, family, listing};
use crate::figures::Report;
use crate::t;
use crate::ui::commands::{ArticleOrder, ArticleSort, Command, DashboardCommand, ReviewCommand};
use crate::ui::widgets::theme::Theme;
use crate::ui::widgets::told_table::{self, Sort};
use crate::ui::workspace::article_status::progress_name;

/// Shows how far everybody is, then the articles.
pub fn ui(
    ui: &mut egui::Ui,
    dashboard: &Dashboard,
    report: &Report,
    shown: &Shown,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let total = report.standing.len();
    ui.label(t!("progress-total", articles = total, differences = shown.open));
    let wide = (ui.available_width() * 0.24).clamp(60.0, 160.0);
    for (name, [done, begun, new, none]) in report.annotators.iter().zip(&shown.progress) {
        ui.horizontal_wrapped(|ui| {
            let name = egui::Label::new(RichText::new(name.as_str()).strong()).truncate();
            let left = egui::Layout::left_to_right(egui::Align::Center);
            ui.allocate_ui_with_layout(egui::vec2(80.0, 16.0), left, |ui| {
                ui.set_min_width(80.0);
                ui.add(name);
            });
            let (rect, _) = ui.allocate_exact_size(egui::vec2(wide, 12.0), Sense::hover());
            let share = |count: usize| rect.width() * count as f32 / total.max(1) as f32;
            let part = |from: f32, count: usize| {
                egui::Rect::from_min_size(rect.min + egui::vec2(from, 0.0), egui::vec2(share(count), rect.height()))
            };
            ui.painter().rect_filled(part(0.0, *done), 0.0, theme.good);
            ui.painter().rect_filled(part(share(*done), *begun), 0.0, theme.good.gamma_multiply(0.45));
            ui.painter().rect_stroke(rect, 0.0, egui::Stroke::new(1.0, theme.weak), egui::StrokeKind::Inside);
            ui.label(t!("progress-counts", done = done, begun = begun, new = new, none = none));
        });
    }
    if shown.gaps.0 > 0 {
        ui.horizontal_wrapped(|ui| {
            ui.label(t!("dashboard-gaps", gaps = shown.gaps.0, decisions = shown.gaps.1));
            if ui.small_button(t!("dashboard-gaps-list")).clicked() {
                commands.push(ReviewCommand::ReasonList.into());
            }
        });
    }
    ui.add_space(6.0);
    family::choice(ui, dashboard, report, commands);
    let Some(table) = dashboard.article_table() else {
        ui.weak(t!("job-counting"));
        return;
    };
    ui.scope(|ui| rows(ui, dashboard, report, table, theme, commands));
}

fn rows(
    ui: &mut egui::Ui,
    dashboard: &Dashboard,
    report: &Report,
    table: &ArticleTable,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let height = listing::row_height(ui);
    // Where there is no room, everybody's state stands above alone.
    let room = (ui.available_width() - 300.0) / report.annotators.len().max(1) as f32;
    let whose = (room >= 44.0).then(|| room.min(112.0));
    let shown = if whose.is_some() { &report.annotators[..] } else { &[] };
    let last = shown.len() + 2;
    told_table::table(ui, table.order.len() + 1, last + 1);
    let mut builder = listing::table(ui, "articles", 80.0).column(Column::exact(84.0));
    for _ in shown {
        builder = builder.column(Column::exact(whose.unwrap_or_default()).clip(true));
    }
    builder
        .column(Column::exact(84.0))
        .header(height, |mut row| {
            let told = |ui: &egui::Ui, column| told_table::cell(ui, ui.unique_id(), (0, column), Sort::Column);
            row.col(|ui| {
                told(ui, 0);
                head(ui, t!("article"), ArticleOrder::Title, dashboard.sort, commands);
            });
            row.col(|ui| {
                told(ui, 1);
                head(ui, t!("column-agreement"), ArticleOrder::Agreement, dashboard.sort, commands);
            });
            for (at, name) in shown.iter().enumerate() {
                row.col(|ui| {
                    told(ui, at + 2);
                    ui.add(egui::Label::new(RichText::new(name.as_str()).color(theme.weak)).truncate());
                });
            }
            row.col(|ui| {
                told(ui, last);
                head(ui, t!("column-open-cases"), ArticleOrder::Open, dashboard.sort, commands);
            });
        })
        .body(|body| {
            body.rows(height, table.order.len(), |mut row| {
                let index = table.order[row.index()];
                let standing = &report.standing[index];
                let value = table.values.get(index).copied().flatten();
                let title = if standing.title.is_empty() { &*standing.article } else { &standing.title };
                let differs = standing.open.is_some_and(|open| open > 0) || value.is_some_and(|value| value < 1.0);
                let mut go = false;
                let at = row.index() + 1;
                let told = |ui: &egui::Ui, column| told_table::cell(ui, ui.unique_id(), (at, column), Sort::Cell);
                row.col(|ui| {
                    told_table::cell(ui, ui.unique_id(), (at, 0), Sort::Row);
                    let label = ui.add(egui::Label::new(title).truncate().sense(Sense::click()));
                    go |= label.on_hover_text(t!("article-first-difference", title = title)).clicked();
                });
                row.col(|ui| {
                    told(ui, 1);
                    let said = value.map_or("—".to_owned(), |value| format!("{value:.3}"));
                    let label = ui.add(egui::Label::new(said).sense(Sense::click()));
                    go |= label.clicked();
                });
                for (column, set) in standing.sets.iter().take(shown.len()).enumerate() {
                    let said = set
                        .map_or("—".to_owned(), |(progress, count)| format!("{}, {count}", progress_name(progress)));
                    row.col(|ui| {
                        told(ui, column + 2);
                        ui.add(egui::Label::new(said).truncate());
                    });
                }
                row.col(|ui| {
                    told(ui, last);
                    match standing.open {
                        Some(open) if open > 0 => {
                            let button = egui::Button::new(t!("count-open", count = open)).small();
                            go |= ui.add(button).clicked();
                        }
                        Some(_) => drop(ui.label(t!("cell-none"))),
                        None => drop(ui.label("—")),
                    }
                });
                if (go || row.response().clicked()) && differs {
                    commands.push(behind::article(report, index));
                }
            });
        });
}

/// The title of a column by which articles can be put in order.
fn head(ui: &mut egui::Ui, title: &str, by: ArticleOrder, sort: ArticleSort, commands: &mut Vec<Command>) {
    let sign = match (sort.by == by, sort.backwards) {
        (false, _) => "",
        (true, false) => " ▲",
        (true, true) => " ▼",
    };
    let button = egui::Button::new(RichText::new(format!("{title}{sign}"))).frame(false).truncate();
    if ui.add(button).on_hover_text(t!("sort-by", column = title)).clicked() {
        commands.push(DashboardCommand::Sort(by).into());
    }
}
