//! The list of what is not consistent, by rule; the one that is looked at opens in place.

use eframe::egui::{self, RichText, Sense, vec2};

use super::state::Concordance;
use crate::corpus::consistency::{Finding, Rule};
use crate::model::Schema;
use crate::t;
use crate::ui::commands::{self, Command, ConcordanceCommand, CorpusCommand};
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::Theme;

fn asked(command: ConcordanceCommand) -> Command {
    CorpusCommand::Concordance(command).into()
}

/// Shows it; gives what was asked for.
pub fn ui(
    ui: &mut egui::Ui,
    view: &mut Concordance,
    schema: &Schema,
    theme: &Theme,
    (language, may_change): (&str, bool),
    commands: &mut Vec<Command>,
) {
    ui.add_space(6.0);
    ui.horizontal_wrapped(|ui| {
        ui.label(RichText::new(t!("consistency")).size(15.0));
        let (open, right) = (view.findings.all().len(), view.findings.right);
        ui.label(RichText::new(t!("consistency-counts", open = open, right = right)).small().color(theme.weak));
        if view.findings.busy() {
            ui.spinner();
        }
    });
    ui.separator();
    let unseen = std::mem::take(&mut view.findings.unseen);
    egui::ScrollArea::vertical().id_salt("findings").auto_shrink([false, false]).show(ui, |ui| {
        if view.findings.all().is_empty() && !view.findings.busy() {
            ui.weak(t!("consistency-none"));
        }
        let mut rule: Option<Rule> = None;
        for (at, finding) in view.findings.all().iter().enumerate() {
            if rule != Some(finding.rule) {
                rule = Some(finding.rule);
                ui.add_space(6.0);
                ui.label(RichText::new(finding.rule.message().told()).small().color(theme.weak));
            }
            let looked_at = view.findings.at() == at;
            let shown = row(ui, finding, (looked_at, view.side), (schema, theme, language), commands, at);
            if looked_at {
                if unseen {
                    shown.scroll_to_me(None);
                }
                opened(ui, finding, theme, may_change, commands);
            }
        }
        ui.add_space(8.0);
        ui.label(RichText::new(t!("consistency-remembered")).small().color(theme.weak));
    });
}

/// The counts of both sides in words.
fn sides(finding: &Finding, schema: &Schema, language: &str) -> String {
    let title =
        |side: &str| schema.label(side).map_or_else(|| side.to_owned(), |def| def.title.get(language).to_owned());
    let side = |(side, count): &(String, usize)| match (finding.rule, side.as_str()) {
        (Rule::Unlabelled, "") => t!("consistency-without", count = count),
        (Rule::LabelsDiffer | Rule::Unlabelled | Rule::ReferentLabels, side) => format!("{count} {}", title(side)),
        (Rule::Value | Rule::TwoPlaces | Rule::Claimant, side) => side.to_owned(),
    };
    finding.sides.iter().map(side).collect::<Vec<_>>().join(", ")
}

fn row(
    ui: &mut egui::Ui,
    finding: &Finding,
    (looked_at, side): (bool, bool),
    (schema, theme, language): (&Schema, &Theme, &str),
    commands: &mut Vec<Command>,
    at: usize,
) -> egui::Response {
    let (rect, row) = ui.allocate_exact_size(vec2(ui.available_width(), list_row::TWO_LINES), Sense::click());
    let counts = sides(finding, schema, language);
    let painter = list_row::ground(ui, &row, looked_at, || format!("{}, {counts}", finding.about), theme);
    if looked_at && side {
        painter.rect_stroke(rect.shrink(1.0), 4.0, egui::Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
    }
    let [body, small] = [egui::TextStyle::Body, egui::TextStyle::Small].map(|style| style.resolve(ui.style()));
    let (left, width) = (rect.left() + 10.0, rect.width() - 16.0);
    list_row::paint(&painter, egui::pos2(left, rect.top() + 12.0), width, &finding.about, body, theme.text);
    list_row::paint(&painter, egui::pos2(left, rect.bottom() - 11.0), width, &counts, small, theme.weak);
    if row.double_clicked() {
        commands.push(asked(ConcordanceCommand::Finding(at)));
        commands.push(CorpusCommand::Open.into());
    } else if row.clicked() {
        commands.push(asked(ConcordanceCommand::Finding(at)));
    }
    row
}

/// Examples of the one that is looked at, and its answers.
fn opened(ui: &mut egui::Ui, finding: &Finding, theme: &Theme, may_change: bool, commands: &mut Vec<Command>) {
    ui.indent("finding", |ui| {
        for example in finding.examples.iter().take(3) {
            let words =
                t!("consistency-example", article = &*example.article.id, words = crate::say::visible(&example.words));
            ui.add(egui::Label::new(RichText::new(words).small().color(theme.text)).truncate());
        }
        ui.horizontal_wrapped(|ui| {
            let button = |command: ConcordanceCommand, title: &str| {
                let command = asked(command);
                (commands::with_key(title, &command), command)
            };
            let mut all = Vec::new();
            if may_change {
                if finding.mend.is_some() {
                    all.push(button(ConcordanceCommand::Mend, t!("command-concordance-mend")));
                }
                all.push(button(ConcordanceCommand::Right, t!("command-concordance-right")));
            }
            if matches!(finding.rule, Rule::LabelsDiffer | Rule::Unlabelled) {
                all.push(button(ConcordanceCommand::ShowPlaces, t!("command-concordance-show")));
            }
            for (title, command) in all {
                if ui.button(title).clicked() {
                    commands.push(command);
                }
            }
        });
    });
}
