//! Progress, speed and agreement over time, from the times of annotations.

use eframe::egui::{self, Color32, RichText};
use egui_plot::{AxisHints, Legend, Line, LineStyle, Plot, PlotPoints, Points};

use super::family;
use super::state::Dashboard;
use super::time_table::{Series, TimeTable};
use crate::figures::Report;
use crate::t;
use crate::ui::commands::Command;
use crate::ui::widgets::theme::Theme;
use crate::ui::widgets::told_table;

/// Shows three charts below each other, and the days as numbers.
pub fn ui(ui: &mut egui::Ui, dashboard: &Dashboard, report: &Report, theme: &Theme, commands: &mut Vec<Command>) {
    let family = family::choice(ui, dashboard, report, commands);
    let Some(table) = dashboard.time_table() else {
        ui.weak(t!("job-counting"));
        return;
    };
    if table.names.is_empty() {
        ui.label(t!("time-nothing"));
        return;
    }
    egui::ScrollArea::vertical().show(ui, |ui| {
        ui.label(RichText::new(t!("time-help")).color(theme.weak));
        chart(ui, t!("time-done"), &table.done, table, theme);
        chart(ui, t!("time-speed"), &table.speed, table, theme);
        let title = t!("time-agreement", figure = family);
        chart(ui, &title, std::slice::from_ref(&table.agreement), table, theme);
        ui.add_space(6.0);
        numbers(ui, report, table, theme);
    });
}

/// The way in which the line of the n-th annotator is drawn: colour is never the only cue.
fn look(theme: &Theme, index: usize) -> (LineStyle, Color32) {
    let styles = [LineStyle::Solid, LineStyle::dashed_dense(), LineStyle::dotted_dense(), LineStyle::dashed_loose()];
    (styles[index % styles.len()], theme.people[index % theme.people.len()])
}

fn chart(ui: &mut egui::Ui, title: &str, series: &[Series], table: &TimeTable, theme: &Theme) {
    ui.add_space(4.0);
    ui.label(RichText::new(title).strong());
    if series.iter().all(|series| series.points.is_empty()) {
        ui.label(RichText::new(t!("time-no-value")).color(theme.weak));
        return;
    }
    let last = table.names.last().map_or(0.0, |(day, _)| *day);
    let name = |day: f64| {
        let near = table.names.iter().find(|(at, _)| (at - day).abs() < 0.01);
        near.map_or(String::new(), |(_, name)| name.get(5..).unwrap_or(name).to_owned())
    };
    Plot::new(("time", title))
        .height(150.0)
        .include_y(0.0)
        .include_x(-0.5)
        .include_x(last + 0.5)
        .allow_drag(false)
        .allow_scroll(false)
        .allow_zoom(false)
        .show_x(false)
        .show_y(false)
        .legend(Legend::default().position(egui_plot::Corner::LeftTop))
        .x_axis_formatter(|mark, _| name(mark.value))
        .custom_y_axes(vec![AxisHints::new_y().label_spacing(egui::Rangef::new(16.0, 32.0))])
        .show(ui, |plot| {
            for (index, series) in series.iter().enumerate().filter(|(_, series)| !series.points.is_empty()) {
                let (style, color) = look(theme, index);
                let points = || PlotPoints::from(series.points.clone());
                plot.line(Line::new(series.name.clone(), points()).style(style).color(color).width(2.0));
                plot.points(Points::new(series.name.clone(), points()).color(color).radius(3.5));
            }
        });
}

/// The same in numbers: a day and an annotator a row.
fn numbers(ui: &mut egui::Ui, report: &Report, table: &TimeTable, theme: &Theme) {
    let heads =
        [t!("column-day"), t!("column-annotator"), t!("column-annotations"), t!("column-an-hour"), t!("column-done")];
    let rows = table.days.iter().rev().take(MOST_DAYS).map(|day| {
        let annotator = report.annotators[day.annotator].to_string();
        let speed = day.speed().map_or("—".to_owned(), |speed| format!("{speed:.0}"));
        vec![day.day.clone(), annotator, day.marks.to_string(), speed, day.done.to_string()]
    });
    told_table::words(ui, "days", &heads, &rows.collect::<Vec<_>>(), theme.weak);
    if table.days.len() > MOST_DAYS {
        ui.label(RichText::new(t!("time-more", count = table.days.len() - MOST_DAYS)).color(theme.weak));
    }
}

/// Rows of days that are shown, the newest; the CSV has all.
const MOST_DAYS: usize = 60;
