//! The table of the register: pairs that may be one with their answers, then everybody.

use eframe::egui::{self, Align2, Rect, RichText, Sense, Stroke, pos2, vec2};

use super::rows::Row;
use super::state::Register;
use crate::corpus::register::Entry;
use crate::model::{LabelDef, Schema};
use crate::t;
use crate::ui::commands::{self, Command, CorpusCommand, RegisterCommand};
use crate::ui::corpus::signs;
use crate::ui::reader;
use crate::ui::widgets::list_row;
use crate::ui::widgets::theme::{Theme, with_alpha};

/// The height of a row, points.
const ROW: f32 = 40.0;

fn asked(command: RegisterCommand) -> Command {
    CorpusCommand::Register(command).into()
}

/// Shows it; gives what was asked for.
pub fn ui(
    ui: &mut egui::Ui,
    view: &mut Register,
    schema: &Schema,
    theme: &Theme,
    (language, may_change): (&str, bool),
    commands: &mut Vec<Command>,
) {
    if may_change {
        egui::Panel::bottom("register-bar")
            .frame(egui::Frame::new().fill(theme.panel).inner_margin(egui::Margin::symmetric(12, 6)))
            .show(ui, |ui| bar(ui, view, theme, commands));
    }
    ui.spacing_mut().item_spacing.y = 0.0;
    view.page = (ui.available_height() / ROW) as usize;
    let unseen = std::mem::take(&mut view.unseen);
    let area = egui::ScrollArea::vertical().id_salt("register").auto_shrink([false, false]);
    area.show_rows(ui, ROW, view.rows.rows.len(), |ui, rows| {
        if unseen && !(rows.start + 1..rows.end.saturating_sub(1)).contains(&view.at()) {
            list_row::scroll_to(ui, &rows, view.at(), ROW, None);
        }
        for at in rows {
            row(ui, view, at, (schema, theme, language), commands);
        }
    });
}

fn row(
    ui: &mut egui::Ui,
    view: &Register,
    at: usize,
    (schema, theme, language): (&Schema, &Theme, &str),
    commands: &mut Vec<Command>,
) {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), Sense::click());
    let [body, small] = [egui::TextStyle::Body, egui::TextStyle::Small].map(|style| style.resolve(ui.style()));
    let looked_at = view.at() == at;
    let entries = &view.rows.register.entries;
    let clip = rect.intersect(ui.clip_rect());
    let width = rect.width();
    match &view.rows.rows[at] {
        Row::Head(title, detail) => {
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Heading, true, title));
            let painter = ui.painter().with_clip_rect(clip);
            painter.rect_filled(rect, 0.0, theme.panel);
            let y = rect.center().y;
            let head = list_row::paint(&painter, pos2(rect.left() + 12.0, y), width * 0.5, title, body, theme.text);
            let left = rect.left() + 24.0 + head.size().x;
            list_row::paint(&painter, pos2(left, y), rect.right() - left - 8.0, detail, small, theme.weak);
        }
        Row::Pair { of, names, why } => {
            let def = schema.label(&entries[of.0].label);
            let title = t!("and-two", one = names.0, other = names.1);
            let painter = list_row::ground(ui, &response, looked_at, || format!("{title}, {why}"), theme);
            signs::hatch(&painter, Rect::from_min_size(rect.min, vec2(6.0, ROW)), with_alpha(theme.weak, 90));
            line(&painter, rect, def, theme);
            let left = rect.left() + 36.0;
            list_row::paint(&painter, pos2(left, rect.top() + 12.0), width - 48.0, &title, body, theme.text);
            list_row::paint(&painter, pos2(left, rect.bottom() - 11.0), width - 48.0, why, small, theme.weak);
        }
        Row::Entry(place) => {
            let entry = &entries[*place];
            let detail = detail(entry);
            let name = || format!("{}, {}", super::state::title(entry), detail);
            let painter = list_row::ground(ui, &response, looked_at, name, theme);
            line(&painter, rect, schema.label(&entry.label), theme);
            if view.is_marked(entry) {
                painter.rect_stroke(rect.shrink(3.0), 3.0, Stroke::new(2.0, theme.accent), egui::StrokeKind::Inside);
            }
            let left = rect.left() + 36.0;
            let counts = 190.0_f32.min(width * 0.4);
            let ink = if entry.referent.is_some() { theme.text } else { theme.weak };
            list_row::paint(
                &painter,
                pos2(left, rect.top() + 12.0),
                width - 48.0 - counts,
                &entry.name,
                body.clone(),
                ink,
            );
            list_row::paint(
                &painter,
                pos2(left, rect.bottom() - 11.0),
                width - 48.0 - counts,
                &detail,
                small.clone(),
                theme.weak,
            );
            let right = rect.right() - 12.0;
            let mentions = t!("register-mentions", mentions = entry.mentions.len(), articles = entry.articles);
            painter.text(pos2(right, rect.top() + 12.0), Align2::RIGHT_CENTER, mentions, body, theme.text);
            painter.text(pos2(right, rect.bottom() - 11.0), Align2::RIGHT_CENTER, days(entry), small, theme.weak);
            let _ = language;
        }
    }
    ui.painter().with_clip_rect(clip).hline(rect.x_range(), rect.bottom(), Stroke::new(1.0, theme.line));
    if matches!(view.rows.rows[at], Row::Head(..)) {
        return;
    }
    if response.double_clicked() {
        commands.push(asked(RegisterCommand::At(at)));
        commands.push(CorpusCommand::Open.into());
    } else if response.clicked() {
        commands.push(asked(RegisterCommand::At(at)));
    }
}

