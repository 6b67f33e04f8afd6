//! The sections of the dashboard.

use eframe::egui::{self, RichText, Sense};
use egui_extras::Column;
use egui_plot::{Bar, BarChart, Plot};

use super::grid::{self, Cell};
use super::shown::{Habits, Shown, title, value_text};
use super::state::Dashboard;
use super::{articles, behind, family, fates, listing, time};
use crate::figures::{Figure, Reason, Report, Scope};
use crate::model::Name;
use crate::t;
use crate::ui::commands::{Command, DashboardCommand, Section};
use crate::ui::widgets::theme::Theme;
use crate::ui::widgets::told_table::{self, Sort};

/// Shows the section that is looked at; gives the part of the window that it takes, for its picture.
pub fn ui(ui: &mut egui::Ui, dashboard: &Dashboard, theme: &Theme, commands: &mut Vec<Command>) -> egui::Rect {
    let area = ui.max_rect();
    if dashboard.section == Section::Suggestions {
        ui.heading(dashboard.section.title());
        fates::ui(ui, dashboard, theme);
        return area;
    }
    let Some((report, shown)) = dashboard.measured().cloned() else {
        let said = match dashboard.busy() {
            true => t!("dashboard-measuring"),
            false => t!("dashboard-two"),
        };
        ui.centered_and_justified(|ui| ui.label(said));
        return area;
    };
    let scope = Scope { pair: dashboard.pair, article: None };
    let of = match (report.evaluation, scope.pair) {
        (true, _) => t!("scored-with-gold", name = report.annotators[1], gold = report.annotators[0]),
        (false, None) => report.annotators.join(", "),
        (false, Some(pair)) => {
            let (one, other) = report.pairs[pair];
            t!("and-two", one = report.annotators[one], other = report.annotators[other])
        }
    };
    ui.horizontal_wrapped(|ui| {
        ui.heading(dashboard.section.title());
        ui.label(RichText::new(of).color(theme.weak));
    });
    match dashboard.section {
        Section::Overview | Section::Labels => figures(ui, dashboard, &report, theme, commands),
        Section::Matrix => matrix(ui, dashboard, &report, &shown, theme, commands),
        Section::Confusion => confusion(ui, dashboard.pair, &report, &shown, theme, commands),
        Section::Boundaries => boundaries(ui, dashboard.pair, &report, &shown, theme, commands),
        Section::Progress => articles::ui(ui, dashboard, &report, &shown, theme, commands),
        Section::Reliability => match dashboard.habits() {
            Some(habits) => reliability(ui, &report, habits, theme),
            None => drop(ui.weak(t!("job-counting"))),
        },
        Section::Time => time::ui(ui, dashboard, &report, theme, commands),
        // It needs no two annotators, and stands above.
        Section::Suggestions => {}
    }
    area
}

/// A row for each figure: name, interval as a line, value, items, and the way to its cases.
fn figures(ui: &mut egui::Ui, dashboard: &Dashboard, report: &Report, theme: &Theme, commands: &mut Vec<Command>) {
    let mut all = dashboard.all;
    if ui.checkbox(&mut all, t!("all-figures")).on_hover_text(t!("all-figures-hint")).changed() {
        commands.push(DashboardCommand::ToggleAll.into());
    }
    ui.scope(|ui| figure_table(ui, dashboard, report, theme, commands));
}

