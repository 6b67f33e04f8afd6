//! Beside the figures: what is looked at and who is compared on the left, the explanation of a figure on the right.

use eframe::egui::{self, RichText};

use super::behind;
use super::shown::{title, value_text};
use super::state::Dashboard;
use crate::figures::{Figure, GAMMA_TIME, ScoredArticles, Summary, ZoneText};
use crate::model::Name;
use crate::t;
use crate::ui::commands::{Command, Comparison, DashboardCommand, FigureFile, Section};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

/// The things looked at, and who is compared.
pub fn sections(
    ui: &mut egui::Ui,
    dashboard: &Dashboard,
    work: &Workspace,
    theme: &Theme,
    commands: &mut Vec<Command>,
) {
    egui::ScrollArea::vertical().show(ui, |ui| {
        ui.heading(t!("dashboard"));
        for section in Section::ALL {
            if ui.selectable_label(dashboard.section == section, section.title()).clicked() {
                commands.push(DashboardCommand::Look(section).into());
            }
        }
        ui.separator();
        compared(ui, dashboard, work, commands);
        ui.separator();
        let mut gamma = dashboard.gamma;
        if ui.checkbox(&mut gamma, t!("gamma")).changed() {
            commands.push(DashboardCommand::ToggleGamma.into());
        }
        ui.weak(t!("gamma-hint", seconds = GAMMA_TIME.as_secs()));
        let mut chance = dashboard.chance;
        if ui.checkbox(&mut chance, t!("chance")).on_hover_text(t!("figure-frames-chance-means")).changed() {
            commands.push(DashboardCommand::ToggleChance.into());
        }
        let mut zones = dashboard.zones == ZoneText::Counts;
        if ui.checkbox(&mut zones, t!("zones-count")).on_hover_text(t!("zones-count-hint")).changed() {
            commands.push(DashboardCommand::ToggleZones.into());
        }
        ui.add_space(4.0);
        standing(ui, dashboard, work, theme, commands);
    });
}

/// The state of the figures: measured, being measured, or to be measured again.
fn standing(ui: &mut egui::Ui, dashboard: &Dashboard, work: &Workspace, theme: &Theme, commands: &mut Vec<Command>) {
    if let Some((_, job)) = &dashboard.running {
        let (done, total) = job.counts();
        let share = if total == 0 { 0.0 } else { done as f32 / total as f32 };
        ui.add(egui::ProgressBar::new(share).text(t!("done-of-articles", done = done, total = total)));
        if ui.button(t!("stop")).clicked() {
            commands.push(DashboardCommand::Stop.into());
        }
        return;
    }
    if dashboard.stale(work) {
        ui.label(RichText::new(t!("figures-stale")).color(theme.warn));
    }
    if ui.button(t!("measure-again")).clicked() {
        commands.push(DashboardCommand::Measure.into());
    }
    if let Some((report, _)) = dashboard.measured() {
        if report.zones == ZoneText::LeftOut {
            ui.add(egui::Label::new(RichText::new(t!("zones-left-out")).color(theme.weak)).wrap());
        }
        if report.evaluation {
            let ScoredArticles { gold, predicted, scored } = report.scored(0);
            let line = t!("scored-articles", gold = gold, predicted = predicted, scored = scored);
            ui.add(egui::Label::new(RichText::new(line).color(theme.weak)).wrap());
        }
        for sentence in report.unread.iter().take(5) {
            ui.label(RichText::new(format!("! {}", sentence.told())).color(theme.bad));
        }
        if report.unread.len() > 5 {
            ui.label(RichText::new(t!("unread-more", count = report.unread.len() - 5)).color(theme.bad));
        }
    }
}