/// The line of a label at the left of a row.
fn line(painter: &egui::Painter, rect: Rect, def: Option<&LabelDef>, theme: &Theme) {
    let Some(def) = def else { return };
    let place = Rect::from_min_size(pos2(rect.left() + 12.0, rect.top() + 11.0), vec2(16.0, 3.0));
    reader::bar(painter, place, def.pattern, theme.label(Some(def)));
}

/// Other names, and registers outside.
fn detail(entry: &Entry) -> String {
    let mut parts: Vec<String> = Vec::new();
    if entry.referent.is_none() {
        parts.push(t!("register-no-referent").to_owned());
    }
    parts.extend(entry.other_names.iter().take(12).map(|(name, _)| name.clone()));
    parts.extend(entry.external.iter().map(|(register, id)| format!("{register} {id}")));
    parts.join(" · ")
}

fn days(entry: &Entry) -> String {
    match entry.days {
        Some((first, last)) if first != last => t!("register-days", first = first.to_string(), last = last.to_string()),
        Some((day, _)) => day.to_string(),
        None => String::new(),
    }
}

/// The answers that count now.
fn bar(ui: &mut egui::Ui, view: &Register, theme: &Theme, commands: &mut Vec<Command>) {
    ui.horizontal_wrapped(|ui| {
        let both = view.both();
        let told = match &both {
            Some([one, other]) => t!("and-two", one = one.name, other = other.name),
            None => t!("register-mark-hint").to_owned(),
        };
        ui.label(RichText::new(told).color(if both.is_some() { theme.text } else { theme.weak }));
        ui.add_space(12.0);
        let any = both.is_some();
        for (command, title) in [
            (RegisterCommand::Join, t!("command-register-join")),
            (RegisterCommand::NotSame, t!("command-register-not-same")),
            (RegisterCommand::Unsure, t!("command-register-unsure")),
        ] {
            let command = asked(command);
            if ui.add_enabled(any, egui::Button::new(commands::with_key(title, &command))).clicked() {
                commands.push(command);
            }
        }
        for (command, title) in [
            (RegisterCommand::Mark, t!("command-register-mark")),
            (RegisterCommand::TickQuote, t!("command-register-tick")),
            (RegisterCommand::Part, t!("command-register-part")),
        ] {
            let command = asked(command);
            if ui.button(commands::with_key(title, &command)).clicked() {
                commands.push(command);
            }
        }
    });
}