fn figure_table(ui: &mut egui::Ui, dashboard: &Dashboard, report: &Report, theme: &Theme, commands: &mut Vec<Command>) {
    let figures = dashboard.listed();
    let height = listing::row_height(ui);
    let narrow = ui.available_width() < 460.0;
    told_table::table(ui, figures.len() + 1, if narrow { 3 } else { 5 });
    let mut table = listing::table(ui, "figures", 110.0).column(Column::exact(54.0));
    if !narrow {
        table = table.column(Column::exact(150.0)).column(Column::exact(64.0));
    }
    let mut table = table.column(Column::exact(52.0));
    if dashboard.fresh
        && let Some(at) = figures.iter().position(|figure| Some(&figure.name) == dashboard.chosen.as_ref())
    {
        table = table.scroll_to_row(at, None);
    }
    let head = |ui: &mut egui::Ui, column: usize, title: &str| {
        told_table::cell(ui, ui.unique_id(), (0, column), Sort::Column);
        ui.label(RichText::new(title).color(theme.weak));
    };
    let last = if narrow { 2 } else { 4 };
    table
        .header(height, |mut row| {
            row.col(|ui| head(ui, 0, t!("column-figure")));
            row.col(|ui| head(ui, 1, t!("column-value")));
            if !narrow {
                row.col(|ui| head(ui, 2, t!("column-interval")));
                row.col(|ui| head(ui, 3, t!("column-items")));
            }
            row.col(|_| {});
        })
        .body(|body| {
            body.rows(height, figures.len(), |mut row| {
                let figure = figures[row.index()];
                row.set_selected(dashboard.chosen.as_ref() == Some(&figure.name));
                let mut choose = false;
                let at = row.index() + 1;
                let told = |ui: &egui::Ui, column| told_table::cell(ui, ui.unique_id(), (at, column), Sort::Cell);
                row.col(|ui| {
                    told_table::cell(ui, ui.unique_id(), (at, 0), Sort::Row);
                    let title = egui::Label::new(title(figure)).truncate().sense(Sense::click());
                    choose |= ui.add(title).clicked();
                });
                row.col(|ui| {
                    told(ui, 1);
                    ui.label(RichText::new(value_text(&figure.value)).strong());
                });
                if !narrow {
                    row.col(|ui| {
                        told(ui, 2);
                        if let Ok(interval) = figure.interval {
                            let said = format!("{:.3}–{:.3}", interval.low, interval.high);
                            ui.ctx().accesskit_node_builder(ui.unique_id(), |node| node.set_label(said));
                        }
                        interval(ui, figure, theme);
                    });
                    row.col(|ui| {
                        told(ui, 3);
                        ui.label(figure.items.to_string());
                    });
                }
                row.col(|ui| {
                    told(ui, last);
                    let differs = figure.value.is_ok_and(|value| value < 1.0);
                    let button = ui.add_enabled(differs, egui::Button::new(t!("cases")).small());
                    let button = button.on_hover_text(t!("cases-behind", figure = title(figure)));
                    if button.clicked() {
                        commands.push(behind::figure(report, dashboard.pair, figure));
                    }
                });
                let response = row.response();
                if choose || response.clicked() {
                    commands.push(DashboardCommand::Explain(figure.name.clone()).into());
                }
                // The rest stands beside the list, once it is chosen.
                response.on_hover_text(format!("{}.", figure.definition.text()));
            });
        });
}

/// A value on a line from 0 to 1, with its interval as a bar; a value below 0 stands at the left end.
fn interval(ui: &mut egui::Ui, figure: &Figure, theme: &Theme) {
    let size = egui::vec2(ui.available_width() - 4.0, ui.available_height());
    let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
    let at = |value: f64| rect.left() + 4.0 + (rect.width() - 8.0) * value.clamp(0.0, 1.0) as f32;
    let y = rect.center().y;
    let painter = ui.painter();
    painter.hline(at(0.0)..=at(1.0), y, egui::Stroke::new(1.0, theme.line));
    if let Ok(interval) = figure.interval {
        painter.hline(
            at(interval.low)..=at(interval.high),
            y,
            egui::Stroke::new(4.0, theme.accent.gamma_multiply(0.55)),
        );
    }
    if let Ok(value) = figure.value {
        painter.vline(at(value), y - 6.0..=y + 6.0, egui::Stroke::new(2.0, theme.text));
    }
}