/// The annotators who are compared with each other.
fn compared(ui: &mut egui::Ui, dashboard: &Dashboard, work: &Workspace, commands: &mut Vec<Command>) {
    ui.label(RichText::new(t!("who-is-compared")).strong());
    let everybody = dashboard.comparison == Comparison::Everybody;
    if ui.selectable_label(everybody, t!("compared-each-other")).clicked() && !everybody {
        commands.push(DashboardCommand::Compare(Comparison::Everybody).into());
    }
    let gold = work.session.corpus().project.gold.clone();
    if dashboard.known.contains(&gold) {
        let others: Vec<Name> = dashboard.known.iter().filter(|name| **name != gold).cloned().collect();
        for name in others {
            let title = t!("compared-gold", name = name);
            let comparison = Comparison::Evaluation(gold.clone(), name);
            let chosen = dashboard.comparison == comparison;
            if ui.selectable_label(chosen, title).clicked() && !chosen {
                commands.push(DashboardCommand::Compare(comparison).into());
            }
        }
    } else {
        ui.weak(t!("compared-no-gold"));
    }
    let pairs: Vec<String> = match dashboard.measured() {
        Some((report, _)) if report.pairs.len() > 1 => report
            .pairs
            .iter()
            .map(|&(a, b)| t!("and-two", one = report.annotators[a], other = report.annotators[b]))
            .collect(),
        _ => return,
    };
    ui.add_space(4.0);
    ui.label(RichText::new(t!("of-these")).strong());
    if ui.selectable_label(dashboard.pair.is_none(), t!("all-of-them")).clicked() {
        commands.push(DashboardCommand::Pair(None).into());
    }
    for (pair, title) in pairs.into_iter().enumerate() {
        if ui.selectable_label(dashboard.pair == Some(pair), title).clicked() {
            commands.push(DashboardCommand::Pair(Some(pair)).into());
        }
    }
}

/// The meaning of the chosen figure, and what one can do with it.
pub fn explained(ui: &mut egui::Ui, dashboard: &Dashboard, theme: &Theme, commands: &mut Vec<Command>) {
    egui::ScrollArea::vertical().show(ui, |ui| {
        let pair = dashboard.pair;
        let Some((report, _)) = dashboard.measured() else { return };
        if let Some(figure) = dashboard.chosen.as_deref().and_then(|name| dashboard.figure_of(name)) {
            explain(ui, figure, theme);
            if let Some(spread) = dashboard.spread() {
                for (title, summary) in
                    [(t!("articles"), spread.articles), (t!("over-pairs"), spread.pairs), (t!("labels"), spread.labels)]
                {
                    let Some(Summary { mean, deviation, count }) = summary else { continue };
                    let (mean, deviation) = (format!("{mean:.3}"), format!("{deviation:.3}"));
                    ui.label(t!("over", what = title, mean = mean, deviation = deviation, count = count));
                }
            }
            ui.add_space(6.0);
            if ui.button(t!("cases-behind-it")).clicked() {
                commands.push(behind::figure(report, pair, figure));
            }
        } else {
            ui.label(RichText::new(t!("choose-figure")).color(theme.weak));
        }
        ui.separator();
        ui.label(RichText::new(t!("save-shown")).strong());
        ui.horizontal_wrapped(|ui| {
            if ui.button(t!("save-csv")).clicked() {
                commands.push(DashboardCommand::Save(FigureFile::Table).into());
            }
            if ui.button(t!("save-picture")).clicked() {
                commands.push(DashboardCommand::Save(FigureFile::Picture).into());
            }
        });
    });
}

/// A figure in words.
fn explain(ui: &mut egui::Ui, figure: &Figure, theme: &Theme) {
    ui.heading(title(figure));
    ui.label(RichText::new(value_text(&figure.value)).size(26.0).strong());
    match (&figure.value, &figure.interval) {
        (Err(why), _) => {
            ui.label(RichText::new(t!("undefined", why = why.message())).color(theme.warn));
        }
        (Ok(_), Ok(interval)) => {
            let (low, high) = (format!("{:.3}", interval.low), format!("{:.3}", interval.high));
            ui.label(t!("interval", low = low, high = high, articles = interval.articles));
            let how = match interval.resamples {
                0 => t!("interval-jackknife").to_owned(),
                count => t!("interval-drawings", count = count),
            };
            ui.label(RichText::new(how).color(theme.weak));
        }
        (Ok(_), Err(why)) => {
            ui.label(RichText::new(t!("no-interval", why = why.message())).color(theme.weak));
        }
    }
    if let Some((precision, recall)) = figure.sides {
        ui.label(t!("precision-recall", precision = format!("{precision:.3}"), recall = format!("{recall:.3}")));
    }
    ui.label(t!("rests-on", count = figure.items, items = figure.counted.text(), articles = figure.articles));
    if figure.left_out > 0 {
        ui.label(RichText::new(t!("left-out-articles", count = figure.left_out)).color(theme.weak));
    }
    if let Some(shortfall) = &figure.shortfall {
        ui.label(RichText::new(format!("! {}.", shortfall.message().told())).color(theme.warn));
    }
    ui.add_space(4.0);
    ui.label(format!("{}.", figure.definition.text()));
    ui.label(RichText::new(t!("figure-source", source = figure.source)).color(theme.weak));
}
