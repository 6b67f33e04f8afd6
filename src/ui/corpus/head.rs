//! The head over all panes: the panes by digit, the filter, and whose sets are shown.

use eframe::egui::{self, RichText};

use super::state::CorpusView;
use crate::corpus::Filter;
use crate::lang::InWords;
use crate::t;
use crate::ui::commands::{
    self, ClaimsCommand, ColumnsBy, Command, CorpusCommand, Pane, RegisterCommand, RowsBy, TimelineCommand,
    TripsCommand,
};
use crate::ui::widgets::theme::Theme;
use crate::ui::workspace::Workspace;

/// The completions of the filter that are shown at most.
const COMPLETIONS: usize = 8;

/// Shows it; gives what was asked for.
pub fn ui(
    ui: &mut egui::Ui,
    view: &mut CorpusView,
    work: &Workspace,
    theme: &Theme,
    focus: bool,
    commands: &mut Vec<Command>,
) {
    ui.add_space(4.0);
    ui.horizontal_wrapped(|ui| {
        for pane in Pane::ALL {
            let command: Command = CorpusCommand::Look(pane).into();
            let title = format!("{}  {}", commands::key_of(&command), pane.title());
            if ui.selectable_label(view.pane == pane, title).clicked() {
                commands.push(command);
            }
        }
        match view.pane {
            Pane::Trips => trips(ui, view, commands),
            Pane::Claims => {
                ui.add_space(12.0);
                let all: Command = CorpusCommand::Claims(ClaimsCommand::Overview).into();
                let title = commands::with_key(t!("claims-all"), &all);
                if ui.selectable_label(view.claims.overview, title).clicked() {
                    commands.push(all);
                }
            }
            Pane::Timeline => {
                ui.add_space(12.0);
                let lanes: Command = CorpusCommand::Timeline(TimelineCommand::Lanes).into();
                let title = t!("timeline-lanes", by = view.timeline.by().title());
                if ui.button(title).on_hover_text(commands::key_of(&lanes)).clicked() {
                    commands.push(lanes);
                }
            }
            Pane::Register => register(ui, view, work, commands),
            Pane::Concordance | Pane::Map => {}
        }
    });
    ui.add_space(2.0);
    ui.horizontal(|ui| {
        let set = t!("corpus-set", name = view.whose(work));
        let room = (ui.available_width() - 220.0).clamp(120.0, 620.0);
        filter(ui, view, theme, focus, room);
        let whose: Command = CorpusCommand::Whose.into();
        if ui.button(set).on_hover_text(commands::key_of(&whose)).clicked() {
            commands.push(whose);
        }
        if !view.line.is_empty() {
            let clear: Command = CorpusCommand::ClearFilter.into();
            if ui.small_button(t!("corpus-clear")).on_hover_text(commands::key_of(&clear)).clicked() {
                commands.push(clear);
            }
        }
    });
    match (&view.wrong, view.progress()) {
        (Some(wrong), _) => {
            ui.label(RichText::new(wrong.in_words().told()).color(theme.bad).small());
        }
        (None, Some((done, total))) => {
            ui.horizontal(|ui| {
                ui.weak(t!("queue-at", work = t!("corpus-job"), done = done, total = total));
                if ui.small_button(t!("stop")).clicked() {
                    commands.push(CorpusCommand::Stop.into());
                }
            });
        }
        (None, None) => {}
    }
    if let Some(sentence) = view.index.as_ref().and_then(|index| index.unread().first()) {
        ui.label(RichText::new(format!("! {}", sentence.told())).color(theme.bad).small());
    }
    ui.add_space(4.0);
}