fn matrix(
    ui: &mut egui::Ui,
    dashboard: &Dashboard,
    report: &Report,
    shown: &Shown,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let chosen = family::choice(ui, dashboard, report, commands);
    let values: &[Result<f64, Reason>] = shown.matrices.get(dashboard.family).map(Vec::as_slice).unwrap_or_default();
    let names: Vec<String> = report.annotators.iter().map(ToString::to_string).collect();
    let pair = |a: usize, b: usize| report.pairs.iter().position(|&pair| pair == (a, b) || pair == (b, a));
    let cell = |a: usize, b: usize| {
        let value = pair(a, b).and_then(|pair| Some((pair, *values.get(pair)?)));
        let Some((pair, value)) = value else {
            return Cell { text: String::new(), share: 0.0, told: names[a].clone(), leads: false };
        };
        let told = match value {
            Ok(_) => t!("matrix-cell", figure = chosen, one = names[a], other = names[b], count = shown.shared[pair]),
            Err(why) => t!("undefined", why = why.message()),
        };
        Cell { text: value_text(&value), share: value.unwrap_or(0.0) as f32, told, leads: true }
    };
    egui::ScrollArea::both().show(ui, |ui| {
        if let Some(pair) = grid::ui(ui, &names, &names, cell, theme).and_then(|(a, b)| pair(a, b)) {
            commands.push(behind::pair(report, pair));
        }
    });
}

fn confusion(
    ui: &mut egui::Ui,
    pair: Option<usize>,
    report: &Report,
    shown: &Shown,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let confusion = &shown.confusion;
    let [rows, columns] = both(report, pair);
    ui.label(RichText::new(t!("confusion-help", rows = rows, columns = columns)).color(theme.weak));
    let name = |label: &Name| if label.is_empty() { t!("confusion-nothing").to_owned() } else { label.to_string() };
    // Nothing comes first, so that it is in view however many labels there are.
    let order: Vec<usize> =
        confusion.labels.len().checked_sub(1).into_iter().flat_map(|last| (last..=last).chain(0..last)).collect();
    let names: Vec<String> = order.iter().map(|&at| name(&confusion.labels[at])).collect();
    let cell = |row: usize, column: usize| {
        let (a, b) = (order[row], order[column]);
        let count = confusion.counts[a][b];
        let sum: f64 = confusion.counts[a].iter().sum();
        Cell {
            text: if count > 0.0 { format!("{count}") } else { String::new() },
            share: if sum > 0.0 { (count / sum) as f32 } else { 0.0 },
            told: t!(
                "confusion-cell",
                one = names[row],
                rows = rows,
                other = names[column],
                columns = columns,
                count = count
            ),
            leads: count > 0.0,
        }
    };
    egui::ScrollArea::both().show(ui, |ui| {
        if let Some((a, b)) = grid::ui(ui, &names, &names, cell, theme) {
            let [a, b] = [a, b].map(|at| &confusion.labels[order[at]]);
            commands.push(behind::cell(report, pair, a, b));
        }
    });
}

/// The names of the first and the second of two.
fn both(report: &Report, pair: Option<usize>) -> [String; 2] {
    let pair = pair.or((report.pairs.len() == 1).then_some(0)).and_then(|pair| report.pairs.get(pair));
    match pair {
        Some(&(a, b)) => [report.annotators[a].to_string(), report.annotators[b].to_string()],
        None => [t!("first-of-two").to_owned(), t!("second-of-two").to_owned()],
    }
}

fn boundaries(
    ui: &mut egui::Ui,
    pair: Option<usize>,
    report: &Report,
    shown: &Shown,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    let boundaries = &shown.boundaries;
    if boundaries.start.is_empty() && boundaries.end.is_empty() {
        ui.label(t!("boundaries-same"));
        return;
    }
    let [first, second] = both(report, pair);
    egui::ScrollArea::vertical().show(ui, |ui| {
        for (title, offsets, color) in
            [(t!("boundary-start"), &boundaries.start, theme.accent), (t!("boundary-end"), &boundaries.end, theme.warn)]
        {
            ui.label(RichText::new(t!("boundary-title", edge = title, second = second, first = first)).strong());
            let bars = offsets.iter().map(|&(offset, count)| {
                Bar::new(f64::from(offset), count).width(0.8).name(t!(
                    "boundary-bar",
                    offset = format!("{offset:+}"),
                    count = count
                ))
            });
            let chart = BarChart::new(title, bars.collect()).color(color);
            Plot::new(("boundaries", title))
                .height(150.0)
                .include_y(0.0)
                .include_x(-8.0)
                .include_x(8.0)
                .allow_drag(false)
                .allow_scroll(false)
                .allow_zoom(false)
                .show_x(false)
                .show_y(false)
                .show(ui, |plot| plot.bar_chart(chart));
        }
        if ui.button(t!("boundary-cases")).clicked() {
            commands.push(behind::boundaries(report, pair));
        }
        ui.add_space(6.0);
        let taken = [t!("edges-by", name = first), t!("edges-by", name = second)];
        let heads = [t!("edges-words"), t!("edges-where"), taken[0].as_str(), taken[1].as_str()];
        let rows = boundaries.edges.iter().take(30).map(|edge| {
            let side = if edge.at_start { t!("edges-at-start") } else { t!("edges-at-end") };
            vec![format!("“{}”", edge.words), side.to_owned(), edge.first.to_string(), edge.second.to_string()]
        });
        told_table::words(ui, "edges", &heads, &rows.collect::<Vec<_>>(), theme.weak);
    });
}

