//! The sources of suggestions: which are asked, and the share of articles that come without. Each change holds at once and is
//! remembered.

use eframe::egui;

use crate::assist::{SOURCES, Tally, model_sets, program_source, set_source};
use crate::model::Name;
use crate::store::settings::{Program, Settings};
use crate::t;
use crate::ui::commands::{Command, ProjectCommand, WindowCommand as W};
use crate::ui::shell::answers::Answer;
use crate::ui::widgets::dialog::{self, Reply};
use crate::ui::workspace::Workspace;
use crate::ui::workspace::ghosts::source_title;

/// The shares that can be chosen, in percent.
const SHARES: [u8; 4] = [0, 10, 20, 50];

/// The height of everything but the list of sources, in points.
const BESIDE: f32 = 250.0;

/// Shows the sources; gives what is changed.
pub fn ui(ctx: &egui::Context, settings: &Settings, work: Option<&Workspace>) -> Option<Answer> {
    let mut closed = dialog::keys(ctx, egui::Modifiers::NONE) != Reply::Open;
    let mut asked: Option<Command> = None;
    let suggesting = &settings.suggesting;
    let modal = dialog::modal(ctx, "suggestions", 520.0, |ui| {
        dialog::heading(ui, t!("suggestions-title"));
        ui.label(t!("suggestions-about"));
        ui.add_space(6.0);
        let mut on = suggesting.on;
        if ui.checkbox(&mut on, t!("suggestions-on")).clicked() {
            asked = Some(W::Suggest.into());
        }
        ui.add_space(6.0);
        let height = (ctx.content_rect().height() - BESIDE).max(120.0);
        egui::ScrollArea::vertical().max_height(height).show(ui, |ui| {
            egui::Grid::new("sources").num_columns(2).spacing([16.0, 6.0]).show(ui, |ui| {
                for name in SOURCES {
                    let Some((title, knows)) = source(name) else { continue };
                    let mut on = !suggesting.off.contains(name);
                    if ui.add_enabled(suggesting.on, egui::Checkbox::new(&mut on, title)).clicked() {
                        asked = Some(W::SuggestSource(name).into());
                    }
                    about(ui, knows, work, (name, &settings.language));
                    ui.end_row();
                }
                for set in work.map_or(Vec::new(), |work| model_sets(&work.session.corpus().project)) {
                    let name = set_source(&set);
                    let mut on = suggesting.also.contains(name.as_str());
                    let title = t!("source-set", name = set);
                    if ui.add_enabled(suggesting.on, egui::Checkbox::new(&mut on, title)).clicked() {
                        asked = Some(ProjectCommand::AskSource(name.clone()).into());
                    }
                    about(ui, t!("source-set-about"), work, (&name, &settings.language));
                    ui.end_row();
                }
                for (at, program) in suggesting.programs.iter().enumerate() {
                    asked = programmed(ui, (at, program), settings, work).or(asked.take());
                    ui.end_row();
                }
            });
            ui.horizontal(|ui| {
                if ui.button(t!("source-program-add")).clicked() {
                    asked = Some(W::EditProgram(None).into());
                }
                if !suggesting.programs.is_empty() && ui.button(t!("source-program-again")).clicked() {
                    asked = Some(W::AskAgain.into());
                }
            });
            ui.add_space(6.0);
            ui.label(t!("suggestions-without"));
            ui.horizontal(|ui| {
                for share in SHARES {
                    let chosen = suggesting.without == share;
                    let title = t!("suggestions-percent", share = u64::from(share));
                    if ui.add_enabled(suggesting.on, egui::RadioButton::new(chosen, title)).clicked() {
                        asked = Some(W::SuggestWithout(share).into());
                    }
                }
            });
        });
        ui.add_space(6.0);
        closed |= ui.button(t!("close-esc")).clicked();
    });
    match asked {
        Some(command) => Some(Answer::Stays(command)),
        None => (closed || modal.should_close()).then_some(Answer::Left(None)),
    }
}

/// The row of a program of the person's own.
fn programmed(
    ui: &mut egui::Ui,
    (at, program): (usize, &Program),
    settings: &Settings,
    work: Option<&Workspace>,
) -> Option<Command> {
    let suggesting = &settings.suggesting;
    let mut asked = None;
    let source = program_source(&program.name);
    let mut on = program.agreed && suggesting.also.contains(source.as_str());
    let title = t!("source-program", name = &program.name);
    ui.vertical(|ui| {
        if ui.add_enabled(suggesting.on, egui::Checkbox::new(&mut on, title)).clicked() {
            asked = Some(W::AskProgram(at).into());
        }
        if ui.button(t!("source-program-change", name = &program.name)).clicked() {
            asked = Some(W::EditProgram(Some(at)).into());
        }
    });
    let runs = t!("source-program-runs", seconds = u64::from(program.limit()), line = program.line());
    ui.vertical(|ui| {
        about(ui, &runs, work, (&source, &settings.language));
        let answered = work.filter(|_| on).and_then(|work| work.program_answered(program));
        if let Some(answered) = answered {
            ui.add(egui::Label::new(answered).wrap());
        }
    });
    asked
}

/// The things that a source knows, and the fate of its suggestions.
fn about(ui: &mut egui::Ui, knows: &str, work: Option<&Workspace>, (source, language): (&str, &str)) {
    ui.vertical(|ui| {
        ui.add(egui::Label::new(egui::RichText::new(knows).weak()).wrap());
        for told in work.map_or(Vec::new(), |work| record(work, source, language)) {
            ui.label(told);
        }
    });
}

/// The fate of the suggestions of a source, a line for each label; and where it says nothing any more.
fn record(work: &Workspace, source: &str, language: &str) -> Vec<String> {
    let Some(record) = work.suggestions_record() else { return Vec::new() };
    let line = |(label, tally): (&Name, &Tally)| {
        let (label, all) = (work.label_title(label, language), tally.right + tally.wrong);
        match tally.is_silent() {
            true => t!("source-silent", label = label, right = tally.right, count = all),
            false => t!("source-record", label = label, right = tally.right, count = all),
        }
    };
    record.labels(source).map(line).collect()
}

/// The title of a source, and what it knows.
fn source(name: &str) -> Option<(&'static str, &'static str)> {
    let about = match name {
        "lexicon" => t!("source-lexicon-about"),
        "tagger" => t!("source-tagger-about"),
        "dates" => t!("source-dates-about"),
        "zones" => t!("source-zones-about"),
        "frames" => t!("source-frames-about"),
        _ => return None,
    };
    Some((source_title(name)?, about))
}
