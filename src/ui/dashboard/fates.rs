//! The fate of suggestions by source and label: how many were shown, what became of them, and how long that took.

use eframe::egui::{self, RichText};

use super::state::Dashboard;
use crate::assist::{Fates, Told};
use crate::t;
use crate::ui::widgets::theme::Theme;
use crate::ui::widgets::told_table::{self, Sort};
use crate::ui::workspace::ghosts::source_title;

/// Shows a sentence about all of them, and a row for each source and label.
pub fn ui(ui: &mut egui::Ui, dashboard: &Dashboard, theme: &Theme) {
    let Some(fates) = dashboard.fates() else {
        ui.weak(t!("job-counting"));
        return;
    };
    if fates.rows.is_empty() {
        ui.label(t!("fates-nothing"));
        return;
    }
    egui::ScrollArea::both().show(ui, |ui| {
        told(ui, fates, theme);
        by_assistance(ui, dashboard, theme);
    });
}

fn told(ui: &mut egui::Ui, fates: &Fates, theme: &Theme) {
    ui.add(egui::Label::new(RichText::new(t!("fates-help")).color(theme.weak)).wrap());
    let all = &fates.all;
    ui.label(t!(
        "fates-all",
        offered = all.offered,
        articles = all.articles,
        accepted = all.accepted,
        corrected = all.corrected,
        rejected = all.rejected
    ));
    ui.label(t!("fates-saved", gestures = all.gestures, hand = all.by_hand));
    if all.hasty > 0 {
        ui.label(t!("fates-hasty", hasty = all.hasty, timed = all.timed));
    }
    ui.add_space(6.0);
    ui.scope(|ui| {
        told_table::table(ui, fates.rows.len() + 1, 8);
        egui::Grid::new("fates").striped(true).num_columns(8).spacing([16.0, 4.0]).show(ui, |ui| {
            let heads = [
                t!("describe-source"),
                t!("column-label"),
                t!("column-offered"),
                t!("column-accepted"),
                t!("column-corrected"),
                t!("column-rejected"),
                t!("column-precision"),
                t!("column-median"),
            ];
            head(ui, heads, theme);
            for (at, row) in fates.rows.iter().enumerate() {
                line(ui, at + 1, cells(row));
            }
        });
    });
}

/// Agreement where suggestions were shown, beside that where they were not.
fn by_assistance(ui: &mut egui::Ui, dashboard: &Dashboard, theme: &Theme) {
    let Some(shown) = dashboard.by_assistance() else { return };
    ui.add_space(10.0);
    ui.label(RichText::new(t!("assistance-title")).strong());
    ui.add(egui::Label::new(RichText::new(t!("assistance-help")).color(theme.weak)).wrap());
    let [with, without] = shown.articles;
    if with == 0 || without == 0 {
        ui.label(t!("assistance-one-sort", with = with, without = without));
        return;
    }
    ui.scope(|ui| {
        told_table::table(ui, shown.figures.len() + 1, 3);
        egui::Grid::new("assistance").striped(true).num_columns(3).spacing([16.0, 4.0]).show(ui, |ui| {
            let [with, without] = [t!("assistance-with", count = with), t!("assistance-without", count = without)];
            head(ui, [t!("column-figure"), &with, &without], theme);
            for (at, (title, [with, without])) in shown.figures.iter().enumerate() {
                line(ui, at + 1, [title.clone(), with.clone(), without.clone()]);
            }
        });
    });
}

fn head<const N: usize>(ui: &mut egui::Ui, titles: [&str; N], theme: &Theme) {
    for (column, title) in titles.into_iter().enumerate() {
        cell(ui, (0, column), Sort::Column, RichText::new(title).color(theme.weak));
    }
    ui.end_row();
}

fn line<const N: usize>(ui: &mut egui::Ui, at: usize, texts: [String; N]) {
    for (column, text) in texts.into_iter().enumerate() {
        cell(ui, (at, column), if column == 0 { Sort::Row } else { Sort::Cell }, text.into());
    }
    ui.end_row();
}

fn cell(ui: &mut egui::Ui, at: (usize, usize), sort: Sort, text: RichText) {
    ui.scope(|ui| {
        told_table::cell(ui, ui.unique_id(), at, sort);
        ui.label(text);
    });
}

fn cells(row: &Told) -> [String; 8] {
    let source = source_title(&row.source).map_or_else(|| row.source.clone(), str::to_owned);
    let precision = row.precision().map_or("—".to_owned(), |share| format!("{:.0} %", share * 100.0));
    let median = row.median_ms.map_or("—".to_owned(), |ms| format!("{:.1} s", f64::from(ms) / 1000.0));
    [
        source,
        row.label.clone(),
        row.offered.to_string(),
        row.accepted.to_string(),
        row.corrected.to_string(),
        row.rejected.to_string(),
        precision,
        median,
    ]
}