fn reliability(ui: &mut egui::Ui, report: &Report, shown: &Habits, theme: &Theme) {
    let source = t!("reliability-source");
    ui.label(RichText::new(source).color(theme.weak));
    let reliability = match &shown.reliability {
        Ok(reliability) => reliability,
        Err(why) => {
            ui.label(RichText::new(t!("undefined", why = why.message())).color(theme.warn));
            return;
        }
    };
    egui::Grid::new("reliability").num_columns(4).show(ui, |ui| {
        told_table::table(ui, report.annotators.len(), if shown.competence.is_empty() { 2 } else { 3 });
        for (at, (name, accuracy)) in report.annotators.iter().zip(&reliability.accuracy).enumerate() {
            let name = ui.label(RichText::new(name.as_str()).strong());
            told_table::cell(ui, name.id, (at, 0), Sort::Row);
            ui.add(
                egui::ProgressBar::new(*accuracy as f32).desired_width(220.0).fill(theme.accent.gamma_multiply(0.55)),
            );
            let value = ui.label(format!("{accuracy:.3}"));
            told_table::cell(ui, value.id, (at, 1), Sort::Cell);
            if let Some(share) = shown.competence.get(at) {
                let share = ui.label(t!("competence", share = format!("{share:.3}")));
                told_table::cell(ui, share.id, (at, 2), Sort::Cell);
            }
            ui.end_row();
        }
    });
    ui.label(t!("reliability-items", count = reliability.items));
    if report.annotators.len() == 2 {
        let two = t!("reliability-two");
        ui.label(RichText::new(format!("! {two}")).color(theme.warn));
    }
    if !reliability.converged {
        ui.label(RichText::new(t!("reliability-unsettled")).color(theme.warn));
    }
    ui.label(RichText::new(t!("reliability-probable")).color(theme.weak));
    ui.add_space(6.0);
    let name = |label: &Name| if label.is_empty() { t!("confusion-nothing").to_owned() } else { label.to_string() };
    egui::ScrollArea::vertical().show(ui, |ui| {
        egui::CollapsingHeader::new(t!("biases")).show(ui, |ui| {
            ui.label(RichText::new(t!("biases-help")).color(theme.weak));
            let heads = [t!("column-annotator"), t!("column-label"), t!("column-own"), t!("column-others")];
            let rows = shown.biases.iter().map(|bias| {
                let annotator = report.annotators[bias.annotator].to_string();
                vec![annotator, bias.label.to_string(), bias.own.to_string(), format!("{:.1}", bias.others)]
            });
            told_table::words(ui, "biases", &heads, &rows.collect::<Vec<_>>(), theme.weak);
        });
        egui::CollapsingHeader::new(t!("taken")).show(ui, |ui| {
            ui.label(RichText::new(t!("taken-help")).color(theme.weak));
            let rows = shown.taken.iter().map(|taken| {
                let told = t!("taken-for", given = name(&taken.given), truth = name(&taken.truth));
                vec![report.annotators[taken.annotator].to_string(), told, format!("{:.3}", taken.share)]
            });
            told_table::words(ui, "taken", &[], &rows.collect::<Vec<_>>(), theme.weak);
        });
    });
}