/// The filter, with what the part under the caret may become.
fn filter(ui: &mut egui::Ui, view: &mut CorpusView, theme: &Theme, focus: bool, room: f32) {
    let id = egui::Id::unique("corpus filter");
    let edit = egui::TextEdit::singleline(&mut view.line)
        .id(id)
        .hint_text(t!("corpus-filter-hint"))
        .desired_width(room)
        .text_color_opt(view.wrong.as_ref().map(|_| theme.bad));
    let shown = edit.show(ui);
    let field = shown.response.response.clone();
    field.widget_info(|| egui::WidgetInfo::labeled(egui::Role::TextInput, true, t!("corpus-filter")));
    if focus {
        field.request_focus();
    }
    let caret = shown.cursor_range.map(|range| range.primary.index.0);
    let (Some(caret), Some(index), true) = (caret, &view.index, field.has_focus()) else { return };
    let byte = view.line.char_indices().nth(caret).map_or(view.line.len(), |(at, _)| at);
    let all = Filter::completions(&view.line, byte, index);
    let all: Vec<_> = all.into_iter().filter(|one| view.line.get(one.replaces.clone()) != Some(&one.text)).collect();
    if all.is_empty() {
        return;
    }
    let mut taken = None;
    let area = egui::Area::new(id.with("completions"))
        .order(egui::Order::Foreground)
        .fixed_pos(field.rect.left_bottom() + egui::vec2(0.0, 2.0));
    area.show(ui.ctx(), |ui| {
        egui::Frame::popup(ui.style()).show(ui, |ui| {
            for one in all.iter().take(COMPLETIONS) {
                if ui.selectable_label(false, &one.text).clicked() {
                    taken = Some(one.clone());
                }
            }
        });
    });
    if let Some(one) = taken {
        view.line.replace_range(one.replaces.clone(), &one.text);
        field.request_focus();
        let end = view.line[..one.replaces.start + one.text.len()].chars().count();
        let mut state = shown.state.clone();
        let at = egui::text::CCursor::new(end);
        state.cursor.set_char_range(Some(egui::text::CCursorRange::one(at)));
        state.store(ui.ctx(), id);
    }
}

/// The choice of rows and columns of the table of trips.
fn trips(ui: &mut egui::Ui, view: &CorpusView, commands: &mut Vec<Command>) {
    let wanted = view.trips.wanted();
    ui.add_space(12.0);
    let label = ui.weak(t!("trips-rows"));
    let rows = egui::ComboBox::from_id_salt("trips rows").selected_text(wanted.rows.title()).show_ui(ui, |ui| {
        for by in RowsBy::ALL {
            if ui.selectable_label(wanted.rows == by, by.title()).clicked() {
                commands.push(CorpusCommand::Trips(TripsCommand::RowsBy(by)).into());
            }
        }
    });
    rows.response.labelled_by(label.id);
    let label = ui.weak(t!("import-columns"));
    let columns =
        egui::ComboBox::from_id_salt("trips columns").selected_text(wanted.columns.title()).show_ui(ui, |ui| {
            for by in ColumnsBy::ALL {
                if ui.selectable_label(wanted.columns == by, by.title()).clicked() {
                    commands.push(CorpusCommand::Trips(TripsCommand::ColumnsBy(by)).into());
                }
            }
        });
    columns.response.labelled_by(label.id);
    let counts: Command = CorpusCommand::Trips(TripsCommand::Counts).into();
    let button = ui.selectable_label(wanted.counts, t!("command-trips-counts"));
    if button.on_hover_text(commands::key_of(&counts)).clicked() {
        commands.push(counts);
    }
}

/// The label that is listed.
fn register(ui: &mut egui::Ui, view: &CorpusView, work: &Workspace, commands: &mut Vec<Command>) {
    ui.add_space(12.0);
    let def = view.register.label.as_ref().and_then(|label| work.session.corpus().schema.label(label));
    let title = def.map_or(t!("register-label-all"), |def| def.title.get(crate::lang::spoken().code()));
    let next: Command = CorpusCommand::Register(RegisterCommand::NextLabel).into();
    if ui.button(title).on_hover_text(commands::key_of(&next)).clicked() {
        commands.push(next);
    }
}
